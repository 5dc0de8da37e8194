/* Whom we call: "base address, line end, address". What is taken for ours must be
 * ours as curl reads it, since curl is who calls; and what is shown of an address
 * has no credentials in it. */
#include <curl/curl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "azure/host.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "net/redact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool held)
{
	if (!held)
		abort();
}

/* Freed by curl; NULL when curl takes it for no address. */
static char *part_of(const char *url, CURLUPart part)
{
	CURLU *parsed = curl_url();
	char *text = NULL;

	if (curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK)
		curl_url_get(parsed, part, &text, CURLU_DEFAULT_PORT);
	curl_url_cleanup(parsed);
	return text;
}

static void must_be_same(const char *a, const char *b, CURLUPart part)
{
	char *x = part_of(a, part), *y = part_of(b, part);

	must(!x || !y || str_eq_nocase(str_from(x), str_from(y)));
	curl_free(x);
	curl_free(y);
}

/* Of one cloud the regional hosts are ours too: the base's suffix is theirs. */
static bool is_azure(const char *host)
{
	static const char *const suffixes[] = {"management.azure.com",
					       "management.usgovcloudapi.net",
					       "management.chinacloudapi.cn"};

	for (size_t i = 0; i < 3; i++) {
		size_t at = strlen(host), tail = strlen(suffixes[i]);

		if (at >= tail &&
		    str_eq_nocase(str_from(host + at - tail), str_from(suffixes[i])))
			return at == tail || host[at - tail - 1] == '.';
	}
	return false;
}

static void check(const char *base, const char *url)
{
	char *host = part_of(url, CURLUPART_HOST);
	char *user = part_of(url, CURLUPART_USER);

	if (host_is_ours(str_from(url), str_from(base))) {
		must(!user);
		must_be_same(base, url, CURLUPART_SCHEME);
		must_be_same(base, url, CURLUPART_PORT);
		if (host && !is_azure(host))
			must_be_same(base, url, CURLUPART_HOST);
	}
	curl_free(host);
	curl_free(user);
}

static void check_shown(const char *url)
{
	char *password = part_of(url, CURLUPART_PASSWORD);
	struct strbuf shown;

	strbuf_init(&shown, 4 * strlen(url) + 16);
	redact_url(&shown, str_from(url));
	must(!shown.overflow);
	if (password && strlen(password) > 8)
		must(!strstr(shown.p, password) || strstr(strchr(url, '@'), password));
	curl_free(password);
	strbuf_fini(&shown);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *base = xstrndup((const char *)data, n);
	char *url = strchr(base, '\n');

	if (url && strlen(base) == n) {
		*url++ = '\0';
		check(base, url);
		check_shown(url);
	}
	free(base);
	return 0;
}
