/* See show.h. It runs the same worker as the deck, wants one board, and prints
 * what it gets: the code path that scripts rely on is the one people look at. */
#include "cli/show.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/keychain.h"
#include "base/json.h"
#include "board/workload.h"
#include "cli/boards.h"
#include "cli/print.h"
#include "cli/prompt.h"
#include "cli/query.h"
#include "cli/world.h"
#include "config/config.h"
#include "config/env.h"
#include "query/query.h"
#include "worker/worker.h"

enum { OUTPUT_MAX = 256 << 20, MAX_WATCH_S = 7 * 86400 };

enum option_id {
	OPT_OUTPUT,
	OPT_QUERY,
	OPT_WATCH,
	OPT_CHECK,
	OPT_WORKLOAD,
	OPT_DEMO,
	OPT_SEED,
	OPT_SPEED,
	OPT_AT,
	OPT_FAULT,
	OPT_CONFIG,
};

static const struct cli_option option_table[] = {
	[OPT_OUTPUT] = {"--output", "FORMAT", "table, json, csv or tsv (-o)"},
	[OPT_QUERY] = {"--query", "JMESPATH", "apply it to the rows; prints JSON"},
	[OPT_WATCH] = {"--watch", "SECONDS",
		       "print again, at most this often, when it changes"},
	[OPT_CHECK] = {"--check", NULL, "exit 1 when a row is critical"},
	[OPT_WORKLOAD] = {"--workload", "NAME", "rows of this workload only"},
	[OPT_DEMO] = {"--demo", NULL, "from the embedded, simulated Azure"},
	[OPT_SEED] = CLI_OPTION_SEED,
	[OPT_SPEED] = CLI_OPTION_SPEED,
	[OPT_AT] = CLI_OPTION_AT,
	[OPT_FAULT] = CLI_OPTION_FAULT,
	[OPT_CONFIG] = {"--config", "FILE", "use this configuration"},
	{NULL, NULL, NULL},
};

struct show {
	const char *board;
	const char *config;
	enum print_format format;
	const char *expression;
	struct query *query; /* the same, compiled */
	double watch_s;	     /* 0: once */
	bool is_check, is_demo;
	struct cli_world world;
	const char *workload_name;
	const struct workload *workload; /* NULL: every row */
	struct config *config_held;	 /* what that is in */
	/* running */
	struct clock clock;
	bool is_over; /* nobody reads any more, or it makes no sense to go on */
	struct worker *worker;
	struct wake_fd wake;
};

static int usage(const char *what, const char *value)
{
	struct err err;

	err_set(&err, ERR_USAGE, "show: %s \"%.80s\"; `azdeck help show` says more", what,
		value);
	return cli_fail(&err);
}

/* A broken expression is told the way `azdeck query` tells it. */
static int compile(struct show *s, const char *text)
{
	struct query_error qe;

	query_free(s->query);
	s->expression = text;
	s->query = query_compile(str_from(text), &qe);
	if (s->query)
		return 0;
	return cli_fail_query("show: --query", text, &qe);
}

static int set_option(struct show *s, enum option_id id, const char *value)
{
	switch (id) {
	case OPT_OUTPUT:
		return print_format_find(str_from(value), &s->format)
			       ? 0
			       : usage("there is no format", value);
	case OPT_QUERY:
		return compile(s, value);
	case OPT_WATCH:
		return str_to_f64(str_from(value), &s->watch_s) && s->watch_s > 0 &&
				       s->watch_s <= MAX_WATCH_S
			       ? 0
			       : usage("--watch cannot be", value);
	case OPT_WORKLOAD:
		s->workload_name = value;
		return 0;
	case OPT_CHECK:
		s->is_check = true;
		return 0;
	case OPT_DEMO:
		s->is_demo = true;
		return 0;
	case OPT_SEED:
		return cli_world_set_seed(&s->world, value)
			       ? 0
			       : usage("--seed cannot be", value);
	case OPT_SPEED:
		return cli_world_set_speed(&s->world, value)
			       ? 0
			       : usage("--speed cannot be", value);
	case OPT_AT:
		return cli_world_set_at(&s->world, value)
			       ? 0
			       : usage("--at cannot be", value);
	case OPT_FAULT:
		return cli_world_add_fault(&s->world, value)
			       ? 0
			       : usage("--fault cannot be", value);
	case OPT_CONFIG:
		s->config = value;
		return 0;
	}
	return 2;
}

