/* Finds the route of a request and lets it through the front door in Azure's
 * order: token, address, api-version, subscription, group, throttle, right.
 * Thread: core. */
#include "sim/route.h"

#include "sim/k8s/k8s.h"
#include "sim/devops/devops.h"
#include "sim/compute/keyvault.h"
#include "sim/tenant/rights.h"
#include "sim/service.h"
#include "sim/write/write.h"

/* Fills req->params on success. */
static bool match_path(const char *path, struct request *req)
{
	struct str rest = str_from(path + 1), part;
	size_t i = 0;

	req->n_params = 0;
	while (str_next(&rest, '/', &part)) {
		if (i == req->n_segments)
			return false;
		if (part.n > 2 && part.p[0] == '{') {
			if (req->n_params == REQUEST_MAX_PARAMS)
				return false;
			req->params[req->n_params++] = (struct request_pair){
				.name = str_sub(part, 1, part.n - 2),
				.value = req->segments[i],
			};
		} else if (!str_eq_nocase(part, req->segments[i])) {
			return false;
		}
		i++;
	}
	return i == req->n_segments;
}

static const struct route *find_in(const struct route *r, struct request *req,
				   bool *has_path)
{
	for (; r->path; r++) {
		if (!match_path(r->path, req))
			continue;
		*has_path = true;
		if (r->method == req->method)
			return r;
	}
	return NULL;
}

static const struct route *find(struct request *req, bool *has_path)
{
	const struct route *r;

	*has_path = false;
	r = find_in(sim_routes, req, has_path);
	return r ? r : find_in(sim_write_routes, req, has_path);
}

static bool is_devops(const struct request *req)
{
	return req->n_segments && (str_eq_nocase(req->segments[0], STR("_devops")) ||
				   str_eq_nocase(req->segments[0], STR("_vssps")));
}

static void refuse_token(const struct request *req, struct reply *rep,
			 enum token_state state)
{
	bool is_missing = req->authorization.n == 0;
	const char *code = state == TOKEN_EXPIRED ? "ExpiredAuthenticationToken"
			   : is_missing		  ? "AuthenticationFailed"
						  : "InvalidAuthenticationToken";

	if (keyvault_is_asked(req)) {
		reply_header(rep, "WWW-Authenticate",
			     "Bearer authorization=\"%.*s/" ESTATE_TENANT
			     "\", resource=\"https://vault.azure.net\"",
			     STR_ARG(req->base));
		service_error(
			req, rep, 401, "Unauthorized",
			is_missing ? "AKV10000: Request is missing a Bearer or PoP token."
				   : "AKV10022: Invalid token.");
		return;
	}
	reply_header(rep, "WWW-Authenticate",
		     "Bearer authorization_uri=\"%.*s/" ESTATE_TENANT "\", error=\"%s\", "
		     "error_description=\"%s\"",
		     STR_ARG(req->base), is_missing ? "invalid_request" : "invalid_token",
		     is_missing ? "The authentication failed because the 'Authorization' "
				  "header is missing."
				: "The access token is invalid or has expired.");
	if (k8s_is_asked(req)) {
		k8s_error(rep, 401, "Unauthorized", "Unauthorized");
		return;
	}
	if (is_devops(req)) {
		reply_devops_error(rep, 401, "UnauthorizedRequestException",
				   "TF400813: The user is not authorized to access this "
				   "resource.");
		return;
	}
	if (service_is_asked(req)) {
		service_error(req, rep, 401, "Unauthorized", "Unauthorized");
		return;
	}
	reply_header(rep, "x-ms-failure-cause", "gateway");
	reply_error(rep, 401, code, "%s",
		    is_missing ? "Authentication failed. The 'Authorization' header is "
				 "missing."
		    : state == TOKEN_EXPIRED
			    ? "The access token expiry UTC time is in the past."
			    : "The access token is invalid.");
}

static bool is_let_in(const struct world *w, const struct request *req, struct reply *rep)
{
	struct str token = req->authorization;
	enum token_state state = TOKEN_WRONG;

	if (str_starts_nocase(token, STR("Bearer ")))
		state = token_check(&w->key, str_trim(str_sub(token, 7, token.n)),
				    w->now_ms);
	if (state == TOKEN_GOOD)
		return true;
	refuse_token(req, rep, state);
	return false;
}

/* The provider in the path ("Microsoft.Sql"), the last one named. */
static struct str provider_of(const struct request *req)
{
	struct str provider = {.p = "", .n = 0};

	for (size_t i = 0; i + 1 < req->n_segments; i++)
		if (str_eq_nocase(req->segments[i], STR("providers")))
			provider = req->segments[i + 1];
	return provider;
}

