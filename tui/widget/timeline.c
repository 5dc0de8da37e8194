/* See timeline.h. */
#include "tui/widget/timeline.h"

#include "base/timefmt.h"
#include "tui/widget/mark.h"

enum { MONTH_W = 4 };

static int place_of(const struct timeline *line, int64_t at_ms, int w)
{
	int64_t span = line->to_ms - line->from_ms;
	int64_t x = span > 0 ? (at_ms - line->from_ms) * w / span : 0;

	return x < 0 ? 0 : x >= w ? w - 1 : (int)x;
}

void timeline_put(const struct look *look, struct surface *s, int x, int y, int w,
		  const struct timeline *line)
{
	int now = place_of(line, look->now_ms, w);

	if (w <= 0)
		return;
	for (int i = 0; i < w; i++)
		surface_glyph(s, x + i, y, i > now ? ROLE_GAUGE_EMPTY : ROLE_BORDER,
			      look->is_ascii ? (i > now ? '.' : '-')
					     : (i > now ? 0xB7 : 0x2500));
	if (now < w - 1 || look->now_ms == line->to_ms)
		surface_glyph(s, x + now, y, ROLE_STRONG, look->is_ascii ? '|' : 0x2502);
	for (size_t i = 0; i < line->n; i++) {
		const struct timeline_mark *mark = &line->marks[i];
		int at = x + place_of(line, mark->at_ms, w);

		if (mark->is_due)
			surface_glyph(s, at, y,
				      mark->at_ms < look->now_ms ? ROLE_WARN : ROLE_INFO,
				      look->is_ascii ? 'o' : 0x25C7);
		else
			surface_puts(s, at, y, mark_role(mark->sev),
				     mark_text(look, mark->sev));
	}
}

void timeline_put_months(struct surface *s, int x, int y, int w,
			 const struct timeline *line)
{
	struct utc at = utc_from_ms(line->from_ms);
	int free_x = 0;

	for (;;) {
		struct utc first = {.year = at.year, .month = at.month, .day = 1};
		int64_t ms;
		int place;

		first.month = at.month == 12 ? 1 : at.month + 1;
		first.year += at.month == 12;
		ms = utc_to_ms(&first);
		at = first;
		if (ms >= line->to_ms)
			return;
		place = place_of(line, ms, w);
		if (place < free_x || place + 3 > w)
			continue;
		surface_puts(s, x + place, y, ROLE_DIM, month_name(first.month));
		free_x = place + MONTH_W;
	}
}
