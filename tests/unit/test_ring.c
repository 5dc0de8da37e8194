/* The ring of a live stream: what a view has while the writer goes on, what was dropped,
 * how much it holds. The thread sanitizer watches one writer and one reader here.
 * Thread: the test's, and a writer. */
#include "stream/ring.h"

#include <pthread.h>
#include <stdio.h>

#include "stream/recognise.h"
#include "unit/check.h"

enum { LINES = 60000, SMALL = 4 * RING_CHUNK_BYTES };

static void put(struct ring *r, uint64_t n)
{
	struct line line;
	char raw[200];
	int length = snprintf(
		raw, sizeof(raw),
		"{\"level\":\"%s\",\"logger\":\"atlas\",\"msg\":\"line %llu%*s\"}",
		n % 10 ? "info" : "error", (unsigned long long)n, (int)(n % 60), "");

	line_recognise((struct str){.p = raw, .n = (size_t)length}, 0, &line);
	ring_put(r, &line);
}

static void check_line(const struct ring_view *view, uint64_t n)
{
	struct line line;
	char want[200];

	assert_true(ring_view_line(view, n, &line));
	snprintf(want, sizeof(want), "line %llu%*s", (unsigned long long)n, (int)(n % 60),
		 "");
	check_text("message", line.message, want);
	check_text("source", line.source, "atlas");
	assert_int_equal(line.level, n % 10 ? LINE_INFO : LINE_ERROR);
	assert_int_equal(line.raw.p[line.raw.n - 1], '}');
}

/* A pod's name is no part of what it wrote. */
static void sources_beside(void **state)
{
	struct ring *r = ring_new(SMALL), *held = ring_share(r);
	struct line line = {.raw = STR("GET /orders 200"),
			    .source = STR("orders-api-x7")};
	struct ring_view view;

	(void)state;
	line.message = str_sub(line.raw, 4, 7);
	ring_put(r, &line);
	line.source = str_sub(line.raw, 0, 3);
	ring_put(r, &line);
	ring_free(r);
	ring_view_take(held, &view);
	assert_true(ring_view_line(&view, 0, &line));
	check_text("raw", line.raw, "GET /orders 200");
	check_text("source", line.source, "orders-api-x7");
	check_text("message", line.message, "/orders");
	assert_true(ring_view_line(&view, 1, &line));
	check_text("source within", line.source, "GET");
	check_text("raw after it", line.raw, "GET /orders 200");
	ring_view_drop(&view);
	ring_free(held);
}

static void views_stay(void **state)
{
	struct ring *r = ring_new(SMALL);
	struct ring_view old, now;
	struct line line;

	(void)state;
	ring_view_take(r, &old);
	assert_true(old.first == 0 && old.end == 0);
	assert_false(ring_view_line(&old, 0, &line));
	ring_view_drop(&old);
	for (uint64_t i = 0; i < 100; i++)
		put(r, i);
	ring_view_take(r, &old);
	assert_int_equal(old.end, 100);
	for (uint64_t i = 100; i < LINES; i++)
		put(r, i);
	for (uint64_t i = 0; i < 100; i++)
		check_line(&old, i);
	assert_false(ring_view_line(&old, 100, &line));
	ring_view_take(r, &now);
	assert_int_equal(now.end, LINES);
	assert_int_equal(ring_published(r), LINES);
	assert_true(now.first > LINES / 2 && now.dropped_bytes > now.first * 40);
	for (uint64_t i = now.first; i < now.end; i++)
		check_line(&now, i);
	assert_false(ring_view_line(&now, now.first - 1, &line));
	ring_view_drop(&old);
	ring_free(r);
	check_line(&now, LINES - 1);
	ring_view_drop(&now);
}

static void long_and_odd_lines(void **state)
{
	static char big[3 * RING_LINE_MOST_BYTES];
	struct ring *r = ring_new(0);
	struct ring_view view;
	struct line line;

	(void)state;
	memset(big, 'x', sizeof(big));
	for (size_t n = 0; n < sizeof(big); n += 997) {
		line = (struct line){.raw = {.p = big, .n = n}};
		line.message = str_sub(line.raw, n / 2, n);
		/* Of another text: kept beside it. */
		line.source = STR("elsewhere");
		ring_put(r, &line);
	}
	ring_view_take(r, &view);
	assert_true(ring_view_line(&view, view.end - 1, &line));
	assert_int_equal(line.raw.n, RING_LINE_MOST_BYTES);
	assert_true(line.message.p + line.message.n <= line.raw.p + line.raw.n);
	check_text("source", line.source, "elsewhere");
	ring_view_drop(&view);
	ring_free(r);
}

static void *write_lines(void *ring)
{
	for (uint64_t i = 0; i < LINES; i++)
		put(ring, i);
	return NULL;
}

static void one_writes_one_reads(void **state)
{
	struct ring *r = ring_new(SMALL);
	uint64_t seen = 0, missed = 0, read = 0;
	pthread_t writer;

	(void)state;
	assert_int_equal(pthread_create(&writer, NULL, write_lines, r), 0);
	while (seen < LINES) {
		struct ring_view view;

		if (ring_published(r) == seen)
			continue;
		ring_view_take(r, &view);
		assert_true(view.end >= seen);
		missed += view.first > seen ? view.first - seen : 0;
		for (seen = view.first > seen ? view.first : seen; seen < view.end;
		     seen++) {
			check_line(&view, seen);
			read++;
		}
		ring_view_drop(&view);
	}
	pthread_join(writer, NULL);
	assert_int_equal(read + missed, LINES);
	ring_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sources_beside),
		cmocka_unit_test(views_stay),
		cmocka_unit_test(long_and_odd_lines),
		cmocka_unit_test(one_writes_one_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
