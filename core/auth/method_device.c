/* A person signs in with a browser anywhere and a short code. What is kept is a
 * refresh token, which is good for every scope, so that a code is entered once for all
 * of them and is asked for again only when that token was refused. Thread: core. */
#include <stdlib.h>

#include "auth/device_code.h"
#include "auth/entra.h"
#include "auth/keeping.h"
#include "auth/methods.h"
#include "auth/token.h"
#include "auth/token_cache.h"
#include "base/xalloc.h"

/* The public client of the vendor's own command line: every tenant knows it. */
#define AZURE_CLI "04b07795-8ddb-461a-bbee-02f9e1bf7b46"

enum { SLOWER_MS = 5000, LOOK_AGAIN_MS = 10000 };

const struct method_setting method_device_settings[] = {
	{.name = "tenant",
	 .help = "the tenant's id or domain",
	 .variable = "AZURE_TENANT_ID",
	 .fallback = "organizations"},
	{.name = "client_id",
	 .help = "a public client's id, where the Azure CLI's is not wanted",
	 .fallback = AZURE_CLI},
	ENTRA_AUTHORITY,
	{0},
};

struct device {
	struct secret refresh;
	bool has_looked;   /* into the token cache */
	bool is_looking;   /* for what another process has kept */
	int64_t looked_ms; /* when it began, monotonic */
	struct err why;	   /* the sign-in ended; ERR_NONE: it did not */
	struct flow *flow;
	VEC(struct slot *) waiting; /* for the flow of another scope, or for the look */
};

/* A code being entered. */
struct flow {
	struct slot *slot; /* the one that asked first */
	struct device_code code;
	int64_t ends_ms; /* monotonic */
	struct loop_timer *timer;
};

static struct device *device_of(const struct slot *s)
{
	return s->owner->state;
}

bool method_device_open(struct credential *c, struct err *err)
{
	struct device *d = xcalloc(1, sizeof(*d));

	err_clear(&d->why);
	d->looked_ms = -LOOK_AGAIN_MS;
	c->state = d;
	return entra_open(c, err);
}

void method_device_close(struct credential *c)
{
	struct device *d = c->state;

	if (!d)
		return;
	if (c->host.tokens)
		token_cache_forget(c->host.tokens, c);
	secret_fini(&d->refresh);
	vec_fini(&d->waiting);
	free(d);
}

void method_device_sign_out(struct credential *c)
{
	struct device *d = c->state;

	secret_fini(&d->refresh);
	d->has_looked = true;
}

static void tell(const struct credential *c, const struct credential_code *code)
{
	if (c->host.tell_code)
		c->host.tell_code(c->name, code, c->host.tell_ctx);
}

static void put_scope(struct strbuf *form, const struct slot *s)
{
	struct strbuf scope;

	strbuf_init(&scope, 2048);
	strbuf_printf(&scope, "%s offline_access", s->scope);
	entra_form_put(form, "scope", strbuf_str(&scope));
	strbuf_fini(&scope);
}

static void put_client(struct strbuf *form, const struct slot *s)
{
	entra_form_put(form, "client_id",
		       str_from(credential_setting(s->owner, "client_id")));
}

/* Takes a 200 in: the token for the slot, the refresh token for all. */
static void take(struct slot *s, struct http_response *r)
{
	int64_t now = clock_wall_ms(loop_clock(s->owner->host.loop));
	struct device *d = device_of(s);
	struct token_answer token;
	struct err err;
	bool ok = token_answer_parse(strbuf_str(&r->body), now, &token, &err);

	if (ok)
		err_clear(&d->why);
	if (ok && secret_is_set(&token.refresh)) {
		secret_give(&d->refresh, &token.refresh);
		keeping_put_refresh(s->owner, &d->refresh);
	}
	if (ok)
		slot_give(s, HTTP_AUTH_BEARER, &token.token, token.lifetime_ms);
	else
		slot_fail(s, &err);
	token_answer_fini(&token);
}

