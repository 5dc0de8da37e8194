/* See talk.h. */
#include "tui/chat/talk.h"

#include "base/utf8.h"
#include "tui/list.h"
#include "tui/widget/mark.h"

enum { LONGEST_FIND = 200 };

void talk_init(struct talk *t)
{
	*t = (struct talk){.is_following = true, .span = -1};
	strbuf_init(&t->find, LONGEST_FIND);
}

void talk_clear(struct talk *t)
{
	for (size_t i = 0; i < t->turns.n; i++)
		turn_free(t->turns.p[i]);
	t->turns.n = 0;
	t->top = t->cursor = t->n = 0;
	t->is_following = true;
	t->span = -1;
}

void talk_fini(struct talk *t)
{
	talk_clear(t);
	vec_fini(&t->turns);
	strbuf_fini(&t->find);
}

static size_t lines_of(const struct turn *turn)
{
	return turn->lines.lines.n;
}

static void drop_oldest(struct talk *t)
{
	size_t gone = lines_of(t->turns.p[0]);

	turn_free(t->turns.p[0]);
	memmove(t->turns.p, t->turns.p + 1, (t->turns.n - 1) * sizeof(t->turns.p[0]));
	t->turns.n--;
	t->n -= gone;
	t->top -= t->top < gone ? t->top : gone;
	t->cursor -= t->cursor < gone ? t->cursor : gone;
}

void talk_add(struct talk *t, struct turn *turn)
{
	if (t->turns.n == TALK_MOST_TURNS)
		drop_oldest(t);
	vec_push(&t->turns, turn);
	talk_end(t);
	t->is_at_end = false;
}

struct turn *talk_find_turn(const struct talk *t, uint64_t question)
{
	for (size_t i = t->turns.n; question && i-- > 0;) {
		if (t->turns.p[i]->question == question &&
		    t->turns.p[i]->state != TURN_NOTE)
			return t->turns.p[i];
	}
	return NULL;
}

struct turn *talk_open_turn(const struct talk *t)
{
	for (size_t i = t->turns.n; i-- > 0;) {
		if (turn_is_open(t->turns.p[i]))
			return t->turns.p[i];
	}
	return NULL;
}

bool talk_line(const struct talk *t, size_t line, struct talk_line *out)
{
	size_t first = 0;

	for (size_t i = 0; i < t->turns.n; i++) {
		size_t n = lines_of(t->turns.p[i]);

		if (line < first + n) {
			*out = (struct talk_line){.turn = t->turns.p[i],
						  .at = line - first,
						  .first = first};
			return true;
		}
		first += n;
	}
	return false;
}

struct turn *talk_turn(const struct talk *t)
{
	struct talk_line line;

	if (talk_line(t, t->cursor, &line) && line.turn->state != TURN_NOTE)
		return line.turn;
	for (size_t i = t->turns.n; i-- > 0;) {
		if (t->turns.p[i]->state != TURN_NOTE)
			return t->turns.p[i];
	}
	return NULL;
}

static size_t last_top(const struct talk *t)
{
	return t->n > (size_t)t->page ? t->n - (size_t)t->page : 0;
}

static void keep_in_sight(struct talk *t)
{
	if (t->n > 0 && t->cursor >= t->n)
		t->cursor = t->n - 1;
	if (t->cursor < t->top)
		t->top = t->cursor;
	if (t->page > 0 && t->cursor >= t->top + (size_t)t->page)
		t->top = t->cursor - (size_t)t->page + 1;
	if (t->top > last_top(t))
		t->top = last_top(t);
}

/* Of an answer that is whole and longer than the page: the end of what it says. */
static size_t followed_top(const struct talk *t)
{
	const struct turn *turn = t->turns.n ? t->turns.p[t->turns.n - 1] : NULL;
	size_t page = (size_t)t->page, first, prose;

	if (!turn || t->is_at_end || turn_is_open(turn) || lines_of(turn) <= page ||
	    turn->state == TURN_NOTE)
		return last_top(t);
	first = t->n - lines_of(turn);
	prose = turn->settled.lines + 2 < page ? 0 : turn->settled.lines + 2 - page;
	return first + prose < last_top(t) ? first + prose : last_top(t);
}

bool talk_has_more_below(const struct talk *t)
{
	return t->top < last_top(t);
}

void talk_fit(struct talk *t, int w, int page, bool is_ascii, int64_t mono_ms)
{
	t->n = 0;
	for (size_t i = 0; i < t->turns.n; i++) {
		turn_lay_out(t->turns.p[i], w, is_ascii, mono_ms);
		t->n += lines_of(t->turns.p[i]);
	}
	t->w = w;
	t->page = page > 0 ? page : 1;
	if (t->is_following) {
		t->top = followed_top(t);
		t->cursor = t->top + (size_t)t->page - 1;
		t->span = -1;
	}
	if (t->top > last_top(t))
		t->top = last_top(t);
	if (t->n > 0 && t->cursor >= t->n)
		t->cursor = t->n - 1;
}

void talk_move(struct talk *t, ptrdiff_t by)
{
	t->is_following = false;
	t->cursor = list_move(t->cursor, by, t->n);
	t->span = -1;
	keep_in_sight(t);
}

/* The cursor stays in sight. */
void talk_scroll(struct talk *t, ptrdiff_t by)
{
	size_t page = (size_t)t->page;

	t->top = list_move(t->top, by, last_top(t) + 1);
	t->is_following = t->is_at_end = t->top == last_top(t);
	if (t->cursor < t->top || t->cursor >= t->top + page) {
		t->cursor = t->cursor < t->top ? t->top : t->top + page - 1;
		t->span = -1;
	}
	keep_in_sight(t);
}

