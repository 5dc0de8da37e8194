/* See subject.h. */
#include "tui/change/subject.h"

#include <stdio.h>

#include "board/link.h"
#include "board/view.h"
#include "worker/change/edges.h"

enum { FILTER_BYTES = 400 };

static bool has_actions(struct app *app, const char *board)
{
	const struct actions *actions = app_actions(app);

	for (size_t i = 0; i < actions_size(actions); i++) {
		if (strcmp(actions_at(actions, i)->board, board) == 0)
			return true;
	}
	return false;
}

/* Of several rows none is meant. */
static bool find_only(struct board *board, struct str filter, int64_t now_ms,
		      struct subject *out)
{
	struct board_view view;
	struct err ignored;
	bool is_only;

	view_init(&view);
	view_set_board(&view, board, now_ms);
	is_only = view_set_filter(&view, filter, &ignored) && view.n == 1;
	if (is_only) {
		out->board = board;
		out->row = &board->rows[view.index[0]];
	}
	view_fini(&view);
	return is_only;
}

static bool find_linked(struct app *app, const struct board *board, const struct row *row,
			struct subject *out)
{
	const struct board_def *def = board->def;
	int64_t now_ms = app_look(app).now_ms;
	struct row_object object;
	struct strbuf filter;
	bool is_found = false;

	row_object_init(&object, def, true);
	row_object_set(&object, row->cells);
	strbuf_init(&filter, FILTER_BYTES);
	for (size_t i = 0; !is_found && i < def->n_links; i++) {
		struct board *to = app_board(app, def->links[i].board);

		is_found = to && has_actions(app, to->def->name) &&
			   link_filter(&def->links[i], &object, now_ms, &filter) &&
			   filter.n > 0 &&
			   find_only(to, strbuf_str(&filter), now_ms, out);
	}
	strbuf_fini(&filter);
	row_object_fini(&object);
	return is_found;
}

/* Rows of one board may stand for those of others. */
static bool find_meant(struct app *app, const struct board *board, const struct row *row,
		       struct subject *out)
{
	const struct board_def *def = board->def;
	ptrdiff_t at;

	*out = (struct subject){.board = (struct board *)(uintptr_t)board, .row = row};
	if (def->opens_board < 0)
		return true;
	out->board = app_board(app, row->cells[def->opens_board].text);
	at = out->board
		     ? board_find(out->board, str_from(row->cells[def->opens_key].text))
		     : -1;
	if (at >= 0)
		out->row = &out->board->rows[at];
	return at >= 0;
}

/* A row of a board of schedules knows what is to be done. */
static void hint_at(struct subject *s)
{
	const char *name = s->board->def->name;
	struct edge wish;

	if (!edges_source(name) ||
	    !edge_wish(s->board, (size_t)(s->row - s->board->rows), &wish))
		return;
	s->hint.action = wish.action;
	s->hint.input = wish.input;
	snprintf(s->hint.value, sizeof(s->hint.value), "%s", wish.value);
}

bool subject_find(struct app *app, const struct board *board, const struct row *row,
		  struct subject *out)
{
	struct subject meant;

	if (!find_meant(app, board, row, &meant))
		return false;
	hint_at(&meant);
	*out = meant;
	return has_actions(app, meant.board->def->name) ||
	       find_linked(app, meant.board, meant.row, out);
}
