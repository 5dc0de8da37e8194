/* See schema_part.h: models that may be asked. Kinds of server and dialects are read off
 * their tables. Thread: any (no state). */
#include "cli/schema_part.h"

#include "ai/provider.h"

static void put_provider_words(cJSON *properties)
{
	const char *words[16] = {0};
	size_t n = 0;

	for (size_t i = 0; provider_kind_at(i) && n < 15; i++)
		words[n++] = provider_kind_at(i)->name;
	schema_put_choice(properties, "kind", "of server", words);
	words[0] = NULL;
	for (n = 0; n < DIALECTS; n++)
		words[n] = dialect_name((enum dialect)n);
	words[n] = NULL;
	schema_put_choice(properties, "dialect",
			  "how it is spoken to, where not as its kind is", words);
}

static void put_providers(cJSON *properties)
{
	cJSON *inner, *amounts, *provider = schema_object(NULL, &inner),
				*prices = schema_object("for a million tokens", &amounts);
	cJSON *list = schema_put(properties, "providers", "array",
				 "model servers, each with one model");

	schema_put(inner, "name", "string", "any text, once; routes and answers name it");
	put_provider_words(inner);
	schema_put(inner, "base", "string",
		   "the URL it is at, where it is not its kind's");
	schema_put(inner, "credential", "string",
		   "a name in \"credentials\", env:NAME, or none, as it is unless it is "
		   "said");
	cJSON_AddItemToObject(inner, "cloud", schema_clouds());
	schema_put(inner, "scope", "string",
		   "of the token, where the kind's does not fit");
	schema_put(inner, "model", "string",
		   "its name; of Azure OpenAI that of the deployment");
	schema_put(inner, "api_version", "string",
		   "of Azure OpenAI: asks at the addresses that have one: 2024-10-21");
	schema_put(amounts, "in", "number", "of what it is sent");
	schema_put(amounts, "out", "number", "of what it writes");
	schema_put(amounts, "cached", "number",
		   "of what it is sent again; in unless it is said");
	schema_require(prices, "in");
	schema_require(prices, "out");
	cJSON_AddItemToObject(inner, "prices", prices);
	schema_put(inner, "context", "integer", "tokens that it can read");
	schema_put(inner, "max_concurrent", "integer", "questions at once");
	schema_put_span(inner, "first_word", "how long its first word may take: 2s");
	schema_put(
		inner, "local", "boolean",
		"it is on this machine or its network: what must not leave may go there");
	schema_require(provider, "name");
	schema_require(provider, "kind");
	schema_require(provider, "model");
	cJSON_AddItemToObject(list, "items", provider);
}

static void put_ai_routes(cJSON *properties)
{
	static const char *const reaches[] = {"local", "cloud", NULL};
	cJSON *inner, *route = schema_object(NULL, &inner);
	cJSON *list = schema_put(properties, "routes", "array",
				 "who answers what; the first one that fits a question");

	schema_put(inner, "name", "string", "any text, once");
	schema_put_texts(inner, "kinds",
			 "of questions, with *; every kind where there are none: cost-*");
	schema_put_texts(inner, "endpoints", "names of providers, first choice first");
	schema_put_choice(inner, "reach",
			  "where what is asked may go; cloud unless it is said", reaches);
	schema_require(route, "name");
	schema_require(route, "endpoints");
	cJSON_AddItemToObject(list, "items", route);
}

static void put_ai_budget(cJSON *properties)
{
	static const char *const spans[] = {"day", "conversation", NULL};
	cJSON *inner, *budget = schema_object("what may be spent", &inner);

	schema_put(inner, "currency", "string",
		   "of prices and caps; USD unless it is said");
	for (const char *const *span = spans; *span; span++) {
		cJSON *caps, *cap = schema_object(NULL, &caps);

		schema_put(caps, "soft", "number",
			   "from here on what costs less goes first");
		schema_put(caps, "hard", "number",
			   "from here on only what is free is asked");
		cJSON_AddItemToObject(inner, *span, cap);
	}
	cJSON_AddItemToObject(properties, "budget", budget);
}

void schema_put_ai(cJSON *properties)
{
	cJSON *inner, *embedder,
		*schema = schema_object("models that the chat may ask", &inner),
		*embeddings = schema_object("who turns runbooks into vectors", &embedder);

	put_providers(inner);
	put_ai_routes(inner);
	put_ai_budget(inner);
	schema_put_texts(inner, "redact",
			 "patterns (PCRE2) of what models are told other words for");
	schema_put(embedder, "endpoint", "string", "name of a provider");
	schema_put(embedder, "model", "string", "its model for that");
	schema_put(embedder, "dimensions", "integer",
		   "numbers of a vector, 8 to 4096; the model's own unless it is said");
	schema_put(embedder, "price", "number", "for a million tokens");
	schema_require(embeddings, "endpoint");
	schema_require(embeddings, "model");
	cJSON_AddItemToObject(inner, "embeddings", embeddings);
	cJSON_AddItemToObject(properties, "ai", schema);
}
