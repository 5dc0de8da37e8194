/* How many lines when, over the lines themselves: a bar a span of time, in the colour of
 * the worst in it, and where the cursor stands. Thread: ui. */
#ifndef AZ_TUI_LOGS_LOG_STRIP_H
#define AZ_TUI_LOGS_LOG_STRIP_H

#include "stream/histogram.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

struct log_strip {
	const struct histogram *histogram;
	int64_t cursor_ms; /* 0: not marked */
	bool is_partial;   /* lines are still being summed up */
};

/* Over all of the surface: bars, and under them the times, if there is room for both. */
void log_strip_draw(const struct log_strip *strip, const struct look *look,
		    struct surface *s);
void log_strip_put_time(struct strbuf *out, int64_t ms, int64_t width_ms);

#endif
