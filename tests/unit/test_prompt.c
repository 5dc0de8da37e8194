/* Editing, history and completion of the prompt. */
#include "unit/check.h"

#include <stdio.h>

#include "tui/prompt.h"

/* Each letter is an edit; what stands in quotes is typed. */
static void play(struct prompt *prompt, const char *script)
{
	static const struct {
		char letter;
		enum prompt_edit edit;
	} edits[] = {
		{'<', PROMPT_LEFT},	   {'>', PROMPT_RIGHT},	    {'^', PROMPT_HOME},
		{'$', PROMPT_END},	   {'b', PROMPT_BACKSPACE}, {'d', PROMPT_DELETE},
		{'w', PROMPT_DELETE_WORD}, {'k', PROMPT_KILL},	    {'c', PROMPT_CLEAR},
		{'o', PROMPT_OLDER},	   {'n', PROMPT_NEWER},
	};

	for (const char *at = script; *at; at++) {
		if (*at == '\'') {
			const char *end = strchr(at + 1, '\'');

			prompt_insert(prompt,
				      (struct str){at + 1, (size_t)(end - at - 1)});
			at = end;
			continue;
		}
		for (size_t i = 0; i < sizeof(edits) / sizeof(edits[0]); i++) {
			if (edits[i].letter == *at)
				prompt_edit(prompt, edits[i].edit);
		}
	}
}

static void test_edits(void **state)
{
	static const struct {
		const char *name, *script, *want;
	} cases[] = {
		{"typing", "'abc'", "abc"},
		{"in the middle", "'ac'<'b'", "abc"},
		{"backspace at the start", "'a'^b", "a"},
		{"delete at the end", "'a'd", "a"},
		{"a wide character is one", "'日本'b", "日"},
		{"a letter and its mark are one", "'e\xCC\x81x'<b", "x"},
		{"a word", "'sort cpu'w", "sort "},
		{"a word and blanks", "'sort cpu  'w", "sort "},
		{"to the end", "'abc'<<k", "a"},
		{"all", "'abc'c'x'", "x"},
		{"history without lines", "'abc'oon", "abc"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct prompt prompt;

		prompt_init(&prompt);
		prompt_open(&prompt, PROMPT_COMMAND, STR(""));
		play(&prompt, cases[i].script);
		check_text(cases[i].name, strbuf_str(&prompt.text), cases[i].want);
		check_case(cases[i].name, prompt.cursor <= prompt.text.n);
		prompt_fini(&prompt);
	}
}

static void enter(struct prompt *prompt, enum prompt_kind kind, const char *line)
{
	prompt_open(prompt, kind, str_from(line));
	prompt_close(prompt, true);
}

static void test_history(void **state)
{
	struct prompt prompt;

	(void)state;
	prompt_init(&prompt);
	enter(&prompt, PROMPT_COMMAND, "first");
	enter(&prompt, PROMPT_COMMAND, "second");
	enter(&prompt, PROMPT_COMMAND, "second");
	enter(&prompt, PROMPT_FILTER, "a filter");
	prompt_open(&prompt, PROMPT_COMMAND, STR(""));
	play(&prompt, "'draft'oo");
	check_text("the same line twice is one", strbuf_str(&prompt.text), "first");
	play(&prompt, "onnn");
	check_text("back to the draft", strbuf_str(&prompt.text), "draft");
	for (int i = 0; i < PROMPT_HISTORY + 5; i++) {
		char line[16];

		snprintf(line, sizeof(line), "line %d", i);
		enter(&prompt, PROMPT_COMMAND, line);
	}
	assert_int_equal(prompt.history[PROMPT_COMMAND].lines.n, PROMPT_HISTORY);
	assert_string_equal(prompt.history[PROMPT_COMMAND].lines.p[0], "line 5");
	prompt_fini(&prompt);
}

static void test_completion(void **state)
{
	struct prompt prompt;

	(void)state;
	prompt_init(&prompt);
	prompt_open(&prompt, PROMPT_COMMAND, STR("sort Cp"));
	assert_true(prompt_wants_choices(&prompt));
	prompt_choices_begin(&prompt, 5);
	prompt_choice_add(&prompt, STR("cpu"));
	prompt_choice_add(&prompt, STR("name"));
	prompt_choice_add(&prompt, STR("cpu_limit"));
	prompt_choice_step(&prompt, 1);
	check_text("the first", strbuf_str(&prompt.text), "sort cpu");
	assert_false(prompt_wants_choices(&prompt));
	prompt_choice_step(&prompt, 1);
	check_text("the second", strbuf_str(&prompt.text), "sort cpu_limit");
	prompt_choice_step(&prompt, 1);
	check_text("round again", strbuf_str(&prompt.text), "sort cpu");
	prompt_choice_step(&prompt, -1);
	check_text("and back", strbuf_str(&prompt.text), "sort cpu_limit");
	prompt_insert(&prompt, STR("x"));
	assert_true(prompt_wants_choices(&prompt));
	prompt_fini(&prompt);
}

static void test_is_capped(void **state)
{
	struct prompt prompt;

	(void)state;
	prompt_init(&prompt);
	prompt_open(&prompt, PROMPT_FILTER, STR(""));
	for (int i = 0; i < PROMPT_MAX_BYTES * 2; i++)
		prompt_insert(&prompt, STR("a"));
	assert_int_equal(prompt.text.n, PROMPT_MAX_BYTES);
	prompt_fini(&prompt);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edits),
		cmocka_unit_test(test_history),
		cmocka_unit_test(test_completion),
		cmocka_unit_test(test_is_capped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
