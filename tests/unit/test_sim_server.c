/* The simulator over real sockets, byte by byte: connections are kept, heads end
 * where they should, and what is too big or malformed is refused politely. */
#include "unit/check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "base/xalloc.h"
#include "sim/request.h"
#include "sim/sim.h"

#define PATIENCE_US (10 * 1000 * 1000)
#define LINE	    "Host: 127.0.0.1\r\n\r\n"
#define OPEN	    "GET /metadata/endpoints HTTP/1.1\r\n"
#define NONE	    "GET /subscriptions?api-version=2022-12-01 HTTP/1.1\r\n"

struct stage {
	struct clock clock;
	struct loop *loop;
	struct sim *sim;
	int fd;
	struct strbuf in;
	bool is_closed;
};

static void stage_connect(struct stage *s)
{
	struct sockaddr_in addr = {.sin_family = AF_INET};
	const char *colon = strrchr(sim_url(s->sim), ':');

	addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	addr.sin_port = htons((uint16_t)strtol(colon + 1, NULL, 10));
	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(s->fd, (struct sockaddr *)&addr, sizeof(addr)), 0);
	s->is_closed = false;
	strbuf_reset(&s->in);
}

static int stage_setup(void **state)
{
	struct stage *s = xcalloc(1, sizeof(*s));
	struct err err;

	clock_init_manual(&s->clock, 1781776800000LL);
	s->loop = loop_new(&s->clock, &err);
	assert_non_null(s->loop);
	s->sim = sim_new(s->loop, &(struct sim_options){.seed = 1, .clock = &s->clock},
			 &err);
	assert_non_null(s->sim);
	strbuf_init(&s->in, 4 << 20);
	stage_connect(s);
	*state = s;
	return 0;
}

static int stage_teardown(void **state)
{
	struct stage *s = *state;

	close(s->fd);
	sim_free(s->sim);
	loop_free(s->loop);
	strbuf_fini(&s->in);
	free(s);
	return 0;
}

