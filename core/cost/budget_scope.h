/* Which lines a budget is about, and which days: its scope, filter and period.
 * Thread: any (no state). */
#ifndef AZ_COST_BUDGET_SCOPE_H
#define AZ_COST_BUDGET_SCOPE_H

#include "cost/book.h"

/* First and last day of the period that `day` is in. Budgets of a quarter or a year
 * count from the month they began in. */
struct period {
	int64_t first_day, last_day;
};
struct period budget_period(const char *grain, int64_t began_day, int64_t day);

/* What of the budget's filter can be told from the lines. */
struct budget_scope {
	const char *scope;  /* "subscriptions/ID[/resourcegroups/NAME]", lower case */
	const char *filter; /* JSON, or "" */
};
/* The lines of the book in it; false: it filters by what no line says. `out` has
 * room for all lines. */
bool budget_lines(const struct budget_scope *budget, struct book *book,
		  struct book_line **out, size_t *n);

#endif