/* Nobody waits for the code any more. The others go on with what it gave. */
static void end_flow(struct flow *f)
{
	struct slot *s = f->slot;
	struct device *d = device_of(s);

	tell(s->owner, NULL);
	loop_timer_stop(f->timer);
	device_code_fini(&f->code);
	free(f);
	d->flow = NULL;
	s->fetching = NULL;
}

static void let_others_go(struct device *d, const struct err *err)
{
	struct slot **others = d->waiting.p;
	size_t n = d->waiting.n;

	/* One of them may have to wait again. */
	memset(&d->waiting, 0, sizeof(d->waiting));
	for (size_t i = 0; i < n; i++) {
		if (err->code == ERR_NONE)
			method_device_fetch(others[i]);
		else
			slot_fail(others[i], err);
	}
	free(others);
}

static void fail_flow(struct flow *f, const struct err *err)
{
	struct slot *s = f->slot;

	end_flow(f);
	slot_fail(s, err);
	let_others_go(device_of(s), err);
}

static void ask_again(void *ctx);

static int64_t now_ms(const struct flow *f)
{
	return clock_mono_ms(loop_clock(f->slot->owner->host.loop));
}

static void wait_turn(struct flow *f)
{
	struct err err;

	if (now_ms(f) + f->code.interval_ms <= f->ends_ms) {
		f->timer = loop_timer_start(f->slot->owner->host.loop,
					    f->code.interval_ms, ask_again, f);
		return;
	}
	err_set(&err, ERR_AUTH,
		"the code expired before it was entered; ask for a new one");
	fail_flow(f, &err);
}

/* A line that breaks for a moment does not cost the code. */
static enum device_step judge(const struct http_response *r, struct err *err)
{
	if (r->err.code == ERR_NONE)
		return device_step_of(r->status, strbuf_str(&r->body), err);
	*err = r->err;
	return err_is_retryable(r->err.code) ? DEVICE_SLOW : DEVICE_OVER;
}

static void polled(struct http_response *r, void *ctx)
{
	struct slot *s = ctx;
	struct flow *f = s->fetching;
	struct device *d = device_of(s);
	enum device_step step;
	struct err err;

	s->fetch_id = 0;
	if (r->err.code == ERR_CANCELLED)
		return;
	if (r->err.code == ERR_NONE && r->status == 200) {
		end_flow(f);
		take(s, r);
		secret_wipe(r->body.p, r->body.n);
		err_clear(&err);
		let_others_go(d, &err);
		return;
	}
	step = judge(r, &err);
	if (step == DEVICE_OVER) {
		fail_flow(f, &err);
		return;
	}
	if (step == DEVICE_SLOW)
		f->code.interval_ms += SLOWER_MS;
	wait_turn(f);
}

static void ask_again(void *ctx)
{
	struct flow *f = ctx;
	struct strbuf form;

	f->timer = NULL;
	strbuf_init(&form, 16 * 1024);
	entra_form_put(&form, "grant_type",
		       STR("urn:ietf:params:oauth:grant-type:device_code"));
	put_client(&form, f->slot);
	entra_form_put(&form, "device_code", secret_borrow(&f->code.device));
	entra_send_to(f->slot, "token", &form, polled);
	strbuf_fini(&form);
}

static void code_came(struct http_response *r, void *ctx)
{
	struct slot *s = ctx;
	struct flow *f = s->fetching;
	struct err err;

	s->fetch_id = 0;
	if (r->err.code == ERR_CANCELLED)
		return;
	if (entra_error(s, r, &err) ||
	    !device_code_parse(strbuf_str(&r->body), &f->code, &err)) {
		fail_flow(f, &err);
		return;
	}
	secret_wipe(r->body.p, r->body.n);
	f->ends_ms = now_ms(f) + f->code.lifetime_ms;
	tell(s->owner, &(struct credential_code){
			       .credential = str_from(s->owner->name),
			       .user_code = str_from(f->code.user),
			       .url = str_from(f->code.url),
			       .message = str_from(f->code.message),
			       .lifetime_ms = f->code.lifetime_ms,
		       });
	wait_turn(f);
}

