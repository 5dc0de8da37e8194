/* The client over loopback, one case a failure: what comes back, how often it was
 * tried, and in which words it fails. */
#include "unit/check.h"

#include "wire/client.h"

static const struct http_request get = {.method = HTTP_GET};

static void statuses_come_back_as_answers(void **state)
{
	static const struct {
		const char *path;
		int status, tries;
	} cases[] = {
		{"/200", 200, 1}, {"/204", 204, 1}, {"/400", 400, 1}, {"/401", 401, 1},
		{"/403", 403, 1}, {"/404", 404, 1}, {"/410", 410, 1},
	};
	struct client *c = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct heard a = {.wanted_header = "x-ms-request-id"};

		fake_server_on(c->server, "GET", cases[i].path,
			       (struct fake_reply){.status = cases[i].status,
						   .headers = "x-ms-request-id: r1\r\n"});
		client_get(c, cases[i].path, &a);
		check_case(cases[i].path, a.status == cases[i].status);
		check_case(cases[i].path, a.tries == cases[i].tries);
		check_case(cases[i].path, a.err.code == ERR_NONE);
		check_text(cases[i].path, strbuf_str(&a.header), "r1");
		heard_fini(&a);
	}
}

static void a_throttled_read_is_tried_again(void **state)
{
	static const struct {
		const char *path, *headers;
		int status;
	} cases[] = {
		{"/seconds", "Retry-After: 0\r\n", 429},
		{"/date", "Retry-After: Sat, 21 Nov 2020 03:00:00 GMT\r\n", 429},
		{"/ms", "retry-after-ms: 1\r\n", 429},
		{"/x-ms", "x-ms-retry-after-ms: 1\r\n", 429},
		{"/503", "Retry-After: 0\r\n", 503},
		{"/hint", "x-should-retry: true\r\nretry-after-ms: 0\r\n", 400},
	};
	struct client *c = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct heard a = {0};

		/* A key each, so that no case waits for the spacing of another. */
		struct http_request r = {.governor_key = str_from(cases[i].path)};

		fake_server_on(c->server, "GET", cases[i].path,
			       (struct fake_reply){.status = cases[i].status,
						   .headers = cases[i].headers});
		fake_server_on(c->server, "GET", cases[i].path,
			       (struct fake_reply){.status = 200, .body = STR("[]")});
		client_send(c, cases[i].path, r, &a);
		client_wait(c, &a);
		check_case(cases[i].path, a.status == 200);
		check_case(cases[i].path, a.tries == 2);
		check_text(cases[i].path, strbuf_str(&a.body), "[]");
		heard_fini(&a);
	}
}

static void a_write_is_never_tried_again(void **state)
{
	struct client *c = *state;
	struct heard a = {0};

	fake_server_on(c->server, "POST", "/x",
		       (struct fake_reply){.status = 503,
					   .headers = "Retry-After: 0\r\n"});
	client_send(c, "/x", (struct http_request){.method = HTTP_POST}, &a);
	client_wait(c, &a);
	assert_int_equal(a.status, 503);
	assert_int_equal(a.tries, 1);
	assert_int_equal(a.err.retry_after_ms, 0);
	heard_fini(&a);
}

static void one_try_where_the_caller_wants_that(void **state)
{
	struct client *c = *state;
	struct heard a = {0};

	fake_server_on(c->server, "GET", "/x",
		       (struct fake_reply){.status = 503,
					   .headers = "Retry-After: 0\r\n"});
	client_send(c, "/x", (struct http_request){.is_single = true}, &a);
	client_wait(c, &a);
	assert_int_equal(a.status, 503);
	assert_int_equal(a.tries, 1);
	heard_fini(&a);
}

static void a_wait_too_long_is_told_at_once(void **state)
{
	struct client *c = *state;
	struct heard a = {0}, b = {0};
	struct http_request r = {.deadline_ms = 5000};

	fake_server_on(c->server, "GET", "/x",
		       (struct fake_reply){.status = 429,
					   .headers = "Retry-After: 90\r\n"});
	client_send(c, "/x", r, &a);
	client_wait(c, &a);
	assert_int_equal(a.status, 429);
	assert_int_equal(a.err.retry_after_ms, 90000);
	/* The next one is not even sent: the key is paused. */
	client_send(c, "/y", r, &b);
	client_wait(c, &b);
	assert_int_equal(b.err.code, ERR_THROTTLED);
	assert_in_range(b.err.retry_after_ms, 80000, 90000);
	assert_non_null(strstr(b.err.text, "wants a pause of"));
	assert_int_equal(fake_server_count(c->server), 1);
	heard_fini(&a);
	heard_fini(&b);
}

