/* The disaster recovery pane: could we fail over now, and how much would be lost.
 * Thread: ui. */
#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "tui/app_part.h"
#include "tui/pane/pane.h"
#include "tui/pane/read.h"

#define SLOTS(table) .slots = (table), .n_slots = sizeof(table) / sizeof((table)[0])

static const struct slot item_slots[] = {
	{.column = "name", .max = 28, .takes_rest = true},
	{.column = "health", .title = "HEALTH", .max = 10},
	{.column = "rpo", .title = "RPO", .max = 8},
	{.column = "readiness", .title = "READY", .max = 16, .from_w = 52},
	{.column = "test_state", .title = "DRILL", .max = 16, .from_w = 74},
	{.column = "last_test", .title = "LAST", .max = 8, .from_w = 60},
	{.column = "location", .title = "TO", .max = 14, .from_w = 84},
};

static const struct slot group_slots[] = {
	{.column = "name", .max = 28, .takes_rest = true},
	{.column = "state", .title = "STATE", .max = 14},
	{.column = "role", .title = "ROLE", .max = 10},
	{.column = "primary", .title = "FROM", .max = 18, .from_w = 56},
	{.column = "secondary", .title = "TO", .max = 18, .from_w = 56},
	{.column = "policy", .title = "POLICY", .max = 10, .from_w = 92},
	{.column = "databases", .title = "DBS", .max = 5, .from_w = 72},
};

static const struct slot plan_slots[] = {
	{.column = "name", .max = 28, .takes_rest = true},
	{.column = "state", .title = "STATE", .max = 14},
	{.column = "last", .title = "LAST", .max = 8},
	{.column = "took", .title = "TOOK", .max = 8},
	{.column = "rto", .title = "RTO", .max = 8, .from_w = 52},
	{.column = "rpo", .title = "RPO", .max = 8, .from_w = 60},
	{.column = "sick", .title = "UNWELL", .max = 6, .from_w = 74},
};

static const struct section sections[] = {
	{.board = "dr-items",
	 .title = "REPLICATED",
	 .empty = "nothing is replicated by a recovery vault",
	 .share = 2,
	 SLOTS(item_slots)},
	{.board = "dr-groups",
	 .title = "FAILOVER GROUP",
	 .empty = "no failover group",
	 .share = 1,
	 .min_h = 6,
	 SLOTS(group_slots)},
	{.board = "dr-plans",
	 .title = "RECOVERY PLAN",
	 .empty = "no recovery plan",
	 .share = 1,
	 .min_h = 12,
	 SLOTS(plan_slots)},
};

static unsigned count_well(const struct board *board)
{
	return board ? board->by_sev[SEV_NONE] + board->by_sev[SEV_OK] +
			       board->by_sev[SEV_INFO]
		     : 0;
}

static size_t ready(struct figure *out, size_t n, size_t max, const struct board *board,
		    const char *label)
{
	unsigned well = count_well(board);

	if (!board || board->n_rows == 0 || n >= max)
		return n;
	out[n] = (struct figure){.label = label};
	out[n].sev = well == board->n_rows ? SEV_NONE : board->worst;
	snprintf(out[n].value, sizeof(out[n].value), "%u/%zu", well, board->n_rows);
	return n + 1;
}

static size_t figures(struct app *app, struct figure *out, size_t max)
{
	const struct board *items = app_board(app, "dr-items");
	struct look look = app_look(app);
	size_t n = 0;

	n = ready(out, n, max, items, "items ready");
	n = ready(out, n, max, app_board(app, "dr-groups"), "groups ready");
	return figure_add(out, n, max, &look, items, "rpo", read_max(items, "rpo"),
			  "worst RPO");
}

const struct pane_ops pane_dr = {
	.name = "dr",
	.title = "Disaster recovery",
	.tab = "DR",
	.sections = sections,
	.n_sections = COUNT(sections),
	.figures = figures,
};
