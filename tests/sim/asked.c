/* See asked.h. */
#include "sim/asked.h"

#include "base/count.h"

const struct asked asked[] = {
#define SQL_SERVERS "{sub}/providers/Microsoft.Sql/servers"
#define FILTER	    "$filter=DatabaseResourceId%20eq%20'*'"
	{"/servers/{server}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=cpu_percent,storage_percent&interval=PT5M&" FILTER, NULL},
	{"/databases/{db}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=cpu_percent&aggregation=average,maximum", NULL},
	{"/databases/{db}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=storage,connection_failed&timespan=PT6H&interval=PT1H", NULL},
	{"/databases/{db}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=replication_lag_seconds&aggregation=maximum&$filter="
	 "PartnerServerName%20eq%20'*'",
	 NULL},
	{SQL_SERVERS, SIM_GET, "&$expand=administrators/activedirectory", NULL},
	{SQL_SERVERS, SIM_GET, "", NULL},
	{"/components/{component}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=requests/count,requests/duration&aggregation=count,average", NULL},
	{"/api/query", SIM_POST, "",
	 "{\"query\":\"Usage | where IsBillable\",\"timespan\":\"P8D\"}"},
	{"/api/query", SIM_POST, "",
	 "{\"query\":\"AppAvailabilityResults | where TimeGenerated > ago(30d)\","
	 "\"timespan\":\"P30D\"}"},
	{"/{vault}/backupJobs", SIM_GET, "", NULL},
	{"/{vault}/backupJobs", SIM_GET,
	 "&$filter=operation%20eq%20'Restore'%20and%20startTime%20eq%20'2026-03-11%20"
	 "12:00:00%20AM'",
	 NULL},
	{"/elasticPools/{pool}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=cpu_percent,storage_percent&interval=PT15M", NULL},
	{"/components/{component}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=availabilityResults/availabilityPercentage&interval=PT1H&timespan="
	 "P3D",
	 NULL},
	{"/profiles/{profile}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=OriginHealthPercentage&$filter=Origin%20eq%20'*'", NULL},
	{"/profiles/{profile}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=RequestCount,Percentage5XX,TotalLatency&interval=PT5M", NULL},
	{"/databases/{db}", SIM_PATCH, "", "{\"sku\":{\"name\":\"P2\"}}"},
#define SUM "\"aggregation\":{\"totalCost\":{\"name\":\"Cost\",\"function\":\"Sum\"}}"
#define BY  "\"grouping\":[{\"type\":\"Dimension\",\"name\":\"ServiceName\"}]"
	{"CostManagement/query", SIM_POST, "",
	 "{\"type\":\"ActualCost\",\"timeframe\":\"MonthToDate\",\"dataset\":"
	 "{\"granularity\":\"Daily\"," SUM "," BY "}}"},
	{"CostManagement/query", SIM_POST, "",
	 "{\"type\":\"ActualCost\",\"timeframe\":\"TheLastMonth\",\"dataset\":{" SUM
	 "}}"},
	{"CostManagement/query", SIM_POST, "",
	 "{\"type\":\"AmortizedCost\",\"timeframe\":\"Custom\",\"timePeriod\":{\"from\":"
	 "\"2025-06-01T00:00:00Z\",\"to\":\"2026-06-30T00:00:00Z\"},\"dataset\":"
	 "{\"granularity\":\"Monthly\"," SUM "}}"},
	{"CostManagement/forecast", SIM_POST, "",
	 "{\"type\":\"ActualCost\",\"timeframe\":\"Custom\",\"timePeriod\":{\"from\":"
	 "\"2026-06-01T00:00:00Z\",\"to\":\"2026-06-30T00:00:00Z\"},\"dataset\":"
	 "{\"granularity\":\"Daily\"," SUM "}}"},
	{"CostManagement/query", SIM_POST, "",
	 "{\"type\":\"ActualCost\",\"timeframe\":\"MonthToDate\",\"dataset\":{" SUM
	 ",\"grouping\":[{\"type\":\"TagKey\",\"name\":\"workload\"}]}}"},
	{"/recommendations", SIM_GET, "&$filter=Category%20eq%20'Cost'", NULL},
	{"/recommendations", SIM_GET, "", NULL},
	{"/eventtypes/management/values", SIM_GET,
	 "&$filter=eventTimestamp%20ge%20'2026-06-15T00:00:00Z'%20and%20eventTimestamp%"
	 "20le"
	 "%20'2026-06-22T00:00:00Z'",
	 NULL},
	{"AlertsManagement/alerts", SIM_GET, "&timeRange=30d&pageCount=250", NULL},
	{"/Redis/{redis}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=serverLoad,evictedkeys&interval=PT5M", NULL},
	{"/service/{apim}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=Capacity,Requests,Duration&interval=PT5M", NULL},
	{"/sites/{site}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=Requests,Http5xx,HttpResponseTime&interval=PT5M", NULL},
	{"/versions/{version}", SIM_GET, "&$expand=ReplicationStatus", NULL},
	{"/resources", SIM_POST, "",
	 "{\"query\":\"resources | where type =~ 'microsoft.compute/virtualmachines' "
	 "| project id, name, properties | order by id asc\","
	 "\"options\":{\"$top\":5,\"resultFormat\":\"objectArray\"}}"},
	{"/accounts/{oai}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=ProcessedPromptTokens&$filter=ModelDeploymentName%20eq%20'*'",
	 NULL},
	{"/_prometheus/api/v1/query", SIM_GET, "?query=up", NULL},
	{"/_keyvault/{keyvault}/secrets/{secret}", SIM_GET, "?api-version=7.4", NULL},
	{"/secrets/{secret}/{version}", SIM_GET, "?api-version=7.4", NULL},
	{"/_keyvault/{keyvault}/certificates", SIM_GET, "?api-version=7.4", NULL},
	{"/certificates/{certificate}/policy", SIM_GET, "?api-version=7.4", NULL},
	{"/_zendesk/api/v2/search.json", SIM_GET, "?query=type:ticket", NULL},
	{"/_intercom/conversations/search", SIM_POST, "", "{}"},
	{"/queryPipelineRuns", SIM_POST, "",
	 "{\"lastUpdatedAfter\":\"2026-06-17T00:00:00Z\","
	 "\"lastUpdatedBefore\":\"2026-07-19T00:00:00Z\"}"},
	{"/flexibleServers/{postgres}/providers/Microsoft.Insights/metrics", SIM_GET,
	 "&metricnames=cpu_percent,storage_percent&interval=PT5M", NULL},
	{"/policy/evaluations", SIM_GET,
	 "&artifactId=vstfs:///CodeReview/CodeReviewId/"
	 "00000000-0000-0000-0000-000000000000/4711",
	 NULL},
	{"/oauth2/v2.0/token", SIM_POST, "",
	 "grant_type=client_credentials&client_id=test&scope="
	 "https%3A%2F%2Fmanagement.azure.com%2F.default"},
};
const size_t n_asked = COUNT(asked);
