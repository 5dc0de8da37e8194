/* Rules of zones, zone files well formed and not, and how names lead to them. */
#include <stdio.h>
#include <stdlib.h>

#include "base/timefmt.h"
#include "schedule/tzif.h"
#include "schedule/zone_name.h"
#include "schedule/zones.h"
#include "unit/check.h"
#include "unit/scratch.h"
#include "unit/zone_fixture.h"

static int64_t moment(const char *text)
{
	int64_t ms = 0;

	if (!time_parse(str_from(text), &ms))
		fail_msg("%s is no time", text);
	return ms / 1000;
}

static void rules_say_when_clocks_change(void **state)
{
	static const struct {
		const char *rule, *at, *from, *until;
		int32_t offset_s;
		const char *abbreviation;
	} cases[] = {
		{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-01T00:00Z", "2026-03-29T01:00Z",
		 "2026-10-25T01:00Z", 7200, "CEST"},
		{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:59Z", "2025-10-26T01:00Z",
		 "2026-03-29T01:00Z", 3600, "CET"},
		{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00Z", "2026-10-25T01:00Z",
		 "2027-03-28T01:00Z", 3600, "CET"},
		/* south of the equator the year begins in summer */
		{"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00Z", "2025-10-04T16:00Z",
		 "2026-04-04T16:00Z", 39600, "AEDT"},
		{"EST5EDT,M3.2.0,M11.1.0", "2026-07-01T00:00Z", "2026-03-08T07:00Z",
		 "2026-11-01T06:00Z", -14400, "EDT"},
		{"EST+5EDT+4,M3.2.0/2,M11.1.0/02:00:00", "2026-07-01T00:00Z",
		 "2026-03-08T07:00Z", "2026-11-01T06:00Z", -14400, "EDT"},
		/* hours before midnight and after the next */
		{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-07-01T00:00Z",
		 "2026-03-29T01:00Z", "2026-10-25T01:00Z", -3600, "-01"},
		{"EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-07-01T00:00Z",
		 "2026-03-28T00:00Z", "2026-10-23T23:00Z", 10800, "EEST"},
		{"IST-1GMT0,M10.5.0,M3.5.0/1", "2026-12-01T00:00Z", "2026-10-25T01:00Z",
		 "2027-03-28T01:00Z", 0, "GMT"},
		{"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-12-01T00:00Z",
		 "2026-10-03T15:30Z", "2027-04-03T15:00Z", 39600, "+11"},
		/* days of the year, with 29 February and without */
		{"AAA0BBB,J60/0,J300/0", "2028-06-01T00:00Z", "2028-03-01T00:00Z",
		 "2028-10-26T23:00Z", 3600, "BBB"},
		{"AAA0BBB,59/0,299/0", "2028-06-01T00:00Z", "2028-02-29T00:00Z",
		 "2028-10-25T23:00Z", 3600, "BBB"},
		{"AAA0BBB,J59/0,J300/0", "2028-06-01T00:00Z", "2028-02-28T00:00Z",
		 "2028-10-26T23:00Z", 3600, "BBB"},
		/* summer all year */
		{"XXX3EDT4,0/0,J365/23", "2026-01-01T02:00Z", "2025-01-01T03:00Z",
		 "2026-01-01T03:00Z", -14400, "EDT"},
		{"XXX3EDT4,0/0,J365/23", "2026-07-01T00:00Z", "2026-01-01T03:00Z",
		 "2027-01-01T03:00Z", -14400, "EDT"},
		/* a summer of one hour, which ends after the next one's year began */
		{"XXX1EDT4,0/1,J365/23", "2026-01-01T00:00Z", "2025-01-01T03:00Z",
		 "2026-01-01T02:00Z", -3600, "XXX"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct zone_span span;
		struct zone_rule rule;

		check_case(cases[i].rule,
			   zone_rule_parse(str_from(cases[i].rule), &rule));
		span = zone_rule_span_at(&rule, moment(cases[i].at));
		check_case(cases[i].rule, span.from_s == moment(cases[i].from));
		check_case(cases[i].rule, span.until_s == moment(cases[i].until));
		check_case(cases[i].rule, span.kind->offset_s == cases[i].offset_s);
		check_text(cases[i].rule, str_from(span.kind->abbreviation),
			   cases[i].abbreviation);
	}
}

static void a_rule_without_summer_never_changes(void **state)
{
	struct zone_span span;
	struct zone_rule rule;

	(void)state;
	assert_true(zone_rule_parse(STR("<+0545>-5:45"), &rule));
	span = zone_rule_span_at(&rule, 0);
	assert_int_equal(span.kind->offset_s, 20700);
	assert_true(span.from_s == INT64_MIN && span.until_s == INT64_MAX);
}

static void malformed_rules_are_refused(void **state)
{
	static const char *const rules[] = {
		"",
		"CET",
		"CE-1",
		"CET-",
		"CET-25",
		"CET-1:60",
		"CET-1CEST",
		"CET-1CEST,M3.5.0",
		"CET-1CEST,M3.5.0,M10.5.0/3,",
		"CET-1CEST,M3.5.0,M10.5.0/3 ",
		"CET-1CEST,M13.5.0,M10.5.0",
		"CET-1CEST,M3.6.0,M10.5.0",
		"CET-1CEST,M3.0.0,M10.5.0",
		"CET-1CEST,M3.5.7,M10.5.0",
		"CET-1CEST,M3.5.0/168,M10.5.0",
		"CET-1CEST,J0,J300",
		"CET-1CEST,J366,J300",
		"CET-1CEST,366,300",
		"<+1030-10:30",
		"<+1030>",
		"<ABCDEFGHIJKLMNOP>-1",
		"C\xc3\xa9T-1",
		":Europe/Berlin",
		"CET-99999999999999999999",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		struct zone_rule rule;

		check_case(rules[i], !zone_rule_parse(str_from(rules[i]), &rule));
	}
}

/* What most cases start from: Berlin from 1893 on, with a change that has no summer
 * after it, and the rule of today. */
static const int64_t changes[] = {-2422054408, 323830800, 338950800};
static const unsigned char kinds_of_changes[] = {1, 2, 1};
static const int32_t offsets[] = {3208, 3600, 7200};
static const unsigned char letters_of_kinds[] = {0, 4, 8};

static struct tzif_shape berlin(void)
{
	return (struct tzif_shape){
		.version = '2',
		.changes = changes,
		.kinds_of_changes = kinds_of_changes,
		.n_changes = 3,
		.offsets = offsets,
		.letters_of_kinds = letters_of_kinds,
		.n_kinds = 3,
		.letters = STR("LMT\0CET\0CEST\0"),
		.footer = "CET-1CEST,M3.5.0,M10.5.0/3",
	};
}

static void files_are_read(void **state)
{
	static const struct {
		const char *at;
		int32_t offset_s;
		const char *abbreviation;
	} cases[] = {
		{"1890-01-01", 3208, "LMT"},  {"1893-04-01", 3600, "CET"},
		{"1970-01-01", 3600, "CET"},  {"1980-06-01", 7200, "CEST"},
		{"1980-12-01", 3600, "CET"},  {"2026-07-01", 7200, "CEST"},
		{"2500-07-01", 7200, "CEST"},
	};
	static const char versions[] = {'2', '3', '4'};
	struct zone zone;
	struct err err;

	(void)state;
	for (size_t v = 0; v < sizeof(versions); v++) {
		struct tzif_shape shape = berlin();
		struct strbuf file;

		strbuf_init(&file, 65536);
		shape.version = versions[v];
		tzif_put(&file, &shape);
		if (!tzif_parse(strbuf_str(&file), &zone, &err))
			fail_msg("version %c: %s", versions[v], err.text);
		for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
			struct zone_span span = zone_span_at(&zone, moment(cases[i].at));

			check_case(cases[i].at, span.kind->offset_s == cases[i].offset_s);
			check_text(cases[i].at, str_from(span.kind->abbreviation),
				   cases[i].abbreviation);
		}
		zone_fini(&zone);
		strbuf_fini(&file);
	}
}

