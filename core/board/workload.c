/* See workload.h. What the source row says stands in its raw JSON; rows beyond those
 * that are kept raw are judged by their cells alone. Thread: any (no state). */
#include "board/workload.h"

#include <string.h>

#include "board/def.h"

/* Behind the next "/resourcegroups/"; -1: there is none. Rows are asked by the thousand,
 * and slashes are few. */
static ptrdiff_t behind_mark(struct str text, size_t from)
{
	const struct str mark = STR("/resourcegroups/");
	ptrdiff_t at;

	while ((at = str_find_char(str_sub(text, from, text.n), mark.p[0])) >= 0) {
		from += (size_t)at;
		if (str_starts_nocase(str_sub(text, from, text.n), mark))
			return (ptrdiff_t)(from + mark.n);
		from++;
	}
	return -1;
}

static struct str until(struct str text, const char *ends)
{
	size_t n = 0;

	while (n < text.n && !strchr(ends, text.p[n]))
		n++;
	return str_sub(text, 0, n);
}

/* Every resource group an id in the text names. */
static bool names_group(const struct workload *w, struct str text)
{
	ptrdiff_t at = 0;

	while ((at = behind_mark(text, (size_t)at)) >= 0) {
		struct str group = until(str_sub(text, (size_t)at, text.n), "/\"");

		if (str_fits_any_nocase(group, w->groups, w->n_groups))
			return true;
	}
	return false;
}

/* "name":"value" of compact JSON. */
static bool has_tag(const struct workload_tag *tag, struct str raw)
{
	struct str name = str_from(tag->name), value = str_from(tag->value);
	size_t from = 0;
	ptrdiff_t at;

	while (name.n && (at = str_find_nocase(str_sub(raw, from, raw.n), name)) >= 0) {
		size_t start = from + (size_t)at;
		bool is_quoted = start > 0 && raw.p[start - 1] == '"';
		struct str rest = str_sub(raw, start + name.n, raw.n);

		from = start + 1;
		if (!is_quoted || !str_starts_nocase(rest, STR("\":\"")))
			continue;
		if (str_eq_nocase(until(str_sub(rest, 3, rest.n), "\""), value))
			return true;
	}
	return false;
}

static bool has_word(const struct workload *w, struct str text)
{
	for (size_t i = 0; i < w->n_words; i++) {
		if (str_find_nocase(text, str_from(w->words[i])) >= 0)
			return true;
	}
	return false;
}

/* What azdeck itself worked out for a workload says so. */
static bool is_said(const struct workload *w, const struct board *board,
		    const struct row *row)
{
	ptrdiff_t at = board->def->kind == CONN_DECK
			       ? board_def_column(board->def, STR("workload"))
			       : -1;

	return at >= 0 && str_eq_nocase(str_from(row->cells[at].text), str_from(w->name));
}

bool workload_recovers(const struct workload *w, struct str group)
{
	return w->n_recover == 0 || group.n == 0 ||
	       str_fits_any_nocase(group, w->recover, w->n_recover);
}

bool workload_has(const struct workload *w, const struct board *board,
		  const struct row *row)
{
	if (is_said(w, board, row))
		return true;
	if (row->raw.n && names_group(w, row->raw))
		return true;
	for (size_t i = 0; row->raw.n && i < w->n_tags; i++) {
		if (has_tag(&w->tags[i], row->raw))
			return true;
	}
	for (size_t i = 0; i < board->def->n_columns; i++) {
		const struct cell *cell = &row->cells[i];
		enum cell_type type = board->def->columns[i].type;

		if ((type == CELL_TEXT || type == CELL_STATE) &&
		    has_word(w, str_from(cell->text)))
			return true;
	}
	return has_word(w, row->key) || names_group(w, row->key);
}

static bool is_its(const struct board *board, const struct row *row, const void *ctx)
{
	return workload_has(ctx, board, row);
}

struct board *workload_board(const struct workload *w, struct board *of)
{
	return board_cut(of, is_its, w);
}
