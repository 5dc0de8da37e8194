/* Keymaps: the shipped ones hold together and can be typed, chords and several
 * keys work, broken files say where they are broken. */
#include "unit/check.h"

#include <stdio.h>

#include "base/embed.h"
#include "tui/input.h"
#include "tui/keymap.h"

static struct keymap *parse(const char *text)
{
	struct err err;
	struct keymap *keymap = keymap_parse(str_from(text), "test", "test.json", &err);

	if (!keymap)
		fail_msg("%s", err.text);
	return keymap;
}

static const char some[] = "{\"bindings\": {\n"
			   " \"global\": {\"q\": \"quit\", \"ctrl-c\": \"quit\",\n"
			   "   \"g\": \"help\", \"esc\": \"back\",\n"
			   "   \"x y\": \"redraw\", \"!\": \"board sql\"},\n"
			   " \"overview\": {\"1\": \"pane cost\", \"2\": \"pane sql\"},\n"
			   " \"table\": {\"g g\": \"top\", \"g G\": \"bottom\",\n"
			   "   \"x\": \"open\", \"q\": \"back\"}}}";

/* The command's name and argument, "prefix" or "none". */
static const char *look_up(const struct keymap *keymap, enum context context,
			   const char *text)
{
	static char answer[100];
	const struct command *command = NULL;
	struct str rest = str_from(text), part, arg;
	enum keymap_match found;
	struct key keys[8];
	size_t n = 0;

	while (str_next(&rest, ' ', &part))
		assert_true(key_parse(part, &keys[n++]));
	found = keymap_find(keymap, context, keys, n, &command, &arg);
	if (found != KEYMAP_FOUND)
		return found == KEYMAP_PREFIX ? "prefix" : "none";
	snprintf(answer, sizeof(answer), "%s%s%.*s", command->name, arg.n ? " " : "",
		 STR_ARG(arg));
	return answer;
}

static void test_find(void **state)
{
	static const struct {
		const char *name;
		enum context context;
		const char *keys, *want;
	} cases[] = {
		{"global", CONTEXT_GLOBAL, "q", "quit"},
		{"several keys", CONTEXT_GLOBAL, "ctrl-c", "quit"},
		{"from a context", CONTEXT_DETAIL, "q", "quit"},
		{"with an argument", CONTEXT_DETAIL, "!", "board sql"},
		{"the context goes first", CONTEXT_TABLE, "q", "back"},
		{"a chord begins", CONTEXT_TABLE, "g", "prefix"},
		{"a chord", CONTEXT_TABLE, "g g", "top"},
		{"another", CONTEXT_TABLE, "g G", "bottom"},
		{"no chord", CONTEXT_TABLE, "g x", "none"},
		{"elsewhere it is a key", CONTEXT_DETAIL, "g", "help"},
		{"a global chord begins", CONTEXT_DETAIL, "x", "prefix"},
		{"a global chord", CONTEXT_DETAIL, "x y", "redraw"},
		{"hidden by a key", CONTEXT_TABLE, "x", "open"},
		{"nothing", CONTEXT_TABLE, "Q", "none"},
		{"too many", CONTEXT_TABLE, "g g g", "none"},
	};
	struct keymap *keymap = parse(some);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_text(cases[i].name,
			   str_from(look_up(keymap, cases[i].context, cases[i].keys)),
			   cases[i].want);
	keymap_free(keymap);
}

/* What help shows: all keys that really reach the command. */
static void test_keys_of(void **state)
{
	static const struct {
		const char *name;
		enum context context;
		const char *command, *want;
	} cases[] = {
		{"several", CONTEXT_GLOBAL, "quit", "q, ctrl-c"},
		{"taken by the context", CONTEXT_TABLE, "quit", "ctrl-c"},
		{"of both", CONTEXT_TABLE, "back", "esc, q"},
		{"hidden by a chord", CONTEXT_TABLE, "help", ""},
		{"a chord", CONTEXT_TABLE, "top", "g g"},
		{"of another context", CONTEXT_DETAIL, "top", ""},
		{"with arguments", CONTEXT_OVERVIEW, "pane", "1, 2"},
	};
	struct keymap *keymap = parse(some);
	struct strbuf keys;

	(void)state;
	strbuf_init(&keys, 1000);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct command *command = command_find(str_from(cases[i].command));

		assert_non_null(command);
		strbuf_reset(&keys);
		keymap_keys_of(keymap, cases[i].context, command, &keys);
		check_text(cases[i].name, strbuf_str(&keys), cases[i].want);
	}
	strbuf_fini(&keys);
	keymap_free(keymap);
}

