/* See sim_call.h. What the client does between a call and its answer, but for what only
 * a network needs: retries, waiting, who is asked. */
#include "worker/apart/sim_call.h"

#include "azure/answer_form.h"
#include "azure/api_headers.h"
#include "azure/arm_error.h"
#include "azure/kinds.h"
#include "azure/paging.h"
#include "base/json.h"

enum { URL_MOST_BYTES = 16 * 1024 };

static struct str header_of(const struct http_header *headers, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq_nocase(headers[i].name, str_from(name)))
			return headers[i].value;
	}
	return STR("");
}

static void put_headers(struct request *req, const struct api_call *call, struct str url)
{
	size_t n;
	const struct http_header *headers = api_headers(call, url, &req->arena, &n);

	req->accept = header_of(headers, n, "Accept");
	req->content_type = header_of(headers, n, "Content-Type");
	req->operation = header_of(headers, n, "X-Amz-Target");
}

static bool is_good(const struct api_call *call, int status)
{
	for (size_t i = 0; i < API_ALSO_MAX && call->also_status[i]; i++) {
		if (call->also_status[i] == status)
			return true;
	}
	return status < 300 && status != 203;
}

/* The answer as JSON, the caller's; NULL with err where it is none. */
static cJSON *read_page(const struct api_call *call, const struct paging_rule *rule,
			const struct reply *rep, struct err *err)
{
	struct str body = strbuf_str(&rep->body);
	cJSON *page = NULL;

	if (rep->end != REPLY_WHOLE || rep->flow.read) {
		err_set(err, ERR_NETWORK, "it gave no whole answer");
		return NULL;
	}
	if (!is_good(call, rep->status)) {
		arm_error_decode(rep->status, body, STR(""), err);
		err->http_status = rep->status;
		return NULL;
	}
	if (body.n)
		page = json_parse(body, &json_wire, NULL, err);
	if ((body.n && !page) || !answer_is_of_form(call, rule, rep->status, page, err)) {
		cJSON_Delete(page);
		return NULL;
	}
	return page ? page : cJSON_CreateNull();
}

/* One page after the other, as long as each says where the next one is. */
struct walk {
	const struct sim_caller *caller;
	struct api_call call; /* with the body of this page */
	struct paging paging;
	struct strbuf url;
	struct got_answer *answer;
};

static enum paging_step add_page(struct walk *w, const struct reply *rep)
{
	const struct paging_rule *rule = w->paging.rule;
	const char *link =
		rule->from == PAGING_FROM_HEADER || rule->from == PAGING_FROM_LINK
			? reply_find_header(rep, rule->mark)
			: NULL;
	cJSON *page = read_page(&w->call, rule, rep, &w->answer->err);
	enum paging_step step;

	if (!page)
		return PAGING_CUT;
	if (arm_error_in_answer(page, &w->answer->err))
		w->answer->is_partial = true;
	step = paging_add(&w->paging, page, str_from(link), &w->url, &w->answer->err);
	if (step == PAGING_MORE && w->paging.body.next.n)
		w->call.body = strbuf_str(&w->paging.body.next);
	return step;
}

static enum paging_step ask_page(struct walk *w)
{
	const struct sim_caller *c = w->caller;
	struct str url = strbuf_str(&w->url);
	enum paging_step step = PAGING_CUT;
	struct strbuf target;
	struct request req;
	struct reply rep;

	/* A page's own address is written over while its request is still read. */
	strbuf_init(&target, URL_MOST_BYTES);
	strbuf_put(&target, str_sub(url, c->base.n, url.n));
	if (request_init(&req, w->call.method == HTTP_GET ? SIM_GET : SIM_POST,
			 strbuf_str(&target))) {
		req.base = c->base;
		req.authorization = c->bearer;
		req.body = w->call.body;
		put_headers(&req, &w->call, url);
		reply_init(&rep, &req.arena);
		world_answer(c->world, &req, &rep);
		step = add_page(w, &rep);
		if (rep.flow.free)
			rep.flow.free(rep.flow.ctx);
		reply_fini(&rep);
	} else {
		err_set(&w->answer->err, ERR_REFUSED, "the address is malformed");
	}
	request_fini(&req);
	strbuf_fini(&target);
	return step;
}

void sim_call(const struct sim_caller *caller, const struct api_call *call,
	      struct got_answer *answer)
{
	struct str base = str_from(call->connection->base_url);
	struct walk w = {.caller = caller, .call = *call, .answer = answer};
	struct strbuf first;

	*answer = (struct got_answer){.is_done = true, .throttle_left = -1};
	err_clear(&answer->err);
	strbuf_init(&first, URL_MOST_BYTES);
	strbuf_printf(&first, "%.*s%.*s", STR_ARG(base), STR_ARG(call->path));
	strbuf_init(&w.url, URL_MOST_BYTES);
	strbuf_put(&w.url, strbuf_str(&first));
	paging_init(&w.paging,
		    call->paging ? call->paging : kind_paging(call->connection->kind),
		    base, strbuf_str(&first), call->max_pages);
	paging_set_body(&w.paging, call->body);
	while (ask_page(&w) == PAGING_MORE)
		;
	/* What came before a page failed is worth having, as a part. */
	answer->json = paging_take(&w.paging);
	answer->is_partial = answer->json && answer->err.code != ERR_NONE;
	answer->fetched_ms = caller->world->now_ms;
	paging_fini(&w.paging);
	strbuf_fini(&w.url);
	strbuf_fini(&first);
}
