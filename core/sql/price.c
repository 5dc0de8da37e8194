/* See price.h. DTU sizes have a price each; vCores and pools one per unit. */
#include "sql/price.h"

#include <math.h>
#include <stdio.h>

double sql_price_hourly(const struct sql_size *size)
{
	bool is_vcore = sql_size_is_vcore(size);
	char unit[SQL_SIZE_MAX + 1];

	if (size->is_serverless || (is_vcore && !size->is_gen5))
		return NAN;
	if (!is_vcore && !size->is_pool)
		return list_price_hourly(LIST_PRICE_OBJECTIVE, str_from(size->name));
	if (size->tier == SQL_TIER_HYPERSCALE && size->is_pool)
		return NAN;
	snprintf(unit, sizeof(unit), "%s %s", sql_tier_name(size->tier),
		 is_vcore ? "vCore" : "DTU");
	return list_price_hourly(LIST_PRICE_CAPACITY, str_from(unit)) * size->capacity;
}
