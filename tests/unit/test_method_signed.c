/* Assertions on the wire: the form to the byte, the JWT's header and claims to the
 * letter, and its signature verified by OpenSSL with the certificate's own key. */
#include "unit/check.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "unit/rsa_key.h"
#include "unit/scratch.h"
#include "wire/signin.h"

#define NOW_MS	INT64_C(1773224430123)
#define YEAR_MS INT64_C(31536000000)
#define CLIENT	"11111111-2222-3333-4444-555555555555"

static EVP_PKEY *rsa, *other;

static int make_keys(void **state)
{
	rsa = rsa_key_make(2048);
	other = rsa_key_make(2048);
	return scratch_make(state);
}

static int drop_keys(void **state)
{
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(other);
	return scratch_drop(state);
}

/* The PEM of a key and its certificate; with the certificate as DER. */
static void put_pem(struct strbuf *pem, const char *passphrase, int64_t ends_ms,
		    unsigned char **der, int *n_der)
{
	struct strbuf certificate;
	BIO *bio;
	X509 *x;

	strbuf_init(pem, 1 << 16);
	strbuf_init(&certificate, 1 << 16);
	rsa_key_put(pem, rsa, passphrase);
	rsa_key_put_certificate(&certificate, rsa, rsa, NOW_MS - YEAR_MS, ends_ms);
	strbuf_put(pem, strbuf_str(&certificate));
	bio = BIO_new_mem_buf(certificate.p, (int)certificate.n);
	x = PEM_read_bio_X509(bio, NULL, NULL, NULL);
	assert_non_null(x);
	*der = NULL;
	*n_der = i2d_X509(x, der);
	assert_true(*n_der > 0);
	X509_free(x);
	BIO_free(bio);
	strbuf_fini(&certificate);
}

static void put_url64(struct strbuf *out, const unsigned char *bytes, size_t n)
{
	char text[128];

	sodium_bin2base64(text, sizeof(text), bytes, n,
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	strbuf_puts(out, text);
}

static void decode(struct str part, struct strbuf *out)
{
	size_t n, room = part.n + 1;
	char *bytes = malloc(room);

	strbuf_init(out, 1 << 16);
	assert_int_equal(sodium_base642bin((unsigned char *)bytes, room, part.p, part.n,
					   NULL, &n, NULL,
					   sodium_base64_VARIANT_URLSAFE_NO_PADDING),
			 0);
	strbuf_put(out, (struct str){bytes, n});
	free(bytes);
}

static bool verifies(struct str text, const struct strbuf *signature, EVP_PKEY *with,
		     int padding)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *pctx;
	bool ok;

	EVP_DigestVerifyInit(ctx, &pctx, EVP_sha256(), NULL, with);
	EVP_PKEY_CTX_set_rsa_padding(pctx, padding);
	if (padding == RSA_PKCS1_PSS_PADDING)
		EVP_PKEY_CTX_set_rsa_pss_saltlen(pctx, 32);
	ok = EVP_DigestVerify(ctx, (const unsigned char *)signature->p, signature->n,
			      (const unsigned char *)text.p, text.n) == 1;
	EVP_MD_CTX_free(ctx);
	return ok;
}

/* The random part is a UUID; the rest is compared. */
static void check_claims(struct strbuf *claims, const char *want)
{
	ptrdiff_t at = str_find(strbuf_str(claims), STR("\"jti\":\""));

	if (at >= 0) {
		struct str id = str_sub(strbuf_str(claims), (size_t)at + 7, 36);

		assert_int_equal(id.n, 36);
		for (size_t i = 0; i < 36; i++) {
			if (i == 8 || i == 13 || i == 18 || i == 23)
				assert_int_equal(id.p[i], '-');
			else
				assert_non_null(strchr("0123456789abcdef", id.p[i]));
		}
		assert_int_equal(id.p[14], '4');
		memset(claims->p + at + 7, 'J', 36);
	}
	assert_string_equal(claims->p, want);
}

struct want {
	const char *header, *claims;
	int padding;
};

static void check_jwt(struct str jwt, const struct want *want)
{
	struct str rest = jwt, parts[3];
	struct strbuf header, claims, signature;

	for (int i = 0; i < 3; i++)
		assert_true(str_next(&rest, '.', &parts[i]));
	assert_null(rest.p);
	decode(parts[0], &header);
	decode(parts[1], &claims);
	decode(parts[2], &signature);
	assert_string_equal(header.p, want->header);
	check_claims(&claims, want->claims);
	jwt.n -= parts[2].n + 1;
	assert_true(verifies(jwt, &signature, rsa, want->padding));
	assert_false(verifies(jwt, &signature, other, want->padding));
	strbuf_fini(&header);
	strbuf_fini(&claims);
	strbuf_fini(&signature);
}

