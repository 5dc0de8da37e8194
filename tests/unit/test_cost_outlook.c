/* What a month will cost: on series made for it, and month by month over simulated years
 * beside what most people do first, which is to go on at the month's own pace. */
#include "unit/check.h"

#include <math.h>
#include <stdlib.h>

#include "base/timefmt.h"
#include "cost/outlook.h"
#include "sim/cost/cost.h"

enum { DAYS = 89, MOST = 64 };

static int64_t day_of(int year, int month, int day)
{
	struct utc t = {.year = year, .month = month, .day = day};

	return utc_to_ms(&t) / DAY_MS;
}

/* A book whose last whole day is the one before `today`. */
struct shelf {
	struct book book;
	struct book_line lines[MOST];
	struct book_line *all[MOST];
	double v[MOST][DAYS];
};

static void shelf_init(struct shelf *s, int64_t today, size_t n)
{
	s->book = (struct book){.first_day = today - DAYS,
				.n_days = DAYS,
				.lines = s->lines,
				.n = n};
	arena_init(&s->book.arena);
	for (size_t k = 0; k < n; k++) {
		s->lines[k] = (struct book_line){.v = s->v[k], .partial = NAN};
		s->all[k] = &s->lines[k];
	}
}

static struct outlook_from all_of(struct shelf *s, int64_t first, int64_t last)
{
	return (struct outlook_from){.book = &s->book,
				     .lines = s->all,
				     .n = s->book.n,
				     .first_day = first,
				     .last_day = last};
}

static bool is_near(double a, double b, double part)
{
	return fabs(a - b) <= part * fabs(b);
}

/* 11 March, 20 on working days and 5 at weekends, a bill of 300 on the first. */
static void fill_plain(struct shelf *s, int64_t today)
{
	shelf_init(s, today, 2);
	for (int i = 0; i < DAYS; i++) {
		int64_t day = s->book.first_day + i;
		int weekday = cost_weekday(day);

		s->v[0][i] = weekday == 0 || weekday == 6 ? 5 : 20;
		s->v[1][i] = utc_from_ms(day * DAY_MS).day == 1 ? 300 : 0;
	}
}

static void test_plain(void **state)
{
	static struct shelf s;
	static struct outlook o;
	int64_t first = day_of(2026, 3, 1), last = day_of(2026, 3, 31);
	int64_t today = day_of(2026, 3, 11);
	struct outlook_from from;
	double want = 300, spent = 300;

	(void)state;
	fill_plain(&s, today);
	for (int64_t day = first; day <= last; day++) {
		int weekday = cost_weekday(day);
		double x = weekday == 0 || weekday == 6 ? 5 : 20;

		want += x;
		spent += day < today ? x : 0;
	}
	from = all_of(&s, first, last);
	outlook_fit(&o, &from);
	assert_int_equal(o.n, 21);
	assert_int_equal(o.first_day, today);
	assert_true(is_near(o.spent, spent, 1e-9));
	assert_true(is_near(o.mid, want, 1e-6));
	assert_true(o.low < o.mid && o.high > o.mid);
	assert_true(is_near(o.low, want, 0.05) && is_near(o.high, want, 0.05));

	/* The bill is in the next month as well. */
	from = all_of(&s, day_of(2026, 4, 1), day_of(2026, 4, 30));
	outlook_fit(&o, &from);
	assert_true(o.spent == 0);
	assert_int_equal(o.n, 30);
	assert_true(is_near(o.path_mid[0], 320, 1e-6));
	book_fini(&s.book);
}

static void test_dates(void **state)
{
	static struct shelf s;
	static struct outlook o;
	int64_t first = day_of(2026, 3, 1), last = day_of(2026, 3, 31);
	struct outlook_from from;

	(void)state;
	fill_plain(&s, day_of(2026, 3, 11));
	from = all_of(&s, first, last);
	outlook_fit(&o, &from);
	assert_int_equal(outlook_reached(&from, 300), first);
	assert_int_equal(outlook_reached(&from, 320), day_of(2026, 3, 2));
	assert_int_equal(outlook_reached(&from, 1e6), 0);
	/* 455 spent by the 10th: 20 more on the 11th, and so on. */
	assert_int_equal(outlook_reaches(&o, o.path_mid, o.spent + 20),
			 day_of(2026, 3, 11));
	assert_int_equal(outlook_reaches(&o, o.path_mid, o.spent + 61),
			 day_of(2026, 3, 14));
	assert_int_equal(outlook_reaches(&o, o.path_mid, 1e6), 0);
	assert_true(outlook_reaches(&o, o.path_high, o.spent + 200) <=
		    outlook_reaches(&o, o.path_low, o.spent + 200));
	/* The day that is not over: it does not count twice. */
	s.lines[0].partial = 12;
	outlook_fit(&o, &from);
	assert_true(is_near(o.a_day[0], 8, 1e-6));
	assert_int_equal(outlook_reached(&from, o.spent), day_of(2026, 3, 11));
	s.lines[0].partial = 50;
	outlook_fit(&o, &from);
	assert_true(o.a_day[0] == 0);
	book_fini(&s.book);
}

