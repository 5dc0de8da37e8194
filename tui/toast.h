/* One short message at the bottom right that goes by itself. Thread: ui. */
#ifndef AZ_TUI_TOAST_H
#define AZ_TUI_TOAST_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/surface.h"
#include "tui/widget/look.h"

struct toast {
	char text[200];
	bool is_error;
	int64_t from_ms, until_ms; /* monotonic; until 0: nothing to show */
};

void toast_set(struct toast *toast, int64_t now_mono_ms, bool is_error, const char *text);
/* True when it just went. */
bool toast_tick(struct toast *toast, int64_t now_mono_ms);
/* What a key does to it: it goes, once it had time to be read. */
void toast_dismiss(struct toast *toast, int64_t now_mono_ms);
/* Cells it takes of a line of w; 0: nothing to show. */
int toast_width(const struct toast *toast, int w);
/* Over the row given, right aligned. */
void toast_draw(const struct toast *toast, const struct look *look, struct surface *s,
		int y);

#endif
