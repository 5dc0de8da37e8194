/* What the rules of costs have in common. Thread: core. */
#include "cost/rules.h"

#include <math.h>

#include "base/timefmt.h"

#define LEAST_UNITS 2.0
#define LEAST_PART  0.003
#define USUAL_DAYS  28

void cost_rule_book(const struct derive *d, struct book *book)
{
	book_init(book, &(struct book_from){
				.lines = d->boards[0],
				.workloads = d->config ? d->config->workloads : NULL,
				.n_workloads = d->config ? d->config->n_workloads : 0,
			});
}

double cost_least(double a_day)
{
	return fmax(LEAST_UNITS, LEAST_PART * fabs(a_day));
}

double cost_usual_day(const struct book *book, const double *v)
{
	int64_t last = book_last_day(book);
	double sum = book_between(book, v, last - USUAL_DAYS + 1, last);

	return isfinite(sum) ? sum / USUAL_DAYS : 0;
}

void cost_put_day(cJSON *row, const char *name, int64_t day)
{
	derive_put_time(row, name, day * DAY_MS);
}

void cost_put_series(cJSON *row, const char *name, const struct book *book,
		     const double *v, size_t n)
{
	cJSON *list = cJSON_AddArrayToObject(row, name);
	size_t from = book->n_days > n ? book->n_days - n : 0;

	for (size_t i = from; i < book->n_days; i++)
		cJSON_AddItemToArray(list, isfinite(v[i]) ? cJSON_CreateNumber(v[i])
							  : cJSON_CreateNull());
}

void cost_put_marks(cJSON *row, const struct book *book, const char *currency)
{
	cost_put_day(row, "as_of", book->n_days ? book_last_day(book) : 0);
	derive_put_text(row, "currency", currency);
	derive_put_text(row, "metric", "actual");
}
