/* See route.h. */
#include "ai/route.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"

/* Failures in a row: how long it is left alone. Waiting for a model to load is no failure
 * of the server's, and waits are what it says. */
static const int64_t cool_ms[] = {2000, 10000, 30000, 60000, 300000};

/* A new figure counts so much. */
static const double smooth = 0.3;

enum { LOADING_MS = 3000, BUSY_LOOK_MS = 500, LONGEST_MS = 24 * 3600 * 1000 };

/* Why an endpoint is passed over; NULL: it may be asked. */
struct obstacle {
	const char *why;
	int64_t until_ms; /* 0: not by waiting */
};

static enum ai_reach reach_of(const struct ai_need *need)
{
	return need->reach < need->route->reach ? need->reach : need->route->reach;
}

static bool is_over(const struct ai_money *money, double cap)
{
	return !isnan(cap) && money->spent >= cap;
}

static bool is_over_hard(const struct ai_router *r)
{
	return is_over(&r->day, r->day.hard) ||
	       is_over(&r->conversation, r->conversation.hard);
}

static bool is_over_soft(const struct ai_router *r)
{
	return is_over(&r->day, r->day.soft) ||
	       is_over(&r->conversation, r->conversation.soft);
}

/* What has no price is taken for free where it is local, and for dear where not. */
static double price_of(const struct ai_endpoint *e)
{
	if (!isnan(e->price.in) && !isnan(e->price.out))
		return e->price.in + e->price.out;
	return e->is_local ? 0 : INFINITY;
}

static struct obstacle obstacle_of(const struct ai_router *r, const struct ai_need *need,
				   size_t i)
{
	const struct ai_endpoint *e = &r->endpoints[i];
	const struct ai_health *h = &r->health[i];

	if (!e->is_local && reach_of(need) == REACH_LOCAL)
		return (struct obstacle){"what is asked may not leave", 0};
	if (h->is_out)
		return (struct obstacle){model_trouble_help(h->trouble), 0};
	if (need->tried >> i & 1)
		return (struct obstacle){"it has just failed this question", 0};
	if (e->context > 0 && need->tokens > e->context)
		return (struct obstacle){"the question is longer than it can read", 0};
	if (is_over_hard(r) && price_of(e) > 0)
		return (struct obstacle){"the money for it is used up", 0};
	if (h->cool_until_ms > need->now_ms)
		return (struct obstacle){h->trouble == TROUBLE_LOADING
						 ? "it is loading the model"
						 : "it is left alone after it failed",
					 h->cool_until_ms};
	if (e->most_at_once > 0 && h->busy >= e->most_at_once)
		return (struct obstacle){"it is busy with other questions",
					 need->now_ms + BUSY_LOOK_MS};
	return (struct obstacle){0};
}

/* Past a soft cap what costs less goes before what stands first in the route. */
static int pick(const struct ai_router *r, const struct ai_need *need, bool is_thrifty)
{
	int best = ROUTE_NONE;

	for (size_t k = 0; k < need->route->n; k++) {
		size_t i = need->route->endpoints[k];

		if (obstacle_of(r, need, i).why)
			continue;
		if (best == ROUTE_NONE ||
		    (is_thrifty &&
		     price_of(&r->endpoints[i]) < price_of(&r->endpoints[best])))
			best = (int)i;
	}
	return best;
}

static void say_why(const struct ai_router *r, const struct ai_need *need,
		    struct ai_choice *out)
{
	const struct ai_route *route = need->route;
	size_t first = route->endpoints[0];
	struct obstacle obstacle = obstacle_of(r, need, first);

	if (out->endpoint == (int)first)
		snprintf(out->why, sizeof(out->why), "the first of %s", route->name);
	else if (obstacle.why)
		snprintf(out->why, sizeof(out->why), "%s: %s", r->endpoints[first].name,
			 obstacle.why);
	else
		snprintf(out->why, sizeof(out->why), "it costs less than %s",
			 r->endpoints[first].name);
}

