/* See entra.h. */
#include "auth/entra.h"

#include <string.h>

#include "auth/token.h"
#include "auth/token_cache.h"
#include "base/percent.h"
#include "net/skew.h"

enum { DEADLINE_MS = 10000 };

static bool is_plain_word(const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789.-_";

	return s[0] && !s[strspn(s, plain)];
}

bool entra_open(struct credential *c, struct err *err)
{
	const char *tenant = credential_setting(c, "tenant");
	const char *authority = credential_setting(c, "authority");

	if (!is_plain_word(tenant))
		return err_set(err, ERR_CONFIG,
			       "tenant: must be an id or a domain, nothing else");
	if (!str_starts(str_from(authority), STR("https://")) &&
	    !str_starts(str_from(authority), STR("http://127.0.0.1:")))
		return err_set(err, ERR_CONFIG, "authority: must begin with https://");
	return true;
}

static struct str without_slash(struct str url)
{
	while (str_ends(url, STR("/")))
		url = str_sub(url, 0, url.n - 1);
	return url;
}

void entra_put_url(struct strbuf *out, struct str authority, struct str tenant,
		   const char *what)
{
	strbuf_printf(out, "%.*s/%.*s/oauth2/v2.0/%s", STR_ARG(without_slash(authority)),
		      STR_ARG(tenant), what);
}

void entra_key(const struct credential *c, struct token_key *key)
{
	key->authority = without_slash(str_from(credential_setting(c, "authority")));
	key->tenant = str_from(credential_setting(c, "tenant"));
	key->client = str_from(credential_setting(c, "client_id"));
}

void entra_form_put(struct strbuf *form, const char *name, struct str value)
{
	if (form->n)
		strbuf_putc(form, '&');
	strbuf_puts(form, name);
	strbuf_putc(form, '=');
	percent_encode(form, value);
}

bool entra_error(const struct slot *slot, const struct http_response *r, struct err *err)
{
	err_clear(err);
	if (r->err.code != ERR_NONE)
		*err = r->err;
	else if (r->status != 200)
		token_error(r->status, strbuf_str(&r->body), err);
	if (r->err.code == ERR_NONE && err->code == ERR_AUTH)
		skew_blame(r, loop_clock(slot->owner->host.loop), err);
	err->retry_after_ms = r->err.retry_after_ms;
	return err->code != ERR_NONE;
}

void entra_answer(struct http_response *r, void *slot)
{
	struct slot *s = slot;
	int64_t now = clock_wall_ms(loop_clock(s->owner->host.loop));
	struct token_answer token = {0};
	struct err err;

	s->fetch_id = 0;
	if (r->err.code == ERR_CANCELLED)
		return;
	if (!entra_error(s, r, &err) &&
	    token_answer_parse(strbuf_str(&r->body), now, &token, &err))
		slot_give(s, HTTP_AUTH_BEARER, &token.token, token.lifetime_ms);
	token_answer_fini(&token);
	secret_wipe(r->body.p, r->body.n);
	if (err.code != ERR_NONE)
		slot_fail(s, &err);
}

void entra_send(struct slot *slot, struct str url, struct strbuf *form,
		const struct http_auth *auth, http_done_fn done)
{
	const struct http_header type = {STR("Content-Type"),
					 STR("application/x-www-form-urlencoded")};
	const struct http_request request = {.method = HTTP_POST,
					     .url = url,
					     .headers = &type,
					     .n_headers = 1,
					     .body = strbuf_str(form),
					     .auth = auth,
					     .is_idempotent = true,
					     .is_secret = true,
					     .deadline_ms = DEADLINE_MS};

	slot->fetch_id = http_send(slot->owner->host.http, &request, done, slot);
	secret_wipe(form->p, form->cap);
	strbuf_reset(form);
}

void entra_post(struct slot *slot, struct str url, struct strbuf *form)
{
	entra_send(slot, url, form, NULL, entra_answer);
}

void entra_send_to(struct slot *slot, const char *what, struct strbuf *form,
		   http_done_fn done)
{
	struct token_key key;
	struct strbuf url;

	entra_key(slot->owner, &key);
	strbuf_init(&url, 2048);
	entra_put_url(&url, key.authority, key.tenant, what);
	entra_send(slot, strbuf_str(&url), form, NULL, done);
	strbuf_fini(&url);
}

void entra_ask(struct slot *slot, struct strbuf *form)
{
	entra_send_to(slot, "token", form, entra_answer);
}

void entra_ask_by_assertion(struct slot *s, struct str assertion)
{
	struct strbuf form;

	strbuf_init(&form, 256 * 1024);
	entra_form_put(&form, "grant_type", STR("client_credentials"));
	entra_form_put(&form, "client_id",
		       str_from(credential_setting(s->owner, "client_id")));
	entra_form_put(&form, "client_assertion_type",
		       STR("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
	entra_form_put(&form, "client_assertion", assertion);
	entra_form_put(&form, "scope", str_from(s->scope));
	entra_ask(s, &form);
	strbuf_fini(&form);
}

struct str entra_resource(struct str scope)
{
	struct str end = STR("/.default");

	return str_ends(scope, end) ? str_sub(scope, 0, scope.n - end.n) : scope;
}
