/* A large estate through Resource Graph: 50 subscriptions with 20,000 resources, 20
 * pages from a server in a process of its own, through the whole client into the
 * board `resources`. Budgets: 21 calls, not one a resource; two seconds without the
 * service's own pace, and within its quota (15 calls in 5 s) twelve; no turn of the
 * loop takes more than 5 ms of processor time: while the pages come, when the memory
 * is swept after it, and when a second board takes the place of the first. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "base/secret.h"
#include "base/xalloc.h"
#include "board/poller.h"
#include "wire/fake_server.h"
#include "worker/connect.h"

enum { SUBSCRIPTIONS = 50, RESOURCES = 20000, PER_PAGE = 1000, QUOTA = 15 };
enum { PAGES = RESOURCES / PER_PAGE, PATIENCE_MS = 60000, SWEPT_MS = 1500 };
enum { MOST_HELD_US = 5000 };

#define TOKEN_PATH "/contoso.example/oauth2/v2.0/token"
#define GRAPH_PATH "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01"

static const char *const types[] = {
	"microsoft.compute/virtualmachines",   "microsoft.compute/disks",
	"microsoft.network/networkinterfaces", "microsoft.network/publicipaddresses",
	"microsoft.storage/storageaccounts",   "microsoft.web/sites",
	"microsoft.sql/servers/databases",     "microsoft.keyvault/vaults"};
enum { TYPES = sizeof(types) / sizeof(types[0]) };

static void put_row(struct strbuf *out, int i)
{
	int sub = i % SUBSCRIPTIONS;
	const char *type = types[i % TYPES];

	strbuf_printf(
		out,
		"%s{\"id\":\"/subscriptions/00000000-0000-0000-0000-0000000000%02d/"
		"resourceGroups/rg-atlas-%d/providers/%s/"
		"res-%05d\",\"name\":\"res-%05d\","
		"\"type\":\"%s\",\"kind\":\"\",\"location\":\"westeurope\","
		"\"resourceGroup\":\"rg-atlas-%d\",\"subscriptionId\":"
		"\"00000000-0000-0000-0000-0000000000%02d\",\"managedBy\":\"\",\"sku\":"
		"\"Standard_LRS\",\"tags\":{\"workload\":\"Atlas\",\"environment\":"
		"\"prod\"},\"state\":\"%s\",\"disk\":%s,\"machine\":null,\"endpoint\":"
		"null,\"address\":null,\"nat\":null}",
		out->p[out->n - 1] == '[' ? "" : ",", sub, i % 400, type, i, i, type,
		i % 400, sub, i % 997 ? "Succeeded" : "Failed",
		i % TYPES == 1 ? "\"Attached\"" : "null");
}

/* The texts live as long as the server does. */
static void serve_pages(struct fake_server *fs, bool has_quota)
{
	for (int page = 0; page < PAGES; page++) {
		struct strbuf body, headers;

		strbuf_init(&body, 4 << 20);
		strbuf_init(&headers, 256);
		strbuf_printf(&headers,
			      "x-ms-user-quota-remaining: %d\r\n"
			      "x-ms-user-quota-resets-after: 00:00:0%d\r\n",
			      has_quota ? QUOTA - 1 - page % QUOTA : QUOTA - 1,
			      page % QUOTA < 12 ? 5 : 4 - (page % QUOTA - 12) * 3 / 2);
		strbuf_printf(&body,
			      "{\"totalRecords\":%d,\"count\":%d,\"resultTruncated\":"
			      "\"false\",\"facets\":[],",
			      RESOURCES, PER_PAGE);
		if (page + 1 < PAGES)
			strbuf_printf(&body, "\"$skipToken\":\"page-%d\",", page + 1);
		strbuf_puts(&body, "\"data\":[");
		for (int i = 0; i < PER_PAGE; i++)
			put_row(&body, page * PER_PAGE + i);
		strbuf_puts(&body, "]}");
		fake_server_on(fs, "POST", GRAPH_PATH,
			       (struct fake_reply){.status = 200,
						   .headers = strbuf_take(&headers),
						   .body = str_from(strbuf_take(&body))});
	}
}

