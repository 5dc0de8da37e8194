/* `azdeck show`: every board in every format, from the simulated Azure, and the
 * promises scripts rely on: exit codes, quoting, silence. Thread: the test's. */
#include <stdlib.h>

#include <cjson/cJSON.h>

#include "base/count.h"
#include "board/def.h"
#include "cli/run.h"
#include "unit/check.h"

static struct library *library;

static int setup(void **state)
{
	library = library_new(NULL, NULL, NULL);
	return run_setup(state);
}

static int teardown(void **state)
{
	library_free(library);
	return run_teardown(state);
}

static void show(struct run *r, const char *board, const char *format)
{
	r->args = RUN_ARGS("show", board, "--demo", "--at", CHECK_AT, "--speed", "0.0001",
			   "-o", format);
	run_expect(r, 0);
}

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* The keys of a row are the columns in their order, money with its currency
 * behind it, and the severity last. */
static void check_row(const struct board_def *def, const cJSON *row)
{
	const cJSON *at = row->child;
	enum severity sev;

	for (size_t c = 0; c < def->n_columns; c++, at = at->next) {
		const struct column *column = &def->columns[c];

		check_case(def->name, at != NULL);
		assert_string_equal(at->string, column->name);
		if (column->type != CELL_MONEY || !column->currency)
			continue;
		at = at->next;
		check_case(column->name, at && strstr(at->string, "_currency"));
	}
	check_case(def->name, at && !at->next);
	assert_string_equal(at->string, "severity");
	check_case(at->valuestring, severity_find(str_from(at->valuestring), &sev));
}

static size_t check_json(const struct board_def *def, struct str text)
{
	cJSON *root = cJSON_ParseWithLength(text.p, text.n);
	const cJSON *row, *rows = member(root, "rows");
	size_t n = 0;

	check_case(def->name, root && cJSON_IsArray(rows));
	assert_string_equal(member(root, "schema")->valuestring, "azdeck.show/1");
	assert_string_equal(member(root, "board")->valuestring, def->name);
	check_case(def->name, cJSON_IsString(member(root, "as_of")));
	check_case(def->name, cJSON_IsFalse(member(root, "stale")));
	check_case(def->name, cJSON_IsFalse(member(root, "partial")));
	check_case(def->name, cJSON_IsNull(member(root, "error")));
	cJSON_ArrayForEach (row, rows) {
		check_row(def, row);
		n++;
	}
	cJSON_Delete(root);
	return n;
}

/* Fields of the first line as RFC 4180 reads them; *rest goes behind it. */
static size_t csv_fields(struct str *rest, char separator)
{
	bool is_quoted = false;
	size_t i = 0, n = 1;

	for (; i < rest->n && (is_quoted || rest->p[i] != '\n'); i++) {
		if (rest->p[i] == '"' && separator == ',')
			is_quoted = !is_quoted;
		else if (rest->p[i] == separator && !is_quoted)
			n++;
	}
	assert_true(i < rest->n);
	if (separator == ',')
		assert_true(i > 0 && rest->p[i - 1] == '\r');
	*rest = str_sub(*rest, i + 1, rest->n);
	return n;
}

/* Rows below the heading; every line has a field per column and the severity. */
static size_t check_separated(const struct board_def *def, struct str text,
			      char separator)
{
	size_t want = 1, lines = 0;

	check_case(def->name, str_starts(text, STR("severity")));
	for (size_t c = 0; c < def->n_columns; c++)
		want += (def->columns[c].type != CELL_SERIES) +
			(def->columns[c].type == CELL_MONEY &&
			 def->columns[c].currency != NULL);
	for (; text.n; lines++)
		assert_int_equal(csv_fields(&text, separator), want);
	return lines - 1;
}

static size_t check_table(const struct board_def *def, struct str text)
{
	size_t lines = 0;

	for (size_t c = 0; c < def->n_columns; c++) {
		const struct column *column = &def->columns[c];

		if (!column->is_hidden && column->type != CELL_SERIES)
			check_case(column->title,
				   str_find(text, str_from(column->title)) >= 0);
	}
	/* No colour in a pipe. */
	check_case(def->name, str_find_char(text, '\033') < 0);
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	return lines - 1;
}

