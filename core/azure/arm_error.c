/* See arm_error.h. The envelopes differ in case and nesting, not in idea: a code,
 * a message, and perhaps details whose deepest code is the cause. */
#include "azure/arm_error.h"

#include <stdio.h>
#include <string.h>

#include "azure/denied.h"
#include "azure/other_error.h"
#include "base/count.h"
#include "base/json.h"
#include "base/strbuf.h"
#include "net/redact.h"

enum {
	DEEPEST = 8,
	PARSED_MAX = 3,
	LONGEST_TEXT = 2048,
	/* In bytes. Together with what to do they fit into one err. */
	CODE_MAX = 60,
	MESSAGE_MAX = 180,
	ACTION_MAX = 100,
	SCOPE_MAX = 70,
};

static const struct json_limits limits = {.max_bytes = 1 << 20, .max_depth = 40};

struct found {
	struct str code, message; /* borrowed */
	/* Messages that were documents themselves. */
	cJSON *parsed[PARSED_MAX];
	int n_parsed;
};

/* Codes that mean more than their status. */
static const struct {
	const char *code;
	enum err_code kind;
	const char *todo;
} known[] = {
	{"AuthorizationFailed", ERR_FORBIDDEN, "ask for a role with that action"},
	{"ResourceNotFound", ERR_NOT_FOUND, "it was deleted, moved or renamed"},
	{"LinkedAuthorizationFailed", ERR_FORBIDDEN,
	 "ask for a role on the linked resource"},
	{"InvalidAuthenticationToken", ERR_AUTH,
	 "sign in again: azdeck login or az login"},
	{"InvalidAuthenticationTokenAudience", ERR_AUTH,
	 "the token is for another service: check the connection's scope"},
	{"InvalidAuthenticationTokenTenant", ERR_AUTH, "sign in to that tenant"},
	{"ExpiredAuthenticationToken", ERR_AUTH,
	 "sign in again: azdeck login or az login"},
	{"MissingSubscriptionRegistration", ERR_CONFLICT, "register the provider"},
	{"SubscriptionNotFound", ERR_NOT_FOUND, "check the subscription and the tenant"},
	{"ScopeLocked", ERR_CONFLICT, "a lock is in the way"},
	{"RequestDisallowedByPolicy", ERR_FORBIDDEN, "a policy forbids it"},
	{"ReadOnlyDisabledSubscription", ERR_CONFLICT, "the subscription is disabled"},
	{"AnotherOperationInProgress", ERR_CONFLICT, "wait for the other operation"},
	{"RetryableErrorDueToAnotherOperation", ERR_CONFLICT,
	 "wait for the other operation"},
	{"InvalidApiVersionParameter", ERR_REFUSED,
	 "the board asks for a wrong api-version"},
	{"NoRegisteredProviderFound", ERR_REFUSED,
	 "the board asks for a wrong api-version"},
	/* AWS says all of this with a 400. */
	{"ThrottlingException", ERR_THROTTLED, "ask less often"},
	{"UnrecognizedClientException", ERR_AUTH, "check the access key"},
	{"InvalidSignatureException", ERR_AUTH,
	 "check the secret key, the region and this machine's clock"},
	{"ExpiredTokenException", ERR_AUTH, "get new temporary keys"},
	{"AccessDeniedException", ERR_FORBIDDEN, "ask for a policy that allows it"},
};

/* Messages that say what neither code nor status does. */
static const struct {
	const char *start;
	enum err_code kind;
	const char *todo;
} phrases[] = {
	/* Azure DevOps, with a 200, a 503 or a 400. */
	{"TF400733", ERR_THROTTLED, "ask less often"},
	/* GitHub, with a 403. */
	{"API rate limit exceeded", ERR_THROTTLED, "wait for the next hour"},
	{"You have exceeded a secondary rate limit", ERR_THROTTLED, "ask less often"},
	/* App Service, with a 429. */
	{"Cannot acquire exclusive lock", ERR_CONFLICT, "wait for the other operation"},
};

