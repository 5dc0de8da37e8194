/* The cost model: a price list, and what weekdays, months, growth and accidents
 * make of it. Thread: core. */
#include "sim/cost/cost.h"

#include <math.h>

#include "base/count.h"
#include "base/rng.h"
#include "base/timefmt.h"
#include "sim/cost/cost_accident.h"
#include "sim/holiday.h"
#include "sim/rhythm.h"

#define REFERENCE_DAY  20454 /* 2026-01-01 */
#define MONTH_DAYS     30.44
#define HISTORY_MONTHS 13
#define LOOK_BACK_DAYS 28
#define MICRO	       1000000.0

#define AW    SUB_PROD, "rg-atlas-prod-weu"
#define AN    SUB_PROD, "rg-atlas-prod-neu"
#define QW    SUB_PROD, "rg-qodex-prod-weu"
#define QN    SUB_PROD, "rg-qodex-prod-neu"
#define AK    SUB_PROD, "MC_rg-atlas-prod-weu_aks-atlas-prod_westeurope"
#define QK    SUB_PROD, "MC_rg-qodex-prod-neu_aks-qodex-prod_northeurope"
#define TW    SUB_NONPROD, "rg-atlas-test-weu"
#define DW    SUB_NONPROD, "rg-qodex-dev-weu"
#define CI    SUB_SHARED, "rg-shared-ci-weu"
#define NET   SUB_SHARED, "rg-shared-network-weu"
#define MON   SUB_SHARED, "rg-shared-monitor-weu"
#define SQLDB "Microsoft.Sql/servers/databases"
#define VM    "Microsoft.Compute/virtualMachines"
#define VMSS  "Microsoft.Compute/virtualMachineScaleSets"
#define STOR  "Microsoft.Storage/storageAccounts"

const struct cost_line cost_lines[] = {
	{AW, "SQL Database", SQLDB, "atlas-orders", 74.10, .006, COST_USAGE},
	{AW, "SQL Database", SQLDB, "atlas-billing", 38.55, .004, COST_FLAT},
	{AW, "SQL Database", SQLDB, "atlas-reporting", 29.20, .011, COST_USAGE},
	{AW, "Virtual Machines", VM, "vm-atlas-app-01", 21.40, .002, COST_FLAT},
	{AW, "Storage", STOR, "stcontosoatlasweu", 12.83, .018, COST_FLAT},
	{AW, "Application Gateway", "Microsoft.Network/applicationGateways",
	 "agw-atlas-prod-weu", 10.95, .001, COST_FLAT},
	{AW, "Redis Cache", "Microsoft.Cache/Redis", "redis-atlas-prod-weu", 9.12, 0,
	 COST_FLAT},
	{AW, "Key Vault", "Microsoft.KeyVault/vaults", "kv-atlas-prod-weu", .000007, 0,
	 COST_FLAT},
	{AN, "SQL Database", SQLDB, "atlas-orders", 41.70, .005, COST_FLAT},
	{AN, "Storage", STOR, "stcontosoatlasneu", 6.31, .012, COST_FLAT},
	{AK, "Virtual Machines", VMSS, "aks-web-vmss", 88.60, .013, COST_USAGE},
	{AK, "Load Balancer", "Microsoft.Network/loadBalancers", "kubernetes", 2.05, 0,
	 COST_FLAT},
	{AK, "Bandwidth", VMSS, "aks-web-vmss", 4.40, .015, COST_USAGE},
	{QW, "SQL Database", SQLDB, "qodex-core", 33.90, .004, COST_FLAT},
	{QW, "SQL Database", SQLDB, "qodex-search", 25.15, .009, COST_USAGE},
	{QW, "SQL Database", SQLDB, "qodex-events", 46.35, .020, COST_USAGE},
	{QW, "Virtual Machines", VM, "vm-qodex-index-01", 18.75, .003, COST_FLAT},
	{QW, "Service Bus", "Microsoft.ServiceBus/namespaces", "sb-qodex-prod-weu", 3.10,
	 .010, COST_USAGE},
	{QW, "Storage", STOR, "stcontosoqodexweu", 15.22, .022, COST_FLAT},
	{QN, "SQL Database", SQLDB, "qodex-core", 22.60, .004, COST_FLAT},
	{QK, "Virtual Machines", VMSS, "aks-api-vmss", 71.35, .010, COST_USAGE},
	{SUB_PROD, "rg-recovery-neu", "Site Recovery",
	 "Microsoft.RecoveryServices/vaults", "rsv-replication-neu", 5.83, .002,
	 COST_FLAT},
	{SUB_PROD, "rg-recovery-weu", "Backup", "Microsoft.RecoveryServices/vaults",
	 "rsv-backup-weu", 4.26, .008, COST_FLAT},
	{SUB_PROD, "", "Azure Support", "", "", 85.00, 0, COST_FIRST},
	{SUB_PROD, "", "Virtual Machines", "", "", 412.00, 0, COST_FIRST},
	{SUB_PROD, "", "SQL Database", "", "", -12.30, 0, COST_REFUND},
	{TW, "SQL Database", SQLDB, "atlas-orders-test", 9.40, .005, COST_WORKDAYS},
	{TW, "Virtual Machines", VMSS, "aks-user-vmss", 14.30, .006, COST_WORKDAYS},
	{TW, "Storage", STOR, "stcontosotestweu", 1.76, .015, COST_FLAT},
	{DW, "Azure App Service", "Microsoft.Web/serverFarms", "plan-qodex-dev", 2.45, 0,
	 COST_FLAT},
	{CI, "Virtual Machines", VMSS, "vmss-build-agents", 24.80, .012, COST_WORKDAYS},
	{CI, "Container Registry", "Microsoft.ContainerRegistry/registries",
	 "crcontososhared", 1.62, .004, COST_FLAT},
	{CI, "SQL Database", SQLDB, "deploy-history", .49, 0, COST_FLAT},
	{NET, "Azure Firewall", "Microsoft.Network/azureFirewalls", "fw-hub-weu", 29.95,
	 0, COST_FLAT},
	{NET, "Bandwidth", "Microsoft.Network/virtualNetworks", "vnet-hub-weu", 3.35,
	 .011, COST_USAGE},
	{MON, "Log Analytics", "Microsoft.OperationalInsights/workspaces", "log-contoso",
	 31.60, .017, COST_USAGE},
	{DW, "Azure Databricks", "Microsoft.Databricks/workspaces", "dbw-qodex-trial",
	 18.40, 0, COST_GUEST},
	{TW, "Azure OpenAI", "Microsoft.CognitiveServices/accounts", "oai-atlas-trial",
	 11.70, 0, COST_GUEST},
	{QW, "Azure Cognitive Search", "Microsoft.Search/searchServices",
	 "srch-qodex-trial", 24.20, 0, COST_GUEST},
};
const size_t cost_n_lines = COUNT(cost_lines);

