/* See runs.h. */
#include "store/runs.h"

#include <stdlib.h>

/* Spans come as they end, those of all keys mixed. */
struct gathering {
	VEC(struct span) spans;
	struct arena *arena;
};

static void keep(const struct span *span, void *ctx)
{
	struct gathering *g = ctx;
	struct span kept = *span;

	if (kept.kind == SPAN_UNSEEN)
		return;
	kept.state = str_from(arena_strdup(g->arena, kept.state));
	vec_push(&g->spans, kept);
}

static int by_time(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->from_ms < y->from_ms ? -1 : x->from_ms > y->from_ms;
}

static int by_key(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->key != y->key ? x->key < y->key ? -1 : 1 : by_time(a, b);
}

static void watch(struct runs *runs, const struct span *span)
{
	struct watched *last =
		runs->watches.n ? &runs->watches.p[runs->watches.n - 1] : NULL;

	if (!last || span->from_ms > last->to_ms)
		vec_push(&runs->watches, (struct watched){span->from_ms, span->to_ms});
	else if (span->to_ms > last->to_ms)
		last->to_ms = span->to_ms;
}

/* Whether nobody looked between the two: one watch has an end there, and the next one
 * its beginning. */
static bool is_unwatched(const struct runs *runs, int64_t from_ms, int64_t to_ms)
{
	size_t low = 0, high = runs->watches.n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (runs->watches.p[middle].to_ms <= from_ms)
			low = middle + 1;
		else
			high = middle;
	}
	return low == runs->watches.n || runs->watches.p[low].from_ms >= to_ms;
}

static bool goes_on(const struct runs *runs, const struct run *run,
		    const struct span *span)
{
	return run->key == span->key && run->sev == span->sev &&
	       str_is(span->state, run->state) &&
	       is_unwatched(runs, run->to_ms, span->from_ms);
}

static void add(struct runs *runs, const struct span *span)
{
	struct run *last = runs->all.n ? &runs->all.p[runs->all.n - 1] : NULL;
	int64_t seen_ms = span->to_ms - span->from_ms;

	if (span->kind != SPAN_SEEN)
		return;
	if (last && goes_on(runs, last, span)) {
		last->to_ms = span->to_ms;
		last->seen_ms += seen_ms;
		return;
	}
	vec_push(&runs->all, (struct run){.key = span->key,
					  .from_ms = span->from_ms,
					  .to_ms = span->to_ms,
					  .seen_ms = seen_ms,
					  .state = span->state.p,
					  .sev = span->sev});
}

bool runs_read(struct runs *runs, struct db *db, const struct spans_ask *ask)
{
	struct gathering g = {.arena = &runs->arena};
	const struct span *span;
	bool ok;

	*runs = (struct runs){0};
	arena_init(&runs->arena);
	ok = spans_read(db, ask, keep, &g);
	if (g.spans.n)
		qsort(g.spans.p, g.spans.n, sizeof(*g.spans.p), by_time);
	vec_each (span, &g.spans)
		watch(runs, span);
	if (g.spans.n)
		qsort(g.spans.p, g.spans.n, sizeof(*g.spans.p), by_key);
	vec_each (span, &g.spans)
		add(runs, span);
	vec_fini(&g.spans);
	return ok;
}

void runs_fini(struct runs *runs)
{
	vec_fini(&runs->all);
	vec_fini(&runs->watches);
	arena_fini(&runs->arena);
}
