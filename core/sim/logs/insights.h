/* Application Insights on the wire: the applications that are watched, what their
 * availability tests measured, and how their requests fare. Thread: core. */
#ifndef AZ_SIM_INSIGHTS_H
#define AZ_SIM_INSIGHTS_H

#include "sim/inventory.h"

struct component {
	const char *name;
	const char *group;
	bool is_tested;	       /* somebody made availability tests for it */
	const char *workspace; /* NULL: classic, a mode that Azure has ended */
	double per_minute;     /* requests at noon */
	double failing;	       /* share of them on a good day */
	double ms;	       /* mean duration */
	bool is_troubled;      /* its database is at its limit */
};
#define INSIGHTS_VERSIONS "2020-02-02"
extern const struct component insights_components[];
extern const size_t insights_n_components;

/* Of the metrics about requests: in a minute so many, failed, and so on. */
enum traffic {
	TRAFFIC_REQUESTS,
	TRAFFIC_FAILED,
	TRAFFIC_DURATION,
	TRAFFIC_EXCEPTIONS,
	TRAFFIC_CALLS_FAILED
};
bool insights_traffic(const struct world *w, const struct component *c, enum traffic what,
		      int64_t utc_ms, double *value);

/* Of the five places that ask once a minute, those that got no answer, from a moment on
 * and before another. */
#define INSIGHTS_PLACES 5
int insights_lost(const struct world *w, const struct component *c, int64_t from_ms,
		  int64_t to_ms);
/* What the tests saw in each hour of 30 days, as columns and rows of a result of Log
 * Analytics: of the components that report into the workspace. */
void insights_put_results(const struct world *w, struct strbuf *out,
			  const char *workspace);

void insights_contribute(struct inventory *inv);
void insights_list(struct world *w, const struct request *req, struct reply *rep);
void insights_metrics(struct world *w, const struct request *req, struct reply *rep);

#endif
