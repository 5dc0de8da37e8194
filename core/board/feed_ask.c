/* See feed_part.h. */
#include "board/feed_part.h"

static bool ask_one(struct feed *f, size_t i, const cJSON *item, struct err *err)
{
	const struct request_def *r = &f->def->requests[i];
	const struct connection *connection = f->host->connection(f->host->ctx, r->kind);
	struct request_text text;
	struct api_call call;
	bool ok;

	if (!connection)
		return err_set(err, ERR_CONFIG,
			       "there is no %s connection in the configuration",
			       conn_kind_name(r->kind));
	ok = request_call(r, f->root, item, f->began_ms, &text, &call, err);
	call.connection = connection;
	if (r->is_optional && f->host->optional_ms)
		call.deadline_ms = f->host->optional_ms;
	else
		call.patience_ms = feed_patience_ms(r);
	if (ok)
		slot_add(&f->slots[i],
			 answers_ask(f->host->answers, &call, feed_freshness(f, r),
				     feed_answer_came, f));
	request_text_fini(&text);
	return ok;
}

/* Evaluates for_each and sends its calls, or the one call. */
static bool ask(struct feed *f, size_t i, struct err *err)
{
	const struct request_def *r = &f->def->requests[i];
	struct slot *slot = &f->slots[i];
	const cJSON *item;

	slot->is_asked = true;
	if (!r->for_each_query)
		return ask_one(f, i, NULL, err);
	if (!slot_items(slot, r, f->root, f->began_ms, err))
		return false;
	/* An item that cannot be asked costs its own rows only. */
	cJSON_ArrayForEach (item, slot->items) {
		if (!ask_one(f, i, item, err))
			slot_add_failure(slot, err);
	}
	return true;
}

/* Sends the request; false, with err, when that fails the board. */
static bool begin(struct feed *f, size_t i, struct err *err)
{
	const struct request_def *r = &f->def->requests[i];
	struct err why;

	if (ask(f, i, &why))
		return true;
	if (!r->is_optional) {
		*err = why;
		return err_wrap(err, "%s", r->name);
	}
	slot_give_up(&f->slots[i], &why);
	return true;
}

/* Puts what came into the document; false likewise. */
static bool complete(struct feed *f, size_t i, struct err *err)
{
	const struct request_def *r = &f->def->requests[i];
	struct slot *slot = &f->slots[i];
	struct err why;

	slot->is_complete = true;
	slot_count(slot, r, feed_wall(f), &f->stats[i]);
	slot_put_into(slot, r->name, f->root);
	if (!slot_fails_board(slot, r, &why))
		return true;
	*err = why;
	return err_wrap(err, "%s", r->name);
}

enum feed_progress feed_move_on(struct feed *f, struct err *err)
{
	enum feed_progress progress = FEED_STANDS;

	for (size_t i = 0; i < f->def->n_requests; i++) {
		const struct slot *slot = &f->slots[i];

		if (!slot->is_asked && slots_meet(f->slots, f->def, i)) {
			progress = FEED_MOVED;
			if (!begin(f, i, err))
				return FEED_FAILED;
		}
		if (slot->is_asked && !slot->is_complete && slot_is_answered(slot)) {
			progress = FEED_MOVED;
			if (!complete(f, i, err))
				return FEED_FAILED;
		}
	}
	return progress;
}
