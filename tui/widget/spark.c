/* A series in block eighths, one row high or several. Thread: any (no state).
 *
 * A value above the bottom of the scale always shows at least its lowest
 * eighth, so that "small" and "none" look different. */
#include "tui/widget/spark.h"

#include <math.h>

static const char plain_steps[] = " _.-:=+*#";

void series_scale(const struct series *series, double *low, double *high)
{
	double top = -INFINITY, bottom = 0;

	for (size_t i = 0; i < series->n; i++) {
		if (isfinite(series->p[i])) {
			top = fmax(top, series->p[i]);
			bottom = fmin(bottom, series->p[i]);
		}
	}
	*low = isnan(series->low) ? bottom : series->low;
	*high = isnan(series->high) ? top : series->high;
	if (!(*high > *low))
		*high = *low + 1;
}

/* Eighths of a cell, 0 to 8, for one row of a bar that is `eighths` high. */
static void put_step(const struct look *look, struct surface *s, int x, int y,
		     enum role role, int step)
{
	if (step <= 0)
		return;
	if (step > 8)
		step = 8;
	if (look->is_ascii)
		surface_glyph(s, x, y, role, (uint32_t)plain_steps[step]);
	else
		surface_glyph(s, x, y, role, 0x2580u + (uint32_t)step);
}

void spark_put_tall(const struct look *look, struct surface *s, struct rect at,
		    enum role role, const struct series *series)
{
	size_t shown =
		series->n < (size_t)(at.w > 0 ? at.w : 0) ? series->n : (size_t)at.w;
	size_t first = series->n - shown;
	double low, high;

	if (at.w <= 0 || at.h <= 0 || series->n == 0)
		return;
	series_scale(series, &low, &high);
	for (size_t i = 0; i < shown; i++) {
		double value = series->p[first + i];
		int x = at.x + at.w - (int)shown + (int)i, eighths;

		if (!isfinite(value)) {
			surface_glyph(s, x, at.y + at.h - 1, ROLE_UNKNOWN,
				      look->is_ascii ? ' ' : 0xB7);
			continue;
		}
		value = fmin(fmax((value - low) / (high - low), 0), 1);
		eighths = (int)lround(value * 8 * at.h);
		if (eighths == 0)
			eighths = 1;
		for (int row = 0; row < at.h; row++)
			put_step(look, s, x, at.y + at.h - 1 - row, role,
				 eighths - row * 8);
	}
}

void spark_put(const struct look *look, struct surface *s, int x, int y, int w,
	       enum role role, const struct series *series)
{
	spark_put_tall(look, s, (struct rect){.x = x, .y = y, .w = w, .h = 1}, role,
		       series);
}
