/* The detector against the simulator's labelled year, beside the plain rules: every
 * day is judged as it would have been on the morning after, with what was known then.
 * The detector was built looking at some seeds; it is scored on others as well. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "base/timefmt.h"
#include "cost/anomaly.h"
#include "sim/cost/cost_accident.h"

enum { MOST_LINES = 64, WINDOW = 89, YEAR = 365, MOST_LABELS = 128, GAP = 3, SEEDS = 5 };

static const double least = 2;

/* What there was to find: a day on which a line changed, and how long it may take. */
struct label {
	const char *name;
	size_t line;
	int64_t day;
	int within;	 /* days from `day` on which an alarm is in time */
	bool is_outside; /* of the year: an alarm is right, silence is not wrong */
	bool is_found;
};

struct year {
	uint64_t seed;
	int64_t first_day; /* of the year; the series begin a window before */
	double v[MOST_LINES][WINDOW + YEAR];
	struct label labels[MOST_LABELS];
	size_t n_labels;
};

struct score {
	unsigned runs, true_runs, found, labels;
};

static void add_label(struct year *y, const struct accident *a, const char *name,
		      int64_t day, int within)
{
	bool is_before = day < y->first_day;
	bool is_late = day + within >= y->first_day + YEAR;

	assert_true(y->n_labels < MOST_LABELS);
	/* Of what began before, some days may still be news. */
	y->labels[y->n_labels++] = (struct label){
		.name = name,
		.line = a->line,
		.day = day,
		.within = is_before ? within + COST_LEVEL_DAYS : within,
		.is_outside = is_before || is_late,
	};
}

static void add_labels(struct year *y, const struct accident *a)
{
	int days = (int)(a->end - a->day);

	switch (a->kind) {
	case ACCIDENT_SPIKE:
	case ACCIDENT_DROP:
		add_label(y, a, accident_kind_name(a->kind), a->day, days - 1);
		return;
	case ACCIDENT_LEAK:
		add_label(y, a, "leak", a->day, days - 1);
		add_label(y, a, "leak mended", a->end, 2);
		return;
	case ACCIDENT_STEP:
		add_label(y, a, a->factor > 1 ? "step up" : "step down", a->day, 2);
		add_label(y, a, "step back", a->end, 2);
		return;
	case ACCIDENT_NEW:
		add_label(y, a, "new", a->day, 2);
		add_label(y, a, "new gone", a->end, 2);
		return;
	case ACCIDENT_VANISHED:
		add_label(y, a, "vanished", a->day, 2);
		add_label(y, a, "vanished back", a->end, 2);
		return;
	}
}

static void year_init(struct year *y, uint64_t seed)
{
	struct world w = {.seed = seed};
	struct accident a;

	*y = (struct year){.seed = seed, .first_day = 20454 - 200};
	for (size_t k = 0; k < cost_n_lines; k++)
		for (int i = 0; i < WINDOW + YEAR; i++)
			y->v[k][i] = (double)cost_whole_day(&w, &cost_lines[k],
							    y->first_day - WINDOW + i) /
				     1e6;
	for (int64_t b = (y->first_day - 40) / ACCIDENT_BLOCK_DAYS;
	     b <= (y->first_day + YEAR) / ACCIDENT_BLOCK_DAYS; b++)
		if (accident_at(seed, b, &a))
			add_labels(y, &a);
}

/* An alarm that begins here: was there something? */
static bool matches(struct year *y, size_t line, int64_t day)
{
	bool is_true = false;

	for (size_t i = 0; i < y->n_labels; i++) {
		struct label *label = &y->labels[i];

		if (label->line == line && day >= label->day &&
		    day <= label->day + label->within)
			is_true = label->is_found = true;
	}
	return is_true;
}

/* Alarms of a line, joined to runs: alarms[i] is 1, -1 or 0. */
static void score_line(struct year *y, size_t line, const int alarms[YEAR],
		       struct score *score, bool is_loud)
{
	int last = -GAP - 1, way = 0;

	for (int i = 0; i < YEAR; i++) {
		if (alarms[i] == 0)
			continue;
		if (i - last > GAP || alarms[i] != way) {
			bool is_true = matches(y, line, y->first_day + i);

			score->runs++;
			score->true_runs += is_true;
			if (is_loud && !is_true) {
				struct utc t = utc_from_ms((y->first_day + i) * DAY_MS);

				print_message("# false: seed %d %s %04d-%02d-%02d %d\n",
					      (int)y->seed, cost_lines[line].name, t.year,
					      t.month, t.day, alarms[i]);
			}
		}
		last = i;
		way = alarms[i];
	}
}