static void broken_answers(void **state)
{
	static const struct {
		const char *path;
		struct fake_reply reply;
		enum err_code code;
		const char *text;
	} cases[] = {
		{"/truncated",
		 {.status = 200,
		  .body = STR("{\"value\":[1,2]}"),
		  .end = FAKE_CUT,
		  .cut_at = 5},
		 ERR_NETWORK,
		 "cut short"},
		{"/truncated-chunks",
		 {.status = 200,
		  .body = STR("{\"value\":[1,2]}"),
		  .end = FAKE_CUT,
		  .cut_at = 5,
		  .is_chunked = true},
		 ERR_NETWORK,
		 "cut short"},
		{"/wrong-length",
		 {.status = 200,
		  .body = STR("[]"),
		  .claimed_length = 50,
		  .end = FAKE_CLOSE},
		 ERR_NETWORK,
		 "cut short"},
		{"/reset",
		 {.status = 200,
		  .body = STR("{\"value\":[1,2]}"),
		  .end = FAKE_RESET,
		  .cut_at = 5},
		 ERR_NETWORK,
		 "the connection broke"},
		{"/nothing", {.end = FAKE_CLOSE}, ERR_NETWORK, "without an answer"},
		{"/huge-claimed",
		 {.status = 200, .claimed_length = 1 << 30, .end = FAKE_HANG},
		 ERR_TOO_LARGE,
		 "larger than"},
		{"/silent", {.end = FAKE_HANG}, ERR_TIMEOUT, "no answer in"},
		{"/stuck",
		 {.status = 200,
		  .body = STR("{\"value\":[1,2]}"),
		  .end = FAKE_HANG,
		  .cut_at = 5},
		 ERR_TIMEOUT,
		 "no answer in"},
	};
	struct client *c = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct heard a = {0};
		bool waits = cases[i].code == ERR_TIMEOUT;
		struct http_request r = {
			.method = HTTP_POST, /* once */
			.deadline_ms = waits ? 60 : 8000,
		};

		fake_server_on(c->server, "POST", cases[i].path, cases[i].reply);
		client_send(c, cases[i].path, r, &a);
		client_wait(c, &a);
		check_case(cases[i].path, a.err.code == cases[i].code);
		if (!strstr(a.err.text, cases[i].text))
			fail_msg("case \"%s\": %s", cases[i].path, a.err.text);
		check_case(cases[i].path, strstr(a.err.text, "127.0.0.1:"));
		heard_fini(&a);
	}
}

static void too_large_answers_stop(void **state)
{
	static char big[100000];
	struct client *c = *state;
	struct heard a = {0}, b = {0};
	struct http_request r = {.max_bytes = 65536};

	memset(big, 'x', sizeof(big));
	fake_server_on(c->server, "GET", "/chunked",
		       (struct fake_reply){.status = 200,
					   .body = {big, sizeof(big)},
					   .is_chunked = true});
	client_send(c, "/chunked", r, &a);
	client_wait(c, &a);
	assert_int_equal(a.err.code, ERR_TOO_LARGE);
	assert_int_equal(a.tries, 1);
	r.max_bytes = sizeof(big);
	client_send(c, "/chunked", r, &b);
	client_wait(c, &b);
	assert_int_equal(b.err.code, ERR_NONE);
	assert_int_equal(b.body.n, sizeof(big));
	heard_fini(&a);
	heard_fini(&b);
}

static void too_many_headers_stop(void **state)
{
	struct client *c = *state;
	struct heard a = {0};
	struct strbuf headers;

	strbuf_init(&headers, 1 << 20);
	for (int i = 0; i < 300; i++)
		strbuf_printf(&headers, "X-%d: y\r\n", i);
	fake_server_on(c->server, "GET", "/x",
		       (struct fake_reply){.status = 200, .headers = headers.p});
	client_get(c, "/x", &a);
	assert_int_equal(a.err.code, ERR_TOO_LARGE);
	assert_non_null(strstr(a.err.text, "headers"));
	heard_fini(&a);
	strbuf_fini(&headers);
}

