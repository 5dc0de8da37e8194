/* Whether a failed request may be tried again, and when. Pure: the same answer
 * gives the same decision. Thread: any (no state). */
#ifndef AZ_NET_RETRY_H
#define AZ_NET_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "net/http.h"

/* Longest waits, and the tries in all. */
enum {
	RETRY_MAX_TRIES = 4,
	RETRY_INTERACTIVE_CAP_MS = 8000,
	RETRY_POLLER_CAP_MS = 60000,
	RETRY_GIVE_UP_MS = 120000, /* an interactive call does not wait longer */
};

struct retry_input {
	const struct http_response *response;
	bool is_idempotent;
	bool is_interactive;
	int tries;	 /* made so far */
	int64_t told_ms; /* what the answer asks for; -1: nothing */
	double jitter;	 /* in [0, 1) */
};

struct retry_decision {
	bool again;
	int64_t wait_ms; /* before the next try, when again */
};

struct retry_decision retry_decide(const struct retry_input *in);

/* Half to all of the time that grows with the tries made in vain, from half a second
 * on: callers do not come back together. */
int64_t retry_pause_ms(int tries, int64_t cap_ms, double jitter);

/* The wait an answer asks for: retry-after-ms, x-ms-retry-after-ms, Retry-After
 * in seconds or as a date (`now_ms` is wall time, for an answer without a Date of its
 * own). -1: none. */
int64_t retry_after_ms(const struct http_response *response, int64_t now_ms);

#endif
