/* What went wrong below HTTP, in words: what failed, on what host, what to do. */
#include "net/http_transfer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/xalloc.h"
#include "net/redact.h"

struct str http_url_host(struct str url)
{
	struct str host = str_sub(url, url_scheme_bytes(url), url.n);
	ptrdiff_t at;
	size_t n = 0;

	while (n < host.n && !strchr("/?#", host.p[n]))
		n++;
	host = str_sub(host, 0, n);
	/* The last '@' ends the credentials, as curl has it. */
	while ((at = str_find_char(host, '@')) >= 0)
		host = str_sub(host, (size_t)at + 1, host.n);
	return host;
}

static bool is_local_host(const char *host)
{
	struct str name = str_from(host);
	unsigned char a4[4];

	if (inet_pton(AF_INET, host, a4) == 1)
		return a4[0] == 127 || (a4[0] == 169 && a4[1] == 254);
	return str_eq_nocase(name, STR("localhost")) || str_eq(name, STR("[::1]")) ||
	       str_starts_nocase(name, STR("[fe80:"));
}

/* What is no URL is neither. */
struct http_route http_url_route(struct str url)
{
	char *copy = xstrndup(url.p, url.n), *scheme = NULL, *host = NULL;
	struct http_route route = {0};
	CURLU *parsed = curl_url();

	if (parsed && !curl_url_set(parsed, CURLUPART_URL, copy, 0)) {
		if (!http_late_url_get(parsed, CURLUPART_SCHEME, &scheme, 0))
			route.is_plain = str_eq_nocase(str_from(scheme), STR("http"));
		if (!http_late_url_get(parsed, CURLUPART_HOST, &host, 0))
			route.is_local = is_local_host(host);
	}
	curl_free(scheme);
	curl_free(host);
	curl_url_cleanup(parsed);
	free(copy);
	return route;
}

static const struct {
	CURLcode code;
	enum err_code kind;
	const char *what;
	const char *todo;
} causes[] = {
	{CURLE_COULDNT_RESOLVE_HOST, ERR_NETWORK, "the name does not resolve",
	 "check DNS and the host in the configuration"},
	{CURLE_COULDNT_RESOLVE_PROXY, ERR_NETWORK, "the proxy's name does not resolve",
	 "check HTTPS_PROXY"},
	{CURLE_COULDNT_CONNECT, ERR_NETWORK, "no connection",
	 "check the route, the firewall and the port"},
	{CURLE_OPERATION_TIMEDOUT, ERR_TIMEOUT, "no answer in time",
	 "check the route and the firewall"},
	{CURLE_PEER_FAILED_VERIFICATION, ERR_TLS, "its certificate is not trusted",
	 "check the CA bundle and the clock, or a proxy that inspects TLS"},
	{CURLE_SSL_CONNECT_ERROR, ERR_TLS, "no TLS session",
	 "check that the port speaks TLS"},
	{CURLE_SSL_CACERT_BADFILE, ERR_TLS, "the CA file cannot be read",
	 "check the CA bundle's path"},
	{CURLE_SSL_CERTPROBLEM, ERR_TLS, "our client certificate is refused",
	 "check the certificate"},
	{CURLE_TOO_MANY_REDIRECTS, ERR_REFUSED, "it redirects in a circle",
	 "check the base URL"},
	{CURLE_FILESIZE_EXCEEDED, ERR_TOO_LARGE, "the answer is larger than the limit",
	 "ask for less"},
	{CURLE_GOT_NOTHING, ERR_NETWORK, "it closed without an answer",
	 "it restarts, or a proxy is in the way; try again later"},
	{CURLE_PARTIAL_FILE, ERR_NETWORK, "the answer was cut short",
	 "the line or a proxy is bad; try again"},
	{CURLE_RECV_ERROR, ERR_NETWORK, "the connection broke while reading",
	 "the line is bad; try again"},
	{CURLE_SEND_ERROR, ERR_NETWORK, "the connection broke while sending",
	 "the line is bad; try again"},
	{CURLE_BAD_CONTENT_ENCODING, ERR_PARSE, "its compression cannot be undone",
	 "a proxy may have changed the answer; azdeck doctor shows which"},
	{CURLE_URL_MALFORMAT, ERR_CONFIG, "this is no URL", "check the configuration"},
	{CURLE_UNSUPPORTED_PROTOCOL, ERR_CONFIG,
	 "only https (and http on loopback) is used", "check the configuration"},
	{CURLE_HTTP2, ERR_NETWORK, "HTTP/2 failed", "try again"},
	{CURLE_HTTP2_STREAM, ERR_NETWORK, "HTTP/2 failed", "try again"},
};

/* What the system says is more than curl's one code for it. */
static const struct {
	int errnum;
	const char *what;
	const char *todo;
} refusals[] = {
	{ECONNREFUSED, "connection refused", "nothing listens there; check the port"},
	{ENETUNREACH, "no route", "check the network of this machine"},
	{EHOSTUNREACH, "no route", "check the route and the VPN"},
	{ETIMEDOUT, "no answer to a connection", "check the route and the firewall"},
};

/* A proxy that says no: curl has no code of its own for it. */
static bool proxy_error(const struct transfer *t, struct str host, struct err *err)
{
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_HTTP_CONNECTCODE, &status);
	if (status < 300)
		return false;
	if (status == 407)
		err_set(err, ERR_AUTH,
			"%.*s: the proxy wants a sign-in (407); check HTTPS_PROXY",
			STR_ARG(host));
	else
		err_set(err, ERR_REFUSED,
			"%.*s: the proxy refuses the way (%ld); check HTTPS_PROXY",
			STR_ARG(host), status);
	return true;
}

static bool connect_error(const struct transfer *t, struct str host, struct err *err)
{
	long errnum = 0;

	curl_easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &errnum);
	for (size_t i = 0; i < COUNT(refusals); i++) {
		if (refusals[i].errnum != errnum)
			continue;
		err_set(err, ERR_NETWORK, "%.*s: %s; %s", STR_ARG(host), refusals[i].what,
			refusals[i].todo);
		return true;
	}
	return false;
}

/* Where a redirect led, if one did: that host is the one to look at. */
static struct str asked_host(const struct transfer *t)
{
	char *url = NULL;

	if (curl_easy_getinfo(t->easy, CURLINFO_EFFECTIVE_URL, &url) == CURLE_OK && url)
		return http_url_host(str_from(url));
	return http_url_host(t->request.url);
}

void http_error_from_curl(const struct transfer *t, CURLcode code, struct err *err)
{
	struct str host = asked_host(t);
	const char *detail = t->curl_error;

	if (proxy_error(t, host, err) ||
	    (code == CURLE_COULDNT_CONNECT && connect_error(t, host, err)))
		return;
	for (size_t i = 0; i < COUNT(causes); i++) {
		if (causes[i].code != code)
			continue;
		if (causes[i].kind == ERR_TLS && detail[0])
			err_set(err, causes[i].kind, "%.*s: %s; %s (%.120s)",
				STR_ARG(host), causes[i].what, causes[i].todo, detail);
		else
			err_set(err, causes[i].kind, "%.*s: %s; %s", STR_ARG(host),
				causes[i].what, causes[i].todo);
		return;
	}
	err_set(err, ERR_NETWORK, "%.*s: %.120s", STR_ARG(host),
		detail[0] ? detail : curl_easy_strerror(code));
}
