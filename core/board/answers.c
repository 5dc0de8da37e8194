/* See answers.h. Parsed answers are the largest thing azdeck holds, many times the
 * rows made of them and ten times their text. None stays longer than someone may
 * ask for it again; one that waits for that is kept as text. */
#include "board/answers.h"

#include <malloc.h>
#include <stdlib.h>

#include "base/json.h"
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
	int64_t keep_ms;
	char *packed; /* the answer as text; NULL: it is in pub.json */
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
	cJSON_free(e->packed);
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

/* One hold less. A good answer stays a while for others. */
static void let_go(struct entry *e)
{
	e->pub.refs--;
	/* Failed, nobody may have it; unfinished, nobody wants it; without a key
	 * nobody can find it. */
	if (e->pub.is_done && e->pub.err.code != ERR_NONE)
		forget(e);
	else if (e->pub.refs == 0 && (!e->key || !e->pub.is_done))
		forget(e);
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
	let_go(e);
}

static void pack(struct entry *e)
{
	if (!e->pub.json)
		return;
	e->packed = cJSON_PrintUnformatted(e->pub.json);
	if (!e->packed)
		return;
	cJSON_Delete(e->pub.json);
	e->pub.json = NULL;
}

static bool unpack(struct entry *e)
{
	struct err err;

	e->pub.json = json_parse(str_from(e->packed), &json_wire, NULL, &err);
	cJSON_free(e->packed);
	e->packed = NULL;
	return e->pub.json != NULL;
}

static void put_key(struct strbuf *out, const struct api_call *call)
{
	strbuf_printf(out, "%s %d %.*s\n%.*s", call->connection->name, call->method,
		      STR_ARG(call->path), STR_ARG(call->body));
}

struct answer *answers_ask(struct answers *a, const struct api_call *call,
			   struct freshness freshness, answer_fn fn, void *ctx)
{
	struct strbuf key;
	struct entry *e;

	strbuf_init(&key, 1 << 20);
	put_key(&key, call);
	e = map_find(&a->by_key, strbuf_str(&key));
	if (e && e->pub.is_done && mono(a) - e->pub.done_mono_ms > freshness.max_ms) {
		forget(e);
		e = NULL;
	}
	if (e && e->packed && !unpack(e)) {
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
	if (e->keep_ms < freshness.keep_ms)
		e->keep_ms = freshness.keep_ms;
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
	let_go(e);
}

int64_t answers_sweep(struct answers *a)
{
	const struct map_slot *slot;
	VEC(struct entry *) old = {0};
	int64_t next = -1;
	struct entry **gone;
	size_t at = 0;

	while (map_next(&a->by_key, &at, &slot)) {
		struct entry *e = slot->value;
		int64_t left = e->keep_ms - (mono(a) - e->pub.done_mono_ms);

		if (e->pub.refs > 0 || !e->pub.is_done)
			continue;
		if (left <= 0) {
			vec_push(&old, e);
			continue;
		}
		pack(e);
		if (next < 0 || left < next)
			next = left;
	}
	vec_each (gone, &old)
		forget(*gone);
	vec_fini(&old);
	malloc_trim(0);
	return next;
}

size_t answers_count(const struct answers *a)
{
	return a->by_key.n;
}
