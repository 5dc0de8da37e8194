/* See api.h. A call is a small chain: token, request, page, perhaps another page
 * or one fresh token, then the answer. Large pages are parsed on the pool, so
 * that the loop is never held. */
#include "azure/api_part.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "azure/api_headers.h"
#include "azure/arm_error.h"
#include "azure/answer_form.h"
#include "azure/chosen.h"
#include "azure/host.h"
#include "azure/kinds.h"
#include "azure/throttle.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "base/xalloc.h"
#include "net/skew.h"

enum {
	PARSE_ON_POOL_BYTES = 128 * 1024,
	URL_MAX_BYTES = 16 * 1024,
	BODY_MAX_BYTES = 1 << 20,
	ALL_PAGES_BYTES = 256 << 20,
};

static void ask_token(struct call *c);

struct api *api_new(struct http *http, struct loop *loop, struct log *log)
{
	struct api *api = xcalloc(1, sizeof(*api));

	*api = (struct api){.http = http, .loop = loop, .log = log};
	return api;
}

static void unlink_call(struct call *c)
{
	struct call **at = &c->api->first;

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
}

static void let_go(const struct call *c, cJSON *json)
{
	if (c->what.is_secret)
		json_wipe(json);
	else
		cJSON_Delete(json);
}

static void free_call(struct call *c)
{
	let_go(c, c->answer.json);
	let_go(c, c->page);
	let_go(c, paging_take(&c->paging));
	probe_fini(&c->probe);
	paging_fini(&c->paging);
	strbuf_fini(&c->url);
	strbuf_fini(&c->body);
	arena_fini(&c->arena);
	free(c);
}

void api_finish(struct call *c)
{
	unlink_call(c);
	c->answer.pages = c->paging.pages;
	if (c->answer.err.code == ERR_NONE || c->answer.is_partial)
		c->answer.json = paging_take(&c->paging);
	chosen_keep(c->what.connection, c->what.path, c->answer.json);
	if (c->answer.err.code != ERR_NONE)
		log_line(c->api->log, LOG_WARN, "api", "%s: %s", c->what.connection->name,
			 c->answer.err.text);
	c->done(&c->answer, c->ctx);
	free_call(c);
}

/* What was fetched before the failure is worth showing, marked as partial. */
static void fail(struct call *c)
{
	c->answer.is_partial = c->paging.pages > 0 && c->paging.all;
	api_finish(c);
}

static void page_parsed(struct call *c)
{
	cJSON *page = c->page;
	enum paging_step step;

	c->page = NULL;
	if (!page && c->body.n) {
		c->answer.err = c->parse_err;
		err_wrap(&c->answer.err,
			 "the answer is no JSON, or was changed on the way");
		fail(c);
		return;
	}
	if (!answer_is_of_form(&c->what, c->paging.rule, c->answer.status, page,
			       &c->answer.err)) {
		cJSON_Delete(page);
		fail(c);
		return;
	}
	if (arm_error_in_answer(page, &c->answer.err))
		c->answer.is_partial = true;
	strbuf_reset(&c->body);
	step = paging_add(&c->paging, page, c->continuation, &c->url, &c->answer.err);
	if (step == PAGING_MORE && c->answer.bytes > ALL_PAGES_BYTES) {
		err_set(&c->answer.err, ERR_TOO_LARGE,
			"the pages are more than %d MB; the rest is left out",
			ALL_PAGES_BYTES >> 20);
		step = PAGING_CUT;
	}
	if (step == PAGING_MORE) {
		if (c->paging.body.next.n)
			c->what.body = strbuf_str(&c->paging.body.next);
		c->has_refreshed = false;
		ask_token(c);
		return;
	}
	if (step == PAGING_CUT)
		c->answer.is_partial = true;
	api_finish(c);
}

static void parse_work(void *ctx)
{
	struct call *c = ctx;

	c->page = json_parse(strbuf_str(&c->body), &json_wire, NULL, &c->parse_err);
}

static void parse_done(void *ctx)
{
	struct call *c = ctx;

	c->is_parsing = false;
	if (c->is_cancelled)
		free_call(c);
	else
		page_parsed(c);
}

