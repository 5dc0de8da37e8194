/* The way back out of a plan's text: the action, and inputs whose values may have blanks. */
#include "unit/check.h"

#include "act/plan_undo.h"
#include "base/strbuf.h"

static const struct {
	const char *text;
	const char *want; /* "ACTION|INPUT|INPUT"; NULL: nothing undoes it */
} cases[] = {
	{"sql-scale size=S2", "sql-scale|size=S2"},
	{"sql-resume", "sql-resume"},
	{"sql-serverless least=0.5 pause=60", "sql-serverless|least=0.5|pause=60"},
	{"resource-tag tag=owner value=the night shift",
	 "resource-tag|tag=owner|value=the night shift"},
	{"resource-tag tag=owner value=", "resource-tag|tag=owner|value="},
	{"resource-tag tag=a value=b=c d", "resource-tag|tag=a|value=b=c d"},
	{"an approval that was given stands", NULL},
	{"sql-scales size=S2", NULL},
	{"", NULL},
};

static void test_read(void **state)
{
	struct actions *actions = actions_new();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct plan plan = {.undo = cases[i].text};
		struct plan_undo undo;
		struct strbuf got;
		char **input;

		check_case(cases[i].text, plan_undo_read(&plan, actions, &undo) ==
						  (cases[i].want != NULL));
		if (!cases[i].want)
			continue;
		strbuf_init(&got, 1000);
		strbuf_puts(&got, undo.action->name);
		vec_each (input, &undo.inputs)
			strbuf_printf(&got, "|%s", *input);
		check_text(cases[i].text, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
		plan_undo_fini(&undo);
	}
	actions_free(actions);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
