/* Events: what the faults of the workloads leave behind, in both of the shapes they
 * have on the wire. Thread: core. */
#include <string.h>

#include "base/count.h"
#include "base/rng.h"
#include "sim/k8s/k8s.h"
#include "sim/rhythm.h"

static const struct noise {
	enum workload_fault fault;
	const char *type, *reason, *message; /* NULL: why no node takes it */
	int every_s;			     /* how often it comes again */
	bool is_new; /* the newer shape: no timestamps but eventTime and a series */
	const char *from;
} noises[] = {
	{FAULT_CRASH, "Warning", "BackOff", "Back-off restarting failed container in pod",
	 320, false, "kubelet"},
	{FAULT_IMAGE, "Warning", "Failed",
	 "Failed to pull image: rpc error: code = NotFound desc = failed to pull and "
	 "unpack image: not found",
	 290, false, "kubelet"},
	{FAULT_IMAGE, "Normal", "BackOff", "Back-off pulling image", 290, false,
	 "kubelet"},
	{FAULT_PROBE, "Warning", "Unhealthy",
	 "Readiness probe failed: HTTP probe failed with statuscode: 503", 10, false,
	 "kubelet"},
	{FAULT_VOLUME, "Warning", "FailedScheduling", NULL, 300, true,
	 "default-scheduler"},
	{FAULT_NODE, "Warning", "FailedScheduling", NULL, 300, true, "default-scheduler"},
	{FAULT_MEMORY, "Normal", "Pulled", "Container image already present on machine",
	 1020, false, "kubelet"},
};

/* What an event is about. */
struct about {
	const char *kind, *namespace, *name;
};

static void put_head(struct k8s_list *l, const struct about *about, const char *reason,
		     int every_s, int64_t first)
{
	struct strbuf name;
	uint64_t what = rng_mix(str_hash(str_from(about->name)),
				str_hash(str_from(reason)) ^ (uint64_t)every_s);

	strbuf_init(&name, 256);
	strbuf_printf(&name, "%s.%016llx", about->name, (unsigned long long)(what >> 4));
	k8s_object(l, about->namespace, name.p, first);
	jw_object_end(l->out);
	jw_object(l->out, "involvedObject");
	jw_text(l->out, "kind", about->kind);
	jw_text(l->out, "namespace", about->namespace);
	jw_text(l->out, "name", about->name);
	jw_text(l->out, "apiVersion", "v1");
	jw_object_end(l->out);
	strbuf_fini(&name);
}

static void put_event(struct k8s_list *l, const struct about *about,
		      const struct noise *noise, const char *message)
{
	int64_t last = k8s_since(l->w, noise->every_s * 1000LL);
	int64_t first = k8s_since(l->w, HOUR_MS) - 20 * MINUTE_MS;
	int count = (int)((last - first) / 1000 / noise->every_s) + 1;

	put_head(l, about, noise->reason, noise->every_s, first);
	jw_text(l->out, "reason", noise->reason);
	jw_text(l->out, "message", message);
	jw_object(l->out, "source");
	if (!noise->is_new)
		jw_text(l->out, "component", noise->from);
	jw_object_end(l->out);
	if (noise->is_new) {
		jw_null(l->out, "firstTimestamp");
		jw_null(l->out, "lastTimestamp");
		jw_object(l->out, "series");
		jw_int(l->out, "count", count);
		jw_time(l->out, "lastObservedTime", last, 6);
		jw_object_end(l->out);
		jw_time(l->out, "eventTime", first, 6);
	} else {
		jw_time(l->out, "firstTimestamp", first, 0);
		jw_time(l->out, "lastTimestamp", last, 0);
		jw_int(l->out, "count", count);
		jw_null(l->out, "eventTime");
	}
	jw_text(l->out, "type", noise->type);
	jw_text(l->out, "reportingComponent", noise->from);
	jw_text(l->out, "reportingInstance", "");
	jw_object_end(l->out);
}

/* Of the pod that the fault has struck. */
static void put_pod_event(struct k8s_list *l, const struct workload *it,
			  const struct noise *noise)
{
	bool is_last = it->fault == FAULT_VOLUME || it->fault == FAULT_NODE;
	bool is_new_set = it->fault == FAULT_IMAGE;
	struct about about = {.kind = "Pod", .namespace = it->namespace};
	struct strbuf pod, why;

	strbuf_init(&pod, 128);
	strbuf_init(&why, 512);
	k8s_pod_name(l->w, it,
		     is_new_set ? it->replicas
		     : is_last	? it->replicas - 1
				: 0,
		     is_new_set, &pod);
	if (noise->message)
		strbuf_puts(&why, noise->message);
	else
		k8s_no_place(l->w, it, &why);
	about.name = pod.p;
	put_event(l, &about, noise, why.p);
	strbuf_fini(&pod);
	strbuf_fini(&why);
}

/* Of the claim that the last pod of a set waits for. */
static void put_claim_event(struct k8s_list *l, const struct workload *it)
{
	static const struct noise noise = {
		.type = "Warning",
		.reason = "ProvisioningFailed",
		.every_s = 240,
		.from = "disk.csi.azure.com_csi-azuredisk-controller",
	};
	struct about about = {.kind = "PersistentVolumeClaim",
			      .namespace = it->namespace};
	struct strbuf claim;

	strbuf_init(&claim, 128);
	strbuf_printf(&claim, "data-%s-%d", it->name, it->replicas - 1);
	about.name = claim.p;
	put_event(
		l, &about, &noise,
		"failed to provision volume with StorageClass \"managed-csi-ultra\": rpc "
		"error: code = Internal desc = Retriable: false, HTTPStatusCode: 400, "
		"RawError: SkuNotAvailable: UltraSSD_LRS is not available in zone 3 of "
		"northeurope");
	strbuf_fini(&claim);
}

static bool is_asked_type(const struct request *req, const char *type)
{
	struct str selector = request_query(req, "fieldSelector");

	return !selector.n || !str_starts(selector, STR("type=")) ||
	       str_eq(str_sub(selector, 5, selector.n), str_from(type));
}

void k8s_list_events(struct world *w, const struct request *req, struct reply *rep)
{
	struct k8s_list l;

	if (!k8s_begin(&l, w, req, rep))
		return;
	for (size_t i = 0; i < k8s_n_workloads; i++) {
		const struct workload *it = &k8s_workloads[i];

		if (strcmp(it->cluster, l.cluster->name) != 0)
			continue;
		for (size_t k = 0; k < COUNT(noises); k++) {
			const struct noise *noise = &noises[k];

			if (noise->fault == it->fault &&
			    is_asked_type(req, noise->type) &&
			    k8s_takes(&l, it->namespace))
				put_pod_event(&l, it, noise);
		}
		if (it->fault == FAULT_VOLUME && is_asked_type(req, "Warning") &&
		    k8s_takes(&l, it->namespace))
			put_claim_event(&l, it);
	}
	k8s_end(&l, "Event", "v1");
}