static bool is_json(const struct call *c, const struct http_response *r)
{
	/* A blob's type is what its writer said of it, often nothing in particular. */
	if (c->what.connection->kind == CONN_BLOB)
		return true;
	return !r->body.n || answer_is_json(r);
}

static void note_headers(struct call *c, const struct http_response *r)
{
	struct str id = http_header_find(r, "x-ms-request-id");
	struct http_pace pace = {.left = -1};

	c->answer.async_operation =
		arena_str(&c->arena, http_header_find(r, "azure-asyncoperation"));
	c->answer.location = arena_str(&c->arena, http_header_find(r, "location"));
	c->answer.retry_after_ms = r->err.retry_after_ms;
	c->answer.status = r->status;
	c->answer.elapsed_ms += r->elapsed_ms;
	c->answer.bytes += r->body.n;
	if (id.n && id.n < sizeof(c->answer.request_id) && sanitize_is_clean(id)) {
		memcpy(c->answer.request_id, id.p, id.n);
		c->answer.request_id[id.n] = '\0';
	}
	throttle_read(r, &pace);
	if (pace.left >= 0 && pace.left < INT_MAX)
		c->answer.throttle_left = (int)pace.left;
}

static void take_page(struct call *c, struct http_response *r)
{
	const struct paging_rule *rule = c->paging.rule;

	c->continuation = (struct str){0};
	if (rule->from == PAGING_FROM_HEADER || rule->from == PAGING_FROM_LINK)
		c->continuation = arena_str(&c->arena, http_header_find(r, rule->mark));
	strbuf_fini(&c->body);
	c->body = r->body;
	strbuf_init(&r->body, r->body.max);
	if (c->body.n > PARSE_ON_POOL_BYTES) {
		c->is_parsing = true;
		loop_work(c->api->loop, parse_work, parse_done, c);
		return;
	}
	if (c->body.n)
		parse_work(c);
	page_parsed(c);
}

static bool is_also_answer(const struct call *c, int status)
{
	for (size_t i = 0; i < API_ALSO_MAX && c->what.also_status[i]; i++) {
		if (c->what.also_status[i] == status)
			return true;
	}
	return false;
}

static void http_done(struct http_response *r, void *ctx)
{
	struct call *c = ctx;

	c->http_id = 0;
	if (c->is_cancelled)
		return;
	note_headers(c, r);
	if (r->err.code != ERR_NONE) {
		c->answer.err = r->err;
		fail(c);
	} else if (r->status == 401 && !c->has_refreshed) {
		c->has_refreshed = true;
		credential_refuse(c->what.connection->credential, c->scope, c->token_ms);
		ask_token(c);
	} else if ((r->status == 203 || r->status >= 300) &&
		   !(is_also_answer(c, r->status) && is_json(c, r))) {
		arm_error_decode(r->status == 203 ? 401 : r->status, strbuf_str(&r->body),
				 http_header_find(r, "x-ms-error-code"), &c->answer.err);
		c->answer.is_unheard = r->status == 401;
		if (c->answer.err.code == ERR_AUTH)
			skew_blame(r, loop_clock(c->api->loop), &c->answer.err);
		c->answer.err.http_status = r->status;
		c->answer.err.retry_after_ms = r->err.retry_after_ms;
		fail(c);
	} else if (!is_json(c, r)) {
		answer_say_type(r, &c->answer.err);
		fail(c);
	} else {
		take_page(c, r);
	}
}

/* Why this page cannot be asked for. */
static bool may_ask(const struct call *c, struct err *err)
{
	if (c->url.overflow)
		return err_set(err, ERR_TOO_LARGE, "the address is too long to ask");
	if (!host_is_ours(strbuf_str(&c->url), str_from(c->what.connection->base_url)))
		return err_set(err, ERR_REFUSED,
			       "the address is on another host; it is not asked");
	return true;
}