static void end_score(struct year *y, struct score *score, bool is_loud)
{
	for (size_t i = 0; i < y->n_labels; i++) {
		struct label *l = &y->labels[i];

		score->labels += !l->is_outside;
		score->found += l->is_found && !l->is_outside;
		if (is_loud && !l->is_found && !l->is_outside)
			print_message("# missed: seed %d %s %s day %d\n", (int)y->seed,
				      cost_lines[l->line].name, l->name,
				      (int)(l->day - y->first_day));
		l->is_found = false;
	}
}

/* All lines on the morning after day `i` of the year, with the window behind it. */
static void judge_day(const struct year *y, int i, int alarms[][YEAR])
{
	static struct baseline fits[MOST_LINES];
	struct cost_series s[MOST_LINES] = {{0}};
	bool is_off[WINDOW];

	for (size_t k = 0; k < cost_n_lines; k++) {
		s[k] = (struct cost_series){y->first_day + i + 1 - WINDOW,
					    &y->v[k][i + 1], WINDOW};
		baseline_fit(&fits[k], &s[k]);
	}
	anomaly_find_off(fits, s, cost_n_lines, is_off);
	for (size_t k = 0; k < cost_n_lines; k++)
		alarms[k][i] =
			anomaly_judge(&fits[k], &s[k], WINDOW - 1, is_off, least).way;
}

static void score_ours(struct year *y, struct score *score, bool is_loud)
{
	static int alarms[MOST_LINES][YEAR];

	for (int i = 0; i < YEAR; i++)
		judge_day(y, i, alarms);
	for (size_t k = 0; k < cost_n_lines; k++)
		score_line(y, k, alarms[k], score, is_loud);
	end_score(y, score, is_loud);
}

static void score_plain(struct year *y, struct score *score,
			bool (*rule)(const struct cost_series *s, size_t at))
{
	for (size_t k = 0; k < cost_n_lines; k++) {
		struct cost_series s = {y->first_day - WINDOW, y->v[k], WINDOW + YEAR};
		int alarms[YEAR];

		for (int i = 0; i < YEAR; i++)
			alarms[i] = rule(&s, (size_t)(WINDOW + i));
		score_line(y, k, alarms, score, false);
	}
	end_score(y, score, false);
}

/* Up 75 % on the day before, and by more than 2 units. */
static bool plain_is_jump(const struct cost_series *s, size_t at)
{
	return at > 0 && s->v[at] > 1.75 * s->v[at - 1] && s->v[at] - s->v[at - 1] > 2;
}

/* The seventh day in a row that cost more than the one before. */
static bool plain_is_climb(const struct cost_series *s, size_t at)
{
	if (at < 7)
		return false;
	for (size_t i = at; i > at - 7; i--)
		if (!(s->v[i] > s->v[i - 1]))
			return false;
	return true;
}

static double precision(const struct score *s)
{
	return s->runs ? (double)s->true_runs / s->runs : 0;
}

static double recall(const struct score *s)
{
	return (double)s->found / s->labels;
}

static void print_score(const char *name, const struct score *s)
{
	print_message("# %-26s precision %.3f recall %.3f (%u alarms, %u of %u found)\n",
		      name, precision(s), recall(s), s->runs, s->found, s->labels);
}

static void score_seeds(const char *name, uint64_t first, bool is_loud)
{
	static struct year y;
	struct score ours = {0}, jump = {0}, climb = {0};

	for (uint64_t seed = first; seed < first + SEEDS; seed++) {
		year_init(&y, seed);
		score_ours(&y, &ours, is_loud);
		score_plain(&y, &jump, plain_is_jump);
		score_plain(&y, &climb, plain_is_climb);
	}
	print_message("# %s\n", name);
	print_score("weekday-aware baseline", &ours);
	print_score("up 75 % and over 2 units", &jump);
	print_score("seven rising days", &climb);
	assert_true(ours.labels > 150);
	assert_true(precision(&ours) >= 0.9);
	assert_true(recall(&ours) >= 0.9);
	assert_true(precision(&ours) > precision(&jump) && recall(&ours) > recall(&jump));
	assert_true(recall(&ours) > recall(&climb));
}

static void test_year(void **state)
{
	(void)state;
	score_seeds("seeds it was built with", 1, true);
	score_seeds("seeds it has not seen", 1000, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_year)};

	return cmocka_run_group_tests_name("cost_year", tests, NULL, NULL);
}
