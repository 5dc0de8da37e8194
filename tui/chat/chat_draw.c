/* The chat on screen: the conversation, and below it where one writes. See chat_part.h. */
#include "base/utf8.h"
#include "tui/chat/chat_part.h"
#include "tui/widget/frame.h"
#include "tui/widget/wrap.h"

enum { MOST_CHOICES = 16, LEAD = 2 };

static int input_rows(const struct chat *c, int w, int h)
{
	int rows = editor_rows(&c->editor, w - LEAD - 1), most = h / 3;

	return rows < 1 ? 1 : rows > most ? most : rows;
}

static void draw_top(struct chat *c, const struct look *look, struct surface *s)
{
	struct strbuf title, note;

	strbuf_init(&title, 200);
	strbuf_init(&note, 300);
	strbuf_puts(&title, "Chat");
	if (c->conversation)
		strbuf_printf(&title, ": %.80s", c->conversation);
	if (c->route)
		strbuf_printf(&note, "route %.40s  ", c->route);
	if (c->model)
		strbuf_printf(&note, "model %.40s  ", c->model);
	if (c->n_answers > 0)
		chat_put_cost(c, &note);
	rule_put(look, s, 0,
		 &(struct rule){.title = title.p,
				.brief = "Chat",
				.note = strbuf_str(&note),
				.note_role = ROLE_DIM});
	strbuf_fini(&title);
	strbuf_fini(&note);
}

/* What one may ask, before anything was asked. */
static void draw_texts(const struct look *look, struct surface *s, struct str intro,
		       const char *const *texts)
{
	int y = surface_h(s) > 12 ? 1 : 0, w = surface_w(s) - 2;

	wrap_draw(s, 1, y, w, 3, ROLE_DIM, intro);
	for (y += wrap_count(intro, w) + 1; *texts; texts++) {
		surface_puts(s, 1, y, ROLE_KEY, look_pick(look, "›", ">"));
		surface_puts(s, 3, y++, ROLE_TEXT, *texts);
	}
}

static void draw_empty(const struct chat *c, const struct look *look, struct surface *s)
{
	static const char *const of_all[] = {
		"What needs attention, and why?",
		"Which databases are not in the state their schedule asks for?",
		"Could Atlas fail over now?",
		"Why does that job wait?",
		"/help",
		NULL,
	};
	static const char *const of_row[] = {
		"Why is it so, and since when?",
		"What has changed around it?",
		"/explain",
		"/runbook",
		"/help",
		NULL,
	};

	if (c->about)
		draw_texts(
			look, s,
			STR("Ask about the row that is named below; backspace asks about "
			    "everything again. For instance:"),
			of_row);
	else
		draw_texts(
			look, s,
			STR("Ask about what the boards show. Every figure of an answer "
			    "is cited, and enter opens it. For instance:"),
			of_all);
}

static void draw_rule(struct chat *c, const struct look *look, struct surface *s, int y,
		      bool is_writing)
{
	struct strbuf title;

	strbuf_init(&title, 300);
	if (c->about)
		strbuf_printf(&title, "about %.200s", c->about);
	else
		strbuf_puts(&title, "ask");
	rule_put(look, s, y,
		 &(struct rule){.title = title.p,
				.brief = "ask",
				.has_focus = is_writing,
				.note = talk_has_more_below(&c->talk) ? STR("more below")
								      : STR(""),
				.note_role = ROLE_INFO});
	strbuf_fini(&title);
}

static void draw_choices(const struct chat *c, struct surface *s, int y)
{
	const char *choices[MOST_CHOICES];
	size_t n = chat_choices(c, choices, MOST_CHOICES);
	size_t from = c->is_completing && c->choice > 4 ? c->choice - 4 : 0;
	size_t shown = from;
	int x = 2;

	if (n == 0 || y < 0)
		return;
	surface_fill(s, 0, y, surface_w(s), 1, ROLE_OVERLAY);
	for (size_t i = from;
	     i < n && x + utf8_width(str_from(choices[i])) < surface_w(s) - 4; i++) {
		int w = surface_puts(s, x, y, ROLE_OVERLAY, choices[i]);

		if (c->is_completing && i == c->choice)
			surface_overlay(s, x - 1, y, w + 2, 1, ROLE_SELECTED);
		x += w + 2;
		shown = i + 1;
	}
	if (shown < n)
		surface_puts(s, surface_w(s) - 4, y, ROLE_OVERLAY, "...");
}

static void draw_input(struct chat *c, const struct look *look, struct surface *s, int y,
		       bool is_writing)
{
	int h = surface_h(s) - y;
	struct surface field = surface_sub(s, LEAD, y, surface_w(s) - LEAD, h);

	surface_puts(s, 0, y, is_writing ? ROLE_KEY : ROLE_DIM,
		     look_pick(look, "›", ">"));
	editor_draw(&c->editor, &field, is_writing);
	if (c->editor.text.n == 0)
		surface_puts(&field, is_writing ? 1 : 0, 0, ROLE_DIM,
			     is_writing ? "a question, or / for commands"
					: "w writes a question");
}

void chat_draw(struct chat *c, struct app *app, const struct look *look,
	       struct surface *s, bool is_writing)
{
	int w = surface_w(s), h = surface_h(s), rows = input_rows(c, w, h);
	struct surface body = surface_sub(s, 0, 1, w, h - rows - 2);

	talk_fit(&c->talk, w - 2, surface_h(&body), look->is_ascii,
		 clock_mono_ms(app->options.clock));
	hits_add(look->hits, s, (struct rect){0, 0, w, h},
		 (struct hit){.kind = HIT_BODY});
	draw_top(c, look, s);
	if (c->talk.turns.n > 0)
		talk_draw(&c->talk, look, &body, !is_writing);
	else
		draw_empty(c, look, &body);
	draw_rule(c, look, s, h - rows - 1, is_writing);
	draw_input(c, look, s, h - rows, is_writing);
	if (is_writing)
		draw_choices(c, s, h - rows - 2);
}
