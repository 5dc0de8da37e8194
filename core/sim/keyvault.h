/* Key vaults over ARM: the vaults, and what stands about their secrets. Never a
 * secret itself: ARM does not hand them out. Thread: core. */
#ifndef AZ_SIM_KEYVAULT_H
#define AZ_SIM_KEYVAULT_H

#include "sim/world.h"

#define KEYVAULT_VERSIONS "2023-07-01 2022-07-01 2021-10-01 2019-09-01"

struct keyvault {
	const char *name;
	const char *group;
	bool is_purge_protected;
	bool is_open; /* to all networks */
};
extern const struct keyvault keyvaults[];
extern const size_t n_keyvaults;

void keyvault_list(struct world *w, const struct request *req, struct reply *rep);
void keyvault_list_secrets(struct world *w, const struct request *req, struct reply *rep);

#endif
