/* What names a secret in a key vault, and what a vault may answer: no socket. */
#include "unit/check.h"

#include "auth/keyvault_answer.h"
#include "auth/keyvault_ref.h"
#include "base/file.h"
#include "base/json.h"
#include "base/secret.h"

#include <stdlib.h>

#define VERSION "0123456789abcdef0123456789abcdef"

static void test_references(void **state)
{
	static const struct {
		const char *rest, *url; /* NULL: it is none */
	} rows[] = {
		{"atlas-kv/sp-secret",
		 "https://atlas-kv.vault.azure.net/secrets/sp-secret?api-version=7.4"},
		{"kv1/A", "https://kv1.vault.azure.net/secrets/A?api-version=7.4"},
		{"atlas-kv/s/" VERSION,
		 "https://atlas-kv.vault.azure.net/secrets/s/" VERSION
		 "?api-version=7.4"},
		{"", NULL},
		{"atlas-kv", NULL},
		{"atlas-kv/", NULL},
		{"/name", NULL},
		{"kv/name", NULL},
		{"1kv/name", NULL},
		{"atlas-/name", NULL},
		{"a234567890123456789012345/name", NULL},
		{"atlas-kv/name/", NULL},
		{"atlas-kv/name/1", NULL},
		{"atlas-kv/name/" VERSION "/", NULL},
		{"atlas-kv/name?x=1", NULL},
		{"atlas-kv/../keys/k", NULL},
		{"atlas.kv/name", NULL},
		{"evil.example#/name", NULL},
		{"atlas-kv/na me", NULL},
		{"atlas-kv/name\n", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct keyvault_ref ref;
		struct strbuf url;

		check_case(rows[i].rest,
			   keyvault_ref_parse(str_from(rows[i].rest), &ref) ==
				   (rows[i].url != NULL));
		if (!rows[i].url)
			continue;
		strbuf_init(&url, 1024);
		keyvault_ref_put_url(&url, &ref, STR("https://{vault}.vault.azure.net"));
		check_text(rows[i].rest, strbuf_str(&url), rows[i].url);
		strbuf_fini(&url);
	}
}

static void test_values(void **state)
{
	static const struct {
		const char *name, *body, *value, *text;
	} rows[] = {
		{"a secret",
		 "{\"value\":\"mysecretvalue\",\"id\":\"https://kv.vault.azure.net/"
		 "secrets/"
		 "a/" VERSION
		 "\",\"attributes\":{\"enabled\":true,\"created\":1493938410,"
		 "\"updated\":1493938410,\"recoveryLevel\":\"Recoverable+Purgeable\"}}",
		 "mysecretvalue", NULL},
		{"a key in lines",
		 "{\"value\":\"-----BEGIN X-----\\nab+/=\\n\",\"contentType\":"
		 "\"application/x-pem-file\"}",
		 "-----BEGIN X-----\nab+/=\n", NULL},
		{"PKCS#12",
		 "{\"value\":\"MII=\",\"contentType\":\"application/x-pkcs12\"}", NULL,
		 "PKCS#12"},
		{"an empty one", "{\"value\":\"\"}", NULL, "no secret's value"},
		{"a number", "{\"value\":17}", NULL, "no secret's value"},
		{"a list", "[]", NULL, "no secret's value"},
		{"half of it", "{\"value\":\"Sup3r-s3cret", NULL, "no secret's value"},
		{"a sign-in page", "<html>Sup3r-s3cret</html>", NULL,
		 "no secret's value"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct secret got = {0};
		struct err err;
		bool ok = keyvault_value_parse(str_from(rows[i].body), &got, &err);

		check_case(rows[i].name, ok == (rows[i].value != NULL));
		if (ok)
			check_text(rows[i].name, secret_borrow(&got), rows[i].value);
		else
			check_case(rows[i].name, strstr(err.text, rows[i].text));
		check_case(rows[i].name, ok || !strstr(err.text, "s3cret"));
		secret_fini(&got);
	}
}

static void test_refusals(void **state)
{
	static const struct {
		const char *name;
		int status;
		const char *body;
		enum err_code code;
		const char *text;
	} rows[] = {
		{"a role is missing", 403,
		 "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Caller is not "
		 "authorized "
		 "to perform action on resource.\\r\\nIf role assignments, deny "
		 "assignments "
		 "or role definitions were changed recently, please observe propagation "
		 "time.\\r\\nCaller: appid=1;oid=2\\r\\nAction: "
		 "'Microsoft.KeyVault/vaults/secrets/getSecret/action'\",\"innererror\":"
		 "{\"code\":\"ForbiddenByRbac\"}}}",
		 ERR_FORBIDDEN,
		 "the vault refuses (403): it is not allowed to; give it the role Key "
		 "Vault "
		 "Secrets User on the vault"},
		{"an access policy is missing", 403,
		 "{\"error\":{\"code\":\"Forbidden\",\"message\":\"The user, group or "
		 "application 'x' does not have secrets get permission on key vault "
		 "'kv'\","
		 "\"innererror\":{\"code\":\"AccessDenied\"}}}",
		 ERR_FORBIDDEN,
		 "the vault refuses (403): no access policy allows it to; give it Get on "
		 "secrets in the vault's access policies"},
		{"the firewall", 403,
		 "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Client address is not "
		 "authorized and caller is not a trusted service.\\r\\nClient address: "
		 "203.0.113.9\",\"innererror\":{\"code\":\"ForbiddenByFirewall\"}}}",
		 ERR_FORBIDDEN,
		 "the vault refuses (403): Client address is not authorized and caller "
		 "is "
		 "not a trusted service.; the vault's firewall must let this machine in, "
		 "or "
		 "it must be asked from within its network"},
		{"the firewall in old words", 403,
		 "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Client address is not "
		 "authorized\"}}",
		 ERR_FORBIDDEN,
		 "the vault refuses (403): Client address is not authorized; the vault's "
		 "firewall must let this machine in, or it must be asked from within its "
		 "network"},
		{"private only", 403,
		 "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Public network access "
		 "is "
		 "disabled\",\"innererror\":{\"code\":\"ForbiddenByConnection\"}}}",
		 ERR_FORBIDDEN,
		 "the vault refuses (403): the vault takes no calls from the internet; "
		 "ask "
		 "it over its private endpoint"},
		{"disabled", 403,
		 "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Operation get is not "
		 "allowed on a disabled secret.\",\"innererror\":{\"code\":"
		 "\"SecretDisabled\"}}}",
		 ERR_CONFIG,
		 "the vault refuses (403): the secret is disabled; enable it, or name "
		 "another version"},
		{"no such secret", 404,
		 "{\"error\":{\"code\":\"SecretNotFound\",\"message\":\"A secret with "
		 "(name/id) x was not found in this key vault.\"}}",
		 ERR_CONFIG,
		 "the vault refuses (404): there is no such secret in the vault; check "
		 "the "
		 "name; a deleted one has to be recovered"},
		{"asked too often", 429,
		 "{\"error\":{\"code\":\"Throttled\",\"message\":\"Request was not "
		 "processed "
		 "because too many requests were received.\"}}",
		 ERR_THROTTLED,
		 "the vault refuses (429): Request was not processed because too many "
		 "requests were received."},
		{"down", 503, "<html>", ERR_SERVICE,
		 "the vault refuses (503): no reason given"},
		{"a code we do not know", 403,
		 "{\"error\":{\"code\":\"Forbidden\",\"message\":\"New\\u001b[31m "
		 "words.\\nMore\",\"innererror\":{\"code\":\"ForbiddenByMoon\"}}}",
		 ERR_FORBIDDEN, "the vault refuses (403): New words."},
		{"something else", 400, "{\"error\":\"x\"}", ERR_AUTH,
		 "the vault refuses (400): no reason given"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct err err;

		keyvault_error(rows[i].status, str_from(rows[i].body), &err);
		check_case(rows[i].name, err.code == rows[i].code);
		check_case(rows[i].name, err.http_status == rows[i].status);
		check_text(rows[i].name, str_from(err.text), rows[i].text);
	}
}

static void test_challenges(void **state)
{
	static const struct {
		const char *header, *resource, *tenant; /* NULL: it is none */
	} rows[] = {
		{"Bearer authorization=\"https://login.windows.net/"
		 "b0257c14-cacc-44c6-8927-5b4ce5de0874\", "
		 "resource=\"https://vault.azure.net\"",
		 "https://vault.azure.net", "b0257c14-cacc-44c6-8927-5b4ce5de0874"},
		{"bearer   "
		 "authorization_uri=\"https://login.microsoftonline.com/common/\","
		 "scope=\"https://vault.azure.cn/.default\"",
		 "https://vault.azure.cn", ""},
		{"Bearer resource=https://vault.azure.net/", "https://vault.azure.net",
		 ""},
		{"Bearer error=\"invalid_token\"", "", ""},
		{"Bearer ,,=,\"", "", ""},
		{"PoP nonce=\"x\"", NULL, NULL},
		{"", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct keyvault_challenge c;
		bool ok = keyvault_challenge_parse(str_from(rows[i].header), &c);

		check_case(rows[i].header, ok == (rows[i].resource != NULL));
		if (!ok)
			continue;
		check_text(rows[i].header, c.resource, rows[i].resource);
		check_text(rows[i].header, keyvault_challenge_tenant(&c), rows[i].tenant);
	}
}

/* A token for anywhere else is never sent to a vault. */
static void test_whose_token_fits(void **state)
{
	static const struct {
		const char *resource;
		bool fits;
	} rows[] = {
		{"https://vault.azure.net", true},
		{"https://VAULT.azure.net", true},
		{"https://vault.azure.net/", true},
		{"http://vault.azure.net", false},
		{"https://vault.azure.cn", false},
		{"https://management.azure.com", false},
		{"https://ault.azure.net", false},
		{"https://atlas-kv.vault.azure.net", false},
		{"https://net", false},
		{"https://", false},
		{"https://.net", false},
		{"https://vault.azure.net:443", false},
		{"https://x@vault.azure.net", false},
		{"499b84ac-1321-427f-aa17-267ca6975798", false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_case(rows[i].resource,
			   keyvault_resource_fits(
				   str_from(rows[i].resource),
				   STR("https://atlas-kv.vault.azure.net/secrets/a?x")) ==
				   rows[i].fits);
	assert_false(keyvault_resource_fits(STR("https://vault.azure.net"),
					    STR("http://kv.vault.azure.net/secrets/a")));
	assert_false(
		keyvault_resource_fits(STR("https://vault.azure.net"),
				       STR("https://evil.example/kv.vault.azure.net")));
}

/* A challenge as a vault really wrote it. */
static void test_recorded(void **state)
{
	const char *top = getenv("AZ_SRCDIR");
	struct keyvault_challenge c;
	struct strbuf path, text;
	struct err err;

	(void)state;
	strbuf_init(&path, 4096);
	strbuf_init(&text, 1 << 16);
	strbuf_printf(&path,
		      "%s/../shared/wire/arm/inventory/"
		      "rec-keyvault-secrets-401-challenge.json",
		      top ? top : ".");
	if (!file_read(path.p, &text, &err)) {
		print_message("# the recorded challenge is not here\n");
	} else {
		cJSON *root = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
		const cJSON *response = json_member(root, "response");
		struct strbuf body;

		assert_true(keyvault_challenge_parse(
			str_from(json_text(json_member(response, "headers"),
					   "www-authenticate")),
			&c));
		check_text("resource", c.resource, "https://vault.azure.net");
		assert_int_equal(keyvault_challenge_tenant(&c).n, 36);
		strbuf_init(&body, 4096);
		json_print(&body, json_member(response, "body"));
		keyvault_error(401, strbuf_str(&body), &err);
		check_text(
			"body", str_from(err.text),
			"the vault refuses (401): AKV10000: Request is missing a Bearer "
			"or PoP token.");
		strbuf_fini(&body);
		cJSON_Delete(root);
	}
	strbuf_fini(&text);
	strbuf_fini(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_challenges),
		cmocka_unit_test(test_recorded),
		cmocka_unit_test(test_whose_token_fits),
	};

	if (!secret_setup())
		return 1;
	return cmocka_run_group_tests_name("keyvault_answer", tests, NULL, NULL);
}
