/* See entra.h. Thread: core. */
#include "auth/entra.h"

#include "auth/token.h"

enum { DEADLINE_MS = 10000 };

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

void entra_form_put(struct strbuf *form, const char *name, struct str value)
{
	if (form->n)
		strbuf_putc(form, '&');
	strbuf_puts(form, name);
	strbuf_putc(form, '=');
	put_encoded(form, value);
}

static void came(struct http_response *r, void *ctx)
{
	struct slot *s = ctx;
	struct token_answer token;
	struct err err;

	s->fetch_id = 0;
	if (r->err.code == ERR_CANCELLED)
		return;
	err_clear(&err);
	if (r->err.code != ERR_NONE)
		err = r->err;
	else if (r->status != 200)
		token_error(r->status, strbuf_str(&r->body), &err);
	else if (token_answer_parse(strbuf_str(&r->body), &token, &err))
		slot_give(s, HTTP_AUTH_BEARER, &token.token, token.lifetime_ms);
	secret_wipe(r->body.p, r->body.n);
	if (err.code != ERR_NONE)
		slot_fail(s, &err);
}

void entra_post(struct slot *slot, struct str url, struct strbuf *form)
{
	const struct http_header type = {STR("Content-Type"),
					 STR("application/x-www-form-urlencoded")};
	const struct http_request request = {.method = HTTP_POST,
					     .url = url,
					     .headers = &type,
					     .n_headers = 1,
					     .body = strbuf_str(form),
					     .is_idempotent = true,
					     .deadline_ms = DEADLINE_MS};

	slot->fetch_id = http_send(slot->owner->host.http, &request, came, slot);
	secret_wipe(form->p, form->cap);
}
