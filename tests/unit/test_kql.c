/* The query language: what each operator makes of the same four rows, and what is
 * refused, with its place. */
#include "unit/check.h"

#include "base/json.h"
#include "sim/kql/kql.h"

#define NOW_MS 1781776800000LL /* 2026-06-18T10:00:00Z */

static const char rows_text[] =
	"[{\"id\":\"/a\",\"name\":\"vm-web-01\",\"type\":\"m.c/vms\",\"n\":3,\"on\":true,"
	"\"p\":{\"state\":\"Running\",\"list\":[{\"k\":1},{\"k\":2}],\"at\":\"2026-06-"
	"01\"},"
	"\"tags\":{\"cost centre\":\"4711\"}},"
	"{\"id\":\"/b\",\"name\":\"VM-DB-02\",\"type\":\"m.c/vms\",\"n\":10,\"on\":false,"
	"\"p\":{\"state\":\"running\",\"list\":[],\"at\":\"2026-06-18T09:00:00Z\"},"
	"\"tags\":null},"
	"{\"id\":\"/c\",\"name\":\"web\",\"type\":\"m.n/nsgs\",\"n\":2,\"on\":null,"
	"\"p\":{},\"tags\":{}},"
	"{\"id\":\"/d\",\"name\":\"webhook\",\"type\":\"m.n/"
	"nsgs\",\"n\":null,\"on\":null,"
	"\"p\":{\"state\":null,\"k\":\"x\"},\"tags\":{}}]";

static const struct kql_table tables[] = {{"rows", "id name type n on p tags"}};

