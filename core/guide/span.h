/* The span of time that a question names: "since 9", "last hour", "yesterday", "between 9
 * and 10:30". Times of day are those of UTC, as everywhere in azdeck.
 * Thread: any (no state). */
#ifndef AZ_GUIDE_SPAN_H
#define AZ_GUIDE_SPAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* False: it names none. */
bool span_of(struct str question, int64_t now_ms, int64_t *from_ms, int64_t *to_ms);

#endif
