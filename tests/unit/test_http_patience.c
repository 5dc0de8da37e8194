/* Waiting for one's turn: how long a request may, and what is said when it was too
 * long. A first answer asks for a pause; the second request is the one looked at. */
#include "unit/check.h"

#include "wire/client.h"

enum { PAUSE_MS = 300, SHORT_MS = 120 };

static void ask_for_pause(const struct http_response *response, struct http_pace *pace)
{
	if (http_header_find(response, "x-pause").n)
		pace->pause_ms = PAUSE_MS;
}

static void ask_for_space(const struct http_response *response, struct http_pace *pace)
{
	if (http_header_find(response, "x-pause").n)
		pace->space_ms = PAUSE_MS;
}

/* The key is paused when it returns. */
static void begin(struct client *c, http_pace_fn pace)
{
	struct heard a = {0};

	fake_server_on(c->server, "GET", "/pause",
		       (struct fake_reply){.status = 200, .headers = "X-Pause: 1\r\n"});
	client_send(c, "/pause", (struct http_request){.pace = pace}, &a);
	client_wait(c, &a);
	assert_int_equal(a.status, 200);
	heard_fini(&a);
}

/* A pause that is longer than the deadline is refused at once, and told how long. */
static void none(void **state)
{
	struct client *c = *state;
	struct heard a = {0};

	begin(c, ask_for_pause);
	client_send(c, "/x", (struct http_request){.deadline_ms = SHORT_MS}, &a);
	client_wait(c, &a);
	assert_int_equal(a.err.code, ERR_THROTTLED);
	assert_non_null(strstr(a.err.text, "it wants a pause of 1 s"));
	assert_true(a.err.retry_after_ms > SHORT_MS && a.elapsed_ms < SHORT_MS);
	assert_int_equal(a.tries, 0);
	heard_fini(&a);
}

/* With patience it waits, and the deadline begins with its first try. */
static void enough(void **state)
{
	struct client *c = *state;
	struct heard a = {0};

	begin(c, ask_for_pause);
	fake_server_on(c->server, "GET", "/x",
		       (struct fake_reply){.status = 200, .delay_ms = SHORT_MS / 2});
	client_send(c, "/x",
		    (struct http_request){.deadline_ms = SHORT_MS, .patience_ms = 5000},
		    &a);
	client_wait(c, &a);
	assert_int_equal(a.err.code, ERR_NONE);
	assert_int_equal(a.status, 200);
	assert_int_equal(a.tries, 1);
	heard_fini(&a);
}

/* It is for the turn alone: who does not answer then has the deadline. */
static void not_for_the_answer(void **state)
{
	struct client *c = *state;
	struct heard a = {0};
	int64_t begun_us = clock_mono_us();

	begin(c, ask_for_pause);
	fake_server_on(c->server, "GET", "/x", (struct fake_reply){.end = FAKE_HANG});
	client_send(c, "/x",
		    (struct http_request){.deadline_ms = SHORT_MS, .patience_ms = 8000},
		    &a);
	client_wait(c, &a);
	assert_int_equal(a.err.code, ERR_TIMEOUT);
	assert_non_null(strstr(a.err.text, "no answer in "));
	/* The wait for the turn is not part of it. */
	assert_true(a.elapsed_ms >= SHORT_MS);
	assert_true(clock_mono_us() - begun_us >= (PAUSE_MS + SHORT_MS - 20) * 1000);
	assert_true(clock_mono_us() - begun_us < 8000 * 1000);
	heard_fini(&a);
}

/* No turn came: that is no slow service. */
static void too_little(void **state)
{
	struct client *c = *state;
	struct heard a = {0}, b = {0};

	begin(c, ask_for_space);
	fake_server_on(c->server, "GET", "/x", (struct fake_reply){.status = 200});
	/* The first takes the next start; the second would come a space later. */
	client_send(c, "/x", (struct http_request){.deadline_ms = 5000}, &a);
	client_send(c, "/x", (struct http_request){.deadline_ms = SHORT_MS + PAUSE_MS},
		    &b);
	client_wait(c, &b);
	assert_int_equal(b.err.code, ERR_THROTTLED);
	assert_int_equal(b.tries, 0);
	client_wait(c, &a);
	assert_int_equal(a.status, 200);
	heard_fini(&a);
	heard_fini(&b);
}

/* What a person waits for does not stand behind what is only polled. */
static void interactive_first(void **state)
{
	struct client *c = *state;
	struct heard polled = {0}, asked = {0};

	begin(c, ask_for_space);
	fake_server_on(c->server, "GET", "/x", (struct fake_reply){.status = 200});
	client_send(c, "/x", (struct http_request){.deadline_ms = 5000}, &polled);
	client_send(c, "/x",
		    (struct http_request){.deadline_ms = 5000, .is_interactive = true},
		    &asked);
	client_wait(c, &asked);
	assert_int_equal(asked.status, 200);
	assert_int_equal(polled.n_done, 0);
	client_wait(c, &polled);
	assert_int_equal(polled.status, 200);
	heard_fini(&polled);
	heard_fini(&asked);
}

/* What waits to ask again when its time is over has an answer: the last one. */
static void waiting_to_ask_again(void **state)
{
	struct client *c = *state;
	struct heard a = {0}, b = {0};

	fake_server_on(c->server, "GET", "/x",
		       (struct fake_reply){.status = 503,
					   .headers = "Retry-After-Ms: 150\r\n",
					   .body = STR("busy")});
	client_send(c, "/x", (struct http_request){.deadline_ms = 5000}, &b);
	client_send(c, "/x", (struct http_request){.deadline_ms = 350}, &a);
	client_wait(c, &a);
	assert_int_equal(a.err.code, ERR_NONE);
	assert_int_equal(a.status, 503);
	check_text("body", strbuf_str(&a.body), "busy");
	client_wait(c, &b);
	heard_fini(&a);
	heard_fini(&b);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, client_setup, client_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		CASE(none),
		CASE(enough),
		CASE(not_for_the_answer),
		CASE(too_little),
		CASE(interactive_first),
		CASE(waiting_to_ask_again),
	};

	return cmocka_run_group_tests_name("patience", tests, NULL, NULL);
}
