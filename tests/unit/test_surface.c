/* The grid: clipping, wide characters whole or not at all, marks on their base. A
 * line is checked as text and as role letters; '_' stands for a tail. */
#include "unit/check.h"

#include "base/rng.h"
#include "base/utf8.h"
#include "tui/surface.h"

/* What must hold of every grid after every step. */
static void check_sane(const char *name, const struct grid *grid)
{
	for (int y = 0; y < grid_height(grid); y++) {
		for (int x = 0; x < grid_width(grid); x++) {
			const struct glyph *g = grid_at(grid, x, y);
			size_t n = strnlen(g->bytes, GLYPH_BYTES);
			int cells = utf8_width((struct str){g->bytes, n});

			check_case(name, n < GLYPH_BYTES);
			check_case(name, (g->role & 0xff) < ROLE_COUNT);
			check_case(name, g->role >> 8 < ROLE_COUNT);
			check_case(name, utf8_is_valid((struct str){g->bytes, n}));
			if (g->flags & GLYPH_TAIL) {
				check_case(name, g->flags == GLYPH_TAIL && n == 0);
				check_case(name,
					   x > 0 && grid_at(grid, x - 1, y)->flags ==
							    GLYPH_WIDE);
			} else if (g->flags & GLYPH_WIDE) {
				check_case(name, cells == 2);
				check_case(name, x + 1 < grid_width(grid) &&
							 grid_at(grid, x + 1, y)->flags ==
								 GLYPH_TAIL);
			} else {
				check_case(name, n == 0 || cells == 1);
			}
		}
	}
}

static void put_line(struct strbuf *out, const struct grid *grid, int y)
{
	for (int x = 0; x < grid_width(grid); x++) {
		const struct glyph *g = grid_at(grid, x, y);

		strbuf_puts(out, g->flags & GLYPH_TAIL ? "_"
				 : g->bytes[0]	       ? g->bytes
						       : ".");
	}
}

static void check_line(const char *name, const struct grid *grid, int y, const char *want)
{
	struct strbuf line;

	strbuf_init(&line, 4096);
	put_line(&line, grid, y);
	check_text(name, strbuf_str(&line), want);
	check_sane(name, grid);
	strbuf_fini(&line);
}

