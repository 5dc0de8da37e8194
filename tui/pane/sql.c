/* The SQL pane: which databases are in trouble, how hard they work, what limits them, what
 * is being scaled, and what is not as its business hours say. Thread: ui. */
#include <math.h>

#include "base/count.h"
#include "tui/app_part.h"
#include "tui/pane/pane.h"
#include "tui/pane/read.h"
#include "tui/pane/sql_hours.h"

static const struct slot database_slots[] = {
	{.column = "name", .max = 28, .takes_rest = true},
	{.column = "status", .title = "STATE", .max = 12},
	{.column = "cpu", .title = "", .kind = SLOT_SPARK, .w = 8, .from_w = 52},
	{.column = "cpu", .title = "CPU", .max = 5},
	{.column = "log", .title = "LOG", .max = 5, .from_w = 74},
	{.column = "storage", .title = "", .kind = SLOT_GAUGE, .w = 8, .from_w = 110},
	{.column = "storage", .title = "DISK", .max = 5, .from_w = 58},
	{.column = "size", .title = "SIZE", .max = 12, .from_w = 66},
	{.column = "limit", .title = "LIMIT", .max = 7, .from_w = 80},
	{.column = "limited", .title = "FOR", .max = 6, .from_w = 90},
	{.column = "server", .title = "SERVER", .max = 18, .from_w = 112},
	{.column = "workers", .title = "WORKERS", .max = 7, .from_w = 104},
};

static const struct slot schedule_slots[] = {
	{.column = "name", .max = 28, .takes_rest = true},
	{.column = "drift", .title = "DRIFT", .max = 11},
	{.column = "size", .title = "IS", .max = 16},
	{.column = "want", .title = "WANTED", .max = 16},
	{.column = "since", .title = "SINCE", .max = 6, .from_w = 60},
	{.column = "hourly", .title = "AN HOUR", .max = 8, .from_w = 70},
	{.column = "next", .title = "NEXT", .max = 8, .from_w = 78},
	{.column = "then", .title = "THEN", .max = 16, .from_w = 96},
	{.column = "missed", .title = "MISSED", .max = 40, .from_w = 150},
};

static const struct slot replica_slots[] = {
	{.column = "database", .max = 24, .takes_rest = true},
	{.column = "use", .title = "FOR", .max = 8},
	{.column = "state", .title = "STATE", .max = 10},
	{.column = "lag", .title = "", .kind = SLOT_SPARK, .w = 8},
	{.column = "lag", .title = "LAG", .max = 6},
	{.column = "server", .title = "SERVER", .max = 20},
};

static const struct slot load_slots[] = {
	{.column = "name", .max = 20, .takes_rest = true},
	{.column = "limit", .title = "LIMIT", .max = 7},
	{.column = "cpu", .title = "CPU, 12 H", .kind = SLOT_SPARK, .w = 12},
	{.column = "log", .title = "LOG IO", .kind = SLOT_SPARK, .w = 12},
	{.column = "workers", .title = "WORKERS", .kind = SLOT_SPARK, .w = 12},
	{.column = "storage", .title = "DISK", .kind = SLOT_SPARK, .w = 12},
};

static const struct slot advice_slots[] = {
	{.column = "name", .max = 20, .takes_rest = true},
	{.column = "verdict", .title = "ADVICE", .max = 16},
	{.column = "to", .title = "TO", .max = 11},
	{.column = "monthly", .title = "A MONTH", .max = 8},
	{.column = "what",
	 .title = "WHEN OR WHY",
	 .max = 60,
	 .from_w = 78,
	 .takes_rest = true},
};

static const struct slot change_slots[] = {
	{.column = "name", .max = 28, .takes_rest = true},
	{.column = "state", .title = "STATE", .max = 10},
	{.column = "from", .title = "FROM", .max = 11},
	{.column = "to", .title = "TO", .max = 11},
	{.column = "elapsed", .title = "FOR", .max = 6},
	{.column = "usual", .title = "USUALLY", .max = 7, .from_w = 70},
	{.column = "progress", .title = "", .kind = SLOT_GAUGE, .w = 8, .from_w = 80},
};

static const struct slot operation_slots[] = {
	{.column = "database", .max = 28, .takes_rest = true},
	{.column = "state", .title = "STATE", .max = 10},
	{.column = "operation", .title = "OPERATION", .max = 20},
	{.column = "started", .title = "BEGAN", .max = 6},
	{.column = "error", .title = "ERROR", .max = 40, .from_w = 90},
};

