/* See world_http.h. */
#include "fake/world_http.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/xalloc.h"
#include "sim/estate.h"
#include "sim/tenant/token.h"

enum { HOUR_AND_MORE_MS = 2 * 3600 * 1000 };

struct pending {
	struct pending *next;
	struct http *http;
	uint64_t id;
	struct loop_timer *timer;
	http_done_fn done;
	void *ctx;
	struct arena arena;
	struct http_request request;
};

struct http {
	struct loop *loop;
	struct world *world;
	struct pending *open;
	uint64_t last;
	enum world_fault fault;
	size_t n_writes;
};

static const struct fault_way {
	const char *name;
	int status; /* of a refusal; 0: none */
	const char *code;
	bool is_done; /* the world has done it all the same */
} ways[] = {
	[WORLD_FAULT_NONE] = {"none", 0, NULL, true},
	[WORLD_FAULT_CONFLICT] = {"409", 409, "Conflict", false},
	[WORLD_FAULT_CHANGED] = {"412", 412, "PreconditionFailed", false},
	[WORLD_FAULT_FORBIDDEN] = {"403", 403, "AuthorizationFailed", false},
	[WORLD_FAULT_THROTTLED] = {"429", 429, "TooManyRequests", false},
	[WORLD_FAULT_BROKEN] = {"500", 500, "InternalServerError", false},
	[WORLD_FAULT_UNSURE] = {"500 after it", 500, "InternalServerError", true},
	[WORLD_FAULT_LOST] = {"lost answer", 0, NULL, true},
	[WORLD_FAULT_TOKEN] = {"expired token", 0, NULL, true},
	[WORLD_FAULT_LATE] = {"token that expires meanwhile", 0, NULL, true},
};

const char *world_fault_name(enum world_fault fault)
{
	return ways[fault].name;
}

struct http *world_http_new(struct loop *loop, struct world *world)
{
	struct http *http = xcalloc(1, sizeof(*http));

	http->loop = loop;
	http->world = world;
	return http;
}

void world_http_fault(struct http *http, enum world_fault fault)
{
	http->fault = fault;
}

size_t world_http_writes(const struct http *http)
{
	return http->n_writes;
}

struct http *http_new(struct loop *loop, const struct http_options *options,
		      struct err *err)
{
	(void)loop;
	(void)options;
	err_set(err, ERR_CONFIG, "there is no network in this test");
	return NULL;
}

static void forget(struct pending *p)
{
	struct pending **at = &p->http->open;

	while (*at != p)
		at = &(*at)->next;
	*at = p->next;
	loop_timer_stop(p->timer);
}

static void destroy(struct pending *p)
{
	arena_fini(&p->arena);
	free(p);
}

void http_free(struct http *http)
{
	while (http->open) {
		struct pending *p = http->open;

		forget(p);
		destroy(p);
	}
	free(http);
}

struct str http_header_find(const struct http_response *r, const char *name)
{
	for (size_t i = 0; i < r->n_headers; i++) {
		if (str_eq_nocase(r->headers[i].name, str_from(name)))
			return r->headers[i].value;
	}
	return (struct str){.p = "", .n = 0};
}

/* A POST that only asks has one of these ends. */
static bool is_write(const struct http_request *r)
{
	static const char *const asks[] = {"/token", "/resources?", "/query?",
					   "/search?"};

	if (r->method == HTTP_GET)
		return false;
	for (size_t i = 0; r->method == HTTP_POST && i < COUNT(asks); i++) {
		if (str_find(r->url, str_from(asks[i])) >= 0 ||
		    str_ends(r->url, str_from(asks[i])))
			return false;
	}
	return true;
}

static struct str sent_header(const struct http_request *r, const char *name)
{
	for (size_t i = 0; i < r->n_headers; i++) {
		if (str_eq_nocase(r->headers[i].name, str_from(name)))
			return r->headers[i].value;
	}
	return (struct str){.p = "", .n = 0};
}

static struct str bearer(struct http *http, struct arena *arena, bool is_expired)
{
	int64_t now_ms = clock_wall_ms(loop_clock(http->loop));
	struct strbuf text;
	struct str copy;

	strbuf_init(&text, 8192);
	strbuf_puts(&text, "Bearer ");
	token_issue(&text, &http->world->key, STR("test"),
		    STR("https://management.azure.com"), ESTATE_TENANT,
		    now_ms - (is_expired ? HOUR_AND_MORE_MS : 0));
	copy = arena_str(arena, strbuf_str(&text));
	strbuf_fini(&text);
	return copy;
}

