/* See editor.h. A row ends at '\n' or when it is full; rows are found by walking the text,
 * which is at most a few pages. */
#include "tui/chat/editor.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"

void editor_init(struct editor *e)
{
	*e = (struct editor){.w = 40};
	strbuf_init(&e->text, EDITOR_MOST);
	strbuf_init(&e->draft, EDITOR_MOST);
}

void editor_fini(struct editor *e)
{
	for (size_t i = 0; i < e->history.n; i++)
		free(e->history.p[i]);
	vec_fini(&e->history);
	strbuf_fini(&e->text);
	strbuf_fini(&e->draft);
}

/* Replaces the bytes [from, to) and leaves the cursor behind the new text. */
static void replace(struct editor *e, size_t from, size_t to, struct str with)
{
	struct strbuf rest;

	strbuf_init(&rest, EDITOR_MOST);
	strbuf_put(&rest, str_sub(strbuf_str(&e->text), to, e->text.n));
	strbuf_cut(&e->text, from);
	if (from + with.n + rest.n <= EDITOR_MOST)
		strbuf_put(&e->text, with);
	e->cursor = e->text.n;
	strbuf_put(&e->text, strbuf_str(&rest));
	strbuf_fini(&rest);
}

void editor_insert(struct editor *e, struct str text)
{
	replace(e, e->cursor, e->cursor, text);
}

void editor_set(struct editor *e, struct str text)
{
	strbuf_reset(&e->text);
	strbuf_put(&e->text, str_sub(text, 0, EDITOR_MOST));
	e->cursor = e->text.n;
}

void editor_keep(struct editor *e)
{
	size_t n = e->history.n;

	if (e->text.n > 0 && (n == 0 || strcmp(e->history.p[n - 1], e->text.p) != 0)) {
		if (n == EDITOR_HISTORY) {
			free(e->history.p[0]);
			memmove(e->history.p, e->history.p + 1,
				(n - 1) * sizeof(e->history.p[0]));
			e->history.n--;
		}
		vec_push(&e->history, xstrdup(e->text.p));
	}
	e->history_at = e->history.n;
	strbuf_reset(&e->draft);
	editor_set(e, STR(""));
}

/* The row that begins at `from`: its bytes, and where the next one begins. */
static size_t row_end(const struct editor *e, size_t from, int w, size_t *next)
{
	int used = 0;

	for (size_t at = from; at < e->text.n;) {
		int cells;
		size_t n;

		if (e->text.p[at] == '\n') {
			*next = at + 1;
			return at;
		}
		n = utf8_cluster(str_sub(strbuf_str(&e->text), at, e->text.n), &cells);
		if (used + cells > w && used > 0) {
			*next = at;
			return at;
		}
		used += cells;
		at += n;
	}
	*next = SIZE_MAX;
	return e->text.n;
}

struct spot {
	int row, x;
	size_t begin, end; /* of the row */
};

/* The row number `row`, or the one with the cursor in it (-1). */
static bool find_row(const struct editor *e, int w, int row, struct spot *out)
{
	size_t from = 0;

	for (int y = 0; from != SIZE_MAX; y++) {
		size_t next, end = row_end(e, from, w, &next);
		bool is_soft = next == end; /* the cursor at its end is in the next */
		bool has_cursor = e->cursor >= from &&
				  (e->cursor < end || (e->cursor == end && !is_soft));

		if (row == y || (row < 0 && has_cursor)) {
			*out = (struct spot){.row = y, .begin = from, .end = end};
			if (has_cursor)
				out->x = utf8_width(str_sub(strbuf_str(&e->text), from,
							    e->cursor - from));
			return true;
		}
		from = next;
	}
	return false;
}

int editor_rows(const struct editor *e, int w)
{
	size_t from = 0;
	int rows = 0;

	for (; from != SIZE_MAX; rows++)
		row_end(e, from, w, &from);
	return rows;
}

static size_t next_cluster(const struct editor *e, size_t at)
{
	int cells;

	return at + utf8_cluster(str_sub(strbuf_str(&e->text), at, e->text.n), &cells);
}

