/* A command line by the tables of its command: where flags, values and words go, what is
 * refused, and that what comes first is told. Thread: the test's. */
#include "unit/check.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "cli/cli.h"

struct line {
	bool is_loud, is_json;
	const char *name, *first, *second;
	int64_t most;
	char rest[40]; /* words behind the second */
};

static bool set_most(const char *value, struct err *err, void *to)
{
	struct line *line = to;

	(void)err;
	return str_to_i64(str_from(value), &line->most) && line->most <= 9;
}

static bool add_rest(const char *word, struct err *err, void *to)
{
	struct line *line = to;
	size_t n = strlen(line->rest);

	if (strcmp(word, "no") == 0)
		return err_set(err, ERR_NOT_FOUND, "there is no such word");
	if (strcmp(word, "extra") == 0)
		return false;
	snprintf(line->rest + n, sizeof(line->rest) - n, "%s.", word);
	return true;
}

static const struct cli_option options[] = {
	{"--loud", NULL, "", CLI_INTO(struct line, is_loud)},
	{"--name", "NAME", "", CLI_INTO(struct line, name)},
	{"--output", "text|json", "", CLI_INTO_JSON(struct line, is_json)},
	{"--most", "N", "", .set = set_most, .refusal = "it is at most 9, not"},
	{.name = NULL},
};

static const struct cli_command plain = {
	.name = "plain",
	.options = options,
	.words = {.extra = "it takes no word"},
};

static const struct cli_command wordy = {
	.name = "wordy",
	.options = options,
	.words = {.slots = {CLI_SLOT(struct line, first), CLI_SLOT(struct line, second)},
		  .n_slots = 2,
		  .take = add_rest,
		  .extra = "one too many:"},
};

static const struct walk_case {
	const char *name;
	const struct cli_command *command;
	const char *argv[8]; /* behind the name */
	int code;
	struct line line; /* what is there then, where the code is 0 */
} cases[] = {
	{"nothing", &plain, {NULL}, 0, {.is_loud = false}},
	{"a flag", &plain, {"--loud"}, 0, {.is_loud = true}},
	{"its letter", &plain, {"-l"}, 0, {.is_loud = true}},
	{"a value", &plain, {"--name", "x"}, 0, {.name = "x"}},
	{"a value behind =", &plain, {"--name=x=y"}, 0, {.name = "x=y"}},
	{"none behind =", &plain, {"--name="}, 0, {.name = ""}},
	{"a value that looks like an option", &plain, {"-n", "-l"}, 0, {.name = "-l"}},
	{"the later one counts", &plain, {"-n", "x", "-n", "y"}, 0, {.name = "y"}},
	{"json", &plain, {"-o", "json"}, 0, {.is_json = true}},
	{"text again", &plain, {"-o", "json", "-o", "text"}, 0, {.is_json = false}},
	{"its own", &plain, {"--most", "7"}, 0, {.most = 7}},
	{"no such option", &plain, {"--lou"}, 2, {.most = 0}},
	{"no such letter", &plain, {"-x"}, 2, {.most = 0}},
	{"a letter with =", &plain, {"-n=x"}, 2, {.most = 0}},
	{"no value", &plain, {"--name"}, 2, {.most = 0}},
	{"a value for a flag", &plain, {"--loud=1"}, 2, {.most = 0}},
	{"neither text nor json", &plain, {"-o", "xml"}, 2, {.most = 0}},
	{"both", &plain, {"-o", "text|json"}, 2, {.most = 0}},
	{"too many", &plain, {"--most", "10"}, 2, {.most = 0}},
	{"no word is taken", &plain, {"x"}, 2, {.most = 0}},
	{"words", &wordy, {"a", "b"}, 0, {.first = "a", .second = "b"}},
	{"words between",
	 &wordy,
	 {"a", "-l", "b"},
	 0,
	 {.is_loud = true, .first = "a", .second = "b"}},
	{"behind --", &wordy, {"--", "-l", "--"}, 0, {.first = "-l", .second = "--"}},
	{"standard input", &wordy, {"-"}, 0, {.first = "-"}},
	{"the rest",
	 &wordy,
	 {"a", "b", "c", "d"},
	 0,
	 {.first = "a", .second = "b", .rest = "c.d."}},
	{"one too many", &wordy, {"a", "b", "extra"}, 2, {.most = 0}},
	{"with a class of its own", &wordy, {"a", "b", "no"}, 6, {.most = 0}},
	{"the first counts", &wordy, {"a", "b", "no", "--lou"}, 6, {.most = 0}},
};

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct walk_case *c = &cases[i];
		char *argv[9] = {(char *)(uintptr_t)c->command->name};
		struct line line = {0};
		int argc = 1;

		for (; argc < 9 && c->argv[argc - 1]; argc++)
			argv[argc] = (char *)(uintptr_t)c->argv[argc - 1];
		check_case(c->name, cli_walk(c->command, argc, argv, &line) == c->code);
		if (c->code)
			continue;
		check_case(c->name, line.is_loud == c->line.is_loud &&
					    line.is_json == c->line.is_json &&
					    line.most == c->line.most);
		check_case(c->name, is_same(line.name, c->line.name) &&
					    is_same(line.first, c->line.first) &&
					    is_same(line.second, c->line.second) &&
					    is_same(line.rest, c->line.rest));
	}
}

/* For who reads the command line alone. */
static void test_one_option(void **state)
{
	struct line line = {0};
	struct err err;

	(void)state;
	assert_true(cli_option_set(&options[0], NULL, &err, &line));
	assert_true(line.is_loud);
	assert_false(cli_option_set(&options[2], "xml", &err, &line));
	assert_int_equal(err.code, ERR_NONE);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_one_option),
	};

	return cmocka_run_group_tests_name("args", tests, NULL, NULL);
}
