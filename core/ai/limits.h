/* What the headers of a model server say of its limits: how much is left, and how long
 * to stay away. Thread: any (no state). */
#ifndef AZ_AI_LIMITS_H
#define AZ_AI_LIMITS_H

#include "net/http.h"

/* A wait from which on nobody waits: what may be used is used up. */
enum { LIMITS_QUOTA_MS = 3600 * 1000 };

/* -1: not said. */
struct model_limits {
	int64_t left_requests, left_tokens;
};

void limits_read(const struct http_response *response, struct model_limits *out);
/* How long a refusal wants us to stay away; -1: it does not say. */
int64_t limits_wait_ms(const struct http_response *response, int64_t wall_ms);

#endif
