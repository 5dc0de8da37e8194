/* See gateway.h. Endpoints and routes of the configuration, and what was spent. */
#include "ai/gateway_part.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/timefmt.h"
#include "base/xalloc.h"

/* The simulator's own deployment, which the demo asks. */
#define SIM_PATH "/_openai/oai-atlas-prod-weu"
static const struct config_ai_provider sim_provider = {
	.name = "azure",
	.kind = "azure-openai",
	.credential = "sim",
	.cloud = "public",
	.model = "chat",
	.prices = {2.5, 10, 1.25},
	.context = 128000,
};
#define SIM_EMBEDDER "embed"
enum { SIM_DIMS = 512 };
#define SIM_EMBEDDER_PRICE 0.13

int64_t gateway_now(const struct gateway *g)
{
	return clock_mono_ms(loop_clock(g->loop));
}

static bool fail(const struct config *config, size_t i, const char *key, const char *what,
		 struct err *err)
{
	char path[80];

	snprintf(path, sizeof(path), "ai.providers[%zu]%s%s", i, key[0] ? "." : "", key);
	return config_fail(config, path, what, err);
}

static bool read_kind(const struct config *config, size_t i, struct endpoint *e,
		      struct err *err)
{
	const struct config_ai_provider *of = e->of;
	char what[160] = "must be one of:";
	struct provider *p = &e->provider;

	p->kind = provider_kind_find(str_from(of->kind));
	for (size_t k = 0; !p->kind && provider_kind_at(k); k++) {
		size_t n = strlen(what);

		snprintf(what + n, sizeof(what) - n, " %s", provider_kind_at(k)->name);
	}
	if (!p->kind)
		return fail(config, i, "kind", what, err);
	p->dialect = p->kind->dialect;
	if (of->dialect && !dialect_find(str_from(of->dialect), &p->dialect))
		return fail(config, i, "dialect", "must be one of: chat responses ollama",
			    err);
	p->base = of->base ? of->base : p->kind->base;
	if (!p->base)
		return fail(config, i, "", "needs its \"base\": the URL it is at", err);
	p->model = of->model;
	p->api_version = of->api_version;
	return true;
}

bool gateway_check(const struct config *config, struct err *err)
{
	for (size_t i = 0; i < config->ai.n_providers; i++) {
		struct endpoint e = {.of = &config->ai.providers[i]};

		if (!read_kind(config, i, &e, err))
			return false;
	}
	return true;
}

/* `at` is its place among the endpoints, `i` that of its provider. */
static bool open_endpoint(struct gateway *g, const struct gateway_options *o, size_t at,
			  size_t i, struct err *err)
{
	struct endpoint *e = &g->endpoints[at];
	struct strbuf text;
	char path[80];

	e->g = g;
	e->limits = (struct model_limits){-1, -1};
	e->out_ms = INT64_MIN / 2;
	if (!read_kind(o->config, i, e, err))
		return false;
	snprintf(path, sizeof(path), "ai.providers[%zu].credential", i);
	e->credential = o->identity(e->of, path, o->identity_ctx, err);
	if (!e->credential)
		return false;
	strbuf_init(&text, 4096);
	if (at < g->n)
		provider_put_url(&e->provider, &text);
	else
		provider_put_embed_url(&e->provider, &text);
	e->url = arena_strdup(&g->arena, strbuf_str(&text));
	strbuf_reset(&text);
	strbuf_printf(&text, "ai:%s", e->of->name);
	e->key = arena_strdup(&g->arena, strbuf_str(&text));
	strbuf_fini(&text);
	return true;
}

static void put_known(struct gateway *g, size_t i)
{
	const struct endpoint *e = &g->endpoints[i];
	bool is_local = e->of->has_place ? e->of->is_local : e->provider.kind->is_local;

	g->known[i] = (struct ai_endpoint){
		.name = e->of->name,
		.is_local = is_local,
		.context = e->of->context,
		.most_at_once = e->of->max_concurrent,
		.price = {e->of->prices.in, e->of->prices.out, e->of->prices.cached},
		.first_ms = e->of->first_ms ? e->of->first_ms
			    : is_local	    ? GATEWAY_LOCAL_FIRST_MS
					    : GATEWAY_FIRST_MS,
	};
	g->router.health[i].first_ms = NAN;
}

/* The configuration has checked that they are there. */
static size_t endpoint_named(const struct gateway *g, const char *name)
{
	size_t i = 0;

	while (i < g->n && strcmp(g->endpoints[i].of->name, name) != 0)
		i++;
	return i;
}

