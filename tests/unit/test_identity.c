/* Which credential a place in the configuration means: shared, of one cloud, and who
 * reads key vaults. Credentials are made and ask nobody. */
#include "unit/check.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "worker/connect.h"

#define READER                                                                           \
	"\"reader\": {\"method\": \"secret\", \"tenant\": \"contoso.example\", "         \
	"\"client_id\": \"c\", \"secret\": \"env:S\"}"
#define STORED                                                                           \
	"\"stored\": {\"method\": \"secret\", \"tenant\": \"contoso.example\", "         \
	"\"client_id\": \"c\", \"secret\": \"keyvault:atlas-kv/sp\"}"
#define PAT "\"pat\": {\"method\": \"pat\", \"token\": \"env:P\"}"
#define FIXED                                                                            \
	"\"fixed\": {\"method\": \"secret\", \"tenant\": \"contoso.example\", "          \
	"\"client_id\": \"c\", \"secret\": \"env:S\", "                                  \
	"\"authority\": \"https://login.stack.example\"}"
#define CREDENTIALS(list) "{\"credentials\": {" list "},\n"
#define ARM(name, cloud, who)                                                            \
	"{\"name\": \"" name "\", \"kind\": \"arm\", \"cloud\": \"" cloud                \
	"\", \"credential\": \"" who "\"}"

struct outcome {
	struct config *config;
	struct connections connections;
	bool ok;
	struct err err;
};

static void open_text(struct outcome *o, const char *text)
{
	const struct credential_host host = {0};

	*o = (struct outcome){0};
	o->config = config_parse(str_from(text), "config.json", &o->err);
	if (!o->config)
		fail_msg("%s", o->err.text);
	o->ok = connections_from_config(&o->connections, &host, o->config, &o->err);
}

static void close_text(struct outcome *o)
{
	connections_fini(&o->connections);
	config_free(o->config);
}

static void test_clouds(void **state)
{
	static const struct {
		const char *name, *text, *error; /* NULL: fine */
		size_t n_credentials;
	} rows[] = {
		{"one for two of a cloud",
		 CREDENTIALS(READER) "\"connections\": [" ARM(
			 "a", "china", "reader") "," ARM("b", "china", "reader") "]}",
		 NULL, 1},
		{"one for two clouds",
		 CREDENTIALS(READER) "\"connections\": [" ARM(
			 "a", "public", "reader") ",\n" ARM("b", "china", "reader") "]}",
		 "config.json: line 3, column 62: connections[1].credential: \"reader\" "
		 "signs "
		 "in at https://login.microsoftonline.com elsewhere, and this is in the "
		 "cloud "
		 "\"china\": give each cloud a credential of its own",
		 0},
		{"a word for two clouds",
		 "{\"connections\": [" ARM("a", "usgovernment",
					   "device") ",\n" ARM("b", "public",
							       "device") "]}",
		 "\"device\" signs in at https://login.microsoftonline.us elsewhere", 0},
		{"one that knows no cloud",
		 CREDENTIALS(PAT) "\"connections\": [" ARM("a", "public",
							   "pat") "," ARM("b", "china",
									  "pat") "]}",
		 NULL, 1},
		{"one with a host of its own",
		 CREDENTIALS(FIXED) "\"connections\": [" ARM(
			 "a", "public", "fixed") "," ARM("b", "china", "fixed") "]}",
		 NULL, 1},
		{"who reads vaults is of a cloud too",
		 CREDENTIALS(READER) "\"connections\": [" ARM(
			 "a", "china",
			 "reader") "], \"keyvault\": {\"credential\": \"reader\"}}",
		 "connections[0].credential: \"reader\" signs in at "
		 "https://login.microsoftonline.com elsewhere",
		 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct outcome o;

		open_text(&o, rows[i].text);
		if (o.ok != !rows[i].error)
			fail_msg("case \"%s\": %s", rows[i].name, o.err.text);
		if (o.ok)
			check_case(rows[i].name,
				   o.connections.credentials.n == rows[i].n_credentials);
		else if (!strstr(o.err.text, rows[i].error))
			fail_msg("case \"%s\": %s", rows[i].name, o.err.text);
		close_text(&o);
	}
}

static void test_vaults(void **state)
{
	static const struct {
		const char *name, *keyvault, *error; /* NULL: fine */
	} rows[] = {
		{"a reader", "{\"credential\": \"reader\"}", NULL},
		{"a word", "{\"credential\": \"managed-identity\"}", NULL},
		{"a cloud", "{\"credential\": \"az\", \"cloud\": \"china\"}", NULL},
		{"a place",
		 "{\"credential\": \"az\", \"url\": \"http://127.0.0.1:1/{vault}\"}",
		 NULL},
		{"nobody", NULL,
		 "credentials.stored: secret: nobody reads key vaults; name a credential "
		 "that "
		 "may: \"keyvault\": {\"credential\": NAME}"},
		{"a circle", "{\"credential\": \"stored\"}",
		 "credentials.stored.secret: this credential is the one that reads key "
		 "vaults; its own secret cannot be in one"},
		{"a place without a vault",
		 "{\"credential\": \"az\", \"url\": \"https://x\"}",
		 "keyvault.url: must begin with https:// and have {vault} in it"},
		{"a place that is heard",
		 "{\"credential\": \"az\", \"url\": \"http://{vault}.example\"}",
		 "keyvault.url: must begin with https:// and have {vault} in it"},
		{"a method that is none", "{\"credential\": \"nope\"}",
		 "keyvault.credential: this is no credential"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct strbuf text;
		struct outcome o;

		strbuf_init(&text, 4096);
		strbuf_puts(&text, CREDENTIALS(READER "," STORED));
		if (rows[i].keyvault)
			strbuf_printf(&text, "\"keyvault\": %s,\n", rows[i].keyvault);
		strbuf_puts(&text,
			    "\"connections\": [" ARM("a", "public", "stored") "]}");
		open_text(&o, text.p);
		if (o.ok != !rows[i].error ||
		    (!o.ok && !strstr(o.err.text, rows[i].error)))
			fail_msg("case \"%s\": %s", rows[i].name, o.err.text);
		close_text(&o);
		strbuf_fini(&text);
	}
}

static void test_scopes(void **state)
{
	struct outcome o;

	(void)state;
	open_text(&o, "{\"connections\": [{\"name\": \"v\", \"kind\": \"key-vault\", "
		      "\"cloud\": \"china\", \"base\": \"https://kv.vault.azure.cn\", "
		      "\"credential\": \"az\"}]}");
	assert_true(o.ok);
	assert_string_equal(connections_find(&o.connections, CONN_KEY_VAULT, 0)->scope,
			    "https://vault.azure.cn/.default");
	close_text(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clouds),
		cmocka_unit_test(test_vaults),
		cmocka_unit_test(test_scopes),
	};

	unsetenv("AZURE_AUTHORITY_HOST");
	return cmocka_run_group_tests_name("identity", tests, NULL, NULL);
}
