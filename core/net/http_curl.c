/* One try as a curl handle: every option is set here, and what arrives is taken
 * in here, under its caps. */
#include "net/http_transfer.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "net/redact.h"

static bool is_header_line(struct str line)
{
	return str_find_char(line, ':') > 0;
}

static size_t on_header(char *bytes, size_t size, size_t n, void *ctx)
{
	struct transfer *t = ctx;
	struct str line = {.p = bytes, .n = size * n};
	ptrdiff_t colon;

	/* A new status line: what came before was a redirect or an interim answer. */
	if (str_starts_nocase(line, STR("HTTP/"))) {
		t->headers.n = 0;
		t->header_bytes = 0;
		arena_reset(&t->header_arena);
		return line.n;
	}
	t->header_bytes += line.n;
	if (t->header_bytes > HTTP_MAX_HEADER_BYTES || t->headers.n >= HTTP_MAX_HEADERS)
		return 0;
	if (!is_header_line(line))
		return line.n;
	colon = str_find_char(line, ':');
	vec_push(&t->headers,
		 (struct http_header){
			 .name = arena_str(&t->header_arena,
					   str_trim(str_sub(line, 0, (size_t)colon))),
			 .value = arena_str(&t->header_arena,
					    str_trim(str_sub(line, (size_t)colon + 1,
							     line.n))),
		 });
	return line.n;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *ctx)
{
	struct transfer *t = ctx;
	struct str chunk = {.p = bytes, .n = size * n};
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	if (t->request.on_chunk && status >= 200 && status < 300) {
		if (!t->is_released)
			http_transfer_flows(t);
		t->has_streamed = true;
		if (t->request.on_chunk(chunk, t->ctx))
			return chunk.n;
		t->is_stopped = true;
		return 0;
	}
	strbuf_put(&t->response.body, chunk);
	return t->response.body.overflow ? 0 : chunk.n;
}

static void add_header(struct transfer *t, struct strbuf *line)
{
	struct curl_slist *list = curl_slist_append(t->header_list, line->p);

	if (!list)
		fatal("out of memory");
	t->header_list = list;
}

static bool has_header(const struct http_request *r, struct str name)
{
	for (size_t i = 0; i < r->n_headers; i++) {
		if (str_eq_nocase(r->headers[i].name, name))
			return true;
	}
	return false;
}

/* Keys in headers other than Authorization: curl would send them on with a
 * redirect, to whatever host it names. */
static bool has_own_secret(const struct transfer *t)
{
	const struct http_request *r = &t->request;

	if (t->auth.kind == HTTP_AUTH_HEADER || t->auth.kind == HTTP_AUTH_SIGV4)
		return true;
	for (size_t i = 0; i < r->n_headers; i++) {
		if (redact_is_secret_header(r->headers[i].name) &&
		    !str_eq_nocase(r->headers[i].name, STR("authorization")))
			return true;
	}
	return false;
}

static bool check_headers(const struct transfer *t, struct err *err)
{
	const struct http_request *r = &t->request;

	for (size_t i = 0; i < r->n_headers; i++) {
		if (!r->headers[i].name.n || !http_is_one_line(r->headers[i].name) ||
		    !http_is_one_line(r->headers[i].value))
			return err_set(err, ERR_CONFIG,
				       "%.*s: header %zu holds a line end or a control "
				       "byte; check where its value comes from",
				       STR_ARG(http_url_host(r->url)), i + 1);
	}
	if (!http_identity_is_sound(&t->auth))
		return err_set(err, ERR_CONFIG,
			       "%.*s: the token holds a line end or a control byte; "
			       "check where it comes from",
			       STR_ARG(http_url_host(r->url)));
	return true;
}

static void build_headers(struct transfer *t)
{
	const struct http_request *r = &t->request;
	struct strbuf line;

	strbuf_init(&line, 64 * 1024);
	if (!has_header(r, STR("accept"))) {
		strbuf_puts(&line, "Accept: application/json");
		add_header(t, &line);
	}
	for (size_t i = 0; i < r->n_headers; i++) {
		strbuf_reset(&line);
		strbuf_printf(&line, "%.*s: %.*s", STR_ARG(r->headers[i].name),
			      STR_ARG(r->headers[i].value));
		add_header(t, &line);
	}
	strbuf_reset(&line);
	if (http_identity_header(&t->auth, &line))
		add_header(t, &line);
	/* curl would wait a second for "100 Continue" before a large body. */
	strbuf_reset(&line);
	strbuf_puts(&line, "Expect:");
	add_header(t, &line);
	secret_wipe(line.p, line.cap);
	strbuf_fini(&line);
}

static void set_method(struct transfer *t)
{
	static const char *const names[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
	const struct http_request *r = &t->request;

	if (r->method == HTTP_GET) {
		curl_easy_setopt(t->easy, CURLOPT_HTTPGET, 1L);
		return;
	}
	curl_easy_setopt(t->easy, CURLOPT_POST, 1L);
	curl_easy_setopt(t->easy, CURLOPT_CUSTOMREQUEST, names[r->method]);
	curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.n);
	curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, r->body.n ? r->body.p : "");
}

