/* The whole program in a pseudo-terminal, against its budgets: first frame, live
 * panes, memory, silence, keys, a flood of keys, a storm of sizes. Medians, at
 * 120x40. Figures are printed, not judged by the exit status: a busy machine would
 * fail them. */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

#include "base/clock.h"
#include "base/strbuf.h"

enum {
	ROWS = 40,
	COLUMNS = 120,
	STARTS = 15,
	KEYS = 200,
	FLOOD = 200,
	SIZES = 42,
	QUIET_MS = 300,
	WARM_MS = 1500,
	IDLE_MS = 3000,
	SETTLED_MS = 12000, /* what boards share of answers has gone */
	SAMPLES = 20
};

/* A Wednesday at work: what is to be done then is the same whenever it is measured. */
#define AT "2026-03-11T10:20:30Z"

struct deck {
	pid_t pid;
	int fd;
	int64_t started_us;
	struct strbuf seen; /* all it wrote */
};

static double ms_since(int64_t from_us)
{
	return (double)(clock_mono_us() - from_us) / 1000;
}

static void start(struct deck *d, const char *program)
{
	struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};

	strbuf_init(&d->seen, (size_t)16 << 20);
	d->started_us = clock_mono_us();
	d->pid = forkpty(&d->fd, NULL, NULL, &size);
	if (d->pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		unsetenv("COLORTERM");
		unsetenv("NO_COLOR");
		execl(program, program, "--demo", "--at", AT, (char *)NULL);
		_exit(127);
	}
	if (d->pid < 0) {
		perror("bench_tty: forkpty");
		exit(1);
	}
}

/* Bytes that came within wait_ms, as soon as any came; 0: none. */
static size_t take(struct deck *d, int wait_ms)
{
	struct pollfd fd = {.fd = d->fd, .events = POLLIN};
	char bytes[65536];
	ssize_t n;

	if (poll(&fd, 1, wait_ms) <= 0)
		return 0;
	n = read(d->fd, bytes, sizeof(bytes));
	if (n <= 0)
		return 0;
	strbuf_put(&d->seen, (struct str){bytes, (size_t)n});
	return (size_t)n;
}

static size_t take_until_quiet(struct deck *d, int quiet_ms)
{
	size_t total = 0, n;

	while ((n = take(d, quiet_ms)) > 0)
		total += n;
	return total;
}

static bool take_until_text(struct deck *d, const char *text)
{
	int64_t from = clock_mono_us();

	while (!strstr(d->seen.p, text)) {
		take(d, 100);
		if (ms_since(from) > 10000)
			return false;
	}
	return true;
}

/* What a person sees of it. */
struct seen {
	VTerm *vt;
	VTermScreen *screen;
	size_t drawn; /* bytes of all it wrote */
};

static void see(struct seen *s, const struct deck *d)
{
	vterm_input_write(s->vt, d->seen.p + s->drawn, d->seen.n - s->drawn);
	s->drawn = d->seen.n;
}

static bool is_loading(const struct seen *s)
{
	char line[COLUMNS * 4 + 1];

	for (int y = 0; y < ROWS; y++) {
		const VTermRect row = {y, y + 1, 0, COLUMNS};
		size_t n = vterm_screen_get_text(s->screen, line, sizeof(line) - 1, row);

		line[n] = '\0';
		if (strstr(line, "loading"))
			return true;
	}
	return false;
}

/* Milliseconds after the start: until no pane says any more that it loads, and of the last
 * byte before it falls quiet, when the last board that came was drawn. */
static void take_until_live(struct deck *d, double *live, double *last)
{
	struct seen s = {.vt = vterm_new(ROWS, COLUMNS)};

	s.screen = vterm_obtain_screen(s.vt);
	vterm_set_utf8(s.vt, 1);
	vterm_screen_reset(s.screen, 1);
	see(&s, d);
	*live = 0;
	*last = ms_since(d->started_us);
	while (take(d, QUIET_MS) > 0) {
		*last = ms_since(d->started_us);
		see(&s, d);
		if (is_loading(&s))
			*live = 0;
		else if (*live == 0)
			*live = *last;
	}
	vterm_free(s.vt);
}

static void send_keys(struct deck *d, const char *keys, size_t n)
{
	if (write(d->fd, keys, n) != (ssize_t)n)
		perror("bench_tty: write");
}