/* A provider like the one that is named, with another model. */
static bool open_embedder(struct gateway *g, const struct gateway_options *o,
			  const struct config_ai *ai, struct err *err)
{
	size_t i = 0;
	struct strbuf text;

	if (!ai->embedder)
		return true;
	while (strcmp(ai->providers[i].name, ai->embedder) != 0)
		i++;
	strbuf_init(&text, 1024);
	gateway_put_embedder(ai, &text);
	g->embedder = arena_strdup(&g->arena, strbuf_str(&text));
	strbuf_reset(&text);
	strbuf_printf(&text, "%s (embeddings)", ai->embedder);
	g->embeds = ai->providers[i];
	g->embeds.name = arena_strdup(&g->arena, strbuf_str(&text));
	strbuf_fini(&text);
	g->embeds.model = ai->embedder_model;
	g->embeds.prices = (struct config_ai_prices){ai->embedder_price, 0, NAN};
	g->embeds.context = 0;
	g->embed_dims = ai->embedder_dims;
	g->endpoints[g->n].of = &g->embeds;
	if (!open_endpoint(g, o, g->n, i, err))
		return false;
	put_known(g, g->n);
	return true;
}

void gateway_put_embedder(const struct config_ai *ai, struct strbuf *out)
{
	if (!ai->embedder)
		return;
	strbuf_printf(out, "%s/%s", ai->embedder, ai->embedder_model);
	if (ai->embedder_dims)
		strbuf_printf(out, "/%d", ai->embedder_dims);
}

static void read_ways(struct gateway *g, const struct config_ai *ai)
{
	size_t *all = arena_calloc(&g->arena, g->n + 1, sizeof(*all));

	g->ways = arena_calloc(&g->arena, ai->n_routes + 1, sizeof(*g->ways));
	for (size_t i = 0; i < ai->n_routes; i++) {
		const struct config_ai_route *of = &ai->routes[i];
		size_t *list =
			arena_calloc(&g->arena, of->n_endpoints + 1, sizeof(*list));

		for (size_t k = 0; k < of->n_endpoints; k++)
			list[k] = endpoint_named(g, of->endpoints[k]);
		g->ways[g->n_ways++] =
			(struct way){.route = {.name = of->name,
					       .endpoints = list,
					       .n = of->n_endpoints,
					       .reach = of->is_local ? REACH_LOCAL
								     : REACH_CLOUD},
				     .of = of};
	}
	for (size_t i = 0; i < g->n; i++)
		all[i] = i;
	g->ways[g->n_ways++] = (struct way){.route = {.name = "all providers",
						      .endpoints = all,
						      .n = g->n,
						      .reach = REACH_CLOUD}};
}

static bool open_all(struct gateway *g, const struct gateway_options *o,
		     const struct config_ai *ai, struct err *err)
{
	g->n = ai->n_providers;
	g->endpoints = arena_calloc(&g->arena, g->n + 1, sizeof(*g->endpoints));
	g->known = arena_calloc(&g->arena, g->n + 1, sizeof(*g->known));
	g->router = (struct ai_router){
		.endpoints = g->known,
		.health = arena_calloc(&g->arena, g->n + 1, sizeof(struct ai_health)),
		.n = g->n,
		.day = {ai->day.soft, ai->day.hard, 0},
		.conversation = {ai->conversation.soft, ai->conversation.hard, 0},
	};
	g->currency = ai->currency;
	for (size_t i = 0; i < g->n; i++) {
		g->endpoints[i].of = &ai->providers[i];
		if (!open_endpoint(g, o, i, i, err))
			return false;
		put_known(g, i);
	}
	read_ways(g, ai);
	return open_embedder(g, o, ai, err);
}

struct gateway *gateway_new(const struct gateway_options *o, struct err *err)
{
	struct gateway *g = xcalloc(1, sizeof(*g));
	struct config_ai sim = config_ai_default;
	struct strbuf base;
	bool ok;

	*g = (struct gateway){.loop = o->loop,
			      .http = o->http,
			      .log = o->log,
			      .spent = o->spent,
			      .spent_ctx = o->spent_ctx,
			      .knows_today = !o->has_kept};
	arena_init(&g->arena);
	g->sim = sim_provider;
	strbuf_init(&base, 1024);
	if (o->simulator)
		strbuf_printf(&base, "%s" SIM_PATH, o->simulator);
	g->sim.base = arena_strdup(&g->arena, strbuf_str(&base));
	strbuf_fini(&base);
	sim.providers = &g->sim;
	sim.n_providers = 1;
	sim.embedder = sim_provider.name;
	sim.embedder_model = SIM_EMBEDDER;
	sim.embedder_dims = SIM_DIMS;
	sim.embedder_price = SIM_EMBEDDER_PRICE;
	ok = open_all(g, o, o->simulator ? &sim : &o->config->ai, err);
	gateway_turn_day(g);
	if (ok)
		return g;
	gateway_free(g);
	return NULL;
}

