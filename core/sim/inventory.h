/* Every resource of a subscription, from the tables of all providers.
 * Thread: core. */
#ifndef AZ_SIM_INVENTORY_H
#define AZ_SIM_INVENTORY_H

#include "sim/world.h"

#define INVENTORY_MAX 640

struct resource;
/* Writes the members a resource has beyond those of every one: "properties", "sku",
 * "identity", "zones", "managedBy", "plan". */
typedef void (*resource_put_fn)(const struct world *w, const struct resource *r,
				struct strbuf *out);

struct resource {
	struct str id;	  /* empty: made of group, type and path */
	const char *name; /* the last part */
	const char *path; /* "vault/item" of a child, while it is added; NULL: the name */
	const char *type;
	const char *location; /* NULL: the group's */
	const struct group *group;
	const char *kind;    /* or NULL */
	const char *sku;     /* or NULL */
	const char *hours;   /* its tag of business hours, or NULL */
	bool is_measured;    /* resource health knows the type */
	resource_put_fn put; /* or NULL */
	const void *what;    /* for put: the row of the module's own table */
};

struct inventory {
	struct resource items[INVENTORY_MAX];
	size_t n;
	struct arena *arena; /* owns the ids */
	enum sub sub;
	const struct group *only;
};

/* A module's share; each is a row of contributors[]. */
typedef void (*inventory_fn)(struct inventory *inv);
/* Left out when it is not in the subscription or group asked for. */
void inventory_add(struct inventory *inv, const char *group,
		   const struct resource *resource);

/* What the subscription holds; in one group only when `group` is not NULL. */
void inventory_init(struct inventory *inv, struct arena *arena, enum sub sub,
		    const struct group *group);

void inventory_list(struct world *w, const struct request *req, struct reply *rep);
void inventory_list_group(struct world *w, const struct request *req, struct reply *rep);

#endif
