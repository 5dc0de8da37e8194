/* Plans: what an action makes of a live state, what it is bound to, and that its text is
 * all there is of it. */
#include "unit/check.h"

#include <math.h>
#include <sodium.h>
#include <stdlib.h>

#include "act/plan.h"
#include "act/scope.h"
#include "base/count.h"
#include "base/json.h"
#include "unit/board_fixture.h"

static const char action_text[] =
	"{\"title\":\"Scale it\",\"about\":\"A.\",\"board\":\"sql\",\"target\":\"name\","
	"\"risk\":\"low\",\"permission\":\"Microsoft.Sql/x/write\","
	"\"inputs\":{\"size\":{\"title\":\"new size\",\"values\":\"db.sizes\"},"
	"\"nodes\":{\"title\":\"nodes\",\"type\":\"number\",\"least\":1,\"most\":9,"
	"\"initial\":\"db.nodes\"}},"
	"\"reads\":{\"db\":{\"get\":\"{row.key}?api-version=1\"}},"
	"\"bound_to\":[{\"name\":\"size\",\"title\":\"size\",\"value\":\"db.size\"}],"
	"\"shows\":[{\"title\":\"size\",\"before\":\"db.size\",\"after\":\"input.size\"}]"
	","
	"\"warnings\":[{\"when\":\"db.size == input.size\",\"text\":\"it is so "
	"already\"}],"
	"\"cost_before\":\"db.price\",\"cost_after\":\"db.none\","
	"\"steps\":[{\"name\":\"scale\",\"title\":\"ask\",\"patch\":\"{row.key}?api-"
	"version=1\",\"if_match\":\"db.etag\","
	"\"body\":{\"sku\":\"{input.size}\",\"n\":\"{input.nodes}\"},\"done\":\"db.size "
	"== "
	"input.size\"},"
	"{\"name\":\"more\",\"title\":\"more\",\"when\":\"input.nodes > "
	"`5`\",\"post\":\"/b\",\"safe_twice\":true}],"
	"\"verify\":{\"text\":\"t\",\"holds\":\"row\"},"
	"\"undo\":{\"action\":\"scale\",\"inputs\":{\"size\":\"db.size\"}}}";

struct bench {
	struct action *action;
	struct board_def *def;
	struct board *board;
	cJSON *scope;
};

static void set_db(struct bench *b, const char *text)
{
	struct err err;
	cJSON *db = json_parse(str_from(text), &json_wire, NULL, &err);

	assert_non_null(db);
	cJSON_DeleteItemFromObjectCaseSensitive(b->scope, "db");
	cJSON_AddItemToObject(b->scope, "db", db);
}

static void bench_init(struct bench *b)
{
	struct err err = {0};

	b->action = action_parse(STR(action_text), "scale", "test", &err);
	if (!b->action)
		fail_msg("%s", err.text);
	b->def = fixture_def(
		FIXTURE_DEF("{\"name\":\"name\",\"title\":\"N\",\"value\":\"name\"},"
			    "{\"name\":\"pct\",\"title\":\"P\",\"type\":\"percent\","
			    "\"value\":\"p\"}"));
	b->board = fixture_board(
		b->def,
		"{\"a\":{\"value\":[{\"id\":\"/x/y\",\"name\":\"atlas\",\"p\":7}]}}");
	b->scope = scope_new(b->board, &b->board->rows[0], b->board->rows[0].key);
	set_db(b, "{\"size\":\"S1\",\"sizes\":[\"S1\",\"S2\"],\"nodes\":3,\"price\":0.5,"
		  "\"etag\":\"W/7\"}");
}

static void bench_fini(struct bench *b)
{
	cJSON_Delete(b->scope);
	board_put(b->board);
	board_def_put(b->def);
	action_free(b->action);
}

static bool choose(struct bench *b, const char *size, const char *nodes, struct err *err)
{
	struct chosen_input chosen[2];
	size_t n = 0;

	if (size)
		chosen[n++] = (struct chosen_input){STR("size"), str_from(size)};
	if (nodes)
		chosen[n++] = (struct chosen_input){STR("nodes"), str_from(nodes)};
	err_clear(err);
	return scope_choose(b->scope, b->action, chosen, n, FIXTURE_NOW_MS, err);
}

