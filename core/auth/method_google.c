/* A Google service account: an assertion signed with the key of its JSON file, for a
 * token at the endpoint that the file names. Thread: core; it is signed on the pool. */
#include <openssl/crypto.h>

#include "auth/entra.h"
#include "auth/jwt.h"
#include "auth/methods.h"
#include "auth/reading.h"
#include "base/json.h"

const struct method_setting method_google_settings[] = {
	{.name = "key",
	 .is_required = true,
	 .is_secret = true,
	 .help = "the service account's JSON file",
	 .variable = "GOOGLE_APPLICATION_CREDENTIALS",
	 .names_file = true},
	{.name = "scope",
	 .help = "what is asked for, where the connection names none",
	 .fallback = "https://www.googleapis.com/auth/cloud-platform"},
	{0},
};

static const struct json_limits limits = {.max_bytes = 64 * 1024, .max_depth = 8};

/* The tree holds the private key: close_file wipes it. */
static cJSON *open_file(struct str text, struct err *err)
{
	cJSON *root = json_parse(text, &limits, NULL, err);
	const char *type = json_text(root, "type");
	const char *endpoint = json_text(root, "token_uri");

	if (root && type && strcmp(type, "service_account") == 0 &&
	    json_text(root, "client_email") && json_text(root, "private_key") &&
	    endpoint &&
	    (str_starts(str_from(endpoint), STR("https://")) ||
	     str_starts(str_from(endpoint), STR("http://127.0.0.1:"))))
		return root;
	/* Where the text is no JSON it may be quoted in the reason. */
	err_set(err, ERR_CONFIG,
		"key: this is no service account's JSON file; make one in the console, "
		"under Keys");
	cJSON_Delete(root);
	return NULL;
}

static void close_file(cJSON *root)
{
	const cJSON *key = json_member(root, "private_key");

	if (cJSON_IsString(key))
		secret_wipe(key->valuestring, strlen(key->valuestring));
	cJSON_Delete(root);
}

bool method_google_make(const struct reading *r, struct secret *out, struct err *err)
{
	cJSON *file = open_file(reading_find(r, "key"), err);
	struct str scope = reading_scope(r);
	struct jwt_key *key;
	bool ok;

	if (!file)
		return false;
	key = jwt_key_new(str_from(json_text(file, "private_key")), (struct str){0}, err);
	ok = key &&
	     jwt_sign_service(key,
			      &(struct jwt_service){
				      .email = str_from(json_text(file, "client_email")),
				      .endpoint = str_from(json_text(file, "token_uri")),
				      .scope = scope.n ? scope
						       : reading_setting(r, "scope"),
				      .key_id =
					      str_from(json_text(file, "private_key_id")),
				      .now_ms = reading_now_ms(r),
			      },
			      out, err);
	jwt_key_free(key);
	close_file(file);
	/* What OpenSSL keeps for a thread would stay as long as the pool. */
	OPENSSL_thread_stop();
	return ok ? true : err_wrap(err, "key");
}

void method_google_fetch(struct slot *s)
{
	struct err err;
	cJSON *file = open_file(slot_read(s, "key"), &err);
	struct strbuf form;

	if (!file) {
		slot_fail(s, &err);
		return;
	}
	strbuf_init(&form, 64 * 1024);
	entra_form_put(&form, "grant_type",
		       STR("urn:ietf:params:oauth:grant-type:jwt-bearer"));
	entra_form_put(&form, "assertion", slot_made(s));
	entra_post(s, str_from(json_text(file, "token_uri")), &form);
	strbuf_fini(&form);
	close_file(file);
}
