/* See answers.h. */
#include "board/answers.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "base/xalloc.h"

struct waiter {
	answer_fn fn;
	void *ctx;
};

/* What an answer keeps besides its public part. */
struct entry {
	struct answer pub;
	struct answers *owner;
	char *key;
	VEC(struct waiter) waiters;
};

struct answers {
	struct api *api;
	struct loop *loop;
	struct map by_key;
};

struct answers *answers_new(struct api *api, struct loop *loop)
{
	struct answers *a = xcalloc(1, sizeof(*a));

	a->api = api;
	a->loop = loop;
	map_init(&a->by_key);
	return a;
}

static struct entry *entry_of(struct answer *answer)
{
	return (struct entry *)answer;
}

static void free_entry(struct entry *e)
{
	if (!e->pub.is_done && e->pub.api_id)
		api_cancel(e->owner->api, e->pub.api_id);
	cJSON_Delete(e->pub.json);
	vec_fini(&e->waiters);
	free(e->key);
	free(e);
}

void answers_free(struct answers *a)
{
	const struct map_slot *slot;
	size_t at = 0;

	if (!a)
		return;
	while (map_next(&a->by_key, &at, &slot))
		free_entry(slot->value);
	map_fini(&a->by_key);
	free(a);
}

static int64_t mono(const struct answers *a)
{
	return clock_mono_ms(loop_clock(a->loop));
}

/* Nobody can find it any more; the last holder frees it. */
static void forget(struct entry *e)
{
	if (e->key && map_find(&e->owner->by_key, str_from(e->key)) == e)
		map_take(&e->owner->by_key, str_from(e->key));
	free(e->key);
	e->key = NULL;
	if (e->pub.refs == 0)
		free_entry(e);
}

static void came(struct api_answer *got, void *ctx)
{
	struct entry *e = ctx;
	size_t n = e->waiters.n;

	e->pub.json = got->json;
	got->json = NULL;
	e->pub.err = got->err;
	e->pub.is_partial = got->is_partial;
	e->pub.is_done = true;
	e->pub.fetched_ms = clock_wall_ms(loop_clock(e->owner->loop));
	e->pub.done_mono_ms = mono(e->owner);
	/* Held while it is told, so that no callback can free it under us. */
	e->pub.refs++;
	for (size_t i = 0; i < n; i++) {
		struct waiter w = e->waiters.p[i];

		if (w.fn)
			w.fn(&e->pub, w.ctx);
	}
	vec_fini(&e->waiters);
	e->pub.refs--;
	/* A good one stays for whoever asks while it is fresh, held or not. */
	if (e->pub.err.code != ERR_NONE)
		forget(e);
}

static void put_key(struct strbuf *out, const struct api_call *call)
{
	strbuf_printf(out, "%s %d %.*s\n%.*s", call->connection->name, call->method,
		      STR_ARG(call->path), STR_ARG(call->body));
}

struct answer *answers_ask(struct answers *a, const struct api_call *call,
			   int64_t max_age_ms, answer_fn fn, void *ctx)
{
	struct strbuf key;
	struct entry *e;

	strbuf_init(&key, 1 << 20);
	put_key(&key, call);
	e = map_find(&a->by_key, strbuf_str(&key));
	if (e && e->pub.is_done && mono(a) - e->pub.done_mono_ms > max_age_ms) {
		forget(e);
		e = NULL;
	}
	if (!e) {
		e = xcalloc(1, sizeof(*e));
		e->owner = a;
		e->key = xstrndup(key.p, key.n);
		map_put(&a->by_key, strbuf_str(&key), e);
		e->pub.api_id = api_start(a->api, call, came, e);
	}
	strbuf_fini(&key);
	e->pub.refs++;
	if (!e->pub.is_done)
		vec_push(&e->waiters, (struct waiter){.fn = fn, .ctx = ctx});
	return &e->pub;
}

void answers_put(struct answers *a, struct answer *answer, void *ctx)
{
	struct entry *e = entry_of(answer);
	struct waiter *w;

	(void)a;
	vec_each (w, &e->waiters) {
		if (w->ctx == ctx)
			w->fn = NULL;
	}
	e->pub.refs--;
	/* Without a key it is in nobody's reach; unfinished, nobody wants it. */
	if (e->pub.refs == 0 && (!e->key || !e->pub.is_done))
		forget(e);
}

void answers_sweep(struct answers *a, int64_t max_age_ms)
{
	const struct map_slot *slot;
	size_t at = 0;
	VEC(struct entry *) old = {0};
	struct entry **e;

	while (map_next(&a->by_key, &at, &slot)) {
		struct entry *here = slot->value;

		if (here->pub.refs == 0 && here->pub.is_done &&
		    mono(a) - here->pub.done_mono_ms > max_age_ms)
			vec_push(&old, here);
	}
	vec_each (e, &old)
		forget(*e);
	vec_fini(&old);
}

size_t answers_count(const struct answers *a)
{
	return a->by_key.n;
}
