/* The simulator's connections: one of every kind it serves, two of what a deck may well
 * have two of. Thread: core. */
#include "base/count.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "sim/logs/logs.h"
#include "worker/connect.h"

/* As somebody would write them in the configuration. */
static const char prometheus_queries[] =
	"{\"queries\":["
	"{\"name\":\"failing "
	"calls\",\"unit\":\"calls/s\",\"warn\":1,\"crit\":4,\"query\":"
	"\"sum by (service) (rate(http_requests_total{code=~\\\"5..\\\"}[5m]))\"},"
	"{\"name\":\"messages waiting\",\"warn\":5000,\"crit\":20000,\"query\":"
	"\"sum by (queue) (servicebus_active_messages)\"},"
	"{\"name\":\"least disk free\",\"unit\":\"%\",\"warn\":10,\"crit\":5,\"query\":"
	"\"min(node_filesystem_avail_bytes / node_filesystem_size_bytes) * 100\"},"
	"{\"name\":\"cache hits\",\"unit\":\"%\",\"query\":"
	"\"avg(cache_hits_total / cache_requests_total) * 100\"},"
	"{\"name\":\"batch runs\",\"query\":\"increase(batch_runs_total[1d])\"},"
	"{\"name\":\"logins\",\"query\":\"sum(rate(logins_total[5m])\"}]}";

/* Per million tokens. */
static const char model_prices[] =
	"{\"prices\":["
	"{\"model\":\"gpt-4o\",\"prompt\":2.5,\"answer\":10,\"currency\":\"USD\"},"
	"{\"model\":\"gpt-4o-mini\",\"prompt\":0.15,\"answer\":0.6,\"currency\":\"USD\"},"
	"{\"model\":\"gpt-4\",\"prompt\":30,\"answer\":60,\"currency\":\"USD\"}]}";

static const char tls_endpoints[] =
	"{\"endpoints\":[\"www.atlas.example:443\",\"api.atlas.example:443\","
	"\"api.qodex.example:443\",\"login.contoso.example:443\","
	"{\"host\":\"edge.qodex.example\"},\"files.contoso.example:990\","
	"\"sql-gw.atlas.example:8443\",\"old.atlas.example:443\","
	"\"vm-qodex-relay-01:9443\",\"vm-qodex-relay-02:9443\"]}";

/* Where the simulator serves a kind, behind its URL. */
static const struct {
	enum conn_kind kind;
	const char *name, *path;
	const char *about; /* members of what boards may read of it, or NULL */
} simulated[] = {
	{CONN_ARM, "azure", "", model_prices},
	{CONN_DEVOPS, "devops", "/_devops/contoso", NULL},
	{CONN_LOG_ANALYTICS, "logs", "/_loganalytics",
	 "{\"workspaces\":[\"" LOGS_CUSTOMER "\"]}"},
	{CONN_K8S, "aks-atlas-prod", "/_k8s/aks-atlas-prod", NULL},
	{CONN_K8S, "aks-qodex-prod", "/_k8s/aks-qodex-prod", NULL},
	{CONN_PROMETHEUS, "prometheus", "/_prometheus", prometheus_queries},
	{CONN_ALERTMANAGER, "alertmanager", "/_alertmanager", NULL},
	{CONN_GRAFANA, "grafana", "/_grafana", NULL},
	{CONN_GITHUB, "github", "/_github", NULL},
	{CONN_GITLAB, "gitlab", "/_gitlab/api/v4", NULL},
	{CONN_JENKINS, "jenkins", "/_jenkins", NULL},
	{CONN_TERRAFORM, "terraform", "/_terraform/api/v2",
	 "{\"organization\":\"contoso\"}"},
	{CONN_ELASTICSEARCH, "elasticsearch", "/_elasticsearch", NULL},
	{CONN_KIBANA, "kibana", "/_kibana", NULL},
	{CONN_ZENDESK, "zendesk", "/_zendesk", NULL},
	{CONN_INTERCOM, "intercom", "/_intercom", NULL},
	{CONN_PAGERDUTY, "pagerduty", "/_pagerduty",
	 "{\"from\":\"oncall@contoso.example\"}"},
	{CONN_OPSGENIE, "opsgenie", "/_opsgenie", NULL},
	{CONN_SAGEMAKER, "sagemaker", "/_sagemaker", NULL},
	{CONN_SHIELD, "shield", "/_shield", NULL},
	{CONN_VERTEX, "vertex", "/_vertex",
	 "{\"project\":\"contoso-ml\",\"location\":\"europe-west4\"}"},
	{CONN_OLLAMA, "ollama", "/_ollama", NULL},
	{CONN_TLS, "edge", "/_tls", tls_endpoints},
	{CONN_BLOB, "states", "/_blob",
	 "{\"states\":[\"tfstate/atlas-prod.tfstate\",\"tfstate/qodex-prod.tfstate\"]}"},
	{CONN_KEY_VAULT, "kv-atlas-prod-weu", "/_keyvault/kv-atlas-prod-weu", NULL},
	{CONN_KEY_VAULT, "kv-qodex-prod-weu", "/_keyvault/kv-qodex-prod-weu", NULL},
	{CONN_KEY_VAULT, "kv-contoso-shared", "/_keyvault/kv-contoso-shared", NULL},
	{CONN_FABRIC, "fabric", "/_fabric/v1", NULL},
	{CONN_PURVIEW, "purview", "/_purview", NULL},
	{CONN_SUPABASE, "supabase", "/_supabase/v1", NULL},
	{CONN_ATLAS, "atlas", "/_atlas/api/atlas/v2", NULL},
};

bool connections_to_sim(struct connections *c, const struct credential_host *host,
			const char *url, struct err *err)
{
	struct strbuf text;
	struct credential *credential;

	strbuf_init(&text, 2048);
	strbuf_printf(&text, "sim:%s", url);
	credential = credential_from_text(host, strbuf_str(&text), NULL, err);
	if (credential)
		vec_push(&c->credentials, credential);
	for (size_t i = 0; credential && i < COUNT(simulated); i++) {
		const char *about = simulated[i].about;
		struct connection *conn =
			connection_new(simulated[i].kind, simulated[i].name,
				       about ? cJSON_Parse(about) : NULL);

		strbuf_reset(&text);
		strbuf_printf(&text, "%s%s", url, simulated[i].path);
		conn->base_url = strbuf_take(&text);
		conn->credential = credential;
		vec_push(&c->list, conn);
	}
	strbuf_fini(&text);
	return credential != NULL;
}
