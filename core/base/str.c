/* See str.h. */
#include "base/str.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str s, const char *text)
{
	for (size_t i = 0; i < s.n; i++) {
		if (text[i] == '\0' || text[i] != s.p[i])
			return false;
	}
	return text[s.n] == '\0';
}

bool str_is_among(struct str s, const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_is(s, texts[i]))
			return true;
	}
	return false;
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	}
	return true;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	if (order != 0)
		return order;
	return a.n < b.n ? -1 : a.n > b.n;
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq((struct str){s.p, prefix.n}, prefix);
}

bool str_starts_nocase(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq_nocase((struct str){s.p, prefix.n}, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n &&
	       str_eq((struct str){s.p + (s.n - suffix.n), suffix.n}, suffix);
}

bool str_ends_nocase(struct str s, struct str suffix)
{
	return s.n >= suffix.n &&
	       str_eq_nocase((struct str){s.p + (s.n - suffix.n), suffix.n}, suffix);
}

/* No recursion: a pattern of many stars stays cheap. */
bool str_fits_nocase(struct str text, struct str pattern)
{
	size_t t = 0, p = 0, star = pattern.n, from = 0;

	while (t < text.n) {
		if (p < pattern.n && pattern.p[p] == '*') {
			star = p++;
			from = t;
		} else if (p < pattern.n && lower(pattern.p[p]) == lower(text.p[t])) {
			p++;
			t++;
		} else if (star < pattern.n) {
			p = star + 1;
			t = ++from;
		} else {
			return false;
		}
	}
	while (p < pattern.n && pattern.p[p] == '*')
		p++;
	return p == pattern.n;
}

bool str_fits_any_nocase(struct str text, const char *const *patterns, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_fits_nocase(text, str_from(patterns[i])))
			return true;
	}
	return false;
}

ptrdiff_t str_find(struct str s, struct str needle)
{
	const char *at;

	if (needle.n == 0)
		return 0;
	if (s.n < needle.n)
		return -1;
	at = memmem(s.p, s.n, needle.p, needle.n);
	return at ? at - s.p : -1;
}

ptrdiff_t str_find_nocase(struct str s, struct str needle)
{
	char first = needle.n ? lower(needle.p[0]) : '\0';

	for (size_t i = 0; i + needle.n <= s.n; i++) {
		if (needle.n == 0 ||
		    (lower(s.p[i]) == first &&
		     str_eq_nocase((struct str){s.p + i, needle.n}, needle)))
			return (ptrdiff_t)i;
	}
	return -1;
}

ptrdiff_t str_find_char(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

	return at ? at - s.p : -1;
}

struct str str_sub(struct str s, size_t a, size_t n)
{
	if (a > s.n)
		a = s.n;
	if (n > s.n - a)
		n = s.n - a;
	return (struct str){.p = s.p ? s.p + a : NULL, .n = n};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
	while (s.n && is_blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool str_next(struct str *rest, char sep, struct str *part)
{
	ptrdiff_t at;

	if (!rest->p)
		return false;
	at = str_find_char(*rest, sep);
	if (at < 0) {
		*part = *rest;
		*rest = (struct str){0};
		return true;
	}
	*part = str_sub(*rest, 0, (size_t)at);
	*rest = str_sub(*rest, (size_t)at + 1, rest->n);
	return true;
}

bool str_to_i64(struct str s, int64_t *out)
{
	uint64_t value = 0;
	bool is_negative = false;
	size_t i = 0;

	if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
		is_negative = s.p[i++] == '-';
	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		unsigned digit = (unsigned char)s.p[i] - '0';

		if (digit > 9 || value > (UINT64_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	if (value > (uint64_t)INT64_MAX + (is_negative ? 1 : 0))
		return false;
	*out = is_negative ? (int64_t)(0 - value) : (int64_t)value;
	return true;
}

/* Only what JSON and people write: strtod would also take hex, "inf" and "nan",
 * and the program never leaves the "C" numeric locale. */
static bool is_number_text(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c >= '0' && c <= '9')
			digits++;
		else if (!strchr("+-.eE", c) || c == '\0')
			return false;
	}
	return digits > 0;
}

bool str_to_f64(struct str s, double *out)
{
	char text[64];
	char *end;
	double value;

	if (s.n == 0 || s.n >= sizeof(text) || !is_number_text(s))
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	value = strtod(text, &end);
	if (*end != '\0' || !isfinite(value))
		return false;
	*out = value;
	return true;
}

uint64_t str_hash(struct str s)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < s.n; i++)
		hash = (hash ^ (unsigned char)s.p[i]) * 1099511628211u;
	return hash;
}
