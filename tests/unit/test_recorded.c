/* Recorded answers in their three shapes. */
#include "board_fixture.h"

#include <stdlib.h>

#include "base/file.h"
#include "cli/recorded.h"

static const char def_text[] =
	"{\"title\":\"T\",\"category\":\"c\",\"about\":\"a\",\"requests\":{"
	"\"subs\":{\"get\":\"/s\"},"
	"\"dbs\":{\"for_each\":\"subs.value\",\"as\":\"s\",\"get\":\"{s.id}/d\"}},"
	"\"rows\":\"dbs[].answer.value[]\",\"where\":\"name != "
	"'master'\",\"key\":\"lower(id)\","
	"\"columns\":[{\"name\":\"name\",\"title\":\"N\",\"value\":\"name\"},"
	"{\"name\":\"status\",\"title\":\"S\",\"type\":\"state\",\"value\":\"properties."
	"status\"},"
	"{\"name\":\"size\",\"title\":\"Z\",\"type\":\"bytes\",\"value\":"
	"\"properties.maxSizeBytes\"},"
	"{\"name\":\"created\",\"title\":\"C\",\"type\":\"time\",\"value\":"
	"\"properties.creationDate\"}]}";

static void test_shapes(void **state)
{
	static const struct {
		const char *name, *file, *want; /* "!": the error */
	} cases[] = {
		{"plain", "{\"value\":[1]}", "{\"value\":[1]}"},
		{"list", "[1,2]", "[1,2]"},
		{"example",
		 "{\"parameters\":{},\"responses\":{\"200\":{\"body\":{\"v\":1}}}}",
		 "{\"v\":1}"},
		{"example 201",
		 "{\"responses\":{\"404\":{\"body\":1},\"201\":{\"body\":2}}}", "2"},
		{"200 before others",
		 "{\"responses\":{\"202\":{\"body\":1},\"200\":{\"body\":2}}}", "2"},
		{"no body", "{\"responses\":{\"204\":{}}}", "null"},
		{"only failures", "{\"responses\":{\"404\":{\"body\":1}}}",
		 "!the example has no answer with a 2xx status"},
		{"recording",
		 "{\"request\":{},\"response\":{\"status\":200,\"body\":{\"v\":1}}}",
		 "{\"v\":1}"},
		{"recorded failure",
		 "{\"request\":{},\"response\":{\"status\":429,\"body\":{\"v\":1}}}",
		 "!the recorded answer is an error, status 429"},
		{"a body that has a response", "{\"response\":{\"body\":1}}",
		 "{\"response\":{\"body\":1}}"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err = {0};
		cJSON *body = recorded_body(cJSON_Parse(cases[i].file), &err);
		struct strbuf got;

		strbuf_init(&got, 4096);
		if (body)
			json_print(&got, body);
		else
			strbuf_printf(&got, "!%s", err.text);
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		cJSON_Delete(body);
		strbuf_fini(&got);
	}
}

static void test_answers(void **state)
{
	struct board_def *def = fixture_def(def_text);
	const struct request_def *subs = &def->requests[0], *dbs = &def->requests[1];
	cJSON *answers = cJSON_CreateObject(), *item = cJSON_Parse("{\"id\":\"/1\"}");
	struct err err = {0};
	struct strbuf got;

	(void)state;
	assert_ptr_equal(recorded_default(def), dbs);
	assert_true(
		recorded_add(answers, subs, cJSON_Parse("{\"value\":[1]}"), NULL, &err));
	assert_true(recorded_add(answers, subs, cJSON_Parse("{\"value\":[2,3]}"), NULL,
				 &err));
	assert_true(recorded_add(answers, dbs, cJSON_Parse("{\"a\":1}"), item, &err));
	assert_true(recorded_add(answers, dbs, cJSON_Parse("null"), NULL, &err));
	strbuf_init(&got, 4096);
	json_print(&got, answers);
	check_text("answers", strbuf_str(&got),
		   "{\"subs\":{\"value\":[1,2,3]},\"dbs\":[{\"item\":{\"id\":\"/"
		   "1\"},\"answer\":"
		   "{\"a\":1}},{\"item\":{},\"answer\":null}]}");
	assert_false(recorded_add(answers, subs, cJSON_Parse("{\"a\":1}"), NULL, &err));
	assert_int_equal(err.code, ERR_USAGE);
	strbuf_fini(&got);
	cJSON_Delete(item);
	cJSON_Delete(answers);
	board_def_put(def);
}

/* Rows of a published answer, when the files are there. */
static void decode_file(const char *name, const char *want)
{
	const char *srcdir = getenv("AZ_SRCDIR");
	struct board_def *def = fixture_def(def_text);
	struct strbuf path, text, got;
	struct err err = {0};
	struct board *board = NULL;
	cJSON *answers = cJSON_CreateObject(), *body = NULL;

	strbuf_init(&path, 4096);
	strbuf_init(&text, 1 << 22);
	strbuf_init(&got, 1 << 22);
	strbuf_printf(&path, "%s/../shared/wire/arm/sql/%s", srcdir ? srcdir : ".", name);
	if (!file_read(path.p, &text, &err)) {
		print_message("skipped: %s is not here\n", name);
	} else {
		cJSON *file = json_parse(strbuf_str(&text), &json_wire, NULL, &err);

		body = file ? recorded_body(file, &err) : NULL;
		check_case(name, body);
		check_case(name,
			   recorded_add(answers, &def->requests[1], body, NULL, &err));
		check_case(name,
			   board_decode(def, answers, FIXTURE_NOW_MS, &board, &err));
		check_case(name, board->surprises == 0);
		board_rows_json(board, &got);
		if (str_find(strbuf_str(&got), str_from(want)) < 0)
			fail_msg("%s: got %s", name, got.p);
	}
	board_put(board);
	cJSON_Delete(answers);
	board_def_put(def);
	strbuf_fini(&path);
	strbuf_fini(&text);
	strbuf_fini(&got);
}

static void test_published_answers(void **state)
{
	(void)state;
	decode_file("databases-list.json",
		    "\"status\":\"Online\",\"size\":268435456000,\"created\":"
		    "\"2017-06-07T04:41:33.937Z\",\"severity\":\"none\"}");
	decode_file("rec-databases-list.json", "\"status\":\"Online\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_published_answers),
	};

	return cmocka_run_group_tests_name("recorded", tests, NULL, NULL);
}
