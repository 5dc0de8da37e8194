/* Moments as people type them. Thread: any (no state). */
#ifndef AZ_BASE_WHEN_H
#define AZ_BASE_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define WHEN_FORMS "10:32, yesterday 10:32, -2h, 2026-03-11 10:32 or now"

/* "now" is now_ms. "-2h", "+30m" and "-1d12h" count from base_ms; "10:32" is the last
 * time that a clock of UTC showed it, "yesterday" and "today" may stand before it; all
 * that time_parse takes is taken. */
bool when_parse(struct str text, int64_t now_ms, int64_t base_ms, int64_t *out);

#endif
