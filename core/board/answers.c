/* See answers.h. Parsed answers are the largest thing azdeck holds, many times the
 * rows made of them and ten times their text. None stays longer than someone may
 * ask for it again; one that waits for that is kept packed. What takes longer than
 * the loop may be held is the pool's: an answer that it works on is held for it. */
#include "board/answers.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "board/packed.h"
#include "board/type_list.h"
#include "net/json_drop.h"

/* Nodes packed in one turn of the loop, which takes two milliseconds; a text of so many
 * bytes takes as long to read. What is gone sooner than that is not worth the
 * work, when it is large. */
enum { TURN_NODES = 10000, TURN_BYTES = 128 * 1024, WORTH_MS = 60000 };

/* A list that came along waits for who asks for it: a board that begins, or one whose
 * turn comes within a fifth of its interval. */
enum { ALONG_MS = 10000 };

struct waiter {
	answer_fn fn;
	void *ctx;
};

/* An answer that is kept on disk: the call, to be asked once the disk has nothing,
 * and what the disk had that was too old. */
struct kept {
	struct api_call call; /* path and body are ours, the rest is borrowed */
	char *path, *body;
	bool is_looked_for;
	int64_t max_ms;
	cJSON *old;
	int64_t old_ms; /* 0: there was nothing */
};

/* What an answer keeps besides its public part. */
struct entry {
	struct got_answer pub;
	struct answers *owner;
	char *key;
	uint64_t api_id;	    /* 0: not asked of the service */
	char *list;		    /* the type of a list; NULL: it is another call */
	struct type_list *together; /* it is being asked for with others */
	int64_t done_mono_ms, keep_ms;
	bool is_secret;	       /* gone with its last holder, and never written */
	struct packed *packed; /* the answer; NULL: it is in pub.json */
	struct packed *made;   /* on the pool: what may become it */
	bool is_on_pool;
	struct kept *kept; /* NULL: in memory only */
	VEC(struct waiter) waiters;
};

struct answers {
	struct api *api;
	struct loop *loop;
	struct answer_disk *disk; /* NULL: none */
	struct map by_key;
	VEC(struct answers_list) expected; /* types are ours */
	unsigned n_on_pool;
};

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

static void free_kept(struct entry *e)
{
	struct kept *k = e->kept;

	if (!k)
		return;
	if (k->is_looked_for && e->owner->disk)
		answer_disk_forget(e->owner->disk, e);
	cJSON_Delete(k->old);
	free(k->path);
	free(k->body);
	free(k);
}

static void free_entry(struct entry *e)
{
	if (!e->pub.is_done && e->api_id)
		api_cancel(e->owner->api, e->api_id);
	if (e->together)
		type_list_cancel(e->together, e);
	free_kept(e);
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
	else if (e->pub.refs == 0 && (!e->key || !e->pub.is_done || e->is_secret))
		forget(e);
}

static int64_t wall(const struct answers *a)
{
	return clock_wall_ms(loop_clock(a->loop));
}

