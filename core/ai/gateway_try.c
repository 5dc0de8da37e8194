/* A question put to one endpoint: credential, request, events, and how it ended. What
 * becomes of the question then is gateway_question.c's. */
#include "ai/gateway_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "net/skew.h"

enum { BODY_MOST = 8 << 20, REFUSAL_MOST = 256 << 10, THINKING_TIMES = 5 };

static struct endpoint *endpoint_of(const struct try *t)
{
	return &t->q->g->endpoints[t->endpoint];
}

static int64_t wall_ms(const struct try *t)
{
	return clock_wall_ms(loop_clock(t->q->g->loop));
}

struct str endpoint_scope(const struct endpoint *e)
{
	const char *scope = e->of->scope ? e->of->scope : e->provider.kind->scope;

	return str_from(scope ? scope : "");
}

struct try *try_new(struct question *q, int endpoint)
{
	struct try *t = xcalloc(1, sizeof(*t));

	t->q = q;
	t->endpoint = endpoint;
	ai_reply_init(&t->reply);
	reply_reader_init(&t->reader, endpoint_of(t)->provider.dialect, &t->reply);
	strbuf_init(&t->body, BODY_MOST);
	return t;
}

static void stop_timers(struct try *t)
{
	loop_timer_stop(t->late);
	loop_timer_stop(t->silence);
	loop_timer_stop(t->loaded);
	t->late = t->silence = t->loaded = NULL;
}

static void stop_asking(struct try *t)
{
	struct http *http = t->q->g->http;
	uint64_t id = t->http_id, loaded = t->loaded_id;

	t->http_id = t->loaded_id = 0;
	if (t->is_asking_token)
		credential_forget(endpoint_of(t)->credential, t);
	t->is_asking_token = false;
	if (id)
		http_cancel(http, id);
	if (loaded)
		http_cancel(http, loaded);
}

void try_free(struct try *t)
{
	if (!t)
		return;
	stop_timers(t);
	stop_asking(t);
	reply_reader_fini(&t->reader);
	ai_reply_fini(&t->reply);
	strbuf_fini(&t->body);
	free(t);
}

static void make_body(struct try *t)
{
	const struct endpoint *e = endpoint_of(t);
	struct turn turn = t->q->turn;

	turn.model = e->provider.model;
	turn.context = e->of->context;
	turn.no_limit_word = e->no_limit_word;
	turn.no_usage = e->no_usage;
	if (e->no_limit)
		turn.most_tokens = 0;
	if (e->no_temperature)
		turn.temperature = -1;
	strbuf_reset(&t->body);
	dialect_body(e->provider.dialect, &turn, &t->body);
}

void gateway_pace_is_ours(const struct http_response *response, struct http_pace *pace)
{
	(void)response;
	pace->is_one_resource = true;
}

static bool has_words(const struct reply *r)
{
	return r->text.n || r->n_calls || r->thought.n || r->refusal.n;
}

static void look_for_words(struct try *t)
{
	if (t->has_words || !has_words(&t->reply))
		return;
	t->has_words = true;
	question_first_word(t);
}

static void end_of_grace(void *ctx);

/* The reply is whole. Its connection is worth something if it closes in time. */
static void begin_grace(struct try *t)
{
	t->is_over = true;
	loop_timer_stop(t->silence);
	t->silence = loop_timer_start(t->q->g->loop, GATEWAY_GRACE_MS, end_of_grace, t);
}

static bool take_bytes(struct str bytes, void *ctx)
{
	struct try *t = ctx;
	size_t had = t->reply.text.n + t->reply.thought.n + t->reply.n_calls;

	t->has_bytes = true;
	t->heard_ms = gateway_now(t->q->g);
	if (t->is_over)
		return true;
	if (!reply_reader_feed(&t->reader, bytes)) {
		if (t->reply.end == REPLY_FAILED)
			return false;
		begin_grace(t);
	}
	look_for_words(t);
	if (t->reply.text.n + t->reply.thought.n + t->reply.n_calls != had)
		question_more(t->q);
	return true;
}

/* What of our parameters the refusal is about, so that it is asked without it from now
 * on. False: none that is not known already. */
