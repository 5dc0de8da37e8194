/* The painter against a terminal model: whatever is drawn, the screen shows the
 * grid; and it takes few bytes. */
#include "unit/check.h"

#include <stdio.h>

#include "base/rng.h"
#include "tui/scroll.h"
#include "unit/screen_model.h"

static const enum depth depths[] = {DEPTH_MONO, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_TRUE};

static struct theme *load(const char *name)
{
	struct theme *theme;
	struct err err;

	theme = theme_load(name, NULL, &err);
	if (!theme)
		fail_msg("%s", err.text);
	return theme;
}

static size_t paint(struct painter *p, struct grid *grid, struct screen_model *m)
{
	struct strbuf out;
	size_t n;

	strbuf_init(&out, 1 << 20);
	painter_paint(p, grid, &out);
	assert_false(out.overflow);
	if (m)
		screen_model_feed(m, strbuf_str(&out));
	n = out.n;
	strbuf_fini(&out);
	return n;
}

/* A board's table as it scrolls: 30 rows of text and figures, from row `top`. */
static void draw_table(struct grid *grid, int top, int selected)
{
	struct surface s = grid_surface(grid);

	surface_clear(&s, ROLE_TEXT);
	surface_puts(&s, 2, 0, ROLE_HEADING, "NAME");
	surface_puts(&s, 40, 0, ROLE_HEADING, "STATE");
	for (int i = 1; i < grid_height(grid); i++) {
		int row = top + i;

		surface_printf(&s, 2, i, ROLE_STRONG, "atlas-orders-%04d", row);
		surface_puts(&s, 40, i, row % 7 ? ROLE_OK : ROLE_CRIT,
			     row % 7 ? "Online" : "Failed");
		surface_printf(&s, 60, i, ROLE_DIM, "%5.1f%%", row * 7 % 100 + 0.5);
		if (row == selected)
			surface_overlay(&s, 0, i, grid_width(grid), 1, ROLE_SELECTED);
	}
}

static void test_bytes(void **state)
{
	struct theme *theme = load("dark");

	(void)state;
	for (size_t i = 0; i < sizeof(depths) / sizeof(depths[0]); i++) {
		struct grid *grid = grid_new(120, 40);
		struct surface s;
		struct painter p;
		size_t all, n;

		painter_init(&p, theme, depths[i]);
		p.has_bce = p.has_sync = i & 1;
		draw_table(grid, 0, 5);
		all = paint(&p, grid, NULL);
		draw_table(grid, 0, 5);
		assert_int_equal(paint(&p, grid, NULL), 0);
		s = grid_surface(grid);
		surface_puts(&s, 50, 20, ROLE_TEXT, "x");
		paint(&p, grid, NULL);
		/* The pen has its colour: a jump and the character. */
		surface_puts(&s, 53, 22, ROLE_TEXT, "y");
		n = paint(&p, grid, NULL) - (p.has_sync ? 16 : 0);
		if (n >= 10)
			fail_msg("one cell takes %zu bytes", n);
		draw_table(grid, 0, 6);
		paint(&p, grid, NULL);
		draw_table(grid, 0, 7);
		n = paint(&p, grid, NULL);
		printf("# depth %d: all %zu bytes, the row below %zu", (int)depths[i],
		       all, n);
		if (n > 420)
			fail_msg("a move takes %zu bytes", n);
		draw_table(grid, 1, 7);
		n = paint(&p, grid, NULL);
		printf(", a scroll %zu", n);
		/* Most of a name stays as it is from row to row. */
		if (n > all * 2 / 3)
			fail_msg("a scroll takes %zu bytes, all of it %zu", n, all);
		p.has_scroll = true;
		draw_table(grid, 2, 8);
		n = paint(&p, grid, NULL);
		printf(", %zu where the terminal scrolls\n", n);
		/* The row that comes in, and two that change their look. */
		if (n > 650)
			fail_msg("a scroll by the terminal takes %zu bytes", n);
		painter_fini(&p);
		grid_free(grid);
	}
	theme_free(theme);
}

/* A band of rows moves up or down, as a table does. */
static void shift(struct rng *rng, struct grid *grid)
{
	int w = grid_width(grid), h = grid_height(grid);
	int top = (int)rng_range(rng, 0, h - 1), rows = (int)rng_range(rng, 1, h - top);
	int by = (int)rng_range(rng, -2, 2);
	struct grid *copy = grid_new(w, h);
	struct surface s = grid_surface(copy), band;

	surface_put_grid(&s, 0, 0, grid);
	s = grid_surface(grid);
	band = surface_sub(&s, 0, top, w, rows);
	surface_put_grid(&band, 0, -top - by, copy);
	grid_free(copy);
}