static void token_came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	struct call *c = ctx;
	const struct api_call *what = &c->what;
	struct http_request request = {
		.method = what->method,
		.url = strbuf_str(&c->url),
		.body = what->body,
		.auth = auth,
		.tls = what->connection->tls,
		.governor_key = c->governor_key,
		.pace = throttle_read,
		.deadline_ms = what->deadline_ms,
		.patience_ms = what->patience_ms,
		.is_idempotent = what->is_read,
		.is_interactive = what->is_interactive,
		.is_secret = what->is_secret,
	};

	c->token_ms = clock_mono_ms(loop_clock(c->api->loop));
	if (err->code != ERR_NONE)
		c->answer.err = *err;
	if (err->code != ERR_NONE || !may_ask(c, &c->answer.err)) {
		c->answer.is_unheard = true;
		fail(c);
		return;
	}
	request.headers = api_headers(what, request.url, &c->arena, &request.n_headers);
	c->http_id = http_send(c->api->http, &request, http_done, c);
}

static void ask_token(struct call *c)
{
	credential_ask(c->what.connection->credential, c->scope, token_came, c);
}

static void copy_body(struct call *c, const struct api_call *what)
{
	struct strbuf body;

	strbuf_init(&body, BODY_MAX_BYTES);
	c->what.body = arena_str(&c->arena, chosen_put_body(what->connection, what->path,
							    what->body, &body)
						    ? strbuf_str(&body)
						    : what->body);
	strbuf_fini(&body);
}

static void copy_call(struct call *c, const struct api_call *what)
{
	struct http_header *headers;

	c->what = *what;
	c->what.path = arena_str(&c->arena, what->path);
	c->what.url = arena_str(&c->arena, what->url);
	copy_body(c, what);
	headers = arena_calloc(&c->arena, what->n_headers, sizeof(*headers));
	for (size_t i = 0; i < what->n_headers; i++) {
		headers[i].name = arena_str(&c->arena, what->headers[i].name);
		headers[i].value = arena_str(&c->arena, what->headers[i].value);
	}
	c->what.headers = headers;
	c->what.is_read = what->is_read || what->method == HTTP_GET;
}

uint64_t api_start(struct api *api, const struct api_call *what, api_done_fn done,
		   void *ctx)
{
	const struct connection *conn = what->connection;
	struct call *c = xcalloc(1, sizeof(*c));
	struct strbuf key;

	c->api = api;
	c->id = ++api->last_id;
	c->done = done;
	c->ctx = ctx;
	c->answer.throttle_left = -1;
	c->answer.retry_after_ms = -1;
	err_clear(&c->answer.err);
	arena_init(&c->arena);
	strbuf_init(&c->url, URL_MAX_BYTES);
	strbuf_init(&c->body, 1);
	copy_call(c, what);
	if (c->what.url.n) {
		strbuf_put(&c->url, c->what.url);
	} else {
		strbuf_puts(&c->url, conn->base_url);
		strbuf_put(&c->url, c->what.path);
	}
	c->scope = connection_scope(conn);
	strbuf_init(&key, 1024);
	throttle_put_key(&key, &c->what, strbuf_str(&c->url));
	c->governor_key = arena_str(&c->arena, strbuf_str(&key));
	strbuf_fini(&key);
	paging_init(&c->paging,
		    !c->what.is_read ? paging_rule_find(STR("none"))
		    : c->what.paging ? c->what.paging
				     : kind_paging(conn->kind),
		    str_from(conn->base_url), arena_str(&c->arena, strbuf_str(&c->url)),
		    what->max_pages);
	paging_set_body(&c->paging, c->what.body);
	c->next = api->first;
	api->first = c;
	if (conn->kind == CONN_DECK)
		c->local = loop_timer_start(api->loop, 0, api_answer_local, c);
	else if (probe_is_due(conn))
		api_start_probe(c);
	else
		ask_token(c);
	return c->id;
}

static void drop(struct call *c)
{
	unlink_call(c);
	c->is_cancelled = true;
	loop_timer_stop(c->local);
	credential_forget(c->what.connection->credential, c);
	if (c->http_id)
		http_cancel(c->api->http, c->http_id);
	if (!c->is_parsing)
		free_call(c);
}

void api_cancel(struct api *api, uint64_t id)
{
	struct call *c = api->first;

	while (c && c->id != id)
		c = c->next;
	if (c)
		drop(c);
}

void api_free(struct api *api)
{
	if (!api)
		return;
	while (api->first)
		drop(api->first);
	free(api);
}