static const struct good_case {
	const char *name, *query, *out;
} good[] = {
	{"equal is exact", "rows | where p.state == 'Running' | project id",
	 "[{\"id\":\"/a\"}]"},
	{"equal without case", "Rows | where p.state =~ \"RUNNING\" | project id",
	 "[{\"id\":\"/a\"},{\"id\":\"/b\"}]"},
	{"not equal holds for what is missing",
	 "rows | where p.state != 'Running' | project id",
	 "[{\"id\":\"/b\"},{\"id\":\"/c\"},{\"id\":\"/d\"}]"},
	{"a comparison with what is missing fails", "rows | where n < 100 | project n",
	 "[{\"n\":3},{\"n\":10},{\"n\":2}]"},
	{"has is a whole word", "rows | where name has 'web' | project id",
	 "[{\"id\":\"/a\"},{\"id\":\"/c\"}]"},
	{"contains is any part", "rows | where name contains 'WEB' | project id",
	 "[{\"id\":\"/a\"},{\"id\":\"/c\"},{\"id\":\"/d\"}]"},
	{"startswith", "rows | where name startswith 'vm-' | project id",
	 "[{\"id\":\"/a\"},{\"id\":\"/b\"}]"},
	{"endswith and not", "rows | where name !endswith '2' and name !has 'web'",
	 "[{\"id\":\"/d\",\"name\":\"webhook\",\"type\":\"m.n/"
	 "nsgs\",\"n\":null,\"on\":null,"
	 "\"p\":{\"state\":null,\"k\":\"x\"},\"tags\":{}}]"},
	{"in", "rows | where id in ('/a', '/D') | project id", "[{\"id\":\"/a\"}]"},
	{"in without case", "rows | where id in~ ('/a', '/D') | project id",
	 "[{\"id\":\"/a\"},{\"id\":\"/d\"}]"},
	{"not in", "rows | where id !in ('/a','/b') and id !in~ ('/C') | project id",
	 "[{\"id\":\"/d\"}]"},
	{"and binds more than or",
	 "rows | where id == '/a' or id == '/b' and n == 3 | project id",
	 "[{\"id\":\"/a\"}]"},
	{"brackets",
	 "rows | where (id == '/a' or id == '/b') and not(n == 3) | project id",
	 "[{\"id\":\"/b\"}]"},
	{"a boolean", "rows | where on | project id", "[{\"id\":\"/a\"}]"},
	{"a boolean compared", "rows | where on == false | project id",
	 "[{\"id\":\"/b\"}]"},
	{"members in brackets",
	 "rows | where tags['cost centre'] == '4711' | project p.list[1].k",
	 "[{\"p_list_1_k\":2}]"},
	{"projected names",
	 "rows | where id == '/a' | project x = p.state, p.state, "
	 "tostring(p.at)",
	 "[{\"x\":\"Running\",\"p_state\":\"Running\",\"p_at\":\"2026-06-01\"}]"},
	{"extend replaces and adds",
	 "rows | where id == '/c' | extend n = strcat(name, '!'), m = n "
	 "| project-away p, tags, on | project-away type",
	 "[{\"id\":\"/c\",\"name\":\"web\",\"n\":\"web!\",\"m\":2}]"},
	{"order is descending unless told", "rows | order by n | project n",
	 "[{\"n\":10},{\"n\":3},{\"n\":2},{\"n\":null}]"},
	{"order by two", "rows | sort by type asc, name desc | project id",
	 "[{\"id\":\"/a\"},{\"id\":\"/b\"},{\"id\":\"/d\"},{\"id\":\"/c\"}]"},
	{"take", "rows | take 1 | project id", "[{\"id\":\"/a\"}]"},
	{"limit by another name, a comment",
	 "rows // all\n| limit 9 | project id | limit 1", "[{\"id\":\"/a\"}]"},
	{"top", "rows | top 1 by n | project n", "[{\"n\":10}]"},
	{"distinct", "rows | distinct type",
	 "[{\"type\":\"m.c/vms\"},{\"type\":\"m.n/nsgs\"}]"},
	{"count", "rows | where n > 2 | count", "[{\"Count\":2}]"},
	{"summarize by", "rows | summarize count() by type",
	 "[{\"type\":\"m.c/vms\",\"count_\":2},{\"type\":\"m.n/nsgs\",\"count_\":2}]"},
	{"summarize several",
	 "rows | summarize all=count(), countif(on), sum(n), low=min(n), max(n), avg(n), "
	 "dcount(type)",
	 "[{\"all\":4,\"countif_on\":1,\"sum_n\":15,\"low\":2,\"max_n\":10,\"avg_n\":5,"
	 "\"dcount_type\":2}]"},
	{"summarize nothing", "rows | where id == 'z' | summarize count(), avg(n)",
	 "[{\"count_\":0,\"avg_n\":null}]"},
	{"summarize nothing by", "rows | where id == 'z' | summarize count() by type",
	 "[]"},
	{"sets and lists", "rows | summarize make_set(type), make_list(n) by s = p.k",
	 "[{\"s\":null,\"make_set_type\":[\"m.c/vms\",\"m.n/nsgs\"],"
	 "\"make_list_n\":[3,10,2]},"
	 "{\"s\":\"x\",\"make_set_type\":[\"m.n/nsgs\"],\"make_list_n\":[]}]"},
	{"mv-expand",
	 "rows | where id in ('/a','/b') | mv-expand one = p.list "
	 "| project id, one.k",
	 "[{\"id\":\"/a\",\"one_k\":1},{\"id\":\"/a\",\"one_k\":2},"
	 "{\"id\":\"/b\",\"one_k\":null}]"},
	{"moments", "rows | where p.at > ago(1d) and p.at < now() | project id",
	 "[{\"id\":\"/b\"}]"},
	{"empty and null",
	 "rows | where isempty(p.state) and isnotnull(p.k) | project iff(isnull(n), "
	 "'none', 'some'), c = coalesce(p.state, p.k), l = array_length(p.list)",
	 "[{\"n\":\"none\",\"c\":\"x\",\"l\":null}]"},
	{"conversions",
	 "rows | where id == '/a' | project a = toupper(name), "
	 "b = tolower('AbC'), c = toint('7'), d = tobool('True'), "
	 "e = strlen(name), f = tostring(p.list)",
	 "[{\"a\":\"VM-WEB-01\",\"b\":\"abc\",\"c\":7,\"d\":true,\"e\":9,"
	 "\"f\":\"[{\\\"k\\\":1},{\\\"k\\\":2}]\"}]"},
	{"patterns",
	 "rows | where id == '/a' | project "
	 "a = replace_regex('id 4bf9 of 12', '[0-9a-f]*[0-9][0-9a-f]*', '0'), "
	 "b = replace_regex('fade abc', '[0-9a-f]*[0-9][0-9a-f]*', '0'), "
	 "c = replace_regex('aab', 'a+b', ''), d = replace_regex('a', '(a)', 'b')",
	 "[{\"a\":\"id 0 of 0\",\"b\":\"fade abc\",\"c\":\"\",\"d\":null}]"},
	{"escapes", "rows | where id == '/a' | project q = 'it\\'s', r = @'a\\b';",
	 "[{\"q\":\"it's\",\"r\":\"a\\\\b\"}]"},
};

