/* Tags of anybody: whatever is accepted has edges that are consistent, found soon, and
 * whatever is refused names a place within the tag. In UTC or a zone of the test's own,
 * so that no file is read. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "schedule/evaluate.h"
#include "schedule/tag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool held)
{
	if (!held)
		abort();
}

static void check_edges(const struct schedule *s, int64_t at_ms)
{
	struct schedule_edge last, next, again;

	must(schedule_last(s, at_ms, &last) && last.at_ms <= at_ms);
	must(schedule_intended(s, at_ms) == (last.is_on ? SCHEDULE_ON : SCHEDULE_OFF));
	for (int i = 0; i < 20; i++) {
		must(schedule_next(s, at_ms, &next) && next.at_ms > at_ms);
		must(schedule_last(s, next.at_ms - 1, &again));
		must(again.at_ms == last.at_ms && again.is_on == last.is_on);
		must(next.figures.count >= -1 &&
		     next.figures.count <= SCHEDULE_COUNT_MAX);
		last = next;
		at_ms = next.at_ms;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	/* Two days before clocks change in Berlin. */
	static const int64_t at_ms = INT64_C(1774569600000);
	struct str tag = {.p = (const char *)data, .n = n};
	struct schedule_error error;
	struct zone berlin = zone_utc;
	struct schedule s;
	struct zones zones;

	zones_init(&zones, "/nonexistent");
	if (!schedule_parse(tag, NULL, &zones, &s, &error)) {
		must(error.text[0] != '\0' && error.at <= SCHEDULE_TAG_MAX);
		must(error.at <= n);
	} else if (s.is_opted_out) {
		must(schedule_intended(&s, at_ms) == SCHEDULE_ON);
	} else {
		must(s.n_times >= 2 && s.n_times <= SCHEDULE_MAX_TIMES);
		check_edges(&s, at_ms);
		berlin.has_rule =
			zone_rule_parse(STR("CET-1CEST,M3.5.0,M10.5.0/3"), &berlin.rule);
		s.zone = &berlin;
		check_edges(&s, at_ms);
	}
	zones_fini(&zones);
	return 0;
}