/* What has gone on for three days is what comes; what lasted a day is not. */
static void test_changes(void **state)
{
	static const struct {
		const char *name;
		int days;
		double factor, want;
	} cases[] = {
		{"a day more", 1, 2, 20},
		{"three days more", 3, 2, 40},
		{"four days of nothing", 4, 0, 0},
	};
	static struct shelf s;
	static struct outlook o;
	int64_t today = day_of(2026, 3, 13);

	(void)state;
	for (size_t c = 0; c < sizeof(cases) / sizeof(cases[0]); c++) {
		struct outlook_from from;

		shelf_init(&s, today, 1);
		for (int i = 0; i < DAYS; i++)
			s.v[0][i] =
				20 * (i >= DAYS - cases[c].days ? cases[c].factor : 1);
		from = all_of(&s, day_of(2026, 3, 1), day_of(2026, 3, 31));
		outlook_fit(&o, &from);
		check_case(cases[c].name, fabs(o.a_day[3] - cases[c].want) < 0.01);
		book_fini(&s.book);
	}
}

static void test_nothing_known(void **state)
{
	static struct shelf s;
	static struct outlook o;
	struct outlook_from from;

	(void)state;
	shelf_init(&s, day_of(2026, 3, 11), 0);
	from = all_of(&s, day_of(2026, 3, 1), day_of(2026, 3, 31));
	outlook_fit(&o, &from);
	assert_true(isnan(o.mid) && isnan(o.low) && isnan(o.high));
	book_fini(&s.book);
	shelf_init(&s, day_of(2026, 3, 11), 1);
	for (int i = 0; i < DAYS; i++)
		s.v[0][i] = NAN;
	from = all_of(&s, day_of(2026, 3, 1), day_of(2026, 3, 31));
	outlook_fit(&o, &from);
	assert_true(o.mid == 0);
	book_fini(&s.book);
}

struct trial {
	unsigned n, n_within;
	double error, pace_error; /* sums, as parts */
};

static void try_month(const struct world *w, enum sub sub, int64_t today,
		      struct trial *trial)
{
	static struct shelf s;
	static struct outlook o;
	int64_t first = cost_month_start(today, 0), end = cost_month_start(today, 1);
	double is = 0, so_far = 0;
	struct outlook_from from;
	size_t n = 0;

	for (size_t k = 0; k < cost_n_lines; k++) {
		if (cost_lines[k].sub != sub)
			continue;
		for (int i = 0; i < DAYS; i++)
			s.v[n][i] = (double)cost_whole_day(w, &cost_lines[k],
							   today - DAYS + i) /
				    1e6;
		for (int64_t day = first; day < end; day++) {
			double x = (double)cost_whole_day(w, &cost_lines[k], day) / 1e6;

			is += x;
			so_far += day < today ? x : 0;
		}
		n++;
	}
	shelf_init(&s, today, n);
	from = all_of(&s, first, end - 1);
	outlook_fit(&o, &from);
	trial->n++;
	trial->n_within += is >= o.low && is <= o.high;
	trial->error += fabs(o.mid / is - 1);
	trial->pace_error +=
		fabs(so_far / (double)(today - first) * (double)(end - first) / is - 1);
	book_fini(&s.book);
}

static void test_years(void **state)
{
	struct trial trial = {0};

	(void)state;
	for (uint64_t seed = 1; seed <= 4; seed++) {
		struct world w = {.seed = seed};

		for (int month = 0; month < 12; month++)
			for (int sub = 0; sub < SUB_COUNT; sub++)
				for (int at = 6; at <= 20; at += 7)
					try_month(&w, (enum sub)sub,
						  cost_month_start(day_of(2026, 1, 1),
								   month) +
							  at,
						  &trial);
	}
	print_message("# %u months: off by %.1f %% (at the month's own pace %.1f %%), "
		      "%.0f %% within the band\n",
		      trial.n, 100 * trial.error / trial.n,
		      100 * trial.pace_error / trial.n, 100.0 * trial.n_within / trial.n);
	assert_true(trial.error < 0.8 * trial.pace_error);
	assert_true(trial.error / trial.n < 0.05);
	assert_true(trial.n_within >= 0.65 * trial.n);
	assert_true(trial.n_within <= 0.95 * trial.n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),	cmocka_unit_test(test_dates),
		cmocka_unit_test(test_changes), cmocka_unit_test(test_nothing_known),
		cmocka_unit_test(test_years),
	};

	return cmocka_run_group_tests_name("cost_outlook", tests, NULL, NULL);
}
