/* Live log lines, as the deck and `azdeck logs` ask for them. What comes back is
 * NEWS_STREAM: its state, and the ring the lines are in, which the caller looks at when it
 * likes (stream/ring.h). Streams end with their worker: who replaces a worker asks again.
 * Thread: any for the functions; the news are the caller's. */
#ifndef AZ_WORKER_FOLLOW_H
#define AZ_WORKER_FOLLOW_H

#include "live/live.h"
#include "worker/worker.h"

struct follow_options {
	/* "pods:atlas/checkout-*", "kql:AppTraces", "file:PATH", or a name of "logs" in
	 * the configuration. */
	const char *source;
	int64_t since_ms; /* only lines of then or later; 0: of the last ten minutes */
	int64_t until_ms; /* only lines before then; 0: open */
	bool is_once;	  /* what there is now, then LIVE_ENDED */
	size_t max_bytes; /* of the ring; 0: 16 MiB */
};

/* Returns the id, which all news of the stream repeat (news->request_id). They come soon
 * after lines came, many lines at once, and when the status changes. */
uint64_t worker_follow(struct worker *w, const struct follow_options *options);
/* News of it may still be on their way. */
void worker_unfollow(struct worker *w, uint64_t id);

/* The ring, with the first news of a stream; NULL later. The caller gives it back with
 * ring_free, and may keep it for as long as it likes, also when the stream is over. */
struct ring *news_take_ring(struct news *news);

#endif
