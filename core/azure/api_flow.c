/* See api_flow.h. */
#include "azure/api_flow.h"

#include <stdlib.h>

#include "azure/api_headers.h"
#include "azure/arm_error.h"
#include "azure/kinds.h"
#include "azure/throttle.h"
#include "base/arena.h"
#include "base/xalloc.h"
#include "net/skew.h"

enum { URL_MOST_BYTES = 16 * 1024, ERROR_MOST_BYTES = 256 * 1024, LOOKS_AT_SILENCE = 4 };

struct api_flow {
	struct http *http;
	struct loop *loop;
	struct api_flow_call call;
	struct arena arena;
	struct api_call what;
	struct str url, scope, key;
	uint64_t http_id;
	bool has_refreshed, is_silent, is_stopped;
	int64_t token_ms, heard_ms; /* monotonic */
	struct loop_timer *silence;
};

static int64_t now_ms(const struct api_flow *flow)
{
	return clock_mono_ms(loop_clock(flow->loop));
}

static void free_flow(struct api_flow *flow)
{
	loop_timer_stop(flow->silence);
	arena_fini(&flow->arena);
	free(flow);
}

static void finish(struct api_flow *flow, const struct api_flow_end *end)
{
	const struct api_flow_call call = flow->call;
	const struct api_flow_end last = *end;

	free_flow(flow);
	call.done(call.ctx, &last);
}

static bool take_bytes(struct str bytes, void *ctx)
{
	struct api_flow *flow = ctx;

	flow->heard_ms = now_ms(flow);
	flow->call.on_bytes(flow->call.ctx, bytes);
	return true;
}

static void ask_token(struct api_flow *flow);

static void http_done(struct http_response *r, void *ctx)
{
	struct api_flow *flow = ctx;
	struct api_flow_end end = {.status = r->status, .is_silent = flow->is_silent};

	flow->http_id = 0;
	if (flow->is_stopped)
		return;
	if (r->err.code == ERR_NONE && r->status == 401 && !flow->has_refreshed) {
		flow->has_refreshed = true;
		credential_refuse(flow->what.connection->credential, flow->scope,
				  flow->token_ms);
		ask_token(flow);
		return;
	}
	end.err = r->err;
	if (flow->is_silent)
		err_set(&end.err, ERR_TIMEOUT, "nothing came for %lld s",
			(long long)flow->call.idle_ms / 1000);
	if (r->err.code == ERR_NONE && r->status >= 300) {
		arm_error_decode(r->status, strbuf_str(&r->body), STR(""), &end.err);
		if (end.err.code == ERR_AUTH)
			skew_blame(r, loop_clock(flow->loop), &end.err);
		end.err.http_status = r->status;
		end.err.retry_after_ms = r->err.retry_after_ms;
	}
	finish(flow, &end);
}

/* Looking now and then is cheaper than a timer moved with every chunk. */
static void look_at_silence(void *ctx)
{
	struct api_flow *flow = ctx;
	int64_t left = flow->heard_ms + flow->call.idle_ms - now_ms(flow);

	flow->silence = NULL;
	if (left <= 0 && flow->http_id) {
		flow->is_silent = true;
		http_cancel(flow->http, flow->http_id);
		return;
	}
	if (left < flow->call.idle_ms / LOOKS_AT_SILENCE)
		left = flow->call.idle_ms / LOOKS_AT_SILENCE;
	flow->silence = loop_timer_start(flow->loop, left, look_at_silence, flow);
}

static void token_came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	struct api_flow *flow = ctx;
	struct http_request request = {
		.method = HTTP_GET,
		.url = flow->url,
		.auth = auth,
		.tls = flow->what.connection->tls,
		.governor_key = flow->key,
		.pace = throttle_read,
		.deadline_ms = -1,
		.max_bytes = ERROR_MOST_BYTES,
		.is_single = true,
		.is_quiet = true,
		.on_chunk = take_bytes,
	};

	flow->token_ms = flow->heard_ms = now_ms(flow);
	if (err->code != ERR_NONE) {
		const struct api_flow_end end = {.err = *err};

		finish(flow, &end);
		return;
	}
	request.headers =
		api_headers(&flow->what, flow->url, &flow->arena, &request.n_headers);
	flow->http_id = http_send(flow->http, &request, http_done, flow);
}

static void ask_token(struct api_flow *flow)
{
	credential_ask(flow->what.connection->credential, flow->scope, token_came, flow);
}

static struct str keep(struct api_flow *flow, struct strbuf *text)
{
	struct str kept = arena_str(&flow->arena, strbuf_str(text));

	strbuf_fini(text);
	return kept;
}

struct api_flow *api_flow_start(struct http *http, struct loop *loop,
				const struct api_flow_call *call)
{
	/* What kubectl says it takes: plain text, but errors as JSON. */
	static const struct http_header accept[] = {
		{{"Accept", 6}, {"application/json, */*", 21}}};
	struct api_flow *flow = xcalloc(1, sizeof(*flow));
	struct strbuf text;

	*flow = (struct api_flow){.http = http, .loop = loop, .call = *call};
	arena_init(&flow->arena);
	flow->what = (struct api_call){.connection = call->connection,
				       .method = HTTP_GET,
				       .headers = accept,
				       .n_headers = 1};
	strbuf_init(&text, URL_MOST_BYTES);
	strbuf_puts(&text, call->connection->base_url);
	strbuf_put(&text, call->path);
	flow->url = keep(flow, &text);
	strbuf_init(&text, 2048);
	throttle_put_key(&text, &flow->what, flow->url);
	flow->key = keep(flow, &text);
	flow->scope = connection_scope(call->connection);
	flow->heard_ms = now_ms(flow);
	if (call->idle_ms)
		flow->silence =
			loop_timer_start(loop, call->idle_ms, look_at_silence, flow);
	ask_token(flow);
	return flow;
}

void api_flow_stop(struct api_flow *flow)
{
	if (!flow)
		return;
	flow->is_stopped = true;
	credential_forget(flow->what.connection->credential, flow);
	if (flow->http_id)
		http_cancel(flow->http, flow->http_id);
	free_flow(flow);
}
