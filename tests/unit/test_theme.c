/* Themes: the shipped ones can be read, broken ones say where they are broken, and
 * roles that are left out look like what they fall back to. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/json.h"
#include "tui/theme.h"

static struct theme *parse(const char *text)
{
	struct err err;
	struct theme *theme = theme_parse(str_from(text), "test", "test.json", &err);

	if (!theme)
		fail_msg("%s", err.text);
	return theme;
}

/* Relative luminance and contrast as WCAG 2 defines them. */
static double linear(uint8_t channel)
{
	double c = channel / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(struct color c)
{
	return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

static double contrast(struct color a, struct color b)
{
	double x = luminance(a), y = luminance(b);

	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* How much contrast a role needs: none for lines, most for what is read. */
static double needed(enum role role)
{
	if (role == ROLE_BORDER || role == ROLE_GAUGE_EMPTY)
		return 1.2;
	return role == ROLE_BORDER_FOCUS ? 3 : 4.5;
}

static bool is_severity(enum role role)
{
	return role == ROLE_TEXT || role == ROLE_STRONG || role == ROLE_OK ||
	       role == ROLE_INFO || role == ROLE_UNKNOWN || role == ROLE_WARN ||
	       role == ROLE_CRIT;
}

/* The colour a terminal of 256 shows for it. */
static struct color of_256(struct color c)
{
	static const uint8_t levels[] = {0, 95, 135, 175, 215, 255};
	int number = color_to_256(c) - 16;

	if (number >= 216) {
		c.r = c.g = c.b = (uint8_t)(8 + 10 * (number - 216));
		return c;
	}
	c.r = levels[number / 36];
	c.g = levels[number / 6 % 6];
	c.b = levels[number % 6];
	return c;
}

/* So few colours cannot keep all of the contrast, but must keep most. */
static const double kept_of_256 = 0.8;

static void check_contrast(const struct theme *theme, unsigned role, double least)
{
	/* A theme without a ground of its own has the terminal's: dark, mostly not
	 * quite black. */
	static const struct color ground = {.kind = COLOR_RGB,
					    .r = 0x1e,
					    .g = 0x1e,
					    .b = 0x1e};
	struct style style = theme_style(theme, (uint16_t)role, DEPTH_TRUE);
	struct color bg = style.bg.kind == COLOR_DEFAULT ? ground : style.bg;
	double got = contrast(style.fg, bg);

	assert_int_equal(style.fg.kind, COLOR_RGB);
	if (contrast(of_256(style.fg), of_256(bg)) < least * kept_of_256)
		fail_msg("theme %s: %s over %s has contrast %.2f of 256",
			 theme_name(theme), role_name((enum role)(role & 0xff)),
			 role_name((enum role)(role >> 8)),
			 contrast(of_256(style.fg), of_256(bg)));
	if (got < least)
		fail_msg("theme %s: %s over %s has contrast %.2f, needs %.2f",
			 theme_name(theme), role_name((enum role)(role & 0xff)),
			 role_name((enum role)(role >> 8)), got, least);
}

static void test_contrast(void **state)
{
	static const char *const names[] = {"dark", "light",	      "high-contrast",
					    "nord", "solarized-dark", "gruvbox"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct err err;
		struct theme *theme = theme_load(names[i], NULL, &err);

		assert_non_null(theme);
		for (unsigned role = 0; role < ROLE_COUNT; role++) {
			check_contrast(theme, role, needed((enum role)role));
			check_contrast(theme, role | ROLE_MATCH << 8, 4.5);
			if (is_severity((enum role)role)) {
				check_contrast(theme, role | ROLE_SELECTED << 8, 4.5);
				check_contrast(theme, ROLE_STATUS | role << 8, 4.5);
			}
		}
		check_contrast(theme, ROLE_STATUS | ROLE_KEY << 8, 4.5);
		check_contrast(theme, ROLE_OVERLAY | ROLE_KEY << 8, 4.5);
		check_contrast(theme, ROLE_OVERLAY | ROLE_DIM << 8, 4.5);
		check_contrast(theme, ROLE_OVERLAY | ROLE_STRONG << 8, 4.5);
		theme_free(theme);
	}
}

/* Every shipped theme loads, says what it is, and names each role itself but those
 * it means to leave to their fallback (mono: what is plain). */
static void test_shipped(void **state)
{
	size_t n = 0;

	(void)state;
	for (const struct embedded_file *f = embedded_themes; f->name; f++, n++) {
		struct err err;
		struct theme *theme = theme_load(f->name, NULL, &err);
		cJSON *root = json_parse(str_from(f->text), &json_file, NULL, &err);
		const cJSON *roles = json_member(root, "roles");

		if (!theme)
			fail_msg("%s", err.text);
		assert_string_equal(theme_name(theme), f->name);
		assert_string_equal(json_text(root, "name"), f->name);
		assert_true(strlen(theme_description(theme)) > 10);
		for (int role = 0; role < ROLE_COUNT; role++) {
			if (!json_member(roles, role_name((enum role)role)) &&
			    strcmp(f->name, "mono") != 0)
				fail_msg("theme %s: no \"%s\"", f->name,
					 role_name((enum role)role));
		}
		cJSON_Delete(root);
		theme_free(theme);
	}
	assert_true(n >= 8);
}

/* With 16 or 8 colours no ink is its own ground. */
static void test_few_colours(void **state)
{
	static const enum depth few[] = {DEPTH_16, DEPTH_8};
	static const enum role over[] = {ROLE_TEXT, ROLE_SELECTED, ROLE_MATCH, ROLE_KEY};

	(void)state;
	for (const struct embedded_file *f = embedded_themes; f->name; f++) {
		struct err err;
		struct theme *theme = theme_load(f->name, NULL, &err);

		for (unsigned i = 0; i < ROLE_COUNT * 8; i++) {
			enum depth depth = few[i & 1];
			enum role role = (enum role)(i / 8);
			unsigned look = role | over[i >> 1 & 3] << 8;
			struct style s = theme_style(theme, (uint16_t)look, depth);
			int mask = depth == DEPTH_8 ? 7 : 15;

			if (s.fg.kind == COLOR_DEFAULT || s.bg.kind == COLOR_DEFAULT)
				continue;
			if ((color_to_16(s.fg) & mask) == (color_to_16(s.bg) & mask))
				fail_msg("theme %s: %s cannot be seen", f->name,
					 role_name(role));
		}
		theme_free(theme);
	}
}

/* With few colours a selected row and a match still look unlike their neighbours,
 * and a critical one unlike a good one. */
static void test_few_differ(void **state)
{
	static const unsigned pairs[][2] = {
		{ROLE_TEXT, ROLE_TEXT | ROLE_SELECTED << 8},
		{ROLE_OK, ROLE_OK | ROLE_SELECTED << 8},
		{ROLE_TEXT, ROLE_TEXT | ROLE_MATCH << 8},
		{ROLE_OK, ROLE_CRIT},
		{ROLE_WARN, ROLE_CRIT},
	};

	(void)state;
	for (const struct embedded_file *f = embedded_themes; f->name; f++) {
		struct err err;
		struct theme *theme = theme_load(f->name, NULL, &err);

		for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]) * 2; i++) {
			enum depth depth = i & 1 ? DEPTH_16 : DEPTH_8;
			struct style a, b;

			a = theme_style(theme, (uint16_t)pairs[i / 2][0], depth);
			b = theme_style(theme, (uint16_t)pairs[i / 2][1], depth);
			if (a.attrs == b.attrs && color_equal(a.fg, b.fg) &&
			    !color_is_lost(a.bg, b.bg, depth) && color_equal(a.bg, b.bg))
				fail_msg("theme %s: pair %zu is alike", f->name, i / 2);
			if (pairs[i / 2][1] >> 8 && a.attrs == b.attrs &&
			    color_is_lost(b.bg, a.bg, depth))
				fail_msg("theme %s: %zu cannot be seen", f->name, i / 2);
		}
		theme_free(theme);
	}
}

