/* Assertions, taken apart and verified by OpenSSL; and which keys and certificates are
 * taken at all. */
#include "unit/check.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "auth/jwt.h"
#include "base/json.h"
#include "unit/rsa_key.h"

#define NOW_MS	 INT64_C(1773224430123)
#define YEAR_MS	 INT64_C(31536000000)
#define ENDPOINT "https://login.example/contoso/oauth2/v2.0/token"

static EVP_PKEY *rsa, *other, *small, *ec;

static int make_keys(void **state)
{
	(void)state;
	rsa = rsa_key_make(2048);
	other = rsa_key_make(2048);
	small = rsa_key_make(1024);
	ec = rsa_key_make_ec();
	return secret_setup() ? 0 : -1;
}

static int drop_keys(void **state)
{
	(void)state;
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(other);
	EVP_PKEY_free(small);
	EVP_PKEY_free(ec);
	return 0;
}

static void put_good(struct strbuf *pem)
{
	strbuf_init(pem, 1 << 16);
	rsa_key_put(pem, rsa, NULL);
	rsa_key_put_certificate(pem, rsa, rsa, NOW_MS - YEAR_MS, NOW_MS + YEAR_MS);
}

static struct jwt_key *open_key(const struct strbuf *pem)
{
	struct err err;
	struct jwt_key *key = jwt_key_new(strbuf_str(pem), (struct str){0}, &err);

	if (!key)
		fail_msg("%s", err.text);
	return key;
}

/* An assertion in its parts. */
struct parts {
	struct str text; /* what was signed */
	cJSON *header, *claims;
	unsigned char signature[1024];
	size_t n_signature;
	struct strbuf header_text;
};

static size_t decode(struct str part, void *into, size_t room)
{
	size_t n;

	if (sodium_base642bin(into, room, part.p, part.n, NULL, &n, NULL,
			      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		fail_msg("not base64url: %.*s", STR_ARG(part));
	return n;
}

static cJSON *decode_json(struct str part, struct strbuf *text)
{
	char *room = malloc(part.n + 1);
	struct err err;
	cJSON *json;

	strbuf_init(text, 1 << 16);
	strbuf_put(text, (struct str){room, decode(part, room, part.n + 1)});
	free(room);
	json = json_parse(strbuf_str(text), &json_wire, NULL, &err);
	if (!json)
		fail_msg("%s: %s", err.text, text->p);
	return json;
}

static void take_apart(struct parts *p, const struct secret *token)
{
	struct str rest = secret_borrow(token), header, claims, signature;
	struct strbuf text;

	assert_true(str_next(&rest, '.', &header));
	assert_true(str_next(&rest, '.', &claims));
	assert_true(str_next(&rest, '.', &signature));
	assert_null(rest.p);
	p->text = (struct str){token->p, header.n + 1 + claims.n};
	p->header = decode_json(header, &p->header_text);
	p->claims = decode_json(claims, &text);
	strbuf_fini(&text);
	p->n_signature = decode(signature, p->signature, sizeof(p->signature));
}

static void drop(struct parts *p)
{
	cJSON_Delete(p->header);
	cJSON_Delete(p->claims);
	strbuf_fini(&p->header_text);
}

static bool verifies(const struct parts *p, EVP_PKEY *with, int padding)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *pctx;
	bool ok;

	assert_int_equal(EVP_DigestVerifyInit(ctx, &pctx, EVP_sha256(), NULL, with), 1);
	assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(pctx, padding), 1);
	if (padding == RSA_PKCS1_PSS_PADDING)
		assert_int_equal(EVP_PKEY_CTX_set_rsa_pss_saltlen(pctx, 32), 1);
	ok = EVP_DigestVerify(ctx, p->signature, p->n_signature,
			      (const unsigned char *)p->text.p, p->text.n) == 1;
	EVP_MD_CTX_free(ctx);
	return ok;
}

