/* The token endpoint: OAuth 2.0 client credentials. Any client is known and any
 * secret is right but two, which stand for the ways a secret is refused.
 * Thread: core. Its errors have another shape than ARM's: `error` is a word. */
#include "base/count.h"
#include "sim/tenant.h"

#define MANAGEMENT "https://management.azure.com"

struct refusal {
	int status;
	const char *error;
	int code;
	const char *text;
};

static const struct secret_row {
	const char *secret;
	struct refusal refusal;
} bad_secrets[] = {
	{"wrong",
	 {401, "invalid_client", 7000215,
	  "Invalid client secret provided. Ensure the secret being sent in the request "
	  "is "
	  "the client secret value, not the client secret ID."}},
	{"expired",
	 {401, "invalid_client", 7000222,
	  "The provided client secret keys are expired."}},
};

static const struct refusal no_grant = {
	400, "invalid_request", 900144,
	"The request body must contain the following parameter: 'grant_type'."};
static const struct refusal other_grant = {
	400, "unsupported_grant_type", 70003,
	"The app requested an unsupported grant type."};

static void refuse(const struct world *w, struct reply *rep, const struct refusal *why)
{
	struct guid trace = guid_of(w->seed, "trace", w->n_requests);
	struct strbuf *out = &rep->body;

	rep->status = why->status;
	jw_object(out, NULL);
	jw_text(out, "error", why->error);
	jw_format(out, "error_description", "AADSTS%d: %s Trace ID: %s", why->code,
		  why->text, trace.text);
	jw_list(out, "error_codes");
	jw_int(out, NULL, why->code);
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

/* NULL: the form is good. */
static const struct refusal *refusal_of(const struct request *form)
{
	struct str grant = request_query(form, "grant_type");
	struct str secret = request_query(form, "client_secret");

	if (grant.n == 0)
		return &no_grant;
	if (!str_eq(grant, STR("client_credentials")))
		return &other_grant;
	for (size_t i = 0; i < COUNT(bad_secrets); i++)
		if (str_eq(secret, str_from(bad_secrets[i].secret)))
			return &bad_secrets[i].refusal;
	return NULL;
}

static void put_token(const struct world *w, const struct request *form,
		      struct strbuf *out)
{
	struct strbuf token;

	strbuf_init(&token, 8192);
	token_issue(&token, &w->key, request_query(form, "client_id"),
		    audience_of(request_query(form, "scope")), ESTATE_TENANT, w->now_ms);
	jw_object(out, NULL);
	jw_text(out, "token_type", "Bearer");
	jw_int(out, "expires_in", TOKEN_LIFE_S);
	jw_int(out, "ext_expires_in", TOKEN_LIFE_S);
	jw_str(out, "access_token", strbuf_str(&token));
	jw_object_end(out);
	strbuf_fini(&token);
}

void tenant_token(struct world *w, const struct request *req, struct reply *rep)
{
	const struct refusal *refusal;
	struct strbuf target;
	struct request form;

	/* A form body is a query by another name. */
	strbuf_init(&target, REQUEST_MAX_TARGET);
	strbuf_puts(&target, "/?");
	strbuf_put(&target, req->body);
	if (!request_init(&form, SIM_POST, strbuf_str(&target)) || target.overflow)
		form.n_query = 0;
	refusal = refusal_of(&form);
	if (refusal)
		refuse(w, rep, refusal);
	else
		put_token(w, &form, &rep->body);
	request_fini(&form);
	strbuf_fini(&target);
}
