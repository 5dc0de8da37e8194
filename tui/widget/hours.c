/* See hours.h. A cell stands for several parts: it is on when more than half of those
 * known are. */
#include "tui/widget/hours.h"

#include <math.h>

enum level { LEVEL_UNKNOWN, LEVEL_OFF, LEVEL_ON, LEVEL_OVER };

static enum level level_of(const float *v, size_t from, size_t to)
{
	size_t n_on = 0, n_over = 0, n_known = 0;

	for (size_t i = from; v && i < to; i++) {
		if (isnan(v[i]))
			continue;
		n_known++;
		n_on += v[i] > 0.5f;
		n_over += v[i] > 1.5f;
	}
	return n_known == 0	      ? LEVEL_UNKNOWN
	       : 2 * n_over > n_known ? LEVEL_OVER
	       : 2 * n_on > n_known   ? LEVEL_ON
				      : LEVEL_OFF;
}

struct mark {
	uint32_t fine;
	char plain;
	enum role role;
};

static struct mark mark_of(enum level intended, enum level actual)
{
	static const struct mark unknown = {0xB7, '?', ROLE_UNKNOWN};
	static const struct mark marks[][4] = {
		[LEVEL_OFF] = {[LEVEL_UNKNOWN] = {0x2500, '.', ROLE_GAUGE_EMPTY},
			       [LEVEL_OFF] = {0x2500, '.', ROLE_GAUGE_EMPTY},
			       [LEVEL_ON] = {0x2580, '^', ROLE_WARN},
			       [LEVEL_OVER] = {0x2580, '^', ROLE_WARN}},
		[LEVEL_ON] = {[LEVEL_UNKNOWN] = {0x2584, '_', ROLE_GAUGE},
			      [LEVEL_OFF] = {0x2584, 'v', ROLE_WARN},
			      [LEVEL_ON] = {0x2588, '#', ROLE_GAUGE},
			      [LEVEL_OVER] = {0x2593, '%', ROLE_WARN}},
	};

	return intended == LEVEL_UNKNOWN ? unknown : marks[intended][actual];
}

void hours_put(const struct look *look, struct surface *s, int x, int y, int w,
	       const struct hours *hours)
{
	int now = -1;

	if (w <= 0 || hours->n == 0)
		return;
	if (!isnan(hours->now) && hours->now >= 0 && hours->now < 1)
		now = (int)(hours->now * w);
	for (int i = 0; i < w; i++) {
		size_t from = (size_t)i * hours->n / (size_t)w;
		size_t to = ((size_t)i + 1) * hours->n / (size_t)w;
		struct mark mark;

		if (to == from)
			to = from + 1;
		mark = mark_of(level_of(hours->intended, from, to),
			       level_of(now >= 0 && i > now ? NULL : hours->actual, from,
					to));
		if (i == now)
			mark = (struct mark){0x2503, '|', ROLE_STRONG};
		surface_glyph(s, x + i, y, mark.role,
			      look->is_ascii ? (uint32_t)mark.plain : mark.fine);
	}
}

void hours_put_scale(struct surface *s, int x, int y, int w)
{
	int step = w >= 64 ? 3 : w >= 24 ? 6 : 12;

	for (int hour = 0; hour < 24; hour += step)
		surface_printf(s, x + hour * w / 24, y, ROLE_HEADING, "%02d", hour);
}
