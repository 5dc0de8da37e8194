/* What the board of followed logs says of a stream: how many lines the last minute had, by
 * their own time, how late they are, and what the ring has let go of. */
#include "live/live.h"

#include <stdio.h>

#include "base/file.h"
#include "base/timefmt.h"
#include "unit/check.h"
#include "unit/scratch.h"
#include "wire/client.h"

enum { PATIENCE_TURNS = 1000, LONG_LINES = 4000 };

struct bench {
	struct client *client;
	struct live *live;
	struct live_status status;
};

static const struct connection *none(void *ctx, enum conn_kind kind, size_t i)
{
	(void)ctx;
	(void)kind;
	(void)i;
	return NULL;
}

static void told(void *ctx, uint64_t id, const struct live_status *status,
		 struct ring *ring)
{
	(void)id;
	(void)ring;
	((struct bench *)ctx)->status = *status;
}

/* Follows a file of this text until all of it has come; its row, the caller's list. */
static cJSON *rows_of(struct bench *b, struct client *c, struct str text, uint64_t lines,
		      size_t max_bytes)
{
	char source[600];

	*b = (struct bench){.client = c};
	b->live = live_new(&(struct live_options){.loop = c->loop,
						  .http = c->http,
						  .speed = 1,
						  .connection = none,
						  .tell = told,
						  .ctx = b});
	snprintf(source, sizeof(source), "file:%s", scratch_write("app.log", text, 0600));
	live_follow(b->live, 7,
		    &(struct live_request){.source = str_from(source),
					   .since_ms = 1,
					   .is_once = true,
					   .max_bytes = max_bytes});
	for (int i = 0; i < PATIENCE_TURNS && b->status.lines < lines; i++)
		loop_turn(c->loop, 20);
	assert_true(b->status.lines == lines);
	return live_rows(b->live);
}

static double number(const cJSON *rows, const char *name)
{
	assert_int_equal(cJSON_GetArraySize(rows), 1);
	return cJSON_GetNumberValue(cJSON_GetObjectItem(rows->child, name));
}

static void test_the_last_minute(void **state)
{
	struct client *c = *state;
	struct strbuf text, at;
	struct bench b;
	cJSON *rows;

	strbuf_init(&text, 4096);
	strbuf_init(&at, 64);
	/* Of a clock that is ahead: within the minute, however slow this run is. */
	time_format_iso(&at, clock_wall_ms(&c->clock) + HOUR_MS, true);
	strbuf_printf(&text, "2026-03-11T10:00:01Z ERROR old\n%s INFO a\n%s ERROR b\n",
		      at.p, at.p);
	rows = rows_of(&b, c, strbuf_str(&text), 3, 0);
	assert_true(number(rows, "lines") == 3);
	assert_true(number(rows, "rate") == 2);
	assert_true(number(rows, "errorRate") == 1);
	assert_true(number(rows, "lagSeconds") == 0);
	assert_true(number(rows, "dropped") == 0);
	assert_true(number(rows, "from") == 1773223201);
	cJSON_Delete(rows);
	live_free(b.live);
	strbuf_fini(&text);
	strbuf_fini(&at);
}

static void test_late(void **state)
{
	struct bench b;
	cJSON *rows = rows_of(&b, *state, STR("2026-03-11T10:00:01Z INFO a\n"), 1, 0);

	assert_true(number(rows, "rate") == 0);
	assert_true(number(rows, "lagSeconds") > 60);
	cJSON_Delete(rows);
	live_free(b.live);
}

static void test_let_go(void **state)
{
	struct strbuf text;
	struct bench b;
	cJSON *rows;

	strbuf_init(&text, 1 << 20);
	for (int i = 0; i < LONG_LINES; i++)
		strbuf_printf(&text, "2026-03-11T10:00:01Z INFO %0128d\n", i);
	rows = rows_of(&b, *state, strbuf_str(&text), LONG_LINES, 1);
	assert_true(number(rows, "lines") == LONG_LINES);
	assert_true(number(rows, "dropped") > 0);
	assert_true(number(rows, "dropped") < LONG_LINES);
	cJSON_Delete(rows);
	live_free(b.live);
	strbuf_fini(&text);
}

static void test_nothing(void **state)
{
	cJSON *rows = live_rows(NULL);

	(void)state;
	assert_int_equal(cJSON_GetArraySize(rows), 0);
	cJSON_Delete(rows);
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, client_setup, client_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		CASE(test_the_last_minute),
		CASE(test_late),
		CASE(test_let_go),
		cmocka_unit_test(test_nothing),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
