/* Markdown for those who read it as it is: only what keeps a mark from being one goes. */
#include "unit/check.h"

#include "base/count.h"
#include "cli/unmarked.h"

static const struct {
	const char *name, *markdown, *want;
} cases[] = {
	{"nothing", "", ""},
	{"plain words", "it is so\n", "it is so\n"},
	{"marks that were kept from it", "lines like \"GET \\<\\*\\> in \\[a\\] ms\"",
	 "lines like \"GET <*> in [a] ms\""},
	{"two backslashes are one", "C:\\\\logs", "C:\\logs"},
	{"before a letter it is one", "a\\b", "a\\b"},
	{"at the end it is one", "a\\", "a\\"},
	{"in code it stays", "`\\d+\\*` and \\*", "`\\d+\\*` and *"},
	{"in code with two marks", "``a ` \\* b`` \\*", "``a ` \\* b`` *"},
	{"in a fence", "```\n\\*\n```\n\\*\n", "```\n\\*\n```\n*\n"},
	{"a mark that nothing closes", "`\\* is", "`* is"},
	{"one that is kept from it opens nothing", "\\`\\*\\`", "`*`"},
};

static void what_people_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf out;

		strbuf_init(&out, 1000);
		unmarked_put(&out, str_from(cases[i].markdown));
		check_text(cases[i].name, strbuf_str(&out), cases[i].want);
		strbuf_fini(&out);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_people_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
