/* What kinds of days are told apart, and what is no anomaly though it looks like one. */
#include "unit/check.h"

#include <math.h>

#include "base/timefmt.h"
#include "cost/anomaly.h"

enum { DAYS = 89 };

/* 2026-01-01, a Thursday. */
#define FIRST INT64_C(20454)

static const double least = 2;

struct shape {
	const char *name;
	double base;	  /* a working day */
	double weekend;	  /* of that */
	double slope;	  /* a day, as a part */
	int at, length;	  /* days that differ, from day `at` on; 0 long: to the end */
	double factor;	  /* what they differ by */
	double climb;	  /* and by how much more each day */
	double monthly;	  /* billed on every 15th */
	double month_end; /* factor of the last two days of a month */
	const char *want; /* kinds, since and last from FIRST, as "kind 80-88!" */
};

static bool is_month_end(int64_t day)
{
	int month = utc_from_ms(day * DAY_MS).month;

	return utc_from_ms((day + 2) * DAY_MS).month != month;
}

static double noise_at(int i)
{
	return 1 + 0.02 * ((i * 7919 + 13) % 11 - 5) / 5.0;
}

static void fill(const struct shape *shape, double v[DAYS])
{
	for (int i = 0; i < DAYS; i++) {
		int weekday = cost_weekday(FIRST + i);
		bool is_in = i >= shape->at &&
			     (!shape->length || i < shape->at + shape->length);
		double x = shape->base * noise_at(i) * (1 + shape->slope * i);

		if (weekday == 0 || weekday == 6)
			x *= shape->weekend;
		if (shape->month_end && is_month_end(FIRST + i))
			x *= shape->month_end;
		if (shape->at && is_in)
			x *= shape->factor + shape->climb * (i - shape->at);
		if (shape->monthly && utc_from_ms((FIRST + i) * DAY_MS).day == 15)
			x += shape->monthly;
		v[i] = x;
	}
}

static const struct shape shapes[] = {
	{"nothing", 40, 1, 0, .want = ""},
	{"weekends are quiet", 40, 0.3, 0, .want = ""},
	{"nothing at weekends", 40, 0, 0, .want = ""},
	{"it grows, a third a month", 40, 0.7, 0.01, .want = ""},
	{"it shrinks", 40, 0.7, -0.006, .want = ""},
	{"a spike today", 40, 0.7, 0, .at = 88, .factor = 2.5, .want = "spike 88-88!"},
	{"a spike, over", 40, 0.7, 0, .at = 82, .length = 2, .factor = 2.5,
	 .want = "spike 82-83"},
	{"a drop", 40, 0.7, 0, .at = 84, .length = 2, .factor = 0.4,
	 .want = "drop 84-85"},
	{"a step up", 40, 0.7, 0, .at = 84, .factor = 1.6, .want = "rise 84-88!"},
	{"a step down", 40, 0.7, 0, .at = 84, .factor = 0.5, .want = "fall 84-88!"},
	{"gone", 40, 0.7, 0, .at = 85, .factor = 0, .want = "vanished 85-88!"},
	{"a leak", 40, 0.7, 0, .at = 76, .factor = 1.04, .climb = 0.05,
	 .want = "slow rise 80-88!"},
	{"too little to say a word", 3, 1, 0, .at = 87, .factor = 1.6, .want = ""},
	{"small, but many times what it was", 3, 1, 0, .at = 88, .factor = 3,
	 .want = "spike 88-88!"},
	{"a bill on the fifteenth", 0, 1, 0, .monthly = 85, .want = ""},
	{"a refund on the fifteenth", 0, 1, 0, .monthly = -85, .want = ""},
	{"runs at the month's end", 40, 0.7, 0, .month_end = 1.4, .want = ""},
	{"nothing, ever", 0, 1, 0, .want = ""},
};

