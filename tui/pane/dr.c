/* The disaster recovery pane: could we fail over now, what would be lost, and how much
 * of what was promised is left. Thread: ui. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "tui/app_part.h"
#include "tui/pane/dr_chart.h"
#include "tui/pane/pane.h"
#include "tui/pane/read.h"

static const struct slot ready_slots[] = {
	{.column = "workload", .max = 8},
	{.column = "check", .title = "CHECK", .max = 14},
	{.column = "subject", .title = "OF", .max = 18},
	{.column = "value",
	 .title = "KNOWN",
	 .max = 44,
	 .from_w = 56,
	 .takes_rest = true},
	{.column = "known", .title = "AS OF", .max = 6, .from_w = 74},
	{.column = "todo", .title = "TO DO", .max = 96, .from_w = 118},
};

static const struct slot group_slots[] = {
	{.column = "name", .max = 24, .takes_rest = true},
	{.column = "state", .title = "STATE", .max = 10},
	{.column = "lag", .title = "LAG", .max = 6},
	{.column = "region", .title = "FROM", .max = 13, .from_w = 60},
	{.column = "other_region", .title = "TO", .max = 13, .from_w = 60},
	{.column = "sides", .title = "SIDES", .max = 13, .from_w = 70},
	{.column = "policy", .title = "POLICY", .max = 10, .from_w = 92},
	{.column = "grace", .title = "GRACE", .max = 6, .from_w = 100},
	{.column = "databases", .title = "DBS", .max = 4, .from_w = 108},
};

static const struct slot slo_slots[] = {
	{.column = "workload", .max = 12},
	{.column = "state", .title = "STATE", .max = 10},
	{.column = "availability", .title = "UP", .max = 8},
	{.column = "left", .title = "LEFT", .max = 11, .from_w = 52},
	{.column = "burn_1h", .title = "BURN 1H", .max = 7, .from_w = 60},
	{.column = "burn_6h", .title = "6H", .max = 5, .from_w = 66},
	{.column = "burn_3d", .title = "3D", .max = 5, .from_w = 72},
	{.column = "coverage", .title = "KNOWN", .max = 6, .from_w = 84},
	{.column = "slo", .title = "SLO", .max = 7, .from_w = 92},
};

static const struct slot drill_slots[] = {
	{.column = "subject", .max = 24, .takes_rest = true},
	{.column = "state", .title = "RESULT", .max = 13},
	{.column = "started", .title = "LAST", .max = 6},
	{.column = "took", .title = "TOOK", .max = 6},
	{.column = "rto", .title = "RTO", .max = 6},
	{.column = "lost", .title = "LOST", .max = 6, .from_w = 66},
	{.column = "rpo", .title = "RPO", .max = 6, .from_w = 66},
	{.column = "cleanup", .title = "CLEAN-UP", .max = 8, .from_w = 76},
	{.column = "step", .title = "FAILED STEP", .max = 30, .from_w = 108},
};

static const struct slot item_slots[] = {
	{.column = "name", .max = 28, .takes_rest = true},
	{.column = "health", .title = "HEALTH", .max = 10},
	{.column = "rpo", .title = "RPO", .max = 8},
	{.column = "rpo_target", .title = "TARGET", .max = 8, .from_w = 66},
	{.column = "readiness", .title = "READY", .max = 16, .from_w = 52},
	{.column = "test_state", .title = "DRILL", .max = 16, .from_w = 74},
	{.column = "last_test", .title = "LAST", .max = 8, .from_w = 60},
	{.column = "target", .title = "TO", .max = 14, .from_w = 84},
};

static const struct section sections[] = {
	{.board = "dr-readiness",
	 .title = "READINESS",
	 .empty = "the configuration names no workload: azdeck-config(5)",
	 .share = 4,
	 SLOTS(ready_slots)},
	{.title = "TO DO",
	 .share = 1,
	 .least = 1,
	 .min_w = 60,
	 .min_h = 16,
	 .lines = dr_todo_lines,
	 .draw = dr_todo_draw},
	{.board = "dr-groups",
	 .title = "FAILOVER GROUP",
	 .empty = "no failover group",
	 .share = 1,
	 .min_h = 8,
	 SLOTS(group_slots)},
	{.board = "slo",
	 .rows = "source:combined",
	 .title = "ERROR BUDGET",
	 .empty = "the configuration names no workload: azdeck-config(5)",
	 .share = 1,
	 .min_h = 12,
	 SLOTS(slo_slots)},
	{.title = "ERROR BUDGET",
	 .share = 3,
	 .least = 4,
	 .min_w = 64,
	 .min_h = 30,
	 .is_aside = true,
	 .is_rich = true,
	 .lines = dr_budget_lines,
	 .draw = dr_budget_draw},
	{.title = "DRILLS",
	 .share = 1,
	 .least = 3,
	 .min_w = 64,
	 .min_h = 30,
	 .is_aside = true,
	 .is_rich = true,
	 .lines = dr_drills_lines,
	 .draw = dr_drills_draw},
	{.board = "drills",
	 .title = "DRILL",
	 .empty = "no recovery plan, and no restore on record",
	 .share = 1,
	 .min_h = 26,
	 SLOTS(drill_slots)},
	{.board = "dr-items",
	 .title = "REPLICATED",
	 .empty = "nothing is replicated by a recovery vault",
	 .share = 1,
	 .min_h = 34,
	 .is_aside = true,
	 .is_rich = true,
	 SLOTS(item_slots)},
};

/* What is left of each workload's error budget, worst first. */
static size_t add_budgets(struct figure *out, size_t n, size_t max,
			  const struct board *slo)
{
	for (int sev = SEV_CRIT; slo && sev >= SEV_NONE; sev--) {
		for (size_t i = 0; i < slo->n_rows && n < max; i++) {
			double left = read_number(slo, i, "left");
			const char *source = read_text(slo, i, "source");

			if ((int)slo->rows[i].sev != sev ||
			    strcmp(source, "combined") != 0 || isnan(left))
				continue;
			out[n] = (struct figure){.label = n == 0 ? "error budget left"
								 : "left",
						 .sev = sev};
			snprintf(out[n].value, sizeof(out[n].value), "%.12s %.1f min",
				 read_text(slo, i, "workload"), left);
			n++;
		}
	}
	return n;
}

static size_t figures(struct app *app, struct figure *out, size_t max)
{
	const struct board *drills = app_board(app, "drills");
	const struct board *items = app_board(app, "dr-items");
	struct look look = app_look(app);
	size_t n = 0;

	n = add_budgets(out, n, max, app_board(app, "slo"));
	n = figure_count(out, n, max, read_count(drills, "cleanup", "pending"),
			 "to clean up", SEV_WARN);
	n = figure_count(out, n, max, read_count(drills, "state", "Overdue"),
			 "drill overdue", SEV_WARN);
	return figure_add(out, n, max, &look, items, "rpo", read_max(items, "rpo"),
			  "worst RPO");
}

static const char *const boards[] = {"drills", "dr-items", NULL};

const struct pane_ops pane_dr = {
	.name = "dr",
	.title = "Disaster recovery",
	.tab = "DR",
	.sections = sections,
	.n_sections = COUNT(sections),
	.boards = boards,
	.figures = figures,
	.strip = dr_readiness_strip,
};
