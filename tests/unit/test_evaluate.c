/* What schedules ask for at given moments, on ordinary days and on those when clocks
 * change; and that edges found forwards, backwards and by watching a clock on the
 * wall for two years are the same. */
#include <stdio.h>

#include "base/timefmt.h"
#include "schedule/evaluate.h"
#include "schedule/tag.h"
#include "unit/check.h"
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

static struct schedule parse(const char *tag)
{
	struct schedule_error error;
	struct schedule s;

	if (!schedule_parse(str_from(tag), NULL, &zones, &s, &error))
		fail_msg("%s: %s", tag, error.text);
	return s;
}

static int64_t moment(const char *text)
{
	int64_t ms = 0;

	if (!time_parse(str_from(text), &ms))
		fail_msg("%s is no time", text);
	return ms;
}

/* "on 2026-11-23T12:00:00Z", with what is odd about it. */
static void put_edge(struct strbuf *out, bool is_found, const struct schedule_edge *e)
{
	if (!is_found) {
		strbuf_puts(out, "none");
		return;
	}
	strbuf_puts(out, e->is_on ? "on " : "off ");
	time_format_iso(out, e->at_ms, false);
	strbuf_printf(out, " %s%s%s%s", e->clock->abbreviation,
		      e->is_change ? "" : " again", e->is_moved ? " moved" : "",
		      e->is_repeated ? " twice" : "");
}

static void check_edge(const char *name, bool is_found, const struct schedule_edge *e,
		       const char *want)
{
	struct strbuf got;

	strbuf_init(&got, 256);
	put_edge(&got, is_found, e);
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
}

#define USUAL "off=(m-f,19);on=(m-f,7);tz=et"

