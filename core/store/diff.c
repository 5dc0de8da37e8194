/* See diff.h. */
#include "store/diff.h"

#include <string.h>

#include "base/strbuf.h"

enum { TEXT_MOST_BYTES = 400, TEXT_CELLS = 80 };

const char *change_kind_name(enum change_kind kind)
{
	static const char *const names[] = {
#define X(id, name) [CHANGE_##id] = name,
		CHANGE_KIND_LIST(X)
#undef X
	};

	return names[kind];
}

static bool is_word(enum cell_type type)
{
	return type == CELL_TEXT || type == CELL_STATE;
}

static bool words_differ(const struct column *column, const struct cell *a,
			 const struct cell *b)
{
	if (!is_word(column->type))
		return false;
	return a->is_null != b->is_null || strcmp(a->text, b->text) != 0;
}

static bool figures_differ(const struct column *column, const struct cell *a,
			   const struct cell *b)
{
	if (is_word(column->type) || column->type == CELL_SERIES)
		return false;
	return a->is_null != b->is_null || a->number != b->number;
}

enum row_diff row_compare(const struct board_def *def, const struct row *a,
			  const struct row *b)
{
	enum row_diff diff = ROW_SAME;

	if (a->cells == b->cells)
		return ROW_SAME;
	if (a->sev != b->sev)
		return ROW_WORDS;
	for (size_t i = 0; i < def->n_columns; i++) {
		const struct column *column = &def->columns[i];

		if (words_differ(column, &a->cells[i], &b->cells[i]) ||
		    a->cells[i].sev != b->cells[i].sev)
			return ROW_WORDS;
		if (figures_differ(column, &a->cells[i], &b->cells[i]))
			diff = ROW_FIGURES;
	}
	return diff;
}

struct teller {
	const struct board_def *def;
	int64_t now_ms;
	change_fn fn;
	void *ctx;
	struct strbuf what, before, after;
};

static void put_cell(const struct teller *t, size_t column, const struct row *row,
		     struct strbuf *out)
{
	strbuf_reset(out);
	cell_format(out, &t->def->columns[column], &row->cells[column], t->now_ms,
		    TEXT_CELLS);
}

static void tell_row(struct teller *t, enum change_kind kind, const struct row *row)
{
	struct change change = {
		.kind = kind, .key = row->key, .title = "", .before = "", .after = ""};

	put_cell(t, 0, row, &t->what);
	change.what = t->what.p;
	*(kind == CHANGE_WENT ? &change.sev_before : &change.sev_after) = row->sev;
	t->fn(&change, t->ctx);
}

static void tell_cell(struct teller *t, size_t column, const struct row *a,
		      const struct row *b)
{
	struct change change = {.kind = CHANGE_BECAME,
				.key = b->key,
				.title = t->def->columns[column].title,
				.sev_before = a->sev,
				.sev_after = b->sev};

	put_cell(t, 0, b, &t->what);
	put_cell(t, column, a, &t->before);
	put_cell(t, column, b, &t->after);
	change.what = t->what.p;
	change.before = t->before.p;
	change.after = t->after.p;
	t->fn(&change, t->ctx);
}

/* The cell whose severity moved to or from the worse of the two. */
static size_t moved_most(const struct teller *t, const struct row *a, const struct row *b)
{
	size_t most = 0;
	int worst = -1;

	for (size_t i = 0; i < t->def->n_columns; i++) {
		uint8_t was = a->cells[i].sev, is = b->cells[i].sev;
		int sev = was == is ? -1 : was > is ? was : is;

		if (sev > worst) {
			worst = sev;
			most = i;
		}
	}
	return most;
}

static bool is_figure(struct str word)
{
	while (word.n && (word.p[0] == '-' || word.p[0] == '(' || word.p[0] == '$'))
		word = str_sub(word, 1, word.n);
	return word.n && word.p[0] >= '0' && word.p[0] <= '9';
}

/* "5 of 8 agents are busy": a sentence may count, or say how long ago something was. A
 * single word that begins with a digit is a name, such as a version. */
static bool differs_in_figures(struct str a, struct str b)
{
	struct str x, y;

	if (str_find_char(a, ' ') < 0 || str_find_char(b, ' ') < 0)
		return false;
	while (str_next(&a, ' ', &x)) {
		if (!str_next(&b, ' ', &y) ||
		    !(str_eq(x, y) || (is_figure(x) && is_figure(y))))
			return false;
	}
	return !b.p;
}

/* What a person would say of it. */
static bool is_told(const struct column *column, const struct cell *a,
		    const struct cell *b)
{
	return !column->is_hidden && words_differ(column, a, b) &&
	       (a->is_null || b->is_null ||
		!differs_in_figures(str_from(a->text), str_from(b->text)));
}

static void tell_differences(struct teller *t, const struct row *a, const struct row *b)
{
	bool has_told = false;

	if (a->cells == b->cells)
		return;
	for (size_t i = 0; i < t->def->n_columns; i++) {
		if (!is_told(&t->def->columns[i], &a->cells[i], &b->cells[i]))
			continue;
		tell_cell(t, i, a, b);
		has_told = true;
	}
	if (!has_told && a->sev != b->sev)
		tell_cell(t, moved_most(t, a, b), a, b);
}

static bool is_whole(const struct board *board)
{
	return !board->is_loading && !board->is_stale && !board->is_partial &&
	       !board->is_filling;
}

void board_changes(const struct board *before, const struct board *after,
		   const struct pairs *pairs, int64_t now_ms, change_fn fn, void *ctx)
{
	struct teller t = {.def = after->def, .now_ms = now_ms, .fn = fn, .ctx = ctx};
	bool whole = is_whole(before) && is_whole(after);

	strbuf_init(&t.what, TEXT_MOST_BYTES);
	strbuf_init(&t.before, TEXT_MOST_BYTES);
	strbuf_init(&t.after, TEXT_MOST_BYTES);
	for (size_t i = 0; i < after->n_rows; i++) {
		ptrdiff_t was = pairs->was[i];

		if (was >= 0)
			tell_differences(&t, &before->rows[was], &after->rows[i]);
		else if (whole)
			tell_row(&t, CHANGE_CAME, &after->rows[i]);
	}
	for (size_t i = 0; whole && i < before->n_rows; i++) {
		if (!pairs->stays[i])
			tell_row(&t, CHANGE_WENT, &before->rows[i]);
	}
	strbuf_fini(&t.what);
	strbuf_fini(&t.before);
	strbuf_fini(&t.after);
}
