/* See needle.h. As long as one of the needle's rarest bytes is hardly there, nothing but
 * that is looked for. Then sixty-four places are looked at together: only where both of the
 * needle's rarest bytes are where they should be is the whole compared. Text made to
 * defeat that (long runs of the needle's own bytes) goes to memmem, which is linear. */
#include "stream/needle.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum {
	LANES = 16,
	STRIDE = 4 * LANES,
	PATIENCE = 4096,
	FAR_BYTES = 256,
	NEAR_BYTES = 32
};

typedef uint8_t lanes __attribute__((vector_size(LANES)));
typedef uint64_t halves __attribute__((vector_size(LANES)));

/* Bytes as logs have them, the commonest first; what is not there is rare. */
static const char common[] =
	" e0ta1inors2d345l6789c:-\"./mpu,=fgh_TbyvS[]EIkRAwDONCPLx{}()\t"
	"\nMFUBGHVWjqz";

static int rarity(uint8_t c)
{
	const char *at = c ? strchr(common, c) : NULL;

	return at ? (int)(at - common) : (int)sizeof(common);
}

static bool is_letter(uint8_t c)
{
	return (uint8_t)((c | 0x20) - 'a') < 26;
}

static uint8_t lower(uint8_t c)
{
	return (uint8_t)(c - 'A') < 26 ? c | 0x20 : c;
}

/* Prefers bytes that differ: "aab" is told by a and b, not by two a. */
static void choose(struct needle *needle)
{
	const uint8_t *text = (const uint8_t *)needle->text;
	size_t best = 0, next;

	for (size_t i = 1; i < needle->n; i++) {
		if (rarity(text[i]) > rarity(text[best]))
			best = i;
	}
	next = best == 0 ? needle->n - 1 : 0;
	for (size_t i = 0; i < needle->n; i++) {
		bool is_other = text[i] != text[best];

		if (i != best && is_other >= (text[next] != text[best]) &&
		    (is_other > (text[next] != text[best]) ||
		     rarity(text[i]) > rarity(text[next])))
			next = i;
	}
	needle->rarest = best;
	needle->first = best < next ? best : next;
	needle->last = best < next ? next : best;
}

void needle_init(struct needle *needle, struct str text, bool ignore_case)
{
	*needle = (struct needle){.n = text.n, .is_folded = ignore_case};
	needle->text = xstrndup(text.p ? text.p : "", text.n);
	if (text.n == 0)
		return;
	for (size_t i = 0; ignore_case && i < text.n; i++)
		needle->text[i] = (char)lower((uint8_t)text.p[i]);
	choose(needle);
	needle->first_byte = (uint8_t)needle->text[needle->first];
	needle->last_byte = (uint8_t)needle->text[needle->last];
	if (ignore_case && is_letter(needle->first_byte))
		needle->first_mask = 0x20;
	if (ignore_case && is_letter(needle->last_byte))
		needle->last_mask = 0x20;
}

void needle_fini(struct needle *needle)
{
	free(needle->text);
	*needle = (struct needle){0};
}

static bool is_at(const struct needle *needle, const char *p)
{
	if (!needle->is_folded)
		return memcmp(p, needle->text, needle->n) == 0;
	for (size_t i = 0; i < needle->n; i++) {
		if (lower((uint8_t)p[i]) != (uint8_t)needle->text[i])
			return false;
	}
	return true;
}

static bool may_be_at(const struct needle *needle, const char *p)
{
	return ((uint8_t)p[needle->first] | needle->first_mask) == needle->first_byte &&
	       ((uint8_t)p[needle->last] | needle->last_mask) == needle->last_byte;
}

