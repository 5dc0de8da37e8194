/* What is known of a line before it is put in words is what the words say: its level, as
 * the clusters' agent guesses it, and how many lines there are. Of every container of the
 * estate, through a night with a storm and a morning. */
#include "unit/check.h"

#include "base/count.h"
#include "sim/k8s/aks.h"
#include "sim/logs/podlog.h"
#include "base/timefmt.h"

#define AT_MS	    INT64_C(1773224430000) /* CHECK_AT */
#define STORM_MS    (AT_MS - INT64_C(7) * HOUR_MS - 10 * MINUTE_MS)
#define WATCHED_MIN 20

/* Worst first: what a line says of itself more than once counts as its worst. */
static const struct {
	const char *mark;
	enum podlog_level level;
} marks[] = {
	{"FATAL", PODLOG_CRITICAL},  {"\"error\"", PODLOG_ERROR},
	{"ERROR", PODLOG_ERROR},     {"level=error", PODLOG_ERROR},
	{"31merror", PODLOG_ERROR},  {"\"warning\"", PODLOG_WARNING},
	{"WARN", PODLOG_WARNING},    {"level=warn", PODLOG_WARNING},
	{"33mwarn", PODLOG_WARNING}, {"\"info\"", PODLOG_INFO},
	{"INFO", PODLOG_INFO},	     {"level=info", PODLOG_INFO},
	{"32minfo", PODLOG_INFO},    {"DEBUG", PODLOG_DEBUG},
	{"", PODLOG_UNKNOWN},
};

/* Not as the end of another word: NOERROR is an answer. */
static bool has_mark(struct str text, struct str mark)
{
	ptrdiff_t at = str_find(text, mark);

	return at == 0 || (at > 0 && !(text.p[at - 1] >= 'A' && text.p[at - 1] <= 'Z'));
}

static enum podlog_level guess(struct str text)
{
	size_t i = 0;

	while (!has_mark(text, str_from(marks[i].mark)))
		i++;
	return marks[i].level;
}

struct heard {
	const struct world *w;
	int64_t from_ms;
	size_t n_lines, n_of[PODLOG_LEVELS];
};

static void listen_to(struct heard *h, const struct podlog *log)
{
	struct podlog_cursor c;
	struct podlog_line line;
	int64_t last_ns = h->from_ms * 1000000;

	podlog_begin(&c, h->w, log, last_ns);
	while (podlog_next(&c, (h->from_ms + WATCHED_MIN * MINUTE_MS) * 1000000, &line)) {
		struct str text = podlog_text(&c);

		assert_true(text.n > 0);
		assert_in_range(line.time_ns, last_ns, INT64_MAX);
		last_ns = line.time_ns;
		if (line.level != guess(text))
			fail_msg("%s: level %d of: %.*s", log->of->name, (int)line.level,
				 STR_ARG(text));
		/* After the last line there are no more words. */
		assert_int_equal(c.line == c.outline.n_lines,
				 text.p + text.n == c.text.p + c.text.n);
		h->n_lines++;
		h->n_of[line.level]++;
	}
	podlog_end(&c);
}

static void listen_to_pod(void *ctx, const struct k8s_pod *pod)
{
	const struct podlog log = {.of = pod->of,
				   .pod = pod->name,
				   .container = pod->of->name,
				   .node = pod->node,
				   .fault = pod->fault,
				   .ends_ms = INT64_MAX};

	listen_to(ctx, &log);
}

static struct heard hear(int64_t from_ms)
{
	const struct world w = {.seed = 1, .now_ms = AT_MS};
	struct heard h = {.w = &w, .from_ms = from_ms};

	for (size_t i = 0; i < aks_n_clusters; i++)
		k8s_each_pod(&w, &aks_clusters[i], listen_to_pod, &h);
	return h;
}

static void test_outlines(void **state)
{
	struct heard storm = hear(STORM_MS), day = hear(AT_MS - WATCHED_MIN * MINUTE_MS);

	(void)state;
	for (int level = 0; level < PODLOG_LEVELS; level++)
		assert_true(day.n_of[level] > 0);
	/* The storm is errors beyond what a whole morning has. */
	assert_true(storm.n_of[PODLOG_ERROR] > 20 * day.n_of[PODLOG_ERROR]);
}

/* Begun in the middle, it goes on as if it had been there from the start. */
static void begin_later(void *ctx, const struct k8s_pod *pod)
{
	const struct world *w = ctx;
	const struct podlog log = {.of = pod->of,
				   .pod = pod->name,
				   .container = pod->of->name,
				   .fault = pod->fault,
				   .ends_ms = INT64_MAX};
	struct podlog_cursor all, later;
	struct podlog_line a, b;
	int64_t from_ns = (AT_MS - 5 * MINUTE_MS) * 1000000 + 345678901, until_ns;

	until_ns = from_ns + INT64_C(60) * 1000000000;
	podlog_begin(&all, w, &log, from_ns - INT64_C(9) * 1000000000);
	podlog_begin(&later, w, &log, from_ns);
	while (podlog_next(&later, until_ns, &b)) {
		do
			if (!podlog_next(&all, until_ns, &a))
				fail_msg("%s: a line only who came later has", log.pod);
		while (a.time_ns < b.time_ns);
		assert_int_equal(a.time_ns, b.time_ns);
		assert_true(str_eq(podlog_text(&later), podlog_text(&all)));
	}
	while (podlog_next(&all, until_ns, &a))
		assert_true(a.time_ns < from_ns);
	podlog_end(&all);
	podlog_end(&later);
}

static void test_begun_later(void **state)
{
	struct world w = {.seed = 1, .now_ms = AT_MS};

	(void)state;
	k8s_each_pod(&w, &aks_clusters[0], begin_later, &w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outlines),
		cmocka_unit_test(test_begun_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
