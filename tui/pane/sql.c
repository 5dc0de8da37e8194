/* The SQL pane: which databases are in trouble, how hard they work, what is being
 * scaled. Thread: ui. */
#include <math.h>

#include "base/count.h"
#include "tui/app_part.h"
#include "tui/pane/pane.h"
#include "tui/pane/read.h"

#define SLOTS(table) .slots = (table), .n_slots = sizeof(table) / sizeof((table)[0])

static const struct slot database_slots[] = {
	{.column = "name", .max = 28, .takes_rest = true},
	{.column = "status", .title = "STATE", .max = 10},
	{.column = "cpu", .title = "", .kind = SLOT_SPARK, .w = 8, .from_w = 52},
	{.column = "cpu", .title = "CPU", .max = 5},
	{.column = "log", .title = "LOG", .max = 5, .from_w = 74},
	{.column = "storage", .title = "", .kind = SLOT_GAUGE, .w = 8, .from_w = 110},
	{.column = "storage", .title = "DISK", .max = 5, .from_w = 58},
	{.column = "size", .title = "SIZE", .max = 12, .from_w = 66},
	{.column = "server", .title = "SERVER", .max = 18, .from_w = 84},
	{.column = "workers", .title = "WORKERS", .max = 7, .from_w = 104},
};

static const struct slot operation_slots[] = {
	{.column = "database", .max = 28, .takes_rest = true},
	{.column = "name", .max = 28},
	{.column = "operation", .title = "SCALING", .max = 26},
	{.column = "state", .title = "STATE", .max = 12},
	{.column = "progress", .title = "", .kind = SLOT_GAUGE, .w = 8, .from_w = 60},
	{.column = "progress", .title = "DONE", .max = 5},
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
	{.board = "sql-pools",
	 .title = "ELASTIC POOL",
	 .empty = "no elastic pool",
	 .share = 1,
	 .min_h = 14,
	 SLOTS(pool_slots)},
	{.board = "sql-operations",
	 .title = "CHANGE",
	 .empty = "nothing is being scaled or restored",
	 .share = 1,
	 .min_h = 18,
	 SLOTS(operation_slots)},
};

static size_t figures(struct app *app, struct figure *out, size_t max)
{
	const struct board *sql = app_board(app, "sql");
	unsigned scaling = read_count(sql, "status", "scaling");
	size_t n = 0;

	if (!sql || sql->n_rows == 0)
		return 0;
	n = figure_count(out, n, max, (unsigned)sql->n_rows, "databases", SEV_NONE);
	n = figure_count(out, n, max, sql->by_sev[SEV_CRIT], "critical", SEV_CRIT);
	n = figure_count(out, n, max, sql->by_sev[SEV_WARN], "warning", SEV_WARN);
	n = figure_count(out, n, max, read_count(sql, "status", "paused"), "paused",
			 SEV_NONE);
	return figure_count(out, n, max, scaling,
			    app_look(app).is_ascii ? "^v scaling" : "⇅ scaling",
			    SEV_NONE);
}

const struct pane_ops pane_sql = {
	.name = "sql",
	.title = "SQL",
	.tab = "SQL",
	.sections = sections,
	.n_sections = COUNT(sections),
	.figures = figures,
};
