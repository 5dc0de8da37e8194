/* See histogram.h. Each width divides the next, so buckets are joined, never cut. */
#include "stream/histogram.h"

#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"

static const int64_t widths[] = {
	1000,	       5 * 1000,       15 * 1000,      30 * 1000,  MINUTE_MS,
	5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS,	   3 * HOUR_MS,
	6 * HOUR_MS,   12 * HOUR_MS,   DAY_MS,	       2 * DAY_MS, 8 * DAY_MS,
	64 * DAY_MS,   1024 * DAY_MS,
};

/* 1990 to 2100: with the last width all of it fits. */
static const int64_t earliest_ms = 631152000000, latest_ms = 4102444800000;

int64_t histogram_width_ms(const struct histogram *h)
{
	return widths[h->width];
}

int64_t histogram_begin_ms(const struct histogram *h, size_t bucket)
{
	return (h->first + (int64_t)bucket) * widths[h->width];
}

uint64_t histogram_sum(const struct histogram_bucket *bucket)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < LINE_LEVELS; i++)
		sum += bucket->lines[i];
	return sum;
}

static void join(struct histogram_bucket *to, const struct histogram_bucket *from)
{
	for (size_t i = 0; i < LINE_LEVELS; i++)
		to->lines[i] += from->lines[i];
}

static void widen(struct histogram *h)
{
	int64_t by = widths[h->width + 1] / widths[h->width], first = h->first / by;
	struct histogram_bucket joined[HISTOGRAM_BUCKETS];

	memset(joined, 0, sizeof(joined));
	for (size_t i = 0; i < h->n; i++)
		join(&joined[(h->first + (int64_t)i) / by - first], &h->bucket[i]);
	h->n = h->n ? (size_t)((h->first + (int64_t)h->n - 1) / by - first) + 1 : 0;
	h->first = first;
	h->width++;
	memcpy(h->bucket, joined, sizeof(joined));
}

static bool fits(const struct histogram *h, int64_t place)
{
	int64_t last = h->first + (int64_t)h->n - 1;

	return h->n == 0 ||
	       (place - h->first < HISTOGRAM_BUCKETS && last - place < HISTOGRAM_BUCKETS);
}

/* Room in front for a line older than all so far. */
static void shift(struct histogram *h, int64_t place)
{
	size_t by = (size_t)(h->first - place);

	memmove(h->bucket + by, h->bucket, h->n * sizeof(h->bucket[0]));
	memset(h->bucket, 0, by * sizeof(h->bucket[0]));
	h->first = place;
	h->n += by;
}

void histogram_add(struct histogram *h, const struct line *line)
{
	int64_t place;

	if (!line->has_time || line->time_ms < earliest_ms || line->time_ms > latest_ms) {
		h->untimed++;
		return;
	}
	while (!fits(h, line->time_ms / widths[h->width]) &&
	       h->width + 1 < (int)COUNT(widths))
		widen(h);
	place = line->time_ms / widths[h->width];
	if (h->n == 0)
		h->first = place;
	else if (place < h->first)
		shift(h, place);
	if (place - h->first >= (int64_t)h->n)
		h->n = (size_t)(place - h->first) + 1;
	h->bucket[place - h->first].lines[line->level]++;
}
