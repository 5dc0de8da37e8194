/* "ai" of the configuration; see config_ai.h. */
#include "config/config_ai.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "config/config_reader.h"

enum {
	TEXT_MOST = 256,
	PROVIDERS_MOST = 32,
	ROUTES_MOST = 32,
	REDACT_MOST = 64,
	CONTEXT_MOST = 100 * 1000 * 1000,
	DIMS_LEAST = 8,
	DIMS_MOST = 4096,
};

const struct config_ai config_ai_default = {
	.day = {NAN, NAN},
	.conversation = {NAN, NAN},
	.currency = "USD",
	.embedder_price = NAN,
};

#define TEXT(type, member)                                                               \
	.read = config_read_text, CONFIG_AT(type, member), .least = 1, .most = TEXT_MOST

static bool read_amount(struct config_reader *r, const struct config_key *key,
			const cJSON *item, void *out)
{
	if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0) || item->valuedouble > 1e9)
		return config_mistake(r, "must be an amount from 0 on");
	memcpy((char *)out + key->field, &item->valuedouble, sizeof(double));
	return true;
}

#define AMOUNT(type, member) .name = #member, .read = read_amount, CONFIG_AT(type, member)

static const struct config_key price_keys[] = {
	{AMOUNT(config_ai_prices, in), .is_required = true},
	{AMOUNT(config_ai_prices, out), .is_required = true},
	{AMOUNT(config_ai_prices, cached)},
	{0},
};

static bool read_prices(struct config_reader *r, const struct config_key *key,
			const cJSON *item, void *out)
{
	(void)key;
	return config_read_keys(r, price_keys, item, CONFIG_NO_SUCH_KEY,
				&((struct config_ai_provider *)out)->prices);
}

static bool read_first(struct config_reader *r, const struct config_key *key,
		       const cJSON *item, void *out)
{
	int64_t ms;

	(void)key;
	if (!cJSON_IsString(item) || !span_parse(str_from(item->valuestring), &ms) ||
	    ms < 100 || ms > HOUR_MS)
		return config_mistake(r, "must be a time span from 100ms to 1h");
	((struct config_ai_provider *)out)->first_ms = ms;
	return true;
}

static bool read_context(struct config_reader *r, const struct config_key *key,
			 const cJSON *item, void *out)
{
	(void)key;
	if (!cJSON_IsNumber(item) || item->valuedouble != (double)item->valueint ||
	    item->valueint < 1 || item->valueint > CONTEXT_MOST)
		return config_mistake(r, "must be a whole number of tokens");
	((struct config_ai_provider *)out)->context = item->valueint;
	return true;
}

static bool read_place(struct config_reader *r, const struct config_key *key,
		       const cJSON *item, void *out)
{
	((struct config_ai_provider *)out)->has_place = true;
	return config_read_bool(r, key, item, out);
}

static const char *const clouds[] = {"public", "usgovernment", "china", NULL};

static const struct config_key provider_keys[] = {
	{.name = "name", TEXT(config_ai_provider, name), .is_required = true},
	{.name = "kind", TEXT(config_ai_provider, kind), .is_required = true},
	{.name = "base", TEXT(config_ai_provider, base)},
	{.name = "credential", TEXT(config_ai_provider, credential)},
	{.name = "cloud", TEXT(config_ai_provider, cloud), .words = clouds},
	{.name = "scope", TEXT(config_ai_provider, scope)},
	{.name = "model", TEXT(config_ai_provider, model), .is_required = true},
	{.name = "api_version", TEXT(config_ai_provider, api_version)},
	{.name = "dialect", TEXT(config_ai_provider, dialect)},
	{.name = "prices", .read = read_prices},
	{.name = "context", .read = read_context},
	{.name = "max_concurrent",
	 .read = config_read_count,
	 CONFIG_AT(config_ai_provider, max_concurrent)},
	{.name = "first_word", .read = read_first},
	{.name = "local", .read = read_place, CONFIG_AT(config_ai_provider, is_local)},
	{0},
};

static const struct config_ai_provider *provider(const struct config_ai *ai,
						 const char *name)
{
	for (size_t i = 0; i < ai->n_providers; i++) {
		if (strcmp(ai->providers[i].name, name) == 0)
			return &ai->providers[i];
	}
	return NULL;
}

static bool read_provider(struct config_reader *r, const cJSON *item,
			  struct config_ai *ai)
{
	struct config_ai_provider one = {.credential = "none",
					 .cloud = "public",
					 .prices = {NAN, NAN, NAN}};

	if (!config_read_keys(r, provider_keys, item, CONFIG_NO_SUCH_KEY, &one) ||
	    !config_check_credential(r, one.credential))
		return false;
	if (provider(ai, one.name))
		return config_mistake_at(r, "name", "another provider has this name");
	ai->providers[ai->n_providers++] = one;
	return true;
}

static bool read_providers(struct config_reader *r, const struct config_key *key,
			   const cJSON *list, void *out)
{
	struct config_ai *ai = out;
	const cJSON *item;

	(void)key;
	if (!config_is_list(r, list, PROVIDERS_MOST))
		return false;
	ai->providers = config_room(r, list, sizeof(*ai->providers));
	cJSON_ArrayForEach (item, list) {
		size_t mark = config_enter_item(r, ai->n_providers);

		if (!read_provider(r, item, ai))
			return false;
		config_leave(r, mark);
	}
	return true;
}

