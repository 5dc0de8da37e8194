/* Secrets that are sent as they are: passwords, keys, tokens that somebody made by
 * hand. They are read again every minute, so that a new one needs no restart.
 * Thread: core. */
#include "auth/methods.h"

#include <string.h>

const struct method_setting method_bearer_settings[] = {
	{.name = "token", .is_required = true, .is_secret = true, .help = "the token"},
	{0},
};
const struct method_setting method_pat_settings[] = {
	{.name = "token",
	 .is_required = true,
	 .is_secret = true,
	 .help = "the personal access token",
	 .variable = "AZURE_DEVOPS_EXT_PAT"},
	{0},
};
const struct method_setting method_user_settings[] = {
	{.name = "user", .is_required = true, .help = "the user's name, or a public key"},
	{.name = "password",
	 .is_required = true,
	 .is_secret = true,
	 .help = "the password, or a private key"},
	{0},
};
const struct method_setting method_api_key_settings[] = {
	{.name = "key", .is_required = true, .is_secret = true, .help = "the key"},
	{.name = "header", .help = "the header it goes into", .fallback = "api-key"},
	{.name = "prefix",
	 .help = "what stands before the key, its blank included: GenieKey, Token "
		 "token="},
	{0},
};

static void give(struct slot *s, enum http_auth_kind kind, const char *name)
{
	struct secret secret = {0};

	secret_set(&secret, slot_read(s, name));
	slot_give(s, kind, &secret, SLOT_AGAIN_MS);
}

void method_bearer_fetch(struct slot *s)
{
	give(s, HTTP_AUTH_BEARER, "token");
}

/* Azure DevOps takes no user's name with it. */
void method_pat_fetch(struct slot *s)
{
	give(s, HTTP_AUTH_BASIC, "token");
}

static void give_password(struct slot *s, enum http_auth_kind kind)
{
	slot_set_text(&s->user, str_from(credential_setting(s->owner, "user")));
	give(s, kind, "password");
}

void method_basic_fetch(struct slot *s)
{
	give_password(s, HTTP_AUTH_BASIC);
}

void method_digest_fetch(struct slot *s)
{
	give_password(s, HTTP_AUTH_DIGEST);
}

static bool is_header_name(const char *s)
{
	static const char token[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789!#$%&'*+-.^_`|~";

	return s[0] && !s[strspn(s, token)];
}

bool method_api_key_open(struct credential *c, struct err *err)
{
	const char *header = credential_setting(c, "header");

	if (!is_header_name(header))
		return err_set(err, ERR_CONFIG, "header: this is no name of a header");
	return true;
}

void method_api_key_fetch(struct slot *s)
{
	const char *header = credential_setting(s->owner, "header");
	const char *prefix = credential_setting(s->owner, "prefix");
	struct secret value = {0};
	struct strbuf line;

	strbuf_init(&line, 32 * 1024);
	strbuf_puts(&line, prefix ? prefix : "");
	strbuf_put(&line, slot_read(s, "key"));
	secret_set(&value, strbuf_str(&line));
	secret_wipe(line.p, line.cap);
	strbuf_fini(&line);
	slot_set_text(&s->header, str_from(header));
	slot_give(s, HTTP_AUTH_HEADER, &value, SLOT_AGAIN_MS);
}
