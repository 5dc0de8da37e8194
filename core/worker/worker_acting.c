/* See plans.h: orders and news of plans. Thread: any posts, core does. */
#include "worker/plans.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "worker/worker_part.h"

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

void worker_open_acting(struct worker *w)
{
	w->acting = acting_new(&(struct acting_options){.loop = w->loop,
							.api = w->api,
							.connections = &w->connections,
							.config = w->config,
							.by = w->options.by,
							.planned = planned,
							.ctx = w});
}

void worker_do_plan(struct worker *w, const struct order *order)
{
	acting_plan(w->acting, &(struct acting_order){
				       .id = order->id,
				       .action = order->names.p[0],
				       .target = order->names.p[1],
				       .inputs = (const char *const *)order->names.p + 2,
				       .n_inputs = order->names.n - 2,
			       });
}
