/* See credential.h. A credential holds one proof a scope. Waiters of one fetch are
 * answered together, and never within the ask, so callers need no second path. */
#include "auth/credential.h"

#include <stdlib.h>
#include <string.h>

#include "auth/keeping.h"
#include "auth/method.h"
#include "auth/reading.h"
#include "auth/settings.h"
#include "base/xalloc.h"

/* Refreshed this long before it ends, or at half its life when that is longer than
 * two hours. */
enum { AHEAD_MS = 5 * 60 * 1000, LONG_LIFE_MS = 2 * 3600 * 1000, AHEAD_AGAIN_MS = 30000 };

static int64_t mono(const struct slot *s)
{
	return clock_mono_ms(loop_clock(s->owner->host.loop));
}

static void start(struct slot *s);

static struct http_auth auth_of(const struct slot *s)
{
	return (struct http_auth){
		.kind = s->kind,
		.user = s->user ? str_from(s->user) : STR(""),
		.secret = secret_borrow(&s->secret),
		.name = s->header ? str_from(s->header) : STR(""),
		.session = secret_borrow(&s->session),
	};
}

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
		struct http_auth auth = auth_of(s);

		s->waiters.p[i].fn = NULL;
		if (w.fn)
			w.fn(&auth, &s->err, w.ctx);
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
		s->timer = loop_timer_start(s->owner->host.loop, 0, answer, s);
}

static void over(struct slot *s)
{
	s->is_fetching = false;
	reading_free(s->reading);
	s->reading = NULL;
}

void slot_set_text(char **field, struct str value)
{
	free(*field);
	*field = xstrndup(value.p, value.n);
}

struct str slot_read(const struct slot *s, const char *name)
{
	return reading_find(s->reading, name);
}

struct str slot_made(const struct slot *s)
{
	return reading_made(s->reading);
}

static void take(struct slot *s, enum http_auth_kind kind, struct secret *token,
		 int64_t lifetime_ms)
{
	int64_t ahead = lifetime_ms > LONG_LIFE_MS ? lifetime_ms / 2 : AHEAD_MS;

	/* One too short for that is renewed at half its life. */
	if (ahead > lifetime_ms / 2)
		ahead = lifetime_ms / 2;
	over(s);
	s->kind = kind;
	secret_give(&s->secret, token);
	s->fetched_ms = mono(s);
	if (lifetime_ms == INT64_MAX) {
		s->end_ms = s->renew_ms = INT64_MAX;
	} else {
		s->end_ms = s->fetched_ms + lifetime_ms;
		s->renew_ms = s->end_ms - ahead;
	}
	answer_soon(s);
}

void slot_give(struct slot *s, enum http_auth_kind kind, struct secret *token,
	       int64_t lifetime_ms)
{
	take(s, kind, token, lifetime_ms);
	keeping_put(s, lifetime_ms);
}

static void read_and_fetch(struct slot *s);

/* The one we have is still good: that it could not be renewed ahead of its end
 * troubles nobody yet. A secret that was kept may have been exchanged where it came
 * from: it is read again, once, before anybody is told. */
void slot_fail(struct slot *s, const struct err *err)
{
	struct err plain = *err;

	reading_redact(s->reading, &plain);
	if (err->code == ERR_AUTH && reading_was_kept(s->reading)) {
		over(s);
		s->refused_ms = mono(s);
		read_and_fetch(s);
		return;
	}
	over(s);
	if (s->end_ms > mono(s)) {
		s->renew_ms = mono(s) + AHEAD_AGAIN_MS;
		if (s->renew_ms > s->end_ms)
			s->renew_ms = s->end_ms;
	} else {
		secret_fini(&s->secret);
		s->err = plain;
	}
	answer_soon(s);
}

