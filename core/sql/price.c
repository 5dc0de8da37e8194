/* See price.h. DTU sizes have a price each; vCores and pools one per unit. */
#include "sql/price.h"

#include <math.h>
#include <string.h>

#include "base/count.h"

static const struct {
	const char *size;
	double hourly;
} objectives[] = {
	{"Basic", 0.0067}, {"S0", 0.0202},  {"S1", 0.0403},  {"S2", 0.1009},
	{"S3", 0.2017},	   {"S4", 0.4032},  {"S6", 0.8065},  {"S7", 1.6129},
	{"S9", 3.2258},	   {"S12", 6.0484}, {"P1", 0.6250},  {"P2", 1.2500},
	{"P4", 2.5000},	   {"P6", 5.0000},  {"P11", 9.4100}, {"P15", 21.5094},
};

static const struct {
	enum sql_tier tier;
	bool is_pool;
	double hourly; /* of a DTU, or of a vCore of Gen5 */
} units[] = {
	{SQL_TIER_BASIC, true, 0.0020},
	{SQL_TIER_STANDARD, true, 0.0030},
	{SQL_TIER_PREMIUM, true, 0.0075},
	{SQL_TIER_GENERAL_PURPOSE, false, 0.2522},
	{SQL_TIER_GENERAL_PURPOSE, true, 0.2522},
	{SQL_TIER_BUSINESS_CRITICAL, false, 0.6797},
	{SQL_TIER_BUSINESS_CRITICAL, true, 0.6797},
	{SQL_TIER_HYPERSCALE, false, 0.1830},
};

double sql_price_hourly(const struct sql_size *size)
{
	if (size->is_serverless || (sql_size_is_vcore(size) && !size->is_gen5))
		return NAN;
	for (size_t i = 0; i < COUNT(objectives); i++) {
		if (strcmp(objectives[i].size, size->name) == 0)
			return objectives[i].hourly;
	}
	for (size_t i = 0; i < COUNT(units); i++) {
		if (units[i].tier == size->tier && units[i].is_pool == size->is_pool)
			return units[i].hourly * size->capacity;
	}
	return NAN;
}
