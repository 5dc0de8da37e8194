/* `azdeck schedule` as people and scripts run it. Thread: the test's. */
#include <stdlib.h>

#include <cjson/cJSON.h>

#include "cli/run.h"
#include "unit/check.h"
#include "unit/zone_fixture.h"

static int setup(void **state)
{
	if (run_setup(state) != 0 || zone_fixture_make(state) != 0)
		return -1;
	return setenv("TZDIR", zone_fixture_folder(), 1);
}

static int teardown(void **state)
{
	return zone_fixture_drop(state) | run_teardown(state);
}

#define USUAL "off=(m-f,19);on=(m-f,7);tz=et"

static void people_read_a_table(void **state)
{
	static const struct {
		const char *name, *args[8], *want;
	} cases[] = {
		{"hours",
		 {"schedule", USUAL, "--at", "2026-11-20T20:00Z", "--next", "2"},
		 "on   since Fri 2026-11-20 07:00 EST, for 8h00m\n"
		 "zone America/New_York, where it is Fri 2026-11-20 15:00 EST\n"
		 "\n"
		 "NEXT LOCAL                     UTC                    IN\n"
		 "off  Fri 2026-11-20 19:00 EST  2026-11-21 00:00    4h00m\n"
		 "on   Mon 2026-11-23 07:00 EST  2026-11-23 12:00    2d16h\n"},
		{"nothing next",
		 {"schedule", "tz=utc", "--at=2026-11-20T20:00Z", "--next=0"},
		 "off  since Fri 2026-11-20 19:00 UTC, for 1h00m\n"
		 "zone Etc/UTC, where it is Fri 2026-11-20 20:00 UTC\n"
		 "\n"
		 "NEXT LOCAL  UTC                    IN\n"},
		{"figures, and an edge that changes nothing",
		 {"schedule", "on=[(m-h,7),(f,7,size=S6)];size=S3/S0;off=(f,19);tz=utc",
		  "--at", "2026-11-26T12:00Z", "--next", "3"},
		 "on   since Thu 2026-11-26 07:00 UTC, for 5h00m: size S3\n"
		 "zone Etc/UTC, where it is Thu 2026-11-26 12:00 UTC\n"
		 "\n"
		 "NEXT LOCAL                     UTC                    IN\n"
		 "on   Fri 2026-11-27 07:00 UTC  2026-11-27 07:00   19h00m  size S6\n"
		 "off  Fri 2026-11-27 19:00 UTC  2026-11-27 19:00     1d7h  size S0\n"
		 "on   Mon 2026-11-30 07:00 UTC  2026-11-30 07:00    3d19h  size S3\n"},
		{"defaults",
		 {"schedule", "", "--defaults", "tz=cet;count=4", "--at",
		  "2026-11-20T12:00Z", "--next=1"},
		 "on   since Fri 2026-11-20 07:00 CET, for 6h00m: count 4\n"
		 "zone Europe/Berlin, where it is Fri 2026-11-20 13:00 CET\n"
		 "\n"
		 "NEXT LOCAL                     UTC                    IN\n"
		 "off  Fri 2026-11-20 19:00 CET  2026-11-20 18:00    6h00m\n"},
		{"opted out",
		 {"schedule", "off"},
		 "on   always: opted out, so nothing is scheduled\n"},
		{"missed",
		 {"schedule", "tz=utc", "--at=2026-11-20T20:00Z", "--next=0",
		  "--since=2026-11-20T06:00Z"},
		 "off  since Fri 2026-11-20 19:00 UTC, for 1h00m\n"
		 "zone Etc/UTC, where it is Fri 2026-11-20 20:00 UTC\n"
		 "\n"
		 "NEXT LOCAL  UTC                    IN\n"
		 "\n"
		 "since Fri 2026-11-20 06:00 UTC 2 edges went by, from Fri 2026-11-20 "
		 "07:00 UTC\n"
		 "to catch up: off, as of Fri 2026-11-20 19:00 UTC; nothing was done\n"},
		{"nothing missed",
		 {"schedule", "tz=utc", "--at=2026-11-20T20:00Z", "--next=0",
		  "--since=2026-11-20T19:30Z"},
		 "off  since Fri 2026-11-20 19:00 UTC, for 1h00m\n"
		 "zone Etc/UTC, where it is Fri 2026-11-20 20:00 UTC\n"
		 "\n"
		 "NEXT LOCAL  UTC                    IN\n"
		 "\n"
		 "since Fri 2026-11-20 19:30 UTC no edge went by\n"},
		{"undecidable, and shown without what a terminal would obey",
		 {"schedule", "on=(m-f,7);\x1b[31moff"},
		 "undecidable, so nothing acts on it: a schedule has no such sign in it\n"
		 "  on=(m-f,7);off\n"
		 "             ^\n"},
		{"beyond all reckoning",
		 {"schedule", "tz=utc", "--at=9999-06-01T12:00:00Z"},
		 "undecidable, so nothing acts on it: times are reckoned within the "
		 "years 1754 to 9998, and this one is beyond them\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run r = {.args = cases[i].args};

		run_expect(&r, 0);
		check_text(cases[i].name, strbuf_str(&r.out), cases[i].want);
		run_fini(&r);
	}
}

static cJSON *ask(struct run *r)
{
	cJSON *root;

	run_expect(r, 0);
	root = cJSON_Parse(r->out.p);
	assert_non_null(root);
	run_fini(r);
	return root;
}

static const char *text_at(const cJSON *object, const char *name)
{
	const cJSON *value = cJSON_GetObjectItem(object, name);

	if (!value)
		fail_msg("%s is missing", name);
	return cJSON_IsString(value) ? value->valuestring : "(no text)";
}

static void scripts_read_json(void **state)
{
	struct run r = {.args = RUN_ARGS("schedule", USUAL ";size=S3/S0", "--at",
					 "2026-10-30T22:00Z", "-o", "json", "--since",
					 "2026-10-30T00:00Z")};
	const cJSON *next, *missed;
	cJSON *root = ask(&r);

	(void)state;
	assert_string_equal(text_at(root, "schema"), "azdeck.schedule/1");
	assert_string_equal(text_at(root, "tag"), USUAL ";size=S3/S0");
	assert_string_equal(text_at(root, "at"), "2026-10-30T22:00:00Z");
	assert_string_equal(text_at(root, "local"), "2026-10-30T18:00:00-04:00");
	assert_string_equal(text_at(root, "zone"), "America/New_York");
	assert_string_equal(text_at(root, "intended"), "on");
	assert_true(cJSON_IsFalse(cJSON_GetObjectItem(root, "opted_out")));
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(root, "error")));
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(root, "error_at")));
	assert_string_equal(text_at(cJSON_GetObjectItem(root, "last"), "at"),
			    "2026-10-30T11:00:00Z");
	next = cJSON_GetObjectItem(root, "next");
	assert_int_equal(cJSON_GetArraySize(next), 6);
	next = cJSON_GetArrayItem(next, 1);
	assert_string_equal(text_at(next, "at"), "2026-11-02T12:00:00Z");
	assert_string_equal(text_at(next, "local"), "2026-11-02T07:00:00-05:00");
	assert_string_equal(text_at(next, "clock"), "EST");
	assert_string_equal(text_at(next, "intended"), "on");
	assert_string_equal(text_at(next, "size"), "S3");
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(next, "tier")));
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(next, "count")));
	assert_int_equal(cJSON_GetObjectItem(next, "in_seconds")->valueint, 223200);
	assert_true(cJSON_IsTrue(cJSON_GetObjectItem(next, "change")));
	missed = cJSON_GetObjectItem(root, "missed");
	assert_int_equal(cJSON_GetObjectItem(missed, "count")->valueint, 1);
	assert_string_equal(text_at(cJSON_GetObjectItem(missed, "catch_up"), "intended"),
			    "on");
	cJSON_Delete(root);
}

