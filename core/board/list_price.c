/* See list_price.h. The sizes that agents, node pools and databases are usually made of. */
#include "board/list_price.h"

#include <math.h>

#include "base/count.h"

static const struct {
	enum list_price_of of;
	const char *name;
	double hourly;
} prices[] = {
#define MACHINE(name, hourly)                                                            \
	{                                                                                \
		LIST_PRICE_MACHINE, name, hourly                                         \
	}
	MACHINE("B2s", 0.0416),
	MACHINE("B2ms", 0.0832),
	MACHINE("B4ms", 0.1660),
	MACHINE("B8ms", 0.3330),
	MACHINE("D2s_v3", 0.0960),
	MACHINE("D4s_v3", 0.1920),
	MACHINE("D8s_v3", 0.3840),
	MACHINE("D2s_v4", 0.0960),
	MACHINE("D4s_v4", 0.1920),
	MACHINE("D8s_v4", 0.3840),
	MACHINE("D2s_v5", 0.0960),
	MACHINE("D4s_v5", 0.1920),
	MACHINE("D8s_v5", 0.3840),
	MACHINE("D16s_v5", 0.7680),
	MACHINE("D32s_v5", 1.5360),
	MACHINE("D2ds_v5", 0.1130),
	MACHINE("D4ds_v5", 0.2260),
	MACHINE("D8ds_v5", 0.4520),
	MACHINE("D2as_v5", 0.0860),
	MACHINE("D4as_v5", 0.1720),
	MACHINE("D8as_v5", 0.3440),
	MACHINE("E2s_v5", 0.1260),
	MACHINE("E4s_v5", 0.2520),
	MACHINE("E8s_v5", 0.5040),
	MACHINE("E16s_v5", 1.0080),
	MACHINE("F2s_v2", 0.0846),
	MACHINE("F4s_v2", 0.1690),
	MACHINE("F8s_v2", 0.3380),
	MACHINE("F16s_v2", 0.6770),
#undef MACHINE
#define OBJECTIVE(name, hourly)                                                          \
	{                                                                                \
		LIST_PRICE_OBJECTIVE, name, hourly                                       \
	}
	OBJECTIVE("Basic", 0.0067),
	OBJECTIVE("S0", 0.0202),
	OBJECTIVE("S1", 0.0403),
	OBJECTIVE("S2", 0.1009),
	OBJECTIVE("S3", 0.2017),
	OBJECTIVE("S4", 0.4032),
	OBJECTIVE("S6", 0.8065),
	OBJECTIVE("S7", 1.6129),
	OBJECTIVE("S9", 3.2258),
	OBJECTIVE("S12", 6.0484),
	OBJECTIVE("P1", 0.6250),
	OBJECTIVE("P2", 1.2500),
	OBJECTIVE("P4", 2.5000),
	OBJECTIVE("P6", 5.0000),
	OBJECTIVE("P11", 9.4100),
	OBJECTIVE("P15", 21.5094),
	OBJECTIVE("DW100c", 1.2000),
	OBJECTIVE("DW200c", 2.4000),
	OBJECTIVE("DW300c", 3.6000),
	OBJECTIVE("DW400c", 4.8000),
	OBJECTIVE("DW500c", 6.0000),
	OBJECTIVE("DW1000c", 12.0000),
	OBJECTIVE("DW1500c", 18.0000),
	OBJECTIVE("DW2000c", 24.0000),
	OBJECTIVE("DW3000c", 36.0000),
#undef OBJECTIVE
	/* DTUs of pools; vCores of Gen5; units of Fabric. Hyperscale has no licence of its
	 * own. */
	{LIST_PRICE_CAPACITY, "Basic DTU", 0.0020167},
	{LIST_PRICE_CAPACITY, "Standard DTU", 0.0030208},
	{LIST_PRICE_CAPACITY, "Premium DTU", 0.0075},
	{LIST_PRICE_CAPACITY, "GeneralPurpose vCore", 0.2522},
	{LIST_PRICE_CAPACITY, "BusinessCritical vCore", 0.6794},
	{LIST_PRICE_CAPACITY, "Hyperscale vCore", 0.1827},
	{LIST_PRICE_CAPACITY, "Fabric unit", 0.1800},
};

double list_price_hourly(enum list_price_of of, struct str name)
{
	const struct str series = STR("Standard_");

	if (of == LIST_PRICE_MACHINE && str_starts_nocase(name, series))
		name = str_sub(name, series.n, name.n);
	for (size_t i = 0; i < COUNT(prices); i++) {
		if (prices[i].of == of && str_eq_nocase(name, str_from(prices[i].name)))
			return prices[i].hourly;
	}
	return NAN;
}

double machine_price_hourly(const char *size)
{
	return list_price_hourly(LIST_PRICE_MACHINE, str_from(size));
}

double size_price_hourly(struct str size)
{
	static const struct {
		const char *prefix, *capacity;
	} tiers[] = {
		{"GP_Gen5_", "GeneralPurpose vCore"},
		{"BC_Gen5_", "BusinessCritical vCore"},
		{"HS_Gen5_", "Hyperscale vCore"},
	};
	int64_t cores;

	for (size_t i = 0; i < COUNT(tiers); i++) {
		struct str prefix = str_from(tiers[i].prefix);

		if (str_starts_nocase(size, prefix) &&
		    str_to_i64(str_sub(size, prefix.n, size.n), &cores))
			return (double)cores *
			       list_price_hourly(LIST_PRICE_CAPACITY,
						 str_from(tiers[i].capacity));
	}
	return list_price_hourly(LIST_PRICE_OBJECTIVE, size);
}
