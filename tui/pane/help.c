/* The help overlay. Thread: ui. */
#include "tui/pane/help.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/widget/frame.h"
#include "tui/widget/mark.h"
#include "tui/widget/tint.h"

#define KEY_CELLS  20
#define NAME_CELLS 16
#define MAX_CELLS  84

struct help {
	struct screen screen;
	enum context about;
	struct strbuf filter;
	int top, page, n_lines;
};

static struct help *self(struct screen *screen)
{
	return (struct help *)screen;
}

static void help_free(struct screen *screen)
{
	strbuf_fini(&self(screen)->filter);
	free(screen);
}

static void help_want(struct screen *screen, struct app *app, struct want_set *set)
{
	(void)screen;
	(void)app;
	(void)set;
}

static bool contains(const char *text, struct str what)
{
	struct str rest = str_from(text);

	while (rest.n >= what.n) {
		if (str_starts_nocase(rest, what))
			return true;
		rest = str_sub(rest, 1, rest.n - 1);
	}
	return false;
}

static bool is_shown(const struct help *help, const struct command *command,
		     enum context context)
{
	struct str filter = strbuf_str(&help->filter);

	if (!(command->contexts & (1u << context)))
		return false;
	return contains(command->name, filter) || contains(command->help, filter);
}

struct pen {
	struct surface *s;
	int line, y; /* of the text; on the surface */
};

/* Where the next line goes; false while it is scrolled away. */
static bool next_line(struct help *help, struct pen *pen)
{
	int at = pen->line++ - help->top;

	pen->y = at;
	return at >= 0 && at < surface_h(pen->s);
}

static void draw_command(struct help *help, struct app *app, struct pen *pen,
			 const struct command *command, enum context context)
{
	struct surface *s = pen->s;
	struct strbuf keys;
	struct str shown;
	int x;

	if (!next_line(help, pen))
		return;
	strbuf_init(&keys, 200);
	keymap_keys_of(app->keymap, context, command, &keys);
	shown = utf8_prefix(strbuf_str(&keys), KEY_CELLS, &x);
	tint_put(s, 1 + KEY_CELLS - x, pen->y, ROLE_OVERLAY, ROLE_KEY, shown);
	strbuf_fini(&keys);
	x = KEY_CELLS + 3;
	x += tint_put(s, x, pen->y, ROLE_OVERLAY, ROLE_STRONG, str_from(command->name));
	if (command->arg)
		x += 1 + tint_put(s, x + 1, pen->y, ROLE_OVERLAY, ROLE_DIM,
				  str_from(command->arg));
	if (x < KEY_CELLS + 3 + NAME_CELLS)
		x = KEY_CELLS + 3 + NAME_CELLS;
	surface_put_fit(s, x + 2, pen->y, surface_w(s) - x - 3, ROLE_OVERLAY,
			str_from(command->help), false);
}

static void draw_context(struct help *help, struct app *app, struct pen *pen,
			 enum context context)
{
	bool has_heading = false;

	for (size_t i = 0; i < n_commands; i++) {
		if (!is_shown(help, &commands[i], context))
			continue;
		if (!has_heading) {
			if (pen->line > 0)
				next_line(help, pen);
			if (next_line(help, pen))
				tint_put(pen->s, 1, pen->y, ROLE_OVERLAY, ROLE_TITLE,
					 str_from(context_help(context)));
			has_heading = true;
		}
		draw_command(help, app, pen, &commands[i], context);
	}
}

static void draw_marks(struct help *help, const struct look *look, struct pen *pen)
{
	static const enum severity all[] = {SEV_CRIT, SEV_WARN, SEV_UNKNOWN, SEV_INFO,
					    SEV_OK};
	int x = 1;

	next_line(help, pen);
	if (!next_line(help, pen))
		return;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		tint_put(pen->s, x, pen->y, ROLE_OVERLAY, mark_role(all[i]),
			 str_from(mark_text(look, all[i])));
		x += 2;
		x += tint_put(pen->s, x, pen->y, ROLE_OVERLAY, ROLE_DIM,
			      str_from(severity_name(all[i]))) +
		     3;
	}
}

