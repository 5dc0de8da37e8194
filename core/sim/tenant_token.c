/* The token endpoint: OAuth 2.0 client credentials, any client, any secret.
 * Thread: core. Its errors have another shape than ARM's: `error` is a word. */
#include "sim/tenant.h"

#define MANAGEMENT "https://management.azure.com"

static void refuse(const struct world *w, struct reply *rep, const char *error, int code,
		   const char *text)
{
	struct guid trace = guid_of(w->seed, "trace", w->n_requests);
	struct strbuf *out = &rep->body;

	rep->status = 400;
	jw_object(out, NULL);
	jw_text(out, "error", error);
	jw_format(out, "error_description", "AADSTS%d: %s Trace ID: %s", code, text,
		  trace.text);
	jw_list(out, "error_codes");
	jw_int(out, NULL, code);
	jw_list_end(out);
	jw_time(out, "timestamp", w->now_ms, 0);
	jw_text(out, "trace_id", trace.text);
	jw_object_end(out);
}

/* "https://management.azure.com/.default" without its last part. */
static struct str audience_of(struct str scope)
{
	if (str_ends(scope, STR("/.default")))
		scope.n -= sizeof("/.default") - 1;
	return scope.n ? scope : STR(MANAGEMENT);
}

void tenant_token(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf target, token;
	struct request form;
	struct str grant;

	/* A form body is a query by another name. */
	strbuf_init(&target, REQUEST_MAX_TARGET);
	strbuf_puts(&target, "/?");
	strbuf_put(&target, req->body);
	if (!request_init(&form, SIM_POST, strbuf_str(&target)) || target.overflow)
		form.n_query = 0;
	grant = request_query(&form, "grant_type");
	if (grant.n == 0) {
		refuse(w, rep, "invalid_request", 900144,
		       "The request body must contain the following parameter: "
		       "'grant_type'.");
	} else if (!str_eq(grant, STR("client_credentials"))) {
		refuse(w, rep, "unsupported_grant_type", 70003,
		       "The app requested an unsupported grant type.");
	} else {
		strbuf_init(&token, 8192);
		token_issue(&token, &w->key, request_query(&form, "client_id"),
			    audience_of(request_query(&form, "scope")), ESTATE_TENANT,
			    w->now_ms);
		jw_object(&rep->body, NULL);
		jw_text(&rep->body, "token_type", "Bearer");
		jw_int(&rep->body, "expires_in", TOKEN_LIFE_S);
		jw_int(&rep->body, "ext_expires_in", TOKEN_LIFE_S);
		jw_str(&rep->body, "access_token", strbuf_str(&token));
		jw_object_end(&rep->body);
		strbuf_fini(&token);
	}
	request_fini(&form);
	strbuf_fini(&target);
}
