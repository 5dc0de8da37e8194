/* See api_part.h: calls that measure. Nobody is asked who we are: there is no token. */
#include "azure/api_part.h"

enum { PROBE_DEADLINE_MS = 15000 };

static void finish_later(void *ctx)
{
	struct call *c = ctx;

	c->local = NULL;
	api_finish(c);
}

static void probe_done(struct http_response *r, void *ctx)
{
	struct call *c = ctx;
	cJSON *page;

	c->http_id = 0;
	if (c->is_cancelled)
		return;
	c->answer.status = 200;
	c->answer.elapsed_ms = r->elapsed_ms;
	page = probe_answer(&c->probe, r);
	paging_add(&c->paging, page, STR(""), &c->url, &c->answer.err);
	api_finish(c);
}

void api_start_probe(struct call *c)
{
	struct http_request request = {.is_probe = true,
				       .is_single = true,
				       .tls = c->what.connection->tls,
				       .deadline_ms = PROBE_DEADLINE_MS};

	if (!probe_init(&c->probe, c->what.path, &c->answer.err)) {
		c->local = loop_timer_start(c->api->loop, 0, finish_later, c);
		return;
	}
	request.url = strbuf_str(&c->probe.url);
	request.connect_to = strbuf_str(&c->probe.at);
	request.governor_key = strbuf_str(&c->probe.at);
	c->http_id = http_send(c->api->http, &request, probe_done, c);
}
