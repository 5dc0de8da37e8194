/* The bottom line: keys that work here, straight from the keymap, and where the
 * screen stands. Thread: ui. */
#include "base/count.h"
#include "base/utf8.h"
#include "tui/app_part.h"
#include "tui/change/change.h"
#include "tui/widget/tint.h"

/* Words shorter than the command's name, where one reads better. The first that
 * holds in the context (GLOBAL: in all) stands. */
static const struct {
	const char *command, *word;
	enum context context;
} words[] = {
	{"focus-next", "next link", CONTEXT_DETAIL},
	{"open", "continue", CONTEXT_FIRST},
	{"copy-cell", "copy the code", CONTEXT_FIRST},
	{"copy-row", "copy the address", CONTEXT_FIRST},
	{"open", "choose", CONTEXT_CHANGE},
	{"left", "other value", CONTEXT_CHANGE},
	{"focus-next", "citations", CONTEXT_CHAT},
	{"focus-next", "citations", CONTEXT_CHAT_INPUT},
	{"newline", "new line", CONTEXT_CHAT_INPUT},
	{"back", "read", CONTEXT_CHAT_INPUT},
	{"stop-answer", "stop", CONTEXT_GLOBAL},
	{"show-sent", "what was sent", CONTEXT_CHAT},
	{"copy-answer", "copy answer", CONTEXT_CHAT},
	{"focus-next", "next pane", CONTEXT_GLOBAL},
	{"plan-again", "plan anew", CONTEXT_GLOBAL},
	{"worst", "worst problem", CONTEXT_GLOBAL},
	{"earlier", "the change before", CONTEXT_GLOBAL},
	{"later", "after", CONTEXT_GLOBAL},
	{"at", "go to a time", CONTEXT_GLOBAL},
	{"now", "back to now", CONTEXT_GLOBAL},
	{"copy-row", "copy", CONTEXT_GLOBAL},
	{"sort-next", "sort", CONTEXT_GLOBAL},
	{"sort-reverse", "reverse", CONTEXT_GLOBAL},
	{"match-next", "next match", CONTEXT_GLOBAL},
	{"row-next", "next row", CONTEXT_GLOBAL},
	{"row-prev", "previous", CONTEXT_GLOBAL},
};

static struct str word_of(const struct command *command, enum context context)
{
	for (size_t i = 0; i < COUNT(words); i++) {
		if (strcmp(words[i].command, command->name) == 0 &&
		    (words[i].context == context || words[i].context == CONTEXT_GLOBAL))
			return str_from(words[i].word);
	}
	return str_from(command->name);
}

void app_first_key(const struct app *app, const struct command *command,
		   struct strbuf *out)
{
	ptrdiff_t comma;

	strbuf_reset(out);
	keymap_keys_of(app->keymap, app_context(app), command, out);
	comma = str_find(strbuf_str(out), STR(", "));
	if (comma > 0)
		strbuf_cut(out, (size_t)comma);
}

/* In the past, how to move in it stands first. */
static const char *const in_the_past[] = {"now",  "earlier", "later", "at",
					  "open", "help",    NULL};

static void draw_hints(struct app *app, const struct look *look, struct surface *s,
		       const char *const *name)
{
	int end = surface_w(s);
	struct strbuf key;
	int x = 1;

	strbuf_init(&key, 64);
	for (; name && *name; name++) {
		const struct command *command = command_find(str_from(*name));
		struct str word;
		int w;

		if (!command || !app_has_command(app, command))
			continue;
		word = word_of(command, app_context(app));
		app_first_key(app, command, &key);
		w = utf8_width(strbuf_str(&key)) + 1 + utf8_width(word);
		if (key.n == 0)
			continue;
		if (x + w > end)
			break;
		hits_add(look->hits, s, (struct rect){x, 0, w, 1},
			 (struct hit){.kind = HIT_COMMAND, .what = command});
		x += tint_put(s, x, 0, ROLE_STATUS, ROLE_KEY, strbuf_str(&key)) + 1;
		x += surface_put(s, x, 0, ROLE_STATUS, word) + 2;
	}
	strbuf_fini(&key);
}