static void serve_subscriptions(struct fake_server *fs)
{
	struct strbuf body;

	strbuf_init(&body, 1 << 20);
	strbuf_puts(&body, "{\"value\":[");
	for (int i = 0; i < SUBSCRIPTIONS; i++)
		strbuf_printf(
			&body,
			"%s{\"id\":\"/subscriptions/x%02d\",\"subscriptionId\":"
			"\"00000000-0000-0000-0000-0000000000%02d\",\"displayName\":"
			"\"Contoso %02d\",\"state\":\"Enabled\"}",
			i ? "," : "", i, i, i);
	strbuf_puts(&body, "]}");
	fake_server_on(fs, "GET", "/subscriptions?api-version=2022-12-01",
		       (struct fake_reply){.status = 200,
					   .body = str_from(strbuf_take(&body))});
	fake_server_on(fs, "POST", TOKEN_PATH,
		       (struct fake_reply){.status = 200,
					   .body = STR("{\"token_type\":\"Bearer\","
						       "\"expires_in\":3600,"
						       "\"access_token\":\"t\"}")});
}

/* A child that serves until it is ended; its URL. */
static pid_t start_server(bool has_quota, char *url, size_t size)
{
	int pipes[2];
	pid_t pid;
	ssize_t n;

	if (pipe(pipes) != 0)
		fatal("bench_estate: no pipe");
	pid = fork();
	if (pid == 0) {
		struct clock clock;
		struct err err;
		struct loop *loop;
		struct fake_server *fs;

		clock_init_real(&clock);
		loop = loop_new(&clock, &err);
		fs = fake_server_new(loop);
		serve_subscriptions(fs);
		serve_pages(fs, has_quota);
		serve_pages(fs, has_quota); /* for the next board */
		if (write(pipes[1], fake_server_url(fs), strlen(fake_server_url(fs))) < 0)
			_exit(1);
		close(pipes[1]);
		loop_run(loop);
		_exit(0);
	}
	close(pipes[1]);
	n = read(pipes[0], url, size - 1);
	close(pipes[0]);
	if (pid < 0 || n <= 0)
		fatal("bench_estate: the server does not start");
	url[n] = '\0';
	return pid;
}

struct deck {
	struct connections connections;
	struct loop *loop;
	struct board *board;
	unsigned n_boards;
	/* Processor time of the thread when the turn began; waiting is none. */
	uv_prepare_t prepare;
	int64_t turn_us;
	int64_t held_us; /* the longest turn */
};

static const struct connection *find_connection(void *ctx, enum conn_kind kind, size_t i)
{
	return connections_find(&((struct deck *)ctx)->connections, kind, i);
}

static void on_board(void *ctx, struct board *board)
{
	struct deck *d = ctx;

	if (board->is_loading)
		return;
	board_put(d->board);
	d->board = board_get(board);
	d->n_boards++;
}

static int64_t thread_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void on_turn(uv_prepare_t *prepare)
{
	struct deck *d = prepare->data;
	int64_t now_us = thread_us();

	if (now_us - d->turn_us > d->held_us)
		d->held_us = now_us - d->turn_us;
	d->turn_us = now_us;
}

static void watch_turns(struct deck *d)
{
	uv_prepare_init(loop_uv(d->loop), &d->prepare);
	d->prepare.data = d;
	d->turn_us = thread_us();
	uv_prepare_start(&d->prepare, on_turn);
}

/* The longest turn since it was asked last. */
static double held_ms(struct deck *d)
{
	double held = (double)d->held_us / 1000;

	d->held_us = 0;
	return held;
}

static double cpu_ms(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000 +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1000;
}

static double peak_mib(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)u.ru_maxrss / 1024;
}

