/* Key vaults and their secrets' dates. Thread: core. Times are Unix seconds, and a
 * secret without "exp" never ends. A certificate shows as the secret that holds
 * it; its content type tells. */
#include "sim/compute/keyvault.h"

#include "base/count.h"
#include "sim/rhythm.h"

#define VAULTS_PER_PAGE 1
#define PER_PAGE	6

#define PFX KEYVAULT_PFX
#define PEM KEYVAULT_PEM

const struct keyvault keyvaults[] = {
	{"kv-atlas-prod-weu", "rg-atlas-prod-weu", true, false},
	{"kv-qodex-prod-weu", "rg-qodex-prod-weu", false, true},
	{"kv-contoso-shared", "rg-shared-ci-weu", true, false},
};
const size_t n_keyvaults = COUNT(keyvaults);

const struct keyvault_secret keyvault_secrets[] = {
	{"kv-atlas-prod-weu", "atlas-tls", PFX, 62, 28, true},
	{"kv-atlas-prod-weu", "atlas-signing", PFX, 300, 430, true},
	{"kv-atlas-prod-weu", "orders-queue-key", "text/plain", 88, 92, true},
	{"kv-atlas-prod-weu", "payment-api-key", NULL, 170, 11, true},
	{"kv-atlas-prod-weu", "mail-relay-password", NULL, 64, 301, true},
	{"kv-atlas-prod-weu", "old-search-key", NULL, 800, -190, false},
	{"kv-qodex-prod-weu", "qodex-tls", PFX, 86, 4, true},
	{"kv-qodex-prod-weu", "qodex-internal-ca", PEM, 1400, 52, true},
	{"kv-qodex-prod-weu", "relay-client", PEM, 396, -31, true},
	{"kv-qodex-prod-weu", "core-connection-string", NULL, 1120, 0, true},
	{"kv-qodex-prod-weu", "model-api-key", NULL, 367, -2, true},
	{"kv-qodex-prod-weu", "index-storage-key", NULL, 930, 0, true},
	{"kv-qodex-prod-weu", "webhook-secret", "text/plain", 41, 320, true},
	{"kv-contoso-shared", "wildcard-contoso", PFX, 20, 70, true},
	{"kv-contoso-shared", "registry-push-token", NULL, 75, 15, true},
	{"kv-contoso-shared", "deploy-principal", NULL, 171, 9, true},
	{"kv-contoso-shared", "dns-api-token", "application/json", 510, 0, true},
};
const size_t n_keyvault_secrets = COUNT(keyvault_secrets);

static void put_vault_id(struct strbuf *out, const struct keyvault *v)
{
	estate_put_group_id(out, estate_group(v->group));
	strbuf_printf(out, "/providers/Microsoft.KeyVault/vaults/%s", v->name);
}

static void put_vault(struct strbuf *out, const struct keyvault *v)
{
	struct strbuf id;

	strbuf_init(&id, 512);
	put_vault_id(&id, v);
	jw_object(out, NULL);
	jw_str(out, "id", strbuf_str(&id));
	jw_text(out, "name", v->name);
	jw_text(out, "type", "Microsoft.KeyVault/vaults");
	jw_text(out, "location", estate_group(v->group)->location);
	estate_put_tags(out, estate_group(v->group), NULL);
	jw_object(out, "properties");
	jw_object(out, "sku");
	jw_text(out, "family", "A");
	jw_text(out, "name", "standard");
	jw_object_end(out);
	jw_text(out, "tenantId", ESTATE_TENANT);
	jw_list(out, "accessPolicies");
	jw_list_end(out);
	jw_bool(out, "enabledForDeployment", false);
	jw_bool(out, "enableSoftDelete", true);
	jw_int(out, "softDeleteRetentionInDays", 90);
	jw_bool(out, "enableRbacAuthorization", true);
	if (v->is_purge_protected)
		jw_bool(out, "enablePurgeProtection", true);
	jw_format(out, "vaultUri", "https://%s.vault.azure.net/", v->name);
	jw_text(out, "provisioningState", "Succeeded");
	jw_text(out, "publicNetworkAccess", v->is_open ? "Enabled" : "Disabled");
	jw_object_end(out);
	jw_object_end(out);
	strbuf_fini(&id);
}

/* A page in the middle is empty. */
void keyvault_list(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	const struct keyvault *own[COUNT(keyvaults)];
	struct page page;
	size_t n = 0;

	(void)w;
	for (size_t i = 0; i < n_keyvaults; i++)
		if (estate_group(keyvaults[i].group)->sub == sub)
			own[n++] = &keyvaults[i];
	if (!page_init(&page, req, rep, n, VAULTS_PER_PAGE, true))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++)
		put_vault(&rep->body, own[i]);
	page_end(rep, &page);
}

static const struct keyvault *vault_named(const struct request *req, struct reply *rep)
{
	const struct group *group = estate_asked_group(req);
	struct str name = request_param(req, "keyvault");

	for (size_t i = 0; i < n_keyvaults; i++)
		if (str_eq_nocase(name, str_from(keyvaults[i].name)) &&
		    estate_group(keyvaults[i].group) == group)
			return &keyvaults[i];
	reply_error(rep, 404, "ResourceNotFound",
		    "The Resource 'Microsoft.KeyVault/vaults/%.*s' under resource group "
		    "'%s' was not found.",
		    STR_ARG(name), group->name);
	return NULL;
}

void keyvault_put_attributes(const struct world *w, struct strbuf *out,
			     const struct keyvault_secret *s)
{
	int64_t day_ms = rhythm_day_start(rhythm_day(w->now_ms)) + 9 * HOUR_MS;
	int64_t made_s = (day_ms - s->made_days_ago * DAY_MS) / 1000;

	jw_object(out, "attributes");
	jw_bool(out, "enabled", s->is_enabled);
	if (s->ends_in_days)
		jw_int(out, "exp", (day_ms + s->ends_in_days * DAY_MS) / 1000);
	jw_int(out, "created", made_s);
	jw_int(out, "updated", made_s);
	jw_object_end(out);
}

static void put_secret(const struct world *w, struct strbuf *out,
		       const struct keyvault *v, const struct keyvault_secret *s)
{
	struct strbuf id;

	strbuf_init(&id, 512);
	put_vault_id(&id, v);
	jw_object(out, NULL);
	jw_format(out, "id", "%s/secrets/%s", id.p, s->name);
	jw_text(out, "name", s->name);
	jw_text(out, "type", "Microsoft.KeyVault/vaults/secrets");
	jw_text(out, "location", estate_group(v->group)->location);
	jw_object(out, "properties");
	keyvault_put_attributes(w, out, s);
	if (s->content)
		jw_text(out, "contentType", s->content);
	jw_format(out, "secretUri", "https://%s.vault.azure.net/secrets/%s", v->name,
		  s->name);
	jw_object_end(out);
	jw_object_end(out);
	strbuf_fini(&id);
}

void keyvault_list_secrets(struct world *w, const struct request *req, struct reply *rep)
{
	const struct keyvault *vault = vault_named(req, rep);
	const struct keyvault_secret *own[COUNT(keyvault_secrets)];
	struct page page;
	size_t n = 0;

	if (!vault)
		return;
	for (size_t i = 0; i < COUNT(keyvault_secrets); i++)
		if (strcmp(keyvault_secrets[i].vault, vault->name) == 0)
			own[n++] = &keyvault_secrets[i];
	if (!page_init(&page, req, rep, n, PER_PAGE, false))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++)
		put_secret(w, &rep->body, vault, own[i]);
	page_end(rep, &page);
}