static void check_verified(struct parts *p, int padding)
{
	int others =
		padding == RSA_PKCS1_PADDING ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;

	assert_true(verifies(p, rsa, padding));
	assert_false(verifies(p, other, padding));
	assert_false(verifies(p, rsa, others));
	p->signature[100] ^= 1;
	assert_false(verifies(p, rsa, padding));
	p->signature[100] ^= 1;
	p->text.n--;
	assert_false(verifies(p, rsa, padding));
	p->text.n++;
}

static void check_number(const cJSON *json, const char *name, double want)
{
	const cJSON *got = cJSON_GetObjectItemCaseSensitive(json, name);

	check_case(name, cJSON_IsNumber(got));
	check_case(name, got->valuedouble == want);
}

static void check_member(const cJSON *json, const char *name, const char *want)
{
	check_text(name, str_from(json_text(json, name)), want);
}

/* The digest of the certificate's DER form, which the PEM holds in base64. */
static void check_thumbprint(const cJSON *header, const char *name, const EVP_MD *md,
			     const struct strbuf *pem)
{
	BIO *bio = BIO_new_mem_buf(pem->p, (int)pem->n);
	X509 *cert = PEM_read_bio_X509(bio, NULL, NULL, NULL);
	unsigned char *der = NULL, digest[EVP_MAX_MD_SIZE], got[EVP_MAX_MD_SIZE];
	int n = i2d_X509(cert, &der);
	unsigned n_digest;

	assert_true(n > 0);
	assert_int_equal(EVP_Digest(der, (size_t)n, digest, &n_digest, md, NULL), 1);
	assert_int_equal(decode(str_from(json_text(header, name)), got, sizeof(got)),
			 n_digest);
	assert_memory_equal(got, digest, n_digest);
	OPENSSL_free(der);
	X509_free(cert);
	BIO_free(bio);
}

static void sign_client(const struct jwt_key *key, enum jwt_alg alg, bool sends_chain,
			struct secret *out)
{
	const struct jwt_client client = {.endpoint = STR(ENDPOINT),
					  .client_id = STR("11112222-app"),
					  .alg = alg,
					  .sends_chain = sends_chain,
					  .now_ms = NOW_MS};
	struct err err;

	if (!jwt_sign_client(key, &client, out, &err))
		fail_msg("%s", err.text);
}

static void a_client_asserts_itself(void **state)
{
	static const struct {
		enum jwt_alg alg;
		const char *name, *thumbprint, *absent;
		int padding;
	} cases[] = {
		{JWT_PS256, "PS256", "x5t#S256", "x5t", RSA_PKCS1_PSS_PADDING},
		{JWT_RS256, "RS256", "x5t", "x5t#S256", RSA_PKCS1_PADDING},
	};
	struct strbuf pem;
	struct jwt_key *key;

	(void)state;
	put_good(&pem);
	key = open_key(&pem);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct secret token = {0};
		struct parts p;

		sign_client(key, cases[i].alg, false, &token);
		take_apart(&p, &token);
		check_member(p.header, "typ", "JWT");
		check_member(p.header, "alg", cases[i].name);
		check_thumbprint(p.header, cases[i].thumbprint,
				 i == 0 ? EVP_sha256() : EVP_sha1(), &pem);
		assert_null(json_member(p.header, cases[i].absent));
		assert_int_equal(cJSON_GetArraySize(p.header), 3);
		check_member(p.claims, "aud", ENDPOINT);
		check_member(p.claims, "iss", "11112222-app");
		check_member(p.claims, "sub", "11112222-app");
		check_number(p.claims, "nbf", 1773224430);
		check_number(p.claims, "iat", 1773224430);
		check_number(p.claims, "exp", 1773224430 + 600);
		assert_int_equal(cJSON_GetArraySize(p.claims), 7);
		check_verified(&p, cases[i].padding);
		drop(&p);
		secret_fini(&token);
	}
	jwt_key_free(key);
	strbuf_fini(&pem);
}

