/* See write.h. */
#include "sim/write/write.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/count.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "sim/k8s/k8s.h"
#include "sim/reply.h"
#include "sim/service.h"

enum { TEXT_MAX_BYTES = 64 * 1024 };

const char *write_text(const cJSON *json, const char *path)
{
	return cJSON_GetStringValue(json_at(json, str_from(path)));
}

cJSON *write_json(const char *fmt, ...)
{
	char *text = xcalloc(1, TEXT_MAX_BYTES);
	cJSON *json;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, TEXT_MAX_BYTES, fmt, ap);
	va_end(ap);
	json = cJSON_Parse(text);
	free(text);
	if (!json)
		fatal("simulator: a write's own patch is no JSON");
	return json;
}

static bool is_devops(const struct request *req)
{
	return req->n_segments && str_eq_nocase(req->segments[0], STR("_devops"));
}

bool write_refuse(struct write *wr, int status, const char *code, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (k8s_is_asked(wr->req))
		k8s_error(wr->rep, status, code, text);
	else if (is_devops(wr->req))
		reply_devops_error(wr->rep, status, code, "%s", text);
	else if (service_is_asked(wr->req))
		service_error(wr->req, wr->rep, status, code, "%s", text);
	else
		reply_error(wr->rep, status, code, "%s", text);
	return false;
}

struct str write_key(const cJSON *doc, const char **member)
{
	static const struct {
		const char *path, *member;
	} keys[] = {
		{"metadata.uid", "metadata.uid"},
		{"id", "id name"},
		{"fingerprint", "fingerprint"},
	};

	for (size_t i = 0; i < COUNT(keys); i++) {
		const char *value = write_text(doc, keys[i].path);

		*member = keys[i].member;
		if (value)
			return str_from(value);
	}
	fatal("simulator: a document that is written has no key");
}

struct written *write_patch(struct write *wr, cJSON *during, cJSON *after)
{
	const char *member;
	struct str key = write_key(wr->doc, &member);

	return writes_patch(&wr->w->written, wr->op, member, key, during, after);
}

static cJSON *document(struct write *wr, const char *below, const char *query)
{
	struct str version = request_query(wr->req, "api-version");
	struct strbuf target;
	cJSON *doc;

	strbuf_init(&target, REQUEST_MAX_TARGET);
	strbuf_put(&target, wr->target);
	strbuf_printf(&target, "%s?api-version=%.*s", below, STR_ARG(version));
	if (query)
		strbuf_printf(&target, "&%s", query);
	doc = world_read(wr->w, wr->req, target.p);
	strbuf_fini(&target);
	return doc;
}

static bool read_body(struct write *wr, const struct write_rule *rule)
{
	struct err err = {0};

	if (wr->req->body.n)
		wr->body = json_parse(wr->req->body, &json_wire, NULL, &err);
	if (rule->needs_body && !wr->body)
		return write_refuse(wr, 400, "InvalidRequestContent",
				    "The request content was invalid and could not be "
				    "deserialized: '%s'.",
				    err.text);
	return true;
}

static bool refuse_busy(struct write *wr, const struct write_rule *rule,
			const struct operation *op)
{
	const char *code = rule->busy ? rule->busy : "AnotherOperationInProgress";

	return write_refuse(wr, rule->busy ? 400 : 409, code,
			    "Another operation '%s' is in progress on this resource.",
			    op->id.text);
}

static bool may_write(struct write *wr, const struct write_rule *rule)
{
	const char *etag = rule->etag ? write_text(wr->doc, rule->etag) : NULL;
	const struct operation *op;

	if (etag && wr->req->if_match.n && !str_eq(wr->req->if_match, STR("*")) &&
	    !str_eq(wr->req->if_match, str_from(etag)))
		return write_refuse(wr, 412, "PreconditionFailed",
				    "The condition '%.*s' set in the If-Match header is "
				    "not satisfied by the current '%s'.",
				    STR_ARG(str_sub(wr->req->if_match, 0, 80)), etag);
	op = writes_running(&wr->w->written, wr->target, wr->w->now_ms);
	return !op || refuse_busy(wr, rule, op);
}

/* "/subscriptions/S/resourceGroups/G" when what is polled is below the group. */
static void put_poll(struct write *wr, const char *header, const char *format,
		     const char *location)
{
	struct str sub = request_param(wr->req, "sub");
	struct strbuf path;

	strbuf_init(&path, REQUEST_MAX_TARGET);
	for (const char *c = format; *c; c++) {
		if (*c == '@')
			strbuf_puts(&path, location);
		else if (*c == '#')
			strbuf_puts(&path, wr->op->id.text);
		else if (*c == '~')
			strbuf_put(&path, wr->target);
		else
			strbuf_putc(&path, *c);
	}
	if (format[0] == '~')
		reply_header(wr->rep, header, "%.*s%s%sapi-version=%.*s",
			     STR_ARG(wr->req->base), path.p,
			     strchr(path.p, '?') ? "&" : "?",
			     STR_ARG(request_query(wr->req, "api-version")));
	else
		reply_header(wr->rep, header,
			     "%.*s/subscriptions/%.*s/providers/%s%sapi-version=%.*s",
			     STR_ARG(wr->req->base), STR_ARG(sub), path.p,
			     strchr(path.p, '?') ? "&" : "?",
			     STR_ARG(request_query(wr->req, "api-version")));
	strbuf_fini(&path);
}

