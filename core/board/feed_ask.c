/* See feed_part.h. */
#include "board/feed_part.h"

#include <string.h>

static bool ask_one(struct feed *f, size_t i, const cJSON *item, struct err *err)
{
	const struct request_def *r = &f->def->requests[i];
	struct api_call call = {
		.connection = f->host->connection(f->host->ctx, r->kind),
		.method = r->method,
		.is_read = true,
		.headers = r->headers,
		.n_headers = r->n_headers,
		.max_pages = r->max_pages,
		.patience_ms = feed_patience_ms(r),
		.paging = r->paging,
		.is_secret = r->is_secret,
	};
	struct strbuf path, body;
	bool ok;

	if (r->is_optional && f->host->optional_ms) {
		call.deadline_ms = f->host->optional_ms;
		call.patience_ms = 0;
	}
	memcpy(call.also_status, r->also_status, sizeof(call.also_status));
	if (!call.connection)
		return err_set(err, ERR_CONFIG,
			       "there is no %s connection in the configuration",
			       conn_kind_name(r->kind));
	strbuf_init(&path, 16384);
	strbuf_init(&body, 65536);
	ok = request_path(r, f->root, item, f->began_ms, &path, err) &&
	     request_body(r, f->root, item, f->began_ms, &body, err);
	call.path = strbuf_str(&path);
	call.body = strbuf_str(&body);
	if (ok)
		slot_add(&f->slots[i],
			 answers_ask(f->host->answers, &call, feed_freshness(f, r),
				     feed_answer_came, f));
	strbuf_fini(&path);
	strbuf_fini(&body);
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

static bool needs_are_met(const struct feed *f, size_t i)
{
	uint32_t needs = f->def->requests[i].needs;

	for (size_t k = 0; k < f->def->n_requests; k++) {
		if ((needs >> k & 1) && !f->slots[k].is_complete)
			return false;
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
	if (r->is_optional || (r->absent && slot_is_absent(slot)) ||
	    !slot_has_failed(slot, &why))
		return true;
	*err = why;
	return err_wrap(err, "%s", r->name);
}

enum feed_progress feed_move_on(struct feed *f, struct err *err)
{
	enum feed_progress progress = FEED_STANDS;

	for (size_t i = 0; i < f->def->n_requests; i++) {
		const struct slot *slot = &f->slots[i];

		if (!slot->is_asked && needs_are_met(f, i)) {
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
