/* What Advisor recommends: a reservation, things that are idle or too large, and
 * what it says about reliability, security and speed. Thread: core. All extended
 * properties are texts, numbers too, as Azure has them. */
#include "sim/cost/advisor.h"

#include "base/count.h"
#include "base/rng.h"
#include "sim/rhythm.h"

#define PER_PAGE 6

/* An extended property: name and value, NULL at the end. */
struct extra {
	const char *name, *value;
};

#define MOST_EXTRAS 8

static const struct advice {
	enum sub sub;
	const char *category, *impact;
	const char *field; /* type of what it is about */
	const char *group; /* NULL: the subscription itself */
	const char *name;
	const char *problem, *solution;
	double yearly; /* EUR; 0: saves nothing */
	struct extra extras[MOST_EXTRAS];
} advices[] = {
#define SUBSCRIPTION "Microsoft.Subscriptions/subscriptions"
#define RESERVE                                                                          \
	"Consider virtual machine reserved instance to save over your on-demand costs"
	{SUB_PROD,
	 "Cost",
	 "High",
	 SUBSCRIPTION,
	 NULL,
	 NULL,
	 RESERVE,
	 RESERVE,
	 7340,
	 {{"reservedResourceType", "virtualmachines"},
	  {"scope", "Shared"},
	  {"sku", "Standard_D8s_v5"},
	  {"displaySKU", "Standard_D8s_v5"},
	  {"qty", "4"},
	  {"term", "P1Y"},
	  {"region", "westeurope"},
	  {"lookbackPeriod", "60"}}},
	{SUB_PROD,
	 "Cost",
	 "High",
	 SUBSCRIPTION,
	 NULL,
	 NULL,
	 RESERVE,
	 RESERVE,
	 11820,
	 {{"reservedResourceType", "virtualmachines"},
	  {"scope", "Shared"},
	  {"sku", "Standard_D8s_v5"},
	  {"displaySKU", "Standard_D8s_v5"},
	  {"qty", "4"},
	  {"term", "P3Y"},
	  {"region", "westeurope"},
	  {"lookbackPeriod", "60"}}},
#define PLAN "Purchasing a savings plan for compute could unlock lower prices"
	{SUB_PROD,
	 "Cost",
	 "High",
	 SUBSCRIPTION,
	 NULL,
	 NULL,
	 PLAN,
	 PLAN,
	 6110,
	 {{"scope", "Shared"},
	  {"sku", "Compute_Savings_Plan"},
	  {"commitment", "2.310"},
	  {"term", "P1Y"},
	  {"lookbackPeriod", "30"}}},
	{SUB_PROD,
	 "Cost",
	 "Medium",
	 "Microsoft.Sql/servers/databases",
	 "rg-qodex-prod-weu",
	 "sql-qodex-prod-weu/qodex-jobs",
	 "Right-size underutilized SQL Databases",
	 "Right-size underutilized SQL Databases",
	 1460,
	 {{"Server_Name", "sql-qodex-prod-weu"},
	  {"currentSku", "S4"},
	  {"targetSku", "S2"},
	  {"ObservationPeriodStartDate", "14 days ago"}}},
	{SUB_PROD,
	 "Cost",
	 "Medium",
	 "Microsoft.Compute/virtualMachines",
	 "rg-qodex-prod-weu",
	 "vm-qodex-index-01",
	 "Right-size or shutdown underutilized virtual machines",
	 "Right-size or shutdown underutilized virtual machines",
	 3120,
	 {{"currentSku", "Standard_E8s_v5"},
	  {"targetSku", "Standard_E4s_v5"},
	  {"MaxCpuP95", "11"},
	  {"MaxMemoryP95", "38"},
	  {"recommendationType", "SkuChange"}}},
	{SUB_NONPROD,
	 "Cost",
	 "High",
	 "Microsoft.Web/serverFarms",
	 "rg-qodex-dev-weu",
	 "plan-qodex-demo",
	 "Unused/Empty App Service Plan",
	 "Delete the App Service plan, or put an app on it",
	 894,
	 {{"currentSku", "B1"}, {"numberOfSites", "0"}}},
	{SUB_NONPROD,
	 "Cost",
	 "Low",
	 "Microsoft.Compute/disks",
	 "rg-atlas-test-weu",
	 "disk-atlas-test-old-data",
	 "You have disks which have not been attached to a VM for more than 30 days",
	 "Delete the unattached disk after a snapshot",
	 211,
	 {{"currentSku", "Premium_LRS"}, {"diskSizeGB", "512"}}},
	{SUB_SHARED,
	 "Cost",
	 "Low",
	 "Microsoft.Network/publicIPAddresses",
	 "rg-shared-network-weu",
	 "pip-old-vpn-weu",
	 "Delete Public IP address not associated to a running Azure resource",
	 "Delete the unused public IP address",
	 43,
	 {{"currentSku", "Standard"}}},
	{SUB_PROD,
	 "HighAvailability",
	 "High",
	 "Microsoft.Sql/servers/databases",
	 "rg-qodex-prod-weu",
	 "sql-qodex-prod-weu/qodex-core",
	 "Enable zone redundancy for Azure SQL Database",
	 "Enable zone redundancy for Azure SQL Database",
	 0,
	 {{NULL, NULL}}},
	{SUB_PROD,
	 "HighAvailability",
	 "Medium",
	 "Microsoft.Network/applicationGateways",
	 "rg-atlas-prod-weu",
	 "agw-atlas-prod-weu",
	 "Deploy your Application Gateway across availability zones",
	 "Deploy your Application Gateway across availability zones",
	 0,
	 {{NULL, NULL}}},
	{SUB_PROD,
	 "Security",
	 "High",
	 "Microsoft.KeyVault/vaults",
	 "rg-qodex-prod-weu",
	 "kv-qodex-prod-weu",
	 "Key vaults should have purge protection enabled",
	 "Enable purge protection",
	 0,
	 {{NULL, NULL}}},
	{SUB_PROD,
	 "Performance",
	 "High",
	 "Microsoft.Sql/servers/databases",
	 "rg-qodex-prod-weu",
	 "sql-qodex-prod-weu/qodex-search",
	 "Create an index on table dbo.Documents",
	 "Create index nci_wi_Documents_TenantId",
	 0,
	 {{"Server_Name", "sql-qodex-prod-weu"}, {"EstimatedImpact", "HIGH"}}},
	{SUB_SHARED,
	 "OperationalExcellence",
	 "Medium",
	 "Microsoft.ContainerService/managedClusters",
	 "rg-shared-ci-weu",
	 "vmss-build-agents",
	 "Virtual machine scale set uses an image version that is deprecated",
	 "Move to a supported image version",
	 0,
	 {{NULL, NULL}}},
	{SUB_NONPROD,
	 "OperationalExcellence",
	 "Low",
	 "Microsoft.ContainerService/managedClusters",
	 "rg-atlas-test-weu",
	 "aks-test",
	 "Upgrade to a supported Kubernetes version",
	 "Upgrade the cluster before its version leaves support",
	 0,
	 {{NULL, NULL}}},
};

