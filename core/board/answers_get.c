/* See answers_part.h. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "board/answers_part.h"

/* A list that came along waits for who asks for it: a board that begins, or one whose
 * turn comes within a fifth of its interval. */
enum { ALONG_MS = 10000 };

static void was_written(void *ctx)
{
	entry_let_go(ctx);
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
	entry_finish(e, k->old_ms);
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
		answer_disk_put(e->owner->disk, &k->call, e->pub.json,
				answers_wall(e->owner), was_written, e);
	}
	entry_finish(e, got->known_ms ? got->known_ms : answers_wall(e->owner));
}

/* To be asked for now as well; NULL: it is, or is as good as new. */
static struct entry *due(struct answers *a, const struct api_call *call,
			 const struct answers_list *list)
{
	struct entry *e;
	struct strbuf key;

	strbuf_init(&key, 4096);
	answers_put_key(&key, call, list->type);
	e = map_find(&a->by_key, strbuf_str(&key));
	if (e && entry_is_older(e, list->max_ms)) {
		entry_forget(e);
		e = NULL;
	}
	if (e) {
		e = NULL;
	} else {
		e = entry_new(a, call, strbuf_str(&key), list->type);
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
	bool is_fresh = found->is_found &&
			answers_wall(e->owner) - found->fetched_ms <= k->max_ms;

	k->is_looked_for = false;
	if (is_fresh) {
		e->pub.json = found->json;
		found->json = NULL;
		err_clear(&e->pub.err);
		entry_finish(e, found->fetched_ms);
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

void entry_get(struct entry *e, const struct api_call *call, struct freshness freshness)
{
	if (freshness.is_kept && e->owner->disk && !call->is_secret)
		look_for(e, call, freshness.max_ms);
	else
		start(e, call);
}

void entry_give_up(struct entry *e)
{
	struct kept *k = e->kept;

	if (!e->pub.is_done && e->api_id)
		api_cancel(e->owner->api, e->api_id);
	if (e->together)
		type_list_cancel(e->together, e);
	if (!k)
		return;
	if (k->is_looked_for && e->owner->disk)
		answer_disk_forget(e->owner->disk, e);
	cJSON_Delete(k->old);
	free(k->path);
	free(k->body);
	free(k);
	e->kept = NULL;
}
