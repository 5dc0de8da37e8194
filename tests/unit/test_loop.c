/* The loop: timers once, stopped ones never, wakes from another thread, work. */
#include "unit/check.h"

#include <pthread.h>
#include <stdlib.h>

#include "net/loop.h"

struct fixture {
	struct clock clock;
	struct loop *loop;
	int n_fired, n_worked;
	struct loop_timer *victim;
	pthread_t worker;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct err err;

	clock_init_real(&f->clock);
	f->loop = loop_new(&f->clock, &err);
	*state = f;
	return f->loop ? 0 : -1;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	loop_free(f->loop);
	free(f);
	return 0;
}

static void count(void *ctx)
{
	struct fixture *f = ctx;

	f->n_fired++;
}

static void stop_loop(void *ctx)
{
	struct fixture *f = ctx;

	loop_stop(f->loop);
}

static void stop_victim(void *ctx)
{
	struct fixture *f = ctx;

	f->n_fired++;
	loop_timer_stop(f->victim);
}

static void timers_fire_once(void **state)
{
	struct fixture *f = *state;

	loop_timer_start(f->loop, 1, count, f);
	loop_timer_start(f->loop, -5, count, f);
	loop_timer_start(f->loop, 10, stop_loop, f);
	loop_run(f->loop);
	assert_int_equal(f->n_fired, 2);
}

static void stopped_timers_never_fire(void **state)
{
	struct fixture *f = *state;

	loop_timer_stop(NULL);
	f->victim = loop_timer_start(f->loop, 0, count, f);
	loop_timer_stop(f->victim);
	/* Both are due in one turn: the first takes the second with it. */
	loop_timer_start(f->loop, 0, stop_victim, f);
	f->victim = loop_timer_start(f->loop, 0, count, f);
	for (int i = 0; i < 3; i++)
		loop_turn(f->loop, 5);
	assert_int_equal(f->n_fired, 1);
}

static void a_turn_waits_no_longer_than_told(void **state)
{
	struct fixture *f = *state;
	int64_t start = clock_mono_us();

	loop_timer_start(f->loop, 60000, count, f);
	loop_turn(f->loop, 5);
	assert_in_range(clock_mono_us() - start, 3000, 5000000);
	assert_int_equal(f->n_fired, 0);
}

static void *wake_it(void *ctx)
{
	struct fixture *f = ctx;

	for (int i = 0; i < 100; i++)
		loop_wake(f->loop);
	return NULL;
}

static void woken(void *ctx)
{
	struct fixture *f = ctx;

	f->n_fired++;
	loop_stop(f->loop);
}

static void another_thread_wakes_it(void **state)
{
	struct fixture *f = *state;

	loop_on_wake(f->loop, woken, f);
	assert_int_equal(pthread_create(&f->worker, NULL, wake_it, f), 0);
	loop_run(f->loop);
	pthread_join(f->worker, NULL);
	assert_in_range(f->n_fired, 1, 100);
}

static void worked(void *ctx)
{
	struct fixture *f = ctx;

	f->n_worked = pthread_equal(pthread_self(), f->worker) ? -1 : 1;
}

static void work_is_done_elsewhere_and_told_here(void **state)
{
	struct fixture *f = *state;

	f->worker = pthread_self();
	loop_work(f->loop, worked, woken, f);
	loop_run(f->loop);
	assert_int_equal(f->n_worked, 1);
	assert_int_equal(f->n_fired, 1);
}

static void what_is_left_is_freed(void **state)
{
	struct fixture *f = *state;

	loop_timer_start(f->loop, 60000, count, f);
	loop_work(f->loop, worked, count, f);
	/* The teardown frees the loop; the sanitizer would see what stayed. */
	assert_int_equal(f->n_fired, 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(timers_fire_once),
		CASE(stopped_timers_never_fire),
		CASE(a_turn_waits_no_longer_than_told),
		CASE(another_thread_wakes_it),
		CASE(work_is_done_elsewhere_and_told_here),
		CASE(what_is_left_is_freed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
