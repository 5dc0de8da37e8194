/* Names of service objectives, their steps, and what they cost on the list. */
#include "unit/check.h"

#include <math.h>

#include "base/count.h"
#include "sql/price.h"
#include "sql/scaling.h"

static void names_of_sizes(void **state)
{
	static const struct {
		const char *name, *smaller, *tier;
		int capacity;
		double hourly; /* 0: not on the list */
		int most_gib;
	} cases[] = {
		{"Basic", NULL, "Basic", 5, 0.0067, 2},
		{"S0", NULL, "Standard", 10, 0.0202, 250},
		{"s3", "S2", "Standard", 100, 0.2017, 1024},
		{"S12", "S9", "Standard", 3000, 6.0484, 1024},
		{"P1", NULL, "Premium", 125, 0.625, 1024},
		{"P15", "P11", "Premium", 4000, 21.5094, 4096},
		{"GP_Gen5_2", NULL, "GeneralPurpose", 2, 0.5044, 1024},
		{"GP_Gen5_8", "GP_Gen5_6", "GeneralPurpose", 8, 2.0176, 2048},
		{"GP_S_Gen5_2", "GP_S_Gen5_1", "GeneralPurpose", 2, 0, 1024},
		{"GP_Fsv2_8", NULL, "GeneralPurpose", 8, 0, 0},
		{"BC_Gen5_4", "BC_Gen5_2", "BusinessCritical", 4, 2.7176, 1024},
		{"HS_Gen5_80", "HS_Gen5_40", "Hyperscale", 80, 14.616, 131072},
		{"HS_PRMS_4", NULL, "Hyperscale", 4, 0, 131072},
		{"StandardPool_200", NULL, "Standard", 200, 0.60416, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct sql_size size, below;

		check_case(cases[i].name, sql_size_parse(str_from(cases[i].name), &size));
		check_case(cases[i].name, size.capacity == cases[i].capacity);
		check_text(cases[i].name, str_from(sql_tier_name(size.tier)),
			   cases[i].tier);
		if (cases[i].hourly > 0)
			check_case(cases[i].name, fabs(sql_price_hourly(&size) -
						       cases[i].hourly) < 1e-6);
		else
			check_case(cases[i].name, isnan(sql_price_hourly(&size)));
		check_case(cases[i].name,
			   sql_size_most_bytes(&size) >> 30 == cases[i].most_gib);
		check_case(cases[i].name,
			   sql_size_smaller(&size, &below) == !!cases[i].smaller);
		if (cases[i].smaller)
			check_text(cases[i].name, str_from(below.name), cases[i].smaller);
	}
}

static void words_that_are_no_size(void **state)
{
	static const char *const words[] = {
		"",
		"ElasticPool",
		"System0",
		"S5",
		"GP_Gen5",
		"GP_Gen5_",
		"GP__4",
		"GP_Gen5_0",
		"XX_Gen5_4",
		"GP_Gen5_-2",
		"_4",
		"GP_S__4",
		"GP_Gen5_4444444444444444444444",
		"GP_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_4",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++) {
		struct sql_size size;

		check_case(words[i], !sql_size_parse(str_from(words[i]), &size));
	}
}

static void the_larger_costs_more(void **state)
{
	static const char *const largest[] = {"S12", "P15", "GP_Gen5_80", "BC_Gen5_80",
					      "HS_Gen5_80"};

	(void)state;
	for (size_t i = 0; i < COUNT(largest); i++) {
		struct sql_size size, below;

		assert_true(sql_size_parse(str_from(largest[i]), &size));
		for (; sql_size_smaller(&size, &below); size = below) {
			check_case(size.name, below.capacity < size.capacity);
			check_case(size.name, sql_size_is_comparable(&size, &below));
			check_case(size.name,
				   sql_price_hourly(&below) < sql_price_hourly(&size));
			check_case(size.name, sql_size_most_bytes(&below) <=
						      sql_size_most_bytes(&size));
		}
	}
}

static void pools(void **state)
{
	struct sql_size pool, one, below;

	(void)state;
	assert_true(sql_size_parse_pool(STR("GP_Gen5"), 4, &pool));
	assert_true(sql_size_parse(STR("GP_Gen5_4"), &one));
	check_text("a pool's name", str_from(pool.name), "GP_Gen5_4");
	assert_false(sql_size_is_comparable(&pool, &one));
	assert_true(sql_size_smaller(&pool, &below) && below.is_pool);
	assert_true(sql_size_parse_pool(STR("PremiumPool"), 125, &pool));
	assert_true(fabs(sql_price_hourly(&pool) - 0.9375) < 1e-6);
	assert_false(sql_size_parse_pool(STR("GP_Gen5"), 0, &pool));
}

static void how_long_scaling_takes(void **state)
{
	static const struct {
		const char *from, *to;
		double used_gib, minutes; /* NAN: not known */
	} cases[] = {
		{"GP_Gen5_2", "GP_Gen5_8", 600, 5},
		{"GP_Gen5_2", "GP_Gen5_8", NAN, 5},
		{"S3", "S2", 200, 5},
		{"S3", "GP_Gen5_2", 200, 5},
		{"S1", "S0", 200, 5},
		{"S1", "S2", 200, 200},
		{"S1", "S2", 1, 5},
		{"S1", "S2", NAN, NAN},
		{"BC_Gen5_4", "BC_Gen5_8", 300, 300},
		{"P1", "P2", 60, 60},
		{"P1", "S3", 60, 60},
		{"HS_Gen5_2", "HS_Gen5_4", NAN, 5},
		{"GP_Gen5_4", "HS_Gen5_4", 90, 90},
		{"Basic", "S0", 2, 5},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct sql_size from, to;
		double usual;

		assert_true(sql_size_parse(str_from(cases[i].from), &from));
		assert_true(sql_size_parse(str_from(cases[i].to), &to));
		usual = sql_scaling_usual_ms(&from, &to,
					     cases[i].used_gib * 1073741824.0);
		check_case(cases[i].from,
			   isnan(cases[i].minutes)
				   ? isnan(usual)
				   : fabs(usual / 60000 - cases[i].minutes) < 1e-6);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_sizes),
		cmocka_unit_test(words_that_are_no_size),
		cmocka_unit_test(the_larger_costs_more),
		cmocka_unit_test(pools),
		cmocka_unit_test(how_long_scaling_takes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
