/* What every wire test starts from: a loop, a client and a fake server on it, and
 * an answer to wait for. Thread: the test's. */
#ifndef AZ_TESTS_WIRE_CLIENT_H
#define AZ_TESTS_WIRE_CLIENT_H

#include "base/clock.h"
#include "net/http.h"
#include "wire/fake_server.h"

struct client {
	struct clock clock;
	struct loop *loop;
	struct http *http;
	struct fake_server *server;
};

/* What came back, kept. It is the context of its request. */
struct heard {
	int n_done; /* must end as 1 */
	int status, tries;
	struct err err;
	struct strbuf body;   /* or, of a stream, all chunks */
	struct strbuf header; /* the value of `wanted_header` */
	const char *wanted_header;
	size_t n_chunks;
	size_t stop_after; /* chunks, then on_chunk says stop; 0: never */
	int64_t elapsed_ms;
};

/* cmocka set-up and tear-down; *state is the struct client. */
int client_setup(void **state);
int client_teardown(void **state);
/* With options of its own (proxy, CA file), in place of the first one. */
void client_reopen(struct client *c, const struct http_options *options);

/* Sends to the fake server; `path` goes behind its URL. The request's url, done
 * and chunk taker are filled in. */
uint64_t client_send(struct client *c, const char *path, struct http_request r,
		     struct heard *a);
/* Sends and waits. */
void client_get(struct client *c, const char *path, struct heard *a);
/* Turns the loop until it is done; fails the test after 10 s. */
void client_wait(struct client *c, struct heard *a);
/* Turns the loop until the server has seen so many requests. */
void client_wait_for_requests(struct client *c, size_t n);
bool answer_take_chunk(struct str bytes, void *ctx);
void answer_done(struct http_response *response, void *ctx);
void heard_fini(struct heard *a);

#endif
