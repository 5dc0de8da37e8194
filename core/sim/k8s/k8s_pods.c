/* Pods, each in the state its workload's fault puts it in. Thread: core. */
#include <string.h>

#include "sim/k8s/k8s.h"
#include "sim/rhythm.h"

/* One pod while it is written. */
struct pod {
	struct k8s_list *l;
	const struct workload *of;
	enum workload_fault fault; /* its own: most pods of a faulty workload are well */
	bool is_new;		   /* of the version being rolled out */
	bool is_leaving;
	int index;
	int64_t began_ms;
	const char *node; /* NULL: none yet */
	const char *name;
};

static bool is_placed(const struct pod *p)
{
	return p->node != NULL;
}

static bool is_ready(const struct pod *p)
{
	return is_placed(p) && p->of->kind != WORKLOAD_JOB && !p->is_leaving &&
	       (p->fault == FAULT_NONE || p->fault == FAULT_MEMORY ||
		p->fault == FAULT_NODE);
}

static void put_owner(struct strbuf *out, const struct pod *p)
{
	static const char *const kinds[] = {
		[WORKLOAD_DEPLOYMENT] = "ReplicaSet",
		[WORKLOAD_STATEFUL] = "StatefulSet",
		[WORKLOAD_DAEMON] = "DaemonSet",
		[WORKLOAD_JOB] = "Job",
	};
	struct strbuf name;

	strbuf_init(&name, 128);
	if (p->of->kind == WORKLOAD_DEPLOYMENT)
		k8s_set_name(p->l->w, p->of, p->is_new, &name);
	else
		strbuf_puts(&name, p->of->name);
	jw_list(out, "ownerReferences");
	jw_object(out, NULL);
	jw_text(out, "apiVersion", p->of->kind == WORKLOAD_JOB ? "batch/v1" : "apps/v1");
	jw_text(out, "kind", kinds[p->of->kind]);
	jw_text(out, "name", name.p);
	jw_text(out, "uid", guid_of(p->l->w->seed, name.p, 1).text);
	jw_bool(out, "controller", true);
	jw_bool(out, "blockOwnerDeletion", true);
	jw_object_end(out);
	jw_list_end(out);
	strbuf_fini(&name);
}

static void put_container_spec(struct strbuf *out, const struct pod *p, const char *name)
{
	jw_object(out, NULL);
	jw_text(out, "name", name);
	jw_format(out, "image", "%s:%s", p->of->image,
		  p->is_new ? "2026.3.0-rc1" : p->of->tag);
	jw_object(out, "resources");
	jw_object(out, "limits");
	jw_format(out, "memory", "%dMi", p->of->memory_mib);
	jw_object_end(out);
	jw_object(out, "requests");
	jw_text(out, "cpu", "250m");
	jw_format(out, "memory", "%dMi", p->of->memory_mib);
	jw_object_end(out);
	jw_object_end(out);
	jw_text(out, "imagePullPolicy", "IfNotPresent");
	jw_object_end(out);
}

static void put_spec(struct strbuf *out, const struct pod *p)
{
	jw_object(out, "spec");
	if (p->fault == FAULT_INIT) {
		jw_list(out, "initContainers");
		put_container_spec(out, p, "wait-for-database");
		put_container_spec(out, p, "migrate");
		jw_list_end(out);
	}
	jw_list(out, "containers");
	put_container_spec(out, p, p->of->name);
	jw_list_end(out);
	jw_text(out, "restartPolicy", p->of->kind == WORKLOAD_JOB ? "Never" : "Always");
	if (is_placed(p))
		jw_text(out, "nodeName", p->node);
	if (p->of->pool) {
		jw_object(out, "nodeSelector");
		jw_text(out, "agentpool", p->of->pool);
		jw_object_end(out);
	}
	jw_text(out, "schedulerName", "default-scheduler");
	jw_text(out, "serviceAccountName", "default");
	jw_object_end(out);
}

