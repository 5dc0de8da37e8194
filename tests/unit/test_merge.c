/* Lines of several inputs by time: what waits for whom, for how long, and what stays
 * together; and rows that were seen before. Thread: the test's. */
#include "stream/merge.h"

#include <stdio.h>

#include "base/strbuf.h"
#include "stream/seen.h"
#include "unit/check.h"

enum { LIVE_MS = 300, BEHIND_MS = 8000, ALL = 1000000 };

static void take(void *ctx, const struct line *line)
{
	strbuf_printf(ctx, "%.*s:%.*s ", STR_ARG(line->source), STR_ARG(line->raw));
}

static struct merge *begin(struct strbuf *got, size_t max_bytes, int64_t behind_ms)
{
	strbuf_init(got, 1 << 20);
	return merge_new(&(struct merge_options){.live_ms = LIVE_MS,
						 .behind_ms = behind_ms,
						 .max_bytes = max_bytes,
						 .fn = take,
						 .ctx = got});
}

static void put(struct merge_input *in, const char *text, int64_t ns, int64_t mono_ms)
{
	struct line line = {.raw = str_from(text), .message = str_from(text)};

	merge_put(in, &line, ns, false, mono_ms);
}

static void put_more(struct merge_input *in, const char *text, int64_t ns)
{
	struct line line = {.raw = str_from(text)};

	merge_put(in, &line, ns, true, 0);
}

static void check_got(struct strbuf *got, const char *want)
{
	check_text("lines", strbuf_str(got), want);
	strbuf_reset(got);
}

static void by_time(void **state)
{
	struct strbuf got;
	struct merge *m = begin(&got, ALL, BEHIND_MS);
	struct merge_input *a = merge_add(m, STR("a")), *b = merge_add(m, STR("b"));

	(void)state;
	put(a, "1", 1, 0);
	put(a, "4", 4, 0);
	put(b, "2", 2, 0);
	put(b, "3", 3, 0);
	put(b, "4", 4, 0);
	/* a has nothing to compare b's last with; of equals a is first. */
	assert_int_equal(merge_run(m, 0, ALL), BEHIND_MS);
	check_got(&got, "a:1 b:2 b:3 a:4 ");
	merge_end(a);
	assert_int_equal(merge_run(m, 0, ALL), -1);
	check_got(&got, "b:4 ");
	assert_int_equal(merge_waiting(m), 0);
	merge_free(m);
	strbuf_fini(&got);
}

static void waits_for_who_is_behind(void **state)
{
	struct strbuf got;
	struct merge *m = begin(&got, ALL, BEHIND_MS);
	struct merge_input *a = merge_add(m, STR("a")), *b = merge_add(m, STR("b"));

	(void)state;
	put(a, "5", 5, 1000);
	assert_int_equal(merge_run(m, 1000, ALL), BEHIND_MS);
	assert_int_equal(merge_run(m, 1000 + BEHIND_MS - 1, ALL), 1);
	check_got(&got, "");
	put(b, "3", 3, 2000);
	merge_run(m, 2000, ALL);
	check_got(&got, "b:3 ");
	/* Live, it is waited for but a moment. */
	merge_set_live(b, true);
	merge_run(m, 1000 + LIVE_MS, ALL);
	check_got(&got, "a:5 ");
	/* Who comes too late comes when he comes. */
	put(b, "4", 4, 3000);
	merge_set_live(a, true);
	merge_run(m, 3000 + LIVE_MS, ALL);
	check_got(&got, "b:4 ");
	merge_free(m);
	strbuf_fini(&got);
}

/* Asked once, each is waited for however long it takes; but not when too much waits. */
static void waits_for_all(void **state)
{
	struct strbuf got;
	struct merge *m = begin(&got, 400, -1);
	struct merge_input *a = merge_add(m, STR("a"));

	(void)state;
	merge_add(m, STR("b"));
	put(a, "1", 1, 0);
	assert_int_equal(merge_run(m, INT32_MAX, ALL), -1);
	check_got(&got, "");
	for (int i = 0; i < 10; i++)
		put(a, "2", 2, 0);
	merge_run(m, 0, ALL);
	assert_true(got.n > 0);
	assert_true(merge_waiting(m) <= 400);
	merge_free(m);
	strbuf_fini(&got);
}

static void records_stay_together(void **state)
{
	struct strbuf got;
	struct merge *m = begin(&got, ALL, BEHIND_MS);
	struct merge_input *a = merge_add(m, STR("a")), *b = merge_add(m, STR("b"));

	(void)state;
	put(a, "error", 10, 0);
	put_more(a, "at-x", 30);
	put_more(a, "at-y", 50);
	put(a, "next", 60, 0);
	put(b, "other", 20, 0);
	merge_end(a);
	merge_end(b);
	merge_run(m, 0, ALL);
	check_got(&got, "a:error a:at-x a:at-y b:other a:next ");
	merge_free(m);
	strbuf_fini(&got);
}

/* In slices, and over what is cut off the front of a long queue. */
static void in_slices(void **state)
{
	struct strbuf got, want;
	struct merge *m = begin(&got, (size_t)64 << 20, BEHIND_MS);
	struct merge_input *a = merge_add(m, STR(""));
	int turns = 0;

	(void)state;
	strbuf_init(&want, 1 << 20);
	for (int i = 0; i < 20000; i++) {
		char text[16];

		snprintf(text, sizeof(text), "%d", i);
		put(a, text, i, 0);
		strbuf_printf(&want, ":%d ", i);
	}
	while (merge_run(m, 0, 700) == 0)
		turns++;
	assert_int_equal(turns, 28);
	assert_true(str_eq(strbuf_str(&got), strbuf_str(&want)));
	merge_free(m);
	strbuf_fini(&got);
	strbuf_fini(&want);
}

/* Of five like rows, where three were given, two are new. */
static void rows_are_counted(void **state)
{
	struct seen s = {0};
	size_t n = 0;

	(void)state;
	seen_begin(&s, 0);
	for (int i = 0; i < 3; i++)
		n += seen_is_new(&s, 77, 1000);
	assert_int_equal(n, 3);
	seen_begin(&s, 500);
	for (int i = 0; i < 5; i++)
		n += seen_is_new(&s, 77, 1000);
	assert_int_equal(n, 5);
	seen_begin(&s, 500);
	for (int i = 0; i < 4; i++)
		n += seen_is_new(&s, 77, 1000);
	assert_int_equal(n, 5);
	/* What will not come again is forgotten. */
	seen_begin(&s, 1001);
	assert_int_equal(s.n, 0);
	for (uint64_t i = 0; i < 50000; i++)
		assert_true(seen_is_new(&s, i * 0x9e3779b97f4a7c15u, 2000));
	seen_begin(&s, 2000);
	for (uint64_t i = 0; i < 50000; i++)
		assert_false(seen_is_new(&s, i * 0x9e3779b97f4a7c15u, 2000));
	seen_fini(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_time),
		cmocka_unit_test(waits_for_who_is_behind),
		cmocka_unit_test(waits_for_all),
		cmocka_unit_test(records_stay_together),
		cmocka_unit_test(in_slices),
		cmocka_unit_test(rows_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
