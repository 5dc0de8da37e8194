/* How a pane is drawn: its rule, the figures, sharing lines among sections. Thread: ui.
 *
 * Moving the cursor leaves a pane as it is but for what marks it, and drawing it again
 * for every key would be most of what a key costs: its picture is kept. */
#include <string.h>

#include "tui/app_part.h"
#include "tui/keymap.h"
#include "tui/pane/pane.h"
#include "tui/widget/age.h"
#include "tui/widget/frame.h"

#define HEADINGS_FROM_H	 7
#define HEADINGS_FROM_W	 78 /* so many columns say nothing without */
#define HEADINGS_LEAST_H 5
#define STRIP_FROM_H	 9
#define GAPS_FROM_H	 16
#define COLUMNS_FROM_W	 150
#define ASIDE_GAP	 2

/* What a pane has, and how it is used. */
struct pane_room {
	int w, h;
	int lines; /* for sections */
	int columns;
	bool has_headings, has_gaps;
};

struct pane_column {
	const struct pane_room *room;
	int number;
	struct rect at;
	int pane; /* for hits */
	bool is_part;
};

static void add_counts(const struct pane *pane, uint32_t by_sev[SEV_CRIT + 1])
{
	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		const struct board *board = pane->sections[i].view.board;

		for (int sev = SEV_UNKNOWN; board && sev <= SEV_CRIT; sev++)
			by_sev[sev] += board->by_sev[sev];
	}
}

/* The age of the section that is worst off: a pane is as fresh as its oldest part
 * only when that part failed; otherwise the first section speaks. */
static enum role pane_age(const struct pane *pane, const struct look *look, int cells,
			  struct strbuf *out)
{
	const struct board *shown = pane->sections[pane_lead(pane)].view.board;

	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		const struct board *board = pane->sections[i].view.board;

		if (board && (board->is_stale || board->is_partial ||
			      (board->fetched_ms == 0 && board->err.code != ERR_NONE))) {
			shown = board;
			break;
		}
	}
	return age_note(out, shown, shown ? shown->def->title : NULL, look->now_ms,
			cells);
}

/* The first key of "pane NAME", when it is a short one. */
static void put_pane_key(const struct pane *pane, const struct keymap *keymap,
			 struct strbuf *out)
{
	const struct command *command = command_find(STR("pane"));

	for (size_t i = 0; keymap && i < keymap_count(keymap); i++) {
		struct keymap_row row = keymap_at(keymap, i);

		if (row.command == command && row.keys.n <= 3 &&
		    str_is(row.arg, pane->ops->name)) {
			strbuf_put(out, row.keys);
			return;
		}
	}
}

static void draw_rule(const struct pane *pane, const struct look *look, struct surface *s,
		      const struct pane_draw *how)
{
	uint32_t by_sev[SEV_CRIT + 1] = {0};
	struct strbuf age, key, title;
	enum role role;

	add_counts(pane, by_sev);
	strbuf_init(&age, 1000);
	strbuf_init(&key, 32);
	strbuf_init(&title, 120);
	put_pane_key(pane, how->keymap, &key);
	strbuf_puts(&title, pane->ops->title);
	if (pane->ops->views && pane->how.view > 0)
		strbuf_printf(&title, ", %s", pane->ops->views[pane->how.view]);
	role = pane_age(pane, look, surface_w(s) / 2 - 4, &age);
	rule_put(look, s, 0,
		 &(struct rule){.title = title.p,
				.brief = pane->ops->tab,
				.key = strbuf_str(&key),
				.has_focus = how->has_focus,
				.by_sev = by_sev,
				.note = strbuf_str(&age),
				.note_role = role});
	strbuf_fini(&title);
	strbuf_fini(&key);
	strbuf_fini(&age);
}

static int wanted_lines(const struct pane *pane, size_t i, int w, bool has_headings)
{
	const struct section *section = &pane->ops->sections[i];

	return section->draw
		       ? pane->sections[i].own_lines
		       : section_lines(section, &pane->sections[i], w, has_headings);
}

/* In a wide pane some sections stand in a column of their own. */
static int column_of(const struct pane *pane, size_t i, const struct pane_room *room)
{
	return room->columns == 2 && pane->ops->sections[i].is_aside ? 1 : 0;
}

static bool has_place(const struct pane *pane, size_t i, const struct pane_room *room)
{
	const struct section *section = &pane->ops->sections[i];

	return room->h >= section->min_h && room->w >= section->min_w &&
	       (pane->how.is_zoomed || !section->is_rich) &&
	       (!section->draw || pane->sections[i].own_lines > 0);
}

static bool has_headings(int w, int h)
{
	return h >= (w >= HEADINGS_FROM_W ? HEADINGS_LEAST_H : HEADINGS_FROM_H);
}

/* How many lines each section of a column gets; 0: it is left out. */
static void share_lines(const struct pane *pane, const struct pane_column *column,
			int out[PANE_MAX_SECTIONS])
{
	const struct section *sections = pane->ops->sections;
	const struct pane_room *room = column->room;
	int left = room->lines, gap = room->has_gaps ? 1 : 0;
	bool is_hungry = true, is_first = true;

	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		int least = sections[i].draw	 ? sections[i].least
			    : room->has_headings ? 2
						 : 1;
		int need = least + (is_first ? 0 : gap);

		if (column_of(pane, i, room) != column->number)
			continue;
		out[i] = 0;
		if (!has_place(pane, i, room) || (left < need && !is_first))
			continue;
		out[i] = left < least ? left : least;
		left -= is_first ? out[i] : need;
		is_first = false;
	}
	while (left > 0 && is_hungry) {
		is_hungry = false;
		for (size_t i = 0; i < pane->ops->n_sections; i++) {
			int want =
				wanted_lines(pane, i, column->at.w, room->has_headings) -
				out[i];
			int more = sections[i].share;

			if (column_of(pane, i, room) != column->number || out[i] == 0 ||
			    want <= 0)
				continue;
			more = more > want ? want : more;
			more = more > left ? left : more;
			out[i] += more;
			left -= more;
			is_hungry = is_hungry || more > 0;
		}
	}
}