static void put_condition(struct strbuf *out, const char *type, bool holds,
			  const char *reason, const char *message, int64_t since_ms)
{
	jw_object(out, NULL);
	jw_text(out, "type", type);
	jw_text(out, "status", holds ? "True" : "False");
	jw_null(out, "lastProbeTime");
	jw_time(out, "lastTransitionTime", since_ms, 0);
	if (!holds && reason) {
		jw_text(out, "reason", reason);
		jw_text(out, "message", message);
	}
	jw_object_end(out);
}

static void put_conditions(struct strbuf *out, const struct pod *p)
{
	struct strbuf unready, why;

	strbuf_init(&unready, 256);
	strbuf_init(&why, 512);
	strbuf_printf(&unready, "containers with unready status: [%s]", p->of->name);
	jw_list(out, "conditions");
	if (!is_placed(p)) {
		k8s_no_place(p->l->w, p->of, &why);
		put_condition(out, "PodScheduled", false, "Unschedulable", why.p,
			      p->began_ms);
	} else {
		bool is_over = p->of->kind == WORKLOAD_JOB;

		put_condition(out, "Initialized", p->fault != FAULT_INIT,
			      "ContainersNotInitialized",
			      "containers with incomplete status: [migrate]",
			      p->began_ms);
		put_condition(out, "Ready", is_ready(p),
			      is_over ? "PodCompleted" : "ContainersNotReady",
			      is_over ? "" : unready.p, p->began_ms + 8000);
		put_condition(out, "ContainersReady", is_ready(p),
			      is_over ? "PodCompleted" : "ContainersNotReady",
			      is_over ? "" : unready.p, p->began_ms + 8000);
		put_condition(out, "PodScheduled", true, NULL, NULL, p->began_ms);
	}
	jw_list_end(out);
	strbuf_fini(&unready);
	strbuf_fini(&why);
}

static void put_terminated(struct strbuf *out, const char *reason, int code,
			   int64_t from_ms, int64_t to_ms)
{
	jw_object(out, "terminated");
	jw_text(out, "containerID", "containerd://6f2c4d0a1b");
	jw_int(out, "exitCode", code);
	jw_time(out, "finishedAt", to_ms, 0);
	jw_text(out, "reason", reason);
	jw_time(out, "startedAt", from_ms, 0);
	jw_object_end(out);
}

static void put_waiting(struct strbuf *out, const char *reason, const char *message)
{
	jw_object(out, "waiting");
	if (message)
		jw_text(out, "message", message);
	jw_text(out, "reason", reason);
	jw_object_end(out);
}

static void put_running(struct strbuf *out, int64_t since_ms)
{
	jw_object(out, "running");
	jw_time(out, "startedAt", since_ms, 0);
	jw_object_end(out);
}

static void put_state(struct strbuf *out, const struct pod *p, const struct crashes *c)
{
	struct strbuf text;

	strbuf_init(&text, 512);
	if (p->of->kind == WORKLOAD_JOB) {
		put_terminated(out, "Completed", 0, p->began_ms, p->began_ms + 41000);
	} else if (p->fault == FAULT_INIT) {
		put_waiting(out, "PodInitializing", NULL);
	} else if (p->fault == FAULT_IMAGE) {
		strbuf_printf(&text, "Back-off pulling image \"%s:2026.3.0-rc1\"",
			      p->of->image);
		put_waiting(out, "ImagePullBackOff", text.p);
	} else if (p->fault == FAULT_CRASH && !c->is_running) {
		strbuf_printf(&text,
			      "back-off 5m0s restarting failed container=%s pod=%s_%s",
			      p->of->name, p->name, p->of->namespace);
		put_waiting(out, "CrashLoopBackOff", text.p);
	} else {
		put_running(out, c->count ? c->last_ms + 2000 : p->began_ms + 3000);
	}
	strbuf_fini(&text);
}

