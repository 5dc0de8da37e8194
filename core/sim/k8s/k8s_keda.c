/* KEDA: what is scaled by queues and clocks. Thread: core. */
#include <string.h>

#include "base/count.h"
#include "sim/k8s/k8s.h"
#include "sim/rhythm.h"

static const struct scaled {
	const char *namespace, *name, *target, *trigger;
	int low, high;
	bool is_job;
	const char *problem; /* why it is not ready; or NULL */
	bool is_paused;
	int failures; /* of its trigger, in a row; past three the fallback holds */
	const char *agent_pool; /* whose queue its trigger reads; or NULL */
} scaled[] = {
	{"qodex", "ingest", "ingest", "azure-servicebus", 0, 20, false, NULL, false, 0,
	 NULL},
	{"qodex", "thumbnails", "thumbnails", "azure-queue", 1, 10, false, NULL, false, 5,
	 NULL},
	{"qodex", "nightly", "nightly", "cron", 0, 3, false, NULL, true, 0, NULL},
	{"qodex", "exports", "exports", "azure-eventhub", 0, 6, false,
	 "ScaledObject doesn't have correct triggers specification", false, 0, NULL},
	{"ci", "azure-pipelines-agent", "agent", "azure-pipelines", 0, 8, true, NULL,
	 false, 0, "qodex-keda"},
	{"ci", "gpu-agent", "agent", "azure-pipelines", 0, 2, true, NULL, true, 0,
	 "qodex-gpu"},
};

static bool is_active(const struct world *w, const struct scaled *it)
{
	return !it->problem && !it->is_paused && rhythm_load(w->now_ms) > 0.2;
}

static void put_spec(struct strbuf *out, const struct scaled *it)
{
	jw_object(out, "spec");
	if (it->is_job) {
		jw_object(out, "jobTargetRef");
		jw_object_end(out);
	} else {
		jw_object(out, "scaleTargetRef");
		jw_text(out, "name", it->target);
		jw_object_end(out);
		jw_int(out, "minReplicaCount", it->low);
	}
	jw_int(out, "maxReplicaCount", it->high);
	jw_int(out, "pollingInterval", 30);
	jw_list(out, "triggers");
	jw_object(out, NULL);
	jw_text(out, "type", it->trigger);
	jw_object(out, "metadata");
	if (it->agent_pool) {
		jw_text(out, "organizationURLFromEnv", "AZP_URL");
		jw_text(out, "personalAccessTokenFromEnv", "AZP_TOKEN");
		jw_text(out, "poolName", it->agent_pool);
		jw_text(out, "targetPipelinesQueueLength", "1");
	}
	jw_object_end(out);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
}

static void put_plain(struct strbuf *out, const char *type, const char *status,
		      const char *reason, const char *message)
{
	jw_object(out, NULL);
	if (message)
		jw_text(out, "message", message);
	if (reason)
		jw_text(out, "reason", reason);
	jw_text(out, "status", status);
	jw_text(out, "type", type);
	jw_object_end(out);
}

/* Conditions here have no times. */
static void put_conditions(struct strbuf *out, const struct world *w,
			   const struct scaled *it)
{
	bool is_on = is_active(w, it);

	jw_list(out, "conditions");
	put_plain(out, "Ready", it->problem ? "False" : "True",
		  it->problem ? "ScaledObjectCheckFailed" : "ScaledObjectReady",
		  it->problem ? it->problem
			      : "ScaledObject is defined correctly and is ready for "
				"scaling");
	put_plain(out, "Active", is_on ? "True" : "False",
		  is_on ? "ScalerActive" : "ScalerNotActive",
		  is_on ? "Scaling is performed because triggers are active"
			: "Scaling is not performed because triggers are not active");
	if (it->failures > 3)
		put_plain(out, "Fallback", "True", "FallbackExists",
			  "At least one trigger is falling back on this scaled object");
	else
		put_plain(out, "Fallback", it->is_job ? "Unknown" : "False",
			  it->is_job ? NULL : "NoFallbackFound",
			  it->is_job ? NULL
				     : "No fallbacks are active on this scaled object");
	if (it->is_paused)
		put_plain(out, "Paused", "True", "ScaledObjectPaused",
			  "ScaledObject is paused");
	else
		put_plain(out, "Paused", "Unknown", NULL, NULL);
	jw_list_end(out);
}

static void put_health(struct strbuf *out, const struct scaled *it)
{
	jw_object(out, "health");
	jw_object(out, it->trigger);
	jw_int(out, "numberOfFailures", it->failures);
	jw_text(out, "status", it->failures > 3 ? "Failing" : "Happy");
	jw_object_end(out);
	jw_object_end(out);
}

static void put_scaled(struct k8s_list *l, const struct scaled *it)
{
	int64_t active_ms = is_active(l->w, it) ? k8s_since(l->w, 30000)
						: k8s_since(l->w, DAY_MS) - 5 * HOUR_MS;

	k8s_object(l, it->namespace, it->name, K8S_CREATED_MS);
	if (it->is_paused) {
		jw_object(l->out, "annotations");
		jw_text(l->out, "autoscaling.keda.sh/paused", "true");
		jw_object_end(l->out);
	}
	jw_object_end(l->out);
	put_spec(l->out, it);
	jw_object(l->out, "status");
	put_conditions(l->out, l->w, it);
	if (!it->is_job) {
		put_health(l->out, it);
		jw_format(l->out, "hpaName", "keda-hpa-%s", it->name);
		jw_text(l->out, "scaleTargetKind", "apps/v1.Deployment");
	}
	jw_time(l->out, "lastActiveTime", active_ms, 0);
	jw_text(l->out, "triggersTypes", it->trigger);
	jw_object_end(l->out);
	jw_object_end(l->out);
}

/* Only one of the clusters has it. */
static void list(const struct world *w, const struct request *req, struct reply *rep,
		 bool is_job, const char *kind)
{
	const struct cluster *cluster = k8s_cluster(req, rep);
	struct k8s_list l;

	if (!cluster)
		return;
	if (strcmp(cluster->name, "aks-qodex-prod") != 0) {
		k8s_refuse(req, rep, false);
		return;
	}
	if (!k8s_begin(&l, w, req, rep))
		return;
	for (size_t i = 0; i < COUNT(scaled); i++) {
		if (scaled[i].is_job == is_job && k8s_takes(&l, scaled[i].namespace))
			put_scaled(&l, &scaled[i]);
	}
	k8s_end(&l, kind, "keda.sh/v1alpha1");
}

void k8s_list_scaled_objects(struct world *w, const struct request *req,
			     struct reply *rep)
{
	list(w, req, rep, false, "ScaledObject");
}

void k8s_list_scaled_jobs(struct world *w, const struct request *req, struct reply *rep)
{
	list(w, req, rep, true, "ScaledJob");
}