#define N_ADVICES (COUNT(advices))

/* The sums follow last week's use, so they are a little different every day. */
static double yearly_of(const struct world *w, const struct advice *a)
{
	uint64_t seed = rng_mix(w->seed, 0x616476u + (uint64_t)(a - advices));
	uint64_t day = (uint64_t)rhythm_floor_div(w->now_ms, DAY_MS);

	return a->yearly * (0.97 + 0.06 * rng_at(seed, day));
}

static void put_extras(const struct world *w, struct strbuf *out, const struct advice *a)
{
	double yearly = yearly_of(w, a);

	jw_object(out, "extendedProperties");
	for (size_t i = 0; i < MOST_EXTRAS && a->extras[i].name; i++)
		jw_text(out, a->extras[i].name, a->extras[i].value);
	if (a->yearly > 0) {
		jw_format(out, "annualSavingsAmount", "%.0f", yearly);
		jw_format(out, "savingsAmount", "%.0f", yearly / 12);
		jw_text(out, "savingsCurrency", "EUR");
	}
	jw_object_end(out);
}

static void put_resource(struct strbuf *out, const struct advice *a)
{
	const char *slash = a->name ? strchr(a->name, '/') : NULL;
	struct strbuf id;

	strbuf_init(&id, 512);
	if (!a->group)
		strbuf_printf(&id, "/subscriptions/%s", estate_subs[a->sub].id);
	else
		estate_put_group_id(&id, estate_group(a->group));
	if (slash)
		strbuf_printf(&id, "/providers/Microsoft.Sql/servers/%.*s/databases/%s",
			      (int)(slash - a->name), a->name, slash + 1);
	else if (a->group)
		strbuf_printf(&id, "/providers/%s/%s", a->field, a->name);
	jw_object(out, "resourceMetadata");
	jw_str(out, "resourceId", strbuf_str(&id));
	jw_object_end(out);
	strbuf_fini(&id);
}

