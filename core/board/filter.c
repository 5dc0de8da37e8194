/* A filter text, taken apart and applied. Plain words run over the whole haystack
 * in one pass; only a part about one column or one case looks at cells.
 * Thread: one owner. */
#include "board/filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "board/filter_term.h"

enum { MAX_TERMS = 16 };

struct filter {
	const struct board_def *def;
	struct filter_term terms[MAX_TERMS];
	size_t n;
};

void haystack_init(struct haystack *hay, const struct board *board, int64_t now_ms)
{
	const struct board_def *def = board->def;
	struct strbuf text;

	strbuf_init(&text, UINT32_MAX - 1);
	hay->at = xreallocarray(NULL, board->n_rows + 1, sizeof(*hay->at));
	hay->n_rows = board->n_rows;
	for (size_t i = 0; i < board->n_rows; i++) {
		hay->at[i] = (uint32_t)text.n;
		for (size_t k = 0; k < def->n_columns; k++) {
			const struct column *column = &def->columns[k];

			if (column->is_hidden || column->type == CELL_SERIES)
				continue;
			cell_format(&text, column, &board->rows[i].cells[k], now_ms, 0);
			strbuf_putc(&text, '\n');
		}
	}
	hay->at[board->n_rows] = (uint32_t)text.n;
	hay->text = strbuf_take(&text);
	for (char *p = hay->text; p < hay->text + hay->at[board->n_rows]; p++)
		*p = filter_fold(*p);
}

void haystack_fini(struct haystack *hay)
{
	free(hay->text);
	free(hay->at);
	*hay = (struct haystack){0};
}

struct filter *filter_parse(struct str text, const struct board_def *def, struct err *err)
{
	struct filter *f = xcalloc(1, sizeof(*f));

	f->def = def;
	while (filter_term_skip(&text)) {
		if (f->n == MAX_TERMS) {
			err_set(err, ERR_USAGE, "filter: more than %d parts", MAX_TERMS);
			filter_free(f);
			return NULL;
		}
		if (!filter_term_parse(&f->terms[f->n], &text, def, err)) {
			filter_free(f);
			return NULL;
		}
		/* A part still being typed, such as "!" or "status:", asks nothing. */
		if (f->terms[f->n].text.n)
			f->n++;
		else
			filter_term_fini(&f->terms[f->n]);
	}
	return f;
}

void filter_free(struct filter *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->n; i++)
		filter_term_fini(&f->terms[i]);
	free(f);
}

