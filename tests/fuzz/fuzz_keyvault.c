/* What a key vault may answer, and what a configuration may say of one: the first byte
 * says which the rest is. Whatever it is, errors are one clean line, a reference leads
 * to a vault's own host, and a token goes to no other. */
#include <stdint.h>
#include <stdlib.h>

#include "auth/keyvault_answer.h"
#include "auth/keyvault_ref.h"
#include "base/sanitize.h"

#define VAULT_URL "https://atlas-kv.vault.azure.net/secrets/a?api-version=7.4"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(bool holds)
{
	if (!holds)
		abort();
}

/* Clean is what cleaning leaves alone. */
static void check_error(const struct err *err)
{
	struct strbuf clean;

	check(err->code != ERR_NONE && err->text[0]);
	strbuf_init(&clean, 8192);
	sanitize_line(&clean, str_from(err->text));
	check(str_eq(strbuf_str(&clean), str_from(err->text)));
	strbuf_fini(&clean);
}

static void try_value(struct str text)
{
	struct secret value = {0};
	struct err err = {0};

	if (keyvault_value_parse(text, &value, &err))
		check(value.n > 0);
	else
		check_error(&err);
	secret_fini(&value);
}

static void try_error(struct str text)
{
	static const int statuses[] = {400, 401, 403, 404, 429, 503};

	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
		struct err err = {0};

		keyvault_error(statuses[i], text, &err);
		check_error(&err);
		check(err.http_status == statuses[i]);
	}
}

static void try_challenge(struct str text)
{
	struct keyvault_challenge c;

	if (!keyvault_challenge_parse(text, &c))
		return;
	check(keyvault_challenge_tenant(&c).n == 0 ||
	      keyvault_challenge_tenant(&c).n == 36);
	/* Of the host itself there is nothing but its domains. */
	if (keyvault_resource_fits(c.resource, STR(VAULT_URL)))
		check(str_starts_nocase(c.resource, STR("https://vault.azure.net")) ||
		      str_starts_nocase(c.resource, STR("https://azure.net")));
}

static void try_reference(struct str text)
{
	struct str start = STR("https://"), end = STR("?api-version=7.4"), host;
	struct keyvault_ref ref;
	struct strbuf url;

	if (!keyvault_ref_parse(text, &ref))
		return;
	strbuf_init(&url, 1024);
	keyvault_ref_put_url(&url, &ref, STR("https://{vault}.vault.azure.net"));
	check(!url.overflow && str_starts(strbuf_str(&url), start) &&
	      str_ends(strbuf_str(&url), end));
	host = str_sub(strbuf_str(&url), start.n, url.n);
	host = str_sub(host, 0, (size_t)str_find_char(host, '/'));
	check(str_ends(host, STR(".vault.azure.net")) && host.n <= 24 + 16);
	check(sanitize_is_clean(strbuf_str(&url)));
	strbuf_fini(&url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static void (*const tries[])(struct str text) = {try_value, try_error,
							 try_challenge, try_reference};
	struct str text = {.p = (const char *)data + 1, .n = n ? n - 1 : 0};

	if (!n)
		return 0;
	check(secret_setup());
	tries[data[0] % (sizeof(tries) / sizeof(*tries))](text);
	return 0;
}
