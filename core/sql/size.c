/* See size.h. Figures of storage and steps are those of
 * https://learn.microsoft.com/azure/azure-sql/database/resource-limits-vcore-single-databases
 * and resource-limits-dtu-single-databases beside it. */
#include "sql/size.h"

#include <stdio.h>
#include <string.h>

#include "base/count.h"

static const int64_t gib = INT64_C(1) << 30;

static const struct {
	const char *name;
	enum sql_tier tier;
	int dtus;
	int most_gib;
} objectives[] = {
	{"Basic", SQL_TIER_BASIC, 5, 2},       {"S0", SQL_TIER_STANDARD, 10, 250},
	{"S1", SQL_TIER_STANDARD, 20, 250},    {"S2", SQL_TIER_STANDARD, 50, 250},
	{"S3", SQL_TIER_STANDARD, 100, 1024},  {"S4", SQL_TIER_STANDARD, 200, 1024},
	{"S6", SQL_TIER_STANDARD, 400, 1024},  {"S7", SQL_TIER_STANDARD, 800, 1024},
	{"S9", SQL_TIER_STANDARD, 1600, 1024}, {"S12", SQL_TIER_STANDARD, 3000, 1024},
	{"P1", SQL_TIER_PREMIUM, 125, 1024},   {"P2", SQL_TIER_PREMIUM, 250, 1024},
	{"P4", SQL_TIER_PREMIUM, 500, 1024},   {"P6", SQL_TIER_PREMIUM, 1000, 1024},
	{"P11", SQL_TIER_PREMIUM, 1750, 4096}, {"P15", SQL_TIER_PREMIUM, 4000, 4096},
};

/* Steps of Gen5, and the GiB that General Purpose and Business Critical hold there. */
static const struct {
	int vcores;
	int most_gib;
	bool is_serverless_only;
} steps[] = {
	{1, 512, true},	   {2, 1024, false},  {4, 1024, false},	 {6, 1536, false},
	{8, 2048, false},  {10, 2048, false}, {12, 3072, false}, {14, 3072, false},
	{16, 3072, false}, {18, 3072, false}, {20, 3072, false}, {24, 4096, false},
	{32, 4096, false}, {40, 4096, false}, {80, 4096, false},
};

static const struct {
	struct str prefix;
	enum sql_tier tier;
} families[] = {
	{STR("GP_"), SQL_TIER_GENERAL_PURPOSE},
	{STR("BC_"), SQL_TIER_BUSINESS_CRITICAL},
	{STR("HS_"), SQL_TIER_HYPERSCALE},
};

static const struct {
	struct str sku;
	enum sql_tier tier;
} pool_skus[] = {
	{STR("BasicPool"), SQL_TIER_BASIC},
	{STR("StandardPool"), SQL_TIER_STANDARD},
	{STR("PremiumPool"), SQL_TIER_PREMIUM},
};

const char *sql_tier_name(enum sql_tier tier)
{
	static const char *const names[] = {
		[SQL_TIER_BASIC] = "Basic",
		[SQL_TIER_STANDARD] = "Standard",
		[SQL_TIER_PREMIUM] = "Premium",
		[SQL_TIER_GENERAL_PURPOSE] = "GeneralPurpose",
		[SQL_TIER_BUSINESS_CRITICAL] = "BusinessCritical",
		[SQL_TIER_HYPERSCALE] = "Hyperscale",
	};

	return names[tier];
}

static bool set_name(struct sql_size *out, struct str name)
{
	if (name.n > SQL_SIZE_MAX)
		return false;
	memcpy(out->name, name.p, name.n);
	out->name[name.n] = '\0';
	return true;
}

static bool parse_objective(struct str name, struct sql_size *out)
{
	for (size_t i = 0; i < COUNT(objectives); i++) {
		if (!str_eq_nocase(name, str_from(objectives[i].name)))
			continue;
		out->tier = objectives[i].tier;
		out->capacity = objectives[i].dtus;
		return set_name(out, str_from(objectives[i].name));
	}
	return false;
}

