/* A series as a line. Thread: any (no state).
 *
 * The series is stretched over the width. Each column of dots reaches from the
 * value before it to its own, so that the line has no holes where it is steep; a
 * gap in the data stays a gap. */
#include "tui/widget/chart.h"

#include <math.h>

#define BRAILLE 0x2800u

/* Bits of a braille cell, by column and by row from the top. */
static const uint8_t bits[2][4] = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

/* Dots from the bottom, or -1 where nothing is known. */
static int level_at(const struct series *series, double place, int dots, double low,
		    double high)
{
	size_t before = (size_t)place,
	       after = before + 1 < series->n ? before + 1 : before;
	double a = series->p[before], b = series->p[after], value;

	if (!isfinite(a) || !isfinite(b))
		return -1;
	value = a + (b - a) * (place - (double)before);
	value = fmin(fmax((value - low) / (high - low), 0), 1);
	return (int)lround(value * (dots - 1));
}

void chart_put_row(const struct look *look, struct surface *s, struct rect at, int row,
		   int rows, enum role role, const struct series *series)
{
	int dots = rows * 4, columns = at.w * 2, before = -1;
	double low, high, step;

	if (series->n < 2 || at.w <= 0)
		return;
	if (look->is_ascii) {
		struct surface line = surface_sub(s, at.x, at.y, at.w, 1);

		spark_put_tall(look, &line, (struct rect){0, -row, at.w, rows}, role,
			       series);
		return;
	}
	series_scale(series, &low, &high);
	step = (double)(series->n - 1) / (columns - 1);
	for (int x = 0; x < at.w; x++) {
		uint32_t cell = 0;

		for (int half = 0; half < 2; half++) {
			int level =
				level_at(series, step * (x * 2 + half), dots, low, high);
			int from = before < 0 ? level : before, to = level;

			before = level;
			if (level < 0)
				continue;
			if (from != to)
				from += from < to ? 1 : -1;
			for (int dot = from < to ? from : to;
			     dot <= (from < to ? to : from); dot++) {
				int down = dots - 1 - dot;

				if (down / 4 == row)
					cell |= bits[half][down % 4];
			}
		}
		if (cell)
			surface_glyph(s, at.x + x, at.y, role, BRAILLE + cell);
	}
}
