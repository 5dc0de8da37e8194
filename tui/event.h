/* What the terminal tells us, decoded. Thread: ui. */
#ifndef AZ_TUI_EVENT_H
#define AZ_TUI_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum event_kind {
	EVENT_KEY,
	EVENT_MOUSE,
	EVENT_PASTE, /* text, already sanitised */
	EVENT_RESIZE,
	EVENT_FOCUS,
};

/* Keys without a character; characters are their code point. */
enum key_code {
	KEYCODE_NONE = 0x110000,
	KEYCODE_UP,
	KEYCODE_DOWN,
	KEYCODE_LEFT,
	KEYCODE_RIGHT,
	KEYCODE_HOME,
	KEYCODE_END,
	KEYCODE_PAGE_UP,
	KEYCODE_PAGE_DOWN,
	KEYCODE_INSERT,
	KEYCODE_DELETE,
	KEYCODE_BACKSPACE,
	KEYCODE_TAB,
	KEYCODE_ENTER,
	KEYCODE_ESCAPE,
	KEYCODE_F1, /* F2 is the next, to F12 */
	KEYCODE_F12 = KEYCODE_F1 + 11,
};

enum { MOD_SHIFT = 1, MOD_ALT = 2, MOD_CTRL = 4 };

struct key {
	uint32_t code; /* code point or enum key_code; ctrl-a is 'a' with MOD_CTRL */
	uint8_t mods;
};

enum mouse_button {
	MOUSE_LEFT,
	MOUSE_MIDDLE,
	MOUSE_RIGHT,
	MOUSE_WHEEL_UP,
	MOUSE_WHEEL_DOWN,
};

struct event {
	enum event_kind kind;
	struct key key;
	enum mouse_button button;
	bool is_press, is_double;
	int x, y; /* mouse: cell */
	int w, h; /* resize: cells */
	bool has_focus;
	struct str text; /* paste: borrowed until the next read */
};

#endif
