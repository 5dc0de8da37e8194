/* The log screen: a table of what keys bring, compared with goldens of text and roles, and
 * where a person stands after moving. The file is read by the thread that reads logs;
 * waiting is for what comes to be shown. Thread: the test's, beside that. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/timefmt.h"
#include "screen/stage.h"
#include "unit/scratch.h"

#define N(table) (sizeof(table) / sizeof((table)[0]))

enum { RECORDS = 400 };

/* A line in a hundred is an error with a trace, some are warnings, some are JSON. */
static const char *log_path(void)
{
	struct utc at = {.year = 2026, .month = 11, .day = 21, .hour = 3, .minute = 30};
	int64_t ms = utc_to_ms(&at);
	struct strbuf text;

	strbuf_init(&text, 1 << 20);
	for (int i = 0; i < RECORDS; i++, ms += 4700) {
		const char *level = i % 97 == 13  ? "ERROR"
				    : i % 31 == 7 ? "WARN"
						  : "INFO";

		if (i % 11 == 5) {
			strbuf_puts(&text, "{\"time\":\"");
			time_format_iso(&text, ms, true);
			strbuf_printf(&text,
				      "\",\"level\":\"info\",\"logger\":\"pay\",\"msg\":"
				      "\"paid order %d\",\"http\":{\"code\":%d}}\n",
				      i, i % 2 ? 200 : 201);
			continue;
		}
		time_format_iso(&text, ms, true);
		strbuf_printf(&text, " %s atlas.orders order %d took %d ms\n", level, i,
			      i * 37 % 900);
		if (i % 97 == 13)
			strbuf_puts(&text,
				    "    at atlas.orders.Store.save(Store.java:12)\n"
				    "    at atlas.orders.Main.run(Main.java:7)\n");
	}
	strbuf_puts(&text, "last: \033[31mred\033[0m, and so wide that it goes on and on "
			   "to the right of what any screen of this test has room for, "
			   "until at last, far behind two hundred cells, there is this "
			   "word: end\n");
	scratch_write("atlas.log", strbuf_str(&text), 0600);
	strbuf_fini(&text);
	return "atlas.log";
}

struct shot {
	const char *name; /* of the golden */
	int w, h;
	bool is_ascii;
	const char *keys, *more; /* NULL: none */
};

static const struct shot shots[] = {
	{"log-80x24", 80, 24, false, NULL, NULL},
	{"log-120x40", 120, 40, false, NULL, NULL},
	{"log-200x60", 200, 60, false, NULL, NULL},
	{"log-ascii", 80, 24, true, "/ 'order' enter", "m up m"},
	{"log-small", 40, 6, false, NULL, NULL},
	{"log-found", 100, 24, false, "/ 'store.save' enter", "N"},
	{"log-level", 100, 24, false, "L L", NULL},
	{"log-without", 100, 24, false, "- 'took' enter", NULL},
	{"log-no-line", 80, 16, false, "& 'zebra' enter", NULL},
	{"log-neat", 100, 24, false, "v", NULL},
	{"log-wrapped", 60, 16, false, "S", NULL},
	{"log-sideways", 80, 16, false, "right right right", NULL},
	{"log-line", 80, 16, false, "/ 'paid' enter", "enter"},
	{"log-clusters", 100, 16, false, "c", NULL},
	{"log-around", 100, 24, false, "T '04:00' enter", "a"},
	{"log-help", 80, 50, false, "?", NULL},
};

/* What is said for a moment lies over the status line. */
static void let_toast_go(struct stage *stage)
{
	clock_advance(&stage->clock, 60000);
	app_tick(stage->app);
}

static void test_shot(void **state)
{
	const struct shot *shot = *state;
	struct stage stage;

	stage_init(&stage, &(struct stage_options){.w = shot->w,
						   .h = shot->h,
						   .is_ascii = shot->is_ascii,
						   .log = log_path()});
	stage_settle(&stage);
	if (shot->keys)
		stage_keys(&stage, shot->keys);
	stage_settle(&stage);
	if (shot->more)
		stage_keys(&stage, shot->more);
	stage_settle(&stage);
	let_toast_go(&stage);
	stage_golden(&stage, shot->name);
	stage_fini(&stage);
}

