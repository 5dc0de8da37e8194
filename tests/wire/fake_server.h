/* A scripted HTTP/1.1 server on the test's own loop and a loopback port the
 * kernel picks. No thread, no sleeping: delays are loop timers.
 *
 *	struct fake_server *fs = fake_server_new(loop);
 *	fake_server_on(fs, "GET", "/subscriptions?api-version=2022-12-01",
 *		       (struct fake_reply){.status = 429, .headers = "Retry-After: 0\r\n"});
 *	fake_server_on(fs, "GET", "/subscriptions?api-version=2022-12-01",
 *		       (struct fake_reply){.status = 200, .body = STR("{\"value\":[]}")});
 *	... send to fake_server_url(fs), turn the loop, look at fake_server_request(fs, i)
 *
 * Rows of one method and target are used in order and the last one repeats; a
 * request no row answers gets a 404 and counts as unexpected. Texts of a row are
 * borrowed until fake_server_free. Thread: the loop's. */
#ifndef AZ_TESTS_WIRE_FAKE_SERVER_H
#define AZ_TESTS_WIRE_FAKE_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "net/loop.h"

enum fake_end {
	FAKE_KEEP,  /* whole answer, connection kept */
	FAKE_CLOSE, /* whole answer, then closed */
	FAKE_CUT,   /* closed after cut_at bytes of the body */
	FAKE_RESET, /* reset after cut_at bytes of the body */
	FAKE_HANG,  /* silent after cut_at bytes of the body */
};

struct fake_reply {
	int status;	     /* 0: not even a head is sent, only `end` happens */
	const char *headers; /* "Name: value\r\n" lines; NULL: none. A content type
				* of JSON is added when they name none */
	struct str body;
	int64_t delay_ms;      /* before the first byte */
	bool is_chunked;       /* else with a Content-Length */
	size_t piece_bytes;    /* written in pieces of so many bytes; 0: at once */
	int64_t drip_ms;       /* between two pieces */
	size_t claimed_length; /* a wrong Content-Length; 0: the true one */
	enum fake_end end;
	size_t cut_at;
};

struct fake_request {
	struct str method, target, head, body; /* head: all header lines */
	size_t connection;		       /* 0 for the first one accepted */
};

struct fake_server;

/* Ends the test program when it cannot listen. */
struct fake_server *fake_server_new(struct loop *loop);
/* Closes everything; the memory goes as the loop turns on (loop_free does). */
void fake_server_free(struct fake_server *fs);
/* "http://127.0.0.1:PORT", without a slash at the end. */
const char *fake_server_url(const struct fake_server *fs);
int fake_server_port(const struct fake_server *fs);
void fake_server_on(struct fake_server *fs, const char *method, const char *target,
		    struct fake_reply reply);

/* What came, in order. */
size_t fake_server_count(const struct fake_server *fs);
struct fake_request fake_server_request(const struct fake_server *fs, size_t i);
/* Empty when absent. */
struct str fake_request_header(const struct fake_request *r, const char *name);
/* Requests no row answered. */
size_t fake_server_unexpected(const struct fake_server *fs);
/* Connections accepted so far. */
size_t fake_server_connections(const struct fake_server *fs);

#endif
