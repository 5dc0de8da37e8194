/* What Azure's many throttling headers say, in one form: how many calls are left,
 * how far apart the next ones should start, and when to stay away. Driven from the
 * headers, never from constants: limits differ from subscription to subscription.
 * Thread: any (no state). */
#ifndef AZ_AZURE_THROTTLE_H
#define AZ_AZURE_THROTTLE_H

#include "base/str.h"
#include "base/strbuf.h"
#include "net/http.h"

/* Services with buckets of their own, apart from those of ARM. */
enum throttle_family { THROTTLE_ARM, THROTTLE_COST, THROTTLE_GRAPH };
enum throttle_family throttle_family(struct str url);

#endif