static void turn_for(struct deck *d, int64_t ms)
{
	int64_t until_us = clock_mono_us() + ms * 1000;

	while (clock_mono_us() < until_us)
		loop_turn(d->loop, 50);
}

static void wait_for_board(struct deck *d, unsigned n)
{
	int64_t until_us = clock_mono_us() + PATIENCE_MS * 1000LL;

	while (d->n_boards < n && clock_mono_us() < until_us)
		loop_turn(d->loop, 100);
}

static struct poller *open_poller(struct deck *d, struct api *api,
				  const struct library *library)
{
	const struct poller_options options = {.api = api,
					       .loop = d->loop,
					       .library = library,
					       .speed = 1,
					       .connection = find_connection,
					       .publish = on_board,
					       .ctx = d};

	return poller_new(&options);
}

static bool tell_hold(struct deck *d, const char *what)
{
	bool is_good = d->held_us <= MOST_HELD_US;

	printf("  %-28s %5.1f ms  %s\n", what, held_ms(d),
	       is_good ? "ok" : "over budget");
	return is_good;
}

/* Everything an estate does to the loop, stage by stage. */
static bool fetch(struct deck *d, struct http *http, const struct library *library,
		  double budget_ms)
{
	static const char *const names[] = {"resources"};
	struct api *api = api_new(http, d->loop, NULL);
	struct poller *poller = open_poller(d, api, library);
	double began_cpu = cpu_ms(), took_ms;
	int64_t began_us = clock_mono_us();
	bool is_good;

	poller_want(poller, names, 1);
	wait_for_board(d, 1);
	took_ms = (double)(clock_mono_us() - began_us) / 1000;
	is_good = d->board && d->board->n_rows == RESOURCES && !d->board->is_partial &&
		  took_ms <= budget_ms;
	printf("  %6zu rows in %.0f ms, %.0f ms of them busy, %.0f MiB  %s\n",
	       d->board ? d->board->n_rows : 0, took_ms, cpu_ms() - began_cpu, peak_mib(),
	       is_good ? "ok" : "over budget");
	if (d->board && d->board->is_partial)
		printf("  partial: %s\n", d->board->err.text);
	is_good = tell_hold(d, "held while the pages come") && is_good;
	turn_for(d, SWEPT_MS);
	is_good = tell_hold(d, "held by the sweep") && is_good;
	poller_refresh(poller, names[0]);
	wait_for_board(d, 2);
	is_good = d->board->n_rows == RESOURCES && is_good;
	is_good = tell_hold(d, "held by the next board") && is_good;
	turn_for(d, SWEPT_MS);
	is_good = tell_hold(d, "held by its sweep") && is_good;
	poller_free(poller);
	api_free(api);
	return is_good;
}

static bool run(const char *title, bool has_quota, double budget_ms)
{
	struct http_options options = {.user_agent = "azdeck/bench"};
	struct library *library = library_new(NULL, NULL, NULL);
	struct deck d = {0};
	struct clock clock;
	struct err err;
	struct http *http;
	char url[128];
	pid_t pid = start_server(has_quota, url, sizeof(url));
	bool is_good;

	printf("%s\n", title);
	clock_init_real(&clock);
	d.loop = loop_new(&clock, &err);
	http = http_new(d.loop, &options, &err);
	if (!connections_to_sim(&d.connections,
				&(struct credential_host){.http = http, .loop = d.loop},
				url, &err))
		fatal("bench_estate: no connection");
	watch_turns(&d);
	is_good = fetch(&d, http, library, budget_ms);
	board_put(d.board);
	uv_close((uv_handle_t *)&d.prepare, NULL);
	connections_fini(&d.connections);
	http_free(http);
	loop_free(d.loop);
	library_free(library);
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	return is_good;
}

int main(void)
{
	bool is_good;

	if (!secret_setup())
		fatal("bench_estate: libsodium does not start");
	is_good = run("20,000 resources, unpaced", false, 2000);
	is_good = run("20,000 resources, real quota", true, 12000) && is_good;
	return is_good ? 0 : 1;
}
