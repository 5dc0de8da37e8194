/* See reader.h. */
#include "tui/chat/reader.h"

#include <stdlib.h>

#include "base/sanitize.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/chat/markdown.h"
#include "tui/widget/frame.h"
#include "tui/widget/roll.h"

enum { MOST_TEXT = 1 << 20 };

struct reader {
	struct screen screen;
	char *title, *section;
	struct strbuf text;
	bool is_markdown, is_placed;
	struct chat_lines lines;
	struct roll roll;
};

static struct reader *self(struct screen *screen)
{
	return (struct reader *)screen;
}

static void reader_free(struct screen *screen)
{
	struct reader *r = self(screen);

	free(r->title);
	free(r->section);
	strbuf_fini(&r->text);
	chat_lines_fini(&r->lines);
	free(r);
}

static void lay_out(struct reader *r, int w, bool is_ascii)
{
	struct rich text;

	chat_lines_reset(&r->lines, w);
	if (r->is_markdown) {
		markdown_render(&r->lines, &(struct markdown){.is_ascii = is_ascii},
				strbuf_str(&r->text));
		return;
	}
	rich_init(&text);
	rich_put(&text, ROLE_QUOTE, strbuf_str(&r->text));
	chat_lines_flow(&r->lines, CHAT_LINE_TEXT, &(struct chat_lead){.role = ROLE_TEXT},
			&text);
	rich_fini(&text);
}

static void place(struct reader *r)
{
	for (size_t i = 0; r->section && i < r->lines.lines.n; i++) {
		if (r->lines.lines.p[i].kind == CHAT_LINE_HEADING &&
		    str_find_nocase(chat_lines_text(&r->lines, i),
				    str_from(r->section)) >= 0) {
			r->roll.top = (int)i;
			break;
		}
	}
	r->is_placed = true;
}

static void reader_draw(struct screen *screen, struct app *app, const struct look *look,
			struct surface *s)
{
	struct reader *r = self(screen);
	struct surface body = surface_sub(s, 0, 1, surface_w(s), surface_h(s) - 1);
	size_t top;

	(void)app;
	if (r->lines.w != surface_w(s) - 2)
		lay_out(r, surface_w(s) - 2, look->is_ascii);
	if (!r->is_placed)
		place(r);
	roll_fit(&r->roll, r->lines.lines.n, surface_h(&body));
	top = (size_t)r->roll.top;
	rule_put(look, s, 0, &(struct rule){.title = r->title, .has_focus = true});
	hits_add(look->hits, s, (struct rect){0, 0, surface_w(s), surface_h(s)},
		 (struct hit){.kind = HIT_BODY});
	for (int y = 0; y < surface_h(&body) && top + (size_t)y < r->lines.lines.n; y++)
		chat_lines_draw(&r->lines, top + (size_t)y, &body, 1, y);
}

static bool reader_act(struct screen *screen, struct app *app, enum act act,
		       struct str arg)
{
	struct reader *r = self(screen);

	(void)arg;
	if (roll_act(&r->roll, act))
		return true;
	if (act == ACT_COPY_ROW) {
		app_copy(app, strbuf_str(&r->text), "text");
		return true;
	}
	return false;
}

static void reader_hit(struct screen *screen, struct app *app, const struct hit *hit,
		       const struct event *event)
{
	(void)app;
	(void)hit;
	roll_wheel(&self(screen)->roll, event->button);
}

static void reader_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	(void)app;
	roll_put_place(&self(screen)->roll, out);
}

static const char *const hints[] = {"back", "copy-row", "help", NULL};

static const struct screen_ops reader_ops = {
	.name = "reader",
	.context = CONTEXT_TEXT,
	.hints = hints,
	.free = reader_free,
	.draw = reader_draw,
	.act = reader_act,
	.hit = reader_hit,
	.status = reader_status,
};

struct screen *reader_new(const char *title, struct str text, bool is_markdown,
			  const char *section)
{
	struct reader *r = xcalloc(1, sizeof(*r));

	r->screen.ops = &reader_ops;
	r->title = xstrdup(title);
	r->section = section && section[0] ? xstrdup(section) : NULL;
	r->is_markdown = is_markdown;
	strbuf_init(&r->text, MOST_TEXT);
	if (is_markdown)
		strbuf_put(&r->text, str_sub(text, 0, MOST_TEXT));
	else
		sanitize_text(&r->text, text);
	return &r->screen;
}
