/* What sums lines up: filters over records, histograms, clusters. Thread: the test's. */
#include <stdio.h>

#include "base/rng.h"
#include "base/timefmt.h"
#include "stream/clusters.h"
#include "stream/histogram.h"
#include "stream/line_filter.h"
#include "stream/recognise.h"
#include "unit/check.h"

static const int64_t now_ms = INT64_C(1795240800000);

static struct line line_of(const char *raw)
{
	struct line line;

	line_recognise(str_from(raw), now_ms, &line);
	return line;
}

static const char *const story[] = {
	"2026-11-21T04:00:00Z INFO start",
	"2026-11-21T04:01:00Z ERROR boom",
	"    at Orders.java:12",
	"Caused by: timeout",
	"2026-11-21T04:02:00Z WARN low",
	"ERROR without a time",
	"2026-11-21T04:03:00Z no level",
	"{\"level\":\"fatal\",\"msg\":\"end\"}",
	"2026-11-21T04:01:30Z ERROR behind",
};
enum { STORY = sizeof(story) / sizeof(story[0]) };

static void records_stay_whole(void **state)
{
	static const struct {
		const char *name;
		enum line_level level;
		const char *since, *until, *in, *out;
		const char *want; /* x where a line of the story is taken */
	} cases[] = {
		{"all", LINE_UNKNOWN, NULL, NULL, NULL, NULL, "xxxxxxxxx"},
		{"errors", LINE_ERROR, NULL, NULL, NULL, NULL, ".xxx.x.xx"},
		{"critical", LINE_CRITICAL, NULL, NULL, NULL, NULL, ".......x."},
		{"since", LINE_UNKNOWN, "2026-11-21T04:02:00Z", NULL, NULL, NULL,
		 "....xxxx."},
		{"until", LINE_UNKNOWN, NULL, "2026-11-21T04:02:00Z", NULL, NULL,
		 "xxxx....x"},
		{"errors until", LINE_ERROR, NULL, "2026-11-21T04:02:30Z", NULL, NULL,
		 ".xxx.x..x"},
		{"a text", LINE_UNKNOWN, NULL, NULL, "time", NULL, "...x.x..."},
		{"a text and no other", LINE_UNKNOWN, NULL, NULL, "time", "Caused",
		 ".....x..."},
		{"a text in errors", LINE_ERROR, NULL, NULL, "at", NULL, "..x....x."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct line_filter f = {.level = cases[i].level};
		struct matcher_options plain = {0};
		char got[STORY + 1] = {0};
		struct err err;

		if (cases[i].since)
			assert_true(time_parse(str_from(cases[i].since), &f.since_ms));
		if (cases[i].until)
			assert_true(time_parse(str_from(cases[i].until), &f.until_ms));
		if (cases[i].in)
			line_filter_give(&f,
					 matcher_new(str_from(cases[i].in), &plain, &err),
					 false);
		if (cases[i].out)
			line_filter_give(&f,
					 matcher_new(str_from(cases[i].out), &plain,
						     &err),
					 true);
		for (size_t k = 0; k < STORY; k++) {
			struct line line = line_of(story[k]);

			got[k] = line_filter_takes(&f, &line) ? 'x' : '.';
		}
		check_text(cases[i].name, str_from(got), cases[i].want);
		line_filter_fini(&f);
	}
}

/* Whatever comes in whatever order, no line is lost and each is in its bucket. */
static void buckets_hold_every_line(void **state)
{
	static const int64_t spans_ms[] = {500, 60000, 3600000, 86400000,
					   INT64_C(40) * 365 * 86400000};
	struct rng rng;

	(void)state;
	rng_init(&rng, 5);
	for (size_t s = 0; s < sizeof(spans_ms) / sizeof(spans_ms[0]); s++) {
		static int64_t times[2000];
		struct histogram h = {0};
		uint64_t sum = 0;

		for (size_t i = 0; i < 2000; i++) {
			struct line line = {.has_time = true,
					    .level = (enum line_level)(i % LINE_LEVELS)};

			line.time_ms = times[i] =
				now_ms + rng_range(&rng, 0, spans_ms[s]);
			histogram_add(&h, &line);
		}
		assert_in_range(h.n, 1, HISTOGRAM_BUCKETS);
		for (size_t b = 0; b < h.n; b++) {
			uint64_t within = 0;

			for (size_t i = 0; i < 2000; i++)
				within += times[i] >= histogram_begin_ms(&h, b) &&
					  times[i] < histogram_begin_ms(&h, b + 1);
			assert_int_equal(histogram_sum(&h.bucket[b]), within);
			sum += within;
		}
		assert_int_equal(sum, 2000);
		assert_true(h.n > 4 || spans_ms[s] < 10000);
	}
}

static void odd_times_spoil_no_histogram(void **state)
{
	struct histogram h = {0};
	struct line line = {.has_time = true, .time_ms = INT64_MIN};

	(void)state;
	histogram_add(&h, &line);
	line.time_ms = INT64_MAX;
	histogram_add(&h, &line);
	line.has_time = false;
	histogram_add(&h, &line);
	assert_int_equal(h.untimed, 3);
	assert_int_equal(h.n, 0);
}

static void alike_lines_are_one_pattern(void **state)
{
	struct clusters *c = clusters_new();
	struct strbuf text;
	char raw[160];

	(void)state;
	strbuf_init(&text, 4096);
	for (int i = 0; i < 300; i++) {
		struct line line;

		snprintf(raw, sizeof(raw),
			 "2026-11-21T04:%02d:00Z %s request %x of tenant %s took %d ms",
			 i % 60, i == 7 ? "ERROR" : "INFO", i * 77,
			 i % 2 ? "Atlas" : "Qodex", i);
		line = line_of(raw);
		clusters_add(c, &line);
		if (i % 3 == 0) {
			line = line_of("cache is cold");
			clusters_add(c, &line);
		}
	}
	assert_int_equal(clusters_count(c), 2);
	assert_int_equal(clusters_at(c, 0)->count, 300);
	assert_int_equal(clusters_at(c, 0)->level, LINE_ERROR);
	assert_int_equal(clusters_at(c, 0)->last_ms - clusters_at(c, 0)->first_ms,
			 59 * MINUTE_MS);
	cluster_put_pattern(&text, clusters_at(c, 0));
	assert_string_equal(text.p, "request <*> of tenant <*> took <*> ms");
	strbuf_reset(&text);
	assert_int_equal(clusters_at(c, 1)->count, 100);
	assert_int_equal(clusters_at(c, 1)->first_ms, 0);
	cluster_put_pattern(&text, clusters_at(c, 1));
	assert_string_equal(text.p, "cache is cold");
	strbuf_fini(&text);
	clusters_free(c);
}

/* Lines that are like no others fill the table, and then are counted. */
static void patterns_are_bounded(void **state)
{
	struct clusters *c = clusters_new();
	char raw[64];

	(void)state;
	for (int i = 0; i < 3000; i++) {
		struct line line;

		snprintf(raw, sizeof(raw), "%c%c%c word", 'a' + i % 26, 'a' + i / 26 % 26,
			 'a' + i / 676);
		line = line_of(raw);
		clusters_add(c, &line);
	}
	assert_int_equal(clusters_count(c), CLUSTERS_MOST);
	assert_int_equal(clusters_left_out(c), 3000 - CLUSTERS_MOST);
	clusters_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_stay_whole),
		cmocka_unit_test(buckets_hold_every_line),
		cmocka_unit_test(odd_times_spoil_no_histogram),
		cmocka_unit_test(alike_lines_are_one_pattern),
		cmocka_unit_test(patterns_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
