/* What all panes of the overview have in common: the rule, the figures, sharing
 * lines among sections, one cursor over all of them. Thread: ui. */
#include "tui/pane/pane.h"

#include <string.h>

#include "base/count.h"
#include "tui/app_part.h"
#include "tui/keymap.h"
#include "tui/widget/age.h"
#include "tui/widget/frame.h"

#define HEADINGS_FROM_H 7
#define STRIP_FROM_H	9
#define GAPS_FROM_H	16

const struct pane_ops *const panes[] = {&pane_cost, &pane_sql, &pane_dr, &pane_agents};
const size_t n_panes = COUNT(panes);

void pane_init(struct pane *pane, const struct pane_ops *ops)
{
	*pane = (struct pane){.ops = ops};
	for (size_t i = 0; i < ops->n_sections; i++)
		section_init(&pane->sections[i]);
}

void pane_fini(struct pane *pane)
{
	for (size_t i = 0; i < pane->ops->n_sections; i++)
		section_fini(&pane->sections[i]);
	picture_fini(&pane->picture);
}

void pane_want(const struct pane *pane, struct want_set *set)
{
	for (size_t i = 0; i < pane->ops->n_sections; i++)
		want_add(set, pane->ops->sections[i].board);
	for (const char *const *name = pane->ops->boards; name && *name; name++)
		want_add(set, *name);
}

void pane_follow(struct pane *pane, struct app *app)
{
	for (size_t i = 0; i < pane->ops->n_sections; i++)
		section_follow(&pane->sections[i],
			       app_board(app, pane->ops->sections[i].board),
			       app_look(app).now_ms);
}

static void add_counts(const struct pane *pane, uint32_t by_sev[SEV_CRIT + 1])
{
	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		const struct board *board = pane->sections[i].view.board;

		for (int sev = SEV_UNKNOWN; board && sev <= SEV_CRIT; sev++)
			by_sev[sev] += board->by_sev[sev];
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

/* The age of the section that is worst off: a pane is as fresh as its oldest part
 * only when that part failed; otherwise the first section speaks. */
static enum role pane_age(const struct pane *pane, const struct look *look,
			  struct strbuf *out)
{
	const struct board *shown = pane->sections[0].view.board;

	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		const struct board *board = pane->sections[i].view.board;

		if (board && (board->is_stale || board->is_partial ||
			      (board->fetched_ms == 0 && board->err.code != ERR_NONE))) {
			shown = board;
			break;
		}
	}
	return age_text(out, shown, look->now_ms);
}

/* The first key of "pane NAME", when it is a short one. */
static void put_pane_key(const struct pane *pane, const struct keymap *keymap,
			 struct strbuf *out)
{
	const struct command *command = command_find(STR("pane"));

	for (size_t i = 0; keymap && i < keymap_count(keymap); i++) {
		struct keymap_row row = keymap_at(keymap, i);

		if (row.command == command && row.keys.n <= 3 &&
		    str_eq(row.arg, str_from(pane->ops->name))) {
			strbuf_put(out, row.keys);
			return;
		}
	}
}

static void draw_rule(const struct pane *pane, const struct look *look, struct surface *s,
		      const struct pane_draw *how)
{
	uint32_t by_sev[SEV_CRIT + 1] = {0};
	struct strbuf age, key;
	enum role role;

	add_counts(pane, by_sev);
	strbuf_init(&age, 120);
	strbuf_init(&key, 32);
	put_pane_key(pane, how->keymap, &key);
	role = pane_age(pane, look, &age);
	rule_put(look, s, 0,
		 &(struct rule){.title = pane->ops->title,
				.key = strbuf_str(&key),
				.has_focus = how->has_focus,
				.by_sev = by_sev,
				.note = strbuf_str(&age),
				.note_role = role});
	strbuf_fini(&key);
	strbuf_fini(&age);
}

/* How many lines each section gets; 0: it is left out. */
static void share_lines(const struct pane *pane, int h, int lines, bool has_headings,
			int out[PANE_MAX_SECTIONS])
{
	const struct section *sections = pane->ops->sections;
	int least = has_headings ? 2 : 1, left = lines, gap = h >= GAPS_FROM_H ? 1 : 0;
	bool is_hungry = true;

	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		int need = least + (i > 0 ? gap : 0);

		out[i] = 0;
		if (i > 0 && (h < sections[i].min_h || left < need))
			continue;
		out[i] = left < least ? left : least;
		left -= i > 0 ? need : out[i];
	}
	while (left > 0 && is_hungry) {
		is_hungry = false;
		for (size_t i = 0; i < pane->ops->n_sections; i++) {
			int want =
				section_lines(&pane->sections[i], has_headings) - out[i];
			int more = sections[i].share;

			if (out[i] == 0 || want <= 0)
				continue;
			more = more > want ? want : more;
			more = more > left ? left : more;
			out[i] += more;
			left -= more;
			is_hungry = is_hungry || more > 0;
		}
	}
}