static size_t prev_cluster(const struct editor *e, size_t at)
{
	size_t before = 0, i = at;

	while (i > 0 && e->text.p[i - 1] != '\n')
		i--;
	if (i == at)
		return at > 0 ? at - 1 : 0; /* over the line's end */
	for (before = i; i < at; i = next_cluster(e, i))
		before = i;
	return before;
}

static size_t word_start(const struct editor *e, size_t at)
{
	while (at > 0 && (e->text.p[at - 1] == ' ' || e->text.p[at - 1] == '\n'))
		at--;
	while (at > 0 && e->text.p[at - 1] != ' ' && e->text.p[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(const struct editor *e, size_t at)
{
	while (at < e->text.n && e->text.p[at] != '\n')
		at++;
	return at;
}

static size_t line_start(const struct editor *e, size_t at)
{
	while (at > 0 && e->text.p[at - 1] != '\n')
		at--;
	return at;
}

static void walk_history(struct editor *e, int step)
{
	size_t n = e->history.n;

	if ((step < 0 && e->history_at == 0) || (step > 0 && e->history_at == n))
		return;
	if (e->history_at == n) {
		strbuf_reset(&e->draft);
		strbuf_put(&e->draft, strbuf_str(&e->text));
	}
	e->history_at += (size_t)(ptrdiff_t)step;
	editor_set(e, e->history_at == n ? strbuf_str(&e->draft)
					 : str_from(e->history.p[e->history_at]));
}

static void move_row(struct editor *e, int by)
{
	struct spot here, there;
	int used;

	if (!find_row(e, e->w, -1, &here))
		return;
	if (here.row + by < 0 || !find_row(e, e->w, here.row + by, &there)) {
		walk_history(e, by);
		return;
	}
	e->cursor = there.begin + utf8_prefix(str_sub(strbuf_str(&e->text), there.begin,
						      there.end - there.begin),
					      here.x, &used)
					  .n;
}

void editor_edit(struct editor *e, enum prompt_edit edit)
{
	size_t at = e->cursor;

	switch (edit) {
	case PROMPT_LEFT:
		e->cursor = prev_cluster(e, at);
		return;
	case PROMPT_RIGHT:
		e->cursor = at < e->text.n ? next_cluster(e, at) : at;
		return;
	case PROMPT_HOME:
		e->cursor = line_start(e, at);
		return;
	case PROMPT_END:
		e->cursor = line_end(e, at);
		return;
	case PROMPT_BACKSPACE:
		replace(e, prev_cluster(e, at), at, STR(""));
		return;
	case PROMPT_DELETE:
		if (at < e->text.n) {
			replace(e, at, next_cluster(e, at), STR(""));
			e->cursor = at;
		}
		return;
	case PROMPT_DELETE_WORD:
		replace(e, word_start(e, at), at, STR(""));
		return;
	case PROMPT_KILL:
		replace(e, at, line_end(e, at), STR(""));
		return;
	case PROMPT_CLEAR:
		editor_set(e, STR(""));
		return;
	case PROMPT_OLDER:
		move_row(e, -1);
		return;
	case PROMPT_NEWER:
		move_row(e, 1);
		return;
	}
}

void editor_draw(struct editor *e, struct surface *s, bool has_cursor)
{
	int h = surface_h(s), top;
	struct spot at = {.row = 0};

	e->w = surface_w(s) > 1 ? surface_w(s) - 1 : 1;
	find_row(e, e->w, -1, &at);
	top = at.row >= h ? at.row - h + 1 : 0;
	for (int y = 0; y < h; y++) {
		struct spot row;

		if (!find_row(e, e->w, top + y, &row))
			break;
		surface_put(s, 0, y, ROLE_PROMPT,
			    str_sub(strbuf_str(&e->text), row.begin,
				    row.end - row.begin));
	}
	if (has_cursor)
		surface_cursor(s, at.x, at.row - top);
}
