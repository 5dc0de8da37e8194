/* See input.h. */
#include "tui/input.h"

#include <string.h>

#include "base/sanitize.h"
#include "base/utf8.h"

enum { BYTES_MAX = 1 << 20, PASTE_MAX = 1 << 20, SEQUENCE_MAX = 64, DOUBLE_MS = 400 };

void input_init(struct input *in)
{
	*in = (struct input){.click_x = -1};
	strbuf_init(&in->bytes, BYTES_MAX);
	strbuf_init(&in->paste, PASTE_MAX);
}

void input_fini(struct input *in)
{
	strbuf_fini(&in->bytes);
	strbuf_fini(&in->paste);
}

void input_feed(struct input *in, struct str bytes)
{
	strbuf_put(&in->bytes, bytes);
	/* More than a megabyte unread: what did not fit is lost, not the rest. */
	in->bytes.overflow = false;
}

bool input_is_pending(const struct input *in)
{
	return in->bytes.n > 0 && !in->is_pasting;
}

/* A decoded thing: its length, or 0 when more bytes are needed. */
struct step {
	size_t n;
	bool has_event;
};

static struct step key(size_t n, struct event *out, uint32_t code, unsigned mods)
{
	*out = (struct event){.kind = EVENT_KEY,
			      .key = {.code = code, .mods = (uint8_t)mods}};
	return (struct step){n, true};
}

/* Control bytes as the keys that send them. */
static struct step control(unsigned char c, size_t n, struct event *out, unsigned mods)
{
	switch (c) {
	case '\r':
	case '\n':
		return key(n, out, KEYCODE_ENTER, mods);
	case '\t':
		return key(n, out, KEYCODE_TAB, mods);
	case 0x7f:
	case '\b':
		return key(n, out, KEYCODE_BACKSPACE, mods);
	case 0x1b:
		return key(n, out, KEYCODE_ESCAPE, mods);
	case 0:
		return key(n, out, ' ', mods | MOD_CTRL);
	default:
		if (c < 27)
			return key(n, out, (uint32_t)('a' + c - 1), mods | MOD_CTRL);
		return key(n, out, (uint32_t)(c + 0x40), mods | MOD_CTRL);
	}
}

static struct step character(struct str s, bool is_idle, struct event *out, unsigned mods,
			     size_t before)
{
	unsigned char c = (unsigned char)s.p[0];
	uint32_t cp;
	size_t n;

	if (c < 0x20 || c == 0x7f)
		return control(c, before + 1, out, mods);
	n = utf8_decode(s, &cp);
	/* A character that is still arriving. */
	if (cp == UTF8_REPLACEMENT && n == 1 && c >= 0xc2 && s.n < 4 && !is_idle)
		return (struct step){0};
	return key(before + n, out, cp, mods);
}

/* CSI parameters: at most four numbers. */
struct csi {
	char marker; /* '<', '?' or '\0' */
	int numbers[4];
	int n;
	char final;
	char middle; /* '$' and the like */
};

/* Length of the whole sequence, 0 when it is cut. */
static size_t read_csi(struct str s, struct csi *out)
{
	size_t i = 2;

	*out = (struct csi){0};
	if (i < s.n && strchr("<=>?", s.p[i]) && s.p[i])
		out->marker = s.p[i++];
	for (; i < s.n && i < SEQUENCE_MAX; i++) {
		char c = s.p[i];

		if (c >= '0' && c <= '9') {
			if (out->n == 0)
				out->n = 1;
			if (out->n <= 4 && out->numbers[out->n - 1] < 100000)
				out->numbers[out->n - 1] =
					out->numbers[out->n - 1] * 10 + (c - '0');
		} else if (c == ';' || c == ':') {
			out->n += out->n == 0 ? 2 : 1;
			out->n = out->n > 4 ? 4 : out->n;
		} else if (c >= 0x20 && c <= 0x2f) {
			out->middle = c;
		} else {
			out->final = c;
			return i + 1;
		}
	}
	return i >= SEQUENCE_MAX ? i : 0;
}

