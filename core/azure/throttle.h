/* What Azure's many throttling headers say, in one form: how many calls are left,
 * how far apart the next ones should start, how long to stay away. Driven by the
 * headers, never by constants: limits differ from subscription to subscription.
 * Thread: any (no state). */
#ifndef AZ_AZURE_THROTTLE_H
#define AZ_AZURE_THROTTLE_H

#include "azure/api.h"

/* An http_pace_fn. */
void throttle_read(const struct http_response *response, struct http_pace *pace);

/* Services with buckets of their own, apart from those of ARM. */
enum throttle_family { THROTTLE_ARM, THROTTLE_COST, THROTTLE_GRAPH };
enum throttle_family throttle_family(struct str url);
/* What is throttled together: connection and credential, then the subscription with
 * reads, writes or deletes, or the family alone. */
void throttle_put_key(struct strbuf *out, const struct api_call *call, struct str url);

#endif
