/* See service.h. */
#include "sim/service.h"

#include <stdio.h>

#include "base/count.h"

enum { LARGEST_PAGE = 1000, TEXT_MAX = 400 };

struct refusal {
	int status;
	const char *code, *text;
};

static void put_github(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_text(out, "message", why->text);
	jw_text(out, "documentation_url", "https://docs.github.com/rest");
	jw_format(out, "status", "%d", why->status);
	jw_object_end(out);
}

/* GitLab, Supabase. */
static void put_message(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_text(out, "message", why->text);
	jw_object_end(out);
}

static void put_page(struct strbuf *out, const struct refusal *why)
{
	strbuf_printf(out,
		      "<html><head><title>Error %d</title></head>"
		      "<body><h2>HTTP ERROR %d %s</h2></body></html>",
		      why->status, why->status, why->text);
}

static void put_json_api(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_list(out, "errors");
	jw_object(out, NULL);
	jw_format(out, "status", "%d", why->status);
	jw_text(out, "title", why->text);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
}

static void put_fabric(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_text(out, "requestId", guid_of(1, why->code, (uint64_t)why->status).text);
	jw_text(out, "errorCode", why->code);
	jw_text(out, "message", why->text);
	jw_bool(out, "isRetriable", why->status == 429 || why->status >= 500);
	jw_object_end(out);
}