static void put_advice(const struct world *w, struct strbuf *out, const struct advice *a)
{
	struct guid name = guid_of(w->seed, "advice", (uint64_t)(a - advices));
	struct guid type = guid_of(0, a->problem, 0);
	const char *slash = a->name ? strchr(a->name, '/') : NULL;
	int64_t today_ms = rhythm_floor_div(w->now_ms, DAY_MS) * DAY_MS;

	jw_object(out, NULL);
	jw_object(out, "properties");
	jw_text(out, "category", a->category);
	jw_text(out, "impact", a->impact);
	jw_text(out, "impactedField", a->field);
	jw_text(out, "impactedValue",
		!a->name ? estate_subs[a->sub].id
		: slash	 ? slash + 1
			 : a->name);
	jw_time(out, "lastUpdated",
		today_ms - 5 * HOUR_MS + (int64_t)(a - advices) * 61000, 7);
	jw_text(out, "recommendationTypeId", type.text);
	jw_object(out, "shortDescription");
	jw_text(out, "problem", a->problem);
	jw_text(out, "solution", a->solution);
	jw_object_end(out);
	put_extras(w, out, a);
	put_resource(out, a);
	jw_object_end(out);
	jw_format(out, "id",
		  "/subscriptions/%s/providers/Microsoft.Advisor/recommendations/%s",
		  estate_subs[a->sub].id, name.text);
	jw_text(out, "type", "Microsoft.Advisor/recommendations");
	jw_text(out, "name", name.text);
	jw_object_end(out);
}

/* "Category eq 'Cost'"; empty: all. */
static struct str wanted_category(struct str filter)
{
	ptrdiff_t first = str_find_char(filter, '\'');
	struct str rest =
		str_sub(filter, first < 0 ? filter.n : (size_t)first + 1, filter.n);
	ptrdiff_t last = str_find_char(rest, '\'');

	if (!str_starts_nocase(str_trim(filter), STR("Category eq")) || last < 0)
		return STR("");
	return str_sub(rest, 0, (size_t)last);
}

void advisor_list(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct str category = wanted_category(request_query(req, "$filter"));
	const struct advice *own[N_ADVICES];
	struct page page;
	size_t n = 0;

	for (size_t i = 0; i < N_ADVICES; i++) {
		const struct advice *a = &advices[i];

		if (a->sub == sub &&
		    (!category.n || str_eq_nocase(category, str_from(a->category))))
			own[n++] = a;
	}
	if (!page_init(&page, req, rep, n, PER_PAGE, false))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++)
		put_advice(w, &rep->body, own[i]);
	page_end(rep, &page);
}
