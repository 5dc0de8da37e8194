/* 200 addresses polled through our client beside `curl --parallel`, from the same
 * server in the same run, over as many connections. Budget: 1.2 times curl, in
 * time and in processor time. Each side is a process of its own; what curl needs to
 * load itself is measured with one address and shown, so that nobody takes it for
 * polling. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/secret.h"
#include "base/xalloc.h"
#include "net/http.h"
#include "sim/sim.h"
#include "sim/tenant/token.h"

enum { ADDRESSES = 200, CONNECTIONS = 8, ROUNDS = 9, SEED = 1 };
#define BUDGET 1.2

struct bench {
	char url[128];
	struct strbuf token;
	char config[64]; /* for curl */
	char single[64]; /* the same with one address */
	char output[64]; /* of curl: a line an answer */
};

struct cost {
	double wall_ms;
	double cpu_ms;
};

static void target_of(struct strbuf *out, const struct bench *b, int i)
{
	static const int pools[] = {1, 10, 12, 14};

	strbuf_reset(out);
	strbuf_printf(out,
		      "%s/_devops/contoso/_apis/distributedtask/pools/%d/"
		      "jobrequests?api-version=7.1&n=%d",
		      b->url, pools[i % 4], i);
}

static pid_t start_server(struct bench *b)
{
	int pipes[2];
	pid_t pid;
	ssize_t n;

	if (pipe(pipes) != 0)
		fatal("bench_net: no pipe");
	pid = fork();
	if (pid == 0) {
		struct clock clock;
		struct err err;
		struct loop *loop;
		struct sim *sim;

		clock_init_real(&clock);
		loop = loop_new(&clock, &err);
		sim = sim_new(loop, &(struct sim_options){.seed = SEED, .clock = &clock},
			      &err);
		if (!sim || write(pipes[1], sim_url(sim), strlen(sim_url(sim))) < 0)
			_exit(1);
		close(pipes[1]);
		loop_run(loop);
		_exit(0);
	}
	close(pipes[1]);
	n = read(pipes[0], b->url, sizeof(b->url) - 1);
	close(pipes[0]);
	if (pid < 0 || n <= 0)
		fatal("bench_net: the server does not start");
	b->url[n] = '\0';
	return pid;
}

struct poll {
	int n_done;
	int n_good;
	size_t bytes;
};

static void on_done(struct http_response *r, void *ctx)
{
	struct poll *p = ctx;

	p->n_done++;
	p->n_good += r->status == 200;
	p->bytes += r->body.n;
}

/* In a child: everything from nothing to the last answer. */
static int poll_all(const struct bench *b)
{
	struct http_options options = {.user_agent = "azdeck/bench",
				       .max_connections = CONNECTIONS};
	struct poll p = {0};
	struct strbuf target;
	struct clock clock;
	struct err err;
	struct loop *loop;
	struct http *http;

	clock_init_real(&clock);
	loop = loop_new(&clock, &err);
	http = http_new(loop, &options, &err);
	strbuf_init(&target, 1024);
	for (int i = 0; i < ADDRESSES; i++) {
		const struct http_auth auth = {.kind = HTTP_AUTH_BEARER,
					       .secret = strbuf_str(&b->token)};
		struct http_request r = {.auth = &auth};

		target_of(&target, b, i);
		r.url = strbuf_str(&target);
		http_send(http, &r, on_done, &p);
	}
	while (p.n_done < ADDRESSES)
		loop_turn(loop, 1000);
	http_free(http);
	loop_free(loop);
	return p.n_good == ADDRESSES && p.bytes > ADDRESSES * 100 ? 0 : 1;
}

static void write_config(const struct bench *b, char *path, size_t size, int n)
{
	struct strbuf target;
	FILE *f;
	int fd;

	snprintf(path, size, "/tmp/bench_net.XXXXXX");
	fd = mkstemp(path);
	f = fd < 0 ? NULL : fdopen(fd, "w");
	if (!f)
		fatal("bench_net: no temporary file");
	fprintf(f, "header = \"Authorization: Bearer %s\"\n", b->token.p);
	fprintf(f, "write-out = \"%%{http_code}\\n\"\n");
	strbuf_init(&target, 1024);
	for (int i = 0; i < n; i++) {
		target_of(&target, b, i);
		fprintf(f, "url = \"%s\"\noutput = \"/dev/null\"\n", target.p);
	}
	strbuf_fini(&target);
	fclose(f);
}

