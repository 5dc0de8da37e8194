/* Every address the simulator answers, with every name of the estate put into its
 * braces: walks the table of routes, so a new route is met without being listed.
 * A brace nobody can fill ends the program. Thread: the test's. */
#ifndef AZ_TESTS_SIM_ADDRESSES_H
#define AZ_TESTS_SIM_ADDRESSES_H

#include "sim/ask.h"
#include "sim/route.h"

struct address {
	const struct route *route;
	const char *target; /* for the call only */
	const char *body;   /* or NULL */
};
typedef void (*address_fn)(const struct address *address, void *ctx);

/* The world is read: an operation has an address while it is remembered. */
void addresses_each(const struct world *w, address_fn fn, void *ctx);

#endif