/* Azure keeps a day of operations, and at weekends nobody scales; who has just begun
 * has seen no change. The demo keeps no audit log, and nobody follows a log here. */
static bool may_be_empty(const char *board)
{
	return strcmp(board, "sql-operations") == 0 ||
	       strcmp(board, "sql-changes") == 0 || strcmp(board, "changes") == 0 ||
	       strcmp(board, "plans") == 0 || strcmp(board, "seen-states") == 0 ||
	       strcmp(board, "audit-entries") == 0 || strcmp(board, "log-streams") == 0;
}

/* They wait for all the others, and on a clock that stands still the pace of some
 * services lets not all of them come. */
static bool is_about_all(const struct board_def *def)
{
	return strcmp(def->name, "attention") == 0 || strcmp(def->name, "feeds") == 0;
}

static void test_attention_says_what_is_missing(void **state)
{
	struct run r = {.args = RUN_ARGS("show", "attention", "--demo", "--at", CHECK_AT,
					 "--speed", "0.0001", "-o", "json")};
	cJSON *root;

	(void)state;
	run_now(&r);
	assert_int_equal(r.code, 0);
	root = cJSON_Parse(r.out.p);
	assert_true(cJSON_GetArraySize(member(root, "rows")) > 10);
	assert_true(cJSON_IsTrue(member(root, "partial")));
	cJSON_Delete(root);
	if (!strstr(r.err.p, "no answer came for "))
		fail_msg("%s", r.err.p);
	run_fini(&r);
}

static void test_every_board_in_every_format(void **state)
{
	static const char *const formats[] = {"json", "csv", "tsv", "table"};
	bool is_variant = getenv("AZ_VARIANT") != NULL;

	(void)state;
	for (size_t i = 0; i < library_size(library); i++) {
		const struct board_def *def = library_at(library, i);

		/* Under a sanitizer each board in one of them, in turn. */
		for (size_t f = 0; f < 4 && !is_about_all(def); f++) {
			if (is_variant && f != i % COUNT(formats))
				continue;
			struct run r = {0};
			struct str text;
			size_t n;

			show(&r, def->name, formats[f]);
			text = strbuf_str(&r.out);
			n = f == 0   ? check_json(def, text)
			    : f == 3 ? check_table(def, text)
				     : check_separated(def, text, f == 1 ? ',' : '\t');
			check_case(def->name, n >= 1 || may_be_empty(def->name));
			run_fini(&r);
		}
	}
}

struct query_case {
	const char *name, *board, *expression, *want;
};

static void test_query(void **state)
{
	static const struct query_case cases[] = {
		{"a count", "subscriptions", "length(@)", "3\n"},
		{"a column", "subscriptions", "[?state!='Enabled'] | length(@)", "0\n"},
		{"by severity", "sql",
		 "[?severity=='crit'].name | contains(@, 'atlas-audit')", "true\n"},
		{"nothing", "sql", "[?name=='no such'].name", "[]\n"},
		{"null", "sql", "nothing", "null\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run r = {.args = RUN_ARGS("show", cases[i].board, "--demo", "--at",
						 CHECK_AT, "--query",
						 cases[i].expression)};

		run_expect(&r, 0);
		check_text(cases[i].name, strbuf_str(&r.out), cases[i].want);
		run_fini(&r);
	}
}

static void test_check(void **state)
{
	static const struct {
		const char *board;
		int code;
	} cases[] = {{"sql", 1}, {"subscriptions", 0}};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct run r = {.args = RUN_ARGS("show", cases[i].board, "--demo", "--at",
						 CHECK_AT, "--check", "--output=csv")};

		/* It prints the rows all the same. */
		run_expect(&r, cases[i].code);
		check_case(cases[i].board, r.out.n > 0 && r.err.n == 0);
		run_fini(&r);
	}
}

