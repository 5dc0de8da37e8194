/* Client credentials at any token endpoint: a MongoDB Atlas service account, HCP.
 * Thread: core. */
#include "auth/entra.h"
#include "auth/methods.h"
#include "auth/token_cache.h"

const struct method_setting method_oauth_settings[] = {
	{.name = "url", .is_required = true, .help = "the token endpoint"},
	{.name = "client_id", .is_required = true, .help = "the client's id"},
	{.name = "secret",
	 .is_required = true,
	 .is_secret = true,
	 .help = "the client's secret"},
	{.name = "client_auth",
	 .help = "where id and secret stand: in the form, or in a basic header",
	 .fallback = "form",
	 .words = "form|basic"},
	{.name = "scope", .help = "what is asked for, where the connection names none"},
	{.name = "audience", .help = "whom the token is for, where the endpoint asks"},
	{0},
};

bool method_oauth_open(struct credential *c, struct err *err)
{
	struct str url = str_from(credential_setting(c, "url"));

	if (!str_starts(url, STR("https://")) &&
	    !str_starts(url, STR("http://127.0.0.1:")))
		return err_set(err, ERR_CONFIG, "url: must begin with https://");
	return true;
}

void method_oauth_key(const struct credential *c, struct token_key *key)
{
	key->authority = str_from(credential_setting(c, "url"));
	key->client = str_from(credential_setting(c, "client_id"));
}

static void put_given(struct strbuf *form, const char *name, const char *value)
{
	if (value && value[0])
		entra_form_put(form, name, str_from(value));
}

void method_oauth_fetch(struct slot *s)
{
	const struct credential *c = s->owner;
	const char *client = credential_setting(c, "client_id");
	struct http_auth basic = {.kind = HTTP_AUTH_BASIC,
				  .user = str_from(client),
				  .secret = slot_read(s, "secret")};
	bool is_basic = strcmp(credential_setting(c, "client_auth"), "basic") == 0;
	struct strbuf form;

	strbuf_init(&form, 64 * 1024);
	entra_form_put(&form, "grant_type", STR("client_credentials"));
	if (!is_basic) {
		entra_form_put(&form, "client_id", str_from(client));
		entra_form_put(&form, "client_secret", basic.secret);
	}
	put_given(&form, "scope",
		  s->scope[0] ? s->scope : credential_setting(c, "scope"));
	put_given(&form, "audience", credential_setting(c, "audience"));
	entra_send(s, str_from(credential_setting(c, "url")), &form,
		   is_basic ? &basic : NULL, entra_answer);
	strbuf_fini(&form);
}
