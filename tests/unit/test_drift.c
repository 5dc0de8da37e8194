/* Should-be against is: tables of what is found, what it costs, since when, and which
 * edge did nothing, on ordinary days and on both days when clocks change in three zones;
 * and that nothing is found where something is not known. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "base/strbuf.h"
#include "base/timefmt.h"
#include "sql/drift.h"
#include "unit/zone_fixture.h"

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

/* "" is 0. */
static int64_t moment(const char *text)
{
	int64_t ms = 0;

	if (text && *text && !time_parse(str_from(text), &ms))
		fail_msg("%s is no time", text);
	return ms;
}

struct situation {
	const char *tag; /* NULL: none */
	const char *status, *size, *becoming, *tier;
	const char *at;
	const char *known_from, *done, *failed;
	bool is_pool;
	const char *off_size;
	enum sql_sleep sleep;
	bool keeps_awake;
	const char *want;
};

static void put_moment(struct strbuf *out, int64_t ms)
{
	if (ms)
		time_format_iso(out, ms, false);
	else
		strbuf_puts(out, "?");
}

/* "larger S0 since 2026-03-10T18:00:00Z missed +0.18/h 2.96; on 2026-03-11T06:00:00Z" */
static void put_state(struct strbuf *out, const struct sql_drift_state *s)
{
	strbuf_printf(out, "%s %s", sql_drift_name(s->drift), s->want[0] ? s->want : "?");
	if (s->drift > SQL_DRIFT_DUE) {
		strbuf_puts(out, " since ");
		put_moment(out, s->since_ms);
	}
	if (s->fate == WANTED_MISSED || s->fate == WANTED_FAILED)
		strbuf_puts(out, s->fate == WANTED_FAILED ? " failed" : " missed");
	if (!isnan(s->hourly_drift) && s->hourly_drift != 0)
		strbuf_printf(out, " %+.2f/h", s->hourly_drift);
	if (!isnan(s->spent))
		strbuf_printf(out, " %.2f", s->spent);
	strbuf_puts(out, s->wanted.has_next ? "; " : "; never");
	if (s->wanted.has_next) {
		strbuf_puts(out, s->wanted.next.is_on ? "on " : "off ");
		time_format_iso(out, s->wanted.next.at_ms, false);
	}
}

static struct sql_drift_state look(const struct situation *s)
{
	const struct sql_target target = {
		.tag = {.p = s->tag, .n = s->tag ? strlen(s->tag) : 0},
		.status = s->status,
		.size = s->size,
		.becoming = s->becoming ? s->becoming : "",
		.tier = s->tier ? s->tier : "",
		.sleep = s->sleep,
		.is_pool = s->is_pool,
	};
	const struct wanted_changes seen = {
		.known_from_ms = moment(s->known_from),
		.done_ms = moment(s->done),
		.failed_ms = moment(s->failed),
		.why_failed = "",
	};
	const struct sql_drift_rules rules = {.off_size = s->off_size,
					      .price_factor = 1,
					      .keeps_awake = s->keeps_awake};
	struct sql_drift_state state;

	sql_drift_look(&target, &seen, &rules, &zones, moment(s->at), &state);
	return state;
}

static void check_all(const struct situation *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sql_drift_state state = look(&cases[i]);
		struct strbuf got;
		char name[160];

		snprintf(name, sizeof(name), "%zu: %s at %s", i,
			 cases[i].tag ? cases[i].tag : "no tag", cases[i].at);
		strbuf_init(&got, 512);
		put_state(&got, &state);
		check_text(name, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
	}
}

#define OFFICE "off=(m-f,19);on=(m-f,7);tz=Europe/Amsterdam;size="
/* A Wednesday at noon and at night, there. */
#define NOON  "2026-03-11T11:00:00Z"
#define NIGHT "2026-03-11T21:00:00Z"
#define KNOWN .known_from = "2026-03-01T00:00:00Z"

