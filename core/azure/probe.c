/* See probe.h. Certificates come from whoever answers: their texts are cut here and
 * cleaned when they become cells. */
#include "azure/probe.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <time.h>

#include "base/percent.h"
#include "base/timefmt.h"
#include "base/utf8.h"

enum { ADDRESS_MAX = 600, MOST_NAMES = 100, TEXT_MAX = 256 };

bool probe_is_due(const struct connection *connection)
{
	return connection->kind == CONN_TLS && !connection->base_url[0];
}

static struct str parameter(struct str path, struct str name)
{
	ptrdiff_t question = str_find_char(path, '?');
	struct str rest =
		question < 0 ? STR("") : str_sub(path, (size_t)question + 1, path.n);
	struct str pair;

	while (rest.n && str_next(&rest, '&', &pair)) {
		if (str_starts(pair, name) && pair.n > name.n && pair.p[name.n] == '=')
			return str_sub(pair, name.n + 1, pair.n);
	}
	return (struct str){0};
}

/* Letters of a host name, of an address, and of a port behind it. */
static bool is_address(struct str at)
{
	for (size_t i = 0; i < at.n; i++) {
		char c = at.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
		      c == ':' || c == '[' || c == ']'))
			return false;
	}
	return at.n > 0 && at.n < ADDRESS_MAX / 2;
}

static struct str host_of(struct str at)
{
	ptrdiff_t close = str_find_char(at, ']'), colon = str_find_char(at, ':');

	if (at.n && at.p[0] == '[')
		return close < 0 ? at : str_sub(at, 1, (size_t)close - 1);
	return colon < 0 ? at : str_sub(at, 0, (size_t)colon);
}

static bool has_port(struct str at)
{
	ptrdiff_t close = str_find_char(at, ']');
	struct str rest = close < 0 ? at : str_sub(at, (size_t)close, at.n);

	return str_find_char(rest, ':') >= 0;
}

bool probe_init(struct probe *p, struct str path, struct err *err)
{
	struct strbuf wanted;
	struct str name;
	bool ok;

	strbuf_init(&p->at, ADDRESS_MAX);
	strbuf_init(&p->name, ADDRESS_MAX);
	strbuf_init(&p->url, ADDRESS_MAX);
	strbuf_init(&wanted, ADDRESS_MAX);
	percent_decode(&p->at, parameter(path, STR("at")));
	percent_decode(&wanted, parameter(path, STR("name")));
	ok = is_address(strbuf_str(&p->at)) &&
	     (!wanted.n || is_address(strbuf_str(&wanted)));
	if (!has_port(strbuf_str(&p->at)))
		strbuf_puts(&p->at, ":443");
	name = host_of(wanted.n ? strbuf_str(&wanted) : strbuf_str(&p->at));
	strbuf_put(&p->name, name);
	strbuf_printf(&p->url, "https://%s%.*s%s/",
		      str_find_char(name, ':') >= 0 ? "[" : "", STR_ARG(name),
		      str_find_char(name, ':') >= 0 ? "]" : "");
	strbuf_fini(&wanted);
	return ok || err_set(err, ERR_CONFIG,
			     "an endpoint must be a host, or a host and a port as in "
			     "www.contoso.com:443");
}

void probe_fini(struct probe *p)
{
	strbuf_fini(&p->at);
	strbuf_fini(&p->name);
	strbuf_fini(&p->url);
}

/* Cut, and without what is no UTF-8. */
static void add_text(cJSON *object, const char *key, const char *bytes, size_t n)
{
	struct strbuf text;

	strbuf_init(&text, TEXT_MAX * 4);
	for (size_t i = 0; i < n && i < TEXT_MAX; i++)
		strbuf_putc(&text, (unsigned char)bytes[i] < ' ' ? '?' : bytes[i]);
	if (utf8_is_valid(strbuf_str(&text)))
		cJSON_AddStringToObject(object, key, text.p);
	else
		cJSON_AddNullToObject(object, key);
	strbuf_fini(&text);
}

static void add_name_part(cJSON *object, const char *key, const X509_NAME *name, int nid)
{
	int at = X509_NAME_get_index_by_NID(name, nid, -1);
	const X509_NAME_ENTRY *entry = at < 0 ? NULL : X509_NAME_get_entry(name, at);
	unsigned char *text = NULL;
	int n = entry ? ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry)) : -1;

	if (n >= 0)
		add_text(object, key, (const char *)text, (size_t)n);
	else
		cJSON_AddNullToObject(object, key);
	OPENSSL_free(text);
}

static void add_time(cJSON *object, const char *key, const ASN1_TIME *time)
{
	struct strbuf text;
	struct tm tm;

	strbuf_init(&text, 64);
	if (ASN1_TIME_to_tm(time, &tm)) {
		time_format_iso(&text,
				utc_to_ms(&(struct utc){.year = tm.tm_year + 1900,
							.month = tm.tm_mon + 1,
							.day = tm.tm_mday,
							.hour = tm.tm_hour,
							.minute = tm.tm_min,
							.second = tm.tm_sec}),
				false);
		cJSON_AddStringToObject(object, key, text.p);
	} else {
		cJSON_AddNullToObject(object, key);
	}
	strbuf_fini(&text);
}

