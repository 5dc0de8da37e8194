/* Error budgets by hand: gaps, overlaps, windows of several lengths, what an alarm
 * needs. Minutes are exact, for bins hold them as such. */
#include "unit/check.h"

#include <math.h>

#include "base/timefmt.h"
#include "dr/slo.h"

/* 2026-11-21T04:00:00Z: on the hour. */
#define NOW    INT64_C(1795233600000)
#define MIN    MINUTE_MS
#define DAYS30 (30 * DAY_MS)

/* From so many minutes ago until so many; up: share. */
struct span {
	int from, to;
	double up;
	bool is_set; /* instead of what was known */
};

struct sum_case {
	const char *name;
	struct span spans[4];
	int ago, until; /* minutes ago, what is asked */
	double known, lost;
};

static const struct sum_case sums[] = {
	{"nothing", {{0, 0, 0, false}}, 60, 0, 0, 0},
	{"all of it up", {{60, 0, 1, false}}, 60, 0, 60, 0},
	{"two minutes down", {{60, 0, 1, false}, {32, 30, 0, true}}, 60, 0, 60, 2},
	{"one place of five", {{60, 0, 0.8, false}}, 60, 0, 60, 12},
	{"a gap is neither", {{60, 40, 1, false}, {20, 0, 0, false}}, 60, 0, 40, 20},
	{"twice the same counts once",
	 {{60, 0, 0, false}, {60, 0, 0, false}},
	 60,
	 0,
	 60,
	 60},
	{"outages that overlap", {{60, 50, 0, false}, {55, 45, 0, false}}, 60, 0, 15, 15},
	{"up and down: the worse", {{60, 0, 1, false}, {60, 0, 0, false}}, 60, 0, 60, 60},
	{"finer over coarser", {{60, 0, 0.5, false}, {30, 0, 1, true}}, 60, 0, 60, 15},
	{"half a bin is replaced", {{60, 0, 0, false}, {3, 0, 1, true}}, 60, 0, 60, 57},
	{"a bin is cut", {{60, 0, 0, false}}, 58, 0, 58, 58},
	{"before the line",
	 {{60 * 24 * 40, 60 * 24 * 30 - 60, 0, false}},
	 60 * 24 * 30,
	 0,
	 60,
	 60},
	{"after it", {{10, -90, 0, false}}, 60, 0, 10, 10},
	{"more than all of it", {{60, 0, 1.5, false}}, 60, 0, 60, 0},
	{"less than none of it", {{60, 0, -3, false}}, 60, 0, 60, 60},
	{"unknown", {{60, 0, NAN, false}}, 60, 0, 0, 0},
	{"backwards", {{0, 60, 0, false}}, 60, 0, 0, 0},
	{"an hour earlier", {{60, 0, 0, false}}, 120, 60, 0, 0},
};

static void put_spans(struct slo_line *line, const struct span *spans, size_t n)
{
	for (size_t i = 0; i < n && (spans[i].from || spans[i].to); i++) {
		int64_t from = NOW - spans[i].from * MIN, to = NOW - spans[i].to * MIN;

		if (spans[i].is_set)
			slo_line_set(line, from, to, spans[i].up);
		else
			slo_line_put(line, from, to, spans[i].up);
	}
}

static void check_near(const char *name, const char *what, double got, double want)
{
	if (isnan(got) != isnan(want) || fabs(got - want) > 0.0005)
		fail_msg("%s: %s is %g, not %g", name, what, got, want);
}

static void test_sums(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++) {
		const struct sum_case *c = &sums[i];
		struct arena arena = {0};
		struct slo_line line;
		struct slo_sum sum;

		slo_line_init(&line, &arena, NOW - DAYS30, NOW);
		put_spans(&line, c->spans, 4);
		sum = slo_line_sum(&line, NOW - c->ago * MIN, NOW - c->until * MIN);
		check_near(c->name, "known", sum.known, c->known);
		check_near(c->name, "lost", sum.lost, c->lost);
		check_near(c->name, "span", sum.span, c->ago - c->until);
		arena_fini(&arena);
	}
}

/* Two lines of an hour, by tens of minutes: down share, or NAN. */
struct pair_case {
	const char *name;
	void (*combine)(struct slo_line *line, const struct slo_line *other);
	double a[6], b[6], want[6];
};

