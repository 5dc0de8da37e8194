/* Kubernetes clusters and their node pools. Thread: core. Ids here say
 * "resourcegroups" in lower case, as this provider does. */
#include "sim/k8s/aks.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "base/rng.h"
#include "sim/rhythm.h"

const struct cluster aks_clusters[] = {
	{"aks-atlas-prod", "rg-atlas-prod-weu", "1.30.4", "1.30.4", "Standard",
	 "Succeeded", "Running"},
	{"aks-qodex-prod", "rg-qodex-prod-neu", "1.30.4", "1.29.8", "Standard",
	 "Updating", "Running"},
	{"aks-test", "rg-atlas-test-weu", "1.30.4", "1.30.4", "Free", "Succeeded",
	 "Stopped"},
};
const size_t aks_n_clusters = COUNT(aks_clusters);

const struct node_pool aks_pools[] = {
	{"aks-atlas-prod", "system", "System", "Standard_D4s_v5", "Succeeded", 3, 0, 0,
	 false, NULL},
	{"aks-atlas-prod", "web", "User", "Standard_D8s_v5", "Succeeded", 4, 3, 12, false,
	 RHYTHM_SCHEDULE ";count=8/3"},
	{"aks-atlas-prod", "batch", "User", "Standard_E8s_v5", "Failed", 2, 0, 6, true,
	 NULL},
	{"aks-qodex-prod", "system", "System", "Standard_D4s_v5", "Updating", 3, 0, 0,
	 false, NULL},
	{"aks-qodex-prod", "api", "User", "Standard_D8s_v5", "Succeeded", 5, 4, 5, false,
	 NULL},
	{"aks-qodex-prod", "indexers", "User", "Standard_E16s_v5", "Succeeded", 2, 0, 0,
	 false, RHYTHM_SCHEDULE_WEST ";count=2/1"},
	{"aks-test", "system", "System", "Standard_B4ms", "Succeeded", 1, 0, 0, false,
	 NULL},
	{"aks-test", "user", "User", "Standard_D4s_v5", "Succeeded", 2, 1, 3, false,
	 NULL},
};
const size_t aks_n_pools = COUNT(aks_pools);

static const struct cluster *cluster_of(const struct node_pool *pool)
{
	const struct cluster *cluster = aks_clusters;

	while (strcmp(cluster->name, pool->cluster) != 0)
		cluster++;
	return cluster;
}

static void put_id(struct strbuf *out, const struct cluster *cluster)
{
	const struct group *group = estate_group(cluster->group);

	strbuf_printf(out,
		      "/subscriptions/%s/resourcegroups/%s/providers/"
		      "Microsoft.ContainerService/managedClusters/%s",
		      estate_sub_id(group), group->name, cluster->name);
}

/* The pool as somebody changed it. */
static struct node_pool pool_now(const struct world *w, const struct node_pool *pool)
{
	static const char *const names[] = {"count", "minCount", "maxCount"};
	struct node_pool now = *pool;
	int *const fields[] = {&now.count, &now.low, &now.high};
	struct strbuf id;
	const cJSON *set;

	if (!w->written.list.n)
		return now;
	strbuf_init(&id, 512);
	put_id(&id, cluster_of(pool));
	strbuf_printf(&id, "/agentPools/%s", pool->name);
	for (size_t i = 0; i < COUNT(names); i++) {
		char path[32];

		snprintf(path, sizeof(path), "properties.%s", names[i]);
		set = writes_now(&w->written, "id name", strbuf_str(&id), path,
				 w->now_ms);
		if (set)
			*fields[i] = cJSON_IsNumber(set) ? (int)set->valuedouble : 0;
	}
	strbuf_fini(&id);
	return now;
}

/* The autoscaler follows the working day, in steps of ten minutes. */
int aks_node_count(const struct world *w, const struct node_pool *as_made)
{
	int64_t at_ms = w->now_ms - w->now_ms % (10 * MINUTE_MS);
	uint64_t seed = rng_mix(w->seed, str_hash(str_from(as_made->name)));
	struct node_pool now = pool_now(w, as_made), *pool = &now;
	double load;

	if (pool->high == 0)
		return pool->count;
	load = rhythm_load(at_ms) * (1 + 0.2 * rhythm_noise(seed, at_ms, 30 * MINUTE_MS));
	return (int)fmin(pool->high, round(pool->low + load * (pool->high - pool->low)));
}

