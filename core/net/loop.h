/* The worker's one libuv loop: one-shot timers, calls into the pool, and a wake
 * from other threads. Thread: core, but loop_wake (any). */
#ifndef AZ_NET_LOOP_H
#define AZ_NET_LOOP_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/clock.h"
#include "base/err.h"

struct loop;

typedef void (*loop_fn)(void *ctx);

struct loop *loop_new(const struct clock *clock, struct err *err) MUST_CHECK;
/* Closes what is left and runs the loop until it is empty. */
void loop_free(struct loop *loop);
uv_loop_t *loop_uv(struct loop *loop);
const struct clock *loop_clock(const struct loop *loop);
/* Until loop_stop. */
void loop_run(struct loop *loop);
/* One turn, waiting for an event at most `wait_ms`; for tests and headless. */
void loop_turn(struct loop *loop, int64_t wait_ms);
void loop_stop(struct loop *loop);
/* `fn` runs on the loop soon; wakes coalesce. Set once. */
void loop_on_wake(struct loop *loop, loop_fn fn, void *ctx);
void loop_wake(void *loop);

/* One-shot; the handle is the caller's until the callback or loop_timer_stop. */
struct loop_timer;
struct loop_timer *loop_timer_start(struct loop *loop, int64_t after_ms, loop_fn fn,
				    void *ctx);
/* Accepts NULL. After it the callback does not come. */
void loop_timer_stop(struct loop_timer *timer);

/* `work` on a pool thread, then `done` on the loop. */
void loop_work(struct loop *loop, loop_fn work, loop_fn done, void *ctx);

#endif