static bool learn(struct endpoint *e, const struct model_error *error)
{
	const char *named = error->parameter;
	bool is_ours =
		error->trouble == TROUBLE_PARAMETER || error->trouble == TROUBLE_OTHER;
	struct {
		const char *word;
		bool *is_known;
	} rows[] = {
		{"max_completion_tokens", &e->no_limit_word},
		{"max_tokens", &e->no_limit_word},
		{"max_output_tokens", &e->no_limit},
		{"stream_options", &e->no_usage},
		{"temperature", &e->no_temperature},
	};

	for (size_t i = 0; is_ours && i < sizeof(rows) / sizeof(*rows); i++) {
		if (named[0] ? strcmp(named, rows[i].word) != 0
			     : !strstr(error->err.text, rows[i].word))
			continue;
		/* Both words for the limit are refused: it is asked without any. */
		if (rows[i].is_known == &e->no_limit_word && e->no_limit_word)
			rows[i].is_known = &e->no_limit;
		if (*rows[i].is_known)
			return false;
		*rows[i].is_known = true;
		return true;
	}
	return false;
}

static void ask_token(struct try *t);

static void ask_again(struct try *t)
{
	ai_reply_fini(&t->reply);
	reply_reader_fini(&t->reader);
	ai_reply_init(&t->reply);
	reply_reader_init(&t->reader, endpoint_of(t)->provider.dialect, &t->reply);
	t->has_bytes = false;
	ask_token(t);
}

static void fail(struct try *t, const struct model_error *error, int64_t wait_ms)
{
	struct err err = error->err;
	enum model_trouble trouble = error->trouble;

	err.retry_after_ms = wait_ms;
	if (trouble == TROUBLE_BUSY && wait_ms >= LIMITS_QUOTA_MS)
		trouble = TROUBLE_QUOTA;
	question_try_failed(t, trouble, &err);
}

/* It was refused: any status but 2xx. */
static void refused(struct try *t, const struct http_response *r)
{
	struct gateway *g = t->q->g;
	struct endpoint *e = endpoint_of(t);
	struct model_error error;

	if (r->status == 401 && !t->has_refreshed) {
		t->has_refreshed = true;
		credential_refuse(e->credential, endpoint_scope(e), t->token_ms);
		ask_token(t);
		return;
	}
	model_error_decode(strbuf_str(&r->body), r->status, &error);
	if (error.trouble == TROUBLE_SIGN_IN)
		skew_blame(r, loop_clock(g->loop), &error.err);
	if (learn(e, &error)) {
		log_line(g->log, LOG_INFO, "ai",
			 "%s: asked again without what it refuses", e->of->name);
		ask_again(t);
		return;
	}
	fail(t, &error, limits_wait_ms(r, wall_ms(t)));
}

/* No answer came, or not all of it. */
static void broke(struct try *t, const struct http_response *r)
{
	struct model_error error = {.trouble = TROUBLE_DOWN, .err = r->err};

	if (r->err.code == ERR_THROTTLED)
		error.trouble = TROUBLE_BUSY;
	else if (r->err.code == ERR_CONFIG || r->err.code == ERR_TLS)
		error.trouble = TROUBLE_SIGN_IN;
	fail(t, &error, r->err.retry_after_ms);
}

static bool is_whole(enum reply_end end)
{
	return end == REPLY_STOP || end == REPLY_CALLS || end == REPLY_LENGTH ||
	       end == REPLY_FILTERED;
}

static void ended(struct try *t, const struct http_response *r)
{
	struct model_error error = t->reply.error;

	/* A whole answer is read when it is there. */
	look_for_words(t);
	if (is_whole(t->reply.end)) {
		question_try_done(t);
		return;
	}
	if (t->reply.end != REPLY_FAILED) {
		error = (struct model_error){.trouble = TROUBLE_DOWN};
		err_set(&error.err, ERR_NETWORK, "%s", ai_reply_end_help(REPLY_CUT));
	}
	if (!t->has_words && learn(endpoint_of(t), &error))
		ask_again(t);
	else
		fail(t, &error, limits_wait_ms(r, wall_ms(t)));
}

