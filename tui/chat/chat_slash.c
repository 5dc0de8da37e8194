/* Commands of the chat's line, and what completes them. A row is a command. See
 * chat_part.h. */
#include <stdlib.h>

#include "base/count.h"
#include "base/xalloc.h"
#include "tui/chat/chat_part.h"
#include "tui/commands.h"

enum { CHOICES_MOST = 200 };

static void set(char **to, struct str text)
{
	free(*to);
	*to = text.n ? xstrndup(text.p, text.n) : NULL;
}

static void clear(struct chat *c, struct app *app, struct str arg)
{
	(void)app;
	(void)arg;
	talk_clear(&c->talk);
}

static void context(struct chat *c, struct app *app, struct str arg)
{
	struct strbuf text;

	(void)arg;
	strbuf_init(&text, 4096);
	strbuf_printf(&text,
		      "The next question goes out with:\n\n"
		      "- the row: %s\n- the route: %s\n- the model: %s\n"
		      "- the conversation: %s\n\n"
		      "What was sent for an answer, `i` shows.",
		      c->about ? c->about : "none; `@` on a row says which",
		      c->route ? c->route : "as configured",
		      c->model ? c->model : "as routed",
		      c->conversation ? c->conversation : "the one that is open");
	chat_note(c, app, text.p);
	strbuf_fini(&text);
}

static void cost(struct chat *c, struct app *app, struct str arg)
{
	struct strbuf text;

	(void)arg;
	strbuf_init(&text, 400);
	strbuf_puts(&text, "So far: ");
	chat_put_cost(c, &text);
	strbuf_puts(&text, ". What a day costs stands on `:ai`.");
	chat_note(c, app, text.p);
	strbuf_fini(&text);
}

static void explain(struct chat *c, struct app *app, struct str arg)
{
	(void)arg;
	if (!c->about)
		app_toast(app, true, "no row is asked about: go to one and press @");
	else
		chat_say(c, app,
			 STR("Explain this row: what is it, why is it so, "
			     "what is to be done?"));
}

static void export(struct chat *c, struct app *app, struct str arg)
{
	(void)arg;
	chat_export(c, app);
}

static void handover(struct chat *c, struct app *app, struct str arg)
{
	(void)c;
	command_handover(app, arg);
}

static void model(struct chat *c, struct app *app, struct str arg)
{
	set(&c->model, arg);
	app_toast(app, false, c->model ? "asks %.80s from here on" : "asks as routed%s",
		  c->model ? c->model : "");
}

static void route(struct chat *c, struct app *app, struct str arg)
{
	set(&c->route, arg);
	app_toast(app, false,
		  c->route ? "the route is %.80s from here on"
			   : "the route is as configured%s",
		  c->route ? c->route : "");
}

static void begin(struct chat *c, struct app *app, struct str arg)
{
	talk_clear(&c->talk);
	set(&c->conversation, arg);
	chat_drop_subject(c);
	c->tokens_in = c->tokens_out = 0;
	c->money = 0;
	c->n_answers = c->n_priced = 0;
	if (app->host.conversation)
		app->host.conversation(app->host.ctx, c->conversation);
}

static void go_on(struct chat *c, struct app *app, struct str arg)
{
	if (arg.n == 0)
		app_toast(app, true, "/open needs the name of a conversation");
	else
		begin(c, app, arg);
}

static void search(struct chat *c, struct app *app, struct str arg)
{
	char *words;

	(void)c;
	if (arg.n == 0) {
		app_toast(app, true, "/search needs words to look for");
		return;
	}
	words = xstrndup(arg.p, arg.n);
	if (app->host.search_chats)
		app->host.search_chats(app->host.ctx, words);
	free(words);
}

static void runbook(struct chat *c, struct app *app, struct str arg)
{
	struct strbuf text;

	if (arg.n == 0 && !c->about) {
		app_toast(app, true, "/runbook needs to know what it should be about");
		return;
	}
	strbuf_init(&text, EDITOR_MOST);
	strbuf_puts(&text, "What does the runbook say about ");
	if (arg.n > 0)
		strbuf_put(&text, arg);
	else
		strbuf_puts(&text, "this row");
	strbuf_puts(&text, "?");
	chat_say(c, app, strbuf_str(&text));
	strbuf_fini(&text);
}

static void help(struct chat *c, struct app *app, struct str arg);

