/* Questions come and go: which route one takes, and an end to it before its own. */
#include <stdlib.h>
#include <string.h>

#include "ai/gateway_part.h"
#include "base/xalloc.h"

/* One that is named and not there is not replaced by another, which may be elsewhere. */
static const struct ai_route *none(struct question *q, const char *what, const char *name)
{
	err_set(&q->why, ERR_NOT_FOUND, "there is no %s called %.60s", what, name);
	q->one = (struct ai_route){.name = what};
	return &q->one;
}

static const struct ai_route *find_endpoint(struct question *q, const char *name)
{
	const struct gateway *g = q->g;

	for (q->only = 0; q->only < g->n; q->only++) {
		if (strcmp(name, g->endpoints[q->only].of->name) != 0)
			continue;
		q->one = (struct ai_route){.name = "this question",
					   .endpoints = &q->only,
					   .n = 1,
					   .reach = REACH_CLOUD};
		return &q->one;
	}
	return none(q, "model", name);
}

static bool is_for(const struct config_ai_route *of, const char *kind)
{
	for (size_t k = 0; kind && k < of->n_kinds; k++) {
		if (str_fits_nocase(str_from(kind), str_from(of->kinds[k])))
			return true;
	}
	return of->n_kinds == 0;
}

static const struct ai_route *find_route(struct question *q,
					 const struct gateway_ask *ask)
{
	const struct gateway *g = q->g;
	bool is_named = ask->route && ask->route[0];

	if (ask->only)
		return find_endpoint(q, ask->only);
	if (!is_named)
		return gateway_route_of(g, ask->kind);
	for (size_t i = 0; i + 1 < g->n_ways; i++) {
		if (strcmp(ask->route, g->ways[i].of->name) == 0)
			return &g->ways[i].route;
	}
	return none(q, "route", ask->route);
}

const struct ai_route *gateway_route_of(const struct gateway *g, const char *kind)
{
	for (size_t i = 0; i + 1 < g->n_ways; i++) {
		if (is_for(g->ways[i].of, kind))
			return &g->ways[i].route;
	}
	return &g->ways[g->n_ways - 1].route;
}

void gateway_look_again(struct gateway *g, size_t endpoint, bool is_named)
{
	if (g->router.health[endpoint].is_out &&
	    (is_named ||
	     gateway_now(g) - g->endpoints[endpoint].out_ms >= GATEWAY_OUT_MS))
		route_mended(&g->router, (int)endpoint);
}

uint64_t gateway_ask(struct gateway *g, const struct gateway_ask *ask,
		     gateway_news_fn news, void *ctx)
{
	struct question *q = xcalloc(1, sizeof(*q));
	int64_t deadline_ms = ask->deadline_ms ? ask->deadline_ms : GATEWAY_DEADLINE_MS;

	q->g = g;
	q->id = ++g->last_id;
	q->next = g->first;
	g->first = q;
	arena_init(&q->arena);
	turn_copy(&q->turn, ask->turn, &q->arena);
	q->tokens = turn_tokens(&q->turn);
	q->reach = ask->reach;
	q->has_other = ask->has_other;
	q->patience_ms = ask->has_other ? GATEWAY_PATIENCE_MS : ask->patience_ms;
	q->news = news;
	q->ctx = ctx;
	q->ends_ms = gateway_now(g) + deadline_ms;
	q->may_be_longer = ask->deadline_ms == 0;
	err_clear(&q->why);
	gateway_turn_day(g);
	q->route = find_route(q, ask);
	for (size_t k = 0; k < q->route->n; k++)
		gateway_look_again(g, q->route->endpoints[k], q->route == &q->one);
	question_begin_deadline(q);
	question_choose_soon(q);
	return q->id;
}

void gateway_stop(struct gateway *g, uint64_t id)
{
	struct question *q = g->first;

	while (q && q->id != id)
		q = q->next;
	if (!q)
		return;
	question_unlink(q);
	/* What it is being told of is still looked at. */
	if (q->is_telling) {
		q->is_stopped = true;
		return;
	}
	question_drop_others(q, NULL);
	question_free(q);
}
