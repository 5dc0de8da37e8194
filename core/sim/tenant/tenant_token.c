/* The token endpoint: OAuth 2.0 client credentials, device codes and refresh tokens.
 * Any client is known and any secret is right but two, which stand for the ways a
 * secret is refused. Thread: core. Its errors have another shape than ARM's: `error`
 * is a word. */
#include "base/count.h"
#include "sim/tenant/tenant_device.h"

#define MANAGEMENT "https://management.azure.com"

static const struct secret_row {
	const char *secret;
	struct token_refusal refusal;
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

static const struct token_refusal no_grant = {
	400, "invalid_request", 900144,
	"The request body must contain the following parameter: 'grant_type'."};
static const struct token_refusal other_grant = {
	400, "unsupported_grant_type", 70003,
	"The app requested an unsupported grant type."};

void tenant_refuse(const struct world *w, struct reply *rep,
		   const struct token_refusal *why)
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

/* Of "https://management.azure.com/.default offline_access" what stands before the
 * slash. */
static struct str audience_of(struct str scope)
{
	struct str rest = scope;

	if (scope.n)
		str_next(&rest, ' ', &scope);
	if (str_ends(scope, STR("/.default")))
		scope.n -= sizeof("/.default") - 1;
	return scope.n ? scope : STR(MANAGEMENT);
}

/* NULL: the form is good. */
static const struct token_refusal *refusal_of(const struct world *w, struct str tenant,
					      const struct request *form)
{
	struct str grant = request_query(form, "grant_type");
	struct str secret = request_query(form, "client_secret");

	if (grant.n == 0)
		return &no_grant;
	if (str_eq(grant, STR(DEVICE_GRANT)))
		return device_refusal(w, tenant, request_query(form, "device_code"));
	if (str_eq(grant, STR("refresh_token")))
		return device_refresh_refusal(request_query(form, "refresh_token"));
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
	if (str_eq(request_query(form, "grant_type"), STR(DEVICE_GRANT)) ||
	    str_find(request_query(form, "scope"), STR("offline_access")) >= 0)
		device_put_refresh(out, w);
	jw_object_end(out);
	strbuf_fini(&token);
}

/* The body as a query; request_fini is due. */
static void read_form(const struct request *req, struct arena *arena,
		      struct request *form)
{
	struct strbuf target;

	/* A form body is a query by another name. The form borrows its target. */
	strbuf_init(&target, REQUEST_MAX_TARGET);
	strbuf_puts(&target, "/?");
	strbuf_put(&target, req->body);
	if (!request_init(form, SIM_POST, arena_str(arena, strbuf_str(&target))) ||
	    target.overflow)
		form->n_query = 0;
	strbuf_fini(&target);
}

void tenant_token(struct world *w, const struct request *req, struct reply *rep)
{
	const struct token_refusal *refusal;
	struct request form;

	read_form(req, rep->arena, &form);
	refusal = refusal_of(w, request_param(req, "tenant"), &form);
	if (refusal)
		tenant_refuse(w, rep, refusal);
	else
		put_token(w, &form, &rep->body);
	request_fini(&form);
}
