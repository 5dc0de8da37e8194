/* Microsoft.Insights/metrics for any kind of resource: reads the question, walks
 * the points, asks the kind for its values. Thread: core. */
#ifndef AZ_SIM_METRICS_H
#define AZ_SIM_METRICS_H

#include "sim/world.h"

#define METRICS_VERSIONS "2024-02-01 2023-10-01 2021-05-01 2019-07-01 2018-01-01"

struct metric {
	const char *name;
	const char *title;
	const char *unit; /* Percent, Count, Bytes */
	bool is_counted;  /* its first aggregation is Total */
};

/* What a kind of resource can measure. */
struct metric_kind {
	const char *namespace;
	const struct metric *metrics; /* ended by a NULL name */
	/* False: no data at that minute. */
	bool (*sample)(const struct world *w, const void *subject, size_t metric,
		       int64_t utc_ms, double *value);
	/* False: the subject has no such series. NULL: it has all. */
	bool (*has)(const void *subject, size_t metric);
	/* A point is the mean of all its minutes, not of some. */
	bool is_minutely;
};

struct metric_series {
	const void *subject;
	const char *dimension; /* name, lower case; NULL: none */
	struct str value;
};

struct metric_scope {
	const struct metric_kind *kind;
	struct str id;
	const char *region;
	const struct metric_series *series;
	size_t n_series;
};

void metrics_answer(const struct world *w, const struct request *req, struct reply *rep,
		    const struct metric_scope *scope);

#endif
