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
	for (size_t i = 0; i + 1 < g->n_ways; i++) {
		const struct config_ai_route *of = g->ways[i].of;

		if (is_named ? strcmp(ask->route, of->name) == 0 : is_for(of, ask->kind))
			return &g->ways[i].route;
	}
	return is_named ? none(q, "route", ask->route) : &g->ways[g->n_ways - 1].route;
}

/* Somebody may have mended it by now; one that a person names is asked anyway. */
static void look_again_at(struct gateway *g, const struct ai_route *route, bool is_named)
{
	for (size_t k = 0; k < route->n; k++) {
		size_t i = route->endpoints[k];

		if (g->router.health[i].is_out &&
		    (is_named ||
		     gateway_now(g) - g->endpoints[i].out_ms >= GATEWAY_OUT_MS))
			route_mended(&g->router, (int)i);
	}
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
	q->news = news;
	q->ctx = ctx;
	q->ends_ms = gateway_now(g) + deadline_ms;
	q->may_be_longer = ask->deadline_ms == 0;
	err_clear(&q->why);
	gateway_turn_day(g);
	q->route = find_route(q, ask);
	look_again_at(g, q->route, q->route == &q->one);
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
