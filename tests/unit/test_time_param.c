/* Times and spans in request texts. */
#include "board_fixture.h"

#include "base/timefmt.h"

static void test_times(void **state)
{
	static const struct {
		const char *source, *now, *want;
	} cases[] = {
		{"@now", "2026-11-21T04:05:06Z", "2026-11-21T04:05:06Z"},
		{"@now-30m", "2026-11-21T00:05:06Z", "2026-11-20T23:35:06Z"},
		{"@now+90s", "2026-11-21T04:05:06Z", "2026-11-21T04:06:36Z"},
		{"@now-1h+5m", "2026-11-21T04:05:06Z", "2026-11-21T03:10:06Z"},
		{"@minute", "2026-11-21T04:05:06Z", "2026-11-21T04:05:00Z"},
		{"@hour-1h", "2026-11-21T00:05:06Z", "2026-11-20T23:00:00Z"},
		{"@day", "2026-11-21T04:05:06Z", "2026-11-21T00:00:00Z"},
		{"@day-31d", "2026-01-15T04:05:06Z", "2025-12-15T00:00:00Z"},
		{"@day-1w", "2026-03-03T04:05:06Z", "2026-02-24T00:00:00Z"},
		{"@month", "2026-11-21T04:05:06Z", "2026-11-01T00:00:00Z"},
		{"@month-1mo", "2026-01-21T04:05:06Z", "2025-12-01T00:00:00Z"},
		{"@month-13mo", "2026-11-21T04:05:06Z", "2025-10-01T00:00:00Z"},
		{"@month_end", "2026-02-21T04:05:06Z", "2026-02-28T23:59:59Z"},
		{"@month_end", "2028-02-21T04:05:06Z", "2028-02-29T23:59:59Z"},
		{"@month_end-1mo", "2026-12-31T04:05:06Z", "2026-11-30T23:59:59Z"},
		{"@day-1mo", "2026-03-31T04:05:06Z", "2026-02-28T00:00:00Z"},
		{"@now-1mo", "2026-03-31T04:05:06Z", "2026-02-28T04:05:06Z"},
		{"@day-1mo", "2026-03-15T04:05:06Z", "2026-02-15T00:00:00Z"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct time_param t;
		struct strbuf out;
		int64_t now;

		strbuf_init(&out, 64);
		check_case(cases[i].now, time_parse(str_from(cases[i].now), &now));
		check_case(cases[i].source,
			   time_param_parse(str_from(cases[i].source), &t));
		time_format_iso(&out, time_param_ms(&t, now), false);
		check_text(cases[i].source, strbuf_str(&out), cases[i].want);
		strbuf_fini(&out);
	}
}

static void test_broken_times(void **state)
{
	static const char *const cases[] = {
		"",
		"@",
		"now",
		"@today",
		"@now-",
		"@now-30",
		"@now-m",
		"@now-30x",
		"@now:",
		"@now:utc",
		"@now:iso:date",
		"@day--1d",
		"@day-0d",
		"@day-1.5d",
		"@day-99999999999d",
		"@month-1201mo",
		"@now 30m",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct time_param t;

		check_case(cases[i], !time_param_parse(str_from(cases[i]), &t));
	}
}

static void test_spans(void **state)
{
	static const struct {
		const char *text;
		int64_t ms; /* 0: refused */
	} cases[] = {
		{"250ms", 250},	   {"90s", 90000},     {"10m", 600000}, {"6h", 21600000},
		{"2d", 172800000}, {"1w", 604800000},  {"0s", 0},	{"10", 0},
		{"m", 0},	   {"-5m", 0},	       {"5 m", 0},	{"", 0},
		{"5M", 0},	   {"9999999999s", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t ms = 0;
		bool ok = span_parse(str_from(cases[i].text), &ms);

		check_case(cases[i].text, ok == (cases[i].ms != 0) && ms == cases[i].ms);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_broken_times),
		cmocka_unit_test(test_spans),
	};

	return cmocka_run_group_tests_name("time_param", tests, NULL, NULL);
}
