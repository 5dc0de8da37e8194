/* The board `ai`: how each endpoint does, and what it cost. */
#include "ai/gateway_part.h"

#include <math.h>
#include <string.h>

#include "base/json.h"

enum { ROUTES_MOST = 300 };

/* In one word, the first that holds. */
static const char *state_of(const struct gateway *g, size_t i)
{
	const struct ai_health *h = &g->router.health[i];

	if (h->is_out)
		return "out";
	if (h->cool_until_ms > gateway_now(g))
		return h->trouble == TROUBLE_LOADING ? "loading" : "cooling";
	if (g->endpoints[i].warming)
		return "loading";
	if (h->busy > 0)
		return "asked";
	return isnan(h->first_ms) && h->trouble == TROUBLE_NONE ? "unused" : "ready";
}

/* null: it is not known. */
static void put(cJSON *row, const char *name, double value, bool is_known)
{
	if (is_known && isfinite(value))
		cJSON_AddNumberToObject(row, name, value);
	else
		cJSON_AddNullToObject(row, name);
}

static void put_text(cJSON *row, const char *name, const char *text)
{
	if (text && text[0])
		cJSON_AddStringToObject(row, name, text);
	else
		cJSON_AddNullToObject(row, name);
}

static bool has_price(const struct gateway *g, size_t i)
{
	return g->known[i].is_local || !isnan(g->known[i].price.in);
}

static void put_health(cJSON *row, const struct gateway *g, size_t i)
{
	const struct ai_health *h = &g->router.health[i];
	int64_t left_ms = h->cool_until_ms - gateway_now(g);

	cJSON_AddStringToObject(row, "state", state_of(g, i));
	put_text(row, "trouble",
		 h->trouble == TROUBLE_NONE ? NULL : model_trouble_name(h->trouble));
	put_text(row, "todo",
		 h->trouble == TROUBLE_NONE ? NULL : model_trouble_help(h->trouble));
	put(row, "cooldownSeconds", (double)((left_ms + 999) / 1000),
	    !h->is_out && left_ms > 0);
	put(row, "firstWordMs", round(h->first_ms), true);
	put(row, "failuresInRow", h->in_row, true);
}

static void put_tally(cJSON *row, const struct gateway *g, size_t i)
{
	const struct endpoint *e = &g->endpoints[i];
	const struct tally *t = &e->tally;

	put(row, "questions", (double)t->questions, true);
	put(row, "answers", (double)t->answers, true);
	put(row, "failures", (double)t->failures, true);
	put(row, "refused", (double)t->refused, true);
	put(row, "tokensAsked", (double)t->asked, true);
	put(row, "tokensCached", (double)t->cached, true);
	put(row, "tokensAnswered", (double)t->answered, true);
	cJSON_AddBoolToObject(row, "isGuess", t->is_guess);
	put(row, "money", t->money, has_price(g, i));
	put_text(row, "currency", g->currency);
	put(row, "leftRequests", (double)e->limits.left_requests,
	    e->limits.left_requests >= 0);
	put(row, "leftTokens", (double)e->limits.left_tokens, e->limits.left_tokens >= 0);
}

/* The routes that would ask it now, and why the first of them would. */
static void put_routes(cJSON *row, const struct gateway *g, size_t i)
{
	struct strbuf routes;
	const char *why = NULL;
	struct ai_choice choice;
	char first[sizeof(choice.why)];

	strbuf_init(&routes, ROUTES_MOST);
	for (size_t k = 0; k < g->n_ways; k++) {
		const struct ai_need need = {.route = &g->ways[k].route,
					     .reach = REACH_CLOUD,
					     .now_ms = gateway_now(g)};

		route_choose(&g->router, &need, &choice);
		if (choice.endpoint != (int)i)
			continue;
		strbuf_printf(&routes, "%s%s", routes.n ? ", " : "",
			      g->ways[k].route.name);
		if (!why) {
			memcpy(first, choice.why, sizeof(first));
			why = first;
		}
	}
	put_text(row, "routes", routes.p);
	put_text(row, "chosen", why);
	strbuf_fini(&routes);
}

/* What may be spent today yet, on all of them together. */
static double budget_left(const struct gateway *g)
{
	const struct ai_money *day = &g->router.day;
	double left = day->hard - day->spent;

	return left > 0 || isnan(left) ? left : 0;
}

cJSON *gateway_rows(struct gateway *g)
{
	cJSON *rows = cJSON_CreateArray();

	gateway_turn_day(g);
	for (size_t i = 0; i < g->n + (g->embedder != NULL); i++) {
		const struct endpoint *e = &g->endpoints[i];
		cJSON *row = cJSON_CreateObject();

		cJSON_AddItemToArray(rows, row);
		cJSON_AddStringToObject(row, "name", e->of->name);
		cJSON_AddStringToObject(row, "kind", e->provider.kind->name);
		cJSON_AddStringToObject(row, "model", e->provider.model);
		cJSON_AddStringToObject(row, "reach",
					g->known[i].is_local ? "local" : "cloud");
		put(row, "context", e->of->context, e->of->context > 0);
		put_health(row, g, i);
		put_text(row, "said", e->said);
		put_routes(row, g, i);
		put(row, "budgetLeft", budget_left(g), g->knows_today);
		put_tally(row, g, i);
	}
	return rows;
}