/* Without colour the states and the selection still differ. */
static void test_mono(void **state)
{
	struct theme *theme = parse("{\"roles\":{\"text\":{\"fg\":\"#ffffff\"}}}");
	static const enum role pairs[][2] = {
		{ROLE_TEXT, ROLE_CRIT},	  {ROLE_TEXT, ROLE_WARN},
		{ROLE_WARN, ROLE_CRIT},	  {ROLE_TEXT, ROLE_SELECTED},
		{ROLE_TEXT, ROLE_MATCH},  {ROLE_SELECTED, ROLE_MATCH},
		{ROLE_TEXT, ROLE_STATUS}, {ROLE_TITLE, ROLE_TITLE_FOCUS},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct style a = theme_style(theme, pairs[i][0], DEPTH_MONO);
		struct style b = theme_style(theme, pairs[i][1], DEPTH_MONO);

		check_case(role_name(pairs[i][1]), a.attrs != b.attrs);
		check_case(role_name(pairs[i][1]), b.fg.kind == COLOR_DEFAULT);
		check_case(role_name(pairs[i][1]), b.bg.kind == COLOR_DEFAULT);
	}
	theme_free(theme);
}

static void test_fallback(void **state)
{
	struct theme *theme = parse(
		"// comments are fine\n"
		"{\"palette\": {\"sky\": \"#0000ff\"},\n"
		" \"roles\": {\"text\": {\"fg\": \"#111111\", \"bg\": \"#eeeeee\"},\n"
		"  \"strong\": {\"fg\": \"sky\", \"bold\": true},\n"
		"  \"selected\": {\"bg\": \"#222222\", \"underline\": true},\n"
		"  \"link\": {\"underline\": false}}}");
	struct style title = theme_style(theme, ROLE_TITLE_FOCUS, DEPTH_TRUE);
	struct style over =
		theme_style(theme, ROLE_CRIT | ROLE_SELECTED << 8, DEPTH_TRUE);

	(void)state;
	assert_int_equal(title.fg.b, 0xff);
	assert_int_equal(title.bg.r, 0xee);
	assert_int_equal(title.attrs, 0); /* attributes are a role's own */
	assert_int_equal(over.fg.b, 0xff);
	assert_int_equal(over.bg.r, 0x22);
	assert_int_equal(over.attrs, ATTR_UNDERLINE);
	assert_string_equal(theme_description(theme), "");
	theme_free(theme);
}

