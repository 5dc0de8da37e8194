/* The boards worked out of costs, over what the simulated Azure answers: every figure
 * against the costs behind it, every anomaly against the schedule of accidents. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/count.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "cost/rules.h"
#include "sim/cost/cost_accident.h"
#include "sim/sim_board.h"

/* 2026-03-11T10:20:30Z, as CHECK_AT. */
#define AT_MS INT64_C(1773224430000)

struct bench {
	struct ask ask;
	struct library *library;
	struct board *lines, *budgets, *cost, *amortised;
	struct config config;
	int64_t today;
};

static void bench_init(struct bench *b, uint64_t seed, int64_t at_ms)
{
	*b = (struct bench){.library = library_new(NULL, NULL, NULL),
			    .today = at_ms / DAY_MS};
	ask_init(&b->ask, seed, at_ms);
	b->ask.world.qpu = (struct qpu)QPU_GENEROUS;
	b->lines = sim_board(&b->ask, b->library, "cost-lines");
	b->budgets = sim_board(&b->ask, b->library, "budgets");
	b->cost = sim_board(&b->ask, b->library, "cost");
	b->amortised = sim_board(&b->ask, b->library, "cost-amortised");
}

static void bench_fini(struct bench *b)
{
	board_put(b->lines);
	board_put(b->budgets);
	board_put(b->cost);
	board_put(b->amortised);
	library_free(b->library);
	ask_fini(&b->ask);
}

static cJSON *rows_of(struct bench *b, const struct derive_rule *rule)
{
	struct derive d = {.now_ms = clock_wall_ms(&b->ask.clock), .config = &b->config};
	const struct {
		const char *name;
		const struct board *board;
	} known[] = {{"cost-lines", b->lines},
		     {"budgets", b->budgets},
		     {"cost", b->cost},
		     {"cost-amortised", b->amortised}};

	for (size_t i = 0; rule->from[i]; i++) {
		const char *name = rule->from[i] + (rule->from[i][0] == '?');

		for (size_t k = 0; k < COUNT(known); k++)
			if (strcmp(name, known[k].name) == 0)
				d.boards[i] = known[k].board;
		assert_non_null(d.boards[i]);
	}
	return rule->rows(&d);
}

static const cJSON *row_where(const cJSON *rows, const char *name, const char *value)
{
	const cJSON *row;

	cJSON_ArrayForEach (row, rows) {
		const char *text = json_text(row, name);

		if (text && strcmp(text, value) == 0)
			return row;
	}
	fail_msg("no row has %s %s", name, value);
	return NULL;
}

static double number(const cJSON *row, const char *name)
{
	const cJSON *item = json_member(row, name);

	return cJSON_IsNumber(item) ? item->valuedouble : NAN;
}

/* Booked from day to day, both within, of lines that fit; NULL fits all. */
static double booked(const struct bench *b, int sub, const char *service,
		     const char *group, int64_t from, int64_t to)
{
	int64_t micro = 0;

	for (size_t i = 0; i < cost_n_lines; i++) {
		const struct cost_line *line = &cost_lines[i];

		if ((sub >= 0 && (int)line->sub != sub) ||
		    (service && strcmp(service, line->service) != 0) ||
		    (group && !str_eq_nocase(str_from(group), str_from(line->group))))
			continue;
		for (int64_t day = from; day <= to; day++)
			micro += cost_booked(&b->ask.world, line, day);
	}
	return (double)micro / 1e6;
}

/* Series are single precision. */
static bool is_near(double a, double b)
{
	return fabs(a - b) <= 0.01 + 1e-5 * fabs(b);
}

static void test_days(void **state)
{
	struct bench b;
	cJSON *rows;
	const cJSON *row;
	unsigned n_known = 0, n_ahead = 0, n_partial = 0, n_more = 0;

	(void)state;
	bench_init(&b, 1, AT_MS);
	rows = rows_of(&b, &cost_days_rule);
	cJSON_ArrayForEach (row, rows) {
		int64_t day = (int64_t)(number(row, "day") * 1000) / DAY_MS;
		const char *word = json_text(row, "state");

		assert_string_equal(json_text(row, "currency"), COST_CURRENCY);
		assert_string_equal(json_text(row, "metric"), "actual");
		assert_true(number(row, "as_of") * 1000 ==
			    (double)((b.today - 1) * DAY_MS));
		assert_true(number(row, "low") <= number(row, "expected"));
		assert_true(number(row, "high") >= number(row, "expected"));
		if (strcmp(word, "ahead") == 0) {
			assert_true(day > b.today && isnan(number(row, "cost")));
			n_ahead++;
			continue;
		}
		assert_true(is_near(number(row, "cost"),
				    booked(&b, -1, NULL, NULL, day, day)));
		n_partial += strcmp(word, "partial") == 0;
		n_more += strcmp(word, "more") == 0;
		n_known++;
		if (day == b.today)
			assert_string_equal(word, "partial");
	}
	assert_int_equal(n_partial, 1);
	assert_int_equal(n_known, 46);
	assert_int_equal(n_ahead, 20); /* to the end of March */
	assert_in_range(n_more, 0, 6);
	cJSON_Delete(rows);
	bench_fini(&b);
}

