/* The line a person types into. Thread: ui.
 *
 * The cursor is a byte offset that always stands between two clusters, so that
 * one key moves over or erases what a person sees as one character. */
#include "tui/prompt.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "tui/widget/tint.h"

void prompt_init(struct prompt *prompt)
{
	*prompt = (struct prompt){0};
	strbuf_init(&prompt->text, PROMPT_MAX_BYTES);
	strbuf_init(&prompt->draft, PROMPT_MAX_BYTES);
	strbuf_init(&prompt->note, 100);
}

static void drop_choices(struct prompt *prompt)
{
	for (size_t i = 0; i < prompt->choices.n; i++)
		free(prompt->choices.p[i]);
	prompt->choices.n = 0;
	prompt->is_completing = false;
}

void prompt_fini(struct prompt *prompt)
{
	for (int kind = 0; kind < PROMPT_COUNT; kind++) {
		for (size_t i = 0; i < prompt->history[kind].lines.n; i++)
			free(prompt->history[kind].lines.p[i]);
		vec_fini(&prompt->history[kind].lines);
	}
	drop_choices(prompt);
	vec_fini(&prompt->choices);
	strbuf_fini(&prompt->text);
	strbuf_fini(&prompt->draft);
	strbuf_fini(&prompt->note);
}

static void set_text(struct prompt *prompt, struct str text)
{
	strbuf_reset(&prompt->text);
	strbuf_put(&prompt->text, text);
	prompt->cursor = prompt->text.n;
}

void prompt_open(struct prompt *prompt, enum prompt_kind kind, struct str text)
{
	prompt->kind = kind;
	set_text(prompt, text);
	prompt->is_typed = text.n == 0;
	strbuf_reset(&prompt->draft);
	strbuf_reset(&prompt->note);
	prompt->hint = NULL;
	prompt->history_at = prompt->history[kind].lines.n;
	drop_choices(prompt);
}

static void remember(struct prompt *prompt)
{
	size_t n = prompt->history[prompt->kind].lines.n;
	char **lines = prompt->history[prompt->kind].lines.p;

	if (prompt->text.n == 0 || (n > 0 && strcmp(lines[n - 1], prompt->text.p) == 0))
		return;
	if (n == PROMPT_HISTORY) {
		free(lines[0]);
		memmove(lines, lines + 1, (n - 1) * sizeof(lines[0]));
		prompt->history[prompt->kind].lines.n--;
	}
	vec_push(&prompt->history[prompt->kind].lines, xstrdup(prompt->text.p));
}

void prompt_close(struct prompt *prompt, bool is_kept)
{
	if (is_kept && prompt_is_open(prompt))
		remember(prompt);
	prompt->kind = PROMPT_OFF;
	set_text(prompt, STR(""));
	drop_choices(prompt);
}

/* Replaces the bytes [from, to) and leaves the cursor behind the new text. */
static void replace(struct prompt *prompt, size_t from, size_t to, struct str with)
{
	struct strbuf rest;

	strbuf_init(&rest, PROMPT_MAX_BYTES);
	strbuf_put(&rest, (struct str){prompt->text.p + to, prompt->text.n - to});
	strbuf_cut(&prompt->text, from);
	if (prompt->text.n + with.n + rest.n <= PROMPT_MAX_BYTES)
		strbuf_put(&prompt->text, with);
	prompt->cursor = prompt->text.n;
	strbuf_put(&prompt->text, strbuf_str(&rest));
	strbuf_fini(&rest);
}

void prompt_insert(struct prompt *prompt, struct str text)
{
	if (prompt->text.n == 0)
		prompt->is_typed = true;
	drop_choices(prompt);
	replace(prompt, prompt->cursor, prompt->cursor, text);
}

void prompt_paste(struct prompt *prompt, struct str text)
{
	prompt_insert(prompt, text);
	prompt->is_typed = false;
}

static size_t next_cluster(const struct prompt *prompt, size_t at)
{
	int cells;
	struct str rest = {prompt->text.p + at, prompt->text.n - at};

	return at + utf8_cluster(rest, &cells);
}

static size_t prev_cluster(const struct prompt *prompt, size_t at)
{
	size_t before = 0;

	for (size_t i = 0; i < at; i = next_cluster(prompt, i))
		before = i;
	return before;
}

static size_t word_start(const struct prompt *prompt, size_t at)
{
	while (at > 0 && prompt->text.p[at - 1] == ' ')
		at--;
	while (at > 0 && prompt->text.p[at - 1] != ' ')
		at--;
	return at;
}

static void walk_history(struct prompt *prompt, int step)
{
	size_t n = prompt->history[prompt->kind].lines.n;

	if ((step < 0 && prompt->history_at == 0) ||
	    (step > 0 && prompt->history_at == n))
		return;
	prompt->is_typed = false;
	if (prompt->history_at == n) {
		strbuf_reset(&prompt->draft);
		strbuf_put(&prompt->draft, strbuf_str(&prompt->text));
	}
	prompt->history_at += (size_t)(ptrdiff_t)step;
	if (prompt->history_at == n)
		set_text(prompt, strbuf_str(&prompt->draft));
	else
		set_text(prompt, str_from(prompt->history[prompt->kind]
						  .lines.p[prompt->history_at]));
}

