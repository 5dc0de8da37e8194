/* The Kubernetes API of the simulator's clusters: what a list looks like on the wire,
 * and what runs there. Thread: core. */
#ifndef AZ_SIM_K8S_H
#define AZ_SIM_K8S_H

#include "sim/k8s/aks.h"

#define K8S_CREATED_MS 1760000000000LL /* 2025-10-09: when most of it was made */

/* Whether a request is for one of them: /_k8s/CLUSTER/... */
bool k8s_is_asked(const struct request *req);
/* {"kind":"Status",...}, as every refusal of an API server. */
void k8s_error(struct reply *rep, int status, const char *reason, const char *message);
/* An address that leads nowhere: a group that is not installed has no Status. */
void k8s_refuse(const struct request *req, struct reply *rep, bool has_path);
/* The cluster of a request; NULL: none runs there, and the 404 is written. */
const struct cluster *k8s_cluster(const struct request *req, struct reply *rep);

enum workload_kind {
	WORKLOAD_DEPLOYMENT,
	WORKLOAD_STATEFUL,
	WORKLOAD_DAEMON,
	WORKLOAD_JOB
};
/* What is wrong with it, all the time. */
enum workload_fault {
	FAULT_NONE,
	FAULT_CRASH,  /* one container ends at once, again and again */
	FAULT_MEMORY, /* one is killed now and then for what it takes */
	FAULT_IMAGE,  /* the new version cannot be pulled: its rollout hangs */
	FAULT_PROBE,  /* one runs and does not get ready */
	FAULT_VOLUME, /* the last one waits for its volume */
	FAULT_NODE,   /* one sits on a node that is gone, its heir finds no place */
	FAULT_INIT,   /* one waits for what it needs at its start */
};

struct workload {
	const char *cluster, *namespace, *name;
	enum workload_kind kind;
	const char *image, *tag;
	const char *pool;
	int replicas;
	int low, high; /* an autoscaler's range; high 0: none */
	int memory_mib;
	enum workload_fault fault;
	const char *hpa_problem; /* why the autoscaler sees nothing; or NULL */
};
/* A pod, as all that is about one sees it. */
struct k8s_pod {
	const struct workload *of;
	const char *name, *node;   /* node NULL: none took it */
	enum workload_fault fault; /* its own */
	bool is_new, is_leaving;
	int64_t began_ms;
};
typedef void (*k8s_pod_fn)(void *ctx, const struct k8s_pod *pod);
/* Those of a cluster, now; each is borrowed for the call. */
void k8s_each_pod(const struct world *w, const struct cluster *cluster, k8s_pod_fn fn,
		  void *ctx);

/* A list being answered: the objects of one page. */
struct k8s_list {
	const struct world *w;
	const struct cluster *cluster;
	struct reply *rep;
	struct strbuf *out;   /* where an object goes */
	struct str namespace; /* asked for alone; empty: all */
	struct str selector;  /* of labels */
	int64_t revision;     /* seconds, as the version of everything */
	size_t from, limit;   /* limit 0: all */
	size_t seen, written;
	bool is_metadata_only; /* PartialObjectMetadataList was asked for */
	struct strbuf items;
	/* In place of writing them: see k8s_each_pod. */
	k8s_pod_fn visit;
	void *visit_ctx;
};
/* False: answered already, with an error. Else k8s_end is due. */
bool k8s_begin(struct k8s_list *l, const struct world *w, const struct request *req,
	       struct reply *rep);
/* Whether the next object is of this page; if so it is to be written now. */
bool k8s_takes(struct k8s_list *l, const char *namespace);
/* Ends it all: "Pod", "v1". */
void k8s_end(struct k8s_list *l, const char *kind, const char *version);

/* Opens the object and its metadata; the caller adds labels and closes both. */
void k8s_object(struct k8s_list *l, const char *namespace, const char *name,
		int64_t created_ms);
/* {"type": ..., "status": ..., "lastTransitionTime": ...} of a list of conditions.
 * NULL reason and message are left out. */
void k8s_condition(struct strbuf *out, const char *type, const char *status,
		   const char *reason, const char *message, int64_t since_ms);
/* When a thing that lasts `period_ms` began for the last time. */
int64_t k8s_since(const struct world *w, int64_t period_ms);

extern const struct workload k8s_workloads[];
extern const size_t k8s_n_workloads;
/* How many it should have now. */
int k8s_replicas(const struct world *w, const struct workload *it);
/* How much of its target an autoscaled one takes, in percent. */
int k8s_utilization(const struct world *w, const struct workload *it);

/* "aks-web-31415926-vmss000002" */
void k8s_node_name(const struct world *w, const struct node_pool *pool, int i,
		   struct strbuf *out);
const struct node_pool *k8s_pool(const struct cluster *cluster, const char *name);
/* The node that lost contact: the first of a pool that failed. */
bool k8s_is_lost(const struct node_pool *pool, int i);
/* "checkout-7d4b9c6f58": the set of a deployment's version, its new one if it is
 * being rolled out. */
void k8s_set_name(const struct world *w, const struct workload *it, bool is_new,
		  struct strbuf *out);
/* "checkout-7d4b9c6f58-x2x7k", "search-2" */
void k8s_pod_name(const struct world *w, const struct workload *it, int i, bool is_new,
		  struct strbuf *out);
/* Why no node takes the pod: "0/9 nodes are available: ...". */
void k8s_no_place(const struct world *w, const struct workload *it, struct strbuf *out);
/* Of a pod that ends again and again: how often it has, and when last. */
struct crashes {
	int count;
	int64_t last_ms;
	bool is_running; /* for the moment */
};
struct crashes k8s_crashes(const struct world *w, const struct workload *it);

/* What it says of itself. */
void k8s_get_version(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_versions(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_groups(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_core(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_group(struct world *w, const struct request *req, struct reply *rep);

void k8s_list_nodes(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_node_usage(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_pods(struct world *w, const struct request *req, struct reply *rep);
/* .../pods/{pod}/log */
void k8s_get_log(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_deployments(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_stateful_sets(struct world *w, const struct request *req,
			    struct reply *rep);
void k8s_list_hpas(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_claims(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_ingresses(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_events(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_certificates(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_secrets(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_argo(struct world *w, const struct request *req, struct reply *rep);
void k8s_list_kustomizations(struct world *w, const struct request *req,
			     struct reply *rep);
void k8s_list_helm_releases(struct world *w, const struct request *req,
			    struct reply *rep);
void k8s_list_scaled_objects(struct world *w, const struct request *req,
			     struct reply *rep);
void k8s_list_scaled_jobs(struct world *w, const struct request *req, struct reply *rep);

#endif
