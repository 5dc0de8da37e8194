/* The decoder: every sequence it knows, whole and cut at every byte, and what it
 * must not mistake for keys. Events are compared as text: "ctrl-a", "left 3,4",
 * "paste(...)". */
#include "unit/check.h"

#include "base/rng.h"
#include "tui/input.h"
#include "tui/keymap.h"

static void put_event(struct strbuf *out, const struct event *e)
{
	static const char *const buttons[] = {"left", "middle", "right", "wheel-up",
					      "wheel-down"};

	if (out->n)
		strbuf_putc(out, ' ');
	if (e->kind == EVENT_KEY)
		key_format(out, e->key);
	else if (e->kind == EVENT_MOUSE)
		strbuf_printf(out, "%s%s%s@%d,%d", buttons[e->button],
			      e->is_press ? "" : "-up", e->is_double ? "-double" : "",
			      e->x, e->y);
	else if (e->kind == EVENT_PASTE)
		strbuf_printf(out, "paste(%.*s)", STR_ARG(e->text));
	else if (e->kind == EVENT_FOCUS)
		strbuf_puts(out, e->has_focus ? "focus" : "blur");
}

static void take_all(struct input *in, bool is_idle, struct strbuf *out)
{
	struct event event;

	while (input_next(in, is_idle, 1000, &event))
		put_event(out, &event);
}

/* The text in two parts, cut before byte `at`; then the keyboard rests. */
static void decode(struct str bytes, size_t at, struct strbuf *out)
{
	struct input in;

	input_init(&in);
	input_feed(&in, str_sub(bytes, 0, at));
	take_all(&in, false, out);
	input_feed(&in, str_sub(bytes, at, bytes.n));
	take_all(&in, false, out);
	take_all(&in, true, out);
	input_fini(&in);
}

static void decode_bytewise(struct str bytes, struct strbuf *out)
{
	struct input in;

	input_init(&in);
	for (size_t i = 0; i < bytes.n; i++) {
		input_feed(&in, str_sub(bytes, i, 1));
		take_all(&in, false, out);
	}
	take_all(&in, true, out);
	input_fini(&in);
}

static void check_decoded(const char *name, struct str bytes, const char *want)
{
	struct strbuf got;

	strbuf_init(&got, 1 << 16);
	for (size_t at = 0; at <= bytes.n; at++) {
		strbuf_reset(&got);
		decode(bytes, at, &got);
		if (!str_eq(strbuf_str(&got), str_from(want)))
			fail_msg("case \"%s\" cut at %zu: got \"%s\", want \"%s\"", name,
				 at, got.p, want);
	}
	strbuf_reset(&got);
	decode_bytewise(bytes, &got);
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
}

struct row {
	const char *name, *bytes, *want;
};

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_decoded(rows[i].name, str_from(rows[i].bytes), rows[i].want);
}

