/* See scaling.h. The table is that of
 * https://learn.microsoft.com/azure/azure-sql/database/single-database-scale#latency */
#include "sql/scaling.h"

#include <math.h>

#define MINUTE_MS 60000.0
#define USUAL_MS  (5 * MINUTE_MS)
#define GIB	  1073741824.0

/* Where the data lie: sizes of one kind share it. */
enum storage { STORAGE_SMALL, STORAGE_REMOTE, STORAGE_LOCAL, STORAGE_PAGES };

static enum storage storage_of(const struct sql_size *size)
{
	switch (size->tier) {
	case SQL_TIER_BASIC:
		return STORAGE_SMALL;
	case SQL_TIER_STANDARD:
		return size->capacity <= 20 ? STORAGE_SMALL : STORAGE_REMOTE;
	case SQL_TIER_GENERAL_PURPOSE:
		return STORAGE_REMOTE;
	case SQL_TIER_PREMIUM:
	case SQL_TIER_BUSINESS_CRITICAL:
		return STORAGE_LOCAL;
	case SQL_TIER_HYPERSCALE:
		return STORAGE_PAGES;
	}
	return STORAGE_LOCAL;
}

bool sql_scaling_copies(const struct sql_size *from, const struct sql_size *to)
{
	enum storage a = storage_of(from), b = storage_of(to);

	/* On local disks every size is a new set of them. */
	return a != b || a == STORAGE_LOCAL;
}

double sql_scaling_usual_ms(const struct sql_size *from, const struct sql_size *to,
			    double used_bytes)
{
	if (!sql_scaling_copies(from, to))
		return USUAL_MS;
	/* fmax would make a known time of what is not known. */
	return isnan(used_bytes) ? NAN : fmax(USUAL_MS, used_bytes / GIB * MINUTE_MS);
}
