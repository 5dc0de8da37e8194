/* What logs cost, in files of AZ_LOG_BENCH_MB megabytes (200,1000) that are made and
 * removed: the last page, the index and the memory it takes, the same of the file packed
 * by gzip, counting lines beside `grep -c -F`, and lnav where there is one, in the same
 * run, and the ring. Budgets: the
 * page in 5 ms, 24 MiB, 1.2 times grep's processor time, a million lines a second. */
#include <fcntl.h>
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

enum { ROUNDS = 5, PAGE_ROWS = 50, RING_LINES = 1000000, LNAV_TEXTS = 2 };

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

/* Processor milliseconds of a program whose output nobody reads; below 0: there is no
 * such program. It goes to a pipe, for grep stops at the first line when it sees that it
 * writes to /dev/null. */
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
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid || !WIFEXITED(status))
		exit(1);
	close(ends[0]);
	close(ends[1]);
	if (WEXITSTATUS(status) == 127)
		return -1;
	if (WEXITSTATUS(status) > 1)
		exit(1);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
	       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

/* Once: it takes many times as long. It leaves its notes at home, which is nowhere. */
static void search_lnav(const char *path, const char *text, double grep_ms)
{
	char home[] = "HOME=/nonexistent", filter[256];
	const char *argv[] = {"env", home, "lnav", "-n",
			      "-c",  NULL, "-c",   ";SELECT count(*) FROM all_logs",
			      path,  NULL};
	double ms;

	snprintf(filter, sizeof(filter), ":filter-in %s", text);
	argv[5] = filter;
	ms = cpu_ms(argv);
	if (ms < 0)
		printf("# there is no lnav to compare with\n");
	else
		printf("%*s lnav %7.1f ms  %5.2f times\n", 53, "", ms, ms / grep_ms);
}

static void search(const char *path, const char *text, bool has_lnav)
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
	if (has_lnav)
		search_lnav(path, text, a);
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
	double ms[101], middle, before;
	struct line_index index = {0};
	struct log_file *f;
	int64_t begin, at, steps = 0;
	struct err err;

	for (size_t i = 0; i < 101; i++)
		ms[i] = last_page_ms(path);
	middle = median(ms, 101);
	printf("the last page                          %8.3f ms (worst %.3f)\n", middle,
	       ms[100]);
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

static double ms_since(int64_t begin_us)
{
	return (double)(clock_mono_us() - begin_us) / 1e3;
}

/* As the deck opens it: gone through once for points, then any place of it. */
static void packed(const char *path)
{
	char name[4096];
	const char *gzip[] = {"gzip", "-1", "-k", "-f", path, NULL};
	const char *test[] = {"gzip", "-t", name, NULL};
	double before, page[101], middle, unpacked;
	struct gunzip_points *points;
	struct line_index index = {0};
	struct gunzip_survey *survey;
	struct log_row row = {0};
	struct log_file *f;
	struct err err;
	int64_t begin;

	snprintf(name, sizeof(name), "%s.gz", path);
	if (cpu_ms(gzip) < 0) {
		printf("# there is no gzip\n");
		return;
	}
	unpacked = cpu_ms(test);
	before = resident_mib();
	begin = clock_mono_us();
	survey = gunzip_survey_new(open(name, O_RDONLY | O_CLOEXEC));
	while (gunzip_survey_step(survey, 8 << 20, &err) == GUNZIP_MORE)
		continue;
	points = gunzip_survey_points(survey);
	printf("gzip: %5zu points                   %8.1f ms (gzip -t %.1f)\n", points->n,
	       ms_since(begin), unpacked);
	f = log_file_new_packed(open(name, O_RDONLY | O_CLOEXEC), name, points, &err);
	if (!f)
		exit(1);
	begin = clock_mono_us();
	while (!line_index_step(&index, f, 4 << 20))
		continue;
	printf("gzip: the index                        %8.1f ms\n", ms_since(begin));
	for (int i = 0; i < 101; i++) {
		begin = clock_mono_us();
		if (!log_file_row_before(f, log_file_size(f) / 101 * ((i * 37) % 101 + 1),
					 &row))
			exit(1);
		page[i] = ms_since(begin);
	}
	middle = median(page, 101);
	printf("gzip: to any place                     %8.3f ms (worst %.3f)\n", middle,
	       page[100]);
	printf("gzip: memory, open and indexed         %8.1f MiB resident, %.1f of it "
	       "for this\n",
	       resident_mib(), resident_mib() - before);
	line_index_fini(&index);
	log_file_free(f);
	gunzip_points_put(points);
	gunzip_survey_free(survey);
	unlink(name);
}

