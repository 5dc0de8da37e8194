/* `azdeck knowledge` as people and scripts run it. Thread: the test's. */
#include <stdlib.h>
#include <sys/stat.h>

#include <cjson/cJSON.h>

#include "base/json.h"
#include "cli/run.h"
#include "knowledge/vector_store.h"
#include "unit/check.h"

static const char page[] =
	"---\nupdated: 2020-02-03\n---\n# Polish the zorgle\nWith a cloth.\n"
	"## Steps\nRub the zorgle, from left to right.\n";

static void people_read_sections(void **state)
{
	struct run r = {0};

	(void)state;
	run_write_config("config.json", "{\"runbooks\":{\"directories\":[\".\"]}}");
	run_write_config("zorgle.md", page);
	r.args = RUN_ARGS("knowledge", "search", "polish", "zorgle", "-n", "1");
	run_expect(&r, 0);
	check_text("found", strbuf_str(&r.out),
		   "zorgle#polish-the-zorgle  Polish the zorgle  not looked at since "
		   "2020-02-03\n    With a cloth.\n");
	run_fini(&r);
	run_clear_config();
}

static void folders_are_of_the_configuration(void **state)
{
	struct run r = {0};

	(void)state;
	run_write_config("zorgle.md", page);
	run_write_config("config.json",
			 "{\"runbooks\":{\"directories\":[\".\",\"none\"]}}");
	r.args = RUN_ARGS("knowledge", "status");
	run_expect(&r, 0);
	assert_true(str_find(strbuf_str(&r.out), STR("absent        0 files  there is no "
						     "folder ")) > 0);
	assert_true(str_find(strbuf_str(&r.out),
			     STR("./zorgle.md  not looked at since")) > 0);
	assert_true(str_find(strbuf_str(&r.out), STR("superseded by lets-encrypt")) > 0);
	run_fini(&r);
	run_clear_config();
}

static cJSON *read_json(struct run *r)
{
	struct err err;
	cJSON *root;

	run_expect(r, 0);
	root = json_parse(strbuf_str(&r->out), &json_wire, NULL, &err);
	assert_non_null(root);
	return root;
}

static void scripts_read_json(void **state)
{
	struct run r = {.args = RUN_ARGS("knowledge", "search", "-o", "json",
					 "CrashLoopBackOff", "of a pod")};
	struct run none = {
		.args = RUN_ARGS("knowledge", "search", "--output=json", "coffee")};
	struct run status = {.args = RUN_ARGS("knowledge", "status", "-o", "json")};
	cJSON *root = read_json(&r);
	const cJSON *hit = cJSON_GetArrayItem(json_member(root, "hits"), 0);

	(void)state;
	check_text("schema", str_from(json_text(root, "schema")), "azdeck.knowledge/1");
	check_text("question", str_from(json_text(root, "question")),
		   "CrashLoopBackOff of a pod");
	assert_true(json_bool(root, "covered", false));
	assert_int_equal(cJSON_GetArraySize(json_member(root, "hits")), 5);
	assert_true(str_starts(str_from(json_text(hit, "id")), STR("aks-crashloop#")));
	assert_non_null(json_text(hit, "text"));
	cJSON_Delete(root);
	root = read_json(&none);
	assert_false(json_bool(root, "covered", true));
	cJSON_Delete(root);
	root = read_json(&status);
	assert_true(cJSON_GetArraySize(json_member(root, "runbooks")) > 50);
	cJSON_Delete(root);
	run_fini(&r);
	run_fini(&none);
	run_fini(&status);
}

#define WITH_EMBEDDINGS                                                                  \
	"{\"ai\":{\"providers\":[{\"name\":\"here\",\"kind\":\"ollama\","                \
	"\"model\":\"m\"}],\"embeddings\":{\"endpoint\":\"here\",\"model\":\"nomic\"}}}"

