/* What a TLS endpoint showed: "path, then certificates", which whoever answers may have
 * made. A certificate is a PEM, or the bytes of one. Boards get an answer of one form
 * whatever came. */
#include <openssl/evp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "azure/probe.h"
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { MOST_BYTES = 16384, PEM_BYTES = 65536 };

static void must(bool held)
{
	if (!held)
		abort();
}

/* As OpenSSL would hand over what came on the line. */
static void put_pem(struct strbuf *out, struct str der)
{
	unsigned char text[4 * MOST_BYTES / 3 + 8];

	if (str_find(der, STR("-----BEGIN")) >= 0) {
		strbuf_put(out, der);
		return;
	}
	EVP_EncodeBlock(text, (const unsigned char *)der.p, (int)der.n);
	strbuf_puts(out, "-----BEGIN CERTIFICATE-----\n");
	for (size_t at = 0, all = strlen((char *)text); at < all; at += 64)
		strbuf_printf(out, "%.64s\n", (char *)text + at);
	strbuf_puts(out, "-----END CERTIFICATE-----\n");
}

static void check_text(const cJSON *object, const char *name)
{
	const cJSON *item = json_member(object, name);

	must(item && (cJSON_IsNull(item) ||
		      (cJSON_IsString(item) && strlen(item->valuestring) <= 1024)));
	for (const char *c = cJSON_GetStringValue(item); c && *c; c++)
		must((unsigned char)*c >= ' ');
}

static void check_certificate(const cJSON *cert)
{
	static const char *const names[] = {"subject", "issuer", "organization",
					    "not_before", "not_after"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		check_text(cert, names[i]);
	must(cJSON_IsString(json_member(cert, "serial")));
	must(cJSON_IsString(json_member(cert, "key")));
	must(cJSON_IsArray(json_member(cert, "names")));
	must(cJSON_GetArraySize(json_member(cert, "names")) <= 100);
	must(cJSON_IsBool(json_member(cert, "is_self_signed")));
}

static void check_answer(const cJSON *answer)
{
	const cJSON *chain = json_member(answer, "chain"), *cert;
	const cJSON *trust = json_member(answer, "trust");

	must(cJSON_IsString(json_member(answer, "at")));
	must(cJSON_IsString(json_member(answer, "name")));
	must(cJSON_IsBool(json_member(trust, "ok")) && json_text(trust, "reason"));
	must(cJSON_IsBool(json_member(answer, "name_matches")));
	must(cJSON_IsArray(chain) && cJSON_GetArraySize(chain) <= HTTP_MAX_CHAIN);
	must(chain->child ||
	     (json_text(answer, "problem") && !json_bool(trust, "ok", true)));
	cJSON_ArrayForEach (cert, chain)
		check_certificate(cert);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str rest = {.p = (const char *)data, .n = n}, path;
	struct http_response r = {.status = 200};
	struct strbuf pems;
	struct probe probe;
	struct err err;
	cJSON *answer;

	if (n > MOST_BYTES || !str_next(&rest, '\n', &path))
		return 0;
	err_clear(&r.err);
	strbuf_init(&pems, PEM_BYTES);
	if (probe_init(&probe, path, &err)) {
		must(probe.at.n && !probe.at.overflow && !probe.url.overflow);
		if (rest.n)
			put_pem(&pems, rest);
		r.shown.pem[0] = r.shown.pem[1] = strbuf_str(&pems);
		r.shown.n = rest.n ? 2 : 0;
		answer = probe_answer(&probe, &r);
		check_answer(answer);
		cJSON_Delete(answer);
	} else {
		must(err.text[0]);
	}
	probe_fini(&probe);
	strbuf_fini(&pems);
	return 0;
}
