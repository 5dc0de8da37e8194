/* What a hand-over is told of changes: which are open, when what happened, in whose
 * words. */
#include "check.h"

#include "base/count.h"
#include "worker/change/changes_part.h"
#include "worker/handed.h"

enum { MADE_MS = 1000, BEGAN_MS = 3000, ENDED_MS = 9000, EXPIRES_MS = 100000 };

static const struct handed_case {
	const char *name;
	struct act_change change;
	int64_t at_ms, expires_ms;
	bool is_open;
	const char *state, *why;
} cases[] = {
	{.name = "proposed",
	 .change = {.state = CHANGE_PROPOSED},
	 .at_ms = MADE_MS,
	 .expires_ms = EXPIRES_MS,
	 .is_open = true,
	 .state = "waits for its approval"},
	{.name = "approved",
	 .change = {.state = CHANGE_APPROVED,
		    .approvers = {{.who = "a", .at_ms = 2000},
				  {.who = "b", .at_ms = 2500}},
		    .n_approvers = 2},
	 .at_ms = 2500,
	 .expires_ms = EXPIRES_MS,
	 .is_open = true,
	 .state = "may be run"},
	{.name = "running",
	 .change = {.state = CHANGE_FOLLOWING, .began_ms = BEGAN_MS},
	 .at_ms = BEGAN_MS,
	 .is_open = true,
	 .state = "a request was accepted and goes on outside"},
	{.name = "helped",
	 .change = {.state = CHANGE_ENDED,
		    .outcome = RUN_HELPED,
		    .began_ms = BEGAN_MS,
		    .ended_ms = ENDED_MS},
	 .at_ms = ENDED_MS,
	 .state = "it is done, and what was hoped for is to be seen"},
	{.name = "failed, with why",
	 .change = {.state = CHANGE_ENDED,
		    .outcome = RUN_FAILED,
		    .began_ms = BEGAN_MS,
		    .ended_ms = ENDED_MS,
		    .why = "409: busy"},
	 .at_ms = ENDED_MS,
	 .state = "a step failed; those before it stand",
	 .why = "409: busy"},
	{.name = "nobody knows: it stays open",
	 .change = {.state = CHANGE_ENDED,
		    .outcome = RUN_UNKNOWN,
		    .began_ms = BEGAN_MS,
		    .ended_ms = ENDED_MS},
	 .at_ms = ENDED_MS,
	 .is_open = true},
	{.name = "rejected",
	 .change = {.state = CHANGE_REJECTED, .decided_ms = 4000, .why = "too large"},
	 .at_ms = 4000,
	 .state = "a person decided against it",
	 .why = "too large"},
	{.name = "expired",
	 .change = {.state = CHANGE_EXPIRED},
	 .at_ms = EXPIRES_MS,
	 .state = "nobody ran it in time; plan it anew"},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct handed_case *c = &cases[i];
		struct plan plan = {.title = "Scale",
				    .target = "db",
				    .by = "anna",
				    .id = "0123456789abcdef",
				    .made_ms = MADE_MS,
				    .expires_ms = EXPIRES_MS};
		struct act_change change = c->change;
		struct changes changes = {.list = &change, .n = 1};
		struct handover_change out[2];

		change.plan = &plan;
		check_case(c->name, changes_handed(&changes, out, 2) == 1);
		check_case(c->name, out[0].at_ms == c->at_ms);
		check_case(c->name, out[0].expires_ms == c->expires_ms);
		check_case(c->name, out[0].is_open == c->is_open);
		check_case(c->name, !c->state || strcmp(out[0].state, c->state) == 0);
		check_case(c->name, (c->why == NULL) == (out[0].why == NULL));
		check_case(c->name, !c->why || strcmp(out[0].why, c->why) == 0);
		check_case(c->name, strcmp(out[0].on, "db") == 0 &&
					    strcmp(out[0].code, "0123456789abcdef") == 0);
	}
}

static void test_bounds(void **state)
{
	struct act_change list[3] = {{.state = CHANGE_PROPOSED}};
	struct changes changes = {.list = list, .n = 3};
	struct plan plan = {.title = "T"};
	struct handover_change out[2];

	(void)state;
	for (size_t i = 0; i < COUNT(list); i++)
		list[i].plan = &plan;
	assert_int_equal(changes_handed(&changes, out, 2), 2);
	assert_int_equal(changes_handed(NULL, out, 2), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
