/* Reservations: what was bought for a year or three, and how much of it is used.
 * Thread: core. */
#include <math.h>

#include "base/count.h"
#include "base/rng.h"
#include "sim/cost/billing.h"
#include "sim/cost/cost.h"
#include "sim/rhythm.h"

static const struct reservation {
	const char *title, *type, *sku, *sku_title, *location, *scope, *term;
	int quantity;
	int ends_days; /* from the first of this month */
	bool renews;
	double used; /* share, on a working day */
	bool is_people;
} reservations[] = {
	{"vm-d8s-weu", "VirtualMachines", "Standard_D8s_v5",
	 "Reserved VM Instance, Standard_D8s_v5, EU West, 1 Year", "westeurope", "Shared",
	 "P1Y", 6, 161, true, 0.985, false},
	{"vm-d4s-agents", "VirtualMachines", "Standard_D4s_v5",
	 "Reserved VM Instance, Standard_D4s_v5, EU West, 1 Year", "westeurope", "Single",
	 "P1Y", 4, 245, false, 0.71, true},
	{"sql-gp-gen5-weu", "SqlDatabases", "SQLDB_GP_Compute_Gen5",
	 "SQL Database, General Purpose, Gen5, EU West, 3 Years", "westeurope", "Shared",
	 "P3Y", 16, 42, false, 0.996, false},
	{"redis-p1-weu", "RedisCache", "Redis_Premium_P1",
	 "Azure Cache for Redis, Premium P1, EU West, 1 Year", "westeurope", "Shared",
	 "P1Y", 1, 97, false, 0.34, false},
};

static double used_on(const struct world *w, const struct reservation *r, int64_t day)
{
	uint64_t seed = rng_mix(w->seed, 0x726573u + (uint64_t)(r - reservations));
	int weekday = rhythm_weekday(day);
	double used = r->used * (0.98 + 0.04 * rng_at(seed, (uint64_t)day));

	if (r->is_people && (weekday == 0 || weekday == 6))
		used *= 0.3;
	return fmin(1, used);
}

static void put_use(const struct world *w, struct strbuf *out,
		    const struct reservation *r)
{
	static const int grains[] = {1, 7, 30};
	int64_t today = cost_today(w);

	jw_object(out, "utilization");
	jw_text(out, "trend", "SAME");
	jw_list(out, "aggregates");
	for (size_t i = 0; i < COUNT(grains); i++) {
		double sum = 0;

		for (int k = 1; k <= grains[i]; k++)
			sum += used_on(w, r, today - k);
		jw_object(out, NULL);
		jw_int(out, "grain", grains[i]);
		jw_text(out, "grainUnit", "days");
		jw_number(out, "value", 100 * sum / grains[i], 1);
		jw_text(out, "valueUnit", "percentage");
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
}

static void put_reservation(const struct world *w, struct strbuf *out,
			    const struct reservation *r)
{
	int64_t month = cost_month_start(cost_today(w), 0);
	int64_t ends = month + r->ends_days;
	int64_t began = ends - (strcmp(r->term, "P3Y") == 0 ? 3 * 365 : 365);
	struct guid order = guid_of(w->seed, "order", (uint64_t)(r - reservations));
	struct guid name = guid_of(w->seed, r->title, 0);

	jw_object(out, NULL);
	jw_format(out, "id",
		  "/providers/Microsoft.Capacity/reservationOrders/%s/reservations/%s",
		  order.text, name.text);
	jw_text(out, "type", "Microsoft.Capacity/reservationOrders/reservations");
	jw_format(out, "name", "%s/%s", order.text, name.text);
	jw_text(out, "location", r->location);
	jw_int(out, "etag", 11);
	jw_object(out, "sku");
	jw_text(out, "name", r->sku);
	jw_text(out, "description", r->sku_title);
	jw_object_end(out);
	jw_object(out, "properties");
	jw_text(out, "displayName", r->title);
	jw_text(out, "skuDescription", r->sku_title);
	jw_text(out, "reservedResourceType", r->type);
	jw_text(out, "appliedScopeType", r->scope);
	jw_text(out, "userFriendlyAppliedScopeType", r->scope);
	jw_text(out, "provisioningState", "Succeeded");
	jw_text(out, "displayProvisioningState", "Succeeded");
	jw_int(out, "quantity", r->quantity);
	jw_text(out, "term", r->term);
	jw_text(out, "billingPlan", "Monthly");
	jw_bool(out, "renew", r->renews);
	jw_text(out, "userFriendlyRenewState", r->renews ? "On" : "Off");
	jw_time(out, "effectiveDateTime", began * DAY_MS, 7);
	jw_time(out, "expiryDateTime", ends * DAY_MS, 7);
	put_use(w, out, r);
	jw_object_end(out);
	jw_object_end(out);
}

void billing_list_reservations(struct world *w, const struct request *req,
			       struct reply *rep)
{
	(void)req;
	page_begin(rep);
	for (size_t i = 0; i < COUNT(reservations); i++)
		put_reservation(w, &rep->body, &reservations[i]);
	page_end(rep, &(struct page){0});
}
