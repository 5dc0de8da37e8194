/* Every resource of a subscription, from the tables of all providers.
 * Thread: core. */
#ifndef AZ_SIM_INVENTORY_H
#define AZ_SIM_INVENTORY_H

#include "sim/world.h"

#define INVENTORY_MAX 96

struct resource {
	struct str id;
	const char *name;
	const char *type;
	const char *location;
	const struct group *group;
	const char *sku;  /* or NULL */
	bool is_measured; /* resource health knows the type */
};

struct inventory {
	struct resource items[INVENTORY_MAX];
	size_t n;
	struct arena *arena; /* owns the ids */
};

/* What the subscription holds; in one group only when `group` is not NULL. */
void inventory_init(struct inventory *inv, struct arena *arena, enum sub sub,
		    const struct group *group);

void inventory_list(struct world *w, const struct request *req, struct reply *rep);
void inventory_list_group(struct world *w, const struct request *req, struct reply *rep);

#endif
