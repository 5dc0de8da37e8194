/* Who exists: tenant, subscriptions and resource groups, and the list of every
 * resource. Constant; what changes with time is derived elsewhere.
 * Thread: any (const). */
#ifndef AZ_SIM_ESTATE_H
#define AZ_SIM_ESTATE_H

#include <stddef.h>

#include "base/str.h"
#include "base/strbuf.h"

#define ESTATE_TENANT "5d1f3c7e-2b64-4a0e-9f58-c07a11e5dec4"

enum sub { SUB_PROD, SUB_NONPROD, SUB_SHARED, SUB_COUNT };

struct subscription {
	const char *id;
	const char *name;
	const char *quota_id;
};
extern const struct subscription estate_subs[SUB_COUNT];

struct group {
	enum sub sub;
	const char *name;
	const char *location;
	const char *workload; /* "Atlas", "Qodex", "Platform" */
	const char *env;
	const char *managed_by; /* cluster name for node groups, or NULL */
};
extern const struct group estate_groups[];
extern const size_t estate_n_groups;

/* NULL when there is none. */
const struct subscription *estate_find_sub(struct str id);
enum sub estate_sub_index(const struct subscription *sub);
const struct group *estate_find_group(enum sub sub, struct str name);
/* What a path names as {sub} and {rg}; it is there, or nobody was asked. */
struct request;
enum sub estate_asked_sub(const struct request *req);
const struct group *estate_asked_group(const struct request *req);
/* The group is in our own tables: it exists. */
const struct group *estate_group(const char *name);

/* "/subscriptions/ID/resourceGroups/NAME", and as a key with more behind it. */
void estate_put_group_id(struct strbuf *out, const struct group *group);
const char *estate_sub_id(const struct group *group);
/* "westeurope" as people read it. */
const char *estate_location_title(const char *location);
/* "tags":{...} of a resource in the group. */
void estate_put_tags(struct strbuf *out, const struct group *group, const char *schedule);
/* Those of the group itself: what its workload has promised, too. */
void estate_put_group_tags(struct strbuf *out, const struct group *group);

/* What was promised for a workload in production. */
struct promise {
	const char *workload;
	const char *slo; /* percent of the time */
	const char *rto; /* as durations of ISO 8601 */
	const char *rpo;
};
/* NULL: nothing was. */
const struct promise *estate_promise(const struct group *group);

#endif
