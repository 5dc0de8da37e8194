/* The cost pane: what the month has cost, where it is heading, which budgets it
 * breaks. Thread: ui. */
#include <math.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/pane/pane.h"
#include "tui/pane/read.h"
#include "tui/widget/spark.h"

#define DAYS 31

static const struct slot budget_slots[] = {
	{.column = "name", .max = 26, .takes_rest = true},
	{.column = "used_pct", .title = "", .kind = SLOT_BUDGET, .w = 10},
	{.column = "used_pct", .title = "USED", .max = 7},
	{.column = "amount", .title = "BUDGET", .max = 11, .from_w = 56},
	{.column = "forecast_pct", .title = "FORECAST", .max = 8, .from_w = 66},
	{.column = "spent", .title = "SPENT", .max = 11, .from_w = 76},
	{.column = "next_threshold", .title = "NEXT", .max = 10, .from_w = 92},
};

static const struct slot subscription_slots[] = {
	{.column = "name", .max = 30, .takes_rest = true},
	{.column = "daily", .title = "DAILY", .kind = SLOT_SPARK, .w = 10, .from_w = 56},
	{.column = "mtd", .title = "MONTH", .max = 11},
	{.column = "forecast", .title = "FORECAST", .max = 11, .from_w = 44},
	{.column = "yesterday", .title = "YESTERDAY", .max = 11, .from_w = 70},
	{.column = "today", .title = "TODAY", .max = 11, .from_w = 92},
};

static const struct slot service_slots[] = {
	{.column = "service", .max = 34, .takes_rest = true},
	{.column = "share", .title = "", .kind = SLOT_GAUGE, .w = 12, .from_w = 56},
	{.column = "share", .title = "SHARE", .max = 7},
	{.column = "mtd", .title = "MONTH", .max = 11},
	{.column = "subscription", .title = "SUBSCRIPTION", .max = 24, .from_w = 76},
};

#define SLOTS(table) .slots = (table), .n_slots = sizeof(table) / sizeof((table)[0])

static const struct section sections[] = {
	{.board = "budgets",
	 .title = "BUDGET",
	 .empty = "no budget is set on these subscriptions",
	 .share = 2,
	 SLOTS(budget_slots)},
	{.board = "cost",
	 .title = "SUBSCRIPTION",
	 .empty = "no cost has been reported yet",
	 .share = 2,
	 .min_h = 7,
	 SLOTS(subscription_slots)},
	{.board = "cost-services",
	 .title = "SERVICE",
	 .empty = "no cost has been reported yet",
	 .share = 1,
	 .min_h = 16,
	 SLOTS(service_slots)},
};

static size_t figures(struct app *app, struct figure *out, size_t max)
{
	const struct board *cost = app_board(app, "cost");
	struct look look = app_look(app);
	size_t n = 0;

	n = figure_add(out, n, max, &look, cost, "mtd", read_sum(cost, "mtd"),
		       "this month");
	n = figure_add(out, n, max, &look, cost, "forecast", read_sum(cost, "forecast"),
		       "forecast");
	return figure_add(out, n, max, &look, cost, "yesterday",
			  read_sum(cost, "yesterday"), "yesterday");
}

/* All subscriptions, day by day, newest last. */
static size_t sum_days(const struct board *cost, float days[DAYS])
{
	size_t n = 0;

	for (size_t i = 0; i < DAYS; i++)
		days[i] = NAN;
	for (size_t r = 0; cost && r < cost->n_rows; r++) {
		const struct cell *cell = read_cell(cost, r, "daily");
		size_t m = cell ? (cell->series_n < DAYS ? cell->series_n : DAYS) : 0;

		for (size_t i = 0; i < m; i++) {
			float value = cell->series[cell->series_n - 1 - i];
			float *day = &days[DAYS - 1 - i];

			if (isfinite(value))
				*day = isfinite(*day) ? *day + value : value;
		}
		n = m > n ? m : n;
	}
	return n;
}

static bool strip(struct app *app, const struct look *look, struct surface *s)
{
	float days[DAYS];
	size_t n = sum_days(app_board(app, "cost"), days);
	struct series series = {.p = days + DAYS - n, .n = n, .low = 0, .high = NAN};
	int x = 0, w = (int)n < surface_w(s) - 10 ? (int)n : surface_w(s) - 10;

	if (n < 2 || w < 8)
		return false;
	spark_put(look, s, x, 0, w, ROLE_SPARK, &series);
	surface_printf(s, x + w + 2, 0, ROLE_DIM, "%zu days", n);
	return true;
}

const struct pane_ops pane_cost = {
	.name = "cost",
	.title = "Cost",
	.tab = "Cost",
	.sections = sections,
	.n_sections = COUNT(sections),
	.figures = figures,
	.strip = strip,
};
