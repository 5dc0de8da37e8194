/* Decoding, encoding and widths. */
#include "unit/check.h"

#include "base/utf8.h"

static void every_character_goes_there_and_back(void **state)
{
	(void)state;
	for (uint32_t cp = 1; cp <= 0x10ffff; cp++) {
		char bytes[4];
		uint32_t back;
		size_t n = utf8_encode(cp, bytes);

		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		assert_int_equal(utf8_decode((struct str){bytes, n}, &back), n);
		assert_int_equal(back, cp);
	}
}

static void broken_bytes_take_one_step_each(void **state)
{
	static const char *const broken[] = {
		"\x80",
		"\xc0\xaf",
		"\xe0\x80\x80",
		"\xed\xa0\x80",
		"\xf4\x90\x80\x80",
		"\xf8\x88",
		"\xe6\x97",
		"\xc3",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		uint32_t cp;

		check_case(broken[i], utf8_decode(str_from(broken[i]), &cp) == 1);
		check_case(broken[i], cp == UTF8_REPLACEMENT);
		check_case(broken[i], !utf8_is_valid(str_from(broken[i])));
	}
	assert_true(utf8_is_valid(STR("\xef\xbf\xbd ok \xf0\x9f\x91\xa8")));
}

static void widths(void **state)
{
	static const struct {
		const char *text;
		int cells;
	} cases[] = {
		{"", 0},
		{"abc", 3},
		{"caf\xc3\xa9", 4},
		{"e\xcc\x81", 1},			     /* combining */
		{"\xe6\x97\xa5\xe6\x9c\xac", 4},	     /* wide */
		{"\xef\xbc\xa1", 2},			     /* fullwidth A */
		{"\xf0\x9f\x91\xa8", 2},		     /* emoji */
		{"\xf0\x9f\x87\xb3\xf0\x9f\x87\xb1", 2},     /* flag */
		{"\xce\xb1\xc2\xb1", 2},		     /* ambiguous: narrow */
		{"\xe2\x94\x80\xe2\xa3\xbf\xe2\x96\x88", 3}, /* line, braille, block */
		{"\xea\xb0\x80", 2},			     /* Hangul syllable */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int got = utf8_width(str_from(cases[i].text));

		if (got != cases[i].cells)
			fail_msg("\"%s\": %d cells", cases[i].text, got);
	}
}

static void prefixes_do_not_cut_clusters(void **state)
{
	struct str s = STR("a\xe6\x97\xa5"
			   "e\xcc\x81z");
	int used;

	(void)state;
	check_text("0", utf8_prefix(s, 0, &used), "");
	check_text("2: no half", utf8_prefix(s, 2, &used), "a");
	assert_int_equal(used, 1);
	check_text("3", utf8_prefix(s, 3, &used), "a\xe6\x97\xa5");
	check_text("4: mark stays", utf8_prefix(s, 4, &used),
		   "a\xe6\x97\xa5"
		   "e\xcc\x81");
	check_text("9", utf8_prefix(s, 9, &used), s.p);
	assert_int_equal(used, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_goes_there_and_back),
		cmocka_unit_test(broken_bytes_take_one_step_each),
		cmocka_unit_test(widths),
		cmocka_unit_test(prefixes_do_not_cut_clusters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
