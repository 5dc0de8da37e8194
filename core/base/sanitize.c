/* See sanitize.h. The rule is a whitelist: what is not known to draw as itself is
 * replaced or dropped. */
#include "base/sanitize.h"

#include "base/count.h"
#include "base/utf8.h"

/* Length of the escape sequence at the start of s (which begins with ESC or a C1
 * introducer whose bytes are `lead`), so that its parameters vanish with it. */
static size_t sequence_length(struct str s, size_t lead, char kind)
{
	size_t i = lead;

	if (kind == '[') {
		while (i < s.n && (unsigned char)s.p[i] >= 0x20 &&
		       (unsigned char)s.p[i] <= 0x3f)
			i++;
		return i < s.n && (unsigned char)s.p[i] >= 0x40 &&
				       (unsigned char)s.p[i] <= 0x7e
			       ? i + 1
			       : i;
	}
	/* OSC, DCS, SOS, PM, APC: to BEL or ST; unterminated: the rest goes. */
	for (; i < s.n; i++) {
		if (s.p[i] == '\a')
			return i + 1;
		if (s.p[i] == '\033' && i + 1 < s.n && s.p[i + 1] == '\\')
			return i + 2;
		if ((unsigned char)s.p[i] == 0xc2 && i + 1 < s.n &&
		    (unsigned char)s.p[i + 1] == 0x9c)
			return i + 2;
	}
	return s.n;
}

static size_t escape_length(struct str s)
{
	char kind = s.n > 1 ? s.p[1] : '\0';
	size_t i = 1;

	if (kind == '[')
		return sequence_length(s, 2, '[');
	if (kind == ']' || kind == 'P' || kind == 'X' || kind == '^' || kind == '_')
		return sequence_length(s, 2, kind);
	while (i < s.n && (unsigned char)s.p[i] >= 0x20 && (unsigned char)s.p[i] <= 0x2f)
		i++;
	if (i < s.n && (unsigned char)s.p[i] >= 0x30 && (unsigned char)s.p[i] <= 0x7e)
		i++;
	return i;
}

/* Eight-bit introducers, which arrive as U+0090 to U+009F. */
static size_t c1_length(struct str s, size_t n, uint32_t cp)
{
	if (cp == 0x9b)
		return sequence_length(s, n, '[');
	if (cp == 0x90 || cp == 0x98 || cp == 0x9d || cp == 0x9e || cp == 0x9f)
		return sequence_length(s, n, ']');
	return n;
}

/* Characters that draw nothing yet change how what follows is read or how wide
 * it is: bidi controls, zero-width and tag characters, fillers, interlinear
 * marks; and the joiner, variation selectors and skin tones, whose width depends
 * on the terminal, so that a row would no longer line up. */
static bool is_invisible(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0x00ad, 0x00ad},   {0x034f, 0x034f},	{0x061c, 0x061c},
		{0x115f, 0x1160},   {0x17b4, 0x17b5},	{0x180b, 0x180f},
		{0x200b, 0x200f},   {0x2028, 0x202e},	{0x2060, 0x206f},
		{0x3164, 0x3164},   {0xfe00, 0xfe0f},	{0xfeff, 0xfeff},
		{0xffa0, 0xffa0},   {0xfff9, 0xfffb},	{0x1bca0, 0x1bca3},
		{0x1d173, 0x1d17a}, {0x1f3fb, 0x1f3ff}, {0xe0000, 0xe0fff},
	};

	if (cp < ranges[0].first)
		return false;
	for (size_t i = 0; i < COUNT(ranges); i++) {
		if (cp >= ranges[i].first && cp <= ranges[i].last)
			return true;
	}
	return false;
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f;
}

/* A base and its marks must fit a screen cell: more marks than text has in any
 * script are an attack on the lines above. */
enum { MAX_MARKS = 4 };

static bool is_mark(uint32_t cp)
{
	return cp >= 0x300 && utf8_cp_width(cp) == 0;
}

static void put_replacement(struct strbuf *out)
{
	strbuf_put(out, STR("\xef\xbf\xbd"));
}

static void sanitize(struct strbuf *out, struct str in, bool keeps_newlines)
{
	int marks = 0;

	while (in.n) {
		size_t run = 0, n;
		uint32_t cp;

		while (run < in.n && is_plain((unsigned char)in.p[run]))
			run++;
		if (run) {
			strbuf_put(out, str_sub(in, 0, run));
			in = str_sub(in, run, in.n);
			marks = 0;
			continue;
		}
		n = utf8_decode(in, &cp);
		if (cp == '\033') {
			n = escape_length(in);
		} else if (cp == '\n' && keeps_newlines) {
			strbuf_putc(out, '\n');
		} else if (cp == '\n' || cp == '\t' || cp == 0x85) {
			strbuf_putc(out, ' ');
		} else if (cp >= 0x80 && cp < 0xa0) {
			n = c1_length(in, n, cp);
		} else if (cp == '\r' || is_invisible(cp)) {
			/* dropped */
		} else if (cp < 0x20 || cp == 0x7f || cp == UTF8_REPLACEMENT) {
			put_replacement(out);
		} else if (!is_mark(cp) || ++marks <= MAX_MARKS) {
			strbuf_put(out, str_sub(in, 0, n));
			if (!is_mark(cp))
				marks = 0;
		}
		in = str_sub(in, n, in.n);
	}
}

void sanitize_line(struct strbuf *out, struct str in)
{
	sanitize(out, in, false);
}

void sanitize_text(struct strbuf *out, struct str in)
{
	sanitize(out, in, true);
}

bool sanitize_is_clean(struct str in)
{
	for (size_t i = 0; i < in.n; i++) {
		if (!is_plain((unsigned char)in.p[i]))
			return false;
	}
	return true;
}

struct str sanitize_to_arena(struct arena *a, struct str in)
{
	struct strbuf out;
	struct str copy;

	if (sanitize_is_clean(in))
		return arena_str(a, in);
	/* A lone byte can become three. */
	strbuf_init(&out, in.n * 3 + 1);
	sanitize_line(&out, in);
	copy = arena_str(a, strbuf_str(&out));
	strbuf_fini(&out);
	return copy;
}
