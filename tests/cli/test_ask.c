/* `azdeck ask` as people and scripts run it, over the simulator: through its model, which is
 * asked over HTTP, and without one. Thread: the test's. */
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/count.h"
#include "cli/run.h"
#include "unit/check.h"

static cJSON *ask(const char *question, const char *model, const char *fault)
{
	struct run r = {.args = RUN_ARGS("ask", "--demo", "--at", CHECK_AT, "--json",
					 "--model", model, "--fault", fault, question)};
	cJSON *record;

	run_now(&r);
	if (r.code != 0)
		fail_msg("%s", r.err.p);
	record = cJSON_Parse(r.out.p);
	assert_non_null(record);
	run_fini(&r);
	return record;
}

static const char *text(const cJSON *object, const char *name)
{
	const char *value =
		cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));

	return value ? value : "";
}

static bool has(const cJSON *list, const char *word)
{
	const cJSON *at;

	cJSON_ArrayForEach (at, list)
		if (strcmp(cJSON_GetStringValue(at), word) == 0)
			return true;
	return false;
}

/* A fault that no request meets, and one that asks for no wait before the next try. */
#define NO_FAULT "503:*nowhere*"
#define NO_MODEL "500:*_openai*"

struct ask_case {
	const char *name, *question, *type, *claim;
};
static const struct ask_case asked[] = {
	{"a budget", "how is the budget of qodex?", "FACT",
	 "cost.budget[budget-qodex].pct_used"},
	{"a job", "why is qodex-model-eval stuck", "DIAG",
	 "agent-waits[qodex-model-eval].reason"},
	{"a procedure", "how do i fail over atlas", "HOWTO", NULL},
	{"a change", "scale atlas-orders to BC_Gen5_16", "PROPOSE", NULL},
	{"an approval of one's own", "approve my own change", "REFUSE", NULL},
	{"no such thing", "tier of database nowhere-at-all?", "UNKNOWN", NULL},
};

static void check_record(const struct ask_case *c, const cJSON *record, const char *route)
{
	const cJSON *claims = cJSON_GetObjectItemCaseSensitive(record, "claims"), *at;
	const cJSON *by = cJSON_GetObjectItemCaseSensitive(record, "route");
	bool is_claimed = c->claim == NULL;

	if (strcmp(text(record, "type"), c->type) != 0)
		fail_msg("%s: %s", c->name, cJSON_Print(record));
	cJSON_ArrayForEach (at, claims)
		is_claimed = is_claimed || strcmp(text(at, "field"), c->claim) == 0;
	check_case(c->name, is_claimed);
	check_case(c->name, (strcmp(c->type, "PROPOSE") == 0) ==
				    (cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(
					     record, "proposals")) > 0));
	/* What is unsafe never gets to a model. */
	check_case(c->name,
		   strcmp(text(by, "name"),
			  strcmp(c->type, "REFUSE") == 0 ? "guide" : route) == 0);
	check_case(c->name,
		   cJSON_GetArraySize(
			   cJSON_GetObjectItemCaseSensitive(record, "struck")) == 0);
}

static void through_the_model(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(asked); i++) {
		cJSON *record = ask(asked[i].question, "azure", NO_FAULT);

		check_record(&asked[i], record, "azure");
		cJSON_Delete(record);
	}
}

static void by_the_guide(void **state)
{
	(void)state;
	/* It is behind the model, too. */
	if (getenv("AZ_VARIANT"))
		return;
	for (size_t i = 0; i < COUNT(asked); i++) {
		cJSON *record = ask(asked[i].question, "guide", NO_FAULT);

		check_record(&asked[i], record, "guide");
		cJSON_Delete(record);
	}
}

/* The guide answers in its place, and says so. */
static void the_model_is_down(void **state)
{
	cJSON *record = ask(asked[0].question, "azure", NO_MODEL);

	(void)state;
	check_record(&asked[0], record, "guide");
	assert_true(has(cJSON_GetObjectItemCaseSensitive(record, "says"), "no_model"));
	cJSON_Delete(record);
}

/* Who is asked for by name is not replaced. */
static void no_such_model(void **state)
{
	struct run r = {.args = RUN_ARGS("ask", "--demo", "--at", CHECK_AT, "--model",
					 "nowhere", "budget of qodex")};

	(void)state;
	run_expect(&r, 6);
	assert_non_null(strstr(r.err.p, "nowhere"));
	run_fini(&r);
}

static void people_read_a_text(void **state)
{
	/* By its name: else the guide answers where the first word takes two seconds, which
	 * is a matter of how busy the machine is. */
	struct run r = {.args = RUN_ARGS("ask", "--demo", "--at", CHECK_AT, "--model",
					 "azure", "--about", "budgets/budget-qodex",
					 "how is this budget?")};

	(void)state;
	run_expect(&r, 0);
	assert_non_null(strstr(r.out.p, "96.6% [2]"));
	assert_non_null(strstr(r.out.p, "[2] cost.budget[budget-qodex].pct_used = "));
	assert_non_null(strstr(r.out.p, "FACT, by azure"));
	assert_null(strchr(r.out.p, '\x1b'));
	run_fini(&r);
}

static void a_question_from_a_pipe(void **state)
{
	struct run r = {.args = RUN_ARGS("ask", "--demo", "--at", CHECK_AT),
			.input = "how is the budget of qodex?\n"};

	(void)state;
	run_expect(&r, 0);
	assert_non_null(strstr(r.out.p, "budget-qodex"));
	run_fini(&r);
}

static void fields_are_listed(void **state)
{
	struct run r = {.args = RUN_ARGS("ask", "--fields")};

	(void)state;
	run_expect(&r, 0);
	assert_non_null(strstr(r.out.p, "sql[KEY].tier\tsql\t"));
	run_fini(&r);
}

static void wrong_usage(void **state)
{
	static const struct {
		const char *name;
		const char *args[5];
	} cases[] = {
		{"no question", {"ask", "--demo"}},
		{"no such option", {"ask", "--loud", "x"}},
		{"about no row", {"ask", "--about", "sql", "x"}},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run r = {.args = cases[i].args, .input = ""};

		run_expect(&r, 2);
		run_fini(&r);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(through_the_model),
		cmocka_unit_test(by_the_guide),
		cmocka_unit_test(the_model_is_down),
		cmocka_unit_test(no_such_model),
		cmocka_unit_test(people_read_a_text),
		cmocka_unit_test(a_question_from_a_pipe),
		cmocka_unit_test(fields_are_listed),
		cmocka_unit_test(wrong_usage),
	};

	return cmocka_run_group_tests_name("ask", tests, run_setup, run_teardown);
}
