/* The fake server itself, seen through the real client. */
#include "unit/check.h"

#include "wire/client.h"

static void rows_are_used_in_order_and_the_last_repeats(void **state)
{
	static const int want[] = {200, 404, 404};
	struct client *c = *state;

	fake_server_on(c->server, "GET", "/a?b=1", (struct fake_reply){.status = 200});
	fake_server_on(c->server, "GET", "/a?b=1", (struct fake_reply){.status = 404});
	for (size_t i = 0; i < 3; i++) {
		struct heard a = {0};

		client_get(c, "/a?b=1", &a);
		assert_int_equal(a.status, want[i]);
		heard_fini(&a);
	}
	assert_int_equal(fake_server_unexpected(c->server), 0);
}

static void what_came_is_kept(void **state)
{
	struct client *c = *state;
	struct http_header headers[] = {{STR("X-Name"), STR("a value")}};
	struct http_request r = {
		.method = HTTP_PUT,
		.headers = headers,
		.n_headers = 1,
		.body = STR("{\"x\":1}"),
	};
	struct heard a = {0};
	struct fake_request seen;

	client_send(c, "/thing", r, &a);
	client_wait(c, &a);
	seen = fake_server_request(c->server, 0);
	check_text("method", seen.method, "PUT");
	check_text("target", seen.target, "/thing");
	check_text("header", fake_request_header(&seen, "x-name"), "a value");
	check_text("agent", fake_request_header(&seen, "user-agent"), "azdeck/test");
	check_text("body", seen.body, "{\"x\":1}");
	assert_int_equal(a.status, 404);
	assert_int_equal(fake_server_unexpected(c->server), 1);
	heard_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			rows_are_used_in_order_and_the_last_repeats, client_setup,
			client_teardown),
		cmocka_unit_test_setup_teardown(what_came_is_kept, client_setup,
						client_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
