/* What puts software into the clusters: Helm, Argo CD, Flux; and KEDA, which scales it.
 * Thread: core. */
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "sim/k8s/k8s.h"
#include "sim/rhythm.h"

#define ATLAS "aks-atlas-prod"
#define QODEX "aks-qodex-prod"

/* Custom resources are there where somebody installed them. */
static bool begin_in(struct k8s_list *l, const char *cluster, const struct world *w,
		     const struct request *req, struct reply *rep)
{
	const struct cluster *asked = k8s_cluster(req, rep);

	if (!asked)
		return false;
	if (strcmp(asked->name, cluster) != 0) {
		k8s_refuse(req, rep, false);
		return false;
	}
	return k8s_begin(l, w, req, rep);
}

static const struct release {
	const char *cluster, *namespace, *name, *status;
	int revision;
	int hours_ago, minutes_ago;
} releases[] = {
	{ATLAS, "ingress-nginx", "ingress-nginx", "superseded", 6, 700, 0},
	{ATLAS, "ingress-nginx", "ingress-nginx", "deployed", 7, 310, 0},
	{ATLAS, "cert-manager", "cert-manager", "deployed", 4, 1200, 0},
	{ATLAS, "monitoring", "prometheus", "deployed", 11, 95, 0},
	{ATLAS, "atlas", "checkout", "deployed", 41, 200, 0},
	{ATLAS, "atlas", "checkout", "pending-upgrade", 42, 3, 0},
	{QODEX, "qodex", "search", "failed", 9, 5, 0},
	{QODEX, "qodex", "search", "deployed", 8, 400, 0},
	{QODEX, "qodex", "gateway", "deployed", 23, 60, 0},
	{QODEX, "keda", "keda", "deployed", 2, 2100, 0},
};

/* "owner=helm,status!=superseded": the labels a release has, and no others. */
static bool has_labels(struct str selector, const struct release *it)
{
	struct str rest = selector, one;

	while (selector.n && str_next(&rest, ',', &one)) {
		ptrdiff_t equals = str_find_char(one, '=');
		bool is_not = equals > 0 && one.p[equals - 1] == '!';
		struct str key, value, has = {.p = "", .n = 0};

		if (equals < 0)
			return false;
		key = str_sub(one, 0, (size_t)equals - is_not);
		value = str_sub(one, (size_t)equals + 1, one.n);
		if (str_eq(key, STR("owner")))
			has = STR("helm");
		else if (str_eq(key, STR("name")))
			has = str_from(it->name);
		else if (str_eq(key, STR("status")))
			has = str_from(it->status);
		if (str_eq(has, value) == is_not)
			return false;
	}
	return true;
}

/* The payload of a secret stays where it is unless it is asked for; nobody does. */
void k8s_list_secrets(struct world *w, const struct request *req, struct reply *rep)
{
	struct k8s_list l;

	if (!k8s_begin(&l, w, req, rep))
		return;
	for (size_t i = 0; i < COUNT(releases); i++) {
		const struct release *it = &releases[i];
		int64_t made = k8s_since(w, HOUR_MS) - it->hours_ago * HOUR_MS;
		struct strbuf name;

		if (strcmp(it->cluster, l.cluster->name) != 0 ||
		    !has_labels(l.selector, it) || !k8s_takes(&l, it->namespace))
			continue;
		strbuf_init(&name, 256);
		strbuf_printf(&name, "sh.helm.release.v1.%s.v%d", it->name, it->revision);
		k8s_object(&l, it->namespace, name.p, made);
		jw_object(l.out, "labels");
		jw_format(l.out, "modifiedAt", "%lld", (long long)(made / 1000) + 14);
		jw_text(l.out, "name", it->name);
		jw_text(l.out, "owner", "helm");
		jw_text(l.out, "status", it->status);
		jw_format(l.out, "version", "%d", it->revision);
		jw_object_end(l.out);
		jw_object_end(l.out);
		if (!l.is_metadata_only) {
			jw_null(l.out, "data");
			jw_text(l.out, "type", "helm.sh/release.v1");
		}
		jw_object_end(l.out);
		strbuf_fini(&name);
	}
	k8s_end(&l, "Secret", "v1");
}

