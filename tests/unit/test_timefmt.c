/* Every form of time and duration that services send. */
#include "unit/check.h"

#include "base/timefmt.h"

#define MOMENT 1491194473937 /* 2017-04-03T04:41:13.937Z */

static void times_parse(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		int64_t ms;
	} cases[] = {
		{"2017-04-03T04:41:13.937Z", true, MOMENT},
		{"2017-04-03T04:41:13.9370000Z", true, MOMENT},
		{"2017-04-03T04:41:13.937123456Z", true, MOMENT},
		{"2017-04-03T07:41:13.937+03:00", true, MOMENT},
		{"2017-04-02T23:41:13.937-0500", true, MOMENT},
		{"2017-04-03T04:41:13.937", true, MOMENT},
		{"2017-04-03 04:41:13.937", true, MOMENT},
		{"2017-04-03T04:41:13Z", true, MOMENT - 937},
		{"2017-04-03T04:41Z", true, MOMENT - 13937},
		{"2017-04-03", true, 1491177600000},
		{"20200401", true, 1585699200000},
		{"1585699200", true, 1585699200000},
		{"1585699200.25", true, 1585699200250},
		{"Mon, 03 Apr 2017 04:41:13 GMT", true, MOMENT - 937},
		{"2024-02-29T00:00:00Z", true, 1709164800000},
		{"0001-01-01T00:00:00Z", false, 0},
		{"1753-01-01T01:01:01Z", false, 0},
		{"", false, 0},
		{"None", false, 0},
		{"2017-13-03", false, 0},
		{"2017-02-29", false, 0},
		{"2100-02-29", false, 0},
		{"20170431", false, 0},
		{"2017-12-31", true, 1514678400000},
		{"2017-04-03T99:00:00Z", false, 0},
		{"2017-04-03T04:41:13.937Zjunk", false, 0},
		{"2017-04-03T", false, 0},
		{"Mon, 03 Foo 2017 04:41:13 GMT", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t ms = 0;

		check_case(cases[i].text,
			   time_parse(str_from(cases[i].text), &ms) == cases[i].ok);
		if (ms != cases[i].ms)
			fail_msg("%s: %lld", cases[i].text, (long long)ms);
	}
}

static void calendar_goes_there_and_back(void **state)
{
	struct strbuf out;

	(void)state;
	for (int64_t ms = -4000000000000; ms < 5000000000000; ms += 86413579) {
		struct utc u = utc_from_ms(ms);

		assert_int_equal(utc_to_ms(&u), ms);
		assert_in_range(u.month, 1, 12);
		assert_in_range(u.day, 1, 31);
		assert_in_range(u.yday, 0, 365);
		assert_in_range(u.weekday, 0, 6);
	}
	strbuf_init(&out, 100);
	time_format_iso(&out, MOMENT, true);
	check_text("iso", strbuf_str(&out), "2017-04-03T04:41:13.937Z");
	strbuf_reset(&out);
	time_format_rfc1123(&out, MOMENT);
	check_text("rfc", strbuf_str(&out), "Mon, 03 Apr 2017 04:41:13 GMT");
	strbuf_fini(&out);
}

static void durations_parse(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		int64_t ms;
	} cases[] = {
		{"PT1M2.3S", true, 62300},
		{"PT12.4272909S", true, 12427},
		{"P1DT2H", true, 93600000},
		{"P1W", true, 604800000},
		{"PT0S", true, 0},
		{"-PT5M", true, -300000},
		{"00:01:02.5000000", true, 62500},
		{"1.02:03:04", true, 93784000},
		{"P", false, 0},
		{"PT", false, 0},
		{"PT5", false, 0},
		{"5M", false, 0},
		{"", false, 0},
		{"1:2", false, 0},
		{"1:2:3:4", false, 0},
		{"--9e99.00:00:00", false, 0},
		{"-9e99.00:00:00", false, 0},
		{"--1.00:00:00", false, 0},
		{"1e308.00:00:00", false, 0},
		{"1e308:00:00", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t ms = 0;

		check_case(cases[i].text,
			   duration_parse(str_from(cases[i].text), &ms) == cases[i].ok);
		if (ms != cases[i].ms)
			fail_msg("%s: %lld", cases[i].text, (long long)ms);
	}
}

static void durations_read_well(void **state)
{
	static const struct {
		int64_t ms;
		const char *want;
	} cases[] = {
		{0, "0ms"},
		{999, "999ms"},
		{12000, "12s"},
		{200000, "3m20s"},
		{120000, "2m"},
		{14700000, "4h05m"},
		{183600000, "2d3h"},
		{172800000, "2d"},
		{30 * 86400000LL, "30d"},
		{70 * 86400000LL, "10w"},
		{-12000, "-12s"},
		{INT64_MIN, "-15250284452w"},
	};
	struct strbuf out;

	(void)state;
	strbuf_init(&out, 100);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		strbuf_reset(&out);
		duration_format(&out, cases[i].ms);
		check_text(cases[i].want, strbuf_str(&out), cases[i].want);
	}
	strbuf_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_parse),
		cmocka_unit_test(calendar_goes_there_and_back),
		cmocka_unit_test(durations_parse),
		cmocka_unit_test(durations_read_well),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