int64_t cost_today(const struct world *w)
{
	return rhythm_floor_div(w->now_ms, DAY_MS);
}

int64_t cost_month_start(int64_t day, int months)
{
	struct utc t = utc_from_ms(day * DAY_MS);
	int month = t.year * 12 + t.month - 1 + months;
	struct utc first = {.year = month / 12, .month = month % 12 + 1, .day = 1};

	return rhythm_floor_div(utc_to_ms(&first), DAY_MS);
}

int64_t cost_first_day(const struct world *w)
{
	return cost_month_start(cost_today(w), -HISTORY_MONTHS);
}

static double shape_factor(const struct cost_line *line, int64_t day)
{
	int weekday = rhythm_weekday(day);
	bool is_weekend = weekday == 0 || weekday == 6 || holiday_is(day);
	struct utc t = utc_from_ms(day * DAY_MS);
	bool ends_month = utc_from_ms((day + 2) * DAY_MS).month != t.month;

	switch (line->shape) {
	case COST_FLAT:
	case COST_GUEST:
		return 1;
	case COST_WORKDAYS:
		return is_weekend ? 0.32 : 1;
	case COST_USAGE:
		return (is_weekend ? 0.71 : 1) * (ends_month ? 1.22 : 1) *
		       (t.month == 12 ? 1.08 : 1);
	case COST_FIRST:
		return t.day == 1 ? 1 : 0;
	case COST_REFUND:
		return t.day == 15 ? 1 : 0;
	}
	return 1;
}

int64_t cost_whole_day(const struct world *w, const struct cost_line *line, int64_t day)
{
	uint64_t seed = rng_mix(w->seed, 0x636f7374u + (uint64_t)(line - cost_lines));
	double months = fmax(-60, fmin(60, (double)(day - REFERENCE_DAY) / MONTH_DAYS));
	double noise = 1 + 0.07 * (rng_at(seed, (uint64_t)day) - 0.5);
	double euros = line->daily * shape_factor(line, day);

	if (line->shape == COST_FIRST || line->shape == COST_REFUND)
		return (int64_t)llround(euros * MICRO);
	euros *= pow(1 + line->growth, months) * noise *
		 accident_factor(w->seed, (size_t)(line - cost_lines), day);
	return (int64_t)llround(euros * MICRO);
}

int64_t cost_booked(const struct world *w, const struct cost_line *line, int64_t day)
{
	int64_t today = cost_today(w), whole;
	int64_t hour = (w->now_ms - today * DAY_MS) / HOUR_MS;

	if (day > today || day < cost_first_day(w))
		return 0;
	whole = cost_whole_day(w, line, day);
	if (day < today)
		return whole;
	return line->shape == COST_FIRST || line->shape == COST_REFUND
		       ? whole
		       : whole * hour / 24;
}

int64_t cost_amortised(const struct world *w, const struct cost_line *line, int64_t day)
{
	int64_t first = cost_month_start(day, 0), days = cost_month_start(day, 1) - first;

	if (line->shape != COST_FIRST)
		return cost_booked(w, line, day);
	return day > cost_today(w) ? 0 : cost_booked(w, line, first) / days;
}

double cost_expected(const struct world *w, const struct cost_line *line, int64_t day)
{
	int64_t back = (day - cost_today(w)) / 7 * 7 + 7;
	double sum = 0;

	for (int64_t at = day - back; at > day - back - LOOK_BACK_DAYS; at -= 7)
		sum += (double)cost_booked(w, line, at);
	return sum / (LOOK_BACK_DAYS / 7);
}
