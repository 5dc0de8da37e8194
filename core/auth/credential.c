/* See credential.h. A credential holds one token a scope. Waiters of one fetch
 * are answered together; a method never answers within the ask, so callers need
 * no second path. */
#include "auth/credential.h"

#include <stdlib.h>
#include <string.h>

#include "auth/token.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "config/env.h"

/* Refreshed this long before it ends, or at half its life when that is longer
 * than two hours. */
enum {
	AHEAD_MS = 5 * 60 * 1000,
	LONG_LIFE_MS = 2 * 3600 * 1000,
	ENV_AGAIN_MS = 60000,
	AHEAD_AGAIN_MS = 30000
};

struct waiter {
	credential_fn fn;
	void *ctx;
};

struct slot {
	struct slot *next;
	struct credential *owner;
	char *scope;
	struct secret token;
	int64_t renew_ms; /* monotonic; a fetch is due from then on */
	int64_t end_ms;	  /* the token is good until then; 0: not at all */
	int64_t fetched_ms;
	uint64_t fetch_id;	  /* of the running fetch; 0: none */
	struct loop_timer *timer; /* answers cached tokens from the loop */
	bool is_answering;	  /* a fetch asked for meanwhile comes after */
	VEC(struct waiter) waiters;
	struct err err; /* of the last fetch */
};

struct method {
	const char *prefix;
	/* Leads to answer(): at once through the timer, or after a fetch. */
	void (*fetch)(struct slot *slot);
};

struct credential {
	struct http *http;
	struct loop *loop;
	const struct method *method;
	char *spec;
	const char *rest; /* of spec, after the prefix */
	struct slot *slots;
};

static int64_t mono(const struct slot *s)
{
	return clock_mono_ms(loop_clock(s->owner->loop));
}

static void start(struct slot *s);

/* The list is walked in place: a callback may forget a waiter further on, or add
 * one, which then waits for its own answer. */
static void answer(void *ctx)
{
	struct slot *s = ctx;
	size_t n = s->waiters.n;

	s->timer = NULL;
	s->is_answering = true;
	for (size_t i = 0; i < n; i++) {
		struct waiter w = s->waiters.p[i];

		s->waiters.p[i].fn = NULL;
		if (w.fn)
			w.fn(secret_borrow(&s->token), &s->err, w.ctx);
	}
	s->waiters.n -= n;
	memmove(s->waiters.p, s->waiters.p + n, s->waiters.n * sizeof(*s->waiters.p));
	s->is_answering = false;
	if (s->waiters.n)
		start(s);
}

static void answer_soon(struct slot *s)
{
	if (!s->timer)
		s->timer = loop_timer_start(s->owner->loop, 0, answer, s);
}

static void keep(struct slot *s, int64_t lifetime_ms)
{
	int64_t ahead = lifetime_ms > LONG_LIFE_MS ? lifetime_ms / 2 : AHEAD_MS;

	/* A token too short for that is renewed at half its life. */
	if (ahead > lifetime_ms / 2)
		ahead = lifetime_ms / 2;
	s->fetched_ms = mono(s);
	s->end_ms = s->fetched_ms + lifetime_ms;
	s->renew_ms = s->end_ms - ahead;
}

/* "none": the empty token, for ever. */
static void fetch_none(struct slot *s)
{
	s->renew_ms = INT64_MAX;
	answer_soon(s);
}

/* "env:NAME": read again on every fetch, so that a new one is found. */
static void fetch_env(struct slot *s)
{
	const char *value = env_get(s->owner->rest);
	int64_t now = clock_wall_ms(loop_clock(s->owner->loop)), expiry;

	secret_fini(&s->token);
	if (!value) {
		err_set(&s->err, ERR_AUTH, "%s is not set; put a bearer token into it",
			s->owner->rest);
	} else if (token_expiry(str_from(value), &expiry) && expiry <= now) {
		err_set(&s->err, ERR_AUTH,
			"the token in %s has expired; put a new one into it",
			s->owner->rest);
	} else {
		secret_set(&s->token, str_trim(str_from(value)));
		s->fetched_ms = mono(s);
		s->renew_ms = s->fetched_ms + ENV_AGAIN_MS;
	}
	answer_soon(s);
}

