/* Answers of real sign-in endpoints, read: published samples, which lie beside the
 * source in "../shared/wire/auth" and are not part of it. Where they are absent each
 * test says so. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "auth/az_answer.h"
#include "auth/device_code.h"
#include "auth/jwt.h"
#include "auth/token.h"
#include "base/file.h"
#include "base/json.h"
#include "base/strbuf.h"
#include "unit/rsa_key.h"

#include <sodium.h>

static bool load(const char *name, struct strbuf *out)
{
	const char *src = getenv("AZ_SRCDIR");
	char path[4096];
	struct err err;

	strbuf_init(out, 1 << 16);
	snprintf(path, sizeof(path), "%s/../shared/wire/auth/%s", src ? src : ".", name);
	if (file_read(path, out, &err))
		return true;
	printf("# %s is not here\n", name);
	strbuf_fini(out);
	return false;
}

static void test_tokens(void **state)
{
	static const struct {
		const char *name;
		int64_t now_ms, lifetime_ms;
	} rows[] = {
		{"token-client-credentials.json", 0, 3599000},
		{"imds-token.json", INT64_C(1506480574000), 3599000},
		{"appservice-token.json", INT64_C(1586981135000), 3600000},
		/* Its end has come. */
		{"appservice-token.json", INT64_C(1586984735000), 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct token_answer got;
		struct strbuf text;
		struct err err;
		bool ok;

		if (!load(rows[i].name, &text))
			continue;
		ok = token_answer_parse(strbuf_str(&text), rows[i].now_ms, &got, &err);
		check_case(rows[i].name, ok == (rows[i].lifetime_ms > 0));
		check_case(rows[i].name, got.lifetime_ms == rows[i].lifetime_ms);
		check_case(rows[i].name, !secret_is_set(&got.refresh));
		check_case(rows[i].name,
			   !ok || str_starts(secret_borrow(&got.token), STR("eyJ0eXAi")));
		token_answer_fini(&got);
		strbuf_fini(&text);
	}
}

static void test_az(void **state)
{
	struct token_answer got;
	struct strbuf text;
	struct err err;

	(void)state;
	if (!load("az-cli-get-access-token.json", &text))
		return;
	/* The epoch counts: the local time beside it is a year older. */
	assert_true(
		az_answer_parse(strbuf_str(&text), INT64_C(1700688824000), &got, &err));
	assert_int_equal(got.lifetime_ms, 3600000);
	check_text("token", secret_borrow(&got.token), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	token_answer_fini(&got);
	strbuf_fini(&text);
}

static void test_device(void **state)
{
	struct device_code code;
	struct strbuf text;
	struct err err;

	(void)state;
	if (load("devicecode-response.json", &text)) {
		assert_true(device_code_parse(strbuf_str(&text), &code, &err));
		assert_string_equal(code.user, "YZMYLD4K");
		assert_string_equal(code.url, "https://www.microsoft.com/link");
		assert_true(str_starts(str_from(code.message),
				       STR("To sign in, use a web browser to open")));
		assert_int_equal(code.interval_ms, 5000);
		assert_int_equal(code.lifetime_ms, 900000);
		assert_true(code.device.n > 200);
		device_code_fini(&code);
		strbuf_fini(&text);
	}
	if (load("devicecode-authorization-pending.json", &text)) {
		assert_int_equal(device_step_of(400, strbuf_str(&text), &err),
				 DEVICE_WAIT);
		strbuf_fini(&text);
	}
}

static void test_error(void **state)
{
	struct strbuf text;
	struct err err;

	(void)state;
	if (!load("error-invalid-scope.json", &text))
		return;
	token_error(400, strbuf_str(&text), &err);
	assert_int_equal(err.code, ERR_AUTH);
	assert_true(
		str_starts(str_from(err.text),
			   STR("sign-in refused (400): AADSTS70011: The provided value "
			       "for the input parameter 'scope' isn't valid.")));
	assert_true(
		str_ends(str_from(err.text),
			 STR("; check the connection's scope; it ends in /.default")));
	assert_null(strstr(err.text, "Trace ID"));
	strbuf_fini(&text);
}

static cJSON *part(struct str text)
{
	struct str rest = text, piece;
	char bytes[4096];
	struct err err;
	cJSON *json;
	size_t n;

	assert_true(str_next(&rest, '.', &piece));
	assert_int_equal(sodium_base642bin((unsigned char *)bytes, sizeof(bytes), piece.p,
					   piece.n, NULL, &n, NULL,
					   sodium_base64_VARIANT_URLSAFE_NO_PADDING),
			 0);
	json = json_parse((struct str){bytes, n}, &json_wire, NULL, &err);
	assert_non_null(json);
	return json;
}

/* Ours has every member that the sample has, of the same type. */
static void check_members(const cJSON *sample, cJSON *ours)
{
	const cJSON *item;

	assert_non_null(sample);
	cJSON_ArrayForEach (item, sample) {
		const cJSON *own = json_member(ours, item->string);

		check_case(item->string, own && own->type == item->type);
		if (strcmp(item->string, "alg") == 0 || strcmp(item->string, "typ") == 0)
			check_text(item->string, str_from(own->valuestring),
				   item->valuestring);
	}
	cJSON_Delete(ours);
}

static void test_assertion(void **state)
{
	struct strbuf text, pem;
	struct secret jwt = {0};
	struct jwt_key *key;
	struct str claims;
	EVP_PKEY *rsa;
	cJSON *sample;
	struct err err;

	(void)state;
	if (!load("client-assertion-decoded.json", &text))
		return;
	rsa = rsa_key_make(2048);
	strbuf_init(&pem, 1 << 16);
	rsa_key_put(&pem, rsa, NULL);
	rsa_key_put_certificate(&pem, rsa, rsa, 0, INT64_C(4000000000000));
	key = jwt_key_new(strbuf_str(&pem), (struct str){0}, &err);
	assert_non_null(key);
	assert_true(
		jwt_sign_client(key,
				&(struct jwt_client){.endpoint = STR("https://x"),
						     .client_id = STR("c"),
						     .now_ms = INT64_C(1773224430123)},
				&jwt, &err));
	sample = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	assert_non_null(sample);
	check_members(json_member(sample, "header"), part(secret_borrow(&jwt)));
	claims = secret_borrow(&jwt);
	claims = str_sub(claims, (size_t)str_find_char(claims, '.') + 1, claims.n);
	check_members(json_member(sample, "claims"), part(claims));
	cJSON_Delete(sample);
	secret_fini(&jwt);
	jwt_key_free(key);
	EVP_PKEY_free(rsa);
	strbuf_fini(&pem);
	strbuf_fini(&text);
}

static int setup(void **state)
{
	(void)state;
	return secret_setup() ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens),	  cmocka_unit_test(test_az),
		cmocka_unit_test(test_device),	  cmocka_unit_test(test_error),
		cmocka_unit_test(test_assertion),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