static void format(struct strbuf *out, const struct anomaly *found, size_t n)
{
	for (size_t i = 0; i < n; i++)
		strbuf_printf(out, "%s%s %d-%d%s", i ? ", " : "",
			      anomaly_kind_name(found[i].kind),
			      (int)(found[i].since - FIRST), (int)(found[i].last - FIRST),
			      found[i].is_ongoing ? "!" : "");
}

static size_t find(const double v[DAYS], struct anomaly *found)
{
	static struct baseline b;
	struct cost_series s = {FIRST, v, DAYS};

	baseline_fit(&b, &s);
	return anomaly_find(&b, &s, 14, NULL, least, found);
}

static void check_kinds(const char *name, const double v[DAYS], const char *want)
{
	struct anomaly found[ANOMALY_MAX];
	size_t n = find(v, found);
	struct strbuf got;

	strbuf_init(&got, 400);
	format(&got, found, n);
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
}

static void test_kinds(void **state)
{
	double v[DAYS];

	(void)state;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		fill(&shapes[i], v);
		check_kinds(shapes[i].name, v, shapes[i].want);
	}
}

static void test_new(void **state)
{
	double v[DAYS] = {0};

	(void)state;
	v[86] = v[87] = v[88] = 12;
	check_kinds("a new service", v, "new 86-88!");
	for (int i = 0; i < DAYS; i++)
		v[i] = NAN;
	check_kinds("nothing is known", v, "");
	for (int i = 75; i < DAYS; i++)
		v[i] = i == 88 ? 90 : 30;
	check_kinds("known for a fortnight: a jump of three", v, "spike 88-88!");
	for (int i = 75; i < DAYS; i++)
		v[i] = i == 88 ? 90 : NAN;
	check_kinds("known for a day", v, "");
}

/* The figures that a row shows. */
static void test_figures(void **state)
{
	const struct shape shape = {"", 40, 1, 0, .at = 87, .factor = 2};
	struct anomaly found[ANOMALY_MAX];
	double v[DAYS];

	(void)state;
	fill(&shape, v);
	assert_int_equal(find(v, found), 1);
	assert_true(fabs(found[0].expected - 40) < 1);
	assert_true(fabs(found[0].actual - 80) < 3);
	assert_true(fabs(found[0].delta - 80) < 6);
	assert_true(found[0].low < found[0].expected);
	assert_true(found[0].high > found[0].expected);
	assert_true(found[0].high < 60);
	assert_true(found[0].certainty > 3);
}

/* A working day on which all that rests at weekends rests. */
static void test_day_off(void **state)
{
	enum { LINES = 5, HOLIDAY = 84 };
	static double v[LINES][DAYS];
	static struct baseline b[LINES];
	struct cost_series s[LINES];
	struct anomaly found[ANOMALY_MAX];
	bool is_off[DAYS];

	(void)state;
	for (int k = 0; k < LINES; k++) {
		const struct shape shape = {.base = 30 + 10 * k,
					    .weekend = k < 4 ? 0.4 : 1};

		fill(&shape, v[k]);
		if (k < 4)
			v[k][HOLIDAY] *= 0.4;
		s[k] = (struct cost_series){FIRST, v[k], DAYS};
		baseline_fit(&b[k], &s[k]);
	}
	assert_in_range(cost_weekday(FIRST + HOLIDAY), 1, 5);
	assert_int_equal(anomaly_find(&b[0], &s[0], 14, NULL, least, found), 1);
	anomaly_find_off(b, s, LINES, is_off);
	for (int i = 21; i < DAYS; i++)
		assert_int_equal(is_off[i], i == HOLIDAY);
	for (int k = 0; k < LINES; k++)
		assert_int_equal(anomaly_find(&b[k], &s[k], 14, is_off, least, found), 0);
	v[0][HOLIDAY] = 1; /* and then one that fell far below its Sunday */
	assert_int_equal(anomaly_find(&b[0], &s[0], 14, is_off, least, found), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_day_off),
	};

	return cmocka_run_group_tests_name("cost_anomaly", tests, NULL, NULL);
}