static void help_draw(struct screen *screen, struct app *app, const struct look *look,
		      struct surface *s)
{
	struct help *help = self(screen);
	int w = surface_w(s) > MAX_CELLS ? MAX_CELLS : surface_w(s);
	struct surface box = surface_sub(s, (surface_w(s) - w) / 2, 0, w, surface_h(s));
	struct surface body = surface_sub(&box, 1, 1, w - 2, surface_h(s) - 2);
	struct pen pen = {.s = &body};
	int most;

	surface_fill(&box, 0, 0, w, surface_h(&box), ROLE_OVERLAY);
	rule_put(look, &box, 0,
		 &(struct rule){.title = "Help",
				.has_focus = true,
				.note = str_from(keymap_name(app->keymap)),
				.note_role = ROLE_DIM});
	for (int x = 0; x < w; x++)
		surface_glyph(&box, x, surface_h(&box) - 1, ROLE_BORDER,
			      look->is_ascii ? '-' : 0x2500);
	hits_add(look->hits, &box, (struct rect){0, 0, w, surface_h(&box)},
		 (struct hit){.kind = HIT_BODY});
	help->page = surface_h(&body);
	most = help->n_lines > help->page ? help->n_lines - help->page : 0;
	help->top = help->top > most ? most : help->top;
	draw_context(help, app, &pen, help->about);
	draw_context(help, app, &pen, CONTEXT_GLOBAL);
	if (help->filter.n == 0)
		draw_context(help, app, &pen, CONTEXT_PROMPT);
	if (pen.line == 0)
		surface_printf(&body, 1, 0, ROLE_OVERLAY, "nothing here is about '%s'",
			       help->filter.p);
	else
		draw_marks(help, look, &pen);
	help->n_lines = pen.line;
}

static void scroll(struct help *help, int step)
{
	int most = help->n_lines > help->page ? help->n_lines - help->page : 0;

	help->top += step;
	help->top = help->top > most ? most : help->top;
	help->top = help->top < 0 ? 0 : help->top;
}

static bool help_act(struct screen *screen, struct app *app, enum act act, struct str arg)
{
	struct help *help = self(screen);

	(void)app;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_UP:
		scroll(help, -1);
		return true;
	case ACT_DOWN:
		scroll(help, 1);
		return true;
	case ACT_PAGE_UP:
		scroll(help, -help->page);
		return true;
	case ACT_PAGE_DOWN:
		scroll(help, help->page);
		return true;
	case ACT_TOP:
		help->top = 0;
		return true;
	case ACT_BOTTOM:
		scroll(help, help->n_lines);
		return true;
	case ACT_FILTER:
		strbuf_reset(&help->filter);
		strbuf_put(&help->filter, arg);
		help->top = 0;
		return true;
	default:
		return false;
	}
}

static void help_hit(struct screen *screen, struct app *app, const struct hit *hit,
		     const struct event *event)
{
	(void)app;
	(void)hit;
	if (event->button == MOUSE_WHEEL_UP)
		scroll(self(screen), -3);
	else if (event->button == MOUSE_WHEEL_DOWN)
		scroll(self(screen), 3);
}

static bool help_back(struct screen *screen, struct app *app)
{
	bool had_filter = self(screen)->filter.n > 0;

	(void)app;
	strbuf_reset(&self(screen)->filter);
	return had_filter;
}

static void help_status(struct screen *screen, struct app *app, struct strbuf *out)
{
	struct help *help = self(screen);

	(void)app;
	if (help->n_lines > help->page)
		strbuf_printf(out, "%d-%d of %d", help->top + 1,
			      help->top + help->page < help->n_lines
				      ? help->top + help->page
				      : help->n_lines,
			      help->n_lines);
}

static const char *const hints[] = {"back", "filter", NULL};

static const struct screen_ops help_ops = {
	.name = "help",
	.context = CONTEXT_HELP,
	.is_overlay = true,
	.hints = hints,
	.free = help_free,
	.draw = help_draw,
	.want = help_want,
	.act = help_act,
	.hit = help_hit,
	.back = help_back,
	.status = help_status,
};

struct screen *help_new(enum context context)
{
	struct help *help = xcalloc(1, sizeof(*help));

	help->screen.ops = &help_ops;
	help->about = context;
	strbuf_init(&help->filter, PROMPT_MAX_BYTES);
	return &help->screen;
}
