/* Texts under each other: widths of their own, figures to the right, nothing behind. */
#include "unit/check.h"

#include "cli/aligned.h"

static const struct aligned_case {
	const char *name;
	const char *ways;
	const char *cells[8]; /* up to the first NULL */
	const char *want;
} cases[] = {
	{"none", "<<", {NULL}, ""},
	{"one column is as it is", "<", {"a", "longer"}, "a\nlonger\n"},
	{"the widest is the width",
	 "<<",
	 {"a", "b", "longer", "c"},
	 "a       b\nlonger  c\n"},
	{"figures end under each other",
	 "<>",
	 {"a", "7", "b", "1024"},
	 "a     7\nb  1024\n"},
	{"a figure in front", "><", {"7", "a", "10", "b"}, " 7  a\n10  b\n"},
	{"an empty cell keeps its place", "<<<", {"a", "", "c"}, "a    c\n"},
	{"nothing is put behind", "<<", {"a", "b", "longer", ""}, "a       b\nlonger\n"},
	{"wide letters are two",
	 "<<",
	 {"\xe6\x97\xa5", "b", "abc", "c"},
	 "\xe6\x97\xa5   b\nabc  c\n"},
	{"an escape has no width and no effect", "<<", {"\033[31mred", "b"}, "red  b\n"},
	{"a line end begins no row", "<<", {"a\nb", "c"}, "a b  c\n"},
	{"half a row is left out", "<<", {"a", "b", "c"}, "a  b\n"},
};

static void test_aligned(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct aligned_case *c = &cases[i];
		struct aligned *aligned = aligned_new(c->ways);
		struct strbuf out;

		strbuf_init(&out, 4096);
		for (size_t k = 0; k < 8 && c->cells[k]; k++)
			aligned_put(aligned, "%s", c->cells[k]);
		aligned_end(aligned, &out);
		check_text(c->name, strbuf_str(&out), c->want);
		strbuf_fini(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_aligned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