static const struct application {
	const char *name, *project, *sync, *health, *phase, *message;
	int hours_ago;
} applications[] = {
	{"gateway", "qodex", "Synced", "Healthy", "Succeeded",
	 "successfully synced (all tasks run)", 60},
	{"inference", "qodex", "Synced", "Progressing", "Succeeded",
	 "successfully synced (all tasks run)", 31},
	{"indexer", "qodex", "Synced", "Degraded", "Succeeded",
	 "successfully synced (all tasks run)", 14},
	{"search", "qodex", "OutOfSync", "Degraded", "Failed",
	 "one or more objects failed to apply, reason: PersistentVolumeClaim "
	 "\"data-search-2\" is invalid: spec: Forbidden: spec is immutable after "
	 "creation",
	 5},
	{"reporter", "qodex", "OutOfSync", "Healthy", "Succeeded",
	 "successfully synced (all tasks run)", 200},
	{"platform", "default", "Unknown", "Healthy", NULL, NULL, 400},
};

static void put_application(struct k8s_list *l, const struct application *it)
{
	int64_t synced = k8s_since(l->w, HOUR_MS) - it->hours_ago * HOUR_MS;
	const char *revision = guid_of(l->w->seed, it->name, 7).text;

	k8s_object(l, "argocd", it->name, K8S_CREATED_MS);
	jw_object_end(l->out);
	jw_object(l->out, "spec");
	jw_object(l->out, "destination");
	jw_text(l->out, "namespace", it->project);
	jw_text(l->out, "server", "https://kubernetes.default.svc");
	jw_object_end(l->out);
	jw_text(l->out, "project", it->project);
	jw_object(l->out, "source");
	jw_format(l->out, "path", "apps/%s", it->name);
	jw_text(l->out, "repoURL", "https://dev.azure.com/contoso/Qodex/_git/deploy");
	jw_text(l->out, "targetRevision", "main");
	jw_object_end(l->out);
	jw_object_end(l->out);
	jw_object(l->out, "status");
	if (!it->phase) {
		jw_list(l->out, "conditions");
		jw_object(l->out, NULL);
		jw_text(l->out, "type", "ComparisonError");
		jw_text(l->out, "message",
			"failed to generate manifest for source 1 of 1: rpc error: code "
			"= Unknown desc = authentication required");
		jw_time(l->out, "lastTransitionTime", synced, 0);
		jw_object_end(l->out);
		jw_list_end(l->out);
	}
	jw_object(l->out, "health");
	jw_text(l->out, "status", it->health);
	jw_object_end(l->out);
	if (it->phase) {
		jw_object(l->out, "operationState");
		jw_time(l->out, "startedAt", synced, 0);
		jw_time(l->out, "finishedAt", synced + 19000, 0);
		jw_text(l->out, "message", it->message);
		jw_text(l->out, "phase", it->phase);
		jw_object_end(l->out);
	}
	jw_time(l->out, "reconciledAt", k8s_since(l->w, 3 * MINUTE_MS), 0);
	jw_object(l->out, "sync");
	jw_text(l->out, "status", it->sync);
	jw_format(l->out, "revision", "%.8s%.4s", revision, revision + 9);
	jw_object_end(l->out);
	jw_object_end(l->out);
	jw_object_end(l->out);
}

void k8s_list_argo(struct world *w, const struct request *req, struct reply *rep)
{
	struct k8s_list l;

	if (!begin_in(&l, QODEX, w, req, rep))
		return;
	for (size_t i = 0; i < COUNT(applications); i++) {
		if (k8s_takes(&l, "argocd"))
			put_application(&l, &applications[i]);
	}
	k8s_end(&l, "Application", "argoproj.io/v1alpha1");
}

