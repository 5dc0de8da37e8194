/* What was spent today: over restarts, by several at once, after kill -9, and when it cannot
 * be kept. */
#include "unit/check.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/timefmt.h"
#include "unit/gateway_stage.h"
#include "unit/scratch.h"
#include "worker/chat/spent.h"

enum { TURNS_MOST = 1000 };

struct scene {
	struct client *client;
	struct config *config;
	struct spent *spent;
	struct gateway *g;
};

static struct credential *nobody(const struct config_ai_provider *of, const char *path,
				 void *ctx, struct err *err)
{
	(void)of;
	(void)path;
	(void)ctx;
	err_set(err, ERR_INTERNAL, "nobody signs in here");
	return NULL;
}

static void open_scene(struct scene *x, struct client *client, const char *path)
{
	struct err err;

	*x = (struct scene){.client = client};
	x->config = config_parse(STR("{}"), "none", &err);
	x->spent = spent_new(client->loop, path, NULL);
	x->g = gateway_new(&(struct gateway_options){.loop = client->loop,
						     .http = client->http,
						     .config = x->config,
						     .identity = nobody,
						     .spent = spent_add,
						     .spent_ctx = x->spent,
						     .has_kept = true},
			   &err);
	assert_non_null(x->g);
	spent_serve(x->spent, x->g);
}

static void close_scene(struct scene *x)
{
	gateway_free(x->g);
	spent_serve(x->spent, NULL);
	config_free(x->config);
}

static int64_t today(const struct scene *x)
{
	return clock_wall_ms(loop_clock(x->client->loop)) / DAY_MS;
}

static void spend(struct scene *x, double money)
{
	const struct gateway_spent more = {.day = today(x),
					   .questions = 1,
					   .asked = 1000,
					   .answered = 10,
					   .money = money};

	spent_add(&more, x->spent);
}

static void turn(struct scene *x, int turns)
{
	for (int i = 0; i < turns; i++)
		loop_turn(x->client->loop, 2);
}

/* Until the gateway knows of so many questions. What another one has not written yet is
 * not there at the first look. */
static void wait_for(struct scene *x, int64_t questions)
{
	for (int i = 0; i < TURNS_MOST && gateway_today(x->g).questions < questions;
	     i++) {
		spent_look(x->spent);
		turn(x, 1);
	}
	assert_int_equal(gateway_today(x->g).questions, questions);
}

static void it_is_there_after_a_restart(void **state)
{
	const char *path = scratch_path("a/spent.db");
	struct scene x;
	struct stat st;

	open_scene(&x, *state, path);
	turn(&x, 20);
	/* Nothing was spent: nothing is written. */
	assert_int_not_equal(stat(path, &st), 0);
	spend(&x, 0.25);
	spend(&x, 0.5);
	close_scene(&x); /* before it is written */
	open_scene(&x, *state, path);
	wait_for(&x, 2);
	assert_true(fabs(gateway_today(x.g).money - 0.75) < 1e-9);
	assert_int_equal(gateway_today(x.g).asked, 2000);
	assert_true(fabs(gateway_router(x.g)->day.spent - 0.75) < 1e-9);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
	close_scene(&x);
}

static void several_add_to_one_sum(void **state)
{
	const char *path = scratch_path("b/spent.db");
	struct scene x, y;

	open_scene(&x, *state, path);
	open_scene(&y, *state, path);
	for (int i = 0; i < 20; i++) {
		spend(&x, 0.1);
		spend(&y, 0.2);
		if (i % 3 == 0)
			turn(&x, 1);
	}
	wait_for(&x, 40);
	wait_for(&y, 40);
	assert_true(fabs(gateway_today(x.g).money - 6) < 1e-6);
	close_scene(&x);
	close_scene(&y);
}

static void another_day_begins_at_nothing(void **state)
{
	const char *path = scratch_path("c/spent.db");
	struct gateway_spent old;
	struct scene x;

	open_scene(&x, *state, path);
	old = (struct gateway_spent){.day = today(&x) - 1, .questions = 9, .money = 9};
	spent_add(&old, x.spent);
	turn(&x, 30);
	spend(&x, 1);
	wait_for(&x, 1);
	assert_true(gateway_today(x.g).money == 1);
	close_scene(&x);
}

/* What it said was written is there. */
static void a_kill_loses_nothing_that_was_told(void **state)
{
	const char *path = scratch_path("d/spent.db");
	struct scene x;
	int status, fds[2];
	char word;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	pid = fork();
	if (pid == 0) {
		void *own = NULL;

		if (client_setup(&own) != 0)
			_exit(1);
		open_scene(&x, own, path);
		turn(&x, 10);
		for (int i = 0; i < 3; i++)
			spend(&x, 1);
		wait_for(&x, 3);
		if (write(fds[1], "3", 1) != 1)
			_exit(1);
		for (;;) {
			spend(&x, 1);
			turn(&x, 1);
		}
	}
	assert_true(pid > 0);
	assert_int_equal(read(fds[0], &word, 1), 1);
	usleep(20000);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	close(fds[0]);
	close(fds[1]);
	open_scene(&x, *state, path);
	for (int i = 0; i < TURNS_MOST && gateway_today(x.g).questions < 3; i++)
		turn(&x, 1);
	assert_true(gateway_today(x.g).questions >= 3);
	assert_true(fabs(gateway_today(x.g).money -
			 (double)gateway_today(x.g).questions) < 1e-6);
	close_scene(&x);
}

static void a_damaged_one_is_begun_anew(void **state)
{
	const char *path = scratch_write("spent-bad.db", STR("nonsense"), 0600);
	struct scene x;

	open_scene(&x, *state, path);
	spend(&x, 2);
	wait_for(&x, 1);
	close_scene(&x);
}

/* It counts for as long as this one runs. */
static void where_it_cannot_be_kept_it_counts_here(void **state)
{
	const char *file = scratch_write("no-folder", STR("x"), 0600);
	char path[300];
	struct scene x;

	snprintf(path, sizeof(path), "%s/spent.db", file);
	open_scene(&x, *state, path);
	spend(&x, 2);
	wait_for(&x, 1);
	assert_true(gateway_today(x.g).money == 2);
	close_scene(&x);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, client_setup, client_teardown)
	const struct CMUnitTest tests[] = {
		/* First: there is no pool of threads yet that a child would lack. */
		TEST(a_kill_loses_nothing_that_was_told),
		TEST(it_is_there_after_a_restart),
		TEST(several_add_to_one_sum),
		TEST(another_day_begins_at_nothing),
		TEST(a_damaged_one_is_begun_anew),
		TEST(where_it_cannot_be_kept_it_counts_here),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