static void http_done(struct http_response *r, void *ctx)
{
	struct try *t = ctx;

	/* Given up. */
	if (!t->http_id)
		return;
	t->http_id = 0;
	if (r->status)
		limits_read(r, &endpoint_of(t)->limits);
	if (r->status >= 300) {
		refused(t, r);
	} else if (r->status == 0 || (!t->has_bytes && r->err.code != ERR_NONE)) {
		broke(t, r);
	} else {
		reply_reader_over(&t->reader);
		ended(t, r);
	}
}

static void end_of_grace(void *ctx)
{
	struct try *t = ctx;

	t->silence = NULL;
	stop_asking(t);
	reply_reader_over(&t->reader);
	ended(t, &(struct http_response){.status = 200});
}

static void look_at_silence(void *ctx)
{
	struct try *t = ctx;
	struct model_error error = {.trouble = TROUBLE_DOWN};
	int64_t left = t->heard_ms + GATEWAY_SILENCE_MS - gateway_now(t->q->g);

	t->silence = NULL;
	if (left > 0 || !t->has_bytes) {
		t->silence = loop_timer_start(t->q->g->loop,
					      left > 0 ? left : GATEWAY_SILENCE_MS,
					      look_at_silence, t);
		return;
	}
	stop_asking(t);
	err_set(&error.err, ERR_TIMEOUT, "nothing more came for %d s",
		GATEWAY_SILENCE_MS / 1000);
	fail(t, &error, -1);
}

static void token_came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	static const struct http_header headers[] = {
		{{"Content-Type", 12}, {"application/json", 16}},
		{{"Accept", 6},
		 {"text/event-stream, application/x-ndjson, application/json", 57}}};
	struct try *t = ctx;
	const struct endpoint *e = endpoint_of(t);
	struct http_request request = {
		.method = HTTP_POST,
		.url = str_from(e->url),
		.headers = headers,
		.n_headers = 2,
		.auth = auth,
		.governor_key = str_from(e->key),
		.pace = gateway_pace_is_ours,
		.deadline_ms = -1,
		.max_bytes = REFUSAL_MOST,
		.is_single = true,
		.allow_plain = t->q->g->known[t->endpoint].is_local,
		.on_chunk = take_bytes,
		.is_quiet = true,
	};

	t->is_asking_token = false;
	t->token_ms = gateway_now(t->q->g);
	if (err->code != ERR_NONE) {
		struct model_error error = {.trouble = TROUBLE_SIGN_IN, .err = *err};

		if (err_is_retryable(err->code))
			error.trouble = TROUBLE_DOWN;
		fail(t, &error, -1);
		return;
	}
	make_body(t);
	request.body = strbuf_str(&t->body);
	t->http_id = http_send(t->q->g->http, &request, http_done, t);
}

static void ask_token(struct try *t)
{
	const struct endpoint *e = endpoint_of(t);

	t->is_asking_token = true;
	credential_ask(e->credential, endpoint_scope(e), token_came, t);
}

static void is_late(void *ctx)
{
	struct try *t = ctx;
	int64_t first_ms = t->q->g->known[t->endpoint].first_ms;
	int64_t after_ms = gateway_now(t->q->g) - t->asked_ms;

	t->late = NULL;
	if (t->has_words)
		return;
	t->late = loop_timer_start(t->q->g->loop, GATEWAY_COUNT_MS, is_late, t);
	/* It is there and thinks. */
	if (t->has_bytes && after_ms < first_ms * THINKING_TIMES)
		return;
	t->is_late = true;
	question_late(t);
}

static void ask_loaded(void *ctx)
{
	struct try *t = ctx;

	t->loaded = NULL;
	warm_ask_loaded(t);
}

void try_start(struct try *t)
{
	struct loop *loop = t->q->g->loop;

	t->asked_ms = t->heard_ms = gateway_now(t->q->g);
	t->late =
		loop_timer_start(loop, t->q->g->known[t->endpoint].first_ms, is_late, t);
	t->silence = loop_timer_start(loop, GATEWAY_SILENCE_MS, look_at_silence, t);
	if (endpoint_of(t)->provider.kind->loaded_path)
		t->loaded = loop_timer_start(loop, GATEWAY_ASK_LOADED_MS, ask_loaded, t);
	ask_token(t);
}
