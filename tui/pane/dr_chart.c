/* See dr_chart.h. */
#include "tui/pane/dr_chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/timefmt.h"
#include "board/read.h"
#include "tui/app_part.h"
#include "tui/widget/budget.h"
#include "tui/widget/gauge.h"
#include "tui/widget/mark.h"
#include "tui/widget/timeline.h"

enum {
	BUDGET_LINES = 9, /* that one likes to have */
	BUDGET_LEAST = 4,
	BUDGETS_MOST = 16,
	NAME_W = 20,
	MARKS_MOST = 64,
	GAUGE_W = 24,
};

#define PAST_MS	  (365 * DAY_MS)
#define FUTURE_MS (100 * DAY_MS)

/* Rows of all sources together that have a budget, worst first. */
static size_t budgets(const struct board *slo, size_t rows[BUDGETS_MOST])
{
	size_t n = 0;

	for (int sev = SEV_CRIT; slo && sev >= SEV_NONE; sev--) {
		for (size_t i = 0; i < slo->n_rows && n < BUDGETS_MOST; i++) {
			if ((int)slo->rows[i].sev == sev &&
			    strcmp(read_text(slo, i, "source"), "combined") == 0 &&
			    isfinite(read_number(slo, i, "budget")))
				rows[n++] = i;
		}
	}
	return n;
}

int dr_budget_lines(struct app *app, const struct section_how *how)
{
	size_t rows[BUDGETS_MOST];

	(void)how;
	return (int)budgets(app_board(app, "slo"), rows) * BUDGET_LINES;
}

/* "13.3", or a dash. */
static int put_rate(const struct look *look, struct surface *s, int x, int y,
		    const char *name, double rate)
{
	enum role role = rate >= 14.4 ? ROLE_CRIT : rate >= 1 ? ROLE_WARN : ROLE_STRONG;

	x += surface_printf(s, x, y, ROLE_DIM, "  %s ", name);
	if (isnan(rate))
		return x + surface_puts(s, x, y, ROLE_UNKNOWN, look_pick(look, "–", "-"));
	return x + surface_printf(s, x, y, role, "%.1f", rate);
}

static void draw_budget(const struct look *look, struct surface *s, struct rect at,
			const struct board *slo, size_t row)
{
	const struct cell *left = read_cell(slo, row, "left");
	double minutes = read_number(slo, row, "left"),
	       whole = read_number(slo, row, "budget");
	enum severity sev = slo->rows[row].sev;
	char from[24];
	int x = at.x + 1;

	x += surface_printf(s, x, at.y, ROLE_STRONG, "%s ",
			    read_text(slo, row, "workload"));
	x += surface_puts(s, x, at.y, mark_role(sev), mark_text(look, sev));
	x += surface_printf(s, x, at.y, mark_role(sev), " %s",
			    read_text(slo, row, "state"));
	if (isfinite(minutes))
		x += surface_printf(s, x, at.y, ROLE_TEXT,
				    "  error budget %.1f of %.1f min", minutes, whole);
	x += surface_puts(s, x, at.y, ROLE_DIM, "  burn");
	x = put_rate(look, s, x, at.y, "1h", read_number(slo, row, "burn_1h"));
	x = put_rate(look, s, x, at.y, "6h", read_number(slo, row, "burn_6h"));
	put_rate(look, s, x, at.y, "3d", read_number(slo, row, "burn_3d"));
	if (!left || left->series_n < 2)
		return;
	snprintf(from, sizeof(from), "%.0fd ago",
		 read_number(slo, row, "window") / (double)DAY_MS);
	budget_put(look, s, (struct rect){at.x, at.y + 1, at.w, at.h - 1},
		   &(struct budget){.left = left->series,
				    .n = left->series_n,
				    .whole = whole,
				    .unit = "min",
				    .from = from});
}

void dr_budget_draw(struct app *app, const struct look *look, struct surface *s,
		    const struct section_how *how)
{
	const struct board *slo = app_board(app, "slo");
	size_t rows[BUDGETS_MOST];
	int n = (int)budgets(slo, rows), y = 0;

	(void)how;
	/* The last ones go when there is no room. */
	while (n > 1 && surface_h(s) / n < BUDGET_LEAST)
		n--;
	for (int i = 0; i < n; i++) {
		int h = (surface_h(s) - y) / (n - i);

		draw_budget(look, s, (struct rect){0, y, surface_w(s) - 1, h}, slo,
			    rows[i]);
		y += h;
	}
}

static bool is_failover(const struct board *drills, size_t row)
{
	return strcmp(read_text(drills, row, "kind"), "failover") == 0;
}

static bool is_newest(const struct board *drills, size_t row)
{
	return is_failover(drills, row) && *read_text(drills, row, "newest");
}

int dr_drills_lines(struct app *app, const struct section_how *how)
{
	const struct board *drills = app_board(app, "drills");
	int n = 0;

	(void)how;
	for (size_t i = 0; drills && i < drills->n_rows; i++)
		n += is_newest(drills, i);
	return n ? n + 1 : 0;
}

/* What it was, also when a newer one has taken its place. */
static enum severity sev_of(const struct board *drills, size_t row)
{
	const char *state = read_text(drills, row, "state");