static void test_put(void **state)
{
	static const struct {
		const char *name, *text;
		int x, took;
		const char *want;
	} cases[] = {
		{"in the middle", "ab", 2, 2, "xxabxxxx"},
		{"a blank is a blank", "a b", 0, 3, "a.bxxxxx"},
		{"cut at the right edge", "abcdef", 5, 3, "xxxxxabc"},
		{"cut at the left edge", "abcd", -2, 4, "cdxxxxxx"},
		{"left of all", "ab", -2, 2, "xxxxxxxx"},
		{"right of all", "ab", 8, 0, "xxxxxxxx"},
		{"nothing", "", 3, 0, "xxxxxxxx"},
		{"wide", "日本", 1, 4, "x日_本_xxx"},
		{"wide fits the edge", "日", 6, 2, "xxxxxx日_"},
		{"half outside right", "日", 7, 2, "xxxxxxx."},
		{"half outside left", "日", -1, 2, ".xxxxxxx"},
		{"a mark on its base", "e\xcc\x81o", 0, 2, "e\xcc\x81oxxxxxx"},
		{"a mark after plain text", "abe\xcc\x81", 0, 3, "abe\xcc\x81xxxxx"},
		{"a mark on nothing", "\xcc\x81o", 0, 1, "oxxxxxxx"},
		{"a mark on a wide one", "日\xcc\x81", 0, 2, "日\xcc\x81_xxxxxx"},
		{"a flag", "🇸🇪a", 0, 3, "🇸🇪_axxxxx"},
		{"half a flag", "🇸a", 0, 2, "🇸axxxxxx"},
		{"more marks than fit",
		 "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87\xcc\x88o", 0,
		 2, "eoxxxxxx"},
		{"an eight-bit introducer",
		 "a\xc2\x9b"
		 "2J",
		 0, 4,
		 "a\ufffd"
		 "2Jxxxx"},
		{"bytes of no character",
		 "a\xe2\x82"
		 "b",
		 0, 4,
		 "a\ufffd\ufffd"
		 "bxxxx"},
		{"a reversal on its base", "a\u202eb", 0, 2, "abxxxxxx"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct grid *grid = grid_new(8, 1);
		struct surface s = grid_surface(grid);

		surface_puts(&s, 0, 0, ROLE_TEXT, "xxxxxxxx");
		check_case(cases[i].name, surface_puts(&s, cases[i].x, 0, ROLE_OK,
						       cases[i].text) == cases[i].took);
		check_line(cases[i].name, grid, 0, cases[i].want);
		grid_free(grid);
	}
}

/* What is left of a wide character that something else cuts in two. */
static void test_overwriting_wide(void **state)
{
	static const struct {
		const char *name, *text;
		int x;
		const char *want;
	} cases[] = {
		{"its head", "a", 0, "a.本_語_"},
		{"its tail", "a", 1, ".a本_語_"},
		{"tail and head", "ab", 1, ".ab.語_"},
		{"wide over two halves", "月", 1, ".月_.語_"},
		{"wide over wide", "月", 2, "日_月_語_"},
		{"the last tail", "a", 5, "日_本_.a"},
		{"all", "abcdef", 0, "abcdef"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct grid *grid = grid_new(6, 1);
		struct surface s = grid_surface(grid);

		surface_puts(&s, 0, 0, ROLE_TEXT, "日本語");
		surface_puts(&s, cases[i].x, 0, ROLE_OK, cases[i].text);
		check_line(cases[i].name, grid, 0, cases[i].want);
		grid_free(grid);
	}
}

/* A part never writes outside itself, except to blank the other half of a wide
 * character it stands on. */
static void test_clip(void **state)
{
	struct grid *grid = grid_new(8, 3);
	struct surface all = grid_surface(grid), part, inner;

	(void)state;
	surface_fill(&all, 0, 0, 8, 3, ROLE_DIM);
	for (int y = 0; y < 3; y++)
		surface_puts(&all, 0, y, ROLE_DIM, "a日bcd月");
	part = surface_sub(&all, 2, 1, 5, 1);
	assert_int_equal(surface_w(&part), 5);
	surface_puts(&part, 0, 0, ROLE_OK, "123456789");
	surface_puts(&part, 0, 1, ROLE_OK, "below");
	surface_puts(&part, 0, -1, ROLE_OK, "above");
	check_line("above", grid, 0, "a日_bcd月_");
	check_line("inside", grid, 1, "a.12345.");
	check_line("below", grid, 2, "a日_bcd月_");
	inner = surface_sub(&part, 3, 0, 100, 100);
	assert_int_equal(surface_w(&inner), 2);
	assert_int_equal(surface_h(&inner), 1);
	surface_fill(&inner, -5, -5, 100, 100, ROLE_OK);
	check_line("filled", grid, 1, "a.123...");
	inner = surface_sub(&part, 9, 9, 1, 1);
	assert_int_equal(surface_w(&inner), 0);
	surface_puts(&inner, 0, 0, ROLE_OK, "x");
	surface_fill(&inner, 0, 0, 1, 1, ROLE_OK);
	surface_overlay(&inner, 0, 0, 1, 1, ROLE_SELECTED);
	check_line("an empty part draws nothing", grid, 1, "a.123...");
	inner = surface_sub(&all, 2, 0, -4, 3);
	assert_int_equal(surface_w(&inner), 0);
	grid_free(grid);
}

static void test_fit(void **state)
{
	static const struct {
		const char *name, *text;
		int w;
		bool is_right;
		const char *want;
	} cases[] = {
		{"room", "ab", 4, false, "ab..xx"},
		{"to the right", "ab", 4, true, "..abxx"},
		{"exact", "abcd", 4, true, "abcdxx"},
		{"too long", "abcde", 4, false, "abc…xx"},
		{"too long for one", "ab", 1, false, "…xxxxx"},
		{"wide, to the right", "日", 4, true, "..日_xx"},
		{"wide, cut between", "日本語", 5, false, "日_本_…x"},
		{"wide, no half", "日本語", 4, false, "日_….xx"},
		{"nothing", "", 3, false, "...xxx"},
		{"no room", "ab", 0, false, "xxxxxx"},
		{"less than none", "ab", -3, false, "xxxxxx"},
		{"past the edge", "abcdefgh", 9, false, "abcdef"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct grid *grid = grid_new(6, 1);
		struct surface s = grid_surface(grid);

		surface_puts(&s, 0, 0, ROLE_TEXT, "xxxxxx");
		surface_put_fit(&s, 0, 0, cases[i].w, ROLE_OK, str_from(cases[i].text),
				cases[i].is_right);
		check_line(cases[i].name, grid, 0, cases[i].want);
		grid_free(grid);
	}
}

static void test_roles(void **state)
{
	struct grid *grid = grid_new(6, 1);
	struct surface s = grid_surface(grid);
	struct strbuf roles;

	(void)state;
	strbuf_init(&roles, 100);
	surface_puts(&s, 0, 0, ROLE_OK, "a日b");
	surface_overlay(&s, 1, 0, 2, 1, ROLE_SELECTED);
	grid_dump_roles(grid, &roles);
	check_text("an overlay wins", strbuf_str(&roles), "oSSo..\n");
	check_case("the role below stays",
		   grid_at(grid, 1, 0)->role == (ROLE_OK | ROLE_SELECTED << 8));
	surface_overlay(&s, 0, 0, 6, 1, ROLE_MATCH);
	surface_puts(&s, 0, 0, ROLE_WARN, "x");
	strbuf_reset(&roles);
	grid_dump_roles(grid, &roles);
	check_text("drawing takes the overlay away", strbuf_str(&roles), "wMMMMM\n");
	strbuf_reset(&roles);
	grid_dump_text(grid, &roles);
	check_text("as text, without blanks at the end", strbuf_str(&roles), "x日b\n");
	strbuf_fini(&roles);
	grid_free(grid);
}

static void test_cursor(void **state)
{
	struct grid *grid = grid_new(10, 5);
	struct surface all = grid_surface(grid), part = surface_sub(&all, 2, 1, 4, 2);
	int x, y;

	(void)state;
	assert_false(grid_cursor(grid, &x, &y));
	surface_cursor(&part, 4, 0);
	surface_cursor(&part, 0, 2);
	surface_cursor(&part, -1, 0);
	assert_false(grid_cursor(grid, &x, &y));
	surface_cursor(&part, 3, 1);
	assert_true(grid_cursor(grid, &x, &y));
	assert_int_equal(x, 5);
	assert_int_equal(y, 2);
	all = grid_surface(grid);
	assert_false(grid_cursor(grid, &x, &y));
	grid_free(grid);
}

static void test_sizes(void **state)
{
	struct grid *grid = grid_new(0, -3);
	struct surface s = grid_surface(grid);

	(void)state;
	assert_int_equal(grid_width(grid), 1);
	assert_int_equal(grid_height(grid), 1);
	surface_puts(&s, 0, 0, ROLE_TEXT, "日");
	check_line("no room for a wide one", grid, 0, ".");
	surface_glyph(&s, 0, 0, ROLE_TEXT, 0x2588);
	check_line("a block", grid, 0, "█");
	grid_resize(grid, 4, 2);
	s = grid_surface(grid);
	check_line("empty after a new size", grid, 1, "....");
	check_case("formatted", surface_printf(&s, 0, 1, ROLE_TEXT, "%d%%", 87) == 3);
	check_line("formatted", grid, 1, "87%.");
	grid_free(grid);
}

/* Anything, anywhere: the grid stays sane and parts stay inside. */
static void test_random(void **state)
{
	static const char *const texts[] = {
		"",    "a",  "日",  "abc日def", "e\xcc\x81", "日\xcc\x81本",
		"🇸🇪🇸", "  ", "█▁▂", "\xcc\x81", "語語語",    "plain text, longer"};
	struct rng rng;

	(void)state;
	rng_init(&rng, 4);
	for (int round = 0; round < 400; round++) {
		struct grid *grid =
			grid_new((int)rng_range(&rng, 1, 12), (int)rng_range(&rng, 1, 4));
		struct surface all = grid_surface(grid);

		for (int step = 0; step < 30; step++) {
			int x = (int)rng_range(&rng, -4, 12);
			int y = (int)rng_range(&rng, -1, 4);
			int w = (int)rng_range(&rng, -1, 14);
			enum role role = (enum role)rng_range(&rng, 0, ROLE_COUNT - 1);
			const char *text = texts[rng_range(&rng, 0, 11)];
			struct surface part = surface_sub(&all, x, y, w, 2);

			switch (rng_range(&rng, 0, 4)) {
			case 0:
				surface_fill(&all, x, y, w, 2, role);
				break;
			case 1:
				surface_overlay(&all, x, y, w, 2, role);
				break;
			case 2:
				surface_put_fit(&part, 0, 0, w, role, str_from(text),
						step & 1);
				break;
			case 3:
				surface_puts(&part, -1, 0, role, text);
				break;
			default:
				surface_puts(&all, x, y, role, text);
			}
			check_sane("random", grid);
		}
		grid_free(grid);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_put),   cmocka_unit_test(test_overwriting_wide),
		cmocka_unit_test(test_clip),  cmocka_unit_test(test_fit),
		cmocka_unit_test(test_roles), cmocka_unit_test(test_cursor),
		cmocka_unit_test(test_sizes), cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
