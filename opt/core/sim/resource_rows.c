/* Made by core/sim/resource.awk from the estate's files. */
#include "sim/resource.h"

const struct resource_row resource_rows[] = {
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Web/serverFarms", .path = "plan-atlas-prod-weu",
	 .kind = "linux",
	 .sku = "P2v3",
	 .body = ""
	 "\"sku\": {\"name\": \"P2v3\", \"tier\": \"PremiumV3\", \"size\": \"P2v3\", \"capacity\": 3},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"status\": \"Ready\", \"numberOfWorkers\": 3, \"maximumNumberOfWorkers\": 30, \"numberOfSites\": 3, \"reserved\": true, \"zoneRedundant\": true}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Web/serverFarms", .path = "plan-qodex-prod-weu",
	 .kind = "linux",
	 .sku = "P1v3",
	 .body = ""
	 "\"sku\": {\"name\": \"P1v3\", \"tier\": \"PremiumV3\", \"size\": \"P1v3\", \"capacity\": 2},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"status\": \"Ready\", \"numberOfWorkers\": 2, \"maximumNumberOfWorkers\": 30, \"numberOfSites\": 3, \"reserved\": true, \"zoneRedundant\": true}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Web/serverFarms", .path = "plan-qodex-functions",
	 .kind = "elastic",
	 .sku = "EP1",
	 .body = ""
	 "\"sku\": {\"name\": \"EP1\", \"tier\": \"ElasticPremium\", \"size\": \"EP1\", \"capacity\": 2},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"status\": \"Ready\", \"numberOfWorkers\": 2, \"maximumNumberOfWorkers\": 30, \"numberOfSites\": 3, \"reserved\": false, \"zoneRedundant\": false}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Web/serverFarms", .path = "plan-atlas-functions",
	 .kind = "functionapp",
	 .sku = "Y1",
	 .body = ""
	 "\"sku\": {\"name\": \"Y1\", \"tier\": \"Dynamic\", \"size\": \"Y1\", \"capacity\": 0},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"status\": \"Ready\", \"numberOfWorkers\": 0, \"maximumNumberOfWorkers\": 30, \"numberOfSites\": 2, \"reserved\": false, \"zoneRedundant\": false}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.Web/serverFarms", .path = "plan-atlas-test",
	 .kind = "linux",
	 .sku = "B2",
	 .body = ""
	 "\"sku\": {\"name\": \"B2\", \"tier\": \"Basic\", \"size\": \"B2\", \"capacity\": 1},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"status\": \"Ready\", \"numberOfWorkers\": 1, \"maximumNumberOfWorkers\": 30, \"numberOfSites\": 2, \"reserved\": true, \"zoneRedundant\": false}"},
	{.group = "rg-qodex-dev-weu", .type = "Microsoft.Web/serverFarms", .path = "plan-qodex-dev",
	 .kind = "app",
	 .sku = "B1",
	 .body = ""
	 "\"sku\": {\"name\": \"B1\", \"tier\": \"Basic\", \"size\": \"B1\", \"capacity\": 1},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"status\": \"Ready\", \"numberOfWorkers\": 1, \"maximumNumberOfWorkers\": 30, \"numberOfSites\": 1, \"reserved\": false, \"zoneRedundant\": false}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Web/sites", .path = "app-atlas-portal",
	 .kind = "app,linux",
	 .body = ""
	 "\"identity\": {\"type\": \"SystemAssigned\", \"principalId\": \"@guid(app-atlas-portal-identity)\", \"tenantId\": \"@tenant()\"},"
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": true, \"hostNames\": [\"app-atlas-portal.azurewebsites.net\", \"portal.atlas.contoso.example\"], \"defaultHostName\": \"app-atlas-portal.azurewebsites.net\", \"repositorySiteName\": \"app-atlas-portal\", \"enabledHostNames\": [\"app-atlas-portal.azurewebsites.net\", \"portal.atlas.contoso.example\", \"app-atlas-portal.scm.azurewebsites.net\"], \"hostNameSslStates\": [{\"name\": \"portal.atlas.contoso.example\", \"sslState\": \"SniEnabled\", \"hostType\": \"Standard\"}],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-atlas-prod-weu)\", \"reserved\": true, \"lastModifiedTimeUtc\": \"@ago(9d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-atlas-prod-weu\", \"virtualNetworkSubnetId\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-app)\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"NODE|20-lts\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": true, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"NODE|20-lts\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Web/sites", .path = "app-atlas-api",
	 .kind = "app,linux",
	 .body = ""
	 "\"identity\": {\"type\": \"SystemAssigned\", \"principalId\": \"@guid(app-atlas-api-identity)\", \"tenantId\": \"@tenant()\"},"
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": true, \"hostNames\": [\"app-atlas-api.azurewebsites.net\", \"api.atlas.contoso.example\"], \"defaultHostName\": \"app-atlas-api.azurewebsites.net\", \"repositorySiteName\": \"app-atlas-api\", \"enabledHostNames\": [\"app-atlas-api.azurewebsites.net\", \"api.atlas.contoso.example\", \"app-atlas-api.scm.azurewebsites.net\"], \"hostNameSslStates\": [{\"name\": \"api.atlas.contoso.example\", \"sslState\": \"SniEnabled\", \"hostType\": \"Standard\"}],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-atlas-prod-weu)\", \"reserved\": true, \"lastModifiedTimeUtc\": \"@ago(2d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Disabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-atlas-prod-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"DOTNETCORE|8.0\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": true, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"DOTNETCORE|8.0\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Web/sites", .path = "app-atlas-reports",
	 .kind = "app,linux",
	 .body = ""
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Limited\", \"usageState\": \"Exceeded\", \"enabled\": true, \"hostNames\": [\"app-atlas-reports.azurewebsites.net\"], \"defaultHostName\": \"app-atlas-reports.azurewebsites.net\", \"repositorySiteName\": \"app-atlas-reports\", \"enabledHostNames\": [\"app-atlas-reports.azurewebsites.net\", \"app-atlas-reports.scm.azurewebsites.net\"], \"hostNameSslStates\": [],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-atlas-prod-weu)\", \"reserved\": true, \"lastModifiedTimeUtc\": \"@ago(402d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-atlas-prod-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"PYTHON|3.9\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": true, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"PYTHON|3.9\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Web/sites", .path = "app-qodex-web",
	 .kind = "app,linux",
	 .body = ""
	 "\"identity\": {\"type\": \"SystemAssigned\", \"principalId\": \"@guid(app-qodex-web-identity)\", \"tenantId\": \"@tenant()\"},"
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": true, \"hostNames\": [\"app-qodex-web.azurewebsites.net\", \"www.qodex.example\", \"qodex.example\"], \"defaultHostName\": \"app-qodex-web.azurewebsites.net\", \"repositorySiteName\": \"app-qodex-web\", \"enabledHostNames\": [\"app-qodex-web.azurewebsites.net\", \"www.qodex.example\", \"qodex.example\", \"app-qodex-web.scm.azurewebsites.net\"], \"hostNameSslStates\": [{\"name\": \"www.qodex.example\", \"sslState\": \"SniEnabled\", \"hostType\": \"Standard\"}, {\"name\": \"qodex.example\", \"sslState\": \"SniEnabled\", \"hostType\": \"Standard\"}],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-qodex-prod-weu)\", \"reserved\": true, \"lastModifiedTimeUtc\": \"@ago(1d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-qodex-prod-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"NODE|22-lts\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": true, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"NODE|22-lts\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Web/sites", .path = "app-qodex-admin",
	 .kind = "app,linux,container",
	 .body = ""
	 "\"identity\": {\"type\": \"SystemAssigned\", \"principalId\": \"@guid(app-qodex-admin-identity)\", \"tenantId\": \"@tenant()\"},"
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": true, \"hostNames\": [\"app-qodex-admin.azurewebsites.net\"], \"defaultHostName\": \"app-qodex-admin.azurewebsites.net\", \"repositorySiteName\": \"app-qodex-admin\", \"enabledHostNames\": [\"app-qodex-admin.azurewebsites.net\", \"app-qodex-admin.scm.azurewebsites.net\"], \"hostNameSslStates\": [],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-qodex-prod-weu)\", \"reserved\": true, \"lastModifiedTimeUtc\": \"@ago(14d)\", \"httpsOnly\": false, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-qodex-prod-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"DOCKER|crcontososhared.azurecr.io/qodex-admin:5.2.1\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": true, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"DOCKER|crcontososhared.azurecr.io/qodex-admin:5.2.1\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Web/sites", .path = "app-qodex-legacy",
	 .kind = "app,linux",
	 .body = ""
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": true, \"hostNames\": [\"app-qodex-legacy.azurewebsites.net\"], \"defaultHostName\": \"app-qodex-legacy.azurewebsites.net\", \"repositorySiteName\": \"app-qodex-legacy\", \"enabledHostNames\": [\"app-qodex-legacy.azurewebsites.net\", \"app-qodex-legacy.scm.azurewebsites.net\"], \"hostNameSslStates\": [],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-qodex-prod-weu)\", \"reserved\": true, \"lastModifiedTimeUtc\": \"@ago(690d)\", \"httpsOnly\": false, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-qodex-prod-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"PHP|8.1\", \"minTlsVersion\": \"1.0\", \"ftpsState\": \"AllAllowed\", \"alwaysOn\": true, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"PHP|8.1\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.Web/sites", .path = "app-atlas-test",
	 .kind = "app,linux",
	 .body = ""
	 "\"identity\": {\"type\": \"SystemAssigned\", \"principalId\": \"@guid(app-atlas-test-identity)\", \"tenantId\": \"@tenant()\"},"
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": true, \"hostNames\": [\"app-atlas-test.azurewebsites.net\"], \"defaultHostName\": \"app-atlas-test.azurewebsites.net\", \"repositorySiteName\": \"app-atlas-test\", \"enabledHostNames\": [\"app-atlas-test.azurewebsites.net\", \"app-atlas-test.scm.azurewebsites.net\"], \"hostNameSslStates\": [],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-atlas-test)\", \"reserved\": true, \"lastModifiedTimeUtc\": \"@ago(5d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-atlas-test-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"DOTNETCORE|9.0\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": false, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"DOTNETCORE|9.0\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.Web/sites", .path = "app-atlas-loadtest",
	 .kind = "app,linux",
	 .body = ""
	 "\"properties\": {\"state\": \"Stopped\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": false, \"hostNames\": [\"app-atlas-loadtest.azurewebsites.net\"], \"defaultHostName\": \"app-atlas-loadtest.azurewebsites.net\", \"repositorySiteName\": \"app-atlas-loadtest\", \"enabledHostNames\": [\"app-atlas-loadtest.azurewebsites.net\", \"app-atlas-loadtest.scm.azurewebsites.net\"], \"hostNameSslStates\": [],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-atlas-test)\", \"reserved\": true, \"lastModifiedTimeUtc\": \"@ago(260d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-atlas-test-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"NODE|18-lts\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": false, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"NODE|18-lts\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-qodex-dev-weu", .type = "Microsoft.Web/sites", .path = "app-qodex-dev",
	 .kind = "app",
	 .body = ""
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": true, \"hostNames\": [\"app-qodex-dev.azurewebsites.net\"], \"defaultHostName\": \"app-qodex-dev.azurewebsites.net\", \"repositorySiteName\": \"app-qodex-dev\", \"enabledHostNames\": [\"app-qodex-dev.azurewebsites.net\", \"app-qodex-dev.scm.azurewebsites.net\"], \"hostNameSslStates\": [],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-qodex-dev)\", \"reserved\": false, \"lastModifiedTimeUtc\": \"@ago(73d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-qodex-dev-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"\", \"netFrameworkVersion\": \"v6.0\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": false, \"remoteDebuggingEnabled\": true, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Web/sites", .path = "func-atlas-orders",
	 .kind = "functionapp",
	 .body = ""
	 "\"identity\": {\"type\": \"SystemAssigned\", \"principalId\": \"@guid(func-atlas-orders-identity)\", \"tenantId\": \"@tenant()\"},"
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": true, \"hostNames\": [\"func-atlas-orders.azurewebsites.net\"], \"defaultHostName\": \"func-atlas-orders.azurewebsites.net\", \"repositorySiteName\": \"func-atlas-orders\", \"enabledHostNames\": [\"func-atlas-orders.azurewebsites.net\", \"func-atlas-orders.scm.azurewebsites.net\"], \"hostNameSslStates\": [],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-atlas-functions)\", \"reserved\": false, \"lastModifiedTimeUtc\": \"@ago(21d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-atlas-prod-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"\", \"netFrameworkVersion\": \"v8.0\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": true, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Web/sites", .path = "func-atlas-nightly",
	 .kind = "functionapp",
	 .body = ""
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": true, \"hostNames\": [\"func-atlas-nightly.azurewebsites.net\"], \"defaultHostName\": \"func-atlas-nightly.azurewebsites.net\", \"repositorySiteName\": \"func-atlas-nightly\", \"enabledHostNames\": [\"func-atlas-nightly.azurewebsites.net\", \"func-atlas-nightly.scm.azurewebsites.net\"], \"hostNameSslStates\": [],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-atlas-functions)\", \"reserved\": false, \"lastModifiedTimeUtc\": \"@ago(511d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-atlas-prod-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"\", \"netFrameworkVersion\": \"v6.0\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": true, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Web/sites", .path = "func-qodex-ingest",
	 .kind = "functionapp,linux",
	 .body = ""
	 "\"identity\": {\"type\": \"SystemAssigned, UserAssigned\", \"principalId\": \"@guid(func-qodex-ingest-identity)\", \"tenantId\": \"@tenant()\"},"
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": true, \"hostNames\": [\"func-qodex-ingest.azurewebsites.net\"], \"defaultHostName\": \"func-qodex-ingest.azurewebsites.net\", \"repositorySiteName\": \"func-qodex-ingest\", \"enabledHostNames\": [\"func-qodex-ingest.azurewebsites.net\", \"func-qodex-ingest.scm.azurewebsites.net\"], \"hostNameSslStates\": [],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-qodex-functions)\", \"reserved\": true, \"lastModifiedTimeUtc\": \"@ago(6d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-qodex-prod-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"PYTHON|3.11\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": true, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"PYTHON|3.11\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Web/sites", .path = "func-qodex-thumbnails",
	 .kind = "functionapp,linux,container",
	 .body = ""
	 "\"identity\": {\"type\": \"SystemAssigned\", \"principalId\": \"@guid(func-qodex-thumbnails-identity)\", \"tenantId\": \"@tenant()\"},"
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": true, \"hostNames\": [\"func-qodex-thumbnails.azurewebsites.net\"], \"defaultHostName\": \"func-qodex-thumbnails.azurewebsites.net\", \"repositorySiteName\": \"func-qodex-thumbnails\", \"enabledHostNames\": [\"func-qodex-thumbnails.azurewebsites.net\", \"func-qodex-thumbnails.scm.azurewebsites.net\"], \"hostNameSslStates\": [],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-qodex-functions)\", \"reserved\": true, \"lastModifiedTimeUtc\": \"@ago(33d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-qodex-prod-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"DOCKER|crcontososhared.azurecr.io/qodex-thumbs:1.9\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": true, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"DOCKER|crcontososhared.azurecr.io/qodex-thumbs:1.9\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Web/sites", .path = "func-qodex-billing",
	 .kind = "functionapp,linux",
	 .body = ""
	 "\"identity\": {\"type\": \"SystemAssigned\", \"principalId\": \"@guid(func-qodex-billing-identity)\", \"tenantId\": \"@tenant()\"},"
	 "\"properties\": {\"state\": \"Stopped\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": false, \"hostNames\": [\"func-qodex-billing.azurewebsites.net\"], \"defaultHostName\": \"func-qodex-billing.azurewebsites.net\", \"repositorySiteName\": \"func-qodex-billing\", \"enabledHostNames\": [\"func-qodex-billing.azurewebsites.net\", \"func-qodex-billing.scm.azurewebsites.net\"], \"hostNameSslStates\": [],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-qodex-functions)\", \"reserved\": true, \"lastModifiedTimeUtc\": \"@ago(12d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-qodex-prod-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"NODE|20\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": true, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"NODE|20\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.Web/sites", .path = "func-atlas-test",
	 .kind = "functionapp,linux",
	 .body = ""
	 "\"properties\": {\"state\": \"Running\", \"availabilityState\": \"Normal\", \"usageState\": \"Normal\", \"enabled\": true, \"hostNames\": [\"func-atlas-test.azurewebsites.net\"], \"defaultHostName\": \"func-atlas-test.azurewebsites.net\", \"repositorySiteName\": \"func-atlas-test\", \"enabledHostNames\": [\"func-atlas-test.azurewebsites.net\", \"func-atlas-test.scm.azurewebsites.net\"], \"hostNameSslStates\": [],"
	 "\"serverFarmId\": \"@id(Microsoft.Web/serverFarms plan-atlas-test)\", \"reserved\": true, \"lastModifiedTimeUtc\": \"@ago(5d)\", \"httpsOnly\": true, \"clientCertEnabled\": false, \"clientCertMode\": \"Optional\", \"publicNetworkAccess\": \"Enabled\", \"redundancyMode\": \"None\", \"resourceGroup\": \"rg-atlas-test-weu\","
	 "\"siteConfig\": {\"numberOfWorkers\": 1, \"linuxFxVersion\": \"DOTNET-ISOLATED|9.0\", \"minTlsVersion\": \"1.2\", \"ftpsState\": \"FtpsOnly\", \"alwaysOn\": true, \"remoteDebuggingEnabled\": false, \"http20Enabled\": true},"
	 "\"siteProperties\": {\"metadata\": null, \"properties\": [{\"name\": \"LinuxFxVersion\", \"value\": \"DOTNET-ISOLATED|9.0\"}, {\"name\": \"WindowsFxVersion\", \"value\": null}], \"appSettings\": null}}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/virtualMachineScaleSets", .path = "vmss-build-agents",
	 .sku = "Standard_D4s_v5",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_D4s_v5\", \"tier\": \"Standard\", \"capacity\": 6},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"orchestrationMode\": \"Uniform\", \"upgradePolicy\": {\"mode\": \"Manual\"}, \"singlePlacementGroup\": false, \"overprovision\": false, \"uniqueId\": \"@guid(vmss-build-agents)\", \"timeCreated\": \"@ago(512d)\", \"platformFaultDomainCount\": 1,"
	 "\"virtualMachineProfile\": {\"osProfile\": {\"computerNamePrefix\": \"vmss-buil\", \"adminUsername\": \"azureuser\"}, \"storageProfile\": {\"osDisk\": {\"osType\": \"Linux\", \"createOption\": \"FromImage\", \"diskSizeGB\": 128, \"managedDisk\": {\"storageAccountType\": \"Premium_LRS\"}}, \"imageReference\": {\"id\": \"@id(rg-shared-ci-weu Microsoft.Compute/galleries/images/versions galcontoso/ubuntu-agent/1.42.0)\", \"exactVersion\": \"1.42.0\"}},"
	 "\"networkProfile\": {\"networkInterfaceConfigurations\": [{\"name\": \"vmss-build-agents\", \"properties\": {\"primary\": true, \"ipConfigurations\": [{\"name\": \"ipconfig1\", \"properties\": {\"subnet\": {\"id\": \"@id(rg-shared-network-weu Microsoft.Network/virtualNetworks/subnets vnet-hub-weu/snet-shared)\"}}}]}}]}}},"
	 "\"zones\": [\"1\", \"2\", \"3\"]"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/virtualMachineScaleSets", .path = "vmss-build-agents-win",
	 .sku = "Standard_D8s_v5",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_D8s_v5\", \"tier\": \"Standard\", \"capacity\": 2},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"orchestrationMode\": \"Uniform\", \"upgradePolicy\": {\"mode\": \"Automatic\"}, \"singlePlacementGroup\": false, \"overprovision\": false, \"uniqueId\": \"@guid(vmss-build-agents-win)\", \"timeCreated\": \"@ago(498d)\", \"platformFaultDomainCount\": 1,"
	 "\"virtualMachineProfile\": {\"osProfile\": {\"computerNamePrefix\": \"vmss-buil\", \"adminUsername\": \"azureuser\"}, \"storageProfile\": {\"osDisk\": {\"osType\": \"Windows\", \"createOption\": \"FromImage\", \"diskSizeGB\": 128, \"managedDisk\": {\"storageAccountType\": \"Premium_LRS\"}}, \"imageReference\": {\"id\": \"@id(rg-shared-ci-weu Microsoft.Compute/galleries/images/versions galcontoso/windows-agent/2.8.1)\", \"exactVersion\": \"2.8.1\"}},"
	 "\"networkProfile\": {\"networkInterfaceConfigurations\": [{\"name\": \"vmss-build-agents-win\", \"properties\": {\"primary\": true, \"ipConfigurations\": [{\"name\": \"ipconfig1\", \"properties\": {\"subnet\": {\"id\": \"@id(rg-shared-network-weu Microsoft.Network/virtualNetworks/subnets vnet-hub-weu/snet-shared)\"}}}]}}]}}}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Compute/virtualMachineScaleSets", .path = "vmss-qodex-render",
	 .sku = "Standard_F16s_v2",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_F16s_v2\", \"tier\": \"Standard\", \"capacity\": 4},"
	 "\"properties\": {\"provisioningState\": \"Failed\", \"orchestrationMode\": \"Flexible\", \"upgradePolicy\": {\"mode\": \"Rolling\"}, \"singlePlacementGroup\": false, \"overprovision\": false, \"uniqueId\": \"@guid(vmss-qodex-render)\", \"timeCreated\": \"@ago(71d)\", \"platformFaultDomainCount\": 1,"
	 "\"virtualMachineProfile\": {\"osProfile\": {\"computerNamePrefix\": \"vmss-qode\", \"adminUsername\": \"azureuser\"}, \"storageProfile\": {\"osDisk\": {\"osType\": \"Linux\", \"createOption\": \"FromImage\", \"diskSizeGB\": 128, \"managedDisk\": {\"storageAccountType\": \"Premium_LRS\"}}, \"imageReference\": {\"id\": \"@id(rg-shared-ci-weu Microsoft.Compute/galleries/images/versions galcontoso/render-node/0.9.3)\", \"exactVersion\": \"0.9.3\"}},"
	 "\"networkProfile\": {\"networkInterfaceConfigurations\": [{\"name\": \"vmss-qodex-render\", \"properties\": {\"primary\": true, \"ipConfigurations\": [{\"name\": \"ipconfig1\", \"properties\": {\"subnet\": {\"id\": \"@id(rg-qodex-prod-weu Microsoft.Network/virtualNetworks/subnets vnet-qodex-prod-weu/snet-web)\"}}}]}}]}}},"
	 "\"zones\": [\"1\"]"},
	{.group = "MC_rg-atlas-prod-weu_aks-atlas-prod_westeurope", .type = "Microsoft.Compute/virtualMachineScaleSets", .path = "aks-system-24417731-vmss",
	 .sku = "Standard_D4s_v5",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_D4s_v5\", \"tier\": \"Standard\", \"capacity\": @nodes(aks-atlas-prod system)},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"orchestrationMode\": \"Uniform\", \"upgradePolicy\": {\"mode\": \"Manual\"}, \"singlePlacementGroup\": false, \"overprovision\": false, \"uniqueId\": \"@guid(aks-system-24417731-vmss)\", \"timeCreated\": \"@ago(398d)\", \"platformFaultDomainCount\": 1,"
	 "\"virtualMachineProfile\": {\"osProfile\": {\"computerNamePrefix\": \"aks-syste\", \"adminUsername\": \"azureuser\"}, \"storageProfile\": {\"osDisk\": {\"osType\": \"Linux\", \"createOption\": \"FromImage\", \"diskSizeGB\": 128, \"managedDisk\": {\"storageAccountType\": \"Premium_LRS\"}}, \"imageReference\": {\"id\": \"/subscriptions/109a5e88-712a-48ae-9078-9ca8b3c81345/resourceGroups/AKS-Ubuntu/providers/Microsoft.Compute/galleries/AKSUbuntu/images/2204gen2containerd/versions/202410.15.0\"}},"
	 "\"networkProfile\": {\"networkInterfaceConfigurations\": [{\"name\": \"aks-system-24417731-vmss\", \"properties\": {\"primary\": true, \"ipConfigurations\": [{\"name\": \"ipconfig1\", \"properties\": {\"subnet\": {\"id\": \"@id(rg-atlas-prod-weu Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-aks)\"}}}]}}]}}},"
	 "\"zones\": [\"1\", \"2\", \"3\"]"},
	{.group = "MC_rg-atlas-prod-weu_aks-atlas-prod_westeurope", .type = "Microsoft.Compute/virtualMachineScaleSets", .path = "aks-web-24417731-vmss",
	 .sku = "Standard_D8s_v5",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_D8s_v5\", \"tier\": \"Standard\", \"capacity\": @nodes(aks-atlas-prod web)},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"orchestrationMode\": \"Uniform\", \"upgradePolicy\": {\"mode\": \"Manual\"}, \"singlePlacementGroup\": false, \"overprovision\": false, \"uniqueId\": \"@guid(aks-web-24417731-vmss)\", \"timeCreated\": \"@ago(398d)\", \"platformFaultDomainCount\": 1,"
	 "\"virtualMachineProfile\": {\"osProfile\": {\"computerNamePrefix\": \"aks-web-2\", \"adminUsername\": \"azureuser\"}, \"storageProfile\": {\"osDisk\": {\"osType\": \"Linux\", \"createOption\": \"FromImage\", \"diskSizeGB\": 128, \"managedDisk\": {\"storageAccountType\": \"Premium_LRS\"}}, \"imageReference\": {\"id\": \"/subscriptions/109a5e88-712a-48ae-9078-9ca8b3c81345/resourceGroups/AKS-Ubuntu/providers/Microsoft.Compute/galleries/AKSUbuntu/images/2204gen2containerd/versions/202410.15.0\"}},"
	 "\"networkProfile\": {\"networkInterfaceConfigurations\": [{\"name\": \"aks-web-24417731-vmss\", \"properties\": {\"primary\": true, \"ipConfigurations\": [{\"name\": \"ipconfig1\", \"properties\": {\"subnet\": {\"id\": \"@id(rg-atlas-prod-weu Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-aks)\"}}}]}}]}}},"
	 "\"zones\": [\"1\", \"2\", \"3\"]"},
	{.group = "MC_rg-atlas-prod-weu_aks-atlas-prod_westeurope", .type = "Microsoft.Compute/virtualMachineScaleSets", .path = "aks-batch-24417731-vmss",
	 .sku = "Standard_E8s_v5",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_E8s_v5\", \"tier\": \"Standard\", \"capacity\": @nodes(aks-atlas-prod batch)},"
	 "\"properties\": {\"provisioningState\": \"Failed\", \"orchestrationMode\": \"Uniform\", \"upgradePolicy\": {\"mode\": \"Manual\"}, \"singlePlacementGroup\": false, \"overprovision\": false, \"uniqueId\": \"@guid(aks-batch-24417731-vmss)\", \"timeCreated\": \"@ago(398d)\", \"platformFaultDomainCount\": 1,"
	 "\"virtualMachineProfile\": {\"osProfile\": {\"computerNamePrefix\": \"aks-batch\", \"adminUsername\": \"azureuser\"}, \"storageProfile\": {\"osDisk\": {\"osType\": \"Linux\", \"createOption\": \"FromImage\", \"diskSizeGB\": 128, \"managedDisk\": {\"storageAccountType\": \"Premium_LRS\"}}, \"imageReference\": {\"id\": \"/subscriptions/109a5e88-712a-48ae-9078-9ca8b3c81345/resourceGroups/AKS-Ubuntu/providers/Microsoft.Compute/galleries/AKSUbuntu/images/2204gen2containerd/versions/202410.15.0\"}},"
	 "\"networkProfile\": {\"networkInterfaceConfigurations\": [{\"name\": \"aks-batch-24417731-vmss\", \"properties\": {\"primary\": true, \"ipConfigurations\": [{\"name\": \"ipconfig1\", \"properties\": {\"subnet\": {\"id\": \"@id(rg-atlas-prod-weu Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-aks)\"}}}]}}]}}},"
	 "\"zones\": [\"1\", \"2\", \"3\"]"},
	{.group = "MC_rg-qodex-prod-neu_aks-qodex-prod_northeurope", .type = "Microsoft.Compute/virtualMachineScaleSets", .path = "aks-system-31960842-vmss",
	 .sku = "Standard_D4s_v5",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_D4s_v5\", \"tier\": \"Standard\", \"capacity\": @nodes(aks-qodex-prod system)},"
	 "\"properties\": {\"provisioningState\": \"Updating\", \"orchestrationMode\": \"Uniform\", \"upgradePolicy\": {\"mode\": \"Manual\"}, \"singlePlacementGroup\": false, \"overprovision\": false, \"uniqueId\": \"@guid(aks-system-31960842-vmss)\", \"timeCreated\": \"@ago(287d)\", \"platformFaultDomainCount\": 1,"
	 "\"virtualMachineProfile\": {\"osProfile\": {\"computerNamePrefix\": \"aks-syste\", \"adminUsername\": \"azureuser\"}, \"storageProfile\": {\"osDisk\": {\"osType\": \"Linux\", \"createOption\": \"FromImage\", \"diskSizeGB\": 128, \"managedDisk\": {\"storageAccountType\": \"Premium_LRS\"}}, \"imageReference\": {\"id\": \"/subscriptions/109a5e88-712a-48ae-9078-9ca8b3c81345/resourceGroups/AKS-Ubuntu/providers/Microsoft.Compute/galleries/AKSUbuntu/images/2204gen2containerd/versions/202410.15.0\"}},"
	 "\"networkProfile\": {\"networkInterfaceConfigurations\": [{\"name\": \"aks-system-31960842-vmss\", \"properties\": {\"primary\": true, \"ipConfigurations\": [{\"name\": \"ipconfig1\", \"properties\": {\"subnet\": {\"id\": \"@id(rg-qodex-prod-neu Microsoft.Network/virtualNetworks/subnets vnet-qodex-prod-neu/snet-aks)\"}}}]}}]}}},"
	 "\"zones\": [\"1\", \"2\", \"3\"]"},
	{.group = "MC_rg-qodex-prod-neu_aks-qodex-prod_northeurope", .type = "Microsoft.Compute/virtualMachineScaleSets", .path = "aks-api-31960842-vmss",
	 .sku = "Standard_D8s_v5",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_D8s_v5\", \"tier\": \"Standard\", \"capacity\": @nodes(aks-qodex-prod api)},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"orchestrationMode\": \"Uniform\", \"upgradePolicy\": {\"mode\": \"Manual\"}, \"singlePlacementGroup\": false, \"overprovision\": false, \"uniqueId\": \"@guid(aks-api-31960842-vmss)\", \"timeCreated\": \"@ago(287d)\", \"platformFaultDomainCount\": 1,"
	 "\"virtualMachineProfile\": {\"osProfile\": {\"computerNamePrefix\": \"aks-api-3\", \"adminUsername\": \"azureuser\"}, \"storageProfile\": {\"osDisk\": {\"osType\": \"Linux\", \"createOption\": \"FromImage\", \"diskSizeGB\": 128, \"managedDisk\": {\"storageAccountType\": \"Premium_LRS\"}}, \"imageReference\": {\"id\": \"/subscriptions/109a5e88-712a-48ae-9078-9ca8b3c81345/resourceGroups/AKS-Ubuntu/providers/Microsoft.Compute/galleries/AKSUbuntu/images/2204gen2containerd/versions/202410.15.0\"}},"
	 "\"networkProfile\": {\"networkInterfaceConfigurations\": [{\"name\": \"aks-api-31960842-vmss\", \"properties\": {\"primary\": true, \"ipConfigurations\": [{\"name\": \"ipconfig1\", \"properties\": {\"subnet\": {\"id\": \"@id(rg-qodex-prod-neu Microsoft.Network/virtualNetworks/subnets vnet-qodex-prod-neu/snet-aks)\"}}}]}}]}}},"
	 "\"zones\": [\"1\", \"2\", \"3\"]"},
	{.group = "MC_rg-qodex-prod-neu_aks-qodex-prod_northeurope", .type = "Microsoft.Compute/virtualMachineScaleSets", .path = "aks-indexers-31960842-vmss",
	 .sku = "Standard_E16s_v5",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_E16s_v5\", \"tier\": \"Standard\", \"capacity\": @nodes(aks-qodex-prod indexers)},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"orchestrationMode\": \"Uniform\", \"upgradePolicy\": {\"mode\": \"Manual\"}, \"singlePlacementGroup\": false, \"overprovision\": false, \"uniqueId\": \"@guid(aks-indexers-31960842-vmss)\", \"timeCreated\": \"@ago(287d)\", \"platformFaultDomainCount\": 1,"
	 "\"virtualMachineProfile\": {\"osProfile\": {\"computerNamePrefix\": \"aks-index\", \"adminUsername\": \"azureuser\"}, \"storageProfile\": {\"osDisk\": {\"osType\": \"Linux\", \"createOption\": \"FromImage\", \"diskSizeGB\": 128, \"managedDisk\": {\"storageAccountType\": \"Premium_LRS\"}}, \"imageReference\": {\"id\": \"/subscriptions/109a5e88-712a-48ae-9078-9ca8b3c81345/resourceGroups/AKS-Ubuntu/providers/Microsoft.Compute/galleries/AKSUbuntu/images/2204gen2containerd/versions/202410.15.0\"}},"
	 "\"networkProfile\": {\"networkInterfaceConfigurations\": [{\"name\": \"aks-indexers-31960842-vmss\", \"properties\": {\"primary\": true, \"ipConfigurations\": [{\"name\": \"ipconfig1\", \"properties\": {\"subnet\": {\"id\": \"@id(rg-qodex-prod-neu Microsoft.Network/virtualNetworks/subnets vnet-qodex-prod-neu/snet-aks)\"}}}]}}]}}},"
	 "\"zones\": [\"1\", \"2\", \"3\"]"},
	{.group = "MC_rg-atlas-test-weu_aks-test_westeurope", .type = "Microsoft.Compute/virtualMachineScaleSets", .path = "aks-system-10577340-vmss",
	 .sku = "Standard_B4ms",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_B4ms\", \"tier\": \"Standard\", \"capacity\": 0},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"orchestrationMode\": \"Uniform\", \"upgradePolicy\": {\"mode\": \"Manual\"}, \"singlePlacementGroup\": false, \"overprovision\": false, \"uniqueId\": \"@guid(aks-system-10577340-vmss)\", \"timeCreated\": \"@ago(144d)\", \"platformFaultDomainCount\": 1,"
	 "\"virtualMachineProfile\": {\"osProfile\": {\"computerNamePrefix\": \"aks-syste\", \"adminUsername\": \"azureuser\"}, \"storageProfile\": {\"osDisk\": {\"osType\": \"Linux\", \"createOption\": \"FromImage\", \"diskSizeGB\": 128, \"managedDisk\": {\"storageAccountType\": \"Premium_LRS\"}}, \"imageReference\": {\"id\": \"/subscriptions/109a5e88-712a-48ae-9078-9ca8b3c81345/resourceGroups/AKS-Ubuntu/providers/Microsoft.Compute/galleries/AKSUbuntu/images/2204gen2containerd/versions/202410.15.0\"}},"
	 "\"networkProfile\": {\"networkInterfaceConfigurations\": [{\"name\": \"aks-system-10577340-vmss\", \"properties\": {\"primary\": true, \"ipConfigurations\": [{\"name\": \"ipconfig1\", \"properties\": {\"subnet\": {\"id\": \"@id(rg-shared-network-weu Microsoft.Network/virtualNetworks/subnets vnet-hub-weu/snet-shared)\"}}}]}}]}}}"},
	{.group = "MC_rg-atlas-test-weu_aks-test_westeurope", .type = "Microsoft.Compute/virtualMachineScaleSets", .path = "aks-user-10577340-vmss",
	 .sku = "Standard_D4s_v5",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_D4s_v5\", \"tier\": \"Standard\", \"capacity\": 0},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"orchestrationMode\": \"Uniform\", \"upgradePolicy\": {\"mode\": \"Manual\"}, \"singlePlacementGroup\": false, \"overprovision\": false, \"uniqueId\": \"@guid(aks-user-10577340-vmss)\", \"timeCreated\": \"@ago(144d)\", \"platformFaultDomainCount\": 1,"
	 "\"virtualMachineProfile\": {\"osProfile\": {\"computerNamePrefix\": \"aks-user-\", \"adminUsername\": \"azureuser\"}, \"storageProfile\": {\"osDisk\": {\"osType\": \"Linux\", \"createOption\": \"FromImage\", \"diskSizeGB\": 128, \"managedDisk\": {\"storageAccountType\": \"Premium_LRS\"}}, \"imageReference\": {\"id\": \"/subscriptions/109a5e88-712a-48ae-9078-9ca8b3c81345/resourceGroups/AKS-Ubuntu/providers/Microsoft.Compute/galleries/AKSUbuntu/images/2204gen2containerd/versions/202410.15.0\"}},"
	 "\"networkProfile\": {\"networkInterfaceConfigurations\": [{\"name\": \"aks-user-10577340-vmss\", \"properties\": {\"primary\": true, \"ipConfigurations\": [{\"name\": \"ipconfig1\", \"properties\": {\"subnet\": {\"id\": \"@id(rg-shared-network-weu Microsoft.Network/virtualNetworks/subnets vnet-hub-weu/snet-shared)\"}}}]}}]}}}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.Compute/disks", .path = "vm-atlas-test-03_OsDisk",
	 .sku = "StandardSSD_LRS",
	 .body = ""
	 "\"sku\": {\"name\": \"StandardSSD_LRS\", \"tier\": \"StandardSSD\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"diskState\": \"Unattached\", \"diskSizeGB\": 64, \"timeCreated\": \"@ago(210d)\", \"lastOwnershipUpdateTime\": \"@ago(201d)\", \"publicNetworkAccess\": \"Enabled\"}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Compute/disks", .path = "vm-qodex-index-00_Data_0",
	 .sku = "Premium_LRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Premium_LRS\", \"tier\": \"Premium\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"diskState\": \"Unattached\", \"diskSizeGB\": 1024, \"timeCreated\": \"@ago(331d)\", \"lastOwnershipUpdateTime\": \"@ago(322d)\", \"publicNetworkAccess\": \"Enabled\"}"},
	{.group = "rg-qodex-dev-weu", .type = "Microsoft.Compute/disks", .path = "qodex-dev-snapshot-restore",
	 .sku = "Premium_LRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Premium_LRS\", \"tier\": \"Premium\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"diskState\": \"Unattached\", \"diskSizeGB\": 512, \"timeCreated\": \"@ago(45d)\", \"lastOwnershipUpdateTime\": \"@ago(36d)\", \"publicNetworkAccess\": \"Enabled\"}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/galleries", .path = "galcontoso",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"description\": \"Machine images for agents and nodes\", \"identifier\": {\"uniqueName\": \"@sub()-GALCONTOSO\"}}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/galleries/images", .path = "galcontoso/ubuntu-agent",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"osType\": \"Linux\", \"osState\": \"Generalized\", \"hyperVGeneration\": \"V2\", \"identifier\": {\"publisher\": \"contoso\", \"offer\": \"ubuntu-agent\", \"sku\": \"default\"}}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/galleries/images", .path = "galcontoso/windows-agent",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"osType\": \"Windows\", \"osState\": \"Generalized\", \"hyperVGeneration\": \"V2\", \"identifier\": {\"publisher\": \"contoso\", \"offer\": \"windows-agent\", \"sku\": \"default\"}}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/galleries/images", .path = "galcontoso/render-node",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"osType\": \"Linux\", \"osState\": \"Generalized\", \"hyperVGeneration\": \"V2\", \"identifier\": {\"publisher\": \"contoso\", \"offer\": \"render-node\", \"sku\": \"default\"}}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/galleries/images/versions", .path = "galcontoso/ubuntu-agent/1.40.0",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"publishingProfile\": {\"publishedDate\": \"@ago(96d)\", \"excludeFromLatest\": false, \"endOfLifeDate\": \"@ago(6d)\", \"replicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\", \"targetRegions\": [{\"name\": \"West Europe\", \"regionalReplicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\"}, {\"name\": \"North Europe\", \"regionalReplicaCount\": 1, \"storageAccountType\": \"Standard_ZRS\"}]},"
	 "\"storageProfile\": {\"osDiskImage\": {\"sizeInGB\": 30, \"hostCaching\": \"ReadWrite\"}}, \"safetyProfile\": {\"allowDeletionOfReplicatedLocations\": false, \"reportedForPolicyViolation\": false}}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/galleries/images/versions", .path = "galcontoso/ubuntu-agent/1.41.0",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"publishingProfile\": {\"publishedDate\": \"@ago(47d)\", \"excludeFromLatest\": false, \"endOfLifeDate\": \"@in(43d)\", \"replicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\", \"targetRegions\": [{\"name\": \"West Europe\", \"regionalReplicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\"}, {\"name\": \"North Europe\", \"regionalReplicaCount\": 1, \"storageAccountType\": \"Standard_ZRS\"}]},"
	 "\"storageProfile\": {\"osDiskImage\": {\"sizeInGB\": 30, \"hostCaching\": \"ReadWrite\"}}, \"safetyProfile\": {\"allowDeletionOfReplicatedLocations\": false, \"reportedForPolicyViolation\": false}}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/galleries/images/versions", .path = "galcontoso/ubuntu-agent/1.42.0",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"publishingProfile\": {\"publishedDate\": \"@ago(12d)\", \"excludeFromLatest\": false, \"endOfLifeDate\": \"@in(78d)\", \"replicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\", \"targetRegions\": [{\"name\": \"West Europe\", \"regionalReplicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\"}, {\"name\": \"North Europe\", \"regionalReplicaCount\": 1, \"storageAccountType\": \"Standard_ZRS\"}]},"
	 "\"storageProfile\": {\"osDiskImage\": {\"sizeInGB\": 30, \"hostCaching\": \"ReadWrite\"}}, \"safetyProfile\": {\"allowDeletionOfReplicatedLocations\": false, \"reportedForPolicyViolation\": false}}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/galleries/images/versions", .path = "galcontoso/ubuntu-agent/1.43.0",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Creating\", \"publishingProfile\": {\"publishedDate\": \"@ago(0d)\", \"excludeFromLatest\": true, \"replicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\", \"targetRegions\": [{\"name\": \"West Europe\", \"regionalReplicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\"}, {\"name\": \"North Europe\", \"regionalReplicaCount\": 1, \"storageAccountType\": \"Standard_ZRS\"}]},"
	 "\"storageProfile\": {\"osDiskImage\": {\"sizeInGB\": 30, \"hostCaching\": \"ReadWrite\"}}, \"safetyProfile\": {\"allowDeletionOfReplicatedLocations\": false, \"reportedForPolicyViolation\": false}}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/galleries/images/versions", .path = "galcontoso/windows-agent/2.8.1",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"publishingProfile\": {\"publishedDate\": \"@ago(164d)\", \"excludeFromLatest\": false, \"endOfLifeDate\": \"@in(16d)\", \"replicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\", \"targetRegions\": [{\"name\": \"West Europe\", \"regionalReplicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\"}, {\"name\": \"North Europe\", \"regionalReplicaCount\": 1, \"storageAccountType\": \"Standard_ZRS\"}]},"
	 "\"storageProfile\": {\"osDiskImage\": {\"sizeInGB\": 127, \"hostCaching\": \"ReadWrite\"}}, \"safetyProfile\": {\"allowDeletionOfReplicatedLocations\": false, \"reportedForPolicyViolation\": false}}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/galleries/images/versions", .path = "galcontoso/render-node/0.9.3",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"publishingProfile\": {\"publishedDate\": \"@ago(71d)\", \"excludeFromLatest\": false, \"replicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\", \"targetRegions\": [{\"name\": \"West Europe\", \"regionalReplicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\"}]},"
	 "\"storageProfile\": {\"osDiskImage\": {\"sizeInGB\": 30, \"hostCaching\": \"ReadWrite\"}}, \"safetyProfile\": {\"allowDeletionOfReplicatedLocations\": false, \"reportedForPolicyViolation\": false}}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Compute/galleries/images/versions", .path = "galcontoso/render-node/0.9.4",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Failed\", \"publishingProfile\": {\"publishedDate\": \"@ago(3d)\", \"excludeFromLatest\": false, \"replicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\", \"targetRegions\": [{\"name\": \"West Europe\", \"regionalReplicaCount\": 2, \"storageAccountType\": \"Standard_ZRS\"}, {\"name\": \"North Europe\", \"regionalReplicaCount\": 1, \"storageAccountType\": \"Standard_ZRS\"}]},"
	 "\"storageProfile\": {\"osDiskImage\": {\"sizeInGB\": 30, \"hostCaching\": \"ReadWrite\"}}, \"safetyProfile\": {\"allowDeletionOfReplicatedLocations\": false, \"reportedForPolicyViolation\": false}}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.DBforPostgreSQL/flexibleServers", .path = "psql-atlas-catalog",
	 .sku = "Standard_D8ds_v5",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_D8ds_v5\", \"tier\": \"GeneralPurpose\"},"
	 "\"properties\": {\"state\": \"Ready\", \"version\": \"16\", \"minorVersion\": \"6\", \"administratorLogin\": \"atlasadmin\", \"fullyQualifiedDomainName\": \"psql-atlas-catalog.postgres.database.azure.com\", \"availabilityZone\": \"1\", \"replicationRole\": \"Primary\", \"replicaCapacity\": 5,"
	 "\"storage\": {\"storageSizeGB\": 512, \"autoGrow\": \"Enabled\", \"tier\": \"P20\", \"iops\": 2300}, \"network\": {\"publicNetworkAccess\": \"Disabled\"}, \"dataEncryption\": {\"type\": \"SystemManaged\"}, \"authConfig\": {\"activeDirectoryAuth\": \"Enabled\", \"passwordAuth\": \"Disabled\"},"
	 "\"backup\": {\"backupRetentionDays\": 35, \"geoRedundantBackup\": \"Enabled\", \"earliestRestoreDate\": \"@ago(35d)\"}, \"highAvailability\": {\"mode\": \"ZoneRedundant\", \"standbyAvailabilityZone\": \"2\", \"state\": \"Healthy\"}, \"maintenanceWindow\": {\"customWindow\": \"Enabled\", \"dayOfWeek\": 0, \"startHour\": 2, \"startMinute\": 0}}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.DBforPostgreSQL/flexibleServers", .path = "psql-qodex-vectors",
	 .sku = "Standard_E16ds_v5",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_E16ds_v5\", \"tier\": \"MemoryOptimized\"},"
	 "\"properties\": {\"state\": \"Ready\", \"version\": \"15\", \"minorVersion\": \"10\", \"administratorLogin\": \"qodexadmin\", \"fullyQualifiedDomainName\": \"psql-qodex-vectors.postgres.database.azure.com\", \"availabilityZone\": \"2\", \"replicationRole\": \"Primary\", \"replicaCapacity\": 5,"
	 "\"storage\": {\"storageSizeGB\": 2048, \"autoGrow\": \"Disabled\", \"tier\": \"P40\", \"iops\": 7500}, \"network\": {\"publicNetworkAccess\": \"Enabled\"}, \"dataEncryption\": {\"type\": \"SystemManaged\"}, \"authConfig\": {\"activeDirectoryAuth\": \"Enabled\", \"passwordAuth\": \"Enabled\"},"
	 "\"backup\": {\"backupRetentionDays\": 14, \"geoRedundantBackup\": \"Disabled\", \"earliestRestoreDate\": \"@ago(14d)\"}, \"highAvailability\": {\"mode\": \"ZoneRedundant\", \"standbyAvailabilityZone\": \"3\", \"state\": \"FailingOver\"}, \"maintenanceWindow\": {\"customWindow\": \"Disabled\", \"dayOfWeek\": 0, \"startHour\": 0, \"startMinute\": 0}}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.DBforPostgreSQL/flexibleServers", .path = "psql-atlas-test",
	 .sku = "Standard_B2s",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_B2s\", \"tier\": \"Burstable\"},"
	 "\"properties\": {\"state\": \"Stopped\", \"version\": \"12\", \"minorVersion\": \"20\", \"administratorLogin\": \"atlasadmin\", \"fullyQualifiedDomainName\": \"psql-atlas-test.postgres.database.azure.com\", \"availabilityZone\": \"1\", \"replicationRole\": \"Primary\", \"replicaCapacity\": 0,"
	 "\"storage\": {\"storageSizeGB\": 64, \"autoGrow\": \"Disabled\", \"tier\": \"P6\", \"iops\": 240}, \"network\": {\"publicNetworkAccess\": \"Enabled\"}, \"dataEncryption\": {\"type\": \"SystemManaged\"}, \"authConfig\": {\"activeDirectoryAuth\": \"Disabled\", \"passwordAuth\": \"Enabled\"},"
	 "\"backup\": {\"backupRetentionDays\": 7, \"geoRedundantBackup\": \"Disabled\", \"earliestRestoreDate\": \"@ago(7d)\"}, \"highAvailability\": {\"mode\": \"Disabled\", \"state\": \"NotEnabled\"}, \"maintenanceWindow\": {\"customWindow\": \"Disabled\", \"dayOfWeek\": 0, \"startHour\": 0, \"startMinute\": 0}}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.DataFactory/factories", .path = "adf-atlas-prod",
	 .body = ""
	 "\"identity\": {\"type\": \"SystemAssigned\", \"principalId\": \"@guid(adf-atlas-prod)\", \"tenantId\": \"@tenant()\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"createTime\": \"@ago(900d)\", \"version\": \"2018-06-01\", \"publicNetworkAccess\": \"Disabled\"}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.DataFactory/factories", .path = "adf-qodex-prod",
	 .body = ""
	 "\"identity\": {\"type\": \"SystemAssigned\", \"principalId\": \"@guid(adf-qodex-prod)\", \"tenantId\": \"@tenant()\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"createTime\": \"@ago(411d)\", \"version\": \"2018-06-01\", \"publicNetworkAccess\": \"Enabled\"}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Network/privateEndpoints", .path = "pe-atlas-storage",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"subnet\": {\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-endpoints)\"}, \"networkInterfaces\": [{\"id\": \"@id(Microsoft.Network/networkInterfaces pe-atlas-storage-nic)\"}], \"customDnsConfigs\": [], \"ipConfigurations\": [], \"manualPrivateLinkServiceConnections\": [],"
	 "\"privateLinkServiceConnections\": [{\"name\": \"pe-atlas-storage\", \"properties\": {\"provisioningState\": \"Succeeded\", \"privateLinkServiceId\": \"@id(Microsoft.Storage/storageAccounts stcontosoatlasweu)\", \"groupIds\": [\"blob\"], \"privateLinkServiceConnectionState\": {\"status\": \"Approved\", \"description\": \"Auto-Approved\", \"actionsRequired\": \"None\"}}}]}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Network/privateEndpoints", .path = "pe-atlas-files",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"subnet\": {\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-endpoints)\"}, \"networkInterfaces\": [{\"id\": \"@id(Microsoft.Network/networkInterfaces pe-atlas-files-nic)\"}], \"customDnsConfigs\": [], \"ipConfigurations\": [], \"manualPrivateLinkServiceConnections\": [],"
	 "\"privateLinkServiceConnections\": [{\"name\": \"pe-atlas-files\", \"properties\": {\"provisioningState\": \"Succeeded\", \"privateLinkServiceId\": \"@id(Microsoft.Storage/storageAccounts stcontosoatlasfiles)\", \"groupIds\": [\"file\"], \"privateLinkServiceConnectionState\": {\"status\": \"Approved\", \"description\": \"Auto-Approved\", \"actionsRequired\": \"None\"}}}]}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Network/privateEndpoints", .path = "pe-atlas-sql",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"subnet\": {\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-endpoints)\"}, \"networkInterfaces\": [{\"id\": \"@id(Microsoft.Network/networkInterfaces pe-atlas-sql-nic)\"}], \"customDnsConfigs\": [], \"ipConfigurations\": [], \"manualPrivateLinkServiceConnections\": [],"
	 "\"privateLinkServiceConnections\": [{\"name\": \"pe-atlas-sql\", \"properties\": {\"provisioningState\": \"Succeeded\", \"privateLinkServiceId\": \"@id(Microsoft.Sql/servers sql-atlas-prod-weu)\", \"groupIds\": [\"sqlServer\"], \"privateLinkServiceConnectionState\": {\"status\": \"Approved\", \"description\": \"Auto-Approved\", \"actionsRequired\": \"None\"}}}]}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Network/privateEndpoints", .path = "pe-atlas-redis",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"subnet\": {\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-endpoints)\"}, \"networkInterfaces\": [{\"id\": \"@id(Microsoft.Network/networkInterfaces pe-atlas-redis-nic)\"}], \"customDnsConfigs\": [], \"ipConfigurations\": [], \"manualPrivateLinkServiceConnections\": [],"
	 "\"privateLinkServiceConnections\": [{\"name\": \"pe-atlas-redis\", \"properties\": {\"provisioningState\": \"Succeeded\", \"privateLinkServiceId\": \"@id(Microsoft.Cache/Redis redis-atlas-prod-weu)\", \"groupIds\": [\"redisCache\"], \"privateLinkServiceConnectionState\": {\"status\": \"Approved\", \"description\": \"Auto-Approved\", \"actionsRequired\": \"None\"}}}]}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Network/privateEndpoints", .path = "pe-atlas-vault",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"subnet\": {\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-endpoints)\"}, \"networkInterfaces\": [{\"id\": \"@id(Microsoft.Network/networkInterfaces pe-atlas-vault-nic)\"}], \"customDnsConfigs\": [{\"fqdn\": \"kv-atlas-prod-weu.vault.azure.net\", \"ipAddresses\": [\"10.20.2.9\"]}], \"ipConfigurations\": [], \"manualPrivateLinkServiceConnections\": [],"
	 "\"privateLinkServiceConnections\": [{\"name\": \"pe-atlas-vault\", \"properties\": {\"provisioningState\": \"Succeeded\", \"privateLinkServiceId\": \"@id(Microsoft.KeyVault/vaults kv-atlas-prod-weu)\", \"groupIds\": [\"vault\"], \"privateLinkServiceConnectionState\": {\"status\": \"Approved\", \"description\": \"Auto-Approved\", \"actionsRequired\": \"None\"}}}]}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Network/privateEndpoints", .path = "pe-atlas-acr",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"subnet\": {\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-endpoints)\"}, \"networkInterfaces\": [{\"id\": \"@id(Microsoft.Network/networkInterfaces pe-atlas-acr-nic)\"}], \"customDnsConfigs\": [], \"ipConfigurations\": [], \"manualPrivateLinkServiceConnections\": [],"
	 "\"privateLinkServiceConnections\": [{\"name\": \"pe-atlas-acr\", \"properties\": {\"provisioningState\": \"Succeeded\", \"privateLinkServiceId\": \"@id(rg-shared-ci-weu Microsoft.ContainerRegistry/registries crcontososhared)\", \"groupIds\": [\"registry\"], \"privateLinkServiceConnectionState\": {\"status\": \"Approved\", \"description\": \"Auto-Approved\", \"actionsRequired\": \"None\"}}}]}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Network/privateEndpoints", .path = "pe-qodex-lake",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"subnet\": {\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-qodex-prod-weu/snet-index)\"}, \"networkInterfaces\": [{\"id\": \"@id(Microsoft.Network/networkInterfaces pe-qodex-lake-nic)\"}], \"customDnsConfigs\": [], \"ipConfigurations\": [], \"privateLinkServiceConnections\": [],"
	 "\"manualPrivateLinkServiceConnections\": [{\"name\": \"pe-qodex-lake\", \"properties\": {\"provisioningState\": \"Succeeded\", \"privateLinkServiceId\": \"@id(rg-qodex-prod-neu Microsoft.Storage/storageAccounts stqodexlakeneu)\", \"groupIds\": [\"dfs\"], \"privateLinkServiceConnectionState\": {\"status\": \"Pending\", \"description\": \"Please approve: nightly export\", \"actionsRequired\": \"None\"}}}]}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Network/privateEndpoints", .path = "pe-qodex-sql",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"subnet\": {\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-qodex-prod-weu/snet-index)\"}, \"networkInterfaces\": [{\"id\": \"@id(Microsoft.Network/networkInterfaces pe-qodex-sql-nic)\"}], \"customDnsConfigs\": [], \"ipConfigurations\": [], \"manualPrivateLinkServiceConnections\": [],"
	 "\"privateLinkServiceConnections\": [{\"name\": \"pe-qodex-sql\", \"properties\": {\"provisioningState\": \"Succeeded\", \"privateLinkServiceId\": \"@id(Microsoft.Sql/servers sql-qodex-prod-weu)\", \"groupIds\": [\"sqlServer\"], \"privateLinkServiceConnectionState\": {\"status\": \"Approved\", \"description\": \"Auto-Approved\", \"actionsRequired\": \"None\"}}}]}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Network/privateEndpoints", .path = "pe-qodex-bus",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"subnet\": {\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-qodex-prod-weu/snet-index)\"}, \"networkInterfaces\": [{\"id\": \"@id(Microsoft.Network/networkInterfaces pe-qodex-bus-nic)\"}], \"customDnsConfigs\": [], \"ipConfigurations\": [], \"manualPrivateLinkServiceConnections\": [],"
	 "\"privateLinkServiceConnections\": [{\"name\": \"pe-qodex-bus\", \"properties\": {\"provisioningState\": \"Succeeded\", \"privateLinkServiceId\": \"@id(Microsoft.ServiceBus/namespaces sb-qodex-old-weu)\", \"groupIds\": [\"namespace\"], \"privateLinkServiceConnectionState\": {\"status\": \"Disconnected\", \"description\": \"The resource was deleted\", \"actionsRequired\": \"Delete the private endpoint\"}}}]}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Network/privateEndpoints", .path = "pe-shared-tfstate",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"subnet\": {\"id\": \"@id(rg-shared-network-weu Microsoft.Network/virtualNetworks/subnets vnet-hub-weu/snet-shared)\"}, \"networkInterfaces\": [{\"id\": \"@id(Microsoft.Network/networkInterfaces pe-shared-tfstate-nic)\"}], \"customDnsConfigs\": [], \"ipConfigurations\": [], \"manualPrivateLinkServiceConnections\": [],"
	 "\"privateLinkServiceConnections\": [{\"name\": \"pe-shared-tfstate\", \"properties\": {\"provisioningState\": \"Succeeded\", \"privateLinkServiceId\": \"@id(Microsoft.Storage/storageAccounts sttfstatecontoso)\", \"groupIds\": [\"blob\"], \"privateLinkServiceConnectionState\": {\"status\": \"Rejected\", \"description\": \"Wrong subscription\", \"actionsRequired\": \"None\"}}}]}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/dnszones", .path = "contoso.example",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"maxNumberOfRecordSets\": 10000, \"numberOfRecordSets\": 11, \"nameServers\": [\"ns1-07.azure-dns.com.\", \"ns2-07.azure-dns.net.\", \"ns3-07.azure-dns.org.\", \"ns4-07.azure-dns.info.\"], \"zoneType\": \"Public\"}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/dnszones", .path = "qodex.example",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"maxNumberOfRecordSets\": 10000, \"numberOfRecordSets\": 7, \"nameServers\": [\"ns1-07.azure-dns.com.\", \"ns2-07.azure-dns.net.\", \"ns3-07.azure-dns.org.\", \"ns4-07.azure-dns.info.\"], \"zoneType\": \"Public\"}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/privateDnsZones", .path = "privatelink.blob.core.windows.net",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"maxNumberOfRecordSets\": 25000, \"numberOfRecordSets\": 5, \"maxNumberOfVirtualNetworkLinks\": 1000, \"numberOfVirtualNetworkLinks\": 4, \"maxNumberOfVirtualNetworkLinksWithRegistration\": 100, \"numberOfVirtualNetworkLinksWithRegistration\": 0, \"internalId\": \"@guid(privatelink.blob.core.windows.net)\"}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/privateDnsZones", .path = "privatelink.file.core.windows.net",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"maxNumberOfRecordSets\": 25000, \"numberOfRecordSets\": 2, \"maxNumberOfVirtualNetworkLinks\": 1000, \"numberOfVirtualNetworkLinks\": 4, \"maxNumberOfVirtualNetworkLinksWithRegistration\": 100, \"numberOfVirtualNetworkLinksWithRegistration\": 0, \"internalId\": \"@guid(privatelink.file.core.windows.net)\"}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/privateDnsZones", .path = "privatelink.database.windows.net",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"maxNumberOfRecordSets\": 25000, \"numberOfRecordSets\": 6, \"maxNumberOfVirtualNetworkLinks\": 1000, \"numberOfVirtualNetworkLinks\": 4, \"maxNumberOfVirtualNetworkLinksWithRegistration\": 100, \"numberOfVirtualNetworkLinksWithRegistration\": 0, \"internalId\": \"@guid(privatelink.database.windows.net)\"}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/privateDnsZones", .path = "privatelink.redis.cache.windows.net",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"maxNumberOfRecordSets\": 25000, \"numberOfRecordSets\": 2, \"maxNumberOfVirtualNetworkLinks\": 1000, \"numberOfVirtualNetworkLinks\": 2, \"maxNumberOfVirtualNetworkLinksWithRegistration\": 100, \"numberOfVirtualNetworkLinksWithRegistration\": 0, \"internalId\": \"@guid(privatelink.redis.cache.windows.net)\"}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/privateDnsZones", .path = "privatelink.azurecr.io",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"maxNumberOfRecordSets\": 25000, \"numberOfRecordSets\": 4, \"maxNumberOfVirtualNetworkLinks\": 1000, \"numberOfVirtualNetworkLinks\": 1, \"maxNumberOfVirtualNetworkLinksWithRegistration\": 100, \"numberOfVirtualNetworkLinksWithRegistration\": 0, \"internalId\": \"@guid(privatelink.azurecr.io)\"}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/privateDnsZones", .path = "privatelink.servicebus.windows.net",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"maxNumberOfRecordSets\": 25000, \"numberOfRecordSets\": 1, \"maxNumberOfVirtualNetworkLinks\": 1000, \"numberOfVirtualNetworkLinks\": 0, \"maxNumberOfVirtualNetworkLinksWithRegistration\": 100, \"numberOfVirtualNetworkLinksWithRegistration\": 0, \"internalId\": \"@guid(privatelink.servicebus.windows.net)\"}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/virtualNetworks", .path = "vnet-hub-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(vnet-hub-weu)\", \"enableDdosProtection\": false,"
	 "\"addressSpace\": {\"addressPrefixes\": [\"10.10.0.0/22\"]}, \"dhcpOptions\": {\"dnsServers\": [\"10.10.0.4\"]},"
	 "\"subnets\": ["
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-hub-weu/AzureFirewallSubnet)\", \"name\": \"AzureFirewallSubnet\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefix\": \"10.10.0.0/26\", \"provisioningState\": \"Succeeded\", \"ipConfigurations\": [@ips(3 5)]}},"
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-hub-weu/GatewaySubnet)\", \"name\": \"GatewaySubnet\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefix\": \"10.10.0.64/27\", \"provisioningState\": \"Succeeded\", \"ipConfigurations\": [@ips(2 2)]}},"
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-hub-weu/AzureBastionSubnet)\", \"name\": \"AzureBastionSubnet\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefix\": \"10.10.0.128/26\", \"provisioningState\": \"Succeeded\", \"ipConfigurations\": [@ips(2 2)],"
	 "\"networkSecurityGroup\": {\"id\": \"@id(Microsoft.Network/networkSecurityGroups nsg-bastion-weu)\"}}},"
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-hub-weu/snet-shared)\", \"name\": \"snet-shared\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefix\": \"10.10.1.0/24\", \"provisioningState\": \"Succeeded\", \"ipConfigurations\": [@ips(21 34)],"
	 "\"networkSecurityGroup\": {\"id\": \"@id(Microsoft.Network/networkSecurityGroups nsg-hub-shared-weu)\"}}}],"
	 "\"virtualNetworkPeerings\": ["
	 "{\"name\": \"to-atlas-prod-weu\", \"properties\": {\"peeringState\": \"Connected\", \"peeringSyncLevel\": \"FullyInSync\", \"allowGatewayTransit\": true, \"allowForwardedTraffic\": true, \"remoteVirtualNetwork\": {\"id\": \"@id(rg-atlas-prod-weu Microsoft.Network/virtualNetworks vnet-atlas-prod-weu)\"}}},"
	 "{\"name\": \"to-qodex-prod-weu\", \"properties\": {\"peeringState\": \"Connected\", \"peeringSyncLevel\": \"FullyInSync\", \"allowGatewayTransit\": true, \"allowForwardedTraffic\": true, \"remoteVirtualNetwork\": {\"id\": \"@id(rg-qodex-prod-weu Microsoft.Network/virtualNetworks vnet-qodex-prod-weu)\"}}},"
	 "{\"name\": \"to-qodex-prod-neu\", \"properties\": {\"peeringState\": \"Disconnected\", \"peeringSyncLevel\": \"RemoteNotInSync\", \"allowGatewayTransit\": true, \"allowForwardedTraffic\": true, \"remoteVirtualNetwork\": {\"id\": \"@id(rg-qodex-prod-neu Microsoft.Network/virtualNetworks vnet-qodex-prod-neu)\"}}}]}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Network/virtualNetworks", .path = "vnet-atlas-prod-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(vnet-atlas-prod-weu)\", \"enableDdosProtection\": true,"
	 "\"addressSpace\": {\"addressPrefixes\": [\"10.20.0.0/16\"]}, \"dhcpOptions\": {\"dnsServers\": []},"
	 "\"subnets\": ["
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-aks)\", \"name\": \"snet-aks\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefix\": \"10.20.4.0/22\", \"provisioningState\": \"Succeeded\", \"ipConfigurations\": [@ips(560 985)]}},"
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-app)\", \"name\": \"snet-app\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefix\": \"10.20.1.0/24\", \"provisioningState\": \"Succeeded\", \"ipConfigurations\": [@ips(38 44)],"
	 "\"networkSecurityGroup\": {\"id\": \"@id(Microsoft.Network/networkSecurityGroups nsg-atlas-app-weu)\"}}},"
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-endpoints)\", \"name\": \"snet-endpoints\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefixes\": [\"10.20.2.0/26\"], \"provisioningState\": \"Succeeded\", \"ipConfigurations\": [@ips(9 9)], \"privateEndpointNetworkPolicies\": \"Disabled\"}}],"
	 "\"virtualNetworkPeerings\": ["
	 "{\"name\": \"to-hub\", \"properties\": {\"peeringState\": \"Connected\", \"peeringSyncLevel\": \"FullyInSync\", \"useRemoteGateways\": true, \"remoteVirtualNetwork\": {\"id\": \"@id(rg-shared-network-weu Microsoft.Network/virtualNetworks vnet-hub-weu)\"}}}]}"},
	{.group = "rg-atlas-prod-neu", .type = "Microsoft.Network/virtualNetworks", .path = "vnet-atlas-prod-neu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(vnet-atlas-prod-neu)\", \"enableDdosProtection\": false,"
	 "\"addressSpace\": {\"addressPrefixes\": [\"10.21.0.0/16\"]},"
	 "\"subnets\": ["
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-neu/snet-recovery)\", \"name\": \"snet-recovery\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefix\": \"10.21.1.0/24\", \"provisioningState\": \"Succeeded\"}}],"
	 "\"virtualNetworkPeerings\": []}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Network/virtualNetworks", .path = "vnet-qodex-prod-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(vnet-qodex-prod-weu)\", \"enableDdosProtection\": false,"
	 "\"addressSpace\": {\"addressPrefixes\": [\"10.30.0.0/20\"]}, \"dhcpOptions\": {\"dnsServers\": []},"
	 "\"subnets\": ["
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-qodex-prod-weu/snet-web)\", \"name\": \"snet-web\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefix\": \"10.30.1.0/27\", \"provisioningState\": \"Succeeded\", \"ipConfigurations\": [@ips(21 25)],"
	 "\"networkSecurityGroup\": {\"id\": \"@id(Microsoft.Network/networkSecurityGroups nsg-qodex-web-weu)\"}}},"
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-qodex-prod-weu/snet-index)\", \"name\": \"snet-index\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefix\": \"10.30.2.0/24\", \"provisioningState\": \"Succeeded\", \"ipConfigurations\": [@ips(12 12)],"
	 "\"networkSecurityGroup\": {\"id\": \"@id(Microsoft.Network/networkSecurityGroups nsg-qodex-index-weu)\"}}}],"
	 "\"virtualNetworkPeerings\": ["
	 "{\"name\": \"to-hub\", \"properties\": {\"peeringState\": \"Connected\", \"peeringSyncLevel\": \"FullyInSync\", \"useRemoteGateways\": true, \"remoteVirtualNetwork\": {\"id\": \"@id(rg-shared-network-weu Microsoft.Network/virtualNetworks vnet-hub-weu)\"}}}]}"},
	{.group = "rg-qodex-prod-neu", .type = "Microsoft.Network/virtualNetworks", .path = "vnet-qodex-prod-neu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(vnet-qodex-prod-neu)\", \"enableDdosProtection\": false,"
	 "\"addressSpace\": {\"addressPrefixes\": [\"10.31.0.0/20\", \"10.31.64.0/20\"]}, \"dhcpOptions\": {\"dnsServers\": [\"10.10.0.4\"]},"
	 "\"subnets\": ["
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-qodex-prod-neu/snet-aks)\", \"name\": \"snet-aks\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefix\": \"10.31.8.0/23\", \"provisioningState\": \"Succeeded\", \"ipConfigurations\": [@ips(330 372)]}}],"
	 "\"virtualNetworkPeerings\": ["
	 "{\"name\": \"to-hub\", \"properties\": {\"peeringState\": \"Initiated\", \"peeringSyncLevel\": \"FullyInSync\", \"useRemoteGateways\": false, \"remoteVirtualNetwork\": {\"id\": \"@id(rg-shared-network-weu Microsoft.Network/virtualNetworks vnet-hub-weu)\"}}}]}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.Network/virtualNetworks", .path = "vnet-atlas-test-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(vnet-atlas-test-weu)\", \"enableDdosProtection\": false,"
	 "\"addressSpace\": {\"addressPrefixes\": [\"10.40.0.0/20\"]},"
	 "\"subnets\": ["
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-test-weu/default)\", \"name\": \"default\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefix\": \"10.40.0.0/24\", \"provisioningState\": \"Succeeded\", \"ipConfigurations\": [@ips(2 6)],"
	 "\"networkSecurityGroup\": {\"id\": \"@id(Microsoft.Network/networkSecurityGroups nsg-atlas-test-weu)\"}}}],"
	 "\"virtualNetworkPeerings\": []}"},
	{.group = "rg-qodex-dev-weu", .type = "Microsoft.Network/virtualNetworks", .path = "vnet-qodex-dev-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Updating\", \"resourceGuid\": \"@guid(vnet-qodex-dev-weu)\", \"enableDdosProtection\": false,"
	 "\"addressSpace\": {\"addressPrefixes\": [\"10.41.0.0/24\"]},"
	 "\"subnets\": ["
	 "{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-qodex-dev-weu/default)\", \"name\": \"default\", \"type\": \"Microsoft.Network/virtualNetworks/subnets\","
	 "\"properties\": {\"addressPrefix\": \"10.41.0.0/25\", \"provisioningState\": \"Updating\", \"ipConfigurations\": [@ips(2 3)],"
	 "\"networkSecurityGroup\": {\"id\": \"@id(Microsoft.Network/networkSecurityGroups nsg-qodex-dev-weu)\"}}}],"
	 "\"virtualNetworkPeerings\": []}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/networkSecurityGroups", .path = "nsg-bastion-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(nsg-bastion-weu)\","
	 "\"securityRules\": ["
	 "{\"id\": \"@id(Microsoft.Network/networkSecurityGroups/securityRules nsg-bastion-weu/AllowHttpsInbound)\", \"name\": \"AllowHttpsInbound\","
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"protocol\": \"Tcp\", \"direction\": \"Inbound\", \"access\": \"Allow\", \"priority\": 120, \"sourceAddressPrefix\": \"Internet\", \"sourcePortRange\": \"*\", \"destinationAddressPrefix\": \"*\", \"destinationPortRange\": \"443\", \"sourceAddressPrefixes\": [], \"destinationPortRanges\": []}},"
	 "{\"id\": \"@id(Microsoft.Network/networkSecurityGroups/securityRules nsg-bastion-weu/AllowGatewayManager)\", \"name\": \"AllowGatewayManager\","
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"protocol\": \"Tcp\", \"direction\": \"Inbound\", \"access\": \"Allow\", \"priority\": 130, \"sourceAddressPrefix\": \"GatewayManager\", \"sourcePortRange\": \"*\", \"destinationAddressPrefix\": \"*\", \"destinationPortRange\": \"443\", \"sourceAddressPrefixes\": [], \"destinationPortRanges\": []}}],"
	 "\"subnets\": [{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-hub-weu/AzureBastionSubnet)\"}]}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/networkSecurityGroups", .path = "nsg-hub-shared-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(nsg-hub-shared-weu)\","
	 "\"securityRules\": ["
	 "{\"id\": \"@id(Microsoft.Network/networkSecurityGroups/securityRules nsg-hub-shared-weu/AllowSshFromVpn)\", \"name\": \"AllowSshFromVpn\","
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"protocol\": \"Tcp\", \"direction\": \"Inbound\", \"access\": \"Allow\", \"priority\": 200, \"sourceAddressPrefix\": \"172.16.20.0/24\", \"sourcePortRange\": \"*\", \"destinationAddressPrefix\": \"10.10.1.0/24\", \"destinationPortRange\": \"22\", \"sourceAddressPrefixes\": [], \"destinationPortRanges\": []}}],"
	 "\"subnets\": [{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-hub-weu/snet-shared)\"}]}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Network/networkSecurityGroups", .path = "nsg-atlas-app-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(nsg-atlas-app-weu)\","
	 "\"securityRules\": ["
	 "{\"id\": \"@id(Microsoft.Network/networkSecurityGroups/securityRules nsg-atlas-app-weu/AllowGateway)\", \"name\": \"AllowGateway\","
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"protocol\": \"Tcp\", \"direction\": \"Inbound\", \"access\": \"Allow\", \"priority\": 100, \"sourceAddressPrefix\": \"10.20.3.0/24\", \"sourcePortRange\": \"*\", \"destinationAddressPrefix\": \"*\", \"destinationPortRanges\": [\"8080\", \"8443\"], \"sourceAddressPrefixes\": []}},"
	 "{\"id\": \"@id(Microsoft.Network/networkSecurityGroups/securityRules nsg-atlas-app-weu/DenyAdmin)\", \"name\": \"DenyAdmin\","
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"protocol\": \"*\", \"direction\": \"Inbound\", \"access\": \"Deny\", \"priority\": 110, \"sourceAddressPrefix\": \"*\", \"sourcePortRange\": \"*\", \"destinationAddressPrefix\": \"*\", \"destinationPortRanges\": [\"22\", \"3389\"], \"sourceAddressPrefixes\": []}}],"
	 "\"subnets\": [{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-prod-weu/snet-app)\"}]}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Network/networkSecurityGroups", .path = "nsg-qodex-web-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(nsg-qodex-web-weu)\","
	 "\"securityRules\": ["
	 "{\"id\": \"@id(Microsoft.Network/networkSecurityGroups/securityRules nsg-qodex-web-weu/AllowWeb)\", \"name\": \"AllowWeb\","
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"protocol\": \"Tcp\", \"direction\": \"Inbound\", \"access\": \"Allow\", \"priority\": 100, \"sourceAddressPrefix\": \"Internet\", \"sourcePortRange\": \"*\", \"destinationAddressPrefix\": \"*\", \"destinationPortRanges\": [\"80\", \"443\"], \"sourceAddressPrefixes\": []}},"
	 "{\"id\": \"@id(Microsoft.Network/networkSecurityGroups/securityRules nsg-qodex-web-weu/temp-ssh-incident)\", \"name\": \"temp-ssh-incident\","
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"protocol\": \"Tcp\", \"direction\": \"Inbound\", \"access\": \"Allow\", \"priority\": 310, \"sourceAddressPrefix\": \"*\", \"sourcePortRange\": \"*\", \"destinationAddressPrefix\": \"*\", \"destinationPortRange\": \"22\", \"sourceAddressPrefixes\": [], \"destinationPortRanges\": []}}],"
	 "\"subnets\": [{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-qodex-prod-weu/snet-web)\"}]}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Network/networkSecurityGroups", .path = "nsg-qodex-index-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(nsg-qodex-index-weu)\","
	 "\"securityRules\": ["
	 "{\"id\": \"@id(Microsoft.Network/networkSecurityGroups/securityRules nsg-qodex-index-weu/AllowSearch)\", \"name\": \"AllowSearch\","
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"protocol\": \"Tcp\", \"direction\": \"Inbound\", \"access\": \"Allow\", \"priority\": 100, \"sourceAddressPrefixes\": [\"10.30.1.0/27\", \"10.31.8.0/23\"], \"sourcePortRange\": \"*\", \"destinationAddressPrefix\": \"*\", \"destinationPortRange\": \"9200-9300\", \"destinationPortRanges\": []}}],"
	 "\"subnets\": [{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-qodex-prod-weu/snet-index)\"}]}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.Network/networkSecurityGroups", .path = "nsg-atlas-test-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(nsg-atlas-test-weu)\","
	 "\"securityRules\": ["
	 "{\"id\": \"@id(Microsoft.Network/networkSecurityGroups/securityRules nsg-atlas-test-weu/AllowTesters)\", \"name\": \"AllowTesters\","
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"protocol\": \"Tcp\", \"direction\": \"Inbound\", \"access\": \"Allow\", \"priority\": 100, \"sourceAddressPrefixes\": [\"198.51.100.0/24\", \"0.0.0.0/0\"], \"sourcePortRange\": \"*\", \"destinationAddressPrefix\": \"*\", \"destinationPortRange\": \"8000-8999\", \"destinationPortRanges\": []}}],"
	 "\"subnets\": [{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-test-weu/default)\"}]}"},
	{.group = "rg-qodex-dev-weu", .type = "Microsoft.Network/networkSecurityGroups", .path = "nsg-qodex-dev-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(nsg-qodex-dev-weu)\","
	 "\"securityRules\": ["
	 "{\"id\": \"@id(Microsoft.Network/networkSecurityGroups/securityRules nsg-qodex-dev-weu/AllowRdp)\", \"name\": \"AllowRdp\","
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"protocol\": \"*\", \"direction\": \"Inbound\", \"access\": \"Allow\", \"priority\": 300, \"sourceAddressPrefix\": \"Internet\", \"sourcePortRange\": \"*\", \"destinationAddressPrefix\": \"*\", \"destinationPortRange\": \"3000-4000\", \"sourceAddressPrefixes\": [], \"destinationPortRanges\": []}}],"
	 "\"subnets\": [{\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-qodex-dev-weu/default)\"}]}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/networkSecurityGroups", .path = "nsg-migration-2023",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceGuid\": \"@guid(nsg-migration-2023)\", \"securityRules\": []}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/publicIPAddresses", .path = "pip-fw-hub-weu",
	 .sku = "Standard",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"ipAddress\": \"203.0.113.10\", \"publicIPAllocationMethod\": \"Static\", \"publicIPAddressVersion\": \"IPv4\", \"idleTimeoutInMinutes\": 4,"
	 "\"ipConfiguration\": {\"id\": \"@id(Microsoft.Network/azureFirewalls/azureFirewallIpConfigurations fw-hub-weu/ipconfig)\"}},"
	 "\"sku\": {\"name\": \"Standard\", \"tier\": \"Regional\"}, \"zones\": [\"1\", \"2\", \"3\"]"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/publicIPAddresses", .path = "pip-vpn-old",
	 .sku = "Basic",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"publicIPAllocationMethod\": \"Dynamic\", \"publicIPAddressVersion\": \"IPv4\", \"idleTimeoutInMinutes\": 4},"
	 "\"sku\": {\"name\": \"Basic\", \"tier\": \"Regional\"}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Network/publicIPAddresses", .path = "pip-agw-atlas-weu",
	 .sku = "Standard",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"ipAddress\": \"203.0.113.24\", \"publicIPAllocationMethod\": \"Static\", \"publicIPAddressVersion\": \"IPv4\", \"idleTimeoutInMinutes\": 4,"
	 "\"dnsSettings\": {\"domainNameLabel\": \"atlas-contoso\", \"fqdn\": \"atlas-contoso.westeurope.cloudapp.azure.com\"},"
	 "\"ipConfiguration\": {\"id\": \"@id(Microsoft.Network/applicationGateways/frontendIPConfigurations agw-atlas-prod-weu/public)\"}},"
	 "\"sku\": {\"name\": \"Standard\", \"tier\": \"Regional\"}, \"zones\": [\"1\", \"2\", \"3\"]"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Network/publicIPAddresses", .path = "pip-qodex-lb-weu",
	 .sku = "Standard",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"ipAddress\": \"203.0.113.41\", \"publicIPAllocationMethod\": \"Static\", \"publicIPAddressVersion\": \"IPv4\", \"idleTimeoutInMinutes\": 4,"
	 "\"ipConfiguration\": {\"id\": \"@id(Microsoft.Network/loadBalancers/frontendIPConfigurations lb-qodex-web-weu/front)\"}},"
	 "\"sku\": {\"name\": \"Standard\", \"tier\": \"Regional\"}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.Network/publicIPAddresses", .path = "pip-atlas-test",
	 .sku = "Standard",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"ipAddress\": \"203.0.113.77\", \"publicIPAllocationMethod\": \"Static\", \"publicIPAddressVersion\": \"IPv4\", \"idleTimeoutInMinutes\": 4},"
	 "\"sku\": {\"name\": \"Standard\", \"tier\": \"Regional\"}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Network/applicationGateways", .path = "agw-atlas-prod-weu",
	 .sku = "WAF_v2",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"operationalState\": \"Running\", \"enableHttp2\": true, \"autoscaleConfiguration\": {\"minCapacity\": 2, \"maxCapacity\": 10}},"
	 "\"zones\": [\"1\", \"2\", \"3\"]"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/azureFirewalls", .path = "fw-hub-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"threatIntelMode\": \"Alert\", \"sku\": {\"name\": \"AZFW_VNet\", \"tier\": \"Standard\"}}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Network/trafficmanagerprofiles", .path = "tm-contoso",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"profileStatus\": \"Enabled\", \"trafficRoutingMethod\": \"Priority\", \"dnsConfig\": {\"relativeName\": \"tm-contoso\", \"fqdn\": \"tm-contoso.trafficmanager.net\", \"ttl\": 30}}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Network/loadBalancers", .path = "lb-qodex-web-weu",
	 .sku = "Standard",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"frontendIPConfigurations\": [{\"name\": \"front\"}], \"backendAddressPools\": [{\"name\": \"web\"}]},"
	 "\"sku\": {\"name\": \"Standard\", \"tier\": \"Regional\"}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.Network/networkInterfaces", .path = "nic-left-behind",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"primary\": true, \"ipConfigurations\": [{\"name\": \"ipconfig1\", \"properties\": {\"privateIPAddress\": \"10.40.0.9\", \"subnet\": {\"id\": \"@id(Microsoft.Network/virtualNetworks/subnets vnet-atlas-test-weu/default)\"}}}]}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Network/trafficmanagerprofiles", .path = "tm-atlas",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"profileStatus\": \"Enabled\", \"trafficRoutingMethod\": \"Priority\", \"dnsConfig\": {\"relativeName\": \"tm-atlas\", \"fqdn\": \"tm-atlas.trafficmanager.net\", \"ttl\": 30}}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Network/trafficmanagerprofiles", .path = "tm-qodex",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"profileStatus\": \"Enabled\", \"trafficRoutingMethod\": \"Performance\", \"dnsConfig\": {\"relativeName\": \"tm-qodex\", \"fqdn\": \"tm-qodex.trafficmanager.net\", \"ttl\": 60}}"},
	{.group = "rg-qodex-dev-weu", .type = "Microsoft.Network/trafficmanagerprofiles", .path = "tm-qodex-beta",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"profileStatus\": \"Enabled\", \"trafficRoutingMethod\": \"Weighted\", \"dnsConfig\": {\"relativeName\": \"tm-qodex-beta\", \"fqdn\": \"tm-qodex-beta.trafficmanager.net\", \"ttl\": 60}}"},
	{.group = "rg-shared-network-weu", .type = "Microsoft.Cdn/profiles", .path = "afd-contoso",
	 .sku = "Premium_AzureFrontDoor",
	 .location = "global",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"resourceState\": \"Active\", \"frontDoorId\": \"@guid(afd-contoso)\", \"originResponseTimeoutSeconds\": 30}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.KeyVault/vaults", .path = "kv-atlas-prod-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"tenantId\": \"@tenant()\", \"sku\": {\"family\": \"A\", \"name\": \"standard\"}, \"enableRbacAuthorization\": true, \"enableSoftDelete\": true, \"enablePurgeProtection\": true, \"publicNetworkAccess\": \"Disabled\", \"vaultUri\": \"https://kv-atlas-prod-weu.vault.azure.net/\"}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.KeyVault/vaults", .path = "kv-qodex-prod-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"tenantId\": \"@tenant()\", \"sku\": {\"family\": \"A\", \"name\": \"standard\"}, \"enableRbacAuthorization\": false, \"enableSoftDelete\": true, \"publicNetworkAccess\": \"Enabled\", \"vaultUri\": \"https://kv-qodex-prod-weu.vault.azure.net/\"}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.ServiceBus/namespaces", .path = "sb-qodex-prod-weu",
	 .sku = "Standard",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"status\": \"Active\", \"createdAt\": \"@ago(702d)\", \"serviceBusEndpoint\": \"https://sb-qodex-prod-weu.servicebus.windows.net:443/\", \"disableLocalAuth\": false},"
	 "\"sku\": {\"name\": \"Standard\", \"tier\": \"Standard\"}"},
	{.group = "rg-shared-monitor-weu", .type = "Microsoft.OperationalInsights/workspaces", .path = "log-contoso",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"customerId\": \"@guid(log-contoso)\", \"retentionInDays\": 90, \"sku\": {\"name\": \"PerGB2018\"}, \"createdDate\": \"@ago(1410d)\"}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.KeyVault/vaults", .path = "kv-contoso-shared",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"tenantId\": \"@tenant()\", \"sku\": {\"family\": \"A\", \"name\": \"standard\"}, \"enableRbacAuthorization\": true, \"enableSoftDelete\": true, \"enablePurgeProtection\": true, \"publicNetworkAccess\": \"Enabled\", \"vaultUri\": \"https://kv-contoso-shared.vault.azure.net/\"}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.ContainerInstance/containerGroups", .path = "aci-atlas-sftp",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"sku\": \"Standard\", \"osType\": \"Linux\", \"restartPolicy\": \"Always\", \"ipAddress\": {\"type\": \"Private\", \"ip\": \"10.20.1.90\", \"ports\": [{\"port\": 443, \"protocol\": \"TCP\"}]}, \"initContainers\": [], \"volumes\": [],"
	 "\"containers\": ["
	 "{\"name\": \"sftp\", \"properties\": {\"image\": \"crcontososhared.azurecr.io/sftp:2.4.0\", \"command\": [], \"environmentVariables\": [], \"ports\": [{\"port\": 22, \"protocol\": \"TCP\"}], \"resources\": {\"requests\": {\"cpu\": 1, \"memoryInGB\": 1.5}}}},"
	 "{\"name\": \"virus-scan\", \"properties\": {\"image\": \"crcontososhared.azurecr.io/clamav:1.3.1\", \"command\": [], \"environmentVariables\": [], \"ports\": [{\"port\": 3310, \"protocol\": \"TCP\"}], \"resources\": {\"requests\": {\"cpu\": 2, \"memoryInGB\": 4}}}}]}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.ContainerInstance/containerGroups", .path = "aci-qodex-crawler",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"sku\": \"Standard\", \"osType\": \"Linux\", \"restartPolicy\": \"Always\", \"ipAddress\": {\"type\": \"Private\", \"ip\": \"10.30.1.19\", \"ports\": [{\"port\": 443, \"protocol\": \"TCP\"}]}, \"initContainers\": [], \"volumes\": [],"
	 "\"containers\": ["
	 "{\"name\": \"crawler\", \"properties\": {\"image\": \"crcontososhared.azurecr.io/qodex-crawler:0.31.2\", \"command\": [], \"environmentVariables\": [], \"ports\": [{\"port\": 8080, \"protocol\": \"TCP\"}], \"resources\": {\"requests\": {\"cpu\": 2, \"memoryInGB\": 8}}}}]}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.ContainerInstance/containerGroups", .path = "aci-qodex-migrate",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"sku\": \"Standard\", \"osType\": \"Linux\", \"restartPolicy\": \"Never\", \"ipAddress\": {\"type\": \"Private\", \"ip\": \"10.30.1.22\", \"ports\": [{\"port\": 443, \"protocol\": \"TCP\"}]}, \"initContainers\": [], \"volumes\": [],"
	 "\"containers\": ["
	 "{\"name\": \"migrate\", \"properties\": {\"image\": \"crcontososhared.azurecr.io/qodex-migrate:5.2.1\", \"command\": [], \"environmentVariables\": [], \"ports\": [{\"port\": 8080, \"protocol\": \"TCP\"}], \"resources\": {\"requests\": {\"cpu\": 1, \"memoryInGB\": 2}}}}]}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.ContainerInstance/containerGroups", .path = "aci-terraform-plan",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"sku\": \"Standard\", \"osType\": \"Linux\", \"restartPolicy\": \"OnFailure\", \"ipAddress\": {\"type\": \"Private\", \"ip\": \"10.10.1.77\", \"ports\": [{\"port\": 443, \"protocol\": \"TCP\"}]}, \"initContainers\": [], \"volumes\": [],"
	 "\"containers\": ["
	 "{\"name\": \"plan\", \"properties\": {\"image\": \"crcontososhared.azurecr.io/terraform:1.10.5\", \"command\": [], \"environmentVariables\": [], \"ports\": [{\"port\": 8080, \"protocol\": \"TCP\"}], \"resources\": {\"requests\": {\"cpu\": 1, \"memoryInGB\": 2}}}}]}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.ContainerInstance/containerGroups", .path = "aci-atlas-mock",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"sku\": \"Standard\", \"osType\": \"Linux\", \"restartPolicy\": \"Always\", \"ipAddress\": {\"type\": \"Public\", \"ip\": \"203.0.113.90\", \"ports\": [{\"port\": 443, \"protocol\": \"TCP\"}]}, \"initContainers\": [], \"volumes\": [],"
	 "\"containers\": ["
	 "{\"name\": \"mock\", \"properties\": {\"image\": \"docker.io/wiremock/wiremock:latest\", \"command\": [], \"environmentVariables\": [], \"ports\": [{\"port\": 8080, \"protocol\": \"TCP\"}], \"resources\": {\"requests\": {\"cpu\": 0.5, \"memoryInGB\": 1}}}}]}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.ContainerRegistry/registries", .path = "crcontososhared",
	 .sku = "Premium",
	 .body = ""
	 "\"sku\": {\"name\": \"Premium\", \"tier\": \"Premium\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"loginServer\": \"crcontososhared.azurecr.io\", \"creationDate\": \"@ago(1402d)\", \"adminUserEnabled\": false, \"publicNetworkAccess\": \"Disabled\", \"zoneRedundancy\": \"Enabled\", \"anonymousPullEnabled\": false, \"dataEndpointEnabled\": false, \"networkRuleBypassOptions\": \"AzureServices\","
	 "\"encryption\": {\"status\": \"disabled\"}, \"privateEndpointConnections\": [{\"properties\": {\"privateLinkServiceConnectionState\": {\"status\": \"Approved\"}}}],"
	 "\"policies\": {\"quarantinePolicy\": {\"status\": \"disabled\"}, \"trustPolicy\": {\"type\": \"Notary\", \"status\": \"disabled\"}, \"retentionPolicy\": {\"days\": 30, \"status\": \"enabled\"}, \"exportPolicy\": {\"status\": \"enabled\"}}}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.ContainerRegistry/registries", .path = "crqodexprod",
	 .sku = "Standard",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard\", \"tier\": \"Standard\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"loginServer\": \"crqodexprod.azurecr.io\", \"creationDate\": \"@ago(640d)\", \"adminUserEnabled\": true, \"publicNetworkAccess\": \"Enabled\", \"zoneRedundancy\": \"Disabled\", \"anonymousPullEnabled\": false, \"dataEndpointEnabled\": false, \"networkRuleBypassOptions\": \"AzureServices\","
	 "\"encryption\": {\"status\": \"disabled\"}, \"privateEndpointConnections\": [],"
	 "\"policies\": {\"quarantinePolicy\": {\"status\": \"disabled\"}, \"trustPolicy\": {\"type\": \"Notary\", \"status\": \"disabled\"}, \"retentionPolicy\": {\"days\": 7, \"status\": \"disabled\"}, \"exportPolicy\": {\"status\": \"enabled\"}}}"},
	{.group = "rg-qodex-dev-weu", .type = "Microsoft.ContainerRegistry/registries", .path = "crqodexdev",
	 .sku = "Basic",
	 .body = ""
	 "\"sku\": {\"name\": \"Basic\", \"tier\": \"Basic\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"loginServer\": \"crqodexdev.azurecr.io\", \"creationDate\": \"@ago(310d)\", \"adminUserEnabled\": true, \"publicNetworkAccess\": \"Enabled\", \"zoneRedundancy\": \"Disabled\", \"anonymousPullEnabled\": false, \"dataEndpointEnabled\": false, \"networkRuleBypassOptions\": \"AzureServices\","
	 "\"encryption\": {\"status\": \"disabled\"}, \"privateEndpointConnections\": [],"
	 "\"policies\": {\"quarantinePolicy\": {\"status\": \"disabled\"}, \"trustPolicy\": {\"type\": \"Notary\", \"status\": \"disabled\"}, \"retentionPolicy\": {\"days\": 7, \"status\": \"disabled\"}, \"exportPolicy\": {\"status\": \"enabled\"}}}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.ContainerRegistry/registries", .path = "crcontosopublic",
	 .sku = "Standard",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard\", \"tier\": \"Standard\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"loginServer\": \"crcontosopublic.azurecr.io\", \"creationDate\": \"@ago(205d)\", \"adminUserEnabled\": false, \"publicNetworkAccess\": \"Enabled\", \"zoneRedundancy\": \"Disabled\", \"anonymousPullEnabled\": true, \"dataEndpointEnabled\": false, \"networkRuleBypassOptions\": \"AzureServices\","
	 "\"encryption\": {\"status\": \"disabled\"}, \"privateEndpointConnections\": [],"
	 "\"policies\": {\"quarantinePolicy\": {\"status\": \"disabled\"}, \"trustPolicy\": {\"type\": \"Notary\", \"status\": \"disabled\"}, \"retentionPolicy\": {\"days\": 7, \"status\": \"disabled\"}, \"exportPolicy\": {\"status\": \"enabled\"}}}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Cache/Redis", .path = "redis-atlas-prod-weu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"redisVersion\": \"6.0\", \"sku\": {\"name\": \"Premium\", \"family\": \"P\", \"capacity\": 2}, \"enableNonSslPort\": false, \"minimumTlsVersion\": \"1.2\", \"publicNetworkAccess\": \"Disabled\", \"disableAccessKeyAuthentication\": true, \"hostName\": \"redis-atlas-prod-weu.redis.cache.windows.net\", \"port\": 6379, \"sslPort\": 6380, \"replicasPerMaster\": 1, \"replicasPerPrimary\": 1, \"shardCount\": 2, \"updateChannel\": \"Stable\", \"zonalAllocationPolicy\": \"UserDefined\", \"linkedServers\": [],"
	 "\"redisConfiguration\": {\"maxmemory-policy\": \"volatile-lru\", \"maxmemory-reserved\": \"642\", \"aad-enabled\": \"True\"},"
	 "\"instances\": [{\"sslPort\": 15000, \"isMaster\": true, \"isPrimary\": true}, {\"sslPort\": 15001, \"isMaster\": false, \"isPrimary\": false}]},"
	 "\"zones\": [\"1\", \"2\"]"},
	{.group = "rg-atlas-prod-neu", .type = "Microsoft.Cache/Redis", .path = "redis-atlas-prod-neu",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Linking\", \"redisVersion\": \"6.0\", \"sku\": {\"name\": \"Premium\", \"family\": \"P\", \"capacity\": 2}, \"enableNonSslPort\": false, \"minimumTlsVersion\": \"1.2\", \"publicNetworkAccess\": \"Disabled\", \"disableAccessKeyAuthentication\": true, \"hostName\": \"redis-atlas-prod-neu.redis.cache.windows.net\", \"port\": 6379, \"sslPort\": 6380, \"replicasPerMaster\": 1, \"replicasPerPrimary\": 1, \"updateChannel\": \"Stable\", \"zonalAllocationPolicy\": \"NoZones\", \"linkedServers\": [],"
	 "\"redisConfiguration\": {\"maxmemory-policy\": \"volatile-lru\", \"maxmemory-reserved\": \"642\", \"aad-enabled\": \"True\"},"
	 "\"instances\": [{\"sslPort\": 15000, \"isMaster\": true, \"isPrimary\": true}, {\"sslPort\": 15001, \"isMaster\": false, \"isPrimary\": false}]}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Cache/Redis", .path = "redis-qodex-sessions",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"redisVersion\": \"6.0\", \"sku\": {\"name\": \"Standard\", \"family\": \"C\", \"capacity\": 3}, \"enableNonSslPort\": false, \"minimumTlsVersion\": \"1.2\", \"publicNetworkAccess\": \"Enabled\", \"disableAccessKeyAuthentication\": false, \"hostName\": \"redis-qodex-sessions.redis.cache.windows.net\", \"port\": 6379, \"sslPort\": 6380, \"replicasPerMaster\": 1, \"replicasPerPrimary\": 1, \"updateChannel\": \"Stable\", \"zonalAllocationPolicy\": \"NoZones\", \"linkedServers\": [],"
	 "\"redisConfiguration\": {\"maxmemory-policy\": \"volatile-lru\", \"maxmemory-reserved\": \"642\", \"aad-enabled\": \"False\"},"
	 "\"instances\": [{\"sslPort\": 15000, \"isMaster\": true, \"isPrimary\": true}, {\"sslPort\": 15001, \"isMaster\": false, \"isPrimary\": false}]}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Cache/Redis", .path = "redis-qodex-queue",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"redisVersion\": \"4.0.14\", \"sku\": {\"name\": \"Basic\", \"family\": \"C\", \"capacity\": 1}, \"enableNonSslPort\": true, \"minimumTlsVersion\": \"1.0\", \"publicNetworkAccess\": \"Enabled\", \"disableAccessKeyAuthentication\": false, \"hostName\": \"redis-qodex-queue.redis.cache.windows.net\", \"port\": 6379, \"sslPort\": 6380, \"replicasPerMaster\": 0, \"replicasPerPrimary\": 0, \"updateChannel\": \"Stable\", \"zonalAllocationPolicy\": \"NoZones\", \"linkedServers\": [],"
	 "\"redisConfiguration\": {\"maxmemory-policy\": \"volatile-lru\", \"maxmemory-reserved\": \"642\", \"aad-enabled\": \"False\"},"
	 "\"instances\": [{\"sslPort\": 15000, \"isMaster\": true, \"isPrimary\": true}, {\"sslPort\": 15001, \"isMaster\": false, \"isPrimary\": false}]}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.Cache/Redis", .path = "redis-atlas-test",
	 .body = ""
	 "\"properties\": {\"provisioningState\": \"Scaling\", \"redisVersion\": \"6.0\", \"sku\": {\"name\": \"Basic\", \"family\": \"C\", \"capacity\": 0}, \"enableNonSslPort\": false, \"minimumTlsVersion\": \"1.2\", \"publicNetworkAccess\": \"Enabled\", \"disableAccessKeyAuthentication\": true, \"hostName\": \"redis-atlas-test.redis.cache.windows.net\", \"port\": 6379, \"sslPort\": 6380, \"replicasPerMaster\": 0, \"replicasPerPrimary\": 0, \"updateChannel\": \"Stable\", \"zonalAllocationPolicy\": \"NoZones\", \"linkedServers\": [],"
	 "\"redisConfiguration\": {\"maxmemory-policy\": \"volatile-lru\", \"maxmemory-reserved\": \"642\", \"aad-enabled\": \"True\"},"
	 "\"instances\": [{\"sslPort\": 15000, \"isMaster\": true, \"isPrimary\": true}, {\"sslPort\": 15001, \"isMaster\": false, \"isPrimary\": false}]}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.ApiManagement/service", .path = "apim-atlas-prod",
	 .sku = "Premium",
	 .body = ""
	 "\"sku\": {\"name\": \"Premium\", \"capacity\": 2},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"targetProvisioningState\": \"\", \"createdAtUtc\": \"@ago(900d)\", \"publisherEmail\": \"platform@contoso.example\", \"publisherName\": \"Contoso\", \"gatewayUrl\": \"https://apim-atlas-prod.azure-api.net\", \"managementApiUrl\": \"https://apim-atlas-prod.management.azure-api.net\", \"platformVersion\": \"stv2\", \"virtualNetworkType\": \"Internal\", \"publicNetworkAccess\": \"Enabled\", \"publicIPAddresses\": [\"203.0.113.130\"], \"disableGateway\": false, \"additionalLocations\": [{\"location\": \"North Europe\", \"sku\": {\"name\": \"Premium\", \"capacity\": 1}, \"disableGateway\": false}],"
	 "\"customProperties\": {\"Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10\": \"False\", \"Microsoft.WindowsAzure.ApiManagement.Gateway.Protocols.Server.Http2\": \"True\"},"
	 "\"hostnameConfigurations\": ["
	 "{\"type\": \"Proxy\", \"hostName\": \"apim-atlas-prod.azure-api.net\", \"negotiateClientCertificate\": false, \"defaultSslBinding\": false, \"certificateSource\": \"BuiltIn\"},"
	 "{\"type\": \"Proxy\", \"hostName\": \"gateway.atlas.contoso.example\", \"keyVaultId\": \"https://kv-atlas-prod-weu.vault.azure.net/secrets/wildcard\", \"negotiateClientCertificate\": false, \"defaultSslBinding\": true, \"certificateSource\": \"KeyVault\", \"certificateStatus\": \"Completed\", \"certificate\": {\"expiry\": \"@in(61d)\", \"thumbprint\": \"3F9A11C05D7E52B8A4417E0C6B2D94F8A07713EE\", \"subject\": \"CN=gateway.atlas.contoso.example\"}}]}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.ApiManagement/service", .path = "apim-qodex-prod",
	 .sku = "Standard",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard\", \"capacity\": 1},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"targetProvisioningState\": \"\", \"createdAtUtc\": \"@ago(900d)\", \"publisherEmail\": \"platform@contoso.example\", \"publisherName\": \"Contoso\", \"gatewayUrl\": \"https://apim-qodex-prod.azure-api.net\", \"managementApiUrl\": \"https://apim-qodex-prod.management.azure-api.net\", \"platformVersion\": \"stv2\", \"virtualNetworkType\": \"None\", \"publicNetworkAccess\": \"Enabled\", \"publicIPAddresses\": [\"203.0.113.130\"], \"disableGateway\": false,"
	 "\"customProperties\": {\"Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10\": \"False\", \"Microsoft.WindowsAzure.ApiManagement.Gateway.Protocols.Server.Http2\": \"True\"},"
	 "\"hostnameConfigurations\": ["
	 "{\"type\": \"Proxy\", \"hostName\": \"apim-qodex-prod.azure-api.net\", \"negotiateClientCertificate\": false, \"defaultSslBinding\": false, \"certificateSource\": \"BuiltIn\"},"
	 "{\"type\": \"Proxy\", \"hostName\": \"api.qodex.example\", \"keyVaultId\": \"https://kv-atlas-prod-weu.vault.azure.net/secrets/wildcard\", \"negotiateClientCertificate\": false, \"defaultSslBinding\": true, \"certificateSource\": \"Custom\", \"certificateStatus\": \"\", \"certificate\": {\"expiry\": \"@in(9d)\", \"thumbprint\": \"3F9A11C05D7E52B8A4417E0C6B2D94F8A07713EE\", \"subject\": \"CN=api.qodex.example\"}}]}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.ApiManagement/service", .path = "apim-qodex-legacy",
	 .sku = "Developer",
	 .body = ""
	 "\"sku\": {\"name\": \"Developer\", \"capacity\": 1},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"targetProvisioningState\": \"\", \"createdAtUtc\": \"@ago(1710d)\", \"publisherEmail\": \"platform@contoso.example\", \"publisherName\": \"Contoso\", \"gatewayUrl\": \"https://apim-qodex-legacy.azure-api.net\", \"managementApiUrl\": \"https://apim-qodex-legacy.management.azure-api.net\", \"platformVersion\": \"stv1\", \"virtualNetworkType\": \"External\", \"publicNetworkAccess\": \"Enabled\", \"publicIPAddresses\": [\"203.0.113.130\"], \"disableGateway\": false,"
	 "\"customProperties\": {\"Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10\": \"True\", \"Microsoft.WindowsAzure.ApiManagement.Gateway.Protocols.Server.Http2\": \"True\"},"
	 "\"hostnameConfigurations\": ["
	 "{\"type\": \"Proxy\", \"hostName\": \"apim-qodex-legacy.azure-api.net\", \"negotiateClientCertificate\": false, \"defaultSslBinding\": false, \"certificateSource\": \"BuiltIn\"}]}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.ApiManagement/service", .path = "apim-atlas-test",
	 .sku = "Developer",
	 .body = ""
	 "\"sku\": {\"name\": \"Developer\", \"capacity\": 1},"
	 "\"properties\": {\"provisioningState\": \"Updating\", \"targetProvisioningState\": \"Active\", \"createdAtUtc\": \"@ago(900d)\", \"publisherEmail\": \"platform@contoso.example\", \"publisherName\": \"Contoso\", \"gatewayUrl\": \"https://apim-atlas-test.azure-api.net\", \"managementApiUrl\": \"https://apim-atlas-test.management.azure-api.net\", \"platformVersion\": \"stv2\", \"virtualNetworkType\": \"None\", \"publicNetworkAccess\": \"Enabled\", \"publicIPAddresses\": [\"203.0.113.130\"], \"disableGateway\": false,"
	 "\"customProperties\": {\"Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10\": \"False\", \"Microsoft.WindowsAzure.ApiManagement.Gateway.Protocols.Server.Http2\": \"True\"},"
	 "\"hostnameConfigurations\": ["
	 "{\"type\": \"Proxy\", \"hostName\": \"apim-atlas-test.azure-api.net\", \"negotiateClientCertificate\": false, \"defaultSslBinding\": false, \"certificateSource\": \"BuiltIn\"},"
	 "{\"type\": \"Proxy\", \"hostName\": \"gateway.test.contoso.example\", \"keyVaultId\": \"https://kv-atlas-prod-weu.vault.azure.net/secrets/wildcard\", \"negotiateClientCertificate\": false, \"defaultSslBinding\": true, \"certificateSource\": \"Custom\", \"certificateStatus\": \"\", \"certificate\": {\"expiry\": \"@ago(4d)\", \"thumbprint\": \"3F9A11C05D7E52B8A4417E0C6B2D94F8A07713EE\", \"subject\": \"CN=gateway.test.contoso.example\"}}]}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Storage/storageAccounts", .path = "stcontosoatlasweu",
	 .kind = "StorageV2",
	 .sku = "Standard_RAGZRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_RAGZRS\", \"tier\": \"Standard\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"creationTime\": \"@ago(1180d)\", \"accessTier\": \"Hot\", \"minimumTlsVersion\": \"TLS1_2\", \"supportsHttpsTrafficOnly\": true,"
	 "\"allowBlobPublicAccess\": false, \"allowSharedKeyAccess\": false, \"publicNetworkAccess\": \"Disabled\","
	 "\"networkAcls\": {\"bypass\": \"AzureServices\", \"defaultAction\": \"Deny\", \"ipRules\": [], \"virtualNetworkRules\": []},"
	 "\"encryption\": {\"keySource\": \"Microsoft.Keyvault\", \"services\": {\"blob\": {\"enabled\": true, \"keyType\": \"Account\"}, \"file\": {\"enabled\": true, \"keyType\": \"Account\"}}},"
	 "\"primaryLocation\": \"westeurope\", \"statusOfPrimary\": \"available\","
	 "\"primaryEndpoints\": {\"blob\": \"https://stcontosoatlasweu.blob.core.windows.net/\", \"file\": \"https://stcontosoatlasweu.file.core.windows.net/\"}, \"privateEndpointConnections\": [{\"id\": \"@id(Microsoft.Storage/storageAccounts/privateEndpointConnections stcontosoatlasweu/pe)\", \"properties\": {\"privateLinkServiceConnectionState\": {\"status\": \"Approved\"}}}]}"},
	{.group = "rg-atlas-prod-weu", .type = "Microsoft.Storage/storageAccounts", .path = "stcontosoatlasfiles",
	 .kind = "FileStorage",
	 .sku = "Premium_LRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Premium_LRS\", \"tier\": \"Premium\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"creationTime\": \"@ago(611d)\", \"accessTier\": \"Premium\", \"minimumTlsVersion\": \"TLS1_2\", \"supportsHttpsTrafficOnly\": true,"
	 "\"allowBlobPublicAccess\": false, \"allowSharedKeyAccess\": true, \"publicNetworkAccess\": \"Enabled\","
	 "\"networkAcls\": {\"bypass\": \"AzureServices\", \"defaultAction\": \"Deny\", \"ipRules\": [], \"virtualNetworkRules\": []},"
	 "\"encryption\": {\"keySource\": \"Microsoft.Storage\", \"services\": {\"blob\": {\"enabled\": true, \"keyType\": \"Account\"}, \"file\": {\"enabled\": true, \"keyType\": \"Account\"}}},"
	 "\"primaryLocation\": \"westeurope\", \"statusOfPrimary\": \"available\","
	 "\"primaryEndpoints\": {\"blob\": \"https://stcontosoatlasfiles.blob.core.windows.net/\", \"file\": \"https://stcontosoatlasfiles.file.core.windows.net/\"}, \"privateEndpointConnections\": [{\"id\": \"@id(Microsoft.Storage/storageAccounts/privateEndpointConnections stcontosoatlasfiles/pe)\", \"properties\": {\"privateLinkServiceConnectionState\": {\"status\": \"Approved\"}}}]}"},
	{.group = "rg-atlas-prod-neu", .type = "Microsoft.Storage/storageAccounts", .path = "stcontosoatlasneu",
	 .kind = "StorageV2",
	 .sku = "Standard_LRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_LRS\", \"tier\": \"Standard\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"creationTime\": \"@ago(1175d)\", \"accessTier\": \"Hot\", \"minimumTlsVersion\": \"TLS1_2\", \"supportsHttpsTrafficOnly\": true,"
	 "\"allowBlobPublicAccess\": false, \"allowSharedKeyAccess\": true, \"publicNetworkAccess\": \"Enabled\","
	 "\"networkAcls\": {\"bypass\": \"AzureServices\", \"defaultAction\": \"Deny\", \"ipRules\": [], \"virtualNetworkRules\": []},"
	 "\"encryption\": {\"keySource\": \"Microsoft.Storage\", \"services\": {\"blob\": {\"enabled\": true, \"keyType\": \"Account\"}, \"file\": {\"enabled\": true, \"keyType\": \"Account\"}}},"
	 "\"primaryLocation\": \"northeurope\", \"statusOfPrimary\": \"available\","
	 "\"primaryEndpoints\": {\"blob\": \"https://stcontosoatlasneu.blob.core.windows.net/\", \"file\": \"https://stcontosoatlasneu.file.core.windows.net/\"}, \"privateEndpointConnections\": [{\"id\": \"@id(Microsoft.Storage/storageAccounts/privateEndpointConnections stcontosoatlasneu/pe)\", \"properties\": {\"privateLinkServiceConnectionState\": {\"status\": \"Approved\"}}}]}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Storage/storageAccounts", .path = "stcontosoqodexweu",
	 .kind = "StorageV2",
	 .sku = "Standard_ZRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_ZRS\", \"tier\": \"Standard\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"creationTime\": \"@ago(960d)\", \"accessTier\": \"Hot\", \"minimumTlsVersion\": \"TLS1_2\", \"supportsHttpsTrafficOnly\": true,"
	 "\"allowBlobPublicAccess\": false, \"allowSharedKeyAccess\": true, \"publicNetworkAccess\": \"Enabled\","
	 "\"networkAcls\": {\"bypass\": \"AzureServices\", \"defaultAction\": \"Allow\", \"ipRules\": [], \"virtualNetworkRules\": []},"
	 "\"encryption\": {\"keySource\": \"Microsoft.Storage\", \"services\": {\"blob\": {\"enabled\": true, \"keyType\": \"Account\"}, \"file\": {\"enabled\": true, \"keyType\": \"Account\"}}},"
	 "\"primaryLocation\": \"westeurope\", \"statusOfPrimary\": \"available\","
	 "\"primaryEndpoints\": {\"blob\": \"https://stcontosoqodexweu.blob.core.windows.net/\", \"file\": \"https://stcontosoqodexweu.file.core.windows.net/\"}, \"privateEndpointConnections\": []}"},
	{.group = "rg-qodex-prod-weu", .type = "Microsoft.Storage/storageAccounts", .path = "stqodexuploadsweu",
	 .kind = "StorageV2",
	 .sku = "Standard_GRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_GRS\", \"tier\": \"Standard\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"creationTime\": \"@ago(433d)\", \"accessTier\": \"Hot\", \"minimumTlsVersion\": \"TLS1_2\", \"supportsHttpsTrafficOnly\": true,"
	 "\"allowBlobPublicAccess\": true, \"allowSharedKeyAccess\": true, \"publicNetworkAccess\": \"Enabled\","
	 "\"networkAcls\": {\"bypass\": \"AzureServices\", \"defaultAction\": \"Allow\", \"ipRules\": [], \"virtualNetworkRules\": []},"
	 "\"encryption\": {\"keySource\": \"Microsoft.Storage\", \"services\": {\"blob\": {\"enabled\": true, \"keyType\": \"Account\"}, \"file\": {\"enabled\": true, \"keyType\": \"Account\"}}},"
	 "\"primaryLocation\": \"westeurope\", \"statusOfPrimary\": \"available\", \"secondaryLocation\": \"northeurope\", \"statusOfSecondary\": \"unavailable\","
	 "\"primaryEndpoints\": {\"blob\": \"https://stqodexuploadsweu.blob.core.windows.net/\", \"file\": \"https://stqodexuploadsweu.file.core.windows.net/\"}, \"privateEndpointConnections\": []}"},
	{.group = "rg-qodex-prod-neu", .type = "Microsoft.Storage/storageAccounts", .path = "stqodexlakeneu",
	 .kind = "StorageV2",
	 .sku = "Standard_ZRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_ZRS\", \"tier\": \"Standard\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"creationTime\": \"@ago(388d)\", \"accessTier\": \"Hot\", \"minimumTlsVersion\": \"TLS1_2\", \"supportsHttpsTrafficOnly\": true,"
	 "\"allowBlobPublicAccess\": false, \"allowSharedKeyAccess\": false, \"publicNetworkAccess\": \"Enabled\","
	 "\"networkAcls\": {\"bypass\": \"AzureServices\", \"defaultAction\": \"Deny\", \"ipRules\": [], \"virtualNetworkRules\": []},"
	 "\"encryption\": {\"keySource\": \"Microsoft.Storage\", \"services\": {\"blob\": {\"enabled\": true, \"keyType\": \"Account\"}, \"file\": {\"enabled\": true, \"keyType\": \"Account\"}}},"
	 "\"primaryLocation\": \"northeurope\", \"statusOfPrimary\": \"available\", \"isHnsEnabled\": true,"
	 "\"primaryEndpoints\": {\"blob\": \"https://stqodexlakeneu.blob.core.windows.net/\", \"file\": \"https://stqodexlakeneu.file.core.windows.net/\"}, \"privateEndpointConnections\": [{\"id\": \"@id(Microsoft.Storage/storageAccounts/privateEndpointConnections stqodexlakeneu/pe)\", \"properties\": {\"privateLinkServiceConnectionState\": {\"status\": \"Approved\"}}}]}"},
	{.group = "rg-atlas-test-weu", .type = "Microsoft.Storage/storageAccounts", .path = "stcontosotestweu",
	 .kind = "StorageV2",
	 .sku = "Standard_LRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_LRS\", \"tier\": \"Standard\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"creationTime\": \"@ago(1490d)\", \"accessTier\": \"Hot\", \"minimumTlsVersion\": \"TLS1_0\", \"supportsHttpsTrafficOnly\": false,"
	 "\"allowBlobPublicAccess\": false, \"allowSharedKeyAccess\": true, \"publicNetworkAccess\": \"Enabled\","
	 "\"networkAcls\": {\"bypass\": \"AzureServices\", \"defaultAction\": \"Allow\", \"ipRules\": [], \"virtualNetworkRules\": []},"
	 "\"encryption\": {\"keySource\": \"Microsoft.Storage\", \"services\": {\"blob\": {\"enabled\": true, \"keyType\": \"Account\"}, \"file\": {\"enabled\": true, \"keyType\": \"Account\"}}},"
	 "\"primaryLocation\": \"westeurope\", \"statusOfPrimary\": \"available\","
	 "\"primaryEndpoints\": {\"blob\": \"https://stcontosotestweu.blob.core.windows.net/\", \"file\": \"https://stcontosotestweu.file.core.windows.net/\"}, \"privateEndpointConnections\": []}"},
	{.group = "rg-qodex-dev-weu", .type = "Microsoft.Storage/storageAccounts", .path = "stqodexdevweu",
	 .kind = "StorageV2",
	 .sku = "Standard_LRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_LRS\", \"tier\": \"Standard\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"creationTime\": \"@ago(97d)\", \"accessTier\": \"Hot\", \"minimumTlsVersion\": \"TLS1_2\", \"supportsHttpsTrafficOnly\": true,"
	 "\"allowBlobPublicAccess\": false, \"allowSharedKeyAccess\": true, \"publicNetworkAccess\": \"Enabled\","
	 "\"networkAcls\": {\"bypass\": \"AzureServices\", \"defaultAction\": \"Allow\", \"ipRules\": [], \"virtualNetworkRules\": []},"
	 "\"encryption\": {\"keySource\": \"Microsoft.Storage\", \"services\": {\"blob\": {\"enabled\": true, \"keyType\": \"Account\"}, \"file\": {\"enabled\": true, \"keyType\": \"Account\"}}},"
	 "\"primaryLocation\": \"westeurope\", \"statusOfPrimary\": \"available\","
	 "\"primaryEndpoints\": {\"blob\": \"https://stqodexdevweu.blob.core.windows.net/\", \"file\": \"https://stqodexdevweu.file.core.windows.net/\"}, \"privateEndpointConnections\": []}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Storage/storageAccounts", .path = "sttfstatecontoso",
	 .kind = "StorageV2",
	 .sku = "Standard_GZRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_GZRS\", \"tier\": \"Standard\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"creationTime\": \"@ago(1404d)\", \"accessTier\": \"Hot\", \"minimumTlsVersion\": \"TLS1_2\", \"supportsHttpsTrafficOnly\": true,"
	 "\"allowBlobPublicAccess\": false, \"allowSharedKeyAccess\": false, \"publicNetworkAccess\": \"Enabled\","
	 "\"networkAcls\": {\"bypass\": \"AzureServices\", \"defaultAction\": \"Deny\", \"ipRules\": [], \"virtualNetworkRules\": []},"
	 "\"encryption\": {\"keySource\": \"Microsoft.Storage\", \"services\": {\"blob\": {\"enabled\": true, \"keyType\": \"Account\"}, \"file\": {\"enabled\": true, \"keyType\": \"Account\"}}},"
	 "\"primaryLocation\": \"westeurope\", \"statusOfPrimary\": \"available\","
	 "\"primaryEndpoints\": {\"blob\": \"https://sttfstatecontoso.blob.core.windows.net/\", \"file\": \"https://sttfstatecontoso.file.core.windows.net/\"}, \"privateEndpointConnections\": []}"},
	{.group = "rg-shared-ci-weu", .type = "Microsoft.Storage/storageAccounts", .path = "stcicacheweu",
	 .kind = "BlockBlobStorage",
	 .sku = "Standard_LRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_LRS\", \"tier\": \"Standard\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"creationTime\": \"@ago(333d)\", \"accessTier\": \"Hot\", \"minimumTlsVersion\": \"TLS1_1\", \"supportsHttpsTrafficOnly\": true,"
	 "\"allowBlobPublicAccess\": false, \"allowSharedKeyAccess\": true, \"publicNetworkAccess\": \"Enabled\","
	 "\"networkAcls\": {\"bypass\": \"AzureServices\", \"defaultAction\": \"Allow\", \"ipRules\": [], \"virtualNetworkRules\": []},"
	 "\"encryption\": {\"keySource\": \"Microsoft.Storage\", \"services\": {\"blob\": {\"enabled\": true, \"keyType\": \"Account\"}, \"file\": {\"enabled\": true, \"keyType\": \"Account\"}}},"
	 "\"primaryLocation\": \"westeurope\", \"statusOfPrimary\": \"available\","
	 "\"primaryEndpoints\": {\"blob\": \"https://stcicacheweu.blob.core.windows.net/\", \"file\": \"https://stcicacheweu.file.core.windows.net/\"}, \"privateEndpointConnections\": []}"},
	{.group = "rg-shared-monitor-weu", .type = "Microsoft.Storage/storageAccounts", .path = "stcontosodiagweu",
	 .kind = "Storage",
	 .sku = "Standard_LRS",
	 .body = ""
	 "\"sku\": {\"name\": \"Standard_LRS\", \"tier\": \"Standard\"},"
	 "\"properties\": {\"provisioningState\": \"Succeeded\", \"creationTime\": \"@ago(1600d)\", \"accessTier\": \"Hot\", \"minimumTlsVersion\": \"TLS1_0\", \"supportsHttpsTrafficOnly\": true,"
	 "\"allowBlobPublicAccess\": false, \"allowSharedKeyAccess\": true, \"publicNetworkAccess\": \"Enabled\","
	 "\"networkAcls\": {\"bypass\": \"AzureServices\", \"defaultAction\": \"Allow\", \"ipRules\": [], \"virtualNetworkRules\": []},"
	 "\"encryption\": {\"keySource\": \"Microsoft.Storage\", \"services\": {\"blob\": {\"enabled\": true, \"keyType\": \"Account\"}, \"file\": {\"enabled\": true, \"keyType\": \"Account\"}}},"
	 "\"primaryLocation\": \"westeurope\", \"statusOfPrimary\": \"available\","
	 "\"primaryEndpoints\": {\"blob\": \"https://stcontosodiagweu.blob.core.windows.net/\", \"file\": \"https://stcontosodiagweu.file.core.windows.net/\"}, \"privateEndpointConnections\": []}"},
	{.group = 0},
};
