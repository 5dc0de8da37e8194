/* In place of net/http.c, for tests of what sends requests over time: they are
 * answered by hand. Link the object before the libraries, with fake_loop.c. Thread:
 * the test's. */
#ifndef AZ_TESTS_FAKE_FAKE_HTTP_H
#define AZ_TESTS_FAKE_FAKE_HTTP_H

#include "net/http.h"

struct http *fake_http_new(void);
/* Fails the test when a request is still open. */
void fake_http_free(struct http *http);
/* Requests ever sent, and those neither answered nor cancelled. */
size_t fake_http_count(const struct http *http);
size_t fake_http_open(const struct http *http);
/* The i-th request ever sent: "METHOD URL\nName: value\n...\n\nBODY". */
const char *fake_http_text(const struct http *http, size_t i);
/* What it said of itself; no text in it may be looked at. */
const struct http_request *fake_http_request(const struct http *http, size_t i);
/* Answer the oldest open one; the test fails without one. */
void fake_http_answer(struct http *http, int status, const char *body);
void fake_http_fail(struct http *http, enum err_code code, const char *text);

#endif
