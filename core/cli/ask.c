/* See ask.h. The same desk as the chat pane answers; what is settled of an answer is
 * written as it comes, since it does not change any more. */
#include "cli/ask.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "answer/field.h"
#include "base/sanitize.h"
#include "base/timefmt.h"
#include "cli/headless.h"
#include "cli/unmarked.h"
#include "worker/chat/chat.h"

enum { QUESTION_MOST = 16 << 10, OUT_BYTES = 1 << 20 };

struct command {
	struct strbuf question;
	const char *model, *about, *config;
	bool is_json, is_fields, is_demo;
	struct cli_world world;
	struct headless headless;
	size_t written; /* bytes of the prose */
	size_t grown;	/* that have settled */
	int code;
};

static bool set_model(const char *value, struct err *err, void *to)
{
	struct command *c = to;

	(void)err;
	c->model = value;
	return *value != '\0';
}

static bool set_about(const char *value, struct err *err, void *to)
{
	struct command *c = to;

	(void)err;
	c->about = value;
	return strchr(value, '/') != NULL;
}

static const struct cli_option option_table[] = {
	{"--model", "NAME", "ask this one: a provider of the configuration, or guide",
	 .set = set_model},
	{"--about", "BOARD/KEY", "the question is about this row", .set = set_about},
	{"--json", NULL, "the record of the answer", CLI_INTO(struct command, is_json)},
	{"--fields", NULL, "list what answers can cite, and stop",
	 CLI_INTO(struct command, is_fields)},
	{"--demo", NULL, "ask about the embedded, simulated Azure",
	 CLI_INTO(struct command, is_demo)},
	CLI_OPTION_SEED(struct command),
	CLI_OPTION_SPEED(struct command),
	CLI_OPTION_AT(struct command),
	CLI_OPTION_FAULT(struct command),
	CLI_OPTION_CONFIG(struct command, config),
	{.name = NULL},
};

static bool add_word(const char *word, struct err *err, void *to)
{
	struct command *c = to;

	(void)err;
	strbuf_printf(&c->question, "%s%s", c->question.n ? " " : "", word);
	return true;
}

/* From a pipe, where no word was given. */
static void read_question(struct command *c)
{
	char bytes[4096];
	ssize_t n;

	if (c->question.n || isatty(STDIN_FILENO))
		return;
	while ((n = read(STDIN_FILENO, bytes, sizeof(bytes))) > 0)
		strbuf_put(&c->question, (struct str){bytes, (size_t)n});
}

static int list_fields(void)
{
	struct strbuf out;
	int code = 0;

	strbuf_init(&out, OUT_BYTES);
	for (size_t i = 0; i < field_count(); i++) {
		const struct field_def *def = field_at(i);

		field_put_pattern(&out, def);
		strbuf_printf(&out, "\t%s\t%s\n", *def->board ? def->board : "-",
			      def->about);
	}
	cli_write(&out, &code);
	strbuf_fini(&out);
	return code;
}

static bool write_text(struct command *c, struct str text)
{
	struct strbuf out;
	bool ok;

	strbuf_init(&out, OUT_BYTES);
	unmarked_put(&out, text);
	ok = cli_write(&out, &c->code);
	strbuf_fini(&out);
	return ok;
}

/* What came of the answer besides what is written already. */
static void write_more(struct command *c, const struct strbuf *prose)
{
	if (prose->n <= c->written)
		return;
	write_text(c, str_sub(strbuf_str(prose), c->written, prose->n - c->written));
	c->written = prose->n;
}

/* What has settled by now, of which the news have the end. */
static void write_growth(struct command *c, const struct chat_news *chat)
{
	struct str part = strbuf_str(&chat->answer.prose);
	size_t before = chat->is_more ? c->grown : 0;

	c->grown = before + part.n;
	if (c->grown <= c->written)
		return;
	if (c->written > before)
		part = str_sub(part, c->written - before, part.n);
	write_text(c, part);
	c->written = c->grown;
}

static void put_claim(struct strbuf *out, size_t number, const struct claim *claim)
{
	strbuf_printf(out, "[%zu] %s", number, claim->ref);
	if (claim->value[0])
		strbuf_printf(out, " = %s", claim->value);
	if (claim->as_of_ms) {
		strbuf_puts(out, ", read ");
		time_format_iso(out, claim->as_of_ms, false);
	}
	if (claim->is_stale)
		strbuf_puts(out, ", stale");
	if (claim->is_unknown)
		strbuf_puts(out, ", unknown");
	strbuf_putc(out, '\n');
}

static void put_list(struct strbuf *out, const char *title, char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		strbuf_printf(out, "%s: %s\n", title, list[i]);
}

