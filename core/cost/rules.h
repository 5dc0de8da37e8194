/* The boards that are worked out of costs. Every row says of whom, in which currency,
 * which metric and until when: as_of is the last whole day. What is in different
 * currencies is never added up. Thread: core. */
#ifndef AZ_COST_RULES_H
#define AZ_COST_RULES_H

#include "board/derive.h"
#include "cost/book.h"

extern const struct derive_rule cost_anomalies_rule, cost_days_rule, cost_movers_rule,
	cost_off_hours_rule, cost_outlook_rule;

/* The book of d->boards[0]. */
void cost_rule_book(const struct derive *d, struct book *book);
/* A difference that is not worth a word where so much is spent in a day: 2 units, or
 * three thousandths of it. */
double cost_least(double a_day);
/* The mean of the last 28 whole days; 0 when none is known. */
double cost_usual_day(const struct book *book, const double *v);

/* A day of the calendar as columns of type time read it; 0: null. */
void cost_put_day(cJSON *row, const char *name, int64_t day);
/* The last n whole days, the unknown ones null. */
void cost_put_series(cJSON *row, const char *name, const struct book *book,
		     const double *v, size_t n);
/* as_of, currency and metric. */
void cost_put_marks(cJSON *row, const struct book *book, const char *currency);

#endif