/* What was bought at once is spread over its month, and no more than that. */
static void test_amortised(void **state)
{
	struct bench b;
	cJSON *rows;
	const cJSON *row;
	double actual = 0, amortised = 0;

	(void)state;
	bench_init(&b, 1, AT_MS + 19 * DAY_MS); /* the 30th */
	rows = rows_of(&b, &cost_days_rule);
	cJSON_ArrayForEach (row, rows) {
		int64_t day = (int64_t)(number(row, "day") * 1000) / DAY_MS;

		if (!isfinite(number(row, "amortised")) ||
		    day < cost_month_start(b.today, 0) || day >= b.today)
			continue;
		actual += number(row, "cost");
		amortised += number(row, "amortised");
	}
	/* 412 and 85 are billed on the first; two of 31 days are still to come. */
	assert_true(is_near(actual - amortised, (412.0 + 85.0) * 2 / 31));
	cJSON_Delete(rows);
	bench_fini(&b);
}

static void test_movers(void **state)
{
	struct bench b;
	cJSON *rows;
	const cJSON *row;

	(void)state;
	bench_init(&b, 1, AT_MS);
	rows = rows_of(&b, &cost_movers_rule);
	assert_true(cJSON_GetArraySize(rows) > 4);
	cJSON_ArrayForEach (row, rows) {
		const char *by = json_text(row, "by"), *what = json_text(row, "what");
		int64_t last = b.today - 1;

		assert_true(is_near(number(row, "change"),
				    number(row, "week") - number(row, "before")));
		if (strcmp(by, "group") != 0 || strcmp(what, "no group") == 0)
			continue;
		assert_true(is_near(number(row, "week"),
				    booked(&b, -1, NULL, what, last - 6, last)));
		assert_true(is_near(number(row, "before"),
				    booked(&b, -1, NULL, what, last - 13, last - 7)));
	}
	/* Support was billed on the first, as every month: that is no movement. */
	cJSON_ArrayForEach (row, rows)
		assert_string_not_equal(json_text(row, "what"), "Azure Support");
	cJSON_Delete(rows);
	bench_fini(&b);
}

static void test_outlook(void **state)
{
	struct bench b;
	cJSON *rows;
	const cJSON *row;
	int64_t first;

	(void)state;
	bench_init(&b, 1, AT_MS);
	first = cost_month_start(b.today, 0);
	rows = rows_of(&b, &cost_outlook_rule);
	assert_int_equal(cJSON_GetArraySize(rows), 7);
	row = row_where(rows, "what", "Contoso Production");
	assert_true(is_near(number(row, "spent"),
			    booked(&b, SUB_PROD, NULL, NULL, first, b.today)));
	assert_true(number(row, "low") < number(row, "mid"));
	assert_true(isnan(number(row, "amount")));
	assert_string_equal(json_text(row, "state"), "no budget");
	/* Azure's own forecast stands beside ours, and they are about as large. */
	assert_true(fabs(number(row, "azure") / number(row, "mid") - 1) < 0.15);

	row = row_where(rows, "what", "budget-qodex"); /* of one resource group */
	assert_true(
		is_near(number(row, "spent"),
			booked(&b, SUB_PROD, NULL, "rg-qodex-prod-weu", first, b.today)));
	assert_string_equal(json_text(row, "state"), "breached");

	row = row_where(rows, "what", "budget-production");
	assert_string_equal(json_text(row, "state"), "will breach");
	assert_non_null(strstr(json_text(row, "marks"), "50 %"));
	assert_true(number(row, "breach") * 1000 > (double)(b.today * DAY_MS));
	assert_true(number(row, "breach_from") <= number(row, "breach"));

	row = row_where(rows, "what", "budget-nonproduction");
	assert_string_equal(json_text(row, "state"), "holds");
	assert_string_equal(json_text(row, "marks_pct"), "80,90,95,100");
	cJSON_Delete(rows);
	bench_fini(&b);
}