static void add_serial(cJSON *object, const X509 *cert)
{
	BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(cert), NULL);
	char *hex = number ? BN_bn2hex(number) : NULL;

	cJSON_AddStringToObject(object, "serial", hex ? hex : "");
	OPENSSL_free(hex);
	BN_free(number);
}

static void add_names(cJSON *object, const X509 *cert)
{
	GENERAL_NAMES *names = X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);
	cJSON *list = cJSON_AddArrayToObject(object, "names");

	for (int i = 0; i < sk_GENERAL_NAME_num(names) && i < MOST_NAMES; i++) {
		const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
		cJSON *holder = cJSON_CreateObject();

		if (name->type == GEN_DNS)
			add_text(holder, "name",
				 (const char *)ASN1_STRING_get0_data(name->d.dNSName),
				 (size_t)ASN1_STRING_length(name->d.dNSName));
		if (cJSON_IsString(holder->child))
			cJSON_AddItemToArray(list,
					     cJSON_DetachItemViaPointer(holder,
									holder->child));
		cJSON_Delete(holder);
	}
	GENERAL_NAMES_free(names);
}

static void add_key(cJSON *object, const X509 *cert)
{
	EVP_PKEY *key = X509_get0_pubkey(cert);
	int kind = key ? EVP_PKEY_base_id(key) : 0;
	struct strbuf text;

	strbuf_init(&text, 64);
	if (key)
		strbuf_printf(&text, "%s %d",
			      kind == EVP_PKEY_RSA  ? "RSA"
			      : kind == EVP_PKEY_EC ? "EC"
						    : OBJ_nid2sn(kind),
			      EVP_PKEY_bits(key));
	cJSON_AddStringToObject(object, "key", text.p);
	strbuf_fini(&text);
}

static X509 *read_pem(struct str pem)
{
	BIO *bio = BIO_new_mem_buf(pem.p, (int)pem.n);
	X509 *cert = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;

	BIO_free(bio);
	ERR_clear_error();
	return cert;
}

static void add_certificate(cJSON *chain, const X509 *cert)
{
	cJSON *object = cJSON_CreateObject();

	add_name_part(object, "subject", X509_get_subject_name(cert), NID_commonName);
	add_name_part(object, "issuer", X509_get_issuer_name(cert), NID_commonName);
	add_name_part(object, "organization", X509_get_issuer_name(cert),
		      NID_organizationName);
	add_serial(object, cert);
	add_time(object, "not_before", X509_get0_notBefore(cert));
	add_time(object, "not_after", X509_get0_notAfter(cert));
	add_names(object, cert);
	add_key(object, cert);
	cJSON_AddBoolToObject(object, "is_self_signed",
			      X509_NAME_cmp(X509_get_subject_name(cert),
					    X509_get_issuer_name(cert)) == 0);
	cJSON_AddItemToArray(chain, object);
}

static bool is_for(X509 *cert, const char *name)
{
	return X509_check_host(cert, name, 0, 0, NULL) == 1 ||
	       X509_check_ip_asc(cert, name, 0) == 1;
}

static cJSON *read_chain(const struct http_shown *shown, const char *name, bool *matches)
{
	cJSON *chain = cJSON_CreateArray();

	for (size_t i = 0; i < shown->n; i++) {
		X509 *cert = read_pem(shown->pem[i]);

		if (!cert)
			continue;
		if (i == 0)
			*matches = is_for(cert, name);
		add_certificate(chain, cert);
		X509_free(cert);
	}
	return chain;
}

cJSON *probe_answer(const struct probe *p, const struct http_response *response)
{
	static const struct http_shown nothing = {.verdict = X509_V_ERR_UNSPECIFIED};
	bool has_come = response->err.code == ERR_NONE, matches = false;
	const struct http_shown *shown = has_come ? &response->shown : &nothing;
	cJSON *answer = cJSON_CreateObject(), *trust;
	cJSON *chain = read_chain(shown, p->name.p, &matches);

	cJSON_AddStringToObject(answer, "at", p->at.p);
	cJSON_AddStringToObject(answer, "name", p->name.p);
	if (!has_come)
		cJSON_AddStringToObject(answer, "problem", response->err.text);
	else if (!chain->child)
		cJSON_AddStringToObject(answer, "problem",
					"no certificate was shown that can be read");
	else
		cJSON_AddNullToObject(answer, "problem");
	trust = cJSON_AddObjectToObject(answer, "trust");
	cJSON_AddBoolToObject(trust, "ok", chain->child && shown->verdict == X509_V_OK);
	cJSON_AddStringToObject(trust, "reason",
				X509_verify_cert_error_string(shown->verdict));
	cJSON_AddBoolToObject(answer, "name_matches", matches);
	cJSON_AddItemToObject(answer, "chain", chain);
	return answer;
}