static inline lanes load(const char *p)
{
	lanes v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline lanes all(uint8_t c)
{
	return (lanes){c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c};
}

static inline bool is_any(lanes v)
{
	halves h = (halves)v;

	return (h[0] | h[1]) != 0;
}

struct pair {
	lanes first, last, first_mask, last_mask;
};

/* All ones where the rare bytes of a needle that begins there are in place. */
static inline lanes marks(const struct needle *needle, const struct pair *pair,
			  const char *p)
{
	lanes a = load(p + needle->first) | pair->first_mask;
	lanes b = load(p + needle->last) | pair->last_mask;

	return (lanes)(a == pair->first) & (lanes)(b == pair->last);
}

/* Where in memory its first byte is that is not 0. */
static inline size_t first_set(uint64_t half)
{
	return (size_t)(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
				? __builtin_ctzll(half)
				: __builtin_clzll(half)) /
	       8;
}

/* The first of the marked places where it really stands. */
static ptrdiff_t among(const struct needle *needle, struct str hay, size_t at,
		       const lanes *marked, size_t *work)
{
	uint64_t half[STRIDE / 8];

	memcpy(half, marked, sizeof(half));
	for (size_t i = 0; i < STRIDE / 8; i++) {
		while (half[i]) {
			size_t place = first_set(half[i]), found = at + 8 * i + place;

			if (found > hay.n - needle->n)
				return -1;
			if (is_at(needle, hay.p + found))
				return (ptrdiff_t)found;
			*work += needle->n;
			((uint8_t *)&half[i])[place] = 0;
		}
	}
	return -1;
}

static ptrdiff_t find_one_by_one(const struct needle *needle, struct str hay, size_t at)
{
	for (; at + needle->n <= hay.n; at++) {
		if (may_be_at(needle, hay.p + at) && is_at(needle, hay.p + at))
			return (ptrdiff_t)at;
	}
	return -1;
}

static ptrdiff_t find_linear(const struct needle *needle, struct str hay, size_t at)
{
	const char *p = memmem(hay.p + at, hay.n - at, needle->text, needle->n);

	return p ? p - hay.p : -1;
}

/* By one of its bytes, while that is far away each time: farther than what it costs to look
 * there. Else *at is from where on it has not been looked for. */
static bool find_by_byte(const struct needle *needle, size_t which, struct str hay,
			 size_t *at, ptrdiff_t *found)
{
	char byte = needle->text[which];
	size_t end = hay.n - needle->n + 1, gained;

	*found = -1;
	do {
		const char *p = memchr(hay.p + *at + which, byte, end - *at);
		size_t place;

		if (!p)
			return true;
		place = (size_t)(p - hay.p) - which;
		if (is_at(needle, hay.p + place)) {
			*found = (ptrdiff_t)place;
			return true;
		}
		gained = place - *at;
		*at = place + 1;
	} while (gained >= FAR_BYTES + needle->n && *at < end);
	return *at >= end;
}

static ptrdiff_t find_by_pair(const struct needle *needle, struct str hay, size_t from)
{
	const struct pair pair = {all(needle->first_byte), all(needle->last_byte),
				  all(needle->first_mask), all(needle->last_mask)};
	size_t at = from, work = 0;

	for (; at + needle->last + STRIDE <= hay.n; at += STRIDE) {
		lanes m[4];
		ptrdiff_t found;

		for (size_t i = 0; i < 4; i++)
			m[i] = marks(needle, &pair, hay.p + at + i * LANES);
		if (!is_any(m[0] | m[1] | m[2] | m[3]))
			continue;
		found = among(needle, hay, at, m, &work);
		if (found >= 0)
			return found;
		if (work > PATIENCE + 8 * (at - from) && !needle->is_folded)
			return find_linear(needle, hay, at);
	}
	return find_one_by_one(needle, hay, at);
}

static ptrdiff_t find_one_byte(struct str hay, size_t from, char c)
{
	const char *p = memchr(hay.p + from, c, hay.n - from);

	return p ? p - hay.p : -1;
}

ptrdiff_t needle_find(const struct needle *needle, struct str hay, size_t from)
{
	ptrdiff_t found;

	if (from > hay.n || needle->n > hay.n - from)
		return -1;
	if (needle->n == 0)
		return (ptrdiff_t)from;
	if (needle->n == 1 && !needle->is_folded)
		return find_one_byte(hay, from, needle->text[0]);
	if (!needle->is_folded &&
	    (find_by_byte(needle, needle->rarest, hay, &from, &found) ||
	     find_by_byte(needle, needle->first + needle->last - needle->rarest, hay,
			  &from, &found)))
		return found;
	return find_by_pair(needle, hay, from);
}

/* 255 rounds fit into a byte a lane. */
size_t bytes_count(struct str hay, char c)
{
	const lanes wanted = all((uint8_t)c);
	size_t at = 0, total = 0;

	while (at + LANES <= hay.n) {
		lanes sums = {0};

		for (int i = 0; i < 255 && at + LANES <= hay.n; i++, at += LANES)
			sums -= (lanes)(load(hay.p + at) == wanted);
		for (int i = 0; i < LANES; i++)
			total += sums[i];
	}
	for (; at < hay.n; at++)
		total += hay.p[at] == c;
	return total;
}

/* The first few are looked at one after the other, for most lines end soon. */
size_t bytes_find_either(struct str hay, size_t from, char a, char b)
{
	const lanes first = all((uint8_t)a), second = all((uint8_t)b);
	const char *p, *q;
	size_t at = from;

	for (; at + LANES <= hay.n && at - from < NEAR_BYTES; at += LANES) {
		lanes v = load(hay.p + at);
		halves h = (halves)((v == first) | (v == second));

		if (h[0])
			return at + first_set(h[0]);
		if (h[1])
			return at + 8 + first_set(h[1]);
	}
	p = memchr(hay.p + at, a, hay.n - at);
	q = memchr(hay.p + at, b, p ? (size_t)(p - hay.p) - at : hay.n - at);
	return q ? (size_t)(q - hay.p) : p ? (size_t)(p - hay.p) : hay.n;
}