static void test_rows(void **state)
{
	struct keymap *keymap = parse(some);
	struct keymap_row row = keymap_at(keymap, 5);

	(void)state;
	assert_int_equal(keymap_count(keymap), 12);
	assert_int_equal(row.context, CONTEXT_GLOBAL);
	check_text("keys", row.keys, "!");
	check_text("argument", row.arg, "sql");
	assert_string_equal(row.command->name, "board");
	assert_string_equal(keymap_name(keymap), "test");
	keymap_free(keymap);
}

/* The bytes a terminal sends for a key; false when it cannot. */
static bool bytes_of(struct key key, struct strbuf *out)
{
	static const struct {
		uint32_t code;
		int number; /* before the modifiers */
		char final;
	} named[] = {
		{KEYCODE_UP, 1, 'A'},	   {KEYCODE_DOWN, 1, 'B'},
		{KEYCODE_RIGHT, 1, 'C'},   {KEYCODE_LEFT, 1, 'D'},
		{KEYCODE_HOME, 1, 'H'},	   {KEYCODE_END, 1, 'F'},
		{KEYCODE_INSERT, 2, '~'},  {KEYCODE_DELETE, 3, '~'},
		{KEYCODE_PAGE_UP, 5, '~'}, {KEYCODE_PAGE_DOWN, 6, '~'},
	};
	static const int f_numbers[] = {11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24};
	int mods = 1 + !!(key.mods & MOD_SHIFT) + 2 * !!(key.mods & MOD_ALT) +
		   4 * !!(key.mods & MOD_CTRL);

	strbuf_reset(out);
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		if (named[i].code != key.code)
			continue;
		strbuf_printf(out, "\033[%d;%d%c", named[i].number, mods, named[i].final);
		return true;
	}
	if (key.code >= KEYCODE_F1 && key.code <= KEYCODE_F12) {
		strbuf_printf(out, "\033[%d;%d~", f_numbers[key.code - KEYCODE_F1], mods);
		return true;
	}
	if (key.code == KEYCODE_TAB && key.mods == MOD_SHIFT) {
		strbuf_puts(out, "\033[Z");
		return true;
	}
	if (key.mods & MOD_ALT)
		strbuf_putc(out, '\033');
	if (key.code == KEYCODE_ENTER || key.code == KEYCODE_TAB ||
	    key.code == KEYCODE_ESCAPE || key.code == KEYCODE_BACKSPACE) {
		strbuf_putc(out, key.code == KEYCODE_ENTER    ? '\r'
				 : key.code == KEYCODE_TAB    ? '\t'
				 : key.code == KEYCODE_ESCAPE ? '\033'
							      : '\x7f');
		return (key.mods & (MOD_CTRL | MOD_SHIFT)) == 0;
	}
	if (key.mods & MOD_CTRL) {
		strbuf_putc(out, (char)(key.code & 0x1f));
		return key.code == ' ' || (key.code >= '@' && key.code < 0x7f);
	}
	strbuf_putc(out, (char)key.code);
	return key.code < 0x7f;
}

static void check_typable(const char *keymap, struct str keys)
{
	struct str rest = keys, part;
	struct strbuf bytes;

	strbuf_init(&bytes, 100);
	while (str_next(&rest, ' ', &part)) {
		struct event event;
		struct input in;
		struct key key;

		assert_true(key_parse(part, &key));
		if (!bytes_of(key, &bytes))
			fail_msg("%s: no terminal sends \"%.*s\"", keymap, STR_ARG(part));
		input_init(&in);
		input_feed(&in, strbuf_str(&bytes));
		if (!input_next(&in, true, 0, &event) || event.key.code != key.code ||
		    event.key.mods != key.mods)
			fail_msg("%s: \"%.*s\" is not what comes", keymap, STR_ARG(part));
		input_fini(&in);
	}
	strbuf_fini(&bytes);
}

