/* The record of an answer: out, in, and in from bytes that nobody vouches for. */
#include "answer/answer.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "base/json.h"
#include "unit/check.h"

enum { RECORD_MAX = 1 << 20 };

static void fill(struct answer *a)
{
	struct claim *claim;

	answer_init(a);
	a->type = ANSWER_FACT;
	strbuf_puts(&a->prose, "The budget is at 87 % [1].\n\n- see **B** [2]\n");
	claim = answer_claim(a, CLAIM_FIELD, STR("cost.budget[atlas].pct_used"));
	claim_set(&claim->text, STR("87 %"));
	claim_set(&claim->value, STR("87"));
	claim->is_number = true;
	claim->version = 41;
	claim->as_of_ms = 1773224430000;
	claim->is_stale = true;
	claim_set(&claim->board, STR("budgets"));
	claim_set(&claim->key, STR("/subscriptions/x/budgets/atlas"));
	claim->begin = 17;
	claim->end = 25;
	claim = answer_claim(a, CLAIM_RUNBOOK, STR("budget-alert#First steps"));
	claim_set(&claim->text, STR("B"));
	claim = answer_claim(a, CLAIM_FIELD, STR("cost.mtd.actual"));
	claim->is_unknown = true;
	answer_strike(a, STR("99 \"%\""), "no reference");
	answer_propose(a, "sql-scale");
	answer_propose(a, "sql-scale");
	answer_ask(a, "db-atlas");
	answer_unknown(a, "cost.mtd.actual");
	answer_follow_up(a, "Which services cost most?");
	answer_says(a, SAYS_STALE);
	answer_says(a, SAYS_NO_MODEL);
	snprintf(a->route, sizeof(a->route), "guide");
	snprintf(a->why, sizeof(a->why), "no model is configured");
	a->is_guide = true;
	a->tokens_in = 12;
}

static const char record[] =
	"{\"type\":\"FACT\",\"claims\":["
	"{\"text\":\"87 %\",\"field\":\"cost.budget[atlas].pct_used\",\"value\":87,"
	"\"version\":41,\"as_of\":\"2026-03-11T10:20:30Z\",\"stale\":true,"
	"\"unknown\":false,\"board\":\"budgets\","
	"\"key\":\"/subscriptions/x/budgets/atlas\",\"begin\":17,\"end\":25},"
	"{\"text\":\"B\",\"runbook\":\"budget-alert#First steps\",\"value\":\"\","
	"\"version\":0,\"as_of\":null,\"stale\":false,\"unknown\":false,\"board\":\"\","
	"\"key\":\"\",\"begin\":0,\"end\":0},"
	"{\"text\":\"\",\"field\":\"cost.mtd.actual\",\"value\":null,\"version\":0,"
	"\"as_of\":null,\"stale\":false,\"unknown\":true,\"board\":\"\",\"key\":\"\","
	"\"begin\":0,\"end\":0}],"
	"\"proposals\":[\"sql-scale\"],\"asks\":[\"db-atlas\"],"
	"\"unknowns\":[\"cost.mtd.actual\"],"
	"\"follow_ups\":[\"Which services cost most?\"],"
	"\"says\":[\"stale\",\"no_model\"],"
	"\"route\":{\"name\":\"guide\",\"model\":\"\","
	"\"why\":\"no model is configured\",\"guide\":true,\"tokens_in\":12,"
	"\"tokens_out\":null,\"money\":null},"
	"\"prose\":\"The budget is at 87 % [1].\\n\\n- see **B** [2]\\n\","
	"\"struck\":[{\"text\":\"99 \\\"%\\\"\",\"why\":\"no reference\"}]}";

static void record_says_it_all(void **state)
{
	struct strbuf out;
	struct answer a;

	(void)state;
	strbuf_init(&out, RECORD_MAX);
	fill(&a);
	answer_json(&a, &out);
	assert_string_equal(out.p, record);
	answer_fini(&a);
	strbuf_fini(&out);
}

static void record_reads_back(void **state)
{
	struct strbuf out;
	struct answer a;

	(void)state;
	strbuf_init(&out, RECORD_MAX);
	answer_init(&a);
	assert_true(answer_from_json(&a, str_from(record)));
	assert_int_equal(a.n_claims, 3);
	assert_true(a.claims[0].is_number && a.claims[0].is_stale);
	assert_int_equal(a.claims[0].as_of_ms, 1773224430000);
	assert_int_equal(a.claims[1].kind, CLAIM_RUNBOOK);
	assert_true(a.claims[2].is_unknown);
	assert_true(answer_has_said(&a, SAYS_STALE));
	assert_false(answer_has_said(&a, SAYS_FORECAST));
	assert_true(isnan(a.money));
	assert_int_equal(a.tokens_out, -1);
	answer_json(&a, &out);
	assert_string_equal(out.p, record);
	answer_fini(&a);
	strbuf_fini(&out);
}

