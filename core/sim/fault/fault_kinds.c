/* See fault_part.h: the faults there are. Most are a status with a code and a message, and
 * perhaps headers; the others change a good answer, or keep it back. Thread: core. */
#include "sim/fault/fault_part.h"

#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "sim/openai/openai_flow.h"

enum {
	HANG_MS = 300000, /* longer than any client of ours waits */
	WAIT_S = 30,
	DELAY_S = 5,
	SKEW_MS = 10 * MINUTE_MS,
};

static void put_challenge(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)now_ms;
	reply_header(rep, "WWW-Authenticate",
		     "Bearer authorization_uri=\"%.*s\", error=\"invalid_token\", "
		     "error_description=\"The access token has expired.\"",
		     STR_ARG(req->base));
}

/* Continuous access evaluation: base64 of {"access_token":{"nbf":...}}. */
static void put_claims(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)now_ms;
	reply_header(
		rep, "WWW-Authenticate",
		"Bearer realm=\"\", authorization_uri=\"%.*s\", "
		"error=\"insufficient_claims\", claims=\""
		"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwgInZhbHVlIjoi"
		"MTc3MzIyNDQzMCJ9fX0=\"",
		STR_ARG(req->base));
}

static void put_wait(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)req;
	(void)now_ms;
	reply_header(rep, "Retry-After", "%d", WAIT_S);
}

static void put_wait_date(const struct request *req, int64_t now_ms, struct reply *rep)
{
	struct strbuf date;

	(void)req;
	strbuf_init(&date, 64);
	time_format_rfc1123(&date, now_ms + WAIT_S * 1000);
	reply_header(rep, "Retry-After", "%s", date.p);
	strbuf_fini(&date);
}

static void put_wait_ms(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)req;
	(void)now_ms;
	reply_header(rep, "x-ms-retry-after-ms", "%d", WAIT_S * 1000);
}

static void put_wait_short(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)req;
	(void)now_ms;
	reply_header(rep, "x-ms-retry-after-ms", "200");
}

static void put_wait_cost(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)req;
	(void)now_ms;
	reply_header(rep, "x-ms-ratelimit-microsoft.costmanagement-qpu-remaining", "0");
	reply_header(rep, "x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after", "%d",
		     WAIT_S);
	reply_header(rep, "x-ms-ratelimit-microsoft.costmanagement-entity-retry-after",
		     "10");
}

/* Azure DevOps slows its callers down before it refuses them. */
static void put_delay(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)req;
	reply_header(rep, "X-RateLimit-Resource", "core");
	reply_header(rep, "X-RateLimit-Delay", "%d", DELAY_S);
	reply_header(rep, "X-RateLimit-Limit", "200");
	reply_header(rep, "X-RateLimit-Remaining", "0");
	reply_header(rep, "X-RateLimit-Reset", "%lld",
		     (long long)now_ms / 1000 + DELAY_S);
	reply_header(rep, "Retry-After", "%d", DELAY_S);
}

static void cut_answer(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)req;
	(void)now_ms;
	rep->end = REPLY_CUT;
}

static void lose_answer(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)req;
	(void)now_ms;
	rep->end = REPLY_DROPPED;
}

/* What it says it is, it is not. */
static void break_encoding(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)req;
	(void)now_ms;
	reply_header(rep, "Content-Encoding", "gzip");
}

static void change_type(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)req;
	(void)now_ms;
	for (size_t i = 0; i < rep->n_headers; i++) {
		if (strcmp(rep->headers[i].name, "Content-Type") == 0)
			rep->headers[i].value = "application/octet-stream";
	}
}

static void set_back_date(const struct request *req, int64_t now_ms, struct reply *rep)
{
	struct strbuf date;

	(void)req;
	strbuf_init(&date, 64);
	time_format_rfc1123(&date, now_ms - SKEW_MS);
	reply_header(rep, "Date", "%s", date.p);
	strbuf_fini(&date);
}

static void refuse_prompt(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)req;
	(void)now_ms;
	openai_refuse_prompt(rep);
}

static void filter_answer(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)req;
	(void)now_ms;
	openai_flow_break(rep, OPENAI_FILTERED);
}

static void break_answer(const struct request *req, int64_t now_ms, struct reply *rep)
{
	(void)req;
	(void)now_ms;
	openai_flow_break(rep, OPENAI_ERROR);
}

#define SIGN_IN_PAGE                                                                     \
	"<!DOCTYPE html><html><head><title>Sign in to your account</title></head>"       \
	"<body><form method=\"post\" action=\"/common/login\"></form></body></html>"

