/* A definition read whole, and every way to get one wrong with its message. */
#include "board_fixture.h"

#include <stdlib.h>

#include "base/file.h"

static const char rich[] =
	"// comments may stand here\n"
	"{\"title\": \"SQL\", \"category\": \"sql\", \"about\": \"Databases.\",\n"
	" \"states\": {\"Scaling up\": {\"means\": \"m\", \"todo\": \"t\"}, \"Paused\": "
	"{\"means\": \"p\"},},\n"
	" \"requests\": {\n"
	"  \"subs\": {\"get\": \"/subs\", \"every\": \"1h\"},\n"
	"  \"dbs\": {\"for_each\": \"subs.value\", \"as\": \"sub\", \"get\": "
	"\"{sub.id}/d\", \"optional\": true, \"pages\": 3},\n"
	"  \"cost\": {\"kind\": \"arm\", \"post\": \"/q\", \"read\": true, \"body\": "
	"{\"subs\": \"{subs.value[].id}\"}, \"headers\": {\"ClientType\": \"azdeck\"}},\n"
	"  \"plain\": {\"get\": \"/p\"}},\n"
	" \"tables\": {\"cost\": {\"rows\": \"cost.rows\", \"key\": \"[0]\"}},\n"
	" \"rows\": \"dbs[].answer.value[]\", \"where\": \"name != 'master'\", \"key\": "
	"\"id\",\n"
	" \"columns\": [\n"
	"  {\"name\": \"name\", \"title\": \"DATABASE\", \"value\": \"name\", \"min\": "
	"8, "
	"\"max\": 32},\n"
	"  {\"name\": \"status\", \"title\": \"STATUS\", \"type\": \"state\", \"value\": "
	"\"s\", "
	"\"severity\": {\"*\": \"unknown\", \"Online\": \"ok\"}},\n"
	"  {\"name\": \"cpu\", \"title\": \"CPU\", \"type\": \"percent\", \"value\": "
	"\"c\", "
	"\"priority\": 2, \"severity\": [{\"when\": \"cpu >= `90`\", \"is\": "
	"\"crit\"}]},\n"
	"  {\"name\": \"trend\", \"title\": \"TREND\", \"type\": \"series\", "
	"\"series_of\": "
	"\"cpu\"},\n"
	"  {\"name\": \"cost\", \"title\": \"COST\", \"type\": \"money\", \"value\": "
	"\"m\", "
	"\"currency\": \"'EUR'\", \"hidden\": true, \"unit\": \"x\", \"align\": "
	"\"left\"},\n"
	" ],\n"
	" \"severity\": [{\"when\": \"name == 'x'\", \"is\": \"warn\"}],\n"
	" \"sort\": \"-severity\", \"stale_after\": \"10m\",\n"
	" \"links\": [{\"board\": \"ops\", \"filter\": \"name\", \"title\": "
	"\"operations\"}]}\n";

static void test_requests(void **state)
{
	struct board_def *def = fixture_def(rich);
	const struct request_def *dbs, *cost;

	(void)state;
	assert_int_equal(def->n_requests, 4);
	dbs = &def->requests[board_def_request(def, STR("dbs"))];
	cost = &def->requests[board_def_request(def, STR("cost"))];
	assert_int_equal(board_def_request(def, STR("none")), -1);
	assert_int_equal(def->requests[0].interval_ms, 3600000);
	assert_int_equal(def->requests[0].needs, 0);
	assert_int_equal(dbs->interval_ms, 60000);
	assert_int_equal(dbs->needs, 1);
	assert_int_equal(dbs->max_pages, 3);
	assert_true(dbs->is_optional);
	assert_string_equal(dbs->as, "sub");
	assert_string_equal(dbs->for_each, "subs.value");
	assert_int_equal(dbs->method, HTTP_GET);
	assert_null(dbs->body);
	assert_int_equal(cost->method, HTTP_POST);
	assert_int_equal(cost->needs, 1);
	assert_int_equal(cost->n_headers, 1);
	check_text("header", cost->headers[0].name, "ClientType");
	check_text("header", cost->headers[0].value, "azdeck");
	assert_int_equal(def->requests[3].needs, 0);
	assert_int_equal(def->row_requests, 1u << board_def_request(def, STR("dbs")));
	board_def_put(def);
}

