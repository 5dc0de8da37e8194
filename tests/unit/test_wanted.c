/* One look at a tag: since when, what comes next, and the day in parts, which must be
 * what asking for each part gives, on days when clocks change too. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "base/strbuf.h"
#include "base/timefmt.h"
#include "schedule/wanted.h"
#include "unit/zone_fixture.h"

enum { PARTS = 96 };

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

static int64_t moment(const char *text)
{
	int64_t ms = 0;

	if (!time_parse(str_from(text), &ms))
		fail_msg("%s is no time", text);
	return ms;
}

static void looks(void **state)
{
	static const struct {
		const char *tag, *at, *intent, *last, *next;
	} cases[] = {
		{"tz=cet", "2026-03-11T11:00:00Z", "on", "2026-03-11T06:00:00Z",
		 "2026-03-11T18:00:00Z"},
		/* Edges that ask for what holds are passed over, both ways. */
		{"on=(m-f,7);off=(f,19);tz=utc", "2026-11-26T12:00:00Z", "on",
		 "2026-11-23T07:00:00Z", "2026-11-27T19:00:00Z"},
		{"on=(m-h,7);off=(m-u,19);tz=utc", "2026-11-29T12:00:00Z", "off",
		 "2026-11-26T19:00:00Z", "2026-11-30T07:00:00Z"},
		{"off", "2026-03-11T11:00:00Z", "on", "", ""},
		{"Mon-Fri", "2026-03-11T11:00:00Z", "undecidable", "", ""},
		{"tz=utc", "9999-06-01T12:00:00Z", "undecidable", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf last, next;
		struct wanted w;

		wanted_look(str_from(cases[i].tag), NULL, &zones, moment(cases[i].at),
			    &w);
		strbuf_init(&last, 64);
		strbuf_init(&next, 64);
		if (w.has_last)
			time_format_iso(&last, w.last.at_ms, false);
		if (w.has_next)
			time_format_iso(&next, w.next.at_ms, false);
		check_text(cases[i].tag, str_from(schedule_intent_name(w.intent)),
			   cases[i].intent);
		check_text(cases[i].tag, strbuf_str(&last), cases[i].last);
		check_text(cases[i].tag, strbuf_str(&next), cases[i].next);
		check_case(cases[i].tag,
			   (w.intent == SCHEDULE_UNDECIDABLE) == (w.error.text[0] != 0));
		strbuf_fini(&last);
		strbuf_fini(&next);
	}
}

static void days_are_what_their_parts_are(void **state)
{
	static const char *const tags[] = {
		"tz=cet",
		"on=(u,2:30);off=(u,3:10);tz=cet",
		"on=(u,1:30);off=(u,2:15);tz=et",
		"on=[(m-u,0),(m-u,6)];off=[(m-u,5:45),(m-u,23:50)];tz=aet",
		"off",
		"nonsense",
	};
	static const char *const days[] = {
		"2026-03-11T00:00:00Z", "2026-03-29T00:00:00Z", "2026-10-25T00:00:00Z",
		"2026-03-08T00:00:00Z", "2026-11-01T00:00:00Z", "2026-10-03T12:00:00Z",
		"2026-04-04T12:00:00Z",
	};

	(void)state;
	for (size_t t = 0; t < COUNT(tags) * COUNT(days); t++) {
		const char *tag = tags[t / COUNT(days)];
		int64_t from = moment(days[t % COUNT(days)]);
		float parts[PARTS];
		struct wanted w;

		wanted_look(str_from(tag), NULL, &zones, from, &w);
		wanted_timeline(&w, from, DAY_MS / PARTS, parts, PARTS);
		for (int i = 0; i < PARTS; i++) {
			enum schedule_intent intent =
				w.has_schedule
					? schedule_intended(&w.schedule,
							    from + i * (DAY_MS / PARTS))
					: SCHEDULE_UNDECIDABLE;

			check_case(tag, intent == SCHEDULE_UNDECIDABLE
						? isnan(parts[i])
						: parts[i] == (intent == SCHEDULE_ON));
		}
	}
}

/* What became of an edge that shows no effect, by what is known of changes. */
static void what_became_of_an_edge(void **state)
{
	enum { EDGE = 10000000, LATE = EDGE + WANTED_DUE_MS };
	static const struct {
		const char *name;
		struct wanted_changes seen;
		int64_t now_ms;
		enum wanted_fate want;
	} cases[] = {
		{"a moment ago", {.known_from_ms = 1}, LATE - 1, WANTED_DUE},
		{"a moment ago, and nobody knows", {0}, LATE - 1, WANTED_DUE},
		{"nobody did it", {.known_from_ms = EDGE}, LATE, WANTED_MISSED},
		{"the list does not go so far back",
		 {.known_from_ms = EDGE + 1},
		 LATE,
		 WANTED_UNTOLD},
		{"nobody knows", {0}, LATE, WANTED_UNTOLD},
		{"done before it", {1, EDGE - 1, 0, NULL}, LATE, WANTED_MISSED},
		{"changed after it", {1, EDGE, 0, NULL}, LATE, WANTED_UNDONE},
		{"tried", {0, 0, EDGE, NULL}, EDGE + 1, WANTED_FAILED},
		{"tried before it", {1, 0, EDGE - 1, NULL}, LATE, WANTED_MISSED},
		{"tried, and changed by somebody else",
		 {1, EDGE + 2, EDGE + 1, NULL},
		 LATE,
		 WANTED_UNDONE},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(cases[i].name, wanted_fate(&cases[i].seen, EDGE,
						      cases[i].now_ms) == cases[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks),
		cmocka_unit_test(days_are_what_their_parts_are),
		cmocka_unit_test(what_became_of_an_edge),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
