/* Deployments, stateful sets and their autoscalers: what should run, and how much of
 * it does. Thread: core. Counters that are 0 are left out, as the real ones are. */
#include <string.h>

#include "sim/k8s/k8s.h"
#include "sim/rhythm.h"

static void put_count(struct strbuf *out, const char *key, int n)
{
	if (n)
		jw_int(out, key, n);
}

static bool is_of(const struct k8s_list *l, const struct workload *it,
		  enum workload_kind kind)
{
	return it->kind == kind && strcmp(it->cluster, l->cluster->name) == 0;
}

static int missing(const struct workload *it)
{
	return it->fault == FAULT_NONE || it->fault == FAULT_MEMORY ||
			       it->fault == FAULT_IMAGE
		       ? 0
		       : 1;
}

static void put_template(struct strbuf *out, const struct workload *it, const char *tag)
{
	jw_object(out, "selector");
	jw_object(out, "matchLabels");
	jw_text(out, "app.kubernetes.io/name", it->name);
	jw_object_end(out);
	jw_object_end(out);
	jw_object(out, "template");
	jw_object(out, "metadata");
	jw_null(out, "creationTimestamp");
	jw_object_end(out);
	jw_object(out, "spec");
	jw_list(out, "containers");
	jw_object(out, NULL);
	jw_text(out, "name", it->name);
	jw_format(out, "image", "%s:%s", it->image, tag);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_progress(const struct k8s_list *l, const struct workload *it, int gone)
{
	int64_t since = k8s_since(l->w, 3 * HOUR_MS) - 40 * MINUTE_MS;
	struct strbuf set, text;

	strbuf_init(&set, 128);
	strbuf_init(&text, 256);
	k8s_set_name(l->w, it, it->fault == FAULT_IMAGE, &set);
	strbuf_printf(&text, "ReplicaSet \"%s\" has %s progress%s.", set.p,
		      it->fault == FAULT_IMAGE ? "timed out" : "successfully",
		      it->fault == FAULT_IMAGE ? "ing" : "ed");
	jw_list(l->out, "conditions");
	/* A quarter may be missing. */
	if (gone * 4 > k8s_replicas(l->w, it))
		k8s_condition(l->out, "Available", "False", "MinimumReplicasUnavailable",
			      "Deployment does not have minimum availability.",
			      k8s_since(l->w, HOUR_MS));
	else
		k8s_condition(l->out, "Available", "True", "MinimumReplicasAvailable",
			      "Deployment has minimum availability.",
			      K8S_CREATED_MS + HOUR_MS);
	if (it->fault == FAULT_IMAGE)
		k8s_condition(l->out, "Progressing", "False", "ProgressDeadlineExceeded",
			      text.p, since);
	else
		k8s_condition(l->out, "Progressing", "True", "NewReplicaSetAvailable",
			      text.p, K8S_CREATED_MS + HOUR_MS);
	jw_list_end(l->out);
	strbuf_fini(&set);
	strbuf_fini(&text);
}

static void put_deployment(struct k8s_list *l, const struct workload *it)
{
	int n = k8s_replicas(l->w, it), gone = missing(it);
	bool is_rolling = it->fault == FAULT_IMAGE;

	k8s_object(l, it->namespace, it->name, K8S_CREATED_MS);
	jw_int(l->out, "generation", 14 + is_rolling);
	jw_object_end(l->out);
	jw_object(l->out, "spec");
	jw_int(l->out, "progressDeadlineSeconds", 600);
	jw_int(l->out, "replicas", n);
	jw_object(l->out, "strategy");
	jw_text(l->out, "type", "RollingUpdate");
	jw_object_end(l->out);
	put_template(l->out, it, is_rolling ? "2026.3.0-rc1" : it->tag);
	jw_object_end(l->out);
	jw_object(l->out, "status");
	put_count(l->out, "availableReplicas", n - gone);
	put_progress(l, it, gone);
	jw_int(l->out, "observedGeneration", 14 + is_rolling);
	put_count(l->out, "readyReplicas", n - gone);
	put_count(l->out, "replicas", n + is_rolling);
	put_count(l->out, "unavailableReplicas", gone + is_rolling);
	put_count(l->out, "updatedReplicas", is_rolling ? 1 : n);
	jw_object_end(l->out);
	jw_object_end(l->out);
}

void k8s_list_deployments(struct world *w, const struct request *req, struct reply *rep)
{
	struct k8s_list l;

	if (!k8s_begin(&l, w, req, rep))
		return;
	for (size_t i = 0; i < k8s_n_workloads; i++) {
		if (is_of(&l, &k8s_workloads[i], WORKLOAD_DEPLOYMENT) &&
		    k8s_takes(&l, k8s_workloads[i].namespace))
			put_deployment(&l, &k8s_workloads[i]);
	}
	k8s_end(&l, "Deployment", "apps/v1");
}

static void put_stateful_set(struct k8s_list *l, const struct workload *it)
{
	int n = k8s_replicas(l->w, it), gone = missing(it);
	struct strbuf revision;

	strbuf_init(&revision, 128);
	k8s_set_name(l->w, it, false, &revision);
	k8s_object(l, it->namespace, it->name, K8S_CREATED_MS);
	jw_int(l->out, "generation", 3);
	jw_object_end(l->out);
	jw_object(l->out, "spec");
	jw_int(l->out, "replicas", n);
	jw_text(l->out, "serviceName", it->name);
	put_template(l->out, it, it->tag);
	jw_object_end(l->out);
	jw_object(l->out, "status");
	jw_int(l->out, "availableReplicas", n - gone);
	jw_int(l->out, "collisionCount", 0);
	jw_int(l->out, "currentReplicas", n);
	jw_text(l->out, "currentRevision", revision.p);
	jw_int(l->out, "observedGeneration", 3);
	put_count(l->out, "readyReplicas", n - gone);
	jw_int(l->out, "replicas", n);
	jw_text(l->out, "updateRevision", revision.p);
	put_count(l->out, "updatedReplicas", n);
	jw_object_end(l->out);
	jw_object_end(l->out);
	strbuf_fini(&revision);
}

void k8s_list_stateful_sets(struct world *w, const struct request *req, struct reply *rep)
{
	struct k8s_list l;

	if (!k8s_begin(&l, w, req, rep))
		return;
	for (size_t i = 0; i < k8s_n_workloads; i++) {
		if (is_of(&l, &k8s_workloads[i], WORKLOAD_STATEFUL) &&
		    k8s_takes(&l, k8s_workloads[i].namespace))
			put_stateful_set(&l, &k8s_workloads[i]);
	}
	k8s_end(&l, "StatefulSet", "apps/v1");
}

static void put_hpa_conditions(struct k8s_list *l, const struct workload *it)
{
	int64_t since = k8s_since(l->w, HOUR_MS) - 7 * MINUTE_MS;
	bool is_at_top = k8s_replicas(l->w, it) == it->high;

	jw_list(l->out, "conditions");
	k8s_condition(l->out, "AbleToScale", "True", "ReadyForNewScale",
		      "recommended size matches current size", K8S_CREATED_MS);
	if (it->hpa_problem) {
		k8s_condition(l->out, "ScalingActive", "False", "FailedGetExternalMetric",
			      it->hpa_problem, since);
	} else {
		k8s_condition(l->out, "ScalingActive", "True", "ValidMetricFound",
			      "the HPA was able to successfully calculate a replica "
			      "count from cpu resource utilization (percentage of "
			      "request)",
			      K8S_CREATED_MS);
		k8s_condition(l->out, "ScalingLimited", is_at_top ? "True" : "False",
			      is_at_top ? "TooManyReplicas" : "DesiredWithinRange",
			      is_at_top ? "the desired replica count is more than the "
					  "maximum replica count"
					: "the desired count is within the acceptable "
					  "range",
			      since);
	}
	jw_list_end(l->out);
}

static void put_metric(struct strbuf *out, const char *key, int percent)
{
	jw_object(out, NULL);
	jw_text(out, "type", "Resource");
	jw_object(out, "resource");
	jw_text(out, "name", "cpu");
	jw_object(out, key);
	if (strcmp(key, "target") == 0)
		jw_text(out, "type", "Utilization");
	else
		jw_format(out, "averageValue", "%dm", percent * 5 / 2);
	jw_int(out, "averageUtilization", percent);
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_external(struct strbuf *out)
{
	jw_object(out, NULL);
	jw_text(out, "type", "External");
	jw_object(out, "external");
	jw_object(out, "metric");
	jw_text(out, "name", "qodex_report_queue");
	jw_object_end(out);
	jw_object(out, "target");
	jw_text(out, "type", "AverageValue");
	jw_text(out, "averageValue", "30");
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_hpa(struct k8s_list *l, const struct workload *it)
{
	int n = k8s_replicas(l->w, it);

	k8s_object(l, it->namespace, it->name, K8S_CREATED_MS);
	jw_object_end(l->out);
	jw_object(l->out, "spec");
	jw_object(l->out, "scaleTargetRef");
	jw_text(l->out, "kind", "Deployment");
	jw_text(l->out, "name", it->name);
	jw_text(l->out, "apiVersion", "apps/v1");
	jw_object_end(l->out);
	jw_int(l->out, "minReplicas", it->low);
	jw_int(l->out, "maxReplicas", it->high);
	jw_list(l->out, "metrics");
	if (it->hpa_problem)
		put_external(l->out);
	else
		put_metric(l->out, "target", 70);
	jw_list_end(l->out);
	jw_object_end(l->out);
	jw_object(l->out, "status");
	if (!it->hpa_problem)
		jw_time(l->out, "lastScaleTime", k8s_since(l->w, 2 * MINUTE_MS), 0);
	jw_int(l->out, "currentReplicas", n);
	jw_int(l->out, "desiredReplicas", it->hpa_problem ? 0 : n);
	/* Without a metric there is a null, not an empty list. */
	if (it->hpa_problem) {
		jw_null(l->out, "currentMetrics");
	} else {
		jw_list(l->out, "currentMetrics");
		put_metric(l->out, "current", k8s_utilization(l->w, it));
		jw_list_end(l->out);
	}
	put_hpa_conditions(l, it);
	jw_object_end(l->out);
	jw_object_end(l->out);
}

void k8s_list_hpas(struct world *w, const struct request *req, struct reply *rep)
{
	struct k8s_list l;

	if (!k8s_begin(&l, w, req, rep))
		return;
	for (size_t i = 0; i < k8s_n_workloads; i++) {
		if (is_of(&l, &k8s_workloads[i], WORKLOAD_DEPLOYMENT) &&
		    k8s_workloads[i].high && k8s_takes(&l, k8s_workloads[i].namespace))
			put_hpa(&l, &k8s_workloads[i]);
	}
	k8s_end(&l, "HorizontalPodAutoscaler", "autoscaling/v2");
}
