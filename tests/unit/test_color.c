/* Colours read, and brought down to what a terminal has. */
#include "unit/check.h"

#include "tui/color.h"

/* What is written is read as the same. */
static void check_written(const char *name, struct color color, bool is_color)
{
	struct color again = {0};
	struct strbuf text;

	strbuf_init(&text, 20);
	color_format(&text, color);
	check_case(name, color_parse(strbuf_str(&text), &again));
	check_case(name, color_equal(color, again));
	if (is_color)
		check_case(name, str_eq_nocase(strbuf_str(&text), str_from(name)));
	strbuf_fini(&text);
}

static void test_parse(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		struct color want;
	} cases[] = {
		{"default", true, {0}},
		{"ansi:0", true, {.kind = COLOR_ANSI, .r = 0}},
		{"ansi:15", true, {.kind = COLOR_ANSI, .r = 15}},
		{"#000000", true, {.kind = COLOR_RGB}},
		{"#1a2B3c", true, {.kind = COLOR_RGB, .r = 0x1a, .g = 0x2b, .b = 0x3c}},
		{"#fFfFfF", true, {.kind = COLOR_RGB, .r = 255, .g = 255, .b = 255}},
		{"", false, {0}},
		{"#", false, {0}},
		{"#fff", false, {0}},
		{"#fffffff", false, {0}},
		{"#ggffff", false, {0}},
		{"#ff ff1", false, {0}},
		{"ffffff", false, {0}},
		{"ansi:", false, {0}},
		{"ansi:16", false, {0}},
		{"ansi:-1", false, {0}},
		{"ansi:1x", false, {0}},
		{"Default", false, {0}},
		{"red", false, {0}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct color got = {0};

		check_case(cases[i].text,
			   color_parse(str_from(cases[i].text), &got) == cases[i].ok);
		check_case(cases[i].text, color_equal(got, cases[i].want));
		check_written(cases[i].text, got, cases[i].ok);
	}
}

