/* The logs pane: what is shouting, what is new in it, which tables grew, and what is not
 * heard of any more. The workspaces count; no line is kept for it. Thread: ui. */
#include <math.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "tui/app_part.h"
#include "tui/pane/pane.h"
#include "tui/pane/read.h"
#include "tui/widget/spark.h"

enum { TREND_MOST = 32, STRIP_W = 24 };

static const struct slot storm_slots[] = {
	{.column = "container", .max = 24, .takes_rest = true},
	{.column = "state", .title = "STATE", .max = 8},
	{.column = "trend", .title = "30 MIN", .kind = SLOT_SPARK, .w = 6, .from_w = 40},
	{.column = "lines", .title = "ERRORS", .max = 8},
	{.column = "rate", .title = "A MIN", .max = 8, .from_w = 56},
	{.column = "warnings", .title = "WARN", .max = 6, .from_w = 48},
	{.column = "before", .title = "BEFORE", .max = 7, .from_w = 64},
	{.column = "namespace", .title = "NAMESPACE", .max = 16, .from_w = 72},
	{.column = "workspace", .title = "WORKSPACE", .max = 36, .from_w = 150},
};

static const struct slot pattern_slots[] = {
	{.column = "like", .max = 90, .takes_rest = true},
	{.column = "state", .title = "STATE", .max = 6},
	{.column = "lines", .title = "LINES", .max = 7},
	{.column = "before", .title = "BEFORE", .max = 7, .from_w = 76},
	{.column = "container", .title = "CONTAINER", .max = 16, .from_w = 50},
	{.column = "level", .title = "LEVEL", .max = 8, .from_w = 66},
};

static const struct slot silence_slots[] = {
	{.column = "subject", .max = 28, .takes_rest = true},
	{.column = "state", .title = "STATE", .max = 7},
	{.column = "pods", .title = "PODS", .max = 4},
	{.column = "cluster", .title = "CLUSTER", .max = 18, .from_w = 60},
	{.column = "why", .title = "WHY", .max = 60, .from_w = 84},
};

static const struct slot table_slots[] = {
	{.column = "table", .max = 24, .takes_rest = true},
	{.column = "jump", .title = "JUMP", .max = 6},
	{.column = "a_day", .title = "A DAY", .max = 8},
	{.column = "yesterday", .title = "YESTERDAY", .max = 9, .from_w = 60},
	{.column = "week", .title = "7 DAYS", .kind = SLOT_SPARK, .w = 7, .from_w = 48},
	{.column = "cost", .title = "COST/DAY", .max = 9, .from_w = 54},
	{.column = "workspace", .title = "WORKSPACE", .max = 18, .from_w = 72},
};

static const struct slot workspace_slots[] = {
	{.column = "name", .max = 24, .takes_rest = true},
	{.column = "state", .title = "STATE", .max = 10},
	{.column = "used_pct", .title = "OF CAP", .max = 6},
	{.column = "today", .title = "TODAY", .max = 8, .from_w = 48},
	{.column = "a_day", .title = "A DAY", .max = 8, .from_w = 56},
	{.column = "week", .title = "7 DAYS", .kind = SLOT_SPARK, .w = 7, .from_w = 64},
	{.column = "cost", .title = "COST/DAY", .max = 9, .from_w = 72},
};

static const struct section sections[] = {
	{.board = "log-storms",
	 .title = "CONTAINER",
	 .empty = "no container wrote an error or a warning in the last half hour",
	 .share = 3,
	 SLOTS(storm_slots)},
	{.board = "log-patterns",
	 .title = "LINES LIKE",
	 .empty = "no error and no warning in the last half hour",
	 .share = 3,
	 .min_h = 7,
	 .is_aside = true,
	 SLOTS(pattern_slots)},
	{.board = "log-silence",
	 .title = "NOT HEARD OF",
	 .empty = "something has come of every pod that runs",
	 .share = 1,
	 .min_h = 8,
	 .is_aside = true,
	 SLOTS(silence_slots)},
	{.board = "log-workspaces",
	 .title = "WORKSPACE",
	 .empty = "no Log Analytics workspace",
	 .share = 1,
	 .min_h = 12,
	 SLOTS(workspace_slots)},
	{.board = "log-tables",
	 .title = "TABLE",
	 .empty = "no table takes anything in",
	 .share = 2,
	 .min_h = 12,
	 SLOTS(table_slots)},
};

static unsigned count_worse(const struct board *board, enum severity least)
{
	unsigned n = 0;

	for (int sev = (int)least; board && sev <= SEV_CRIT; sev++)
		n += board->by_sev[sev];
	return n;
}

static size_t figures(struct app *app, struct figure *out, size_t max)
{
	const struct board *storms = app_board(app, "log-storms");
	const struct board *patterns = app_board(app, "log-patterns");
	const struct board *silence = app_board(app, "log-silence");
	const struct board *tables = app_board(app, "log-tables");
	const struct board *workspaces = app_board(app, "log-workspaces");
	struct look look = app_look(app);
	size_t n = 0;

	n = figure_count(out, n, max, read_count(storms, "state", "storm"), "storming",
			 SEV_CRIT);
	n = figure_count(out, n, max, read_count(workspaces, "state", "over cap"),
			 "over cap", SEV_CRIT);
	n = figure_count(out, n, max, read_count(storms, "state", "rising"), "rising",
			 SEV_WARN);
	n = figure_count(out, n, max, read_count(silence, "state", "cut off"), "cut off",
			 SEV_WARN);
	n = figure_add(out, n, max, &look, storms, "rate", read_sum(storms, "rate"),
		       "errors a minute");
	n = figure_count(out, n, max, read_count(patterns, "state", "new"), "new",
			 SEV_INFO);
	n = figure_count(out, n, max, count_worse(tables, SEV_WARN), "tables grew",
			 SEV_WARN);
	return figure_add(out, n, max, &look, storms, "warnings",
			  read_sum(storms, "warnings"), "warnings in 10 min");
}

/* Errors of all containers together, by the widths the board counts in. */
static size_t add_trends(const struct board *storms, float sum[TREND_MOST])
{
	size_t n = 0;

	for (size_t i = 0; storms && i < storms->n_rows; i++) {
		const struct cell *cell = read_cell(storms, i, "trend");

		for (size_t k = 0; cell && k < cell->series_n && k < TREND_MOST; k++) {
			if (k >= n)
				sum[n++] = 0;
			sum[k] += cell->series[k];
		}
	}
	return n;
}

static bool strip(struct app *app, const struct look *look, struct surface *s)
{
	float sum[TREND_MOST], wide[STRIP_W];
	size_t n = add_trends(app_board(app, "log-storms"), sum);
	struct series series = {.p = wide, .n = STRIP_W, .low = 0, .high = NAN};

	if (n == 0 || surface_w(s) < STRIP_W + 30)
		return false;
	for (size_t i = 0; i < STRIP_W; i++)
		wide[i] = sum[i * n / STRIP_W];
	spark_put(look, s, 0, 0, STRIP_W, ROLE_SPARK, &series);
	surface_puts(s, STRIP_W + 1, 0, ROLE_DIM, "errors, half an hour");
	return true;
}

const struct pane_ops pane_logs = {
	.name = "logs",
	.title = "Logs",
	.tab = "Logs",
	.sections = sections,
	.n_sections = COUNT(sections),
	.flat_from_w = 110,
	.left_most = 84, /* lines are long, names of containers are not */
	.figures = figures,
	.strip = strip,
	.open = app_open_logs_of,
};
