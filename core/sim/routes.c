/* Every address the simulator answers. Thread: any (const). */
#include "sim/route.h"
#include "sim/sql.h"
#include "sim/tenant.h"

#define SUB "/subscriptions/{sub}"
#define RG  SUB "/resourceGroups/{rg}"
#define SQL "/providers/Microsoft.Sql"
#define SRV RG SQL "/servers/{server}"
#define DB  SRV "/databases/{db}"

#define RESOURCES_VERSIONS "2022-12-01 2022-09-01 2021-04-01 2020-01-01"

#define OPEN(verb, path, fn)                                                             \
	{                                                                                \
		ROUTE_OPEN, SIM_##verb, false, path, NULL, fn                            \
	}
#define ARM(verb, path, versions, fn)                                                    \
	{                                                                                \
		ROUTE_ARM, SIM_##verb, false, path, versions, fn                         \
	}

const struct route sim_routes[] = {
	OPEN(POST, "/{tenant}/oauth2/v2.0/token", tenant_token),
	OPEN(GET, "/metadata/endpoints", tenant_endpoints),

	ARM(GET, "/tenants", RESOURCES_VERSIONS, tenant_list_tenants),
	ARM(GET, "/subscriptions", RESOURCES_VERSIONS, tenant_list_subs),
	ARM(GET, SUB, RESOURCES_VERSIONS, tenant_get_sub),
	ARM(GET, SUB "/resourceGroups", RESOURCES_VERSIONS, tenant_list_groups),
	ARM(GET, RG, RESOURCES_VERSIONS, tenant_get_group),

	ARM(GET, SUB SQL "/servers", SQL_VERSIONS, sql_list_servers),
	ARM(GET, SRV, SQL_VERSIONS, sql_get_server),
	ARM(GET, SRV "/databases", SQL_VERSIONS, sql_list_databases),
	ARM(GET, DB, SQL_VERSIONS, sql_get_database),
	ARM(PATCH, DB, SQL_VERSIONS, sql_patch_database),
	ARM(GET, DB "/operations", SQL_VERSIONS, sql_list_operations),
	ARM(GET, DB "/replicationLinks", SQL_VERSIONS, sql_list_links),
	ARM(GET, SRV "/replicationLinks", SQL_VERSIONS, sql_list_server_links),
	ARM(GET, SRV "/failoverGroups", SQL_VERSIONS, sql_list_failover_groups),
	ARM(GET, SRV "/elasticPools", SQL_VERSIONS, sql_list_pools),
	ARM(GET, SRV "/elasticPools/{pool}/databases", SQL_VERSIONS,
	    sql_list_pool_databases),
	ARM(GET, RG SQL "/locations/{loc}/databaseAzureAsyncOperation/{operation}",
	    SQL_VERSIONS, sql_async_status),
	ARM(GET, RG SQL "/locations/{loc}/databaseOperationResults/{operation}",
	    SQL_VERSIONS, sql_async_result),
	{ROUTE_OPEN, SIM_OTHER, false, NULL, NULL, NULL},
};
