/* The rate governor: per host and credential, how many requests may run, when a
 * throttled key may go on, and how fast. Pure: the caller brings the time (any
 * monotonic milliseconds). Thread: core. */
#ifndef AZ_NET_GOVERNOR_H
#define AZ_NET_GOVERNOR_H

#include <stdint.h>

#include "base/map.h"
#include "base/str.h"
#include "net/http.h"

struct governor {
	struct map keys;
	int max_running; /* per key */
};

/* What admit says when only a release can help. */
enum { GOVERNOR_WAIT_FOR_RELEASE = -1 };

void governor_init(struct governor *g, int max_running);
void governor_fini(struct governor *g);

/* 0: go (counted as running); > 0: ask again after so many milliseconds. */
int64_t governor_admit(struct governor *g, struct str key, int64_t now_ms);
/* The request ended; its status (0: no answer came) and what it said move the pace. */
void governor_release(struct governor *g, struct str key, int64_t now_ms, int status,
		      const struct http_pace *pace);
/* Milliseconds the key is still paused; 0: it is not. */
int64_t governor_pause_left(const struct governor *g, struct str key, int64_t now_ms);

#endif