static void test_columns(void **state)
{
	struct board_def *def = fixture_def(rich);
	const struct column *columns = def->columns;

	(void)state;
	assert_int_equal(def->n_columns, 5);
	assert_int_equal(columns[0].priority, 1);
	assert_int_equal(columns[0].min_width, 8);
	assert_int_equal(columns[0].max_width, 32);
	assert_int_equal(columns[0].align, ALIGN_LEFT);
	assert_true(columns[0].in_rules);
	assert_int_equal(columns[1].priority, 5);
	assert_int_equal(columns[1].n_rules, 2);
	check_text("word", columns[1].rules[0].equals, "Online");
	assert_int_equal(columns[1].rules[0].sev, SEV_OK);
	assert_int_equal(columns[1].rules[1].equals.n, 0);
	assert_int_equal(columns[1].rules[1].sev, SEV_UNKNOWN);
	assert_false(columns[1].in_rules);
	assert_int_equal(columns[2].align, ALIGN_RIGHT);
	assert_int_equal(columns[2].decimals, -1);
	assert_true(columns[2].in_rules);
	assert_true(columns[2].has_history); /* because a series draws it */
	assert_string_equal(columns[3].history_of, "cpu");
	assert_null(columns[3].value);
	assert_true(columns[4].is_hidden);
	assert_int_equal(columns[4].align, ALIGN_LEFT);
	assert_non_null(columns[4].currency);
	assert_int_equal(board_def_column(def, STR("trend")), 3);
	assert_int_equal(board_def_column(def, STR("TREND")), -1);
	board_def_put(def);
}

static void test_the_rest(void **state)
{
	struct board_def *def = fixture_def(rich);

	(void)state;
	assert_string_equal(def->name, "test");
	assert_string_equal(def->source, "test.json");
	assert_string_equal(def->category, "sql");
	assert_string_equal(def->sort, "-severity");
	assert_int_equal(def->stale_after_ms, 600000);
	assert_int_equal(def->n_tables, 1);
	assert_int_equal(def->n_rules, 1);
	assert_int_equal(def->n_links, 1);
	assert_string_equal(def->links[0].filter, "name");
	assert_string_equal(board_def_state(def, STR("scaling UP"))->todo, "t");
	assert_null(board_def_state(def, STR("PAUSED"))->todo);
	assert_null(board_def_state(def, STR("gone")));
	board_def_put(def);
}

/* A good definition with one part replaced. */
#define HEAD	       "{\"title\": \"T\", \"category\": \"c\", \"about\": \"a\",\n"
#define REQS	       " \"requests\": {\"a\": {\"get\": \"/a\"}},\n"
#define ROWS	       " \"rows\": \"a\", \"key\": \"id\",\n"
#define COLS	       " \"columns\": [{\"name\": \"n\", \"title\": \"N\", \"value\": \"n\"}]"
#define WITH_REQ(text) HEAD " \"requests\": {" text "},\n" ROWS COLS "}"
#define WITH_COL(text) HEAD REQS ROWS " \"columns\": [" text "]}"
#define WITH(text)     HEAD REQS ROWS COLS ",\n" text "}"

