/* Deployments: what pipelines brought out last, in each group and at the
 * subscription. Thread: core. The real cause of a failure lies deepest. */
#include "base/count.h"
#include "sim/watch/activity.h"
#include "sim/rhythm.h"

#define N_ROUNDS 4
#define TEMPLATE "4488259817381607990"

static const struct deployment {
	enum sub sub;
	const char *group; /* NULL: at the subscription */
	const char *name;
	int every_min, at_min, takes_s;
	int fails_every; /* the so-many-th round; 0: never */
	const char *code, *why;
	const char *made; /* what it brought out: type and name */
} deployments[] = {
	{SUB_PROD, "rg-atlas-prod-weu", "atlas-web", 290, 55, 210, 5, "Conflict",
	 "Another operation is in progress on aks-atlas-prod.",
	 "Microsoft.ContainerService/managedClusters/aks-atlas-prod"},
	{SUB_PROD, "rg-qodex-prod-weu", "qodex-search", 410, 140, 95, 1, "QuotaExceeded",
	 "Operation could not be completed as it results in exceeding approved "
	 "standardESv5Family Cores quota: limit 64, in use 64, asked 8.",
	 "Microsoft.Compute/virtualMachines/vm-qodex-index-01"},
	{SUB_PROD, "rg-qodex-prod-weu", "qodex-vault", 960, 600, 4, 0, NULL, NULL,
	 "Microsoft.KeyVault/vaults/kv-qodex-prod-weu"},
	{SUB_NONPROD, "rg-atlas-test-weu", "atlas-test", 190, 30, 160, 3,
	 "InvalidTemplateDeployment",
	 "The value 'Standard_D4_v3' is not allowed for parameter vmSize.",
	 "Microsoft.ContainerService/managedClusters/aks-test"},
	{SUB_SHARED, "rg-shared-network-weu", "hub", 1900, 260, 640, 0, NULL, NULL,
	 "Microsoft.Network/azureFirewalls/fw-hub-weu"},
	{SUB_PROD, NULL, "landing-zone-prod", 2880, 400, 45, 0, NULL, NULL, NULL},
	{SUB_SHARED, NULL, "landing-zone-shared", 2880, 430, 40, 0, NULL, NULL, NULL},
};

static void put_error(struct strbuf *out, const struct deployment *d)
{
	jw_object(out, "error");
	jw_text(out, "code", "DeploymentFailed");
	jw_text(out, "message",
		"At least one resource deployment operation failed. Please list "
		"deployment "
		"operations for details.");
	jw_list(out, "details");
	jw_object(out, NULL);
	jw_text(out, "code", "ResourceDeploymentFailure");
	jw_text(out, "message",
		"The resource write operation failed to complete successfully, because "
		"it "
		"reached terminal provisioning state 'Failed'.");
	jw_list(out, "details");
	jw_object(out, NULL);
	jw_text(out, "code", d->code);
	jw_text(out, "message", d->why);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
}

static void put_made(struct strbuf *out, const struct deployment *d)
{
	struct strbuf id;

	strbuf_init(&id, 512);
	if (d->group)
		estate_put_group_id(&id, estate_group(d->group));
	jw_list(out, "outputResources");
	if (d->made) {
		jw_object(out, NULL);
		jw_format(out, "id", "%s/providers/%s", id.p, d->made);
		jw_object_end(out);
	}
	jw_list_end(out);
	strbuf_fini(&id);
}

static void put_properties(const struct world *w, struct strbuf *out,
			   const struct deployment *d, int64_t round, int64_t began_ms)
{
	int64_t ends_ms = began_ms + d->takes_s * 1000LL;
	bool is_running = w->now_ms < ends_ms;
	bool has_failed = !is_running && d->fails_every && round % d->fails_every == 0;

	jw_object(out, "properties");
	jw_text(out, "templateHash", TEMPLATE);
	jw_text(out, "mode", "Incremental");
	jw_text(out, "provisioningState",
		is_running   ? "Running"
		: has_failed ? "Failed"
			     : "Succeeded");
	jw_time(out, "timestamp", is_running ? w->now_ms - 5000 : ends_ms, 7);
	jw_format(out, "duration", "PT%dM%d.%dS", d->takes_s / 60, d->takes_s % 60, 148);
	jw_text(out, "correlationId", guid_of(w->seed, d->name, (uint64_t)round).text);
	jw_list(out, "providers");
	jw_list_end(out);
	jw_list(out, "dependencies");
	jw_list_end(out);
	if (!has_failed)
		put_made(out, d);
	else
		put_error(out, d);
	jw_object_end(out);
}

static void put_deployment(const struct world *w, struct strbuf *out,
			   const struct deployment *d, int64_t round, int64_t began_ms)
{
	struct strbuf id;

	strbuf_init(&id, 512);
	if (d->group)
		estate_put_group_id(&id, estate_group(d->group));
	else
		strbuf_printf(&id, "/subscriptions/%s", estate_subs[d->sub].id);
	jw_object(out, NULL);
	jw_format(out, "id", "%s/providers/Microsoft.Resources/deployments/%s-%lld", id.p,
		  d->name, (long long)round);
	jw_format(out, "name", "%s-%lld", d->name, (long long)round);
	jw_text(out, "type", "Microsoft.Resources/deployments");
	if (!d->group)
		jw_text(out, "location", "westeurope");
	put_properties(w, out, d, round, began_ms);
	jw_object_end(out);
	strbuf_fini(&id);
}

static void put_list(const struct world *w, const struct request *req, struct reply *rep,
		     const char *group)
{
	enum sub sub = estate_asked_sub(req);

	page_begin(rep);
	for (size_t i = 0; i < COUNT(deployments); i++) {
		const struct deployment *d = &deployments[i];
		int64_t period = d->every_min * MINUTE_MS, offset = d->at_min * MINUTE_MS;
		int64_t last = rhythm_floor_div(w->now_ms - offset, period);

		if (d->sub != sub || !d->group != !group ||
		    (group && strcmp(group, d->group) != 0))
			continue;
		for (int64_t round = last; round > last - N_ROUNDS; round--)
			put_deployment(w, &rep->body, d, round, round * period + offset);
	}
	page_end(rep, &(struct page){0});
}

void deployment_list(struct world *w, const struct request *req, struct reply *rep)
{
	put_list(w, req, rep, NULL);
}

void deployment_list_group(struct world *w, const struct request *req, struct reply *rep)
{
	put_list(w, req, rep, estate_asked_group(req)->name);
}
