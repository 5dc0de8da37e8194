/* "ai" of the configuration: what it gives, and where its mistakes are said to be. */
#include "unit/check.h"

#include <math.h>

#include "config/config.h"

#define AI(keys)       "{\"ai\":{" keys "}}"
#define PROVIDER(keys) AI("\"providers\":[{\"name\":\"a\",\"kind\":\"ollama\"," keys "}]")
#define ONE	       "{\"name\":\"a\",\"kind\":\"ollama\",\"model\":\"m\"}"
#define ROUTE(keys)    AI("\"providers\":[" ONE "],\"routes\":[{\"name\":\"r\"," keys "}]")

static const struct mistake {
	const char *name, *text, *says;
} mistakes[] = {
	{"in a list", "{\"ai\":[]}", "ai: must be an object"},
	{"unknown part", "{\"ai\":{\n\"model\":\"m\"}}",
	 "line 2, column 9: ai.model: there is no such key"},
	{"providers by name", AI("\"providers\":{}"), "ai.providers: must be a list"},
	{"no model", AI("\"providers\":[{\"name\":\"a\",\"kind\":\"ollama\"}]"),
	 "ai.providers[0]: \"model\" is missing"},
	{"no kind", AI("\"providers\":[{\"name\":\"a\",\"model\":\"m\"}]"),
	 "\"kind\" is missing"},
	{"an empty model", PROVIDER("\"model\":\"\""),
	 "ai.providers[0].model: must not be empty"},
	{"a key in the file", PROVIDER("\"model\":\"m\",\"credential\":\"sk-12345\""),
	 "ai.providers[0].credential: names where the token is, never the token"},
	{"two of a name", AI("\"providers\":[" ONE ",\n" ONE "]"),
	 "line 2, column 9: ai.providers[1].name: another provider has this name"},
	{"a price below nothing",
	 PROVIDER("\"model\":\"m\",\"prices\":{\"in\":-1,\"out\":1}"),
	 "ai.providers[0].prices.in: must be an amount from 0 on"},
	{"half a price", PROVIDER("\"model\":\"m\",\"prices\":{\"in\":1}"),
	 "ai.providers[0].prices: \"out\" is missing"},
	{"a first word in words", PROVIDER("\"model\":\"m\",\"first_word\":2000"),
	 "ai.providers[0].first_word: must be a time span from 100ms to 1h"},
	{"a first word at once", PROVIDER("\"model\":\"m\",\"first_word\":\"1ms\""),
	 "must be a time span from 100ms to 1h"},
	{"half a token", PROVIDER("\"model\":\"m\",\"context\":0.5"),
	 "ai.providers[0].context: must be a whole number of tokens"},
	{"place in words", PROVIDER("\"model\":\"m\",\"local\":\"yes\""),
	 "ai.providers[0].local: must be true or false"},
	{"a route to nobody", ROUTE("\"endpoints\":[\"b\"]"),
	 "ai.routes[0].endpoints: names a provider that is not there"},
	{"a route without endpoints", ROUTE("\"kinds\":[\"cost-*\"]"),
	 "ai.routes[0]: \"endpoints\" is missing"},
	{"a reach", ROUTE("\"endpoints\":[\"a\"],\"reach\":\"moon\""),
	 "ai.routes[0].reach: must be one of: local cloud"},
	{"two routes of a name",
	 AI("\"providers\":[" ONE "],\"routes\":[{\"name\":\"r\",\"endpoints\":[]},"
	    "{\"name\":\"r\",\"endpoints\":[]}]"),
	 "ai.routes[1].name: another route has this name"},
	{"caps in the wrong order", AI("\"budget\":{\"day\":{\"soft\":5,\"hard\":1}}"),
	 "ai.budget.day: the soft cap is above the hard one"},
	{"a cap of what", AI("\"budget\":{\"week\":{}}"),
	 "ai.budget.week: there is no such key"},
	{"redact one", AI("\"redact\":\"a\""), "ai.redact: must be a list"},
	{"embeddings of nobody",
	 AI("\"embeddings\":{\"endpoint\":\"x\",\"model\":\"m\"}"),
	 "ai.embeddings.endpoint: there is no provider of this name"},
};

