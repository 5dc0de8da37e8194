/* A handshake instead of a request: what does a server show, and would it be trusted?
 * Refusing an untrusted one would hide what is to be seen, so curl is told to accept
 * all of them. It then loads no authorities either, and its verdict would be the same
 * for everyone: they are put in here. Thread: core. */
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <string.h>

#include "base/xalloc.h"
#include "net/http_transfer.h"

/* Of this connection alone. */
static void trust_pem(X509_STORE *store, struct str pem)
{
	BIO *bio = BIO_new_mem_buf(pem.p, (int)pem.n);
	X509 *cert;

	while (bio && (cert = PEM_read_bio_X509(bio, NULL, NULL, NULL))) {
		X509_STORE_add_cert(store, cert);
		X509_free(cert);
	}
	BIO_free(bio);
}

/* Those of every server. Reading them takes some milliseconds: once. */
static X509_STORE *everyone(struct http *http)
{
	const curl_version_info_data *curl = curl_version_info(CURLVERSION_NOW);
	const char *file = http->ca_file ? http->ca_file : curl->cainfo;
	const char *dir = http->ca_dir ? http->ca_dir : curl->capath;

	if (http->trusted)
		return http->trusted;
	http->trusted = X509_STORE_new();
	if (http->trusted && file)
		X509_STORE_load_locations(http->trusted, file, NULL);
	if (http->trusted && dir)
		X509_STORE_load_locations(http->trusted, NULL, dir);
	return http->trusted;
}

static CURLcode set_trust(CURL *easy, void *ssl, void *ctx)
{
	struct transfer *t = ctx;

	(void)easy;
	if (t->tls.ca.n)
		trust_pem(SSL_CTX_get_cert_store(ssl), t->tls.ca);
	else if (everyone(t->http))
		SSL_CTX_set1_cert_store(ssl, t->http->trusted);
	ERR_clear_error();
	return CURLE_OK;
}

void http_probe_forget(struct http *http)
{
	X509_STORE_free(http->trusted);
	http->trusted = NULL;
}

bool http_probe_prepare(struct transfer *t, struct err *err)
{
	struct strbuf line;

	if (t->route.is_plain)
		return err_set(err, ERR_CONFIG, "%.*s: plain http shows no certificate",
			       STR_ARG(http_url_host(t->request.url)));
	curl_easy_setopt(t->easy, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(t->easy, CURLOPT_CERTINFO, 1L);
	curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYPEER, 0L);
	curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYHOST, 0L);
	/* A connection that is there, or a session that is resumed, shows nothing. */
	curl_easy_setopt(t->easy, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(t->easy, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(t->easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
	curl_easy_setopt(t->easy, CURLOPT_SSL_CTX_FUNCTION, set_trust);
	curl_easy_setopt(t->easy, CURLOPT_SSL_CTX_DATA, t);
	if (!t->request.connect_to.n)
		return true;
	strbuf_init(&line, 1024);
	strbuf_printf(&line, "::%.*s", STR_ARG(t->request.connect_to));
	t->connect_list = curl_slist_append(NULL, line.p);
	if (!t->connect_list)
		fatal("out of memory");
	curl_easy_setopt(t->easy, CURLOPT_CONNECT_TO, t->connect_list);
	strbuf_fini(&line);
	return true;
}

/* curl lists a certificate's fields as "Name:value"; the one named Cert is all of it. */
static struct str pem_of(const struct curl_slist *field)
{
	for (; field; field = field->next) {
		if (strncmp(field->data, "Cert:", 5) == 0)
			return str_from(field->data + 5);
	}
	return (struct str){0};
}

void http_probe_take(struct transfer *t)
{
	struct http_shown *shown = &t->response.shown;
	struct curl_certinfo *info = NULL;

	curl_easy_getinfo(t->easy, CURLINFO_CERTINFO, &info);
	curl_easy_getinfo(t->easy, CURLINFO_SSL_VERIFYRESULT, &shown->verdict);
	shown->n = 0;
	for (int i = 0; info && i < info->num_of_certs && shown->n < HTTP_MAX_CHAIN;
	     i++) {
		struct str pem = pem_of(info->certinfo[i]);

		if (pem.n)
			shown->pem[shown->n++] = arena_str(&t->header_arena, pem);
	}
	t->response.status = 200;
}