static cJSON *run(const char *query, struct kql_error *error)
{
	struct arena arena;
	struct err err;
	const struct kql *q;
	cJSON *out = NULL;

	arena_init(&arena);
	q = kql_parse(&arena, str_from(query), tables, 1, error);
	if (q)
		out = kql_run(q, json_parse(STR(rows_text), &json_wire, NULL, &err),
			      NOW_MS);
	arena_fini(&arena);
	return out;
}

/* The same rows one by one, each without what the query does not speak of, and each so
 * many times: said, or done again and again. */
static cJSON *feed(const char *query, size_t times, bool is_said)
{
	struct kql_error error;
	struct kql_feed *f;
	struct arena arena;
	struct err err;
	const struct kql *q;
	cJSON *rows = json_parse(STR(rows_text), &json_wire, NULL, &err), *row, *out;

	arena_init(&arena);
	q = kql_parse(&arena, str_from(query), tables, 1, &error);
	assert_non_null(q);
	f = kql_feed_new(q, NOW_MS);
	while ((row = cJSON_DetachItemFromArray(rows, 0))) {
		if (!kql_feed_wants(f, STR("p")))
			cJSON_DeleteItemFromObject(row, "p");
		for (size_t i = 1; !is_said && i < times; i++)
			kql_feed_add(f, cJSON_Duplicate(row, true), 1);
		kql_feed_add(f, row, is_said ? times : 1);
	}
	out = kql_feed_finish(f);
	arena_fini(&arena);
	cJSON_Delete(rows);
	return out;
}

static void test_feed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		cJSON *out = feed(good[i].query, 1, true);
		struct strbuf text;

		strbuf_init(&text, 8192);
		json_print(&text, out);
		check_text(good[i].name, strbuf_str(&text), good[i].out);
		strbuf_fini(&text);
		cJSON_Delete(out);
	}
}

static void test_rows_alike(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		cJSON *said = feed(good[i].query, 3, true);
		cJSON *done = feed(good[i].query, 3, false);

		check_case(good[i].name, said);
		assert_true(cJSON_Compare(said, done, true));
		cJSON_Delete(said);
		cJSON_Delete(done);
	}
}

static void test_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct kql_error error = {.line = -1};
		cJSON *out = run(good[i].query, &error);
		struct strbuf text;

		strbuf_init(&text, 8192);
		check_case(good[i].name, out);
		json_print(&text, out);
		check_text(good[i].name, strbuf_str(&text), good[i].out);
		strbuf_fini(&text);
		cJSON_Delete(out);
	}
}

