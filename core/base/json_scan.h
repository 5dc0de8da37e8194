/* One pass over JSON text before it is parsed: size, depth, comments, and whole
 * numbers that a double cannot hold. Thread: any (no state). */
#ifndef AZ_BASE_JSON_SCAN_H
#define AZ_BASE_JSON_SCAN_H

#include "base/err.h"
#include "base/json.h"
#include "base/strbuf.h"

/* True when the text can be parsed as it is, or after what was put into *clean
 * (comments blanked, long whole numbers quoted); *clean stays empty when the
 * text needs no change. Blanking keeps every offset; quoting moves what follows,
 * and each quoted number is 2 bytes longer. */
bool json_scan(struct str text, const struct json_limits *limits, struct strbuf *clean,
	       struct json_place *place, struct err *err) MUST_CHECK;
/* Whether a double holds this whole number: up to 2^53. */
bool json_is_exact(struct str digits);
struct json_place json_place_at(struct str text, size_t offset);

#endif
