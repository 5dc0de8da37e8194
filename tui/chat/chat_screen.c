/* The screen of the chat. It is in one of two ways: one writes, and letters are text, or
 * one reads, and they are keys; each has its own table. See chat.h. */
#include <stdlib.h>

#include "base/sanitize.h"
#include "base/xalloc.h"
#include "tui/chat/chat_part.h"

enum { WHEEL_LINES = 3, MOST_COPIED = 1 << 20 };

static const struct screen_ops writing_ops, reading_ops;

static struct chat *chat_of(struct screen *screen)
{
	return ((struct chat_screen *)screen)->chat;
}

static bool is_writing(const struct screen *screen)
{
	return screen->ops == &writing_ops;
}

static void set_writing(struct screen *screen, bool is_on)
{
	screen->ops = is_on ? &writing_ops : &reading_ops;
}

/* The chat is the deck's. */
static void screen_free(struct screen *screen)
{
	free(screen);
}

static void screen_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	chat_draw(chat_of(screen), app, look, s, is_writing(screen));
}

static void screen_want(struct screen *screen, struct app *app, struct want_set *set)
{
	(void)app;
	chat_want(chat_of(screen), set);
}

/* Below another screen nobody waits for what it opens. */
static void screen_news(struct screen *screen, struct app *app, const struct board *board)
{
	if (app_top(app) == screen)
		chat_saw(chat_of(screen), app, board);
	else
		chat_forget_line(chat_of(screen));
}

static void open_prompt(struct chat *c, struct app *app, enum chat_prompt what)
{
	static const struct {
		const char *label, *hint;
	} prompts[] = {
		[CHAT_ASKS_FIND] = {"/", "text; small letters match both"},
		[CHAT_ASKS_WHY_GOOD] = {"it helped, because ", "enter: no reason"},
		[CHAT_ASKS_WHY_BAD] = {"it did not help, because ", "enter: no reason"},
	};

	c->prompt = what;
	prompt_open(&app->prompt, PROMPT_ANSWER, STR(""));
	app->prompt.label = prompts[what].label;
	app->prompt.hint = prompts[what].hint;
}

static void find(struct chat *c, struct app *app, struct str text)
{
	strbuf_reset(&c->talk.find);
	strbuf_put(&c->talk.find, text);
	if (text.n > 0 && !talk_seek(&c->talk, -1, true))
		app_toast(app, false, "nothing matches%s", "");
}

static void find_again(struct chat *c, struct app *app, int by)
{
	if (c->talk.find.n == 0)
		app_toast(app, false, "nothing is looked for yet%s", "");
	else if (!talk_seek(&c->talk, by, false))
		app_toast(app, false, "nothing matches%s", "");
}

static void copy(struct chat *c, struct app *app, enum talk_part part)
{
	static const char *const names[] = {"line", "block", "code", "answer"};
	struct strbuf text;

	strbuf_init(&text, MOST_COPIED);
	if (talk_copy(&c->talk, part, &text))
		app_copy(app, strbuf_str(&text), names[part]);
	else
		app_toast(app, false, "there is no %s to copy", names[part]);
	strbuf_fini(&text);
}

static bool act_copy(struct chat *c, struct app *app, enum act act)
{
	switch ((int)act) { /* most acts copy nothing */
	case ACT_COPY_ROW:
		copy(c, app, TALK_LINE);
		return true;
	case ACT_COPY_BLOCK:
		copy(c, app, TALK_BLOCK);
		return true;
	case ACT_COPY_CODE:
		copy(c, app, TALK_CODE);
		return true;
	case ACT_COPY_ANSWER:
		copy(c, app, TALK_ANSWER);
		return true;
	default:
		return false;
	}
}

/* What stands in the input is text of several lines; the editor of the person's choice
 * may know better how to write those. */
