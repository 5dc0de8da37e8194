/* Every address the simulator answers. Thread: any (const). */
#include "sim/tenant/access.h"
#include "sim/watch/activity.h"
#include "sim/cost/advisor.h"
#include "sim/k8s/aks.h"
#include "sim/watch/alarm.h"
#include "sim/cost/billing.h"
#include "sim/cost/budget.h"
#include "sim/entry/cert.h"
#include "sim/ci/ci.h"
#include "sim/compute/compute.h"
#include "sim/compute/container.h"
#include "sim/cost/cost_question.h"
#include "sim/data/data.h"
#include "sim/desk/desk.h"
#include "sim/devops/devops.h"
#include "sim/devops/devops_builds.h"
#include "sim/entry/dns.h"
#include "sim/dr/dr.h"
#include "sim/entry/entry.h"
#include "sim/watch/event.h"
#include "sim/watch/fired.h"
#include "sim/graph/graph.h"
#include "sim/watch/health.h"
#include "sim/logs/insights.h"
#include "sim/inventory.h"
#include "sim/k8s/k8s.h"
#include "sim/compute/keyvault.h"
#include "sim/logs/logs.h"
#include "sim/openai/openai.h"
#include "sim/posture/posture.h"
#include "sim/compute/quota.h"
#include "sim/route.h"
#include "sim/watch/service_metrics.h"
#include "sim/sql/sql.h"
#include "sim/sql/sql_metrics.h"
#include "sim/tenant/tenant.h"
#include "sim/tenant/tenant_device.h"
#include "sim/ci/tfstate.h"
#include "sim/compute/webapp.h"

/* clang-format off: one address a line reads best */
#define SUB	  "/subscriptions/{sub}"
#define HEALTH	  "/providers/Microsoft.ResourceHealth/availabilityStatuses"
#define RG	  SUB "/resourceGroups/{rg}"
#define SQL	  "/providers/Microsoft.Sql"
#define SRV	  RG SQL "/servers/{server}"
#define DB	  SRV "/databases/{db}"
#define METRICS	  "/providers/Microsoft.Insights/metrics"
#define RSV	  "/providers/Microsoft.RecoveryServices/vaults"
#define VAULT	  RG RSV "/{vault}"
#define AKS	  "/providers/Microsoft.ContainerService/managedClusters"
#define COMPUTE	  "/providers/Microsoft.Compute"
#define ACCOUNT	  "/providers/Microsoft.Billing/billingAccounts/{account}"
#define PROFILE	  ACCOUNT "/billingProfiles/{billing}"
#define CONS	  "/providers/Microsoft.Consumption"
#define AUTH	  "/providers/Microsoft.Authorization"
#define GUARD	  "/providers/Microsoft.Security"
#define LOGS	  "/providers/Microsoft.OperationalInsights/workspaces"
#define APPS	  "/providers/Microsoft.Insights/components"
#define COST	  "/providers/Microsoft.CostManagement"
#define CDN	  "/providers/Microsoft.Cdn/profiles"
#define AFD	  RG CDN "/{profile}"
#define COGNITIVE "/providers/Microsoft.CognitiveServices/accounts"
#define ML	  "/providers/Microsoft.MachineLearningServices/workspaces"
#define TASK	  "/_devops/contoso/_apis/distributedtask"
#define PROJECT	  "/_devops/contoso/{project}/_apis"

#define K8 "/_k8s/{k8s}"
#define NS "/namespaces/{namespace}"

#define RESOURCES_VERSIONS "2022-12-01 2022-09-01 2021-04-01 2020-01-01"

#define OPEN(verb, path, fn)                                                             \
	{                                                                                \
		ROUTE_OPEN, SIM_##verb, false, path, NULL, fn, NULL                      \
	}
#define ARM(verb, path, versions, fn)                                                    \
	{                                                                                \
		ROUTE_ARM, SIM_##verb, false, path, versions, fn, NULL                   \
	}
