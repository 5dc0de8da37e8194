/* See input.h. */
#include "tui/input.h"

#include <string.h>

#include "base/count.h"
#include "base/sanitize.h"
#include "base/utf8.h"

enum {
	BYTES_MAX = 1 << 20,
	PASTE_MAX = 1 << 20,
	SEQUENCE_MAX = 256,
	STRING_MAX = 4096,
	DOUBLE_MS = 400,
};

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

static struct str undecoded(const struct input *in)
{
	return str_sub(strbuf_str(&in->bytes), in->at, in->bytes.n);
}

void input_feed(struct input *in, struct str bytes)
{
	strbuf_consume(&in->bytes, in->at);
	in->at = 0;
	strbuf_put(&in->bytes, bytes);
	/* More than a megabyte unread: what did not fit is lost, not the rest. */
	in->bytes.overflow = false;
}

/* A sequence whose parameters have begun is no key: the line may deliver the rest
 * as late as it likes. */
bool input_is_pending(const struct input *in)
{
	struct str rest = undecoded(in);

	return rest.n > 0 && !in->is_pasting &&
	       !(rest.n > 2 && str_starts(rest, STR("\033[")));
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
		return key(n, out, KEYCODE_ENTER, mods);
	case '\t':
		return key(n, out, KEYCODE_TAB, mods);
	case 0x7f:
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

/* The beginning of a character whose other bytes may still come. */
static bool is_cut(struct str s)
{
	unsigned char c = (unsigned char)s.p[0];
	size_t whole = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;

	if (c < 0xc2 || c > 0xf4 || s.n >= whole)
		return false;
	for (size_t i = 1; i < s.n; i++) {
		if (((unsigned char)s.p[i] & 0xc0) != 0x80)
			return false;
	}
	return true;
}

static struct step character(struct str s, bool is_idle, struct event *out, unsigned mods,
			     size_t before)
{
	unsigned char c = (unsigned char)s.p[0];
	uint32_t cp;
	size_t n;

	if (c < 0x20 || c == 0x7f)
		return control(c, before + 1, out, mods);
	if (is_cut(s) && !is_idle)
		return (struct step){0};
	n = utf8_decode(s, &cp);
	return key(before + n, out, cp, mods);
}

/* The parts of a control sequence; parameters past the fourth are not kept. */
struct csi {
	char marker; /* '<', '=', '>', '?' or '\0' */
	int numbers[4];
	int n;
	char middle; /* '$' and the like */
	char final;  /* '\0': broken off by a byte that cannot be in it */
};

static void read_parameter(struct csi *c, char byte)
{
	if (byte >= '<') {
		c->marker = byte;
		return;
	}
	if (c->n == 0)
		c->n = 1;
	if (byte == ';' || byte == ':')
		c->n++;
	else if (c->n <= 4 && c->numbers[c->n - 1] < 100000)
		c->numbers[c->n - 1] = c->numbers[c->n - 1] * 10 + (byte - '0');
}

/* rxvt ends keys with shift in a dollar sign, which elsewhere is never the end. */
static bool is_final_dollar(const struct csi *c, char byte)
{
	return byte == '$' && !c->marker && c->n == 1 && c->numbers[0] < 100;
}

/* Length of the whole sequence, 0 when it is cut. */
static size_t read_csi(struct str s, struct csi *out)
{
	size_t i = 2;

	*out = (struct csi){0};
	for (; i < s.n && i < SEQUENCE_MAX; i++) {
		char c = s.p[i];

		if (c >= 0x30 && c <= 0x3f) {
			read_parameter(out, c);
		} else if (c >= 0x20 && c <= 0x2f && !is_final_dollar(out, c)) {
			out->middle = c;
		} else if (c >= 0x20 && c <= 0x7e) {
			out->final = c;
			return i + 1;
		} else {
			return i;
		}
	}
	return i >= SEQUENCE_MAX ? i : 0;
}

/* xterm's modifier parameter is one more than its bits. */
static unsigned mods_of(int parameter)
{
	unsigned bits = parameter > 1 ? (unsigned)(parameter - 1) : 0;

	/* Meta, where there is such a key, is alt. */
	return (bits & 1 ? MOD_SHIFT : 0) | (bits & (2 | 8) ? MOD_ALT : 0) |
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

	for (size_t i = 0; i < COUNT(keys); i++) {
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

	return number > 0 && number < (int)(COUNT(keys)) ? keys[number] : 0;
}

/* A button number as the protocols have it: two bits of button, then shift, alt,
 * ctrl, motion, wheel, and buttons nobody has. */
static struct step mouse(struct input *in, size_t n, int button, int64_t now_ms,
			 struct event *out)
{
	struct step none = {n, false};

	out->kind = EVENT_MOUSE;
	if (out->x < 0 || out->y < 0 || (button & (32 | 128)))
		return none; /* motion is not asked for */
	if (button & 64) {
		out->button = button & 1 ? MOUSE_WHEEL_DOWN : MOUSE_WHEEL_UP;
		return (struct step){n, out->is_press && (button & 3) < 2};
	}
	if ((button & 3) == 3)
		return none;
	out->button = (enum mouse_button)(button & 3);
	if (out->is_press) {
		out->is_double = in->click_button == out->button &&
				 in->click_x == out->x && in->click_y == out->y &&
				 now_ms - in->click_ms < DOUBLE_MS;
		in->click_ms = out->is_double ? now_ms - DOUBLE_MS : now_ms;
		in->click_x = out->x;
		in->click_y = out->y;
		in->click_button = out->button;
	}
	return (struct step){n, true};
}

static struct step mouse_sgr(struct input *in, size_t n, const struct csi *c,
			     int64_t now_ms, struct event *out)
{
	if (c->n != 3)
		return (struct step){n, false};
	*out = (struct event){.x = c->numbers[1] - 1,
			      .y = c->numbers[2] - 1,
			      .is_press = c->final == 'M'};
	return mouse(in, n, c->numbers[0], now_ms, out);
}

/* Terminals that do not know SGR coordinates send three bytes after CSI M. A
 * release does not say of what, so it is none. */
static struct step mouse_old(struct input *in, struct str s, bool is_idle, int64_t now_ms,
			     struct event *out)
{
	if (s.n < 6)
		return (struct step){is_idle ? s.n : 0, false};
	*out = (struct event){.x = (unsigned char)s.p[4] - 33,
			      .y = (unsigned char)s.p[5] - 33,
			      .is_press = true};
	return mouse(in, 6, (unsigned char)s.p[3] - 32, now_ms, out);
}

/* What the terminal answers about itself. 1 set, 2 reset: known; 0 and 4: not to
 * be had. */
static struct step answer(struct input *in, size_t n, const struct csi *c)
{
	if (c->marker == '?' && c->middle == '$' && c->final == 'y' &&
	    c->numbers[0] == 2026 && (c->numbers[1] == 1 || c->numbers[1] == 2))
		in->reports |= REPORT_SYNC;
	return (struct step){n, false};
}

/* Keys that end in a letter or a tilde; rxvt's own ends carry the modifier. */
static struct step csi_key(size_t n, const struct csi *c, struct event *out)
{
	static const struct {
		char final, as;
		unsigned mods;
	} rxvt[] = {
		{'$', '~', MOD_SHIFT},
		{'^', '~', MOD_CTRL},
		{'@', '~', MOD_CTRL | MOD_SHIFT},
		{'a', 'A', MOD_SHIFT},
		{'b', 'B', MOD_SHIFT},
		{'c', 'C', MOD_SHIFT},
		{'d', 'D', MOD_SHIFT},
	};
	unsigned mods = c->n > 1 ? mods_of(c->numbers[1]) : 0;
	char final = c->final;
	uint32_t code;

	for (size_t i = 0; i < COUNT(rxvt); i++) {
		if (rxvt[i].final == c->final) {
			final = rxvt[i].as;
			mods |= rxvt[i].mods;
		}
	}
	if (final == 'Z')
		return key(n, out, KEYCODE_TAB, mods | MOD_SHIFT);
	code = final == '~' ? tilde_key(c->numbers[0]) : final_key(final);
	return code ? key(n, out, code, mods) : (struct step){n, false};
}

static struct step csi(struct input *in, struct str s, bool is_idle, int64_t now_ms,
		       struct event *out)
{
	struct csi c;
	size_t n = read_csi(s, &c);

	if (n == 0) /* cut: alt-[ when nothing follows */
		return is_idle && s.n == 2 ? key(2, out, '[', MOD_ALT) : (struct step){0};
	if (c.marker == '<' && (c.final == 'M' || c.final == 'm'))
		return mouse_sgr(in, n, &c, now_ms, out);
	if (c.marker || (c.middle && c.final))
		return answer(in, n, &c);
	if (c.final == 'M' && c.n == 0)
		return mouse_old(in, s, is_idle, now_ms, out);
	if (c.final == '[') { /* the Linux console's F1 to F5 */
		char letter = s.n > n ? s.p[n] : '\0';

		if (s.n == n)
			return (struct step){is_idle ? n : 0, false};
		if (letter < 'A' || letter > 'E')
			return (struct step){n, false};
		return key(n + 1, out, KEYCODE_F1 + (uint32_t)(letter - 'A'), 0);
	}
	if (c.final == '~' && c.numbers[0] == 200) {
		in->is_pasting = true;
		strbuf_reset(&in->paste);
		return (struct step){n, false};
	}
	if (c.final == 'I' || c.final == 'O') {
		*out = (struct event){.kind = EVENT_FOCUS, .has_focus = c.final == 'I'};
		return (struct step){n, true};
	}
	return csi_key(n, &c, out);
}

/* Keys of the application modes; rxvt's letters for ctrl. */
static struct step ss3(struct str s, bool is_idle, struct event *out)
{
	struct csi c = {0};
	size_t i = 2;

	for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		read_parameter(&c, s.p[i]);
	if (s.n == 2 && is_idle)
		return key(2, out, 'O', MOD_ALT);
	if (i == s.n)
		return (struct step){is_idle ? s.n : 0, false};
	if (s.p[i] <= 0x20 || s.p[i] > 0x7e) /* no sequence after all */
		return key(2, out, 'O', MOD_ALT);
	if (s.p[i] >= 'a' && s.p[i] <= 'd')
		return key(i + 1, out, final_key((char)(s.p[i] - 'a' + 'A')), MOD_CTRL);
	if (s.p[i] == 'M')
		return key(i + 1, out, KEYCODE_ENTER, mods_of(c.numbers[0]));
	if (!final_key(s.p[i]))
		return (struct step){i + 1, false};
	return key(i + 1, out, final_key(s.p[i]), mods_of(c.numbers[0]));
}

/* OSC, DCS and the like: answers nobody asked for. To BEL or ST; any other control
 * byte breaks it off. */
static struct step string_sequence(struct str s, bool is_idle, struct event *out)
{
	if (s.n == 2)
		return is_idle ? key(2, out, (uint32_t)s.p[1], MOD_ALT)
			       : (struct step){0};
	for (size_t i = 2; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '\a')
			return (struct step){i + 1, false};
		if (c == 0x1b && i + 1 == s.n)
			break;
		if (c == 0x1b && s.p[i + 1] == '\\')
			return (struct step){i + 2, false};
		if (c < 0x20)
			return (struct step){i, false};
	}
	return (struct step){is_idle || s.n > STRING_MAX ? s.n : 0, false};
}

static struct step escape(struct input *in, struct str s, bool is_idle, int64_t now_ms,
			  struct event *out)
{
	if (s.n == 1)
		return is_idle ? key(1, out, KEYCODE_ESCAPE, 0) : (struct step){0};
	switch (s.p[1]) {
	case '[':
		return csi(in, s, is_idle, now_ms, out);
	case 'O':
		return ss3(s, is_idle, out);
	case ']':
	case 'P':
	case '_':
	case '^':
		return string_sequence(s, is_idle, out);
	case '\033':
		return key(1, out, KEYCODE_ESCAPE, 0);
	default:
		return character(str_sub(s, 1, s.n), is_idle, out, MOD_ALT, 1);
	}
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
	for (;;) {
		struct str s = undecoded(in);
		struct step step;

		if (s.n == 0)
			return false;
		if (in->is_pasting)
			step = paste(in, s, out);
		else if (s.p[0] == '\033')
			step = escape(in, s, is_idle, now_ms, out);
		else
			step = character(s, is_idle, out, 0, 0);
		if (step.n == 0)
			return false;
		in->at += step.n;
		if (step.has_event)
			return true;
	}
}