static void test_errors(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{"not JSON", "{\"roles\": {\n  oops}}",
		 "t.json: line 2, column 4: this is not valid JSON"},
		{"cut", "{\"roles\": {", "t.json: line 1, column 11: this is not"},
		{"no roles", "{}", "t.json: line 1, column 1: roles: an object of"},
		{"roles of another kind", "{\n \"roles\": 3}",
		 "t.json: line 2, column 11: roles: an object of"},
		{"an unknown role", "{\"roles\": {\n \"shout\": {}}}",
		 "t.json: line 2, column 11: roles.shout: there is no such role"},
		{"a role with a dot", "{\"roles\": {\n \"a.b[\": {}}}",
		 "t.json: line 2, column 10: roles.a.b[: there is no such role"},
		{"a role that hides an escape", "{\"roles\": {\n \"\\u001b[31m\": {}}}",
		 "t.json: line 2, column 16: roles."},
		{"a role of another kind", "{\"roles\": {\"text\": \"red\"}}",
		 "t.json: line 1, column 20: roles.text: must be an object"},
		{"no colour", "{\"roles\": {\"text\": {},\n\"ok\": {\"fg\": \"grün\"}}}",
		 "t.json: line 2, column 14: roles.ok.fg: is no colour"},
		{"a number", "{\"roles\": {\"ok\": {\"bg\": 7}}}",
		 "t.json: line 1, column 25: roles.ok.bg: is no colour"},
		{"an unknown attribute", "{\"roles\": {\"ok\": {\"blink\": true}}}",
		 "t.json: line 1, column 28: roles.ok.blink: there is no such key"},
		{"an attribute of another kind", "{\"roles\": {\"ok\": {\"bold\": 1}}}",
		 "t.json: line 1, column 27: roles.ok.bold: must be true or false"},
		{"a palette of another kind", "{\"palette\": [], \"roles\": {}}",
		 "t.json: line 1, column 13: palette: must be an object"},
		{"no colour in the palette",
		 "{\"palette\": {\"a\": \"#fff\"}, \"roles\": {}}",
		 "t.json: line 1, column 19: palette.a: is no colour"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err;

		check_case(cases[i].name,
			   !theme_parse(str_from(cases[i].text), "t", "t.json", &err));
		check_case(cases[i].name, err.code == ERR_CONFIG);
		if (!str_starts(str_from(err.text), str_from(cases[i].want)))
			fail_msg("case \"%s\": got \"%s\"", cases[i].name, err.text);
		check_case(cases[i].name, !strchr(err.text, '\033'));
	}
}

/* The user's folder goes before what is built in; a slash makes it a path. */
static void test_load(void **state)
{
	char dir[] = "/tmp/azdeck-theme-XXXXXX", path[100];
	struct theme *theme;
	struct err err;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/dark.json", dir);
	assert_true(file_write(path, STR("{\"description\": \"my own\", \"roles\": {}}"),
			       &err));
	theme = theme_load("dark", dir, &err);
	assert_string_equal(theme_description(theme), "my own");
	theme_free(theme);
	theme = theme_load(path, NULL, &err);
	assert_string_equal(theme_description(theme), "my own");
	theme_free(theme);
	theme = theme_load("nord", dir, &err);
	assert_string_equal(theme_name(theme), "nord");
	theme_free(theme);
	assert_true(file_write(path, STR("{"), &err));
	assert_null(theme_load("dark", dir, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	assert_non_null(strstr(err.text, path));
	unlink(path);
	rmdir(dir);
}

static void test_load_errors(void **state)
{
	static const struct {
		const char *name;
		enum err_code code;
	} cases[] = {
		{"nosuch", ERR_NOT_FOUND},    {"", ERR_USAGE},
		{".hidden", ERR_USAGE},	      {"\033[31m", ERR_USAGE},
		{"./nosuch", ERR_NOT_FOUND},  {"/", ERR_CONFIG},
		{"../nosuch", ERR_NOT_FOUND},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err;

		check_case(cases[i].name, !theme_load(cases[i].name, NULL, &err));
		check_case(cases[i].name, err.code == cases[i].code);
		check_case(cases[i].name, !strchr(err.text, '\033'));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_contrast),    cmocka_unit_test(test_shipped),
		cmocka_unit_test(test_few_colours), cmocka_unit_test(test_few_differ),
		cmocka_unit_test(test_mono),	    cmocka_unit_test(test_fallback),
		cmocka_unit_test(test_errors),	    cmocka_unit_test(test_load),
		cmocka_unit_test(test_load_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
