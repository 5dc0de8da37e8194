/* The cost pane: what the month has cost against each budget, where it is heading and
 * when it breaks which mark, what stands out, what moved, what is left. Thread: ui. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "tui/app_part.h"
#include "tui/pane/cost_chart.h"
#include "tui/pane/pane.h"
#include "tui/pane/read.h"
#include "tui/widget/cells.h"
#include "tui/widget/spark.h"

#define DAYS 46

static const struct slot outlook_slots[] = {
	{.column = "what", .max = 26, .takes_rest = true},
	{.column = "amount",
	 .title = "",
	 .kind = SLOT_OUTLOOK,
	 .w = 12,
	 .max = 32,
	 .takes_rest = true},
	{.column = "breach", .title = "BREACH", .max = 6},
	{.column = "mid", .title = "FORECAST", .max = 10, .from_w = 50},
	{.column = "used_pct", .title = "USED", .max = 7, .from_w = 66},
	{.column = "amount", .title = "BUDGET", .max = 11, .from_w = 70},
	{.column = "spent", .title = "SO FAR", .max = 11, .from_w = 74},
	{.column = "next_pct", .title = "NEXT", .max = 5, .from_w = 78},
	{.column = "next_on", .title = "ON", .max = 6, .from_w = 78},
	{.column = "low", .title = "FROM", .max = 11, .from_w = 134},
	{.column = "high", .title = "TO", .max = 11, .from_w = 134},
	{.column = "azure", .title = "AZURE SAYS", .max = 11, .from_w = 140},
};

static const struct slot anomaly_slots[] = {
	{.column = "what", .max = 24, .takes_rest = true},
	{.column = "kind", .title = "KIND", .max = 9},
	{.column = "a_day", .title = "A DAY", .max = 9},
	{.column = "since", .title = "SINCE", .max = 6},
	{.column = "state", .title = "STATE", .max = 9, .from_w = 58},
	{.column = "group",
	 .title = "GROUP",
	 .max = 28,
	 .from_w = 76,
	 .takes_rest = true},
	{.column = "cost", .title = "DAYS", .kind = SLOT_SPARK, .w = 16, .from_w = 84},
	{.column = "delta", .title = "IN ALL", .max = 9, .from_w = 84},
};

static const struct slot mover_slots[] = {
	{.column = "what", .max = 30, .takes_rest = true},
	{.column = "by", .title = "BY", .max = 9, .from_w = 56},
	{.column = "change", .title = "7 DAYS", .max = 10},
	{.column = "part", .title = "IN %", .max = 6},
	{.column = "cost", .title = "30 DAYS", .kind = SLOT_SPARK, .w = 15, .from_w = 70},
	{.column = "week", .title = "WEEK", .max = 10, .from_w = 84},
};

static const struct slot credit_slots[] = {
	{.column = "purpose", .max = 24, .takes_rest = true},
	{.column = "left", .title = "LEFT", .max = 10},
	{.column = "left_pct", .title = "", .kind = SLOT_GAUGE, .w = 8, .from_w = 60},
	{.column = "left_pct", .title = "LEFT %", .max = 6, .from_w = 70},
	{.column = "state", .title = "STATE", .max = 9},
	{.column = "out", .title = "RUNS OUT", .max = 10},
	{.column = "until", .title = "ENDS", .max = 10, .from_w = 70},
};

static const struct slot saving_slots[] = {
	{.column = "resource", .max = 28, .takes_rest = true},
	{.column = "kind", .title = "KIND", .max = 12},
	{.column = "yearly", .title = "A YEAR", .max = 10},
	{.column = "term", .title = "TERM", .max = 8, .from_w = 76},
	{.column = "size", .title = "SIZE", .max = 34, .from_w = 76},
	{.column = "group", .title = "GROUP", .max = 24, .from_w = 110},
};

static const struct slot outside_slots[] = {
	{.column = "what", .max = 28, .takes_rest = true},
	{.column = "is", .title = "IS", .max = 12},
	{.column = "want", .title = "HOURS SAY", .max = 12},
	{.column = "hourly", .title = "AN HOUR", .max = 8},
	{.column = "monthly", .title = "A MONTH", .max = 8},
	{.column = "next", .title = "UNTIL", .max = 8, .from_w = 76},
	{.column = "where", .title = "WHERE", .max = 20, .from_w = 90},
};

static const struct section sections[] = {
	{.board = "cost-outlook",
	 .title = "BUDGET",
	 .empty = "no cost has been reported yet",
	 .share = 3,
	 SLOTS(outlook_slots)},
	{.title = "DAYS",
	 .share = 2,
	 .min_h = 24,
	 .least = 6,
	 .lines = cost_chart_lines,
	 .draw = cost_chart_draw},
	{.board = "cost-anomalies",
	 .title = "STANDS OUT",
	 .empty = "no day of two weeks stands out",
	 .share = 2,
	 .min_h = 7,
	 SLOTS(anomaly_slots)},
	{.board = "cost-movers",
	 .title = "MOVED",
	 .empty = "nothing moved from one week to the next",
	 .share = 1,
	 .min_h = 13,
	 .is_aside = true,
	 SLOTS(mover_slots)},
	{.board = "credits",
	 .title = "CREDIT",
	 .empty = "no credits, and no allocations",
	 .share = 1,
	 .min_h = 16,
	 .is_aside = true,
	 SLOTS(credit_slots)},
	{.board = "savings",
	 .title = "TO SAVE",
	 .empty = "nothing is advised, and nothing lies idle",
	 .share = 1,
	 .min_h = 24,
	 .is_aside = true,
	 .is_rich = true,
	 SLOTS(saving_slots)},
	{.board = "off-hours",
	 .title = "OUTSIDE ITS HOURS",
	 .empty = "nothing runs outside its business hours",
	 .share = 1,
	 .min_h = 28,
	 .is_aside = true,
	 .is_rich = true,
	 SLOTS(outside_slots)},
};

static const char *const boards[] = {"cost-lines", "cost-days", NULL};
static const char *const rich_boards[] = {"cost-amortised", "cost-tag-days", NULL};

/* The column added up over the subscriptions; false when they are not all in one
 * currency: those are never added up. */
