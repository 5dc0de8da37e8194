/* See throttle.h. */
#include "azure/throttle.h"

static const struct {
	const char *provider;
	enum throttle_family family;
} families[] = {
	{"/providers/microsoft.costmanagement/", THROTTLE_COST},
	{"/providers/microsoft.consumption/", THROTTLE_COST},
	{"/providers/microsoft.resourcegraph/", THROTTLE_GRAPH},
};

static bool has_nocase(struct str s, struct str needle)
{
	for (size_t i = 0; i + needle.n <= s.n; i++) {
		if (str_eq_nocase(str_sub(s, i, needle.n), needle))
			return true;
	}
	return false;
}

enum throttle_family throttle_family(struct str url)
{
	ptrdiff_t query = str_find_char(url, '?');

	if (query >= 0)
		url = str_sub(url, 0, (size_t)query);
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
		if (has_nocase(url, str_from(families[i].provider)))
			return families[i].family;
	}
	return THROTTLE_ARM;
}