/* Where keys lead, by the number of the line in the status line; -1: from the end. */
static void test_places(void **state)
{
	static const struct {
		const char *keys, *shows;
	} steps[] = {
		{"k", "408/409"},
		{"g g", "1/409"},
		{"j j j", "4/409"},
		{"page-down", "23/409"},
		{"page-up", "4/409"},
		{"G", "409/409"},
		{"T '100' enter", "100/409"},
		{"T '03:40' enter", "133/409"},
		{"e", "212/409"},
		{"E", "113/409"},
		{"T '50%' enter", "207/409"},
		{"m", "207/409"},
		{"g g", "1/409"},
		{"'", "207/409"},
		{"T '+1m' enter", "%"},
	};
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 100, .h = 24, .log = log_path()});
	stage_settle(&stage);
	for (size_t i = 0; i < N(steps); i++) {
		stage_keys(&stage, steps[i].keys);
		stage_settle(&stage);
		if (!strstr(stage_line(&stage, 23), steps[i].shows))
			fail_msg("step %zu, %s: %s", i, steps[i].keys,
				 stage_line(&stage, 23));
	}
	stage_fini(&stage);
}

/* More keys than there are rows, before any page can come: none is lost. */
static void test_flood(void **state)
{
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 100, .h = 24, .log = log_path()});
	stage_settle(&stage);
	stage_keys(&stage, "g g");
	for (int i = 0; i < 300; i++)
		stage_keys(&stage, "j");
	stage_settle(&stage);
	assert_non_null(strstr(stage_line(&stage, 23), "301/409"));
	for (int i = 0; i < 250; i++)
		stage_keys(&stage, "k");
	stage_settle(&stage);
	assert_non_null(strstr(stage_line(&stage, 23), "51/409"));
	stage_fini(&stage);
}

/* Esc takes away what narrows the log, the last first, and then nothing more. */
static void test_escape(void **state)
{
	struct stage stage;

	(void)state;
	stage_init(&stage, &(struct stage_options){.w = 120, .h = 24, .log = log_path()});
	stage_settle(&stage);
	stage_keys(&stage, "L L & 'order' enter / 'took' enter");
	stage_settle(&stage);
	let_toast_go(&stage);
	assert_true(stage_shows(&stage, "/took"));
	assert_true(stage_shows(&stage, "&order level>=warning"));
	stage_keys(&stage, "esc");
	assert_false(stage_shows(&stage, "/took"));
	stage_keys(&stage, "esc");
	assert_false(stage_shows(&stage, "&order"));
	assert_true(stage_shows(&stage, "level>=warning"));
	stage_keys(&stage, "esc esc");
	stage_settle(&stage);
	assert_false(stage_shows(&stage, "level>="));
	assert_false(app_is_done(stage.app));
	stage_fini(&stage);
}

/* The scratch folder's name is another one each time: the file is named within it. */
static int enter_scratch(void **state)
{
	char *top = realpath(getenv("AZ_SRCDIR"), NULL);
	char dir[4096];

	if (!top || scratch_make(state) != 0)
		return -1;
	setenv("AZ_SRCDIR", top, 1);
	free(top);
	snprintf(dir, sizeof(dir), "%s", scratch_path("x"));
	dir[strlen(dir) - 2] = '\0';
	return chdir(dir);
}

static int leave_scratch(void **state)
{
	return chdir("/") != 0 || scratch_drop(state);
}

int main(void)
{
	struct CMUnitTest tests[N(shots) + 3] = {0};
	size_t n = 0;

	for (size_t i = 0; i < N(shots); i++)
		tests[n++] = (struct CMUnitTest){.name = shots[i].name,
						 .test_func = test_shot,
						 .initial_state = (void *)&shots[i]};
	tests[n++] = (struct CMUnitTest){.name = "places", .test_func = test_places};
	tests[n++] =
		(struct CMUnitTest){.name = "a flood of keys", .test_func = test_flood};
	tests[n++] = (struct CMUnitTest){.name = "escape", .test_func = test_escape};
	return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
