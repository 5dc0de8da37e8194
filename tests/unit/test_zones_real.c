/* This machine's tzdata, read by us and by the C library: the same offsets and names
 * for many instants of many zones, before and after what the files list. Thread: the
 * test's. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "schedule/zone_name.h"
#include "schedule/zones.h"
#include "unit/check.h"

/* Zones with an oddity each: half an hour of daylight saving, none, winter time that
 * is the exception, rules that a file lists for sixty years, a day that was left out,
 * changes at other times of the day, three quarters of an hour, south of the equator. */
static const char *const names[] = {
	"Africa/Cairo",	       "Africa/Casablanca",   "America/Caracas",
	"America/Los_Angeles", "America/New_York",    "America/Nuuk",
	"America/Santiago",    "America/Sao_Paulo",   "America/St_Johns",
	"Antarctica/Troll",    "Asia/Gaza",	      "Asia/Jerusalem",
	"Asia/Kathmandu",      "Asia/Kolkata",	      "Asia/Pyongyang",
	"Asia/Singapore",      "Asia/Tehran",	      "Australia/Lord_Howe",
	"Australia/Sydney",    "Europe/Berlin",	      "Europe/Dublin",
	"Europe/Istanbul",     "Europe/London",	      "Europe/Moscow",
	"Pacific/Apia",	       "Pacific/Auckland",    "Pacific/Chatham",
	"Pacific/Kiritimati",  "America/Mexico_City", "Etc/GMT-14",
};

enum { N_NAMES = sizeof(names) / sizeof(*names) };

static bool has_tzdata(struct zones *zones)
{
	struct err err;

	zones_init(zones, NULL);
	if (zones_find(zones, STR("Europe/Berlin"), &err))
		return true;
	printf("# %s, so nothing is compared\n", err.text);
	return false;
}

static void as_the_c_library(const struct zone *zone)
{
	/* 1901 to 2199, in steps that meet every hour of the day and week. */
	for (int64_t at = -2177452800; at < 7258118400; at += 86400 * 3 + 3571) {
		struct zone_span span = zone_span_at(zone, at);
		time_t t = (time_t)at;
		struct tm tm;

		assert_non_null(localtime_r(&t, &tm));
		if (tm.tm_gmtoff != span.kind->offset_s)
			fail_msg("%s at %lld: %ld, not %d", zone->name, (long long)at,
				 tm.tm_gmtoff, (int)span.kind->offset_s);
		if (strcmp(tm.tm_zone, span.kind->abbreviation) != 0)
			fail_msg("%s at %lld: %s, not %s", zone->name, (long long)at,
				 tm.tm_zone, span.kind->abbreviation);
		assert_true(span.from_s <= at && at < span.until_s);
	}
}

static void offsets_are_those_of_the_c_library(void **state)
{
	struct zones zones;
	struct err err;

	(void)state;
	if (!has_tzdata(&zones))
		return;
	for (size_t i = 0; i < N_NAMES; i++) {
		const struct zone *zone = zones_find(&zones, str_from(names[i]), &err);

		if (!zone)
			fail_msg("%s: %s", names[i], err.text);
		assert_string_equal(zone->name, names[i]);
		setenv("TZ", names[i], 1);
		tzset();
		as_the_c_library(zone);
	}
	zones_fini(&zones);
}

/* The definition, by trying: what comes back shows that time or a later one, and a
 * second earlier no clock had shown it yet. */
static void check_there_and_back(const struct zone *zone, int64_t local_s, int64_t *last)
{
	int64_t utc_s = zone_to_utc(zone, local_s);

	if (utc_s + zone_span_at(zone, utc_s).kind->offset_s < local_s ||
	    utc_s - 1 + zone_span_at(zone, utc_s - 1).kind->offset_s >= local_s)
		fail_msg("%s, local %lld: %lld", zone->name, (long long)local_s,
			 (long long)utc_s);
	if (utc_s < *last)
		fail_msg("%s, local %lld goes back", zone->name, (long long)local_s);
	*last = utc_s;
}

static void local_times_come_back(void **state)
{
	struct zones zones;
	struct err err;

	(void)state;
	if (!has_tzdata(&zones))
		return;
	for (size_t i = 0; i < N_NAMES; i++) {
		const struct zone *zone = zones_find(&zones, str_from(names[i]), &err);
		int64_t last = INT64_MIN;

		assert_non_null(zone);
		/* Two years by quarters of an hour, and Samoa's day that was none. */
		for (int64_t at = 1324944000; at < 1325548800; at += 900)
			check_there_and_back(zone, at, &last);
		for (int64_t at = 1767225600; at < 1830297600; at += 900)
			check_there_and_back(zone, at, &last);
	}
	zones_fini(&zones);
}

static void every_other_name_leads_to_a_zone(void **state)
{
	static const char *const others[] = {
		"et",
		"ct",
		"mt",
		"pt",
		"at",
		"bst",
		"ist",
		"it",
		"cet",
		"aet",
		"jst",
		"nzst",
		"brt",
		"sgt",
		"kst",
		"gmt",
		"utc",
		"US/Eastern",
		"us/pacific",
		"W. Europe Standard Time",
		"Romance Standard Time",
		"India Standard Time",
		"Central Standard Time (Mexico)",
		"UTC-11",
		"utc+13",
		"Argentina Standard Time",
		"US Eastern Standard Time",
		"FLE Standard Time",
		"Nepal Standard Time",
		"Myanmar Standard Time",
		"Greenland Standard Time",
		"Line Islands Standard Time",
	};
	struct zones zones;
	struct err err;

	(void)state;
	if (!has_tzdata(&zones))
		return;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		if (!zones_find(&zones, str_from(others[i]), &err))
			fail_msg("%s: %s", others[i], err.text);
	}
	zones_fini(&zones);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(offsets_are_those_of_the_c_library),
		cmocka_unit_test(local_times_come_back),
		cmocka_unit_test(every_other_name_leads_to_a_zone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