static void ring_of(struct ring *r, const char *form, const char *text)
{
	struct str s = str_from(text);
	struct line line;
	int64_t begin = clock_mono_us(), us;

	for (int i = 0; i < RING_LINES; i++) {
		line_recognise(s, INT64_C(1795000000000), &line);
		ring_put(r, &line);
	}
	us = clock_mono_us() - begin;
	printf("the ring, recognised and kept: %-8s %7.2f million a second\n", form,
	       (double)RING_LINES / (double)us);
	if (strcmp(line_format_name(line.format), form) != 0)
		exit(1);
}

static void ring(void)
{
	static const char *const lines[][2] = {
		{"iso", "2026-11-01T04:05:06.123Z INFO payments-api[12]: request "
			"0123456789 took 12 ms status=200 path=/api/v1/orders/77"},
		{"json", "{\"time\":\"2026-11-21T04:05:06.123Z\",\"level\":\"error\","
			 "\"logger\":\"orders.api\",\"trace_id\":"
			 "\"4bf92f3577b34da6a3ce929d0e0e4736\",\"msg\":\"cannot reach "
			 "atlas-orders\",\"status\":500,\"ms\":12.5}"},
		{"logfmt", "time=2026-11-21T04:05:06Z level=warn msg=\"cannot reach it\" "
			   "service=orders status=500 trace=4bf92f3577b34da6"},
		{"klog",
		 "E1121 04:05:06.123456       1 reconciler.go:120] could not sync "
		 "the pod atlas/orders-api-7d9f: timeout"},
		{"syslog", "Oct 11 22:14:15 host app[12]: a text of some length, as such "
			   "lines have it"},
		{"plain",
		 "a line that says nothing of itself, of some length, as others"},
	};
	struct ring *r = ring_new(16 << 20);
	struct line line;
	int64_t begin, us;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		ring_of(r, lines[i][0], lines[i][1]);
	line_recognise(str_from(lines[0][1]), 0, &line);
	begin = clock_mono_us();
	for (int i = 0; i < RING_LINES; i++)
		ring_put(r, &line);
	us = clock_mono_us() - begin;
	printf("the ring, lines kept                    %7.2f million a second\n",
	       (double)RING_LINES / (double)us);
	ring_free(r);
}

static void file_of(long megabytes)
{
	static const char *const texts[] = {"ERROR", "status=500",
					    "zebra", "payments-api[12]: request",
					    "e",     "z"};
	const char *dir = getenv("TMPDIR");
	char path[4096];
	int fd;

	snprintf(path, sizeof(path), "%s/azdeck-bench-XXXXXX", dir ? dir : "/tmp");
	fd = mkstemp(path);
	if (fd < 0)
		exit(1);
	close(fd);
	make_file(path, (int64_t)megabytes * 1000000);
	printf("%ld MB\n", megabytes);
	open_and_index(path);
	packed(path);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		search(path, texts[i], i < LNAV_TEXTS);
	unlink(path);
}

int main(void)
{
	const char *sizes = getenv("AZ_LOG_BENCH_MB");
	struct str rest = str_from(sizes ? sizes : "200,1000"), size;
	int64_t megabytes;

	setvbuf(stdout, NULL, _IOLBF, 0);
	while (str_next(&rest, ',', &size)) {
		if (!str_to_i64(size, &megabytes) || megabytes < 1)
			return 2;
		file_of((long)megabytes);
	}
	ring();
	return 0;
}
