/* A section of a pane. Thread: ui.
 *
 * Widths come from the rows in sight, so that ten rows of a long board cost ten
 * rows. Measuring is formatting, so it is done once for the rows in sight and not
 * again until they, the room or the second (ages grow) are others. */
#include "tui/pane/section.h"

#include <stdio.h>

#include "base/utf8.h"
#include "board/def.h"
#include "tui/list.h"
#include "tui/pane/outlook_slot.h"
#include "tui/widget/age.h"
#include "tui/widget/cells.h"
#include "tui/widget/gauge.h"
#include "tui/widget/mark.h"
#include "tui/widget/wrap.h"

#define LEFT_CELLS 4 /* cursor, mark, blanks */
#define WHY_MOST   400
#define LEAST_TEXT 12
#define NAME_SHARE 4  /* of a wide pane names keep one part in so many */
#define MOST_CELLS 24 /* of a slot that does not say */
#define GAP	   2

void section_init(struct section_state *state)
{
	*state = (struct section_state){0};
	view_init(&state->view);
}

void section_fini(struct section_state *state)
{
	view_fini(&state->view);
}

/* A board of the user's own may not know what is filtered by: then it shows all. */
static void show_its_rows(struct section_state *state, const struct section *section)
{
	struct err why;
	bool is_known = section->rows &&
			view_set_filter(&state->view, str_from(section->rows), &why);

	(void)is_known;
}

void section_follow(struct section_state *state, const struct section *section,
		    struct board *board, int64_t now_ms)
{
	bool is_first;

	if (!board || board == state->view.board)
		return;
	is_first = !state->view.board || state->view.board->def != board->def;
	state->layout.board = NULL;
	view_set_board(&state->view, board, now_ms);
	if (is_first) {
		struct view_order order = view_order_of(board->def);

		order.severity_first = true;
		view_set_order(&state->view, order);
		show_its_rows(state, section);
		view_select(&state->view, 0);
	}
}

/* Why there are no rows. */
static enum role put_why(struct strbuf *out, const struct section_state *state,
			 const char *empty, const char *dots)
{
	enum role role = age_explain(out, state->view.board, empty);

	if (!state->view.board || state->view.board->is_loading)
		strbuf_puts(out, dots);
	return role;
}

int section_lines(const struct section *section, const struct section_state *state, int w,
		  bool has_heading)
{
	int lines = (int)state->view.n;
	struct strbuf text;

	if (lines == 0 && w > LEFT_CELLS) {
		strbuf_init(&text, WHY_MOST);
		put_why(&text, state, section->empty, "");
		lines = wrap_count(strbuf_str(&text), w - LEFT_CELLS);
		strbuf_fini(&text);
	}
	return lines + (has_heading ? 1 : 0);
}

static size_t rows_in_sight(const struct section_state *state, int lines)
{
	size_t left = state->view.n - state->top;

	return left < (size_t)lines ? left : (size_t)lines;
}

static const struct cell *cell_of(const struct section_state *state, size_t place,
				  size_t column)
{
	return &state->view.board->rows[state->view.index[place]].cells[column];
}

static const char *title_of(const struct placed *p)
{
	return p->slot->title ? p->slot->title : p->column->title;
}

static int heading_width(const struct section_draw *what, const struct placed *p,
			 bool is_first)
{
	if (!what->has_heading)
		return 1;
	return utf8_width(str_from(is_first ? what->section->title : title_of(p)));
}

/* What the rows need, up to a limit. */
static int wanted_width(const struct look *look, const struct section_draw *what,
			const struct placed *p, size_t rows, int limit)
{
	int w = 1;

	for (size_t i = 0; i < rows; i++) {
		int need =
			cells_width(look, p->column,
				    cell_of(what->state, what->state->top + i, p->index),
				    limit);

		w = need > w ? need : w;
	}
	return w;
}

static int natural_width(const struct look *look, const struct section_draw *what,
			 const struct placed *p, size_t rows, bool is_first)
{
	int heading = heading_width(what, p, is_first), w;

	if (p->slot->w > 0)
		return p->slot->w;
	w = wanted_width(look, what, p, rows,
			 p->slot->max > 0 ? p->slot->max : MOST_CELLS);
	return w > heading ? w : heading;
}

/* Where there is room to spare nothing is cut: neither a long state nor the
 * heading's "7 of 28". */
