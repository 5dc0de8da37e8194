/* See keyvault_reader.h. The first question already has the token that a vault of this
 * cloud wants; its challenge is heeded when there is one. A challenge that wants a
 * token for somewhere else gets none. */
#include "auth/keyvault_reader.h"

#include <stdlib.h>

#include "auth/keyvault_answer.h"
#include "auth/keyvault_ref.h"
#include "base/secret.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "base/xalloc.h"

enum { DEADLINE_MS = 15000, KEPT_MS = 3600 * 1000, URL_BYTES = 1024, SCOPE_BYTES = 512 };

struct waiter {
	keyvault_fn fn; /* NULL: forgotten */
	void *ctx;
};

/* One secret, by what names it. */
struct entry {
	struct entry *next;
	struct keyvault_reader *owner;
	char *rest, *url;
	char *scope; /* of the token that this vault wants */
	struct secret value;
	int64_t read_ms;   /* monotonic, when the value came */
	int64_t wanted_ms; /* what waiters want it to be newer than */
	bool is_asking, was_challenged;
	int64_t token_ms; /* when the token was given */
	uint64_t request; /* 0: none is under way */
	struct loop_timer *timer;
	VEC(struct waiter) waiters;
};

struct keyvault_reader {
	struct keyvault_reader_options options;
	char *url, *resource;
	struct entry *entries;
};

static void ask_token(struct entry *e);

static int64_t now_ms(const struct entry *e)
{
	return clock_mono_ms(loop_clock(e->owner->options.loop));
}

struct keyvault_reader *keyvault_reader_new(const struct keyvault_reader_options *o)
{
	struct keyvault_reader *r = xcalloc(1, sizeof(*r));

	r->options = *o;
	r->url = xstrdup(o->url);
	r->resource = xstrdup(o->resource);
	return r;
}

static void free_entry(struct entry *e)
{
	credential_forget(e->owner->options.reader, e);
	if (e->request)
		http_cancel(e->owner->options.http, e->request);
	loop_timer_stop(e->timer);
	secret_fini(&e->value);
	vec_fini(&e->waiters);
	free(e->rest);
	free(e->url);
	free(e->scope);
	free(e);
}

void keyvault_reader_free(struct keyvault_reader *r)
{
	if (!r)
		return;
	while (r->entries) {
		struct entry *next = r->entries->next;

		free_entry(r->entries);
		r->entries = next;
	}
	free(r->url);
	free(r->resource);
	free(r);
}

static void set_scope(struct entry *e, struct str resource)
{
	struct strbuf scope;

	strbuf_init(&scope, SCOPE_BYTES);
	strbuf_printf(&scope, "%.*s/.default", STR_ARG(resource));
	free(e->scope);
	e->scope = strbuf_take(&scope);
	strbuf_fini(&scope);
}

static struct entry *entry_of(struct keyvault_reader *r, struct str rest)
{
	struct keyvault_ref ref;
	struct entry *e = r->entries;
	struct strbuf url;

	while (e && !str_eq(str_from(e->rest), rest))
		e = e->next;
	if (e || !keyvault_ref_parse(rest, &ref))
		return e;
	e = xcalloc(1, sizeof(*e));
	e->owner = r;
	e->rest = xstrndup(rest.p, rest.n);
	strbuf_init(&url, URL_BYTES);
	keyvault_ref_put_url(&url, &ref, str_from(r->url));
	e->url = strbuf_take(&url);
	strbuf_fini(&url);
	set_scope(e, str_from(r->resource));
	e->next = r->entries;
	r->entries = e;
	return e;
}

/* Those who come while others are told wait for what they want. */
static void tell(struct entry *e, bool was_kept, const struct err *err)
{
	const struct keyvault_value value = {.value = err->code == ERR_NONE
							      ? secret_borrow(&e->value)
							      : (struct str){0},
					     .was_kept = was_kept};
	size_t n = e->waiters.n;

	for (size_t i = 0; i < n; i++) {
		struct waiter w = e->waiters.p[i];

		e->waiters.p[i].fn = NULL;
		if (w.fn)
			w.fn(&value, err, w.ctx);
	}
	e->waiters.n -= n;
	memmove(e->waiters.p, e->waiters.p + n, e->waiters.n * sizeof(*e->waiters.p));
}

static bool is_kept(const struct entry *e)
{
	return secret_is_set(&e->value) && e->read_ms > e->wanted_ms &&
	       now_ms(e) - e->read_ms < KEPT_MS;
}

static void begin(void *ctx)
{
	struct entry *e = ctx;
	struct err none;

	e->timer = NULL;
	err_clear(&none);
	if (is_kept(e)) {
		tell(e, true, &none);
		e->is_asking = e->waiters.n > 0;
		if (e->is_asking)
			e->timer = loop_timer_start(e->owner->options.loop, 0, begin, e);
		return;
	}
	e->was_challenged = false;
	ask_token(e);
}