static bool sum_scopes(const struct board *outlook, const char *column, double *sum)
{
	const char *currency = NULL;

	*sum = NAN;
	for (size_t r = 0; outlook && r < outlook->n_rows; r++) {
		double value = read_number(outlook, r, column);

		if (strcmp(read_text(outlook, r, "kind"), "subscription") != 0 ||
		    !isfinite(value))
			continue;
		if (currency && strcmp(currency, read_text(outlook, r, column)) != 0)
			return false;
		currency = read_text(outlook, r, column);
		*sum = isfinite(*sum) ? *sum + value : value;
	}
	return true;
}

/* The newest rows of cost-days; -1: none. */
struct newest {
	ptrdiff_t whole, partial;
};

static struct newest newest_days(const struct board *days)
{
	struct newest newest = {-1, -1};
	double whole = -INFINITY, partial = -INFINITY;

	for (size_t r = 0; days && r < days->n_rows; r++) {
		const char *state = read_text(days, r, "state");
		bool is_partial = strcmp(state, "partial") == 0;
		double day = read_number(days, r, "day");

		if (is_partial && day > partial) {
			newest.partial = (ptrdiff_t)r;
			partial = day;
		} else if (!is_partial && day > whole && strcmp(state, "ahead") != 0) {
			newest.whole = (ptrdiff_t)r;
			whole = day;
		}
	}
	return newest;
}

