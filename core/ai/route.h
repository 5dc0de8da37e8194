/* Which model is asked: the endpoints of the configuration, how each is doing, and what a
 * question may be asked of. Pure: who asks tells what happened, and the clock is the
 * caller's. What is chosen and why is said in words that stand on the screen.
 *
 * An endpoint that failed is left alone for a while, as long as it says itself or longer
 * with each failure; the next one of the route is asked meanwhile. When nothing is left
 * it is said why, and when something will be. Thread: core. */
#ifndef AZ_AI_ROUTE_H
#define AZ_AI_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ai/model_error.h"
#include "base/strbuf.h"

/* What of the estate may be in a question. */
enum ai_reach {
	REACH_LOCAL, /* nothing leaves this machine and its network */
	REACH_CLOUD, /* endpoints of the cloud may read it */
};

/* Prices for a million tokens; NAN: not known. */
struct ai_price {
	double in, out, cached;
};

struct ai_endpoint {
	const char *name;
	bool is_local;
	int context;	  /* tokens it can read; 0: not known */
	int most_at_once; /* questions; 0: any */
	struct ai_price price;
	int64_t first_ms; /* the longest that its first word may take; 0: the default */
};

/* How it is doing. */
struct ai_health {
	double first_ms; /* of its first word, smoothed; NAN: never asked */
	int in_row;	 /* failures since it last answered */
	int64_t cool_until_ms;
	int busy;		    /* questions under way */
	enum model_trouble trouble; /* the last one, until it answers */
	bool is_out; /* a person has to mend it: nothing is asked of it any more */
};

struct ai_money {
	double soft, hard; /* caps; NAN: none */
	double spent;
};

struct ai_route {
	const char *name;
	/* Of the router's endpoints, first choice first. */
	const size_t *endpoints;
	size_t n;
	enum ai_reach reach;
};

struct ai_router {
	const struct ai_endpoint *endpoints;
	struct ai_health *health; /* one for each */
	size_t n;
	struct ai_money day, conversation;
};

struct ai_need {
	const struct ai_route *route;
	enum ai_reach reach; /* of this question: the narrower of the two counts */
	int tokens;	     /* that it is about to send; an estimate */
	uint64_t tried;	     /* bit i: endpoint i has failed this question already */
	int64_t now_ms;
};

enum { ROUTE_NONE = -1 };

struct ai_choice {
	int endpoint;	 /* or ROUTE_NONE */
	int64_t wait_ms; /* none, but one will be in so long; -1: not by waiting */
	bool is_thrifty; /* past a soft cap: cheaper ones were preferred */
	char why[240];	 /* why this one, or why none */
};

void route_choose(const struct ai_router *router, const struct ai_need *need,
		  struct ai_choice *out);

/* What happened to a question. */
void route_asked(struct ai_router *router, int endpoint);
void route_began(struct ai_router *router, int endpoint, int64_t after_ms);
void route_answered(struct ai_router *router, int endpoint);
/* `retry_ms`: as it said; -1. */
void route_failed(struct ai_router *router, int endpoint, enum model_trouble trouble,
		  int64_t retry_ms, int64_t now_ms);
/* Given up by whoever asked: says nothing of the endpoint. */
void route_dropped(struct ai_router *router, int endpoint);
/* Somebody mended it, or says so. */
void route_mended(struct ai_router *router, int endpoint);

/* What tokens cost, as far as prices are known; NAN. */
double ai_cost(const struct ai_price *price, int64_t asked, int64_t cached,
	       int64_t answered);

#endif