static void put_azure(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_object(out, "error");
	jw_text(out, "code", why->code);
	jw_text(out, "message", why->text);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_atlas(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_text(out, "detail", why->text);
	jw_int(out, "error", why->status);
	jw_text(out, "errorCode", why->code);
	jw_list(out, "parameters");
	jw_list_end(out);
	jw_text(out, "reason",
		why->status == 401   ? "Unauthorized"
		: why->status == 404 ? "Not Found"
				     : "Bad Request");
	jw_object_end(out);
}

static void put_blob(struct strbuf *out, const struct refusal *why)
{
	strbuf_printf(
		out,
		"\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>"
		"%s</Code><Message>%s</Message></Error>",
		why->code, why->text);
}

static void put_prometheus(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_text(out, "status", "error");
	jw_text(out, "errorType", why->code);
	jw_text(out, "error", why->text);
	jw_object_end(out);
}

static void put_alertmanager(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_int(out, "code", why->status);
	jw_text(out, "message", why->text);
	jw_object_end(out);
}

static void put_grafana(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_text(out, "message", why->text);
	jw_text(out, "messageId", why->code);
	jw_int(out, "statusCode", why->status);
	jw_text(out, "traceID", "");
	jw_object_end(out);
}

static void put_elastic(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_object(out, "error");
	jw_list(out, "root_cause");
	jw_object(out, NULL);
	jw_text(out, "type", why->code);
	jw_text(out, "reason", why->text);
	jw_object_end(out);
	jw_list_end(out);
	jw_text(out, "type", why->code);
	jw_text(out, "reason", why->text);
	jw_object_end(out);
	jw_int(out, "status", why->status);
	jw_object_end(out);
}

static void put_kibana(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_int(out, "statusCode", why->status);
	jw_text(out, "error", why->code);
	jw_text(out, "message", why->text);
	jw_object_end(out);
}

static void put_zendesk(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_text(out, "error", why->code);
	jw_text(out, "description", why->text);
	jw_object_end(out);
}

static void put_intercom(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_text(out, "type", "error.list");
	jw_text(out, "request_id", "b1ae3f7k2d");
	jw_list(out, "errors");
	jw_object(out, NULL);
	jw_text(out, "code", why->code);
	jw_text(out, "message", why->text);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
}

static void put_pagerduty(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_object(out, "error");
	jw_int(out, "code", why->status == 401 ? 2006 : 2100);
	jw_text(out, "message", why->text);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_opsgenie(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_text(out, "message", why->text);
	jw_number(out, "took", .001, 3);
	jw_text(out, "requestId", "5d3e1d1e-0b8b-4f36-9a1c-6a1f2d6a7f10");
	jw_object_end(out);
}

static void put_aws(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_format(out, "__type", "com.amazon.coral.service#%s", why->code);
	jw_text(out, "message", why->text);
	jw_object_end(out);
}

static void put_google(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_object(out, "error");
	jw_int(out, "code", why->status);
	jw_text(out, "message", why->text);
	jw_text(out, "status", why->status == 401 ? "UNAUTHENTICATED" : "NOT_FOUND");
	jw_object_end(out);
	jw_object_end(out);
}

static void put_ollama(struct strbuf *out, const struct refusal *why)
{
	jw_object(out, NULL);
	jw_text(out, "error", why->text);
	jw_object_end(out);
}

static const struct {
	const char *root;
	void (*put)(struct strbuf *out, const struct refusal *why);
	const char *type; /* of its refusals; NULL: JSON */
} services[] = {
	{"_prometheus", put_prometheus, NULL},
	{"_alertmanager", put_alertmanager, NULL},
	{"_grafana", put_grafana, NULL},
	{"_elasticsearch", put_elastic, NULL},
	{"_kibana", put_kibana, NULL},
	{"_zendesk", put_zendesk, NULL},
	{"_intercom", put_intercom, NULL},
	{"_pagerduty", put_pagerduty, NULL},
	{"_opsgenie", put_opsgenie, NULL},
	{"_sagemaker", put_aws, "application/x-amz-json-1.1"},
	{"_shield", put_aws, "application/x-amz-json-1.1"},
	{"_vertex", put_google, NULL},
	{"_ollama", put_ollama, NULL},
	{"_openai", put_azure, "application/json"},
	{"_github", put_github, NULL},
	{"_gitlab", put_message, NULL},
	{"_jenkins", put_page, "text/html;charset=iso-8859-1"},
	{"_terraform", put_json_api, "application/vnd.api+json; charset=utf-8"},
	{"_fabric", put_fabric, NULL},
	{"_purview", put_azure, NULL},
	{"_supabase", put_message, NULL},
	{"_atlas", put_atlas, NULL},
	{"_blob", put_blob, "application/xml"},
	{"_loganalytics", put_azure, NULL},
	{"_keyvault", put_azure, NULL},
};

static int service_of(const struct request *req)
{
	for (size_t i = 0; req->n_segments && i < COUNT(services); i++) {
		if (str_eq_nocase(req->segments[0], str_from(services[i].root)))
			return (int)i;
	}
	return -1;
}

bool service_is_asked(const struct request *req)
{
	return service_of(req) >= 0;
}

void service_error(const struct request *req, struct reply *rep, int status,
		   const char *code, const char *fmt, ...)
{
	int service = service_of(req);
	char text[TEXT_MAX];
	struct refusal why = {status, code, text};
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	rep->status = status;
	strbuf_reset(&rep->body);
	(service < 0 ? put_azure : services[service].put)(&rep->body, &why);
	if (service >= 0 && services[service].type)
		reply_header(rep, "Content-Type", "%s", services[service].type);
}

static int64_t number_asked(const struct request *req, const char *name, int64_t most,
			    int64_t otherwise)
{
	int64_t value;

	if (!str_to_i64(request_query(req, name), &value) || value < 1)
		return otherwise;
	return value < most ? value : most;
}

struct service_page service_page_of(const struct request *req, const char *size_name,
				    size_t size, size_t total)
{
	struct service_page page = {.total = total};

	page.size = (size_t)number_asked(req, size_name, LARGEST_PAGE, (int64_t)size);
	page.number = number_asked(req, "page", INT32_MAX, 1);
	page.from = (size_t)(page.number - 1) * page.size;
	if (page.from > total)
		page.from = total;
	page.to = total - page.from < page.size ? total : page.from + page.size;
	page.next = page.to < total ? page.number + 1 : 0;
	return page;
}

const char *service_page_link(const struct request *req, struct arena *arena,
			      const char *name, int64_t page)
{
	struct str rest = req->target, part;
	struct strbuf link, own;
	const char *text;
	char joint = '?';

	strbuf_init(&own, 64);
	strbuf_printf(&own, "%s=", name);
	strbuf_init(&link, REQUEST_MAX_TARGET * 2);
	strbuf_put(&link, req->base);
	strbuf_put(&link, req->path);
	str_next(&rest, '?', &part);
	while (rest.p && str_next(&rest, '&', &part)) {
		if (str_starts(part, strbuf_str(&own)))
			continue;
		strbuf_putc(&link, joint);
		strbuf_put(&link, part);
		joint = '&';
	}
	strbuf_printf(&link, "%c%s%lld", joint, own.p, (long long)page);
	text = arena_strdup(arena, strbuf_str(&link));
	strbuf_fini(&link);
	strbuf_fini(&own);
	return text;
}

void service_put_link(const struct request *req, struct reply *rep,
		      const struct service_page *page)
{
	int64_t last = (int64_t)((page->total + page->size - 1) / page->size);

	if (!page->next)
		return;
	reply_header(rep, "Link", "<%s>; rel=\"next\", <%s>; rel=\"last\"",
		     service_page_link(req, rep->arena, "page", page->next),
		     service_page_link(req, rep->arena, "page", last));
}