/* To find the key of a command all bindings are read: not for every frame. */
static void show_hints(struct app *app, const struct look *look, struct surface *s)
{
	struct hints *kept = &app->hints;
	const char *const *names =
		app->moment.at_ms ? in_the_past : app_top(app)->ops->hints;

	if (kept->keymap != app->keymap || kept->names != names ||
	    kept->context != app_context(app) || kept->w != surface_w(s)) {
		struct surface part = picture_begin(&kept->picture, surface_w(s), 1);
		struct look own = *look;

		own.hits = &kept->picture.hits;
		surface_fill(&part, 0, 0, surface_w(s), 1, ROLE_STATUS);
		draw_hints(app, &own, &part, names);
		kept->keymap = app->keymap;
		kept->names = names;
		kept->context = app_context(app);
		kept->w = surface_w(s);
	}
	picture_show(&kept->picture, s, look->hits);
}

static void draw_chord(const struct app *app, struct surface *s, int y)
{
	struct strbuf text;

	strbuf_init(&text, 64);
	for (size_t i = 0; i < app->n_chord; i++) {
		if (i > 0)
			strbuf_putc(&text, ' ');
		key_format(&text, app->chord[i]);
	}
	strbuf_puts(&text, " -");
	tint_put(s, 1, y, ROLE_STATUS, ROLE_KEY, strbuf_str(&text));
	strbuf_fini(&text);
}

/* What waits for a person and what runs, at the right end, on every screen. Returns where
 * the rest of the line ends. */
static int draw_badge(struct app *app, const struct look *look, struct surface *s, int y,
		      int end)
{
	const struct command *command = command_find(STR("proposals"));
	struct strbuf key, text;
	int w, x;

	strbuf_init(&key, 64);
	strbuf_init(&text, 64);
	change_put_badge(app->changes, &text);
	if (text.n > 0) /* to find the key all bindings are read */
		app_first_key(app, command, &key);
	w = utf8_width(strbuf_str(&key)) + 1 + utf8_width(strbuf_str(&text));
	if (text.n > 0 && w + 2 < end) {
		x = end - w;
		hits_add(look->hits, s, (struct rect){x, y, w, 1},
			 (struct hit){.kind = HIT_COMMAND, .what = command});
		x += tint_put(s, x, y, ROLE_STATUS, ROLE_KEY, strbuf_str(&key)) + 1;
		surface_put(s, x, y, ROLE_STATUS_STRONG, strbuf_str(&text));
		end -= w + 2;
	}
	strbuf_fini(&key);
	strbuf_fini(&text);
	return end;
}

void status_draw(struct app *app, const struct look *look, struct surface *s)
{
	int w = surface_w(s), y = surface_h(s) - 1, end = w - 1, note_w;
	struct screen *top = app_top(app);
	struct strbuf note;

	surface_fill(s, 0, y, w, 1, ROLE_STATUS);
	if (app->confirming) {
		surface_printf(s, 1, y, ROLE_STATUS_STRONG,
			       "%s? y: yes, any other key: no", app->confirming->help);
		return;
	}
	end = draw_badge(app, look, s, y, end);
	strbuf_init(&note, 300);
	if (top->ops->status)
		top->ops->status(top, app, &note);
	note_w = utf8_width(strbuf_str(&note));
	if (note_w > w / 2 + w / 4)
		note_w = w / 2 + w / 4;
	if (toast_width(&app->toast, w) > 0) {
		end = w - toast_width(&app->toast, w);
	} else if (note_w > 0) {
		end -= note_w + 1;
		surface_put_fit(s, end + 1, y, note_w, ROLE_STATUS_STRONG,
				strbuf_str(&note), false);
	}
	strbuf_fini(&note);
	if (app->n_chord > 0) {
		draw_chord(app, s, y);
	} else if (end > 0) {
		struct surface line = surface_sub(s, 0, y, end, 1);

		show_hints(app, look, &line);
	}
}
