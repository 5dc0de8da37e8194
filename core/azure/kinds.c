/* See kinds.h. */
#include "azure/kinds.h"

#include "base/count.h"

static const struct kind_row rows[] = {
	[CONN_ARM] = {.name = "arm",
		      .title = "Azure Resource Manager",
		      .base = "https://management.azure.com",
		      .scope = "https://management.azure.com/.default",
		      .paging = "arm",
		      .settings = "prices* subscriptions*",
		      .is_azure = true},
	[CONN_DEVOPS] = {.name = "devops",
			 .title = "Azure DevOps",
			 .base = "https://dev.azure.com",
			 .scope = "499b84ac-1321-427f-aa17-267ca6975798/.default",
			 .paging = "devops",
			 .settings = "organization! projects*",
			 .is_azure = true},
	[CONN_LOG_ANALYTICS] = {.name = "log-analytics",
				.title = "Log Analytics queries",
				.base = "https://api.loganalytics.azure.com",
				.scope = "https://api.loganalytics.io/.default",
				.settings = "workspaces*",
				.is_azure = true},
	[CONN_APP_INSIGHTS] = {.name = "app-insights",
			       .title = "Application Insights queries",
			       .base = "https://api.applicationinsights.io",
			       .scope = "https://api.applicationinsights.io/.default",
			       .settings = "apps*",
			       .is_azure = true},
	[CONN_KEY_VAULT] = {.name = "key-vault",
			    .title = "a key vault",
			    .scope = "https://vault.azure.net/.default",
			    .paging = "arm",
			    .is_azure = true},
	[CONN_BLOB] = {.name = "blob",
		       .title = "a storage account's blobs",
		       .scope = "https://storage.azure.com/.default",
		       .headers = {{"x-ms-version", "2021-12-02"}},
		       .settings = "containers* states*",
		       .is_azure = true},
	[CONN_OPENAI] = {.name = "openai",
			 .title = "an Azure OpenAI resource",
			 .scope = "https://cognitiveservices.azure.com/.default",
			 .is_azure = true},
	[CONN_FABRIC] = {.name = "fabric",
			 .title = "Microsoft Fabric",
			 .base = "https://api.fabric.microsoft.com/v1",
			 .scope = "https://api.fabric.microsoft.com/.default",
			 .paging = "uri"},
	[CONN_PURVIEW] = {.name = "purview",
			  .title = "Microsoft Purview",
			  .scope = "https://purview.azure.net/.default",
			  .paging = "uri"},
	[CONN_K8S] = {.name = "k8s",
		      .title = "a Kubernetes cluster",
		      .scope = "6dae42f8-4368-4678-94ff-3960e28e3630/.default",
		      .paging = "k8s",
		      .patch_type = "application/merge-patch+json",
		      .settings = "kubeconfig context"},
	[CONN_PROMETHEUS] = {.name = "prometheus",
			     .title = "Prometheus",
			     .settings = "queries*"},
	[CONN_ALERTMANAGER] = {.name = "alertmanager", .title = "Alertmanager"},
	[CONN_GRAFANA] = {.name = "grafana", .title = "Grafana"},
	[CONN_ELASTICSEARCH] = {.name = "elasticsearch", .title = "Elasticsearch"},
	[CONN_KIBANA] = {.name = "kibana",
			 .title = "Kibana",
			 .headers = {{"kbn-xsrf", "azdeck"}}},
	[CONN_GITHUB] = {.name = "github",
			 .title = "GitHub",
			 .base = "https://api.github.com",
			 .paging = "link",
			 .accept = "application/vnd.github+json",
			 .headers = {{"X-GitHub-Api-Version", "2022-11-28"}},
			 .settings = "repositories*"},
	[CONN_GITLAB] = {.name = "gitlab",
			 .title = "GitLab",
			 .base = "https://gitlab.com/api/v4",
			 .paging = "link",
			 .settings = "projects*"},
	[CONN_JENKINS] = {.name = "jenkins", .title = "Jenkins"},
	[CONN_TERRAFORM] = {.name = "terraform",
			    .title = "HCP Terraform",
			    .base = "https://app.terraform.io/api/v2",
			    .paging = "json-api",
			    .accept = "application/vnd.api+json",
			    .settings = "organization!"},
	[CONN_ZENDESK] = {.name = "zendesk", .title = "Zendesk", .paging = "zendesk"},
	[CONN_INTERCOM] = {.name = "intercom",
			   .title = "Intercom",
			   .base = "https://api.intercom.io",
			   .paging = "intercom",
			   .headers = {{"Intercom-Version", "2.11"}}},
	[CONN_PAGERDUTY] = {.name = "pagerduty",
			    .title = "PagerDuty",
			    .base = "https://api.pagerduty.com",
			    .paging = "pagerduty",
			    .accept = "application/vnd.pagerduty+json;version=2",
			    .settings = "from",
			    .names_writer = true},
	[CONN_OPSGENIE] = {.name = "opsgenie",
			   .title = "Opsgenie",
			   .base = "https://api.opsgenie.com",
			   .paging = "opsgenie"},
	[CONN_ATLAS] = {.name = "atlas",
			.title = "MongoDB Atlas",
			.base = "https://cloud.mongodb.com/api/atlas/v2",
			.paging = "links",
			.accept = "application/vnd.atlas.2023-02-01+json",
			.settings = "organization projects*"},
	[CONN_SUPABASE] = {.name = "supabase",
			   .title = "Supabase",
			   .base = "https://api.supabase.com/v1"},
	[CONN_SAGEMAKER] = {.name = "sagemaker",
			    .title = "Amazon SageMaker",
			    .paging = "aws",
			    .content_type = "application/x-amz-json-1.1"},
	[CONN_SHIELD] = {.name = "shield",
			 .title = "AWS Shield",
			 .base = "https://shield.us-east-1.amazonaws.com",
			 .paging = "aws",
			 .content_type = "application/x-amz-json-1.1"},
	[CONN_VERTEX] = {.name = "vertex",
			 .title = "Google Vertex AI",
			 .scope = "https://www.googleapis.com/auth/cloud-platform",
			 .paging = "google",
			 .settings = "project! location!"},
	[CONN_OLLAMA] = {.name = "ollama",
			 .title = "Ollama",
			 .base = "http://127.0.0.1:11434"},
	[CONN_TLS] = {.name = "tls", .title = "TLS endpoints", .settings = "endpoints*"},
	[CONN_DECK] = {.name = "deck", .title = "azdeck itself"},
	[CONN_HTTP] = {.name = "http", .title = "any HTTP service"},
};

