/* What the name of a service objective says: "S3", "GP_Gen5_4", "StandardPool_200".
 * Sizes of one ladder (a tier, its hardware, alone or as a pool) can be told larger from
 * smaller; of different ladders they cannot. Thread: any (no state). */
#ifndef AZ_SQL_SIZE_H
#define AZ_SQL_SIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum sql_tier {
	SQL_TIER_BASIC,
	SQL_TIER_STANDARD,
	SQL_TIER_PREMIUM,
	SQL_TIER_GENERAL_PURPOSE,
	SQL_TIER_BUSINESS_CRITICAL,
	SQL_TIER_HYPERSCALE,
};
/* "GeneralPurpose": as Azure and tags write it. */
const char *sql_tier_name(enum sql_tier tier);

enum { SQL_SIZE_MAX = 47 };

struct sql_size {
	char name[SQL_SIZE_MAX + 1];
	enum sql_tier tier;
	bool is_pool;
	bool is_serverless;
	bool is_gen5; /* of DTU tiers always false */
	int capacity; /* vCores, or DTUs */
};

/* False: a word that is no size we know ("ElasticPool", "System0"). */
bool sql_size_parse(struct str name, struct sql_size *out);
/* Of a pool's "sku": {name, capacity}. */
bool sql_size_parse_pool(struct str sku, int capacity, struct sql_size *out);
bool sql_size_is_vcore(const struct sql_size *size);
/* Whether both are steps of one ladder. */
bool sql_size_is_comparable(const struct sql_size *a, const struct sql_size *b);
/* The next step down. False: it is the smallest, or its ladder is not known. */
bool sql_size_smaller(const struct sql_size *size, struct sql_size *out);
/* The most data it can hold; 0: not known. */
int64_t sql_size_most_bytes(const struct sql_size *size);

#endif
