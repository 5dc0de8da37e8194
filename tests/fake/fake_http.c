/* See fake_http.h. */
#include "fake/fake_http.h"

#include <stdlib.h>

#include "base/vec.h"
#include "base/xalloc.h"
#include "unit/check.h"

struct sent {
	char *text;
	struct http_request request;
	http_done_fn done; /* NULL: answered or cancelled */
	void *ctx;
};

struct http {
	VEC(struct sent) sent;
};

struct http *fake_http_new(void)
{
	return xcalloc(1, sizeof(struct http));
}

void fake_http_free(struct http *http)
{
	struct sent *s;

	assert_int_equal(fake_http_open(http), 0);
	vec_each (s, &http->sent)
		free(s->text);
	vec_fini(&http->sent);
	free(http);
}

uint64_t http_send(struct http *http, const struct http_request *request,
		   http_done_fn done, void *ctx)
{
	struct strbuf text;

	strbuf_init(&text, 1 << 20);
	strbuf_printf(&text, "%s %.*s\n", request->method == HTTP_GET ? "GET" : "POST",
		      STR_ARG(request->url));
	for (size_t i = 0; i < request->n_headers; i++)
		strbuf_printf(&text, "%.*s: %.*s\n", STR_ARG(request->headers[i].name),
			      STR_ARG(request->headers[i].value));
	strbuf_printf(&text, "\n%.*s", STR_ARG(request->body));
	vec_push(&http->sent, (struct sent){.text = strbuf_take(&text),
					    .request = *request,
					    .done = done,
					    .ctx = ctx});
	strbuf_fini(&text);
	return http->sent.n;
}

static void end(struct http *http, size_t i, struct http_response *r)
{
	http_done_fn done = http->sent.p[i].done;

	http->sent.p[i].done = NULL;
	done(r, http->sent.p[i].ctx);
	strbuf_fini(&r->body);
}

void http_cancel(struct http *http, uint64_t id)
{
	struct http_response r = {0};

	if (id < 1 || id > http->sent.n || !http->sent.p[id - 1].done)
		return;
	strbuf_init(&r.body, 1);
	err_set(&r.err, ERR_CANCELLED, "cancelled");
	end(http, id - 1, &r);
}

struct str http_header_find(const struct http_response *r, const char *name)
{
	(void)r;
	(void)name;
	return (struct str){0};
}

size_t fake_http_count(const struct http *http)
{
	return http->sent.n;
}

size_t fake_http_open(const struct http *http)
{
	const struct sent *s;
	size_t n = 0;

	vec_each (s, &http->sent)
		n += s->done != NULL;
	return n;
}

const char *fake_http_text(const struct http *http, size_t i)
{
	assert_true(i < http->sent.n);
	return http->sent.p[i].text;
}

const struct http_request *fake_http_request(const struct http *http, size_t i)
{
	assert_true(i < http->sent.n);
	return &http->sent.p[i].request;
}

static size_t oldest(const struct http *http)
{
	for (size_t i = 0; i < http->sent.n; i++) {
		if (http->sent.p[i].done)
			return i;
	}
	fail_msg("no request is open");
	return 0;
}

void fake_http_answer(struct http *http, int status, const char *body)
{
	struct http_response r = {.status = status, .tries = 1};

	err_clear(&r.err);
	strbuf_init(&r.body, 1 << 20);
	strbuf_puts(&r.body, body);
	end(http, oldest(http), &r);
}

void fake_http_fail(struct http *http, enum err_code code, const char *text)
{
	struct http_response r = {.tries = 1};

	strbuf_init(&r.body, 1);
	err_set(&r.err, code, "%s", text);
	r.err.retry_after_ms = -1;
	end(http, oldest(http), &r);
}