/* The answer is there, as of a moment that may lie back. */
static void finish(struct entry *e, int64_t fetched_ms)
{
	size_t n = e->waiters.n;

	e->pub.is_done = true;
	e->pub.nodes = json_nodes(e->pub.json, GOT_NODES_MOST);
	e->pub.fetched_ms = fetched_ms;
	e->done_mono_ms = mono(e->owner) - (wall(e->owner) - fetched_ms);
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

static void was_written(void *ctx)
{
	let_go(ctx);
}

/* An older one from the disk, when a new one cannot be had now: refused for good,
 * as when a right was taken away, it is not shown any more. */
static void fall_back(struct entry *e)
{
	struct kept *k = e->kept;

	e->pub.json = k->old;
	k->old = NULL;
	e->pub.is_partial = true;
	err_wrap(&e->pub.err, "kept from before");
	finish(e, k->old_ms);
}

static void came(struct api_answer *got, void *ctx)
{
	struct entry *e = ctx;
	struct kept *k = e->kept;
	bool is_good = got->err.code == ERR_NONE && !got->is_partial;

	e->together = NULL;
	e->pub.json = got->json;
	got->json = NULL;
	e->pub.err = got->err;
	e->pub.is_partial = got->is_partial;
	e->pub.is_filling = got->is_filling;
	e->pub.elapsed_ms = got->elapsed_ms;
	e->pub.throttle_left = got->throttle_left;
	if (k && k->old_ms && !e->pub.json && err_is_retryable(got->err.code)) {
		fall_back(e);
		return;
	}
	if (k && is_good) {
		/* Held while the pool reads it. */
		e->pub.refs++;
		answer_disk_put(e->owner->disk, &k->call, e->pub.json, wall(e->owner),
				was_written, e);
	}
	finish(e, got->known_ms ? got->known_ms : wall(e->owner));
}

static void put_key(struct strbuf *out, const struct api_call *call, const char *list)
{
	strbuf_printf(out, "%s%s ", call->is_secret ? "secret " : "",
		      call->connection->name);
	if (list)
		strbuf_printf(out, "list %s", list);
	else
		strbuf_printf(out, "%d %.*s\n%.*s", call->method, STR_ARG(call->path),
			      STR_ARG(call->body));
}

static struct entry *add_entry(struct answers *a, const struct api_call *call,
			       struct str key, const char *list)
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

static bool is_older(const struct entry *e, int64_t max_ms)
{
	return e->pub.is_done && mono(e->owner) - e->done_mono_ms > max_ms;
}

/* To be asked for now as well; NULL: it is, or is as good as new. */
static struct entry *due(struct answers *a, const struct api_call *call,
			 const struct answers_list *list)
{
	struct entry *e;
	struct strbuf key;

	strbuf_init(&key, 4096);
	put_key(&key, call, list->type);
	e = map_find(&a->by_key, strbuf_str(&key));
	if (e && is_older(e, list->max_ms)) {
		forget(e);
		e = NULL;
	}
	if (e) {
		e = NULL;
	} else {
		e = add_entry(a, call, strbuf_str(&key), list->type);
		e->keep_ms = list->max_ms / 4 + ALONG_MS;
	}
	strbuf_fini(&key);
	return e;
}

/* With all others of its connection that are due. */
static void start_list(struct entry *first, const struct api_call *call)
{
	struct answers *a = first->owner;
	VEC(struct type_list_part) parts = {0};
	const struct answers_list *list;
	struct type_list_part *part;
	struct type_list *together;

	vec_push(&parts, (struct type_list_part){first->list, came, first});
	vec_each (list, &a->expected) {
		struct entry *e = due(a, call, list);

		if (e)
			vec_push(&parts, (struct type_list_part){e->list, came, e});
	}
	together = type_list_start(a->api, call, parts.p, parts.n);
	vec_each (part, &parts)
		((struct entry *)part->ctx)->together = together;
	vec_fini(&parts);
}

static void start(struct entry *e, const struct api_call *call)
{
	if (e->list)
		start_list(e, call);
	else
		e->api_id = api_start(e->owner->api, call, came, e);
}

static void kept_came(struct answer_kept *found, void *ctx)
{
	struct entry *e = ctx;
	struct kept *k = e->kept;
	bool is_fresh =
		found->is_found && wall(e->owner) - found->fetched_ms <= k->max_ms;

	k->is_looked_for = false;
	if (is_fresh) {
		e->pub.json = found->json;
		found->json = NULL;
		err_clear(&e->pub.err);
		finish(e, found->fetched_ms);
		return;
	}
	if (found->is_found) {
		k->old = found->json;
		k->old_ms = found->fetched_ms;
		found->json = NULL;
	}
	start(e, &k->call);
}

/* On disk first; what is there may do. */
static void look_for(struct entry *e, const struct api_call *call, int64_t max_ms)
{
	struct kept *k = xcalloc(1, sizeof(*k));

	k->call = *call;
	k->path = xstrndup(call->path.p, call->path.n);
	k->body = xstrndup(call->body.p ? call->body.p : "", call->body.n);
	k->call.path = str_from(k->path);
	k->call.body = str_from(k->body);
	k->max_ms = max_ms;
	k->is_looked_for = true;
	e->kept = k;
	answer_disk_find(e->owner->disk, &k->call, kept_came, e);
}

static void pack(struct entry *e)
{
	if (!e->pub.json)
		return;
	e->packed = packed_make(e->pub.json);
	if (!e->packed)
		return;
	cJSON_Delete(e->pub.json);
	e->pub.json = NULL;
}

static void to_pool(struct entry *e, loop_fn work, loop_fn done)
{
	e->pub.refs++;
	e->is_on_pool = true;
	e->owner->n_on_pool++;
	loop_work(e->owner->loop, work, done, e);
}

static void leave_pool(struct entry *e)
{
	e->is_on_pool = false;
	e->owner->n_on_pool--;
	let_go(e);
}

static void pack_work(void *ctx)
{
	struct entry *e = ctx;

	e->made = packed_make(e->pub.json);
}

/* Whoever asked for it meanwhile has the tree, and it stays. */
static void pack_done(void *ctx)
{
	struct entry *e = ctx;

	if (e->pub.refs == 1 && e->made) {
		e->packed = e->made;
		json_drop(e->owner->loop, e->pub.json, e->pub.nodes);
		e->pub.json = NULL;
	} else {
		packed_free(e->made);
	}
	e->made = NULL;
	leave_pool(e);
}

static bool unpack(struct entry *e)
{
	e->pub.json = packed_tree(e->packed);
	packed_free(e->packed);
	e->packed = NULL;
	return e->pub.json != NULL;
}

/* What a board calls secret is no other board's, which may have it written. */
static void unpack_work(void *ctx)
{
	struct entry *e = ctx;

	e->pub.json = packed_tree(e->packed);
}

static void unpack_done(void *ctx)
{
	struct entry *e = ctx;

	packed_free(e->packed);
	e->packed = NULL;
	if (!e->pub.json)
		err_set(&e->pub.err, ERR_INTERNAL, "no memory to read an answer again");
	finish(e, e->pub.fetched_ms);
	leave_pool(e);
}

/* As if it were asked for: who wants it waits. */
static void unpack_later(struct entry *e)
{
	e->pub.is_done = false;
	e->api_id = 0;
	to_pool(e, unpack_work, unpack_done);
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
	put_key(&key, call, freshness.list);
	e = map_find(&a->by_key, strbuf_str(&key));
	if (e && is_older(e, freshness.max_ms)) {
		forget(e);
		e = NULL;
	}
	if (e && e->pub.is_done && e->packed) {
		if (packed_size(e->packed) > TURN_BYTES) {
			unpack_later(e);
		} else if (!unpack(e)) {
			forget(e);
			e = NULL;
		}
	}
	if (!e) {
		e = add_entry(a, call, strbuf_str(&key), freshness.list);
		if (freshness.is_kept && a->disk && !call->is_secret)
			look_for(e, call, freshness.max_ms);
		else
			start(e, call);
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
	let_go(e);
}

/* Packed, now or on the pool. False: the turn has had its share. */
static bool shrink(struct entry *e, int64_t left_ms, size_t *share)
{
	size_t n = e->pub.json ? e->pub.nodes : 0;

	if (n >= JSON_LARGE_NODES) {
		if (left_ms > WORTH_MS)
			to_pool(e, pack_work, pack_done);
		return true;
	}
	if (n > *share)
		return false;
	*share -= n;
	pack(e);
	return true;
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
		int64_t left = e->keep_ms - (mono(a) - e->done_mono_ms);
		bool is_idle = e->pub.refs == 0 && e->pub.is_done;

		if (!is_idle && !e->is_on_pool)
			continue;
		if (is_idle && left <= 0) {
			vec_push(&old, e);
			continue;
		}
		if (is_idle && !shrink(e, left, &share))
			left = 0;
		if (next < 0 || left < next)
			next = left > 0 ? left : 0;
	}
	vec_each (gone, &old)
		forget(*gone);
	vec_fini(&old);
	return next;
}

size_t answers_count(const struct answers *a)
{
	return a->by_key.n;
}
