/* What runs in the clusters, and what each piece is called. Thread: core. */
#include <math.h>

#include "base/count.h"
#include "base/rng.h"
#include "sim/k8s/k8s.h"
#include "sim/rhythm.h"

#define ATLAS "aks-atlas-prod"
#define QODEX "aks-qodex-prod"
#define ACR   "acrcontoso.azurecr.io/"

enum { CRASH_PERIOD_MS = 320000, CRASH_RUN_MS = 20000, MEMORY_PERIOD_MS = 1020000 };

/* clang-format off: one workload a line reads best */
const struct workload k8s_workloads[] = {
	{ATLAS, "atlas", "storefront", WORKLOAD_DEPLOYMENT, ACR "atlas/storefront",
	 "2026.2.4", "web", 0, 4, 12, 512, FAULT_NONE, NULL},
	{ATLAS, "atlas", "checkout", WORKLOAD_DEPLOYMENT, ACR "atlas/checkout",
	 "2026.2.4", "web", 4, 0, 0, 768, FAULT_IMAGE, NULL},
	{ATLAS, "atlas", "orders-api", WORKLOAD_DEPLOYMENT, ACR "atlas/orders-api",
	 "2026.2.1", "web", 0, 3, 8, 1024, FAULT_MEMORY, NULL},
	{ATLAS, "atlas", "pricing", WORKLOAD_DEPLOYMENT, ACR "atlas/pricing", "1.18.0",
	 "web", 2, 0, 0, 256, FAULT_NONE, NULL},
	{ATLAS, "atlas", "settlement", WORKLOAD_DEPLOYMENT, ACR "atlas/settlement",
	 "2026.1.9", "batch", 3, 0, 0, 4096, FAULT_NODE, NULL},
	{ATLAS, "atlas", "stock-sync", WORKLOAD_JOB, ACR "atlas/stock-sync", "2026.1.9",
	 "web", 1, 0, 0, 512, FAULT_NONE, NULL},
	{ATLAS, "ingress-nginx", "ingress-nginx-controller", WORKLOAD_DEPLOYMENT,
	 "registry.k8s.io/ingress-nginx/controller", "v1.11.2", "web", 2, 0, 0, 256,
	 FAULT_NONE, NULL},
	{ATLAS, "cert-manager", "cert-manager", WORKLOAD_DEPLOYMENT,
	 "quay.io/jetstack/cert-manager-controller", "v1.15.3", "system", 1, 0, 0, 128,
	 FAULT_NONE, NULL},
	{ATLAS, "flux-system", "kustomize-controller", WORKLOAD_DEPLOYMENT,
	 "ghcr.io/fluxcd/kustomize-controller", "v1.4.0", "system", 1, 0, 0, 256,
	 FAULT_NONE, NULL},
	{ATLAS, "monitoring", "prometheus", WORKLOAD_STATEFUL,
	 "quay.io/prometheus/prometheus", "v2.54.1", "system", 2, 0, 0, 3072, FAULT_NONE,
	 NULL},
	{ATLAS, "kube-system", "coredns", WORKLOAD_DEPLOYMENT,
	 "mcr.microsoft.com/oss/kubernetes/coredns", "v1.9.4", "system", 2, 0, 0, 170,
	 FAULT_NONE, NULL},
	{ATLAS, "kube-system", "ama-logs", WORKLOAD_DAEMON,
	 "mcr.microsoft.com/azuremonitor/containerinsights/ciprod", "3.1.23", NULL, 0, 0,
	 0, 325, FAULT_NONE, NULL},

	{QODEX, "qodex", "gateway", WORKLOAD_DEPLOYMENT, ACR "qodex/gateway", "7.3.0",
	 "api", 0, 3, 6, 384, FAULT_NONE, NULL},
	{QODEX, "qodex", "inference", WORKLOAD_DEPLOYMENT, ACR "qodex/inference", "7.3.0",
	 "api", 0, 4, 8, 2048, FAULT_PROBE, NULL},
	{QODEX, "qodex", "indexer", WORKLOAD_DEPLOYMENT, ACR "qodex/indexer", "7.2.4",
	 "indexers", 2, 0, 0, 8192, FAULT_CRASH, NULL},
	{QODEX, "qodex", "search", WORKLOAD_STATEFUL, ACR "qodex/search", "5.11.0",
	 "indexers", 3, 0, 0, 16384, FAULT_VOLUME, NULL},
	{QODEX, "qodex", "reporter", WORKLOAD_DEPLOYMENT, ACR "qodex/reporter", "1.4.2",
	 "api", 1, 1, 4, 256, FAULT_INIT,
	 "unable to get metric qodex_report_queue: unable to fetch metrics from external "
	 "metrics API: the server is currently unable to handle the request (get "
	 "qodex_report_queue.external.metrics.k8s.io)"},
	{QODEX, "argocd", "argocd-server", WORKLOAD_DEPLOYMENT, "quay.io/argoproj/argocd",
	 "v2.12.4", "system", 1, 0, 0, 256, FAULT_NONE, NULL},
	{QODEX, "argocd", "argocd-application-controller", WORKLOAD_STATEFUL,
	 "quay.io/argoproj/argocd", "v2.12.4", "system", 1, 0, 0, 1024, FAULT_NONE, NULL},
	{QODEX, "keda", "keda-operator", WORKLOAD_DEPLOYMENT, "ghcr.io/kedacore/keda",
	 "2.15.1", "system", 1, 0, 0, 256, FAULT_NONE, NULL},
	{QODEX, "kube-system", "coredns", WORKLOAD_DEPLOYMENT,
	 "mcr.microsoft.com/oss/kubernetes/coredns", "v1.9.4", "system", 2, 0, 0, 170,
	 FAULT_NONE, NULL},
	{QODEX, "kube-system", "ama-logs", WORKLOAD_DAEMON,
	 "mcr.microsoft.com/azuremonitor/containerinsights/ciprod", "3.1.23", NULL, 0, 0,
	 0, 325, FAULT_NONE, NULL},
};
/* clang-format on */
const size_t k8s_n_workloads = COUNT(k8s_workloads);

