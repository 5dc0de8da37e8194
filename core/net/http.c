/* See http.h. The life of a request: queued until the governor lets it go,
 * running, perhaps backing off and queued again, done. set_state is the only
 * place that changes state. */
#include "net/http_transfer.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/thread.h"
#include "base/xalloc.h"
#include "net/redact.h"
#include "net/retry.h"

enum { BODY_MAX = 32 << 20, SEED = 0x617a };

static void pump(void *ctx);

static int64_t now_ms(const struct http *http)
{
	return clock_mono_ms(loop_clock(http->loop));
}

static const char *const state_names[] = {"queued", "running", "backoff", "done"};

static void set_state(struct transfer *t, enum transfer_state state)
{
	struct strbuf url;

	t->state = state;
	if (!log_is_kept(t->http->log, LOG_DEBUG))
		return;
	strbuf_init(&url, 1024);
	redact_url(&url, t->request.url);
	log_line(t->http->log, LOG_DEBUG, "net", "#%llu %s %s (try %d, status %d)",
		 (unsigned long long)t->id, state_names[state], url.p, t->response.tries,
		 t->response.status);
	strbuf_fini(&url);
}

struct http *http_new(struct loop *loop, const struct http_options *options,
		      struct err *err)
{
	struct http *http;

	THREAD_ASSERT(THREAD_CORE);
	if (!http_late_load(err))
		return NULL;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		err_set(err, ERR_INTERNAL, "curl does not start");
		return NULL;
	}
	http = xcalloc(1, sizeof(*http));
	http->loop = loop;
	http->log = options->log;
	http->user_agent = xstrdup(options->user_agent ? options->user_agent : "azdeck");
	http->ca_file = options->ca_file ? xstrdup(options->ca_file) : NULL;
	http->ca_dir = options->ca_dir ? xstrdup(options->ca_dir) : NULL;
	http->proxy = options->proxy ? xstrdup(options->proxy) : NULL;
	http->per_host =
		options->max_connections ? (int)options->max_connections : HTTP_PER_HOST;
	governor_init(&http->governor, http->per_host);
	rng_init(&http->rng, SEED ^ (uint64_t)clock_mono_us());
	if (!http_socket_start(http, err)) {
		governor_fini(&http->governor);
		free(http->user_agent);
		free(http->ca_file);
		free(http->ca_dir);
		free(http->proxy);
		free(http);
		return NULL;
	}
	return http;
}

static void unlink_transfer(struct transfer *t)
{
	struct transfer **at = &t->http->first;

	while (*at != t)
		at = &(*at)->next;
	*at = t->next;
}

/* The token, keys in headers and a sign-in's body do not outlive the request. */
static void wipe_request(struct transfer *t)
{
	for (size_t i = 0; i < t->request.n_headers; i++) {
		const struct http_header *h = &t->request.headers[i];

		if (redact_is_secret_header(h->name))
			secret_wipe((char *)h->value.p, h->value.n);
	}
	if (t->request.body.n)
		secret_wipe((char *)t->request.body.p, t->request.body.n);
	secret_wipe((char *)t->auth.secret.p, t->auth.secret.n);
	secret_wipe((char *)t->auth.session.p, t->auth.session.n);
	secret_wipe((char *)t->tls.key.p, t->tls.key.n);
}

static void free_transfer(struct transfer *t)
{
	wipe_request(t);
	loop_timer_stop(t->timer);
	loop_timer_stop(t->deadline);
	strbuf_fini(&t->response.body);
	vec_fini(&t->headers);
	arena_fini(&t->header_arena);
	arena_fini(&t->arena);
	free(t);
}

/* Takes the try off curl; the connection is closed when it was in the middle. */
static void leave_curl(struct transfer *t)
{
	if (t->easy)
		curl_multi_remove_handle(t->http->multi, t->easy);
	if (t->easy && t->is_released)
		t->http->n_flowing--;
	http_curl_drop(t);
}

static void pump_soon(struct http *http, int64_t wait_ms)
{
	loop_timer_stop(http->pump_timer);
	http->pump_timer = loop_timer_start(http->loop, wait_ms, pump, http);
}

