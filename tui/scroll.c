/* See scroll.h. Rows are compared by a hash: what it gets wrong costs bytes, never a
 * wrong screen, because what is painted afterwards is compared cell by cell. */
#include "tui/scroll.h"

#include <string.h>

#include "base/str.h"

enum {
	ROWS_MAX = 256,
	WORTH = 3, /* rows saved that pay for the move itself */
};

struct rows {
	uint64_t was[ROWS_MAX], now[ROWS_MAX];
	int h;
};

static uint64_t hash_row(const struct grid *grid, int y)
{
	size_t n = (size_t)grid_width(grid) * sizeof(struct glyph);
	const char *p = (const char *)grid_row(grid, y);
	uint64_t hash = 1469598103934665603u, word;

	/* A cell is two words. */
	for (size_t i = 0; i + sizeof(word) <= n; i += sizeof(word)) {
		memcpy(&word, p + i, sizeof(word));
		hash = (hash ^ word) * 1099511628211u;
		hash ^= hash >> 29;
	}
	return hash;
}

/* How many rows of now stand where they stood; the others' number is returned. */
static int read_rows(struct rows *r, const struct grid *was, const struct grid *now)
{
	size_t bytes = (size_t)grid_width(now) * sizeof(struct glyph);
	int changed = 0;

	for (int y = 0; y < r->h; y++)
		changed += memcmp(grid_row(was, y), grid_row(now, y), bytes) != 0;
	if (changed <= WORTH)
		return changed;
	for (int y = 0; y < r->h; y++) {
		r->was[y] = hash_row(was, y);
		r->now[y] = hash_row(now, y);
	}
	return changed;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* Rows saved by moving everything by so many rows, in the band that this mends. */
static int gain_of(const struct rows *r, int by, struct scroll *band)
{
	int first = r->h, last = -1, gain = 0;
	int low = larger(0, -by), high = smaller(r->h, r->h - by);

	for (int y = low; y < high; y++) {
		if (r->now[y] == r->was[y] || r->now[y] != r->was[y + by])
			continue;
		first = smaller(first, y);
		last = y;
	}
	if (last < 0)
		return 0;
	*band = (struct scroll){.top = smaller(first, first + by),
				.bottom = larger(last, last + by),
				.by = by};
	for (int y = band->top; y <= band->bottom; y++) {
		bool was_right = r->now[y] == r->was[y];
		int from = y + by;
		bool is_right = from >= band->top && from <= band->bottom &&
				r->now[y] == r->was[from];

		gain += is_right - was_right;
	}
	return gain;
}

bool scroll_find(const struct grid *was, const struct grid *now, struct scroll *out)
{
	struct rows r = {.h = grid_height(now)};
	struct scroll band;
	int best = WORTH;

	if (r.h > ROWS_MAX || grid_height(was) != r.h ||
	    grid_width(was) != grid_width(now) || read_rows(&r, was, now) <= WORTH)
		return false;
	for (int by = 1 - r.h; by < r.h; by++) {
		int gain = by ? gain_of(&r, by, &band) : 0;

		if (gain <= best)
			continue;
		best = gain;
		*out = band;
	}
	return best > WORTH;
}
