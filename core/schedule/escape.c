/* See escape.h. Only the signs of the grammar can be escaped: the nine of
 * cloud-custodian, and the colon of minutes. No name of a zone has a "u" before one of
 * these numbers. */
#include "schedule/escape.h"

#include <assert.h>

static const char escapable[] = "()[],;=/-:";

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The sign that an escape at the front stands for, or 0. */
static char escaped(struct str s)
{
	int high, low, c;

	if (s.n < 3 || (s.p[0] != 'u' && s.p[0] != 'U'))
		return 0;
	high = hex_digit(s.p[1]);
	low = hex_digit(s.p[2]);
	c = high * 16 + low;
	if (high < 0 || low < 0 || c == 0)
		return 0;
	return memchr(escapable, c, sizeof(escapable) - 1) ? (char)c : 0;
}

void tag_unescape(struct str tag, struct plain_tag *out)
{
	size_t at = 0;

	assert(tag.n <= SCHEDULE_TAG_MAX);
	out->n = 0;
	while (at < tag.n) {
		char sign = escaped(str_sub(tag, at, tag.n));

		out->places[out->n] = (uint16_t)at;
		out->text[out->n++] = sign ? sign : tag.p[at];
		at += sign ? 3 : 1;
	}
	out->text[out->n] = '\0';
	out->places[out->n] = (uint16_t)tag.n;
}