static uint64_t seed_of(const struct world *w, const struct workload *it)
{
	return rng_mix(w->seed,
		       str_hash(str_from(it->name)) ^ str_hash(str_from(it->cluster)));
}

/* In steps of two minutes, a little behind the load. */
/* As somebody scaled it; what has an autoscaler does not listen. */
static int scaled_to(const struct world *w, const struct workload *it)
{
	const cJSON *set;
	struct strbuf what;
	struct guid uid;

	if (!w->written.list.n)
		return it->replicas;
	strbuf_init(&what, 1024);
	strbuf_printf(&what, "%s/%s/%s", it->cluster, it->namespace, it->name);
	uid = guid_of(w->seed, what.p, 0);
	strbuf_fini(&what);
	set = writes_now(&w->written, "metadata.uid", str_from(uid.text), "spec.replicas",
			 w->now_ms);
	return set ? (int)set->valuedouble : it->replicas;
}

int k8s_replicas(const struct world *w, const struct workload *it)
{
	int64_t at_ms = w->now_ms - w->now_ms % (2 * MINUTE_MS);
	double load;

	if (it->high == 0 || it->hpa_problem)
		return scaled_to(w, it);
	load = rhythm_load(at_ms) *
	       (0.85 + 0.2 * rhythm_noise(seed_of(w, it), at_ms, 20 * MINUTE_MS));
	return (int)fmin(it->high, it->low + round(load * (it->high - it->low)));
}

int k8s_utilization(const struct world *w, const struct workload *it)
{
	double load =
		rhythm_load(w->now_ms) *
		(0.85 + 0.2 * rhythm_noise(seed_of(w, it), w->now_ms, 20 * MINUTE_MS));
	double wanted = it->low + load * (it->high - it->low);
	int have = k8s_replicas(w, it);

	return (int)round(70 * wanted / (have > 0 ? have : 1));
}

void k8s_node_name(const struct world *w, const struct node_pool *pool, int i,
		   struct strbuf *out)
{
	unsigned id = (unsigned)(rng_mix(w->seed, str_hash(str_from(pool->cluster))) %
				 90000000) +
		      10000000;

