/* What an API server says of itself: which groups, versions and kinds it has. A client
 * such as kubectl asks for it before anything else. Every row has its lists among the
 * routes. Thread: core. */
#include "sim/k8s/k8s.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct served {
	const char *group, *version; /* group "": the core */
	const char *plural, *singular, *kind;
	bool is_namespaced;
	const char *shorts;  /* separated by blanks; NULL: none */
	const char *cluster; /* that alone has it; NULL: every one */
} served[] = {
	{"", "v1", "nodes", "node", "Node", false, "no", NULL},
	{"", "v1", "pods", "pod", "Pod", true, "po", NULL},
	{"", "v1", "events", "event", "Event", true, "ev", NULL},
	{"", "v1", "secrets", "secret", "Secret", true, NULL, NULL},
	{"", "v1", "persistentvolumeclaims", "persistentvolumeclaim",
	 "PersistentVolumeClaim", true, "pvc", NULL},
	{"apps", "v1", "deployments", "deployment", "Deployment", true, "deploy", NULL},
	{"apps", "v1", "statefulsets", "statefulset", "StatefulSet", true, "sts", NULL},
	{"autoscaling", "v2", "horizontalpodautoscalers", "horizontalpodautoscaler",
	 "HorizontalPodAutoscaler", true, "hpa", NULL},
	{"networking.k8s.io", "v1", "ingresses", "ingress", "Ingress", true, "ing", NULL},
	{"metrics.k8s.io", "v1beta1", "nodes", "", "NodeMetrics", false, NULL, NULL},
	{"cert-manager.io", "v1", "certificates", "certificate", "Certificate", true,
	 "cert certs", "aks-atlas-prod"},
	{"argoproj.io", "v1alpha1", "applications", "application", "Application", true,
	 "app apps", "aks-qodex-prod"},
	{"kustomize.toolkit.fluxcd.io", "v1", "kustomizations", "kustomization",
	 "Kustomization", true, "ks", "aks-atlas-prod"},
	{"helm.toolkit.fluxcd.io", "v2", "helmreleases", "helmrelease", "HelmRelease",
	 true, "hr", "aks-atlas-prod"},
	{"keda.sh", "v1alpha1", "scaledobjects", "scaledobject", "ScaledObject", true,
	 "so", "aks-qodex-prod"},
	{"keda.sh", "v1alpha1", "scaledjobs", "scaledjob", "ScaledJob", true, "sj",
	 "aks-qodex-prod"},
};

static bool is_there(const struct served *s, const struct cluster *cluster)
{
	return !s->cluster || strcmp(s->cluster, cluster->name) == 0;
}

static void put_group_version(struct strbuf *out, const char *key, const struct served *s)
{
	jw_format(out, key, "%s%s%s", s->group, s->group[0] ? "/" : "", s->version);
}

static void put_resource(struct strbuf *out, const struct served *s)
{
	struct str rest = str_from(s->shorts), one;

	jw_object(out, NULL);
	jw_text(out, "name", s->plural);
	jw_text(out, "singularName", s->singular);
	jw_bool(out, "namespaced", s->is_namespaced);
	jw_text(out, "kind", s->kind);
	jw_list(out, "verbs");
	jw_text(out, NULL, "list");
	jw_list_end(out);
	if (s->shorts) {
		jw_list(out, "shortNames");
		while (str_next(&rest, ' ', &one))
			jw_str(out, NULL, one);
		jw_list_end(out);
	}
	jw_object_end(out);
}

static void list_resources(const struct request *req, struct reply *rep, struct str group,
			   struct str version)
{
	const struct cluster *cluster = k8s_cluster(req, rep);
	const struct served *first = NULL;
	struct strbuf *out = &rep->body;

	for (size_t i = 0; cluster && i < COUNT(served); i++) {
		const struct served *s = &served[i];

		if (!str_eq(group, str_from(s->group)) ||
		    !str_eq(version, str_from(s->version)) || !is_there(s, cluster))
			continue;
		if (!first) {
			jw_object(out, NULL);
			jw_text(out, "kind", "APIResourceList");
			jw_text(out, "apiVersion", "v1");
			put_group_version(out, "groupVersion", s);
			jw_list(out, "resources");
			first = s;
		}
		put_resource(out, s);
	}
	if (!cluster)
		return;
	if (!first) {
		k8s_refuse(req, rep, false);
		return;
	}
	jw_list_end(out);
	jw_object_end(out);
}

void k8s_list_core(struct world *w, const struct request *req, struct reply *rep)
{
	(void)w;
	list_resources(req, rep, STR(""), STR("v1"));
}

void k8s_list_group(struct world *w, const struct request *req, struct reply *rep)
{
	(void)w;
	list_resources(req, rep, request_param(req, "apigroup"),
		       request_param(req, "version"));
}

void k8s_list_versions(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)w;
	if (!k8s_cluster(req, rep))
		return;
	jw_object(out, NULL);
	jw_text(out, "kind", "APIVersions");
	jw_list(out, "versions");
	jw_text(out, NULL, "v1");
	jw_list_end(out);
	jw_list(out, "serverAddressByClientCIDRs");
	jw_list_end(out);
	jw_object_end(out);
}

static void put_version(struct strbuf *out, const char *key, const struct served *s)
{
	jw_object(out, key);
	put_group_version(out, "groupVersion", s);
	jw_text(out, "version", s->version);
	jw_object_end(out);
}

void k8s_list_groups(struct world *w, const struct request *req, struct reply *rep)
{
	const struct cluster *cluster = k8s_cluster(req, rep);
	struct strbuf *out = &rep->body;
	const char *last = "";

	(void)w;
	if (!cluster)
		return;
	jw_object(out, NULL);
	jw_text(out, "kind", "APIGroupList");
	jw_text(out, "apiVersion", "v1");
	jw_list(out, "groups");
	for (size_t i = 0; i < COUNT(served); i++) {
		/* Rows of a group stand together, and each has one version. */
		if (strcmp(served[i].group, last) == 0 || !is_there(&served[i], cluster))
			continue;
		last = served[i].group;
		jw_object(out, NULL);
		jw_text(out, "name", last);
		jw_list(out, "versions");
		put_version(out, NULL, &served[i]);
		jw_list_end(out);
		put_version(out, "preferredVersion", &served[i]);
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
}

void k8s_get_version(struct world *w, const struct request *req, struct reply *rep)
{
	const struct cluster *cluster = k8s_cluster(req, rep);
	struct strbuf *out = &rep->body;
	struct str rest, major, minor = {0};

	(void)w;
	if (!cluster)
		return;
	rest = str_from(cluster->current_version);
	str_next(&rest, '.', &major);
	str_next(&rest, '.', &minor);
	jw_object(out, NULL);
	jw_str(out, "major", major);
	jw_str(out, "minor", minor);
	jw_format(out, "gitVersion", "v%s", cluster->current_version);
	jw_text(out, "gitTreeState", "clean");
	jw_text(out, "platform", "linux/amd64");
	jw_object_end(out);
}
