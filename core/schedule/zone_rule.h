/* The rule by which a zone's clocks change each year, as the last line of a zone file
 * has it ("CET-1CEST,M3.5.0,M10.5.0/3", POSIX.1-2017 section 8.3 and RFC 9636).
 * Offsets are kept east of Greenwich, the other way round than in that line.
 * Thread: any (no state). */
#ifndef AZ_SCHEDULE_ZONE_RULE_H
#define AZ_SCHEDULE_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Further than any place ever was from Greenwich. */
enum { ZONE_MAX_OFFSET_S = 26 * 3600, ZONE_ABBREVIATION_MAX = 15 };

struct zone_kind {
	int32_t offset_s;			      /* east of Greenwich */
	char abbreviation[ZONE_ABBREVIATION_MAX + 1]; /* "CEST", "+1030" */
};

/* A time in which a zone's clocks do not change. */
struct zone_span {
	int64_t from_s, until_s; /* INT64_MIN and INT64_MAX: no end */
	const struct zone_kind *kind;
};

enum zone_day_form {
	ZONE_DAY_OF_365, /* 1 to 365; 29 February is not counted */
	ZONE_DAY_OF_366, /* 0 to 365 */
	ZONE_DAY_OF_WEEK,
};

/* A moment that comes once a year. */
struct zone_day {
	enum zone_day_form form;
	int day;	 /* of the year, or of the week with 0 for Sunday */
	int month, week; /* week 5: the last one */
	int32_t time_s;	 /* after that day's midnight; may be negative */
};

struct zone_rule {
	struct zone_kind standard, dst;
	bool has_dst;
	struct zone_day to_dst, to_standard;
};

/* False when the text is not such a rule, whole. */
bool zone_rule_parse(struct str text, struct zone_rule *out);
/* The span is borrowed from the rule. */
struct zone_span zone_rule_span_at(const struct zone_rule *rule, int64_t utc_s);

#endif