static void compressed_answers_are_undone(void **state)
{
	static const char packed[] =
		"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x2a\x4b\xcc\x29\x4d\x55"
		"\xb2\x8a\x56\x4a\xaf\xca\x2c\x50\x8a\xad\x05\x00\x36\xcf\xa3\x84\x12\x00"
		"\x00\x00";
	struct client *c = *state;
	struct heard a = {0}, b = {0};
	struct fake_request seen;

	fake_server_on(c->server, "GET", "/x",
		       (struct fake_reply){.status = 200,
					   .headers = "Content-Encoding: gzip\r\n",
					   .body = {packed, sizeof(packed) - 1},
					   .piece_bytes = 7});
	client_get(c, "/x", &a);
	check_text("body", strbuf_str(&a.body), "{\"value\":[\"gzip\"]}");
	seen = fake_server_request(c->server, 0);
	check_text("asked", fake_request_header(&seen, "accept-encoding"),
		   "gzip, deflate");
	check_text("accept", fake_request_header(&seen, "accept"), "application/json");
	/* Never for a stream. */
	client_send(c, "/x", (struct http_request){.on_chunk = answer_take_chunk}, &b);
	client_wait(c, &b);
	seen = fake_server_request(c->server, 1);
	assert_int_equal(fake_request_header(&seen, "accept-encoding").n, 0);
	heard_fini(&a);
	heard_fini(&b);
}

static void connections_are_kept(void **state)
{
	struct client *c = *state;

	fake_server_on(c->server, "GET", "/x", (struct fake_reply){.status = 200});
	for (int i = 0; i < 5; i++) {
		struct heard a = {0};

		client_get(c, "/x", &a);
		heard_fini(&a);
	}
	assert_int_equal(fake_server_connections(c->server), 1);
}

static void a_slow_one_delays_no_other(void **state)
{
	enum { N = 200 };
	static struct heard all[N];
	struct client *c = *state;
	struct heard slow = {0};

	fake_server_on(c->server, "GET", "/slow", (struct fake_reply){.end = FAKE_HANG});
	fake_server_on(c->server, "GET", "/x", (struct fake_reply){.status = 200});
	client_send(c, "/slow", get, &slow);
	client_wait_for_requests(c, 1);
	memset(all, 0, sizeof(all));
	for (int i = 0; i < N; i++)
		client_send(c, "/x", get, &all[i]);
	for (int i = 0; i < N; i++) {
		client_wait(c, &all[i]);
		assert_int_equal(all[i].status, 200);
		heard_fini(&all[i]);
	}
	assert_int_equal(slow.n_done, 0);
	assert_in_range(fake_server_connections(c->server), 2, 8);
	http_free(c->http);
	c->http = NULL;
	assert_int_equal(slow.n_done, 1);
	assert_int_equal(slow.err.code, ERR_CANCELLED);
	heard_fini(&slow);
}

static void cancel_in_each_state(void **state)
{
	struct client *c = *state;
	struct heard queued = {0}, running = {0}, backoff = {0}, after = {0};
	uint64_t id;

	id = client_send(c, "/q", get, &queued);
	http_cancel(c->http, id);
	assert_int_equal(queued.n_done, 1);
	assert_int_equal(queued.err.code, ERR_CANCELLED);
	http_cancel(c->http, id);
	assert_int_equal(queued.n_done, 1);

	fake_server_on(c->server, "GET", "/r", (struct fake_reply){.end = FAKE_HANG});
	id = client_send(c, "/r", get, &running);
	client_wait_for_requests(c, 1);
	http_cancel(c->http, id);
	assert_int_equal(running.n_done, 1);
	assert_int_equal(running.err.code, ERR_CANCELLED);

	fake_server_on(c->server, "GET", "/b",
		       (struct fake_reply){.status = 500,
					   .headers = "Retry-After: 30\r\n"});
	id = client_send(c, "/b", get, &backoff);
	client_wait_for_requests(c, 2);
	for (int i = 0; i < 5; i++)
		loop_turn(c->loop, 10);
	assert_int_equal(backoff.n_done, 0);
	http_cancel(c->http, id);
	assert_int_equal(backoff.n_done, 1);
	assert_int_equal(backoff.err.code, ERR_CANCELLED);

	/* Nothing of them is left in the way. */
	fake_server_on(c->server, "GET", "/x", (struct fake_reply){.status = 200});
	client_get(c, "/x", &after);
	assert_int_equal(after.status, 200);
	heard_fini(&queued);
	heard_fini(&running);
	heard_fini(&backoff);
	heard_fini(&after);
}