/* All commands one cannot do without, in every keymap that is shipped. */
static void check_complete(const struct keymap *keymap)
{
	static const struct {
		enum context context;
		const char *command;
	} needed[] = {
		{CONTEXT_GLOBAL, "quit"},
		{CONTEXT_GLOBAL, "help"},
		{CONTEXT_GLOBAL, "command"},
		{CONTEXT_GLOBAL, "back"},
		{CONTEXT_GLOBAL, "suspend"},
		{CONTEXT_GLOBAL, "redraw"},
		{CONTEXT_GLOBAL, "worst"},
		{CONTEXT_OVERVIEW, "open"},
		{CONTEXT_OVERVIEW, "focus-next"},
		{CONTEXT_OVERVIEW, "pane"},
		{CONTEXT_OVERVIEW, "zoom"},
		{CONTEXT_TABLE, "up"},
		{CONTEXT_TABLE, "down"},
		{CONTEXT_TABLE, "page-down"},
		{CONTEXT_TABLE, "top"},
		{CONTEXT_TABLE, "bottom"},
		{CONTEXT_TABLE, "filter"},
		{CONTEXT_TABLE, "match-next"},
		{CONTEXT_TABLE, "sort-next"},
		{CONTEXT_TABLE, "sort-reverse"},
		{CONTEXT_TABLE, "copy-row"},
		{CONTEXT_DETAIL, "raw"},
		{CONTEXT_DETAIL, "down"},
		{CONTEXT_HELP, "down"},
		{CONTEXT_PROMPT, "prompt-accept"},
		{CONTEXT_PROMPT, "prompt-cancel"},
		{CONTEXT_PROMPT, "prompt-left"},
		{CONTEXT_PROMPT, "prompt-backspace"},
	};
	struct strbuf keys;

	strbuf_init(&keys, 1000);
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		strbuf_reset(&keys);
		keymap_keys_of(keymap, needed[i].context,
			       command_find(str_from(needed[i].command)), &keys);
		if (keys.n == 0)
			fail_msg("keymap %s has no key for \"%s\"", keymap_name(keymap),
				 needed[i].command);
	}
	strbuf_fini(&keys);
}

static void test_shipped(void **state)
{
	size_t n = 0;

	(void)state;
	for (const struct embedded_file *f = embedded_keymaps; f->name; f++, n++) {
		struct err err;
		struct keymap *keymap = keymap_load(f->name, NULL, &err);

		if (!keymap)
			fail_msg("%s", err.text);
		for (size_t i = 0; i < keymap_count(keymap); i++)
			check_typable(f->name, keymap_at(keymap, i).keys);
		check_complete(keymap);
		keymap_free(keymap);
	}
	assert_int_equal(n, 4);
}

