/* See jwt.h. https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 * has the claims of an assertion, RFC 7515 the form, RFC 7518 the algorithms. */
#include "auth/jwt.h"

#include <openssl/err.h>
#include <openssl/rsa.h>
#include <sodium.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/strbuf.h"
#include "base/timefmt.h"
#include "base/xalloc.h"

/* The longest each takes: Entra ten minutes, Google an hour. */
enum { CLIENT_LIFE_S = 600, SERVICE_LIFE_S = 3600, JSON_MAX_BYTES = 64 << 10 };

struct alg_row {
	const char *name;
	int padding;
};

static const struct alg_row algs[] = {
	[JWT_PS256] = {"PS256", RSA_PKCS1_PSS_PADDING},
	[JWT_RS256] = {"RS256", RSA_PKCS1_PADDING},
};

static void put_base64(struct strbuf *out, const void *bytes, size_t n, int variant)
{
	size_t room = sodium_base64_encoded_len(n, variant);
	char *text = xmalloc(room);

	sodium_bin2base64(text, room, bytes, n, variant);
	strbuf_puts(out, text);
	free(text);
}

static void put_url64(struct strbuf *out, const void *bytes, size_t n)
{
	put_base64(out, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static void put_member(struct strbuf *out, const char *name, struct str value)
{
	strbuf_printf(out, "%s\"%s\":", out->n > 1 ? "," : "", name);
	json_print_text(out, value);
}

static void put_number(struct strbuf *out, const char *name, int64_t value)
{
	strbuf_printf(out, ",\"%s\":", name);
	strbuf_put_i64(out, value, 1);
}

/* A random UUID: version 4, variant 1. */
static void put_id(struct strbuf *out)
{
	unsigned char b[16];
	char text[33];

	randombytes_buf(b, sizeof(b));
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	sodium_bin2hex(text, sizeof(text), b, sizeof(b));
	strbuf_printf(out, ",\"jti\":\"%.8s-%.4s-%.4s-%.4s-%.12s\"", text, text + 8,
		      text + 12, text + 16, text + 20);
}

static bool put_chain(struct strbuf *out, const struct jwt_key *key)
{
	strbuf_puts(out, ",\"x5c\":[");
	for (size_t i = 0; i < key->n_chain; i++) {
		unsigned char *der = NULL;
		int n = i2d_X509(key->chain[i], &der);

		if (n < 0)
			return false;
		strbuf_puts(out, i ? ",\"" : "\"");
		put_base64(out, der, (size_t)n, sodium_base64_VARIANT_ORIGINAL);
		strbuf_putc(out, '"');
		OPENSSL_free(der);
	}
	strbuf_putc(out, ']');
	return true;
}

/* False when OpenSSL does not; *n is how many bytes there are. */
static bool sign(const struct jwt_key *key, const struct alg_row *alg, struct str text,
		 unsigned char *signature, size_t *n)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *pctx;
	bool ok = ctx &&
		  EVP_DigestSignInit(ctx, &pctx, EVP_sha256(), NULL, key->pkey) == 1 &&
		  EVP_PKEY_CTX_set_rsa_padding(pctx, alg->padding) == 1;

	if (ok && alg->padding == RSA_PKCS1_PSS_PADDING)
		ok = EVP_PKEY_CTX_set_rsa_pss_saltlen(pctx, RSA_PSS_SALTLEN_DIGEST) == 1;
	ok = ok && EVP_DigestSign(ctx, signature, n, (const unsigned char *)text.p,
				  text.n) == 1;
	EVP_MD_CTX_free(ctx);
	return ok;
}

static bool put_signed(const struct jwt_key *key, enum jwt_alg alg,
		       const struct strbuf *header, const struct strbuf *claims,
		       struct secret *out, struct err *err)
{
	size_t n = (size_t)EVP_PKEY_size(key->pkey);
	unsigned char *signature = xmalloc(n);
	struct strbuf text;
	bool ok;

	strbuf_init(&text, 4 * JSON_MAX_BYTES);
	put_url64(&text, header->p, header->n);
	strbuf_putc(&text, '.');
	put_url64(&text, claims->p, claims->n);
	ok = !header->overflow && !claims->overflow &&
	     sign(key, &algs[alg], strbuf_str(&text), signature, &n);
	if (ok) {
		strbuf_putc(&text, '.');
		put_url64(&text, signature, n);
		secret_set(out, strbuf_str(&text));
	} else {
		ERR_clear_error();
		err_set(err, ERR_INTERNAL, "OpenSSL does not sign with this key");
	}
	/* Whoever has it is us for the next minutes. */
	secret_wipe(text.p, text.n);
	strbuf_fini(&text);
	free(signature);
	return ok;
}

static bool check_dates(const struct jwt_key *key, int64_t now_ms, struct err *err)
{
	struct strbuf date;
	bool is_over = now_ms >= key->ends_ms;

	if (key->n_chain == 0)
		return err_set(err, ERR_CONFIG,
			       "there is no certificate with the private key; put both "
			       "into one PEM");
	if (!is_over && now_ms >= key->begins_ms)
		return true;
	strbuf_init(&date, 64);
	time_format_iso(&date, is_over ? key->ends_ms : key->begins_ms, false);
	err_set(err, ERR_AUTH,
		is_over ? "the certificate ended at %s; make a new one, and give it to "
			  "the application as well"
			: "the certificate is good from %s on; use one that is now, or "
			  "look at this machine's clock",
		date.p);
	strbuf_fini(&date);
	return false;
}

bool jwt_sign_client(const struct jwt_key *key, const struct jwt_client *client,
		     struct secret *out, struct err *err)
{
	int64_t now_s = client->now_ms / 1000;
	struct strbuf header, claims;
	bool ok;

	if (!check_dates(key, client->now_ms, err))
		return false;
	strbuf_init(&header, JSON_MAX_BYTES);
	strbuf_init(&claims, JSON_MAX_BYTES);
	strbuf_printf(&header, "{\"alg\":\"%s\",\"typ\":\"JWT\",\"%s\":\"",
		      algs[client->alg].name,
		      client->alg == JWT_PS256 ? "x5t#S256" : "x5t");
	if (client->alg == JWT_PS256)
		put_url64(&header, key->sha256, sizeof(key->sha256));
	else
		put_url64(&header, key->sha1, sizeof(key->sha1));
	strbuf_putc(&header, '"');
	ok = !client->sends_chain || put_chain(&header, key);
	strbuf_putc(&header, '}');
	strbuf_putc(&claims, '{');
	put_member(&claims, "aud", client->endpoint);
	put_member(&claims, "iss", client->client_id);
	put_member(&claims, "sub", client->client_id);
	put_id(&claims);
	put_number(&claims, "nbf", now_s);
	put_number(&claims, "iat", now_s);
	put_number(&claims, "exp", now_s + CLIENT_LIFE_S);
	strbuf_putc(&claims, '}');
	ok = ok ? put_signed(key, client->alg, &header, &claims, out, err)
		: err_set(err, ERR_INTERNAL, "OpenSSL does not write the certificates");
	strbuf_fini(&header);
	strbuf_fini(&claims);
	return ok;
}

bool jwt_sign_service(const struct jwt_key *key, const struct jwt_service *service,
		      struct secret *out, struct err *err)
{
	int64_t now_s = service->now_ms / 1000;
	struct strbuf header, claims;
	bool ok;

	strbuf_init(&header, JSON_MAX_BYTES);
	strbuf_init(&claims, JSON_MAX_BYTES);
	strbuf_puts(&header, "{\"alg\":\"RS256\",\"typ\":\"JWT\"");
	if (service->key_id.n)
		put_member(&header, "kid", service->key_id);
	strbuf_putc(&header, '}');
	strbuf_putc(&claims, '{');
	put_member(&claims, "iss", service->email);
	put_member(&claims, "scope", service->scope);
	put_member(&claims, "aud", service->endpoint);
	put_number(&claims, "iat", now_s);
	put_number(&claims, "exp", now_s + SERVICE_LIFE_S);
	strbuf_putc(&claims, '}');
	ok = put_signed(key, JWT_RS256, &header, &claims, out, err);
	strbuf_fini(&header);
	strbuf_fini(&claims);
	return ok;
}