/* Every six hours from before the file's changes to behind the century. */
static void unrolled_changes_are_those_of_the_rule(void **state)
{
	static const char *const footers[] = {
		"CET-1CEST,M3.5.0,M10.5.0/3",	"EST5EDT,M3.2.0,M11.1.0",
		"IST-1GMT0,M10.5.0,M3.5.0/1",	"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
		"AEST-10AEDT,M10.1.0,M4.1.0/3", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
		"EET-2EEST,0/0,J365/25",	"MST7",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(footers) / sizeof(*footers); i++) {
		struct tzif_shape shape = berlin();
		struct zone by_rule, unrolled;
		struct strbuf file;
		struct err err;

		strbuf_init(&file, 65536);
		shape.footer = footers[i];
		tzif_put(&file, &shape);
		assert_true(tzif_parse(strbuf_str(&file), &by_rule, &err));
		assert_true(tzif_parse(strbuf_str(&file), &unrolled, &err));
		zone_unroll(&unrolled);
		for (int64_t at = moment("1960-01-01"); at < moment("2110-01-01");
		     at += 21600) {
			struct zone_span a = zone_span_at(&by_rule, at);
			struct zone_span b = zone_span_at(&unrolled, at);

			if (a.from_s != b.from_s || a.until_s != b.until_s ||
			    a.kind->offset_s != b.kind->offset_s ||
			    strcmp(a.kind->abbreviation, b.kind->abbreviation) != 0)
				fail_msg("%s at %lld", footers[i], (long long)at);
		}
		zone_fini(&by_rule);
		zone_fini(&unrolled);
		strbuf_fini(&file);
	}
}

