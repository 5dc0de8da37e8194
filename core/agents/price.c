/* See price.h. The sizes that agents and node pools are usually made of. */
#include "agents/price.h"

#include <math.h>

#include "base/count.h"
#include "base/str.h"

static const struct {
	const char *size;
	double hourly;
} machines[] = {
	{"B2s", 0.0416},     {"B2ms", 0.0832},	  {"B4ms", 0.1660},
	{"B8ms", 0.3330},    {"D2s_v3", 0.0960},  {"D4s_v3", 0.1920},
	{"D8s_v3", 0.3840},  {"D2s_v4", 0.0960},  {"D4s_v4", 0.1920},
	{"D8s_v4", 0.3840},  {"D2s_v5", 0.0960},  {"D4s_v5", 0.1920},
	{"D8s_v5", 0.3840},  {"D16s_v5", 0.7680}, {"D32s_v5", 1.5360},
	{"D2ds_v5", 0.1130}, {"D4ds_v5", 0.2260}, {"D8ds_v5", 0.4520},
	{"D2as_v5", 0.0860}, {"D4as_v5", 0.1720}, {"D8as_v5", 0.3440},
	{"E2s_v5", 0.1260},  {"E4s_v5", 0.2520},  {"E8s_v5", 0.5040},
	{"E16s_v5", 1.0080}, {"F2s_v2", 0.0846},  {"F4s_v2", 0.1690},
	{"F8s_v2", 0.3380},  {"F16s_v2", 0.6770},
};

double machine_price_hourly(const char *size)
{
	struct str name = str_from(size);

	if (str_starts_nocase(name, STR("Standard_")))
		name = str_sub(name, 9, name.n);
	for (size_t i = 0; i < COUNT(machines); i++) {
		if (str_eq_nocase(name, str_from(machines[i].size)))
			return machines[i].hourly;
	}
	return NAN;
}
