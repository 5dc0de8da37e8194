/* Bytes from a terminal: no crash, only keys that exist and clean pastes, and the
 * same events in one piece as byte by byte. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "tui/input.h"
#include "tui/keymap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { MOST_BYTES = 4096 };

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void put_event(struct strbuf *out, const struct event *e)
{
	strbuf_printf(out, "%d ", (int)e->kind);
	if (e->kind == EVENT_KEY) {
		require(e->key.code <= KEYCODE_F12 && e->key.code >= ' ');
		require(e->key.mods < 8);
		key_format(out, e->key);
	} else if (e->kind == EVENT_MOUSE) {
		require(e->x >= 0 && e->y >= 0);
		require(e->button <= MOUSE_WHEEL_DOWN);
		strbuf_printf(out, "%d %d %d", (int)e->button, e->x, e->y);
	} else if (e->kind == EVENT_PASTE) {
		require(utf8_is_valid(e->text));
		require(str_find_char(e->text, '\033') < 0);
		strbuf_put(out, e->text);
	}
	strbuf_putc(out, '\n');
}

static void decode(struct str bytes, size_t step, struct strbuf *out)
{
	struct input in;
	struct event event;

	input_init(&in);
	for (size_t at = 0; at < bytes.n; at += step) {
		input_feed(&in, str_sub(bytes, at, step));
		while (input_next(&in, false, 0, &event))
			put_event(out, &event);
	}
	while (input_next(&in, true, 0, &event))
		put_event(out, &event);
	require(!input_is_pending(&in));
	strbuf_printf(out, "reports %u", in.reports);
	input_fini(&in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str bytes = {(const char *)data, n < MOST_BYTES ? n : MOST_BYTES};
	struct strbuf whole, parts;

	strbuf_init(&whole, 1 << 20);
	strbuf_init(&parts, 1 << 20);
	decode(bytes, bytes.n ? bytes.n : 1, &whole);
	decode(bytes, 1, &parts);
	require(str_eq(strbuf_str(&whole), strbuf_str(&parts)));
	strbuf_fini(&whole);
	strbuf_fini(&parts);
	return 0;
}