static int spare_width(const struct look *look, const struct section_draw *what,
		       const struct placed *p, size_t rows, bool is_first)
{
	size_t all = what->state->view.n;
	char count[48];
	int w;

	if (p->slot->w > 0)
		return p->slot->w;
	w = wanted_width(look, what, p, rows, MOST_CELLS);
	if (is_first && what->has_heading && all > rows) {
		int with_count = heading_width(what, p, true) + 1 +
				 snprintf(count, sizeof(count), "%zu of %zu", rows, all);

		w = with_count > w ? with_count : w;
	}
	return w;
}

/* Names and sentences give way to figures, down to this. */
static int least_width(const struct section_draw *what, const struct placed *p, int room,
		       bool is_first)
{
	int floor = heading_width(what, p, is_first);

	if (!is_first && !p->slot->takes_rest)
		return p->w;
	floor = floor < LEAST_TEXT ? LEAST_TEXT : floor;
	if (is_first && floor < room / NAME_SHARE)
		floor = room / NAME_SHARE;
	return p->w < floor ? p->w : floor;
}

/* Gives one slot more of what is left; returns what it took. */
static int widen(struct placed *p, int want, int left)
{
	int more = want - p->w;

	more = more > left ? left : more;
	if (more <= 0)
		return 0;
	p->w += more;
	return more;
}

/* Chooses the slots that fit, first ones first; what is left goes to those that
 * were narrowed, then to the one that takes the rest. */
static size_t place_slots(const struct look *look, const struct surface *s,
			  const struct section_draw *what, size_t rows,
			  struct placed *out)
{
	const struct board_def *def = what->state->view.board->def;
	int room = surface_w(s) - LEFT_CELLS, used = 0, x = LEFT_CELLS - 1;
	int natural[SECTION_SLOTS];
	size_t n = 0;

	for (size_t i = 0; i < what->section->n_slots && n < SECTION_SLOTS; i++) {
		const struct slot *slot = &what->section->slots[i];
		ptrdiff_t index = board_def_column(def, str_from(slot->column));
		struct placed *p = &out[n];

		if (index < 0 || surface_w(s) < slot->from_w)
			continue;
		*p = (struct placed){.slot = slot,
				     .column = &def->columns[index],
				     .index = (size_t)index};
		natural[n] = p->w = natural_width(look, what, p, rows, n == 0);
		p->w = least_width(what, p, room, n == 0);
		if (used + p->w + (n > 0 ? GAP : 0) > room && n > 0)
			continue;
		used += p->w + (n > 0 ? GAP : 0);
		n++;
	}
	for (size_t i = 0; i < n; i++)
		used += widen(&out[i], natural[i], room - used);
	for (size_t i = 0; i < n && used < room; i++)
		used += widen(&out[i], spare_width(look, what, &out[i], rows, i == 0),
			      room - used);
	for (size_t i = 0; i < n; i++) {
		if (out[i].slot->takes_rest)
			used += widen(&out[i],
				      out[i].slot->max > 0 ? out[i].slot->max : room,
				      room - used);
	}
	for (size_t i = 0; i < n; i++) {
		out[i].x = x;
		x += out[i].w + GAP;
	}
	return n;
}

static void lay_out(const struct look *look, const struct surface *s,
		    const struct section_draw *what, size_t rows)
{
	struct section_layout *l = &what->state->layout;
	struct section_layout now = {.board = what->state->view.board,
				     .top = what->state->top,
				     .rows = rows,
				     .w = surface_w(s),
				     .second = look->now_ms / 1000,
				     .is_ascii = look->is_ascii};

	if (l->board == now.board && l->top == now.top && l->rows == now.rows &&
	    l->w == now.w && l->second == now.second && l->is_ascii == now.is_ascii)
		return;
	*l = now;
	l->n = place_slots(look, s, what, rows, l->slots);
}

static bool is_right(const struct placed *p)
{
	return p->slot->kind == SLOT_VALUE && cells_is_right(p->column);
}

static void draw_heading(const struct look *look, struct surface *s,
			 const struct section_draw *what, const struct placed *slots,
			 size_t n)
{
	const struct section_state *state = what->state;
	char count[48] = "";
	int w = 0;

	(void)look;
	for (size_t i = 0; i < n; i++)
		surface_put_fit(s, slots[i].x, 0, slots[i].w, ROLE_HEADING,
				i == 0 ? str_from(what->section->title)
				       : str_from(title_of(&slots[i])),
				is_right(&slots[i]));
	if (state->view.n > (size_t)(surface_h(s) - 1))
		w = snprintf(count, sizeof(count), "%zu of %zu",
			     rows_in_sight(state, surface_h(s) - 1), state->view.n);
	if (w > 0 && n > 0) {
		const struct placed *first = &slots[0];
		int title_w = utf8_width(str_from(what->section->title));

		if (first->w >= title_w + 1 + w)
			surface_printf(s, first->x + title_w + 1, 0, ROLE_DIM, "%s",
				       count);
	}
}