static void write_outside(struct screen *screen, struct app *app)
{
	struct chat *c = chat_of(screen);
	struct strbuf text, clean;
	struct err err;

	strbuf_init(&text, EDITOR_MOST);
	strbuf_init(&clean, EDITOR_MOST);
	if (!app->host.edit ||
	    !app->host.edit(app->host.ctx, c->editor.text.p, &text, &err)) {
		if (app->host.edit)
			app_note(app, &err);
	} else {
		sanitize_text(&clean, str_trim(strbuf_str(&text)));
		editor_set(&c->editor, strbuf_str(&clean));
		set_writing(screen, true);
	}
	strbuf_fini(&text);
	strbuf_fini(&clean);
}

static void next_mark(struct screen *screen, struct app *app, int by)
{
	struct chat *c = chat_of(screen);

	if (is_writing(screen) && chat_complete(c, by))
		return;
	if (talk_next_mark(&c->talk, is_writing(screen) ? -1 : by))
		set_writing(screen, false);
	else
		app_toast(app, false, "no citation or question %s",
			  by > 0 ? "below" : "above");
}

static void judge(struct chat *c, struct app *app, bool is_good, struct str why)
{
	if (why.n > 0)
		chat_rate(c, app, is_good, why);
	else
		open_prompt(c, app, is_good ? CHAT_ASKS_WHY_GOOD : CHAT_ASKS_WHY_BAD);
}

static void stop(struct chat *c, struct app *app)
{
	if (chat_stop(c, app))
		return;
	if (c->editor.text.n > 0)
		editor_edit(&c->editor, PROMPT_CLEAR);
	else
		app_toast(app, false, "nothing is being answered%s", "");
}

/* Both while one writes and while one reads. */
static bool act_either(struct screen *screen, struct app *app, enum act act)
{
	struct chat *c = chat_of(screen);

	chat_forget_line(c);
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_EDITOR:
		write_outside(screen, app);
		return true;
	case ACT_FOCUS_NEXT:
	case ACT_FOCUS_PREV:
		next_mark(screen, app, act == ACT_FOCUS_NEXT ? 1 : -1);
		return true;
	case ACT_STOP_ANSWER:
		stop(c, app);
		return true;
	case ACT_WRITE:
		set_writing(screen, true);
		return true;
	default:
		return false;
	}
}

static bool writing_act(struct screen *screen, struct app *app, enum act act,
			struct str arg)
{
	struct chat *c = chat_of(screen);
	struct strbuf text;

	(void)arg;
	if (act_either(screen, app, act))
		return true;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_SEND:
		strbuf_init(&text, EDITOR_MOST);
		strbuf_put(&text, strbuf_str(&c->editor.text));
		editor_keep(&c->editor);
		c->is_completing = false;
		chat_say(c, app, strbuf_str(&text));
		strbuf_fini(&text);
		return true;
	case ACT_NEWLINE:
		editor_insert(&c->editor, STR("\n"));
		return true;
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
	case ACT_BOTTOM:
		return talk_act(&c->talk, act);
	default:
		return false;
	}
}

static bool reading_act(struct screen *screen, struct app *app, enum act act,
			struct str arg)
{
	struct chat *c = chat_of(screen);

	if (act_either(screen, app, act) || talk_act(&c->talk, act) ||
	    act_copy(c, app, act))
		return true;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_OPEN:
		if (!chat_open_mark(c, app))
			set_writing(screen, true);
		return true;
	case ACT_FIND:
		if (arg.n > 0)
			find(c, app, arg);
		else
			open_prompt(c, app, CHAT_ASKS_FIND);
		return true;
	case ACT_MATCH_NEXT:
	case ACT_MATCH_PREV:
		find_again(c, app, act == ACT_MATCH_NEXT ? 1 : -1);
		return true;
	case ACT_THEN:
		chat_then(c, app);
		return true;
	case ACT_SHOW_SENT:
		chat_show_sent(c, app);
		return true;
	case ACT_HELPFUL:
	case ACT_UNHELPFUL:
		judge(c, app, act == ACT_HELPFUL, arg);
		return true;
	default:
		return false;
	}
}