#define U NAN
static const struct pair_case pairs[] = {
	{"both have to be up",
	 slo_line_all,
	 {0, 0, 1, 1, U, U},
	 {0, 1, 0, U, 1, U},
	 {0, 1, 1, 1, 1, U}},
	{"one is enough",
	 slo_line_any,
	 {0, 0, 1, 1, U, 1},
	 {0, 1, 0, U, 1, 1},
	 {0, 0, 0, 1, 1, 1}},
	{"the other fills gaps",
	 slo_line_fill,
	 {0, 1, U, U, 0, 0},
	 {1, 0, 1, 0, 1, U},
	 {0, 1, 1, 0, 0, 0}},
	{"only what was lost fills",
	 slo_line_fill_lost,
	 {0, 1, U, U, 0, U},
	 {1, 0, 1, 0, 1, U},
	 {0, 1, 1, U, 0, U}},
	{"the worse account of an hour",
	 slo_line_worse,
	 {0, 1, 0, U, 0, 0},
	 {.5, .5, .5, .5, .5, .5},
	 {.5, .5, .5, .5, .5, .5}},
	{"the finer one, where they agree",
	 slo_line_worse,
	 {0, 1, 0, 0, 0, U},
	 {.16, .16, .16, .16, .16, .16},
	 {0, 1, 0, 0, 0, .16}},
};

static void put_tens(struct slo_line *line, const double *down)
{
	for (int i = 0; i < 6; i++)
		slo_line_put(line, NOW - (60 - i * 10) * MIN, NOW - (50 - i * 10) * MIN,
			     1 - down[i]);
}

static void test_pairs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const struct pair_case *c = &pairs[i];
		struct arena arena = {0};
		struct slo_line a, b;

		slo_line_init(&a, &arena, NOW - HOUR_MS, NOW);
		slo_line_init(&b, &arena, NOW - HOUR_MS, NOW);
		put_tens(&a, c->a);
		put_tens(&b, c->b);
		c->combine(&a, &b);
		for (int k = 0; k < 6; k++) {
			struct slo_sum sum = slo_line_sum(&a, NOW - (60 - k * 10) * MIN,
							  NOW - (50 - k * 10) * MIN);

			check_near(c->name, "down",
				   sum.known > 0 ? sum.lost / sum.known : NAN,
				   c->want[k]);
		}
		arena_fini(&arena);
	}
}

struct judge_case {
	const char *name;
	struct span spans[4];
	double slo;
	const char *state;
	double left, burn_1h, burn_6h, burn_3d, coverage;
};

#define ALL (30 * 24 * 60)
/* 30 days are 43,200 minutes: 99.99 % leaves 4.32 of them, 99.9 % leaves 43.2. */
static const struct judge_case judged[] = {
	{"all is well", {{ALL, 0, 1, false}}, 99.99, "Within", 4.32, 0, 0, 0, 100},
	/* 1 minute of 60 is 1.667 % of an hour, 166.7 times the 0.01 % allowed. */
	{"a minute just now",
	 {{ALL, 0, 1, false}, {1, 0, 0, true}},
	 99.99,
	 "Fast burn",
	 3.32,
	 166.667,
	 27.7778,
	 2.31481,
	 100},
	{"a minute, half an hour ago",
	 {{ALL, 0, 1, false}, {31, 30, 0, true}},
	 99.99,
	 "Slow burn",
	 3.32,
	 166.667,
	 27.7778,
	 2.31481,
	 100},
	{"ten minutes ago",
	 {{ALL, 0, 1, false}, {11, 10, 0, true}},
	 99.99,
	 "Burning",
	 3.32,
	 166.667,
	 27.7778,
	 2.31481,
	 100},
	{"the same is little for 99.9",
	 {{ALL, 0, 1, false}, {1, 0, 0, true}},
	 99.9,
	 "Fast burn",
	 42.2,
	 16.6667,
	 2.77778,
	 0.231481,
	 100},
	{"yesterday, and over",
	 {{ALL, 0, 1, false}, {1440, 1439, 0, true}},
	 99.99,
	 "Within",
	 3.32,
	 0,
	 0,
	 2.31481,
	 100},
	{"a week ago, four minutes",
	 {{ALL, 0, 1, false}, {10080, 10076, 0, true}},
	 99.99,
	 "Spending",
	 0.32,
	 0,
	 0,
	 0,
	 100},
	{"a week ago, five minutes",
	 {{ALL, 0, 1, false}, {10080, 10075, 0, true}},
	 99.99,
	 "Breached",
	 -0.68,
	 0,
	 0,
	 0,
	 100},
	{"a third is known",
	 {{ALL / 3, 0, 1, false}},
	 99.99,
	 "Thin data",
	 4.32,
	 0,
	 0,
	 0,
	 33.3333},
	/* 30 lost of the 90 that are known in 6 h; the end of it is not known. */
	{"silent since it went down",
	 {{360, 270, 1, false}, {330, 300, 0, true}},
	 99.9,
	 "Burning",
	 13.2,
	 NAN,
	 333.333,
	 333.333,
	 0.208333},
	{"nothing is known", {{0, 0, 0, false}}, 99.99, "No data", NAN, NAN, NAN, NAN, 0},
	{"nothing was promised",
	 {{ALL, 0, 1, false}, {60, 0, 0, true}},
	 0,
	 "Within",
	 NAN,
	 NAN,
	 NAN,
	 NAN,
	 100},
};

