/* Which moment the deck shows, and which it could show. Thread: any (no state). */
#ifndef AZ_WORKER_MOMENT_H
#define AZ_WORKER_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

struct moment {
	int64_t at_ms;		   /* wall time; 0: now */
	int64_t first_ms, last_ms; /* of the history; 0: there is none */
	bool is_making;		   /* there will be more of it in a moment */
};

#endif
