/* Who asks, as curl wants to be told. What is sent with the first request is a
 * header of ours, which is wiped; curl keeps user and password of the others until
 * the try ends. Thread: core. */
#include <sodium.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "net/http_transfer.h"

/* One header a line: a line end in a value would start another. */
bool http_is_one_line(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < ' ' && s.p[i] != '\t')
			return false;
	}
	return true;
}

bool http_identity_is_sound(const struct http_auth *auth)
{
	return http_is_one_line(auth->user) && http_is_one_line(auth->secret) &&
	       http_is_one_line(auth->name) && http_is_one_line(auth->session);
}

static void put_basic(const struct http_auth *auth, struct strbuf *line)
{
	struct strbuf plain;
	size_t n;
	char *text;

	strbuf_init(&plain, 32 * 1024);
	strbuf_printf(&plain, "%.*s:%.*s", STR_ARG(auth->user), STR_ARG(auth->secret));
	n = sodium_base64_encoded_len(plain.n, sodium_base64_VARIANT_ORIGINAL);
	text = xmalloc(n);
	sodium_bin2base64(text, n, (const unsigned char *)plain.p, plain.n,
			  sodium_base64_VARIANT_ORIGINAL);
	strbuf_printf(line, "Authorization: Basic %s", text);
	secret_wipe(text, n);
	free(text);
	secret_wipe(plain.p, plain.cap);
	strbuf_fini(&plain);
}

bool http_identity_header(const struct http_auth *auth, struct strbuf *line)
{
	switch (auth->kind) {
	case HTTP_AUTH_BEARER:
		if (!auth->secret.n)
			return false;
		strbuf_printf(line, "Authorization: Bearer %.*s", STR_ARG(auth->secret));
		return true;
	case HTTP_AUTH_BASIC:
		put_basic(auth, line);
		return true;
	case HTTP_AUTH_HEADER:
		strbuf_printf(line, "%.*s: %.*s", STR_ARG(auth->name),
			      STR_ARG(auth->secret));
		return true;
	case HTTP_AUTH_SIGV4:
		if (!auth->session.n)
			return false;
		strbuf_printf(line, "x-amz-security-token: %.*s", STR_ARG(auth->session));
		return true;
	case HTTP_AUTH_NONE:
	case HTTP_AUTH_DIGEST:
		return false;
	}
	return false;
}

/* Terminated for curl, which copies; ours is wiped. */
static void set_text(CURL *easy, CURLoption option, const char *prefix, struct str value)
{
	struct strbuf text;

	strbuf_init(&text, 64 * 1024);
	strbuf_puts(&text, prefix);
	strbuf_put(&text, value);
	curl_easy_setopt(easy, option, text.p);
	secret_wipe(text.p, text.cap);
	strbuf_fini(&text);
}

/* The texts are the transfer's, which outlives the try: curl need not copy. */
static void set_blob(CURL *easy, CURLoption option, struct str pem)
{
	struct curl_blob blob = {.data = (void *)(uintptr_t)pem.p,
				 .len = pem.n,
				 .flags = CURL_BLOB_NOCOPY};

	if (pem.n)
		curl_easy_setopt(easy, option, &blob);
}

void http_identity_set(struct transfer *t)
{
	const struct http_auth *auth = &t->auth;

	if (auth->kind == HTTP_AUTH_DIGEST)
		curl_easy_setopt(t->easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_DIGEST);
	else if (auth->kind == HTTP_AUTH_SIGV4)
		set_text(t->easy, CURLOPT_AWS_SIGV4, "aws:amz:", auth->name);
	if (auth->kind == HTTP_AUTH_DIGEST || auth->kind == HTTP_AUTH_SIGV4) {
		set_text(t->easy, CURLOPT_USERNAME, "", auth->user);
		set_text(t->easy, CURLOPT_PASSWORD, "", auth->secret);
	}
	/* A server that is vouched for by one authority is not by any other. */
	if (t->tls.ca.n)
		curl_easy_setopt(t->easy, CURLOPT_CAPATH, NULL);
	set_blob(t->easy, CURLOPT_CAINFO_BLOB, t->tls.ca);
	set_blob(t->easy, CURLOPT_SSLCERT_BLOB, t->tls.cert);
	set_blob(t->easy, CURLOPT_SSLKEY_BLOB, t->tls.key);
}
