/* See faults.h. Most faults are a status with a code and a message, and perhaps headers;
 * the others change a good answer, or keep it back. */
#include "sim/faults.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "sim/devops.h"
#include "sim/k8s.h"
#include "sim/openai_flow.h"
#include "sim/service.h"

enum {
	SLOW_MS = 5000,
	HANG_MS = 300000, /* longer than any client of ours waits */
	WAIT_S = 30,
	DELAY_S = 5,
	SKEW_MS = 10 * MINUTE_MS,
};

enum fault_way {
	WAY_STATUS,  /* refused, as the service does */
	WAY_GATEWAY, /* the same by a proxy before it, as a page */
	WAY_REVOKED, /* tokens from before are refused, new ones are not */
	WAY_KEEP,    /* an answer is kept back */
	WAY_DROP,    /* closed without one */
	WAY_SIGN_IN, /* sent elsewhere */
	WAY_BODY,    /* 200, with another body */
	WAY_SPOIL,   /* the good answer, changed */
};

struct fault_kind {
	const char *name, *what;
	enum fault_way way;
	int status;
	const char *code, *text; /* %s of a text: the action that is denied */
	/* Beside the above. */
	void (*put)(const struct request *req, int64_t now_ms, struct reply *rep);
	const char *type, *body; /* WAY_BODY */
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
	{"slow", "an answer five seconds late", WAY_KEEP, SLOW_MS, NULL, NULL, NULL, NULL,
	 NULL},
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

static const struct fault_kind *kind_find(struct str name)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (str_eq(name, str_from(kinds[i].name)))
			return &kinds[i];
	}
	return NULL;
}

/* "90", "90s", "5m" or "2h". */
static bool read_span(struct str text, int64_t *ms)
{
	static const struct {
		char letter;
		int64_t ms;
	} units[] = {{'s', 1000}, {'m', MINUTE_MS}, {'h', HOUR_MS}};
	int64_t each = 1000, number;

	for (size_t i = 0; text.n && i < COUNT(units); i++) {
		if (text.p[text.n - 1] != units[i].letter)
			continue;
		each = units[i].ms;
		text.n--;
		break;
	}
	if (!str_to_i64(text, &number) || number < 0 || number > 1000000)
		return false;
	*ms = number * each;
	return true;
}

static bool read_times(struct str text, struct fault *out)
{
	ptrdiff_t dash = str_find_char(text, '-');
	struct str from = dash < 0 ? text : str_sub(text, 0, (size_t)dash);

	return read_span(from, &out->from_ms) &&
	       (dash < 0 ||
		read_span(str_sub(text, (size_t)dash + 1, text.n), &out->to_ms)) &&
	       out->from_ms < out->to_ms;
}

bool faults_add(struct faults *f, struct str spec, struct err *err)
{
	ptrdiff_t colon = str_find_char(spec, ':'), at;
	struct str name = colon < 0 ? spec : str_sub(spec, 0, (size_t)colon);
	struct fault fault = {.kind = kind_find(name), .to_ms = INT64_MAX};

	if (!fault.kind)
		return err_set(err, ERR_USAGE,
			       "there is no fault \"%.*s\"; `azdeck sim --faults` lists "
			       "them",
			       (int)(name.n < 40 ? name.n : 40), name.p ? name.p : "");
	if (f->n == FAULTS_MAX)
		return err_set(err, ERR_USAGE, "there can be %d faults at most",
			       FAULTS_MAX);
	fault.pattern = colon < 0 ? STR("*") : str_sub(spec, (size_t)colon + 1, spec.n);
	at = str_find_char(fault.pattern, '@');
	if (at >= 0 &&
	    !read_times(str_sub(fault.pattern, (size_t)at + 1, fault.pattern.n), &fault))
		return err_set(
			err, ERR_USAGE,
			"what is behind the @ of a fault is FROM or FROM-TO, as in "
			"30s-5m");
	if (at >= 0)
		fault.pattern = str_sub(fault.pattern, 0, (size_t)at);
	if (!fault.pattern.n)
		return err_set(err, ERR_USAGE,
			       "a fault needs the path it is for, as in 503:/_devops/*");
	f->list[f->n++] = fault;
	return true;
}

static bool asks_for_token(const struct request *req)
{
	return req->n_segments &&
	       str_eq_nocase(req->segments[req->n_segments - 1], STR("token"));
}

/* The token that comes first is revoked: it is refused until a new one was asked for,
 * which within the same second reads the same. */
static bool is_let_through(struct fault *fault, const struct request *req)
{
	uint64_t token = str_hash(req->authorization);

	if (asks_for_token(req) || !req->authorization.n) {
		fault->is_renewed = fault->token != 0;
		return true;
	}
	if (!fault->token)
		fault->token = token;
	return fault->is_renewed || fault->token != token;
}

struct fault *faults_find(struct faults *f, const struct request *req, int64_t now_ms)
{
	int64_t at_ms = now_ms - f->began_ms;

