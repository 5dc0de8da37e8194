/* Texts are made vectors of, by the one endpoint that the configuration names for it. It is
 * a row behind those that are asked questions, with a health, a tally and a price of its
 * own, so the router says of it too whether it may be asked: what may leave, caps, pauses.
 * It is one try; who asks tries again. */
#include "ai/gateway_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ai/embed.h"
#include "base/xalloc.h"

enum { BODY_MOST = 2 << 20, ANSWER_MOST = 16 << 20, BYTES_A_TOKEN = 4 };

struct embedding {
	struct embedding *next;
	struct gateway *g;
	uint64_t id, http_id;
	gateway_embedded_fn fn;
	void *ctx;
	struct strbuf body; /* of the request, then of the answer */
	size_t n;
	int64_t tokens; /* an estimate */
	int64_t deadline_ms, token_ms, began_ms;
	bool is_asking_token, has_refreshed;
	bool is_stopped; /* while the pool has it */
	bool is_on_pool;
	struct loop_timer *refused;
	struct str *texts; /* in the arena */
	struct arena arena;
	/* Of the pool. */
	enum embed_form form;
	int dims;
	struct embed_answer answer;
	struct model_error error;
	bool is_read;
};

static struct endpoint *embedder(const struct embedding *m)
{
	return &m->g->endpoints[m->g->n];
}

static enum embed_form form_of(const struct endpoint *e)
{
	return e->provider.dialect == DIALECT_OLLAMA ? EMBED_OLLAMA : EMBED_OPENAI;
}

static void embedding_free(struct embedding *m)
{
	loop_timer_stop(m->refused);
	free(m->answer.floats);
	strbuf_fini(&m->body);
	arena_fini(&m->arena);
	free(m);
}

static void unlink_it(struct embedding *m)
{
	struct embedding **at = &m->g->embeddings;

	while (*at != m)
		at = &(*at)->next;
	*at = m->next;
}

/* Told, and gone. */
static void end(struct embedding *m, int64_t retry_ms)
{
	const struct gateway_embedded got = {.floats = m->answer.floats,
					     .n = m->answer.n,
					     .dims = m->answer.dims,
					     .trouble = m->error.trouble,
					     .retry_ms = retry_ms,
					     .err = &m->error.err};

	unlink_it(m);
	m->fn(&got, m->ctx);
	embedding_free(m);
}

static void fail(struct embedding *m, int64_t retry_ms)
{
	struct gateway *g = m->g;
	struct endpoint *e = embedder(m);

	snprintf(e->said, sizeof(e->said), "%s", m->error.err.text);
	e->tally.failures++;
	route_failed(&g->router, (int)g->n, m->error.trouble, retry_ms, gateway_now(g));
	if (g->router.health[g->n].is_out)
		e->out_ms = gateway_now(g);
	err_wrap(&m->error.err, "%s", e->of->name);
	log_line(g->log, LOG_WARN, "ai", "embeddings: %s", m->error.err.text);
	end(m, retry_ms);
}

static void count(struct embedding *m)
{
	struct gateway *g = m->g;
	struct endpoint *e = embedder(m);
	bool is_said = m->answer.asked >= 0;
	int64_t asked = is_said ? m->answer.asked : m->tokens;
	const struct ai_price *price = &g->known[g->n].price;
	double money = ai_cost(price, asked, 0, 0);

	if (isnan(money) && g->known[g->n].is_local)
		money = 0;
	e->tally.asked += asked;
	e->tally.is_guess |= !is_said;
	gateway_count(g, &(struct gateway_spent){.asked = asked,
						 .money = isnan(money) ? 0 : money,
						 .is_guess = !is_said});
	if (!isnan(money))
		e->tally.money += money;
}

static void read_on_pool(void *ctx)
{
	struct embedding *m = ctx;

	m->is_read = embed_read(m->form, strbuf_str(&m->body), m->n, m->dims, &m->answer,
				&m->error);
}

static void was_read(void *ctx)
{
	struct embedding *m = ctx;
	struct gateway *g = m->g;
	struct endpoint *e;

	m->is_on_pool = false;
	if (m->is_stopped) {
		embedding_free(m);
		return;
	}
	e = embedder(m);
	count(m);
	if (!m->is_read) {
		fail(m, -1);
		return;
	}
	route_began(&g->router, (int)g->n, gateway_now(g) - m->began_ms);
	route_answered(&g->router, (int)g->n);
	e->heard_ms = gateway_now(g);
	e->said[0] = '\0';
	err_clear(&m->error.err);
	end(m, -1);
}