static int need_of(const struct pane *pane, int w, int h)
{
	const struct pane_room room = {.w = w,
				       .h = h,
				       .columns = 1,
				       .has_gaps = h >= GAPS_FROM_H};
	int lines = 2 + (h >= STRIP_FROM_H && pane->ops->strip ? 1 : 0);

	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		const struct board *board = pane->sections[i].view.board;

		if (!has_place(pane, i, &room))
			continue;
		if (pane->ops->sections[i].board && (!board || board->is_loading))
			return -1;
		lines += wanted_lines(pane, i, w, has_headings(w, h)) +
			 (room.has_gaps ? 1 : 0);
	}
	return lines;
}

int pane_need(struct pane *pane, int w, int h)
{
	struct pane_need *need = &pane->need;

	if (need->news != pane->n_news || need->w != w || need->h != h)
		*need = (struct pane_need){.news = pane->n_news,
					   .w = w,
					   .h = h,
					   .lines = need_of(pane, w, h)};
	return need->lines;
}

static void draw_section(struct pane *pane, struct app *app, const struct look *look,
			 struct surface *part, size_t i, const struct section_draw *what)
{
	const struct section *section = &pane->ops->sections[i];

	if (section->draw)
		section->draw(app, look, part, &pane->how);
	else
		section_draw(look, part, what);
}

static void draw_column(struct pane *pane, struct app *app, const struct look *look,
			struct surface *s, const struct pane_column *column)
{
	const struct pane_room *room = column->room;
	int y = column->at.y, index = 0, lines[PANE_MAX_SECTIONS] = {0};

	share_lines(pane, column, lines);
	for (size_t i = 0; i < pane->ops->n_sections; i++) {
		struct section_state *state = &pane->sections[i];
		struct surface part =
			surface_sub(s, column->at.x, y, column->at.w, lines[i]);
		const struct section_draw what = {
			.section = &pane->ops->sections[i],
			.state = state,
			.has_heading = room->has_headings && lines[i] > 1,
			.empty = column->is_part ? "nothing of this workload"
						 : pane->ops->sections[i].empty,
			.pane = column->pane,
			.first_index = index};

		index += (int)state->view.n;
		if (column_of(pane, i, room) != column->number)
			continue;
		state->lines = 0;
		if (lines[i] == 0)
			continue;
		draw_section(pane, app, look, &part, i, &what);
		state->x = column->at.x;
		state->y += y;
		y += lines[i] + (room->has_gaps ? 1 : 0);
		if (!pane->ops->sections[i].draw)
			pane->page += lines[i] - (room->has_headings ? 1 : 0);
	}
}

/* Whether what stands aside has a column of its own. */
static bool is_wide(const struct pane *pane, int w, int h)
{
	bool is_flat = h < GAPS_FROM_H && pane->ops->flat_from_w;
	int from = is_flat ? pane->ops->flat_from_w : COLUMNS_FROM_W;

	for (size_t i = 0; w >= from && i < pane->ops->n_sections; i++) {
		if (pane->ops->sections[i].is_aside)
			return true;
	}
	return false;
}

static int left_w(const struct pane *pane, const struct pane_room *room)
{
	int most = pane->ops->left_most, half = room->w / 2 + room->w / 20;

	if (room->columns == 1)
		return room->w;
	return most && half > most ? most : half;
}

static void draw_sections(struct pane *pane, struct app *app, const struct look *look,
			  struct surface *s, int y, const struct pane_draw *how)
{
	int h = surface_h(s), w = surface_w(s);
	const struct pane_room room = {
		.w = w,
		.h = h,
		.lines = h - y,
		.columns = is_wide(pane, w, h) ? 2 : 1,
		.has_headings = has_headings(w, h),
		.has_gaps = h >= GAPS_FROM_H,
	};
	int left = left_w(pane, &room);

	pane->page = 0;
	draw_column(pane, app, look, s,
		    &(struct pane_column){.room = &room,
					  .at = {.y = y, .w = left},
					  .is_part = how->is_part,
					  .pane = how->number});
	if (room.columns == 2)
		draw_column(pane, app, look, s,
			    &(struct pane_column){.room = &room,
						  .number = 1,
						  .at = {.x = left + ASIDE_GAP,
							 .y = y,
							 .w = w - left - ASIDE_GAP},
						  .is_part = how->is_part,
						  .pane = how->number});
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
	draw_sections(pane, app, look, s, y, how);
}

static bool is_same_key(const struct pane_key *a, const struct pane_key *b)
{
	return a->news == b->news && a->w == b->w && a->h == b->h &&
	       a->how.number == b->how.number && a->how.has_focus == b->how.has_focus &&
	       a->how.has_rule == b->how.has_rule && a->how.is_part == b->how.is_part &&
	       a->how.keymap == b->how.keymap && a->is_ascii == b->is_ascii &&
	       memcmp(a->tops, b->tops, sizeof(a->tops)) == 0;
}

static void copy_tops(const struct pane *pane, size_t tops[PANE_MAX_SECTIONS])
{
	for (size_t i = 0; i < pane->ops->n_sections; i++)
		tops[i] = pane->sections[i].top;
}

void pane_draw(struct pane *pane, struct app *app, const struct look *look,
	       struct surface *s, const struct pane_draw *how)
{
	struct pane_key key = {
		.news = pane->n_news,
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