static void set_protocols(CURL *easy, bool may_be_plain)
{
#if LIBCURL_VERSION_NUM >= 0x075500
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR,
			 may_be_plain ? "http,https" : "https");
	curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR,
			 may_be_plain ? "http,https" : "https");
#else
	long allowed = may_be_plain ? CURLPROTO_HTTP | CURLPROTO_HTTPS : CURLPROTO_HTTPS;

	curl_easy_setopt(easy, CURLOPT_PROTOCOLS, allowed);
	curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS, allowed);
#endif
}

static bool is_local_address(const struct sockaddr *address)
{
	const unsigned char *a;

	if (address->sa_family == AF_INET) {
		a = (const unsigned char *)&((const struct sockaddr_in *)address)
			    ->sin_addr;
		return a[0] == 127 || (a[0] == 169 && a[1] == 254);
	}
	if (address->sa_family != AF_INET6)
		return false;
	a = (const unsigned char *)&((const struct sockaddr_in6 *)address)->sin6_addr;
	return IN6_IS_ADDR_LOOPBACK((const struct in6_addr *)a) ||
	       IN6_IS_ADDR_LINKLOCAL((const struct in6_addr *)a);
}

/* Where a call to this machine may go: a redirect or a name that resolves
 * elsewhere must not take plain text out of it. */
static curl_socket_t open_local(void *ctx, curlsocktype purpose,
				struct curl_sockaddr *address)
{
	(void)ctx;
	(void)purpose;
	if (!is_local_address(&address->addr))
		return CURL_SOCKET_BAD;
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
		      address->protocol);
}

static void set_route(struct transfer *t)
{
	const struct http *http = t->http;
	const struct http_request *r = &t->request;
	bool is_local = t->route.is_local;
	bool is_plain = t->route.is_plain;

	/* What began with TLS stays with it, on this machine too. */
	set_protocols(t->easy, is_plain && (is_local || r->allow_plain));
	if (is_local && is_plain)
		curl_easy_setopt(t->easy, CURLOPT_OPENSOCKETFUNCTION, open_local);
	/* Identity endpoints and the simulator are never behind a proxy. */
	if (is_local)
		curl_easy_setopt(t->easy, CURLOPT_PROXY, "");
	else if (http->proxy)
		curl_easy_setopt(t->easy, CURLOPT_PROXY, http->proxy);
	if (http->ca_file)
		curl_easy_setopt(t->easy, CURLOPT_CAINFO, http->ca_file);
	if (http->ca_dir)
		curl_easy_setopt(t->easy, CURLOPT_CAPATH, http->ca_dir);
	curl_easy_setopt(t->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT_MS, (long)HTTP_CONNECT_MS);
	/* curl keeps an Authorization header from other hosts. A write is never
	 * repeated elsewhere. */
	curl_easy_setopt(t->easy, CURLOPT_FOLLOWLOCATION,
			 r->method == HTTP_GET && !has_own_secret(t) ? 1L : 0L);
	curl_easy_setopt(t->easy, CURLOPT_MAXREDIRS, 5L);
	curl_easy_setopt(t->easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(t->easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	/* Over plain http curl learns only from a first answer that it cannot
	 * multiplex: the others would wait for a slow one. */
	curl_easy_setopt(t->easy, CURLOPT_PIPEWAIT, is_plain ? 0L : 1L);
}

bool http_curl_prepare(struct transfer *t, struct err *err)
{
	t->easy = curl_easy_init();
	if (!t->easy)
		return err_set(err, ERR_INTERNAL, "curl has no handle to give");
	t->curl_error[0] = '\0';
	if (!check_headers(t, err))
		return false;
	build_headers(t);
	curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
	curl_easy_setopt(t->easy, CURLOPT_URL, t->request.url.p);
	curl_easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->curl_error);
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->header_list);
	curl_easy_setopt(t->easy, CURLOPT_USERAGENT, t->http->user_agent);
	curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
	/* Compressed streams would arrive in lumps. */
	if (!t->request.on_chunk) {
		curl_easy_setopt(t->easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
		curl_easy_setopt(t->easy, CURLOPT_MAXFILESIZE_LARGE,
				 (curl_off_t)t->response.body.max);
	}
	set_method(t);
	set_route(t);
	http_identity_set(t);
	return !t->request.is_probe || http_probe_prepare(t, err);
}

void http_curl_drop(struct transfer *t)
{
	if (t->easy)
		curl_easy_cleanup(t->easy);
	t->easy = NULL;
	for (struct curl_slist *h = t->header_list; h; h = h->next)
		secret_wipe(h->data, strlen(h->data));
	curl_slist_free_all(t->connect_list);
	t->connect_list = NULL;
	curl_slist_free_all(t->header_list);
	t->header_list = NULL;
}
