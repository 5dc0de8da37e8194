/* The agents pane: who works, who waits and why. Thread: ui. */
#include <math.h>

#include "base/count.h"
#include "tui/app_part.h"
#include "tui/pane/pane.h"
#include "tui/pane/read.h"
#include "tui/widget/gauge.h"

#define SLOTS(table) .slots = (table), .n_slots = sizeof(table) / sizeof((table)[0])

static const struct slot wait_slots[] = {
	{.column = "job", .max = 22},
	{.column = "reason", .title = "WAITS FOR", .max = 15},
	{.column = "wait", .title = "WAIT", .max = 7},
	{.column = "pool", .title = "POOL", .max = 16, .from_w = 84},
	{.column = "evidence",
	 .title = "BECAUSE",
	 .max = 90,
	 .from_w = 60,
	 .takes_rest = true},
	{.column = "todo", .title = "TO DO", .max = 70, .from_w = 150},
};

static const struct slot pool_slots[] = {
	{.column = "name", .max = 26, .takes_rest = true},
	{.column = "online", .title = "ONLINE", .max = 6, .from_w = 52},
	{.column = "busy", .title = "BUSY", .max = 4},
	{.column = "idle", .title = "IDLE", .max = 4},
	{.column = "offline", .title = "OFF", .max = 4},
	{.column = "queued", .title = "QUEUE", .max = 5},
	{.column = "oldest_wait", .title = "OLDEST", .max = 7, .from_w = 58},
};

static const struct slot node_slots[] = {
	{.column = "pool", .max = 20},
	{.column = "cluster", .title = "CLUSTER", .max = 22, .takes_rest = true},
	{.column = "mode", .title = "MODE", .max = 7, .from_w = 84},
	{.column = "count", .title = "NODES", .max = 5},
	{.column = "max", .title = "MAX", .max = 4, .from_w = 52},
	{.column = "size", .title = "SIZE", .max = 18, .from_w = 74},
	{.column = "version", .title = "VERSION", .max = 8, .from_w = 92},
	{.column = "state", .title = "STATE", .max = 10},
};

static const struct section sections[] = {
	{.board = "agent-waits",
	 .title = "JOB",
	 .empty = "no job waits",
	 .share = 2,
	 SLOTS(wait_slots)},
	{.board = "agent-pools",
	 .title = "AGENT POOL",
	 .empty = "no agent pool",
	 .share = 2,
	 .min_h = 6,
	 SLOTS(pool_slots)},
	{.board = "aks-pools",
	 .title = "NODE POOL",
	 .empty = "no Kubernetes cluster",
	 .share = 1,
	 .min_h = 14,
	 SLOTS(node_slots)},
};

static size_t count_of(struct figure *out, size_t n, size_t max,
		       const struct board *board, const char *column, const char *label,
		       enum severity sev)
{
	double sum = read_sum(board, column);

	return isfinite(sum) ? figure_count(out, n, max, (unsigned)sum, label, sev) : n;
}

static size_t figures(struct app *app, struct figure *out, size_t max)
{
	const struct board *pools = app_board(app, "agent-pools");
	struct look look = app_look(app);
	size_t n = 0;

	n = count_of(out, n, max, pools, "busy", "busy", SEV_NONE);
	n = count_of(out, n, max, pools, "idle", "idle", SEV_NONE);
	n = count_of(out, n, max, pools, "queued", "queued", SEV_NONE);
	n = figure_add(out, n, max, &look, pools, "oldest_wait",
		       read_max(pools, "oldest_wait"), "oldest wait");
	return count_of(out, n, max, pools, "offline", "offline", SEV_NONE);
}

static bool strip(struct app *app, const struct look *look, struct surface *s)
{
	const struct board *pools = app_board(app, "agent-pools");
	const struct bar_part parts[] = {
		{read_sum(pools, "busy"), ROLE_SERIES_1, 0x2588, '#'},
		{read_sum(pools, "idle"), ROLE_SERIES_2, 0x2592, '='},
		{read_sum(pools, "offline"), ROLE_UNKNOWN, 0x2591, '.'},
	};
	int w = surface_w(s) - 25;

	if (!pools || pools->n_rows == 0 || w < 8)
		return false;
	w = w > 48 ? 48 : w;
	bar_put(look, s, 0, 0, w, parts, COUNT(parts));
	surface_printf(s, w + 2, 0, ROLE_DIM, "%s busy %s idle %s off",
		       look_pick(look, "█", "#"), look_pick(look, "▒", "="),
		       look_pick(look, "░", "."));
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