void talk_end(struct talk *t)
{
	t->is_following = t->is_at_end = true;
	t->span = -1;
}

bool talk_act(struct talk *t, enum act act)
{
	ptrdiff_t by;

	if (act == ACT_BOTTOM || act == ACT_FOLLOW) {
		talk_end(t);
		return true;
	}
	if (act == ACT_PAGE_UP || act == ACT_PAGE_DOWN) {
		talk_scroll(t, act == ACT_PAGE_UP ? 1 - t->page : t->page - 1);
		return true;
	}
	if (!list_step(act, t->page, &by))
		return false;
	talk_move(t, by);
	return true;
}

static bool has_mark(const struct talk_line *line, int span)
{
	const struct chat_line *l = &line->turn->lines.lines.p[line->at];

	return line->turn->lines.spans.p[l->span + (uint32_t)span].mark != 0;
}

static int n_spans(const struct talk_line *line)
{
	return line->turn->lines.lines.p[line->at].n_spans;
}

bool talk_next_mark(struct talk *t, int by)
{
	size_t at = t->cursor;
	int span = t->span;
	struct talk_line line;

	/* From the end, back is to the last one. */
	for (bool is_first = true; talk_line(t, at, &line); is_first = false) {
		if (!is_first || (by < 0 && span < 0))
			span = by > 0 ? -1 : n_spans(&line);
		for (span += by; span >= 0 && span < n_spans(&line); span += by) {
			if (!has_mark(&line, span))
				continue;
			talk_move(t, (ptrdiff_t)at - (ptrdiff_t)t->cursor);
			t->span = span;
			return true;
		}
		if (by < 0 && at == 0)
			return false;
		at += (size_t)(ptrdiff_t)by;
	}
	return false;
}

uint16_t talk_mark(const struct talk *t)
{
	struct talk_line line;
	uint16_t only = 0;

	if (!talk_line(t, t->cursor, &line))
		return 0;
	if (t->span >= 0 && t->span < n_spans(&line))
		return line.turn->lines.spans
			.p[line.turn->lines.lines.p[line.at].span + (uint32_t)t->span]
			.mark;
	for (int i = 0; i < n_spans(&line); i++) {
		const struct chat_line *l = &line.turn->lines.lines.p[line.at];
		uint16_t mark = line.turn->lines.spans.p[l->span + (uint32_t)i].mark;

		if (mark && !only)
			only = mark;
	}
	return only;
}

static bool is_small(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] >= 'A' && text.p[i] <= 'Z')
			return false;
	}
	return true;
}

static ptrdiff_t find_in(struct str text, struct str what)
{
	return is_small(what) ? str_find_nocase(text, what) : str_find(text, what);
}

bool talk_seek(struct talk *t, int by, bool from_here)
{
	struct str what = strbuf_str(&t->find);
	size_t at = t->cursor;

	for (size_t tried = 0; what.n > 0 && tried <= t->n && t->n > 0; tried++) {
		struct talk_line line;

		if (tried > 0 || !from_here)
			at = (at + t->n + (size_t)(ptrdiff_t)by) % t->n;
		if (talk_line(t, at, &line) &&
		    find_in(chat_lines_text(&line.turn->lines, line.at), what) >= 0) {
			talk_move(t, (ptrdiff_t)at - (ptrdiff_t)t->cursor);
			return true;
		}
	}
	return false;
}

static void draw_matches(const struct talk *t, struct surface *s, struct str text, int y)
{
	struct str what = strbuf_str(&t->find);
	size_t from = 0;

	while (what.n > 0 && from < text.n) {
		ptrdiff_t at = find_in(str_sub(text, from, text.n), what);

		if (at < 0)
			return;
		from += (size_t)at;
		surface_overlay(s, 1 + utf8_width(str_sub(text, 0, from)), y,
				utf8_width(str_sub(text, from, what.n)), 1, ROLE_MATCH);
		from += what.n;
	}
}

static void draw_cursor(const struct talk *t, const struct talk_line *line,
			const struct look *look, struct surface *s, int y)
{
	const struct chat_lines *l = &line->turn->lines;
	const struct chat_line *at = &l->lines.p[line->at];
	const struct chat_span *span;
	int x = 1, w;

	if (t->span < 0 || t->span >= at->n_spans) {
		mark_cursor(look, s, y, 1, 2);
		return;
	}
	span = &l->spans.p[at->span + (uint32_t)t->span];
	x += utf8_width((struct str){l->text.p + at->from, span->from - at->from});
	w = utf8_width((struct str){l->text.p + span->from, span->n});
	mark_cursor(look, s, y, x, w);
}

void talk_draw(const struct talk *t, const struct look *look, struct surface *s,
	       bool has_cursor)
{
	struct talk_line line = {0};

	for (int y = 0; y < surface_h(s); y++) {
		size_t at = t->top + (size_t)y;

		if (line.turn && line.at + 1 < lines_of(line.turn))
			line.at++;
		else if (!talk_line(t, at, &line))
			return;
		chat_lines_draw(&line.turn->lines, line.at, s, 1, y);
		draw_matches(t, s, chat_lines_text(&line.turn->lines, line.at), y);
		if (has_cursor && at == t->cursor)
			draw_cursor(t, &line, look, s, y);
		hits_add(look->hits, s, (struct rect){0, y, surface_w(s), 1},
			 (struct hit){.kind = HIT_ROW, .index = (int)at});
	}
}
