/* Key vaults. Over ARM: the vaults, and what stands about their secrets, never a secret
 * itself. The vaults' own side, below /_keyvault/NAME: a secret's value, and how
 * certificates are renewed. Thread: core. */
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

#define KEYVAULT_PFX "application/x-pkcs12"
#define KEYVAULT_PEM "application/x-pem-file"

struct keyvault_secret {
	const char *vault, *name, *content;
	int made_days_ago;
	int ends_in_days; /* 0: never */
	bool is_enabled;
};
extern const struct keyvault_secret keyvault_secrets[];
extern const size_t n_keyvault_secrets;
/* "attributes", with times in Unix seconds. */
void keyvault_put_attributes(const struct world *w, struct strbuf *out,
			     const struct keyvault_secret *s);

void keyvault_list(struct world *w, const struct request *req, struct reply *rep);
void keyvault_list_secrets(struct world *w, const struct request *req, struct reply *rep);

/* The vaults' own side. */
bool keyvault_is_asked(const struct request *req);
void keyvault_get_value(struct world *w, const struct request *req, struct reply *rep);
void keyvault_list_certificates(struct world *w, const struct request *req,
				struct reply *rep);
void keyvault_get_policy(struct world *w, const struct request *req, struct reply *rep);

#endif
