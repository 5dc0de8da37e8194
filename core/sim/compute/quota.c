/* Compute quotas by region: cores of each family, and counts. Thread: core. What
 * nodes use follows the working day. */
#include "sim/compute/quota.h"

#include <math.h>

#include "base/count.h"
#include "sim/rhythm.h"

static const struct quota {
	enum sub sub;
	const char *location;
	const char *name, *title;
	int used; /* at the busiest */
	int swings;
	int64_t limit;
} quotas[] = {
	{SUB_PROD, "westeurope", "cores", "Total Regional vCPUs", 268, 64, 400},
	{SUB_PROD, "westeurope", "standardDSv5Family", "Standard DSv5 Family vCPUs", 172,
	 64, 200},
	{SUB_PROD, "westeurope", "standardESv5Family", "Standard ESv5 Family vCPUs", 64,
	 0, 100},
	{SUB_PROD, "westeurope", "virtualMachines", "Virtual Machines", 9, 0, 25000},
	{SUB_PROD, "northeurope", "cores", "Total Regional vCPUs", 104, 0, 150},
	{SUB_PROD, "northeurope", "standardESv5Family", "Standard ESv5 Family vCPUs", 61,
	 0, 64},
	{SUB_PROD, "northeurope", "standardDSv5Family", "Standard DSv5 Family vCPUs", 43,
	 0, 100},
	{SUB_PROD, "northeurope", "lowPriorityCores", "Total Regional Spot vCPUs", 0, 0,
	 100},
	{SUB_NONPROD, "westeurope", "cores", "Total Regional vCPUs", 30, 12, 100},
	{SUB_NONPROD, "westeurope", "standardBSFamily", "Standard BS Family vCPUs", 8, 0,
	 20},
	{SUB_SHARED, "westeurope", "cores", "Total Regional vCPUs", 68, 40, 100},
	{SUB_SHARED, "westeurope", "standardDSv5Family", "Standard DSv5 Family vCPUs", 64,
	 40, 80},
	{SUB_SHARED, "westeurope", "standardNCADSA100v4Family",
	 "Standard NCADS_A100_v4 Family vCPUs", 0, 0, 0},
};

void quota_list_compute(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct str location = request_param(req, "loc");
	int64_t at_ms = w->now_ms - w->now_ms % (10 * MINUTE_MS);
	double rest = 1 - rhythm_load(at_ms);
	struct strbuf *out = &rep->body;
	struct page page = {0};

	page_begin(rep);
	for (size_t i = 0; i < COUNT(quotas); i++) {
		const struct quota *q = &quotas[i];

		if (q->sub != sub || !str_eq_nocase(location, str_from(q->location)))
			continue;
		jw_object(out, NULL);
		jw_int(out, "limit", q->limit);
		jw_text(out, "unit", "Count");
		jw_int(out, "currentValue", q->used - (int)round(q->swings * rest));
		jw_object(out, "name");
		jw_text(out, "value", q->name);
		jw_text(out, "localizedValue", q->title);
		jw_object_end(out);
		jw_object_end(out);
	}
	page_end(rep, &page);
}