	for (size_t i = 0; i < f->n; i++) {
		struct fault *fault = &f->list[i];

		bool is_on = at_ms >= fault->from_ms && at_ms < fault->to_ms;
		bool is_meant = str_fits_nocase(req->path, fault->pattern);

		if (is_on && fault->kind->way == WAY_REVOKED &&
		    (is_meant || asks_for_token(req)) && is_let_through(fault, req))
			continue;
		if (is_on && is_meant)
			return fault;
	}
	return NULL;
}

/* "Microsoft.Sql/servers/read" and the scope before it, of the path. */
static void put_denied(const struct request *req, struct strbuf *action,
		       struct strbuf *scope)
{
	size_t at = req->n_segments;

	while (at > 0 && !str_eq_nocase(req->segments[at - 1], STR("providers")))
		at--;
	for (size_t i = 0; i < (at ? at - 1 : req->n_segments); i++)
		strbuf_printf(scope, "/%.*s", STR_ARG(req->segments[i]));
	if (!at || at == req->n_segments) {
		strbuf_puts(action, "Microsoft.Resources/subscriptions/read");
		return;
	}
	strbuf_put(action, req->segments[at]);
	for (size_t i = at + 1; i < req->n_segments; i += 2)
		strbuf_printf(action, "/%.*s", STR_ARG(req->segments[i]));
	strbuf_puts(action, "/read");
}

/* Entra's own words. */
static void refuse_sign_in(struct reply *rep, int status)
{
	bool is_its_fault = status >= 500 || status == 429;

	rep->status = status;
	strbuf_reset(&rep->body);
	jw_object(&rep->body, NULL);
	jw_text(&rep->body, "error",
		is_its_fault ? "temporarily_unavailable" : "invalid_client");
	jw_text(&rep->body, "error_description",
		is_its_fault
			? "AADSTS90033: A transient error has occurred. Please try again."
			: "AADSTS7000222: The provided client secret keys for app "
			  "'azdeck' are expired.");
	jw_object_end(&rep->body);
}

static void refuse(const struct fault_kind *k, const struct request *req,
		   struct reply *rep)
{
	struct strbuf action, scope, text;

	strbuf_init(&action, 200);
	strbuf_init(&scope, 200);
	strbuf_init(&text, 500);
	put_denied(req, &action, &scope);
	for (const char *p = k->text, *value = action.p; *p; p++) {
		if (p[0] != '%' || p[1] != 's') {
			strbuf_putc(&text, *p);
			continue;
		}
		strbuf_puts(&text, value);
		value = scope.p;
		p++;
	}
	if (asks_for_token(req))
		refuse_sign_in(rep, k->status);
	else if (k8s_is_asked(req))
		k8s_error(rep, k->status, k->code, text.p);
	else if (service_is_asked(req))
		service_error(req, rep, k->status, k->code, "%s", text.p);
	else if (str_starts(req->path, STR("/_devops")))
		reply_devops_error(rep, k->status, k->code, "%s", text.p);
	else
		reply_error(rep, k->status, k->code, "%s", text.p);
	strbuf_fini(&action);
	strbuf_fini(&scope);
	strbuf_fini(&text);
}

static void put_page(const struct fault_kind *k, struct reply *rep)
{
	rep->status = k->status;
	reply_header(rep, "Content-Type", "text/html");
	strbuf_printf(&rep->body,
		      "<html><head><title>%s</title></head><body><center><h1>%s</h1>"
		      "</center><hr></body></html>",
		      k->text, k->text);
}

#define SIGN_IN_MARK "fault-sign-in"

static void send_on(const struct fault_kind *k, const struct request *req,
		    struct reply *rep)
{
	if (request_has_query(req, SIGN_IN_MARK)) {
		reply_header(rep, "Content-Type", "%s", k->type);
		strbuf_puts(&rep->body, k->body);
		return;
	}
	rep->status = k->status;
	reply_header(rep, "Location", "%.*s%.*s?" SIGN_IN_MARK "=1", STR_ARG(req->base),
		     STR_ARG(req->path));
}

bool fault_refuse(struct fault *fault, const struct request *req, int64_t now_ms,
		  struct reply *rep)
{
	const struct fault_kind *k = fault->kind;

	switch (k->way) {
	case WAY_STATUS:
	case WAY_REVOKED:
		refuse(k, req, rep);
		break;
	case WAY_GATEWAY:
		put_page(k, rep);
		break;
	case WAY_KEEP:
		if (req->was_kept && k->status == SLOW_MS)
			return false;
		rep->end = req->was_kept ? REPLY_DROPPED : REPLY_KEPT;
		rep->keep_ms = k->status;
		break;
	case WAY_DROP:
		rep->end = REPLY_DROPPED;
		break;
	case WAY_SIGN_IN:
		send_on(k, req, rep);
		break;
	case WAY_BODY:
		rep->status = k->status;
		if (k->type)
			reply_header(rep, "Content-Type", "%s", k->type);
		strbuf_puts(&rep->body, k->body);
		break;
	case WAY_SPOIL:
		return false;
	}
	if (k->put)
		k->put(req, now_ms, rep);
	return true;
}

void fault_spoil(const struct fault *fault, const struct request *req, int64_t now_ms,
		 struct reply *rep)
{
	if (fault->kind->way == WAY_SPOIL)
		fault->kind->put(req, now_ms, rep);
}
