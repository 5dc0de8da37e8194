/* See provider.h. */
#include "ai/provider.h"

#include "base/count.h"

static const struct provider_kind kinds[] = {
	{.name = "azure-openai",
	 .title = "Azure OpenAI: its deployments",
	 .scope = "https://cognitiveservices.azure.com/.default",
	 .prefix = "/openai/v1",
	 .dialect = DIALECT_CHAT,
	 .has_deployments = true},
	{.name = "openai",
	 .title = "OpenAI, and every server that speaks as it does",
	 .base = "https://api.openai.com/v1",
	 .prefix = "",
	 .dialect = DIALECT_CHAT},
	{.name = "ollama",
	 .title = "Ollama",
	 .base = "http://127.0.0.1:11434",
	 .prefix = "/v1",
	 .dialect = DIALECT_OLLAMA,
	 .is_local = true,
	 .warm_path = "/api/generate",
	 .warm_body = "{\"model\":\"%s\",\"stream\":false}",
	 .loaded_path = "/api/ps"},
	{.name = "llama.cpp",
	 .title = "the server of llama.cpp",
	 .base = "http://127.0.0.1:8080/v1",
	 .prefix = "",
	 .dialect = DIALECT_CHAT,
	 .is_local = true,
	 .warm_path = "/models"},
	{.name = "vllm",
	 .title = "vLLM",
	 .base = "http://127.0.0.1:8000/v1",
	 .prefix = "",
	 .dialect = DIALECT_CHAT,
	 .is_local = true,
	 .warm_path = "/models"},
};

const struct provider_kind *provider_kind_at(size_t i)
{
	return i < COUNT(kinds) ? &kinds[i] : NULL;
}

const struct provider_kind *provider_kind_find(struct str name)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (str_eq(name, str_from(kinds[i].name)))
			return &kinds[i];
	}
	return NULL;
}

/* Without what people copy along from a portal or an example: the prefix that is put
 * there anyway, and slashes. */
static struct str base_of(const struct provider *p)
{
	struct str base = str_from(p->base), prefix = str_from(p->kind->prefix);

	while (base.n && base.p[base.n - 1] == '/')
		base.n--;
	if (prefix.n && str_ends(base, prefix))
		base.n -= prefix.n;
	return base;
}

/* Names of deployments are short words; whatever else a configuration has there must
 * not become another address. */
static void put_segment(struct strbuf *out, const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~";

	for (; *text; text++) {
		if (str_find_char(STR(plain), *text) >= 0)
			strbuf_putc(out, *text);
		else
			strbuf_printf(out, "%%%02X", (unsigned char)*text);
	}
}

void provider_put_path(const struct provider *p, const char *path, struct strbuf *out)
{
	strbuf_put(out, base_of(p));
	strbuf_puts(out, path);
}

static void put_url(const struct provider *p, const char *path, struct strbuf *out)
{
	strbuf_put(out, base_of(p));
	if (p->kind->has_deployments && p->api_version) {
		strbuf_puts(out, "/openai/deployments/");
		put_segment(out, p->model);
		strbuf_printf(out, "%s?api-version=", path);
		put_segment(out, p->api_version);
	} else {
		strbuf_printf(out, "%s%s",
			      p->dialect == DIALECT_OLLAMA ? "" : p->kind->prefix, path);
	}
}

void provider_put_url(const struct provider *p, struct strbuf *out)
{
	put_url(p, dialect_path(p->dialect), out);
}

void provider_put_embed_url(const struct provider *p, struct strbuf *out)
{
	put_url(p, p->dialect == DIALECT_OLLAMA ? "/api/embed" : "/embeddings", out);
}
