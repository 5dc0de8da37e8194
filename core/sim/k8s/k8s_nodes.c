/* Nodes of the clusters, as many as their pools say, and what they use. Thread: core. */
#include <math.h>
#include <string.h>

#include "base/count.h"
#include "base/rng.h"
#include "sim/k8s/k8s.h"
#include "sim/rhythm.h"

/* What a machine has, and what the system leaves of it. */
static const struct machine {
	const char *size;
	int cpu, memory_gib;
	int free_milli;
	int64_t free_kib;
} machines[] = {
	{"Standard_D4s_v5", 4, 16, 3860, 13150216},
	{"Standard_D8s_v5", 8, 32, 7820, 29134820},
	{"Standard_E8s_v5", 8, 64, 7820, 60891252},
	{"Standard_E16s_v5", 16, 128, 15740, 124710820},
};

static const struct machine *machine_of(const struct node_pool *pool)
{
	for (size_t i = 0; i < COUNT(machines); i++) {
		if (strcmp(machines[i].size, pool->size) == 0)
			return &machines[i];
	}
	return machines;
}

/* While a pool is being upgraded one node after another is emptied. */
static bool is_cordoned(const struct node_pool *pool, int i)
{
	return i == 1 && strcmp(pool->state, "Updating") == 0;
}

static bool has_full_disk(const struct node_pool *pool, int i)
{
	return i == 1 && strcmp(pool->name, "indexers") == 0;
}

static void put_labels(struct strbuf *out, const struct node_pool *pool, const char *name,
		       const char *location, int i)
{
	jw_object(out, "labels");
	jw_text(out, "agentpool", pool->name);
	jw_text(out, "kubernetes.azure.com/agentpool", pool->name);
	jw_text(out, "kubernetes.azure.com/mode",
		strcmp(pool->mode, "System") == 0 ? "system" : "user");
	if (pool->is_spot)
		jw_text(out, "kubernetes.azure.com/scalesetpriority", "spot");
	jw_text(out, "kubernetes.io/arch", "amd64");
	jw_text(out, "kubernetes.io/hostname", name);
	jw_text(out, "kubernetes.io/os", "linux");
	jw_text(out, "kubernetes.io/role", "agent");
	jw_text(out, "node.kubernetes.io/instance-type", pool->size);
	jw_text(out, "topology.kubernetes.io/region", location);
	jw_format(out, "topology.kubernetes.io/zone", "%s-%d", location, i % 3 + 1);
	jw_object_end(out);
}

static void put_taint(struct strbuf *out, const char *key, const char *value,
		      const char *effect)
{
	jw_object(out, NULL);
	jw_text(out, "key", key);
	if (value)
		jw_text(out, "value", value);
	jw_text(out, "effect", effect);
	jw_object_end(out);
}

static void put_spec(struct strbuf *out, const struct k8s_list *l,
		     const struct node_pool *pool, int i)
{
	const struct group *group = estate_group(l->cluster->group);
	bool is_lost = k8s_is_lost(pool, i), is_closed = is_cordoned(pool, i);

	jw_object(out, "spec");
	jw_format(out, "providerID",
		  "azure:///subscriptions/%s/resourceGroups/mc_%s_%s_%s/providers/"
		  "Microsoft.Compute/virtualMachineScaleSets/aks-%s-vmss/"
		  "virtualMachines/%d",
		  estate_sub_id(group), group->name, l->cluster->name, group->location,
		  pool->name, i);
	if (is_closed)
		jw_bool(out, "unschedulable", true);
	if (is_lost || is_closed || pool->is_spot) {
		jw_list(out, "taints");
		if (pool->is_spot)
			put_taint(out, "kubernetes.azure.com/scalesetpriority", "spot",
				  "NoSchedule");
		if (is_lost) {
			put_taint(out, "node.kubernetes.io/unreachable", NULL,
				  "NoSchedule");
			put_taint(out, "node.kubernetes.io/unreachable", NULL,
				  "NoExecute");
		}
		if (is_closed)
			put_taint(out, "node.kubernetes.io/unschedulable", NULL,
				  "NoSchedule");
		jw_list_end(out);
	}
	jw_object_end(out);
}

static void put_conditions(struct strbuf *out, const struct k8s_list *l,
			   const struct node_pool *pool, int i)
{
	bool is_lost = k8s_is_lost(pool, i), is_full = has_full_disk(pool, i);
	int64_t then = K8S_CREATED_MS + i * HOUR_MS;
	int64_t lost_ms = k8s_since(l->w, 6 * HOUR_MS) - 11 * MINUTE_MS;
	static const struct {
		const char *type, *good, *reason, *message;
	} rows[] = {
		{"MemoryPressure", "False", "KubeletHasSufficientMemory",
		 "kubelet has sufficient memory available"},
		{"DiskPressure", "False", "KubeletHasNoDiskPressure",
		 "kubelet has no disk pressure"},
		{"PIDPressure", "False", "KubeletHasSufficientPID",
		 "kubelet has sufficient PID available"},
		{"Ready", "True", "KubeletReady", "kubelet is posting ready status"},
	};

	jw_list(out, "conditions");
	for (size_t k = 0; k < COUNT(rows); k++) {
		if (is_lost)
			k8s_condition(out, rows[k].type, "Unknown", "NodeStatusUnknown",
				      "Kubelet stopped posting node status.", lost_ms);
		else if (is_full && k == 1)
			k8s_condition(out, rows[k].type, "True", "KubeletHasDiskPressure",
				      "kubelet has disk pressure",
				      k8s_since(l->w, 2 * HOUR_MS));
		else
			k8s_condition(out, rows[k].type, rows[k].good, rows[k].reason,
				      rows[k].message, then);
	}
	jw_list_end(out);
}

