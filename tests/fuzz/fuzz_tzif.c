/* Zone files of anybody: what is accepted answers for every instant, and local times
 * come back in order. */
#include <stdint.h>
#include <stdlib.h>

#include "schedule/tzif.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool held)
{
	if (!held)
		abort();
}

static void check_instant(const struct zone *zone, int64_t at)
{
	struct zone_span span = zone_span_at(zone, at);
	int64_t back = zone_to_utc(zone, at);

	must(span.from_s <= at && at < span.until_s);
	must(abs(span.kind->offset_s) <= ZONE_MAX_OFFSET_S);
	/* The first instant at which a clock shows that or more. */
	must(back + zone_span_at(zone, back).kind->offset_s >= at);
	must(back - 1 + zone_span_at(zone, back - 1).kind->offset_s < at);
	must(zone_to_utc(zone, at + 1) >= back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str bytes = {.p = (const char *)data, .n = n};
	struct zone zone;
	struct err err;

	if (!tzif_parse(bytes, &zone, &err)) {
		must(err.code == ERR_PARSE && err.text[0] != '\0');
		return 0;
	}
	for (int64_t at = -6816268800; at < 253370764800; at += 8637481357)
		check_instant(&zone, at);
	for (size_t i = 0; i < zone.n_changes && i < 50; i++) {
		int64_t at = zone.changes[i].at_s;

		if (at > -ZONE_LAST_S && at < ZONE_LAST_S)
			check_instant(&zone, at);
	}
	zone_fini(&zone);
	return 0;
}
