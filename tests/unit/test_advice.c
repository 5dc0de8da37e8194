/* What databases could be smaller, from series of two weeks: tables; and that where any
 * part of the evidence is missing, nothing is advised. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "sql/advice.h"

/* Monday 2026-03-09 00:00 UTC, at which the two weeks end. */
#define UNTIL_MS INT64_C(1773014400000)
#define GIB	 1073741824.0

struct weeks {
	float percent[SQL_N_METRICS][SQL_LOAD_HOURS];
	float capacity[SQL_LOAD_HOURS];
	struct sql_load load;
};

/* Quiet at all hours but those of working days from 8 to 18, UTC. */
static void fill(struct weeks *w, double capacity, double busy, double quiet)
{
	for (int i = 0; i < SQL_LOAD_HOURS; i++) {
		int hour = i % 24, day = i / 24 % 7;
		bool is_busy = day < 5 && hour >= 8 && hour < 18;

		w->percent[SQL_METRIC_CPU][i] = (float)(is_busy ? busy : quiet);
		w->percent[SQL_METRIC_LOG][i] = (float)(is_busy ? busy / 2 : quiet / 2);
		w->percent[SQL_METRIC_WORKERS][i] = 3;
		w->capacity[i] = (float)capacity;
	}
	w->load = (struct sql_load){
		.percent = {w->percent[0], w->percent[1], w->percent[2]},
		.capacity = w->capacity,
		.n = SQL_LOAD_HOURS,
		.until_ms = UNTIL_MS,
	};
}

struct situation {
	const char *name, *size;
	double busy, quiet;
	double used_gib, max_gib;
	enum sql_copies copies;
	bool has_schedule, is_pooled;
	double peak;  /* one hour on a Wednesday is that busy; 0: none */
	double night; /* the log at 3 in the night, every night; 0: none */
	const char *want;
};

static void put_advice(struct strbuf *out, const struct sql_advice *a, const char *size)
{
	strbuf_puts(out, sql_verdict_name(a->verdict));
	if (a->to[0])
		strbuf_printf(out, " %s %.2f %.0f%%", a->to, a->monthly, a->worst);
	if (a->why[0])
		strbuf_printf(out, ": %s", a->why);
	if (a->verdict == SQL_VERDICT_HOURS) {
		strbuf_puts(out, " | ");
		sql_advice_put_hours(out, a);
		strbuf_puts(out, " | ");
		sql_advice_put_tag(out, a, size);
	}
}

static struct sql_advised advised(const struct situation *s, struct weeks *w)
{
	struct sql_size size = {.capacity = 1};

	(void)!sql_size_parse(str_from(s->size), &size);
	fill(w, size.capacity, s->busy, s->quiet);
	if (s->peak > 0)
		w->percent[SQL_METRIC_CPU][2 * 24 + 11] = (float)s->peak;
	for (int i = 3; s->night > 0 && i < SQL_LOAD_HOURS; i += 24)
		w->percent[SQL_METRIC_LOG][i] = (float)s->night;
	return (struct sql_advised){
		.size = s->size,
		.is_pooled = s->is_pooled,
		.has_schedule = s->has_schedule,
		.copies = s->copies,
		.used_bytes = s->used_gib * GIB,
		.max_bytes = s->max_gib * GIB,
		.load = &w->load,
		.price_factor = 1,
	};
}

#define ALONE .copies = SQL_COPIES_NONE, .used_gib = 50, .max_gib = 250