static void sim_done(struct http_response *r, void *ctx)
{
	struct slot *s = ctx;
	struct token_answer token;

	s->fetch_id = 0;
	if (r->err.code == ERR_CANCELLED)
		return;
	if (r->err.code != ERR_NONE)
		s->err = r->err;
	else if (r->status != 200)
		token_error(r->status, strbuf_str(&r->body), &s->err);
	else if (token_answer_parse(strbuf_str(&r->body), &token, &s->err)) {
		secret_give(&s->token, &token.token);
		keep(s, token.lifetime_ms);
	}
	/* The one we have is still good: that it could not be renewed ahead of its
	 * end troubles nobody yet. */
	if (s->err.code != ERR_NONE && s->end_ms > mono(s)) {
		err_clear(&s->err);
		s->renew_ms = mono(s) + AHEAD_AGAIN_MS;
		if (s->renew_ms > s->end_ms)
			s->renew_ms = s->end_ms;
	}
	secret_wipe(r->body.p, r->body.n);
	answer_soon(s);
}

/* The three unreserved marks and letters stay; scopes hold nothing else odd. */
static void put_encoded(struct strbuf *out, struct str value)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_')
			strbuf_putc(out, (char)c);
		else
			strbuf_printf(out, "%%%02X", c);
	}
}

/* "sim:URL": client credentials at the simulator's token endpoint. */
static void fetch_sim(struct slot *s)
{
	const struct http_header form = {STR("Content-Type"),
					 STR("application/x-www-form-urlencoded")};
	struct strbuf url, body;
	struct http_request request = {.method = HTTP_POST,
				       .headers = &form,
				       .n_headers = 1,
				       .is_idempotent = true,
				       .deadline_ms = 10000};

	strbuf_init(&url, 2048);
	strbuf_init(&body, 2048);
	strbuf_printf(&url, "%s/contoso.example/oauth2/v2.0/token", s->owner->rest);
	strbuf_puts(&body, "grant_type=client_credentials&client_id=azdeck"
			   "&client_secret=demo&scope=");
	put_encoded(&body, str_from(s->scope));
	request.url = strbuf_str(&url);
	request.body = strbuf_str(&body);
	s->fetch_id = http_send(s->owner->http, &request, sim_done, s);
	strbuf_fini(&url);
	strbuf_fini(&body);
}

static const struct method methods[] = {
	{"env:", fetch_env},
	{"none", fetch_none},
	{"sim:", fetch_sim},
};

struct credential *credential_new(struct http *http, struct loop *loop, struct str spec,
				  struct err *err)
{
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++) {
		struct str prefix = str_from(methods[i].prefix);
		struct credential *c;

		if (!str_starts(spec, prefix))
			continue;
		c = xcalloc(1, sizeof(*c));
		c->http = http;
		c->loop = loop;
		c->method = &methods[i];
		c->spec = xstrndup(spec.p, spec.n);
		c->rest = c->spec + prefix.n;
		return c;
	}
	err_set(err, ERR_CONFIG, "\"%.*s\" is no credential; use env:NAME or none",
		STR_ARG(spec));
	return NULL;
}

static void free_slot(struct slot *s)
{
	if (s->fetch_id)
		http_cancel(s->owner->http, s->fetch_id);
	loop_timer_stop(s->timer);
	secret_fini(&s->token);
	vec_fini(&s->waiters);
	free(s->scope);
	free(s);
}

void credential_free(struct credential *c)
{
	if (!c)
		return;
	while (c->slots) {
		struct slot *next = c->slots->next;

		free_slot(c->slots);
		c->slots = next;
	}
	free(c->spec);
	free(c);
}

struct str credential_name(const struct credential *c)
{
	return str_from(c->spec);
}

static struct slot *slot_of(struct credential *c, struct str scope)
{
	struct slot *s = c->slots;

	while (s && !str_eq(str_from(s->scope), scope))
		s = s->next;
	if (s)
		return s;
	s = xcalloc(1, sizeof(*s));
	s->owner = c;
	s->scope = xstrndup(scope.p, scope.n);
	s->next = c->slots;
	c->slots = s;
	return s;
}

void credential_ask(struct credential *c, struct str scope, credential_fn fn, void *ctx)
{
	struct slot *s = slot_of(c, scope);

	vec_push(&s->waiters, (struct waiter){.fn = fn, .ctx = ctx});
	if (!s->fetch_id && !s->timer && !s->is_answering)
		start(s);
}

static void start(struct slot *s)
{
	if (s->renew_ms > mono(s)) {
		answer_soon(s);
		return;
	}
	err_clear(&s->err);
	s->owner->method->fetch(s);
}

void credential_forget(struct credential *c, void *ctx)
{
	for (struct slot *s = c->slots; s; s = s->next) {
		struct waiter *w;

		vec_each (w, &s->waiters) {
			if (w->ctx == ctx)
				w->fn = NULL;
		}
	}
}

void credential_refuse(struct credential *c, struct str scope, int64_t got_ms)
{
	struct slot *s = slot_of(c, scope);

	if (s->fetched_ms <= got_ms)
		s->renew_ms = s->end_ms = 0;
}