static const struct slot pool_slots[] = {
	{.column = "name", .max = 28, .takes_rest = true},
	{.column = "status", .title = "STATE", .max = 10},
	{.column = "state", .title = "STATE", .max = 10},
	{.column = "cpu", .title = "", .kind = SLOT_SPARK, .w = 8, .from_w = 52},
	{.column = "cpu", .title = "CPU", .max = 5},
	{.column = "storage", .title = "DISK", .max = 5, .from_w = 58},
	{.column = "size", .title = "SIZE", .max = 12, .from_w = 66},
	{.column = "databases", .title = "DATABASES", .max = 9, .from_w = 84},
};

static const struct section sections[] = {
	{.board = "sql",
	 .title = "DATABASE",
	 .empty = "no SQL database in these subscriptions",
	 .share = 4,
	 SLOTS(database_slots)},
	{.board = "sql-schedules",
	 .title = "SCHEDULE",
	 .empty = "nothing here has business hours",
	 .share = 2,
	 .min_h = 12,
	 SLOTS(schedule_slots)},
	{.title = "TODAY",
	 .share = 2,
	 .least = 3,
	 .min_w = 64,
	 .is_rich = true,
	 .lines = sql_hours_lines,
	 .draw = sql_hours_draw},
	{.board = "sql-pools",
	 .title = "ELASTIC POOL",
	 .empty = "no elastic pool",
	 .share = 1,
	 .min_h = 20,
	 SLOTS(pool_slots)},
	{.board = "sql-changes",
	 .title = "CHANGE",
	 .empty = "nothing is being scaled or restored",
	 .share = 1,
	 .min_h = 24,
	 SLOTS(change_slots)},
	{.board = "sql-operations",
	 .title = "OPERATION",
	 .empty = "nothing was done in the last day",
	 .share = 1,
	 .min_h = 28,
	 SLOTS(operation_slots)},
	{.board = "sql-advice",
	 .title = "ADVICE",
	 .empty = "no database to advise on",
	 .share = 2,
	 .min_h = 30,
	 .is_aside = true,
	 .is_rich = true,
	 SLOTS(advice_slots)},
	{.board = "sql-load",
	 .title = "BY THE HOUR",
	 .empty = "nothing is known of the past",
	 .share = 2,
	 .min_h = 44,
	 .is_aside = true,
	 .is_rich = true,
	 SLOTS(load_slots)},
	{.board = "sql-replicas",
	 .title = "REPLICA",
	 .empty = "no database has a replica",
	 .share = 2,
	 .min_h = 36,
	 .is_aside = true,
	 .is_rich = true,
	 SLOTS(replica_slots)},
};

/* What the drifts cost together, those that save nothing back. */
static size_t add_drift(struct app *app, struct figure *out, size_t n, size_t max)
{
	const struct board *board = app_board(app, "sql-schedules");
	double hourly = 0;

	for (size_t i = 0; board && i < board->n_rows; i++) {
		double one = read_number(board, i, "hourly");

		if (!isnan(one) && one > 0)
			hourly += one;
	}
	if (hourly > 0) {
		struct look look = app_look(app);

		return figure_add(out, n, max, &look, board, "hourly", hourly,
				  "an hour by drift");
	}
	return n;
}

/* The edge that comes first. */
static size_t add_next(struct app *app, struct figure *out, size_t n, size_t max)
{
	const struct board *board = app_board(app, "sql-schedules");
	struct look look = app_look(app);
	double next = NAN;

	for (size_t i = 0; board && i < board->n_rows; i++)
		next = fmin(next, read_number(board, i, "next"));
	return figure_add(out, n, max, &look, board, "next", next, "next edge");
}

static size_t figures(struct app *app, struct figure *out, size_t max)
{
	const struct board *sql = app_board(app, "sql");
	unsigned scaling = read_count(sql, "status", "scaling");
	size_t n = 0;

	if (!sql || sql->n_rows == 0)
		return 0;
	n = figure_count(out, n, max, sql->by_sev[SEV_CRIT], "critical", SEV_CRIT);
	n = add_drift(app, out, n, max);
	n = figure_count(out, n, max, sql->by_sev[SEV_WARN], "warning", SEV_WARN);
	n = figure_count(out, n, max, (unsigned)sql->n_rows, "databases", SEV_NONE);
	n = figure_count(out, n, max, read_count(sql, "status", "paused"), "paused",
			 SEV_NONE);
	n = figure_count(out, n, max, scaling,
			 app_look(app).is_ascii ? "^v scaling" : "⇅ scaling", SEV_NONE);
	return add_next(app, out, n, max);
}

const struct pane_ops pane_sql = {
	.name = "sql",
	.title = "SQL",
	.tab = "SQL",
	.sections = sections,
	.n_sections = COUNT(sections),
	.figures = figures,
};
