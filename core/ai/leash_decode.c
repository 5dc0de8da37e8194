/* Texts within texts; see leash_part.h. What decodes to bytes rather than words is some
 * id, key or picture, and is passed over. */
#include "ai/leash_part.h"

enum { RUN_LEAST = 20, ESCAPES_LEAST = 4, DECODED_MOST = 32 << 10, PREFIX_MOST = 40 };

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static size_t run_of(struct str text, int (*value)(char c))
{
	size_t n = 0;

	while (n < text.n && value(text.p[n]) >= 0)
		n++;
	return n;
}

/* Nine of ten are what texts have, or it is such a code again. */
static bool is_readable(struct str text)
{
	size_t good = 0, words = 0;

	if (text.n >= RUN_LEAST && run_of(text, base64_value) + 2 >= text.n)
		return true;

	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		good += (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t' || c >= 0xc0;
		words += c == ' ';
	}
	return text.n >= RUN_LEAST / 2 && good * 10 >= text.n * 9 && words > 0;
}

static void put_base64(struct str run, struct strbuf *out)
{
	uint32_t bits = 0;
	int n = 0;

	for (size_t i = 0; i < run.n; i++) {
		bits = bits << 6 | (uint32_t)base64_value(run.p[i]);
		n += 6;
		if (n >= 8) {
			n -= 8;
			strbuf_putc(out, (char)(bits >> n & 0xff));
		}
	}
}

static void put_hex(struct str run, struct strbuf *out)
{
	for (size_t i = 0; i + 1 < run.n; i += 2)
		strbuf_putc(out,
			    (char)(hex_value(run.p[i]) << 4 | hex_value(run.p[i + 1])));
}

static bool decode_from(struct str run, struct strbuf *out)
{
	strbuf_reset(out);
	put_base64(run, out);
	return is_readable(strbuf_str(out));
}

/* What stands before it without a blank, "db-" or "cfg/", belongs to its alphabet. */
static bool decode_run(struct str run, struct strbuf *out)
{
	if (run_of(run, hex_value) == run.n) {
		strbuf_reset(out);
		put_hex(run, out);
		if (is_readable(strbuf_str(out)))
			return true;
	}
	if (decode_from(run, out))
		return true;
	for (size_t i = 0; i < PREFIX_MOST && i + RUN_LEAST < run.n; i++) {
		if (strchr("-_/+", run.p[i]) &&
		    decode_from(str_sub(run, i + 1, run.n), out))
			return true;
	}
	return false;
}

/* "%41", "\u0041" or an escaped quote at the front: how long it is, and its byte. */
static size_t escape_at(struct str text, int *byte)
{
	size_t skip = 1, digits = 2;

	if (str_starts(text, STR("\\\""))) {
		*byte = '"';
		return 2;
	}
	if (str_starts(text, STR("\\u00"))) {
		skip = 4;
	} else if (str_starts(text, STR("\\x"))) {
		skip = 2;
	} else if (!str_starts(text, STR("%"))) {
		return 0;
	}
	if (text.n < skip + digits || hex_value(text.p[skip]) < 0 ||
	    hex_value(text.p[skip + 1]) < 0)
		return 0;
	*byte = hex_value(text.p[skip]) << 4 | hex_value(text.p[skip + 1]);
	return skip + digits;
}

bool leash_unescape(struct str text, struct strbuf *out)
{
	size_t n = 0;

	while (text.n) {
		int byte = 0;
		size_t step = escape_at(text, &byte);

		n += step > 0;
		strbuf_putc(out, step ? (char)byte : text.p[0]);
		text = str_sub(text, step ? step : 1, text.n);
	}
	return n >= ESCAPES_LEAST;
}

bool leash_decode(struct str *rest, struct strbuf *out)
{
	while (rest->n) {
		size_t n = run_of(*rest, base64_value);
		struct str run = str_sub(*rest, 0, n < DECODED_MOST ? n : DECODED_MOST);

		*rest = str_sub(*rest, n ? n : 1, rest->n);
		if (run.n >= RUN_LEAST && decode_run(run, out))
			return true;
	}
	return false;
}