static void stop(struct deck *d)
{
	int status = 0;

	send_keys(d, "q", 1);
	while (take(d, 1000) > 0)
		;
	waitpid(d->pid, &status, 0);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		printf("the deck ended with status %d\n", status);
	close(d->fd);
	strbuf_fini(&d->seen);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double percentile(double *values, size_t n, size_t percent)
{
	qsort(values, n, sizeof(*values), compare);
	return values[n * percent / 100 < n ? n * percent / 100 : n - 1];
}

static void report(const char *what, double value, const char *unit, double budget)
{
	printf("%-34s %9.3f %-6s budget %7.2f  %s\n", what, value, unit, budget,
	       value <= budget ? "within" : "OVER");
}

/* A number from /proc/PID/status, summed over the threads when `task` is set. */
static long proc_value(pid_t pid, const char *name, bool is_by_thread)
{
	char command[200], line[64] = "0";
	FILE *f;

	snprintf(command, sizeof(command),
		 "cat /proc/%d/%sstatus | awk '/^%s/ {n += $2} END {print n + 0}'",
		 (int)pid, is_by_thread ? "task/*/" : "", name);
	f = popen(command, "r");
	if (!f || !fgets(line, sizeof(line), f))
		perror("bench_tty: /proc");
	if (f)
		pclose(f);
	return strtol(line, NULL, 10);
}

static void bench_start(const char *program)
{
	double frame[STARTS], live[STARTS], last[STARTS];

	for (int i = 0; i < STARTS; i++) {
		struct deck d;

		start(&d, program);
		if (!take_until_text(&d, "Agents"))
			printf("no frame came\n");
		frame[i] = ms_since(d.started_us);
		take_until_live(&d, &live[i], &last[i]);
		stop(&d);
	}
	report("first frame", percentile(frame, STARTS, 50), "ms", 9);
	report("every pane live", percentile(live, STARTS, 50), "ms", 120);
	printf("%-34s %9.3f ms\n", "everything asked for is drawn",
	       percentile(last, STARTS, 50));
}

static void bench_idle(struct deck *d)
{
	long switches = proc_value(d->pid, "(non)?voluntary_ctxt_switches", true);
	int64_t from = clock_mono_us();
	size_t bytes = 0;

	while (ms_since(from) < IDLE_MS)
		bytes += take(d, IDLE_MS - (int)ms_since(from) + 1);
	switches = proc_value(d->pid, "(non)?voluntary_ctxt_switches", true) - switches;
	report("idle: written", (double)bytes * 1000 / IDLE_MS, "B/s", 30);
	printf("%-34s %9.3f per s\n", "idle: context switches",
	       (double)switches * 1000 / IDLE_MS);
}

/* Boards are polled meanwhile: it goes up with each wave, and down after it. */
static void bench_memory(struct deck *d)
{
	double mib[SAMPLES];

	while (ms_since(d->started_us) < SETTLED_MS)
		take(d, 100);
	for (int i = 0; i < SAMPLES; i++) {
		while (ms_since(d->started_us) < SETTLED_MS + i * 1000)
			take(d, 100);
		mib[i] = (double)proc_value(d->pid, "VmRSS", false) / 1024;
	}
	report("memory, median of 20 s", percentile(mib, SAMPLES, 50), "MiB", 16);
	printf("%-34s %9.3f MiB, at the start %.3f\n", "memory, most", mib[SAMPLES - 1],
	       (double)proc_value(d->pid, "VmHWM", false) / 1024);
}

static void bench_keys(struct deck *d)
{
	double took[KEYS];
	size_t bytes = 0;

	for (int i = 0; i < KEYS; i++) {
		int64_t from = clock_mono_us();

		send_keys(d, i % 2 ? "k" : "j", 1);
		bytes += take(d, 2000);
		took[i] = ms_since(from);
		bytes += take_until_quiet(d, 10);
	}
	report("a key, median", percentile(took, KEYS, 50), "ms", 0.2);
	report("a key, 99th percentile", percentile(took, KEYS, 99), "ms", 0.5);
	report("a key, bytes", (double)bytes / KEYS, "B", 120);
}

static void bench_flood(struct deck *d)
{
	char keys[FLOOD];
	int64_t from;
	size_t bytes;
	double took;

	memset(keys, 'j', sizeof(keys));
	from = clock_mono_us();
	send_keys(d, keys, sizeof(keys));
	bytes = take(d, 2000);
	took = ms_since(from);
	bytes += take_until_quiet(d, 20);
	report("200 keys in one write", took, "ms", 2);
	report("200 keys in one write, bytes", (double)bytes, "B", 2048);
}

static void bench_resize(struct deck *d)
{
	struct winsize size = {0};
	int64_t from;
	size_t bytes;

	for (int i = 0; i < SIZES; i++) {
		size = (struct winsize){.ws_row = (unsigned short)(1 + (i * 7) % 60),
					.ws_col = (unsigned short)(1 + (i * 31) % 200)};
		ioctl(d->fd, TIOCSWINSZ, &size);
		take(d, 0);
	}
	take_until_quiet(d, 100);
	size = (struct winsize){.ws_row = ROWS, .ws_col = COLUMNS};
	from = clock_mono_us();
	ioctl(d->fd, TIOCSWINSZ, &size);
	bytes = take(d, 2000);
	report("after a storm of sizes, settled", ms_since(from), "ms", 1);
	bytes += take_until_quiet(d, 50);
	if (bytes < 2000)
		printf("the last size was not filled: %zu bytes\n", bytes);
}

int main(void)
{
	const char *build = getenv("AZ_BUILDDIR");
	char program[4096];
	struct deck d;

	snprintf(program, sizeof(program), "%s/azdeck", build ? build : ".");
	if (access(program, X_OK) < 0) {
		fprintf(stderr, "bench_tty: no %s\n", program);
		return 1;
	}
	bench_start(program);
	start(&d, program);
	take_until_quiet(&d, WARM_MS);
	bench_idle(&d);
	bench_keys(&d);
	bench_flood(&d);
	bench_resize(&d);
	bench_memory(&d);
	stop(&d);
	return 0;
}
