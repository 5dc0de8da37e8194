/* Every address where something is changed, and those that are read only by who changes
 * it: the thing by itself, and how its operation goes on. Thread: any (const). */
#include "sim/k8s/aks.h"
#include "sim/compute/compute.h"
#include "sim/dr/dr.h"
#include "sim/watch/fired.h"
#include "sim/logs/logs.h"
#include "sim/one.h"
#include "sim/tenant/rights.h"
#include "sim/route.h"
#include "sim/sql/sql.h"
#include "sim/write/write_rules.h"
#include "sim/devops/devops_builds.h"

/* clang-format off: one address a line reads best */
#define SUB	 "/subscriptions/{sub}"
#define RG	 SUB "/resourceGroups/{rg}"
#define SRV	 RG "/providers/Microsoft.Sql/servers/{server}"
#define POSTGRES RG "/providers/Microsoft.DBforPostgreSQL/flexibleServers/{postgres}"
#define CAPACITY RG "/providers/Microsoft.Fabric/capacities/{capacity}"
#define VM	 RG "/providers/Microsoft.Compute/virtualMachines/{vm}"
#define POOL                                                                             \
	RG "/providers/Microsoft.ContainerService/managedClusters/{cluster}/agentPools/" \
	   "{pool}"
#define PLAN                                                                             \
	RG "/providers/Microsoft.RecoveryServices/vaults/{vault}/"                       \
	   "replicationRecoveryPlans/{plan}"
#define TABLE	   RG "/providers/Microsoft.OperationalInsights/workspaces/{ws}/tables/{table}"
#define ALERT	   SUB "/providers/Microsoft.AlertsManagement/alerts/{alert}"
#define ONE	   RG "/providers/{namespace}/{type}/{name}"
#define TWO	   ONE "/{type2}/{name2}"
#define TAGS	   "/providers/Microsoft.Resources/tags/default"
#define MINE	   "/providers/Microsoft.Authorization/permissions"
#define LOCATION   SUB "/providers/{namespace}/locations/{loc}"
#define PROJECT	   "/_devops/contoso/{project}/_apis"
#define ELASTIC	   "/_devops/contoso/_apis/distributedtask/elasticpools/{pool}"
#define NS	   "/_k8s/{k8s}/apis/{apigroup}/{version}/namespaces/{namespace}"
#define DEPLOYMENT NS "/deployments/{name}"

#define PROVIDER_VERSIONS "2022-09-01 2021-04-01"
#define TAG_VERSIONS	  "2022-09-01 2021-04-01"
#define RIGHTS_VERSIONS	  "2022-04-01"
#define POSTGRES_VERSIONS "2024-08-01 2022-12-01"
#define FABRIC_VERSIONS	  "2023-11-01"

#define READ(kind, path, versions, fn)                                                   \
	{                                                                                \
		ROUTE_##kind, SIM_GET, false, path, versions, fn, NULL                   \
	}
#define WRITE(kind, verb, path, versions, rule)                                          \
	{                                                                                \
		ROUTE_##kind, SIM_##verb, false, path, versions, NULL, &(rule)           \
	}

