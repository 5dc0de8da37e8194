/* The help overlay. Thread: ui.
 *
 * What the screen puts forward comes first, moving about last: the table itself is
 * sorted by name, which is no order for a person in a hurry. */
#include "tui/pane/help.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/widget/frame.h"
#include "tui/widget/mark.h"
#include "tui/widget/roll.h"
#include "tui/widget/tint.h"

#define KEY_CELLS     20
#define NAME_CELLS    16
#define MAX_CELLS     96
#define NAMES_FROM_W  60 /* narrower, what a key does matters more than its name */
#define NARROW_KEYS   10
#define EXAMPLE_CELLS 13

struct help {
	struct screen screen;
	enum context about;
	const char *const *hints;
	struct strbuf filter;
	struct roll roll;
	bool is_pager, is_read_only;
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

	if (!(command->contexts & (1u << context)) ||
	    ((help->about == CONTEXT_FIRST || help->is_pager) &&
	     command->contexts & COMMAND_DECK) ||
	    (help->is_read_only && command->contexts & COMMAND_CHANGES))
		return false;
	return contains(command->name, filter) || contains(command->help, filter);
}

struct pen {
	struct surface *s;
	int keys_w;  /* cells of the longest keys of this block */
	int line, y; /* of the text; on the surface */
};

/* Where the next line goes; false while it is scrolled away. */
static bool next_line(struct help *help, struct pen *pen)
{
	int at = pen->line++ - help->roll.top;

	pen->y = at;
	return at >= 0 && at < surface_h(pen->s);
}

static void draw_command(struct help *help, struct app *app, struct pen *pen,
			 const struct command *command, enum context context)
{
	struct surface *s = pen->s;
	bool has_names = surface_w(s) >= NAMES_FROM_W;
	int keys_w = has_names ? pen->keys_w : NARROW_KEYS, x;
	struct strbuf keys;
	struct str shown;

	if (!next_line(help, pen))
		return;
	strbuf_init(&keys, 200);
	keymap_keys_of(app->keymap, context, command, &keys);
	if (keys.n == 0 && !has_names)
		strbuf_printf(&keys, ":%s", command->name);
	shown = utf8_prefix(strbuf_str(&keys), keys_w, &x);
	tint_put(s, 1 + keys_w - x, pen->y, ROLE_OVERLAY, ROLE_KEY, shown);
	strbuf_fini(&keys);
	x = keys_w + 3;
	if (has_names) {
		x += tint_put(s, x, pen->y, ROLE_OVERLAY, ROLE_STRONG,
			      str_from(command->name));
		if (command->arg)
			x += 1 + tint_put(s, x + 1, pen->y, ROLE_OVERLAY, ROLE_DIM,
					  str_from(command->arg));
		x = x < keys_w + 3 + NAME_CELLS ? keys_w + 3 + NAME_CELLS : x;
		x += 2;
	}
	surface_put_fit(s, x, pen->y, surface_w(s) - x - 1, ROLE_OVERLAY,
			str_from(command->help), false);
}

static bool is_in(const char *const *names, const struct command *command)
{
	for (; names && *names; names++) {
		if (strcmp(*names, command->name) == 0)
			return true;
	}
	return false;
}

static int keys_cells(const struct help *help, struct app *app, enum context context)
{
	int most = 0;

	for (size_t i = 0; i < n_commands; i++) {
		struct strbuf keys;
		int w;

		if (!is_shown(help, &commands[i], context))
			continue;
		strbuf_init(&keys, 200);
		keymap_keys_of(app->keymap, context, &commands[i], &keys);
		w = utf8_width(strbuf_str(&keys));
		most = w > most ? w : most;
		strbuf_fini(&keys);
	}
	return most < KEY_CELLS ? most : KEY_CELLS;
}

enum turn { TURN_HINTS, TURN_OTHERS, TURN_MOVES, TURNS };

static enum turn turn_of(const struct help *help, const struct command *command,
			 enum context context)
{
	static const char *const moves[] = {"up",    "down",	"left",
					    "right", "page-up", "page-down",
					    "top",   "bottom",	NULL};

	if (context == help->about && is_in(help->hints, command))
		return TURN_HINTS;
	return is_in(moves, command) ? TURN_MOVES : TURN_OTHERS;
}

static void draw_heading(struct help *help, struct pen *pen, const char *text)
{
	if (pen->line > 0)
		next_line(help, pen);
	if (next_line(help, pen))
		tint_put(pen->s, 1, pen->y, ROLE_OVERLAY, ROLE_TITLE, str_from(text));
}

