/* What all panes of the overview have in common: the boards they follow, one cursor
 * over all their sections. Thread: ui. */
#include "tui/pane/pane.h"

#include <limits.h>

#include "base/count.h"
#include "tui/app_part.h"

const struct pane_ops *const panes[] = {&pane_cost, &pane_sql, &pane_dr, &pane_agents,
					&pane_logs};
const size_t n_panes = COUNT(panes);

void pane_init(struct pane *pane, const struct pane_ops *ops)
{
	*pane = (struct pane){.ops = ops, .followed.now_ms = INT64_MIN};
	for (size_t i = 0; i < ops->n_sections; i++)
		section_init(&pane->sections[i]);
}

void pane_fini(struct pane *pane)
{
	for (size_t i = 0; i < pane->ops->n_sections; i++)
		section_fini(&pane->sections[i]);
	picture_fini(&pane->picture);
}

void pane_want_first(const struct pane *pane, struct want_set *set, int h)
{
	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		const struct section *section = &pane->ops->sections[i];

		if (section->board && section->min_h <= h &&
		    (pane->how.is_zoomed || !section->is_rich))
			want_add(set, section->board);
	}
}

void pane_want(const struct pane *pane, struct want_set *set)
{
	const char *const *rich = pane->how.is_zoomed ? pane->ops->rich_boards : NULL;

	pane_want_first(pane, set, INT_MAX);
	for (const char *const *name = pane->ops->boards; name && *name; name++)
		want_add(set, *name);
	for (; rich && *rich; rich++)
		want_add(set, *rich);
}

static bool is_same_news(const struct pane_news *a, const struct pane_news *b)
{
	return a->boards == b->boards && a->now_ms == b->now_ms &&
	       a->how.is_zoomed == b->how.is_zoomed && a->how.view == b->how.view;
}

static uint64_t later_change(const struct shelf *shelf, const char *name, uint64_t change)
{
	uint64_t its = name ? shelf_changed(shelf, str_from(name)) : 0;

	return its > change ? its : change;
}

static uint64_t newest_change(const struct pane_ops *ops, const struct shelf *shelf)
{
	const char *const *name;
	uint64_t newest = 0;

	for (size_t i = 0; i < ops->n_sections; i++)
		newest = later_change(shelf, ops->sections[i].board, newest);
	for (name = ops->boards; name && *name; name++)
		newest = later_change(shelf, *name, newest);
	for (name = ops->rich_boards; name && *name; name++)
		newest = later_change(shelf, *name, newest);
	return newest;
}

/* A cursor moves, and boards of other panes change, without anything being news. */
void pane_follow(struct pane *pane, struct app *app)
{
	struct pane_news news = {.boards = pane->followed.boards,
				 .now_ms = app_look(app).now_ms,
				 .how = pane->how};

	if (pane->shelf != app->shelf.version)
		news.boards = newest_change(pane->ops, &app->shelf);
	pane->shelf = app->shelf.version;
	if (is_same_news(&news, &pane->followed))
		return;
	pane->followed = news;
	pane->n_news++;
	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		const struct section *section = &pane->ops->sections[i];

		if (section->draw) {
			pane->sections[i].own_lines = section->lines(app, &pane->how);
			continue;
		}
		section_follow(&pane->sections[i], section,
			       app_board(app, section->board), news.now_ms);
		/* Until somebody goes elsewhere, the worst rows are what is shown. */
		if (i != pane->current || !pane->is_moved)
			view_select(&pane->sections[i].view, 0);
	}
}

enum severity pane_worst(const struct pane *pane)
{
	enum severity worst = SEV_NONE;

	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		const struct board *board = pane->sections[i].view.board;

		if (board && board->worst > worst)
			worst = board->worst;
	}
	return worst;
}

size_t pane_lead(const struct pane *pane)
{
	size_t i = 0;

	while (i + 1 < pane->ops->n_sections && !pane->ops->sections[i].board)
		i++;
	return i;
}

static size_t rows_before(const struct pane *pane, size_t section)
{
	size_t n = 0;

	for (size_t i = 0; i < section; i++)
		n += pane->sections[i].view.n;
	return n;
}

void pane_select(struct pane *pane, int index)
{
	size_t total = rows_before(pane, pane->ops->n_sections), at;

	if (total == 0)
		return;
	pane->is_moved = true;
	at = index < 0 ? 0 : (size_t)index >= total ? total - 1 : (size_t)index;
	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		if (at < pane->sections[i].view.n) {
			if (i != pane->current)
				view_select(&pane->sections[pane->current].view, 0);
			pane->current = i;
			view_select(&pane->sections[i].view, at);
			return;
		}
		at -= pane->sections[i].view.n;
	}
}

void pane_move(struct pane *pane, int step)
{
	size_t at = rows_before(pane, pane->current) +
		    pane->sections[pane->current].view.selected;

	pane_select(pane, (int)at + step);
}

bool pane_selected(const struct pane *pane, const struct board **board,
		   const struct row **row)
{
	const struct section_state *state = &pane->sections[pane->current];

	*board = state->view.board;
	*row = view_row(&state->view);
	return *row != NULL;
}

const char *pane_board(const struct pane *pane)
{
	const char *board = pane->ops->sections[pane->current].board;

	return board ? board : pane->ops->sections[pane_lead(pane)].board;
}

bool pane_turn(struct pane *pane, int by)
{
	size_t n = 0;

	while (pane->ops->views && pane->ops->views[n])
		n++;
	if (n < 2)
		return false;
	pane->how.view = (pane->how.view + n + (size_t)(by + (int)n)) % n;
	return true;
}
