/* Kinds of model server: where a question goes, whatever of the address was copied into
 * the configuration. */
#include "unit/check.h"

#include "ai/provider.h"

static const struct {
	const char *name, *kind, *base, *model, *version;
	int dialect; /* -1: the kind's */
	const char *want;
} urls[] = {
	{"azure v1", "azure-openai", "https://oai.example", "chat", NULL, -1,
	 "https://oai.example/openai/v1/chat/completions"},
	{"azure v1 as the portal shows it", "azure-openai",
	 "https://oai.example/openai/v1/", "chat", NULL, -1,
	 "https://oai.example/openai/v1/chat/completions"},
	{"azure responses", "azure-openai", "https://oai.example/", "chat", NULL,
	 DIALECT_RESPONSES, "https://oai.example/openai/v1/responses"},
	{"azure classic", "azure-openai", "https://oai.example", "chat", "2024-10-21", -1,
	 "https://oai.example/openai/deployments/chat/chat/completions"
	 "?api-version=2024-10-21"},
	{"no other address", "azure-openai", "https://oai.example", "../a b?", "1&x=2",
	 -1,
	 "https://oai.example/openai/deployments/..%2Fa%20b%3F/chat/completions"
	 "?api-version=1%26x%3D2"},
	{"openai", "openai", NULL, "gpt-4o", NULL, -1,
	 "https://api.openai.com/v1/chat/completions"},
	{"a version means nothing to it", "openai", NULL, "gpt-4o", "2024-10-21", -1,
	 "https://api.openai.com/v1/chat/completions"},
	{"compatible", "openai", "http://127.0.0.1:1234/v1/", "m", NULL, -1,
	 "http://127.0.0.1:1234/v1/chat/completions"},
	{"ollama", "ollama", NULL, "qwen3:8b", NULL, -1,
	 "http://127.0.0.1:11434/api/chat"},
	{"ollama as OpenAI", "ollama", "http://box:11434/v1", "m", NULL, DIALECT_CHAT,
	 "http://box:11434/v1/chat/completions"},
	{"ollama by itself", "ollama", "http://box:11434/v1", "m", NULL, -1,
	 "http://box:11434/api/chat"},
	{"llama.cpp", "llama.cpp", NULL, "m", NULL, -1,
	 "http://127.0.0.1:8080/v1/chat/completions"},
	{"vllm", "vllm", NULL, "m", NULL, -1,
	 "http://127.0.0.1:8000/v1/chat/completions"},
};

static void test_urls(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		const struct provider_kind *kind =
			provider_kind_find(str_from(urls[i].kind));
		struct provider p = {.kind = kind,
				     .base = urls[i].base,
				     .model = urls[i].model,
				     .api_version = urls[i].version};
		struct strbuf out;

		assert_non_null(kind);
		if (!p.base)
			p.base = kind->base;
		p.dialect = urls[i].dialect < 0 ? kind->dialect
						: (enum dialect)urls[i].dialect;
		strbuf_init(&out, 1024);
		provider_put_url(&p, &out);
		check_text(urls[i].name, strbuf_str(&out), urls[i].want);
		strbuf_fini(&out);
	}
}

static void test_kinds(void **state)
{
	size_t i = 0;

	(void)state;
	for (; provider_kind_at(i); i++) {
		assert_ptr_equal(provider_kind_find(str_from(provider_kind_at(i)->name)),
				 provider_kind_at(i));
		assert_true(provider_kind_at(i)->base ||
			    provider_kind_at(i)->has_deployments);
	}
	assert_true(i >= 5);
	assert_null(provider_kind_find(STR("carrier-pigeon")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