static void a_stream_comes_in_chunks_and_can_be_stopped(void **state)
{
	struct client *c = *state;
	struct heard a = {0}, b = {.stop_after = 1};
	struct http_request r = {.on_chunk = answer_take_chunk, .deadline_ms = -1};

	fake_server_on(c->server, "GET", "/s",
		       (struct fake_reply){.status = 200,
					   .headers =
						   "Content-Type: text/event-stream\r\n",
					   .body = STR("data: one\n\ndata: two\n\n"),
					   .is_chunked = true,
					   .piece_bytes = 11,
					   .drip_ms = 5});
	client_send(c, "/s", r, &a);
	client_wait(c, &a);
	assert_int_equal(a.status, 200);
	assert_int_equal(a.err.code, ERR_NONE);
	assert_true(a.n_chunks >= 2);
	check_text("stream", strbuf_str(&a.body), "data: one\n\ndata: two\n\n");
	client_send(c, "/s", r, &b);
	client_wait(c, &b);
	assert_int_equal(b.n_chunks, 1);
	assert_int_equal(b.err.code, ERR_CANCELLED);
	heard_fini(&a);
	heard_fini(&b);
}

static void a_refused_stream_has_a_body(void **state)
{
	struct client *c = *state;
	struct heard a = {0};
	struct http_request r = {.on_chunk = answer_take_chunk};

	fake_server_on(c->server, "GET", "/s",
		       (struct fake_reply){.status = 400, .body = STR("{\"error\":{}}")});
	client_send(c, "/s", r, &a);
	client_wait(c, &a);
	assert_int_equal(a.status, 400);
	assert_int_equal(a.n_chunks, 0);
	check_text("body", strbuf_str(&a.body), "{\"error\":{}}");
	heard_fini(&a);
}

/* A stream that flows must not take the place of a poll. */
static void streams_do_not_use_up_the_key(void **state)
{
	enum { N = 20 };
	struct client *c = *state;
	struct heard streams[N] = {{0}}, a = {0};
	struct http_request r = {.on_chunk = answer_take_chunk, .deadline_ms = -1};
	uint64_t ids[N];

	fake_server_on(c->server, "GET", "/s",
		       (struct fake_reply){.status = 200,
					   .body = STR("data: one\n\n"),
					   .is_chunked = true,
					   .end = FAKE_HANG,
					   .cut_at = 11});
	fake_server_on(c->server, "GET", "/x", (struct fake_reply){.status = 200});
	for (int i = 0; i < N; i++)
		ids[i] = client_send(c, "/s", r, &streams[i]);
	client_wait_for_requests(c, N);
	client_get(c, "/x", &a);
	assert_int_equal(a.status, 200);
	for (int i = 0; i < N; i++) {
		http_cancel(c->http, ids[i]);
		assert_int_equal(streams[i].n_done, 1);
		heard_fini(&streams[i]);
	}
	heard_fini(&a);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, client_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(statuses_come_back_as_answers),
		CASE(a_throttled_read_is_tried_again),
		CASE(a_write_is_never_tried_again),
		CASE(one_try_where_the_caller_wants_that),
		CASE(a_wait_too_long_is_told_at_once),
		CASE(broken_answers),
		CASE(too_large_answers_stop),
		CASE(too_many_headers_stop),
		CASE(compressed_answers_are_undone),
		CASE(connections_are_kept),
		CASE(a_slow_one_delays_no_other),
		CASE(cancel_in_each_state),
		CASE(a_stream_comes_in_chunks_and_can_be_stopped),
		CASE(a_refused_stream_has_a_body),
		CASE(streams_do_not_use_up_the_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