static const struct cloud_row clouds[] = {
	{"public", "https://management.azure.com", "https://login.microsoftonline.com",
	 "vault.azure.net"},
	{"usgovernment", "https://management.usgovcloudapi.net",
	 "https://login.microsoftonline.us", "vault.usgovcloudapi.net"},
	{"china", "https://management.chinacloudapi.cn", "https://login.chinacloudapi.cn",
	 "vault.azure.cn"},
};

const struct kind_row *kind_row(enum conn_kind kind)
{
	return &rows[kind];
}

struct str connection_scope(const struct connection *connection)
{
	const char *scope =
		connection->scope ? connection->scope : kind_row(connection->kind)->scope;

	return scope ? str_from(scope) : STR("");
}

const struct paging_rule *kind_paging(enum conn_kind kind)
{
	return paging_rule_find(str_from(rows[kind].paging ? rows[kind].paging : "none"));
}

bool kind_setting_next(struct str *rest, struct kind_setting *out)
{
	struct str word;

	do {
		if (!rest->n || !str_next(rest, ' ', &word))
			return false;
	} while (!word.n);
	*out = (struct kind_setting){.is_required = word.p[word.n - 1] == '!',
				     .is_list = word.p[word.n - 1] == '*'};
	out->name =
		out->is_required || out->is_list ? str_sub(word, 0, word.n - 1) : word;
	return true;
}

const char *conn_kind_name(enum conn_kind kind)
{
	return rows[kind].name;
}

bool conn_kind_find(struct str name, enum conn_kind *out)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (str_eq(name, str_from(rows[i].name))) {
			*out = (enum conn_kind)i;
			return true;
		}
	}
	return false;
}

const struct cloud_row *cloud_find(struct str name)
{
	for (size_t i = 0; i < COUNT(clouds); i++) {
		if (str_eq(name, str_from(clouds[i].name)))
			return &clouds[i];
	}
	return NULL;
}

const struct cloud_row *cloud_at(size_t i)
{
	return i < COUNT(clouds) ? &clouds[i] : NULL;
}
