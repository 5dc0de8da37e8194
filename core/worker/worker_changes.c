/* See changes.h and plans.h: orders and news of changes. Thread: any posts, core does. */
#include "worker/changes.h"

#include "base/xalloc.h"
#include "worker/plans.h"
#include "worker/worker_part.h"

static uint64_t post(struct worker *w, enum order_kind kind, const char *id,
		     const char *word)
{
	struct order *order = order_new(kind);

	order->id = ++w->last_id;
	vec_push(&order->names, xstrdup(id));
	if (word)
		vec_push(&order->names, xstrdup(word));
	mailbox_post(w->orders, &order->mail);
	return order->id;
}

uint64_t worker_propose(struct worker *w, const char *plan_id)
{
	return post(w, ORDER_PROPOSE, plan_id, NULL);
}

uint64_t worker_change_approve(struct worker *w, const char *id, const char *word)
{
	return post(w, ORDER_APPROVE, id, word);
}

uint64_t worker_change_run(struct worker *w, const char *id)
{
	return post(w, ORDER_RUN, id, NULL);
}

uint64_t worker_change_stop(struct worker *w, const char *id)
{
	return post(w, ORDER_STOP, id, NULL);
}

uint64_t worker_change_reject(struct worker *w, const char *id, const char *why)
{
	return post(w, ORDER_REJECT, id, why);
}

uint64_t worker_change_forget(struct worker *w, const char *id)
{
	return post(w, ORDER_FORGET, id, NULL);
}

static void answer(struct worker *w, uint64_t id, const struct err *err)
{
	struct news *news = news_new(NEWS_CHANGE);

	news->request_id = id;
	news->err = *err;
	worker_tell(w, news);
}

void worker_do_change(struct worker *w, const struct order *order)
{
	struct err err;

	err_set(&err, ERR_REFUSED, "changes cannot be made yet");
	answer(w, order->id, &err);
}
