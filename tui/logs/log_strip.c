/* See log_strip.h. */
#include "tui/logs/log_strip.h"

#include <inttypes.h>

#include "base/timefmt.h"

enum { EIGHTHS = 8 };

static enum role role_of(const struct histogram_bucket *b)
{
	if (b->lines[LINE_ERROR] + b->lines[LINE_CRITICAL] > 0)
		return ROLE_CRIT;
	return b->lines[LINE_WARNING] > 0 ? ROLE_WARN : ROLE_SPARK;
}

/* As many bars of equal spans as there are cells, or buckets. */
struct bars {
	size_t n;
	int cells;  /* of each */
	size_t per; /* buckets of each */
};

static struct bars lay_out(const struct histogram *h, int w)
{
	struct bars bars = {.cells = 1, .per = 1};

	if (w <= 0 || h->n == 0)
		return bars;
	while (h->n > bars.per * (size_t)w)
		bars.per++;
	bars.n = (h->n + bars.per - 1) / bars.per;
	bars.cells = w / (int)bars.n;
	if (bars.cells > 3)
		bars.cells = 3;
	return bars;
}

static struct histogram_bucket bar_at(const struct histogram *h, const struct bars *bars,
				      size_t i)
{
	struct histogram_bucket sum = {.lines = {0}};

	for (size_t b = i * bars->per; b < (i + 1) * bars->per && b < h->n; b++) {
		for (size_t level = 0; level < LINE_LEVELS; level++)
			sum.lines[level] += h->bucket[b].lines[level];
	}
	return sum;
}

static void put_cell(const struct look *look, struct surface *s, int x, int y,
		     enum role role, int eighths)
{
	static const char plain[] = " _.-:=+*#";

	if (eighths <= 0)
		return;
	if (eighths > EIGHTHS)
		eighths = EIGHTHS;
	surface_glyph(s, x, y, role,
		      look->is_ascii ? (uint32_t)plain[eighths]
				     : 0x2580u + (uint32_t)eighths);
}

static void draw_bars(const struct log_strip *strip, const struct look *look,
		      struct surface *s, const struct bars *bars)
{
	const struct histogram *h = strip->histogram;
	int rows = surface_h(s);
	uint64_t most = 1;

	for (size_t i = 0; i < bars->n; i++) {
		struct histogram_bucket bar = bar_at(h, bars, i);

		if (histogram_sum(&bar) > most)
			most = histogram_sum(&bar);
	}
	for (size_t i = 0; i < bars->n; i++) {
		struct histogram_bucket bar = bar_at(h, bars, i);
		uint64_t sum = histogram_sum(&bar);
		int eighths = (int)((double)sum / (double)most * rows * EIGHTHS);

		if (sum > 0 && eighths == 0)
			eighths = 1;
		for (int row = 0; row < rows; row++) {
			for (int x = 0; x < bars->cells; x++)
				put_cell(look, s, (int)i * bars->cells + x,
					 rows - 1 - row, role_of(&bar),
					 eighths - row * EIGHTHS);
		}
	}
}

void log_strip_put_time(struct strbuf *out, int64_t ms, int64_t width_ms)
{
	struct utc at = utc_from_ms(ms);

	if (width_ms >= HOUR_MS)
		strbuf_printf(out, "%02d-%02d %02d:%02d", at.month, at.day, at.hour,
			      at.minute);
	else if (width_ms >= MINUTE_MS)
		strbuf_printf(out, "%02d:%02d", at.hour, at.minute);
	else
		strbuf_printf(out, "%02d:%02d:%02d", at.hour, at.minute, at.second);
}

static int cell_of(const struct log_strip *strip, const struct bars *bars)
{
	const struct histogram *h = strip->histogram;
	int64_t span = histogram_width_ms(h) * (int64_t)bars->per;
	int64_t at = (strip->cursor_ms - histogram_begin_ms(h, 0)) / span;

	if (!strip->cursor_ms || at < 0 || at >= (int64_t)bars->n)
		return -1;
	return (int)at * bars->cells + bars->cells / 2;
}

static void put_legend(const struct log_strip *strip, struct strbuf *out)
{
	const struct histogram *h = strip->histogram;
	uint64_t errors = 0, warnings = 0;

	for (size_t i = 0; i < h->n; i++) {
		errors += h->bucket[i].lines[LINE_ERROR] +
			  h->bucket[i].lines[LINE_CRITICAL];
		warnings += h->bucket[i].lines[LINE_WARNING];
	}
	strbuf_printf(out, "%" PRIu64 " error%s  %" PRIu64 " warning%s", errors,
		      errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
	if (h->untimed)
		strbuf_printf(out, "  %" PRIu64 " without a time", h->untimed);
	if (strip->is_partial)
		strbuf_puts(out, "  so far");
}

static void draw_axis(const struct log_strip *strip, const struct look *look,
		      struct surface *s, const struct bars *bars, int y)
{
	const struct histogram *h = strip->histogram;
	int w = surface_w(s), end = (int)bars->n * bars->cells, cursor;
	int64_t width = histogram_width_ms(h);
	struct strbuf text;
	int x, begin_w, end_w = 0;

	strbuf_init(&text, 200);
	log_strip_put_time(&text, histogram_begin_ms(h, 0), width);
	x = begin_w = surface_put(s, 0, y, ROLE_DIM, strbuf_str(&text));
	strbuf_reset(&text);
	log_strip_put_time(&text, histogram_begin_ms(h, h->n), width);
	if (end - (int)text.n > x + 1) {
		end_w = surface_put(s, end - (int)text.n, y, ROLE_DIM, strbuf_str(&text));
		x = end;
	}
	strbuf_reset(&text);
	put_legend(strip, &text);
	if (x + 3 + (int)text.n <= w)
		surface_put(s, w - (int)text.n, y, ROLE_DIM, strbuf_str(&text));
	cursor = cell_of(strip, bars);
	/* At the ends the times say as much. */
	if (cursor > begin_w && cursor < end - end_w)
		surface_puts(s, cursor, y, ROLE_KEY, look_pick(look, "▲", "^"));
	strbuf_fini(&text);
}

void log_strip_draw(const struct log_strip *strip, const struct look *look,
		    struct surface *s)
{
	struct bars bars = lay_out(strip->histogram, surface_w(s));
	int rows = surface_h(s) > 1 ? surface_h(s) - 1 : 1;
	struct surface top = surface_sub(s, 0, 0, surface_w(s), rows);

	if (strip->histogram->n == 0) {
		surface_puts(s, 0, 0, ROLE_DIM, "no line says a time");
		return;
	}
	draw_bars(strip, look, &top, &bars);
	if (surface_h(s) > 1)
		draw_axis(strip, look, s, &bars, rows);
}
