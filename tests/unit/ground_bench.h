/* Evidence with a little of everything that drafts are checked against, and tables of
 * drafts. */
#ifndef AZ_TESTS_UNIT_GROUND_BENCH_H
#define AZ_TESTS_UNIT_GROUND_BENCH_H

#include "answer/ground.h"
#include "unit/answer_world.h"

/* What references of the bench name. */
#define CPU    "[S:sql[atlas-orders].cpu_pct]"
#define TIER   "[S:sql[atlas-orders].tier]"
#define SKU    "[S:sql[atlas-orders].sku]"
#define USED   "[S:sql[sql-weu/atlas-orders].used]"
#define SPENT  "[S:cost.budget[budget-atlas].spent]"
#define LAG    "[S:dr.group[fog-atlas].lag_sec]"
#define LAG_AT "[S:dr.group[fog-atlas].lag_as_of]"
#define LEFT   "[S:cert[www.atlas.example].days_left]"
#define ENDS   "[S:cert[www.atlas.example].not_after]"
#define SEEN   "[S:agent[build-01].last_seen]"

struct ground_case {
	const char *name, *draft, *prose;
	const char *struck; /* what was, "|" behind each; "" */
};

/* Group set-up and tear-down, in a scratch folder. */
int ground_bench_make(void **state);
int ground_bench_drop(void **state);
struct world *ground_bench_world(void);
void ground_bench_check(const struct ground_case *cases, size_t n, const char *question);

#endif