static void start_flow(struct slot *s)
{
	struct flow *f = xcalloc(1, sizeof(*f));
	struct strbuf form;

	f->slot = s;
	s->fetching = f;
	device_of(s)->flow = f;
	strbuf_init(&form, 4096);
	put_client(&form, s);
	put_scope(&form, s);
	entra_send_to(s, "devicecode", &form, code_came);
	strbuf_fini(&form);
}

/* A code is asked for only where somebody would see it. */
static void sign_in(struct slot *s)
{
	struct device *d = device_of(s);

	if (!s->owner->host.tell_code)
		slot_fail(s, &d->why);
	else if (d->flow)
		vec_push(&d->waiting, s);
	else
		start_flow(s);
}

/* The sign-in itself has ended, not this one token. */
static bool is_signed_out(const struct http_response *r)
{
	char word[40];

	if (r->err.code != ERR_NONE || r->status >= 500 || r->status == 429)
		return false;
	token_error_word(strbuf_str(&r->body), word, sizeof(word));
	return strcmp(word, "invalid_grant") == 0 ||
	       strcmp(word, "interaction_required") == 0;
}

static void refreshed(struct http_response *r, void *ctx)
{
	struct slot *s = ctx;
	struct device *d = device_of(s);
	struct err err;

	s->fetch_id = 0;
	if (r->err.code == ERR_CANCELLED)
		return;
	if (!entra_error(s, r, &err)) {
		take(s, r);
		secret_wipe(r->body.p, r->body.n);
	} else if (is_signed_out(r)) {
		/* Another scope may have heard of it before. */
		if (!d->flow) {
			secret_fini(&d->refresh);
			keeping_put_refresh(s->owner, &d->refresh);
			d->why = err;
		}
		method_device_fetch(s);
	} else {
		slot_fail(s, &err);
	}
}

static void refresh(struct slot *s)
{
	struct strbuf form;

	strbuf_init(&form, 64 * 1024);
	entra_form_put(&form, "grant_type", STR("refresh_token"));
	put_client(&form, s);
	entra_form_put(&form, "refresh_token", secret_borrow(&device_of(s)->refresh));
	put_scope(&form, s);
	entra_send_to(s, "token", &form, refreshed);
	strbuf_fini(&form);
}

static void looked(void *ctx)
{
	struct credential *c = ctx;
	struct device *d = c->state;
	struct err none;

	err_clear(&none);
	d->is_looking = false;
	d->has_looked = false;
	let_others_go(d, &none);
}

/* Somebody may have run `azdeck login` since: a deck that runs need not be restarted.
 * True when the slot waits for that. */
static bool look_again(struct slot *s)
{
	struct device *d = device_of(s);
	int64_t now = clock_mono_ms(loop_clock(s->owner->host.loop));

	if (!s->owner->host.tokens || d->flow ||
	    (now - d->looked_ms < LOOK_AGAIN_MS && !d->is_looking))
		return false;
	vec_push(&d->waiting, s);
	if (d->is_looking)
		return true;
	d->is_looking = true;
	d->looked_ms = now;
	token_cache_reload(s->owner->host.tokens, looked, s->owner);
	return true;
}

void method_device_fetch(struct slot *s)
{
	struct device *d = device_of(s);

	if (!d->has_looked) {
		d->has_looked = true;
		if (!keeping_find_refresh(s->owner, &d->refresh))
			secret_fini(&d->refresh);
	}
	if (secret_is_set(&d->refresh)) {
		refresh(s);
		return;
	}
	if (look_again(s))
		return;
	if (d->why.code == ERR_NONE)
		err_set(&d->why, ERR_AUTH, "nobody has signed in; run: azdeck login %s",
			s->owner->name);
	sign_in(s);
}

void method_device_cancel(struct slot *s)
{
	struct device *d = device_of(s);
	size_t kept = 0;

	if (s->fetching)
		end_flow(s->fetching);
	for (size_t i = 0; i < d->waiting.n; i++) {
		if (d->waiting.p[i] != s)
			d->waiting.p[kept++] = d->waiting.p[i];
	}
	d->waiting.n = kept;
}
