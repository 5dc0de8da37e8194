/* See pods.h: pods as a source of lines, those of all of them merged by time. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "live/pods.h"

enum {
	LIVE_MS = 300,
	BEHIND_MS = 8000,
	WAITING_MOST_BYTES = 32 << 20,
	/* Lines at a time: the loop is not held for long. */
	SLICE_LINES = 4000,
	MERGE_LOOK_MS = 200,
	QUIET_MS = 1500, /* who says nothing for so long has caught up */
};

static void run_merge(void *ctx)
{
	struct pods *p = ctx;
	int64_t now_ms = feeder_mono_ms(p->f), wait;

	p->running = NULL;
	for (struct container_log *c = p->first; c && !p->f->is_once; c = c->next) {
		if (c->input && c->state == CONTAINER_ASKING &&
		    now_ms - c->heard_ms >= QUIET_MS)
			merge_set_live(c->input, true);
	}
	wait = merge_run(p->merge, now_ms, SLICE_LINES);
	if (wait > MERGE_LOOK_MS)
		wait = MERGE_LOOK_MS;
	if (wait >= 0)
		p->running =
			loop_timer_start(feeder_options(p->f)->loop, wait, run_merge, p);
	else
		pods_tell(p);
}

void pods_run_merge(struct pods *p)
{
	if (!p->running)
		p->running =
			loop_timer_start(feeder_options(p->f)->loop, 0, run_merge, p);
}

static void put_line(void *ctx, const struct line *line)
{
	feeder_put(ctx, line);
}

/* The one that is named, or every cluster there is. */
static bool find_clusters(struct pods *p, struct err *err)
{
	const struct live_options *o = feeder_options(p->f);
	const struct connection *conn = feeder_connection(p->f, CONN_K8S, err);

	if (!conn)
		return false;
	for (size_t i = 0; conn && p->n_clusters < PODS_CLUSTERS_MOST; i++) {
		p->clusters[p->n_clusters++] =
			(struct cluster){.pods = p, .connection = conn};
		conn = p->f->source.connection.n ? NULL
						 : o->connection(o->ctx, CONN_K8S, i + 1);
	}
	return true;
}

static bool start(struct feeder *f, struct err *err)
{
	struct pods *p = xcalloc(1, sizeof(*p));

	p->f = f;
	if (!find_clusters(p, err)) {
		free(p);
		return false;
	}
	if (!f->since_ms)
		f->since_ms = feeder_now_ms(f) - LIVE_SINCE_MS;
	f->span.since_ms = f->since_ms;
	p->merge = merge_new(
		&(struct merge_options){.live_ms = LIVE_MS,
					.behind_ms = f->is_once ? -1 : BEHIND_MS,
					.max_bytes = WAITING_MOST_BYTES,
					.fn = put_line,
					.ctx = f});
	f->own = p;
	for (size_t i = 0; i < p->n_clusters; i++) {
		err_clear(&p->clusters[i].err);
		pods_list(&p->clusters[i]);
	}
	return true;
}

static void stop(struct feeder *f)
{
	struct pods *p = f->own;

	for (size_t i = 0; i < p->n_clusters; i++) {
		if (p->clusters[i].call)
			api_cancel(feeder_options(f)->api, p->clusters[i].call);
		loop_timer_stop(p->clusters[i].again);
	}
	while (p->first) {
		struct container_log *c = p->first;

		p->first = c->next;
		container_log_free(c);
	}
	loop_timer_stop(p->running);
	merge_free(p->merge);
	free(p);
}

const struct feeder_ops feeder_pods = {.start = start, .stop = stop};