static void put_document(struct write *wr, const struct write_rule *rule)
{
	cJSON *now = document(wr, rule->shown ? rule->shown : "", rule->query);

	json_print(&wr->rep->body, now ? now : wr->doc);
	cJSON_Delete(now);
}

static void accept(struct write *wr, const struct write_rule *rule)
{
	const char *location = write_text(wr->doc, "location");

	if (!location)
		location = "westeurope";
	if (rule->status)
		put_poll(wr, "Azure-AsyncOperation", rule->status, location);
	if (rule->result)
		put_poll(wr, "Location", rule->result, location);
	if (rule->retry_s)
		reply_header(wr->rep, "Retry-After", "%d", rule->retry_s);
	switch (rule->end) {
	case WRITE_DOCUMENT:
	case WRITE_SHOWN:
		put_document(wr, rule);
		break;
	case WRITE_OPERATION:
	case WRITE_LOCATION:
		wr->rep->status = 202;
		break;
	case WRITE_EMPTY:
		break;
	}
}

void write_answer(const struct write_rule *rule, struct world *w, struct request *req,
		  struct reply *rep)
{
	struct write wr = {.w = w, .req = req, .rep = rep};

	wr.target = request_above(req, rule->strip);
	wr.doc = document(&wr, "", rule->query);
	if (!wr.doc)
		write_refuse(&wr, 404, "ResourceNotFound", "The resource was not found.");
	else if (read_body(&wr, rule) && may_write(&wr, rule)) {
		wr.op = writes_begin(&w->written, w->seed, wr.target, w->now_ms,
				     rule->takes_s * 1000LL);
		if (rule->change(&wr))
			accept(&wr, rule);
		else
			writes_drop(&w->written, wr.op);
	}
	cJSON_Delete(wr.doc);
	cJSON_Delete(wr.body);
}

static const struct operation *operation_named(struct world *w, const struct request *req,
					       struct reply *rep)
{
	const struct operation *op =
		writes_find(&w->written, request_param(req, "operation"));

	if (!op)
		reply_error(rep, 404, "ResourceNotFound", "The operation was not found.");
	return op;
}

static const char *word_of(const struct world *w, const struct operation *op)
{
	if (w->now_ms < op->ends_ms)
		return "InProgress";
	return op->code ? "Failed" : "Succeeded";
}

static void put_error(struct strbuf *out, const struct operation *op)
{
	jw_object(out, "error");
	jw_text(out, "code", op->code);
	jw_text(out, "message", op->message);
	jw_object_end(out);
}

void write_status(struct world *w, const struct request *req, struct reply *rep)
{
	const struct operation *op = operation_named(w, req, rep);
	struct strbuf *out = &rep->body;
	bool is_done;

	if (!op)
		return;
	/* Also the Location of services that tell the two apart by a word. */
	if (request_has_query(req, "monitor")) {
		write_result(w, req, rep);
		return;
	}
	is_done = w->now_ms >= op->ends_ms;
	jw_object(out, NULL);
	jw_str(out, "id", req->path);
	jw_text(out, "name", op->id.text);
	jw_text(out, "status", word_of(w, op));
	jw_time(out, "startTime", op->started_ms, 3);
	if (is_done)
		jw_time(out, "endTime", op->ends_ms, 3);
	else
		jw_int(out, "percentComplete",
		       (w->now_ms - op->started_ms) * 100 /
			       (op->ends_ms - op->started_ms));
	if (is_done && op->code)
		put_error(out, op);
	jw_object_end(out);
	if (!is_done)
		reply_header(rep, "Retry-After", "10");
}

/* What it was done to, as it is now; nothing when it is gone. */
static void put_target(struct world *w, const struct request *req, struct reply *rep,
		       const struct operation *op)
{
	struct strbuf target;
	cJSON *doc;

	strbuf_init(&target, REQUEST_MAX_TARGET);
	strbuf_printf(&target, "%s?api-version=%.*s", op->target,
		      STR_ARG(request_query(req, "api-version")));
	doc = world_read(w, req, target.p);
	if (doc)
		json_print(&rep->body, doc);
	else
		rep->status = 204;
	cJSON_Delete(doc);
	strbuf_fini(&target);
}

void write_result(struct world *w, const struct request *req, struct reply *rep)
{
	const struct operation *op = operation_named(w, req, rep);

	if (!op)
		return;
	if (w->now_ms < op->ends_ms) {
		rep->status = 202;
		reply_header(rep, "Retry-After", "10");
		reply_header(rep, "Location", "%.*s%.*s", STR_ARG(req->base),
			     STR_ARG(req->target));
		return;
	}
	if (op->code)
		reply_error(rep, 409, op->code, "%s", op->message);
	else
		put_target(w, req, rep, op);
}