int aks_nodes(const struct world *w, struct str cluster, struct str pool)
{
	for (size_t i = 0; i < aks_n_pools; i++)
		if (str_eq(cluster, str_from(aks_pools[i].cluster)) &&
		    str_eq(pool, str_from(aks_pools[i].name)))
			return aks_node_count(w, &aks_pools[i]);
	return 0;
}

static void put_pool_fields(const struct world *w, struct strbuf *out,
			    const struct cluster *cluster,
			    const struct node_pool *as_made)
{
	struct node_pool now = pool_now(w, as_made), *pool = &now;
	bool is_autoscaled = pool->high > 0;

	jw_text(out, "eTag",
		guid_of(w->seed, pool->cluster, str_hash(str_from(pool->name))).text);
	jw_int(out, "count", aks_node_count(w, as_made));
	jw_text(out, "vmSize", pool->size);
	jw_int(out, "osDiskSizeGB", 128);
	jw_text(out, "osDiskType", "Ephemeral");
	jw_int(out, "maxPods", 110);
	jw_text(out, "type", "VirtualMachineScaleSets");
	jw_bool(out, "enableAutoScaling", is_autoscaled);
	if (is_autoscaled) {
		jw_int(out, "minCount", pool->low);
		jw_int(out, "maxCount", pool->high);
	}
	jw_text(out, "provisioningState", pool->state);
	jw_object(out, "powerState");
	jw_text(out, "code", cluster->power);
	jw_object_end(out);
	jw_text(out, "orchestratorVersion", cluster->version);
	jw_text(out, "currentOrchestratorVersion", cluster->current_version);
	jw_text(out, "mode", pool->mode);
	if (pool->hours) {
		jw_object(out, "tags");
		jw_text(out, "businessHours", pool->hours);
		jw_object_end(out);
	}
	jw_text(out, "osType", "Linux");
	jw_text(out, "osSKU", "Ubuntu");
	jw_text(out, "nodeImageVersion", "AKSUbuntu-2204gen2containerd-202410.15.0");
	if (pool->is_spot) {
		jw_text(out, "scaleSetPriority", "Spot");
		jw_text(out, "scaleSetEvictionPolicy", "Delete");
		jw_number(out, "spotMaxPrice", -1, 1);
		jw_list(out, "nodeTaints");
		jw_text(out, NULL,
			"kubernetes.azure.com/scalesetpriority=spot:NoSchedule");
		jw_list_end(out);
	} else {
		jw_object(out, "upgradeSettings");
		jw_text(out, "maxSurge", "33%");
		jw_object_end(out);
	}
}

static void put_profiles(const struct world *w, struct strbuf *out,
			 const struct cluster *cluster)
{
	jw_list(out, "agentPoolProfiles");
	for (size_t i = 0; i < aks_n_pools; i++) {
		if (strcmp(aks_pools[i].cluster, cluster->name) != 0)
			continue;
		jw_object(out, NULL);
		jw_text(out, "name", aks_pools[i].name);
		put_pool_fields(w, out, cluster, &aks_pools[i]);
		jw_object_end(out);
	}
	jw_list_end(out);
}

static void put_network(struct strbuf *out)
{
	jw_object(out, "networkProfile");
	jw_text(out, "networkPlugin", "azure");
	jw_text(out, "networkPolicy", "cilium");
	jw_text(out, "loadBalancerSku", "standard");
	jw_text(out, "serviceCidr", "10.0.0.0/16");
	jw_text(out, "dnsServiceIP", "10.0.0.10");
	jw_text(out, "outboundType", "loadBalancer");
	jw_object_end(out);
}