/* Where it all stands, and who said it. */
static void write_rest(struct command *c, const struct answer *a)
{
	struct strbuf out;

	strbuf_init(&out, OUT_BYTES);
	if (a->prose.n && a->prose.p[a->prose.n - 1] != '\n')
		strbuf_putc(&out, '\n');
	if (a->n_claims)
		strbuf_putc(&out, '\n');
	for (size_t i = 0; i < a->n_claims; i++)
		put_claim(&out, i + 1, &a->claims[i]);
	for (size_t i = 0; i < a->n_struck; i++)
		strbuf_printf(&out, "struck out: %s (%s)\n", a->struck[i].text,
			      a->struck[i].why);
	put_list(&out, "propose", a->proposals, a->n_proposals);
	put_list(&out, "unknown", a->unknowns, a->n_unknowns);
	strbuf_printf(&out, "\n%s, by %s%s%s%s%s\n", answer_type_name(a->type),
		      a->is_guide ? "the built-in guide" : a->route,
		      a->model[0] ? " (" : "", a->model, a->model[0] ? ")" : "",
		      a->is_guide ? ", without a model" : "");
	if (a->why[0])
		strbuf_printf(&out, "because %s\n", a->why);
	cli_write(&out, &c->code);
	strbuf_fini(&out);
}

static void give(struct command *c, const struct answer *a)
{
	struct strbuf out;

	if (!c->is_json) {
		write_more(c, &a->prose);
		write_rest(c, a);
		return;
	}
	strbuf_init(&out, OUT_BYTES);
	answer_json(a, &out);
	strbuf_putc(&out, '\n');
	cli_write(&out, &c->code);
	strbuf_fini(&out);
}

/* To a person who waits, on standard error. */
static void tell_step(const struct command *c, const char *what,
		      const struct strbuf *text)
{
	if (isatty(STDERR_FILENO) && !c->is_json)
		fprintf(stderr, "azdeck: %s%s\n", what, text->n ? text->p : "");
}

/* False: it is over. */
static bool take(struct command *c, const struct chat_news *chat)
{
	switch (chat->step) {
	case CHAT_READS:
		tell_step(c, "reads ", &chat->text);
		break;
	case CHAT_ROUTE:
		tell_step(c, "asks ", &chat->text);
		break;
	case CHAT_GROWS:
		if (!c->is_json)
			write_growth(c, chat);
		break;
	case CHAT_AGAIN:
		tell_step(c, "begins again: ", &chat->text);
		if (c->written)
			write_text(c,
				   STR("\n\nThat does not count: it begins again.\n\n"));
		c->written = 0;
		break;
	case CHAT_ANSWER:
		give(c, &chat->answer);
		break;
	case CHAT_FAILED:
		c->code = cli_fail(&chat->err);
		break;
	case CHAT_WAS:
	case CHAT_NAMES:
	case CHAT_TOLD:
		break;
	}
	return !chat->is_over;
}

static void ask(struct command *c)
{
	struct chat_question question = {.text = c->question.p, .model = c->model};
	char board[64] = "";
	struct news *news;
	struct err err;
	bool goes_on = true;

	if (c->model && strcmp(c->model, "guide") == 0) {
		question.model = NULL;
		question.route = "guide";
	}
	if (c->about) {
		const char *slash = strchr(c->about, '/');

		snprintf(board, sizeof(board), "%.*s", (int)(slash - c->about), c->about);
		question.board = board;
		question.key = slash + 1;
	}
	if (!headless_start(&c->headless, &err)) {
		c->code = cli_fail(&err);
		return;
	}
	worker_ask(c->headless.worker, &question);
	while (goes_on && (news = headless_next(&c->headless))) {
		if (news->mail.kind == NEWS_CHAT) {
			struct chat_news *chat = news_take_chat(news);

			goes_on = take(c, chat);
			chat_news_free(chat);
		} else if (news->mail.kind == NEWS_PROBLEM) {
			c->code = cli_fail(&news->err);
			goes_on = false;
		}
	}
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct command c = {.world = CLI_WORLD_DEFAULT};

	(void)clock;
	strbuf_init(&c.question, QUESTION_MOST);
	c.code = cli_walk(&cli_ask_command, argc, argv, &c);
	if (c.code == 0 && c.is_fields) {
		c.code = list_fields();
	} else if (c.code == 0) {
		read_question(&c);
		if (c.question.n == 0 || c.question.overflow) {
			c.code = cli_usage("ask",
					   c.question.overflow
						   ? "the question is over 16 KiB:"
						   : "what is the question?",
					   "");
		} else {
			headless_init(&c.headless,
				      &(struct headless_options){.config = c.config,
								 .is_demo = c.is_demo,
								 .world = &c.world});
			ask(&c);
			headless_fini(&c.headless);
		}
	}
	strbuf_fini(&c.question);
	return c.code;
}

const struct cli_command cli_ask_command = {
	.name = "ask",
	.usage = "[OPTION...] QUESTION",
	.help = "answer a question, with citations",
	.options = option_table,
	.words = {.take = add_word},
	.run = run,
};