static void finish(struct transfer *t)
{
	struct http *http = t->http;

	if (t->state == TRANSFER_RUNNING && !t->is_released)
		governor_release(&http->governor, t->key, now_ms(http), 0, NULL);
	leave_curl(t);
	set_state(t, TRANSFER_DONE);
	unlink_transfer(t);
	t->response.headers = t->headers.p;
	t->response.n_headers = t->headers.n;
	t->response.elapsed_ms = now_ms(http) - t->started_ms;
	if (http->first)
		pump_soon(http, 0);
	t->done(&t->response, t->ctx);
	free_transfer(t);
}

static void fail(struct transfer *t, enum err_code code, const char *what)
{
	struct str host = http_url_host(t->request.url);

	err_set(&t->response.err, code, "%.*s: %s", STR_ARG(host), what);
	finish(t);
}

static void backoff_over(void *ctx)
{
	struct transfer *t = ctx;

	t->timer = NULL;
	set_state(t, TRANSFER_QUEUED);
	pump(t->http);
}

/* Failures found while starting are told later, from the loop: a callback within
 * pump could free what pump looks at next. */
static void deliver(void *ctx)
{
	struct transfer *t = ctx;

	t->timer = NULL;
	finish(t);
}

static void deadline_came(void *ctx);

/* Its turn has come: from here on the deadline runs. */
static void end_patience(struct transfer *t)
{
	if (!t->patience_ms || t->deadline_ms <= 0)
		return;
	t->patience_ms = 0;
	t->started_ms = now_ms(t->http);
	loop_timer_stop(t->deadline);
	t->deadline = loop_timer_start(t->http->loop, t->deadline_ms, deadline_came, t);
}

static void start_try(struct transfer *t)
{
	end_patience(t);
	strbuf_reset(&t->response.body);
	err_clear(&t->response.err);
	t->headers.n = 0;
	t->response.status = 0;
	t->response.tries++;
	t->is_released = false;
	set_state(t, TRANSFER_RUNNING);
	if (!http_curl_prepare(t, &t->response.err)) {
		t->timer = loop_timer_start(t->http->loop, 0, deliver, t);
		return;
	}
	curl_multi_add_handle(t->http->multi, t->easy);
	if (t->request.is_quiet)
		http_transfer_flows(t);
}

static int64_t time_left(const struct transfer *t, int64_t now)
{
	if (t->deadline_ms < 0)
		return INT64_MAX;
	return t->started_ms + t->patience_ms + t->deadline_ms - now;
}

/* The key is paused for longer than this request has: say so now. */
static void refuse(struct transfer *t, int64_t wait_ms)
{
	/* It was asked before: what was said then is the answer. */
	if (t->response.tries == 0)
		err_set(&t->response.err, ERR_THROTTLED,
			"%.*s: throttled; it wants a pause of %lld s, more than this "
			"call has",
			STR_ARG(http_url_host(t->request.url)),
			(long long)(wait_ms + 999) / 1000);
	t->response.err.retry_after_ms = wait_ms;
	set_state(t, TRANSFER_BACKOFF);
	t->timer = loop_timer_start(t->http->loop, 0, deliver, t);
}

/* Starts what the governor lets go, in the order of their places. A key that must wait holds
 * back only its own requests. */
static void pump(void *ctx)
{
	struct http *http = ctx;
	int64_t now = now_ms(http), soonest = -1;
	struct transfer *t = http->first;

	loop_timer_stop(http->pump_timer);
	http->pump_timer = NULL;
	/* Here, because curl takes no settings within its callbacks. */
	http_socket_limit(http);
	while (t) {
		int64_t wait = -1;

		if (t->state == TRANSFER_QUEUED)
			wait = governor_admit(&http->governor, t->key, now);
		if (wait == 0)
			start_try(t);
		else if (wait > 0 && wait > time_left(t, now))
			refuse(t, wait);
		else if (wait > 0 && (soonest < 0 || wait < soonest))
			soonest = wait;
		t = t->next;
	}
	if (soonest >= 0)
		pump_soon(http, soonest);
}