static int run_curl_on(const struct bench *b, const char *config)
{
	char max[16];

	snprintf(max, sizeof(max), "%d", CONNECTIONS);
	if (!freopen(b->output, "w", stdout) || !freopen("/dev/null", "w", stderr))
		return 1;
	execlp("curl", "curl", "-q", "-s", "--parallel", "--parallel-max", max,
	       "--config", config, (char *)NULL);
	return 127;
}

static int run_curl(const struct bench *b)
{
	return run_curl_on(b, b->config);
}

static int run_curl_once(const struct bench *b)
{
	return run_curl_on(b, b->single);
}

static bool curl_got_all(const struct bench *b)
{
	FILE *f = fopen(b->output, "r");
	char line[64];
	int n = 0;

	while (f && fgets(line, sizeof(line), f))
		n += strcmp(line, "200\n") == 0;
	if (f)
		fclose(f);
	return n == ADDRESSES;
}

static double ms_of(struct timeval t)
{
	return (double)t.tv_sec * 1000 + (double)t.tv_usec / 1000;
}

/* False when the child failed. */
static bool measure(const struct bench *b, int (*run)(const struct bench *),
		    struct cost *cost)
{
	int64_t start_us = clock_mono_us();
	struct rusage used;
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(run(b));
	if (pid < 0 || wait4(pid, &status, 0, &used) < 0)
		return false;
	cost->wall_ms = (double)(clock_mono_us() - start_us) / 1000;
	cost->cpu_ms = ms_of(used.ru_utime) + ms_of(used.ru_stime);
	return status == 0;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static struct cost median(const struct cost *rounds)
{
	double wall[ROUNDS], cpu[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		wall[i] = rounds[i].wall_ms;
		cpu[i] = rounds[i].cpu_ms;
	}
	qsort(wall, ROUNDS, sizeof(*wall), by_value);
	qsort(cpu, ROUNDS, sizeof(*cpu), by_value);
	return (struct cost){.wall_ms = wall[ROUNDS / 2], .cpu_ms = cpu[ROUNDS / 2]};
}

static int compare(const struct bench *b)
{
	struct cost ours[ROUNDS], curls[ROUNDS], loads[ROUNDS], we, they, load;
	double wall, cpu;

	for (int i = 0; i < ROUNDS; i++)
		if (!measure(b, run_curl_once, &loads[i]) ||
		    !measure(b, poll_all, &ours[i]) || !measure(b, run_curl, &curls[i]) ||
		    !curl_got_all(b)) {
			fprintf(stderr, "bench_net: a side did not get all answers "
					"(is curl installed?)\n");
			return 1;
		}
	we = median(ours);
	they = median(curls);
	load = median(loads);
	printf("%7d addresses  ours   %8.2f ms  %8.2f ms of processor\n", ADDRESSES,
	       we.wall_ms, we.cpu_ms);
	printf("%7d addresses  curl   %8.2f ms  %8.2f ms of processor\n", ADDRESSES,
	       they.wall_ms, they.cpu_ms);
	printf("%7d address    curl   %8.2f ms  %8.2f ms of processor\n", 1, load.wall_ms,
	       load.cpu_ms);
	wall = we.wall_ms / (they.wall_ms - load.wall_ms);
	cpu = we.cpu_ms / (they.cpu_ms - load.cpu_ms);
	printf("%7d rounds     ratio  %8.2f     %8.2f, curl's loading taken off; budget "
	       "%.1f: %s\n",
	       ROUNDS, wall, cpu, BUDGET,
	       wall <= BUDGET && cpu <= BUDGET ? "kept" : "MISSED");
	return 0;
}

int main(void)
{
	struct bench b = {0};
	struct token_key key;
	struct clock clock;
	pid_t server;
	int rc;

	if (!secret_setup())
		return 1;
	server = start_server(&b);
	clock_init_real(&clock);
	token_key_init(&key, SEED);
	strbuf_init(&b.token, 8192);
	token_issue(&b.token, &key, STR("bench"), STR("https://management.azure.com"),
		    "contoso", clock_wall_ms(&clock));
	write_config(&b, b.config, sizeof(b.config), ADDRESSES);
	write_config(&b, b.single, sizeof(b.single), 1);
	snprintf(b.output, sizeof(b.output), "%s.out", b.config);
	rc = compare(&b);
	unlink(b.config);
	unlink(b.single);
	unlink(b.output);
	kill(server, SIGTERM);
	waitpid(server, NULL, 0);
	strbuf_fini(&b.token);
	return rc;
}
