/* What everything costs, any day of the past 13 months and ahead. Computed, never
 * stored: a day's cost is a function of the line, the day and the seed.
 * Thread: core. */
#ifndef AZ_SIM_COST_H
#define AZ_SIM_COST_H

#include "sim/world.h"

#define COST_VERSIONS "2024-08-01 2023-11-01 2023-03-01"
#define COST_CURRENCY "EUR"

enum cost_shape {
	COST_FLAT,
	COST_WORKDAYS, /* drops at weekends */
	COST_USAGE,    /* follows people, with month-end runs */
	COST_FIRST,    /* billed on the first of the month */
	COST_REFUND,   /* credited on the fifteenth */
	COST_GUEST,    /* there for some weeks, now and then */
};

struct cost_line {
	enum sub sub;
	const char *group; /* "" for what belongs to no group */
	const char *service;
	const char *type; /* of the resource */
	const char *name;
	double daily;  /* EUR on a working day at the start of 2026 */
	double growth; /* a month, 0.01 is one percent */
	enum cost_shape shape;
};
extern const struct cost_line cost_lines[];
extern const size_t cost_n_lines;

/* Days are UTC days since 1970; money is in millionths of a euro, so that sums
 * are exact whatever the order. */
int64_t cost_today(const struct world *w);
/* The first day there is data of: the start of the month 13 months back. */
int64_t cost_first_day(const struct world *w);
/* The whole day, also of the future. */
int64_t cost_whole_day(const struct world *w, const struct cost_line *line, int64_t day);
/* What has been booked by now: nothing of the future, a part of today. */
int64_t cost_booked(const struct world *w, const struct cost_line *line, int64_t day);
/* The same with what is billed once a month spread over its days. */
int64_t cost_amortised(const struct world *w, const struct cost_line *line, int64_t day);
/* What the weeks behind say of a day to come: the mean of its weekday in four of them. */
double cost_expected(const struct world *w, const struct cost_line *line, int64_t day);

/* First day of the month `months` away from the month of `day`. */
int64_t cost_month_start(int64_t day, int months);

#endif
