/* What fails below HTTP, through a whole worker: names, proxies, certificates. The host
 * is behind a proxy that leads elsewhere as the case wants: first to a good server, then
 * into the fault, then back. What was there stays, with the reason. */
#include "unit/check.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "fake/connect_proxy.h"
#include "unit/scratch.h"
#include "wire/client.h"
#include "wire/tls_server.h"
#include "worker/worker.h"

enum { PATIENCE_MS = 60000 };
#define HOST "azure.invalid"
#define ROWS "{\"value\":[{\"id\":\"s1\"},{\"id\":\"s2\"}]}"

enum way {
	WAY_SERVER,	/* led to `server` */
	WAY_REFUSE,	/* the proxy says `status` */
	WAY_DIRECT,	/* no proxy: the name does not resolve */
	WAY_NO_PROXY,	/* the proxy's own name does not */
	WAY_DEAD_PROXY, /* nobody is there */
};

static const struct line_case {
	const char *name;
	enum way way;
	struct tls_server_options server;
	bool is_stranger; /* nobody vouches for it */
	int status;
	enum err_code code;
	const char *says; /* the beginning of the reason */
} cases[] = {
	{.name = "expired",
	 .server = {.names = "DNS:" HOST, .is_expired = true},
	 .code = ERR_TLS,
	 .says = "subs: " HOST
		 ": its certificate is not trusted; check the CA bundle and "
		 "the clock, or a proxy that inspects TLS ("},
	{.name = "another host's",
	 .server = {.names = "DNS:other.example"},
	 .code = ERR_TLS,
	 .says = "subs: " HOST ": its certificate is not trusted; "},
	{.name = "signed by itself",
	 .server = {.names = "DNS:" HOST},
	 .is_stranger = true,
	 .code = ERR_TLS,
	 .says = "subs: " HOST ": its certificate is not trusted; "},
	{.name = "the proxy wants a sign-in",
	 .way = WAY_REFUSE,
	 .status = 407,
	 .code = ERR_AUTH,
	 .says = "subs: " HOST ": the proxy wants a sign-in (407); check HTTPS_PROXY"},
	{.name = "the proxy refuses",
	 .way = WAY_REFUSE,
	 .status = 403,
	 .code = ERR_REFUSED,
	 .says = "subs: " HOST ": the proxy refuses the way (403); check HTTPS_PROXY"},
	{.name = "no name",
	 .way = WAY_DIRECT,
	 .code = ERR_NETWORK,
	 .says = "subs: " HOST ": the name does not resolve; check DNS and the host in "
		 "the configuration"},
	{.name = "the proxy has no name",
	 .way = WAY_NO_PROXY,
	 .code = ERR_NETWORK,
	 .says = "subs: " HOST ": the proxy's name does not resolve; check HTTPS_PROXY"},
	{.name = "nobody at the proxy",
	 .way = WAY_DEAD_PROXY,
	 .code = ERR_NETWORK,
	 .says = "subs: " HOST ": connection refused; nothing listens there"},
};

struct run {
	struct client *client; /* its loop serves */
	struct clock clock;
	struct connect_proxy *proxy;
	struct tls_server *good, *bad;
	struct library *library;
	struct wake_fd wake;
	struct worker *worker;
	struct board *board; /* held */
	char dir[200], config[200], ca[200];
};

static void take_news(struct run *r)
{
	struct mail *mail = worker_news(r->worker);

	while (mail) {
		struct mail *next = mail->next;
		struct news *news = (struct news *)mail;

		if (mail->kind == NEWS_PROBLEM)
			fail_msg("%s", news->err.text);
		if (mail->kind == NEWS_BOARD) {
			board_put(r->board);
			r->board = news_take_board(news);
		}
		mail->free(mail);
		mail = next;
	}
}

/* Asks until it is so: an answer half a second old is good enough for a refresh. */
static void until(struct run *r, const char *name, bool is_stale)
{
	int64_t begun_us = clock_mono_us();

	worker_refresh(r->worker, "things");
	while (!r->board || r->board->is_loading || r->board->is_stale != is_stale) {
		const struct board *last = r->board;

		if (clock_mono_us() - begun_us > PATIENCE_MS * 1000LL)
			fail_msg("%s: it is never %s", name, is_stale ? "stale" : "good");
		loop_turn(r->client->loop, 10);
		take_news(r);
		/* Not once it is so: the worker must rest when its surroundings change. */
		if (r->board != last && !r->board->is_loading &&
		    r->board->is_stale != is_stale)
			worker_refresh(r->worker, "things");
	}
}

static void append(const char *path, const char *from)
{
	struct strbuf text;
	struct err err;

	strbuf_init(&text, 65536);
	if (access(path, F_OK) == 0)
		assert_true(file_read(path, &text, &err));
	assert_true(file_read(from, &text, &err));
	assert_true(file_write(path, strbuf_str(&text), &err));
	strbuf_fini(&text);
}

