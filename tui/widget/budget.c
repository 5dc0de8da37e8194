/* See budget.h. Rows under the line of nothing are critical: the promise is broken
 * there. */
#include "tui/widget/budget.h"

#include <math.h>
#include <stdio.h>

#include "tui/widget/chart.h"

enum { LABEL_W = 9, LEAST_W = 24, LEAST_H = 3 };

struct scale {
	double low, high;
	int rows, zero; /* the row of the line */
};

static struct scale scale_of(const struct budget *b, int rows)
{
	struct scale scale = {.high = b->whole, .rows = rows};

	for (size_t i = 0; i < b->n; i++) {
		if (isfinite(b->left[i])) {
			scale.low = fmin(scale.low, (double)b->left[i]);
			scale.high = fmax(scale.high, (double)b->left[i]);
		}
	}
	scale.zero = (int)lround(scale.high / (scale.high - scale.low) * (rows - 1));
	return scale;
}

static void put_label(struct surface *s, int x, int y, enum role role, double value,
		      const char *unit)
{
	char text[32];

	snprintf(text, sizeof(text), "%.*f %s", fabs(value) < 10 && value != 0 ? 1 : 0,
		 value, unit);
	surface_put_fit(s, x, y, LABEL_W - 1, role, str_from(text), true);
}

static void put_line(const struct look *look, struct surface *s, struct rect at, int y)
{
	for (int x = LABEL_W; x < at.w; x++)
		surface_glyph(s, at.x + x, at.y + y, ROLE_BORDER,
			      look->is_ascii ? '-' : 0x2500);
}

void budget_put(const struct look *look, struct surface *s, struct rect at,
		const struct budget *b)
{
	struct series series = {.p = b->left, .n = b->n};
	struct scale scale;
	int rows = at.h - 1;

	if (at.w < LEAST_W || at.h < LEAST_H || b->n < 2 || !(b->whole > 0))
		return;
	scale = scale_of(b, rows);
	series.low = scale.low;
	series.high = scale.high;
	put_label(s, at.x, at.y, ROLE_DIM, scale.high, b->unit);
	if (scale.zero > 0)
		put_label(s, at.x, at.y + scale.zero, ROLE_DIM, 0, b->unit);
	if (scale.zero < rows - 1)
		put_label(s, at.x, at.y + rows - 1, ROLE_CRIT, scale.low, b->unit);
	put_line(look, s, at, scale.zero);
	for (int row = 0; row < rows; row++)
		chart_put_row(look, s,
			      (struct rect){at.x + LABEL_W, at.y + row, at.w - LABEL_W,
					    1},
			      row, rows, row > scale.zero ? ROLE_SPARK_CRIT : ROLE_SPARK,
			      &series);
	surface_puts(s, at.x + LABEL_W, at.y + rows, ROLE_DIM, b->from);
	surface_puts(s, at.x + at.w - 3, at.y + rows, ROLE_DIM, "now");
}
