/* Live streams of log lines: pods of a cluster, rows of Log Analytics, a file that grows.
 * Each writes into a ring of its own, which any thread may look at; what else there is to
 * say of it is told. Thread: core. */
#ifndef AZ_LIVE_LIVE_H
#define AZ_LIVE_LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "azure/api.h"
#include "base/err.h"
#include "base/log.h"
#include "stream/ring.h"

enum live_state {
	LIVE_CONNECTING, /* nothing is known yet */
	LIVE_FOLLOWING,	 /* what comes is shown as it comes */
	LIVE_WAITING, /* something failed, or nothing is there to follow: it asks again;
			  * err says why */
	LIVE_ENDED,   /* there is no more; the ring has all of it */
	LIVE_FAILED,  /* it cannot be had: err */
};
const char *live_state_name(enum live_state state);

enum { LIVE_NOTE_BYTES = 240 };

struct live_status {
	enum live_state state;
	uint64_t lines; /* put into the ring so far */
	size_t origins; /* pods or files that are read */
	uint64_t gaps;	/* times that lines were missed for certain */
	/* What is not whole, as of a query that was answered in part; "": nothing. */
	char note[LIVE_NOTE_BYTES];
	struct err err;
};

struct live_request {
	struct str source; /* as log_source.h has it; copied */
	int64_t since_ms;  /* only lines of then or later; 0: of the last minutes */
	int64_t until_ms;  /* there is no more after it; 0: it goes on */
	bool is_once;	   /* what there is now, then LIVE_ENDED */
	size_t max_bytes;  /* of the ring; 0: 16 MiB */
};

struct live_options {
	struct loop *loop;
	struct http *http;
	struct api *api;
	struct log *log;
	double speed; /* of the clock: how much more often is asked */
	/* The i-th connection of a kind, or NULL. */
	const struct connection *(*connection)(void *ctx, enum conn_kind kind, size_t i);
	/* Soon after lines were put into the ring, and whenever the status changes.
	 * Many lines are one call. The ring comes with the first call, then NULL; both
	 * are borrowed. */
	void (*tell)(void *ctx, uint64_t id, const struct live_status *status,
		     struct ring *ring);
	void *ctx;
};

struct live;

struct live *live_new(const struct live_options *options);
/* Ends all streams; accepts NULL. Nothing is told any more. */
void live_free(struct live *l);

/* The id is the caller's and must be new. What is wrong with the source is told like any
 * failure, later. */
void live_follow(struct live *l, uint64_t id, const struct live_request *request);
/* Unknown ids are ignored. Nothing is told of it any more. */
void live_unfollow(struct live *l, uint64_t id);

/* What is followed now, as rows of the board "log-streams", the caller's. NULL: as if
 * nothing were. */
cJSON *live_rows(const struct live *l);

#endif