/* What a cluster has beyond name, type, place and tags. */
static void put_details(const struct world *w, struct strbuf *out,
			const struct cluster *cluster)
{
	const struct group *group = estate_group(cluster->group);
	struct guid hash = guid_of(w->seed, cluster->name, 0);

	jw_object(out, "properties");
	jw_text(out, "provisioningState", cluster->state);
	jw_object(out, "powerState");
	jw_text(out, "code", cluster->power);
	jw_object_end(out);
	jw_text(out, "kubernetesVersion", cluster->version);
	jw_text(out, "currentKubernetesVersion", cluster->current_version);
	jw_text(out, "dnsPrefix", cluster->name);
	jw_format(out, "fqdn", "%s-%.8s.hcp.%s.azmk8s.io", cluster->name, hash.text,
		  group->location);
	put_profiles(w, out, cluster);
	jw_format(out, "nodeResourceGroup", "MC_%s_%s_%s", group->name, cluster->name,
		  group->location);
	jw_bool(out, "enableRBAC", true);
	jw_text(out, "supportPlan", "KubernetesOfficial");
	put_network(out);
	jw_bool(out, "disableLocalAccounts", true);
	jw_object_end(out);
	jw_object(out, "sku");
	jw_text(out, "name", "Base");
	jw_text(out, "tier", cluster->tier);
	jw_object_end(out);
}

static void put_cluster(const struct world *w, struct strbuf *out,
			const struct cluster *cluster)
{
	const struct group *group = estate_group(cluster->group);
	struct strbuf id;

	strbuf_init(&id, 512);
	put_id(&id, cluster);
	jw_object(out, NULL);
	jw_str(out, "id", strbuf_str(&id));
	jw_text(out, "location", group->location);
	jw_text(out, "name", cluster->name);
	estate_put_tags(out, group, NULL);
	jw_text(out, "type", "Microsoft.ContainerService/ManagedClusters");
	jw_text(out, "eTag", guid_of(w->seed, cluster->name, 1).text);
	put_details(w, out, cluster);
	jw_object_end(out);
	strbuf_fini(&id);
}

static void put_resource(const struct world *w, const struct resource *r,
			 struct strbuf *out)
{
	put_details(w, out, r->what);
}

void aks_contribute(struct inventory *inv)
{
	for (size_t i = 0; i < aks_n_clusters; i++)
		inventory_add(
			inv, aks_clusters[i].group,
			&(struct resource){
				.name = aks_clusters[i].name,
				.type = "Microsoft.ContainerService/managedClusters",
				.is_measured = true,
				.put = put_resource,
				.what = &aks_clusters[i]});
}

void aks_list_clusters(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct page page = {0};

	page_begin(rep);
	for (size_t i = 0; i < aks_n_clusters; i++)
		if (estate_group(aks_clusters[i].group)->sub == sub)
			put_cluster(w, &rep->body, &aks_clusters[i]);
	page_end(rep, &page);
}

const struct cluster *aks_cluster_named(const struct request *req, struct reply *rep)
{
	const struct group *group = estate_asked_group(req);
	struct str name = request_param(req, "cluster");

	for (size_t i = 0; i < aks_n_clusters; i++)
		if (str_eq_nocase(name, str_from(aks_clusters[i].name)) &&
		    estate_group(aks_clusters[i].group) == group)
			return &aks_clusters[i];
	reply_error(
		rep, 404, "ResourceNotFound",
		"The Resource 'Microsoft.ContainerService/managedClusters/%.*s' under "
		"resource group '%s' was not found.",
		STR_ARG(name), group->name);
	return NULL;
}

void aks_get_cluster(struct world *w, const struct request *req, struct reply *rep)
{
	const struct cluster *cluster = aks_cluster_named(req, rep);

	if (cluster)
		put_cluster(w, &rep->body, cluster);
}

void aks_list_pools(struct world *w, const struct request *req, struct reply *rep)
{
	const struct cluster *cluster = aks_cluster_named(req, rep);
	struct strbuf *out = &rep->body, id;
	struct page page = {0};

	if (!cluster)
		return;
	strbuf_init(&id, 512);
	put_id(&id, cluster);
	page_begin(rep);
	for (size_t i = 0; i < aks_n_pools; i++) {
		if (strcmp(aks_pools[i].cluster, cluster->name) != 0)
			continue;
		jw_object(out, NULL);
		jw_format(out, "id", "%s/agentPools/%s", id.p, aks_pools[i].name);
		jw_text(out, "name", aks_pools[i].name);
		jw_text(out, "type",
			"Microsoft.ContainerService/managedClusters/agentPools");
		jw_object(out, "properties");
		put_pool_fields(w, out, cluster, &aks_pools[i]);
		jw_object_end(out);
		jw_object_end(out);
	}
	page_end(rep, &page);
	strbuf_fini(&id);
}
