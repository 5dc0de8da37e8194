/* See runner.h. One thing is under way at a time: a look, a save, a call, an operation, or
 * a wait; `go_on` is where each of them ends. */
#include "act/runner.h"

#include <stdlib.h>

#include "azure/lro_run.h"
#include "base/xalloc.h"

enum { CHECK_MS = 15000, CHECK_LEAST_MS = 200, SAVE_AGAIN_MS = 5000 };
/* Less is a clock that is being corrected, or two looks at it. */
enum { JUMP_MS = 2000 };

struct runner {
	struct runner_options options;
	const struct action *action;
	struct run run;
	int64_t ahead_ms; /* the wall time of the steady one */
	cJSON *scope;
	struct state_look *look;
	struct lro_run *operation;
	struct loop_timer *timer;
	uint64_t call;
	bool is_saving, is_dirty; /* what changed meanwhile is saved after it */
	bool is_to_send;	  /* once it is saved */
	bool is_gone;		  /* freed while it was saving */
};

static void go_on(void *ctx);

static int64_t now_of(struct runner *r)
{
	const struct clock *clock = loop_clock(r->options.look.loop);
	int64_t now_ms = clock_wall_ms(clock);
	int64_t ahead_ms = now_ms - clock_steady_ms(clock);
	int64_t jump_ms = ahead_ms - r->ahead_ms;

	if (jump_ms > JUMP_MS || jump_ms < -JUMP_MS)
		run_clock_moved(&r->run, jump_ms);
	r->ahead_ms = ahead_ms;
	return now_ms;
}

static void wait_then_go_on(struct runner *r, int64_t ms)
{
	loop_timer_stop(r->timer);
	r->timer = loop_timer_start(r->options.look.loop, ms, go_on, r);
}

static void destroy(struct runner *r)
{
	run_clear(&r->run);
	cJSON_Delete(r->scope);
	free(r);
}

static void send_it(struct runner *r);

static void saved(const struct err *err, void *ctx)
{
	struct runner *r = ctx;

	r->is_saving = false;
	if (r->is_gone) {
		destroy(r);
		return;
	}
	if (err->code != ERR_NONE) {
		/* Without a journal nothing may leave; what is under way goes on. */
		r->run.err = *err;
		r->is_dirty = true;
		r->options.told(r->options.ctx, &r->run);
		wait_then_go_on(r, SAVE_AGAIN_MS);
		return;
	}
	if (r->is_dirty) {
		wait_then_go_on(r, 0);
		return;
	}
	r->options.told(r->options.ctx, &r->run);
	if (r->is_to_send) {
		r->is_to_send = false;
		send_it(r);
	} else if (r->run.state != RUN_ENDED && !r->operation && !r->call) {
		wait_then_go_on(r, clock_timer_ms(loop_clock(r->options.look.loop),
						  r->run.wait_ms));
	}
}

static void save(struct runner *r)
{
	r->is_dirty = r->is_saving;
	if (r->is_saving)
		return;
	r->is_saving = true;
	r->options.save(r->options.ctx, &r->run, saved, r);
}

static void looked(const struct err *err, void *ctx)
{
	struct runner *r = ctx;

	r->look = NULL;
	if (err->code != ERR_NONE)
		run_saw_nothing(&r->run, err, now_of(r));
	else
		run_saw(&r->run, r->action, r->scope, now_of(r));
	save(r);
}

static void followed(const struct lro *lro, struct api_answer *answer, void *ctx)
{
	struct runner *r = ctx;

	(void)answer;
	if (lro->phase == LRO_ENDED)
		r->operation = NULL;
	run_follows(&r->run, lro, now_of(r));
	save(r);
}

static void answered(struct api_answer *answer, void *ctx)
{
	struct runner *r = ctx;

	r->call = 0;
	if (answer->err.code == ERR_NONE)
		run_accepted(&r->run, answer->status, now_of(r));
	else if (answer->is_unheard)
		run_unheard(&r->run, &answer->err, now_of(r));
	else
		run_refused(&r->run, &answer->err, now_of(r));
	save(r);
}