static void ask_token(struct embedding *m);

/* So that it is asked without it from now on. */
static bool learn(struct endpoint *e, const struct model_error *error)
{
	struct {
		const char *word;
		bool *is_known;
	} rows[] = {{"encoding_format", &e->no_base64}, {"dimensions", &e->no_dims}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (*rows[i].is_known ||
		    (error->trouble != TROUBLE_PARAMETER &&
		     error->trouble != TROUBLE_OTHER) ||
		    (strcmp(error->parameter, rows[i].word) != 0 &&
		     !strstr(error->err.text, rows[i].word)))
			continue;
		*rows[i].is_known = true;
		return true;
	}
	return false;
}

static void refused(struct embedding *m, const struct http_response *r)
{
	struct endpoint *e = embedder(m);

	if (r->status == 401 && !m->has_refreshed) {
		m->has_refreshed = true;
		credential_refuse(e->credential, endpoint_scope(e), m->token_ms);
		ask_token(m);
		return;
	}
	model_error_decode(strbuf_str(&r->body), r->status, &m->error);
	if (learn(e, &m->error)) {
		ask_token(m);
		return;
	}
	fail(m, limits_wait_ms(r, clock_wall_ms(loop_clock(m->g->loop))));
}

static void http_done(struct http_response *r, void *ctx)
{
	struct embedding *m = ctx;

	/* Given up. */
	if (!m->http_id)
		return;
	m->http_id = 0;
	if (r->status)
		limits_read(r, &embedder(m)->limits);
	if (r->status == 0) {
		m->error.trouble = r->err.code == ERR_CONFIG || r->err.code == ERR_TLS
					   ? TROUBLE_SIGN_IN
					   : TROUBLE_DOWN;
		m->error.err = r->err;
		fail(m, r->err.retry_after_ms);
	} else if (r->status != 200) {
		refused(m, r);
	} else {
		strbuf_fini(&m->body);
		m->body = r->body;
		strbuf_init(&r->body, r->body.max);
		m->is_on_pool = true;
		loop_work(m->g->loop, read_on_pool, was_read, m);
	}
}

static void put_body(struct embedding *m)
{
	const struct endpoint *e = embedder(m);

	strbuf_reset(&m->body);
	embed_put_body(&(struct embed_request){.form = m->form,
					       .model = e->provider.model,
					       .dims = m->dims,
					       .no_base64 = e->no_base64,
					       .no_dims = e->no_dims,
					       .texts = m->texts,
					       .n = m->n},
		       &m->body);
}

static void token_came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	static const struct http_header headers[] = {
		{{"Content-Type", 12}, {"application/json", 16}}};
	struct embedding *m = ctx;
	struct gateway *g = m->g;
	const struct endpoint *e = embedder(m);

	m->is_asking_token = false;
	m->token_ms = gateway_now(g);
	if (err->code != ERR_NONE) {
		m->error.trouble =
			err_is_retryable(err->code) ? TROUBLE_DOWN : TROUBLE_SIGN_IN;
		m->error.err = *err;
		fail(m, -1);
		return;
	}
	put_body(m);
	m->http_id = http_send(g->http,
			       &(struct http_request){
				       .method = HTTP_POST,
				       .url = str_from(e->url),
				       .headers = headers,
				       .n_headers = 1,
				       .body = strbuf_str(&m->body),
				       .auth = auth,
				       .governor_key = str_from(e->key),
				       .pace = gateway_pace_is_ours,
				       .deadline_ms = m->deadline_ms,
				       .max_bytes = ANSWER_MOST,
				       .is_single = true,
				       .allow_plain = g->known[g->n].is_local,
			       },
			       http_done, m);
}

static void ask_token(struct embedding *m)
{
	const struct endpoint *e = embedder(m);

	m->is_asking_token = true;
	credential_ask(e->credential, endpoint_scope(e), token_came, m);
}

static void tell_refused(void *ctx)
{
	struct embedding *m = ctx;

	m->refused = NULL;
	end(m, m->error.err.retry_after_ms);
}