/* The same seed and time: the same bytes, even where values move. */
static void test_same_world(void **state)
{
	static const char *const boards[] = {"cost", "sql", "dr-items", "agent-jobs"};

	(void)state;
	for (size_t i = 0; i < sizeof(boards) / sizeof(*boards); i++) {
		struct run first = {0}, second = {0};

		show(&first, boards[i], "csv");
		show(&second, boards[i], "csv");
		check_text(boards[i], strbuf_str(&second.out), first.out.p);
		run_fini(&second);
		run_fini(&first);
	}
}

struct failure_case {
	const char *name;
	const char *args[8];
	int code;
	const char *says;
};

static void test_failures(void **state)
{
	static const struct failure_case cases[] = {
		{"no board", {"show"}, 2, "which board?"},
		{"two boards", {"show", "sql", "cost"}, 2, "one board at a time"},
		{"unknown board", {"show", "sqll", "--demo"}, 6, "did you mean \"sql\"?"},
		{"very unknown",
		 {"show", "zzzzzzz", "--demo"},
		 6,
		 "`azdeck boards` lists them"},
		{"escapes in a name",
		 {"show", "\033[2J", "--demo"},
		 6,
		 "there is no board \"\""},
		{"unknown option",
		 {"show", "sql", "--dmo"},
		 2,
		 "there is no option \"--dmo\""},
		{"no value", {"show", "sql", "-o"}, 2, "a value is missing"},
		{"a value too many", {"show", "sql", "--demo=1"}, 2, "no value belongs"},
		{"unknown format", {"show", "sql", "--demo", "-o", "xml"}, 2, "\"xml\""},
		{"broken query",
		 {"show", "sql", "--demo", "--query", "a["},
		 2,
		 "show: --query: syntax: "},
		{"wrong type",
		 {"show", "sql", "--demo", "--query", "abs('a')"},
		 2,
		 "show: --query: invalid-type: "},
		{"an endless watch",
		 {"show", "sql", "--demo", "--watch", "1e300"},
		 2,
		 "--watch"},
		{"negative watch",
		 {"show", "sql", "--demo", "--watch", "-1"},
		 2,
		 "--watch"},
		{"no seed", {"show", "sql", "--demo", "--seed", "x"}, 2, "--seed"},
		{"no time", {"show", "sql", "--demo", "--at", "noon"}, 2, "\"noon\""},
		{"standing still",
		 {"show", "sql", "--demo", "--speed", "0"},
		 2,
		 "--speed"},
		{"no configuration", {"show", "sql"}, 3, "use --demo"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run r = {.args = cases[i].args};

		run_expect(&r, cases[i].code);
		if (!strstr(r.err.p, cases[i].says))
			fail_msg("case \"%s\" says: %s", cases[i].name, r.err.p);
		run_fini(&r);
	}
}

/* The caret stands under the place, as in `azdeck query`. */
static void test_caret(void **state)
{
	struct run r = {.args = RUN_ARGS("show", "sql", "--demo", "--query", "name.[")};
	const char *line, *caret;

	(void)state;
	run_expect(&r, 2);
	line = strstr(r.err.p, "\n  name.[\n");
	caret = strchr(r.err.p, '^');
	assert_non_null(line);
	assert_non_null(caret);
	assert_true(caret > line + 10);
	run_fini(&r);
}

static const char no_connection[] = "{\"connections\": [\n"
				    "  {\"name\": \"devops\", \"kind\": \"devops\",\n"
				    "   \"organization\": \"contoso\",\n"
				    "   \"credential\": \"none\"},\n"
				    "]}\n";
static const char nobody_there[] = "{\"connections\": [\n"
				   "  {\"name\": \"azure\", \"kind\": \"arm\",\n"
				   "   \"base\": \"http://127.0.0.1:1\",\n"
				   "   \"credential\": \"none\"},\n"
				   "]}\n";

static const char no_token[] =
	"{\"connections\": [{\"name\": \"azure\", \"kind\": \"arm\",\n"
	" \"credential\": \"env:AZDECK_NO_SUCH_TOKEN\"}]}\n";

static void test_configured(void **state)
{
	static const struct {
		const char *name, *config;
		int code;
		const char *says;
	} cases[] = {
		{"broken", "{\"connections\": [}", 3, "config.json"},
		{"no such kind", no_connection, 3, "there is no arm connection"},
		{"refused", nobody_there, 5, "127.0.0.1"},
		{"no token", no_token, 4, "AZDECK_NO_SUCH_TOKEN is not set"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run r = {.args = RUN_ARGS("show", "subscriptions")};

		run_write_config("config.json", cases[i].config);
		run_expect(&r, cases[i].code);
		if (!strstr(r.err.p, cases[i].says))
			fail_msg("case \"%s\" says: %s", cases[i].name, r.err.p);
		run_fini(&r);
	}
	run_clear_config();
}

/* It goes on until its reader leaves. */
static void test_watch_ends_with_its_reader(void **state)
{
	struct run r = {.args = RUN_ARGS("show", "sql", "--demo", "--watch", "3600"),
			.to = RUN_CLOSED};

	(void)state;
	run_expect(&r, 0);
	run_fini(&r);
}

/* What a script learns of a fault: the code, one line, and no row. */
static void test_faults(void **state)
{
	static const struct {
		const char *fault;
		int code;
		const char *says;
	} cases[] = {
		{"401:*databases", 4, "; sign in again: "},
		{"403:*databases", 4, "; ask for a role with that action"},
		{"404:*databases", 6, "; it was deleted, moved or renamed"},
		{"no-subscription:*databases", 6, "check the subscription"},
		{"500:*databases", 5, "; the service is at fault, not this machine"},
		{"html:*databases", 4, "a web page came instead of JSON"},
		{"gzip:*databases", 5, "its compression cannot be undone"},
		{"empty:*databases", 5, "an empty answer came"},
		{"401:*/token", 4, "AADSTS7000222"},
		{"clock:*databases", 4, "this machine's clock is 10m ahead; set it"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run r = {.args = RUN_ARGS("show", "sql", "--demo", "--at",
						 "2026-03-11T10:20:30Z", "--fault",
						 cases[i].fault)};

		run_expect(&r, cases[i].code);
		if (!strstr(r.err.p, cases[i].says))
			fail_msg("%s: %s", cases[i].fault, r.err.p);
		check_case(cases[i].fault,
			   strchr(r.err.p, '\n') == r.err.p + r.err.n - 1);
		check_case(cases[i].fault, !strstr(r.err.p, "eyJ"));
		run_fini(&r);
	}
}

/* A part that fails is missing, and said; the rest is there. */
static void test_fault_of_a_part(void **state)
{
	struct run r = {.args = RUN_ARGS("show", "sql", "--demo", "--at",
					 "2026-03-11T10:20:30Z", "--fault",
					 "403:*metrics", "-o", "csv")};

	(void)state;
	run_now(&r);
	assert_int_equal(r.code, 0);
	assert_non_null(strstr(r.out.p, "atlas-orders"));
	assert_non_null(strstr(r.err.p, "azdeck: sql: partial: metrics: "
					"AuthorizationFailed: no right to "
					"Microsoft.Insights/metrics/read"));
	run_fini(&r);
	r.args = RUN_ARGS("show", "sql", "--demo", "--fault", "tea:*");
	run_expect(&r, 2);
	run_fini(&r);
}

/* The clock of the demo starts at a time as people say it. */
static void test_said_times(void **state)
{
	static const char *const times[] = {"03:12", "yesterday 22:00", "-2h", "now"};

	(void)state;
	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
		struct run r = {.args = RUN_ARGS("show", "sql-schedules", "--demo",
						 "--at", times[i], "-o", "csv")};

		run_expect(&r, 0);
		check_case(times[i], strstr(r.out.p, "atlas-orders"));
		run_fini(&r);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_fault_of_a_part),
		cmocka_unit_test(test_every_board_in_every_format),
		cmocka_unit_test(test_attention_says_what_is_missing),
		cmocka_unit_test(test_query),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_same_world),
		cmocka_unit_test(test_said_times),
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_caret),
		cmocka_unit_test(test_configured),
		cmocka_unit_test(test_watch_ends_with_its_reader),
	};

	return cmocka_run_group_tests_name("show", tests, setup, teardown);
}