static void say_none(const struct ai_router *r, const struct ai_need *need,
		     struct ai_choice *out)
{
	struct strbuf why;

	strbuf_init(&why, sizeof(out->why) - 1);
	out->wait_ms = -1;
	for (size_t k = 0; k < need->route->n; k++) {
		size_t i = need->route->endpoints[k];
		struct obstacle obstacle = obstacle_of(r, need, i);
		int64_t wait_ms = obstacle.until_ms - need->now_ms;

		strbuf_printf(&why, "%s%s: %s", k ? "; " : "", r->endpoints[i].name,
			      obstacle.why);
		if (obstacle.until_ms && (out->wait_ms < 0 || wait_ms < out->wait_ms))
			out->wait_ms = wait_ms;
	}
	if (need->route->n == 0)
		strbuf_printf(&why, "%s has no endpoint", need->route->name);
	snprintf(out->why, sizeof(out->why), "%s", why.p);
	strbuf_fini(&why);
}

void route_choose(const struct ai_router *r, const struct ai_need *need,
		  struct ai_choice *out)
{
	*out = (struct ai_choice){.is_thrifty = is_over_soft(r)};
	out->endpoint = pick(r, need, out->is_thrifty);
	if (out->endpoint == ROUTE_NONE)
		say_none(r, need, out);
	else
		say_why(r, need, out);
}

void route_asked(struct ai_router *r, int endpoint)
{
	r->health[endpoint].busy++;
}

void route_began(struct ai_router *r, int endpoint, int64_t after_ms)
{
	struct ai_health *h = &r->health[endpoint];

	if (isnan(h->first_ms))
		h->first_ms = (double)after_ms;
	else
		h->first_ms += smooth * ((double)after_ms - h->first_ms);
}

static void free_place(struct ai_health *h)
{
	if (h->busy > 0)
		h->busy--;
}

void route_mended(struct ai_router *r, int endpoint)
{
	struct ai_health *h = &r->health[endpoint];

	h->in_row = 0;
	h->cool_until_ms = 0;
	h->trouble = TROUBLE_NONE;
	h->is_out = false;
}

void route_answered(struct ai_router *r, int endpoint)
{
	free_place(&r->health[endpoint]);
	route_mended(r, endpoint);
}

void route_dropped(struct ai_router *r, int endpoint)
{
	free_place(&r->health[endpoint]);
}

static int64_t cooling(const struct ai_health *h, int64_t retry_ms)
{
	size_t row = (size_t)(h->in_row < 1 ? 0 : h->in_row - 1);

	if (retry_ms >= 0)
		return retry_ms < LONGEST_MS ? retry_ms : LONGEST_MS;
	if (h->trouble == TROUBLE_LOADING)
		return LOADING_MS;
	return cool_ms[row < COUNT(cool_ms) ? row : COUNT(cool_ms) - 1];
}

void route_failed(struct ai_router *r, int endpoint, enum model_trouble trouble,
		  int64_t retry_ms, int64_t now_ms)
{
	struct ai_health *h = &r->health[endpoint];

	free_place(h);
	/* These say something of the question, not of who was asked. */
	if (trouble == TROUBLE_FILTERED || trouble == TROUBLE_TOO_LONG ||
	    trouble == TROUBLE_PARAMETER || trouble == TROUBLE_OTHER)
		return;
	h->trouble = trouble;
	h->in_row += trouble != TROUBLE_LOADING;
	h->is_out = trouble == TROUBLE_SIGN_IN || trouble == TROUBLE_MISSING ||
		    trouble == TROUBLE_QUOTA;
	h->cool_until_ms = now_ms + cooling(h, retry_ms);
}

double ai_cost(const struct ai_price *price, int64_t asked, int64_t cached,
	       int64_t answered)
{
	double cached_price = isnan(price->cached) ? price->in : price->cached;
	int64_t old = cached > 0 && cached <= asked ? cached : 0;

	if (asked < 0 || answered < 0)
		return NAN;
	return ((double)(asked - old) * price->in + (double)old * cached_price +
		(double)answered * price->out) /
	       1e6;
}
