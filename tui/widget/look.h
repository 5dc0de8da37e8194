/* How to draw just now: the moment ages are counted from, and whether the
 * terminal has more than ASCII. Thread: ui. */
#ifndef AZ_TUI_WIDGET_LOOK_H
#define AZ_TUI_WIDGET_LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/hits.h"

struct look {
	bool is_ascii;
	int64_t now_ms;	   /* the minute in the top line; every age counts from it */
	struct hits *hits; /* where to note what the mouse can hit; may be NULL */
};

/* One of two texts: with glyphs, or plain. */
static inline const char *look_pick(const struct look *look, const char *fine,
				    const char *plain)
{
	return look->is_ascii ? plain : fine;
}

#endif