/* A vault that cannot be reached takes nothing away that nobody refused. */
static void end(struct entry *e, struct err *err)
{
	bool is_fresh = err->code == ERR_NONE;
	struct err none;

	err_clear(&none);
	if (!is_fresh && err_is_retryable(err->code) && secret_is_set(&e->value) &&
	    e->read_ms > e->wanted_ms) {
		log_line(e->owner->options.log, LOG_WARN, "auth",
			 KEYVAULT_PREFIX "%s: what was read before is used: %s", e->rest,
			 err->text);
		tell(e, true, &none);
	} else {
		tell(e, false, err);
	}
	/* Whoever came meanwhile. */
	e->is_asking = e->waiters.n > 0;
	if (e->is_asking)
		e->timer = loop_timer_start(e->owner->options.loop, 0, begin, e);
}

static void refuse_token(struct entry *e, const struct keyvault_challenge *c,
			 struct err *err)
{
	struct str tenant = keyvault_challenge_tenant(c);

	err_set(err, ERR_AUTH,
		"the vault does not take the token of %.*s%s%.*s; check its tenant",
		STR_ARG(credential_name(e->owner->options.reader)),
		tenant.n ? ": it belongs to the directory " : "", STR_ARG(tenant));
	err->http_status = 401;
}

/* True when another token is being asked for. */
static bool heed_challenge(struct entry *e, const struct http_response *r,
			   struct err *err)
{
	struct keyvault_challenge c;
	struct str own = str_from(e->owner->resource);

	if (!keyvault_challenge_parse(http_header_find(r, "www-authenticate"), &c))
		return err_set(err, ERR_AUTH,
			       "the vault refuses (401) and does not say what it wants; "
			       "is there a proxy before it?");
	if (c.resource.n && !str_eq(c.resource, own) &&
	    !keyvault_resource_fits(c.resource, str_from(e->url)))
		return err_set(err, ERR_REFUSED,
			       "it wants a token that is not for a vault of this name; "
			       "none is sent: is this the right cloud?");
	if (e->was_challenged) {
		refuse_token(e, &c, err);
		return false;
	}
	e->was_challenged = true;
	credential_refuse(e->owner->options.reader, str_from(e->scope), e->token_ms);
	set_scope(e, c.resource.n ? c.resource : own);
	ask_token(e);
	return true;
}

static void explain(const struct entry *e, struct err *err)
{
	struct keyvault_ref ref = {0};

	if (err->code != ERR_NETWORK || !strstr(err->text, "resolve") ||
	    !keyvault_ref_parse(str_from(e->rest), &ref))
		return;
	err_set(err, ERR_NETWORK,
		"no key vault of the name %.*s can be found; check it, and whether its "
		"private endpoint's DNS is seen from here",
		STR_ARG(ref.vault));
}

static void answered(struct http_response *r, void *ctx)
{
	struct entry *e = ctx;
	struct err err = r->err;

	e->request = 0;
	if (err.code == ERR_CANCELLED)
		return;
	if (err.code != ERR_NONE)
		explain(e, &err);
	else if (r->status == 401 && heed_challenge(e, r, &err))
		return;
	else if (r->status == 200 &&
		 keyvault_value_parse(strbuf_str(&r->body), &e->value, &err))
		e->read_ms = now_ms(e);
	else if (r->status != 200 && r->status != 401)
		keyvault_error(r->status, strbuf_str(&r->body), &err);
	err.retry_after_ms = r->err.retry_after_ms;
	end(e, &err);
}

static void token_came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	struct entry *e = ctx;
	const struct http_request request = {.method = HTTP_GET,
					     .url = str_from(e->url),
					     .auth = auth,
					     .is_secret = true,
					     .deadline_ms = DEADLINE_MS};
	struct err why = *err;

	if (err->code != ERR_NONE) {
		err_wrap(&why, "%.*s",
			 STR_ARG(credential_name(e->owner->options.reader)));
		end(e, &why);
		return;
	}
	e->token_ms = now_ms(e);
	e->request = http_send(e->owner->options.http, &request, answered, e);
}

static void ask_token(struct entry *e)
{
	credential_ask(e->owner->options.reader, str_from(e->scope), token_came, e);
}

void keyvault_reader_ask(struct keyvault_reader *r, struct str rest,
			 int64_t newer_than_ms, keyvault_fn fn, void *ctx)
{
	struct entry *e = entry_of(r, rest);

	vec_push(&e->waiters, (struct waiter){.fn = fn, .ctx = ctx});
	if (newer_than_ms > e->wanted_ms)
		e->wanted_ms = newer_than_ms;
	if (e->is_asking)
		return;
	e->is_asking = true;
	e->timer = loop_timer_start(r->options.loop, 0, begin, e);
}

void keyvault_reader_forget(struct keyvault_reader *r, void *ctx)
{
	for (struct entry *e = r->entries; e; e = e->next) {
		struct waiter *w;

		vec_each (w, &e->waiters) {
			if (w->ctx == ctx)
				w->fn = NULL;
		}
	}
}