static void refuse_address(const struct request *req, struct reply *rep, bool has_path)
{
	struct str provider = provider_of(req);

	if (k8s_is_asked(req)) {
		k8s_refuse(req, rep, has_path);
		return;
	}
	if (is_devops(req)) {
		reply_devops_error(rep, has_path ? 405 : 404,
				   "VssResourceNotFoundException",
				   "The resource cannot be found or does not take this "
				   "method.");
		return;
	}
	if (service_is_asked(req)) {
		service_error(req, rep, has_path ? 405 : 404, "NotFound", "Not Found");
		return;
	}
	reply_header(rep, "x-ms-failure-cause", "gateway");
	if (has_path)
		reply_error(rep, 405, "HttpMethodNotAllowed",
			    "The HTTP method is not supported for this resource.");
	else if (provider.n)
		reply_error(
			rep, 404, "InvalidResourceType",
			"The resource type could not be found in the namespace '%.*s' "
			"for api version '%.*s'.",
			STR_ARG(provider), STR_ARG(request_query(req, "api-version")));
	else
		reply_error(rep, 404, "NotFound", "The request path names nothing here.");
}

static bool is_listed(const char *versions, struct str version)
{
	struct str rest = str_from(versions), one;

	while (str_next(&rest, ' ', &one))
		if (str_eq_nocase(one, version))
			return true;
	return false;
}

static bool has_version(const struct route *r, const struct request *req,
			struct reply *rep)
{
	struct str version = request_query(req, "api-version");
	struct str provider = provider_of(req);

	if (version.n == 0) {
		reply_error(
			rep, 400, "MissingApiVersionParameter",
			"The api-version query parameter (?api-version=) is required for "
			"all requests.");
		return false;
	}
	if (strcmp(r->versions, "*") == 0 || is_listed(r->versions, version))
		return true;
	reply_header(rep, "x-ms-failure-cause", "gateway");
	if (provider.n)
		reply_error(
			rep, 400, "NoRegisteredProviderFound",
			"No registered resource provider found for API version '%.*s' "
			"and namespace '%.*s'. The supported api-versions are '%s'.",
			STR_ARG(version), STR_ARG(provider), r->versions);
	else
		reply_error(
			rep, 400, "InvalidApiVersionParameter",
			"The api-version '%.*s' is invalid. The supported versions are "
			"'%s'.",
			STR_ARG(version), r->versions);
	return false;
}

static bool scope_exists(const struct request *req, struct reply *rep)
{
	struct str id = request_param(req, "sub"), name = request_param(req, "rg");
	const struct subscription *sub = estate_find_sub(id);

	if (id.n == 0)
		return true;
	if (!sub) {
		reply_error(rep, 404, "SubscriptionNotFound",
			    "The subscription '%.*s' could not be found.", STR_ARG(id));
		return false;
	}
	if (name.n && !estate_find_group(estate_sub_index(sub), name)) {
		reply_error(rep, 404, "ResourceGroupNotFound",
			    "Resource group '%.*s' could not be found.", STR_ARG(name));
		return false;
	}
	return true;
}

static bool is_unthrottled(struct world *w, const struct route *r,
			   const struct request *req, struct reply *rep)
{
	const struct subscription *sub = estate_find_sub(request_param(req, "sub"));
	bool is_read = r->method == SIM_GET || r->is_read;
	struct bucket *bucket;
	int wait_s = 0;
	bool is_granted;

	if (!sub) {
		reply_header(rep, "x-ms-ratelimit-remaining-tenant-reads", "249");
		return true;
	}
	bucket = is_read ? &w->reads[estate_sub_index(sub)]
			 : &w->writes[estate_sub_index(sub)];
	is_granted = bucket_take(bucket, w->now_ms, &wait_s);
	reply_header(rep,
		     is_read ? "x-ms-ratelimit-remaining-subscription-reads"
			     : "x-ms-ratelimit-remaining-subscription-writes",
		     "%d", (int)bucket->level);
	if (is_granted)
		return true;
	reply_header(rep, "Retry-After", "%d", wait_s);
	reply_error(rep, 429, "SubscriptionRequestsThrottled",
		    "Number of '%s' requests for subscription '%s' exceeded the limit of "
		    "'%d' "
		    "for time interval '00:00:10'. Please try again after '%d' seconds.",
		    is_read ? "read" : "write", sub->id, (int)bucket->size, wait_s);
	return false;
}

void route_dispatch(struct world *w, struct request *req, struct reply *rep)
{
	bool has_path;
	const struct route *r = find(req, &has_path);

	if (r && r->kind == ROUTE_OPEN) {
		r->answer(w, req, rep);
		return;
	}
	if (!is_let_in(w, req, rep))
		return;
	if (!r) {
		refuse_address(req, rep, has_path);
		return;
	}
	if (r->kind == ROUTE_ARM &&
	    (!has_version(r, req, rep) || !scope_exists(req, rep) ||
	     !is_unthrottled(w, r, req, rep)))
		return;
	if (r->kind == ROUTE_DEVOPS)
		devops_put_pace(w, rep);
	if (r->method != SIM_GET && !r->is_read && !rights_let(w, req, rep))
		return;
	if (r->write)
		write_answer(r->write, w, req, rep);
	else
		r->answer(w, req, rep);
}

void route_read(struct world *w, struct request *req, struct reply *rep)
{
	bool has_path;
	const struct route *r = find(req, &has_path);

	if (!r || r->kind == ROUTE_OPEN)
		refuse_address(req, rep, has_path);
	else if (r->kind != ROUTE_ARM || scope_exists(req, rep))
		r->answer(w, req, rep);
}