/* One step of a random picture. */
static void scribble(struct rng *rng, struct grid *grid)
{
	static const char *const texts[] = {
		"a",  "atlas-orders", "日本",  "x日y", "e\xcc\x81t\xc3\xa9",
		"  ", "│ █▆▄▂ │",     "87.5%", "語",   "             ",
	};
	struct surface s = grid_surface(grid);
	int x = (int)rng_range(rng, -3, grid_width(grid));
	int y = (int)rng_range(rng, 0, grid_height(grid) - 1);
	int w = (int)rng_range(rng, 1, grid_width(grid));
	enum role role = (enum role)rng_range(rng, 0, ROLE_COUNT - 1);

	switch (rng_range(rng, 0, 12)) {
	case 10:
	case 11:
	case 12:
		shift(rng, grid);
		break;
	case 0:
		surface_fill(&s, x, y, w, 2, role);
		break;
	case 1:
		surface_fill(&s, x, y, grid_width(grid), 1, role);
		break;
	case 2:
		surface_overlay(&s, x, y, w, 1, ROLE_SELECTED);
		break;
	case 3:
		surface_overlay(&s, x, y, 3, 1, ROLE_MATCH);
		break;
	case 4:
		surface_put_fit(&s, x, y, w, role, STR("日本語 qodex"), w & 1);
		break;
	default:
		surface_puts(&s, x, y, role, texts[rng_range(rng, 0, 9)]);
	}
	if (rng_unit(rng) < 0.3)
		surface_cursor(&s, x, y);
}

struct play {
	const struct theme *theme;
	enum depth depth;
	bool has_bce, has_sync, has_scroll;
	uint64_t seed;
};

static void check_same(const struct play *play, struct screen_model *m,
		       const struct grid *grid, int frame)
{
	struct strbuf why;

	strbuf_init(&why, 200);
	if (!screen_model_matches(m, grid, play->theme, play->depth, &why))
		fail_msg("theme %s, depth %d, seed %d, frame %d: %s",
			 theme_name(play->theme), (int)play->depth, (int)play->seed,
			 frame, why.p);
	strbuf_fini(&why);
}

/* Frames of a play in which the terminal scrolled. */
static int play_frames(const struct play *play)
{
	int w = 20, h = 12;
	struct screen_model *m = screen_model_new(w, h);
	struct grid *grid = grid_new(w, h);
	struct painter p;
	struct rng rng;
	int scrolls = 0;

	rng_init(&rng, play->seed);
	painter_init(&p, play->theme, play->depth);
	p.has_bce = play->has_bce;
	p.has_sync = play->has_sync;
	p.has_scroll = play->has_scroll;
	for (int frame = 0; frame < 60; frame++) {
		double what = rng_unit(&rng);

		if (what < 0.05) {
			w = (int)rng_range(&rng, 1, 30);
			h = (int)rng_range(&rng, 1, 16);
			grid_resize(grid, w, h);
			screen_model_resize(m, w, h);
		} else if (what < 0.08) {
			painter_forget(&p);
			screen_model_feed(m, STR("\033[H\033[7mwritten by others"));
		}
		for (int64_t n = rng_range(&rng, 1, 6); n > 0; n--)
			scribble(&rng, grid);
		if (play->has_scroll && p.is_known)
			scrolls += scroll_find(p.shown, grid, &(struct scroll){0});
		paint(&p, grid, m);
		check_same(play, m, grid, frame);
		assert_int_equal(paint(&p, grid, NULL), 0);
	}
	painter_fini(&p);
	grid_free(grid);
	screen_model_free(m);
	return scrolls;
}

static void test_screen_is_grid(void **state)
{
	static const char *const names[] = {"dark", "light", "ansi", "mono",
					    "high-contrast"};
	int scrolls = 0;

	(void)state;
	for (size_t t = 0; t < sizeof(names) / sizeof(names[0]); t++) {
		struct theme *theme = load(names[t]);

		for (size_t d = 0; d < sizeof(depths) / sizeof(depths[0]); d++) {
			for (uint64_t seed = 1; seed <= 8; seed++) {
				scrolls += play_frames(&(struct play){
					.theme = theme,
					.depth = depths[d],
					.has_bce = seed & 1,
					.has_sync = seed & 2,
					.has_scroll = seed & 4,
					.seed = seed,
				});
			}
		}
		theme_free(theme);
	}
	printf("# %d frames scrolled\n", scrolls);
	assert_true(scrolls > 100);
}

/* Without colour nothing but attributes is sent, whatever the theme. */
static void test_no_colour(void **state)
{
	struct theme *theme = load("light");
	struct grid *grid = grid_new(ROLE_COUNT, 1);
	struct surface s = grid_surface(grid);
	struct painter p;
	struct strbuf out;

	(void)state;
	for (int i = 0; i < ROLE_COUNT; i++)
		surface_puts(&s, i, 0, (enum role)i, "x");
	strbuf_init(&out, 1 << 16);
	painter_init(&p, theme, DEPTH_MONO);
	painter_paint(&p, grid, &out);
	for (size_t i = 0; i + 2 < out.n; i++) {
		bool is_color = out.p[i] == '3' || out.p[i] == '4' || out.p[i] == '9';

		assert_false(is_color && out.p[i + 1] >= '0' && out.p[i + 1] <= '9' &&
			     (out.p[i + 2] == 'm' || out.p[i + 2] == ';'));
	}
	strbuf_fini(&out);
	painter_fini(&p);
	grid_free(grid);
	theme_free(theme);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_screen_is_grid),
		cmocka_unit_test(test_no_colour),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
