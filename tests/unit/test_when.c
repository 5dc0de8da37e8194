/* Moments as people type them. 2026-11-21 is a Saturday, 04:05:06 UTC. */
#include "check.h"

#include "base/strbuf.h"
#include "base/timefmt.h"
#include "base/when.h"

static const struct {
	const char *text, *want; /* want NULL: not a moment */
} cases[] = {
	{"now", "2026-11-21T04:05:06Z"},
	{" NOW ", "2026-11-21T04:05:06Z"},
	{"-2h", "2026-11-20T22:00:00Z"},
	{"+30m", "2026-11-21T00:30:00Z"},
	{"-1d12h", "2026-11-19T12:00:00Z"},
	{"-90s", "2026-11-20T23:58:30Z"},
	{"-1w", "2026-11-14T00:00:00Z"},
	{"03:10", "2026-11-21T03:10:00Z"},
	{"3:10", "2026-11-21T03:10:00Z"},
	{"03:10:07", "2026-11-21T03:10:07Z"},
	{"10:32", "2026-11-20T10:32:00Z"},
	{"today 10:32", "2026-11-21T10:32:00Z"},
	{"today", "2026-11-21T00:00:00Z"},
	{"yesterday 03:10", "2026-11-20T03:10:00Z"},
	{"yesterday", "2026-11-20T00:00:00Z"},
	{"2026-03-11 10:20", "2026-03-11T10:20:00Z"},
	{"2026-03-11T10:20:30Z", "2026-03-11T10:20:30Z"},
	{"2026-03-11", "2026-03-11T00:00:00Z"},
	{"", NULL},
	{"-", NULL},
	{"-2", NULL},
	{"-2x", NULL},
	{"-h", NULL},
	{"--2h", NULL},
	{"-99999999999999999999h", NULL},
	{"25:00", NULL},
	{"10:60", NULL},
	{"10", NULL},
	{"10:32:99", NULL},
	{"10:32:11:1", NULL},
	{"tomorrow", NULL},
	{"yesterday noon", NULL},
	{"2026-13-11", NULL},
};

static void test_when(void **state)
{
	int64_t now, base, got;
	struct strbuf text;

	(void)state;
	assert_true(time_parse(STR("2026-11-21T04:05:06Z"), &now));
	assert_true(time_parse(STR("2026-11-21T00:00:00Z"), &base));
	strbuf_init(&text, 64);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bool ok = when_parse(str_from(cases[i].text), now, base, &got);

		check_case(cases[i].text, ok == (cases[i].want != NULL));
		if (!ok)
			continue;
		strbuf_reset(&text);
		time_format_iso(&text, got, false);
		check_text(cases[i].text, strbuf_str(&text), cases[i].want);
	}
	strbuf_fini(&text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(test_when)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