/* "200" behind the last "_". */
static bool split_capacity(struct str name, struct str *rest, int *capacity)
{
	size_t at = name.n;
	int64_t value;

	while (at > 0 && name.p[at - 1] != '_')
		at--;
	if (at == 0 || !str_to_i64(str_sub(name, at, name.n), &value) || value < 1 ||
	    value > 100000)
		return false;
	*rest = str_sub(name, 0, at - 1);
	*capacity = (int)value;
	return true;
}

/* GP_Gen5, GP_S_Gen5, HS_PRMS: the tier, whether serverless, the hardware. */
static bool parse_family(struct str family, struct sql_size *out)
{
	for (size_t i = 0; i < COUNT(families); i++) {
		struct str rest = str_sub(family, 3, family.n);

		if (!str_starts_nocase(family, families[i].prefix))
			continue;
		out->tier = families[i].tier;
		out->is_serverless = str_starts_nocase(rest, STR("S_"));
		if (out->is_serverless)
			rest = str_sub(rest, 2, rest.n);
		out->is_gen5 = str_eq_nocase(rest, STR("Gen5"));
		return rest.n > 0;
	}
	return false;
}

bool sql_size_parse(struct str name, struct sql_size *out)
{
	struct str rest;

	*out = (struct sql_size){.capacity = 0};
	if (parse_objective(name, out))
		return true;
	if (!split_capacity(name, &rest, &out->capacity))
		return false;
	for (size_t i = 0; i < COUNT(pool_skus); i++) {
		if (!str_eq_nocase(rest, pool_skus[i].sku))
			continue;
		out->tier = pool_skus[i].tier;
		out->is_pool = true;
		return set_name(out, name);
	}
	return parse_family(rest, out) && set_name(out, name);
}

bool sql_size_parse_pool(struct str sku, int capacity, struct sql_size *out)
{
	char name[SQL_SIZE_MAX + 1];
	int n = snprintf(name, sizeof(name), "%.*s_%d", STR_ARG(sku), capacity);

	if (n < 0 || (size_t)n >= sizeof(name) || !sql_size_parse(str_from(name), out))
		return false;
	out->is_pool = true;
	return true;
}

bool sql_size_is_vcore(const struct sql_size *size)
{
	return size->tier >= SQL_TIER_GENERAL_PURPOSE;
}

bool sql_size_is_comparable(const struct sql_size *a, const struct sql_size *b)
{
	return a->tier == b->tier && a->is_pool == b->is_pool &&
	       a->is_serverless == b->is_serverless && a->is_gen5 == b->is_gen5;
}

static bool smaller_objective(const struct sql_size *size, struct sql_size *out)
{
	for (size_t i = 1; i < COUNT(objectives); i++) {
		if (strcmp(objectives[i].name, size->name) == 0)
			return objectives[i - 1].tier == size->tier &&
			       sql_size_parse(str_from(objectives[i - 1].name), out);
	}
	return false;
}

bool sql_size_smaller(const struct sql_size *size, struct sql_size *out)
{
	struct str family;
	char name[SQL_SIZE_MAX + 1];
	int capacity, below = 0;

	if (!sql_size_is_vcore(size))
		return !size->is_pool && smaller_objective(size, out);
	if (!size->is_gen5 || !split_capacity(str_from(size->name), &family, &capacity))
		return false;
	for (size_t i = 0; i < COUNT(steps) && steps[i].vcores < capacity; i++) {
		if (size->is_serverless || !steps[i].is_serverless_only)
			below = steps[i].vcores;
	}
	if (!below)
		return false;
	snprintf(name, sizeof(name), "%.*s_%d", STR_ARG(family), below);
	if (!sql_size_parse(str_from(name), out))
		return false;
	out->is_pool = size->is_pool;
	return true;
}

int64_t sql_size_most_bytes(const struct sql_size *size)
{
	if (size->is_pool)
		return 0;
	if (size->tier == SQL_TIER_HYPERSCALE)
		return 128 * 1024 * gib;
	for (size_t i = 0; i < COUNT(objectives); i++) {
		if (strcmp(objectives[i].name, size->name) == 0)
			return objectives[i].most_gib * gib;
	}
	for (size_t i = 0; i < COUNT(steps); i++) {
		if (size->is_gen5 && steps[i].vcores == size->capacity)
			return steps[i].most_gib * gib;
	}
	return 0;
}