static int read_args(struct show *s, int argc, char **argv)
{
	struct cli_args args = {.argc = argc,
				.argv = argv,
				.options = option_table,
				.at = 1};
	int got, code;

	while ((got = cli_next(&args)) != CLI_DONE) {
		if (got == CLI_ERROR)
			return 2;
		if (got == CLI_WORD && s->board)
			return usage("one board at a time, not also", args.value);
		if (got == CLI_WORD) {
			s->board = args.value;
			continue;
		}
		code = set_option(s, (enum option_id)got, args.value);
		if (code != 0)
			return code;
	}
	if (s->board)
		return 0;
	fputs("azdeck: show: which board? `azdeck boards` lists them\n", stderr);
	return 2;
}

/* With --query: the expression over the rows, as JSON. */
static int put_query(struct show *s, const struct board *board, struct strbuf *out)
{
	struct json_limits limits = json_wire;
	struct query_env env = {.now_ms = clock_wall_ms(&s->clock)};
	struct query_value value;
	struct query_error qe;
	struct strbuf rows;
	struct arena arena;
	struct err err;
	cJSON *root;
	int code = 0;

	strbuf_init(&rows, OUTPUT_MAX);
	board_rows_json(board, &rows);
	limits.max_bytes = OUTPUT_MAX;
	root = json_parse(strbuf_str(&rows), &limits, NULL, &err);
	strbuf_fini(&rows);
	if (!root)
		return cli_fail(&err);
	arena_init(&arena);
	env.arena = &arena;
	if (query_eval(s->query, root, &env, &value, &qe)) {
		query_print_pretty(out, &value);
		strbuf_putc(out, '\n');
	} else {
		code = cli_fail_query("show: --query", s->expression, &qe);
	}
	arena_fini(&arena);
	cJSON_Delete(root);
	return code;
}

/* Prints the board; the exit code. Marks go to stderr, so that a pipe has rows
 * only and a person still knows. */
static int show_rows(struct show *s, const struct board *board)
{
	struct strbuf out;
	int code = 0;

	if (board->is_stale && board->n_rows == 0) {
		s->is_over = true;
		return cli_fail(&board->err);
	}
	strbuf_init(&out, OUTPUT_MAX);
	if (s->query)
		code = put_query(s, board, &out);
	else
		print_board(&out, board, s->format, clock_wall_ms(&s->clock),
			    isatty(STDOUT_FILENO) && !env_get("NO_COLOR"));
	s->is_over = code != 0 || !cli_write(&out, &code);
	strbuf_fini(&out);
	if (board->is_stale || board->is_partial)
		fprintf(stderr, "azdeck: %s: %s: %s\n", board->def->name,
			board->is_stale ? "stale" : "partial", board->err.text);
	if (board->note && board->n_rows == 0)
		fprintf(stderr, "azdeck: %s: %s\n", board->def->name, board->note);
	if (code == 0 && s->is_check && board->worst == SEV_CRIT)
		code = 1;
	return code;
}

static int show_board(struct show *s, struct board *board)
{
	struct board *part =
		s->workload ? workload_board(s->workload, board) : board_get(board);
	int code = show_rows(s, part);

	board_put(part);
	return code;
}

/* Until the worker has news or the time is up (-1: never). Who only watches is not
 * kept waiting by a reader that has left: false. */
static bool wait_ms(struct show *s, bool for_news, int ms)
{
	struct pollfd fds[] = {{.fd = STDOUT_FILENO},
			       {.fd = s->wake.read_fd, .events = POLLIN}};

	poll(fds, for_news ? 2 : 1, ms);
	if (!(fds[0].revents & POLLERR) || s->watch_s <= 0)
		return true;
	s->is_over = true;
	return false;
}

/* Boards about others bring those along. */
static bool is_awaited(const struct show *s, const struct news *news)
{
	return news->mail.kind == NEWS_BOARD && !news->board->is_loading &&
	       !news->board->is_filling && strcmp(news->board->def->name, s->board) == 0;
}

/* Waits for the next version of the board, or a problem; NULL with err, or without
 * one when it is over. */
static struct board *next_board(struct show *s, struct err *err)
{
	struct board *board = NULL;

