/* See faults.h: what stands in place of an answer, in the words of whoever was asked.
 * Thread: core. */
#include "sim/fault/fault_part.h"

#include "sim/devops/devops.h"
#include "sim/k8s/k8s.h"
#include "sim/service.h"

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
	if (fault_is_sign_in(req))
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
		if (req->was_kept && k->status == FAULT_SLOW_MS)
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
