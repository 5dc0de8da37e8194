/* A day as a bar: what each pair of intended and actual looks like, with glyphs and
 * plain, at widths that do not divide the day, and where now is. */
#include "unit/check.h"

#include <math.h>

#include "base/count.h"
#include "base/strbuf.h"
#include "tui/widget/hours.h"

/* "10x" in parts: on, off, not known; "2": more than on. */
static size_t read_parts(const char *text, float *out)
{
	size_t n = 0;

	for (; text && text[n]; n++)
		out[n] = text[n] == 'x' ? NAN : (float)(text[n] - '0');
	return n;
}

static void bars(void **state)
{
	static const struct {
		const char *name, *intended, *actual;
		int w;
		double now;
		bool is_ascii;
		const char *want, *roles;
	} cases[] = {
		{"as planned", "0011", NULL, 4, NAN, false, "──▄▄", "eegg"},
		{"every pair", "010101x", "xx0011x", 7, NAN, false, "─▄─▄▀█·", "egewwgu"},
		{"plain", "010101x", "xx0011x", 7, NAN, true, "._.v^#?", "egewwgu"},
		{"more than on", "10", "22", 2, NAN, false, "▓▀", "ww"},
		{"now", "0011", "00xx", 4, 0.5, false, "──┃▄", "eesg"},
		{"nothing is known of what comes", "0011", "1111", 4, 0.3, true, "^|__",
		 "wsgg"},
		{"at midnight", "0011", NULL, 4, 0, true, "|.__", "segg"},
		{"tomorrow", "0011", NULL, 4, 1, true, "..__", "eegg"},
		{"wider than its parts", "01", NULL, 6, NAN, true, "...___", "eeeggg"},
		{"narrower", "00000111", NULL, 3, NAN, true, ".._", "eeg"},
		{"one cell", "00111111", NULL, 1, NAN, true, "_", "g"},
		{"no room", "01", NULL, 0, NAN, true, "", ""},
		{"nothing", "", NULL, 3, NAN, true, "", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct grid *grid = grid_new(8, 1);
		struct surface s = grid_surface(grid);
		struct look look = {.is_ascii = cases[i].is_ascii};
		float intended[16], actual[16];
		struct hours hours = {.intended = intended, .now = cases[i].now};
		struct strbuf text, roles;

		hours.n = read_parts(cases[i].intended, intended);
		if (cases[i].actual && read_parts(cases[i].actual, actual) == hours.n)
			hours.actual = actual;
		hours_put(&look, &s, 0, 0, cases[i].w, &hours);
		strbuf_init(&text, 256);
		strbuf_init(&roles, 256);
		grid_dump_text(grid, &text);
		grid_dump_roles(grid, &roles);
		check_text(cases[i].name, str_trim(strbuf_str(&text)), cases[i].want);
		check_text(cases[i].name,
			   str_sub(strbuf_str(&roles), 0, strlen(cases[i].roles)),
			   cases[i].roles);
		strbuf_fini(&text);
		strbuf_fini(&roles);
		grid_free(grid);
	}
}

static void scales(void **state)
{
	static const struct {
		int w;
		const char *want;
	} cases[] = {
		{72, "00       03       06       09       12       15       18       21"},
		{24, "00    06    12    18"},
		{12, "00    12"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct grid *grid = grid_new(80, 1);
		struct surface s = grid_surface(grid);
		struct strbuf text;

		hours_put_scale(&s, 0, 0, cases[i].w);
		strbuf_init(&text, 256);
		grid_dump_text(grid, &text);
		check_text("scale", str_trim(strbuf_str(&text)), cases[i].want);
		strbuf_fini(&text);
		grid_free(grid);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bars),
		cmocka_unit_test(scales),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