static void expect_vectors(const char *want)
{
	struct run r = {.args = RUN_ARGS("knowledge", "status")};

	run_expect(&r, 0);
	if (str_find(strbuf_str(&r.out), str_from(want)) < 0)
		fail_msg("no \"%s\" in %.400s", want, r.out.p);
	run_fini(&r);
}

/* State and configuration are in one folder here. */
static void keep_one_and_an_error(const char *config)
{
	const float vector[8] = {1};
	struct vector_key key = vector_key_of(STR("no section"));
	struct vector_store *s;
	struct strbuf path;
	struct err err, why;

	strbuf_init(&path, 4096);
	strbuf_printf(&path, "%.*s/" VECTOR_STORE_FILE,
		      (int)(strrchr(config, '/') - config), config);
	s = vector_store_open(path.p, &err);
	if (!s)
		fail_msg("%s", err.text);
	err_set(&why, ERR_SERVICE, "here: it is asleep");
	vector_store_begin(s);
	vector_store_write(s, STR("here/nomic"), &key, vector, 8, 1000);
	vector_store_say(s, STR("here/nomic"), &why, 2000);
	assert_true(vector_store_end(s, &err));
	vector_store_close(s);
	strbuf_fini(&path);
}

static void vectors_are_told_of(void **state)
{
	struct run json = {.args = RUN_ARGS("knowledge", "status", "-o", "json")};
	const cJSON *vectors;
	cJSON *root;

	(void)state;
	expect_vectors("no model makes vectors of them");
	run_write_config("config.json", WITH_EMBEDDINGS);
	expect_vectors("partial       0 of ");
	expect_vectors(" sections have a vector of here/nomic\n");
	keep_one_and_an_error(run_write_config("config.json", WITH_EMBEDDINGS));
	expect_vectors("failing       0 of ");
	expect_vectors(" old: here: it is asleep\n");
	root = read_json(&json);
	vectors = json_member(root, "vectors");
	check_text("model", str_from(json_text(vectors, "model")), "here/nomic");
	check_text("newest", str_from(json_text(vectors, "newest")),
		   "1970-01-01T00:00:01Z");
	check_text("error", str_from(json_text(vectors, "error")), "here: it is asleep");
	cJSON_Delete(root);
	run_fini(&json);
	run_clear_config();
}

static void what_is_wrong_is_told(void **state)
{
	static const struct {
		const char *name, *args[6], *want;
		int code;
	} cases[] = {
		{"not covered",
		 {"knowledge", "search", "the coffee machine is empty"},
		 "azdeck: no runbook covers \"the coffee machine is empty\"; the nearest "
		 "is ",
		 6},
		{"nothing to do", {"knowledge"}, "azdeck: knowledge: say what to do", 2},
		{"no words",
		 {"knowledge", "search"},
		 "azdeck: knowledge: search needs words",
		 2},
		{"a word too many",
		 {"knowledge", "status", "now"},
		 "azdeck: knowledge: status takes no word",
		 2},
		{"a number",
		 {"knowledge", "search", "x", "-n", "21"},
		 "azdeck: knowledge: --number cannot be \"21\"",
		 2},
		{"a format",
		 {"knowledge", "status", "-o", "csv"},
		 "azdeck: knowledge: --output cannot be \"csv\"",
		 2},
		{"no configuration",
		 {"knowledge", "status", "--config", "none.json"},
		 "azdeck: ",
		 6},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r = {.args = cases[i].args};

		run_expect(&r, cases[i].code);
		if (!str_starts(strbuf_str(&r.err), str_from(cases[i].want)))
			fail_msg("%s: %s", cases[i].name, r.err.p);
		run_fini(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_read_sections),
		cmocka_unit_test(folders_are_of_the_configuration),
		cmocka_unit_test(scripts_read_json),
		cmocka_unit_test(vectors_are_told_of),
		cmocka_unit_test(what_is_wrong_is_told),
	};

	return cmocka_run_group_tests(tests, run_setup, run_teardown);
}
