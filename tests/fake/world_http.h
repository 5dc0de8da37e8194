/* In place of net/http.c: requests are answered by a simulated world, without a socket,
 * as soon as the faked loop turns. Link the object before the libraries, with
 * fake_loop.c. Thread: the test's. */
#ifndef AZ_TESTS_FAKE_WORLD_HTTP_H
#define AZ_TESTS_FAKE_WORLD_HTTP_H

#include "net/http.h"
#include "sim/world.h"

#define WORLD_HTTP_BASE "http://sim.test"

enum world_fault {
	WORLD_FAULT_NONE,
	WORLD_FAULT_CONFLICT, /* 409 */
	WORLD_FAULT_CHANGED,  /* 412 */
	WORLD_FAULT_FORBIDDEN,
	WORLD_FAULT_THROTTLED, /* 429 with a wait */
	WORLD_FAULT_BROKEN,    /* 500, and nothing was done */
	WORLD_FAULT_UNSURE,    /* 500, and it was done */
	WORLD_FAULT_LOST,      /* done, and the answer does not come */
	WORLD_FAULT_TOKEN,     /* the token has expired */
	WORLD_FAULT_LATE,      /* so it has at the first question after it */
	WORLD_FAULT_COUNT
};
const char *world_fault_name(enum world_fault fault);

/* The world is borrowed. */
struct http *world_http_new(struct loop *loop, struct world *world);
/* Of the next request that changes something, once. */
void world_http_fault(struct http *http, enum world_fault fault);
/* Requests that would change something, answered or not. */
size_t world_http_writes(const struct http *http);

#endif
