/* A service principal with a certificate. The PEM is read for every token, so that a
 * new one needs no restart. Thread: core; the assertion is signed on the pool. */
#include <openssl/crypto.h>

#include "auth/entra.h"
#include "auth/jwt.h"
#include "auth/methods.h"
#include "auth/reading.h"

const struct method_setting method_certificate_settings[] = {
	ENTRA_TENANT,
	ENTRA_CLIENT,
	{.name = "certificate",
	 .is_required = true,
	 .is_secret = true,
	 .help = "a PEM with the certificate and its private key",
	 .variable = "AZURE_CLIENT_CERTIFICATE_PATH",
	 .names_file = true},
	{.name = "passphrase",
	 .is_secret = true,
	 .help = "of the private key, where it is encrypted",
	 .variable = "AZURE_CLIENT_CERTIFICATE_PASSWORD"},
	{.name = "algorithm",
	 .help = "how the assertion is signed",
	 .fallback = "PS256",
	 .words = "PS256|RS256"},
	{.name = "send_chain",
	 .help = "send the certificates too: the application trusts an issuer",
	 .fallback = "no",
	 .words = "yes|no"},
	ENTRA_AUTHORITY,
	{0},
};

static bool sign(const struct reading *r, struct str endpoint, struct secret *out,
		 struct err *err)
{
	struct jwt_client client = {
		.endpoint = endpoint,
		.client_id = reading_setting(r, "client_id"),
		.alg = str_eq(reading_setting(r, "algorithm"), STR("RS256")) ? JWT_RS256
									     : JWT_PS256,
		.sends_chain = str_eq(reading_setting(r, "send_chain"), STR("yes")),
		.now_ms = reading_now_ms(r),
	};
	struct jwt_key *key = jwt_key_new(reading_find(r, "certificate"),
					  reading_find(r, "passphrase"), err);
	bool ok = key && jwt_sign_client(key, &client, out, err);

	jwt_key_free(key);
	/* What OpenSSL keeps for a thread would stay as long as the pool. */
	OPENSSL_thread_stop();
	return ok ? true : err_wrap(err, "certificate");
}

bool method_certificate_make(const struct reading *r, struct secret *out, struct err *err)
{
	struct strbuf url;
	bool ok;

	strbuf_init(&url, 2048);
	entra_put_url(&url, reading_setting(r, "authority"), reading_setting(r, "tenant"),
		      "token");
	ok = sign(r, strbuf_str(&url), out, err);
	strbuf_fini(&url);
	return ok;
}

void method_certificate_fetch(struct slot *s)
{
	entra_ask_by_assertion(s, slot_made(s));
}