/* The i-th request is this form, to the byte, with a JWT in the middle. */
static struct str check_form(struct client *c, size_t i, const char *path,
			     const char *before, const char *after)
{
	struct fake_request r = fake_server_request(c->server, i);
	struct str jwt = r.body;
	struct strbuf form;

	assert_true(str_starts(jwt, str_from(before)));
	assert_true(str_ends(jwt, str_from(after)));
	jwt = str_sub(jwt, strlen(before), jwt.n - strlen(before) - strlen(after));
	strbuf_init(&form, 1 << 16);
	strbuf_printf(&form, "%s%.*s%s", before, STR_ARG(jwt), after);
	signin_check_form(c, i, path, form.p);
	strbuf_fini(&form);
	return jwt;
}

#define ENTRA_BEFORE                                                                     \
	"grant_type=client_credentials&client_id=" CLIENT "&client_assertion_type="      \
	"urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"               \
	"&client_assertion="
#define ENTRA_AFTER "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"

static void test_certificate(void **state)
{
	static const struct {
		const char *name, *algorithm, *passphrase;
	} rows[] = {
		{"PS256 where nobody says", NULL, NULL},
		{"RS256", "RS256", NULL},
		{"an encrypted key", "PS256", "pass phrase"},
	};
	struct client *c = *state;

	signin_reply(c, "POST", SIGNIN_PATH, 200, SIGNIN_TOKEN);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		bool is_pss =
			!rows[i].algorithm || strcmp(rows[i].algorithm, "RS256") != 0;
		struct strbuf pem, header, claims, reference;
		unsigned char *der, sum[32];
		struct credential *credential;
		struct got got;
		int n_der;

		clock_init_manual(&c->clock, NOW_MS);
		put_pem(&pem, rows[i].passphrase, NOW_MS + YEAR_MS, &der, &n_der);
		strbuf_init(&reference, 4096);
		strbuf_printf(&reference, "file:%s",
			      scratch_write("sp.pem", strbuf_str(&pem), 0600));
		setenv("AZ_TEST_SECRET", rows[i].passphrase ? rows[i].passphrase : "x",
		       1);
		{
			const struct credential_setting settings[] = {
				{"tenant", "contoso.example"},
				{"client_id", CLIENT},
				{"certificate", reference.p},
				{"passphrase", "env:AZ_TEST_SECRET"},
				{rows[i].algorithm ? "algorithm" : NULL,
				 rows[i].algorithm},
				{0},
			};

			credential = signin_new(c, "certificate", settings);
		}
		signin_ask(c, credential, SIGNIN_SCOPE, &got);
		check_text(rows[i].name, str_from(got.err.text), "");
		assert_string_equal(got.secret, "t1");
		EVP_Digest(der, (size_t)n_der, sum, NULL,
			   is_pss ? EVP_sha256() : EVP_sha1(), NULL);
		strbuf_init(&header, 4096);
		strbuf_printf(&header, "{\"alg\":\"%s\",\"typ\":\"JWT\",\"%s\":\"",
			      is_pss ? "PS256" : "RS256", is_pss ? "x5t#S256" : "x5t");
		put_url64(&header, sum, is_pss ? 32 : 20);
		strbuf_puts(&header, "\"}");
		strbuf_init(&claims, 4096);
		/* For whom it is: this endpoint, to the letter. */
		strbuf_printf(&claims,
			      "{\"aud\":\"%s" SIGNIN_PATH "\",\"iss\":\"" CLIENT
			      "\",\"sub\":\"" CLIENT
			      "\",\"jti\":\"%s\",\"nbf\":1773224430,"
			      "\"iat\":1773224430,\"exp\":1773225030}",
			      fake_server_url(c->server),
			      "JJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJJ");
		check_jwt(check_form(c, i, SIGNIN_PATH, ENTRA_BEFORE, ENTRA_AFTER),
			  &(struct want){.header = header.p,
					 .claims = claims.p,
					 .padding = is_pss ? RSA_PKCS1_PSS_PADDING
							   : RSA_PKCS1_PADDING});
		credential_free(credential);
		OPENSSL_free(der);
		strbuf_fini(&pem);
		strbuf_fini(&header);
		strbuf_fini(&claims);
		strbuf_fini(&reference);
	}
}

static struct credential *from_environment(struct client *c, struct str pem)
{
	setenv("AZURE_TENANT_ID", "contoso.example", 1);
	setenv("AZURE_CLIENT_ID", CLIENT, 1);
	setenv("AZURE_CLIENT_CERTIFICATE_PATH", scratch_write("env.pem", pem, 0600), 1);
	return signin_new(c, "certificate", NULL);
}