static void should_be_against_is(void **state)
{
	static const struct situation cases[] = {
		{.tag = OFFICE "S3/S0",
		 .status = "Online",
		 .size = "S3",
		 .at = NOON,
		 .want = "as intended S3; off 2026-03-11T18:00:00Z"},
		{.tag = OFFICE "S3/S0",
		 .status = "Online",
		 .size = "s0",
		 .at = NIGHT,
		 .want = "as intended S0; on 2026-03-12T06:00:00Z"},
		/* The evening's edge did nothing. */
		{.tag = OFFICE "S3/S0",
		 .status = "Online",
		 .size = "S3",
		 .at = NIGHT,
		 KNOWN,
		 .want = "larger S0 since 2026-03-11T18:00:00Z missed +0.18/h 0.54; on "
			 "2026-03-12T06:00:00Z"},
		/* It failed. */
		{.tag = OFFICE "S3/S0",
		 .status = "Online",
		 .size = "S3",
		 .at = NIGHT,
		 KNOWN,
		 .failed = "2026-03-11T18:00:10Z",
		 .want = "larger S0 since 2026-03-11T18:00:00Z failed +0.18/h 0.54; on "
			 "2026-03-12T06:00:00Z"},
		/* It failed a moment ago: that is known already. */
		{.tag = OFFICE "S3/S0",
		 .status = "Online",
		 .size = "S3",
		 .at = "2026-03-11T18:04:00Z",
		 .failed = "2026-03-11T18:00:10Z",
		 .want = "larger S0 since 2026-03-11T18:00:00Z failed +0.18/h 0.01; on "
			 "2026-03-12T06:00:00Z"},
		/* Somebody scaled it up afterwards. */
		{.tag = OFFICE "P1/P1",
		 .status = "Online",
		 .size = "P2",
		 .at = NOON,
		 KNOWN,
		 .done = "2026-03-11T09:00:00Z",
		 .want = "larger P1 since 2026-03-11T09:00:00Z +0.62/h 1.25; off "
			 "2026-03-11T18:00:00Z"},
		/* What was done before the edge has no say. */
		{.tag = OFFICE "S3/S0",
		 .status = "Online",
		 .size = "S3",
		 .at = NIGHT,
		 KNOWN,
		 .done = "2026-03-11T06:00:10Z",
		 .want = "larger S0 since 2026-03-11T18:00:00Z missed +0.18/h 0.54; on "
			 "2026-03-12T06:00:00Z"},
		/* Nobody knows what was done since. */
		{.tag = OFFICE "S3/S0",
		 .status = "Online",
		 .size = "S3",
		 .at = NIGHT,
		 .want = "larger S0 since ? +0.18/h; on 2026-03-12T06:00:00Z"},
		{.tag = OFFICE "S3/S0",
		 .status = "Online",
		 .size = "S3",
		 .at = NIGHT,
		 .known_from = "2026-03-11T20:00:00Z",
		 .want = "larger S0 since ? +0.18/h; on 2026-03-12T06:00:00Z"},
		/* Too small in the morning costs less than it should. */
		{.tag = OFFICE "S3/S0",
		 .status = "Online",
		 .size = "S0",
		 .at = NOON,
		 KNOWN,
		 .want = "smaller S3 since 2026-03-11T06:00:00Z missed -0.18/h -0.91; "
			 "off "
			 "2026-03-11T18:00:00Z"},
		/* The edge was a moment ago; then it scales. */
		{.tag = OFFICE "S3/S0",
		 .status = "Online",
		 .size = "S3",
		 .at = "2026-03-11T18:14:59Z",
		 KNOWN,
		 .want = "due S0; on 2026-03-12T06:00:00Z"},
		{.tag = OFFICE "S3/S0",
		 .status = "Scaling",
		 .size = "S3",
		 .becoming = "S0",
		 .at = NIGHT,
		 KNOWN,
		 .want = "moving S0; on 2026-03-12T06:00:00Z"},
		/* It scales, but elsewhere. */
		{.tag = OFFICE "S3/S0",
		 .status = "Scaling",
		 .size = "S3",
		 .becoming = "S4",
		 .at = NIGHT,
		 KNOWN,
		 .want = "larger S0 since 2026-03-11T18:00:00Z missed +0.18/h 0.54; on "
			 "2026-03-12T06:00:00Z"},
		/* Sizes of different ladders. */
		{.tag = OFFICE "S3/GP_Gen5_2",
		 .status = "Online",
		 .size = "S3",
		 .at = NIGHT,
		 KNOWN,
		 .want = "smaller GP_Gen5_2 since 2026-03-11T18:00:00Z missed -0.30/h "
			 "-0.91; on "
			 "2026-03-12T06:00:00Z"},
		{.tag = OFFICE "BC_Gen5_8/BC_Gen5_4",
		 .status = "Online",
		 .size = "BC_Gen5_8",
		 .at = NIGHT,
		 KNOWN,
		 .want = "larger BC_Gen5_4 since 2026-03-11T18:00:00Z missed +2.72/h "
			 "8.15; on "
			 "2026-03-12T06:00:00Z"},
		/* A pool. */
		{.tag = OFFICE "StandardPool_200/StandardPool_100",
		 .status = "Ready",
		 .size = "StandardPool_200",
		 .at = NIGHT,
		 KNOWN,
		 .is_pool = true,
		 .want = "larger StandardPool_100 since 2026-03-11T18:00:00Z missed "
			 "+0.30/h "
			 "0.91; on 2026-03-12T06:00:00Z"},
		/* A tier. */
		{.tag = "tz=cet;tier=GeneralPurpose/Standard",
		 .status = "Online",
		 .size = "GP_Gen5_2",
		 .tier = "GeneralPurpose",
		 .at = NOON,
		 .want = "as intended GeneralPurpose; off 2026-03-11T18:00:00Z"},
		{.tag = "tz=cet;tier=GeneralPurpose/Standard",
		 .status = "Online",
		 .size = "GP_Gen5_2",
		 .tier = "GeneralPurpose",
		 .at = NIGHT,
		 KNOWN,
		 .want = "other Standard since 2026-03-11T18:00:00Z missed; on "
			 "2026-03-12T06:00:00Z"},
		/* Asleep and awake. */
		{.tag = "tz=cet",
		 .status = "Paused",
		 .size = "GP_S_Gen5_2",
		 .at = NIGHT,
		 .want = "as intended paused; on 2026-03-12T06:00:00Z"},
		{.tag = "tz=cet",
		 .status = "Online",
		 .size = "GP_S_Gen5_2",
		 .at = NIGHT,
		 KNOWN,
		 .want = "awake paused since ?; on 2026-03-12T06:00:00Z"},
		{.tag = "tz=cet",
		 .status = "Paused",
		 .size = "GP_S_Gen5_2",
		 .at = NOON,
		 .want = "as intended running; off 2026-03-11T18:00:00Z"},
		/* What cannot sleep needs a size. */
		{.tag = "tz=cet",
		 .status = "Online",
		 .size = "S3",
		 .at = NIGHT,
		 KNOWN,
		 .off_size = "S0",
		 .want = "larger S0 since 2026-03-11T18:00:00Z missed +0.18/h 0.54; on "
			 "2026-03-12T06:00:00Z"},
		{.tag = "tz=cet",
		 .status = "Online",
		 .size = "S3",
		 .at = NIGHT,
		 KNOWN,
		 .want = "undecidable ?; on 2026-03-12T06:00:00Z"},
		/* Not understood; taking no part; not known. */
		{.tag = "Mon-Fri 07:00-19:00",
		 .status = "Online",
		 .size = "S3",
		 .at = NIGHT,
		 KNOWN,
		 .want = "undecidable ?; never"},
		{.tag = "tz=Nowhere/Else;size=S3/S0",
		 .status = "Online",
		 .size = "S3",
		 .at = NIGHT,
		 KNOWN,
		 .want = "undecidable ?; never"},
		{.tag = "off",
		 .status = "Online",
		 .size = "S3",
		 .at = NIGHT,
		 .want = "opted out ?; never"},
		{.tag = OFFICE "S3/S0",
		 .status = "",
		 .size = "",
		 .at = NIGHT,
		 KNOWN,
		 .want = "unknown S0; on 2026-03-12T06:00:00Z"},
		{.tag = OFFICE "S3/S0",
		 .status = "Online",
		 .size = "",
		 .at = NIGHT,
		 KNOWN,
		 .want = "unknown S0; on 2026-03-12T06:00:00Z"},
	};

	(void)state;
	check_all(cases, COUNT(cases));
}