static void test_errors(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{"not JSON", "{\n \"bindings\" {}}",
		 "k.json: line 2, column 13: this is not valid JSON"},
		{"no bindings", "{}", "k.json: line 1, column 1: bindings: an object"},
		{"a list", "{\n\"bindings\": []}",
		 "k.json: line 2, column 13: bindings: an"},
		{"an unknown context", "{\"bindings\": {\n\"nowhere\": {}}}",
		 "k.json: line 2, column 12: bindings.nowhere: there is no such context"},
		{"a context of another kind", "{\"bindings\": {\"table\": 1}}",
		 "k.json: line 1, column 24: bindings.table: must be an object"},
		{"no key", "{\"bindings\": {\"global\": {\n\"ctrl-\": \"quit\"}}}",
		 "k.json: line 2, column 10: bindings.global.ctrl-: this is no key"},
		{"an empty key", "{\"bindings\": {\"global\": {\"\": \"quit\"}}}",
		 "k.json: line 1, column 30: bindings.global.: this is no key"},
		{"two blanks", "{\"bindings\": {\"global\": {\"g  g\": \"quit\"}}}",
		 "k.json: line 1, column 34: bindings.global.g  g: this is no key"},
		{"five keys", "{\"bindings\": {\"global\": {\"a b c d e\": \"quit\"}}}",
		 "k.json: line 1, column 39: bindings.global.a b c d e: this is no key"},
		{"an unknown command",
		 "{\"bindings\": {\"global\": {\n\n\"q\": \"qiut\"}}}",
		 "k.json: line 3, column 6: bindings.global.q: there is no command "
		 "\"qiut\""},
		{"no command", "{\"bindings\": {\"global\": {\"q\": 1}}}",
		 "k.json: line 1, column 31: bindings.global.q: the value must be"},
		{"an argument for nothing",
		 "{\"bindings\": {\"global\": {\"q\": \"quit 1\"}}}",
		 "k.json: line 1, column 31: bindings.global.q: \"quit\" takes no "
		 "argument"},
		{"a command from elsewhere",
		 "{\"bindings\": {\"help\": {\"q\": \"raw\"}}}",
		 "k.json: line 1, column 29: bindings.help.q: this command does nothing"},
		{"the same key twice",
		 "{\"bindings\": {\"table\": {\"q\": \"back\",\n\"q\": \"quit\"}}}",
		 "k.json: line 2, column 6: bindings.table.q: conflicts with \"q\" "
		 "(back) "
		 "in line 1"},
		{"the same byte twice",
		 "{\"bindings\": {\"table\": {\"tab\": \"down\",\n\"ctrl-i\": \"up\"}}}",
		 "k.json: line 2, column 11: bindings.table.ctrl-i: conflicts with "
		 "\"tab\" "
		 "(down) in line 1"},
		{"a key that begins a chord",
		 "{\"bindings\": {\"table\": {\n\"g g\": \"top\",\n\"g\": \"down\"}}}",
		 "k.json: line 3, column 6: bindings.table.g: conflicts with \"g g\" "
		 "(top) "
		 "in line 2"},
		{"a chord that begins with a key",
		 "{\"bindings\": {\"table\": {\n\"g\": \"top\",\n\"g g\": \"down\"}}}",
		 "k.json: line 3, column 8: bindings.table.g g: conflicts with \"g\" "
		 "(top) "
		 "in line 2"},
		{"keys that are no names",
		 "{\"bindings\": {\"table\": {\".\": \"top\",\n\".\": \"down\"}}}",
		 "k.json: line 2, column 6: bindings.table..: conflicts with \".\""},
		{"a quotation mark",
		 "{\"bindings\": {\"table\": {\"\\\"\": \"top\",\n\"[\": \"dwn\"}}}",
		 "k.json: line 2, column 6: bindings.table.[: there is no command"},
		{"an escape in a name",
		 "{\"bindings\": {\"table\": {\"\\u001b[2J\": \"\\u001b[2J\"}}}",
		 "k.json: line 1, column 38: bindings.table."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err;

		check_case(cases[i].name,
			   !keymap_parse(str_from(cases[i].text), "k", "k.json", &err));
		check_case(cases[i].name, err.code == ERR_CONFIG);
		if (!str_starts(str_from(err.text), str_from(cases[i].want)))
			fail_msg("case \"%s\": got \"%s\"", cases[i].name, err.text);
		check_case(cases[i].name, !strchr(err.text, '\033'));
	}
}

/* The same key in two contexts is no conflict, nor is a key beside a chord that
 * begins with another. */
static void test_no_conflict(void **state)
{
	struct keymap *keymap =
		parse("{\"bindings\": {\"global\": {\"g\": \"help\"},\n"
		      "\"table\": {\"g g\": \"top\", \"G\": \"bottom\"},\n"
		      "\"detail\": {\"g g\": \"top\", \"alt-g\": \"down\"}}}");

	(void)state;
	assert_int_equal(keymap_count(keymap), 5);
	keymap_free(keymap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),   cmocka_unit_test(test_keys_of),
		cmocka_unit_test(test_rows),   cmocka_unit_test(test_shipped),
		cmocka_unit_test(test_errors), cmocka_unit_test(test_no_conflict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