static void put_room(struct strbuf *out, const char *key, int cpu_milli, int64_t kib)
{
	jw_object(out, key);
	if (cpu_milli % 1000)
		jw_format(out, "cpu", "%dm", cpu_milli);
	else
		jw_format(out, "cpu", "%d", cpu_milli / 1000);
	jw_text(out, "ephemeral-storage", "129886128Ki");
	jw_text(out, "hugepages-2Mi", "0");
	jw_format(out, "memory", "%lldKi", (long long)kib);
	jw_text(out, "pods", "110");
	jw_object_end(out);
}

static void put_info(struct strbuf *out, const struct k8s_list *l)
{
	jw_object(out, "nodeInfo");
	jw_text(out, "architecture", "amd64");
	jw_text(out, "containerRuntimeVersion", "containerd://1.7.22-1");
	jw_text(out, "kernelVersion", "5.15.0-1073-azure");
	jw_format(out, "kubeProxyVersion", "v%s", l->cluster->current_version);
	jw_format(out, "kubeletVersion", "v%s", l->cluster->current_version);
	jw_text(out, "operatingSystem", "linux");
	jw_text(out, "osImage", "Ubuntu 22.04.5 LTS");
	jw_object_end(out);
}

static void put_node(struct k8s_list *l, const struct node_pool *pool, int i)
{
	const struct machine *m = machine_of(pool);
	struct strbuf name;

	strbuf_init(&name, 64);
	k8s_node_name(l->w, pool, i, &name);
	if (k8s_takes(l, "")) {
		k8s_object(l, NULL, name.p, K8S_CREATED_MS + i * HOUR_MS);
		put_labels(l->out, pool, name.p,
			   estate_group(l->cluster->group)->location, i);
		jw_object_end(l->out);
		put_spec(l->out, l, pool, i);
		jw_object(l->out, "status");
		jw_list(l->out, "addresses");
		jw_object(l->out, NULL);
		jw_text(l->out, "type", "InternalIP");
		jw_format(l->out, "address", "10.224.%d.%d", (int)(pool - aks_pools),
			  4 + i);
		jw_object_end(l->out);
		jw_list_end(l->out);
		put_room(l->out, "allocatable", m->free_milli, m->free_kib);
		put_room(l->out, "capacity", m->cpu * 1000,
			 (int64_t)m->memory_gib * 1024 * 1024 - 362340);
		put_conditions(l->out, l, pool, i);
		put_info(l->out, l);
		jw_object_end(l->out);
		jw_object_end(l->out);
	}
	strbuf_fini(&name);
}

typedef void (*node_fn)(struct k8s_list *l, const struct node_pool *pool, int i);

static void each_node(struct k8s_list *l, node_fn fn)
{
	for (size_t k = 0; k < aks_n_pools; k++) {
		int n = aks_node_count(l->w, &aks_pools[k]);

		if (strcmp(aks_pools[k].cluster, l->cluster->name) != 0)
			continue;
		for (int i = 0; i < n; i++)
			fn(l, &aks_pools[k], i);
	}
}

void k8s_list_nodes(struct world *w, const struct request *req, struct reply *rep)
{
	struct k8s_list l;

	if (!k8s_begin(&l, w, req, rep))
		return;
	each_node(&l, put_node);
	k8s_end(&l, "Node", "v1");
}

/* Nobody measures a node that does not answer. */
static void put_usage(struct k8s_list *l, const struct node_pool *pool, int i)
{
	const struct machine *m = machine_of(pool);
	uint64_t seed = rng_mix(l->w->seed + (uint64_t)(pool - aks_pools), (uint64_t)i);
	double noise = rhythm_noise(seed, l->w->now_ms, 10 * MINUTE_MS);
	double cpu = (0.12 + 0.55 * rhythm_load(l->w->now_ms)) * (1 + 0.25 * noise);
	double memory = 0.58 + 0.12 * noise + (has_full_disk(pool, i) ? 0.2 : 0);
	struct strbuf name;

	if (k8s_is_lost(pool, i) || !k8s_takes(l, ""))
		return;
	strbuf_init(&name, 64);
	k8s_node_name(l->w, pool, i, &name);
	jw_object(l->out, NULL);
	jw_object(l->out, "metadata");
	jw_text(l->out, "name", name.p);
	jw_time(l->out, "creationTimestamp", l->w->now_ms, 0);
	jw_object_end(l->out);
	jw_time(l->out, "timestamp", k8s_since(l->w, 15000), 0);
	jw_text(l->out, "window", "20.045s");
	jw_object(l->out, "usage");
	jw_format(l->out, "cpu", "%.0fn", cpu * m->free_milli * 1e6);
	jw_format(l->out, "memory", "%.0fKi", memory * (double)m->free_kib);
	jw_object_end(l->out);
	jw_object_end(l->out);
	strbuf_fini(&name);
}

void k8s_list_node_usage(struct world *w, const struct request *req, struct reply *rep)
{
	struct k8s_list l;

	if (!k8s_begin(&l, w, req, rep))
		return;
	each_node(&l, put_usage);
	k8s_end(&l, "NodeMetrics", "metrics.k8s.io/v1beta1");
}