#define HALF_PAST_TWO(zone) "on=(u,2:30);off=(u,20);size=S3/S0;tz=" zone

/* Twenty minutes behind the edge, and twenty before it. */
static void clocks_that_change(void **state)
{
	static const struct situation cases[] = {
		/* left out, so it comes when clocks go forward */
		{.tag = HALF_PAST_TWO("cet"),
		 .status = "Online",
		 .size = "S0",
		 .at = "2026-03-29T01:20:00Z",
		 KNOWN,
		 .want = "smaller S3 since 2026-03-29T01:00:00Z missed -0.18/h -0.06; "
			 "off "
			 "2026-03-29T18:00:00Z"},
		{.tag = HALF_PAST_TWO("cet"),
		 .status = "Online",
		 .size = "S0",
		 .at = "2026-03-29T00:40:00Z",
		 KNOWN,
		 .want = "as intended S0; on 2026-03-29T01:00:00Z"},
		{.tag = HALF_PAST_TWO("et"),
		 .status = "Online",
		 .size = "S0",
		 .at = "2026-03-08T07:20:00Z",
		 KNOWN,
		 .want = "smaller S3 since 2026-03-08T07:00:00Z missed -0.18/h -0.06; "
			 "off "
			 "2026-03-09T00:00:00Z"},
		{.tag = HALF_PAST_TWO("et"),
		 .status = "Online",
		 .size = "S0",
		 .at = "2026-03-08T06:40:00Z",
		 KNOWN,
		 .want = "as intended S0; on 2026-03-08T07:00:00Z"},
		{.tag = HALF_PAST_TWO("aet"),
		 .status = "Online",
		 .size = "S0",
		 .at = "2026-10-03T16:20:00Z",
		 KNOWN,
		 .want = "smaller S3 since 2026-10-03T16:00:00Z missed -0.18/h -0.06; "
			 "off "
			 "2026-10-04T09:00:00Z"},
		{.tag = HALF_PAST_TWO("aet"),
		 .status = "Online",
		 .size = "S0",
		 .at = "2026-10-03T15:40:00Z",
		 KNOWN,
		 .want = "as intended S0; on 2026-10-03T16:00:00Z"},
		/* twice, and meant the first time */
		{.tag = HALF_PAST_TWO("cet"),
		 .status = "Online",
		 .size = "S0",
		 .at = "2026-10-25T00:50:00Z",
		 KNOWN,
		 .want = "smaller S3 since 2026-10-25T00:30:00Z missed -0.18/h -0.06; "
			 "off "
			 "2026-10-25T19:00:00Z"},
		{.tag = HALF_PAST_TWO("cet"),
		 .status = "Online",
		 .size = "S3",
		 .at = "2026-10-25T01:30:00Z",
		 KNOWN,
		 .want = "as intended S3; off 2026-10-25T19:00:00Z"},
		{.tag = "on=(u,1:30);off=(u,20);size=S3/S0;tz=et",
		 .status = "Online",
		 .size = "S0",
		 .at = "2026-11-01T05:50:00Z",
		 KNOWN,
		 .want = "smaller S3 since 2026-11-01T05:30:00Z missed -0.18/h -0.06; "
			 "off "
			 "2026-11-02T01:00:00Z"},
		{.tag = HALF_PAST_TWO("aet"),
		 .status = "Online",
		 .size = "S0",
		 .at = "2026-04-04T15:50:00Z",
		 KNOWN,
		 .want = "smaller S3 since 2026-04-04T15:30:00Z missed -0.18/h -0.06; "
			 "off "
			 "2026-04-05T10:00:00Z"},
		{.tag = HALF_PAST_TWO("aet"),
		 .status = "Online",
		 .size = "S0",
		 .at = "2026-04-04T15:10:00Z",
		 KNOWN,
		 .want = "as intended S0; on 2026-04-04T15:30:00Z"},
		/* The day is an hour shorter, and so is what the drift cost. */
		{.tag = "on=(m,7);off=(s,19);size=S3/S0;tz=cet",
		 .status = "Online",
		 .size = "S3",
		 .at = "2026-03-29T17:00:00Z",
		 KNOWN,
		 .want = "larger S0 since 2026-03-28T18:00:00Z missed +0.18/h 4.17; on "
			 "2026-03-30T05:00:00Z"},
		{.tag = "on=(m,7);off=(s,19);size=S3/S0;tz=cet",
		 .status = "Online",
		 .size = "S3",
		 .at = "2026-10-25T18:00:00Z",
		 KNOWN,
		 .want = "larger S0 since 2026-10-24T17:00:00Z missed +0.18/h 4.54; on "
			 "2026-10-26T06:00:00Z"},
	};

	(void)state;
	check_all(cases, COUNT(cases));
}