static bool read_reach(struct config_reader *r, const struct config_key *key,
		       const cJSON *item, void *out)
{
	static const char *const words[] = {"local", "cloud", NULL};
	const struct config_key as_text = {.words = words};
	const char *word = NULL;

	(void)key;
	if (!config_read_text(r, &as_text, item, &word))
		return false;
	((struct config_ai_route *)out)->is_local = strcmp(word, "local") == 0;
	return true;
}

static const struct config_key route_keys[] = {
	{.name = "name", TEXT(config_ai_route, name), .is_required = true},
	{CONFIG_TEXTS(config_ai_route, kinds)},
	{CONFIG_TEXTS(config_ai_route, endpoints), .is_required = true},
	{.name = "reach", .read = read_reach},
	{0},
};

static bool read_route(struct config_reader *r, const cJSON *item, struct config_ai *ai)
{
	struct config_ai_route *out = &ai->routes[ai->n_routes];

	if (!config_read_keys(r, route_keys, item, CONFIG_NO_SUCH_KEY, out))
		return false;
	for (size_t i = 0; i < ai->n_routes; i++) {
		if (strcmp(ai->routes[i].name, out->name) == 0)
			return config_mistake_at(r, "name",
						 "another route has this name");
	}
	ai->n_routes++;
	return true;
}

static bool read_routes(struct config_reader *r, const struct config_key *key,
			const cJSON *list, void *out)
{
	struct config_ai *ai = out;
	const cJSON *item;

	(void)key;
	if (!config_is_list(r, list, ROUTES_MOST))
		return false;
	ai->routes = config_room(r, list, sizeof(*ai->routes));
	cJSON_ArrayForEach (item, list) {
		size_t mark = config_enter_item(r, ai->n_routes);

		if (!read_route(r, item, ai))
			return false;
		config_leave(r, mark);
	}
	return true;
}

static const struct config_key cap_keys[] = {
	{AMOUNT(config_ai_cap, soft)},
	{AMOUNT(config_ai_cap, hard)},
	{0},
};

static bool read_cap(struct config_reader *r, const struct config_key *key,
		     const cJSON *item, void *out)
{
	struct config_ai_cap *cap = (void *)((char *)out + key->field);

	if (!config_read_keys(r, cap_keys, item, CONFIG_NO_SUCH_KEY, cap))
		return false;
	return !(cap->soft > cap->hard) ||
	       config_mistake(r, "the soft cap is above the hard one");
}

static const struct config_key budget_keys[] = {
	{.name = "currency", TEXT(config_ai, currency)},
	{.name = "day", .read = read_cap, CONFIG_AT(config_ai, day)},
	{.name = "conversation", .read = read_cap, CONFIG_AT(config_ai, conversation)},
	{0},
};

static bool read_budget(struct config_reader *r, const struct config_key *key,
			const cJSON *item, void *out)
{
	(void)key;
	return config_read_keys(r, budget_keys, item, CONFIG_NO_SUCH_KEY, out);
}

static bool read_redact(struct config_reader *r, const struct config_key *key,
			const cJSON *list, void *out)
{
	return config_is_list(r, list, REDACT_MOST) &&
	       config_read_texts(r, key, list, out);
}

static bool read_dims(struct config_reader *r, const struct config_key *key,
		      const cJSON *item, void *out)
{
	(void)key;
	if (!cJSON_IsNumber(item) || item->valuedouble != (double)item->valueint ||
	    item->valueint < DIMS_LEAST || item->valueint > DIMS_MOST)
		return config_mistake(r, "must be a whole number from 8 to 4096");
	((struct config_ai *)out)->embedder_dims = item->valueint;
	return true;
}

static const struct config_key embedding_keys[] = {
	{.name = "endpoint", TEXT(config_ai, embedder), .is_required = true},
	{.name = "model", TEXT(config_ai, embedder_model), .is_required = true},
	{.name = "dimensions", .read = read_dims},
	{.name = "price", .read = read_amount, CONFIG_AT(config_ai, embedder_price)},
	{0},
};

static bool read_embeddings(struct config_reader *r, const struct config_key *key,
			    const cJSON *item, void *out)
{
	(void)key;
	return config_read_keys(r, embedding_keys, item, CONFIG_NO_SUCH_KEY, out);
}

static const struct config_key ai_keys[] = {
	{.name = "providers", .read = read_providers},
	{.name = "routes", .read = read_routes},
	{.name = "budget", .read = read_budget},
	{.name = "redact",
	 .read = read_redact,
	 CONFIG_AT(config_ai, redact),
	 .count = offsetof(struct config_ai, n_redact)},
	{.name = "embeddings", .read = read_embeddings},
	{0},
};

/* Names of providers, wherever those stand. */
static bool check_names(struct config_reader *r, const struct config_ai *ai)
{
	for (size_t i = 0; i < ai->n_routes; i++) {
		size_t list = config_enter(r, "routes"), item = config_enter_item(r, i);

		for (size_t k = 0; k < ai->routes[i].n_endpoints; k++) {
			if (!provider(ai, ai->routes[i].endpoints[k]))
				return config_mistake_at(
					r, "endpoints",
					"names a provider that is not there");
		}
		config_leave(r, item);
		config_leave(r, list);
	}
	if (!ai->embedder || provider(ai, ai->embedder))
		return true;
	config_enter(r, "embeddings");
	return config_mistake_at(r, "endpoint", "there is no provider of this name");
}

bool config_read_ai(struct config_reader *r, const struct config_key *key,
		    const cJSON *object, void *out)
{
	struct config_ai *ai = &((struct config *)out)->ai;

	(void)key;
	return config_read_keys(r, ai_keys, object, CONFIG_NO_SUCH_KEY, ai) &&
	       check_names(r, ai);
}