/* Takes what has come, without waiting for more. */
static void drain(struct stage *s)
{
	char bytes[16384];
	ssize_t n;

	while ((n = recv(s->fd, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0)
		strbuf_put(&s->in, (struct str){.p = bytes, .n = (size_t)n});
	s->is_closed |= n == 0 || (n < 0 && errno != EAGAIN);
}

static void send_all(struct stage *s, struct str bytes)
{
	size_t sent = 0;
	int64_t until = clock_mono_us() + PATIENCE_US;

	while (sent < bytes.n && clock_mono_us() < until) {
		ssize_t n = send(s->fd, bytes.p + sent, bytes.n - sent,
				 MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n > 0)
			sent += (size_t)n;
		else if (n < 0 && errno != EAGAIN)
			break; /* refused in the middle: the answer says why */
		loop_turn(s->loop, 1);
		drain(s);
	}
}

static size_t count(const struct stage *s, const char *what)
{
	struct str rest = strbuf_str(&s->in);
	size_t n = 0;
	ptrdiff_t at;

	while ((at = str_find(rest, str_from(what))) >= 0) {
		rest = str_sub(rest, (size_t)at + 1, rest.n);
		n++;
	}
	return n;
}

static bool wait_for(struct stage *s, const char *what, size_t n)
{
	int64_t until = clock_mono_us() + PATIENCE_US;

	while (count(s, what) < n && !s->is_closed && clock_mono_us() < until) {
		loop_turn(s->loop, 20);
		drain(s);
	}
	return count(s, what) >= n;
}

static bool wait_for_end(struct stage *s)
{
	int64_t until = clock_mono_us() + PATIENCE_US;

	while (!s->is_closed && clock_mono_us() < until) {
		loop_turn(s->loop, 20);
		drain(s);
	}
	return s->is_closed;
}

static void test_one_connection_many_answers(void **state)
{
	struct stage *s = *state;

	for (size_t i = 1; i <= 3; i++) {
		send_all(s, STR(OPEN LINE));
		assert_true(wait_for(s, "HTTP/1.1 200 OK\r\n", i));
	}
	/* Several in one write are answered in turn. */
	send_all(s, STR(OPEN LINE OPEN LINE NONE LINE));
	assert_true(wait_for(s, "HTTP/1.1 200 OK\r\n", 5));
	assert_true(wait_for(s, "HTTP/1.1 401 Unauthorized\r\n", 1));
	assert_false(s->is_closed);
	send_all(s,
		 STR("GET /metadata/endpoints HTTP/1.1\r\nConnection: close\r\n" LINE));
	assert_true(wait_for_end(s));
	assert_int_equal(count(s, "HTTP/1.1 200 OK\r\n"), 6);
}

/* The time of the answer is the world's, not the machine's. */
static void test_date_is_the_worlds(void **state)
{
	struct stage *s = *state;

	send_all(s, STR(OPEN LINE));
	assert_true(wait_for(s, "\r\n\r\n", 1));
	assert_int_equal(count(s, "Date: Thu, 18 Jun 2026 10:00:00 GMT\r\n"), 1);
	assert_int_equal(count(s, "Date: "), 1);
	assert_int_equal(count(s, "Content-Type: application/json; charset=utf-8\r\n"),
			 1);
}

/* A head has no body, so the next answer follows right behind it. */
static void test_head(void **state)
{
	struct stage *s = *state;
	ptrdiff_t end;

	send_all(s, STR("HEAD /metadata/endpoints HTTP/1.1\r\n" LINE));
	assert_true(wait_for(s, "\r\n\r\n", 1));
	send_all(s, STR(OPEN LINE));
	assert_true(wait_for(s, "HTTP/1.1 200 OK\r\n", 1));
	end = str_find(strbuf_str(&s->in), STR("\r\n\r\n"));
	assert_true(str_starts(str_sub(strbuf_str(&s->in), (size_t)end + 4, 15),
			       STR("HTTP/1.1 200 OK")));
}

static void test_big_bodies(void **state)
{
	struct stage *s = *state;
	struct strbuf request;
	const size_t n = REQUEST_MAX_BODY + 1;

	strbuf_init(&request, 2 << 20);
	strbuf_printf(
		&request,
		"POST /t/oauth2/v2.0/token HTTP/1.1\r\nContent-Length: %zu\r\n" LINE, n);
	strbuf_pad(&request, 'a', n);
	send_all(s, strbuf_str(&request));
	assert_true(wait_for(s, "HTTP/1.1 413 ", 1));
	assert_true(wait_for(s, "RequestEntityTooLarge", 1));
	/* It stays usable, and a body in pieces is read as one. */
	send_all(s, STR("POST /t/oauth2/v2.0/token HTTP/1.1\r\n"
			"Transfer-Encoding: chunked\r\nHost: a\r\n\r\n"
			"d\r\ngrant_type=cl\r\n"));
	send_all(s, STR("10\r\nient_credentials\r\n0\r\n\r\n"));
	assert_true(wait_for(s, "\"access_token\"", 1));
	strbuf_fini(&request);
}

static void test_malformed_is_refused(void **state)
{
	static const struct {
		const char *name, *request, *answer;
	} cases[] = {
		{"a broken escape", "GET /%zz HTTP/1.1\r\n" LINE, "HTTP/1.1 400 "},
		{"a hidden NUL", "GET /a%00b HTTP/1.1\r\n" LINE, "HTTP/1.1 400 "},
		{"no slash", "GET http://h/ HTTP/1.1\r\n" LINE, "HTTP/1.1 400 "},
		{"no HTTP", "hello\r\n\r\n", NULL},
		{"nothing", "\r\n\r\n", NULL},
		{"another protocol", "\x16\x03\x01\x02\x00\x01", NULL},
		{"an odd method", "BREW /metadata/endpoints HTTP/1.1\r\n" LINE,
		 "HTTP/1.1 "},
	};
	struct stage *s = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		close(s->fd);
		stage_connect(s);
		send_all(s, str_from(cases[i].request));
		if (cases[i].answer)
			check_case(cases[i].name, wait_for(s, cases[i].answer, 1));
		else
			loop_turn(s->loop, 0);
		drain(s);
		check_case(cases[i].name, count(s, "HTTP/1.1 2") == 0);
	}
	/* After all of it, it serves. */
	close(s->fd);
	stage_connect(s);
	send_all(s, STR(OPEN LINE));
	assert_true(wait_for(s, "HTTP/1.1 200 OK\r\n", 1));
}

static void test_a_long_target(void **state)
{
	struct stage *s = *state;
	struct strbuf request;

	strbuf_init(&request, 64 << 10);
	strbuf_puts(&request, "GET /");
	strbuf_pad(&request, 'a', REQUEST_MAX_TARGET + 1);
	strbuf_puts(&request, " HTTP/1.1\r\n" LINE);
	send_all(s, strbuf_str(&request));
	assert_true(wait_for(s, "HTTP/1.1 400 ", 1));
	strbuf_fini(&request);
}

/* Links lead back to where the client came from, not to a name of our own. */
static void test_links_use_the_host(void **state)
{
	struct stage *s = *state;

	send_all(s, STR("GET /subscriptions HTTP/1.1\r\nHost: deck.test:81\r\n\r\n"));
	assert_true(wait_for(s, "HTTP/1.1 401 ", 1));
	assert_int_equal(count(s, "authorization_uri=\"http://deck.test:81/"), 1);
	send_all(s, STR("GET /subscriptions HTTP/1.1\r\nHost: deck.test\r\n"
			"X-Forwarded-Proto: https\r\n\r\n"));
	assert_true(wait_for(s, "HTTP/1.1 401 ", 2));
	assert_int_equal(count(s, "authorization_uri=\"https://deck.test/"), 1);
}

/* A name that was made to lead here is not its name. */
static void test_a_private_one_answers_to_its_address(void **state)
{
	struct stage *s = *state;
	struct sim_options options = {.seed = 1, .clock = &s->clock, .is_private = true};
	char request[200];
	struct err err;

	close(s->fd);
	sim_free(s->sim);
	s->sim = sim_new(s->loop, &options, &err);
	assert_non_null(s->sim);
	stage_connect(s);
	send_all(s, STR(OPEN "Host: evil.test\r\n\r\n"));
	assert_true(wait_for(s, "HTTP/1.1 421 ", 1));
	send_all(s, STR(OPEN LINE));
	assert_true(wait_for(s, "HTTP/1.1 421 ", 2));
	snprintf(request, sizeof(request), OPEN "Host: %s\r\n\r\n",
		 sim_url(s->sim) + strlen("http://"));
	send_all(s, str_from(request));
	assert_true(wait_for(s, "HTTP/1.1 200 OK\r\n", 1));
}

static void test_addresses(void **state)
{
	static const char *const bad[] = {"",		"localhost",	   "127.0.0.1",
					  "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
					  "nobody:80",	"::1:80"};
	struct stage *s = *state;
	struct err err;
	const char *taken = sim_url(s->sim) + strlen("http://");

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct sim_options options = {.listen = bad[i], .clock = &s->clock};

		check_case(bad[i], !sim_new(s->loop, &options, &err));
		check_case(bad[i], err.code == ERR_USAGE);
		check_case(bad[i], strstr(err.text, "127.0.0.1:0"));
	}
	assert_null(sim_new(s->loop,
			    &(struct sim_options){.listen = taken, .clock = &s->clock},
			    &err));
	assert_int_equal(err.code, ERR_NETWORK);
	assert_non_null(strstr(err.text, taken));
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, stage_setup, stage_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_one_connection_many_answers),
		CASE(test_date_is_the_worlds),
		CASE(test_head),
		CASE(test_big_bodies),
		CASE(test_malformed_is_refused),
		CASE(test_a_long_target),
		CASE(test_links_use_the_host),
		CASE(test_a_private_one_answers_to_its_address),
		CASE(test_addresses),
	};

	return cmocka_run_group_tests_name("sim_server", tests, NULL, NULL);
}