static const struct situation situations[] = {
	{.name = "half as large holds all of it",
	 .size = "GP_Gen5_4",
	 .busy = 30,
	 .quiet = 5,
	 ALONE,
	 .want = "smaller GP_Gen5_2 368.21 60%"},
	{.name = "just under what is left free",
	 .size = "S3",
	 .busy = 34,
	 .quiet = 5,
	 ALONE,
	 .want = "smaller S2 73.58 68%"},
	{.name = "busy by day",
	 .size = "S3",
	 .busy = 50,
	 .quiet = 5,
	 ALONE,
	 .want = "smaller at times S2 47.30 10% | nights 19-07, weekends | "
		 "off=(m-f,19);on=(m-f,7);tz=utc;size=S3/S2"},
	{.name = "busy by day, and it has a schedule",
	 .size = "S3",
	 .busy = 50,
	 .quiet = 5,
	 ALONE,
	 .has_schedule = true,
	 .want = "keep: CPU 100% on S2"},
	{.name = "busy always",
	 .size = "S3",
	 .busy = 50,
	 .quiet = 45,
	 ALONE,
	 .want = "keep: CPU 100% on S2"},
	/* One hour of three hundred counts, though the percentile does not see it. */
	{.name = "one peak",
	 .size = "GP_Gen5_4",
	 .busy = 30,
	 .quiet = 5,
	 .peak = 70,
	 ALONE,
	 .want = "smaller at times GP_Gen5_2 335.34 60% | nights 13-10, weekends | "
		 "off=(m-f,13);on=(m-f,10);tz=utc;size=GP_Gen5_4/GP_Gen5_2"},
	/* The log of the night's batch, not the CPU, is what does not fit. */
	{.name = "a batch at night",
	 .size = "GP_Gen5_4",
	 .busy = 45,
	 .quiet = 40,
	 .night = 80,
	 ALONE,
	 .want = "keep: log IO 160% on GP_Gen5_2"},
	{.name = "too small",
	 .size = "S3",
	 .busy = 99,
	 .quiet = 5,
	 ALONE,
	 .want = "larger: CPU: at its limit in 100 of 336 hours"},
	{.name = "too small, and the smallest",
	 .size = "S0",
	 .busy = 99,
	 .quiet = 5,
	 ALONE,
	 .want = "larger: CPU: at its limit in 100 of 336 hours"},
	{.name = "the smallest",
	 .size = "S0",
	 .busy = 3,
	 .quiet = 1,
	 ALONE,
	 .want = "keep: nothing smaller in its tier"},
	{.name = "too full",
	 .size = "S3",
	 .busy = 10,
	 .quiet = 1,
	 .copies = SQL_COPIES_NONE,
	 .used_gib = 210,
	 .max_gib = 250,
	 .want = "keep: 210 GiB of data; S2 has room for 250"},
	{.name = "may grow too large",
	 .size = "S3",
	 .busy = 10,
	 .quiet = 1,
	 .copies = SQL_COPIES_NONE,
	 .used_gib = 10,
	 .max_gib = 1024,
	 .want = "keep: its max size is 1024 GiB; S2 has 250"},
	{.name = "no maximum",
	 .size = "HS_Gen5_4",
	 .busy = 10,
	 .quiet = 1,
	 .copies = SQL_COPIES_NONE,
	 .used_gib = NAN,
	 .max_gib = NAN,
	 .want = "smaller HS_Gen5_2 266.74 20%"},
	{.name = "a geo copy",
	 .size = "P2",
	 .busy = 10,
	 .quiet = 1,
	 .used_gib = 10,
	 .max_gib = 250,
	 .copies = SQL_COPIES_SECONDARY,
	 .want = "keep: a geo copy must be of its primary's size"},
	{.name = "with a geo copy",
	 .size = "P2",
	 .busy = 10,
	 .quiet = 1,
	 .used_gib = 10,
	 .max_gib = 250,
	 .copies = SQL_COPIES_PRIMARY,
	 .want = "smaller P1 912.50 20%"},
	{.name = "in a pool",
	 .size = "ElasticPool",
	 .busy = 1,
	 .quiet = 1,
	 .is_pooled = true,
	 .want = "keep: its size is its pool's"},
	{.name = "serverless",
	 .size = "GP_S_Gen5_4",
	 .busy = 1,
	 .quiet = 1,
	 ALONE,
	 .want = "keep: serverless, it scales by itself"},
	{.name = "a size nobody knows",
	 .size = "System0",
	 .busy = 1,
	 .quiet = 1,
	 ALONE,
	 .want = "unknown: its size is not known"},
	{.name = "of which no price is known",
	 .size = "HS_Gen5_4",
	 .busy = 1,
	 .quiet = 1,
	 .copies = SQL_COPIES_UNKNOWN,
	 .want = "unknown: whether it has a copy is not known"},
};

static void advice_and_its_reasons(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(situations); i++) {
		static struct weeks w;
		struct sql_advised db = advised(&situations[i], &w);
		struct sql_advice a;
		struct strbuf got;

		strbuf_init(&got, 512);
		sql_advise(&db, &a);
		put_advice(&got, &a, db.size);
		check_text(situations[i].name, strbuf_str(&got), situations[i].want);
		strbuf_fini(&got);
	}
}