static void put_container_status(struct strbuf *out, const struct pod *p)
{
	struct crashes c = {0};

	if (p->fault == FAULT_CRASH || p->fault == FAULT_MEMORY)
		c = k8s_crashes(p->l->w, p->of);
	jw_object(out, NULL);
	jw_text(out, "name", p->of->name);
	jw_format(out, "image", "%s:%s", p->of->image,
		  p->is_new ? "2026.3.0-rc1" : p->of->tag);
	jw_text(out, "imageID", "");
	jw_object(out, "lastState");
	if (c.count)
		put_terminated(out, p->fault == FAULT_CRASH ? "Error" : "OOMKilled",
			       p->fault == FAULT_CRASH ? 1 : 137, c.last_ms - 14000,
			       c.last_ms);
	jw_object_end(out);
	jw_bool(out, "ready", is_ready(p));
	jw_int(out, "restartCount", c.count);
	jw_bool(out, "started", is_ready(p));
	jw_object(out, "state");
	put_state(out, p, &c);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_init_status(struct strbuf *out, const struct pod *p, const char *name,
			    bool is_over)
{
	jw_object(out, NULL);
	jw_text(out, "name", name);
	jw_format(out, "image", "%s:%s", p->of->image, p->of->tag);
	jw_bool(out, "ready", is_over);
	jw_int(out, "restartCount", 0);
	jw_object(out, "state");
	if (is_over)
		put_terminated(out, "Completed", 0, p->began_ms + 2000,
			       p->began_ms + 5000);
	else
		put_running(out, p->began_ms + 6000);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_status(struct strbuf *out, const struct pod *p)
{
	const char *phase =
		!is_placed(p) || p->fault == FAULT_INIT || p->fault == FAULT_IMAGE
			? "Pending"
		: p->of->kind == WORKLOAD_JOB ? "Succeeded"
					      : "Running";

	jw_object(out, "status");
	put_conditions(out, p);
	if (is_placed(p)) {
		if (p->fault == FAULT_INIT) {
			jw_list(out, "initContainerStatuses");
			put_init_status(out, p, "wait-for-database", true);
			put_init_status(out, p, "migrate", false);
			jw_list_end(out);
		}
		jw_list(out, "containerStatuses");
		put_container_status(out, p);
		jw_list_end(out);
		jw_format(out, "podIP", "10.244.%d.%d", p->index % 9,
			  (int)(str_hash(str_from(p->name)) % 250) + 2);
		jw_time(out, "startTime", p->began_ms, 0);
	}
	jw_text(out, "phase", phase);
	jw_text(out, "qosClass", "Burstable");
	jw_object_end(out);
}

static void put_pod(const struct pod *p)
{
	struct strbuf *out = p->l->out;

	k8s_object(p->l, p->of->namespace, p->name, p->began_ms);
	if (p->of->kind == WORKLOAD_DEPLOYMENT)
		jw_format(out, "generateName", "%.*s", (int)strlen(p->name) - 5, p->name);
	jw_object(out, "labels");
	jw_text(out, "app.kubernetes.io/name", p->of->name);
	jw_object_end(out);
	if (p->is_leaving) {
		jw_time(out, "deletionTimestamp",
			k8s_since(p->l->w, 6 * HOUR_MS) - 5 * MINUTE_MS, 0);
		jw_int(out, "deletionGracePeriodSeconds", 30);
	}
	put_owner(out, p);
	jw_object_end(out);
	put_spec(out, p);
	put_status(out, p);
	jw_object_end(out);
}

/* Gives the pod its name and its node, and writes it if it is of this page. */
static void add_pod(struct pod *p, const struct node_pool *pool, int node)
{
	struct strbuf name, host;

	strbuf_init(&name, 128);
	strbuf_init(&host, 64);
	k8s_pod_name(p->l->w, p->of, p->index, p->is_new, &name);
	p->name = name.p;
	if (pool && node >= 0) {
		k8s_node_name(p->l->w, pool, node, &host);
		p->node = host.p;
	}
	if (p->l->visit)
		p->l->visit(p->l->visit_ctx,
			    &(struct k8s_pod){.of = p->of,
					      .name = p->name,
					      .node = p->node,
					      .fault = p->fault,
					      .is_new = p->is_new,
					      .is_leaving = p->is_leaving,
					      .began_ms = p->began_ms});
	else if (k8s_takes(p->l, p->of->namespace))
		put_pod(p);
	strbuf_fini(&name);
	strbuf_fini(&host);
}

static void add_daemons(struct k8s_list *l, const struct workload *it)
{
	int index = 0;

	for (size_t k = 0; k < aks_n_pools; k++) {
		int n = strcmp(aks_pools[k].cluster, it->cluster) == 0
				? aks_node_count(l->w, &aks_pools[k])
				: 0;

		for (int i = 0; i < n; i++, index++) {
			struct pod p = {.l = l,
					.of = it,
					.index = index,
					.began_ms = K8S_CREATED_MS + i * HOUR_MS};

			add_pod(&p, &aks_pools[k], i);
		}
	}
}

/* Which of them the fault strikes: one of the version there, or one that is new. */
static void add_faulty(struct k8s_list *l, const struct workload *it, int n, int nodes)
{
	const struct node_pool *pool = k8s_pool(l->cluster, it->pool);
	struct pod p = {.l = l, .of = it, .index = n, .fault = it->fault};

	if (it->fault == FAULT_IMAGE) {
		p.is_new = true;
		p.began_ms = k8s_since(l->w, 3 * HOUR_MS);
		add_pod(&p, pool, 1 % nodes);
	} else if (it->fault == FAULT_NODE && nodes > 0) {
		p.is_leaving = true;
		p.began_ms = K8S_CREATED_MS + DAY_MS;
		add_pod(&p, pool, 0);
	}
}

static enum workload_fault fault_of(const struct workload *it, int i, int n)
{
	bool is_struck = it->fault == FAULT_VOLUME || it->fault == FAULT_NODE ? i == n - 1
									      : i == 0;

	return is_struck && it->fault != FAULT_IMAGE ? it->fault : FAULT_NONE;
}

static void add_pods(struct k8s_list *l, const struct workload *it)
{
	const struct node_pool *pool = k8s_pool(l->cluster, it->pool);
	int n = k8s_replicas(l->w, it), nodes = aks_node_count(l->w, pool);
	int first = nodes > 1 && k8s_is_lost(pool, 0) ? 1 : 0;

	for (int i = 0; i < n; i++) {
		struct pod p = {.l = l,
				.of = it,
				.index = i,
				.fault = fault_of(it, i, n),
				.began_ms = K8S_CREATED_MS + (40 + i) * HOUR_MS};
		bool is_homeless = p.fault == FAULT_VOLUME || p.fault == FAULT_NODE;

		if (p.fault == FAULT_INIT || p.fault == FAULT_PROBE)
			p.began_ms = k8s_since(l->w, HOUR_MS) + 3 * MINUTE_MS;
		else if (is_homeless)
			p.began_ms = k8s_since(l->w, 6 * HOUR_MS) - 5 * MINUTE_MS;
		else if (it->kind == WORKLOAD_JOB)
			p.began_ms = k8s_since(l->w, HOUR_MS) - 10 * MINUTE_MS;
		if (p.began_ms > l->w->now_ms)
			p.began_ms -= HOUR_MS;
		add_pod(&p, pool,
			is_homeless || nodes <= first
				? -1
				: first + (i + (int)(it - k8s_workloads)) %
						  (nodes - first));
	}
	add_faulty(l, it, n, nodes);
}

static void add_all(struct k8s_list *l)
{
	for (size_t i = 0; i < k8s_n_workloads; i++) {
		if (strcmp(k8s_workloads[i].cluster, l->cluster->name) != 0)
			continue;
		if (k8s_workloads[i].kind == WORKLOAD_DAEMON)
			add_daemons(l, &k8s_workloads[i]);
		else
			add_pods(l, &k8s_workloads[i]);
	}
}

void k8s_list_pods(struct world *w, const struct request *req, struct reply *rep)
{
	struct k8s_list l;

	if (!k8s_begin(&l, w, req, rep))
		return;
	add_all(&l);
	k8s_end(&l, "Pod", "v1");
}

void k8s_each_pod(const struct world *w, const struct cluster *cluster, k8s_pod_fn fn,
		  void *ctx)
{
	struct k8s_list l = {.w = w, .cluster = cluster, .visit = fn, .visit_ctx = ctx};

	add_all(&l);
}