/* Each command once, in its turn; the hints in the order of the screen. */
static void draw_context(struct help *help, struct app *app, struct pen *pen,
			 enum context context)
{
	int begin = pen->line;

	pen->keys_w = keys_cells(help, app, context);
	for (const char *const *name = help->hints; name && *name; name++) {
		const struct command *command = command_find(str_from(*name));

		if (!command || context != help->about ||
		    !is_shown(help, command, context))
			continue;
		if (pen->line == begin)
			draw_heading(help, pen, context_help(context));
		draw_command(help, app, pen, command, context);
	}
	for (int turn = TURN_OTHERS; turn < TURNS; turn++) {
		for (size_t i = 0; i < n_commands; i++) {
			if (!is_shown(help, &commands[i], context) ||
			    (int)turn_of(help, &commands[i], context) != turn)
				continue;
			if (pen->line == begin)
				draw_heading(help, pen, context_help(context));
			draw_command(help, app, pen, &commands[i], context);
		}
	}
}

/* The filter's grammar: board/filter.h says the same to programmers. */
static void draw_filters(struct help *help, struct pen *pen)
{
	static const struct {
		const char *example, *means;
	} parts[] = {
		{"prod", "in any visible cell; small letters match capitals"},
		{"\"two words\"", "a phrase"},
		{"!stopped", "in no cell"},
		{"status:paused", "in that column, by name or heading"},
		{"cpu>80", "a figure against a bound: >, >=, <, <="},
		{"wait>10m", "the same for spans of time"},
		{"severity:crit", "by how bad it is"},
		{"/db-\\d+$/", "a regular expression"},
	};
	int w = pen->keys_w > EXAMPLE_CELLS && surface_w(pen->s) >= NAMES_FROM_W
			? pen->keys_w
			: EXAMPLE_CELLS;

	draw_heading(help, pen, "a filter: all its parts must be in a row");
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct str example = str_from(parts[i].example);

		if (!next_line(help, pen))
			continue;
		tint_put(pen->s, 1 + w - utf8_width(example), pen->y, ROLE_OVERLAY,
			 ROLE_KEY, example);
		surface_put_fit(pen->s, w + 3, pen->y, surface_w(pen->s) - w - 4,
				ROLE_OVERLAY, str_from(parts[i].means), false);
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
	for (size_t i = 0; i < COUNT(all); i++) {
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

	help->is_pager = app_is_pager(app);
	help->is_read_only = app->options.is_read_only;
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
	roll_fit(&help->roll, (size_t)help->roll.n, surface_h(&body));
	draw_context(help, app, &pen, help->about);
	if (help->about == CONTEXT_TABLE && help->filter.n == 0 &&
	    is_in(help->hints, command_find(STR("sort-next"))))
		draw_filters(help, &pen);
	draw_context(help, app, &pen, CONTEXT_GLOBAL);
	if (help->filter.n == 0)
		draw_context(help, app, &pen, CONTEXT_PROMPT);
	if (pen.line == 0)
		surface_printf(&body, 1, 0, ROLE_OVERLAY, "nothing here is about '%s'",
			       help->filter.p);
	else
		draw_marks(help, look, &pen);
	help->roll.n = pen.line;
}

static bool help_act(struct screen *screen, struct app *app, enum act act, struct str arg)
{
	struct help *help = self(screen);

	(void)app;
	if (roll_act(&help->roll, act))
		return true;
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_FILTER:
		strbuf_reset(&help->filter);
		strbuf_put(&help->filter, arg);
		help->roll.top = 0;
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
	roll_wheel(&self(screen)->roll, event->button);
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
	(void)app;
	roll_put_place(&self(screen)->roll, out);
}

static const char *const hints[] = {"back", "filter", NULL};

static const struct screen_ops help_ops = {
	.name = "help",
	.context = CONTEXT_HELP,
	.is_overlay = true,
	.hints = hints,
	.filter_hint = "part of a name",
	.free = help_free,
	.draw = help_draw,
	.act = help_act,
	.hit = help_hit,
	.back = help_back,
	.status = help_status,
};

struct screen *help_new(enum context context, const char *const *shown)
{
	struct help *help = xcalloc(1, sizeof(*help));

	help->screen.ops = &help_ops;
	help->about = context;
	help->hints = shown;
	strbuf_init(&help->filter, PROMPT_MAX_BYTES);
	return &help->screen;
}
