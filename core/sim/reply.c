/* Answers and their envelopes. Thread: core. */
#include "sim/reply.h"

#include <stdio.h>
#include <strings.h>

void reply_init(struct reply *r, struct arena *arena)
{
	*r = (struct reply){.status = 200, .arena = arena};
	strbuf_init(&r->body, REPLY_MAX_BODY);
}

void reply_fini(struct reply *r)
{
	if (r->flow.free)
		r->flow.free(r->flow.ctx);
	strbuf_fini(&r->body);
}

void reply_header(struct reply *r, const char *name, const char *fmt, ...)
{
	struct strbuf text;
	va_list ap;

	if (r->n_headers == REPLY_MAX_HEADERS)
		return;
	strbuf_init(&text, REQUEST_MAX_TARGET * 2);
	va_start(ap, fmt);
	strbuf_vprintf(&text, fmt, ap);
	va_end(ap);
	r->headers[r->n_headers++] = (struct reply_field){
		.name = name,
		.value = arena_strdup(r->arena, strbuf_str(&text)),
	};
	strbuf_fini(&text);
}

const char *reply_find_header(const struct reply *r, const char *name)
{
	for (size_t i = 0; i < r->n_headers; i++)
		if (strcasecmp(r->headers[i].name, name) == 0)
			return r->headers[i].value;
	return NULL;
}

void reply_error(struct reply *r, int status, const char *code, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	r->status = status;
	strbuf_reset(&r->body);
	jw_object(&r->body, NULL);
	jw_object(&r->body, "error");
	jw_text(&r->body, "code", code);
	jw_text(&r->body, "message", text);
	jw_object_end(&r->body);
	jw_object_end(&r->body);
}

void reply_devops_error(struct reply *r, int status, const char *type, const char *fmt,
			...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	r->status = status;
	strbuf_reset(&r->body);
	jw_object(&r->body, NULL);
	jw_text(&r->body, "$id", "1");
	jw_null(&r->body, "innerException");
	jw_text(&r->body, "message", text);
	jw_format(&r->body, "typeName",
		  "Microsoft.TeamFoundation.DistributedTask.WebApi.%s, "
		  "Microsoft.TeamFoundation.DistributedTask.WebApi",
		  type);
	jw_text(&r->body, "typeKey", type);
	jw_int(&r->body, "errorCode", 0);
	jw_int(&r->body, "eventId", 3000);
	jw_object_end(&r->body);
}