void prompt_edit(struct prompt *prompt, enum prompt_edit edit)
{
	size_t at = prompt->cursor;

	drop_choices(prompt);
	switch (edit) {
	case PROMPT_LEFT:
		prompt->cursor = prev_cluster(prompt, at);
		return;
	case PROMPT_RIGHT:
		prompt->cursor = next_cluster(prompt, at);
		return;
	case PROMPT_HOME:
		prompt->cursor = 0;
		return;
	case PROMPT_END:
		prompt->cursor = prompt->text.n;
		return;
	case PROMPT_BACKSPACE:
		replace(prompt, prev_cluster(prompt, at), at, STR(""));
		return;
	case PROMPT_DELETE:
		replace(prompt, at, next_cluster(prompt, at), STR(""));
		return;
	case PROMPT_DELETE_WORD:
		replace(prompt, word_start(prompt, at), at, STR(""));
		return;
	case PROMPT_KILL:
		strbuf_cut(&prompt->text, at);
		return;
	case PROMPT_CLEAR:
		set_text(prompt, STR(""));
		return;
	case PROMPT_OLDER:
		walk_history(prompt, -1);
		return;
	case PROMPT_NEWER:
		walk_history(prompt, 1);
		return;
	}
}

bool prompt_wants_choices(const struct prompt *prompt)
{
	return prompt->kind == PROMPT_COMMAND && !prompt->is_completing;
}

void prompt_choices_begin(struct prompt *prompt, size_t from)
{
	drop_choices(prompt);
	prompt->complete_from = from;
}

void prompt_choice_add(struct prompt *prompt, struct str choice)
{
	struct str word = {prompt->text.p + prompt->complete_from,
			   prompt->cursor - prompt->complete_from};

	if (str_starts_nocase(choice, word))
		vec_push(&prompt->choices, xstrndup(choice.p, choice.n));
}

void prompt_choice_step(struct prompt *prompt, int step)
{
	size_t n = prompt->choices.n;

	if (n == 0)
		return;
	if (!prompt->is_completing)
		prompt->choice = step > 0 ? 0 : n - 1;
	else
		prompt->choice = (prompt->choice + n + (size_t)(ptrdiff_t)step) % n;
	prompt->is_completing = true;
	prompt->is_typed = false;
	replace(prompt, prompt->complete_from, prompt->cursor,
		str_from(prompt->choices.p[prompt->choice]));
}

static void draw_choices(const struct prompt *prompt, struct surface *s, int y)
{
	int x = 2;

	surface_fill(s, 0, y, surface_w(s), 1, ROLE_OVERLAY);
	for (size_t i = prompt->choice >= 6 ? prompt->choice - 5 : 0;
	     i < prompt->choices.n && x < surface_w(s) - 4; i++) {
		int w = surface_puts(s, x, y, ROLE_OVERLAY, prompt->choices.p[i]);

		if (i == prompt->choice)
			surface_overlay(s, x - 1, y, w + 2, 1, ROLE_SELECTED);
		x += w + 2;
	}
}

void prompt_draw(const struct prompt *prompt, const struct look *look, struct surface *s,
		 int y)
{
	struct str before = {prompt->text.p, prompt->cursor};
	struct str mark = str_from(prompt->kind == PROMPT_FILTER   ? "/"
				   : prompt->kind == PROMPT_ANSWER ? prompt->label
								   : ":");
	int left = utf8_width(mark);
	int w = surface_w(s), cursor_x = left + utf8_width(before);
	int note_w = utf8_width(strbuf_str(&prompt->note)), skip;

	(void)look;
	surface_fill(s, 0, y, w, 1, ROLE_PROMPT);
	tint_put(s, 0, y, ROLE_PROMPT, ROLE_KEY, mark);
	skip = cursor_x >= w - 1 ? cursor_x - (w - 2) : 0;
	if (skip > 0) {
		struct surface line = surface_sub(s, left, y, w - left, 1);

		surface_put(&line, -skip, 0, ROLE_PROMPT, strbuf_str(&prompt->text));
	} else {
		surface_put(s, left, y, ROLE_PROMPT, strbuf_str(&prompt->text));
	}
	if (prompt->text.n == 0 && prompt->hint)
		tint_put(s, left + 2, y, ROLE_PROMPT, ROLE_DIM, str_from(prompt->hint));
	if (note_w > 0 && prompt->text.n > 0 &&
	    left + utf8_width(strbuf_str(&prompt->text)) + note_w + 2 < w)
		tint_put(s, w - note_w - 1, y, ROLE_PROMPT, ROLE_DIM,
			 strbuf_str(&prompt->note));
	if (prompt->is_completing && prompt->choices.n > 1 && y > 0)
		draw_choices(prompt, s, y - 1);
	surface_cursor(s, cursor_x - skip, y);
}