#define SERVERLESS                                                                       \
	.tag = "off=(m-f,19);on=(m-f,7);tz=Europe/Amsterdam", .size = "GP_S_Gen5_2", KNOWN

/* Nobody commands it to pause: off is that it may sleep, on that it may be awake, unless
 * the configuration wants it kept so. */
static void serverless(void **state)
{
	static const char late[] = "2026-03-11T18:05:00Z";
	static const char early[] = "2026-03-11T06:05:00Z";
	static const struct situation cases[] = {
		{SERVERLESS, .status = "Online", .at = NIGHT, .sleep = SQL_SLEEP_AFTER,
		 .want = "awake paused since ?; on 2026-03-12T06:00:00Z"},
		{SERVERLESS, .status = "Paused", .at = NIGHT, .sleep = SQL_SLEEP_AFTER,
		 .want = "as intended paused; on 2026-03-12T06:00:00Z"},
		/* It would never sleep: that is an edge to be done. */
		{SERVERLESS, .status = "Online", .at = late, .sleep = SQL_SLEEP_NEVER,
		 .want = "due paused; on 2026-03-12T06:00:00Z"},
		{SERVERLESS, .status = "Online", .at = NIGHT, .sleep = SQL_SLEEP_NEVER,
		 .want = "awake paused since 2026-03-11T18:00:00Z missed; on "
			 "2026-03-12T06:00:00Z"},
		{SERVERLESS, .status = "Paused", .at = NOON, .sleep = SQL_SLEEP_AFTER,
		 .want = "as intended running; off 2026-03-11T18:00:00Z"},
		{SERVERLESS, .status = "Paused", .at = early, .sleep = SQL_SLEEP_AFTER,
		 .keeps_awake = true, .want = "due running; off 2026-03-11T18:00:00Z"},
		{SERVERLESS, .status = "Online", .at = NOON, .sleep = SQL_SLEEP_AFTER,
		 .keeps_awake = true,
		 .want = "sleepy running since 2026-03-11T06:00:00Z missed; off "
			 "2026-03-11T18:00:00Z"},
		{SERVERLESS, .status = "Online", .at = NOON, .sleep = SQL_SLEEP_NEVER,
		 .keeps_awake = true,
		 .want = "as intended running; off 2026-03-11T18:00:00Z"},
		{SERVERLESS, .status = "Online", .at = NOON, .keeps_awake = true,
		 .want = "as intended running; off 2026-03-11T18:00:00Z"},
	};

	(void)state;
	check_all(cases, COUNT(cases));
}

