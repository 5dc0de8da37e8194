/* What a month is going to cost: what was spent, and what the days to come will add,
 * with a band, day by day, so that the day can be told on which a sum is passed.
 * Thread: any (no state).
 *
 * The middle is the sum of what every line is going to cost; the band comes from how
 * wrong the same reckoning was in the weeks behind. */
#ifndef AZ_COST_OUTLOOK_H
#define AZ_COST_OUTLOOK_H

#include "cost/book.h"

enum { OUTLOOK_MAX_DAYS = 370 };

struct outlook_from {
	struct book *book;
	struct book_line *const
		*lines; /* of the book, all of one currency, largest first */
	size_t n;
	int64_t first_day, last_day; /* of the period, both within */
	double spent; /* before the book's first day, of a longer period; else 0 */
};

struct outlook {
	int64_t first_day;     /* from which on there is a path: the first day ahead */
	size_t n;	       /* days ahead, the partial one among them */
	double spent;	       /* so far, with the partial day */
	double low, mid, high; /* at the end of the period; NAN: nothing is known */
	/* What each day ahead adds, how far one day usually is from that, and how far the
	 * level is: parts. */
	double a_day[OUTLOOK_MAX_DAYS], day_error, level_error;
	/* What will have been spent at the end of each day ahead. */
	double path_low[OUTLOOK_MAX_DAYS], path_mid[OUTLOOK_MAX_DAYS],
		path_high[OUTLOOK_MAX_DAYS];
};

/* All lines as one series, without the bills that come every month: those are known, and
 * would pass for noise. What is left out of each day is in `bills`, if it is asked for.
 * In the book's arena. */
double *outlook_usual(const struct outlook_from *from, double **bills);

void outlook_fit(struct outlook *o, const struct outlook_from *from);

/* Half of the band of one day ahead that costs so much. */
double outlook_half(const struct outlook *o, double a_day);
/* On which day a sum is reached on one of the paths; 0: not within the period. */
int64_t outlook_reaches(const struct outlook *o, const double *path, double amount);
/* On which day what was spent reached it; 0: it has not, or that day is not known. */
int64_t outlook_reached(const struct outlook_from *from, double amount);

#endif
