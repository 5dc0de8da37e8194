/* See show.h. It runs the same worker as the deck, wants one board, and prints
 * what it gets: the code path that scripts rely on is the one people look at. */
#include "cli/show.h"

#include <stdio.h>

#include "base/when.h"
#include "board/workload.h"
#include "cli/boards.h"
#include "cli/headless.h"
#include "cli/history.h"
#include "cli/rows.h"

enum { MAX_WATCH_S = 7 * 86400 };

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
	struct headless headless;
};

static bool set_watch(const char *value, struct err *err, void *to)
{
	struct show *s = to;

	(void)err;
	return str_to_f64(str_from(value), &s->watch_s) && s->watch_s > 0 &&
	       s->watch_s <= MAX_WATCH_S;
}

static const struct cli_option option_table[] = {
	ROWS_OPTION_OUTPUT(struct show),
	ROWS_OPTION_QUERY(struct show),
	{"--watch", "SECONDS", "print again, at most this often, when it changes",
	 .set = set_watch},
	{"--check", NULL, "exit 1 when a row is critical",
	 CLI_INTO(struct show, rows.is_check)},
	{"--workload", "NAME", "rows of this workload only",
	 CLI_INTO(struct show, workload_name)},
	{"--demo", NULL, "from the embedded, simulated Azure",
	 CLI_INTO(struct show, is_demo)},
	CLI_OPTION_SEED(struct show),
	CLI_OPTION_SPEED(struct show),
	{"--at", "TIME",
	 "as it was then, out of the history; with --demo, the simulated clock starts "
	 "then",
	 CLI_INTO(struct show, at)},
	CLI_OPTION_FAULT(struct show),
	CLI_OPTION_CONFIG(struct show, config),
	{.name = NULL},
};

static int read_args(struct show *s, int argc, char **argv)
{
	int code = cli_walk(&cli_show_command, argc, argv, s);
	struct err err;

	if (code != 0)
		return code;
	if (s->is_demo && s->at && !cli_world_set_at(s->at, &err, &s->world))
		return cli_wrong_value("show", "--at", s->at);
	if (s->board)
		return rows_compile(&s->rows);
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

static int run_worker(struct show *s)
{
	struct err err;
	int code = 0;

	if (!headless_start(&s->headless, &err))
		return cli_fail(&err);
	worker_want(s->headless.worker, &s->board, 1);
	do {
		struct board *board = headless_board(&s->headless, s->board, &err);

		if (board)
			code = show_board(s, board);
		else if (err.code != ERR_NONE)
			code = cli_fail(&err);
		s->rows.is_over |= !board || s->watch_s <= 0;
		board_put(board);
		if (!s->rows.is_over)
			s->rows.is_over =
				!headless_pause(&s->headless, (int)(s->watch_s * 1000));
	} while (!s->rows.is_over);
	return code;
}

static bool find_workload(struct show *s, struct err *err)
{
	const struct config *config;

	if (!s->workload_name)
		return true;
	if (!headless_read_config(&s->headless, err))
		return false;
	config = s->headless.config;
	for (size_t i = 0; i < config->n_workloads; i++) {
		const struct workload *one = &config->workloads[i];

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
	struct clock *clock = &s->headless.clock;
	int64_t now_ms = clock_wall_ms(clock), at_ms;
	struct board *board;
	struct err err;
	int code;

	if (!when_parse(str_from(s->at), now_ms, now_ms, &at_ms))
		return cli_usage("show", "a time is " WHEN_FORMS ", not", s->at);
	board = cli_board_at(def, at_ms, &err);
	if (!board)
		return cli_fail(&err);
	clock_init_manual(clock, at_ms);
	code = show_board(s, board);
	board_put(board);
	return code;
}

static int run_show(struct show *s)
{
	const struct headless_options options = {.config = s->config,
						 .is_demo = s->is_demo,
						 .world = &s->world,
						 .needs_reader = s->watch_s > 0};
	const struct board_def *def;
	struct err err;
	int code;

	headless_init(&s->headless, &options);
	s->rows.clock = &s->headless.clock;
	def = cli_find_board(s->headless.library, s->board, &err);
	if (!def || !find_workload(s, &err))
		code = cli_fail(&err);
	else if (s->at && !s->is_demo)
		code = show_past(s, def);
	else
		code = run_worker(s);
	headless_fini(&s->headless);
	return code;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct show s = {.world = CLI_WORLD_DEFAULT, .rows = {.command = "show"}};
	int code = read_args(&s, argc, argv);

	(void)clock;
	if (code == 0)
		code = run_show(&s);
	query_free(s.rows.query);
	return code;
}

const struct cli_command cli_show_command = {
	.name = "show",
	.usage = "BOARD [OPTION...]",
	.help = "a board's rows, once or again and again",
	.options = option_table,
	.words = {.slots = {CLI_SLOT(struct show, board)},
		  .n_slots = 1,
		  .extra = "one board at a time, not also"},
	.run = run,
};
