/* When which recovery plan was last tried, and how that went: what plans, items and
 * jobs tell of a drill comes from here. Thread: core. */
#include "sim/dr/dr.h"

#include "base/count.h"
#include "base/xalloc.h"
#include "sim/rhythm.h"

#define STARTS_H 10

const struct drill dr_drills[] = {
	{"rp-qodex", 6, 331, true, 38, false},
	{"rp-atlas", 41, 43, false, 4, false},
	{"rp-qodex", 95, 74, false, 51, true},
	{"rp-atlas", 132, 58, false, 6, false},
	{"rp-qodex", 188, 312, false, 44, false},
	{"rp-atlas-files", 203, 36, false, 11, false},
};
const size_t dr_n_drills = COUNT(dr_drills);

int64_t dr_drill_ms(const struct world *w, const struct drill *drill)
{
	return rhythm_day_start(rhythm_day(w->now_ms) - drill->days_ago) +
	       STARTS_H * HOUR_MS;
}

struct guid dr_drill_job(const struct world *w, const struct drill *drill)
{
	return guid_of(w->seed, drill->plan, (uint64_t)drill->days_ago);
}

const struct drill *dr_last_drill(const char *plan)
{
	for (size_t i = 0; i < dr_n_drills; i++)
		if (strcmp(dr_drills[i].plan, plan) == 0)
			return &dr_drills[i];
	fatal("simulator: a recovery plan was never tried");
}
