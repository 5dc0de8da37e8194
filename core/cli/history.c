/* See history.h. */
#include "cli/history.h"

#include <string.h>

#include "base/timefmt.h"
#include "base/when.h"
#include "board/decode.h"
#include "cli/boards.h"
#include "cli/rows.h"
#include "config/env.h"
#include "store/frames.h"
#include "store/samples.h"
#include "worker/past/past_list.h"

#define DAY_BACK "-24h"

static struct db *open_history(struct err *err)
{
	struct strbuf path;
	struct db *db;

	strbuf_init(&path, 4096);
	env_state_path(&path, "history.db");
	db = db_open_reader(path.p, err);
	if (!db && err->code == ERR_NOT_FOUND)
		err_set(err, ERR_NOT_FOUND,
			"no history is kept (%s); \"history\": {\"keep\": true} in the "
			"configuration keeps one",
			path.p);
	strbuf_fini(&path);
	return db;
}

static void say_nothing_known(struct db *db, const struct board_def *def, struct err *err)
{
	int64_t first_ms, last_ms;
	struct strbuf begins;

	strbuf_init(&begins, 40);
	if (frames_span(db, &first_ms, &last_ms))
		time_format_iso(&begins, first_ms, false);
	err_set(err, ERR_NOT_FOUND,
		"nothing was recorded of %s by then; the history %s%s", def->name,
		begins.n ? "begins at " : "is empty", begins.p);
	strbuf_fini(&begins);
}

struct board *cli_board_at(const struct board_def *def, int64_t at_ms, struct err *err)
{
	struct db *db;
	struct board *board;

	if (def->records >= 0) {
		err_set(err, ERR_NOT_FOUND,
			"no history is kept of %s: its rows say when they were made (%s)",
			def->name, def->columns[def->records].title);
		return NULL;
	}
	db = open_history(err);
	if (!db)
		return NULL;
	board = frames_at(db, def, at_ms);
	if (board)
		samples_give(db, board, at_ms);
	if (!db_is_fine(db, err)) {
		board_put(board);
		board = NULL;
	} else if (!board) {
		say_nothing_known(db, def, err);
	}
	db_close(db);
	return board;
}

struct changes {
	struct rows rows;
	const char *from, *to, *board, *config;
	struct past_span span;
	struct clock clock;
};

static const struct cli_option option_table[] = {
	{"--from", "TIME", "what came after (default " DAY_BACK ")",
	 CLI_INTO(struct changes, from)},
	{"--to", "TIME", "what came until then (default now)",
	 CLI_INTO(struct changes, to)},
	ROWS_OPTION_OUTPUT(struct changes),
	ROWS_OPTION_QUERY(struct changes),
	CLI_OPTION_CONFIG(struct changes, config),
	{.name = NULL},
};

/* Both count from now. */
static int read_span(struct changes *c)
{
	int64_t now_ms = clock_wall_ms(&c->clock);

	if (!when_parse(str_from(c->from), now_ms, now_ms, &c->span.from_ms))
		return cli_usage("changes", "a time is " WHEN_FORMS ", not", c->from);
	if (!when_parse(str_from(c->to), now_ms, now_ms, &c->span.to_ms))
		return cli_usage("changes", "a time is " WHEN_FORMS ", not", c->to);
	if (c->span.from_ms >= c->span.to_ms)
		return cli_usage("changes", "--from is not before --to:", c->from);
	return 0;
}

/* The board of that name over what the history has of the span. */
static struct board *decode(const struct changes *c, struct db *db,
			    const struct library *library, struct err *err)
{
	const struct board_def *def = library_find(library, STR("changes"));
	cJSON *answers = cJSON_CreateObject();
	cJSON *answer = cJSON_AddObjectToObject(answers, "changes");
	struct board *board = NULL;

	cJSON_AddItemToObject(answer, "rows",
			      past_changes(db, library, &c->span,
					   c->board ? c->board : ""));
	if (db_is_fine(db, err) &&
	    board_decode(def, answers, clock_wall_ms(&c->clock), &board, err))
		board->is_loading = false;
	cJSON_Delete(answers);
	return board;
}

static int print_changes(struct changes *c, const struct library *library)
{
	struct board *board;
	struct err err;
	struct db *db;
	int code;

	if (c->board && !cli_find_board(library, c->board, &err))
		return cli_fail(&err);
	db = open_history(&err);
	if (!db)
		return cli_fail(&err);
	board = decode(c, db, library, &err);
	code = board ? rows_print(&c->rows, board) : cli_fail(&err);
	board_put(board);
	db_close(db);
	return code;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct changes c = {.rows = {.command = "changes"},
			    .from = DAY_BACK,
			    .to = "now"};
	struct library *library;
	int code = cli_walk(&cli_changes_command, argc, argv, &c);

	c.clock = *clock;
	c.rows.clock = &c.clock;
	if (code == 0)
		code = rows_compile(&c.rows);
	if (code == 0)
		code = read_span(&c);
	if (code == 0) {
		library = cli_library(c.config);
		code = print_changes(&c, library);
		library_free(library);
	}
	query_free(c.rows.query);
	return code;
}

const struct cli_command cli_changes_command = {
	.name = "changes",
	.usage = "[BOARD] [OPTION...]",
	.help = "what changed on the boards between two moments",
	.options = option_table,
	.words = {.slots = {CLI_SLOT(struct changes, board)},
		  .n_slots = 1,
		  .extra = "one board at a time, not also"},
	.run = run,
};