static void test_mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		const struct mistake *m = &mistakes[i];
		struct err err = {0};

		check_case(m->name,
			   !config_parse(str_from(m->text), "config.json", &err));
		if (err.code != ERR_CONFIG || !strstr(err.text, m->says))
			fail_msg("%s: %s", m->name, err.text);
	}
}

/* Routes may stand before the providers they name. */
static const char whole[] =
	"{\"ai\":{\"routes\":[{\"name\":\"logs\",\"kinds\":[\"log-*\"],"
	"\"endpoints\":[\"here\"],\"reach\":\"local\"},"
	"{\"name\":\"all\",\"endpoints\":[\"azure\",\"here\"],\"reach\":\"cloud\"}],"
	"\"providers\":[{\"name\":\"azure\",\"kind\":\"azure-openai\","
	"\"base\":\"https://oai.example\",\"model\":\"chat\",\"credential\":\"az\","
	"\"api_version\":\"2024-10-21\",\"dialect\":\"chat\",\"context\":128000,"
	"\"prices\":{\"in\":2.5,\"out\":10},\"max_concurrent\":2,"
	"\"first_word\":\"1500ms\",\"cloud\":\"china\",\"local\":false},"
	"{\"name\":\"here\",\"kind\":\"ollama\",\"model\":\"qwen3:8b\"}],"
	"\"budget\":{\"currency\":\"EUR\",\"day\":{\"soft\":1,\"hard\":5}},"
	"\"redact\":[\"atlas-[0-9]+\"],"
	"\"embeddings\":{\"endpoint\":\"here\",\"model\":\"nomic\"}}}";

static void check_provider(const struct config_ai_provider *p)
{
	assert_string_equal(p->name, "azure");
	assert_string_equal(p->kind, "azure-openai");
	assert_string_equal(p->base, "https://oai.example");
	assert_string_equal(p->credential, "az");
	assert_string_equal(p->cloud, "china");
	assert_string_equal(p->model, "chat");
	assert_string_equal(p->api_version, "2024-10-21");
	assert_string_equal(p->dialect, "chat");
	assert_int_equal(p->context, 128000);
	assert_int_equal(p->max_concurrent, 2);
	assert_int_equal(p->first_ms, 1500);
	assert_true(p->has_place);
	assert_false(p->is_local);
	assert_true(p->prices.in == 2.5 && p->prices.out == 10);
	assert_true(isnan(p->prices.cached));
}

static void test_whole(void **state)
{
	struct err err = {0};
	struct config *c = config_parse(STR(whole), "config.json", &err);

	(void)state;
	if (!c)
		fail_msg("%s", err.text);
	assert_int_equal(c->ai.n_providers, 2);
	check_provider(&c->ai.providers[0]);
	assert_string_equal(c->ai.providers[1].credential, "none");
	assert_true(isnan(c->ai.providers[1].prices.in));
	assert_false(c->ai.providers[1].has_place);
	assert_int_equal(c->ai.n_routes, 2);
	assert_true(c->ai.routes[0].is_local);
	assert_string_equal(c->ai.routes[0].kinds[0], "log-*");
	assert_false(c->ai.routes[1].is_local);
	assert_int_equal(c->ai.routes[1].n_endpoints, 2);
	assert_int_equal(c->ai.routes[1].n_kinds, 0);
	assert_string_equal(c->ai.currency, "EUR");
	assert_true(c->ai.day.soft == 1 && c->ai.day.hard == 5);
	assert_true(isnan(c->ai.conversation.soft) && isnan(c->ai.conversation.hard));
	assert_int_equal(c->ai.n_redact, 1);
	assert_string_equal(c->ai.embedder, "here");
	assert_string_equal(c->ai.embedder_model, "nomic");
	config_free(c);
}

static void test_without(void **state)
{
	struct err err = {0};
	struct config *c = config_parse(STR("{}"), "config.json", &err);

	(void)state;
	assert_non_null(c);
	assert_int_equal(c->ai.n_providers, 0);
	assert_int_equal(c->ai.n_routes, 0);
	assert_true(isnan(c->ai.day.hard));
	assert_string_equal(c->ai.currency, "USD");
	assert_null(c->ai.embedder);
	config_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_without),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