static const struct bad_case {
	const char *name, *query;
	enum kql_problem problem;
	int line, column;
	const char *token;
} bad[] = {
	{"nothing", "", KQL_SYNTAX, 1, 0, ""},
	{"no such table", "columns | take 1", KQL_TABLE, 1, 0, "columns"},
	{"no such column", "rows\n| where nme == 'x'", KQL_NAME, 2, 8, "nme"},
	{"a column that was left behind", "rows | project id | where name == 'x'",
	 KQL_NAME, 1, 26, "name"},
	{"no such function", "rows | where id == nose(id)", KQL_NAME, 1, 19, "nose"},
	{"a wrong count of arguments", "rows | where isempty(id, id)", KQL_NAME, 1, 13,
	 "isempty"},
	{"no such aggregate", "rows | summarize percentile(n) by id", KQL_NAME, 1, 17,
	 "percentile"},
	{"an operator that is not answered", "rows | join (rows) on id", KQL_UNKNOWN, 1,
	 7, "join"},
	{"another", "rows | render timechart", KQL_UNKNOWN, 1, 7, "render"},
	{"too many lists unfolded",
	 "rows | mv-expand p | mv-expand p | mv-expand p | mv-expand n", KQL_UNKNOWN, 1,
	 59, "n"},
	{"one equal sign", "rows | where id = 'x'", KQL_SYNTAX, 1, 16, "="},
	{"an open text", "rows | where id == 'x", KQL_SYNTAX, 1, 19, "'x"},
	{"an open bracket", "rows | where (id == 'x'", KQL_SYNTAX, 1, 23, ""},
	{"nothing behind the bar", "rows | ", KQL_SYNTAX, 1, 7, ""},
	{"arithmetic", "rows | where n + 1 > 2", KQL_SYNTAX, 1, 15, "+"},
	{"take what", "rows | take many", KQL_SYNTAX, 1, 12, "many"},
	{"a nameless term", "rows | project 'x'", KQL_SYNTAX, 1, 18, ""},
	{"a sign of no language", "rows | where id # 'x'", KQL_SYNTAX, 1, 16, "#"},
};

static void test_refusals(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct kql_error error = {.line = -1};
		cJSON *out = run(bad[i].query, &error);

		check_case(bad[i].name, !out && error.problem == bad[i].problem);
		check_text(bad[i].name, error.token, bad[i].token);
		check_case(bad[i].name, error.line == bad[i].line);
		check_case(bad[i].name, error.column == bad[i].column);
		cJSON_Delete(out);
	}
}

/* A source asks with what it has so far. */
static void test_first_conditions(void **state)
{
	static const struct {
		const char *query;
		bool is_kept;
	} cases[] = {
		{"rows | where type == 'm.c/vms'", true},
		{"rows | where type == 'm.n/nsgs' | where p.state == 'x'", false},
		{"rows | where p.state == 'x' | where type == 'm.n/nsgs'", true},
		{"rows | extend type = 'm.n/nsgs' | where type == 'm.c/vms'", true},
	};
	cJSON *row = cJSON_Parse("{\"id\":\"/a\",\"type\":\"m.c/vms\"}");
	struct kql_error error;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct kql *q =
			kql_parse(&arena, str_from(cases[i].query), tables, 1, &error);

		check_case(cases[i].query, q);
		check_case(cases[i].query, kql_keeps(q, row, NOW_MS) == cases[i].is_kept);
	}
	arena_fini(&arena);
	cJSON_Delete(row);
}

static void test_nesting_has_an_end(void **state)
{
	struct kql_error error;
	struct strbuf query;

	(void)state;
	strbuf_init(&query, 100000);
	strbuf_puts(&query, "rows | where ");
	strbuf_pad(&query, '(', 20000);
	strbuf_puts(&query, "id");
	assert_null(run(query.p, &error));
	assert_int_equal(error.problem, KQL_SYNTAX);
	strbuf_fini(&query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_feed),
		cmocka_unit_test(test_rows_alike),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_first_conditions),
		cmocka_unit_test(test_nesting_has_an_end),
	};

	return cmocka_run_group_tests_name("kql", tests, NULL, NULL);
}
