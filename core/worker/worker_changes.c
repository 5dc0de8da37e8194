/* See changes.h and plans.h: orders and news of changes. Thread: any posts, core does. */
#include "worker/change/changes.h"

#include "base/xalloc.h"
#include "config/env.h"
#include "worker/change/plans.h"
#include "worker/worker_part.h"

static uint64_t post(struct worker *w, enum change_verb verb, const char *id,
		     const char *word)
{
	struct order *order = order_new(ORDER_CHANGE);
	uint64_t order_id = ++w->last_id;

	order->id = order_id;
	order->by = (int)verb;
	vec_push(&order->names, xstrdup(id));
	if (word)
		vec_push(&order->names, xstrdup(word));
	mailbox_post(w->orders, &order->mail);
	return order_id;
}

uint64_t worker_propose(struct worker *w, const char *plan_id)
{
	return post(w, VERB_PROPOSE, plan_id, NULL);
}

uint64_t worker_change_approve(struct worker *w, const char *id, const char *word)
{
	return post(w, VERB_APPROVE, id, word);
}

uint64_t worker_change_run(struct worker *w, const char *id)
{
	return post(w, VERB_RUN, id, NULL);
}

uint64_t worker_change_stop(struct worker *w, const char *id)
{
	return post(w, VERB_STOP, id, NULL);
}

uint64_t worker_change_reject(struct worker *w, const char *id, const char *why)
{
	return post(w, VERB_REJECT, id, why);
}

uint64_t worker_change_forget(struct worker *w, const char *id)
{
	return post(w, VERB_FORGET, id, NULL);
}

uint64_t worker_plan(struct worker *w, const char *action, const char *target,
		     const char *const *inputs, size_t n)
{
	struct order *order = order_new(ORDER_PLAN);
	uint64_t id = ++w->last_id;

	vec_push(&order->names, xstrdup(action));
	vec_push(&order->names, xstrdup(target));
	for (size_t i = 0; i < n; i++)
		vec_push(&order->names, xstrdup(inputs[i]));
	order->id = id;
	mailbox_post(w->orders, &order->mail);
	return id;
}

static void planned(void *ctx, uint64_t id, struct plan *plan, bool needs_second,
		    const struct err *err)
{
	struct news *news = news_new(NEWS_PLAN);

	news->request_id = id;
	news->plan = plan;
	news->needs_second = needs_second;
	news->err = *err;
	worker_tell(ctx, news);
}

static void done(void *ctx, uint64_t id, const struct err *err)
{
	struct news *news = news_new(NEWS_CHANGE);

	news->request_id = id;
	news->err = *err;
	worker_tell(ctx, news);
}

static void told(void *ctx, struct changes *changes)
{
	struct news *news = news_new(NEWS_CHANGES);

	news->changes = changes;
	worker_tell(ctx, news);
}

static void refresh(void *ctx, const char *board)
{
	struct worker *w = ctx;

	if (w->poller)
		poller_refresh(w->poller, board);
}

void worker_open_changes(struct worker *w)
{
	struct change_desk_options options = {
		.loop = w->loop,
		.api = w->api,
		.log = w->options.log,
		.connections = &w->access.connections,
		.config = w->access.config,
		.keychain = &w->keychain,
		.by = w->options.by ? w->options.by : "",
		.only_looks = !w->options.by,
		.is_demo = w->options.is_demo,
		.takes_over = w->options.by && !w->options.asks_once,
		.planned = planned,
		.done = done,
		.told = told,
		.want = worker_want_more,
		.refresh = refresh,
		.noted = worker_tell_note,
		.ctx = w,
	};
	struct strbuf dir;

	strbuf_init(&dir, 4000);
	if (!w->options.is_demo)
		env_state_path(&dir, "changes");
	if (dir.n)
		options.dir = dir.p;
	options.has_no_place = !dir.n && !w->options.is_demo;
	w->changes = change_desk_new(&options);
	strbuf_fini(&dir);
}

cJSON *worker_plan_rows(void *ctx)
{
	struct worker *w = ctx;

	/* Whoever has no use for changes does not read them; a board has. */
	if (!w->changes)
		worker_open_changes(w);
	return change_desk_rows(w->changes);
}

void worker_do_plan(struct worker *w, const struct order *order)
{
	const struct acting_order plan = {
		.id = order->id,
		.action = order->names.p[0],
		.target = order->names.p[1],
		.inputs = (const char *const *)order->names.p + 2,
		.n_inputs = order->names.n - 2,
	};

	change_desk_plan(w->changes, &plan);
}

void worker_do_change(struct worker *w, const struct order *order)
{
	change_desk_do(w->changes, (enum change_verb)order->by, order->id,
		       order->names.p[0], order->names.n > 1 ? order->names.p[1] : NULL);
}
