/* `azdeck logs --source` against the embedded Azure: the same lines at the same moment,
 * all that files can do, what is refused, and following while time goes on. Thread: the
 * test's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "cli/run.h"
#include "unit/check.h"

#define AT(...) RUN_ARGS("logs", "--demo", "--at", CHECK_AT, __VA_ARGS__)

static size_t count_lines(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

static void check_same(const char *const *args)
{
	struct run a = {.args = args}, b = {.args = args};

	run_expect(&a, 0);
	run_expect(&b, 0);
	assert_true(count_lines(strbuf_str(&a.out)) > 10);
	assert_true(str_eq(strbuf_str(&a.out), strbuf_str(&b.out)));
	run_fini(&a);
	run_fini(&b);
}

static void at_a_moment_they_are_the_same(void **state)
{
	(void)state;
	check_same(AT("--source", "pods:atlas/orders-api", "--since", "10m"));
	check_same(AT("--source", "pods:ingress-nginx/*", "--since", "1m", "-o", "json"));
	check_same(AT("--source", "kql:ContainerLogV2", "--since", "5m"));
}

/* By the time they were written at, whatever pod they are of. */
static void merged_by_time(void **state)
{
	struct run r = {.args = AT("--source", "pods:atlas/orders-api", "--since", "5m",
				   "-o", "json")};
	char before[32] = "", *line, *rest;
	size_t n_pods = 0;

	(void)state;
	run_expect(&r, 0);
	for (line = strtok_r(r.out.p, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		cJSON *json = cJSON_Parse(line);
		const char *time =
			cJSON_GetStringValue(cJSON_GetObjectItem(json, "time"));

		assert_non_null(time);
		assert_true(strcmp(before, time) <= 0);
		assert_true(strcmp(time, CHECK_AT) < 0 &&
			    strcmp(time, "2026-03-11T10:15:30") >= 0);
		snprintf(before, sizeof(before), "%s", time);
		n_pods += strstr(line, "orders-api-4dc7b77875-9txcc") != NULL;
		assert_string_equal(cJSON_GetStringValue(
					    cJSON_GetObjectItem(json, "format")),
				    "json");
		cJSON_Delete(json);
	}
	assert_true(n_pods > 10);
	run_fini(&r);
}

/* What is asked for of lines holds for these, too. */
static const struct {
	const char *name;
	const char *const *args;
	const char *has, *has_not;
} looks[] = {
	{"a level, with its trace",
	 AT("--source", "pods:qodex/indexer", "--since", "5m", "--level", "critical"),
	 "CorruptSegmentException: 0000a31f\n", "INFO"},
	{"before its last start", AT("--source", "crash loop", "--since", "15m"),
	 "10:18:39", "T10:13:19"},
	{"a text", AT("--source", "orders", "--grep", "order accepted", "--since", "1m"),
	 "order accepted", "Atlas.Http"},
	{"a pattern, inverted",
	 AT("--source", "pods:atlas/pricing", "--regex", "answered 2..|accepted",
	    "--invert", "--since", "30m"),
	 "answered 404", "answered 200"},
	{"patterns", AT("--source", "ingress", "--clusters"), "  PATTERN\n", NULL},
	{"a histogram", AT("--source", "errors", "--since", "10m", "--histogram"),
	 "2026-03-11T10:1", NULL},
	{"a span", AT("--source", "orders", "--since", "10:15", "--until", "10:16"),
	 "T10:15:", "T10:16:"},
	{"a query of columns",
	 AT("--source", "kql:ContainerLogV2 | project TimeGenerated, PodName, LogLevel",
	    "--since", "5m"),
	 "LogLevel=INFO", "LogMessage"},
	{"what there is", AT("--sources"), "pods:qodex/indexer@aks-qodex-prod\n", NULL},
	{"what there is, as JSON", AT("--sources", "-o", "json"),
	 "{\"name\":\"orders\",\"source\":\"pods:atlas/orders-api@aks-atlas-prod\",",
	 NULL},
};

static void looked_at_like_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
		struct run r = {.args = looks[i].args};

		run_expect(&r, 0);
		check_case(looks[i].name, strstr(r.out.p, looks[i].has) != NULL);
		if (looks[i].has_not)
			check_case(looks[i].name, !strstr(r.out.p, looks[i].has_not));
		run_fini(&r);
	}
}

