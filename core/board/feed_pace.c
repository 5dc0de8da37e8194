/* See feed_part.h. A definition's intervals are of the world, whose clock may run faster
 * than ours. */
#include "board/feed_part.h"

enum {
	LEAST_WAIT_MS = 1000,
	AFTER_FAILURE_MS = 300000,
	ABSENT_MS = 600000,	    /* what is not there seldom comes */
	MOST_TOLD_MS = 3600 * 1000, /* whatever a service says */
	FORCED_MS = 500,
	SHARE_MS = 10000,
	DEAR_FROM_MS = 3600 * 1000, /* query units by the hour */
	/* A large estate's costs, at one query a second. */
	DEAR_PATIENCE_MS = 15 * 60 * 1000
};

int64_t feed_wall(const struct feed *f)
{
	return clock_wall_ms(loop_clock(f->host->loop));
}

/* Real milliseconds of a definition's interval. */
static int64_t real_ms(int64_t interval_ms, double speed)
{
	int64_t ms = speed > 1.0 ? (int64_t)((double)interval_ms / speed) : interval_ms;

	return ms < LEAST_WAIT_MS ? LEAST_WAIT_MS : ms;
}

int64_t feed_fresh_ms(int64_t interval_ms, double speed)
{
	int64_t ms = real_ms(interval_ms, speed);

	return ms - ms / 5;
}

static int64_t shortest_interval(const struct feed *f)
{
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < f->def->n_requests; i++) {
		if (f->def->requests[i].interval_ms < least)
			least = f->def->requests[i].interval_ms;
	}
	return least;
}

/* After a failure a board whose data is good for hours does not wait for hours. */
int64_t feed_wait_ms(const struct feed *f)
{
	int64_t wait = shortest_interval(f);
	bool has_failed = f->board && f->board->is_stale;
	int64_t told;

	if (has_failed && wait > AFTER_FAILURE_MS)
		wait = AFTER_FAILURE_MS;
	if (f->board && f->board->note && !f->board->n_rows && wait < ABSENT_MS)
		wait = ABSENT_MS;
	wait = real_ms(wait, f->host->speed);
	told = has_failed ? f->board->err.retry_after_ms : -1;
	if (told > MOST_TOLD_MS)
		told = MOST_TOLD_MS;
	return told > wait ? told : wait;
}

static bool is_dear(const struct request_def *r)
{
	return r->interval_ms >= DEAR_FROM_MS;
}

int64_t feed_patience_ms(const struct request_def *r)
{
	return is_dear(r) ? DEAR_PATIENCE_MS : 0;
}

/* A refresh by hand asks anew, but not what is dear: that is kept until it is due, as is
 * what this board asks less often than it comes round. The rest is kept only for boards
 * that ask the same a moment later. */
struct freshness feed_freshness(const struct feed *f, const struct request_def *r)
{
	struct freshness fresh = {.max_ms = feed_fresh_ms(r->interval_ms, f->host->speed),
				  .keep_ms = SHARE_MS,
				  .is_kept = r->is_kept,
				  .list = r->list};

	if (is_dear(r) || r->interval_ms > shortest_interval(f))
		fresh.keep_ms = fresh.max_ms;
	if (f->is_forced && !is_dear(r))
		fresh.max_ms = FORCED_MS;
	/* What azdeck says of itself costs nothing, and is another thing each time. */
	if (r->kind == CONN_DECK)
		fresh = (struct freshness){.max_ms = -1};
	return fresh;
}

bool feed_is_due(const struct feed *f)
{
	return !f->board || f->board->is_stale || feed_wall(f) >= f->board->due_ms;
}

int64_t feed_until_due_ms(const struct feed *f)
{
	int64_t left = f->board->due_ms - feed_wall(f);

	return f->host->speed > 1.0 ? (int64_t)((double)left / f->host->speed) : left;
}
