/* See knowledge.h. It asks no service: runbooks are files. */
#include "cli/knowledge.h"

#include <stdlib.h>
#include <string.h>

#include "ai/gateway.h"
#include "base/vec.h"
#include "cli/knowledge_print.h"
#include "config/config.h"
#include "config/env.h"
#include "knowledge/knowledge_vectors.h"

enum { MOST_OUTPUT = 1 << 28, QUESTION_MOST = 4096, HITS_DEFAULT = 5 };

struct command {
	const char *act;
	struct strbuf words;
	const char *config_path;
	bool is_json;
	size_t most;
	VEC(struct str) live;
	struct strbuf own_dir;
	const char *own_dirs[1];
	const char *const *dirs;
	size_t n_dirs;
	struct config *config;
	int64_t now_ms;
};

static bool set_most(const char *value, struct err *err, void *to)
{
	struct command *c = to;
	int64_t n;

	(void)err;
	if (!str_to_i64(str_from(value), &n) || n < 1 || n > KNOWLEDGE_MOST_HITS)
		return false;
	c->most = (size_t)n;
	return true;
}

static bool add_live(const char *value, struct err *err, void *to)
{
	struct command *c = to;

	(void)err;
	vec_push(&c->live, str_from(value));
	return true;
}

static const struct cli_option option_table[] = {
	CLI_OPTION_CONFIG(struct command, config_path),
	{"--number", "N", "search: at most so many sections (default 5; -n)",
	 .set = set_most},
	{"--live", "WORD",
	 "search: a board or state that is alight now, first among equals",
	 .set = add_live},
	{"--output", "text|json", "how to print it (-o)",
	 CLI_INTO_JSON(struct command, is_json)},
	{.name = NULL},
};

/* What is behind the act. */
static bool add_word(const char *word, struct err *err, void *to)
{
	struct command *c = to;

	(void)err;
	if (c->words.n)
		strbuf_putc(&c->words, ' ');
	strbuf_puts(&c->words, word);
	return true;
}

/* Without a configuration there is still what ships. */
static bool find_dirs(struct command *c, struct err *err)
{
	struct strbuf path;

	strbuf_init(&path, 4096);
	config_put_path(&path, c->config_path);
	c->config = config_load(path.p, err);
	strbuf_fini(&path);
	if (!c->config && (c->config_path || err->code != ERR_NOT_FOUND))
		return false;
	if (c->config && c->config->runbook_dirs) {
		c->dirs = c->config->runbook_dirs;
		c->n_dirs = c->config->n_runbook_dirs;
		return true;
	}
	config_put_runbooks_dir(&c->own_dir);
	c->own_dirs[0] = c->own_dir.p;
	c->dirs = c->own_dirs;
	c->n_dirs = c->own_dir.n > 0;
	return true;
}

static bool search(struct command *c, struct knowledge *k, struct strbuf *out,
		   struct err *err)
{
	struct str question = strbuf_str(&c->words);
	struct knowledge_answer answer;

	if (!knowledge_search(k,
			      &(struct knowledge_query){.text = question,
							.most = c->most,
							.live = c->live.p,
							.n_live = c->live.n},
			      &answer, err))
		return false;
	if (c->is_json)
		knowledge_print_answer_json(out, &answer, question);
	else if (answer.is_covered)
		knowledge_print_answer(out, &answer, c->now_ms);
	if (answer.is_covered || c->is_json)
		return true;
	if (answer.n)
		return err_set(err, ERR_NOT_FOUND,
			       "no runbook covers \"%.120s\"; the nearest is %.*s (%.*s)",
			       question.p, STR_ARG(answer.hits[0].file->book->name),
			       STR_ARG(answer.hits[0].file->book->title));
	return err_set(err, ERR_NOT_FOUND, "no runbook covers \"%.120s\"", question.p);
}

/* As the deck keeps them. Nothing is asked here. */
static void look_at_vectors(struct knowledge *k, struct knowledge_vector_state *out)
{
	struct vector_store *store;
	struct strbuf path;

	strbuf_init(&path, 4096);
	env_state_path(&path, VECTOR_STORE_FILE);
	store = vector_store_look(path.p, &out->err);
	strbuf_fini(&path);
	/* None was made yet. */
	if (!store && out->err.code == ERR_NOT_FOUND)
		err_clear(&out->err);
	if (!store)
		return;
	knowledge_load_vectors(k, store, str_from(out->model));
	vector_store_status(store, str_from(out->model), &out->status);
	(void)!vector_store_is_fine(store, &out->err);
	vector_store_close(store);
	out->sections = knowledge_with_vectors(k);
}

static void put_status(const struct command *c, struct knowledge *k, struct strbuf *out)
{
	struct knowledge_status status = {.k = k, .dirs = c->dirs, .n_dirs = c->n_dirs};
	struct strbuf model;

	strbuf_init(&model, 1024);
	if (c->config)
		gateway_put_embedder(&c->config->ai, &model);
	status.vectors.model = model.p;
	err_clear(&status.vectors.err);
	if (model.n)
		look_at_vectors(k, &status.vectors);
	if (c->is_json)
		knowledge_print_status_json(out, &status);
	else
		knowledge_print_status(out, &status, c->now_ms);
	strbuf_fini(&model);
}

static bool answer(struct command *c, struct strbuf *out, struct err *err)
{
	struct knowledge *k = knowledge_new(c->dirs, c->n_dirs, err);
	size_t n_read;
	bool ok = k && knowledge_refresh(k, &n_read, err);

	if (ok && strcmp(c->act, "search") == 0)
		ok = search(c, k, out, err);
	else if (ok)
		put_status(c, k, out);
	knowledge_free(k);
	return ok;
}

static int check_words(const struct command *c)
{
	if (!c->act || (strcmp(c->act, "search") != 0 && strcmp(c->act, "status") != 0))
		return cli_usage("knowledge", "say what to do, search or status, not",
				 c->act ? c->act : "");
	if (strcmp(c->act, "status") == 0 && c->words.n)
		return cli_usage("knowledge", "status takes no word", c->words.p);
	if (strcmp(c->act, "search") == 0 && !str_trim(strbuf_str(&c->words)).n)
		return cli_usage("knowledge", "search needs words, not", c->words.p);
	return 0;
}

static int answer_and_print(struct command *c)
{
	struct strbuf out;
	struct err err;
	int code = 0;

	strbuf_init(&out, MOST_OUTPUT);
	if (find_dirs(c, &err) && answer(c, &out, &err))
		cli_write(&out, &code);
	else
		code = cli_fail(&err);
	strbuf_fini(&out);
	return code;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct command c = {.most = HITS_DEFAULT, .now_ms = clock_wall_ms(clock)};
	int code;

	strbuf_init(&c.words, QUESTION_MOST);
	strbuf_init(&c.own_dir, 4096);
	code = cli_walk(&cli_knowledge_command, argc, argv, &c);
	if (!code)
		code = check_words(&c);
	if (!code)
		code = answer_and_print(&c);
	config_free(c.config);
	vec_fini(&c.live);
	strbuf_fini(&c.own_dir);
	strbuf_fini(&c.words);
	return code;
}

const struct cli_command cli_knowledge_command = {
	.name = "knowledge",
	.usage = "search|status [WORD...] [OPTION...]",
	.help = "runbooks: the sections that fit a question, and what there is",
	.options = option_table,
	.words = {.slots = {CLI_SLOT(struct command, act)},
		  .n_slots = 1,
		  .take = add_word},
	.run = run,
};