static void test_judged(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(judged) / sizeof(judged[0]); i++) {
		const struct judge_case *c = &judged[i];
		struct arena arena = {0};
		struct slo_figures f;
		struct slo_line line;

		slo_line_init(&line, &arena, NOW - DAYS30, NOW);
		put_spans(&line, c->spans, 4);
		slo_figures(&line, c->slo, DAYS30, NOW, &f);
		check_text(c->name, str_from(slo_word(f.state)), c->state);
		check_near(c->name, "left", f.left, c->left);
		check_near(c->name, "burn in 1 h", f.burn_1h, c->burn_1h);
		check_near(c->name, "burn in 6 h", f.burn_6h, c->burn_6h);
		check_near(c->name, "burn in 3 d", f.burn_3d, c->burn_3d);
		check_near(c->name, "coverage", f.coverage, c->coverage);
		arena_fini(&arena);
	}
}

/* A series with a hole; its last hour has just begun. */
static void test_series(void **state)
{
	const float percent[] = {100, NAN, 50, 80};
	struct arena arena = {0};
	struct slo_line line;
	struct slo_sum sum;

	(void)state;
	slo_line_init(&line, &arena, NOW - 6 * HOUR_MS, NOW);
	slo_line_series(&line, percent, 4, NOW - 15 * MIN, HOUR_MS, NOW);
	sum = slo_line_sum(&line, NOW - 6 * HOUR_MS, NOW);
	check_near("series", "known", sum.known, 60 + 60 + 15);
	check_near("series", "lost", sum.lost, 30 + 3);
	assert_int_equal(slo_line_last(&line), NOW);
	arena_fini(&arena);
}

/* What is left falls where it was lost, and is unknown where nothing is known. */
static void test_burn_down(void **state)
{
	struct arena arena = {0};
	struct slo_line line;
	double left[30];

	(void)state;
	slo_line_init(&line, &arena, NOW - DAYS30, NOW);
	slo_line_put(&line, NOW - DAYS30, NOW - 20 * DAY_MS, 1);
	slo_line_put(&line, NOW - 19 * DAY_MS, NOW, 1);
	slo_line_set(&line, NOW - 25 * DAY_MS, NOW - 25 * DAY_MS + 3 * MIN, 0);
	slo_burn_down(&line, 99.99, DAYS30, NOW, left, 30);
	check_near("at first", "left", left[0], 4.32);
	check_near("until then", "left", left[4], 4.32);
	check_near("that day", "left", left[5], 1.32);
	check_near("in the gap", "left", left[10], NAN);
	check_near("now", "left", left[29], 1.32);
	arena_fini(&arena);
}

/* The window moves: what was lost comes back 30 days later. */
static void test_window_moves(void **state)
{
	struct arena arena = {0};
	struct slo_figures then, later;
	struct slo_line line;

	(void)state;
	slo_line_init(&line, &arena, NOW - DAYS30, NOW + DAY_MS);
	slo_line_put(&line, NOW - DAYS30, NOW + DAY_MS, 1);
	slo_line_set(&line, NOW - DAYS30 + HOUR_MS, NOW - DAYS30 + HOUR_MS + 2 * MIN, 0);
	slo_figures(&line, 99.99, DAYS30, NOW, &then);
	slo_figures(&line, 99.99, DAYS30, NOW + 2 * HOUR_MS, &later);
	check_near("then", "left", then.left, 2.32);
	check_near("later", "left", later.left, 4.32);
	arena_fini(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sums),	  cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_judged),	  cmocka_unit_test(test_series),
		cmocka_unit_test(test_burn_down), cmocka_unit_test(test_window_moves),
	};

	return cmocka_run_group_tests_name("slo", tests, NULL, NULL);
}
