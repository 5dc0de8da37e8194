/* Nodes as business hours ask for them against nodes as Azure aims at them: off and on,
 * with and without an autoscaler, and what is not known. */
#include "unit/check.h"

#include <math.h>

#include "agents/node_hours.h"
#include "base/count.h"
#include "base/timefmt.h"
#include "board/hours_row.h"
#include "unit/zone_fixture.h"

#define HOURS "off=(m-f,19);on=(m-f,7);tz=utc;"
#define NIGHT "2026-03-11T23:00:00Z"
#define DAY   "2026-03-11T11:00:00Z"

static struct zones zones;

static int setup(void **state)
{
	if (zone_fixture_make(state) != 0)
		return -1;
	zones_init(&zones, zone_fixture_folder());
	return 0;
}

static int teardown(void **state)
{
	zones_fini(&zones);
	return zone_fixture_drop(state);
}

static void put_number(struct strbuf *out, double value)
{
	if (isnan(value))
		strbuf_puts(out, " -");
	else
		strbuf_printf(out, " %g", value);
}

#define FIXED(n)                                                                         \
	{                                                                                \
		.count = n, .least = NAN, .most = NAN                                    \
	}
#define SCALED(n, low, top)                                                              \
	{                                                                                \
		.count = n, .least = low, .most = top, .is_scaled = true                 \
	}

static void should_be_against_is(void **state)
{
	static const struct {
		const char *tag, *at;
		struct node_aim aim;
		const char *want; /* "drift wanted extra" */
	} cases[] = {
		{HOURS "count=4/1", DAY, FIXED(4), "as intended 4 0"},
		{HOURS "count=4/1", DAY, FIXED(3), "fewer 4 -1"},
		{HOURS "count=4/1", NIGHT, FIXED(4), "more 1 3"},
		{HOURS "count=4/1", NIGHT, FIXED(0), "fewer 1 -1"},
		/* Off without a count is none; on without one is any. */
		{HOURS "count=4", NIGHT, FIXED(2), "more 0 2"},
		{HOURS, NIGHT, FIXED(2), "more 0 2"},
		{HOURS, DAY, FIXED(2), "as intended - 0"},
		/* It may have what it likes within its range. */
		{HOURS "count=4/1", DAY, SCALED(2, 1, 6), "as intended 4 0"},
		{HOURS "count=4/1", NIGHT, SCALED(2, 2, 6), "more 1 1"},
		{HOURS "count=9/1", DAY, SCALED(6, 2, 6), "fewer 9 -3"},
		/* A quarter of an hour is nobody's fault. */
		{HOURS "count=4/1", "2026-03-11T19:14:59Z", FIXED(4), "due 1 3"},
		{HOURS "count=4/1", "2026-03-11T19:15:00Z", FIXED(4), "more 1 3"},
		/* Stopped is none, whatever it aims at. */
		{HOURS "count=4/0",
		 NIGHT,
		 {.count = 4, .least = NAN, .most = NAN, .is_off = true},
		 "as intended 0 0"},
		{HOURS "count=4/1", DAY, FIXED(NAN), "undecidable 4 -"},
		{HOURS "count=4/1", NIGHT, SCALED(NAN, NAN, NAN), "undecidable 1 -"},
		{"Mon-Fri", DAY, FIXED(4), "undecidable - -"},
		{"off", DAY, FIXED(4), "opted out - -"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct wanted wanted;
		struct node_hours got;
		struct strbuf text;
		int64_t now_ms;

		assert_true(time_parse(str_from(cases[i].at), &now_ms));
		wanted_look(str_from(cases[i].tag), NULL, &zones, now_ms, &wanted);
		node_hours_look(&wanted, &cases[i].aim, now_ms, &got);
		strbuf_init(&text, 100);
		strbuf_puts(&text, node_drift_word(got.drift));
		put_number(&text, got.want);
		put_number(&text, got.extra);
		check_text(cases[i].tag, strbuf_str(&text), cases[i].want);
		assert_int_equal(got.error[0] != '\0',
				 got.drift == NODE_DRIFT_UNDECIDABLE);
		strbuf_fini(&text);
	}
}

static void edges_in_words(void **state)
{
	static const struct {
		struct schedule_edge edge;
		const char *want;
	} cases[] = {{{.is_on = true, .figures = {.count = 4}}, "on 4"},
		     {{.figures = {.count = 0}}, "off 0"},
		     {{.figures = {.count = -1}}, "off"}};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf text;

		strbuf_init(&text, 20);
		hours_put_edge(&text, &cases[i].edge);
		check_text(cases[i].want, strbuf_str(&text), cases[i].want);
		strbuf_fini(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(should_be_against_is, setup, teardown),
		cmocka_unit_test(edges_in_words),
	};

	return cmocka_run_group_tests_name("node_hours", tests, NULL, NULL);
}