/* Whatever is not known, nothing is claimed: at every hour of a fortnight. */
static void nothing_is_claimed_of_what_is_not_known(void **state)
{
	static const char *const tags[] = {
		OFFICE "S3/S0", "tz=cet", "Mon-Fri 07:00-19:00", "", "off", "tz=none"};

	(void)state;
	for (size_t i = 0; i < COUNT(tags); i++) {
		for (int64_t at = moment(NOON); at < moment(NOON) + 14 * DAY_MS;
		     at += HOUR_MS) {
			const struct sql_target target = {.tag = str_from(tags[i]),
							  .status = "",
							  .size = "",
							  .becoming = "",
							  .tier = ""};
			const struct sql_drift_rules rules = {.price_factor = 1};
			struct wanted_changes seen = {.known_from_ms = 1};
			struct sql_drift_state s;

			sql_drift_look(&target, &seen, &rules, &zones, at, &s);
			check_case(tags[i], s.drift <= SQL_DRIFT_UNKNOWN ||
						    s.drift == SQL_DRIFT_OPTED_OUT);
			check_case(tags[i], s.fate == WANTED_UNTOLD && !s.since_ms);
			check_case(tags[i], isnan(s.hourly_drift) && isnan(s.spent));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(should_be_against_is),
		cmocka_unit_test(clocks_that_change),
		cmocka_unit_test(serverless),
		cmocka_unit_test(nothing_is_claimed_of_what_is_not_known),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