static void send_it(struct runner *r)
{
	const struct plan_request *request = &r->run.plan->requests[r->run.at];
	const struct action_call *what = run_call(&r->run, r->action);
	const struct http_header if_match = {.name = STR("If-Match"),
					     .value = str_from(request->if_match)};
	const struct api_call call = {
		.connection = r->options.connection(r->options.ctx, request->kind),
		.method = request->method,
		.path = str_from(request->path),
		.body = str_from(request->body),
		.headers = &if_match,
		.n_headers = request->if_match[0] ? 1 : 0,
		.is_interactive = true,
	};
	struct err err = {.http_status = 404};

	if (!call.connection || !what) {
		err_set(&err, ERR_CONFIG, "there is no %s connection any more",
			conn_kind_name(request->kind));
		err.http_status = 404; /* it did not leave, and cannot */
		run_refused(&r->run, &err, now_of(r));
		save(r);
	} else if (what->is_followed) {
		r->operation = lro_start(r->options.look.api, r->options.look.loop, &call,
					 followed, r);
	} else {
		r->call = api_start(r->options.look.api, &call, answered, r);
	}
}

static void resume(struct runner *r)
{
	struct lro lro;
	struct err err;
	const struct connection *connection;

	if (r->operation)
		return;
	connection = r->options.connection(r->options.ctx,
					   r->run.plan->requests[r->run.at].kind);
	if (connection && lro_load(&lro, str_from(r->run.lro), &err)) {
		r->operation = lro_resume(r->options.look.api, r->options.look.loop,
					  connection, &lro, followed, r);
		return;
	}
	/* What it was following cannot be followed: the state will say. */
	r->run.state = RUN_SENDING;
	wait_then_go_on(r, 0);
}

/* Boards are asked for it: however fast the clock is, not all the time. */
static int64_t check_ms(const struct runner *r)
{
	int64_t ms = clock_timer_ms(loop_clock(r->options.look.loop), CHECK_MS);

	return ms < CHECK_LEAST_MS ? CHECK_LEAST_MS : ms;
}

static void check(struct runner *r)
{
	int64_t now_ms = now_of(r); /* the run, too, is as of now */

	run_checked(&r->run, r->options.check(r->options.ctx, &r->run, r->scope), now_ms);
	if (r->run.state == RUN_ENDED)
		save(r);
	else
		wait_then_go_on(r, check_ms(r));
}

static void look(struct runner *r)
{
	if (!r->look)
		r->look = state_look_start(&r->options.look, r->action, r->scope, looked,
					   r);
}

static void go_on(void *ctx)
{
	struct runner *r = ctx;

	r->timer = NULL;
	if (r->is_dirty) {
		r->is_dirty = false;
		save(r);
		return;
	}
	switch (r->run.state) {
	case RUN_SENDING:
		if (run_may_send(&r->run)) {
			run_leaves(&r->run, now_of(r));
			r->is_to_send = true;
			save(r);
			return;
		}
		look(r);
		return;
	case RUN_READING:
		look(r);
		return;
	case RUN_FOLLOWING:
		resume(r);
		return;
	case RUN_CHECKING:
		check(r);
		return;
	case RUN_ENDED:
		return;
	}
}

struct runner *runner_start(const struct runner_options *options,
			    const struct action *action, struct run *run, cJSON *scope)
{
	struct runner *r = xcalloc(1, sizeof(*r));
	const struct clock *clock;

	r->options = *options;
	r->action = action;
	r->run = *run;
	r->scope = scope;
	*run = (struct run){0};
	clock = loop_clock(options->look.loop);
	r->ahead_ms = clock_wall_ms(clock) - clock_steady_ms(clock);
	run_goes_on(&r->run, clock_wall_ms(clock));
	save(r);
	return r;
}

void runner_free(struct runner *r)
{
	if (!r)
		return;
	state_look_stop(r->look);
	if (r->operation)
		lro_stop(r->operation);
	if (r->call)
		api_cancel(r->options.look.api, r->call);
	loop_timer_stop(r->timer);
	r->look = NULL;
	r->operation = NULL;
	r->timer = NULL;
	r->is_gone = true;
	if (!r->is_saving)
		destroy(r);
}

const struct run *runner_run(const struct runner *r)
{
	return &r->run;
}

void runner_stop(struct runner *r)
{
	run_ask_stop(&r->run, now_of(r));
	if (r->run.state == RUN_ENDED) {
		state_look_stop(r->look);
		r->look = NULL;
		loop_timer_stop(r->timer);
		r->timer = NULL;
	}
	save(r);
}

void runner_look_again(struct runner *r)
{
	if (r->run.state == RUN_CHECKING && r->timer && !r->is_saving)
		wait_then_go_on(r, 0);
}
