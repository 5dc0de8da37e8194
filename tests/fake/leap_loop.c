/* See leap_loop.h. */
#include "fake/leap_loop.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "base/xalloc.h"

/* Loopback delivers at once: what has not come by then will not. */
enum { QUIET_MS = 1, SOON_MS = 20 };

struct loop {
	uv_loop_t uv;
	const struct clock *clock;
	uv_async_t wake;
	uv_timer_t turn;
	loop_fn on_wake;
	void *on_wake_ctx;
	struct loop_timer *timers; /* by due time, then by age */
	size_t n_jobs;
	bool is_stopped;
};

struct loop_timer {
	struct loop_timer *next;
	struct loop *loop;
	int64_t due_ms;
	loop_fn fn;
	void *ctx;
};

struct job {
	uv_work_t request;
	struct loop *loop;
	loop_fn work, done;
	void *ctx;
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t is_there;
	/* under lock */
	struct clock *clock;
	struct loop *loop;
	int64_t until_ms; /* monotonic */
	unsigned asked, reached;
} leaps = {.lock = PTHREAD_MUTEX_INITIALIZER, .is_there = PTHREAD_COND_INITIALIZER};

void leap_begin(struct clock *clock)
{
	leaps.clock = clock;
	leaps.until_ms = clock_mono_ms(clock);
	leaps.asked = leaps.reached = 0;
}

void leap(int64_t ms)
{
	pthread_mutex_lock(&leaps.lock);
	leaps.until_ms += ms;
	leaps.asked++;
	uv_async_send(&leaps.loop->wake);
	while (leaps.reached != leaps.asked)
		pthread_cond_wait(&leaps.is_there, &leaps.lock);
	pthread_mutex_unlock(&leaps.lock);
}

static unsigned asked_now(void)
{
	unsigned asked;

	pthread_mutex_lock(&leaps.lock);
	asked = leaps.asked;
	pthread_mutex_unlock(&leaps.lock);
	return asked;
}

/* Moves the clock to the next timer or as far as it may: false when there is nothing to
 * do then. */
static bool move_on(struct loop *loop, unsigned seen)
{
	int64_t now = clock_mono_ms(loop->clock), on_ms;
	bool has_next;

	pthread_mutex_lock(&leaps.lock);
	has_next = loop->timers && loop->timers->due_ms <= leaps.until_ms;
	on_ms = (has_next ? loop->timers->due_ms : leaps.until_ms) - now;
	/* Untouched between two leaps: the test may read it. */
	if (on_ms > 0)
		clock_advance(leaps.clock, on_ms);
	if (!has_next && seen != leaps.reached) {
		leaps.reached = seen;
		pthread_cond_broadcast(&leaps.is_there);
	}
	pthread_mutex_unlock(&leaps.lock);
	return has_next;
}

static void unlink_timer(struct loop_timer *timer)
{
	struct loop_timer **at = &timer->loop->timers;

	while (*at != timer)
		at = &(*at)->next;
	*at = timer->next;
}

static bool fire_one(struct loop *loop)
{
	struct loop_timer *timer = loop->timers;
	loop_fn fn;
	void *ctx;

	if (!timer || timer->due_ms > clock_mono_ms(loop->clock))
		return false;
	fn = timer->fn;
	ctx = timer->ctx;
	unlink_timer(timer);
	/* Stopped within its own callback, as the real one may be. */
	timer->fn = NULL;
	fn(ctx);
	free(timer);
	return true;
}

static bool has_event(struct loop *loop, int wait_ms)
{
	struct pollfd fd = {.fd = uv_backend_fd(&loop->uv), .events = POLLIN};

	return poll(&fd, 1, wait_ms) > 0;
}

/* Whether something is on its way, waiting a moment for it. */
static bool is_moving(struct loop *loop)
{
	int soon = uv_backend_timeout(&loop->uv);

	if (loop->n_jobs || (soon >= 0 && soon < SOON_MS)) {
		has_event(loop, soon > 0 ? soon : QUIET_MS);
		return true;
	}
	return has_event(loop, QUIET_MS);
}

void loop_run(struct loop *loop)
{
	uv_ref((uv_handle_t *)&loop->wake);
	while (!loop->is_stopped) {
		unsigned seen = asked_now();

		/* What the first run began to watch is there for the second. */
		uv_run(&loop->uv, UV_RUN_NOWAIT);
		uv_run(&loop->uv, UV_RUN_NOWAIT);
		if (loop->is_stopped || fire_one(loop) || is_moving(loop) ||
		    move_on(loop, seen))
			continue;
		if (seen == asked_now())
			has_event(loop, uv_backend_timeout(&loop->uv));
	}
	uv_unref((uv_handle_t *)&loop->wake);
}

static void wake_came(uv_async_t *handle)
{
	struct loop *loop = handle->data;

	if (loop->on_wake)
		loop->on_wake(loop->on_wake_ctx);
}

struct loop *loop_new(const struct clock *clock, struct err *err)
{
	struct loop *loop = xcalloc(1, sizeof(*loop));
	sigset_t set;

	(void)err;
	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	loop->clock = clock;
	if (uv_loop_init(&loop->uv) < 0)
		fatal("no loop");
	uv_async_init(&loop->uv, &loop->wake, wake_came);
	loop->wake.data = loop;
	uv_unref((uv_handle_t *)&loop->wake);
	uv_timer_init(&loop->uv, &loop->turn);
	leaps.loop = loop;
	return loop;
}

static void close_left(uv_handle_t *handle, void *ctx)
{
	(void)ctx;
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

void loop_free(struct loop *loop)
{
	if (!loop)
		return;
	uv_run(&loop->uv, UV_RUN_NOWAIT);
	while (loop->timers)
		loop_timer_stop(loop->timers);
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

static void turn_over(uv_timer_t *handle)
{
	(void)handle;
}

void loop_turn(struct loop *loop, int64_t wait_ms)
{
	uv_timer_start(&loop->turn, turn_over, wait_ms > 0 ? (uint64_t)wait_ms : 0, 0);
	uv_run(&loop->uv, UV_RUN_ONCE);
	uv_timer_stop(&loop->turn);
}

void loop_stop(struct loop *loop)
{
	loop->is_stopped = true;
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
	struct loop_timer *timer = xcalloc(1, sizeof(*timer)), **at = &loop->timers;

	*timer = (struct loop_timer){
		.loop = loop,
		.due_ms = clock_mono_ms(loop->clock) + (after_ms > 0 ? after_ms : 0),
		.fn = fn,
		.ctx = ctx,
	};
	while (*at && (*at)->due_ms <= timer->due_ms)
		at = &(*at)->next;
	timer->next = *at;
	*at = timer;
	return timer;
}

void loop_timer_stop(struct loop_timer *timer)
{
	if (!timer || !timer->fn)
		return;
	unlink_timer(timer);
	free(timer);
}

static void job_work(uv_work_t *request)
{
	struct job *job = request->data;

	job->work(job->ctx);
}

static void job_done(uv_work_t *request, int status)
{
	struct job *job = request->data;

	(void)status;
	job->loop->n_jobs--;
	job->done(job->ctx);
	free(job);
}

void loop_work(struct loop *loop, loop_fn work, loop_fn done, void *ctx)
{
	struct job *job = xcalloc(1, sizeof(*job));

	*job = (struct job){.loop = loop, .work = work, .done = done, .ctx = ctx};
	job->request.data = job;
	loop->n_jobs++;
	uv_queue_work(&loop->uv, &job->request, job_work, job_done);
}