static void ask_world(struct pending *p, struct request *req, struct reply *rep,
		      bool is_expired)
{
	static const enum sim_method methods[] = {
		[HTTP_GET] = SIM_GET,	    [HTTP_POST] = SIM_POST,
		[HTTP_PUT] = SIM_PUT,	    [HTTP_PATCH] = SIM_PATCH,
		[HTTP_DELETE] = SIM_DELETE,
	};
	struct str target =
		str_sub(p->request.url, strlen(WORLD_HTTP_BASE), p->request.url.n);

	request_init(req, methods[p->request.method],
		     str_from(arena_strdup(&p->arena, target)));
	reply_init(rep, &req->arena);
	req->base = STR(WORLD_HTTP_BASE);
	req->authorization = bearer(p->http, &p->arena, is_expired);
	req->accept = sent_header(&p->request, "Accept");
	req->if_match = sent_header(&p->request, "If-Match");
	req->content_type = sent_header(&p->request, "Content-Type");
	req->from = sent_header(&p->request, "From");
	req->operation = sent_header(&p->request, "X-Amz-Target");
	req->body = p->request.body;
	world_answer(p->http->world, req, rep);
}

static void spoil(const struct fault_way *way, struct reply *rep)
{
	if (!way->status)
		return;
	rep->n_headers = 0;
	if (way->status == 429)
		reply_header(rep, "Retry-After", "7");
	reply_error(rep, way->status, way->code, "On purpose.");
}

static void tell(struct pending *p, const struct request *req, struct reply *rep,
		 bool is_lost)
{
	struct http_header headers[REPLY_MAX_HEADERS];
	struct http_response r = {.tries = 1, .headers = headers};

	(void)req;
	err_clear(&r.err);
	strbuf_init(&r.body, REPLY_MAX_BODY);
	if (is_lost) {
		err_set(&r.err, ERR_NETWORK, "it closed without an answer");
		r.err.retry_after_ms = -1;
	} else {
		r.status = rep->status;
		strbuf_put(&r.body, strbuf_str(&rep->body));
		for (; r.n_headers < rep->n_headers; r.n_headers++)
			headers[r.n_headers] = (struct http_header){
				str_from(rep->headers[r.n_headers].name),
				str_from(rep->headers[r.n_headers].value)};
	}
	p->done(&r, p->ctx);
	strbuf_fini(&r.body);
}

static void answer(void *ctx)
{
	struct pending *p = ctx;
	struct http *http = p->http;
	enum world_fault fault = WORLD_FAULT_NONE;
	bool changes = is_write(&p->request), is_late;
	const struct fault_way *way;
	struct request req;
	struct reply rep;

	p->timer = NULL;
	http->n_writes += changes;
	is_late = !changes && http->fault == WORLD_FAULT_LATE && http->n_writes &&
		  str_find(p->request.url, STR("/token")) < 0;
	if ((changes && http->fault != WORLD_FAULT_LATE) || is_late) {
		fault = http->fault;
		http->fault = WORLD_FAULT_NONE;
	}
	way = &ways[fault];
	if (way->is_done) {
		ask_world(p, &req, &rep, fault == WORLD_FAULT_TOKEN || is_late);
	} else {
		request_init(&req, SIM_GET, STR("/"));
		reply_init(&rep, &req.arena);
	}
	spoil(way, &rep);
	forget(p);
	tell(p, &req, &rep, fault == WORLD_FAULT_LOST);
	reply_fini(&rep);
	request_fini(&req);
	destroy(p);
}

static struct str keep(struct arena *arena, struct str s)
{
	return s.n ? arena_str(arena, s) : (struct str){.p = "", .n = 0};
}

uint64_t http_send(struct http *http, const struct http_request *request,
		   http_done_fn done, void *ctx)
{
	struct pending *p = xcalloc(1, sizeof(*p));
	struct http_header *headers;

	arena_init(&p->arena);
	headers = arena_calloc(&p->arena, request->n_headers + 1, sizeof(*headers));
	for (size_t i = 0; i < request->n_headers; i++)
		headers[i] =
			(struct http_header){keep(&p->arena, request->headers[i].name),
					     keep(&p->arena, request->headers[i].value)};
	p->request = *request;
	p->request.headers = headers;
	p->request.url = keep(&p->arena, request->url);
	p->request.body = keep(&p->arena, request->body);
	p->http = http;
	p->id = ++http->last;
	p->done = done;
	p->ctx = ctx;
	p->next = http->open;
	http->open = p;
	p->timer = loop_timer_start(http->loop, 0, answer, p);
	return p->id;
}

void http_cancel(struct http *http, uint64_t id)
{
	struct pending *p = http->open;
	struct http_response r = {0};

	while (p && p->id != id)
		p = p->next;
	if (!p)
		return;
	forget(p);
	strbuf_init(&r.body, 1);
	err_set(&r.err, ERR_CANCELLED, "cancelled");
	p->done(&r, p->ctx);
	strbuf_fini(&r.body);
	destroy(p);
}
