/* Microsoft.ContainerService on the wire. Thread: core. */
#ifndef AZ_SIM_AKS_H
#define AZ_SIM_AKS_H

#include "sim/inventory.h"

#define AKS_VERSIONS "2024-10-01 2024-09-01 2024-05-01"

struct cluster {
	const char *name;
	const char *group;
	const char *version;	     /* asked */
	const char *current_version; /* running */
	const char *tier;
	const char *state;
	const char *power;
};
extern const struct cluster aks_clusters[];
extern const size_t aks_n_clusters;

/* How many nodes a pool has now. */
int aks_nodes(const struct world *w, struct str cluster, struct str pool);
struct node_pool {
	const char *cluster;
	const char *name;
	const char *mode;
	const char *size;
	const char *state;
	int count;
	int low, high; /* autoscaler's range; high 0: off */
	bool is_spot;
	const char *hours; /* its tag of business hours, or NULL */
};
extern const struct node_pool aks_pools[];
extern const size_t aks_n_pools;
/* How many nodes it has at this moment. */
int aks_node_count(const struct world *w, const struct node_pool *pool);

/* NULL: not there, and the 404 is written. */
const struct cluster *aks_cluster_named(const struct request *req, struct reply *rep);

void aks_contribute(struct inventory *inv);

void aks_list_clusters(struct world *w, const struct request *req, struct reply *rep);
void aks_get_cluster(struct world *w, const struct request *req, struct reply *rep);
void aks_list_pools(struct world *w, const struct request *req, struct reply *rep);
/* The kubeconfig of a person: it names the cluster here, which needs nobody to vouch
 * for it. */
void aks_list_credentials(struct world *w, const struct request *req, struct reply *rep);

#endif
