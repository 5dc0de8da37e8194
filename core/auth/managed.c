/* See managed.h. */
#include "auth/managed.h"

#include <stdlib.h>
#include <unistd.h>

#include "auth/entra.h"
#include "base/xalloc.h"
#include "config/env.h"

#define IMDS_HOST    "http://169.254.169.254"
#define IMDS_PATH    "/metadata/identity/oauth2/token"
#define ARC_ENDPOINT "http://127.0.0.1:40342/metadata/identity/oauth2/token"
#define ARC_AGENT    "/opt/azcmagent/bin/himds"

static const struct managed_row rows[] = {
	[MANAGED_IMDS] = {"this machine",
			  "2018-02-01",
			  {"client_id", "object_id", "msi_res_id"},
			  NULL,
			  NULL},
	[MANAGED_APP_SERVICE] = {"App Service",
				 "2019-08-01",
				 {"client_id", "principal_id", "mi_res_id"},
				 "X-IDENTITY-HEADER",
				 "IDENTITY_HEADER"},
	[MANAGED_ARC] = {"Azure Arc", "2019-11-01", {NULL}, NULL, NULL},
	[MANAGED_ML] = {"Azure Machine Learning",
			"2017-09-01",
			{"clientid"},
			"secret",
			"MSI_SECRET"},
	[MANAGED_CLOUD_SHELL] = {"Cloud Shell", NULL, {NULL}, NULL, NULL},
	[MANAGED_SERVICE_FABRIC] = {"Service Fabric", NULL, {NULL}, NULL, NULL},
};

static const char *const id_settings[] = {"client_id", "object_id", "resource_id"};

/* The first match counts: a host sets its own variables, and an image may carry
 * others'. */
static enum managed_kind detect(const char **endpoint)
{
	const char *identity = env_get("IDENTITY_ENDPOINT");
	const char *msi = env_get("MSI_ENDPOINT");

	*endpoint = identity;
	if (identity && env_get("IDENTITY_HEADER"))
		return env_get("IDENTITY_SERVER_THUMBPRINT") ? MANAGED_SERVICE_FABRIC
							     : MANAGED_APP_SERVICE;
	if (identity && env_get("IMDS_ENDPOINT"))
		return MANAGED_ARC;
	*endpoint = ARC_ENDPOINT;
	if (!msi && access(ARC_AGENT, F_OK) == 0)
		return MANAGED_ARC;
	*endpoint = msi;
	if (msi)
		return env_get("MSI_SECRET") ? MANAGED_ML : MANAGED_CLOUD_SHELL;
	return MANAGED_IMDS;
}

static char *imds_endpoint(void)
{
	const char *host = env_get("AZURE_POD_IDENTITY_AUTHORITY_HOST");
	struct strbuf url;

	strbuf_init(&url, 1024);
	strbuf_puts(&url, host ? host : IMDS_HOST);
	while (url.n && url.p[url.n - 1] == '/')
		strbuf_cut(&url, url.n - 1);
	strbuf_puts(&url, IMDS_PATH);
	return strbuf_take(&url);
}

static bool choose_identity(struct managed *m, const struct credential *c,
			    struct err *err)
{
	for (size_t i = 0; i < 3; i++) {
		const char *id = credential_setting(c, id_settings[i]);

		if (!id)
			continue;
		if (m->id)
			return err_set(err, ERR_CONFIG,
				       "%s: one of client_id, object_id and resource_id "
				       "is enough",
				       id_settings[i]);
		if (!m->row->ids[i])
			return err_set(err, ERR_CONFIG,
				       "%s: %s cannot be asked for an identity by it",
				       id_settings[i], m->row->name);
		m->id = id;
		m->id_name = m->row->ids[i];
	}
	return true;
}

bool managed_init(struct managed *m, const struct credential *c, struct err *err)
{
	const char *endpoint;

	*m = (struct managed){.kind = detect(&endpoint)};
	m->row = &rows[m->kind];
	if (m->kind == MANAGED_SERVICE_FABRIC)
		return err_set(
			err, ERR_CONFIG,
			"a managed identity of Service Fabric cannot be used here; "
			"use a certificate");
	m->endpoint = m->kind == MANAGED_IMDS ? imds_endpoint() : xstrdup(endpoint);
	if (choose_identity(m, c, err))
		return true;
	managed_fini(m);
	return false;
}

void managed_fini(struct managed *m)
{
	free(m->endpoint);
	m->endpoint = NULL;
}

void managed_put_query(struct strbuf *out, const struct managed *m, struct str scope)
{
	if (m->row->api_version)
		entra_form_put(out, "api-version", str_from(m->row->api_version));
	entra_form_put(out, "resource", entra_resource(scope));
	if (m->id)
		entra_form_put(out, m->id_name, str_from(m->id));
}
