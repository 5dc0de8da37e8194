/* What a database did in the past weeks, hour by hour: the busiest minute of each hour,
 * as a part of the size it had then, and that size. Together they tell what it would
 * have been on another size. Thread: any (no state). */
#ifndef AZ_SQL_LOAD_H
#define AZ_SQL_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SQL_LOAD_HOURS = 336, SQL_WEEK_HOURS = 168 };

enum sql_metric { SQL_METRIC_CPU, SQL_METRIC_LOG, SQL_METRIC_WORKERS, SQL_N_METRICS };
/* "CPU", "log IO", "workers" */
const char *sql_metric_name(enum sql_metric metric);

/* Borrowed series, oldest first; NAN: not known. */
struct sql_load {
	const float *percent[SQL_N_METRICS];
	const float *capacity; /* vCores or DTUs */
	size_t n;	       /* hours */
	int64_t until_ms;      /* end of the last hour */
};

/* From here on a metric counts as at its limit. */
#define SQL_FULL 95.0

/* What is known of it, told for a size of that capacity: percent, so above 100 where it
 * would not have fitted. */
struct sql_fit {
	size_t hours;		   /* in which everything is known */
	size_t full;		   /* of them with something at its limit */
	double p99[SQL_N_METRICS]; /* NAN: nothing is known */
	double most[SQL_N_METRICS];
	double by_hour
		[SQL_WEEK_HOURS]; /* the worst of its metrics, Monday 00 UTC first */
};

void sql_load_fit(const struct sql_load *load, double capacity, struct sql_fit *out);
/* The metric nearest to its limit by p99. */
enum sql_metric sql_fit_limit(const struct sql_fit *fit);

#endif