	if (strcmp(state, "Passed") == 0 || strcmp(state, "Overdue") == 0)
		return SEV_OK;
	if (strcmp(state, "Failed") == 0 || strcmp(state, "Too slow") == 0 ||
	    strcmp(state, "Lost too much") == 0)
		return SEV_CRIT;
	return strcmp(state, "Running") == 0 ? SEV_INFO : SEV_UNKNOWN;
}

/* All drills of the plan, oldest first, and when it is due. */
static size_t marks_of(const struct board *drills, size_t of,
		       struct timeline_mark marks[MARKS_MOST])
{
	const char *subject = read_text(drills, of, "subject");
	double due = read_number(drills, of, "due");
	size_t n = 0;

	if (isfinite(due))
		marks[n++] =
			(struct timeline_mark){.at_ms = (int64_t)due, .is_due = true};
	for (size_t i = drills->n_rows; i-- > 0 && n < MARKS_MOST;) {
		double started = read_number(drills, i, "started");

		if (is_failover(drills, i) && isfinite(started) &&
		    strcmp(read_text(drills, i, "subject"), subject) == 0)
			marks[n++] = (struct timeline_mark){(int64_t)started,
							    sev_of(drills, i), false};
	}
	return n;
}

static void draw_plan(const struct look *look, struct surface *s, int y,
		      const struct board *drills, size_t row)
{
	struct timeline_mark marks[MARKS_MOST];
	struct timeline line = {.from_ms = look->now_ms - PAST_MS,
				.to_ms = look->now_ms + FUTURE_MS,
				.marks = marks,
				.n = marks_of(drills, row, marks)};
	enum severity sev = drills->rows[row].sev;

	surface_puts(s, 1, y, mark_role(sev), mark_text(look, sev));
	surface_put_fit(s, 3, y, NAME_W - 3, ROLE_STRONG,
			str_from(read_text(drills, row, "subject")), false);
	timeline_put(look, s, NAME_W + 1, y, surface_w(s) - NAME_W - 16, &line);
	surface_put_fit(s, surface_w(s) - 14, y, 13, mark_value_role(sev, ROLE_DIM),
			str_from(read_text(drills, row, "state")), false);
}

void dr_drills_draw(struct app *app, const struct look *look, struct surface *s,
		    const struct section_how *how)
{
	const struct board *drills = app_board(app, "drills");
	struct timeline year = {.from_ms = look->now_ms - PAST_MS,
				.to_ms = look->now_ms + FUTURE_MS};
	int y = 0;

	(void)how;
	for (size_t i = 0; drills && i < drills->n_rows && y < surface_h(s) - 1; i++) {
		if (is_newest(drills, i))
			draw_plan(look, s, y++, drills, i);
	}
	if (!y)
		return;
	surface_puts(s, 3, y, ROLE_HEADING, "DRILLS");
	timeline_put_months(s, NAME_W + 1, y, surface_w(s) - NAME_W - 16, &year);
}

/* The next row that is of a workload as a whole. */
static bool next_whole(const struct board *ready, size_t *row)
{
	for (; ready && *row < ready->n_rows; ++*row) {
		if (strcmp(read_text(ready, *row, "check"), "score") == 0)
			return true;
	}
	return false;
}

int dr_todo_lines(struct app *app, const struct section_how *how)
{
	const struct board *ready = app_board(app, "dr-readiness");
	int n = 0;

	(void)how;
	for (size_t row = 0; next_whole(ready, &row); row++)
		n += *read_text(ready, row, "todo") != '\0';
	return n;
}

void dr_todo_draw(struct app *app, const struct look *look, struct surface *s,
		  const struct section_how *how)
{
	const struct board *ready = app_board(app, "dr-readiness");
	int y = 0;

	(void)how;
	for (size_t row = 0; next_whole(ready, &row) && y < surface_h(s); row++) {
		const char *todo = read_text(ready, row, "todo");
		int x = 1;

		if (!*todo)
			continue;
		x += surface_puts(s, x, y, ROLE_KEY, look_pick(look, "→ ", "> "));
		x += surface_printf(s, x, y, ROLE_STRONG, "%s ",
				    read_text(ready, row, "workload"));
		surface_put_fit(s, x, y, surface_w(s) - x - 1, ROLE_TEXT, str_from(todo),
				false);
		y++;
	}
}

bool dr_readiness_strip(struct app *app, const struct look *look, struct surface *s)
{
	const struct board *ready = app_board(app, "dr-readiness");
	int x = 0, n = 0, w;

	for (size_t row = 0; next_whole(ready, &row); row++)
		n++;
	if (n == 0)
		return false;
	w = surface_w(s) / n - 16;
	w = w > GAUGE_W ? GAUGE_W : w;
	for (size_t row = 0; next_whole(ready, &row) && x + 12 < surface_w(s); row++) {
		double score = read_number(ready, row, "score");
		enum severity sev = ready->rows[row].sev;

		x += surface_printf(s, x, 0, ROLE_TEXT, "%s ",
				    read_text(ready, row, "workload"));
		if (w >= 4) {
			gauge_put(look, s, x, 0, w,
				  &(struct gauge){.pct = score, .sev = sev});
			x += w + 1;
		}
		if (isfinite(score))
			x += surface_printf(s, x, 0, mark_value_role(sev, ROLE_STRONG),
					    "%.0f%%", score);
		else
			x += surface_puts(s, x, 0, ROLE_UNKNOWN, "?");
		x += 3;
	}
	return true;
}
