/* Events: what the faults of the workloads leave behind, in both of the shapes they
 * have on the wire. Thread: core. */
#include <string.h>

#include "base/count.h"
#include "base/rng.h"
#include "sim/k8s.h"
#include "sim/rhythm.h"

static const struct noise {
	enum workload_fault fault;
	const char *type, *reason, *message; /* NULL: why no node takes it */
	int every_s;			     /* how often it comes again */
	bool is_new; /* the newer shape: no timestamps but eventTime and a series */
} noises[] = {
	{FAULT_CRASH, "Warning", "BackOff", "Back-off restarting failed container in pod",
	 320, false},
	{FAULT_IMAGE, "Warning", "Failed",
	 "Failed to pull image: rpc error: code = NotFound desc = failed to pull and "
	 "unpack image: not found",
	 290, false},
	{FAULT_IMAGE, "Normal", "BackOff", "Back-off pulling image", 290, false},
	{FAULT_PROBE, "Warning", "Unhealthy",
	 "Readiness probe failed: HTTP probe failed with statuscode: 503", 10, false},
	{FAULT_VOLUME, "Warning", "FailedScheduling", NULL, 300, true},
	{FAULT_NODE, "Warning", "FailedScheduling", NULL, 300, true},
	{FAULT_MEMORY, "Normal", "Pulled", "Container image already present on machine",
	 1020, false},
};

static void put_event(struct k8s_list *l, const struct workload *it,
		      const struct noise *noise, int64_t last_ms)
{
	int64_t first = k8s_since(l->w, HOUR_MS) - 20 * MINUTE_MS;
	int count = (int)((last_ms - first) / 1000 / noise->every_s) + 1;
	struct strbuf pod, name, why;

	strbuf_init(&pod, 128);
	strbuf_init(&name, 256);
	strbuf_init(&why, 512);
	if (noise->message)
		strbuf_puts(&why, noise->message);
	else
		k8s_no_place(l->w, it, &why);
	k8s_pod_name(l->w, it,
		     it->fault == FAULT_IMAGE ? it->replicas
		     : it->fault == FAULT_VOLUME || it->fault == FAULT_NODE
			     ? it->replicas - 1
			     : 0,
		     it->fault == FAULT_IMAGE, &pod);
	strbuf_printf(&name, "%s.%016llx", pod.p,
		      (unsigned long long)(rng_mix(str_hash(strbuf_str(&pod)),
						   str_hash(str_from(noise->reason)) ^
							   (uint64_t)noise->every_s) >>
					   4));
	k8s_object(l, it->namespace, name.p, first);
	jw_object_end(l->out);
	jw_object(l->out, "involvedObject");
	jw_text(l->out, "kind", "Pod");
	jw_text(l->out, "namespace", it->namespace);
	jw_text(l->out, "name", pod.p);
	jw_text(l->out, "apiVersion", "v1");
	jw_object_end(l->out);
	jw_text(l->out, "reason", noise->reason);
	jw_text(l->out, "message", why.p);
	jw_object(l->out, "source");
	if (!noise->is_new)
		jw_text(l->out, "component", "kubelet");
	jw_object_end(l->out);
	if (noise->is_new) {
		jw_null(l->out, "firstTimestamp");
		jw_null(l->out, "lastTimestamp");
		jw_object(l->out, "series");
		jw_int(l->out, "count", count);
		jw_time(l->out, "lastObservedTime", last_ms, 6);
		jw_object_end(l->out);
		jw_time(l->out, "eventTime", first, 6);
	} else {
		jw_time(l->out, "firstTimestamp", first, 0);
		jw_time(l->out, "lastTimestamp", last_ms, 0);
		jw_int(l->out, "count", count);
		jw_null(l->out, "eventTime");
	}
	jw_text(l->out, "type", noise->type);
	jw_text(l->out, "reportingComponent",
		noise->is_new ? "default-scheduler" : "kubelet");
	jw_text(l->out, "reportingInstance", "");
	jw_object_end(l->out);
	strbuf_fini(&pod);
	strbuf_fini(&name);
	strbuf_fini(&why);
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
				put_event(&l, it, noise,
					  k8s_since(w, noise->every_s * 1000LL));
		}
	}
	k8s_end(&l, "Event", "v1");
}
