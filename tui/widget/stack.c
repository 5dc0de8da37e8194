/* See stack.h. Heights are counted in eighths of a line; a cell belongs to the part that
 * has most of it, and only the top of a bar is drawn finer than a line.
 * Thread: any (no state). */
#include "tui/widget/stack.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "board/figure.h"

#define AXIS_CELLS  7
#define LEAST_CELLS 24
#define LEAST_LINES 3
#define MOST_WIDE   5 /* cells of a day */
#define GAP_FROM    3
#define LABEL_CELLS 7
#define EIGHTHS	    8

static const struct {
	enum role role;
	uint32_t fine;
	char plain;
} looks[STACK_PARTS] = {
	{ROLE_SERIES_1, 0x2588, '#'}, {ROLE_SERIES_2, 0x2593, '='},
	{ROLE_SERIES_3, 0x2592, '+'}, {ROLE_SERIES_4, 0x2591, '-'},
	{ROLE_DIM, 0x2571, '.'},
};

/* Where everything goes. */
struct plot {
	const struct look *look;
	struct surface *s;
	const struct stack *stack;
	int x, w, h;	/* of the bars */
	size_t from, n; /* days shown, counted over known ones and those ahead */
	int wide;	/* cells of a day */
	double top;	/* of the axis */
};

void stack_put_key(const struct look *look, struct surface *s, int x, int y, size_t part)
{
	size_t i = part < STACK_PARTS ? part : STACK_PARTS - 1;

	surface_glyph(s, x, y, looks[i].role,
		      look->is_ascii ? (uint32_t)looks[i].plain : looks[i].fine);
}

static double above(double x)
{
	return isfinite(x) && x > 0 ? x : 0;
}

static double total(const struct stack *stack, size_t day)
{
	double sum = 0;

	for (size_t k = 0; k < stack->n_parts; k++)
		sum += above(stack->parts[k].v[day]);
	return sum;
}

/* A round figure, at least so much, that its half is round as well. */
static double round_top(double most)
{
	static const double steps[] = {1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8};
	double power;

	if (!(most > 0))
		return 1;
	power = pow(10, floor(log10(most)));
	for (size_t i = 0; i < COUNT(steps); i++)
		if (most <= steps[i] * power)
			return steps[i] * power;
	return 10 * power;
}

static bool plot_init(struct plot *p)
{
	const struct stack *stack = p->stack;
	size_t all = stack->n + stack->n_ahead;
	double most = above(stack->partial);
	int room = surface_w(p->s) - AXIS_CELLS;

	if (surface_w(p->s) < LEAST_CELLS || surface_h(p->s) < LEAST_LINES || all == 0)
		return false;
	p->wide = (int)((size_t)room / all);
	p->wide = p->wide < 1 ? 1 : p->wide > MOST_WIDE ? MOST_WIDE : p->wide;
	p->n = (size_t)(room / p->wide) < all ? (size_t)(room / p->wide) : all;
	p->from = all - p->n;
	p->x = AXIS_CELLS;
	p->w = (int)p->n * p->wide;
	p->h = surface_h(p->s) - 1;
	for (size_t i = p->from; i < all; i++)
		most = fmax(most, i < stack->n ? total(stack, i)
					       : above(stack->ahead[i - stack->n].high));
	p->top = round_top(most);
	return true;
}

static void put_axis_at(const struct plot *p, double value)
{
	int line = p->h - (int)lround(p->h * value / p->top);
	char figure[FIGURE_MAX];

	if (p->top < 10)
		figure_fixed(figure, value, 1);
	else
		figure_short(figure, value, value < 1000 ? 0 : 1);
	surface_printf(p->s, 0, line, ROLE_DIM, "%*s", AXIS_CELLS - 1, figure);
}

static void put_axis(const struct plot *p)
{
	put_axis_at(p, p->top);
	if (p->h > 5)
		put_axis_at(p, p->top / 2);
}

static int eighths_of(const struct plot *p, double value)
{
	return (int)lround(above(value) * p->h * EIGHTHS / p->top);
}

static int bar_cells(const struct plot *p)
{
	return p->wide >= GAP_FROM ? p->wide - 1 : p->wide;
}

static void put_cells(const struct plot *p, int x, int line, enum role role,
		      uint32_t fine, char plain)
{
	for (int i = 0; i < bar_cells(p); i++)
		surface_glyph(p->s, x + i, line, role,
			      p->look->is_ascii ? (uint32_t)plain : fine);
}

