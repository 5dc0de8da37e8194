/* Cells on a terminal without UTF-8, and a frame painted for one. */
#include "unit/check.h"

#include "tui/ascii.h"
#include "tui/paint.h"

static void test_letters(void **state)
{
	static const struct {
		const char *text;
		char want;
	} cases[] = {
		{"", ' '},	   {"a", 'a'},	  {"~", '~'}, {"e\xcc\x81", 'e'},
		{"é", 'e'},	   {"Ü", 'U'},	  {"ß", 's'}, {"ñ", 'n'},
		{"×", 'x'},	   {"…", '~'},	  {"–", '-'}, {"’", '\''},
		{"“", '"'},	   {"·", '.'},	  {"→", '>'}, {"日", '?'},
		{"\x7f", '?'},	   {"\xff", '?'}, {"😀", '?'}, {"│", '?'},
		{"\xc2\xa0", ' '}, {"ÿ", 'y'},	  {"À", 'A'},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_case(cases[i].text,
			   ascii_of(str_from(cases[i].text)) == cases[i].want);
}

/* No byte above 0x7e leaves for the line, and columns stay where they are. */
static void test_frame(void **state)
{
	struct err err;
	struct theme *theme = theme_load("mono", NULL, &err);
	struct grid *grid = grid_new(10, 1);
	struct surface s = grid_surface(grid);
	struct painter p;
	struct strbuf out;

	(void)state;
	surface_puts(&s, 0, 0, ROLE_TEXT, "Zürich日本…x");
	strbuf_init(&out, 1000);
	painter_init(&p, theme, DEPTH_MONO);
	p.is_ascii = true;
	painter_paint(&p, grid, &out);
	assert_true(str_find(strbuf_str(&out), STR("Zurich????")) >= 0);
	for (size_t i = 0; i < out.n; i++)
		assert_true((unsigned char)out.p[i] < 0x7f);
	painter_fini(&p);
	strbuf_fini(&out);
	grid_free(grid);
	theme_free(theme);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_frame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