/* The row that holds the byte at `offset`, at or after `from`. */
static size_t row_of(const struct haystack *hay, size_t from, size_t offset)
{
	size_t low = from, high = hay->n_rows;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (hay->at[mid] <= offset)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* Every row with a hit, in one pass. */
static void mark_hits(const struct filter_term *term, const struct haystack *hay,
		      uint8_t *hits)
{
	size_t at = 0, end = hay->at[hay->n_rows], row = 0;

	while (at < end) {
		struct str rest = {.p = hay->text + at, .n = end - at};
		ptrdiff_t found = str_find(rest, term->folded);

		if (found < 0)
			return;
		row = row_of(hay, row, at + (size_t)found);
		hits[row] = 1;
		at = hay->at[row + 1];
	}
}

static void put_row(struct strbuf *out, const struct board *board, size_t row,
		    const struct filter_term *term, int64_t now_ms)
{
	const struct board_def *def = board->def;

	strbuf_reset(out);
	if (term->column == FILTER_SEVERITY) {
		strbuf_puts(out, severity_name(board->rows[row].sev));
		return;
	}
	for (size_t k = 0; k < def->n_columns; k++) {
		const struct column *column = &def->columns[k];
		bool is_asked = term->column == FILTER_ANY ? !column->is_hidden
							   : term->column == (ptrdiff_t)k;

		if (is_asked) {
			cell_format(out, column, &board->rows[row].cells[k], now_ms, 0);
			strbuf_putc(out, '\n');
		}
	}
}

static bool is_on_side(const struct filter_term *term, const struct board *board,
		       size_t row, int64_t now_ms)
{
	return filter_bound_holds(term->order, term->bound,
				  &board->def->columns[term->column],
				  &board->rows[row].cells[term->column], now_ms);
}

static bool is_in_row(const struct filter_term *term, const struct board *board,
		      size_t row, int64_t now_ms, struct strbuf *scratch)
{
	put_row(scratch, board, row, term, now_ms);
	return filter_term_find(term, strbuf_str(scratch), 0, &(struct filter_range){0});
}

static void mark(const struct filter_term *term, const struct board *board,
		 const struct haystack *hay, int64_t now_ms, uint8_t *hits)
{
	struct strbuf scratch;
	bool is_plain = term->column == FILTER_ANY && !term->regex;

	for (size_t i = 0; term->order && i < board->n_rows; i++)
		hits[i] = is_on_side(term, board, i, now_ms);
	if (term->order)
		return;
	if (is_plain)
		mark_hits(term, hay, hits);
	if (is_plain && !term->is_exact)
		return;
	strbuf_init(&scratch, 256 * 1024);
	for (size_t i = 0; i < board->n_rows; i++) {
		struct str row = {.p = hay->text + hay->at[i],
				  .n = hay->at[i + 1] - hay->at[i]};

		if (is_plain && !hits[i])
			continue;
		if (term->column == FILTER_ANY && !term->is_exact)
			hits[i] =
				filter_term_find(term, row, 0, &(struct filter_range){0});
		else
			hits[i] = is_in_row(term, board, i, now_ms, &scratch);
	}
	strbuf_fini(&scratch);
}

void filter_apply(struct filter *f, const struct board *board, const struct haystack *hay,
		  int64_t now_ms, uint8_t *keep)
{
	uint8_t *hits = xcalloc(board->n_rows + 1, 1);

	for (size_t i = 0; i < f->n; i++) {
		memset(hits, 0, board->n_rows + 1);
		mark(&f->terms[i], board, hay, now_ms, hits);
		for (size_t k = 0; k < board->n_rows; k++)
			keep[k] &= hits[k] != (uint8_t)f->terms[i].is_not;
	}
	free(hits);
}

/* Inserts in order, growing a neighbour it touches. */
static size_t add_range(struct filter_range *out, size_t n, size_t max,
			struct filter_range range)
{
	size_t at = 0;

	while (at < n && out[at].at + out[at].n < range.at)
		at++;
	if (at < n && out[at].at <= range.at + range.n) {
		size_t start = out[at].at < range.at ? out[at].at : range.at;
		size_t end = out[at].at + out[at].n > range.at + range.n
				     ? out[at].at + out[at].n
				     : range.at + range.n;

		out[at] = (struct filter_range){.at = start, .n = end - start};
		/* It may now reach the ones behind it. */
		while (at + 1 < n && out[at + 1].at <= out[at].at + out[at].n) {
			struct filter_range next = out[at + 1];
			size_t stop = next.at + next.n;

			if (stop > out[at].at + out[at].n)
				out[at].n = stop - out[at].at;
			memmove(&out[at + 1], &out[at + 2], (n - at - 2) * sizeof(*out));
			n--;
		}
		return n;
	}
	if (n == max)
		return n;
	memmove(&out[at + 1], &out[at], (n - at) * sizeof(*out));
	out[at] = range;
	return n + 1;
}

size_t filter_ranges(const struct filter *f, size_t column, struct str text,
		     struct filter_range *out, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; f && i < f->n; i++) {
		const struct filter_term *term = &f->terms[i];
		struct filter_range range;
		size_t from = 0;

		if (term->is_not || term->order ||
		    (term->column != FILTER_ANY && term->column != (ptrdiff_t)column))
			continue;
		while (from <= text.n && filter_term_find(term, text, from, &range)) {
			if (range.n)
				n = add_range(out, n, max, range);
			from = range.at + (range.n ? range.n : 1);
		}
	}
	return n;
}