static const struct {
	const char *name, *text, *want;
} broken[] = {
	{"empty", "", "test.json: "},
	{"no object", "[]", "must be an object"},
	{"syntax", "{\"title\": \"T\",,}", "line 1, column 16"},
	{"no title", "{}", "test.json: needs \"title\""},
	{"unknown key", HEAD REQS ROWS COLS ",\n \"colour\": []}",
	 "test.json: line 5, column 12: colour: no such key here"},
	{"given twice", WITH("\"about\": \"b\""), "about: given twice"},
	{"title no text", "{\"title\": 3}", "title: must be a text"},
	{"title empty", "{\"title\": \"\"}", "title: must not be empty"},
	{"no requests", HEAD " \"requests\": {}}",
	 "requests: needs one request at least"},
	{"requests a list", HEAD " \"requests\": []}", "requests: must be an object"},
	{"bad kind", WITH_REQ("\"a\": {\"kind\": \"soap\", \"get\": \"/a\"}"),
	 "line 2, column 29: requests.a.kind: no such kind of connection: soap"},
	{"no path", WITH_REQ("\"a\": {}"),
	 "requests.a: needs either \"get\" or \"post\""},
	{"both paths", WITH_REQ("\"a\": {\"get\": \"/a\", \"post\": \"/b\"}"),
	 "needs either \"get\" or \"post\""},
	{"list of no type", WITH_REQ("\"a\": {\"list\": \"vms\"}"),
	 "a type of resources"},
	{"list in capitals", WITH_REQ("\"a\": {\"list\": \"Microsoft.Web/sites\"}"),
	 "in small letters"},
	{"list with a quote", WITH_REQ("\"a\": {\"list\": \"a/b'\"}"),
	 "a type of resources"},
	{"list and get", WITH_REQ("\"a\": {\"list\": \"a/b\", \"get\": \"/a\"}"),
	 "does not go with \"list\""},
	{"list that is kept",
	 WITH_REQ("\"a\": {\"list\": \"a/b\", \"every\": \"1h\", \"keep\": true}"),
	 "does not go with \"list\""},
	{"post that writes", WITH_REQ("\"a\": {\"post\": \"/a\"}"), "boards only read"},
	{"get with body", WITH_REQ("\"a\": {\"get\": \"/a\", \"body\": {}}"),
	 "requests.a.body: a \"get\" has none"},
	{"token by hand",
	 WITH_REQ("\"a\": {\"get\": \"/a\", \"headers\": {\"authorization\": "
		  "\"x\"}}"),
	 "comes from the connection"},
	{"bad header",
	 WITH_REQ("\"a\": {\"get\": \"/a\", \"headers\": {\"a b\": \"x\"}}"),
	 "is no header name"},
	{"bad interval", WITH_REQ("\"a\": {\"get\": \"/a\", \"every\": \"often\"}"),
	 "requests.a.every: must be a time span"},
	{"too often", WITH_REQ("\"a\": {\"get\": \"/a\", \"every\": \"10ms\"}"),
	 "must be 1 seconds or more"},
	{"a secret is kept",
	 WITH_REQ("\"a\": {\"get\": \"/a\", \"every\": \"2h\", \"keep\": true, "
		  "\"secret\": true}"),
	 "requests.a.secret: answers are never kept on disk"},
	{"asking by a secret",
	 WITH_REQ("\"a\": {\"get\": \"/a\", \"secret\": true}, "
		  "\"b\": {\"get\": \"/b/{a.key}\"}"),
	 "requests.b: asks by the answers of \"a\", which are secret"},
	{"asking for each secret",
	 WITH_REQ("\"a\": {\"get\": \"/a\", \"secret\": true}, "
		  "\"b\": {\"get\": \"/b\", \"for_each\": \"a.value\"}"),
	 "requests.b: asks by the answers of \"a\", which are secret"},
	{"kept and cheap",
	 WITH_REQ("\"a\": {\"get\": \"/a\", \"every\": \"59m\", \"keep\": true}"),
	 "requests.a.keep: is for what is asked every hour or less often"},
	{"bad pages", WITH_REQ("\"a\": {\"get\": \"/a\", \"pages\": 1.5}"),
	 "must be a whole number from 1 to 1000"},
	{"loop over nothing",
	 WITH_REQ("\"a\": {\"get\": \"/a\", \"for_each\": \"b.value\"}"),
	 "requests.a.for_each: names no request above"},
	{"as without loop", WITH_REQ("\"a\": {\"get\": \"/a\", \"as\": \"x\"}"),
	 "\"for_each\", which is missing"},
	{"as like a request",
	 WITH_REQ("\"a\": {\"get\": \"/a\"}, \"b\": {\"get\": \"/b\", \"for_each\": "
		  "\"a\", "
		  "\"as\": \"a\"}"),
	 "requests.b.as: is the name of a request"},
	{"bad request name", WITH_REQ("\"a-b\": {\"get\": \"/a\"}"),
	 "letters, digits and _"},
	{"no columns", WITH_COL(""), "columns: needs one column at least"},
	{"bad expression",
	 WITH_COL("{\"name\": \"n\", \"title\": \"N\", \"value\": \"n[\"}"),
	 "columns[0].value: syntax: "},
	{"bad type", WITH_COL("{\"name\": \"n\", \"title\": \"N\", \"type\": \"float\"}"),
	 "columns[0].type: no such type: float"},
	{"no value", WITH_COL("{\"name\": \"n\", \"title\": \"N\"}"),
	 "columns[0]: needs \"value\""},
	{"column twice",
	 WITH_COL("{\"name\": \"n\", \"title\": \"N\", \"value\": \"n\"}, {\"name\": "
		  "\"n\", "
		  "\"title\": \"N\", \"value\": \"n\"}"),
	 "columns[1].name: given twice: n"},
	{"reserved name",
	 WITH_COL("{\"name\": \"severity\", \"title\": \"N\", \"value\": \"n\"}"),
	 "every row has a severity"},
	{"series of nothing",
	 WITH_COL("{\"name\": \"n\", \"title\": \"N\", \"type\": \"series\", "
		  "\"series_of\": "
		  "\"m\"}"),
	 "columns[0].series_of: no column of numbers is named m"},
	{"currency of text",
	 WITH_COL("{\"name\": \"n\", \"title\": \"N\", \"value\": \"n\", \"currency\": "
		  "\"c\"}"),
	 "is for columns of type money"},
	{"step without a past",
	 WITH_COL("{\"name\": \"n\", \"title\": \"N\", \"value\": \"n\", \"type\": "
		  "\"number\", \"history\": true, \"step\": \"5m\"}"),
	 "columns[0].step: is for a series that the answer brings"},
	{"words for numbers",
	 WITH_COL("{\"name\": \"n\", \"title\": \"N\", \"value\": \"n\", \"type\": "
		  "\"number\", "
		  "\"severity\": {\"x\": \"ok\"}}"),
	 "columns[0].severity: must be a list of rules"},
	{"bad severity",
	 WITH_COL("{\"name\": \"n\", \"title\": \"N\", \"value\": \"n\", \"severity\": "
		  "{\"x\": "
		  "\"critical\"}}"),
	 "columns[0].severity.x: must be one of none, ok, info, unknown, warn, crit"},
	{"bad width",
	 WITH_COL("{\"name\": \"n\", \"title\": \"N\", \"value\": \"n\", \"min\": 9, "
		  "\"max\": "
		  "3}"),
	 "columns[0].max: must not be below"},
	{"bad align",
	 WITH_COL("{\"name\": \"n\", \"title\": \"N\", \"value\": \"n\", \"align\": "
		  "\"mid\"}"),
	 "must be left or right"},
	{"records of no column", WITH("\"records\": \"m\""),
	 "records: no column of type time or age is named m"},
	{"bad sort", WITH("\"sort\": \"-m\""), "sort: no column is named m"},
	{"bad rule", WITH("\"severity\": [{\"is\": \"ok\"}]"),
	 "severity[0]: needs \"when\""},
	{"bad stale", WITH("\"stale_after\": \"5s\""), "must be 60 seconds or more"},
	{"bad link", WITH("\"links\": [{\"title\": \"x\"}]"),
	 "links[0]: needs \"board\""},
	{"bad state", WITH("\"states\": {\"A b\": {\"todo\": \"x\"}}"),
	 "needs \"means\""},
};

