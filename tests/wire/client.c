/* See client.h. */
#include "wire/client.h"

#include <stdlib.h>

#include "unit/check.h"

#include "base/secret.h"
#include "base/xalloc.h"

enum { PATIENCE_MS = 10000 };

int client_setup(void **state)
{
	struct client *c = xcalloc(1, sizeof(*c));
	struct http_options options = {.user_agent = "azdeck/test"};
	struct err err;

	if (!secret_setup())
		return -1;
	clock_init_real(&c->clock);
	c->loop = loop_new(&c->clock, &err);
	c->http = c->loop ? http_new(c->loop, &options, &err) : NULL;
	if (!c->http)
		return -1;
	c->server = fake_server_new(c->loop);
	*state = c;
	return 0;
}

int client_teardown(void **state)
{
	struct client *c = *state;

	http_free(c->http);
	fake_server_free(c->server);
	loop_free(c->loop);
	free(c);
	return 0;
}

void client_reopen(struct client *c, const struct http_options *options)
{
	struct err err;

	http_free(c->http);
	c->http = http_new(c->loop, options, &err);
	assert_non_null(c->http);
}

void answer_done(struct http_response *response, void *ctx)
{
	struct heard *a = ctx;

	a->n_done++;
	a->status = response->status;
	a->tries = response->tries;
	a->err = response->err;
	a->elapsed_ms = response->elapsed_ms;
	strbuf_put(&a->body, strbuf_str(&response->body));
	if (a->wanted_header)
		strbuf_put(&a->header, http_header_find(response, a->wanted_header));
}

bool answer_take_chunk(struct str bytes, void *ctx)
{
	struct heard *a = ctx;

	strbuf_put(&a->body, bytes);
	a->n_chunks++;
	return !a->stop_after || a->n_chunks < a->stop_after;
}

void heard_fini(struct heard *a)
{
	strbuf_fini(&a->body);
	strbuf_fini(&a->header);
}

uint64_t client_send(struct client *c, const char *path, struct http_request r,
		     struct heard *a)
{
	struct strbuf url;
	uint64_t id;

	strbuf_init(&url, 8192);
	strbuf_printf(&url, "%s%s", path[0] == '/' ? fake_server_url(c->server) : "",
		      path);
	strbuf_init(&a->body, 64 << 20);
	strbuf_init(&a->header, 4096);
	r.url = strbuf_str(&url);
	id = http_send(c->http, &r, answer_done, a);
	assert_int_equal(a->n_done, 0); /* never within the call */
	strbuf_fini(&url);
	return id;
}

void client_wait(struct client *c, struct heard *a)
{
	int64_t start = clock_mono_us();

	while (!a->n_done && clock_mono_us() - start < PATIENCE_MS * 1000LL)
		loop_turn(c->loop, 50);
	assert_int_equal(a->n_done, 1);
}

void client_wait_for_requests(struct client *c, size_t n)
{
	int64_t start = clock_mono_us();

	while (fake_server_count(c->server) < n &&
	       clock_mono_us() - start < PATIENCE_MS * 1000LL)
		loop_turn(c->loop, 50);
	assert_int_equal(fake_server_count(c->server), n);
}

void client_get(struct client *c, const char *path, struct heard *a)
{
	client_send(c, path, (struct http_request){.method = HTTP_GET}, a);
	client_wait(c, a);
}