/* 8-4-4-4-12 hexadecimal digits; version 4, variant 8 to b. */
static void check_uuid(const char *text)
{
	assert_non_null(text);
	assert_int_equal(strlen(text), 36);
	for (size_t i = 0; i < 36; i++) {
		bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;

		assert_true(is_dash ? text[i] == '-'
				    : strchr("0123456789abcdef", text[i]) != NULL);
	}
	assert_int_equal(text[14], '4');
	assert_non_null(strchr("89ab", text[19]));
}

static void each_assertion_has_an_id_of_its_own(void **state)
{
	struct secret one = {0}, two = {0};
	struct jwt_key *key;
	struct parts a, b;
	struct strbuf pem;

	(void)state;
	put_good(&pem);
	key = open_key(&pem);
	sign_client(key, JWT_RS256, false, &one);
	sign_client(key, JWT_RS256, false, &two);
	take_apart(&a, &one);
	take_apart(&b, &two);
	check_uuid(json_text(a.claims, "jti"));
	check_uuid(json_text(b.claims, "jti"));
	assert_string_not_equal(json_text(a.claims, "jti"), json_text(b.claims, "jti"));
	drop(&a);
	drop(&b);
	secret_fini(&one);
	secret_fini(&two);
	jwt_key_free(key);
	strbuf_fini(&pem);
}

/* Whatever their order in the file, the key's own certificate is the first. */
static void the_chain_is_sent_where_it_is_asked_for(void **state)
{
	struct secret token = {0};
	struct strbuf pem, leaf;
	struct jwt_key *key;
	const cJSON *chain;
	struct parts p;

	(void)state;
	strbuf_init(&pem, 1 << 16);
	strbuf_init(&leaf, 1 << 16);
	rsa_key_put_certificate(&pem, other, other, NOW_MS - YEAR_MS, NOW_MS + YEAR_MS);
	rsa_key_put_certificate(&leaf, rsa, other, NOW_MS - YEAR_MS, NOW_MS + YEAR_MS);
	strbuf_put(&pem, strbuf_str(&leaf));
	rsa_key_put(&pem, rsa, NULL);
	key = open_key(&pem);
	assert_int_equal(key->n_chain, 2);
	sign_client(key, JWT_PS256, true, &token);
	take_apart(&p, &token);
	check_thumbprint(p.header, "x5t#S256", EVP_sha256(), &leaf);
	check_verified(&p, RSA_PKCS1_PSS_PADDING);
	chain = json_member(p.header, "x5c");
	assert_int_equal(cJSON_GetArraySize(chain), 2);
	for (int i = 0; i < 2; i++) {
		const char *text = cJSON_GetArrayItem(chain, i)->valuestring;
		unsigned char der[4096], digest[32];
		size_t n;

		/* Base64 proper, with padding and without line ends. */
		assert_int_equal(sodium_base642bin(der, sizeof(der), text, strlen(text),
						   NULL, &n, NULL,
						   sodium_base64_VARIANT_ORIGINAL),
				 0);
		EVP_Digest(der, n, digest, NULL, EVP_sha256(), NULL);
		assert_int_equal(memcmp(digest, key->sha256, 32) == 0, i == 0);
	}
	drop(&p);
	secret_fini(&token);
	jwt_key_free(key);
	strbuf_fini(&pem);
	strbuf_fini(&leaf);
}