/* xterm's modifier parameter is one more than its bits. */
static unsigned mods_of(int parameter)
{
	unsigned bits = parameter > 1 ? (unsigned)(parameter - 1) : 0;

	return (bits & 1 ? MOD_SHIFT : 0) | (bits & 2 ? MOD_ALT : 0) |
	       (bits & 4 ? MOD_CTRL : 0);
}

static uint32_t final_key(char final)
{
	static const struct {
		char final;
		uint32_t code;
	} keys[] = {
		{'A', KEYCODE_UP},     {'B', KEYCODE_DOWN},   {'C', KEYCODE_RIGHT},
		{'D', KEYCODE_LEFT},   {'H', KEYCODE_HOME},   {'F', KEYCODE_END},
		{'P', KEYCODE_F1},     {'Q', KEYCODE_F1 + 1}, {'R', KEYCODE_F1 + 2},
		{'S', KEYCODE_F1 + 3}, {'M', KEYCODE_ENTER},
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		if (keys[i].final == final)
			return keys[i].code;
	}
	return 0;
}

/* CSI number ~ */
static uint32_t tilde_key(int number)
{
	static const uint32_t keys[] = {
		[1] = KEYCODE_HOME,	[2] = KEYCODE_INSERT,  [3] = KEYCODE_DELETE,
		[4] = KEYCODE_END,	[5] = KEYCODE_PAGE_UP, [6] = KEYCODE_PAGE_DOWN,
		[7] = KEYCODE_HOME,	[8] = KEYCODE_END,     [11] = KEYCODE_F1,
		[12] = KEYCODE_F1 + 1,	[13] = KEYCODE_F1 + 2, [14] = KEYCODE_F1 + 3,
		[15] = KEYCODE_F1 + 4,	[17] = KEYCODE_F1 + 5, [18] = KEYCODE_F1 + 6,
		[19] = KEYCODE_F1 + 7,	[20] = KEYCODE_F1 + 8, [21] = KEYCODE_F1 + 9,
		[23] = KEYCODE_F1 + 10, [24] = KEYCODE_F12,
	};

	return number > 0 && number < (int)(sizeof(keys) / sizeof(*keys)) ? keys[number]
									  : 0;
}

static struct step mouse(struct input *in, size_t n, const struct csi *c, int64_t now_ms,
			 struct event *out)
{
	int button = c->numbers[0];
	struct step none = {n, false};

	*out = (struct event){.kind = EVENT_MOUSE,
			      .x = c->numbers[1] - 1,
			      .y = c->numbers[2] - 1,
			      .is_press = c->final == 'M'};
	if (c->n < 3 || out->x < 0 || out->y < 0 || (button & 32))
		return none; /* motion is not asked for */
	if (button & 64) {
		out->button = button & 1 ? MOUSE_WHEEL_DOWN : MOUSE_WHEEL_UP;
		out->is_press = true;
		return (struct step){n, (button & 3) < 2};
	}
	if ((button & 3) == 3)
		return none;
	out->button = (enum mouse_button)(button & 3);
	if (out->is_press) {
		out->is_double = in->click_x == out->x && in->click_y == out->y &&
				 now_ms - in->click_ms < DOUBLE_MS;
		in->click_ms = out->is_double ? now_ms - DOUBLE_MS : now_ms;
		in->click_x = out->x;
		in->click_y = out->y;
	}
	return (struct step){n, true};
}

static struct step csi(struct input *in, struct str s, bool is_idle, int64_t now_ms,
		       struct event *out)
{
	struct csi c;
	size_t n = read_csi(s, &c);
	uint32_t code;