static size_t add_day(struct figure *out, size_t n, size_t max, const struct look *look,
		      const struct board *days, ptrdiff_t row, bool is_partial)
{
	static const char *const labels[][2] = {{"yesterday", "of the last whole day"},
						{"today so far", "of a day not whole"}};
	int64_t today = look->now_ms / DAY_MS, day;

	if (row < 0)
		return n;
	day = (int64_t)(read_number(days, (size_t)row, "day") / (double)DAY_MS);
	return figure_add(out, n, max, look, days, "cost",
			  read_number(days, (size_t)row, "cost"),
			  labels[is_partial][day != today - (is_partial ? 0 : 1)]);
}

static size_t figures(struct app *app, struct figure *out, size_t max)
{
	const struct board *outlook = app_board(app, "cost-outlook");
	const struct board *days = app_board(app, "cost-days");
	struct look look = app_look(app);
	struct newest newest;
	double spent, mid;
	size_t n = 0;

	if (!sum_scopes(outlook, "spent", &spent) || !sum_scopes(outlook, "mid", &mid)) {
		out[0] = (struct figure){.label = "not added up"};
		snprintf(out[0].value, sizeof(out[0].value), "several currencies");
		return 1;
	}
	n = figure_add(out, n, max, &look, outlook, "spent", spent, "this month");
	n = figure_add(out, n, max, &look, outlook, "mid", mid, "forecast");
	newest = newest_days(days);
	n = add_day(out, n, max, &look, days, newest.whole, false);
	return add_day(out, n, max, &look, days, newest.partial, true);
}

/* Days known, newest last; the last one may not be whole. */
static size_t read_days(const struct board *days, float v[DAYS], bool *is_partial)
{
	struct newest newest = newest_days(days);
	ptrdiff_t last = newest.partial >= 0 ? newest.partial : newest.whole;
	double end;
	size_t n = 0;

	*is_partial = newest.partial >= 0;
	if (last < 0)
		return 0;
	end = read_number(days, (size_t)last, "day");
	for (size_t i = 0; i < DAYS; i++)
		v[i] = NAN;
	for (size_t r = 0; r < days->n_rows; r++) {
		double back = (end - read_number(days, r, "day")) / (double)DAY_MS;
		double cost = read_number(days, r, "cost");
		size_t at;

		if (!(back >= 0 && back < DAYS) || !isfinite(cost))
			continue;
		at = DAYS - 1 - (size_t)back;
		v[at] = (float)((isfinite(v[at]) ? v[at] : 0) + cost);
		n = DAYS - at > n ? DAYS - at : n;
	}
	return n;
}

static bool has_one_currency(const struct board *days)
{
	for (size_t r = 1; days && r < days->n_rows; r++)
		if (strcmp(read_text(days, r, "expected"),
			   read_text(days, 0, "expected")) != 0)
			return false;
	return true;
}

/* The day that is not whole is dim: it is no drop. */
static bool strip(struct app *app, const struct look *look, struct surface *s)
{
	const struct board *days = app_board(app, "cost-days");
	float v[DAYS];
	bool is_partial;
	size_t n = days && has_one_currency(days) ? read_days(days, v, &is_partial) : 0;
	int room = surface_w(s) - 24, w = (int)n < room ? (int)n : room;
	struct series series = {.p = v + DAYS - n, .n = n, .low = 0, .high = NAN};

	if (n < 2 || w < 8)
		return false;
	spark_put(look, s, 0, 0, w, ROLE_SPARK, &series);
	if (is_partial)
		surface_overlay(s, w - 1, 0, 1, 1, ROLE_DIM);
	surface_printf(s, w + 1, 0, ROLE_DIM, "%d days%s", w,
		       is_partial ? ", last not whole" : "");
	return true;
}

const struct pane_ops pane_cost = {
	.name = "cost",
	.title = "Cost",
	.tab = "Cost",
	.sections = sections,
	.n_sections = COUNT(sections),
	.boards = boards,
	.rich_boards = rich_boards,
	.views = cost_chart_views,
	.figures = figures,
	.strip = strip,
};