static void a_service_account_asserts_itself(void **state)
{
	const struct jwt_service service = {
		.email = STR("deck@contoso.example"),
		.endpoint = STR("https://oauth2.example/token"),
		.scope = STR("https://www.example/auth/cloud-platform"),
		.key_id = STR("abc\"123"),
		.now_ms = NOW_MS};
	struct jwt_service nameless = service;
	struct secret token = {0};
	struct strbuf pem;
	struct jwt_key *key;
	struct parts p;
	struct err err;

	(void)state;
	strbuf_init(&pem, 1 << 16);
	rsa_key_put(&pem, rsa, NULL);
	key = open_key(&pem);
	assert_true(jwt_sign_service(key, &service, &token, &err));
	take_apart(&p, &token);
	check_text("header", strbuf_str(&p.header_text),
		   "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"abc\\\"123\"}");
	check_member(p.claims, "iss", "deck@contoso.example");
	check_member(p.claims, "scope", "https://www.example/auth/cloud-platform");
	check_member(p.claims, "aud", "https://oauth2.example/token");
	check_number(p.claims, "iat", 1773224430);
	check_number(p.claims, "exp", 1773224430 + 3600);
	assert_int_equal(cJSON_GetArraySize(p.claims), 5);
	check_verified(&p, RSA_PKCS1_PADDING);
	drop(&p);
	nameless.key_id = (struct str){0};
	assert_true(jwt_sign_service(key, &nameless, &token, &err));
	take_apart(&p, &token);
	assert_null(json_member(p.header, "kid"));
	drop(&p);
	secret_fini(&token);
	jwt_key_free(key);
	strbuf_fini(&pem);
}

