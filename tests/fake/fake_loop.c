/* See fake_loop.h. */
#include "fake/fake_loop.h"

#include <stdlib.h>

#include "base/vec.h"
#include "base/xalloc.h"
#include "unit/check.h"

struct loop_timer {
	struct loop_timer *next;
	struct loop *loop;
	int64_t due_ms;
	loop_fn fn;
	void *ctx;
};

struct job {
	loop_fn work, done;
	void *ctx;
};

struct loop {
	struct clock clock;
	struct loop_timer *timers; /* by due time, then by age */
	VEC(struct job) jobs;
};

struct loop *fake_loop_new(int64_t wall_ms)
{
	struct loop *loop = xcalloc(1, sizeof(*loop));

	clock_init_manual(&loop->clock, wall_ms);
	return loop;
}

void fake_loop_free(struct loop *loop)
{
	assert_null(loop->timers);
	assert_int_equal(loop->jobs.n, 0);
	vec_fini(&loop->jobs);
	free(loop);
}

const struct clock *loop_clock(const struct loop *loop)
{
	return &loop->clock;
}

struct loop_timer *loop_timer_start(struct loop *loop, int64_t after_ms, loop_fn fn,
				    void *ctx)
{
	struct loop_timer *timer = xcalloc(1, sizeof(*timer)), **at = &loop->timers;

	*timer = (struct loop_timer){
		.loop = loop,
		.due_ms = clock_mono_ms(&loop->clock) + (after_ms > 0 ? after_ms : 0),
		.fn = fn,
		.ctx = ctx,
	};
	while (*at && (*at)->due_ms <= timer->due_ms)
		at = &(*at)->next;
	timer->next = *at;
	*at = timer;
	return timer;
}

static void unlink_timer(struct loop_timer *timer)
{
	struct loop_timer **at = &timer->loop->timers;

	while (*at && *at != timer)
		at = &(*at)->next;
	/* A handle that came or was stopped is not the caller's any more. */
	assert_non_null(*at);
	*at = timer->next;
	free(timer);
}

void loop_timer_stop(struct loop_timer *timer)
{
	if (timer)
		unlink_timer(timer);
}

void loop_work(struct loop *loop, loop_fn work, loop_fn done, void *ctx)
{
	vec_push(&loop->jobs, (struct job){.work = work, .done = done, .ctx = ctx});
}

void loop_turn(struct loop *loop, int64_t wait_ms)
{
	(void)wait_ms;
	fake_loop_work(loop);
}

void fake_loop_advance(struct loop *loop, int64_t ms)
{
	int64_t until = clock_mono_ms(&loop->clock) + ms;

	while (loop->timers && loop->timers->due_ms <= until) {
		struct loop_timer *timer = loop->timers;
		loop_fn fn = timer->fn;
		void *ctx = timer->ctx;

		clock_advance(&loop->clock, timer->due_ms - clock_mono_ms(&loop->clock));
		unlink_timer(timer);
		fn(ctx);
	}
	clock_advance(&loop->clock, until - clock_mono_ms(&loop->clock));
}

int64_t fake_loop_next(const struct loop *loop)
{
	return loop->timers ? loop->timers->due_ms - clock_mono_ms(&loop->clock) : -1;
}

size_t fake_loop_jobs(const struct loop *loop)
{
	return loop->jobs.n;
}

void fake_loop_work(struct loop *loop)
{
	for (size_t i = 0; i < loop->jobs.n; i++) {
		struct job job = loop->jobs.p[i];

		job.work(job.ctx);
		job.done(job.ctx);
	}
	loop->jobs.n = 0;
}

/* Nothing of libuv runs here: a program that is to be started fails the test. */
uv_loop_t *loop_uv(struct loop *loop)
{
	(void)loop;
	fail_msg("a fake loop has no loop of libuv");
	return NULL;
}
