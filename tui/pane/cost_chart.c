/* Days as stacked bars, by what the view says, with the days to come. Thread: ui.
 *
 * Only what is in one currency can be stacked: with several, the one with the most cost
 * is drawn and the heading says so. */
#include "tui/pane/cost_chart.h"

#include <math.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "board/def.h"
#include "board/read.h"
#include "cost/book.h"
#include "tui/app_part.h"
#include "tui/widget/age.h"
#include "tui/widget/stack.h"

#define MOST_AHEAD  40
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

/* What is drawn. */
struct sheet {
	struct book book;
	struct book_line *sums;
	size_t n_sums;
	const char *currency;
	bool is_mixed;	 /* there are others */
	const char *tag; /* whose values are drawn; NULL: it is not by tag */
	struct stack_part parts[STACK_PARTS];
	size_t n_parts;
	double month[STACK_PARTS], all; /* the last 30 days, of each part and in all */
	struct stack_ahead ahead[MOST_AHEAD];
	size_t n_ahead;
	double partial;
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

/* The largest parts have their own place, the others one between them. */
static void add_rest(struct sheet *s, const struct book_line *line)
{
	struct stack_part *rest = &s->parts[STACK_PARTS - 1];
	double *v;

	if (s->n_parts < STACK_PARTS) {
		v = arena_alloc(&s->book.arena, s->book.n_days * sizeof(*v));
		for (size_t i = 0; i < s->book.n_days; i++)
			v[i] = 0;
		*rest = (struct stack_part){.name = "others", .v = v};
		s->n_parts = STACK_PARTS;
	}
	v = (double *)rest->v;
	for (size_t i = 0; i < s->book.n_days; i++)
		v[i] += isfinite(line->v[i]) ? line->v[i] : 0;
	s->month[STACK_PARTS - 1] += line->month;
}

static void pick_parts(struct sheet *s, enum cost_by by)
{
	s->partial = NAN;
	for (size_t i = 0; i < s->n_sums; i++) {
		const struct book_line *line = &s->sums[i];

		if (strcmp(line->currency, s->currency) != 0) {
			s->is_mixed = true;
			continue;
		}
		s->all += line->month;
		if (isfinite(line->partial))
			s->partial =
				(isfinite(s->partial) ? s->partial : 0) + line->partial;
		if (s->n_parts + 1 < STACK_PARTS) {
			s->month[s->n_parts] = line->month;
			s->parts[s->n_parts++] =
				(struct stack_part){line->text[by], line->v};
		} else {
			add_rest(s, line);
		}
	}
}

/* The days to come out of cost-days, which has them in any order. */
static void read_ahead(struct sheet *s, const struct board *days)
{
	int64_t first = book_last_day(&s->book) + 1;

	for (size_t i = 0; i < MOST_AHEAD; i++)
		s->ahead[i] = (struct stack_ahead){NAN, NAN, NAN};
	for (size_t r = 0; days && r < days->n_rows; r++) {
		double at = read_number(days, r, "day") / (double)DAY_MS - (double)first;

		if (!(at >= 0 && at < MOST_AHEAD) ||
		    strcmp(read_text(days, r, "expected"), s->currency) != 0)
			continue;
		s->ahead[(size_t)at] =
			(struct stack_ahead){read_number(days, r, "low"),
					     read_number(days, r, "expected"),
					     read_number(days, r, "high")};
		if ((size_t)at + 1 > s->n_ahead)
			s->n_ahead = (size_t)at + 1;
	}
	if (s->n_ahead == 0 && isfinite(s->partial))
		s->n_ahead = 1;
}

/* Days on which all of it was more, or less, than usual. */
static bool *read_marks(struct sheet *s, const struct board *days)
{
	bool *marks = arena_calloc(&s->book.arena, s->book.n_days, sizeof(*marks));

	for (size_t r = 0; days && r < days->n_rows; r++) {
		const char *state = read_text(days, r, "state");
		double at = read_number(days, r, "day") / (double)DAY_MS -
			    (double)s->book.first_day;

		if (at >= 0 && at < (double)s->book.n_days &&
		    (strcmp(state, "more") == 0 || strcmp(state, "less") == 0))
			marks[(size_t)at] = true;
	}
	return marks;
}

static void put_legend(const struct look *look, struct surface *s,
		       const struct sheet *sheet, const struct view *view)
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

/* Of several tags the one that says most: whose values leave least untagged. The lines
 * of the others go, because they are the same money once more. */
static void keep_one_tag(struct sheet *s)
{
	const char *best = NULL;
	double least = INFINITY;
	size_t kept = 0;

	for (size_t i = 0; i < s->book.n; i++) {
		const char *tag = s->book.lines[i].text[COST_BY_GROUP];
		double untagged = 0;

		for (size_t k = 0; k < s->book.n; k++)
			if (strcmp(s->book.lines[k].text[COST_BY_GROUP], tag) == 0 &&
			    strcmp(s->book.lines[k].text[COST_BY_SERVICE], "untagged") ==
				    0)
				untagged += s->book.lines[k].month;
		if (untagged < least) {
			least = untagged;
			best = tag;
		}
	}
	for (size_t i = 0; i < s->book.n; i++)
		if (strcmp(s->book.lines[i].text[COST_BY_GROUP], best) == 0)
			s->book.lines[kept++] = s->book.lines[i];
	s->book.n = kept;
	s->tag = best;
}

static void draw_sheet(struct app *app, const struct look *look, struct surface *s,
		       struct sheet *sheet, const struct view *view)
{
	const struct board *days = app_board(app, "cost-days");
	struct surface plot = surface_sub(s, 2, 1, surface_w(s) - 3, surface_h(s) - 1);
	struct stack stack;

	if (strcmp(view->board, "cost-tag-days") == 0)
		keep_one_tag(sheet);
	sheet->n_sums = book_sums(&sheet->book, view->by, true, &sheet->sums);
	if (sheet->n_sums == 0)
		return;
	sheet->currency = sheet->sums[0].currency;
	pick_parts(sheet, view->by);
	read_ahead(sheet, days);
	stack = (struct stack){
		.first_day = sheet->book.first_day,
		.n = sheet->book.n_days,
		.parts = sheet->parts,
		.n_parts = sheet->n_parts,
		.is_marked = read_marks(sheet, days),
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
	const struct board *lines = lines_of(app, view);
	struct sheet sheet = {.n_sums = 0};

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
	book_init(&sheet.book, &(struct book_from){.lines = lines,
						   .workloads = app->workloads,
						   .n_workloads = app->n_workloads});
	draw_sheet(app, look, s, &sheet, view);
	book_fini(&sheet.book);
}