	err_clear(err);
	while (!board && err->code == ERR_NONE && wait_ms(s, true, -1)) {
		struct mail *mail;

		wake_fd_clear(&s->wake);
		for (mail = worker_news(s->worker); mail;) {
			struct mail *next = mail->next;
			struct news *news = (struct news *)mail;

			if (mail->kind == NEWS_PROBLEM)
				*err = news->err;
			if (is_awaited(s, news)) {
				board_put(board);
				board = news_take_board(news);
			}
			mail->free(mail);
			mail = next;
		}
	}
	return board;
}

static int run_worker(struct show *s, const struct worker_options *options)
{
	struct err err;
	int code = 0;

	if (!wake_fd_init(&s->wake)) {
		err_set(&err, ERR_INTERNAL, "cannot make a pipe");
		return cli_fail(&err);
	}
	s->worker = worker_start(options, wake_fd_raise, &s->wake, &err);
	if (!s->worker)
		return cli_fail(&err);
	worker_want(s->worker, &s->board, 1);
	do {
		struct board *board = next_board(s, &err);

		if (board)
			code = show_board(s, board);
		else if (err.code != ERR_NONE)
			code = cli_fail(&err);
		s->is_over |= !board || s->watch_s <= 0;
		board_put(board);
		if (!s->is_over)
			wait_ms(s, false, (int)(s->watch_s * 1000));
	} while (!s->is_over);
	worker_stop(s->worker);
	wake_fd_fini(&s->wake);
	return code;
}

/* The passphrase of the key is asked for here: the worker cannot. */
static int run_unlocked(struct show *s, struct worker_options *options)
{
	struct keychain keychain;
	struct err err;
	int code;

	if (s->is_demo)
		return run_worker(s, options);
	keychain_init(&keychain);
	options->keychain = &keychain;
	if (cli_unlock(&keychain, &err))
		code = run_worker(s, options);
	else
		code = cli_fail(&err);
	keychain_fini(&keychain);
	return code;
}

static bool find_workload(struct show *s, const char *config_path, struct err *err)
{
	const struct workload *list = workloads_demo;
	size_t n = n_workloads_demo;

	if (!s->workload_name)
		return true;
	if (!s->is_demo) {
		s->config_held = config_load(config_path, err);
		if (!s->config_held)
			return false;
		list = s->config_held->workloads;
		n = s->config_held->n_workloads;
	}
	for (size_t i = 0; i < n; i++) {
		if (str_eq_nocase(str_from(s->workload_name), str_from(list[i].name)))
			s->workload = &list[i];
	}
	return s->workload
		       ? true
		       : err_set(err, ERR_NOT_FOUND,
				 "there is no workload \"%.60s\" in the configuration",
				 s->workload_name);
}

static int run_show(struct show *s)
{
	struct library *lib = cli_library(s->config);
	struct worker_options options = {.library = lib,
					 .clock = &s->clock,
					 .is_demo = s->is_demo,
					 .asks_once = true,
					 .seed = s->world.seed,
					 .speed = s->world.speed,
					 .faults = s->world.faults,
					 .n_faults = s->world.n_faults};
	struct strbuf path;
	struct err err;
	int code;

	strbuf_init(&path, 4096);
	config_put_path(&path, s->config);
	options.config_path = path.p;
	if (!cli_find_board(lib, s->board, &err)) {
		code = cli_fail(&err);
	} else if (!s->is_demo && access(options.config_path, R_OK) != 0) {
		err_set(&err, ERR_CONFIG,
			"there is no configuration (%s); azdeck on a terminal offers to "
			"write one, or use --demo",
			options.config_path);
		code = cli_fail(&err);
	} else if (!find_workload(s, options.config_path, &err)) {
		code = cli_fail(&err);
	} else {
		code = run_unlocked(s, &options);
	}
	config_free(s->config_held);
	strbuf_fini(&path);
	library_free(lib);
	return code;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct show s = {.world = CLI_WORLD_DEFAULT};
	int code = read_args(&s, argc, argv);

	(void)clock;
	if (code == 0) {
		if (s.is_demo)
			cli_world_clock(&s.world, &s.clock);
		else
			clock_init_real(&s.clock);
		code = run_show(&s);
	}
	query_free(s.query);
	return code;
}

const struct cli_command cli_show_command = {
	.name = "show",
	.usage = "BOARD [-o FORMAT] [--query JMESPATH] [--watch SECONDS] [--check] "
		 "[--workload NAME] [--demo]",
	.help = "a board's rows, once or again and again",
	.options = option_table,
	.run = run,
};
