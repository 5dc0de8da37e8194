/* What the world comes in by: Traffic Manager and Front Door on the wire.
 * Thread: core. */
#ifndef AZ_SIM_ENTRY_H
#define AZ_SIM_ENTRY_H

#include "sim/world.h"

#define TM_VERSIONS  "2022-04-01 2018-08-01"
#define AFD_VERSIONS "2024-09-01 2024-02-01 2023-05-01"

struct tm_profile {
	const char *name;
	const char *group;
	const char *method; /* Performance, Priority, Weighted */
	const char *status; /* of the profile's monitor */
};
extern const struct tm_profile tm_profiles[];
extern const size_t tm_n_profiles;

void tm_list_profiles(struct world *w, const struct request *req, struct reply *rep);

struct afd_origin {
	const char *origin_group;
	const char *name;
	const char *host;
	int priority;  /* 0: none, as of a group with one origin */
	double health; /* usual share of probes that succeed, percent */
	bool is_enabled;
};

struct afd_endpoint {
	const char *name;
	const char *host;
	const char *origin_group;
	double per_minute; /* requests at the busiest */
	double errors;	   /* usual share of 5xx, percent */
};

#define AFD_PROFILE "afd-contoso"
#define AFD_GROUP   "rg-shared-network-weu"

extern const struct afd_origin afd_origins[];
extern const size_t afd_n_origins;
extern const struct afd_endpoint afd_endpoints[];
extern const size_t afd_n_endpoints;
extern const char *const afd_origin_groups[];
extern const size_t afd_n_origin_groups;

/* From the path. False: not there, and the 404 is written. */
bool afd_profile_named(const struct request *req, struct reply *rep);
void afd_put_profile_id(struct strbuf *out);

void afd_list_profiles(struct world *w, const struct request *req, struct reply *rep);
void afd_list_endpoints(struct world *w, const struct request *req, struct reply *rep);
void afd_list_origin_groups(struct world *w, const struct request *req,
			    struct reply *rep);
void afd_list_origins(struct world *w, const struct request *req, struct reply *rep);
void afd_metrics(struct world *w, const struct request *req, struct reply *rep);

#endif