/* What the answer says of the pace: Retry-After, and what its service has beside. */
static struct http_pace pace_of(const struct transfer *t)
{
	int64_t wall = clock_wall_ms(loop_clock(t->http->loop));
	struct http_pace pace = {.retry_ms = -1, .left = -1};
	int64_t told = retry_after_ms(&t->response, wall);

	if (t->request.pace)
		t->request.pace(&t->response, &pace);
	if (told > pace.retry_ms)
		pace.retry_ms = told;
	return pace;
}

/* The answer of this try is complete: retry or done. */
static void judge(struct transfer *t)
{
	struct http *http = t->http;
	struct http_pace pace;
	struct retry_decision d;

	t->response.headers = t->headers.p;
	t->response.n_headers = t->headers.n;
	pace = pace_of(t);
	d = retry_decide(&(struct retry_input){
		.response = &t->response,
		.is_idempotent = t->request.is_idempotent && !t->has_streamed,
		.is_interactive = t->request.is_interactive,
		.tries = t->response.tries,
		.told_ms = pace.retry_ms,
		.jitter = rng_unit(&http->rng),
	});
	t->response.err.retry_after_ms = pace.retry_ms;
	if (!t->is_released)
		governor_release(&http->governor, t->key, now_ms(http),
				 t->response.err.code == ERR_NONE ? t->response.status
								  : 0,
				 &pace);
	leave_curl(t);
	set_state(t, TRANSFER_BACKOFF);
	/* A wait that does not fit: what we have is the answer. */
	if (!d.again || d.wait_ms >= time_left(t, now_ms(http))) {
		finish(t);
		return;
	}
	t->timer = loop_timer_start(http->loop, d.wait_ms, backoff_over, t);
	pump_soon(http, 0);
}

static const char *too_much(const struct transfer *t)
{
	if (t->response.body.overflow)
		return "the answer is larger than the limit";
	if (t->headers.n >= HTTP_MAX_HEADERS || t->header_bytes > HTTP_MAX_HEADER_BYTES)
		return "the answer has too many headers";
	return NULL;
}

void http_transfer_flows(struct transfer *t)
{
	governor_release(&t->http->governor, t->key, now_ms(t->http), 0, NULL);
	t->is_released = true;
	t->http->n_flowing++;
	pump_soon(t->http, 0);
}

void http_transfer_ended(struct transfer *t, CURLcode code)
{
	const char *limit = too_much(t);
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	t->response.status = (int)status;
	if (t->is_stopped)
		fail(t, ERR_CANCELLED, "stopped");
	else if (code == CURLE_WRITE_ERROR && limit)
		fail(t, ERR_TOO_LARGE, limit);
	else {
		if (code != CURLE_OK)
			http_error_from_curl(t, code, &t->response.err);
		else if (t->request.is_probe)
			http_probe_take(t);
		judge(t);
	}
}

static void deadline_came(void *ctx)
{
	struct transfer *t = ctx;
	double seconds = (double)(now_ms(t->http) - t->started_ms) / 1000;
	char what[96];

	t->deadline = NULL;
	/* It waited to ask again: what was said the last time is the answer. */
	if (t->state != TRANSFER_RUNNING && t->response.tries > 0) {
		finish(t);
		return;
	}
	if (t->state == TRANSFER_QUEUED) {
		snprintf(what, sizeof(what),
			 "no turn in %.3g s: calls are held back; too many are made",
			 seconds);
		fail(t, ERR_THROTTLED, what);
		return;
	}
	snprintf(what, sizeof(what),
		 "no answer in %.3g s; the service is slow or the line is bad", seconds);
	fail(t, ERR_TIMEOUT, what);
}

/* Guard pages for every request would cost more than sending it; the credential
 * keeps its secrets in them. */
static void copy_identity(struct transfer *t, const struct http_request *request)
{
	if (request->auth) {
		t->auth.kind = request->auth->kind;
		t->auth.user = arena_str(&t->arena, request->auth->user);
		t->auth.secret = arena_str(&t->arena, request->auth->secret);
		t->auth.name = arena_str(&t->arena, request->auth->name);
		t->auth.session = arena_str(&t->arena, request->auth->session);
	}
	if (request->tls) {
		t->tls.ca = arena_str(&t->arena, request->tls->ca);
		t->tls.cert = arena_str(&t->arena, request->tls->cert);
		t->tls.key = arena_str(&t->arena, request->tls->key);
	}
	t->request.auth = NULL;
	t->request.tls = NULL;
}

