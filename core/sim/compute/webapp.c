/* See webapp.h. These lists are asked for by POST, because they carry secrets; those
 * here open nothing. Thread: core. */
#include "sim/compute/webapp.h"

#include "base/count.h"
#include "sim/resource.h"

#define SITES "Microsoft.Web/sites"

struct setting {
	const char *site, *name, *value;
};

#define INSIGHTS                                                                         \
	"InstrumentationKey=00000000-0000-0000-0000-00000000a71a;IngestionEndpoint="     \
	"https://westeurope-5.in.applicationinsights.azure.com/"
#define STORAGE(account)                                                                 \
	"DefaultEndpointsProtocol=https;AccountName=" account ";AccountKey=bm90LWEta2V5" \
	";EndpointSuffix=core.windows.net"

static const struct setting settings[] = {
	{"app-atlas-portal", "WEBSITE_NODE_DEFAULT_VERSION", "~20"},
	{"app-atlas-portal", "APPLICATIONINSIGHTS_CONNECTION_STRING", INSIGHTS},
	{"app-atlas-portal", "SESSION_SECRET",
	 "@Microsoft.KeyVault(SecretUri=https://kv-atlas-prod-weu.vault.azure.net/"
	 "secrets/"
	 "session)"},
	{"app-atlas-api", "ASPNETCORE_ENVIRONMENT", "Production"},
	{"app-atlas-api", "Storage__blobServiceUri",
	 "https://stcontosoatlasweu.blob.core.windows.net"},
	{"app-atlas-api", "Payments__ApiKey",
	 "@Microsoft.KeyVault(VaultName=kv-atlas-prod-weu;SecretName=payments)"},
	{"app-atlas-reports", "REPORT_STORAGE", STORAGE("stcontosoatlasweu")},
	{"app-atlas-reports", "SMTP_PASSWORD", "sample"},
	{"app-qodex-web", "REDIS_HOST", "redis-qodex-sessions.redis.cache.windows.net"},
	{"app-qodex-web", "REDIS_KEY", "sample"},
	{"app-qodex-admin", "DOCKER_REGISTRY_SERVER_PASSWORD", "sample"},
	{"app-qodex-admin", "DOCKER_REGISTRY_SERVER_URL",
	 "https://crcontososhared.azurecr.io"},
	{"app-qodex-legacy", "BACKUP_SAS",
	 "https://stqodexuploadsweu.blob.core.windows.net/"
	 "backup?sv=2021-08-06&sig=sample"},
	{"app-qodex-dev", "FEATURE_FLAGS", "search,beta"},
	{"func-atlas-orders", "AzureWebJobsStorage__accountName", "stcontosoatlasweu"},
	{"func-atlas-orders", "FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"},
	{"func-atlas-nightly", "AzureWebJobsStorage", STORAGE("stcontosoatlasweu")},
	{"func-atlas-nightly", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING",
	 STORAGE("stcontosoatlasweu")},
	{"func-qodex-ingest", "AzureWebJobsStorage__accountName", "stcontosoqodexweu"},
	{"func-qodex-ingest", "ServiceBusConnection",
	 "Endpoint=sb://sb-qodex-prod-weu.servicebus.windows.net/"
	 ";SharedAccessKeyName=root;"
	 "SharedAccessKey=sample"},
	{"func-qodex-thumbnails", "AzureWebJobsStorage", STORAGE("stqodexuploadsweu")},
	{"func-qodex-billing", "ZENDESK_TOKEN", "sample"},
};

/* With the kind of database. */
static const struct connection_row {
	struct setting setting;
	const char *type;
} connections[] = {
	{{"app-atlas-api", "Orders",
	  "Server=tcp:sql-atlas-prod-weu.database.windows.net;Database=orders;"
	  "Authentication=Active Directory Default"},
	 "SQLAzure"},
	{{"app-atlas-reports", "Warehouse",
	  "Server=tcp:sql-atlas-prod-weu.database.windows.net;Database=warehouse;"
	  "User ID=report;Password=sample"},
	 "SQLAzure"},
	{{"app-qodex-legacy", "Main",
	  "Server=tcp:sql-qodex-prod-weu.database.windows.net;Database=qodex;"
	  "User ID=web;Password=sample"},
	 "SQLAzure"},
	{{"app-qodex-dev", "Main",
	  "@Microsoft.KeyVault(VaultName=kv-qodex-prod-weu;SecretName=dev-sql)"},
	 "SQLAzure"},
};

/* Opens the answer up to its members. False: there is no such app. */
static bool begin(const struct request *req, struct reply *rep, const char *name)
{
	const struct group *group = estate_asked_group(req);
	struct str site = request_param(req, "site");
	const struct resource_row *row = resource_find(group, SITES, site);
	struct strbuf *out = &rep->body, id;

	if (!row) {
		reply_error(rep, 404, "ResourceNotFound",
			    "The Resource '" SITES "/%.*s' under resource group '%s' was "
			    "not found.",
			    STR_ARG(site), group->name);
		return false;
	}
	strbuf_init(&id, 512);
	estate_put_group_id(&id, group);
	jw_object(out, NULL);
	jw_format(out, "id", "%s/providers/" SITES "/%s/config/%s", id.p, row->path,
		  name);
	jw_text(out, "name", name);
	jw_text(out, "type", SITES "/config");
	jw_object(out, "properties");
	strbuf_fini(&id);
	return true;
}

static void end(struct reply *rep)
{
	jw_object_end(&rep->body);
	jw_object_end(&rep->body);
}

void webapp_list_settings(struct world *w, const struct request *req, struct reply *rep)
{
	struct str site = request_param(req, "site");

	(void)w;
	if (!begin(req, rep, "appsettings"))
		return;
	for (size_t i = 0; i < COUNT(settings); i++)
		if (str_eq_nocase(site, str_from(settings[i].site)))
			jw_text(&rep->body, settings[i].name, settings[i].value);
	end(rep);
}

void webapp_list_connections(struct world *w, const struct request *req,
			     struct reply *rep)
{
	struct str site = request_param(req, "site");
	struct strbuf *out = &rep->body;

	(void)w;
	if (!begin(req, rep, "connectionstrings"))
		return;
	for (size_t i = 0; i < COUNT(connections); i++) {
		const struct connection_row *c = &connections[i];

		if (!str_eq_nocase(site, str_from(c->setting.site)))
			continue;
		jw_object(out, c->setting.name);
		jw_text(out, "value", c->setting.value);
		jw_text(out, "type", c->type);
		jw_object_end(out);
	}
	end(rep);
}