/* What to do when neither code nor message says. */
static const struct {
	enum err_code kind;
	const char *todo;
} in_general[] = {
	{ERR_AUTH, "check the sign-in: azdeck doctor"},
	{ERR_FORBIDDEN, "a right is missing: azdeck doctor names it"},
	{ERR_NOT_FOUND, "it is gone, or this sign-in may not see it"},
	{ERR_THROTTLED, "too many calls; wait, it comes back by itself"},
	{ERR_SERVICE, "the service is at fault, not this machine; try again later"},
	{ERR_TIMEOUT, "the service is slow, not this machine; try again later"},
};

static enum err_code kind_of_status(int status)
{
	switch (status) {
	case 401:
		return ERR_AUTH;
	case 403:
		return ERR_FORBIDDEN;
	case 404:
	case 410:
		return ERR_NOT_FOUND;
	case 408:
	case 504:
		return ERR_TIMEOUT;
	case 409:
	case 412:
		return ERR_CONFLICT;
	case 429:
		return ERR_THROTTLED;
	default:
		return status >= 500 ? ERR_SERVICE : ERR_REFUSED;
	}
}

static const cJSON *any_case(const cJSON *object, const char *name)
{
	return cJSON_IsObject(object) ? cJSON_GetObjectItem(object, name) : NULL;
}

static struct str text_of(const cJSON *item)
{
	if (cJSON_IsObject(item)) /* odata: message is {lang, value} */
		item = any_case(item, "value");
	return str_from(cJSON_GetStringValue(item));
}

/* The object that holds code and message. */
static const cJSON *envelope(const cJSON *root)
{
	const cJSON *error = any_case(root, "error");

	if (!error)
		error = any_case(root, "odata.error");
	return cJSON_IsObject(error) ? error : root;
}

static void dig(const cJSON *error, struct found *out, int depth);

/* A deployment's message may itself be an error document. */
static bool dig_message(struct str message, struct found *out, int depth)
{
	struct err ignored;
	cJSON *inner;

	if (!message.n || message.p[0] != '{' || out->n_parsed == PARSED_MAX)
		return false;
	inner = json_parse(message, &limits, NULL, &ignored);
	if (!inner)
		return false;
	out->parsed[out->n_parsed++] = inner;
	dig(envelope(inner), out, depth + 1);
	return true;
}

/* What Log Analytics says before it comes to the point. */
static bool is_preamble(struct str message)
{
	static const char *const starts[] = {
		"The request had some invalid properties",
		"There were some errors when processing your query",
		"Something went wrong processing your query",
		"A semantic error occurred",
		"A recognition error occurred",
	};

	for (size_t i = 0; i < COUNT(starts); i++) {
		if (str_starts(message, str_from(starts[i])))
			return true;
	}
	return false;
}

/* -2133196797: nobody can look that up. */
static bool is_bare_number(struct str code)
{
	int64_t number;

	return str_to_i64(code, &number);
}

/* The deepest code is the cause; the top message is kept when that has none. */
static void dig(const cJSON *error, struct found *out, int depth)
{
	const cJSON *next = any_case(error, "innererror");
	const cJSON *detail, *details = any_case(error, "details");
	struct str code = text_of(any_case(error, "code"));
	struct str message = text_of(any_case(error, "message"));

	if (code.n && !(out->code.n && is_bare_number(code)))
		out->code = code;
	if (depth >= DEEPEST)
		return;
	if (dig_message(message, out, depth))
		return;
	if (message.n && (!out->message.n || is_preamble(out->message)))
		out->message = message;
	cJSON_ArrayForEach (detail, details) {
		if (text_of(any_case(detail, "code")).n) {
			dig(detail, out, depth + 1);
			return;
		}
	}
	if (cJSON_IsObject(next) && text_of(any_case(next, "code")).n &&
	    text_of(any_case(next, "message")).n)
		dig(next, out, depth + 1);
}

static struct str between(struct str body, struct str open, struct str close)
{
	ptrdiff_t from = str_find(body, open), to;

	if (from < 0)
		return (struct str){0};
	body = str_sub(body, (size_t)from + open.n, body.n);
	to = str_find(body, close);
	return to < 0 ? (struct str){0} : str_sub(body, 0, (size_t)to);
}

static void forget(struct found *f)
{
	while (f->n_parsed > 0)
		cJSON_Delete(f->parsed[--f->n_parsed]);
}

