/* Daily costs as series that can be reckoned with: the board cost-lines with its days
 * put in place, zero where nothing was billed. Thread: any; one owner.
 *
 * The newest day that has any cost is never whole: usage arrives up to a day late. It
 * stands apart, in `partial`, and in no series. Each subscription has its own. */
#ifndef AZ_COST_BOOK_H
#define AZ_COST_BOOK_H

#include "base/arena.h"
#include "board/board.h"
#include "config/workload.h"
#include "cost/baseline.h"

enum cost_by {
	COST_BY_SERVICE,
	COST_BY_GROUP,
	COST_BY_WORKLOAD,
	COST_BY_SUBSCRIPTION,
	COST_BY_ALL, /* one text for everything */
	COST_BY_COUNT
};
const char *cost_by_name(enum cost_by by); /* "service" */

struct book_line {
	const char *text[COST_BY_COUNT];
	const char *scope;    /* "/subscriptions/ID" */
	const char *currency; /* "EUR"; "" when it is not said */
	double *v;	      /* of whole days; NAN: not known */
	double partial;	      /* of the newest day, which is not whole; NAN: none */
	double month;	      /* the last 30 whole days; 0 when none is known */
	struct baseline *fit; /* made once, by whoever asks first: outlook.c */
};

/* Texts are borrowed from the board and the workloads: neither may go before it. */
struct book {
	int64_t first_day;
	size_t n_days;		 /* whole ones; 0: the book is empty */
	struct book_line *lines; /* largest of the last 30 days first */
	size_t n;
	struct arena arena;
};

struct book_from {
	const struct board *lines; /* cost-lines, or a board of its form */
	const struct workload *workloads;
	size_t n_workloads;
};

void book_init(struct book *book, const struct book_from *from);
void book_fini(struct book *book);
static inline int64_t book_last_day(const struct book *book)
{
	return book->first_day + (int64_t)book->n_days - 1;
}
static inline struct cost_series book_series(const struct book *book, const double *v)
{
	return (struct cost_series){book->first_day, v, book->n_days};
}

/* Lines with the same text added up, largest first; what is in different currencies, and
 * unless `is_joined` in different subscriptions, stays apart. Texts that the lines of a
 * sum do not share are "". A day is unknown where all of them are. In the book's arena. */
size_t book_sums(struct book *book, enum cost_by by, bool is_joined,
		 struct book_line **out);
/* The sum of what is known of the two. */
double book_plus(double a, double b);
/* From day `from` to day `to`, both within; NAN when no day of it is known. */
double book_between(const struct book *book, const double *v, int64_t from, int64_t to);

#endif
