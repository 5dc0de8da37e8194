/* Bytes from the terminal to events: UTF-8, escape sequences with modifiers, SGR
 * mouse, bracketed paste, reports. Unknown sequences vanish; garbage is harmless.
 * Thread: ui. */
#ifndef AZ_TUI_INPUT_H
#define AZ_TUI_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "tui/event.h"

/* What the terminal says of itself in answers. */
enum report { REPORT_SYNC = 1 };

struct input {
	struct strbuf bytes;
	size_t at; /* of bytes: what comes before is decoded */
	struct strbuf paste;
	bool is_pasting;
	unsigned reports; /* bits of enum report that were answered "yes" */
	int64_t click_ms; /* for double clicks */
	int click_x, click_y;
	enum mouse_button click_button;
};

void input_init(struct input *in);
void input_fini(struct input *in);
void input_feed(struct input *in, struct str bytes);
/* The next event. `is_idle`: no more bytes are coming now, so a lone escape is
 * the escape key. A paste's text is borrowed until the next call. */
bool input_next(struct input *in, bool is_idle, int64_t now_ms, struct event *out);
/* An escape or half a character waits for its continuation: call again, idle, after
 * this time. */
bool input_is_pending(const struct input *in);
enum { INPUT_ESCAPE_MS = 25 };

#endif
