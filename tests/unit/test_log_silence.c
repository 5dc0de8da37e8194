/* Which pods run and are not heard of: of whom silence is expected, and when nothing may
 * be said of it. */
#include "unit/check.h"

#include "agents/rules.h"
#include "base/count.h"
#include "unit/board_fixture.h"

static const char line_columns[] =
	FIXTURE_DEF("{\"name\": \"pod\", \"title\": \"P\", \"value\": \"id\"},"
		    "{\"name\": \"namespace\", \"title\": \"N\", \"value\": \"ns\"},"
		    "{\"name\": \"lines\", \"title\": \"L\", \"type\": \"number\","
		    " \"value\": \"n\"}");
static const char pod_columns[] = FIXTURE_DEF(
	"{\"name\": \"pod\", \"title\": \"P\", \"value\": \"id\"},"
	"{\"name\": \"namespace\", \"title\": \"N\", \"value\": \"not_null(ns, "
	"'atlas')\"},"
	"{\"name\": \"cluster\", \"title\": \"C\", \"value\": \"not_null(c, 'weu')\"},"
	"{\"name\": \"node\", \"title\": \"O\", \"value\": \"node\"},"
	"{\"name\": \"of\", \"title\": \"F\", \"value\": \"of\"},"
	"{\"name\": \"state\", \"title\": \"S\", \"value\": \"not_null(s, 'Running')\"},"
	"{\"name\": \"born\", \"title\": \"B\", \"type\": \"age\","
	" \"value\": \"not_null(b, '2026-11-20T00:00:00Z')\"}");

#define LINE(pod) "{\"id\":\"" pod "\",\"ns\":\"atlas\",\"n\":7}"
#define POD(pod, node, of, more)                                                         \
	"{\"id\":\"" pod "\",\"node\":\"" node "\",\"of\":\"ReplicaSet/" of              \
	"-77f8\"" more "}"
#define OF_JOB(pod, node) POD(pod, node, "job", "")

static const struct {
	const char *name, *lines, *pods, *want;
	bool is_partial;
} cases[] = {
	{"all are heard of", LINE("a") "," LINE("b"),
	 POD("a", "n1", "api", "") "," POD("b", "n2", "api", ""), "", false},
	{"a node is cut off", LINE("a"),
	 POD("a", "n1", "api", "") "," POD("b", "n2", "api", "") "," POD("c", "n2", "web",
									 ""),
	 "node n2 cut off 2", false},
	{"its workloads are not silent too", LINE("a"),
	 POD("a", "n1", "api", "") "," POD("b", "n2", "web", "") "," POD("c", "n2", "web",
									 ""),
	 "node n2 cut off 2", false},
	{"one pod alone is no node", LINE("a") "," LINE("b"),
	 POD("a", "n1", "api", "") "," POD("b", "n1", "api", "") "," POD("c", "n2", "api",
									 ""),
	 "", false},
	{"a workload is silent", LINE("a") "," LINE("b"),
	 POD("a", "n1", "api", "") "," POD("b", "n2", "api",
					   "") "," OF_JOB("c", "n1") "," OF_JOB("d",
										"n2"),
	 "workload job silent 2", false},
	{"what is young is not waited for", LINE("a"),
	 POD("a", "n1", "api", "") "," POD("b", "n1", "new",
					   ",\"b\":\"2026-11-21T04:00:00Z\""),
	 "", false},
	{"nor what does not run", LINE("a"),
	 POD("a", "n1", "api", "") "," POD("b", "n1", "new", ",\"s\":\"Pending\""), "",
	 false},
	{"nor a namespace that is not collected", LINE("a"),
	 POD("a", "n1", "api", "") "," POD("b", "n1", "dns", ",\"ns\":\"kube-system\""),
	 "", false},
	{"a cluster of which nothing comes has no node that is cut off", LINE("a"),
	 POD("a", "n1", "api", "") "," POD("b", "m1", "far",
					   ",\"c\":\"neu\"") "," POD("c", "m1", "far",
								     ",\"c\":\"neu\""),
	 "workload far silent 2", false},
	{"half an answer says nothing", LINE("a"),
	 POD("a", "n1", "api", "") "," OF_JOB("b", "n1"), "", true},
};

static struct board *board_of(const char *columns, const char *rows)
{
	struct board_def *def = fixture_def(columns);
	struct strbuf answers;
	struct board *board;

	strbuf_init(&answers, 16384);
	strbuf_printf(&answers, "{\"a\":{\"value\":[%s]}}", rows);
	board = fixture_board(def, answers.p);
	board_def_put(def);
	strbuf_fini(&answers);
	return board;
}

static void test_silence(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct board *lines = board_of(line_columns, cases[i].lines);
		struct board *pods = board_of(pod_columns, cases[i].pods);
		struct derive in = {.now_ms = FIXTURE_NOW_MS, .boards = {lines, pods}};
		struct strbuf got;
		const cJSON *row;
		cJSON *rows;

		lines->is_partial = cases[i].is_partial;
		rows = rule_log_silence.rows(&in);
		strbuf_init(&got, 1024);
		cJSON_ArrayForEach (row, rows)
			strbuf_printf(&got, "%s%s %s %s %.0f", got.n ? "|" : "",
				      json_text(row, "kind"), json_text(row, "subject"),
				      json_text(row, "state"),
				      json_member(row, "pods")->valuedouble);
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
		cJSON_Delete(rows);
		board_put(lines);
		board_put(pods);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_silence)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