const struct route sim_write_routes[] = {
	READ(ARM, LOCATION "/operations/{operation}", "*", write_status),
	READ(ARM, LOCATION "/operationstatuses/{operation}", "*", write_status),
	READ(ARM, LOCATION "/operationresults/{operation}", "*", write_result),
	READ(ARM, LOCATION "/azureAsyncOperation/{operation}", "*", write_status),
	READ(ARM, LOCATION "/elasticPoolAzureAsyncOperation/{operation}", "*",
	     write_status),
	READ(ARM, LOCATION "/elasticPoolOperationResults/{operation}", "*", write_result),
	READ(ARM, LOCATION "/databaseAzureAsyncOperation/{operation}", "*", write_status),
	READ(ARM, LOCATION "/databaseOperationResults/{operation}", "*", write_result),
	READ(ARM, LOCATION "/failoverGroupAzureAsyncOperation/{operation}", "*",
	     write_status),
	READ(ARM, LOCATION "/failoverGroupOperationResults/{operation}", "*",
	     write_result),
	READ(ARM, PLAN "/operationresults/{operation}", "*", write_result),

	READ(ARM, SRV "/elasticPools/{pool}", SQL_VERSIONS, one_by_name),
	WRITE(ARM, PATCH, SRV "/elasticPools/{pool}", SQL_VERSIONS, write_sql_pool),
	WRITE(ARM, POST, SRV "/databases/{db}/pause", SQL_VERSIONS,
	      write_warehouse_pause),
	WRITE(ARM, POST, SRV "/databases/{db}/resume", SQL_VERSIONS,
	      write_warehouse_resume),
	READ(ARM, SRV "/failoverGroups/{fog}", SQL_VERSIONS, one_by_name),
	WRITE(ARM, POST, SRV "/failoverGroups/{fog}/failover", SQL_VERSIONS,
	      write_group_failover),
	WRITE(ARM, POST, SRV "/failoverGroups/{fog}/forceFailoverAllowDataLoss",
	      SQL_VERSIONS, write_group_forced),

	WRITE(ARM, POST, POSTGRES "/stop", POSTGRES_VERSIONS, write_postgres_stop),
	WRITE(ARM, POST, POSTGRES "/start", POSTGRES_VERSIONS, write_postgres_start),

	WRITE(ARM, POST, CAPACITY "/suspend", FABRIC_VERSIONS, write_capacity_suspend),
	WRITE(ARM, POST, CAPACITY "/resume", FABRIC_VERSIONS, write_capacity_resume),

	READ(ARM, PLAN, DR_VERSIONS, one_by_name),
	WRITE(ARM, POST, PLAN "/testFailover", DR_VERSIONS, write_test_failover),
	WRITE(ARM, POST, PLAN "/testFailoverCleanup", DR_VERSIONS, write_test_cleanup),
	WRITE(ARM, POST, PLAN "/plannedFailover", DR_VERSIONS, write_planned_failover),
	WRITE(ARM, POST, PLAN "/unplannedFailover", DR_VERSIONS,
	      write_unplanned_failover),
	WRITE(ARM, POST, PLAN "/failoverCommit", DR_VERSIONS, write_failover_commit),
	WRITE(ARM, POST, PLAN "/reProtect", DR_VERSIONS, write_re_protect),

	READ(ARM, POOL, AKS_VERSIONS, one_by_name),
	WRITE(ARM, PUT, POOL, AKS_VERSIONS, write_node_pool),

	WRITE(ARM, POST, VM "/start", COMPUTE_VERSIONS, write_vm_start),
	WRITE(ARM, POST, VM "/deallocate", COMPUTE_VERSIONS, write_vm_deallocate),

	READ(ARM, ALERT, FIRED_VERSIONS, alert_get),
	WRITE(ARM, POST, ALERT "/changestate", FIRED_VERSIONS, write_alert_state),
	READ(ARM, TABLE, LOGS_VERSIONS, one_by_name),
	WRITE(ARM, PATCH, TABLE, LOGS_VERSIONS, write_log_table),

	READ(ARM, SUB "/providers/{namespace}", PROVIDER_VERSIONS, provider_get),
	READ(ARM, RG MINE, RIGHTS_VERSIONS, rights_list),
	READ(ARM, ONE MINE, RIGHTS_VERSIONS, rights_list),
	READ(ARM, TWO MINE, RIGHTS_VERSIONS, rights_list),
	READ(ARM, ONE TAGS, TAG_VERSIONS, tags_get),
	READ(ARM, TWO TAGS, TAG_VERSIONS, tags_get),
	WRITE(ARM, PATCH, ONE TAGS, TAG_VERSIONS, write_tags),
	WRITE(ARM, PATCH, TWO TAGS, TAG_VERSIONS, write_tags),

	READ(DEVOPS, ELASTIC, NULL, one_of_devops),
	WRITE(DEVOPS, PATCH, ELASTIC, NULL, write_elastic_pool),
	READ(DEVOPS, PROJECT "/pipelines/approvals/{approval}", NULL, one_of_devops),
	WRITE(DEVOPS, PATCH, PROJECT "/pipelines/approvals", NULL, write_approvals),
	READ(DEVOPS, PROJECT "/build/builds/{build}", NULL, devops_get_build),
	READ(DEVOPS, PROJECT "/build/builds/{build}/timeline", NULL, devops_get_timeline),
	WRITE(DEVOPS, PATCH, PROJECT "/build/builds/{build}/stages/{stage}", NULL,
	      write_stage),

	READ(K8S, NS "/scaledobjects/{name}", NULL, one_object),
	WRITE(K8S, PATCH, NS "/scaledobjects/{name}", NULL, write_k8s_scaled),
	READ(K8S, DEPLOYMENT, NULL, one_object),
	WRITE(K8S, PATCH, DEPLOYMENT, NULL, write_k8s_deployment),
	READ(K8S, DEPLOYMENT "/scale", NULL, k8s_get_scale),
	WRITE(K8S, PATCH, DEPLOYMENT "/scale", NULL, write_k8s_scale),

	READ(SERVICE, "/_pagerduty/incidents/{incident}", NULL, pagerduty_get_incident),
	WRITE(SERVICE, PUT, "/_pagerduty/incidents/{incident}", NULL, write_incident),
	WRITE(SERVICE, POST, "/_alertmanager/api/v2/silences", NULL, write_silence),
	READ(SERVICE, "/_alertmanager/api/v2/silence/{silence}", NULL,
	     alertmanager_get_silence),
	WRITE(SERVICE, DELETE, "/_alertmanager/api/v2/silence/{silence}", NULL,
	      write_silence_end),

	/* Last: what any resource is, by its id. */
	READ(ARM, ONE, "*", one_resource),
	READ(ARM, TWO, "*", one_resource),
	WRITE(ARM, DELETE, RG "/providers/Microsoft.Compute/disks/{name}", "*",
	      write_delete),
	WRITE(ARM, DELETE, RG "/providers/Microsoft.Compute/snapshots/{name}", "*",
	      write_delete),
	WRITE(ARM, DELETE, RG "/providers/Microsoft.Network/publicIPAddresses/{name}",
	      "*", write_delete),
	WRITE(ARM, DELETE, RG "/providers/Microsoft.Network/networkInterfaces/{name}",
	      "*", write_delete),
	WRITE(ARM, DELETE, RG "/providers/Microsoft.Web/serverfarms/{name}", "*",
	      write_delete),

	{ROUTE_OPEN, SIM_OTHER, false, NULL, NULL, NULL, NULL},
};
/* clang-format on */