/* Each kind of claim has a word of its own, and comes back as that kind. */
static void every_kind_comes_back(void **state)
{
	(void)state;
	for (int kind = 0; kind < CLAIM_KINDS; kind++) {
		struct answer a, b;
		struct strbuf out;

		strbuf_init(&out, RECORD_MAX);
		answer_init(&a);
		answer_init(&b);
		answer_claim(&a, kind, STR("x"));
		answer_json(&a, &out);
		check_case(out.p, answer_from_json(&b, strbuf_str(&out)));
		check_case(out.p, b.n_claims == 1 && (int)b.claims[0].kind == kind);
		answer_fini(&a);
		answer_fini(&b);
		strbuf_fini(&out);
	}
	for (int type = 0; type < ANSWER_TYPES; type++) {
		enum answer_type found;

		assert_true(answer_type_find(str_from(answer_type_name(type)), &found));
		assert_int_equal(found, type);
	}
}

static const struct {
	const char *name, *json;
	const char *prose; /* NULL: refused */
	size_t claims;
} foreign[] = {
	{"nothing", "", NULL, 0},
	{"no object", "[]", NULL, 0},
	{"no prose", "{\"type\":\"FACT\"}", NULL, 0},
	{"no such type", "{\"type\":\"ORDER\",\"prose\":\"x\"}", NULL, 0},
	{"type is no text", "{\"type\":1,\"prose\":\"x\"}", NULL, 0},
	{"cut", "{\"type\":\"FACT\",\"prose\":\"x", NULL, 0},
	{"too deep", "{\"type\":\"FACT\",\"prose\":\"x\",\"asks\":[[[[[[[[[[1]]]]]]]]]]}",
	 NULL, 0},
	{"least", "{\"type\":\"ask\",\"prose\":\"x\"}", "x", 0},
	{"escape in the prose",
	 "{\"type\":\"FACT\",\"prose\":\"a\\u001b[31mb\\u202ec\\nd\"}", "abc\nd", 0},
	{"lists are none",
	 "{\"type\":\"FACT\",\"prose\":\"x\",\"claims\":7,\"asks\":{},\"says\":\"stale\","
	 "\"struck\":[1,null],\"route\":[]}",
	 "x", 0},
	{"claims of no kind",
	 "{\"type\":\"FACT\",\"prose\":\"x\",\"claims\":[{},1,null,[]]}", "x", 0},
	{"claim points behind the prose",
	 "{\"type\":\"FACT\",\"prose\":\"x\",\"claims\":[{\"field\":\"a\",\"begin\":0,"
	 "\"end\":9000000000}]}",
	 "x", 1},
	{"claim ends before it begins",
	 "{\"type\":\"FACT\",\"prose\":\"xyz\",\"claims\":[{\"line\":\"a\",\"begin\":3,"
	 "\"end\":1}]}",
	 "xyz", 1},
	{"numbers no count can be",
	 "{\"type\":\"FACT\",\"prose\":\"x\",\"claims\":[{\"field\":\"a\\u001b[2J\","
	 "\"version\":-3,\"as_of\":1e300,\"begin\":0.5,\"end\":-1}],"
	 "\"route\":{\"tokens_in\":1e99,\"tokens_out\":-5,\"money\":\"dear\"}}",
	 "x", 1},
};

static void foreign_bytes_do_no_harm(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(foreign); i++) {
		const char *name = foreign[i].name;
		struct answer a;
		bool is_one;

		answer_init(&a);
		is_one = answer_from_json(&a, str_from(foreign[i].json));
		check_case(name, is_one == (foreign[i].prose != NULL));
		check_text(name, strbuf_str(&a.prose),
			   foreign[i].prose ? foreign[i].prose : "");
		check_case(name, a.n_claims == foreign[i].claims);
		for (size_t k = 0; k < a.n_claims; k++) {
			const struct claim *claim = &a.claims[k];

			check_case(name, claim->begin <= claim->end);
			check_case(name, claim->end <= a.prose.n);
			check_text(name, str_from(claim->ref), "a");
			check_case(name, claim->version == 0);
		}
		check_case(name, a.tokens_in == -1 && a.tokens_out == -1);
		check_case(name, isnan(a.money));
		answer_fini(&a);
	}
}

/* A long name of a model is cut at a character, and ten thousand claims at the cap. */
static void too_much_is_cut(void **state)
{
	struct strbuf json;
	struct answer a;

	(void)state;
	strbuf_init(&json, RECORD_MAX);
	strbuf_puts(&json, "{\"type\":\"FACT\",\"prose\":\"x\",\"route\":{\"model\":\"");
	strbuf_putc(&json, 'm');
	for (int i = 0; i < 200; i++)
		strbuf_puts(&json, "\u00e9");
	strbuf_puts(&json, "\"},\"claims\":[{\"field\":\"a\"}");
	for (int i = 0; i < 10000; i++)
		strbuf_puts(&json, ",{\"field\":\"a\"}");
	strbuf_puts(&json, "]}");
	answer_init(&a);
	assert_true(answer_from_json(&a, strbuf_str(&json)));
	assert_int_equal(a.n_claims, ANSWER_ITEMS_MOST);
	assert_int_equal(strlen(a.model), sizeof(a.model) - 1);
	answer_fini(&a);
	strbuf_fini(&json);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(record_says_it_all),
		cmocka_unit_test(record_reads_back),
		cmocka_unit_test(every_kind_comes_back),
		cmocka_unit_test(foreign_bytes_do_no_harm),
		cmocka_unit_test(too_much_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
