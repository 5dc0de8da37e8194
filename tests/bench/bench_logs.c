/* What logs cost, in a file of AZ_LOG_BENCH_MB megabytes (200) that is made and removed:
 * the last page, the index and the memory it takes, counting lines beside `grep -c -F`
 * in the same run, and the ring. Budgets: the page in 5 ms, 24 MiB, 1.2 times grep's
 * processor time, a million lines a second. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/rng.h"
#include "base/strbuf.h"
#include "stream/line_index.h"
#include "stream/log_file.h"
#include "stream/recognise.h"
#include "stream/ring.h"

enum { ROUNDS = 5, PAGE_ROWS = 50, RING_LINES = 3000000 };

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *values, size_t n)
{
	qsort(values, n, sizeof(*values), by_value);
	return values[n / 2];
}

static void put_line(struct strbuf *text, struct rng *rng, int64_t i)
{
	static const char *const levels[] = {"INFO",  "INFO", "INFO",
					     "DEBUG", "WARN", "ERROR"};
	static const char *const apps[] = {"payments-api", "qodex-web", "atlas-worker"};

	strbuf_printf(text,
		      "2026-11-%02dT%02d:%02d:%02d.%03dZ %s %s[%d]: request %010llx took "
		      "%d ms status=%d path=/api/v1/orders/%lld\n",
		      (int)(1 + i / 400000 % 28), (int)(i / 3600 % 24),
		      (int)(i / 60 % 60), (int)(i % 60), (int)(i % 1000),
		      levels[rng_range(rng, 0, 5)], apps[rng_range(rng, 0, 2)],
		      (int)(i % 97), (unsigned long long)(rng_next(rng) >> 24),
		      (int)(i % 3000), rng_range(rng, 0, 3) ? 200 : 500, (long long)i);
}

static void make_file(const char *path, int64_t bytes)
{
	FILE *out = fopen(path, "w");
	struct strbuf text;
	struct rng rng;
	int64_t made = 0;

	if (!out)
		exit(1);
	rng_init(&rng, 1);
	strbuf_init(&text, 1 << 20);
	for (int64_t i = 0; made < bytes; i++) {
		strbuf_reset(&text);
		put_line(&text, &rng, i);
		made += (int64_t)fwrite(text.p, 1, text.n, out);
	}
	fclose(out);
	strbuf_fini(&text);
}

/* Processor milliseconds of a program whose output nobody reads. It goes to a pipe, for
 * grep stops at the first line when it sees that it writes to /dev/null. */
static double cpu_ms(const char *const *argv)
{
	struct rusage used;
	int status, ends[2];
	pid_t pid;

	if (pipe(ends) != 0)
		exit(1);
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid || !WIFEXITED(status) ||
	    WEXITSTATUS(status) > 1)
		exit(1);
	close(ends[0]);
	close(ends[1]);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
	       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

static void search(const char *path, const char *text)
{
	const char *build = getenv("AZ_BUILDDIR");
	const char *theirs[] = {"grep", "-c", "-F", "-e", text, path, NULL};
	const char *ours[] = {NULL, "logs", "--count", "--grep", text, path, NULL};
	double grep[ROUNDS], azdeck[ROUNDS], a, b;
	char program[4096];

	snprintf(program, sizeof(program), "%s/azdeck", build ? build : ".");
	ours[0] = program;
	for (int i = 0; i < ROUNDS; i++) {
		grep[i] = cpu_ms(theirs);
		azdeck[i] = cpu_ms(ours);
	}
	a = median(grep, ROUNDS);
	b = median(azdeck, ROUNDS);
	printf("count \"%s\"%*s grep %7.1f ms  azdeck %7.1f ms  %5.2f times\n", text,
	       (int)(26 - strlen(text)), "", a, b, b / a);
}

static double resident_mib(void)
{
	FILE *in = fopen("/proc/self/statm", "r");
	long all = 0, resident = 0;

	if (!in || fscanf(in, "%ld %ld", &all, &resident) != 2)
		resident = 0;
	if (in)
		fclose(in);
	return (double)resident * (double)sysconf(_SC_PAGESIZE) / (1 << 20);
}

/* From the name to the last rows. */
static double last_page_ms(const char *path)
{
	int64_t begin = clock_mono_us();
	struct err err;
	struct log_file *f = log_file_open(path, &err);
	struct log_row row;

	if (!f)
		exit(1);
	row.at = log_file_size(f);
	for (int i = 0; i < PAGE_ROWS && log_file_row_before(f, row.at, &row); i++) {
		struct line line;

		line_recognise(row.text, 0, &line);
	}
	begin = clock_mono_us() - begin;
	log_file_free(f);
	return (double)begin / 1e3;
}

static void open_and_index(const char *path)
{
	double ms[101], before;
	struct line_index index = {0};
	struct log_file *f;
	int64_t begin, at, steps = 0;
	struct err err;

	for (size_t i = 0; i < 101; i++)
		ms[i] = last_page_ms(path);
	printf("the last page                          %8.3f ms (worst %.3f)\n",
	       median(ms, 101), ms[100]);
	before = resident_mib();
	f = log_file_open(path, &err);
	if (!f)
		exit(1);
	begin = clock_mono_us();
	while (!line_index_step(&index, f, 4 << 20))
		steps++;
	printf("the index, %9llu rows             %8.1f ms in %lld steps\n",
	       (unsigned long long)index.rows, (double)(clock_mono_us() - begin) / 1e3,
	       (long long)steps + 1);
	begin = clock_mono_us();
	if (!line_index_find(&index, f, index.rows / 2, &at))
		exit(1);
	printf("to the row in the middle               %8.3f ms\n",
	       (double)(clock_mono_us() - begin) / 1e3);
	printf("memory, open and indexed               %8.1f MiB resident, %.1f of it "
	       "for this\n",
	       resident_mib(), resident_mib() - before);
	line_index_fini(&index);
	log_file_free(f);
}

static void ring(void)
{
	struct ring *r = ring_new(16 << 20);
	struct strbuf text;
	struct line line;
	struct rng rng;
	int64_t begin, us;

	rng_init(&rng, 2);
	strbuf_init(&text, 4096);
	put_line(&text, &rng, 77);
	begin = clock_mono_us();
	for (int i = 0; i < RING_LINES; i++) {
		line_recognise(strbuf_str(&text), 0, &line);
		ring_put(r, &line);
	}
	us = clock_mono_us() - begin;
	printf("the ring, lines recognised and kept    %8.2f million a second\n",
	       (double)RING_LINES / (double)us);
	begin = clock_mono_us();
	for (int i = 0; i < RING_LINES; i++)
		ring_put(r, &line);
	us = clock_mono_us() - begin;
	printf("the ring, lines kept                   %8.2f million a second\n",
	       (double)RING_LINES / (double)us);
	strbuf_fini(&text);
	ring_free(r);
}

int main(void)
{
	static const char *const texts[] = {"ERROR", "status=500", "zebra",
					    "payments-api[12]: request", "e"};
	const char *dir = getenv("TMPDIR"), *size = getenv("AZ_LOG_BENCH_MB");
	long megabytes = size ? strtol(size, NULL, 10) : 200;
	char path[4096];
	int fd;

	snprintf(path, sizeof(path), "%s/azdeck-bench-XXXXXX", dir ? dir : "/tmp");
	fd = mkstemp(path);
	if (fd < 0)
		return 1;
	close(fd);
	make_file(path, (int64_t)megabytes * 1000000);
	printf("%ld MB\n", megabytes);
	open_and_index(path);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		search(path, texts[i]);
	unlink(path);
	ring();
	return 0;
}