/* In order of name. */
static const struct slash {
	const char *name, *arg, *help;
	void (*run)(struct chat *c, struct app *app, struct str arg);
} slashes[] = {
	{"/clear", "", "empty the screen; the conversation goes on", clear},
	{"/context", "", "what goes out with the next question", context},
	{"/cost", "", "tokens and money so far", cost},
	{"/explain", "", "explain the row that is asked about", explain},
	{"/export", "", "write the conversation to a file, as Markdown", export},
	{"/handover", "SINCE", "the hand-over", handover},
	{"/help", "", "these commands", help},
	{"/model", "NAME", "ask this one; without a name: as routed", model},
	{"/new", "NAME", "begin another conversation", begin},
	{"/open", "NAME", "go on with one of that name", go_on},
	{"/route", "NAME", "guide: by rule, no model; without a name: as configured",
	 route},
	{"/runbook", "WORDS", "what the runbook says about it", runbook},
	{"/search", "WORDS", "conversations that were kept and have them", search},
};

static void help(struct chat *c, struct app *app, struct str arg)
{
	struct strbuf text;

	(void)arg;
	strbuf_init(&text, 4096);
	strbuf_puts(&text, "| command | what it does |\n| --- | --- |\n");
	for (size_t i = 0; i < COUNT(slashes); i++)
		strbuf_printf(&text, "| %s%s%s | %s |\n", slashes[i].name,
			      slashes[i].arg[0] ? " " : "", slashes[i].arg,
			      slashes[i].help);
	chat_note(c, app, text.p);
	strbuf_fini(&text);
}

static size_t find_begun(struct str word, const struct slash **found)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(slashes); i++) {
		if (str_is(word, slashes[i].name)) {
			*found = &slashes[i];
			return 1;
		}
		if (str_starts(str_from(slashes[i].name), word)) {
			*found = &slashes[i];
			n++;
		}
	}
	return n;
}

/* A path is no command: only what begins one, or a word alone. */
bool chat_command(struct chat *c, struct app *app, struct str line)
{
	struct str word, rest = line;
	const struct slash *found = NULL;
	size_t n;

	str_next(&rest, ' ', &word);
	n = find_begun(word, &found);
	if (n == 1)
		found->run(c, app, rest.p ? str_trim(rest) : STR(""));
	else if (n > 1)
		app_toast(app, true, "%zu commands begin with '%.*s': tab shows them", n,
			  STR_ARG(word));
	else if (rest.p)
		return false;
	else
		app_toast(app, true, "there is no command '%.*s'; /help lists them",
			  STR_ARG(str_sub(word, 0, 80)));
	return true;
}

void chat_take_names(struct chat *c, struct str lines)
{
	struct str line;

	while (c->names.n)
		free(c->names.p[--c->names.n]);
	while (c->names.n < CHOICES_MOST && str_next(&lines, '\n', &line))
		if (line.n)
			vec_push(&c->names, xstrndup(line.p, line.n));
}

size_t chat_choices(const struct chat *c, const char *out[], size_t most)
{
	struct str typed = strbuf_str(c->is_completing ? &c->typed : &c->editor.text);
	size_t n = 0;

	if (typed.n == 0 || typed.p[0] != '/' || str_find_char(typed, '\n') >= 0)
		return 0;
	if (str_find_char(typed, ' ') >= 0) {
		for (size_t i = 0; i < c->names.n && n < most; i++)
			if (str_starts_nocase(str_from(c->names.p[i]), typed))
				out[n++] = c->names.p[i];
		return n;
	}
	for (size_t i = 0; i < COUNT(slashes) && n < most; i++) {
		if (str_starts(str_from(slashes[i].name), typed))
			out[n++] = slashes[i].name;
	}
	return n;
}

bool chat_complete(struct chat *c, int step)
{
	const char *choices[CHOICES_MOST];
	size_t n = chat_choices(c, choices, CHOICES_MOST);

	if (n == 0)
		return false;
	if (!c->is_completing) {
		strbuf_reset(&c->typed);
		strbuf_put(&c->typed, strbuf_str(&c->editor.text));
		c->choice = step > 0 ? 0 : n - 1;
	} else {
		c->choice = (c->choice + n + (size_t)(ptrdiff_t)step) % n;
	}
	c->is_completing = true;
	editor_set(&c->editor, str_from(choices[c->choice]));
	return true;
}