/* The part that has most of the eighths from `low` to `high`. */
static size_t part_of(const struct plot *p, size_t day, int low, int high)
{
	const struct stack *stack = p->stack;
	size_t best = 0;
	double sum = 0;
	int most = 0;

	for (size_t k = 0; k < stack->n_parts; k++) {
		int from = eighths_of(p, sum), to;

		sum += above(stack->parts[k].v[day]);
		to = eighths_of(p, sum);
		from = from > low ? from : low;
		to = to < high ? to : high;
		if (to - from > most) {
			most = to - from;
			best = k;
		}
	}
	return best;
}

/* One cell of a bar that is `height` eighths high. */
static void put_part(const struct plot *p, int x, int line, size_t part, int filled)
{
	size_t i = part < STACK_PARTS ? part : STACK_PARTS - 1;
	bool is_full = looks[i].fine == 0x2588;

	if (filled < EIGHTHS && is_full && !p->look->is_ascii)
		put_cells(p, x, line, looks[i].role, 0x2580u + (uint32_t)filled, ' ');
	else if (filled >= EIGHTHS / 2)
		put_cells(p, x, line, looks[i].role, looks[i].fine, looks[i].plain);
	else /* less than half of a line of something that has no finer glyph */
		put_cells(p, x, line, looks[i].role, 0x2581u, '_');
}

/* Over the bar, where there is a line over it. */
static void put_mark(const struct plot *p, int x, int height)
{
	int line = p->h - 1 - (height + EIGHTHS - 1) / EIGHTHS;

	surface_puts(p->s, x, line < 0 ? 0 : line, ROLE_WARN,
		     look_pick(p->look, "▼", "v"));
}

static void put_bar(const struct plot *p, size_t day, int x)
{
	int height = eighths_of(p, total(p->stack, day));

	for (int low = 0; low < height; low += EIGHTHS) {
		int high = low + EIGHTHS < height ? low + EIGHTHS : height;

		put_part(p, x, p->h - 1 - low / EIGHTHS, part_of(p, day, low, high),
			 high - low);
	}
	if (p->stack->is_marked && p->stack->is_marked[day])
		put_mark(p, x, height);
}

/* What is there of the day that is not whole. */
static void put_partial(const struct plot *p, int x)
{
	int height = eighths_of(p, p->stack->partial);

	for (int low = 0; low < height; low += EIGHTHS) {
		int filled = height - low < EIGHTHS ? height - low : EIGHTHS;

		put_cells(p, x, p->h - 1 - low / EIGHTHS, ROLE_DIM,
			  0x2580u + (uint32_t)filled, filled >= EIGHTHS / 2 ? ':' : '.');
	}
}

/* The line in which a bar of this height ends. */
static int line_of(const struct plot *p, double value)
{
	int up = (int)ceil(above(value) * p->h / p->top) - 1;

	return p->h - 1 - (up < 0 ? 0 : up >= p->h ? p->h - 1 : up);
}

static void put_ahead(const struct plot *p, const struct stack_ahead *ahead, int x)
{
	if (!isfinite(ahead->mid))
		return;
	for (int line = line_of(p, ahead->high); line <= line_of(p, ahead->low); line++)
		put_cells(p, x, line, ROLE_DIM, 0x2591, ':');
	put_cells(p, x, line_of(p, ahead->mid), ROLE_SPARK, 0x2500, '-');
}

/* Mondays get their date where there is room. */
static void put_dates(const struct plot *p)
{
	const struct stack *stack = p->stack;
	int free_from = p->x;

	for (size_t i = 0; i < p->n; i++) {
		size_t day = p->from + i;
		int x = p->x + (int)i * p->wide;
		struct utc t = utc_from_ms((stack->first_day + (int64_t)day) * DAY_MS);

		if (t.weekday == 1 && x >= free_from &&
		    x + LABEL_CELLS - 1 <= surface_w(p->s)) {
			surface_printf(p->s, x, p->h, ROLE_DIM, "%d %s", t.day,
				       month_name(t.month));
			free_from = x + LABEL_CELLS;
		}
	}
}

void stack_put(const struct look *look, struct surface *s, const struct stack *stack)
{
	struct plot p = {.look = look, .s = s, .stack = stack};

	if (!plot_init(&p))
		return;
	put_axis(&p);
	for (size_t i = 0; i < p.n; i++) {
		size_t day = p.from + i;
		int x = p.x + (int)i * p.wide;

		if (day < stack->n) {
			put_bar(&p, day, x);
			continue;
		}
		put_ahead(&p, &stack->ahead[day - stack->n], x);
		if (day == stack->n && isfinite(stack->partial))
			put_partial(&p, x);
	}
	put_dates(&p);
}