int pane_need(const struct pane *pane, int h)
{
	bool has_gaps = h >= GAPS_FROM_H;
	int lines = 2 + (h >= STRIP_FROM_H && pane->ops->strip ? 1 : 0);

	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		const struct board *board = pane->sections[i].view.board;

		if (i > 0 && h < pane->ops->sections[i].min_h)
			continue;
		if (!board || board->is_loading)
			return -1;
		lines += section_lines(&pane->sections[i], h >= HEADINGS_FROM_H) +
			 (has_gaps ? 1 : 0);
	}
	return lines;
}

static void draw_sections(struct pane *pane, const struct look *look, struct surface *s,
			  int y, const struct pane_draw *how)
{
	int h = surface_h(s), lines[PANE_MAX_SECTIONS], index = 0;
	bool has_headings = h >= HEADINGS_FROM_H;

	share_lines(pane, h, h - y, has_headings, lines);
	pane->page = 0;
	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		struct surface part = surface_sub(s, 0, y, surface_w(s), lines[i]);

		pane->sections[i].lines = 0;
		if (lines[i] > 0) {
			section_draw(look, &part,
				     &(struct section_draw){
					     .section = &pane->ops->sections[i],
					     .state = &pane->sections[i],
					     .has_heading = has_headings && lines[i] > 1,
					     .pane = how->number,
					     .first_index = index});
			pane->sections[i].y += y;
			y += lines[i] + (h >= GAPS_FROM_H ? 1 : 0);
			pane->page += lines[i] - (has_headings ? 1 : 0);
		}
		index += (int)pane->sections[i].view.n;
	}
}

static void draw_whole(struct pane *pane, struct app *app, const struct look *look,
		       struct surface *s, const struct pane_draw *how)
{
	struct figure figures[PANE_MAX_FIGURES];
	int h = surface_h(s), y = 0;
	size_t n;

	hits_add(look->hits, s, (struct rect){0, 0, surface_w(s), h},
		 (struct hit){.kind = HIT_PANE,
			      .pane = how->number,
			      .index = how->number});
	if (how->has_rule) {
		draw_rule(pane, look, s, how);
		y++;
	}
	n = pane->ops->figures(app, figures, PANE_MAX_FIGURES);
	if (n > 0 && h >= 3)
		figures_put(look, s, 1, y++, figures, n);
	if (h >= STRIP_FROM_H && pane->ops->strip) {
		struct surface line = surface_sub(s, 1, y, surface_w(s) - 2, 1);

		if (pane->ops->strip(app, look, &line))
			y++;
	}
	if (h >= GAPS_FROM_H)
		y++;
	draw_sections(pane, look, s, y, how);
}

static bool is_same_key(const struct pane_key *a, const struct pane_key *b)
{
	return a->boards == b->boards && a->now_ms == b->now_ms && a->w == b->w &&
	       a->h == b->h && a->how.number == b->how.number &&
	       a->how.has_focus == b->how.has_focus &&
	       a->how.has_rule == b->how.has_rule && a->how.is_part == b->how.is_part &&
	       a->how.keymap == b->how.keymap && a->is_ascii == b->is_ascii &&
	       memcmp(a->tops, b->tops, sizeof(a->tops)) == 0;
}

static void copy_tops(const struct pane *pane, size_t tops[PANE_MAX_SECTIONS])
{
	for (size_t i = 0; i < pane->ops->n_sections; i++)
		tops[i] = pane->sections[i].top;
}

/* Moving the cursor leaves the panes as they are but for what marks it: drawing them
 * again for every key would be most of what a key costs. */
void pane_draw(struct pane *pane, struct app *app, const struct look *look,
	       struct surface *s, const struct pane_draw *how)
{
	struct pane_key key = {
		.boards = app->shelf.version,
		.now_ms = look->now_ms,
		.w = surface_w(s),
		.h = surface_h(s),
		.how = *how,
		.is_ascii = look->is_ascii,
	};

	for (size_t i = 0; i < pane->ops->n_sections; i++)
		section_scroll(&pane->sections[i]);
	copy_tops(pane, key.tops);
	if (!pane->picture.grid || !is_same_key(&key, &pane->drawn)) {
		struct surface part = picture_begin(&pane->picture, key.w, key.h);
		struct look own = *look;

		own.hits = &pane->picture.hits;
		draw_whole(pane, app, &own, &part, how);
		copy_tops(pane, key.tops); /* fewer lines may have moved them */
		pane->drawn = key;
	}
	picture_show(&pane->picture, s, look->hits);
	if (how->has_focus)
		section_draw_cursor(look, s, &pane->sections[pane->current]);
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
	at = index < 0 ? 0 : (size_t)index >= total ? total - 1 : (size_t)index;
	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		if (at < pane->sections[i].view.n) {
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
	return pane->ops->sections[pane->current].board;
}