static void copy_request(struct transfer *t, const struct http_request *request)
{
	struct http_header *headers;

	t->request = *request;
	t->request.url = arena_str(&t->arena, request->url);
	t->route = http_url_route(t->request.url);
	t->request.body = arena_str(&t->arena, request->body);
	t->request.connect_to = arena_str(&t->arena, request->connect_to);
	headers = arena_calloc(&t->arena, request->n_headers, sizeof(*headers));
	for (size_t i = 0; i < request->n_headers; i++) {
		headers[i].name = arena_str(&t->arena, request->headers[i].name);
		headers[i].value = arena_str(&t->arena, request->headers[i].value);
	}
	t->request.headers = headers;
	copy_identity(t, request);
	t->key = arena_str(&t->arena, request->governor_key.n
					      ? request->governor_key
					      : http_url_host(request->url));
	t->request.governor_key = t->key;
	t->request.is_idempotent =
		(request->is_idempotent || request->method == HTTP_GET) &&
		!request->is_single;
}

/* Behind those that came before; what a person waits for is before what is only polled. */
static void take_place(struct http *http, struct transfer *t)
{
	struct transfer **at = &http->first;

	while (*at && ((*at)->request.is_interactive || !t->request.is_interactive))
		at = &(*at)->next;
	t->next = *at;
	*at = t;
}

uint64_t http_send(struct http *http, const struct http_request *request,
		   http_done_fn done, void *ctx)
{
	struct transfer *t = xcalloc(1, sizeof(*t));

	THREAD_ASSERT(THREAD_CORE);
	t->http = http;
	t->id = ++http->last_id;
	t->done = done;
	t->ctx = ctx;
	t->started_ms = now_ms(http);
	arena_init(&t->arena);
	arena_init(&t->header_arena);
	copy_request(t, request);
	strbuf_init(&t->response.body,
		    request->max_bytes ? request->max_bytes : BODY_MAX);
	t->response.body.is_secret = request->is_secret;
	err_clear(&t->response.err);
	take_place(http, t);
	t->deadline_ms = request->deadline_ms ? request->deadline_ms : HTTP_DEADLINE_MS;
	t->patience_ms = request->patience_ms;
	if (t->deadline_ms > 0)
		t->deadline =
			loop_timer_start(http->loop, t->deadline_ms + t->patience_ms,
					 deadline_came, t);
	if (t->route.is_plain && !request->allow_plain && !t->route.is_local) {
		err_set(&t->response.err, ERR_CONFIG,
			"%.*s: plain http is only for this machine; use https",
			STR_ARG(http_url_host(t->request.url)));
		set_state(t, TRANSFER_BACKOFF);
		t->timer = loop_timer_start(http->loop, 0, deliver, t);
		return t->id;
	}
	set_state(t, TRANSFER_QUEUED);
	pump_soon(http, 0);
	return t->id;
}

void http_cancel(struct http *http, uint64_t id)
{
	struct transfer *t = http->first;

	while (t && t->id != id)
		t = t->next;
	if (t)
		fail(t, ERR_CANCELLED, "cancelled");
}

void http_free(struct http *http)
{
	if (!http)
		return;
	while (http->first)
		fail(http->first, ERR_CANCELLED, "cancelled");
	loop_timer_stop(http->pump_timer);
	http_socket_stop(http);
	governor_fini(&http->governor);
	http_probe_forget(http);
	free(http->user_agent);
	free(http->ca_file);
	free(http->ca_dir);
	free(http->proxy);
	free(http);
	curl_global_cleanup();
}

struct str http_header_find(const struct http_response *r, const char *name)
{
	for (size_t i = 0; i < r->n_headers; i++) {
		if (str_eq_nocase(r->headers[i].name, str_from(name)))
			return r->headers[i].value;
	}
	return (struct str){0};
}