static void a_file_without_rule_stays_as_it_ends(void **state)
{
	static const char *const footers[] = {"", NULL};
	struct zone zone;
	struct err err;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct tzif_shape shape = berlin();
		struct zone_span span;
		struct strbuf file;

		strbuf_init(&file, 65536);
		shape.footer = footers[i];
		shape.version = footers[i] ? '2' : 0;
		/* The first change is too long ago for version 1. */
		shape.changes++;
		shape.kinds_of_changes++;
		shape.n_changes--;
		tzif_put(&file, &shape);
		assert_true(tzif_parse(strbuf_str(&file), &zone, &err));
		span = zone_span_at(&zone, moment("2026-07-01"));
		assert_int_equal(span.kind->offset_s, 3600);
		assert_int_equal(span.from_s, 338950800);
		assert_true(span.until_s == INT64_MAX);
		zone_fini(&zone);
		strbuf_fini(&file);
	}
}

static void refuse(const char *name, const struct tzif_shape *shape, const char *says)
{
	struct strbuf file;
	struct zone zone;
	struct err err;

	strbuf_init(&file, 1 << 20);
	tzif_put(&file, shape);
	check_case(name, !tzif_parse(strbuf_str(&file), &zone, &err));
	if (!strstr(err.text, says))
		fail_msg("case \"%s\": %s", name, err.text);
	strbuf_fini(&file);
}

static void damaged_files_are_refused(void **state)
{
	static const int64_t disordered[] = {5, 5, 6};
	static const unsigned char unknown_kinds[] = {1, 3, 1};
	static const int32_t far_offsets[] = {0, 93601, 0};
	static const unsigned char far_letters[] = {0, 4, 13};
	struct tzif_shape shape = berlin();

	(void)state;
	shape.version = '5';
	refuse("version", &shape, "version");
	shape = berlin();
	shape.changes = disordered;
	refuse("order", &shape, "not in order");
	shape = berlin();
	shape.kinds_of_changes = unknown_kinds;
	refuse("kind", &shape, "does not have");
	shape = berlin();
	shape.offsets = far_offsets;
	refuse("offset", &shape, "that far east");
	shape = berlin();
	shape.letters_of_kinds = far_letters;
	refuse("letters beyond", &shape, "an abbreviation is none");
	shape = berlin();
	shape.letters = STR("LMT\0CET\0CEST");
	refuse("letters without end", &shape, "an abbreviation is none");
	shape = berlin();
	shape.letters = STR("LMT\0C\x1bT\0CEST\0");
	refuse("an escape for a name", &shape, "an abbreviation is none");
	shape = berlin();
	shape.n_kinds = 0;
	shape.n_changes = 0;
	refuse("no kinds", &shape, "no offset");
	shape = berlin();
	shape.n_leaps = 27;
	refuse("leap seconds", &shape, "leap seconds");
	shape = berlin();
	shape.footer = "CET-1CEST";
	refuse("rule", &shape, "rule is none");
	shape = berlin();
	shape.footer = NULL;
	refuse("no rule", &shape, "rule is missing");
}

/* Cut anywhere, or with any byte turned into its opposite, a file is refused or is
 * another; nothing is read beyond it. */
