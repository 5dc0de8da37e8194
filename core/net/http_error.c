/* What went wrong below HTTP, in words: what failed, on what host, what to do. */
#include "net/http_transfer.h"

#include <string.h>

struct str http_url_host(struct str url)
{
	ptrdiff_t at = str_find(url, STR("://"));
	struct str host = at < 0 ? url : str_sub(url, (size_t)at + 3, url.n);
	size_t n = 0;

	while (n < host.n && !strchr("/?#", host.p[n]))
		n++;
	host = str_sub(host, 0, n);
	at = str_find_char(host, '@');
	return at < 0 ? host : str_sub(host, (size_t)at + 1, host.n);
}

bool http_host_is_local(struct str host)
{
	ptrdiff_t colon;

	if (str_starts(host, STR("[::1]")))
		return true;
	colon = str_find_char(host, ':');
	if (colon >= 0)
		host = str_sub(host, 0, (size_t)colon);
	return str_eq_nocase(host, STR("localhost")) || str_starts(host, STR("127.")) ||
	       str_starts(host, STR("169.254."));
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
	{CURLE_GOT_NOTHING, ERR_NETWORK, "it closed without an answer", "try again"},
	{CURLE_PARTIAL_FILE, ERR_NETWORK, "the answer was cut short", "try again"},
	{CURLE_RECV_ERROR, ERR_NETWORK, "the connection broke while reading",
	 "try again"},
	{CURLE_SEND_ERROR, ERR_NETWORK, "the connection broke while sending",
	 "try again"},
	{CURLE_BAD_CONTENT_ENCODING, ERR_PARSE, "its compression cannot be undone",
	 "a proxy may have changed the answer"},
	{CURLE_URL_MALFORMAT, ERR_CONFIG, "this is no URL", "check the configuration"},
	{CURLE_UNSUPPORTED_PROTOCOL, ERR_CONFIG,
	 "only https (and http on loopback) is used", "check the configuration"},
	{CURLE_HTTP2, ERR_NETWORK, "HTTP/2 failed", "try again"},
	{CURLE_HTTP2_STREAM, ERR_NETWORK, "HTTP/2 failed", "try again"},
};

void http_error_from_curl(const struct transfer *t, CURLcode code, struct err *err)
{
	struct str host = http_url_host(t->request.url);

	for (size_t i = 0; i < sizeof(causes) / sizeof(*causes); i++) {
		if (causes[i].code != code)
			continue;
		err_set(err, causes[i].kind, "%.*s: %s; %s", STR_ARG(host),
			causes[i].what, causes[i].todo);
		return;
	}
	err_set(err, ERR_NETWORK, "%.*s: %s", STR_ARG(host),
		t->curl_error[0] ? t->curl_error : curl_easy_strerror(code));
}
