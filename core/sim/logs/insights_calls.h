/* What the services of the estate call, as rows of the table AppDependencies.
 * Thread: any (no state). */
#ifndef AZ_SIM_INSIGHTS_CALLS_H
#define AZ_SIM_INSIGHTS_CALLS_H

#include "sim/kql/kql.h"
#include "sim/world.h"

/* One row for each pair, minute and outcome, of the minutes that begin in the span. */
void insights_each_call(const struct world *w, int64_t from_ms, int64_t to_ms,
			struct kql_feed *feed);

#endif
