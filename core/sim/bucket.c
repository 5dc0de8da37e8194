/* A token bucket. Thread: one owner. A clock that steps back refills nothing. */
#include "sim/bucket.h"

#include <math.h>

void bucket_init(struct bucket *b, double size, double per_second, int64_t now_ms)
{
	*b = (struct bucket){.size = size,
			     .per_second = per_second,
			     .level = size,
			     .at_ms = now_ms};
}

static void refill(struct bucket *b, int64_t now_ms)
{
	double seconds = (double)(now_ms - b->at_ms) / 1000;

	if (seconds > 0)
		b->level = fmin(b->size, b->level + seconds * b->per_second);
	b->at_ms = now_ms;
}

bool bucket_take(struct bucket *b, int64_t now_ms, int *wait_s)
{
	refill(b, now_ms);
	if (b->level >= 1) {
		b->level -= 1;
		return true;
	}
	/* Impatience is punished: what had dripped in is lost. */
	b->level = 0;
	*wait_s = (int)ceil(1 / b->per_second);
	return false;
}