	if (n == 0) /* cut: alt-[ when nothing follows */
		return is_idle ? (s.n == 2 ? key(2, out, '[', MOD_ALT)
					   : (struct step){s.n, false})
			       : (struct step){0};
	if (c.marker == '<' && (c.final == 'M' || c.final == 'm'))
		return mouse(in, n, &c, now_ms, out);
	if (c.marker == '?' && c.middle == '$' && c.final == 'y') {
		/* 1 set, 2 reset: known. 0 and 4: not to be had. */
		if (c.numbers[0] == 2026 && (c.numbers[1] == 1 || c.numbers[1] == 2))
			in->reports |= REPORT_SYNC;
		return (struct step){n, false};
	}
	if (c.marker || c.middle)
		return (struct step){n, false};
	if (c.final == '~' && c.numbers[0] == 200) {
		in->is_pasting = true;
		strbuf_reset(&in->paste);
		return (struct step){n, false};
	}
	if (c.final == 'Z')
		return key(n, out, KEYCODE_TAB, MOD_SHIFT);
	if (c.final == 'I' || c.final == 'O') {
		*out = (struct event){.kind = EVENT_FOCUS, .has_focus = c.final == 'I'};
		return (struct step){n, true};
	}
	code = c.final == '~' ? tilde_key(c.numbers[0]) : final_key(c.final);
	if (!code)
		return (struct step){n, false};
	return key(n, out, code, c.n > 1 ? mods_of(c.numbers[1]) : 0);
}

/* OSC, DCS and the like: answers nobody asked for. To BEL or ST. */
static struct step string_sequence(struct str s, bool is_idle)
{
	for (size_t i = 2; i < s.n; i++) {
		if (s.p[i] == '\a')
			return (struct step){i + 1, false};
		if (s.p[i] == '\033' && i + 1 < s.n && s.p[i + 1] == '\\')
			return (struct step){i + 2, false};
	}
	return (struct step){is_idle || s.n > 4096 ? s.n : 0, false};
}

static struct step escape(struct input *in, struct str s, bool is_idle, int64_t now_ms,
			  struct event *out)
{
	if (s.n == 1)
		return is_idle ? key(1, out, KEYCODE_ESCAPE, 0) : (struct step){0};
	if (s.p[1] == '[')
		return csi(in, s, is_idle, now_ms, out);
	if (s.p[1] == 'O') {
		uint32_t code = s.n > 2 ? final_key(s.p[2]) : 0;

		if (s.n == 2)
			return is_idle ? key(2, out, 'O', MOD_ALT) : (struct step){0};
		return code ? key(3, out, code, 0) : (struct step){3, false};
	}
	if (s.n > 2 && (s.p[1] == ']' || s.p[1] == 'P' || s.p[1] == '_' || s.p[1] == '^'))
		return string_sequence(s, is_idle);
	if (s.p[1] == '\033')
		return key(1, out, KEYCODE_ESCAPE, 0);
	return character(str_sub(s, 1, s.n), is_idle, out, MOD_ALT, 1);
}

/* Everything up to the closing bracket is text. */
static struct step paste(struct input *in, struct str s, struct event *out)
{
	ptrdiff_t end = str_find(s, STR("\033[201~"));
	struct strbuf clean;

	if (end < 0) {
		/* The mark itself may be cut: its length less one stays. */
		size_t n = s.n > 5 ? s.n - 5 : 0;

		strbuf_put(&in->paste, str_sub(s, 0, n));
		return (struct step){n, false};
	}
	strbuf_put(&in->paste, str_sub(s, 0, (size_t)end));
	in->is_pasting = false;
	strbuf_init(&clean, PASTE_MAX * 3);
	sanitize_text(&clean, strbuf_str(&in->paste));
	strbuf_fini(&in->paste);
	in->paste = clean;
	*out = (struct event){.kind = EVENT_PASTE, .text = strbuf_str(&in->paste)};
	return (struct step){(size_t)end + 6, true};
}

bool input_next(struct input *in, bool is_idle, int64_t now_ms, struct event *out)
{
	while (in->bytes.n) {
		struct str s = strbuf_str(&in->bytes);
		struct step step;

		if (in->is_pasting)
			step = paste(in, s, out);
		else if (s.p[0] == '\033')
			step = escape(in, s, is_idle, now_ms, out);
		else
			step = character(s, is_idle, out, 0, 0);
		if (step.n == 0)
			return false;
		strbuf_consume(&in->bytes, step.n);
		if (step.has_event)
			return true;
	}
	return false;
}
