/* See lro_run.h. Waits are times of the world on screen: a clock that runs faster
 * than the machine's shortens them, as in the demo. */
#include "azure/lro_run.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "base/xalloc.h"

struct lro_run {
	struct api *api;
	struct loop *loop;
	const struct connection *connection;
	struct lro lro;
	uint64_t call_id; /* 0: none is out */
	struct loop_timer *timer;
	bool has_begun;
	bool is_telling, is_stopped; /* within fn: freed after it */
	lro_fn fn;
	void *ctx;
};

static void ask(void *ctx);

static void free_run(struct lro_run *run)
{
	if (run->call_id)
		api_cancel(run->api, run->call_id);
	loop_timer_stop(run->timer);
	lro_fini(&run->lro);
	free(run);
}

static void wait_and_ask(struct lro_run *run)
{
	int64_t wait_ms = clock_timer_ms(loop_clock(run->loop), run->lro.wait_ms);

	run->timer = loop_timer_start(run->loop, wait_ms, ask, run);
}

static void answered(struct api_answer *answer, void *ctx)
{
	struct lro_run *run = ctx;
	int64_t now = clock_wall_ms(loop_clock(run->loop));

	run->call_id = 0;
	if (run->has_begun)
		lro_take(&run->lro, answer, now);
	else
		lro_begin(&run->lro, answer, now);
	run->has_begun = true;
	run->is_telling = true;
	run->fn(&run->lro, answer, run->ctx);
	run->is_telling = false;
	if (run->is_stopped || run->lro.phase == LRO_ENDED)
		free_run(run);
	else
		wait_and_ask(run);
}

static void ask(void *ctx)
{
	struct lro_run *run = ctx;
	struct api_call call = {
		.connection = run->connection,
		.method = HTTP_GET,
		.url = str_from(run->lro.poll_url),
		.may_be_empty = true,
	};

	run->timer = NULL;
	run->call_id = api_start(run->api, &call, answered, run);
}

static struct lro_run *new_run(struct api *api, struct loop *loop,
			       const struct connection *connection, lro_fn fn, void *ctx)
{
	struct lro_run *run = xcalloc(1, sizeof(*run));

	*run = (struct lro_run){
		.api = api,
		.loop = loop,
		.connection = connection,
		.fn = fn,
		.ctx = ctx,
	};
	return run;
}

struct lro_run *lro_start(struct api *api, struct loop *loop, const struct api_call *call,
			  lro_fn fn, void *ctx)
{
	struct lro_run *run = new_run(api, loop, call->connection, fn, ctx);
	struct strbuf url;

	strbuf_init(&url, 16 * 1024);
	strbuf_puts(&url, call->connection->base_url);
	strbuf_put(&url, call->path);
	lro_init(&run->lro, call->method, strbuf_str(&url),
		 clock_wall_ms(loop_clock(loop)));
	strbuf_fini(&url);
	run->call_id = api_start(api, call, answered, run);
	return run;
}

struct lro_run *lro_resume(struct api *api, struct loop *loop,
			   const struct connection *connection, struct lro *saved,
			   lro_fn fn, void *ctx)
{
	struct lro_run *run = new_run(api, loop, connection, fn, ctx);

	run->lro = *saved;
	*saved = (struct lro){0};
	run->has_begun = true;
	wait_and_ask(run);
	return run;
}

void lro_stop(struct lro_run *run)
{
	if (run->is_telling)
		run->is_stopped = true;
	else
		free_run(run);
}