static void a_certificate_has_its_time(void **state)
{
	static const struct {
		const char *name;
		int64_t begins_ms, ends_ms;
		const char *says; /* NULL: it is good */
	} cases[] = {
		{"good", NOW_MS - 2000, NOW_MS + 2000, NULL},
		{"over", NOW_MS - YEAR_MS, NOW_MS - 1000,
		 "ended at 2026-03-11T10:20:29Z"},
		{"later", NOW_MS + 60000, NOW_MS + YEAR_MS,
		 "good from 2026-03-11T10:21:30Z"},
		{"beyond 2049", NOW_MS - 2000, NOW_MS + 40 * YEAR_MS, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct jwt_client client = {.now_ms = NOW_MS};
		struct secret token = {0};
		struct jwt_key *key;
		struct strbuf pem;
		struct err err;
		bool ok;

		strbuf_init(&pem, 1 << 16);
		rsa_key_put(&pem, rsa, NULL);
		rsa_key_put_certificate(&pem, rsa, rsa, cases[i].begins_ms,
					cases[i].ends_ms);
		key = open_key(&pem);
		check_case(cases[i].name,
			   key->begins_ms / 1000 == cases[i].begins_ms / 1000);
		check_case(cases[i].name, key->ends_ms / 1000 == cases[i].ends_ms / 1000);
		ok = jwt_sign_client(key, &client, &token, &err);
		check_case(cases[i].name, ok == !cases[i].says);
		if (!ok && (err.code != ERR_AUTH || !strstr(err.text, cases[i].says)))
			fail_msg("case \"%s\": %s", cases[i].name, err.text);
		secret_fini(&token);
		jwt_key_free(key);
		strbuf_fini(&pem);
	}
}

enum part { KEY, CERT, SMALL, SMALL_CERT, EC, OTHER_CERT, LOCKED, HALF_KEY, HALF_CERT };

static void put_part(struct strbuf *pem, enum part part)
{
	int64_t begins = NOW_MS - YEAR_MS, ends = NOW_MS + YEAR_MS;
	size_t from = pem->n;

	switch (part) {
	case KEY:
	case HALF_KEY:
		rsa_key_put(pem, rsa, NULL);
		break;
	case CERT:
	case HALF_CERT:
		rsa_key_put_certificate(pem, rsa, rsa, begins, ends);
		break;
	case SMALL:
		rsa_key_put(pem, small, NULL);
		break;
	case SMALL_CERT:
		rsa_key_put_certificate(pem, small, small, begins, ends);
		break;
	case EC:
		rsa_key_put(pem, ec, NULL);
		break;
	case OTHER_CERT:
		rsa_key_put_certificate(pem, other, other, begins, ends);
		break;
	case LOCKED:
		rsa_key_put(pem, rsa, "open sesame");
		break;
	}
	/* Between the marks, some of it gone. */
	if (part == HALF_KEY || part == HALF_CERT)
		memset(pem->p + from + 200, '*', 64);
}

static void what_cannot_sign_is_refused_with_what_to_do(void **state)
{
	static const struct {
		const char *name;
		enum part parts[10];
		size_t n;
		const char *passphrase, *says; /* says NULL: it is fine */
	} cases[] = {
		{"key and certificate", {KEY, CERT}, 2, "", NULL},
		{"certificate first", {CERT, KEY}, 2, "", NULL},
		{"key alone", {KEY}, 1, "", NULL},
		{"locked", {LOCKED, CERT}, 2, "open sesame", NULL},
		{"locked, no passphrase", {LOCKED}, 1, "", "name its passphrase"},
		{"locked, wrong one", {LOCKED}, 1, "open", "does not open"},
		{"nothing", {KEY}, 0, "", "no private key"},
		{"certificate alone", {CERT}, 1, "", "no private key"},
		{"two keys", {KEY, KEY}, 2, "", "two private keys"},
		{"of another key", {KEY, OTHER_CERT}, 2, "", "no certificate belongs"},
		{"small", {SMALL, SMALL_CERT}, 2, "", "has 1024 bits"},
		{"elliptic", {EC}, 1, "", "not an RSA key"},
		{"a damaged key", {HALF_KEY, CERT}, 2, "", "cut or damaged"},
		{"a damaged certificate", {KEY, HALF_CERT}, 2, "", "cut or damaged"},
		{"nine certificates",
		 {KEY, CERT, CERT, CERT, CERT, CERT, CERT, CERT, CERT, CERT},
		 10,
		 "",
		 "too many"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct jwt_key *key;
		struct strbuf pem;
		struct err err;

		strbuf_init(&pem, 1 << 17);
		for (size_t j = 0; j < cases[i].n; j++)
			put_part(&pem, cases[i].parts[j]);
		key = jwt_key_new(strbuf_str(&pem), str_from(cases[i].passphrase), &err);
		check_case(cases[i].name, (key != NULL) == !cases[i].says);
		if (!key && (err.code != ERR_CONFIG || !strstr(err.text, cases[i].says)))
			fail_msg("case \"%s\": %s", cases[i].name, err.text);
		check_case(cases[i].name, key || !strstr(err.text, "sesame"));
		jwt_key_free(key);
		strbuf_fini(&pem);
	}
}

static void pfx_is_told_how_to_become_pem(void **state)
{
	struct err err;

	(void)state;
	assert_null(jwt_key_new(STR("0\x82\x09\x17\x02\x01\x03"), STR(""), &err));
	assert_non_null(strstr(err.text, "openssl pkcs12"));
}

static void a_key_alone_cannot_assert_a_client(void **state)
{
	const struct jwt_client client = {.now_ms = NOW_MS};
	struct secret token = {0};
	struct jwt_key *key;
	struct strbuf pem;
	struct err err;

	(void)state;
	strbuf_init(&pem, 1 << 16);
	rsa_key_put(&pem, rsa, NULL);
	key = open_key(&pem);
	assert_false(jwt_sign_client(key, &client, &token, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	assert_non_null(strstr(err.text, "no certificate"));
	jwt_key_free(key);
	strbuf_fini(&pem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_client_asserts_itself),
		cmocka_unit_test(each_assertion_has_an_id_of_its_own),
		cmocka_unit_test(the_chain_is_sent_where_it_is_asked_for),
		cmocka_unit_test(a_service_account_asserts_itself),
		cmocka_unit_test(a_certificate_has_its_time),
		cmocka_unit_test(what_cannot_sign_is_refused_with_what_to_do),
		cmocka_unit_test(pfx_is_told_how_to_become_pem),
		cmocka_unit_test(a_key_alone_cannot_assert_a_client),
	};

	return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