static void no_byte_is_believed(void **state)
{
	struct tzif_shape shape = berlin();
	struct strbuf file;
	struct zone zone;
	struct err err;

	(void)state;
	strbuf_init(&file, 65536);
	tzif_put(&file, &shape);
	for (size_t n = 0; n < file.n; n++) {
		char *copy = malloc(n ? n : 1);

		assert_non_null(copy);
		memcpy(copy, file.p, n);
		assert_false(tzif_parse((struct str){copy, n}, &zone, &err));
		free(copy);
	}
	for (size_t n = 0; n < file.n; n++) {
		file.p[n] = (char)~file.p[n];
		if (tzif_parse(strbuf_str(&file), &zone, &err))
			zone_fini(&zone);
		file.p[n] = (char)~file.p[n];
	}
	assert_true(tzif_parse(strbuf_str(&file), &zone, &err));
	zone_fini(&zone);
	strbuf_reset(&file);
	strbuf_pad(&file, 'T', 65536);
	assert_false(tzif_parse(strbuf_str(&file), &zone, &err));
	strbuf_fini(&file);
}

static void names_lead_to_zones(void **state)
{
	static const struct {
		const char *name, *zone, *says;
	} cases[] = {
		{"Europe/Berlin", "Europe/Berlin", ""},
		{"EUROPE/BERLIN", "Europe/Berlin", ""},
		{" cet ", "Europe/Berlin", ""},
		{"et", "America/New_York", ""},
		{"EDT", "America/New_York", ""},
		{"us/eastern", "America/New_York", ""},
		{"America/new_york", "America/New_York", ""},
		{"GMT Standard Time", NULL, "no time zone \"Europe/London\""},
		{"Lord Howe Standard Time", "Australia/Lord_Howe", ""},
		{"Etc/UTC", "Etc/UTC", ""},
		{"gmt", "Etc/UTC", ""},
		{"Europe", NULL, "no time zone"},
		{"Europe/", NULL, "no time zone"},
		{"/Europe/Berlin", NULL, "no time zone"},
		{"Europe//Berlin", NULL, "no time zone"},
		{"Europe/Berlin/x", NULL, "no time zone"},
		{"a/b/c/d", NULL, "no time zone"},
		{"..", NULL, "no name of a time zone"},
		{"Europe/../Europe/Berlin", NULL, "no name of a time zone"},
		{"Europe/\tBerlin", NULL, "no name of a time zone"},
		{"", NULL, "no name of a time zone"},
		{"broken", NULL, "broken: is no zone file"},
		{"large", NULL, "large"},
	};
	struct zones zones;
	struct strbuf large;

	(void)state;
	strbuf_init(&large, 1 << 20);
	strbuf_pad(&large, 'x', TZIF_MAX_BYTES + 1);
	scratch_write("broken", STR("TZi"), 0600);
	scratch_write("large", strbuf_str(&large), 0600);
	strbuf_fini(&large);
	zones_init(&zones, zone_fixture_folder());
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err = {.text = ""};
		const struct zone *zone =
			zones_find(&zones, str_from(cases[i].name), &err);

		if ((zone != NULL) != (cases[i].zone != NULL) ||
		    !strstr(err.text, cases[i].says))
			fail_msg("case \"%s\": %s", cases[i].name, err.text);
		if (zone)
			check_text(cases[i].name, str_from(zone->name), cases[i].zone);
		/* Found once, it is the same the next time. */
		if (zone)
			check_case(cases[i].name,
				   zones_find(&zones, str_from(cases[i].name), &err) ==
					   zone);
	}
	assert_int_equal(zones.loaded.n, 3);
	zones_fini(&zones);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_say_when_clocks_change),
		cmocka_unit_test(a_rule_without_summer_never_changes),
		cmocka_unit_test(malformed_rules_are_refused),
		cmocka_unit_test(files_are_read),
		cmocka_unit_test(unrolled_changes_are_those_of_the_rule),
		cmocka_unit_test(a_file_without_rule_stays_as_it_ends),
		cmocka_unit_test(damaged_files_are_refused),
		cmocka_unit_test(no_byte_is_believed),
		cmocka_unit_test(names_lead_to_zones),
	};

	return cmocka_run_group_tests(tests, zone_fixture_make, zone_fixture_drop);
}