static void counted(void **state)
{
	struct run lines = {.args = AT("--source", "orders", "--since", "2m")};
	struct run count = {.args = AT("--source", "orders", "--since", "2m", "--count")};
	char want[32];

	(void)state;
	run_expect(&lines, 0);
	run_expect(&count, 0);
	snprintf(want, sizeof(want), "%zu\n", count_lines(strbuf_str(&lines.out)));
	assert_string_equal(count.out.p, want);
	run_fini(&lines);
	run_fini(&count);
}

static const struct {
	const char *name;
	const char *const *args;
	int code;
	const char *says;
} refusals[] = {
	{"no pod", AT("--source", "pods:atlas/nobody"), 6,
	 "there is no pod atlas/nobody in any cluster"},
	{"no such container", AT("--source", "pods:atlas/pricing/sidecar"), 6,
	 "with a container sidecar"},
	{"no cluster", AT("--source", "pods:atlas/pricing@aks"), 6,
	 "there is no k8s connection \"aks\""},
	{"no source", AT("--source", "nope"), 6, "there is no source \"nope\""},
	{"half a source", AT("--source", "pods:atlas"), 2, "write pods:NAMESPACE/NAME"},
	{"a query that is wrong", AT("--source", "kql:ContainerLogV3"), 5,
	 "logs: SEM0100: Failed to resolve table"},
	{"rows without a time", AT("--source", "kql:ContainerLogV2 | project PodName"), 2,
	 "keep TimeGenerated"},
	{"a container that has not started",
	 AT("--source", "pods:qodex/reporter/reporter"), 5,
	 "is waiting to start: PodInitializing"},
	{"files, too", AT("--source", "orders", "app.log"), 2, "--source or files"},
	{"the demo of nothing", AT("--count"), 2, "--demo needs --source"},
	{"a time that is none", AT("--source", "orders", "--since", "soon"), 2,
	 "--since cannot be \"soon\""},
	{"no configuration", RUN_ARGS("logs", "--source", "orders"), 3,
	 "there is no configuration"},
};

static void refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		struct run r = {.args = refusals[i].args};

		run_now(&r);
		if (r.code != refusals[i].code || !strstr(r.err.p, refusals[i].says))
			fail_msg("case \"%s\": %d: %s", refusals[i].name, r.code,
				 r.err.p);
		check_case(refusals[i].name, r.out.n == 0);
		run_fini(&r);
	}
}

/* The lines that came, and on standard error that they are not all. */
static void a_part_is_said(void **state)
{
	struct run r = {.args = RUN_ARGS("logs", "--demo", "--at", "2026-03-11T10:42:00Z",
					 "--source", "errors", "--since", "10m")};

	(void)state;
	run_now(&r);
	assert_int_equal(r.code, 0);
	assert_true(count_lines(strbuf_str(&r.out)) > 3);
	assert_non_null(strstr(r.err.p, "answered in part: EngineError: The query was "
					"aborted on one node"));
	run_fini(&r);
}

/* Logs that break off after each few lines: nothing is missed, nothing comes twice. */
static void over_breaks(void **state)
{
	struct run whole = {.args = AT("--source", "orders", "--since", "2m")};
	struct run broken = {.args = AT("--source", "orders", "--since", "2m", "--fault",
					"cut:*/log")};

	(void)state;
	run_expect(&whole, 0);
	run_expect(&broken, 0);
	assert_true(count_lines(strbuf_str(&whole.out)) > 300);
	assert_true(str_eq(strbuf_str(&whole.out), strbuf_str(&broken.out)));
	run_fini(&whole);
	run_fini(&broken);
}

/* While simulated time goes on: an hour in a few seconds, over the restarts of a
 * container that ends again and again. */
static void followed(void **state)
{
	struct strbuf first;
	int pid;

	(void)state;
	strbuf_init(&first, 1 << 16);
	pid = run_start(AT("--source", "pods:qodex/indexer", "--since", "10s", "-f",
			   "--speed", "600", "--grep", "CorruptSegmentException"),
			&first);
	assert_non_null(strstr(first.p, "CorruptSegmentException"));
	run_stop(pid);
	strbuf_fini(&first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_a_moment_they_are_the_same),
		cmocka_unit_test(merged_by_time),
		cmocka_unit_test(looked_at_like_files),
		cmocka_unit_test(counted),
		cmocka_unit_test(refused),
		cmocka_unit_test(a_part_is_said),
		cmocka_unit_test(over_breaks),
		cmocka_unit_test(followed),
	};

	return cmocka_run_group_tests(tests, run_setup, run_teardown);
}
