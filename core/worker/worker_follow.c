/* See follow.h: orders and news of live log lines. Thread: any posts, core does. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "worker/log/log_choices.h"
#include "worker/worker_part.h"

uint64_t worker_follow(struct worker *w, const struct follow_options *options)
{
	struct order *order = order_new(ORDER_FOLLOW);
	uint64_t id = ++w->last_id;

	vec_push(&order->names, xstrdup(options->source));
	order->id = id;
	order->follow = *options;
	order->follow.source = order->names.p[0];
	mailbox_post(w->orders, &order->mail);
	return id;
}

void worker_unfollow(struct worker *w, uint64_t id)
{
	struct order *order = order_new(ORDER_UNFOLLOW);

	order->id = id;
	mailbox_post(w->orders, &order->mail);
}

static void tell(void *ctx, uint64_t id, const struct live_status *status,
		 struct ring *ring)
{
	struct news *news = news_new(NEWS_STREAM);

	news->request_id = id;
	news->stream = *status;
	news->ring = ring ? ring_share(ring) : NULL;
	worker_tell(ctx, news);
}

void worker_open_live(struct worker *w)
{
	w->live = live_new(&(struct live_options){.loop = w->loop,
						  .http = w->access.host.http,
						  .api = w->api,
						  .log = w->options.log,
						  .speed = w->options.speed,
						  .connection = worker_connection,
						  .tell = tell,
						  .ctx = w});
}

cJSON *worker_stream_rows(void *ctx)
{
	return live_rows(((const struct worker *)ctx)->live);
}

void worker_do_follow(struct worker *w, const struct order *order)
{
	const struct follow_options *o = &order->follow;
	struct live_status status = {.state = LIVE_FAILED};
	const char *source = NULL;

	if (w->live)
		source = log_choices_resolve(w->access.config, o->source, &status.err);
	else
		err_set(&status.err, ERR_CONFIG, "%.80s: nothing is configured yet",
			o->source);
	if (source)
		live_follow(w->live, order->id,
			    &(struct live_request){.source = str_from(source),
						   .since_ms = o->since_ms,
						   .until_ms = o->until_ms,
						   .is_once = o->is_once,
						   .max_bytes = o->max_bytes});
	else
		tell(w, order->id, &status, NULL);
}
