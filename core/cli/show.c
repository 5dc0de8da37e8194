/* See show.h. It runs the same worker as the deck, wants one board, and prints
 * what it gets: the code path that scripts rely on is the one people look at. */
#include "cli/show.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/keychain.h"
#include "base/when.h"
#include "board/workload.h"
#include "cli/boards.h"
#include "cli/history.h"
#include "cli/prompt.h"
#include "cli/rows.h"
#include "cli/world.h"
#include "config/config.h"
#include "worker/worker.h"

enum { MAX_WATCH_S = 7 * 86400 };

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
	[OPT_AT] = {"--at", "TIME",
		    "as it was then, out of the history; with --demo, the simulated "
		    "clock starts then"},
	[OPT_FAULT] = CLI_OPTION_FAULT,
	[OPT_CONFIG] = {"--config", "FILE", "use this configuration"},
	{NULL, NULL, NULL},
};

struct show {
	const char *board;
	const char *config;
	struct rows rows;
	const char *at; /* --at, as typed; NULL: now */
	double watch_s; /* 0: once */
	bool is_demo;
	struct cli_world world;
	const char *workload_name;
	const struct workload *workload; /* NULL: every row */
	struct config *config_held;	 /* what that is in */
	/* running */
	struct clock clock;
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

static int set_option(struct show *s, enum option_id id, const char *value)
{
	switch (id) {
	case OPT_OUTPUT:
		return print_format_find(str_from(value), &s->rows.format)
			       ? 0
			       : usage("there is no format", value);
	case OPT_QUERY:
		return rows_set_query(&s->rows, value);
	case OPT_WATCH:
		return str_to_f64(str_from(value), &s->watch_s) && s->watch_s > 0 &&
				       s->watch_s <= MAX_WATCH_S
			       ? 0
			       : usage("--watch cannot be", value);
	case OPT_WORKLOAD:
		s->workload_name = value;
		return 0;
	case OPT_CHECK:
		s->rows.is_check = true;
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
		s->at = value;
		return 0;
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

static int show_board(struct show *s, struct board *board)
{
	struct board *part =
		s->workload ? workload_board(s->workload, board) : board_get(board);
	int code = rows_print(&s->rows, part);

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
	s->rows.is_over = true;
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
			else if (mail->kind == NEWS_NOTE)
				fprintf(stderr, "azdeck: %s\n", news->err.text);
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

/* Rows were printed, and all is well with them; what could not be kept is said. */
static void finish_worker(struct show *s)
{
	struct mail *mail, *next;

	worker_finish(s->worker);
	for (mail = worker_news(s->worker); mail; mail = next) {
		next = mail->next;
		if (mail->kind == NEWS_NOTE)
			fprintf(stderr, "azdeck: %s\n",
				((const struct news *)mail)->err.text);
		mail->free(mail);
	}
	worker_stop(s->worker);
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
		s->rows.is_over |= !board || s->watch_s <= 0;
		board_put(board);
		if (!s->rows.is_over)
			wait_ms(s, false, (int)(s->watch_s * 1000));
	} while (!s->rows.is_over);
	finish_worker(s);
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
	if (!s->workload_name)
		return true;
	s->config_held = s->is_demo ? config_demo() : config_load(config_path, err);
	if (!s->config_held)
		return false;
	for (size_t i = 0; i < s->config_held->n_workloads; i++) {
		const struct workload *one = &s->config_held->workloads[i];

		if (str_eq_nocase(str_from(s->workload_name), str_from(one->name)))
			s->workload = one;
	}
	return s->workload
		       ? true
		       : err_set(err, ERR_NOT_FOUND,
				 "there is no workload \"%.60s\" in the configuration",
				 s->workload_name);
}

/* Out of the history, which somebody has to have kept. */
static int show_past(struct show *s, const struct board_def *def)
{
	int64_t now_ms = clock_wall_ms(&s->clock), at_ms;
	struct board *board;
	struct err err;
	int code;

	if (!when_parse(str_from(s->at), now_ms, now_ms, &at_ms))
		return usage("a time is " WHEN_FORMS ", not", s->at);
	board = cli_board_at(def, at_ms, &err);
	if (!board)
		return cli_fail(&err);
	clock_init_manual(&s->clock, at_ms);
	code = show_board(s, board);
	board_put(board);
	return code;
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
	} else if (s->at && !s->is_demo) {
		code = find_workload(s, options.config_path, &err)
			       ? show_past(s, library_find(lib, str_from(s->board)))
			       : cli_fail(&err);
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
	struct show s = {.world = CLI_WORLD_DEFAULT, .rows = {.command = "show"}};
	int code = read_args(&s, argc, argv);

	(void)clock;
	s.rows.clock = &s.clock;
	if (code == 0 && s.is_demo && s.at && !cli_world_set_at(&s.world, s.at))
		code = usage("--at cannot be", s.at);
	if (code == 0) {
		if (s.is_demo)
			cli_world_clock(&s.world, &s.clock);
		else
			clock_init_real(&s.clock);
		code = run_show(&s);
	}
	query_free(s.rows.query);
	return code;
}

const struct cli_command cli_show_command = {
	.name = "show",
	.usage = "BOARD [-o FORMAT] [--query JMESPATH] [--watch SECONDS] [--check] "
		 "[--workload NAME] [--at TIME] [--demo]",
	.help = "a board's rows, once or again and again",
	.options = option_table,
	.run = run,
};