static void json_of_what_has_no_hours(void **state)
{
	static const struct {
		const char *tag, *intended, *error;
		bool is_opted_out;
		int error_at;
	} cases[] = {
		{"off", "on", NULL, true, -1},
		{"off=(x,19)", "undecidable", "a day is wanted", false, 5},
		{"tz=evt", "undecidable", "no time zone \"evt\"", false, 3},
		{"\xff\"", "undecidable", "no such sign", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run r = {.args = RUN_ARGS("schedule", cases[i].tag, "-o", "json")};
		cJSON *root = ask(&r);
		const cJSON *at = cJSON_GetObjectItem(root, "error_at");

		check_text(cases[i].tag, str_from(text_at(root, "intended")),
			   cases[i].intended);
		check_case(cases[i].tag,
			   cJSON_IsTrue(cJSON_GetObjectItem(root, "opted_out")) ==
				   cases[i].is_opted_out);
		check_case(cases[i].tag,
			   cJSON_GetArraySize(cJSON_GetObjectItem(root, "next")) == 0);
		check_case(cases[i].tag, cJSON_IsNull(cJSON_GetObjectItem(root, "last")));
		check_case(cases[i].tag, cJSON_IsNull(cJSON_GetObjectItem(root, "zone")));
		check_case(cases[i].tag, cJSON_HasObjectItem(root, "missed") == 0);
		if (cases[i].error)
			check_case(cases[i].tag,
				   strstr(text_at(root, "error"), cases[i].error) &&
					   at->valueint == cases[i].error_at);
		else
			check_case(cases[i].tag, cJSON_IsNull(at));
		cJSON_Delete(root);
	}
}

static void check_makes_an_exit_code_of_it(void **state)
{
	static const struct {
		const char *tag;
		int code;
	} cases[] = {{"on", 0}, {"off", 0}, {"tz=cet", 0}, {"foobar", 1}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run r = {.args = RUN_ARGS("schedule", "--check", cases[i].tag)};

		run_now(&r);
		check_case(cases[i].tag, r.code == cases[i].code && r.out.n > 0);
		check_case(cases[i].tag, r.err.n == 0);
		run_fini(&r);
	}
}

static void what_cannot_be_asked_is_refused(void **state)
{
	static const struct {
		const char *name, *args[6], *says;
	} cases[] = {
		{"no tag", {"schedule"}, "which tag?"},
		{"a word too many", {"schedule", "on", "off"}, "one word too many"},
		{"no option", {"schedule", "on", "--zone", "et"}, "no option \"--zone\""},
		{"time", {"schedule", "on", "--at", "noon"}, "--at cannot be \"noon\""},
		{"since", {"schedule", "on", "--since", "7"}, "--since cannot be \"7\""},
		{"next", {"schedule", "on", "--next", "101"}, "--next cannot be"},
		{"less than none",
		 {"schedule", "on", "--next", "-1"},
		 "--next cannot be"},
		{"format", {"schedule", "on", "-o", "csv"}, "--output cannot be \"csv\""},
		{"defaults",
		 {"schedule", "on", "--defaults", "off=(x,1)"},
		 "--defaults, column 6: a day is wanted"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run r = {.args = cases[i].args};

		run_expect(&r, 2);
		if (!strstr(r.err.p, cases[i].says))
			fail_msg("case \"%s\": %s", cases[i].name, r.err.p);
		run_fini(&r);
	}
}

static void without_tzdata_it_says_so(void **state)
{
	struct run r = {.args = RUN_ARGS("schedule", "tz=cet")};
	struct run utc = {.args = RUN_ARGS("schedule", "tz=utc", "--check")};
	struct run doctor = {.args = RUN_ARGS("doctor", "--demo", "--offline")};

	(void)state;
	setenv("TZDIR", "/nonexistent", 1);
	run_expect(&r, 0);
	assert_string_equal(r.out.p,
			    "undecidable, so nothing acts on it: this machine has "
			    "no time zones: install the package tzdata\n");
	run_expect(&utc, 0);
	run_expect(&doctor, 0);
	assert_non_null(strstr(doctor.out.p, "warn  time zones  this machine has no"));
	run_fini(&doctor);
	run_fini(&utc);
	run_fini(&r);
	setenv("TZDIR", zone_fixture_folder(), 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_read_a_table),
		cmocka_unit_test(scripts_read_json),
		cmocka_unit_test(json_of_what_has_no_hours),
		cmocka_unit_test(check_makes_an_exit_code_of_it),
		cmocka_unit_test(what_cannot_be_asked_is_refused),
		cmocka_unit_test(without_tzdata_it_says_so),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
