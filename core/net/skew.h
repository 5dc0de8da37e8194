/* Whether our clock is right, by the Date of whoever answered: a clock that is minutes
 * off makes good tokens and signatures look bad. Thread: any (no state). */
#ifndef AZ_NET_SKEW_H
#define AZ_NET_SKEW_H

#include "base/clock.h"
#include "net/http.h"

/* Services put up with five minutes. */
enum { SKEW_MOST_MS = 5 * 60 * 1000 };

/* Puts the blame before the text of an error that a wrong clock may have caused; leaves
 * it alone when the clocks agree, or when the answer does not say. */
void skew_blame(const struct http_response *response, const struct clock *clock,
		struct err *err);

#endif
