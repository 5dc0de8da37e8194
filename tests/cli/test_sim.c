/* `azdeck sim`: its URL first, then the wire format for anyone who speaks HTTP.
 * Thread: the test's. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "cli/run.h"
#include "unit/check.h"

static struct sockaddr_in loopback(unsigned port)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
				    .sin_port = htons((uint16_t)port),
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static unsigned port_of(const char *url)
{
	assert_true(str_starts(str_from(url), STR("http://127.0.0.1:")));
	return (unsigned)strtoul(url + strlen("http://127.0.0.1:"), NULL, 10);
}

/* Sends the bytes, reads to the end of the connection. */
static void exchange(unsigned port, const char *request, struct strbuf *answer)
{
	struct sockaddr_in to = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char bytes[4096];
	ssize_t n;

	strbuf_reset(answer);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	assert_int_equal(write(fd, request, strlen(request)), strlen(request));
	while ((n = read(fd, bytes, sizeof(bytes))) > 0)
		strbuf_put(answer, (struct str){.p = bytes, .n = (size_t)n});
	assert_int_equal(n, 0);
	close(fd);
}

static cJSON *body_of(const struct strbuf *answer)
{
	const char *body = strstr(answer->p, "\r\n\r\n");

	assert_non_null(body);
	return cJSON_Parse(body + 4);
}

static void get_token(unsigned port, struct strbuf *answer, char *token, size_t n)
{
	static const char form[] = "grant_type=client_credentials&client_id=c";
	char request[512];
	cJSON *body;

	snprintf(
		request, sizeof(request),
		"POST /common/oauth2/v2.0/token HTTP/1.1\r\nHost: sim\r\n"
		"Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: %zu\r\n\r\n%s",
		strlen(form), form);
	exchange(port, request, answer);
	body = body_of(answer);
	snprintf(token, n, "%s",
		 cJSON_GetObjectItemCaseSensitive(body, "access_token")->valuestring);
	cJSON_Delete(body);
}

static void get_subscriptions(unsigned port, const char *authorization,
			      struct strbuf *answer)
{
	char request[8192];

	snprintf(request, sizeof(request),
		 "GET /subscriptions?api-version=2022-12-01 HTTP/1.1\r\nHost: sim\r\n%s"
		 "Connection: close\r\n\r\n",
		 authorization);
	exchange(port, request, answer);
}

static void test_serves(void **state)
{
	struct strbuf url, answer;
	char token[4096], header[4200];
	unsigned port;
	cJSON *body;
	int pid;

	(void)state;
	strbuf_init(&url, 200);
	strbuf_init(&answer, 1 << 20);
	pid = run_start(RUN_ARGS("sim", "--listen", "127.0.0.1:0"), &url);
	port = port_of(url.p);
	assert_true(port > 0);
	get_subscriptions(port, "", &answer);
	assert_non_null(strstr(answer.p, "HTTP/1.1 401"));
	get_token(port, &answer, token, sizeof(token));
	snprintf(header, sizeof(header), "Authorization: Bearer %s\r\n", token);
	get_subscriptions(port, header, &answer);
	assert_non_null(strstr(answer.p, "HTTP/1.1 200"));
	body = body_of(&answer);
	assert_int_equal(cJSON_GetArraySize(
				 cJSON_GetObjectItemCaseSensitive(body, "value")),
			 3);
	cJSON_Delete(body);
	assert_int_equal(run_stop(pid), 0);
	strbuf_fini(&url);
	strbuf_fini(&answer);
}

/* A script reaches it with azdeck itself as with curl. */
static void test_show_reads_it(void **state)
{
	struct run r = {
		.args = RUN_ARGS("show", "subscriptions", "--query", "length(@)")};
	struct strbuf url, answer;
	char config[1024], token[4096];
	int pid;

	(void)state;
	strbuf_init(&url, 200);
	strbuf_init(&answer, 1 << 20);
	pid = run_start(RUN_ARGS("sim", "--seed", "5", "--speed=10"), &url);
	snprintf(config, sizeof(config),
		 "{\"connections\": [{\"name\": \"sim\", \"kind\": \"arm\",\n"
		 " \"base\": \"%s\", \"credential\": \"env:SIM_TOKEN\"}]}",
		 url.p);
	get_token(port_of(url.p), &answer, token, sizeof(token));
	setenv("SIM_TOKEN", token, 1);
	run_write_config("config.json", config);
	run_expect(&r, 0);
	check_text("three", strbuf_str(&r.out), "3\n");
	run_fini(&r);
	/* A token it does not know is a matter of signing in. */
	setenv("SIM_TOKEN", "nonsense", 1);
	run_expect(&r, 4);
	assert_non_null(strstr(r.err.p, "InvalidAuthenticationToken"));
	run_fini(&r);
	assert_int_equal(run_stop(pid), 0);
	run_clear_config();
	strbuf_fini(&url);
	strbuf_fini(&answer);
}

static void test_port_taken(void **state)
{
	struct sockaddr_in at = loopback(0);
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char where[64];
	struct run r = {.args = RUN_ARGS("sim", "--listen", where)};

	(void)state;
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	snprintf(where, sizeof(where), "127.0.0.1:%u", ntohs(at.sin_port));
	run_expect(&r, 5);
	assert_non_null(strstr(r.err.p, "cannot listen on 127.0.0.1:"));
	assert_non_null(strstr(r.err.p, "Address already in use"));
	run_fini(&r);
	close(fd);
}

static void test_failures(void **state)
{
	static const struct {
		const char *name;
		const char *args[6];
		int code;
		const char *says;
	} cases[] = {
		{"no address", {"sim", "--listen", "nonsense"}, 2, "ADDRESS:PORT"},
		{"no port", {"sim", "--listen", "127.0.0.1"}, 2, "ADDRESS:PORT"},
		{"port too large",
		 {"sim", "--listen", "127.0.0.1:65536"},
		 2,
		 "ADDRESS:PORT"},
		{"not ours", {"sim", "--listen", "192.0.2.1:0"}, 5, "cannot listen on"},
		{"no value", {"sim", "--listen"}, 2, "a value is missing after"},
		{"unknown option", {"sim", "--port", "1"}, 2, "there is no option"},
		{"a word", {"sim", "now"}, 2, "\"now\""},
		{"no seed", {"sim", "--seed", "-1"}, 2, "--seed"},
		{"backwards", {"sim", "--speed", "-2"}, 2, "--speed"},
		{"too fast", {"sim", "--speed", "1e9"}, 2, "--speed"},
		{"no time", {"sim", "--at", "1899-01-01"}, 2, "--at"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run r = {.args = cases[i].args};

		run_expect(&r, cases[i].code);
		if (!strstr(r.err.p, cases[i].says))
			fail_msg("case \"%s\" says: %s", cases[i].name, r.err.p);
		run_fini(&r);
	}
}

/* Nobody could reach it: it ends instead of serving unseen. */
static void test_url_cannot_be_told(void **state)
{
	struct run r = {.args = RUN_ARGS("sim"), .to = RUN_FULL};

	(void)state;
	run_expect(&r, 3);
	assert_non_null(strstr(r.err.p, "No space left on device"));
	run_fini(&r);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_serves),
		cmocka_unit_test(test_show_reads_it),
		cmocka_unit_test(test_port_taken),
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_url_cannot_be_told),
	};

	return cmocka_run_group_tests_name("sim", tests, run_setup, run_teardown);
}
