/* The agents pane: which jobs wait and why, from the queue to the machines, and what idle
 * ones cost. Thread: ui. */
#include <math.h>
#include <string.h>

#include "base/count.h"
#include "tui/app_part.h"
#include "tui/pane/agents_chain.h"
#include "tui/pane/pane.h"
#include "tui/pane/read.h"
#include "tui/widget/gauge.h"

static const struct slot wait_slots[] = {
	{.column = "job", .max = 22},
	{.column = "reason", .title = "WAITS FOR", .max = 15},
	{.column = "wait", .title = "WAIT", .max = 7},
	{.column = "pool", .title = "POOL", .max = 16, .from_w = 100},
	{.column = "evidence",
	 .title = "BECAUSE",
	 .max = 90,
	 .from_w = 60,
	 .takes_rest = true},
	{.column = "todo", .title = "TO DO", .max = 60, .from_w = 130},
};

static const struct slot pool_slots[] = {
	{.column = "pool", .max = 26, .takes_rest = true},
	{.column = "step", .title = "STEP", .max = 9, .from_w = 48},
	{.column = "online", .title = "ONLINE", .max = 6, .from_w = 60},
	{.column = "busy", .title = "BUSY", .max = 4},
	{.column = "idle", .title = "IDLE", .max = 4},
	{.column = "off", .title = "OFF", .max = 4},
	{.column = "queued", .title = "QUEUE", .max = 5},
	{.column = "oldest", .title = "OLDEST", .max = 7, .from_w = 54},
	{.column = "off_since", .title = "OFF FOR", .max = 7, .from_w = 84},
	{.column = "idle_cost", .title = "IDLE/H", .max = 7, .from_w = 74},
	{.column = "saving", .title = "SAVING/MO", .max = 9, .from_w = 92},
	{.column = "maker", .title = "MADE BY", .max = 9, .from_w = 110},
};

static const struct slot node_slots[] = {
	{.column = "pool", .max = 20},
	{.column = "cluster", .title = "CLUSTER", .max = 22, .takes_rest = true},
	{.column = "ready", .title = "READY", .max = 5},
	{.column = "aim", .title = "AIM", .max = 4, .from_w = 52},
	{.column = "min", .title = "MIN", .max = 4, .from_w = 140},
	{.column = "max", .title = "MAX", .max = 4, .from_w = 52},
	{.column = "pending", .title = "WAITING", .max = 7, .from_w = 60},
	{.column = "state", .title = "STATE", .max = 12},
	{.column = "drift", .title = "DRIFT", .max = 11, .from_w = 104},
	{.column = "want", .title = "WANTED", .max = 6, .from_w = 104},
	{.column = "next", .title = "NEXT", .max = 8, .from_w = 112},
	{.column = "then", .title = "THEN", .max = 7, .from_w = 112},
	{.column = "autoscale", .title = "SCALES", .max = 6, .from_w = 92},
	{.column = "version", .title = "VERSION", .max = 8, .from_w = 84},
	{.column = "size", .title = "SIZE", .max = 10, .from_w = 92},
	{.column = "cost", .title = "COST/H", .max = 7, .from_w = 74},
	{.column = "provisioning", .title = "LAST CHANGE", .max = 11, .from_w = 160},
	{.column = "why", .title = "WHY", .max = 70, .from_w = 120, .takes_rest = true},
};

static const struct section sections[] = {
	{.board = "agent-waits",
	 .title = "JOB",
	 .empty = "no job waits",
	 .share = 3,
	 SLOTS(wait_slots)},
	{.board = "agent-scaling",
	 .title = "AGENT POOL",
	 .empty = "no agent pool",
	 .share = 2,
	 .min_h = 6,
	 SLOTS(pool_slots)},
	{.title = "FROM QUEUE TO AGENT",
	 .share = 2,
	 .min_h = 28,
	 .min_w = 78,
	 .is_rich = true,
	 .least = 3,
	 .lines = agents_chain_lines,
	 .draw = agents_chain_draw},
	{.board = "node-pools",
	 .title = "NODE POOL",
	 .empty = "no Kubernetes cluster",
	 .share = 1,
	 .min_h = 14,
	 SLOTS(node_slots)},
	{.title = "WHAT IT WAS",
	 .share = 2,
	 .min_h = 30,
	 .min_w = 96,
	 .is_rich = true,
	 .least = 3,
	 .lines = agents_past_lines,
	 .draw = agents_past_draw},
};

static size_t count_of(struct figure *out, size_t n, size_t max,
		       const struct board *board, const char *column, const char *label,
		       enum severity sev)
{
	double sum = read_sum(board, column);

	return isfinite(sum) ? figure_count(out, n, max, (unsigned)sum, label, sev) : n;
}

/* Of those that wait for agents: a person may take his time. */
static double oldest_wait(const struct board *waits)
{
	double oldest = NAN;

	for (size_t i = 0; waits && i < waits->n_rows; i++) {
		if (strcmp(read_text(waits, i, "reason"), "approval") != 0)
			oldest = fmax(oldest, read_number(waits, i, "wait"));
	}
	return oldest;
}

static size_t figures(struct app *app, struct figure *out, size_t max)
{
	const struct board *pools = app_board(app, "agent-scaling");
	const struct board *waits = app_board(app, "agent-waits");
	struct look look = app_look(app);
	size_t n = 0;

	n = count_of(out, n, max, pools, "busy", "busy", SEV_NONE);
	n = count_of(out, n, max, pools, "idle", "idle", SEV_NONE);
	n = count_of(out, n, max, pools, "queued", "queued", SEV_NONE);
	n = figure_add(out, n, max, &look, waits, "wait", oldest_wait(waits),
		       "oldest wait");
	n = count_of(out, n, max, pools, "off", "offline", SEV_NONE);
	n = figure_add(out, n, max, &look, pools, "idle_cost",
		       read_sum(pools, "idle_cost"), "idle an hour");
	return figure_add(out, n, max, &look, pools, "saving", read_sum(pools, "saving"),
			  "idle a month");
}

static bool strip(struct app *app, const struct look *look, struct surface *s)
{
	const struct board *pools = app_board(app, "agent-scaling");
	const struct bar_part parts[] = {
		{read_sum(pools, "busy"), ROLE_SERIES_1, 0x2588, '#'},
		{read_sum(pools, "idle"), ROLE_SERIES_2, 0x2592, '='},
		{read_sum(pools, "off"), ROLE_UNKNOWN, 0x2591, '.'},
	};
	static const char *const names[] = {"busy", "idle", "off"};
	int w = surface_w(s) - 25, x;

	if (!pools || pools->n_rows == 0 || w < 8)
		return false;
	w = w > 48 ? 48 : w;
	x = w + 2;
	bar_put(look, s, 0, 0, w, parts, COUNT(parts));
	for (size_t i = 0; i < COUNT(parts); i++) {
		surface_glyph(s, x, 0, parts[i].role,
			      look->is_ascii ? (uint32_t)parts[i].plain : parts[i].fine);
		x += 2 + surface_puts(s, x + 2, 0, ROLE_DIM, names[i]) + 1;
	}
	return true;
}

const struct pane_ops pane_agents = {
	.name = "agents",
	.title = "Agents",
	.tab = "Agents",
	.sections = sections,
	.n_sections = COUNT(sections),
	.figures = figures,
	.strip = strip,
};
