/* Days as stacked bars, by what the view says, with the days to come. Thread: ui.
 *
 * Only what is in one currency can be stacked: with several, the one with the most cost
 * is drawn and the heading says so. */
#include "tui/pane/cost_chart.h"

#include <math.h>
#include <string.h>

#include "base/count.h"
#include "base/utf8.h"
#include "tui/app_part.h"
#include "tui/pane/cost_sheet.h"
#include "tui/widget/age.h"

#define LINES	    24
#define LINES_CALM  9
#define NAME_CELLS  18 /* of a part in the legend */
#define SHARE_CELLS 4

static const struct view {
	const char *board;
	enum cost_by by;
	const char *suffix; /* of the heading */
} views[] = {
	{"cost-lines", COST_BY_SERVICE, ""},
	{"cost-lines", COST_BY_GROUP, ""},
	{"cost-lines", COST_BY_WORKLOAD, ""},
	{"cost-tag-days", COST_BY_SERVICE, ""},
	{"cost-lines", COST_BY_SUBSCRIPTION, ""},
	{"cost-amortised", COST_BY_SERVICE, ", AMORTISED"},
	{"cost-amortised", COST_BY_GROUP, ", AMORTISED"},
	{"cost-amortised", COST_BY_WORKLOAD, ", AMORTISED"},
};

const char *const cost_chart_views[] = {
	"by service",
	"by group",
	"by workload",
	"by tag",
	"by subscription",
	"by service, amortised",
	"by group, amortised",
	"by workload, amortised",
	NULL,
};

static const struct view *view_of(const struct section_how *how)
{
	return &views[how->view < COUNT(views) ? how->view : 0];
}

static struct board *lines_of(struct app *app, const struct view *view)
{
	return app_board(app, view->board);
}

int cost_chart_lines(struct app *app, const struct section_how *how)
{
	const struct board *lines = lines_of(app, view_of(how));

	if (how->is_zoomed && how->view > 0)
		return LINES; /* it says what is missing */
	return !lines || lines->n_rows == 0 ? 0 : how->is_zoomed ? LINES : LINES_CALM;
}

static void put_legend(const struct look *look, struct surface *s,
		       const struct cost_sheet *sheet, const struct view *view)
{
	int x = 2 + surface_printf(s, 2, 0, ROLE_HEADING, "A DAY%s%s%s%s  ",
				   sheet->tag ? ", BY " : "",
				   sheet->tag ? sheet->tag : view->suffix,
				   sheet->is_mixed ? ", IN " : "",
				   sheet->is_mixed ? sheet->currency : "");

	for (size_t i = 0; i < sheet->n_parts; i++) {
		struct str name = str_from(sheet->parts[i].name);
		int w = utf8_width(name);

		w = w < NAME_CELLS ? w : NAME_CELLS;
		if (x + 3 + w + SHARE_CELLS > surface_w(s))
			return;
		stack_put_key(look, s, x, 0, i);
		surface_put_fit(s, x + 2, 0, w, ROLE_TEXT, name, false);
		x += 3 + w;
		x += surface_printf(s, x, 0, ROLE_DIM, "%.0f%%",
				    sheet->all > 0 ? 100 * sheet->month[i] / sheet->all
						   : 0) +
		     2;
	}
}

static void draw_sheet(const struct look *look, struct surface *s,
		       const struct cost_sheet *sheet, const struct view *view)
{
	struct surface plot = surface_sub(s, 2, 1, surface_w(s) - 3, surface_h(s) - 1);
	const struct stack stack = {
		.first_day = sheet->book.first_day,
		.n = sheet->book.n_days,
		.parts = sheet->parts,
		.n_parts = sheet->n_parts,
		.is_marked = sheet->is_marked,
		.partial = sheet->partial,
		.ahead = sheet->ahead,
		.n_ahead = sheet->n_ahead,
	};

	put_legend(look, s, sheet, view);
	stack_put(look, &plot, &stack);
}

void cost_chart_draw(struct app *app, const struct look *look, struct surface *s,
		     const struct section_how *how)
{
	const struct view *view = view_of(how);
	struct board *lines = lines_of(app, view);
	const struct cost_sheet *sheet;

	if (!lines || lines->n_rows == 0) {
		struct strbuf text;

		strbuf_init(&text, 400);
		surface_printf(s, 2, 0, ROLE_HEADING, "A DAY%s", view->suffix);
		surface_puts(s, 2, 1,
			     age_explain(&text, lines, "no cost has been reported yet"),
			     text.p);
		strbuf_fini(&text);
		return;
	}
	sheet = cost_sheet_keep(&app->cost_sheet,
				&(struct cost_sheet_from){
					.lines = lines,
					.days = app_board(app, "cost-days"),
					.by = view->by,
					.is_by_tag =
						strcmp(view->board, "cost-tag-days") == 0,
					.workloads = app->workloads,
					.n_workloads = app->n_workloads,
				});
	if (sheet->n_parts)
		draw_sheet(look, s, sheet, view);
}
