/* Times and durations as services write them and as people read them.
 * Thread: any (no state). */
#ifndef AZ_BASE_TIMEFMT_H
#define AZ_BASE_TIMEFMT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"

#define MINUTE_MS 60000LL
#define HOUR_MS	  (60 * MINUTE_MS)
#define DAY_MS	  (24 * HOUR_MS)

struct utc {
	int year, month, day; /* month and day from 1 */
	int hour, minute, second, ms;
	int weekday; /* 0 Sunday */
	int yday;    /* from 0 */
};

/* "Not set" values of services (years 0001 and 1753) parse as false. Accepts
 * ISO 8601 with 0 to 9 fraction digits, Z, an offset or no zone (UTC), a blank
 * for T, dates alone, 20200401, RFC 1123 and Unix seconds. */
bool time_parse(struct str s, int64_t *utc_ms);
struct utc utc_from_ms(int64_t utc_ms);
int64_t utc_to_ms(const struct utc *u);
/* "Jan"; months count from 1. */
const char *month_name(int month);
/* 2026-11-21T04:05:06Z; with_ms adds .123 */
void time_format_iso(struct strbuf *out, int64_t utc_ms, bool with_ms);
void time_format_rfc1123(struct strbuf *out, int64_t utc_ms);
/* ISO 8601 duration (PT1M2.3S, P1DT2H, P1W) or [d.]hh:mm:ss[.fffffff]. */
bool duration_parse(struct str s, int64_t *ms);
/* As people write one: 90s, 10m, 6h, 2d, 1w. Whole, positive. */
bool span_parse(struct str s, int64_t *ms);
/* "30m" into 30 and "m". The number has at most 9 digits. */
bool span_split(struct str s, int64_t *count, struct str *unit);
/* At most two units: 12s, 3m20s, 4h05m, 2d3h, 5w. Negative gets a minus. */
void duration_format(struct strbuf *out, int64_t ms);

#endif
