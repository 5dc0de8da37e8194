/* Zone files as tzdata installs them (RFC 9636, versions 1 to 4). Bytes from outside:
 * everything is counted and bounded before it is believed, and a file that is not
 * wholly as it should be is refused. Thread: any (no state). */
#ifndef AZ_SCHEDULE_TZIF_H
#define AZ_SCHEDULE_TZIF_H

#include "base/err.h"
#include "base/str.h"
#include "schedule/zone.h"

/* Real ones have 4 KiB at most. */
enum { TZIF_MAX_BYTES = 64 << 10 };

/* Fills all but the name; zone_fini is due when it went well. Files that count leap
 * seconds are refused: Azure's clocks do not. */
bool tzif_parse(struct str bytes, struct zone *out, struct err *err) MUST_CHECK;

#endif