static void test_sgr(void **state)
{
	static const struct {
		const char *color;
		enum depth depth;
		const char *fg, *bg;
	} cases[] = {
		{"default", DEPTH_TRUE, "39", "49"},
		{"default", DEPTH_8, "39", "49"},
		{"ansi:4", DEPTH_TRUE, "34", "44"},
		{"ansi:12", DEPTH_256, "94", "104"},
		{"ansi:12", DEPTH_8, "34", "44"},
		{"#010203", DEPTH_TRUE, "38;2;1;2;3", "48;2;1;2;3"},
		{"#ff0000", DEPTH_256, "38;5;196", "48;5;196"},
		{"#ff0000", DEPTH_16, "91", "101"},
		{"#ff0000", DEPTH_8, "31", "41"},
		{"#000000", DEPTH_256, "38;5;16", "48;5;16"},
		{"#808080", DEPTH_256, "38;5;244", "48;5;244"},
		{"#ffffff", DEPTH_256, "38;5;231", "48;5;231"},
		{"#0000b0", DEPTH_16, "34", "44"},
		{"#ff0000", DEPTH_MONO, "", ""},
		{"default", DEPTH_MONO, "", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct color color;
		struct strbuf out;

		strbuf_init(&out, 100);
		assert_true(color_parse(str_from(cases[i].color), &color));
		color_put_sgr(&out, color, cases[i].depth, false);
		check_text(cases[i].color, strbuf_str(&out), cases[i].fg);
		strbuf_reset(&out);
		color_put_sgr(&out, color, cases[i].depth, true);
		check_text(cases[i].color, strbuf_str(&out), cases[i].bg);
		strbuf_fini(&out);
	}
}

/* xterm's 256 colours from 16 on. */
static struct color of_256(int number)
{
	static const uint8_t levels[] = {0, 95, 135, 175, 215, 255};
	struct color c = {.kind = COLOR_RGB};

	if (number >= 232) {
		c.r = c.g = c.b = (uint8_t)(8 + 10 * (number - 232));
		return c;
	}
	c.r = levels[(number - 16) / 36];
	c.g = levels[(number - 16) / 6 % 6];
	c.b = levels[(number - 16) % 6];
	return c;
}

static int distance(struct color a, struct color b)
{
	int r = a.r - b.r, g = a.g - b.g, l = a.b - b.b;

	return 3 * r * r + 6 * g * g + 2 * l * l;
}

/* No other of the 256 is nearer; steps of 7 reach all residues. */
static void test_nearest(void **state)
{
	(void)state;
	for (int rgb = 0; rgb < 1 << 24; rgb += 997) {
		struct color c = {.kind = COLOR_RGB,
				  .r = (uint8_t)(rgb >> 16),
				  .g = (uint8_t)(rgb >> 8),
				  .b = (uint8_t)rgb};
		int got = color_to_256(c), best = 16;

		assert_in_range(got, 16, 255);
		for (int i = 17; i < 256; i++) {
			if (distance(c, of_256(i)) < distance(c, of_256(best)))
				best = i;
		}
		if (distance(c, of_256(got)) != distance(c, of_256(best)))
			fail_msg("#%06x is %d, but %d is nearer", (unsigned)rgb, got,
				 best);
	}
	for (int i = 16; i < 256; i++)
		assert_int_equal(distance(of_256(i), of_256(color_to_256(of_256(i)))), 0);
}

/* A soft colour keeps its hue; what has none is the nearest grey. */
static void test_hues(void **state)
{
	static const struct {
		const char *color;
		int want;
	} cases[] = {
		{"#f76e68", 9},	 {"#7fb88a", 2},  {"#e0b45c", 11}, {"#7aa7d9", 12},
		{"#b08fd0", 13}, {"#5fb3d4", 14}, {"#c2211b", 9},  {"#176e2b", 2},
		{"#8e5c00", 3},	 {"#1d5fb4", 4},  {"#c3c9d1", 7},  {"#7c8795", 8},
		{"#1b222b", 0},	 {"#002b36", 0},  {"#ffffff", 15}, {"#233344", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct color c;

		assert_true(color_parse(str_from(cases[i].color), &c));
		if (color_to_16(c) != cases[i].want)
			fail_msg("%s is %d, not %d", cases[i].color, color_to_16(c),
				 cases[i].want);
	}
}

static void test_lost(void **state)
{
	static const struct {
		const char *over, *ground;
		enum depth depth;
		bool want;
	} cases[] = {
		{"#233344", "default", DEPTH_16, true},
		{"#233344", "default", DEPTH_256, false},
		{"#233344", "default", DEPTH_TRUE, false},
		{"#d9e8f5", "#ffffff", DEPTH_8, true},
		{"#d9e8f5", "#ffffff", DEPTH_16, false},
		{"#f9f9f9", "#ffffff", DEPTH_8, true},
		{"ansi:4", "default", DEPTH_8, false},
		{"ansi:12", "ansi:4", DEPTH_8, true},
		{"default", "ansi:0", DEPTH_8, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct color over, ground;

		assert_true(color_parse(str_from(cases[i].over), &over));
		assert_true(color_parse(str_from(cases[i].ground), &ground));
		check_case(cases[i].over,
			   color_is_lost(over, ground, cases[i].depth) == cases[i].want);
	}
}

static void test_ink(void **state)
{
	static const struct {
		const char *name, *fg, *bg;
		enum depth depth;
		const char *want;
	} cases[] = {
		{"enough colours", "#303030", "#303030", DEPTH_256, "#303030"},
		{"none", "#303030", "#303030", DEPTH_MONO, "#303030"},
		{"seen", "ansi:1", "ansi:4", DEPTH_16, "ansi:1"},
		{"grey on grey", "#7b8694", "#8691a5", DEPTH_16, "ansi:0"},
		{"white on yellow", "#e8ecf1", "#e0c020", DEPTH_16, "ansi:8"},
		{"white on yellow of eight", "#e8ecf1", "#e0c020", DEPTH_8, "ansi:0"},
		{"red on white", "#c2211b", "#ffffff", DEPTH_16, "#c2211b"},
		{"dark on dark", "#101010", "#000000", DEPTH_16, "ansi:15"},
		{"bright on its own", "ansi:9", "ansi:1", DEPTH_8, "ansi:7"},
		{"blue of eight, on nothing", "#7aa7d9", "default", DEPTH_8, "ansi:6"},
		{"blue of eight, on blue", "ansi:12", "ansi:4", DEPTH_8, "ansi:6"},
		{"blue of eight, on white", "#1d5fb4", "#ffffff", DEPTH_8, "#1d5fb4"},
		{"blue of sixteen", "#7aa7d9", "default", DEPTH_16, "#7aa7d9"},
		{"bright beside it", "ansi:12", "ansi:4", DEPTH_16, "ansi:12"},
		{"white on white", "#ffffff", "#eeeeee", DEPTH_8, "ansi:0"},
		{"grey of eight, on nothing", "#7b8694", "default", DEPTH_8, "default"},
		{"grey of sixteen", "#7b8694", "default", DEPTH_16, "#7b8694"},
		{"grey of eight, on black", "ansi:8", "ansi:0", DEPTH_8, "ansi:7"},
		{"the default", "default", "ansi:0", DEPTH_8, "default"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct color fg, bg, want;

		assert_true(color_parse(str_from(cases[i].fg), &fg));
		assert_true(color_parse(str_from(cases[i].bg), &bg));
		assert_true(color_parse(str_from(cases[i].want), &want));
		check_case(cases[i].name,
			   color_equal(color_ink(fg, bg, cases[i].depth), want));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),	cmocka_unit_test(test_sgr),
		cmocka_unit_test(test_nearest), cmocka_unit_test(test_hues),
		cmocka_unit_test(test_lost),	cmocka_unit_test(test_ink),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
