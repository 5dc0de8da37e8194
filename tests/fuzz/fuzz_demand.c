/* Demands and capabilities of anybody, a line each: what is read lies within the line,
 * every demand is met by what it asks for, and versions have an order. */
#include <stdint.h>
#include <stdlib.h>

#include "agents/demand.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool held)
{
	if (!held)
		abort();
}

static bool is_within(struct str part, struct str whole)
{
	return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

static void check_order(struct str a, struct str b)
{
	int there = 0, back = 0;
	bool is_known = version_compare(a, b, &there);

	must(version_compare(b, a, &back) == is_known);
	must(!is_known || there == -back);
	must(!version_compare(a, a, &there) || there == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str rest = {.p = (const char *)data, .n = n}, line, name = {0},
		   value = {0};
	struct demand demand;
	struct str had;

	if (!str_next(&rest, '\n', &line))
		return 0;
	str_next(&rest, '\n', &name);
	str_next(&rest, '\n', &value);
	check_order(name, value);
	if (!demand_parse(line, &demand))
		return 0;
	must(is_within(demand.name, line) && is_within(demand.value, line) &&
	     is_within(demand.text, line) && demand.name.n > 0);
	demand_check(&demand, &(struct capability){name, value}, 1, &had);
	must(is_within(had, value));
	if (demand.kind != DEMAND_ODD)
		must(demand_check(&demand,
				  &(struct capability){demand.name, demand.value}, 1,
				  NULL) == DEMAND_MET);
	must(demand.kind == DEMAND_ODD ||
	     demand_check(&demand, NULL, 0, NULL) == DEMAND_MISSING);
	return 0;
}
