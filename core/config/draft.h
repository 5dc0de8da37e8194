/* A configuration to begin with, written for a person to go on with: what they chose,
 * with comments. Pure; what it writes is read back by config_parse without a problem,
 * whatever the names are. Thread: any (no state). */
#ifndef AZ_CONFIG_DRAFT_H
#define AZ_CONFIG_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

/* The credential of the draft: what a sign-in that was made for it is called. */
#define DRAFT_CREDENTIAL "me"

/* Texts are the services' own: any bytes. */
struct draft_subscription {
	const char *id, *name;
};
struct draft_cluster {
	const char *name, *group;
	const char *base;    /* NULL: it could not be asked where it is */
	const char *ca;	     /* file, as the configuration names it; NULL: none */
	const char *problem; /* why there is no base */
};
struct draft_organization {
	const char *name;
	const char *base;	     /* NULL: where everybody's are */
	const char *const *projects; /* none: all */
	size_t n_projects;
};

struct draft {
	const char *cloud;				/* "public" */
	const char *tenant;				/* NULL: the person's own */
	const char *authority;				/* NULL: the cloud's */
	const char *arm;				/* NULL: the cloud's */
	const struct draft_subscription *subscriptions; /* those that are meant */
	size_t n_subscriptions;
	bool has_all_subscriptions; /* and those to come */
	const struct draft_cluster *clusters;
	size_t n_clusters;
	const struct draft_organization *organizations;
	size_t n_organizations;
};

enum { DRAFT_MAX_BYTES = 512 * 1024 };

void draft_put(struct strbuf *out, const struct draft *draft);
/* One without anybody signed in: every line that asks something is a comment. */
void draft_put_sample(struct strbuf *out);

/* A file name for what is called so, appended: small letters, digits and dashes. */
void draft_put_file_name(struct strbuf *out, const char *name);

#endif
