/* Keys, clicks and pastes to commands. Thread: ui.
 *
 * Keys collect into a chord while the keymap says that more may follow. A chord
 * that comes to nothing is forgotten as a whole; half of it never runs. */
#include "base/sanitize.h"
#include "base/utf8.h"
#include "tui/app_part.h"

#define CHORD_MS ((int64_t)1500)

enum context app_context(const struct app *app)
{
	return prompt_is_open(&app->prompt) ? CONTEXT_PROMPT : app_top(app)->ops->context;
}

static bool is_text(struct key key)
{
	return key.code >= 0x20 && key.code < KEYCODE_NONE && key.code != 0x7F &&
	       (key.mods & (MOD_CTRL | MOD_ALT)) == 0;
}

/* The filter follows what is typed. */
static void prompt_changed(struct app *app)
{
	if (app->prompt.kind == PROMPT_FILTER)
		app_act(app, ACT_FILTER, strbuf_str(&app->prompt.text));
}

static void type_key(struct app *app, struct key key)
{
	char bytes[4];
	size_t n = utf8_encode(key.code, bytes);

	prompt_insert(&app->prompt, (struct str){bytes, n});
	prompt_changed(app);
}

static bool answer_question(struct app *app, struct key key)
{
	const struct command *command = app->confirming;

	if (!command)
		return false;
	app->confirming = NULL;
	if (key.code == 'y' || key.code == 'Y')
		command->run(app, STR(""));
	return true;
}

/* A key that does nothing says so; in a prompt the line itself is the answer. */
static void say_unbound(struct app *app, enum context context)
{
	struct strbuf keys, help;

	if (context == CONTEXT_PROMPT)
		return;
	strbuf_init(&keys, 64);
	strbuf_init(&help, 64);
	for (size_t i = 0; i < app->n_chord; i++) {
		if (i > 0)
			strbuf_putc(&keys, ' ');
		key_format(&keys, app->chord[i]);
	}
	app_first_key(app, command_find(STR("help")), &help);
	app_toast(app, true,
		  help.n > 0 ? "%s does nothing here; %s lists the keys"
			     : "%s does nothing here%s",
		  keys.p, help.p);
	strbuf_fini(&keys);
	strbuf_fini(&help);
}

static void run_bound(struct app *app, enum context context,
		      const struct command *command, struct str arg)
{
	app_run(app, command, arg);
	if (context == CONTEXT_PROMPT)
		prompt_changed(app);
}

/* What cannot be seen is not acted upon: Enter could open or run anything. */
static bool is_out_of_reach(const struct app *app, const struct command *command)
{
	return app_is_too_small(app) && !(command->contexts & COMMAND_UNSEEN);
}

static void handle_chord(struct app *app, enum context context, struct key key)
{
	const struct command *command = NULL;
	struct str arg = STR("");

	app->chord[app->n_chord++] = key;
	switch (keymap_find(app->keymap, context, app->chord, app->n_chord, &command,
			    &arg)) {
	case KEYMAP_PREFIX:
		if (app->n_chord < APP_MAX_CHORD) {
			app->chord_until_ms =
				clock_mono_ms(app->options.clock) + CHORD_MS;
			return;
		}
		break;
	case KEYMAP_FOUND:
		app->n_chord = 0;
		if (!is_out_of_reach(app, command))
			run_bound(app, context, command, arg);
		return;
	case KEYMAP_NONE:
		break;
	}
	if (!app_is_too_small(app))
		say_unbound(app, context);
	app->n_chord = 0;
}

static bool begins_text(struct app *app, struct key key)
{
	struct screen *top = app_top(app);

	return is_text(key) && top && top->ops->typed && top->ops->typed(top, app);
}

/* A screen that is written on takes letters as they are. */
static bool takes_text(struct app *app, struct key key)
{
	struct screen *top = app_top(app);
	char bytes[4];

	if (!is_text(key) || prompt_is_open(&app->prompt) || !top->ops->type ||
	    app->n_chord > 0)
		return false;
	top->ops->type(top, app, (struct str){bytes, utf8_encode(key.code, bytes)});
	return true;
}

/* A line feed is Enter, but where it is a key of its own. */
static void fold_line_feed(enum context context, struct key *key)
{
	if (key->code == 'j' && key->mods == MOD_CTRL && context != CONTEXT_CHAT_INPUT)
		*key = (struct key){.code = KEYCODE_ENTER};
}

static void handle_key(struct app *app, struct key key)
{
	enum context context = app_context(app);

	fold_line_feed(context, &key);
	if (app_is_too_small(app))
		handle_chord(app, CONTEXT_GLOBAL, key);
	else if (answer_question(app, key))
		return;
	else if ((context == CONTEXT_PROMPT && is_text(key)) || begins_text(app, key))
		type_key(app, key);
	else if (takes_text(app, key))
		return;
	else
		handle_chord(app, context, key);
}

static void handle_mouse(struct app *app, const struct event *event)
{
	const struct hit *found = hits_find(&app->hits, event->x, event->y);
	struct hit hit;

	if (!found || !event->is_press || prompt_is_open(&app->prompt))
		return;
	hit = *found; /* the list may change while the click is handled */
	if (hit.kind == HIT_COMMAND) {
		if (event->button == MOUSE_LEFT)
			app_run(app, hit.what, STR(""));
		return;
	}
	if (app_top(app)->ops->hit)
		app_top(app)->ops->hit(app_top(app), app, &hit, event);
}

static void handle_paste(struct app *app, struct str text)
{
	struct screen *top = app_top(app);
	struct strbuf line;

	if (app_is_too_small(app))
		return;
	if (!prompt_is_open(&app->prompt)) {
		if (top->ops->type)
			top->ops->type(top, app, text);
		return;
	}
	strbuf_init(&line, PROMPT_MAX_BYTES);
	sanitize_line(&line, text);
	prompt_paste(&app->prompt, strbuf_str(&line));
	strbuf_fini(&line);
	prompt_changed(app);
}

void app_event(struct app *app, const struct event *event)
{
	if (event->kind == EVENT_KEY)
		toast_dismiss(&app->toast, clock_mono_ms(app->options.clock));
	switch (event->kind) {
	case EVENT_KEY:
		handle_key(app, event->key);
		break;
	case EVENT_MOUSE:
		if (!event->is_press)
			return;
		handle_mouse(app, event);
		break;
	case EVENT_PASTE:
		handle_paste(app, event->text);
		break;
	case EVENT_RESIZE:
		app->w = event->w;
		app->h = event->h;
		break;
	case EVENT_FOCUS:
		return;
	}
	app_dirty(app);
	app_tell_wanted(app);
}
