/* Gauges and stacked bars. Thread: any (no state). */
#include "tui/widget/gauge.h"

#include <math.h>

#include "base/count.h"
#include "tui/widget/mark.h"

static const int ticks[] = {80, 95};
#define TICKS_FROM_CELLS 10

static bool is_tick(int cell, int w)
{
	if (w < TICKS_FROM_CELLS)
		return false;
	for (size_t i = 0; i < COUNT(ticks); i++) {
		if (cell == ticks[i] * w / 100)
			return true;
	}
	return false;
}

void gauge_put(const struct look *look, struct surface *s, int x, int y, int w,
	       const struct gauge *gauge)
{
	double level = isfinite(gauge->pct) ? fmin(fmax(gauge->pct, 0), 100) : 0;
	int halves = (int)lround(level * 2 * w / 100);
	enum role filled =
		mark_value_role(gauge->sev == SEV_UNKNOWN ? SEV_NONE : gauge->sev,
				ROLE_GAUGE);

	if (level > 0 && halves == 0)
		halves = 1;
	for (int i = 0; i < w; i++) {
		int here = halves - i * 2;
		uint32_t fine = here >= 2 ? 0x2501 : here == 1 ? 0x257E : 0x2500;
		char plain = here >= 1 ? '=' : '-';

		if (here == 1)
			fine = 0x257E; /* heavy left half, light right half */
		if (gauge->has_ticks && is_tick(i, w)) {
			fine = here >= 2 ? 0x253F : 0x253C;
			plain = here >= 1 ? '#' : '|';
		}
		surface_glyph(s, x + i, y, here >= 1 ? filled : ROLE_GAUGE_EMPTY,
			      look->is_ascii ? (uint32_t)plain : fine);
	}
}

void bar_put(const struct look *look, struct surface *s, int x, int y, int w,
	     const struct bar_part *parts, size_t n)
{
	double total = 0, sum = 0;
	int at = 0;

	for (size_t i = 0; i < n; i++)
		total += isfinite(parts[i].value) ? fmax(parts[i].value, 0) : 0;
	for (size_t i = 0; i < n && total > 0; i++) {
		int end;

		if (!(parts[i].value > 0))
			continue;
		sum += parts[i].value;
		end = (int)lround(sum * w / total);
		if (end == at && at < w)
			end++; /* what is there is seen */
		for (; at < end && at < w; at++)
			surface_glyph(s, x + at, y, parts[i].role,
				      look->is_ascii ? (uint32_t)parts[i].plain
						     : parts[i].fine);
	}
	for (; at < w; at++)
		surface_glyph(s, x + at, y, ROLE_GAUGE_EMPTY,
			      look->is_ascii ? '-' : 0x2500);
}