static const struct flux_object {
	const char *name, *ready, *reason, *message;
	const char *applied, *attempted;
	bool is_suspended, is_reconciling;
} kustomizations[] =
	{
		{"infrastructure", "True", "ReconciliationSucceeded",
		 "Applied revision: main@sha1:41c7a2f0", "main@sha1:41c7a2f0",
		 "main@sha1:41c7a2f0", false, false},
		{"atlas", "False", "HealthCheckFailed",
		 "health check failed after 5m0s: timeout waiting for: "
		 "[Deployment/atlas/checkout status: 'InProgress']",
		 "main@sha1:0b93de51", "main@sha1:41c7a2f0", false, true},
		{"monitoring", "True", "ReconciliationSucceeded",
		 "Applied revision: main@sha1:0b93de51", "main@sha1:0b93de51",
		 "main@sha1:0b93de51", true, false},
},
  helm_releases[] = {
	  {"ingress-nginx", "True", "UpgradeSucceeded",
	   "Helm upgrade succeeded for release ingress-nginx/ingress-nginx.v7 with chart "
	   "ingress-nginx@4.11.2",
	   "4.11.2", "4.11.2", false, false},
	  {"checkout", "Unknown", "Progressing",
	   "Running 'upgrade' action with timeout of 5m0s", "2026.2.4", "2026.3.0-rc1",
	   false, true},
	  {"prometheus", "False", "RollbackSucceeded",
	   "Helm rollback to previous release monitoring/prometheus.v10 with chart "
	   "prometheus@25.27.0 succeeded",
	   "25.27.0", "25.28.0", false, false},
};

/* Since when it is as it is: what is well has long been so. */
static int64_t flux_since(const struct world *w, const struct flux_object *it)
{
	if (strcmp(it->ready, "True") == 0)
		return k8s_since(w, 24 * HOUR_MS) - 6 * 24 * HOUR_MS;
	if (strcmp(it->ready, "Unknown") == 0)
		return k8s_since(w, 5 * MINUTE_MS);
	return k8s_since(w, HOUR_MS) - (it->is_reconciling ? 4 : 190) * MINUTE_MS;
}

static void put_flux(struct k8s_list *l, const struct flux_object *it, const char *source)
{
	int64_t since = flux_since(l->w, it);

	k8s_object(l, "flux-system", it->name, K8S_CREATED_MS);
	jw_int(l->out, "generation", 5);
	jw_object_end(l->out);
	jw_object(l->out, "spec");
	jw_text(l->out, "interval", "10m0s");
	jw_object(l->out, "sourceRef");
	jw_text(l->out, "kind", source);
	jw_text(l->out, "name", "flux-system");
	jw_object_end(l->out);
	if (it->is_suspended)
		jw_bool(l->out, "suspend", true);
	jw_object_end(l->out);
	jw_object(l->out, "status");
	jw_list(l->out, "conditions");
	if (it->is_reconciling)
		k8s_condition(l->out, "Reconciling", "True", "Progressing",
			      "reconciliation in progress", since);
	k8s_condition(l->out, "Ready", it->ready, it->reason, it->message, since);
	jw_list_end(l->out);
	jw_text(l->out, "lastAppliedRevision", it->applied);
	jw_text(l->out, "lastAttemptedRevision", it->attempted);
	jw_int(l->out, "observedGeneration", it->is_reconciling ? -1 : 5);
	jw_object_end(l->out);
	jw_object_end(l->out);
}

void k8s_list_kustomizations(struct world *w, const struct request *req,
			     struct reply *rep)
{
	struct k8s_list l;

	if (!begin_in(&l, ATLAS, w, req, rep))
		return;
	for (size_t i = 0; i < COUNT(kustomizations); i++) {
		if (k8s_takes(&l, "flux-system"))
			put_flux(&l, &kustomizations[i], "GitRepository");
	}
	k8s_end(&l, "Kustomization", "kustomize.toolkit.fluxcd.io/v1");
}

void k8s_list_helm_releases(struct world *w, const struct request *req, struct reply *rep)
{
	struct k8s_list l;

	if (!begin_in(&l, ATLAS, w, req, rep))
		return;
	for (size_t i = 0; i < COUNT(helm_releases); i++) {
		if (k8s_takes(&l, "flux-system"))
			put_flux(&l, &helm_releases[i], "HelmRepository");
	}
	k8s_end(&l, "HelmRelease", "helm.toolkit.fluxcd.io/v2");
}
