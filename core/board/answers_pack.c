/* See answers_part.h. What takes longer than the loop may be held is the pool's. */
#include "base/xalloc.h"
#include "board/answers_part.h"
#include "net/json_drop.h"

/* A text of so many bytes takes two milliseconds to read. What is gone sooner than that is
 * not worth the work, when it is large. */
enum { TURN_BYTES = 128 * 1024, WORTH_MS = 60000 };

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
	entry_let_go(e);
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

bool entry_shrink(struct entry *e, int64_t left_ms, size_t *share)
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

static bool unpack_now(struct entry *e)
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
	entry_finish(e, e->pub.fetched_ms);
	leave_pool(e);
}

bool entry_unpack(struct entry *e)
{
	if (packed_size(e->packed) <= TURN_BYTES)
		return unpack_now(e);
	e->pub.is_done = false;
	e->api_id = 0;
	to_pool(e, unpack_work, unpack_done);
	return true;
}
