/* Files of actions: every one that ships is sound, and what is wrong is said with its
 * place. */
#include "unit/check.h"

#include <stdlib.h>

#include "act/action.h"
#include "base/count.h"
#include "board/def.h"

#define HEAD                                                                             \
	"\"title\":\"T\",\"about\":\"A.\",\"board\":\"sql\",\"target\":\"name\","        \
	"\"risk\":\"low\",\"permission\":\"p\","
#define READS "\"reads\":{\"db\":{\"get\":\"/a\"}},"
#define BOUND "\"bound_to\":[{\"name\":\"n\",\"title\":\"t\",\"value\":\"db\"}],"
#define SHOWS "\"shows\":[{\"title\":\"t\",\"before\":\"db\",\"after\":\"input.size\"}],"
#define STEPS                                                                            \
	"\"steps\":[{\"name\":\"s\",\"title\":\"t\",\"patch\":\"/a\",\"done\":\"db\"}],"
#define VERIFY "\"verify\":{\"text\":\"t\",\"holds\":\"row\"},"
#define UNDO   "\"undo\":{\"why\":\"w\"}"

static void test_errors(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{"all there", "{" HEAD READS BOUND SHOWS STEPS VERIFY UNDO "}", ""},
		{"no steps", "{" HEAD READS BOUND SHOWS VERIFY UNDO "}",
		 "test: needs \"steps\""},
		{"an empty list of steps",
		 "{" HEAD READS BOUND SHOWS "\"steps\":[]," VERIFY UNDO "}",
		 "needs one step at least"},
		{"bound to nothing",
		 "{" HEAD READS "\"bound_to\":[]," SHOWS STEPS VERIFY UNDO "}",
		 "must be bound to something"},
		{"nobody could tell whether it was done",
		 "{" HEAD READS BOUND SHOWS
		 "\"steps\":[{\"name\":\"s\",\"title\":\"t\",\"post\":\"/a\"}]," VERIFY
			 UNDO "}",
		 "needs \"done\", or \"safe_twice\": true"},
		{"a read that writes",
		 "{" HEAD
		 "\"reads\":{\"db\":{\"post\":\"/a\"}}," BOUND SHOWS STEPS VERIFY UNDO
		 "}",
		 "reads.db.post: no such key here (there are: kind get title absent)"},
		{"two methods",
		 "{" HEAD READS BOUND SHOWS
		 "\"steps\":[{\"name\":\"s\",\"title\":\"t\",\"post\":\"/a\",\"put\":\"/"
		 "a\",\"done\":\"db\"}]," VERIFY UNDO "}",
		 "it has a method already"},
		{"a risk that is none",
		 "{\"title\":\"T\",\"about\":\"A.\",\"board\":\"sql\",\"target\":"
		 "\"name\","
		 "\"risk\":\"none\",\"permission\":\"p\"," READS BOUND SHOWS STEPS VERIFY
			 UNDO "}",
		 "is low or high"},
		{"no way back, and no word why",
		 "{" HEAD READS BOUND SHOWS STEPS VERIFY "\"undo\":{}}",
		 "needs \"action\", or \"why\" there is none"},
		{"an expression that is none",
		 "{" HEAD READS BOUND SHOWS STEPS
		 "\"verify\":{\"text\":\"t\",\"holds\":\"row[\"}," UNDO "}",
		 "verify.holds"},
		{"an address elsewhere",
		 "{" HEAD
		 "\"reads\":{\"db\":{\"get\":\"https://x.example/\"}}," BOUND SHOWS STEPS
			 VERIFY UNDO "}",
		 "must begin with '/' or a parameter"},
		{"a key too many",
		 "{" HEAD READS BOUND SHOWS STEPS VERIFY UNDO ",\"x\":1}",
		 "x: no such key here"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err err = {0};
		struct action *a =
			action_parse(str_from(cases[i].text), "test", "test", &err);

		if ((a != NULL) != !*cases[i].want || !strstr(err.text, cases[i].want))
			fail_msg("%s: %s", cases[i].name, err.text);
		action_free(a);
	}
}

/* Its board is there, with the column that is typed; so is what undoes it. */
static void test_shipped(void **state)
{
	struct library *library = library_new(NULL, NULL, NULL);
	struct actions *list = actions_new();

	(void)state;
	assert_true(actions_size(list) > 0);
	for (size_t i = 0; i < actions_size(list); i++) {
		const struct action *a = actions_at(list, i);
		const struct board_def *def = library_find(library, str_from(a->board));

		if (!def || board_def_column(def, str_from(a->target)) < 0)
			fail_msg("%s: no board %s with a column %s", a->name, a->board,
				 a->target);
		if (!library_find(library, str_from(a->check.board)))
			fail_msg("%s: no board %s", a->name, a->check.board);
		if (a->undo.action && !actions_find(list, str_from(a->undo.action)))
			fail_msg("%s: no action %s", a->name, a->undo.action);
	}
	actions_free(list);
	library_free(library);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_shipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
