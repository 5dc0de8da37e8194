/* Local models that are not in memory yet: asked for before the first question, and
 * looked for when a first word does not come. Nothing here decides who is asked; a server
 * that is not there says so itself when it is. */
#include "ai/gateway_part.h"

#include <string.h>

#include "base/json.h"

enum { ANSWER_MOST = 1 << 20, LOADED_DEADLINE_MS = 3000 };

static bool is_due(const struct gateway *g, const struct endpoint *e, size_t i)
{
	return g->known[i].is_local && e->provider.kind->warm_path && !e->warming &&
	       !e->is_asking_to_warm &&
	       (!e->heard_ms || gateway_now(g) - e->heard_ms > GATEWAY_WARM_MS);
}

static void warm_done(struct http_response *r, void *ctx)
{
	struct endpoint *e = ctx;

	if (!e->warming)
		return;
	e->warming = 0;
	if (r->status == 200)
		e->heard_ms = gateway_now(e->g);
	log_line(e->g->log, LOG_INFO, "ai", "%s: warmed up with %d in %lld ms",
		 e->of->name, r->status, (long long)r->elapsed_ms);
}

static void put_body(const struct endpoint *e, struct strbuf *out)
{
	const char *form = e->provider.kind->warm_body;
	const char *mark = form ? strstr(form, "\"%s\"") : NULL;

	if (!mark)
		return;
	strbuf_put(out, (struct str){form, (size_t)(mark - form)});
	json_print_text(out, str_from(e->provider.model));
	strbuf_puts(out, mark + 4);
}

static void token_came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	static const struct http_header headers[] = {
		{{"Content-Type", 12}, {"application/json", 16}}};
	struct endpoint *e = ctx;
	struct strbuf url, body;

	e->is_asking_to_warm = false;
	if (err->code != ERR_NONE)
		return;
	strbuf_init(&url, 4096);
	strbuf_init(&body, 4096);
	provider_put_path(&e->provider, e->provider.kind->warm_path, &url);
	put_body(e, &body);
	e->warming =
		http_send(e->g->http,
			  &(struct http_request){.method = body.n ? HTTP_POST : HTTP_GET,
						 .url = strbuf_str(&url),
						 .headers = headers,
						 .n_headers = 1,
						 .body = strbuf_str(&body),
						 .auth = auth,
						 .governor_key = str_from(e->key),
						 .deadline_ms = GATEWAY_LOADING_MS,
						 .max_bytes = ANSWER_MOST,
						 .is_single = true,
						 .is_quiet = true,
						 .allow_plain = true},
			  warm_done, e);
	strbuf_fini(&url);
	strbuf_fini(&body);
}

const char *gateway_warm(struct gateway *g)
{
	const char *first = NULL;

	for (size_t i = 0; i < g->n; i++) {
		struct endpoint *e = &g->endpoints[i];

		if (!is_due(g, e, i))
			continue;
		first = first ? first : e->of->name;
		e->is_asking_to_warm = true;
		credential_ask(e->credential, STR(""), token_came, e);
	}
	return first;
}

void warm_stop(struct endpoint *e)
{
	uint64_t id = e->warming;

	if (e->is_asking_to_warm)
		credential_forget(e->credential, e);
	e->is_asking_to_warm = false;
	e->warming = 0;
	if (id)
		http_cancel(e->g->http, id);
}

void gateway_warm_stop(struct gateway *g)
{
	for (size_t i = 0; i < g->n; i++)
		warm_stop(&g->endpoints[i]);
}

/* "qwen3" and "qwen3:latest" are one. */
static bool is_model(const char *listed, const char *model)
{
	struct str name = str_from(listed), wanted = str_from(model);

	return str_eq(name, wanted) ||
	       (str_starts(name, wanted) &&
		str_eq(str_sub(name, wanted.n, name.n), STR(":latest")));
}

static bool is_in_memory(const cJSON *answer, const char *model)
{
	const cJSON *one;

	cJSON_ArrayForEach (one, json_member(answer, "models")) {
		const char *name = json_text(one, "name");

		if (name && is_model(name, model))
			return true;
	}
	return false;
}

static void loaded_came(struct http_response *r, void *ctx)
{
	struct try *t = ctx;
	const struct endpoint *e = &t->q->g->endpoints[t->endpoint];
	struct err ignored;
	cJSON *answer;

	if (!t->loaded_id)
		return;
	t->loaded_id = 0;
	if (r->status != 200 || t->has_words)
		return;
	answer = json_parse(strbuf_str(&r->body), &json_wire, NULL, &ignored);
	if (cJSON_IsArray(json_member(answer, "models")) &&
	    !is_in_memory(answer, e->provider.model))
		question_loading(t);
	cJSON_Delete(answer);
}

void warm_ask_loaded(struct try *t)
{
	struct gateway *g = t->q->g;
	const struct endpoint *e = &g->endpoints[t->endpoint];
	struct strbuf url;

	if (t->has_bytes || t->loaded_id)
		return;
	strbuf_init(&url, 4096);
	provider_put_path(&e->provider, e->provider.kind->loaded_path, &url);
	t->loaded_id = http_send(g->http,
				 &(struct http_request){.method = HTTP_GET,
							.url = strbuf_str(&url),
							.governor_key = str_from(e->key),
							.deadline_ms = LOADED_DEADLINE_MS,
							.max_bytes = ANSWER_MOST,
							.is_single = true,
							.is_quiet = true,
							.allow_plain = true},
				 loaded_came, t);
	strbuf_fini(&url);
}
