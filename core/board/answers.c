/* See answers.h. Parsed answers are the largest thing azdeck holds, many times the
 * rows made of them and ten times their text. None stays longer than someone may
 * ask for it again; one that waits for that is kept packed. What takes longer than
 * the loop may be held is the pool's: an answer that it works on is held for it. */
#include "board/answers.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "board/answers_part.h"
#include "net/json_drop.h"

/* Nodes packed in one turn of the loop, which takes two milliseconds. */
enum { TURN_NODES = 10000 };

struct answers *answers_new(struct api *api, struct loop *loop, struct answer_disk *disk)
{
	struct answers *a = xcalloc(1, sizeof(*a));

	a->api = api;
	a->loop = loop;
	a->disk = disk;
	map_init(&a->by_key);
	return a;
}

static struct entry *entry_of(struct got_answer *answer)
{
	return (struct entry *)answer;
}

static void free_entry(struct entry *e)
{
	entry_give_up(e);
	if (e->is_secret)
		json_wipe(e->pub.json);
	else
		json_drop(e->owner->loop, e->pub.json, e->pub.nodes);
	vec_fini(&e->waiters);
	packed_free(e->packed);
	free(e->list);
	free(e->key);
	free(e);
}

static void drop_expected(struct answers *a)
{
	struct answers_list *each;

	vec_each (each, &a->expected)
		free((char *)each->type);
	a->expected.n = 0;
}

void answers_free(struct answers *a)
{
	const struct map_slot *slot;
	size_t at = 0;

	if (!a)
		return;
	/* First: it reads answers that are freed below, and looks for others. */
	answer_disk_free(a->disk);
	a->disk = NULL;
	while (a->n_on_pool)
		loop_turn(a->loop, 10);
	while (map_next(&a->by_key, &at, &slot))
		free_entry(slot->value);
	map_fini(&a->by_key);
	drop_expected(a);
	vec_fini(&a->expected);
	free(a);
}

int64_t answers_mono(const struct answers *a)
{
	return clock_mono_ms(loop_clock(a->loop));
}

int64_t answers_wall(const struct answers *a)
{
	return clock_wall_ms(loop_clock(a->loop));
}

void entry_forget(struct entry *e)
{
	if (e->key && map_find(&e->owner->by_key, str_from(e->key)) == e)
		map_take(&e->owner->by_key, str_from(e->key));
	free(e->key);
	e->key = NULL;
	if (e->pub.refs == 0)
		free_entry(e);
}

void entry_let_go(struct entry *e)
{
	e->pub.refs--;
	/* Failed, nobody may have it; unfinished, nobody wants it; without a key
	 * nobody can find it. */
	if (e->pub.is_done && e->pub.err.code != ERR_NONE)
		entry_forget(e);
	else if (e->pub.refs == 0 && (!e->key || !e->pub.is_done || e->is_secret))
		entry_forget(e);
}

void entry_finish(struct entry *e, int64_t fetched_ms)
{
	size_t n = e->waiters.n;

	e->pub.is_done = true;
	e->pub.nodes = json_nodes(e->pub.json, GOT_NODES_MOST);
	e->pub.fetched_ms = fetched_ms;
	e->done_mono_ms = answers_mono(e->owner) - (answers_wall(e->owner) - fetched_ms);
	/* Held while it is told, so that no callback can free it under us. */
	e->pub.refs++;
	for (size_t i = 0; i < n; i++) {
		struct waiter w = e->waiters.p[i];

		if (w.fn)
			w.fn(&e->pub, w.ctx);
	}
	vec_fini(&e->waiters);
	entry_let_go(e);
}

void answers_put_key(struct strbuf *out, const struct api_call *call, const char *list)
{
	strbuf_printf(out, "%s%s ", call->is_secret ? "secret " : "",
		      call->connection->name);
	if (list)
		strbuf_printf(out, "list %s", list);
	else
		strbuf_printf(out, "%d %.*s\n%.*s", call->method, STR_ARG(call->path),
			      STR_ARG(call->body));
}

struct entry *entry_new(struct answers *a, const struct api_call *call, struct str key,
			const char *list)
{
	struct entry *e = xcalloc(1, sizeof(*e));

	e->owner = a;
	e->is_secret = call->is_secret;
	e->pub.throttle_left = -1;
	e->key = xstrndup(key.p, key.n);
	e->list = list ? xstrdup(list) : NULL;
	map_put(&a->by_key, key, e);
	return e;
}

bool entry_is_older(const struct entry *e, int64_t max_ms)
{
	return e->pub.is_done && answers_mono(e->owner) - e->done_mono_ms > max_ms;
}

void answers_expect(struct answers *a, const struct answers_list *lists, size_t n)
{
	drop_expected(a);
	for (size_t i = 0; i < n; i++)
		vec_push(&a->expected,
			 (struct answers_list){xstrdup(lists[i].type), lists[i].max_ms});
}

struct got_answer *answers_ask(struct answers *a, const struct api_call *call,
			       struct freshness freshness, answer_fn fn, void *ctx)
{
	struct strbuf key;
	struct entry *e;

	strbuf_init(&key, 1 << 20);
	answers_put_key(&key, call, freshness.list);
	e = map_find(&a->by_key, strbuf_str(&key));
	if (e && entry_is_older(e, freshness.max_ms)) {
		entry_forget(e);
		e = NULL;
	}
	if (e && e->pub.is_done && e->packed && !entry_unpack(e)) {
		entry_forget(e);
		e = NULL;
	}
	if (!e) {
		e = entry_new(a, call, strbuf_str(&key), freshness.list);
		entry_get(e, call, freshness);
	}
	strbuf_fini(&key);
	if (e->keep_ms < freshness.keep_ms)
		e->keep_ms = freshness.keep_ms;
	e->pub.refs++;
	if (!e->pub.is_done)
		vec_push(&e->waiters, (struct waiter){.fn = fn, .ctx = ctx});
	return &e->pub;
}

void answers_put(struct answers *a, struct got_answer *answer, void *ctx)
{
	struct entry *e = entry_of(answer);
	struct waiter *w;

	(void)a;
	vec_each (w, &e->waiters) {
		if (w->ctx == ctx)
			w->fn = NULL;
	}
	entry_let_go(e);
}

int64_t answers_sweep(struct answers *a)
{
	const struct map_slot *slot;
	VEC(struct entry *) old = {0};
	size_t at = 0, share = TURN_NODES;
	int64_t next = -1;
	struct entry **gone;

	while (map_next(&a->by_key, &at, &slot)) {
		struct entry *e = slot->value;
		int64_t left = e->keep_ms - (answers_mono(a) - e->done_mono_ms);
		bool is_idle = e->pub.refs == 0 && e->pub.is_done;

		if (!is_idle && !e->is_on_pool)
			continue;
		if (is_idle && left <= 0) {
			vec_push(&old, e);
			continue;
		}
		if (is_idle && !entry_shrink(e, left, &share))
			left = 0;
		if (next < 0 || left < next)
			next = left > 0 ? left : 0;
	}
	vec_each (gone, &old)
		entry_forget(*gone);
	vec_fini(&old);
	return next;
}

size_t answers_count(const struct answers *a)
{
	return a->by_key.n;
}