/* Cleaned, without secrets, and cut between two characters. */
static void put_clipped(struct strbuf *out, struct str text, size_t max_bytes)
{
	struct strbuf clean;
	size_t n = max_bytes;

	strbuf_init(&clean, 8 * LONGEST_TEXT);
	redact_line(&clean, text, LONGEST_TEXT);
	if (clean.n <= max_bytes) {
		strbuf_put(out, strbuf_str(&clean));
	} else {
		while (n > 0 && ((unsigned char)clean.p[n] & 0xc0) == 0x80)
			n--;
		strbuf_put(out, str_sub(strbuf_str(&clean), 0, n));
		strbuf_puts(out, "...");
	}
	strbuf_fini(&clean);
}

static bool is_denial(const struct found *f, struct denied *denied)
{
	return str_ends(f->code, STR("AuthorizationFailed")) &&
	       denied_find(f->message, denied);
}

static void put_reason(struct strbuf *out, const struct found *f)
{
	struct denied denied;

	put_clipped(out, f->code, CODE_MAX);
	if (f->code.n && f->message.n)
		strbuf_puts(out, ": ");
	if (is_denial(f, &denied)) {
		strbuf_puts(out, "no right to ");
		put_clipped(out, denied.action, ACTION_MAX);
		if (denied.scope.n) {
			strbuf_puts(out, " on ");
			put_clipped(out, denied.scope, SCOPE_MAX);
		}
	} else {
		put_clipped(out, f->message, MESSAGE_MAX);
	}
	if (!out->n)
		strbuf_puts(out, "no reason given");
}

static void say(int status, const struct found *f, struct err *err)
{
	struct strbuf text;
	enum err_code kind = kind_of_status(status);
	const char *todo = NULL;

	for (size_t i = 0; i < COUNT(known); i++) {
		if (str_eq(f->code, str_from(known[i].code))) {
			kind = known[i].kind;
			todo = known[i].todo;
		}
	}
	for (size_t i = 0; i < COUNT(phrases); i++) {
		if (str_starts(f->message, str_from(phrases[i].start))) {
			kind = phrases[i].kind;
			todo = phrases[i].todo;
		}
	}
	for (size_t i = 0; !todo && status >= 300 && i < COUNT(in_general); i++) {
		if (in_general[i].kind == kind)
			todo = in_general[i].todo;
	}
	strbuf_init(&text, 2048);
	put_reason(&text, f);
	if (status >= 300)
		strbuf_printf(&text, " (%d)", status);
	err_set(err, kind, "%s%s%s", text.p, todo ? "; " : "", todo ? todo : "");
	err->http_status = status;
	strbuf_fini(&text);
}

void arm_error_decode(int status, struct str body, struct str code_header,
		      struct err *err)
{
	struct str trimmed = str_trim(body);
	struct found f = {0};
	struct err ignored;
	cJSON *root = NULL;

	if (str_starts(trimmed, STR("\xef\xbb\xbf")))
		trimmed = str_trim(str_sub(trimmed, 3, trimmed.n));
	if (trimmed.n && trimmed.p[0] == '{')
		root = json_parse(trimmed, &limits, NULL, &ignored);
	if (root) {
		struct str code, message;

		dig(envelope(root), &f, 0);
		if ((!f.code.n || !f.message.n) &&
		    other_error_find(root, &code, &message)) {
			f.code = f.code.n ? f.code : code;
			f.message = f.message.n ? f.message : message;
		}
	} else if (str_starts(trimmed, STR("<?xml")) ||
		   str_starts(trimmed, STR("<Error"))) {
		f.code = between(trimmed, STR("<Code>"), STR("</Code>"));
		f.message = between(trimmed, STR("<Message>"), STR("</Message>"));
	} else if (str_starts(trimmed, STR("<"))) {
		f.message = status >= 500
				    ? STR("a gateway's error page came instead of an "
					  "answer")
				    : STR("a web page came instead of an answer: a "
					  "sign-in page or a proxy");
	}
	if (!f.code.n)
		f.code = code_header;
	say(status, &f, err);
	forget(&f);
	cJSON_Delete(root);
}

bool arm_error_in_answer(const cJSON *answer, struct err *err)
{
	const cJSON *error = json_member(answer, "error");
	struct found f = {0};

	bool is_one;

	if (!cJSON_IsObject(error))
		return false;
	dig(error, &f, 0);
	is_one = f.code.n || f.message.n;
	if (is_one)
		say(200, &f, err);
	forget(&f);
	return is_one;
}