#define ASK(path, versions, fn)                                                          \
	{                                                                                \
		ROUTE_ARM, SIM_POST, true, path, versions, fn, NULL                      \
	}
#define DEVOPS(path, fn)                                                                 \
	{                                                                                \
		ROUTE_DEVOPS, SIM_GET, false, path, NULL, fn, NULL                       \
	}
#define SERVICE(path, fn)                                                                \
	{                                                                                \
		ROUTE_SERVICE, SIM_GET, false, path, NULL, fn, NULL                      \
	}
#define SERVICE_ASK(path, fn)                                                            \
	{                                                                                \
		ROUTE_SERVICE, SIM_POST, true, path, NULL, fn, NULL                      \
	}

#define CLUSTER(path, fn)                                                                \
	{                                                                                \
		ROUTE_K8S, SIM_GET, false, K8 path, NULL, fn, NULL                       \
	}
/* Of all namespaces, and of one. */
#define K8S(group, what, fn)                                                             \
	{ROUTE_K8S, SIM_GET, false, K8 group "/" what, NULL, fn, NULL},                  \
	{                                                                                \
		ROUTE_K8S, SIM_GET, false, K8 group NS "/" what, NULL, fn, NULL          \
	}

const struct route sim_routes[] = {
	OPEN(POST, "/_openai/{oai}/openai/v1/chat/completions", openai_chat),
	OPEN(POST, "/_openai/{oai}/openai/deployments/{deployment}/chat/completions",
	     openai_chat_classic),
	OPEN(POST, "/_openai/{oai}/openai/v1/embeddings", openai_embed),
	OPEN(POST, "/_openai/{oai}/openai/v1/responses", openai_responses),
	OPEN(POST, "/_openai/{oai}/openai/deployments/{deployment}/embeddings",
	     openai_embed_classic),
	OPEN(POST, "/{tenant}/oauth2/v2.0/token", tenant_token),
	OPEN(POST, "/{tenant}/oauth2/v2.0/devicecode", tenant_device_code),
	OPEN(GET, "/metadata/endpoints", tenant_endpoints),

	ARM(GET, "/tenants", RESOURCES_VERSIONS, tenant_list_tenants),
	ARM(GET, "/subscriptions", RESOURCES_VERSIONS, tenant_list_subs),
	ARM(GET, SUB, RESOURCES_VERSIONS, tenant_get_sub),
	ARM(GET, SUB "/resourceGroups", RESOURCES_VERSIONS, tenant_list_groups),
	ARM(GET, RG, RESOURCES_VERSIONS, tenant_get_group),
	ARM(GET, SUB "/resources", RESOURCES_VERSIONS, inventory_list),
	ARM(GET, RG "/resources", RESOURCES_VERSIONS, inventory_list_group),

	ARM(GET, RG COMPUTE "/virtualMachineScaleSets/{vmss}/instanceView",
	    COMPUTE_VERSIONS, vmss_instance_view),
	ARM(GET, RG COMPUTE "/galleries/{gallery}/images/{image}/versions/{version}",
	    GALLERY_VERSIONS, gallery_get_version),

	ARM(GET, RG "/providers/Microsoft.ContainerInstance/containerGroups/{group_name}",
	    ACI_VERSIONS, aci_get_group),
	ARM(GET,
	    RG "/providers/Microsoft.ContainerRegistry/registries/{registry}/listUsages",
	    ACR_VERSIONS, acr_list_usages),
	ARM(GET, RG "/providers/Microsoft.Network/dnsZones/{zone}/recordsets",
	    DNS_VERSIONS, dns_list_records),
	ARM(GET, RG "/providers/Microsoft.Cache/Redis/{redis}" METRICS, METRICS_VERSIONS,
	    redis_metrics),
	ARM(GET, RG "/providers/Microsoft.ApiManagement/service/{apim}" METRICS,
	    METRICS_VERSIONS, apim_metrics),
	ARM(GET, RG "/providers/Microsoft.Web/sites/{site}" METRICS, METRICS_VERSIONS,
	    site_metrics),
	ASK(RG "/providers/Microsoft.Web/sites/{site}/config/appsettings/list",
	    WEB_VERSIONS, webapp_list_settings),
	ASK(RG "/providers/Microsoft.Web/sites/{site}/config/connectionstrings/list",
	    WEB_VERSIONS, webapp_list_connections),

	ASK("/providers/Microsoft.ResourceGraph/resources", GRAPH_VERSIONS, graph_query),

	ARM(GET, SUB SQL "/servers", SQL_VERSIONS, sql_list_servers),
	ARM(GET, SRV, SQL_VERSIONS, sql_get_server),
	ARM(GET, SRV METRICS, METRICS_VERSIONS, sql_server_metrics),
	ARM(GET, SRV "/databases", SQL_VERSIONS, sql_list_databases),
	ARM(GET, DB, SQL_VERSIONS, sql_get_database),
	ARM(PATCH, DB, SQL_VERSIONS, sql_patch_database),
	ARM(GET, DB METRICS, METRICS_VERSIONS, sql_database_metrics),
	ARM(GET, DB "/operations", SQL_VERSIONS, sql_list_operations),
	ARM(GET, DB "/replicationLinks", SQL_VERSIONS, sql_list_links),
	ARM(GET, DB "/transparentDataEncryption/current", SQL_VERSIONS,
	    sql_get_encryption),
	ARM(GET, SRV "/auditingSettings/default", SQL_VERSIONS, sql_get_auditing),
	ARM(GET, SRV "/firewallRules", SQL_VERSIONS, sql_list_firewall_rules),
	ARM(GET, DB "/restorePoints", SQL_VERSIONS, sql_list_restore_points),
	ARM(GET,
	    SUB SQL "/locations/{loc}/longTermRetentionServers/{server}/"
		    "longTermRetentionBackups",
	    SQL_VERSIONS, sql_list_long_term_backups),
	ARM(GET, SRV "/replicationLinks", SQL_VERSIONS, sql_list_server_links),
	ARM(GET, SRV "/failoverGroups", SQL_VERSIONS, sql_list_failover_groups),
	ARM(GET, SRV "/elasticPools", SQL_VERSIONS, sql_list_pools),
	ARM(GET, SRV "/elasticPools/{pool}/databases", SQL_VERSIONS,
	    sql_list_pool_databases),
	ARM(GET, SRV "/elasticPools/{pool}" METRICS, METRICS_VERSIONS, sql_pool_metrics),
	ARM(GET, RG SQL "/locations/{loc}/databaseAzureAsyncOperation/{operation}",
	    SQL_VERSIONS, sql_async_status),
	ARM(GET, RG SQL "/locations/{loc}/databaseOperationResults/{operation}",
	    SQL_VERSIONS, sql_async_result),

	ARM(GET, SUB RSV, DR_VERSIONS, dr_list_vaults),
	ARM(GET, VAULT "/replicationUsages", DR_VERSIONS, dr_list_usages),
	ARM(GET, VAULT "/replicationProtectedItems", DR_VERSIONS, dr_list_items),
	ARM(GET, VAULT "/replicationRecoveryPlans", DR_VERSIONS, dr_list_plans),
	ARM(GET, VAULT "/replicationJobs", DR_VERSIONS, dr_list_jobs),
	ARM(GET, VAULT "/replicationVaultHealth", DR_VERSIONS, dr_vault_health),
	ARM(GET, VAULT "/backupProtectedItems", DR_VERSIONS, dr_list_backup_items),
	ARM(GET, VAULT "/backupJobs", DR_VERSIONS, dr_list_backup_jobs),
	ARM(GET,
	    VAULT "/backupFabrics/{fabric}/protectionContainers/{container}/"
		  "protectedItems/{item}/recoveryPoints",
	    DR_VERSIONS, dr_list_recovery_points),

	ARM(GET, SUB "/providers/Microsoft.KeyVault/vaults", KEYVAULT_VERSIONS,
	    keyvault_list),
	ARM(GET, RG "/providers/Microsoft.KeyVault/vaults/{keyvault}/secrets",
	    KEYVAULT_VERSIONS, keyvault_list_secrets),
	ARM(GET, SUB "/providers/Microsoft.Compute/locations/{loc}/usages",
	    COMPUTE_USAGE_VERSIONS, quota_list_compute),

	ARM(GET, SUB "/providers/Microsoft.Network/trafficmanagerprofiles", TM_VERSIONS,
	    tm_list_profiles),
	ARM(GET, SUB CDN, AFD_VERSIONS, afd_list_profiles),
	ARM(GET, AFD "/afdEndpoints", AFD_VERSIONS, afd_list_endpoints),
	ARM(GET, AFD "/originGroups", AFD_VERSIONS, afd_list_origin_groups),
	ARM(GET, AFD "/originGroups/{origingroup}/origins", AFD_VERSIONS,
	    afd_list_origins),
	ARM(GET, AFD METRICS, METRICS_VERSIONS, afd_metrics),

	ARM(GET, SUB AKS, AKS_VERSIONS, aks_list_clusters),
	ARM(GET, RG AKS "/{cluster}", AKS_VERSIONS, aks_get_cluster),
	ARM(GET, RG AKS "/{cluster}/agentPools", AKS_VERSIONS, aks_list_pools),
	ASK(RG AKS "/{cluster}/listClusterUserCredential", AKS_VERSIONS,
	    aks_list_credentials),

	ASK(RG "/providers/Microsoft.DataFactory/factories/{factory}/queryPipelineRuns",
	    ADF_VERSIONS, adf_query_runs),
	ARM(GET,
	    RG "/providers/Microsoft.DBforPostgreSQL/flexibleServers/{postgres}" METRICS,
	    METRICS_VERSIONS, postgres_metrics),

	ASK(SUB COST "/query", COST_VERSIONS, cost_query),
	ASK(RG COST "/query", COST_VERSIONS, cost_query),
	ASK(SUB COST "/forecast", COST_VERSIONS, cost_forecast),
	ASK(RG COST "/forecast", COST_VERSIONS, cost_forecast),
	ARM(GET, SUB "/providers/Microsoft.Consumption/budgets", BUDGET_VERSIONS,
	    budget_list),
	ARM(GET, SUB LOGS, LOGS_VERSIONS, logs_list_workspaces),
	ARM(GET, RG LOGS "/{ws}/tables", LOGS_VERSIONS, logs_list_tables),
	ASK(RG LOGS "/{ws}/api/query", QUERY_VERSIONS, logs_query),
	ARM(GET, SUB APPS, INSIGHTS_VERSIONS, insights_list),
	ARM(GET, "/providers/Microsoft.Billing/billingAccounts", BILLING_VERSIONS,
	    billing_list_accounts),
	ARM(GET, ACCOUNT "/billingProfiles", BILLING_VERSIONS, billing_list_profiles),
	ARM(GET, PROFILE CONS "/lots", CONSUMPTION_VERSIONS, billing_list_lots),
	ARM(GET, PROFILE CONS "/budgets", CONSUMPTION_VERSIONS, billing_list_budgets),
	ARM(GET, "/providers/Microsoft.Capacity/reservations", CAPACITY_VERSIONS,
	    billing_list_reservations),
	ARM(GET, SUB AUTH "/roleAssignments", ACCESS_VERSIONS, access_list_assignments),
	ARM(GET, SUB AUTH "/roleDefinitions", ACCESS_VERSIONS, access_list_roles),
	ARM(GET, SUB AUTH "/policyAssignments", ASSIGNMENT_VERSIONS,
	    policy_list_assignments),
	ASK(SUB "/providers/Microsoft.PolicyInsights/policyStates/latest/summarize",
	    POLICY_STATE_VERSIONS, policy_summarize),
	ARM(GET, SUB GUARD "/secureScores", SCORE_VERSIONS, score_list),
	ARM(GET, SUB GUARD "/secureScoreControls", SCORE_VERSIONS, score_list_controls),
	ARM(GET, SUB GUARD "/alerts", SECURITY_VERSIONS, security_list_alerts),
	ARM(GET, SUB "/providers/Microsoft.AlertsManagement/alerts", FIRED_VERSIONS,
	    fired_list),
	ARM(GET, SUB "/providers/Microsoft.Insights/autoscalesettings",
	    AUTOSCALE_VERSIONS, autoscale_list),
	ARM(GET, SUB "/providers/Microsoft.Insights/eventtypes/management/values",
	    ACTIVITY_VERSIONS, activity_list),
	ARM(GET, SUB "/providers/Microsoft.Resources/deployments", RESOURCES_VERSIONS,
	    deployment_list),
	ARM(GET, RG "/providers/Microsoft.Resources/deployments", RESOURCES_VERSIONS,
	    deployment_list_group),
	ARM(GET, SUB "/tagNames", RESOURCES_VERSIONS, tenant_list_tags),
	ARM(GET, SUB "/providers/Microsoft.Advisor/recommendations", ADVISOR_VERSIONS,
	    advisor_list),
	ARM(GET, SUB HEALTH, HEALTH_VERSIONS, health_list),
	ARM(GET, RG "/providers/Microsoft.Compute/virtualMachines/{vm}" HEALTH,
	    HEALTH_VERSIONS, health_history),
	ARM(GET,
	    RG "/providers/Microsoft.ContainerService/managedClusters/{cluster}" HEALTH,
	    HEALTH_VERSIONS, health_history),
	ARM(GET, SRV "/databases/{db}" HEALTH, HEALTH_VERSIONS, health_history),
	ARM(GET, SUB "/providers/Microsoft.ResourceHealth/events", HEALTH_VERSIONS,
	    event_list),
	ARM(GET, RG "/providers/Microsoft.Insights/components/{component}" METRICS,
	    METRICS_VERSIONS, insights_metrics),

	ARM(GET, SUB COGNITIVE, COGNITIVE_VERSIONS, openai_list_accounts),
	ARM(GET, RG COGNITIVE "/{oai}/deployments", COGNITIVE_VERSIONS,
	    openai_list_deployments),
	ARM(GET, RG COGNITIVE "/{oai}/models", COGNITIVE_VERSIONS, openai_list_models),
	ARM(GET, RG COGNITIVE "/{oai}" METRICS, METRICS_VERSIONS, openai_metrics),
	ARM(GET, SUB "/providers/Microsoft.CognitiveServices/locations/{loc}/usages",
	    COGNITIVE_VERSIONS, openai_list_usages),
	ARM(GET, SUB ML, ML_VERSIONS, ml_list_workspaces),
	ARM(GET, RG ML "/{mlw}/onlineEndpoints", ML_VERSIONS, ml_list_endpoints),
	ARM(GET, RG ML "/{mlw}/onlineEndpoints/{online}/deployments", ML_VERSIONS,
	    ml_list_deployments),

	DEVOPS(TASK "/pools", devops_list_pools),
	DEVOPS(TASK "/pools/{pool}/agents", devops_list_agents),
	DEVOPS(TASK "/pools/{pool}/jobrequests", devops_list_jobs),
	DEVOPS(TASK "/elasticpools", devops_list_elastic),
	DEVOPS(TASK "/elasticpools/{pool}/nodes", devops_list_elastic_nodes),
	DEVOPS(TASK "/elasticpools/{pool}/logs", devops_list_elastic_logs),
	DEVOPS(TASK "/resourceusage", devops_get_usage),
	DEVOPS("/_devops/contoso/_apis/projects", devops_list_projects),
	DEVOPS("/_vssps/_apis/profile/profiles/me", devops_get_profile),
	DEVOPS("/_vssps/_apis/accounts", devops_list_accounts),
	DEVOPS(PROJECT "/build/definitions", devops_list_definitions),
	DEVOPS(PROJECT "/build/builds", devops_list_builds),
	DEVOPS(PROJECT "/git/pullrequests", devops_list_pulls),
	DEVOPS(PROJECT "/policy/evaluations", devops_list_evaluations),
	DEVOPS(PROJECT "/pipelines/approvals", devops_list_approvals),

	SERVICE("/_prometheus/api/v1/query", prometheus_query),
	SERVICE("/_prometheus/api/v1/alerts", prometheus_list_alerts),
	SERVICE("/_prometheus/api/v1/rules", prometheus_list_rules),
	SERVICE("/_prometheus/api/v1/targets", prometheus_list_targets),
	SERVICE("/_alertmanager/api/v2/alerts", alertmanager_list_alerts),
	SERVICE("/_alertmanager/api/v2/silences", alertmanager_list_silences),
	SERVICE("/_alertmanager/api/v2/status", alertmanager_status),
	SERVICE("/_grafana/api/health", grafana_health),
	SERVICE("/_grafana/api/datasources", grafana_list_sources),
	SERVICE("/_grafana/api/datasources/uid/{uid}/health", grafana_source_health),
	SERVICE("/_grafana/api/prometheus/grafana/api/v1/rules", grafana_list_rules),
	SERVICE_ASK("/_loganalytics/v1/workspaces/{customer}/query", logs_query_rows),
	SERVICE_ASK("/_loganalytics/v1/workspaces/{customer}/search", logs_query_rows),
	SERVICE("/_tls/probe", cert_probe),
	SERVICE("/_elasticsearch/_cluster/health", elastic_health),
	SERVICE("/_elasticsearch/_cat/allocation", elastic_allocation),
	SERVICE("/_elasticsearch/_cat/indices", elastic_indices),
	SERVICE("/_kibana/api/status", kibana_status),
	SERVICE("/_zendesk/api/v2/search.json", zendesk_search),
	SERVICE_ASK("/_intercom/conversations/search", intercom_search),
	SERVICE("/_pagerduty/incidents", pagerduty_list_incidents),
	SERVICE("/_pagerduty/oncalls", pagerduty_list_oncalls),
	SERVICE("/_opsgenie/v2/alerts", opsgenie_list_alerts),
	SERVICE_ASK("/_sagemaker", sagemaker_answer),
	SERVICE_ASK("/_shield", shield_answer),
	SERVICE("/_vertex/v1/projects/{project}/locations/{place}/endpoints",
		vertex_list_endpoints),
	SERVICE("/_ollama/api/tags", ollama_tags),
	SERVICE("/_ollama/api/ps", ollama_ps),
	SERVICE("/_ollama/api/version", ollama_version),

	SERVICE("/_github/user/repos", github_list_repos),
	SERVICE("/_github/repos/{owner}/{repo}/actions/runs", github_list_runs),
	SERVICE("/_github/repos/{owner}/{repo}/actions/runs/{run}/jobs",
		github_list_jobs),
	SERVICE("/_gitlab/api/v4/projects", gitlab_list_projects),
	SERVICE("/_gitlab/api/v4/projects/{gitlab}/pipelines", gitlab_list_pipelines),
	SERVICE("/_gitlab/api/v4/projects/{gitlab}/pipelines/{run}/jobs",
		gitlab_list_jobs),
	SERVICE("/_jenkins/api/json", jenkins_list_jobs),
	SERVICE("/_jenkins/queue/api/json", jenkins_list_queue),
	SERVICE("/_terraform/api/v2/organizations/{organization}/workspaces",
		hcp_list_workspaces),
	SERVICE("/_terraform/api/v2/workspaces/{workspace}/runs", hcp_list_runs),

	CLUSTER("/version", k8s_get_version),
	CLUSTER("/api", k8s_list_versions),
	CLUSTER("/apis", k8s_list_groups),
	CLUSTER("/api/v1", k8s_list_core),
	CLUSTER("/apis/{apigroup}/{version}", k8s_list_group),
	K8S("/api/v1", "nodes", k8s_list_nodes),
	K8S("/apis/metrics.k8s.io/v1beta1", "nodes", k8s_list_node_usage),
	K8S("/api/v1", "pods", k8s_list_pods),
	CLUSTER("/api/v1" NS "/pods/{pod}/log", k8s_get_log),
	K8S("/api/v1", "events", k8s_list_events),
	K8S("/api/v1", "secrets", k8s_list_secrets),
	K8S("/api/v1", "persistentvolumeclaims", k8s_list_claims),
	K8S("/apis/apps/v1", "deployments", k8s_list_deployments),
	K8S("/apis/apps/v1", "statefulsets", k8s_list_stateful_sets),
	K8S("/apis/autoscaling/v2", "horizontalpodautoscalers", k8s_list_hpas),
	K8S("/apis/networking.k8s.io/v1", "ingresses", k8s_list_ingresses),
	K8S("/apis/cert-manager.io/v1", "certificates", k8s_list_certificates),
	K8S("/apis/argoproj.io/v1alpha1", "applications", k8s_list_argo),
	K8S("/apis/kustomize.toolkit.fluxcd.io/v1", "kustomizations",
	    k8s_list_kustomizations),
	K8S("/apis/helm.toolkit.fluxcd.io/v2", "helmreleases", k8s_list_helm_releases),
	K8S("/apis/keda.sh/v1alpha1", "scaledobjects", k8s_list_scaled_objects),
	K8S("/apis/keda.sh/v1alpha1", "scaledjobs", k8s_list_scaled_jobs),
	SERVICE("/_blob/tfstate/{tfstate}", tfstate_get),
	SERVICE("/_keyvault/{keyvault}/secrets/{secret}", keyvault_get_value),
	SERVICE("/_keyvault/{keyvault}/secrets/{secret}/{version}", keyvault_get_value),
	SERVICE("/_keyvault/{keyvault}/certificates", keyvault_list_certificates),
	SERVICE("/_keyvault/{keyvault}/certificates/{certificate}/policy",
		keyvault_get_policy),
	SERVICE("/_fabric/v1/workspaces", fabric_list_workspaces),
	SERVICE("/_fabric/v1/capacities", fabric_list_capacities),
	SERVICE("/_fabric/v1/workspaces/{fabricworkspace}/items", fabric_list_items),
	SERVICE("/_fabric/v1/workspaces/{fabricworkspace}/items/{fabricitem}/jobs/"
		"instances",
		fabric_list_jobs),
	SERVICE("/_purview/scan/datasources", purview_list_sources),
	SERVICE("/_purview/scan/datasources/{datasource}/scans", purview_list_scans),
	SERVICE("/_purview/scan/datasources/{datasource}/scans/{scan}/runs",
		purview_list_runs),
	SERVICE("/_supabase/v1/projects", supabase_list_projects),
	SERVICE("/_supabase/v1/projects/{ref}/health", supabase_health),
	SERVICE("/_atlas/api/atlas/v2/orgs", atlas_list_orgs),
	SERVICE("/_atlas/api/atlas/v2/orgs/{mongoorg}/invoices", atlas_list_invoices),
	SERVICE("/_atlas/api/atlas/v2/groups", atlas_list_groups),
	SERVICE("/_atlas/api/atlas/v2/groups/{mongogroup}/clusters", atlas_list_clusters),

	{ROUTE_OPEN, SIM_OTHER, false, NULL, NULL, NULL, NULL},
};
/* clang-format on */