/* Some accident of the schedule on a line of this row within the weeks before. */
static bool has_reason(const struct bench *b, const cJSON *row)
{
	int64_t since = (int64_t)(number(row, "since") * 1000) / DAY_MS;
	const char *service = json_text(row, "what"), *group = json_text(row, "group");
	struct accident a;

	for (int64_t block = (b->today - 80) / ACCIDENT_BLOCK_DAYS;
	     block <= b->today / ACCIDENT_BLOCK_DAYS; block++) {
		const struct cost_line *line;

		if (!accident_at(b->ask.world.seed, block, &a))
			continue;
		line = &cost_lines[a.line];
		if (strcmp(line->service, service) == 0 && group &&
		    str_eq_nocase(str_from(group), str_from(line->group)) &&
		    ((since >= a.day && since <= a.end) ||
		     (since >= a.end && since <= a.end + 3)))
			return true;
	}
	return false;
}

static void test_anomalies(void **state)
{
	unsigned n = 0, n_right = 0, n_whole = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++)
		for (int month = 0; month < 4; month++) {
			struct bench b;
			cJSON *rows;
			const cJSON *row;

			bench_init(&b, seed, AT_MS + month * 31 * DAY_MS);
			rows = rows_of(&b, &cost_anomalies_rule);
			cJSON_ArrayForEach (row, rows) {
				bool is_line =
					strcmp(json_text(row, "level"), "line") == 0;

				assert_true(is_near(number(row, "size"),
						    fabs(number(row, "delta"))));
				assert_true(number(row, "certainty") >= 1);
				n += is_line;
				n_right += is_line && has_reason(&b, row);
				n_whole += !is_line;
			}
			cJSON_Delete(rows);
			bench_fini(&b);
		}
	print_message("# %u lines stand out, %u with a reason; %u sums do\n", n, n_right,
		      n_whole);
	assert_true(n >= 20);
	assert_true(n_right >= 0.9 * n);
	assert_true(n_whole <= 0.1 * n);
}

/* They run on the loop: 2 ms at most, and mostly far less. Printed, not asserted: a
 * machine that has other things to do is no fault of theirs. */
static void test_pace(void **state)
{
	static const struct derive_rule *const rules[] = {&cost_anomalies_rule,
							  &cost_days_rule,
							  &cost_movers_rule,
							  &cost_outlook_rule};
	struct bench b;

	(void)state;
	bench_init(&b, 1, AT_MS);
	for (size_t i = 0; i < COUNT(rules); i++) {
		enum { TIMES = 20 };
		clock_t from = clock();

		for (int k = 0; k < TIMES; k++) {
			cJSON *rows = rows_of(&b, rules[i]);

			assert_true(cJSON_GetArraySize(rows) > 0);
			cJSON_Delete(rows);
		}
		print_message("# %s: %.2f ms\n", rules[i]->name,
			      1e3 * (double)(clock() - from) / CLOCKS_PER_SEC / TIMES);
	}
	bench_fini(&b);
}

/* No cost at all is no row and no crash. */
static void test_nothing(void **state)
{
	static const struct derive_rule *const rules[] = {&cost_anomalies_rule,
							  &cost_days_rule,
							  &cost_movers_rule,
							  &cost_outlook_rule};
	struct library *library = library_new(NULL, NULL, NULL);
	struct board *empty = board_new(library_find(library, STR("cost-lines")));

	(void)state;
	board_seal(empty);
	for (size_t i = 0; i < COUNT(rules); i++) {
		const struct derive d = {.boards = {empty}, .now_ms = AT_MS};
		cJSON *rows = rules[i]->rows(&d);

		assert_int_equal(cJSON_GetArraySize(rows), 0);
		cJSON_Delete(rows);
	}
	board_put(empty);
	library_free(library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),	  cmocka_unit_test(test_amortised),
		cmocka_unit_test(test_movers),	  cmocka_unit_test(test_outlook),
		cmocka_unit_test(test_anomalies), cmocka_unit_test(test_pace),
		cmocka_unit_test(test_nothing),
	};

	return cmocka_run_group_tests_name("cost_rules", tests, NULL, NULL);
}