static void draw_slot(const struct look *look, struct surface *s, int y,
		      const struct placed *p, const struct board_def *def,
		      const struct row *row, bool is_first)
{
	struct rect at = {.x = p->x, .y = y, .w = p->w, .h = 1};
	const struct cell *cell = &row->cells[p->index];

	switch (p->slot->kind) {
	case SLOT_GAUGE:
	case SLOT_BUDGET:
		gauge_put(look, s, at.x, y, at.w,
			  &(struct gauge){.pct = cell->is_null ? 0 : cell->number,
					  .sev = (enum severity)cell->sev,
					  .has_ticks = p->slot->kind == SLOT_BUDGET});
		return;
	case SLOT_OUTLOOK:
		outlook_slot_put(look, s, at, def, row);
		return;
	case SLOT_SPARK:
		cells_put_spark(look, s, at, p->column, cell);
		return;
	case SLOT_VALUE:
		cells_put(look, s, at, p->column, cell,
			  is_first ? ROLE_STRONG : ROLE_TEXT);
		return;
	}
}

static void keep_in_sight(struct section_state *state, int lines)
{
	size_t n = (size_t)lines;

	state->top = list_top(state->top, state->view.selected, n);
	if (state->top + n > state->view.n)
		state->top = state->view.n > n ? state->view.n - n : 0;
}

static void draw_nothing(const struct look *look, struct surface *s,
			 const struct section_draw *what)
{
	int y = what->has_heading && surface_h(s) > 1 ? 1 : 0;
	struct strbuf text;
	enum role role;

	if (y > 0)
		surface_puts(s, LEFT_CELLS - 1, 0, ROLE_HEADING, what->section->title);
	strbuf_init(&text, WHY_MOST);
	role = put_why(&text, what->state, what->empty, look_pick(look, "…", "..."));
	if (role == ROLE_CRIT)
		mark_put(look, s, 1, y, SEV_CRIT);
	wrap_draw(s, LEFT_CELLS - 1, y, surface_w(s) - LEFT_CELLS, surface_h(s) - y, role,
		  strbuf_str(&text));
	strbuf_fini(&text);
}

void section_scroll(struct section_state *state)
{
	if (state->lines > 0)
		keep_in_sight(state, state->lines);
}

void section_draw_cursor(const struct look *look, struct surface *s,
			 const struct section_state *state)
{
	const struct placed *name = &state->layout.slots[0];
	struct surface part =
		surface_sub(s, state->x, 0, surface_w(s) - state->x, surface_h(s));

	if (state->lines > 0 && state->view.n > 0 && state->layout.n > 0)
		mark_cursor(look, &part,
			    state->y + (int)(state->view.selected - state->top), name->x,
			    name->w);
}

void section_draw(const struct look *look, struct surface *s,
		  const struct section_draw *what)
{
	struct section_state *state = what->state;
	const struct placed *slots = state->layout.slots;
	int lines = surface_h(s) - (what->has_heading ? 1 : 0);
	size_t rows, n;

	state->y = what->has_heading ? 1 : 0;
	state->lines = lines < 0 ? 0 : lines;
	if (state->view.n == 0 || lines < 1) {
		draw_nothing(look, s, what);
		return;
	}
	keep_in_sight(state, lines);
	rows = rows_in_sight(state, lines);
	lay_out(look, s, what, rows);
	n = state->layout.n;
	if (what->has_heading)
		draw_heading(look, s, what, slots, n);
	for (size_t i = 0; i < rows; i++) {
		size_t place = state->top + i;
		const struct row *row =
			&state->view.board->rows[state->view.index[place]];
		int y = (int)i + state->y;

		mark_put(look, s, 1, y, row->sev);
		for (size_t k = 0; k < n; k++)
			draw_slot(look, s, y, &slots[k], state->view.board->def, row,
				  k == 0);
		hits_add(look->hits, s, (struct rect){0, y, surface_w(s), 1},
			 (struct hit){.kind = HIT_ROW,
				      .pane = what->pane,
				      .index = what->first_index + (int)place});
	}
}