/* Sizes change by the hour: what was done counts, not the percentage. */
static void percent_of_the_size_it_had(void **state)
{
	static struct weeks w;
	struct sql_advised db = advised(&situations[0], &w);
	struct sql_advice a;

	(void)state;
	/* On half the size at night it was at 100% of that. */
	for (int i = 0; i < SQL_LOAD_HOURS; i++) {
		if (i % 24 >= 8 && i % 24 < 18)
			continue;
		w.capacity[i] = 2;
		w.percent[SQL_METRIC_CPU][i] = 60;
	}
	db.has_schedule = true;
	sql_advise(&db, &a);
	check_text("smaller", str_from(sql_verdict_name(a.verdict)), "smaller");
	assert_true(fabs(a.now.p99[SQL_METRIC_CPU] - 30) < 0.01);
	assert_true(fabs(a.then.p99[SQL_METRIC_CPU] - 60) < 0.01);
}

/* What it is scaled down to at night is too small, if it is full there; how the night
 * looks from the size of the day is nothing to say it by. */
static void full_on_the_size_it_had(void **state)
{
	static struct weeks w;
	struct sql_advised db = advised(&situations[0], &w);
	struct sql_advice a;

	(void)state;
	for (int i = 0; i < SQL_LOAD_HOURS; i++) {
		if (i % 24 >= 20)
			w.capacity[i] = 2;
	}
	db.has_schedule = true;
	sql_advise(&db, &a);
	assert_int_equal(a.now.full, 0);
	for (int i = 0; i < SQL_LOAD_HOURS; i++) {
		if (i % 24 >= 20)
			w.percent[SQL_METRIC_CPU][i] = 97;
	}
	sql_advise(&db, &a);
	assert_int_equal(a.now.full, 4 * 14);
	check_text("larger", str_from(sql_verdict_name(a.verdict)), "larger");
}

static bool advises(const struct sql_advised *db)
{
	struct sql_advice a;

	sql_advise(db, &a);
	return a.verdict == SQL_VERDICT_SMALLER || a.verdict == SQL_VERDICT_HOURS;
}

/* Any one thing that is not known silences it. */
static void nothing_is_advised_on_half_the_evidence(void **state)
{
	static struct weeks w;

	(void)state;
	for (size_t s = 0; s < 3; s++) {
		struct sql_advised db = advised(&situations[s], &w), less = db;
		struct sql_load load = w.load;

		check_case(situations[s].name, advises(&db));
		less.load = NULL;
		check_case("no past", !advises(&less));
		less = db, less.copies = SQL_COPIES_UNKNOWN;
		check_case("no copies", !advises(&less));
		less = db, less.used_bytes = NAN;
		check_case("no storage", !advises(&less));
		less = db, less.max_bytes = NAN;
		check_case("no maximum", !advises(&less));
		less = db, less.size = "";
		check_case("no size", !advises(&less));
		less = db, less.load = &load;
		for (size_t m = 0; m < SQL_N_METRICS; m++) {
			load = w.load;
			load.percent[m] = NULL;
			check_case(sql_metric_name((enum sql_metric)m), !advises(&less));
		}
		load = w.load, load.capacity = NULL;
		check_case("no capacity", !advises(&less));
		load = w.load, load.n = SQL_LOAD_HOURS / 2;
		check_case("one week", !advises(&less));
	}
}

/* Hours that are not known are not quiet, and too many of them are too many. */
static void gaps(void **state)
{
	static struct weeks w;
	struct sql_advised db = advised(&situations[2], &w);
	struct sql_advice a;

	(void)state;
	for (size_t m = 0; m < SQL_N_METRICS; m++) {
		db = advised(&situations[0], &w);
		for (int i = 0; i < 33; i++)
			w.percent[m][i * 10] = NAN;
		check_case("a tenth", advises(&db));
		w.percent[m][5] = NAN;
		check_case("more", !advises(&db));
	}
	db = advised(&situations[2], &w);
	/* Both Tuesdays at 23. */
	w.percent[SQL_METRIC_LOG][47] = w.percent[SQL_METRIC_LOG][47 + 168] = NAN;
	sql_advise(&db, &a);
	assert_int_equal(a.verdict, SQL_VERDICT_HOURS);
	assert_int_equal(a.quiet_from, 1);
	assert_int_equal(a.quiet_to, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(advice_and_its_reasons),
		cmocka_unit_test(percent_of_the_size_it_had),
		cmocka_unit_test(full_on_the_size_it_had),
		cmocka_unit_test(nothing_is_advised_on_half_the_evidence),
		cmocka_unit_test(gaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
