/* Rows of boards as a model reads them: one object a row, with the path by which it is
 * cited, worst first. See tools_part.h. */
#include <stdlib.h>

#include "ai/tools_part.h"
#include "answer/field.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "base/when.h"
#include "base/xalloc.h"
#include "board/filter.h"
#include "board/view.h"

enum { CELL_MOST = 300, PATH_MOST = FIELD_PATH_MOST };

static void put_age(struct strbuf *out, int64_t ms)
{
	duration_format(out, ms > 0 ? ms : 0);
	strbuf_puts(out, " ago");
}

static void put_counts(struct strbuf *out, const struct board *board)
{
	strbuf_printf(out, ", %zu rows", board->n_rows);
	if (board->by_sev[SEV_CRIT])
		strbuf_printf(out, ", %u critical", board->by_sev[SEV_CRIT]);
	if (board->by_sev[SEV_WARN])
		strbuf_printf(out, ", %u warnings", board->by_sev[SEV_WARN]);
}

/* What may not be said of it without saying this too. */
static void put_health(struct strbuf *out, const struct tool_call *call,
		       const struct board *board)
{
	if (board_is_old(board, call->e->now_ms))
		strbuf_puts(out, " STALE: older than it may be; say so.");
	if (board->is_partial)
		strbuf_puts(out, " PARTIAL: not everything could be read; say so.");
	if (board->is_filling)
		strbuf_puts(out, " Some connections have not answered yet.");
	if (board->note && !board->n_rows)
		strbuf_printf(out, " %s", board->note);
}

const struct board *tool_board(struct tool_call *call, const char *name)
{
	const struct board *board = evidence_board(call->e, name);

	if (!board || board->is_loading || (!board->fetched_ms && !board->n_rows)) {
		strbuf_printf(&call->head,
			      "Board %s has not been read: what is on it is not known, "
			      "and that is the answer.\n",
			      name);
		return NULL;
	}
	strbuf_printf(&call->head, "Board %s, version %llu, read ", name,
		      (unsigned long long)board->version);
	put_age(&call->head, call->e->now_ms - board->fetched_ms);
	put_counts(&call->head, board);
	strbuf_putc(&call->head, '.');
	put_health(&call->head, call, board);
	strbuf_putc(&call->head, '\n');
	if (board->err.code != ERR_NONE)
		strbuf_printf(&call->body, "error of %s: %s\n", name, board->err.text);
	return board;
}

static bool is_within(const struct tool_rows_wanted *wanted, const struct row *row)
{
	const struct cell *cell;

	if (wanted->time < 0)
		return true;
	cell = &row->cells[wanted->time];
	return !cell->is_null && cell->number >= (double)wanted->from_ms &&
	       cell->number <= (double)wanted->to_ms;
}

static void put_cell(struct tool_call *call, const struct column *column,
		     const struct cell *cell)
{
	struct strbuf text;
	int used;

	json_print_text(&call->body, str_from(column->name));
	strbuf_putc(&call->body, ':');
	if (cell->is_null) {
		strbuf_puts(&call->body, "null");
		return;
	}
	strbuf_init(&text, 4 * CELL_MOST);
	cell_format(&text, column, cell, call->e->now_ms, 0);
	json_print_text(&call->body, utf8_prefix(strbuf_str(&text), CELL_MOST, &used));
	strbuf_fini(&text);
}

/* False: there is no room for it, and nothing of it is left behind. */
static bool put_row(struct tool_call *call, const struct board *board,
		    const struct row *row)
{
	size_t mark = call->body.n;
	struct strbuf path;

	strbuf_puts(&call->body, "{\"cite\":");
	strbuf_init(&path, PATH_MOST);
	if (field_name_cell(&path, board, row, NULL))
		json_print_text(&call->body, strbuf_str(&path));
	else
		strbuf_puts(&call->body, "null");
	strbuf_fini(&path);
	strbuf_printf(&call->body, ",\"severity\":\"%s\"", severity_name(row->sev));
	for (size_t i = 0; i < board->def->n_columns; i++) {
		const struct column *column = &board->def->columns[i];

		if (column->is_hidden || column->type == CELL_SERIES)
			continue;
		strbuf_putc(&call->body, ',');
		put_cell(call, column, &row->cells[i]);
	}
	strbuf_puts(&call->body, "}\n");
	if (!call->body.overflow)
		return true;
	strbuf_cut(&call->body, mark);
	call->body.overflow = false;
	return false;
}

/* Marks the rows that are wanted; how many there are. */
static size_t choose(struct tool_call *call, const struct board *board,
		     const struct tool_rows_wanted *wanted, uint8_t *keep,
		     struct err *err)
{
	struct haystack hay;
	struct filter *filter;
	size_t n = 0;

	for (size_t i = 0; i < board->n_rows; i++)
		keep[i] = is_within(wanted, &board->rows[i]);
	if (wanted->filter) {
		filter = filter_parse(str_from(wanted->filter), board->def, err);
		if (!filter)
			return 0;
		haystack_init(&hay, board, call->e->now_ms);
		filter_apply(filter, board, &hay, call->e->now_ms, keep);
		haystack_fini(&hay);
		filter_free(filter);
	}
	for (size_t i = 0; i < board->n_rows; i++)
		n += keep[i];
	return n;
}

static size_t put_kept(struct tool_call *call, const struct board *board,
		       const uint8_t *keep, size_t n, size_t most)
{
	struct view_order by = view_order_of(board->def);
	uint32_t *order = xcalloc(n + 1, sizeof(*order));
	size_t shown = 0, at = 0;

	for (size_t i = 0; i < board->n_rows; i++) {
		if (keep[i])
			order[at++] = (uint32_t)i;
	}
	by.severity_first = true;
	view_sort(board, by, order, n);
	while (shown < n && shown < most &&
	       put_row(call, board, &board->rows[order[shown]]))
		shown++;
	free(order);
	return shown;
}

void tool_put_rows(struct tool_call *call, const struct board *board,
		   const struct tool_rows_wanted *wanted)
{
	uint8_t *keep = xcalloc(board->n_rows + 1, 1);
	struct err err;
	size_t n, shown;

	err_clear(&err);
	n = choose(call, board, wanted, keep, &err);
	if (err.code != ERR_NONE) {
		strbuf_printf(&call->head, "The filter is wrong: %s\n", err.text);
	} else {
		shown = put_kept(call, board, keep, n, wanted->most);
		strbuf_printf(&call->head, "%zu rows of %s fit, %zu are below", n,
			      board->def->name, shown);
		if (shown < n)
			strbuf_printf(&call->head, ", %zu more are not", n - shown);
		strbuf_puts(&call->head, ". Cite a value as [S:CITE.COLUMN].\n");
	}
	free(keep);
}

size_t tool_count(const cJSON *args, const char *name, size_t usual)
{
	double n;

	return json_number(args, name, &n) ? (size_t)n : usual;
}

bool tool_moment(struct tool_call *call, const char *name, int64_t usual_ms, int64_t *out)
{
	const char *text = json_text(call->args, name);

	*out = usual_ms;
	if (!text || when_parse(str_from(text), call->e->now_ms, call->e->now_ms, out))
		return true;
	strbuf_printf(&call->head, "\"%s\" is no moment: say it as %s.\n", name,
		      WHEN_FORMS);
	return false;
}