/* What is wrong is told before anything is sent; a new file heals it. */
static void test_certificate_over_and_renewed(void **state)
{
	struct client *c = *state;
	struct strbuf old, new;
	unsigned char *der;
	struct credential *credential;
	struct got got;
	int n_der;

	clock_init_manual(&c->clock, NOW_MS);
	put_pem(&old, NULL, NOW_MS - 1000, &der, &n_der);
	OPENSSL_free(der);
	put_pem(&new, NULL, NOW_MS + YEAR_MS, &der, &n_der);
	OPENSSL_free(der);
	credential = from_environment(c, strbuf_str(&old));
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_int_equal(got.err.code, ERR_AUTH);
	assert_non_null(strstr(got.err.text, "certificate: the certificate ended at "));
	assert_int_equal(fake_server_count(c->server), 0);
	scratch_write("env.pem", strbuf_str(&new), 0600);
	signin_reply(c, "POST", SIGNIN_PATH, 200, SIGNIN_TOKEN);
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_string_equal(got.secret, "t1");
	/* Open to others: not even read. */
	scratch_write("env.pem", strbuf_str(&new), 0644);
	credential_refuse(credential, STR(SIGNIN_SCOPE), clock_mono_ms(&c->clock));
	signin_ask(c, credential, SIGNIN_SCOPE, &got);
	assert_int_not_equal(got.err.code, ERR_NONE);
	assert_non_null(strstr(got.err.text, "certificate: file:"));
	credential_free(credential);
	strbuf_fini(&old);
	strbuf_fini(&new);
}

/* The file as the console gives it: the key's line ends are escaped. */
static void put_account(struct strbuf *out, const char *type, const char *endpoint)
{
	struct strbuf pem;

	strbuf_init(out, 1 << 16);
	strbuf_init(&pem, 1 << 16);
	rsa_key_put(&pem, rsa, NULL);
	strbuf_printf(out,
		      "{\"type\":\"%s\",\"project_id\":\"atlas-prod\","
		      "\"private_key_id\":\"k1\",\"private_key\":\"",
		      type);
	for (size_t i = 0; i < pem.n; i++) {
		if (pem.p[i] == '\n')
			strbuf_puts(out, "\\n");
		else
			strbuf_putc(out, pem.p[i]);
	}
	strbuf_printf(out,
		      "\",\"client_email\":\"reader@atlas-prod.example\",\"token_uri\":"
		      "\"%s/token\"}",
		      endpoint);
	strbuf_fini(&pem);
}

static struct credential *google(struct client *c, const struct strbuf *account)
{
	setenv("GOOGLE_APPLICATION_CREDENTIALS",
	       scratch_write("sa.json", strbuf_str(account), 0600), 1);
	return signin_new(c, "google", NULL);
}

static void test_google(void **state)
{
	struct client *c = *state;
	struct strbuf account, claims;
	struct credential *credential;
	struct got got;

	clock_init_manual(&c->clock, NOW_MS);
	put_account(&account, "service_account", fake_server_url(c->server));
	credential = google(c, &account);
	signin_reply(c, "POST", "/token", 200, SIGNIN_TOKEN);
	signin_ask(c, credential, "", &got);
	check_text("google", str_from(got.err.text), "");
	assert_int_equal(got.kind, HTTP_AUTH_BEARER);
	assert_string_equal(got.secret, "t1");
	strbuf_init(&claims, 4096);
	strbuf_printf(&claims,
		      "{\"iss\":\"reader@atlas-prod.example\","
		      "\"scope\":\"https://www.googleapis.com/auth/cloud-platform\","
		      "\"aud\":\"%s/token\",\"iat\":1773224430,\"exp\":1773228030}",
		      fake_server_url(c->server));
	check_jwt(check_form(c, 0, "/token",
			     "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3A"
			     "jwt-bearer&assertion=",
			     ""),
		  &(struct want){
			  .header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}",
			  .claims = claims.p,
			  .padding = RSA_PKCS1_PADDING});
	credential_free(credential);
	strbuf_fini(&claims);
	strbuf_fini(&account);
}

static void test_google_refused(void **state)
{
	struct client *c = *state;
	struct strbuf account;
	struct credential *credential;
	struct got got;

	put_account(&account, "service_account", fake_server_url(c->server));
	credential = google(c, &account);
	signin_reply(c, "POST", "/token", 400,
		     "{\"error\":\"invalid_grant\",\"error_description\":"
		     "\"Invalid JWT Signature.\"}");
	signin_ask(c, credential, "", &got);
	assert_string_equal(got.err.text,
			    "sign-in refused (400): Invalid JWT Signature.");
	credential_free(credential);
	strbuf_fini(&account);
}

static void test_google_files(void **state)
{
	static const struct {
		const char *name, *type, *endpoint;
	} rows[] = {
		{"a person's", "authorized_user", "https://oauth2.example"},
		{"a plain endpoint", "service_account", "http://oauth2.example"},
	};
	struct client *c = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct credential *credential;
		struct strbuf account;
		struct got got;

		put_account(&account, rows[i].type, rows[i].endpoint);
		credential = google(c, &account);
		signin_ask(c, credential, "", &got);
		check_case(rows[i].name, got.err.code == ERR_CONFIG);
		check_case(rows[i].name,
			   strstr(got.err.text,
				  "this is no service account's JSON file"));
		credential_free(credential);
		strbuf_fini(&account);
	}
	assert_int_equal(fake_server_count(c->server), 0);
}

#define signin_test(f) cmocka_unit_test_setup_teardown(f, signin_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		signin_test(test_certificate),
		signin_test(test_certificate_over_and_renewed),
		signin_test(test_google),
		signin_test(test_google_refused),
		signin_test(test_google_files),
	};

	return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
