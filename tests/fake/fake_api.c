/* See fake_loop.h. */
#include <stdlib.h>

#include "base/json.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "fake/fake_loop.h"
#include "unit/check.h"

struct call {
	char *text; /* METHOD PATH BODY */
	char *path;
	api_done_fn done; /* NULL: answered or cancelled */
	void *ctx;
};

struct api {
	VEC(struct call) calls;
	size_t n_cancelled;
	int64_t retry_after_ms;
};

struct api *fake_api_new(void)
{
	struct api *api = xcalloc(1, sizeof(*api));

	api->retry_after_ms = -1;
	return api;
}

void fake_api_free(struct api *api)
{
	struct call *call;

	assert_int_equal(fake_api_open(api), 0);
	vec_each (call, &api->calls) {
		free(call->text);
		free(call->path);
	}
	vec_fini(&api->calls);
	free(api);
}

uint64_t api_start(struct api *api, const struct api_call *what, api_done_fn done,
		   void *ctx)
{
	struct strbuf text;

	strbuf_init(&text, 65536);
	strbuf_printf(&text, "%s %.*s %.*s", what->method == HTTP_GET ? "GET" : "POST",
		      STR_ARG(what->path), STR_ARG(what->body));
	vec_push(&api->calls, (struct call){.text = strbuf_take(&text),
					    .path = xstrndup(what->path.p, what->path.n),
					    .done = done,
					    .ctx = ctx});
	strbuf_fini(&text);
	return api->calls.n;
}

void api_cancel(struct api *api, uint64_t id)
{
	assert_true(id >= 1 && id <= api->calls.n);
	assert_non_null(api->calls.p[id - 1].done);
	api->calls.p[id - 1].done = NULL;
	api->n_cancelled++;
}

size_t fake_api_count(const struct api *api)
{
	return api->calls.n;
}

size_t fake_api_open(const struct api *api)
{
	const struct call *call;
	size_t n = 0;

	vec_each (call, &api->calls)
		n += call->done != NULL;
	return n;
}

size_t fake_api_cancelled(const struct api *api)
{
	return api->n_cancelled;
}

const char *fake_api_call(const struct api *api, size_t i)
{
	assert_true(i < api->calls.n);
	return api->calls.p[i].text;
}

void fake_api_retry_after(struct api *api, int64_t ms)
{
	api->retry_after_ms = ms;
}

static void finish(struct api *api, const char *path, struct api_answer *answer)
{
	for (size_t i = 0; i < api->calls.n; i++) {
		struct call *call = &api->calls.p[i];
		api_done_fn done = call->done;

		if (!done || strcmp(call->path, path) != 0)
			continue;
		call->done = NULL;
		done(answer, call->ctx);
		cJSON_Delete(answer->json);
		return;
	}
	fail_msg("no open call of %s", path);
}

static cJSON *tree(const char *json)
{
	struct err err = {0};
	cJSON *root = json_parse(str_from(json), &json_wire, NULL, &err);

	if (!root)
		fail_msg("%s: %s", json, err.text);
	return root;
}

void fake_api_answer(struct api *api, const char *path, const char *json)
{
	struct api_answer answer = {.json = tree(json), .status = 200, .pages = 1};

	err_clear(&answer.err);
	finish(api, path, &answer);
}

void fake_api_fail_status(struct api *api, const char *path, enum err_code code,
			  int status, const char *text)
{
	struct api_answer answer = {.status = status};

	err_set(&answer.err, code, "%s", text);
	answer.err.http_status = status;
	answer.err.retry_after_ms = api->retry_after_ms;
	answer.is_unheard = code == ERR_AUTH;
	finish(api, path, &answer);
}

void fake_api_fail(struct api *api, const char *path, enum err_code code,
		   const char *text)
{
	fake_api_fail_status(api, path, code, 0, text);
}

void fake_api_cut(struct api *api, const char *path, const char *json, const char *why)
{
	struct api_answer answer = {.json = tree(json),
				    .status = 200,
				    .is_partial = true};

	err_set(&answer.err, ERR_TOO_LARGE, "%s", why);
	finish(api, path, &answer);
}