static void write_files(struct run *r)
{
	const struct str board =
		STR("{\"title\":\"T\",\"category\":\"c\",\"about\":\"a\",\"requests\":{"
		    "\"subs\":{\"get\":\"/subscriptions?api-version=2022-12-01\","
		    "\"every\":\"30s\"}},\"rows\":\"subs.value\",\"key\":\"id\","
		    "\"columns\":[{\"name\":\"id\",\"title\":\"ID\",\"value\":\"id\"}]}");
	const char *path = scratch_write("things.json", board, 0600);

	snprintf(r->dir, sizeof(r->dir), "%.*s", (int)(strrchr(path, '/') - path), path);
	snprintf(r->config, sizeof(r->config), "%s",
		 scratch_write(
			 "azdeck.conf",
			 STR("{\"connections\":[{\"name\":\"azure\",\"kind\":\"arm\","
			     "\"base\":\"https://" HOST "\",\"credential\":\"none\"}]}"),
			 0600));
	snprintf(r->ca, sizeof(r->ca), "%s", scratch_path("ca.pem"));
	unlink(r->ca);
}

static void serve(struct run *r, const struct line_case *c)
{
	struct tls_server_options good = {.names = "DNS:" HOST, .json = ROWS};
	struct tls_server_options bad = c->server;

	r->good = tls_server_new(r->client->loop, &good);
	append(r->ca, tls_server_ca_file(r->good));
	if (bad.names) {
		bad.json = ROWS;
		r->bad = tls_server_new(r->client->loop, &bad);
		if (!c->is_stranger)
			append(r->ca, tls_server_ca_file(r->bad));
	}
	r->proxy = connect_proxy_new(r->client->loop);
}

static void make_good(struct run *r)
{
	connect_proxy_lead(r->proxy, tls_server_url(r->good));
	setenv("https_proxy", connect_proxy_url(r->proxy), 1);
}

static void make_bad(struct run *r, const struct line_case *c)
{
	switch (c->way) {
	case WAY_SERVER:
		connect_proxy_lead(r->proxy, tls_server_url(r->bad));
		break;
	case WAY_REFUSE:
		connect_proxy_refuse(r->proxy, c->status);
		break;
	case WAY_DIRECT:
		unsetenv("https_proxy");
		break;
	case WAY_NO_PROXY:
		setenv("https_proxy", "http://proxy.invalid:3128", 1);
		break;
	case WAY_DEAD_PROXY:
		setenv("https_proxy", "http://127.0.0.1:1", 1);
		break;
	}
}

static void start(struct run *r)
{
	static const char *const wanted[] = {"things"};
	struct worker_options options = {.clock = &r->clock,
					 .config_path = r->config,
					 .speed = 1};
	struct err err;

	clock_init_real(&r->clock);
	assert_true(wake_fd_init(&r->wake));
	setenv("CURL_CA_BUNDLE", r->ca, 1);
	r->library = library_new(r->dir, NULL, NULL);
	options.library = r->library;
	r->worker = worker_start(&options, wake_fd_raise, &r->wake, &err);
	assert_non_null(r->worker);
	worker_want(r->worker, wanted, 1);
}

static void stop(struct run *r)
{
	worker_stop(r->worker);
	board_put(r->board);
	library_free(r->library);
	wake_fd_fini(&r->wake);
	connect_proxy_free(r->proxy);
	tls_server_free(r->good);
	if (r->bad)
		tls_server_free(r->bad);
	unsetenv("CURL_CA_BUNDLE");
	unsetenv("https_proxy");
}

static void test_case(void **state)
{
	const struct line_case *c = *state;
	struct run r = {0};
	void *client = NULL;
	int64_t fetched_ms;

	assert_int_equal(client_setup(&client), 0);
	r.client = client;
	write_files(&r);
	serve(&r, c);
	make_good(&r);
	start(&r);
	until(&r, c->name, false);
	check_case(c->name, r.board->n_rows == 2 && r.board->err.code == ERR_NONE);
	make_bad(&r, c);
	until(&r, c->name, true);
	fetched_ms = r.board->fetched_ms;
	check_case(c->name, r.board->n_rows == 2 && fetched_ms > 0);
	check_case(c->name, r.board->asked_ms >= fetched_ms);
	if (r.board->err.code != c->code ||
	    !str_starts(str_from(r.board->err.text), str_from(c->says)))
		fail_msg("%s: %s: %s", c->name, err_name(r.board->err.code),
			 r.board->err.text);
	make_good(&r);
	until(&r, c->name, false);
	check_case(c->name, r.board->n_rows == 2 && r.board->fetched_ms > fetched_ms);
	stop(&r);
	client_teardown(&client);
}

int main(void)
{
	enum { N = sizeof(cases) / sizeof(*cases) };
	struct CMUnitTest tests[N] = {0};

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){.name = cases[i].name,
					       .test_func = test_case,
					       .initial_state =
						       (void *)(uintptr_t)&cases[i]};
	return _cmocka_run_group_tests("line", tests, N, scratch_make, scratch_drop);
}
