#!/bin/sh
# Holds what the simulator answers against Azure's published interface: one
# exchange per ARM address is recorded with curl and given to arm-conformance.
# Skips (77) when that tool or its oav is not there. AZ_ARM_CONFORMANCE names the
# tool's folder, AZ_ARM_SPECS the folder with the specifications, AZ_SIM the
# command that serves ("azdeck sim").
set -eu

srcdir=${AZ_SRCDIR:-.}
builddir=${AZ_BUILDDIR:-.}
tool=${AZ_ARM_CONFORMANCE:-$srcdir/../shared/tools/arm-conformance}
specs=${AZ_ARM_SPECS:-$srcdir/../shared/specs}
server=${AZ_SIM:-"$builddir/azdeck sim"}

skip() {
	echo "1..0 # SKIP $1"
	exit 77
}
command -v curl >/dev/null || skip "curl is not installed"
command -v node >/dev/null || skip "node is not installed"
[ -f "$tool/arm-conformance.js" ] || skip "arm-conformance is not there"
[ -d "$tool/node_modules/oav" ] || skip "npm package oav is not installed"
[ -d "$specs" ] || skip "the published specifications are not there"

dir=$(mktemp -d)
pid=
trap 'if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || :; fi; rm -rf "$dir"' EXIT
$server --listen 127.0.0.1:0 >"$dir/url" &
pid=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	[ -s "$dir/url" ] && break
	sleep 0.1
done
url=$(head -n 1 "$dir/url")
[ -n "$url" ] || { echo "1..1"; echo "not ok 1 - the simulator did not start"; exit 1; }
token=$(curl -s -d 'grant_type=client_credentials&client_id=test' \
	"$url/common/oauth2/v2.0/token" | sed 's/.*"access_token":"\([^"]*\)".*/\1/')

# record NAME METHOD PATH [BODY]
record() {
	status=$(curl -s -g -X "$2" -o "$dir/body" -w '%{http_code}' \
		-H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
		${4:+-d "$4"} "$url$3")
	printf '{"name":"%s","method":"%s","url":"https://management.azure.com%s",' \
		"$1" "$2" "$3"
	printf '"headers":{"content-type":"application/json"},"body":%s,' "${4:-null}"
	printf '"response":{"status":%s,"headers":{"content-type":"application/json"},' \
		"$status"
	printf '"body":'
	if [ -s "$dir/body" ]; then cat "$dir/body"; else printf null; fi
	printf '}}\n'
}

prod=/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01
test=/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c02
shared=/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c03
atlas=$prod/resourceGroups/rg-atlas-prod-weu
qodex=$prod/resourceGroups/rg-qodex-prod-weu
sql=providers/Microsoft.Sql/servers
srv=$atlas/$sql/sql-atlas-prod-weu
qsrv=$qodex/$sql/sql-qodex-prod-weu
tsrv=$test/resourceGroups/rg-atlas-test-weu/$sql/sql-test-weu
csrv=$shared/resourceGroups/rg-shared-ci-weu/$sql/sql-shared-weu
rsv=providers/Microsoft.RecoveryServices/vaults
dr=$prod/resourceGroups/rg-recovery-neu/$rsv/rsv-replication-neu
bak=$prod/resourceGroups/rg-recovery-weu/$rsv/rsv-backup-weu
aks=providers/Microsoft.ContainerService/managedClusters
cost=providers/Microsoft.CostManagement
metrics=providers/Microsoft.Insights/metrics
sqlv='api-version=2021-11-01'
filter='%24filter=DatabaseResourceId%20eq%20%27%2A%27'
sum='"aggregation":{"totalCost":{"name":"Cost","function":"Sum"}}'
by='"grouping":[{"type":"Dimension","name":"ServiceName"}]'