void gateway_free(struct gateway *g)
{
	if (!g)
		return;
	while (g->first)
		gateway_stop(g, g->first->id);
	embed_stop_all(g);
	for (size_t i = 0; i < g->n; i++)
		warm_stop(&g->endpoints[i]);
	arena_fini(&g->arena);
	free(g);
}

bool gateway_has_models(const struct gateway *g)
{
	return g->n > 0;
}

const struct ai_router *gateway_router(const struct gateway *g)
{
	return &g->router;
}

const char *gateway_endpoint(const struct gateway *g, size_t i)
{
	return i < g->n ? g->endpoints[i].of->name : NULL;
}

const char *gateway_route(const struct gateway *g, size_t i)
{
	return i + 1 < g->n_ways ? g->ways[i].of->name : NULL;
}

void gateway_turn_day(struct gateway *g)
{
	int64_t day = clock_wall_ms(loop_clock(g->loop)) / DAY_MS;

	if (day == g->today.day)
		return;
	g->today = (struct gateway_spent){.day = day};
	g->router.day.spent = 0;
}

struct gateway_spent gateway_today(struct gateway *g)
{
	gateway_turn_day(g);
	return g->today;
}

void gateway_today_begin(struct gateway *g, const struct gateway_spent *kept)
{
	gateway_turn_day(g);
	g->knows_today = true;
	if (kept->day != g->today.day || !(kept->money >= 0))
		return;
	g->today = *kept;
	g->router.day.spent = kept->money;
}

void gateway_count(struct gateway *g, const struct gateway_spent *more)
{
	struct gateway_spent told = *more;

	gateway_turn_day(g);
	g->today.questions += more->questions;
	g->today.asked += more->asked;
	g->today.cached += more->cached;
	g->today.answered += more->answered;
	g->today.money += more->money;
	g->today.is_guess |= more->is_guess;
	g->router.day.spent += more->money;
	told.day = g->today.day;
	if (g->spent)
		g->spent(&told, g->spent_ctx);
}

const char *gateway_currency(const struct gateway *g)
{
	return g->currency;
}

double gateway_conversation(const struct gateway *g)
{
	return g->router.conversation.spent;
}

void gateway_conversation_begin(struct gateway *g, double spent)
{
	g->router.conversation.spent = spent;
}

/* What it said, or a guess from what was sent and came. */
static bool count_tokens(const struct question *q, const struct try *t, int64_t *asked,
			 int64_t *answered)
{
	const struct reply_usage *u = &t->reply.usage;
	size_t bytes = t->reply.text.n + t->reply.thought.n + t->reply.refusal.n;

	*asked = u->asked;
	*answered = u->answered;
	for (size_t i = 0; i < t->reply.n_calls; i++)
		bytes += t->reply.calls[i].arguments.n;
	/* A cached prompt is not always counted. */
	if (*asked < 0)
		*asked = q->tokens;
	if (*answered < 0)
		*answered = (int64_t)(bytes + 3) / 4;
	return u->asked >= 0 && u->answered >= 0;
}

static double price(const struct gateway *g, const struct try *t, int64_t asked,
		    int64_t answered)
{
	const struct ai_endpoint *known = &g->known[t->endpoint];
	double money = ai_cost(&known->price, asked, t->reply.usage.cached, answered);

	return isnan(money) && known->is_local ? 0 : money;
}

void gateway_spend(struct question *q, const struct try *t)
{
	struct gateway *g = q->g;
	struct tally *tally = &g->endpoints[t->endpoint].tally;
	int64_t cached = t->reply.usage.cached > 0 ? t->reply.usage.cached : 0;
	int64_t asked, answered;
	bool is_said;
	double money;

	if (!t->has_bytes)
		return;
	is_said = count_tokens(q, t, &asked, &answered);
	money = price(g, t, asked, answered);
	q->asked += asked;
	q->answered += answered;
	q->money += money;
	q->is_guess |= !is_said;
	tally->asked += asked;
	tally->answered += answered;
	tally->is_guess |= !is_said;
	tally->cached += cached;
	gateway_count(g, &(struct gateway_spent){.asked = asked,
						 .cached = cached,
						 .answered = answered,
						 .money = isnan(money) ? 0 : money,
						 .is_guess = !is_said});
	if (isnan(money))
		return;
	tally->money += money;
	g->router.conversation.spent += money;
}