static void test_characters(void **state)
{
	static const struct row rows[] = {
		{"letters", "aZ0", "a Z 0"},
		{"space", " ", "space"},
		{"two bytes", "\xc3\xa9", "\xc3\xa9"},
		{"three bytes", "\xe6\x97\xa5", "\xe6\x97\xa5"},
		{"four bytes", "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
		{"alt and letter", "\033x", "alt-x"},
		{"alt and two bytes", "\033\xc3\xa9", "alt-\xc3\xa9"},
		{"a lone continuation", "\x80q", "\xef\xbf\xbd q"},
		{"a head without its tail", "\xc3(", "\xef\xbf\xbd ("},
		{"a head at the end", "a\xe6\x97", "a \xef\xbf\xbd \xef\xbf\xbd"},
		{"no such byte", "\xff", "\xef\xbf\xbd"},
		{"overlong", "\xc0\xaf", "\xef\xbf\xbd \xef\xbf\xbd"},
		{"surrogate", "\xed\xa0\x80", "\xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd"},
	};

	(void)state;
	check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void test_controls(void **state)
{
	struct strbuf want;

	(void)state;
	check_decoded("nul", (struct str){"\0", 1}, "ctrl-space");
	strbuf_init(&want, 100);
	for (char c = 1; c < 27; c++) {
		char byte[] = {c};

		strbuf_reset(&want);
		if (c == '\t' || c == '\r')
			strbuf_puts(&want, c == '\t' ? "tab" : "enter");
		else
			strbuf_printf(&want, "ctrl-%c", 'a' + c - 1);
		check_decoded(want.p, (struct str){byte, 1}, want.p);
	}
	strbuf_fini(&want);
	check_decoded("escape", STR("\033"), "esc");
	check_decoded("escape twice", STR("\033\033"), "esc esc");
	check_decoded("28 to 31", STR("\x1c\x1d\x1e\x1f"),
		      "ctrl-\\ ctrl-] ctrl-^ ctrl-_");
	check_decoded("delete", STR("\x7f"), "backspace");
	check_decoded("alt and control", STR("\033\x01"), "ctrl-alt-a");
	check_decoded("alt and enter", STR("\033\r"), "alt-enter");
	check_decoded("alt and backspace", STR("\033\x7f"), "alt-backspace");
}

static void test_cursor_keys(void **state)
{
	static const struct row rows[] = {
		{"arrows", "\033[A\033[B\033[C\033[D", "up down right left"},
		{"application arrows", "\033OA\033OB\033OC\033OD", "up down right left"},
		{"home and end", "\033[H\033[F\033OH\033OF", "home end home end"},
		{"by number", "\033[1~\033[2~\033[3~\033[4~\033[5~\033[6~\033[7~\033[8~",
		 "home insert delete end page-up page-down home end"},
		{"back tab", "\033[Z", "shift-tab"},
		{"shift", "\033[1;2A", "shift-up"},
		{"alt", "\033[1;3B", "alt-down"},
		{"shift and alt", "\033[1;4C", "alt-shift-right"},
		{"control", "\033[1;5D", "ctrl-left"},
		{"control and shift", "\033[1;6H", "ctrl-shift-home"},
		{"all three", "\033[1;8F", "ctrl-alt-shift-end"},
		{"meta", "\033[1;9A", "alt-up"},
		{"empty parameters", "\033[;5A", "ctrl-up"},
		{"modified numbers", "\033[3;5~\033[5;3~", "ctrl-delete alt-page-up"},
		{"a parameter that means nothing", "\033[7A", "up"},
		{"a fifth parameter", "\033[1;5;1;1;9A", "ctrl-up"},
		{"rxvt with shift", "\033[a\033[b\033[c\033[d\033[5$\033[3$",
		 "shift-up shift-down shift-right shift-left shift-page-up shift-delete"},
		{"rxvt with control", "\033Oa\033Ob\033Oc\033Od\033[6^",
		 "ctrl-up ctrl-down ctrl-right ctrl-left ctrl-page-down"},
		{"rxvt with both", "\033[6@", "ctrl-shift-page-down"},
		{"keypad enter", "\033OM", "enter"},
		{"escape before an arrow", "\033\033[A", "esc up"},
	};

	(void)state;
	check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void test_function_keys(void **state)
{
	static const struct row rows[] = {
		{"application", "\033OP\033OQ\033OR\033OS", "f1 f2 f3 f4"},
		{"by number 1", "\033[11~\033[12~\033[13~\033[14~\033[15~",
		 "f1 f2 f3 f4 f5"},
		{"by number 2", "\033[17~\033[18~\033[19~\033[20~\033[21~",
		 "f6 f7 f8 f9 f10"},
		{"by number 3", "\033[23~\033[24~", "f11 f12"},
		{"the Linux console", "\033[[A\033[[B\033[[C\033[[D\033[[E",
		 "f1 f2 f3 f4 f5"},
		{"modified letters", "\033[1;2P\033[1;5Q\033[1;3R\033[1;6S",
		 "shift-f1 ctrl-f2 alt-f3 ctrl-shift-f4"},
		{"modified application", "\033O5P", "ctrl-f1"},
		{"modified numbers", "\033[15;2~\033[24;5~", "shift-f5 ctrl-f12"},
		{"gaps in the numbers", "\033[9~\033[10~\033[16~\033[22~\033[25~", ""},
	};

	(void)state;
	check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void test_mouse(void **state)
{
	static const struct row rows[] = {
		{"press and release", "\033[<0;4;5M\033[<0;4;5m", "left@3,4 left-up@3,4"},
		{"buttons", "\033[<1;1;1M\033[<2;1;1M", "middle@0,0 right@0,0"},
		{"with modifiers", "\033[<28;9;9M", "left@8,8"},
		{"wheel", "\033[<64;2;3M\033[<65;2;3M", "wheel-up@1,2 wheel-down@1,2"},
		{"wheel to the sides", "\033[<66;2;3M\033[<67;2;3M", ""},
		{"wheel let go", "\033[<64;2;3m", ""},
		{"far away", "\033[<0;1000;700M", "left@999,699"},
		{"motion", "\033[<35;4;5M\033[<32;4;5M", ""},
		{"buttons nobody has", "\033[<128;4;5M", ""},
		{"no place", "\033[<0;0;0M", ""},
		{"too few numbers", "\033[<0;4M", ""},
		{"too many numbers", "\033[<0;4;5;6M", ""},
		{"huge numbers", "\033[<0;99999999999;1M", "left@999998,0"},
		{"double", "\033[<0;4;5M\033[<0;4;5m\033[<0;4;5M",
		 "left@3,4 left-up@3,4 left-double@3,4"},
		{"three are a double and one", "\033[<0;4;5M\033[<0;4;5M\033[<0;4;5M",
		 "left@3,4 left-double@3,4 left@3,4"},
		{"another place", "\033[<0;4;5M\033[<0;5;5M", "left@3,4 left@4,4"},
		{"the old way", "\033[M $%x", "left@3,4 x"},
		{"the old wheel", "\033[M`!!", "wheel-up@0,0"},
		{"the old release", "\033[M#$%x", "x"},
		{"the old way, nowhere", "\033[M   ", ""},
	};

	(void)state;
	check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void test_click_times(void **state)
{
	static const struct {
		const char *name;
		int64_t after_ms;
		bool is_double;
	} cases[] = {
		{"quick", 399, true},
		{"slow", 400, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct event event;
		struct input in;

		input_init(&in);
		input_feed(&in, STR("\033[<0;4;5M\033[<0;4;5M"));
		assert_true(input_next(&in, false, 5000, &event));
		assert_false(event.is_double);
		assert_true(input_next(&in, false, 5000 + cases[i].after_ms, &event));
		check_case(cases[i].name, event.is_double == cases[i].is_double);
		input_fini(&in);
	}
}

static void test_paste(void **state)
{
	static const struct row rows[] = {
		{"text", "\033[200~select 1\033[201~q", "paste(select 1) q"},
		{"nothing", "\033[200~\033[201~q", "paste() q"},
		{"keys inside are text", "\033[200~q\033[A\033[201~", "paste(q)"},
		{"controls inside are seen", "\033[200~a\003b\033[201~",
		 "paste(a\xef\xbf\xbd"
		 "b)"},
		{"lines stay", "\033[200~a\nb\033[201~", "paste(a\nb)"},
		{"almost the end", "\033[200~a\033[201\033[20~\033[201~", "paste(a)"},
		{"two", "\033[200~a\033[201~\033[200~b\033[201~", "paste(a) paste(b)"},
		{"wide", "\033[200~\xe6\x97\xa5\033[201~", "paste(\xe6\x97\xa5)"},
		{"an end without a beginning", "\033[201~x", "x"},
		{"without an end", "\033[200~abc", ""},
	};

	(void)state;
	check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

/* A megabyte and a half: what is too much is cut off, and the keys go on. */
static void test_large_paste(void **state)
{
	static const char block[] = "0123456789abcdef0123456789abcdef"
				    "0123456789abcdef0123456789abcdef";
	struct input in;
	struct event event;

	(void)state;
	input_init(&in);
	input_feed(&in, STR("\033[200~"));
	for (int i = 0; i < 3 << 13; i++) {
		input_feed(&in, STR(block));
		assert_false(input_next(&in, false, 0, &event));
	}
	input_feed(&in, STR("\033[201~x"));
	assert_true(input_next(&in, false, 0, &event));
	assert_int_equal(event.kind, EVENT_PASTE);
	assert_in_range(event.text.n, 1 << 19, 1 << 20);
	assert_true(input_next(&in, false, 0, &event));
	assert_int_equal(event.key.code, 'x');
	input_fini(&in);
}

/* What nobody asked for, and what breaks off, is never typed into the deck. */
static void test_unknown(void **state)
{
	static const struct row rows[] = {
		{"focus", "\033[I\033[O", "focus blur"},
		{"device attributes", "\033[?62;22c\033[>1;10;0cx", "x"},
		{"kitty keys", "\033[97;5u\033[27;5;9~\033[?1ux", "x"},
		{"kitty key events", "\033[97;1:3ux", "x"},
		{"unknown letters", "\033[5;5y\033[8;24;80tx", "x"},
		{"unknown application keys", "\033Oj\033OXx", "x"},
		{"an intermediate", "\033[0 q\033[!px", "x"},
		{"a mode report", "\033[?2026;2$yx", "x"},
		{"a title, to BEL", "\033]0;quit q\ax", "x"},
		{"a colour, to ST", "\033]11;rgb:0000/0000/0000\033\\x", "x"},
		{"a device control string", "\033P1$r0m\033\\x", "x"},
		{"other strings", "\033_Gi=1;OK\033\\\033^pm\033\\x", "x"},
		{"broken off by an arrow", "\033[1;\033[Ax", "up x"},
		{"broken off by control", "\033[1;\003x", "ctrl-c x"},
		{"a string broken off", "\033]0;abc\033[Ax", "up x"},
		{"a string broken off by enter", "\033]0;abc\rx", "enter x"},
		{"bytes that cannot be in it", "\033[1\xc3\xa9x", "\xc3\xa9 x"},
		{"alt-O before an arrow", "\033O\033[A", "alt-O up"},
		{"alt keys that begin sequences", "\033[", "alt-["},
		{"alt-O alone", "\033O", "alt-O"},
		{"alt-] alone", "\033]", "alt-]"},
		{"alt-P alone", "\033P", "alt-P"},
		{"a string without an end", "\033]0;never", ""},
		{"the console's unknown", "\033[[Zx", "Z x"},
	};

	(void)state;
	check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void test_reports(void **state)
{
	static const struct {
		const char *name, *bytes;
		unsigned want;
	} cases[] = {
		{"set", "\033[?2026;1$y", REPORT_SYNC},
		{"reset", "\033[?2026;2$y", REPORT_SYNC},
		{"not known", "\033[?2026;0$y", 0},
		{"never", "\033[?2026;4$y", 0},
		{"another mode", "\033[?2004;1$y", 0},
		{"without the dollar", "\033[?2026;1y", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct event event;
		struct input in;

		input_init(&in);
		input_feed(&in, str_from(cases[i].bytes));
		check_case(cases[i].name, !input_next(&in, false, 0, &event));
		check_case(cases[i].name, in.reports == cases[i].want);
		input_fini(&in);
	}
}

/* Who waits, and who is an escape key after all. An answer that a bad link brings
 * in two parts, long after each other, is still no key. */
static void test_waiting(void **state)
{
	static const struct {
		const char *name, *first, *second;
		bool is_pending;
		const char *want;
	} cases[] = {
		{"a lone escape", "\033", "[A", true, "esc [ A"},
		{"half a character", "\xe6\x97", "x", true,
		 "\xef\xbf\xbd \xef\xbf\xbd x"},
		{"alt-[", "\033[", "A", true, "alt-[ A"},
		{"a late answer", "\033[?2026;", "2$yx", false, "x"},
		{"a late arrow", "\033[1", ";5Ax", false, "ctrl-up x"},
		{"a late paste", "\033[200~ab", "c\033[201~", false, "paste(abc)"},
		{"nothing", "a", "b", false, "a b"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct strbuf got;
		struct input in;

		strbuf_init(&got, 1000);
		input_init(&in);
		input_feed(&in, str_from(cases[i].first));
		take_all(&in, false, &got);
		check_case(cases[i].name, input_is_pending(&in) == cases[i].is_pending);
		take_all(&in, true, &got);
		check_case(cases[i].name, !input_is_pending(&in));
		input_feed(&in, str_from(cases[i].second));
		take_all(&in, true, &got);
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		input_fini(&in);
		strbuf_fini(&got);
	}
}

/* Any bytes, cut anywhere, give what they give in one piece. */
static void test_random_cuts(void **state)
{
	static const char *const pieces[] = {
		"\033", "[",	"O",	 "]",  "P",  "1",    ";",    "5",
		"A",	"~",	"<0;3;", "M",  "m",  "200~", "201~", "\xe6",
		"\x97", "\xa5", "q",	 "\a", "\\", "\r",   "$",    "?2026;2$y",
	};
	const int n_pieces = sizeof(pieces) / sizeof(pieces[0]);
	struct strbuf bytes, whole, parts;
	struct rng rng;

	(void)state;
	rng_init(&rng, 20);
	strbuf_init(&bytes, 1000);
	strbuf_init(&whole, 10000);
	strbuf_init(&parts, 10000);
	for (int round = 0; round < 3000; round++) {
		strbuf_reset(&bytes);
		strbuf_reset(&whole);
		strbuf_reset(&parts);
		for (int i = 0; i < 12; i++)
			strbuf_puts(&bytes, pieces[rng_range(&rng, 0, n_pieces - 1)]);
		decode(strbuf_str(&bytes), 0, &whole);
		decode_bytewise(strbuf_str(&bytes), &parts);
		if (!str_eq(strbuf_str(&whole), strbuf_str(&parts)))
			fail_msg("round %d: whole \"%s\", in bytes \"%s\"", round,
				 whole.p, parts.p);
	}
	strbuf_fini(&bytes);
	strbuf_fini(&whole);
	strbuf_fini(&parts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_characters),  cmocka_unit_test(test_controls),
		cmocka_unit_test(test_cursor_keys), cmocka_unit_test(test_function_keys),
		cmocka_unit_test(test_mouse),	    cmocka_unit_test(test_click_times),
		cmocka_unit_test(test_paste),	    cmocka_unit_test(test_large_paste),
		cmocka_unit_test(test_unknown),	    cmocka_unit_test(test_reports),
		cmocka_unit_test(test_waiting),	    cmocka_unit_test(test_random_cuts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