struct credential *credential_new(const struct credential_host *host,
				  const struct credential_spec *spec, struct err *err)
{
	const struct method *method = method_find(str_from(spec->method));
	struct credential *c;

	if (!method) {
		err_set(err, ERR_CONFIG, "\"%.60s\" is no way to sign in", spec->method);
		return NULL;
	}
	c = xcalloc(1, sizeof(*c));
	c->host = *host;
	c->method = method;
	c->name = xstrdup(spec->name);
	c->authority = xstrdup(spec->authority ? spec->authority
					       : "https://login.microsoftonline.com");
	settings_init(c, spec);
	if (settings_check(c, err) && (!method->open || method->open(c, err)))
		return c;
	credential_free(c);
	return NULL;
}

struct credential *credential_from_text(const struct credential_host *host,
					struct str text, const char *authority,
					struct err *err)
{
	ptrdiff_t colon = str_find_char(text, ':');
	struct str word = colon < 0 ? text : str_sub(text, 0, (size_t)colon);
	const struct method *method = method_find(word);
	char *whole = xstrndup(text.p, text.n);
	struct credential_setting first = {
		.name = method ? method->settings[0].name : NULL,
		.value = whole + (colon < 0 ? 0 : colon + 1),
	};
	struct credential_spec spec = {
		.name = whole,
		.method = method ? method->name : "",
		.authority = authority,
		.settings = &first,
		.n_settings = colon >= 0 && first.name ? 1 : 0,
	};
	struct credential *c = NULL;

	if (!method || (colon >= 0 && (!first.name || !first.value[0])))
		err_set(err, ERR_CONFIG,
			"this is no credential; use env:NAME, none, or the name of one "
			"in \"credentials\"");
	else
		c = credential_new(host, &spec, err);
	free(whole);
	return c;
}

static void cancel(struct slot *s)
{
	if (!s->is_fetching)
		return;
	over(s);
	if (s->fetch_id)
		http_cancel(s->owner->host.http, s->fetch_id);
	if (s->owner->method->cancel)
		s->owner->method->cancel(s);
}

static void free_slot(struct slot *s)
{
	cancel(s);
	loop_timer_stop(s->timer);
	secret_fini(&s->secret);
	secret_fini(&s->session);
	vec_fini(&s->waiters);
	free(s->user);
	free(s->header);
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
	if (c->method->close)
		c->method->close(c);
	settings_fini(c);
	free(c->authority);
	free(c->name);
	free(c);
}

struct str credential_name(const struct credential *c)
{
	return str_from(c->name);
}

struct str credential_method(const struct credential *c)
{
	return str_from(c->method->name);
}

struct str credential_authority(const struct credential *c)
{
	return c->follows_cloud ? str_from(c->authority) : STR("");
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
	if (!s->is_fetching && !s->timer && !s->is_answering)
		start(s);
}

static void was_read(struct slot *s, const struct err *err)
{
	if (err->code == ERR_NONE)
		s->owner->method->fetch(s);
	else
		slot_fail(s, err);
}

static void read_and_fetch(struct slot *s)
{
	s->is_fetching = true;
	s->reading = reading_start(s, was_read);
	if (!s->reading)
		s->owner->method->fetch(s);
}

static void start(struct slot *s)
{
	struct secret kept = {0};
	int64_t lifetime_ms;

	if (s->renew_ms > mono(s)) {
		answer_soon(s);
		return;
	}
	if (keeping_find(s, &kept, &lifetime_ms)) {
		err_clear(&s->err);
		take(s, HTTP_AUTH_BEARER, &kept, lifetime_ms);
		return;
	}
	err_clear(&s->err);
	read_and_fetch(s);
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

	if (s->fetched_ms > got_ms)
		return;
	s->renew_ms = s->end_ms = 0;
	s->refused_ms = got_ms;
	keeping_drop(s);
}

void credential_sign_out(struct credential *c)
{
	for (struct slot *s = c->slots; s; s = s->next) {
		s->renew_ms = s->end_ms = 0;
		secret_fini(&s->secret);
	}
	keeping_drop_all(c);
	if (c->method->sign_out)
		c->method->sign_out(c);
}
