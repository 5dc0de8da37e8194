/* Where a question is written: rows, the cursor, the history. */
#include "unit/check.h"

#include "tui/chat/editor.h"

/* "_" is where the cursor stands. */
static void check_editor(const char *name, const struct editor *e, const char *want)
{
	struct strbuf got;

	strbuf_init(&got, 1 << 16);
	strbuf_put(&got, str_sub(strbuf_str(&e->text), 0, e->cursor));
	strbuf_putc(&got, '_');
	strbuf_put(&got, str_sub(strbuf_str(&e->text), e->cursor, e->text.n));
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
}

static void test_edits(void **state)
{
	static const struct {
		const char *name, *text;
		enum prompt_edit edits[4];
		int n;
		const char *want;
	} cases[] = {
		{"left over a line's end",
		 "a\nb",
		 {PROMPT_LEFT, PROMPT_LEFT},
		 2,
		 "a_\nb"},
		{"left at the start", "", {PROMPT_LEFT}, 1, "_"},
		{"right at the end", "a", {PROMPT_RIGHT}, 1, "a_"},
		{"home is of the line", "a\nbc", {PROMPT_HOME}, 1, "a\n_bc"},
		{"end is of the line",
		 "ab\nc",
		 {PROMPT_HOME, PROMPT_LEFT, PROMPT_HOME, PROMPT_END},
		 4,
		 "ab_\nc"},
		{"backspace joins lines",
		 "a\nb",
		 {PROMPT_HOME, PROMPT_BACKSPACE},
		 2,
		 "a_b"},
		{"a cluster is one",
		 "e\xcc\x81x",
		 {PROMPT_LEFT, PROMPT_BACKSPACE},
		 2,
		 "_x"},
		{"delete joins lines",
		 "a\nb",
		 {PROMPT_HOME, PROMPT_LEFT, PROMPT_DELETE},
		 3,
		 "a_b"},
		{"delete at the end", "a", {PROMPT_DELETE}, 1, "a_"},
		{"a word goes", "one two ", {PROMPT_DELETE_WORD}, 1, "one _"},
		{"the rest of the line goes",
		 "a\nbc",
		 {PROMPT_HOME, PROMPT_KILL},
		 2,
		 "a\n_"},
		{"all goes", "a\nb", {PROMPT_CLEAR}, 1, "_"},
		{"up to the row above", "abcd\nxy", {PROMPT_OLDER}, 1, "ab_cd\nxy"},
		{"up to a shorter row", "a\nxyz", {PROMPT_OLDER}, 1, "a_\nxyz"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct editor e;

		editor_init(&e);
		editor_insert(&e, str_from(cases[i].text));
		for (int k = 0; k < cases[i].n; k++)
			editor_edit(&e, cases[i].edits[k]);
		check_editor(cases[i].name, &e, cases[i].want);
		editor_fini(&e);
	}
}

static void test_rows(void **state)
{
	static const struct {
		const char *text;
		int w, rows;
	} cases[] = {
		{"", 10, 1},	   {"abc", 10, 1},  {"abcdefghijk", 10, 2},
		{"a\nb\n", 10, 3}, {"\n\n", 10, 3}, {"日本日", 4, 2},
		{"日本", 1, 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct editor e;

		editor_init(&e);
		editor_insert(&e, str_from(cases[i].text));
		assert_int_equal(editor_rows(&e, cases[i].w), cases[i].rows);
		editor_fini(&e);
	}
}

static void send(struct editor *e, const char *text)
{
	editor_insert(e, str_from(text));
	editor_keep(e);
}

static void test_history(void **state)
{
	struct editor e;

	(void)state;
	editor_init(&e);
	send(&e, "one");
	send(&e, "two");
	send(&e, "two");
	assert_int_equal(e.history.n, 2);
	editor_insert(&e, STR("draft"));
	editor_edit(&e, PROMPT_OLDER);
	check_editor("the last", &e, "two_");
	editor_edit(&e, PROMPT_OLDER);
	editor_edit(&e, PROMPT_OLDER);
	check_editor("the first", &e, "one_");
	editor_edit(&e, PROMPT_NEWER);
	editor_edit(&e, PROMPT_NEWER);
	check_editor("the draft", &e, "draft_");
	for (int i = 0; i < EDITOR_HISTORY + 5; i++) {
		char text[] = {(char)('a' + i % 26), (char)('a' + i / 26), '\0'};

		editor_edit(&e, PROMPT_CLEAR);
		send(&e, text);
	}
	assert_int_equal(e.history.n, EDITOR_HISTORY);
	editor_fini(&e);
}

/* One row more than there is room for: those around the cursor are seen. */
static void test_draws(void **state)
{
	struct grid *grid = grid_new(10, 2);
	struct surface s = grid_surface(grid);
	struct strbuf text;
	struct editor e;
	int x, y;

	(void)state;
	editor_init(&e);
	editor_insert(&e, STR("one\ntwo\nthree"));
	strbuf_init(&text, 1 << 12);
	surface_clear(&s, ROLE_TEXT);
	editor_draw(&e, &s, true);
	grid_dump_text(grid, &text);
	check_text("the end", strbuf_str(&text), "two\nthree\n");
	assert_true(grid_cursor(grid, &x, &y));
	assert_int_equal(x, 5);
	assert_int_equal(y, 1);
	strbuf_fini(&text);
	editor_fini(&e);
	grid_free(grid);
}

static void test_is_bounded(void **state)
{
	static char much[EDITOR_MOST + 1];
	struct editor e;

	(void)state;
	memset(much, 'x', sizeof(much));
	editor_init(&e);
	editor_insert(&e, STR("a"));
	editor_insert(&e, (struct str){much, EDITOR_MOST});
	assert_string_equal(e.text.p, "a");
	editor_set(&e, (struct str){much, sizeof(much)});
	assert_int_equal(e.text.n, EDITOR_MOST);
	editor_fini(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edits),	   cmocka_unit_test(test_rows),
		cmocka_unit_test(test_history),	   cmocka_unit_test(test_draws),
		cmocka_unit_test(test_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