	strbuf_printf(out, "aks-%s-%u-vmss%06d", pool->name, id, i);
}

const struct node_pool *k8s_pool(const struct cluster *cluster, const char *name)
{
	for (size_t i = 0; i < aks_n_pools; i++) {
		if (strcmp(aks_pools[i].cluster, cluster->name) == 0 &&
		    strcmp(aks_pools[i].name, name) == 0)
			return &aks_pools[i];
	}
	return NULL;
}

bool k8s_is_lost(const struct node_pool *pool, int i)
{
	return i == 0 && strcmp(pool->state, "Failed") == 0;
}

/* The letters of generated names: no vowels, so no words. */
static void put_random(struct strbuf *out, uint64_t seed, int n, const char *letters)
{
	size_t count = strlen(letters);

	while (n-- > 0) {
		strbuf_putc(out, letters[seed % count]);
		seed = rng_mix(seed, (uint64_t)n);
	}
}

#define LETTERS "bcdfghjklmnpqrstvwxz2456789"

void k8s_set_name(const struct world *w, const struct workload *it, bool is_new,
		  struct strbuf *out)
{
	strbuf_printf(out, "%s-", it->name);
	put_random(out, rng_mix(seed_of(w, it), is_new), 10, "456789bcdf");
}

void k8s_pod_name(const struct world *w, const struct workload *it, int i, bool is_new,
		  struct strbuf *out)
{
	uint64_t seed = rng_mix(seed_of(w, it), 100 + (uint64_t)i * 2 + is_new);

	if (it->kind == WORKLOAD_STATEFUL) {
		strbuf_printf(out, "%s-%d", it->name, i);
		return;
	}
	if (it->kind == WORKLOAD_DEPLOYMENT)
		k8s_set_name(w, it, is_new, out);
	else if (it->kind == WORKLOAD_JOB) /* called after the minute it was due */
		strbuf_printf(out, "%s-%lld", it->name,
			      (long long)(k8s_since(w, HOUR_MS) / MINUTE_MS));
	else
		strbuf_puts(out, it->name);
	strbuf_putc(out, '-');
	put_random(out, seed, 5, LETTERS);
}

void k8s_no_place(const struct world *w, const struct workload *it, struct strbuf *out)
{
	int all = 0, own = 0, lost = 0;

	for (size_t i = 0; i < aks_n_pools; i++) {
		int n = aks_node_count(w, &aks_pools[i]);

		if (strcmp(aks_pools[i].cluster, it->cluster) != 0)
			continue;
		all += n;
		if (strcmp(aks_pools[i].name, it->pool) != 0)
			continue;
		lost = n > 0 && k8s_is_lost(&aks_pools[i], 0);
		own = n - lost;
	}
	strbuf_printf(out, "0/%d nodes are available: ", all);
	if (it->fault == FAULT_VOLUME) {
		strbuf_puts(out, "pod has unbound immediate PersistentVolumeClaims.");
		return;
	}
	if (lost)
		strbuf_printf(out,
			      "%d node(s) had untolerated taint "
			      "{node.kubernetes.io/unreachable: }, ",
			      lost);
	if (own)
		strbuf_printf(out, "%d Insufficient memory, ", own);
	strbuf_printf(out, "%d node(s) didn't match Pod's node affinity/selector.",
		      all - own - lost);
}

/* They count from midnight: then somebody deployed once more. */
struct crashes k8s_crashes(const struct world *w, const struct workload *it)
{
	int64_t period = it->fault == FAULT_CRASH ? CRASH_PERIOD_MS : MEMORY_PERIOD_MS;
	int64_t midnight = k8s_since(w, DAY_MS), since = w->now_ms - midnight;
	struct crashes c = {.count = (int)(since / period),
			    .last_ms = midnight + since / period * period,
			    .is_running = true};

	if (it->fault == FAULT_CRASH)
		c.is_running = since % period > CRASH_PERIOD_MS - CRASH_RUN_MS;
	return c;
}