{
	record subscriptions GET "/subscriptions?api-version=2022-12-01"
	record subscription GET "$prod?api-version=2022-12-01"
	record tenants GET "/tenants?api-version=2022-12-01"
	record groups GET "$prod/resourcegroups?api-version=2021-04-01"
	record group GET "$atlas?api-version=2021-04-01"
	record resources GET "$prod/resources?api-version=2021-04-01"
	record group-resources GET "$atlas/resources?api-version=2021-04-01"
	record servers GET "$prod/$sql?$sqlv"
	record server GET "$srv?$sqlv"
	record databases GET "$srv/databases?$sqlv"
	record databases-qodex GET "$qsrv/databases?$sqlv"
	record databases-test GET "$tsrv/databases?$sqlv"
	record databases-shared GET "$csrv/databases?$sqlv"
	record database GET "$srv/databases/atlas-reporting-ro?$sqlv"
	record scale PATCH "$srv/databases/atlas-sessions?$sqlv" '{"sku":{"name":"P2"}}'
	record operations GET "$srv/databases/atlas-sessions/operations?$sqlv"
	record operations-failed GET "$qsrv/databases/qodex-jobs/operations?$sqlv"
	record links GET "$srv/databases/atlas-orders/replicationLinks?$sqlv"
	record server-links GET "$srv/replicationLinks?$sqlv"
	record failover-groups GET "$srv/failoverGroups?$sqlv"
	record failover-groups-manual GET "$qsrv/failoverGroups?$sqlv"
	record pools GET "$qsrv/elasticPools?$sqlv"
	record pools-vcore GET "$tsrv/elasticPools?$sqlv"
	record pool-databases GET "$qsrv/elasticPools/pool-qodex-tenants/databases?$sqlv"
	record server-metrics GET \
		"$srv/$metrics?api-version=2024-02-01&metricnames=cpu_percent,storage_percent&interval=PT5M&$filter"
	record database-metrics GET \
		"$srv/databases/atlas-orders/$metrics?api-version=2024-02-01&metricnames=cpu_percent&aggregation=average,maximum"
	record pool-metrics GET \
		"$qsrv/elasticPools/pool-qodex-tenants/$metrics?api-version=2024-02-01&metricnames=eDTU_used"
	record vaults GET "$prod/$rsv?api-version=2024-04-01"
	record usages GET "$dr/replicationUsages?api-version=2024-04-01"
	record items GET "$dr/replicationProtectedItems?api-version=2024-04-01"
	record plans GET "$dr/replicationRecoveryPlans?api-version=2024-04-01"
	record jobs GET "$dr/replicationJobs?api-version=2024-04-01"
	record vault-health GET "$dr/replicationVaultHealth?api-version=2024-04-01"
	record backup-items GET "$bak/backupProtectedItems?api-version=2024-04-01"
	record backup-jobs GET "$bak/backupJobs?api-version=2024-04-01"
	record clusters GET "$prod/$aks?api-version=2024-09-01"
	record cluster GET "$atlas/$aks/aks-atlas-prod?api-version=2024-09-01"
	record node-pools GET "$atlas/$aks/aks-atlas-prod/agentPools?api-version=2024-09-01"
	record cost-daily POST "$prod/$cost/query?api-version=2024-08-01" \
		"{\"type\":\"ActualCost\",\"timeframe\":\"MonthToDate\",\"dataset\":{\"granularity\":\"Daily\",$sum,$by}}"
	record cost-total POST "$atlas/$cost/query?api-version=2024-08-01" \
		"{\"type\":\"ActualCost\",\"timeframe\":\"TheLastMonth\",\"dataset\":{$sum}}"
	record forecast POST "$prod/$cost/forecast?api-version=2024-08-01" \
		"{\"type\":\"ActualCost\",\"timeframe\":\"Custom\",\"timePeriod\":{\"from\":\"$(date -u +%Y-%m-01T00:00:00Z)\",\"to\":\"$(date -u +%Y-%m-28T00:00:00Z)\"},\"dataset\":{\"granularity\":\"Daily\",$sum}}"
	record budgets GET "$prod/providers/Microsoft.Consumption/budgets?api-version=2024-08-01"
	record health GET \
		"$prod/providers/Microsoft.ResourceHealth/availabilityStatuses?api-version=2024-02-01"
} >"$dir/exchanges.jsonl"

total=$(wc -l <"$dir/exchanges.jsonl")
echo "1..1"
if node "$tool/arm-conformance.js" --specs "$specs" --quiet "$dir/exchanges.jsonl" \
	>"$dir/report" 2>&1; then
	echo "ok 1 - $total exchanges conform"
else
	sed 's/^/# /' "$dir/report"
	[ -z "${AZ_KEEP:-}" ] || cp "$dir/exchanges.jsonl" "$AZ_KEEP"
	echo "not ok 1 - the simulator's answers conform"
	exit 1
fi