/* What may leave is as for a question of that kind, on that route, or of that endpoint. */
static enum ai_reach reach_of(const struct gateway *g, const struct gateway_embed *ask)
{
	for (size_t i = 0; ask->only && i < g->n; i++) {
		if (strcmp(ask->only, g->known[i].name) == 0)
			return g->known[i].is_local ? REACH_LOCAL : REACH_CLOUD;
	}
	for (size_t i = 0; ask->route && gateway_route(g, i); i++) {
		if (strcmp(ask->route, gateway_route(g, i)) == 0)
			return g->ways[i].route.reach;
	}
	return gateway_route_of(g, ask->kind)->reach;
}

static struct ai_choice choose(const struct gateway *g, const struct gateway_embed *ask,
			       int64_t tokens)
{
	const size_t one = g->n;
	const struct ai_route route = {.name = "embeddings",
				       .endpoints = &one,
				       .n = 1,
				       .reach = REACH_CLOUD};
	struct ai_choice choice;

	route_choose(&g->router,
		     &(struct ai_need){.route = &route,
				       .reach = reach_of(g, ask),
				       .tokens = (int)(tokens / (int64_t)ask->n),
				       .now_ms = gateway_now(g)},
		     &choice);
	return choice;
}

static struct embedding *embedding_new(struct gateway *g, const struct gateway_embed *ask)
{
	struct embedding *m = xcalloc(1, sizeof(*m));
	const struct endpoint *e = &g->endpoints[g->n];

	m->g = g;
	m->id = ++g->last_id;
	m->n = ask->n;
	m->deadline_ms = ask->deadline_ms;
	m->began_ms = gateway_now(g);
	m->form = form_of(e);
	m->dims = g->embed_dims;
	m->next = g->embeddings;
	g->embeddings = m;
	err_clear(&m->error.err);
	strbuf_init(&m->body, BODY_MOST);
	arena_init(&m->arena);
	m->texts = arena_calloc(&m->arena, ask->n, sizeof(*m->texts));
	for (size_t i = 0; i < ask->n; i++) {
		m->texts[i] = arena_str(&m->arena, ask->texts[i]);
		m->tokens += (int64_t)(ask->texts[i].n / BYTES_A_TOKEN) + 1;
	}
	return m;
}

uint64_t gateway_embed(struct gateway *g, const struct gateway_embed *ask,
		       gateway_embedded_fn fn, void *ctx)
{
	struct embedding *m = embedding_new(g, ask);
	struct ai_choice choice;

	m->fn = fn;
	m->ctx = ctx;
	gateway_turn_day(g);
	gateway_look_again(g, g->n, false);
	choice = choose(g, ask, m->tokens);
	if (!g->knows_today)
		choice = (struct ai_choice){.endpoint = ROUTE_NONE,
					    .wait_ms = GATEWAY_LOOK_MS,
					    .why = "it is not known yet what was spent"};
	if (choice.endpoint == ROUTE_NONE) {
		m->error.trouble = g->router.health[g->n].trouble;
		err_set(&m->error.err, ERR_REFUSED, "%s", choice.why);
		m->error.err.retry_after_ms = choice.wait_ms;
		m->refused = loop_timer_start(g->loop, 0, tell_refused, m);
		return m->id;
	}
	g->endpoints[g->n].tally.questions++;
	route_asked(&g->router, (int)g->n);
	ask_token(m);
	return m->id;
}

static void stop(struct embedding *m)
{
	struct gateway *g = m->g;
	uint64_t id = m->http_id;

	unlink_it(m);
	if (!m->refused)
		route_dropped(&g->router, (int)g->n);
	m->http_id = 0;
	if (m->is_asking_token)
		credential_forget(embedder(m)->credential, m);
	if (id)
		http_cancel(g->http, id);
	if (m->is_on_pool)
		m->is_stopped = true;
	else
		embedding_free(m);
}

void gateway_embed_stop(struct gateway *g, uint64_t id)
{
	for (struct embedding *m = g->embeddings; m; m = m->next) {
		if (m->id != id)
			continue;
		stop(m);
		return;
	}
}

void embed_stop_all(struct gateway *g)
{
	while (g->embeddings)
		stop(g->embeddings);
}

const char *gateway_embedder(const struct gateway *g)
{
	return g->embedder;
}
