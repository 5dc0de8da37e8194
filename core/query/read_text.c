/* Texts and numbers of a document. A text without escapes is a place in the
 * document; a whole number too long for a double is one too, as a text. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_scan.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "query/read.h"

/* Fewer digits than 2^53 has always fit. 10^22 is the last exact power. */
enum { SAFE_DIGITS = 15, EXACT_POWER = 22, LARGEST_EXPONENT = 100000 };

static int hex4(const char *p, const char *end)
{
	int value = 0;

	if (end - p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int c = (unsigned char)p[i] | 0x20;

		if (p[i] >= '0' && p[i] <= '9')
			value = value * 16 + p[i] - '0';
		else if (c >= 'a' && c <= 'f')
			value = value * 16 + c - 'a' + 10;
		else
			return -1;
	}
	return value;
}

/* After "\u"; half of a pair alone is no character. */
static bool unicode_escape(struct reader *r, char **to)
{
	int high = hex4(r->p, r->end), low;
	uint32_t cp = (uint32_t)high;

	if (high < 0)
		return reader_fail(r, r->p, "expected four hexadecimal digits");
	if (high >= 0xd800 && high <= 0xdfff) {
		low = r->end - r->p >= 6 && r->p[4] == '\\' && r->p[5] == 'u'
			      ? hex4(r->p + 6, r->end)
			      : -1;
		if (high >= 0xdc00 || low < 0xdc00 || low > 0xdfff)
			return reader_fail(r, r->p, "this is half of a character");
		cp = 0x10000 + (((uint32_t)high - 0xd800) << 10) + (uint32_t)low - 0xdc00;
		r->p += 6;
	}
	r->p += 4;
	*to += utf8_encode(cp, *to);
	return true;
}

static bool escape(struct reader *r, char **to)
{
	static const char named[] = "\"\"\\\\//b\bf\fn\nr\rt\t";

	r->p++;
	if (r->p < r->end && *r->p == 'u') {
		r->p++;
		return unicode_escape(r, to);
	}
	for (const char *p = named; *p && r->p < r->end; p += 2) {
		if (*p == *r->p) {
			*(*to)++ = p[1];
			r->p++;
			return true;
		}
	}
	return reader_fail(r, r->p, "this is no escape");
}

/* Where the text ends or has an escape; notes bytes past ASCII. */
static const char *skip_plain(struct reader *r, const char *p, unsigned char *seen)
{
	unsigned char any = *seen;

	while (p < r->end && (unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
		any |= (unsigned char)*p++;
	*seen = any;
	return p;
}

/* An escape never takes more bytes than what it stands for. */
static bool text_with_escapes(struct reader *r, const char *from, const char *close,
			      struct str *out, unsigned char *seen)
{
	char *copy = arena_alloc(r->arena, (size_t)(close - from) + 1), *to = copy;

	r->p = from;
	for (;;) {
		const char *run = r->p;

		r->p = skip_plain(r, run, seen);
		memcpy(to, run, (size_t)(r->p - run));
		to += r->p - run;
		if (r->p < close && *r->p != '\\')
			return reader_fail(r, r->p, "a control character in a text");
		if (r->p >= close)
			break;
		if (!escape(r, &to))
			return false;
	}
	*out = (struct str){.p = copy, .n = (size_t)(to - copy)};
	return true;
}

/* The closing quote, or NULL. */
static const char *find_close(const struct reader *r, const char *p)
{
	while (p < r->end && *p != '"')
		p += *p == '\\' ? 2 : 1;
	return p < r->end ? p : NULL;
}

bool reader_text(struct reader *r, struct str *out)
{
	const char *from = r->p + 1, *p;
	unsigned char seen = 0;

	p = skip_plain(r, from, &seen);
	if (p < r->end && *p == '"') {
		*out = (struct str){.p = from, .n = (size_t)(p - from)};
	} else {
		const char *close = find_close(r, p);

		if (!close)
			return reader_fail(r, r->end, "a text is not closed");
		if (!text_with_escapes(r, from, close, out, &seen))
			return false;
		p = close;
	}
	if (seen >= 0x80 && !utf8_is_valid(*out))
		return reader_fail(r, from, "this text is not UTF-8");
	r->p = p + 1;
	return true;
}

struct digits {
	uint64_t value; /* of the first 19 */
	int n;
};

static bool take_digits(struct reader *r, struct digits *d)
{
	const char *from = r->p;

	while (r->p < r->end && *r->p >= '0' && *r->p <= '9') {
		if (d->n < 19)
			d->value = d->value * 10 + (uint64_t)(*r->p - '0');
		d->n += d->n <= LARGEST_EXPONENT;
		r->p++;
	}
	return r->p > from || reader_fail(r, r->p, "expected a digit");
}

static bool take_exponent(struct reader *r, int *exponent)
{
	struct digits d = {0};
	bool is_negative;

	r->p++;
	is_negative = r->p < r->end && *r->p == '-';
	r->p += r->p < r->end && (*r->p == '-' || *r->p == '+');
	if (!take_digits(r, &d))
		return false;
	if (d.n > 5)
		d.value = LARGEST_EXPONENT;
	*exponent = is_negative ? -(int)d.value : (int)d.value;
	return true;
}

/* Few digits and a small power of ten are exact in one operation; all else is
 * strtod's. */
static double to_double(struct str s, const struct digits *d, int exponent)
{
	static const double powers[] = {1e0,  1e1,  1e2,  1e3,	1e4,  1e5,  1e6,  1e7,
					1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
					1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
	double value = (double)d->value;
	struct strbuf text;

	if (d->n <= SAFE_DIGITS && exponent >= -EXACT_POWER && exponent <= EXACT_POWER) {
		value = exponent < 0 ? value / powers[-exponent]
				     : value * powers[exponent];
		return *s.p == '-' ? -value : value;
	}
	strbuf_init(&text, s.n);
	strbuf_put(&text, s);
	value = strtod(text.p, NULL);
	strbuf_fini(&text);
	return value;
}

bool reader_number(struct reader *r, struct query_value *out)
{
	const char *from = r->p;
	struct digits d = {0};
	int fraction = 0, exponent = 0;
	bool is_whole = true;

	r->p += *r->p == '-';
	if (r->p + 1 < r->end && *r->p == '0' && r->p[1] >= '0' && r->p[1] <= '9')
		return reader_fail(r, r->p, "a number does not begin with 0");
	if (!take_digits(r, &d))
		return false;
	if (r->p < r->end && *r->p == '.') {
		int before = d.n;

		is_whole = false;
		r->p++;
		if (!take_digits(r, &d))
			return false;
		fraction = d.n - before;
	}
	if (r->p < r->end && (*r->p == 'e' || *r->p == 'E')) {
		is_whole = false;
		if (!take_exponent(r, &exponent))
			return false;
	}
	struct str text = {.p = from, .n = (size_t)(r->p - from)};

	if (is_whole && !json_is_exact(str_sub(text, *from == '-', text.n)))
		*out = value_text(text);
	else
		*out = value_number(to_double(text, &d, exponent - fraction));
	return true;
}
