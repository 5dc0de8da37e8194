/* One request's path and body for one call: the scope is every answer so far
 * by request name, and the item of for_each by its own name.
 * Thread: any (no state). */
#include "board/def.h"

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