static void screen_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	struct talk *t = &chat_of(screen)->talk;

	if (event->button == MOUSE_WHEEL_UP) {
		talk_scroll(t, -WHEEL_LINES);
	} else if (event->button == MOUSE_WHEEL_DOWN) {
		talk_scroll(t, WHEEL_LINES);
	} else if (event->button == MOUSE_LEFT && hit->kind == HIT_ROW) {
		talk_move(t, (ptrdiff_t)hit->index - (ptrdiff_t)t->cursor);
		set_writing(screen, false);
		if (event->is_double)
			chat_open_mark(chat_of(screen), app);
	} else if (event->button == MOUSE_LEFT) {
		set_writing(screen, true);
	}
}

static void screen_type(struct screen *screen, struct app *app, struct str text)
{
	struct chat *c = chat_of(screen);

	c->is_completing = false;
	chat_forget_line(c);
	if (c->editor.text.n + text.n > EDITOR_MOST)
		app_toast(app, true, "too long: a question has at most %d kB",
			  EDITOR_MOST / 1024);
	else
		editor_insert(&c->editor, text);
}

static void screen_edit(struct screen *screen, struct app *app, enum prompt_edit edit)
{
	struct chat *c = chat_of(screen);

	(void)app;
	c->is_completing = false;
	if (edit == PROMPT_BACKSPACE && c->editor.text.n == 0)
		chat_drop_subject(c);
	else
		editor_edit(&c->editor, edit);
}

/* Esc: the answer that is under way is stopped; then one reads; then it closes. */
static bool writing_back(struct screen *screen, struct app *app)
{
	struct chat *c = chat_of(screen);

	if (c->is_completing) {
		c->is_completing = false;
		editor_set(&c->editor, strbuf_str(&c->typed));
		return true;
	}
	if (chat_stop(c, app))
		return true;
	if (c->talk.turns.n == 0)
		return false;
	set_writing(screen, false);
	return true;
}

static bool reading_back(struct screen *screen, struct app *app)
{
	struct chat *c = chat_of(screen);

	(void)app;
	if (c->talk.find.n == 0)
		return false;
	strbuf_reset(&c->talk.find);
	return true;
}

static void screen_answer(struct screen *screen, struct app *app, struct str text)
{
	struct chat *c = chat_of(screen);

	if (c->prompt == CHAT_ASKS_FIND)
		find(c, app, text);
	else
		chat_rate(c, app, c->prompt == CHAT_ASKS_WHY_GOOD, text);
}

static void screen_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	const struct talk *t = &chat_of(screen)->talk;
	size_t end = t->top + (size_t)t->page;

	(void)app;
	if (t->n > (size_t)t->page && !t->is_following)
		strbuf_printf(out, "%zu-%zu of %zu", t->top + 1, end < t->n ? end : t->n,
			      t->n);
}

static const char *const writing_hints[] = {"send", "newline",	  "stop-answer",
					    "back", "focus-next", "editor",
					    NULL};
static const char *const reading_hints[] = {"write",	 "open",     "focus-next",
					    "find",	 "copy-row", "copy-answer",
					    "show-sent", "helpful",  "help",
					    NULL};

static const struct screen_ops writing_ops = {
	.name = "chat",
	.context = CONTEXT_CHAT_INPUT,
	.hints = writing_hints,
	.free = screen_free,
	.draw = screen_draw,
	.want = screen_want,
	.act = writing_act,
	.hit = screen_hit,
	.type = screen_type,
	.edit = screen_edit,
	.news = screen_news,
	.back = writing_back,
	.answer = screen_answer,
	.status = screen_status,
};

static const struct screen_ops reading_ops = {
	.name = "chat",
	.context = CONTEXT_CHAT,
	.hints = reading_hints,
	.free = screen_free,
	.draw = screen_draw,
	.want = screen_want,
	.act = reading_act,
	.hit = screen_hit,
	.news = screen_news,
	.back = reading_back,
	.answer = screen_answer,
	.status = screen_status,
};

struct screen *chat_screen_new(struct chat *c)
{
	struct chat_screen *screen = xcalloc(1, sizeof(*screen));

	screen->screen.ops = &writing_ops;
	screen->chat = c;
	return &screen->screen;
}

bool chat_is_screen(const struct screen *screen)
{
	return screen->ops == &writing_ops || screen->ops == &reading_ops;
}
