/* See zone.h. Between two changes local time runs like any other; so everything is asked
 * of spans, of which one or two are looked at. */
#include "schedule/zone.h"

#include <stdlib.h>

#include "base/xalloc.h"

/* 2100-01-01, and more changes than a rule makes until then. */
#define UNROLLED_S INT64_C(4102444800)
enum { UNROLLED_MOST = 400, MOST_KINDS = 256 };

static struct zone_kind utc_kinds[] = {{.abbreviation = "UTC"}};

const struct zone zone_utc = {.name = "Etc/UTC", .kinds = utc_kinds, .n_kinds = 1};

void zone_fini(struct zone *zone)
{
	free(zone->changes);
	free(zone->kinds);
	*zone = (struct zone){.n_changes = 0};
}

void zone_unroll(struct zone *zone)
{
	size_t last = zone->n_changes, end = last + UNROLLED_MOST;
	uint8_t standard = (uint8_t)zone->n_kinds;
	struct zone_span span;

	/* Without changes the rule holds for ever backwards too. */
	if (!zone->has_rule || last == 0 || zone->n_kinds + 2 > MOST_KINDS)
		return;
	zone->kinds = xreallocarray(zone->kinds, zone->n_kinds + 2, sizeof(*zone->kinds));
	zone->kinds[zone->n_kinds++] = zone->rule.standard;
	zone->kinds[zone->n_kinds++] = zone->rule.dst;
	zone->changes = xreallocarray(zone->changes, end, sizeof(*zone->changes));
	span = zone_rule_span_at(&zone->rule, zone->changes[last - 1].at_s);
	zone->changes[last - 1].kind = standard + (span.kind == &zone->rule.dst);
	while (span.until_s < UNROLLED_S && zone->n_changes < end) {
		int64_t at_s = span.until_s;

		span = zone_rule_span_at(&zone->rule, at_s);
		zone->changes[zone->n_changes++] =
			(struct zone_change){at_s,
					     standard + (span.kind == &zone->rule.dst)};
	}
}

/* How many changes are at or before that instant. */
static size_t count_changes(const struct zone *zone, int64_t utc_s)
{
	size_t low = 0, high = zone->n_changes;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->changes[middle].at_s <= utc_s)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct zone_span zone_span_at(const struct zone *zone, int64_t utc_s)
{
	size_t n = count_changes(zone, utc_s);
	struct zone_span span = {
		.from_s = n ? zone->changes[n - 1].at_s : INT64_MIN,
		.until_s = n < zone->n_changes ? zone->changes[n].at_s : INT64_MAX,
		.kind = &zone->kinds[n ? zone->changes[n - 1].kind : 0],
	};
	struct zone_span by_rule;

	if (n < zone->n_changes || !zone->has_rule)
		return span;
	by_rule = zone_rule_span_at(&zone->rule, utc_s);
	if (by_rule.from_s < span.from_s)
		by_rule.from_s = span.from_s;
	return by_rule;
}

int64_t zone_to_utc(const struct zone *zone, int64_t local_s)
{
	/* No clock is that far ahead, so it shows less than local_s here. */
	int64_t at = local_s - ZONE_MAX_OFFSET_S - 1;

	for (;;) {
		struct zone_span span = zone_span_at(zone, at);
		int64_t utc_s = local_s - span.kind->offset_s;

		/* Clocks went past it when this span began. */
		if (utc_s <= at)
			return at;
		if (utc_s < span.until_s)
			return utc_s;
		at = span.until_s;
	}
}