static const struct fault_kind kinds[] = {
	{"401", "the token has expired, and so has every other", WAY_STATUS, 401,
	 "ExpiredAuthenticationToken", "The access token expiry UTC time is in the past.",
	 put_challenge, NULL, NULL},
	{"claims", "the token wants a new sign-in, with claims", WAY_STATUS, 401,
	 "InvalidAuthenticationToken",
	 "Continuous access evaluation resulted in challenge with result: "
	 "InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp.",
	 put_claims, NULL, NULL},
	{"revoked", "tokens from before are refused; a new one is good", WAY_REVOKED, 401,
	 "InvalidAuthenticationToken", "The access token is invalid.", put_claims, NULL,
	 NULL},
	{"403", "a right is missing", WAY_STATUS, 403, "AuthorizationFailed",
	 "The client 'azdeck' with object id '5c3d0000-0000-4000-8000-000000000001' does "
	 "not have authorization to perform action '%s' over scope '%s' or the scope is "
	 "invalid. If access was recently granted, please refresh your credentials.",
	 NULL, NULL, NULL},
	{"404", "the resource is gone", WAY_STATUS, 404, "ResourceNotFound",
	 "The Resource was not found. For more details please go to "
	 "https://aka.ms/ARMResourceNotFoundFix",
	 NULL, NULL, NULL},
	{"409", "something else is going on there", WAY_STATUS, 409,
	 "AnotherOperationInProgress",
	 "Another operation is in progress on this resource.", NULL, NULL, NULL},
	{"412", "it is not what it was", WAY_STATUS, 412, "PreconditionFailed",
	 "The condition set in the If-Match header is not satisfied.", NULL, NULL, NULL},
	{"no-subscription", "the subscription is not there", WAY_STATUS, 404,
	 "SubscriptionNotFound", "The subscription could not be found.", NULL, NULL,
	 NULL},
	{"429", "throttled; Retry-After in seconds", WAY_STATUS, 429, "TooManyRequests",
	 "The request is being throttled.", put_wait, NULL, NULL},
	{"429-date", "throttled; Retry-After as a date", WAY_STATUS, 429,
	 "TooManyRequests", "The request is being throttled.", put_wait_date, NULL, NULL},
	{"429-ms", "throttled; the wait in milliseconds", WAY_STATUS, 429,
	 "TooManyRequests", "The request is being throttled.", put_wait_ms, NULL, NULL},
	{"429-short", "throttled for a fifth of a second", WAY_STATUS, 429,
	 "TooManyRequests", "The request is being throttled.", put_wait_short, NULL,
	 NULL},
	{"429-cost", "throttled; in the headers of Cost Management", WAY_STATUS, 429,
	 "429", "Too many requests. Please retry after 30 seconds.", put_wait_cost, NULL,
	 NULL},
	{"delay", "a good answer that asks for a slower pace", WAY_SPOIL, 200, NULL, NULL,
	 put_delay, NULL, NULL},
	{"500", "an error inside the service", WAY_STATUS, 500, "InternalServerError",
	 "Encountered internal server error.", NULL, NULL, NULL},
	{"502", "a gateway finds nobody behind it", WAY_GATEWAY, 502, NULL,
	 "502 Bad Gateway", NULL, NULL, NULL},
	{"503", "the service is unavailable; Retry-After", WAY_STATUS, 503, "ServerBusy",
	 "The server is busy. Please try again later.", put_wait, NULL, NULL},
	{"504", "a gateway waited too long", WAY_GATEWAY, 504, NULL,
	 "504 Gateway Time-out", NULL, NULL, NULL},
	{"slow", "an answer five seconds late", WAY_KEEP, FAULT_SLOW_MS, NULL, NULL, NULL,
	 NULL, NULL},
	{"hang", "no answer at all", WAY_KEEP, HANG_MS, NULL, NULL, NULL, NULL, NULL},
	{"drop", "closed without an answer", WAY_DROP, 0, NULL, NULL, NULL, NULL, NULL},
	{"lost", "done, and closed without an answer", WAY_SPOIL, 200, NULL, NULL,
	 lose_answer, NULL, NULL},
	{"cut", "closed in the middle of the answer", WAY_SPOIL, 200, NULL, NULL,
	 cut_answer, NULL, NULL},
	{"gzip", "compressed, it says; it is not", WAY_SPOIL, 200, NULL, NULL,
	 break_encoding, NULL, NULL},
	{"type", "a content type that is not JSON", WAY_SPOIL, 200, NULL, NULL,
	 change_type, NULL, NULL},
	{"html", "a sign-in page, with 200", WAY_BODY, 200, NULL, NULL, NULL,
	 "text/html; charset=utf-8", SIGN_IN_PAGE},
	{"redirect", "sent on to a sign-in page", WAY_SIGN_IN, 302, NULL, NULL, NULL,
	 "text/html; charset=utf-8", SIGN_IN_PAGE},
	{"junk", "a body that is no JSON", WAY_BODY, 200, NULL, NULL, NULL,
	 "application/json; charset=utf-8", "{\"value\":[{\"id\":"},
	{"array", "a list where an object is due", WAY_BODY, 200, NULL, NULL, NULL,
	 "application/json; charset=utf-8", "[1,2,3]"},
	{"empty", "200 and nothing in it", WAY_BODY, 200, NULL, NULL, NULL,
	 "application/json; charset=utf-8", ""},
	{"204", "204: there is no content", WAY_BODY, 204, NULL, NULL, NULL, NULL, ""},
	{"filter", "a model's content filter refuses the question", WAY_STATUS, 400,
	 "content_filter", "filtered", refuse_prompt, NULL, NULL},
	{"filtered", "a model's content filter stops the answer", WAY_SPOIL, 200, NULL,
	 NULL, filter_answer, NULL, NULL},
	{"stream-error", "an error in the middle of a model's answer", WAY_SPOIL, 200,
	 NULL, NULL, break_answer, NULL, NULL},
	{"clock", "its clock is 10 minutes behind ours; our token is not yet valid",
	 WAY_STATUS, 401, "InvalidAuthenticationToken",
	 "The access token is not yet valid.", set_back_date, NULL, NULL},
};

bool faults_describe(size_t i, const char **name, const char **what)
{
	if (i >= COUNT(kinds))
		return false;
	*name = kinds[i].name;
	*what = kinds[i].what;
	return true;
}

const struct fault_kind *fault_kind_find(struct str name)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (str_eq(name, str_from(kinds[i].name)))
			return &kinds[i];
	}
	return NULL;
}
