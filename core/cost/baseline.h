/* What a day's cost should be: a weekly profile times a level that follows slowly,
 * and how far days usually are from that. Everything in it is a median, so that the
 * days it is to judge do not move it. Thread: any (no state).
 *
 * Days are UTC days since 1970. An unknown day is NAN and is skipped; a day without
 * cost is 0. */
#ifndef AZ_COST_BASELINE_H
#define AZ_COST_BASELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	COST_MAX_DAYS = 128,  /* of one series */
	COST_LEVEL_DAYS = 14, /* that the level is the median of */
	COST_LEAST_DAYS = 21, /* before anything is judged */
};

struct cost_series {
	int64_t first_day;
	const double *v; /* oldest first */
	size_t n;
};

struct baseline {
	double weekday[7]; /* 0 Sunday; 1 is the mean of a week */
	double noise;	   /* usual distance from the expected, as a part of it */
	double bias;	   /* what a steady trend adds, as a part of the level */
	double levels[COST_MAX_DAYS]; /* before each day, the week taken out; NAN: none */
	double errors[COST_MAX_DAYS]; /* of each day, as a part of the expected */
	double next;		      /* the level behind the last day */
};

int cost_weekday(int64_t day);
/* Of the first n values; moves them. NAN without any. */
double cost_median(double *v, size_t n);

void baseline_fit(struct baseline *b, const struct cost_series *s);
/* The day `at` without what its weekday adds; NAN: it says nothing. */
double baseline_season_free(const struct baseline *b, const struct cost_series *s,
			    size_t at);
/* What the days before `at` say of it, as its weekday or as a day off (a Sunday). */
double baseline_expected(const struct baseline *b, const struct cost_series *s, size_t at,
			 bool is_off);
#endif