static void instants_have_an_answer(void **state)
{
	static const struct {
		const char *tag, *at, *intended, *last, *next;
	} cases[] = {
		/* a Wednesday in New York, four hours behind */
		{USUAL, "2026-10-21T10:59:59.999Z", "off", "off 2026-10-20T23:00:00Z EDT",
		 "on 2026-10-21T11:00:00Z EDT"},
		{USUAL, "2026-10-21T11:00:00Z", "on", "on 2026-10-21T11:00:00Z EDT",
		 "off 2026-10-21T23:00:00Z EDT"},
		{USUAL, "2026-10-21T22:59:59.999Z", "on", "on 2026-10-21T11:00:00Z EDT",
		 "off 2026-10-21T23:00:00Z EDT"},
		{USUAL, "2026-10-21T23:00:00Z", "off", "off 2026-10-21T23:00:00Z EDT",
		 "on 2026-10-22T11:00:00Z EDT"},
		/* over the weekend, and over the change to winter time */
		{USUAL, "2026-10-31T12:00:00Z", "off", "off 2026-10-30T23:00:00Z EDT",
		 "on 2026-11-02T12:00:00Z EST"},
		/* days that go over the weekend */
		{"on=(f,18);off=(m,6);tz=utc", "2026-11-22T12:00:00Z", "on",
		 "on 2026-11-20T18:00:00Z UTC", "off 2026-11-23T06:00:00Z UTC"},
		{"on=(f-m,8);off=(f-m,20);tz=utc", "2026-11-24T12:00:00Z", "off",
		 "off 2026-11-23T20:00:00Z UTC", "on 2026-11-27T08:00:00Z UTC"},
		/* a night shift: off in the morning of the day after */
		{"on=(m-f,22);off=(t-s,5:30);tz=utc", "2026-11-24T03:00:00Z", "on",
		 "on 2026-11-23T22:00:00Z UTC", "off 2026-11-24T05:30:00Z UTC"},
		{"weekends-only;tz=utc", "2026-11-21T12:00:00Z", "off",
		 "off 2026-11-20T19:00:00Z UTC", "on 2026-11-23T07:00:00Z UTC"},
		{"weekends=false;tz=utc", "2026-11-21T12:00:00Z", "on",
		 "on 2026-11-21T07:00:00Z UTC", "off 2026-11-21T19:00:00Z UTC"},
		/* an edge that asks for what holds */
		{"on=(m-f,7);off=(f,19);tz=utc", "2026-11-24T12:00:00Z", "on",
		 "on 2026-11-24T07:00:00Z UTC again",
		 "on 2026-11-25T07:00:00Z UTC again"},
		{"on=(m-f,7);off=(f,19);tz=utc", "2026-11-23T12:00:00Z", "on",
		 "on 2026-11-23T07:00:00Z UTC", "on 2026-11-24T07:00:00Z UTC again"},
		{"on=[(m-h,7),(f,7,size=S6)];off=(f,19);size=S3;tz=utc",
		 "2026-11-26T12:00:00Z", "on", "on 2026-11-26T07:00:00Z UTC again",
		 "on 2026-11-27T07:00:00Z UTC"},
		/* days to skip keep what held: Christmas of 2026 is a Friday */
		{"skip=2026-12-25;tz=utc", "2026-12-25T12:00:00Z", "off",
		 "off 2026-12-24T19:00:00Z UTC", "on 2026-12-28T07:00:00Z UTC"},
		{"on=(m,7);off=(f,19);skip=2026-12-25;tz=utc", "2026-12-26T12:00:00Z",
		 "on", "on 2026-12-21T07:00:00Z UTC",
		 "on 2026-12-28T07:00:00Z UTC again"},
		/* a day to skip is one of the zone's: there it is the 26th already */
		{"skip=2026-12-26;weekends=false;tz=aet", "2026-12-25T20:30:00Z", "off",
		 "off 2026-12-25T08:00:00Z AEDT", "on 2026-12-26T20:00:00Z AEDT"},
		/* nothing is scheduled */
		{"off", "2026-11-24T12:00:00Z", "on", "none", "none"},
		/* long ago, far ahead, and further */
		{"tz=utc", "1970-01-01T00:00:00Z", "off", "off 1969-12-31T19:00:00Z UTC",
		 "on 1970-01-01T07:00:00Z UTC"},
		{"tz=utc", "1800-01-01T08:00:00Z", "on", "on 1800-01-01T07:00:00Z UTC",
		 "off 1800-01-01T19:00:00Z UTC"},
		{"tz=utc", "9998-12-31T12:00:00Z", "on", "on 9998-12-31T07:00:00Z UTC",
		 "off 9998-12-31T19:00:00Z UTC"},
		{"tz=utc", "9999-06-01T12:00:00Z", "undecidable", "none", "none"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct schedule s = parse(cases[i].tag);
		int64_t at_ms = moment(cases[i].at);
		struct schedule_edge edge;
		char name[300];
		bool is_found;

		snprintf(name, sizeof(name), "%s at %s", cases[i].tag, cases[i].at);
		check_text(name,
			   str_from(schedule_intent_name(schedule_intended(&s, at_ms))),
			   cases[i].intended);
		is_found = schedule_last(&s, at_ms, &edge);
		check_edge(name, is_found, &edge, cases[i].last);
		is_found = schedule_next(&s, at_ms, &edge);
		check_edge(name, is_found, &edge, cases[i].next);
	}
}

/* The edges of one day when clocks change, all of them. */
static void days_when_clocks_change(void **state)
{
	/* In order by a clock on the wall; most of them lie about the change. */
	static const char tag[] = "on=[(u,1:30),(u,2:15),(u,2:45),(u,3:30)];"
				  "off=[(u,1:45),(u,2:30),(u,3),(u,9)];tz=";
	static const struct {
		const char *name, *zone, *from, *edges[8];
	} cases[] = {
		{"Berlin goes forward at 2",
		 "cet",
		 "2026-03-28T23:00:00Z",
		 {"on 2026-03-29T00:30:00Z CET", "off 2026-03-29T00:45:00Z CET",
		  /* 2:15, 2:30, 2:45 and 3:00 are one moment; the last counts */
		  "off 2026-03-29T01:00:00Z CEST again", "on 2026-03-29T01:30:00Z CEST",
		  "off 2026-03-29T07:00:00Z CEST"}},
		{"Berlin goes back at 3",
		 "cet",
		 "2026-10-24T22:00:00Z",
		 {"on 2026-10-24T23:30:00Z CEST", "off 2026-10-24T23:45:00Z CEST",
		  "on 2026-10-25T00:15:00Z CEST twice",
		  "off 2026-10-25T00:30:00Z CEST twice",
		  "on 2026-10-25T00:45:00Z CEST twice", "off 2026-10-25T02:00:00Z CET",
		  "on 2026-10-25T02:30:00Z CET", "off 2026-10-25T08:00:00Z CET"}},
		{"New York goes forward at 2",
		 "et",
		 "2026-03-08T05:00:00Z",
		 {"on 2026-03-08T06:30:00Z EST", "off 2026-03-08T06:45:00Z EST",
		  "off 2026-03-08T07:00:00Z EDT again", "on 2026-03-08T07:30:00Z EDT",
		  "off 2026-03-08T13:00:00Z EDT"}},
		{"New York goes back at 2",
		 "et",
		 "2026-11-01T04:00:00Z",
		 {"on 2026-11-01T05:30:00Z EDT twice",
		  "off 2026-11-01T05:45:00Z EDT twice", "on 2026-11-01T07:15:00Z EST",
		  "off 2026-11-01T07:30:00Z EST", "on 2026-11-01T07:45:00Z EST",
		  "off 2026-11-01T08:00:00Z EST", "on 2026-11-01T08:30:00Z EST",
		  "off 2026-11-01T14:00:00Z EST"}},
		{"Sydney goes forward at 2",
		 "aet",
		 "2026-10-03T14:00:00Z",
		 {"on 2026-10-03T15:30:00Z AEST", "off 2026-10-03T15:45:00Z AEST",
		  "off 2026-10-03T16:00:00Z AEDT again", "on 2026-10-03T16:30:00Z AEDT",
		  "off 2026-10-03T22:00:00Z AEDT"}},
		{"Sydney goes back at 3",
		 "aet",
		 "2026-04-04T13:00:00Z",
		 {"on 2026-04-04T14:30:00Z AEDT", "off 2026-04-04T14:45:00Z AEDT",
		  "on 2026-04-04T15:15:00Z AEDT twice",
		  "off 2026-04-04T15:30:00Z AEDT twice",
		  "on 2026-04-04T15:45:00Z AEDT twice", "off 2026-04-04T17:00:00Z AEST",
		  "on 2026-04-04T17:30:00Z AEST", "off 2026-04-04T23:00:00Z AEST"}},
		{"Lord Howe goes half an hour forward at 2",
		 "Australia/Lord_Howe",
		 "2026-10-03T13:30:00Z",
		 {"on 2026-10-03T15:00:00Z +1030", "off 2026-10-03T15:15:00Z +1030",
		  /* 2:15 comes at 2:30, which asks for off */
		  "off 2026-10-03T15:30:00Z +11 again", "on 2026-10-03T15:45:00Z +11",
		  "off 2026-10-03T16:00:00Z +11", "on 2026-10-03T16:30:00Z +11",
		  "off 2026-10-03T22:00:00Z +11"}},
		{"Lord Howe goes half an hour back at 2",
		 "Australia/Lord_Howe",
		 "2026-04-04T13:00:00Z",
		 {"on 2026-04-04T14:30:00Z +11 twice",
		  "off 2026-04-04T14:45:00Z +11 twice", "on 2026-04-04T15:45:00Z +1030",
		  "off 2026-04-04T16:00:00Z +1030", "on 2026-04-04T16:15:00Z +1030",
		  "off 2026-04-04T16:30:00Z +1030", "on 2026-04-04T17:00:00Z +1030",
		  "off 2026-04-04T22:30:00Z +1030"}},
		{"India's never change",
		 "it",
		 "2026-03-28T18:30:00Z",
		 {"on 2026-03-28T20:00:00Z IST", "off 2026-03-28T20:15:00Z IST",
		  "on 2026-03-28T20:45:00Z IST", "off 2026-03-28T21:00:00Z IST",
		  "on 2026-03-28T21:15:00Z IST", "off 2026-03-28T21:30:00Z IST",
		  "on 2026-03-28T22:00:00Z IST", "off 2026-03-29T03:30:00Z IST"}},
		{"Dublin, where winter is the exception, goes back at 2",
		 "ist",
		 "2026-10-24T23:00:00Z",
		 {"on 2026-10-25T00:30:00Z IST twice",
		  "off 2026-10-25T00:45:00Z IST twice", "on 2026-10-25T02:15:00Z GMT",
		  "off 2026-10-25T02:30:00Z GMT", "on 2026-10-25T02:45:00Z GMT",
		  "off 2026-10-25T03:00:00Z GMT", "on 2026-10-25T03:30:00Z GMT",
		  "off 2026-10-25T09:00:00Z GMT"}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t at_ms = moment(cases[i].from);
		char whole[SCHEDULE_TAG_MAX];
		struct schedule_edge edge;
		struct schedule s;
		struct utc end;

		snprintf(whole, sizeof(whole), "%s%s", tag, cases[i].zone);
		s = parse(whole);
		for (int e = 0; e < 8 && cases[i].edges[e]; e++) {
			check_edge(cases[i].name, schedule_next(&s, at_ms, &edge), &edge,
				   cases[i].edges[e]);
			at_ms = edge.at_ms;
		}
		/* Next week's Sunday. */
		assert_true(schedule_next(&s, at_ms, &edge));
		end = utc_from_ms(edge.at_ms - at_ms);
		check_case(cases[i].name, end.day >= 7 && end.month == 1);
	}
}

static void a_time_that_is_left_out_comes_when_clocks_go_forward(void **state)
{
	static const struct {
		const char *tag, *from, *edge;
	} cases[] = {
		{"on=(u,2:30);off=(u,20);tz=cet", "2026-03-28T12:00:00Z",
		 "on 2026-03-29T01:00:00Z CEST moved"},
		{"on=(u,2:30);off=(u,20);tz=et", "2026-03-07T12:00:00Z",
		 "on 2026-03-08T07:00:00Z EDT moved"},
		{"on=(u,2:30);off=(u,20);tz=aet", "2026-10-03T12:00:00Z",
		 "on 2026-10-03T16:00:00Z AEDT moved"},
		{"on=(u,2:15);off=(u,20);tz=australia/lord_howe", "2026-10-03T12:00:00Z",
		 "on 2026-10-03T15:30:00Z +11 moved"},
		/* The last minute that exists, and the first that does again. */
		{"on=(u,1:59);off=(u,20);tz=cet", "2026-03-28T12:00:00Z",
		 "on 2026-03-29T00:59:00Z CET"},
		{"on=(u,3);off=(u,20);tz=cet", "2026-03-28T12:00:00Z",
		 "on 2026-03-29T01:00:00Z CEST"},
		/* On other days it is there. */
		{"on=(u,2:30);off=(u,20);tz=cet", "2026-04-04T12:00:00Z",
		 "on 2026-04-05T00:30:00Z CEST"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct schedule s = parse(cases[i].tag);
		struct schedule_edge edge;

		check_edge(cases[i].tag, schedule_next(&s, moment(cases[i].from), &edge),
			   &edge, cases[i].edge);
	}
}

static void edges_ask_for_figures(void **state)
{
	static const char tag[] =
		"on=[(m-h,7),(f,7,size=S6,count=9)];tier=Standard/Basic;"
		"size=S3/S0;count=5;tz=utc";
	static const struct {
		const char *at, *tier, *size;
		int count;
	} cases[] = {
		{"2026-11-26T12:00:00Z", "Standard", "S3", 5},
		{"2026-11-26T20:00:00Z", "Basic", "S0", -1},
		{"2026-11-27T12:00:00Z", "Standard", "S6", 9},
	};
	struct schedule s = parse(tag);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct schedule_edge edge;

		assert_true(schedule_last(&s, moment(cases[i].at), &edge));
		check_text(cases[i].at, str_from(edge.figures.tier), cases[i].tier);
		check_text(cases[i].at, str_from(edge.figures.size), cases[i].size);
		check_case(cases[i].at, edge.figures.count == cases[i].count);
	}
}

static void missed_edges_are_found(void **state)
{
	static const struct {
		const char *since, *now;
		size_t n;
		const char *first, *last;
	} cases[] = {
		{"2026-11-24T08:00:00Z", "2026-11-24T18:59:59Z", 0, "none", "none"},
		{"2026-11-24T08:00:00Z", "2026-11-24T19:00:00Z", 1,
		 "off 2026-11-24T19:00:00Z UTC", "off 2026-11-24T19:00:00Z UTC"},
		/* what was at `since` is known already */
		{"2026-11-24T07:00:00Z", "2026-11-24T07:00:01Z", 0, "none", "none"},
		{"2026-11-20T12:00:00Z", "2026-11-23T06:00:00Z", 1,
		 "off 2026-11-20T19:00:00Z UTC", "off 2026-11-20T19:00:00Z UTC"},
		{"2026-11-20T12:00:00Z", "2026-11-24T12:00:00Z", 4,
		 "off 2026-11-20T19:00:00Z UTC", "on 2026-11-24T07:00:00Z UTC"},
		/* a clock that was set back is nothing missed */
		{"2026-11-24T12:00:00Z", "2026-11-20T12:00:00Z", 0, "none", "none"},
		{"1980-01-01T00:00:00Z", "2026-11-24T12:00:00Z", SCHEDULE_MAX_MISSED,
		 "on 1980-01-01T07:00:00Z UTC", "on 2026-11-24T07:00:00Z UTC"},
	};
	struct schedule s = parse("tz=utc"), out = parse("off");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct schedule_missed m =
			schedule_missed(&s, moment(cases[i].since), moment(cases[i].now));

		check_case(cases[i].since, m.n == cases[i].n);
		check_case(cases[i].since, m.is_more == (m.n == SCHEDULE_MAX_MISSED));
		check_edge(cases[i].since, m.n > 0, &m.first, cases[i].first);
		check_edge(cases[i].since, m.n > 0, &m.last, cases[i].last);
		assert_int_equal(schedule_missed(&out, moment(cases[i].since),
						 moment(cases[i].now))
					 .n,
				 0);
	}
}

static void days_that_are_left_out_are_told(void **state)
{
	static const struct {
		const char *tag, *at, *want; /* "": none */
	} cases[] = {
		{"tz=utc;skip-days=(2026-12-25,2026-05-01)", "2026-03-11T10:20:30Z",
		 "2026-05-01T00:00:00Z"},
		/* the day itself, to its last moment by its own clocks */
		{"tz=Europe/Amsterdam;skip-days=2026-05-01", "2026-05-01T21:59:59Z",
		 "2026-05-01T00:00:00Z"},
		{"tz=Europe/Amsterdam;skip-days=2026-05-01", "2026-05-01T22:00:00Z", ""},
		{"tz=utc", "2026-03-11T10:20:30Z", ""},
		{"on", "2026-03-11T10:20:30Z", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct schedule s = parse(cases[i].tag);
		bool is_there = cases[i].want[0] != 0;
		int64_t day_ms = 0;

		check_case(cases[i].at,
			   schedule_skips(&s, moment(cases[i].at), &day_ms) == is_there);
		check_case(cases[i].at, !is_there || day_ms == moment(cases[i].want));
	}
}

enum { QUARTER_S = 900, TWO_YEARS = 2 * 365 * 86400 };

/* By the definition: a clock on the wall is looked at every quarter of an hour, and
 * what lies between what it showed at most and what it shows comes now. True when
 * something did; *is_on is what the last of it asks for. */
static bool strikes(const struct schedule *s, int64_t shown_s, int64_t shows_s,
		    bool *is_on)
{
	bool has_struck = false;

	for (int64_t at = shown_s + QUARTER_S; at <= shows_s; at += QUARTER_S) {
		int64_t day = at / 86400;

		for (size_t i = 0; i < s->n_times; i++) {
			if (s->times[i].minute * INT64_C(60) != at % 86400 ||
			    !(s->times[i].days & (1 << ((day + 3) % 7))))
				continue;
			*is_on = s->times[i].is_on;
			has_struck = true;
		}
	}
	return has_struck;
}

static size_t watch_the_wall(const char *name, const struct schedule *s)
{
	int64_t from_s = moment("2026-01-01T00:00:00Z") / 1000;
	struct zone_span span = zone_span_at(s->zone, from_s);
	int64_t shown_s = from_s + span.kind->offset_s;
	struct schedule_edge next, last;
	bool is_on, had_last;
	size_t n = 0;

	had_last = schedule_last(s, from_s * 1000, &last);
	check_case(name, had_last && schedule_next(s, from_s * 1000, &next));
	is_on = last.is_on;
	for (int64_t at = from_s + QUARTER_S; at < from_s + TWO_YEARS; at += QUARTER_S) {
		bool was_on = is_on;
		int64_t shows_s;

		if (at >= span.until_s)
			span = zone_span_at(s->zone, at);
		shows_s = at + span.kind->offset_s;
		if (!strikes(s, shown_s, shows_s, &is_on)) {
			check_case(name, next.at_ms > at * 1000);
		} else {
			struct schedule_edge again;

			n++;
			if (next.at_ms != at * 1000 || next.is_on != is_on)
				fail_msg("%s: an edge at %lld, not %lld", name,
					 (long long)at, (long long)next.at_ms / 1000);
			/* Just before it and just after, and found from there. */
			check_case(name, schedule_intended(s, at * 1000 - 1) ==
						 (was_on ? SCHEDULE_ON : SCHEDULE_OFF));
			check_case(name, schedule_intended(s, at * 1000) ==
						 (is_on ? SCHEDULE_ON : SCHEDULE_OFF));
			check_case(name, next.is_change == (was_on != is_on));
			check_case(name, schedule_last(s, at * 1000, &again) &&
						 again.at_ms == next.at_ms);
			check_case(name, schedule_next(s, at * 1000 - 1, &again) &&
						 again.at_ms == next.at_ms);
			check_case(name, schedule_next(s, at * 1000, &next));
			check_case(name, schedule_last(s, next.at_ms - 1, &again) &&
						 again.at_ms == at * 1000);
		}
		shown_s = shows_s > shown_s ? shows_s : shown_s;
	}
	return n;
}

static void two_years_by_a_clock_on_the_wall(void **state)
{
	static const char *const places[] = {
		"Europe/Berlin",    "Europe/Dublin",
		"America/New_York", "America/Los_Angeles",
		"Australia/Sydney", "Australia/Lord_Howe",
		"Asia/Kolkata",	    "utc",
	};
	static const struct {
		const char *tag;
		size_t least; /* edges in two years */
	} tags[] = {
		{"on", 1040},
		{"off=[(m-f,21),(u,18)];on=[(m-f,6),(u,10)]", 1240},
		{"on=(u,2:30);off=(u,3:15)", 205},
		{"on=(s-u,0:00);off=(s-u,23:45)", 415},
		{"off=[(m-u,2),(m-u,2:30),(m-u,3)];on=[(m-u,2:15),(m-u,2:45)]", 3600},
		{"off=[(u,1:30),(u,2:15)];on=[(u,1:45),(u,2:30)]", 400},
		{"weekends-only", 205},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		for (size_t j = 0; j < sizeof(tags) / sizeof(*tags); j++) {
			char tag[SCHEDULE_TAG_MAX];
			struct schedule s;

			snprintf(tag, sizeof(tag), "%s;tz=%s", tags[j].tag, places[i]);
			s = parse(tag);
			check_case(tag, watch_the_wall(tag, &s) >= tags[j].least);
		}
	}
}

/* As few edges as there can be: one day a week, and as many of those skipped as a tag
 * holds. */
static void rare_edges_are_found(void **state)
{
	struct schedule s = parse("on=(m,7);off=(m,8);tz=utc");
	int64_t monday = moment("2026-11-23T00:00:00Z");
	struct schedule_edge edge;

	(void)state;
	for (s.n_skips = 0; s.n_skips < SCHEDULE_MAX_SKIPS; s.n_skips++)
		s.skips[s.n_skips] = (int32_t)(monday / DAY_MS + 7 * (int64_t)s.n_skips);
	assert_true(schedule_next(&s, monday, &edge));
	assert_int_equal(edge.at_ms,
			 monday + 7 * SCHEDULE_MAX_SKIPS * DAY_MS + 7 * HOUR_MS);
	assert_true(schedule_last(&s, edge.at_ms - 1, &edge));
	assert_int_equal(edge.at_ms, monday - 7 * DAY_MS + 8 * HOUR_MS);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(instants_have_an_answer),
		cmocka_unit_test(days_when_clocks_change),
		cmocka_unit_test(a_time_that_is_left_out_comes_when_clocks_go_forward),
		cmocka_unit_test(edges_ask_for_figures),
		cmocka_unit_test(missed_edges_are_found),
		cmocka_unit_test(days_that_are_left_out_are_told),
		cmocka_unit_test(two_years_by_a_clock_on_the_wall),
		cmocka_unit_test(rare_edges_are_found),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