static void test_broken(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		struct err err = {0};
		struct board_def *def = board_def_parse(str_from(broken[i].text), "test",
							"test.json", &err);

		check_case(broken[i].name, !def);
		check_case(broken[i].name, err.code == ERR_CONFIG);
		if (str_find(str_from(err.text), str_from(broken[i].want)) < 0)
			fail_msg("case \"%s\": got \"%s\"", broken[i].name, err.text);
	}
}

/* What the manual shows must load. */
static void test_manual(void **state)
{
	const char *srcdir = getenv("AZ_SRCDIR");
	struct err err = {0};
	struct strbuf path, text;
	ptrdiff_t start, end;
	struct str page;
	struct board_def *def;

	(void)state;
	strbuf_init(&path, 4096);
	strbuf_init(&text, 1 << 20);
	strbuf_printf(&path, "%s/docs/azdeck-boards.5", srcdir ? srcdir : ".");
	if (!file_read(path.p, &text, &err))
		fail_msg("%s", err.text);
	page = strbuf_str(&text);
	start = str_find(page, STR(".Bd -literal\n{\n"));
	assert_true(start >= 0);
	page = str_sub(page, (size_t)start + strlen(".Bd -literal\n"), page.n);
	end = str_find(page, STR(".Ed\n"));
	assert_true(end >= 0);
	def = board_def_parse(str_sub(page, 0, (size_t)end), "addresses", path.p, &err);
	if (!def)
		fail_msg("%s", err.text);
	assert_int_equal(def->n_columns, 4);
	board_def_put(def);
	strbuf_fini(&path);
	strbuf_fini(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_requests), cmocka_unit_test(test_columns),
		cmocka_unit_test(test_the_rest), cmocka_unit_test(test_broken),
		cmocka_unit_test(test_manual),
	};

	return cmocka_run_group_tests_name("def", tests, NULL, NULL);
}