static void test_inputs(void **state)
{
	static const struct {
		const char *name, *size, *nodes, *want;
	} cases[] = {
		{"given and by itself", "S2", NULL, "{\"size\":\"S2\",\"nodes\":3}"},
		{"both given", "S2", "4", "{\"size\":\"S2\",\"nodes\":4}"},
		{"not given", NULL, NULL, "size: must be given (new size)"},
		{"empty", "", NULL, "size: must be given (new size)"},
		{"not in the list", "P9", NULL, "size: one of [\"S1\",\"S2\"]"},
		{"no number", "S1", "many", "nodes: \"many\" is no number"},
		{"too many", "S1", "10", "nodes: a number from 1 to 9"},
		{"none", "S1", "0", "nodes: a number from 1 to 9"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf got;
		struct bench b;
		struct err err;

		bench_init(&b);
		strbuf_init(&got, 400);
		if (choose(&b, cases[i].size, cases[i].nodes, &err))
			json_print(&got, json_member(b.scope, "input"));
		else
			strbuf_puts(&got, err.text);
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
		bench_fini(&b);
	}
}

static struct plan *make(struct bench *b, struct err *err)
{
	const struct plan_about about = {.board = "sql",
					 .key = "/x/y",
					 .target = "atlas",
					 .connection = "azure",
					 .by = "ann",
					 .now_ms = FIXTURE_NOW_MS,
					 .expires_ms = FIXTURE_NOW_MS + 1000,
					 .touches = (const char *const[]){"web"},
					 .n_touches = 1,
					 .warnings = (const char *const[]){"late"},
					 .n_warnings = 1};

	err_clear(err);
	return plan_make(b->action, b->scope, &about, err);
}

static void test_made(void **state)
{
	struct plan *p, *again;
	struct strbuf text, other;
	struct bench b;
	struct err err;

	(void)state;
	bench_init(&b);
	assert_true(choose(&b, "S2", "6", &err));
	p = make(&b, &err);
	if (!p)
		fail_msg("%s", err.text);
	assert_string_equal(p->shows[0].before, "S1");
	assert_string_equal(p->shows[0].after, "S2");
	assert_int_equal(p->n_requests, 2);
	assert_int_equal(p->requests[0].method, HTTP_PATCH);
	assert_string_equal(p->requests[0].path, "/x/y?api-version=1");
	assert_string_equal(p->requests[0].body, "{\"sku\":\"S2\",\"n\":6}");
	assert_string_equal(p->requests[0].if_match, "W/7");
	assert_string_equal(p->undo, "scale size=S1");
	assert_int_equal(p->n_warnings, 1);
	assert_string_equal(p->touches[0], "web");
	assert_true(p->cost_before == 0.5 && isnan(p->cost_after));
	strbuf_init(&text, 1 << 20);
	strbuf_init(&other, 1 << 20);
	plan_print(p, &text);
	again = plan_parse(strbuf_str(&text), &err);
	assert_non_null(again);
	plan_print(again, &other);
	assert_string_equal(text.p, other.p);
	assert_memory_equal(p->digest, again->digest, sizeof(p->digest));
	assert_string_equal(p->id, again->id);
	plan_free(again);
	plan_free(p);
	/* Another wish is another plan; a step that has no place is left out. */
	assert_true(choose(&b, "S1", "3", &err));
	again = make(&b, &err);
	assert_int_equal(again->n_requests, 1);
	assert_int_equal(again->n_warnings, 2);
	strbuf_reset(&other);
	plan_print(again, &other);
	assert_string_not_equal(text.p, other.p);
	plan_free(again);
	strbuf_fini(&other);
	strbuf_fini(&text);
	bench_fini(&b);
}

static void test_moved(void **state)
{
	static const struct {
		const char *name, *db, *want;
	} cases[] = {
		{"nothing", "{\"size\":\"S1\",\"etag\":\"W/8\"}", ""},
		{"another size", "{\"size\":\"P1\"}", "size was \"S1\", is now \"P1\"\n"},
		{"another type", "{\"size\":1}", "size was \"S1\", is now 1\n"},
		{"gone", "{}", "size was \"S1\", is now null\n"},
	};
	struct strbuf what;
	struct bench b;
	struct plan *p;
	struct err err;

	(void)state;
	bench_init(&b);
	assert_true(choose(&b, "S2", NULL, &err));
	p = make(&b, &err);
	strbuf_init(&what, 4000);
	for (size_t i = 0; i < COUNT(cases); i++) {
		bool has_moved;

		strbuf_reset(&what);
		set_db(&b, cases[i].db);
		has_moved = plan_has_moved(p, b.action, b.scope, FIXTURE_NOW_MS, &what);
		assert_int_equal(has_moved, *cases[i].want != '\0');
		check_text(cases[i].name, strbuf_str(&what), cases[i].want);
	}
	strbuf_fini(&what);
	plan_free(p);
	bench_fini(&b);
}

/* Whatever is missing or of another type, it is no plan, and never a crash. */
static void test_rubbish(void **state)
{
	static const char *const cases[] = {"",	    "{",	 "[]",
					    "null", "{\"v\":2}", "{\"v\":1}"};
	struct strbuf text;
	struct bench b;
	struct plan *p;
	struct err err;
	cJSON *root;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_null(plan_parse(str_from(cases[i]), &err));
	bench_init(&b);
	assert_true(choose(&b, "S2", NULL, &err));
	p = make(&b, &err);
	strbuf_init(&text, 1 << 20);
	plan_print(p, &text);
	root = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	for (int i = 0; i < cJSON_GetArraySize(root); i++) {
		cJSON *copy = cJSON_Duplicate(root, true);
		struct strbuf less;

		strbuf_init(&less, 1 << 20);
		cJSON_DeleteItemFromArray(copy, i);
		json_print(&less, copy);
		if (plan_parse(strbuf_str(&less), &err))
			fail_msg("a plan without its member %d", i);
		strbuf_fini(&less);
		cJSON_Delete(copy);
	}
	cJSON_Delete(root);
	strbuf_fini(&text);
	plan_free(p);
	bench_fini(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_inputs),
		cmocka_unit_test(test_made),
		cmocka_unit_test(test_moved),
		cmocka_unit_test(test_rubbish),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
