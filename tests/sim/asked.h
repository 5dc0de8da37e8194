/* How each address is asked. Thread: the test's (const). */
#ifndef AZ_TESTS_SIM_ASKED_H
#define AZ_TESTS_SIM_ASKED_H

#include "sim/request.h"

/* What a route needs beyond its path; a route with several rows is asked so often,
 * one without is asked with its path alone. */
struct asked {
	const char *tail; /* of the route's path */
	enum sim_method method;
	const char *query;
	const char *body;
};
extern const struct asked asked[];
extern const size_t n_asked;

#endif
