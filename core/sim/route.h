/* From a request to the function that answers it. One row of the table in
 * routes.c says all there is to know of an address. Thread: core. */
#ifndef AZ_SIM_ROUTE_H
#define AZ_SIM_ROUTE_H

#include "sim/world.h"

typedef void (*route_fn)(struct world *w, const struct request *req, struct reply *rep);

enum route_kind {
	ROUTE_OPEN,    /* no token asked */
	ROUTE_ARM,     /* token, api-version, subscription and group must exist */
	ROUTE_DEVOPS,  /* token */
	ROUTE_SERVICE, /* token; see service.h */
	ROUTE_K8S,     /* token, and a cluster that runs */
};

struct write_rule;

struct route {
	enum route_kind kind;
	enum sim_method method;
	bool is_read;	      /* a POST that only asks counts as a read */
	const char *path;     /* segments compare without case; {name} takes one */
	const char *versions; /* blank-separated, newest first */
	route_fn answer;
	const struct write_rule *write; /* in place of it: a change; see write.h */
};

/* Each ended by a NULL path: what is asked, and what is changed. */
extern const struct route sim_routes[];
extern const struct route sim_write_routes[];

void route_dispatch(struct world *w, struct request *req, struct reply *rep);
/* A GET from within: nobody at the door. */
void route_read(struct world *w, struct request *req, struct reply *rep);

#endif
