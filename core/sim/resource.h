/* The resources that are plain data: the files of core/sim/estate, compiled in by
 * resource.awk. Thread: core. */
#ifndef AZ_SIM_RESOURCE_H
#define AZ_SIM_RESOURCE_H

#include "sim/inventory.h"

struct resource_row {
	const char *group;
	const char *type;
	const char *path;		   /* "vault/item" of a child */
	const char *kind, *sku, *location; /* or NULL */
	const char *hours;		   /* its tag of business hours, or NULL */
	const char *body; /* its members as JSON, with words to fill in; "" for none */
};
/* Ended by a row without a group. */
extern const struct resource_row resource_rows[];

void resource_contribute(struct inventory *inv);
/* Appends a body, its words filled in for the resource. */
void resource_fill(struct strbuf *out, const struct world *w, const struct resource *r,
		   const char *body);
/* The row of that type and last name, in the subscription and group; NULL: none. */
const struct resource_row *resource_find(const struct group *group, const char *type,
					 struct str name);

#endif
