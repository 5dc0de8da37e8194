/* One try as a curl handle: every option is set here, and what arrives is taken
 * in here, under its caps. */
#include "net/http_transfer.h"

#include <stdlib.h>
#include <string.h>

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

static void build_headers(struct transfer *t)
{
	const struct http_request *r = &t->request;
	struct strbuf line;

	strbuf_init(&line, 64 * 1024);
	for (size_t i = 0; i < r->n_headers; i++) {
		strbuf_reset(&line);
		strbuf_printf(&line, "%.*s: %.*s", STR_ARG(r->headers[i].name),
			      STR_ARG(r->headers[i].value));
		add_header(t, &line);
	}
	if (t->bearer.n) {
		strbuf_reset(&line);
		strbuf_printf(&line, "Authorization: Bearer %.*s",
			      STR_ARG(secret_borrow(&t->bearer)));
		add_header(t, &line);
	}
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

static void set_protocols(CURL *easy, bool is_local)
{
#if LIBCURL_VERSION_NUM >= 0x075500
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, is_local ? "http,https" : "https");
	curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR,
			 is_local ? "http,https" : "https");
#else
	long allowed = is_local ? CURLPROTO_HTTP | CURLPROTO_HTTPS : CURLPROTO_HTTPS;

	curl_easy_setopt(easy, CURLOPT_PROTOCOLS, allowed);
	curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS, allowed);
#endif
}

static void set_route(struct transfer *t)
{
	const struct http *http = t->http;
	bool is_local = http_host_is_local(http_url_host(t->request.url));

	set_protocols(t->easy, is_local);
	/* Identity endpoints and the simulator are never behind a proxy. */
	if (is_local)
		curl_easy_setopt(t->easy, CURLOPT_PROXY, "");
	else if (http->proxy)
		curl_easy_setopt(t->easy, CURLOPT_PROXY, http->proxy);
	if (http->ca_file)
		curl_easy_setopt(t->easy, CURLOPT_CAINFO, http->ca_file);
	curl_easy_setopt(t->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT_MS, (long)HTTP_CONNECT_MS);
	/* A custom Authorization header is not sent on to another host. */
	curl_easy_setopt(t->easy, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(t->easy, CURLOPT_MAXREDIRS, 5L);
	curl_easy_setopt(t->easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(t->easy, CURLOPT_PIPEWAIT, 1L);
}

bool http_curl_prepare(struct transfer *t, struct err *err)
{
	t->easy = curl_easy_init();
	if (!t->easy)
		return err_set(err, ERR_INTERNAL, "curl has no handle to give");
	t->curl_error[0] = '\0';
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
	if (!t->request.on_chunk)
		curl_easy_setopt(t->easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
	set_method(t);
	set_route(t);
	return true;
}

void http_curl_drop(struct transfer *t)
{
	if (t->easy)
		curl_easy_cleanup(t->easy);
	t->easy = NULL;
	for (struct curl_slist *h = t->header_list; h; h = h->next)
		secret_wipe(h->data, strlen(h->data));
	curl_slist_free_all(t->header_list);
	t->header_list = NULL;
}
