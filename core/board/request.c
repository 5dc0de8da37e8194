/* One request's path and body for one call: the scope is every answer so far
 * by request name, and the item of for_each by its own name.
 * Thread: any (no state). */
#include "board/def.h"

#include <string.h>

enum { PATH_MOST_BYTES = 16384, BODY_MOST_BYTES = 65536 };

/* References only: deleting the scope leaves the answers alone. */
static cJSON *make_scope(const struct request_def *request, const cJSON *answers,
			 const cJSON *item)
{
	cJSON *scope = cJSON_CreateObject();
	const cJSON *at;

	cJSON_ArrayForEach (at, answers) {
		cJSON_AddItemReferenceToObject(scope, at->string, (cJSON *)at);
	}
	if (item && request->as)
		cJSON_AddItemReferenceToObject(scope, request->as, (cJSON *)item);
	return scope;
}

static bool expand(const struct request_def *request, const struct param_text *params,
		   const cJSON *answers, const cJSON *item, int64_t now_ms,
		   struct strbuf *out, struct err *err)
{
	cJSON *scope = make_scope(request, answers, item);
	bool ok = param_expand(params, scope, now_ms, out, err);

	cJSON_Delete(scope);
	return ok || err_wrap(err, "request %s", request->name);
}

bool request_path(const struct request_def *request, const cJSON *answers,
		  const cJSON *item, int64_t now_ms, struct strbuf *out, struct err *err)
{
	size_t start = out->n;

	if (!expand(request, request->path_params, answers, item, now_ms, out, err))
		return false;
	if (out->p[start] != '/')
		return err_set(err, ERR_REFUSED,
			       "request %s: the path does not begin with '/'",
			       request->name);
	return true;
}

bool request_body(const struct request_def *request, const cJSON *answers,
		  const cJSON *item, int64_t now_ms, struct strbuf *out, struct err *err)
{
	return !request->body_params ||
	       expand(request, request->body_params, answers, item, now_ms, out, err);
}

bool request_call(const struct request_def *request, const cJSON *answers,
		  const cJSON *item, int64_t now_ms, struct request_text *text,
		  struct api_call *call, struct err *err)
{
	bool ok;

	*call = (struct api_call){
		.method = request->method,
		.is_read = true,
		.headers = request->headers,
		.n_headers = request->n_headers,
		.max_pages = request->max_pages,
		.paging = request->paging,
		.is_secret = request->is_secret,
	};
	memcpy(call->also_status, request->also_status, sizeof(call->also_status));
	strbuf_init(&text->path, PATH_MOST_BYTES);
	strbuf_init(&text->body, BODY_MOST_BYTES);
	ok = request_path(request, answers, item, now_ms, &text->path, err) &&
	     request_body(request, answers, item, now_ms, &text->body, err);
	call->path = strbuf_str(&text->path);
	call->body = strbuf_str(&text->body);
	return ok;
}

void request_text_fini(struct request_text *text)
{
	strbuf_fini(&text->path);
	strbuf_fini(&text->body);
}
