/* AWS: requests signed with a key, which curl does. The key comes from the settings or
 * the environment, or from the shared credentials file, which other tools write anew
 * when temporary keys end. Thread: core; files are read on the pool. */
#include "auth/aws_file.h"
#include "auth/methods.h"
#include "auth/reading.h"
#include "base/file.h"
#include "config/env.h"

enum { FILE_MAX_BYTES = 256 * 1024 };

const struct method_setting method_sigv4_settings[] = {
	{.name = "service",
	 .is_required = true,
	 .help = "the service: sagemaker, shield"},
	{.name = "region",
	 .is_required = true,
	 .help = "the region: eu-west-1",
	 .variable = "AWS_REGION"},
	{.name = "key_id",
	 .help = "the access key's id",
	 .variable = "AWS_ACCESS_KEY_ID"},
	{.name = "secret",
	 .is_secret = true,
	 .help = "the access key's secret",
	 .variable = "AWS_SECRET_ACCESS_KEY"},
	/* Not by itself from the environment: there it belongs to the key there. */
	{.name = "session",
	 .is_secret = true,
	 .help = "the session token of a temporary key"},
	{.name = "profile",
	 .help = "a section of the shared credentials file, in place of a key"},
	{.name = "file",
	 .help = "the shared credentials file (~/.aws/credentials)",
	 .variable = "AWS_SHARED_CREDENTIALS_FILE"},
	{0},
};

static bool is_word(const char *s)
{
	for (; *s; s++) {
		if (!(*s >= 'a' && *s <= 'z') && !(*s >= '0' && *s <= '9') && *s != '-')
			return false;
	}
	return true;
}

bool method_sigv4_open(struct credential *c, struct err *err)
{
	static const char *const words[] = {"service", "region"};

	/* They become a part of what is signed, between colons. */
	for (size_t i = 0; i < 2; i++) {
		if (!is_word(credential_setting(c, words[i])))
			return err_set(err, ERR_CONFIG,
				       "%s: small letters, digits and dashes alone",
				       words[i]);
	}
	if (credential_setting(c, "key_id") && !credential_setting(c, "secret"))
		return err_set(err, ERR_CONFIG,
			       "secret is missing: the access key's secret; or set "
			       "AWS_SECRET_ACCESS_KEY");
	return true;
}

/* Three lines, which none of the three can hold. */
static bool pack(const struct aws_keys *keys, struct secret *out, struct err *err)
{
	struct strbuf text;
	bool ok;

	strbuf_init(&text, 16 * 1024);
	strbuf_printf(&text, "%.*s\n%.*s\n%.*s", STR_ARG(keys->id), STR_ARG(keys->secret),
		      STR_ARG(keys->session));
	ok = !text.overflow;
	if (ok)
		secret_set(out, strbuf_str(&text));
	secret_wipe(text.p, text.cap);
	strbuf_fini(&text);
	return ok ? true : err_set(err, ERR_CONFIG, "the keys are too long to be keys");
}

static void put_path(const struct reading *r, struct strbuf *path)
{
	struct str file = reading_setting(r, "file");
	const char *home = env_get("HOME");

	strbuf_init(path, 4096);
	if (file.n)
		strbuf_put(path, file);
	else
		strbuf_printf(path, "%s/.aws/credentials", home ? home : "");
}

static bool take_profile(struct str text, struct str profile, const char *path,
			 struct secret *out, struct err *err)
{
	struct aws_keys keys;

	if (!aws_file_find(text, profile, &keys))
		return err_set(err, ERR_AUTH, "%s has no profile \"%.*s\"", path,
			       (int)(profile.n < 80 ? profile.n : 80), profile.p);
	if (!keys.id.n || !keys.secret.n)
		return err_set(err, ERR_AUTH, "the profile \"%.*s\" in %s has no key",
			       (int)(profile.n < 80 ? profile.n : 80), profile.p, path);
	return pack(&keys, out, err);
}

static bool from_file(const struct reading *r, struct secret *out, struct err *err)
{
	struct str profile = reading_setting(r, "profile");
	struct strbuf path, text;
	bool ok;

	if (!profile.n)
		profile = str_from(env_get("AWS_PROFILE"));
	put_path(r, &path);
	strbuf_init(&text, FILE_MAX_BYTES);
	ok = file_read(path.p, &text, err) &&
	     take_profile(strbuf_str(&text), profile.n ? profile : STR("default"), path.p,
			  out, err);
	/* Not found is what a service says. */
	if (!ok && err->code == ERR_NOT_FOUND)
		err->code = ERR_AUTH;
	secret_wipe(text.p, text.cap);
	strbuf_fini(&text);
	strbuf_fini(&path);
	return ok;
}

/* The environment's own session, where its key is used. */
static struct str session_of(const struct reading *r, struct str key_id)
{
	struct str session = reading_find(r, "session");

	if (!session.n && str_eq(key_id, str_from(env_get("AWS_ACCESS_KEY_ID"))))
		session = str_from(env_get("AWS_SESSION_TOKEN"));
	return session;
}

bool method_sigv4_make(const struct reading *r, struct secret *out, struct err *err)
{
	struct aws_keys keys = {
		.id = reading_setting(r, "key_id"),
		.secret = reading_find(r, "secret"),
	};

	if (reading_setting(r, "profile").n || !keys.id.n)
		return from_file(r, out, err);
	keys.session = session_of(r, keys.id);
	return pack(&keys, out, err);
}

void method_sigv4_fetch(struct slot *s)
{
	struct str rest = slot_made(s), id, secret, session;
	struct secret key = {0};
	struct strbuf where;

	str_next(&rest, '\n', &id);
	str_next(&rest, '\n', &secret);
	str_next(&rest, '\n', &session);
	strbuf_init(&where, 256);
	strbuf_printf(&where, "%s:%s", credential_setting(s->owner, "region"),
		      credential_setting(s->owner, "service"));
	slot_set_text(&s->user, id);
	slot_set_text(&s->header, strbuf_str(&where));
	secret_fini(&s->session);
	if (session.n)
		secret_set(&s->session, session);
	secret_set(&key, secret);
	slot_give(s, HTTP_AUTH_SIGV4, &key, SLOT_AGAIN_MS);
	strbuf_fini(&where);
}
