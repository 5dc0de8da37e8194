/* See loop.h. Handle memory is freed in its close callback, nowhere else. */
#include "net/loop.h"

#include <signal.h>
#include <stdlib.h>

#include "base/thread.h"
#include "base/xalloc.h"

struct loop {
	uv_loop_t uv;
	const struct clock *clock;
	uv_async_t wake;
	loop_fn on_wake;
	void *on_wake_ctx;
	uv_timer_t turn;  /* ends the wait of loop_turn */
	bool has_blocked; /* SIGPIPE, on the thread that runs it */
};

struct loop_timer {
	uv_timer_t handle;
	loop_fn fn; /* NULL: stopped, only waiting for the close */
	void *ctx;
};

struct job {
	uv_work_t request;
	loop_fn work, done;
	void *ctx;
};

static void wake_came(uv_async_t *handle)
{
	struct loop *loop = handle->data;

	if (loop->on_wake)
		loop->on_wake(loop->on_wake_ctx);
}

struct loop *loop_new(const struct clock *clock, struct err *err)
{
	struct loop *loop = xcalloc(1, sizeof(*loop));
	int rc = uv_loop_init(&loop->uv);

	if (rc < 0) {
		err_set(err, ERR_INTERNAL, "cannot start the event loop: %s",
			uv_strerror(rc));
		free(loop);
		return NULL;
	}
	loop->clock = clock;
	uv_async_init(&loop->uv, &loop->wake, wake_came);
	loop->wake.data = loop;
	uv_unref((uv_handle_t *)&loop->wake);
	uv_timer_init(&loop->uv, &loop->turn);
	return loop;
}

static void free_timer(uv_handle_t *handle)
{
	free(handle->data);
}

static void timer_came(uv_timer_t *handle)
{
	struct loop_timer *timer = handle->data;
	loop_fn fn = timer->fn;

	timer->fn = NULL;
	uv_close((uv_handle_t *)handle, free_timer);
	fn(timer->ctx);
}

/* What is still open at the end is a timer of ours, a process that was killed and is
 * waited for, or a handle whose owner is already closing it. */
static void close_left(uv_handle_t *handle, void *ctx)
{
	(void)ctx;
	if (uv_is_closing(handle) || handle->type == UV_PROCESS)
		return;
	if (handle->type == UV_TIMER && ((uv_timer_t *)handle)->timer_cb == timer_came)
		uv_close(handle, free_timer);
	else
		uv_close(handle, NULL);
}

void loop_free(struct loop *loop)
{
	if (!loop)
		return;
	/* Pool work that is running ends first: its `done` may still come. */
	uv_run(&loop->uv, UV_RUN_NOWAIT);
	uv_walk(&loop->uv, close_left, NULL);
	uv_run(&loop->uv, UV_RUN_DEFAULT);
	uv_loop_close(&loop->uv);
	free(loop);
}

uv_loop_t *loop_uv(struct loop *loop)
{
	return &loop->uv;
}

const struct clock *loop_clock(const struct loop *loop)
{
	return loop->clock;
}

/* A write to a socket whose other end went away must fail, not end the program:
 * OpenSSL and libuv write without asking for that. It holds for this thread. */
static void block_sigpipe(struct loop *loop)
{
	sigset_t set;

	if (loop->has_blocked)
		return;
	loop->has_blocked = true;
	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

void loop_run(struct loop *loop)
{
	block_sigpipe(loop);
	THREAD_ASSERT(THREAD_CORE);
	/* Only a wake may be left to wait for, so it must hold the loop open. */
	uv_ref((uv_handle_t *)&loop->wake);
	uv_run(&loop->uv, UV_RUN_DEFAULT);
	uv_unref((uv_handle_t *)&loop->wake);
}

static void turn_over(uv_timer_t *handle)
{
	(void)handle;
}

void loop_turn(struct loop *loop, int64_t wait_ms)
{
	block_sigpipe(loop);
	if (wait_ms <= 0) {
		uv_run(&loop->uv, UV_RUN_NOWAIT);
		return;
	}
	uv_update_time(&loop->uv);
	uv_timer_start(&loop->turn, turn_over, (uint64_t)wait_ms, 0);
	uv_run(&loop->uv, UV_RUN_ONCE);
	uv_timer_stop(&loop->turn);
}

void loop_stop(struct loop *loop)
{
	uv_stop(&loop->uv);
}

void loop_on_wake(struct loop *loop, loop_fn fn, void *ctx)
{
	loop->on_wake = fn;
	loop->on_wake_ctx = ctx;
}

void loop_wake(void *loop)
{
	uv_async_send(&((struct loop *)loop)->wake);
}

struct loop_timer *loop_timer_start(struct loop *loop, int64_t after_ms, loop_fn fn,
				    void *ctx)
{
	struct loop_timer *timer = xcalloc(1, sizeof(*timer));

	timer->fn = fn;
	timer->ctx = ctx;
	timer->handle.data = timer;
	uv_timer_init(&loop->uv, &timer->handle);
	uv_update_time(&loop->uv);
	uv_timer_start(&timer->handle, timer_came, after_ms > 0 ? (uint64_t)after_ms : 0,
		       0);
	return timer;
}

void loop_timer_stop(struct loop_timer *timer)
{
	if (!timer || !timer->fn)
		return;
	timer->fn = NULL;
	uv_close((uv_handle_t *)&timer->handle, free_timer);
}

static void job_work(uv_work_t *request)
{
	struct job *job = request->data;

	job->work(job->ctx);
}

static void job_done(uv_work_t *request, int status)
{
	struct job *job = request->data;

	(void)status; /* never cancelled: see loop_free */
	job->done(job->ctx);
	free(job);
}

void loop_work(struct loop *loop, loop_fn work, loop_fn done, void *ctx)
{
	struct job *job = xcalloc(1, sizeof(*job));

	*job = (struct job){.work = work, .done = done, .ctx = ctx};
	job->request.data = job;
	uv_queue_work(&loop->uv, &job->request, job_work, job_done);
}
