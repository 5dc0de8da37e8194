/* The connections of a run: from the configuration, or to the simulator.
 * Thread: core. */
#ifndef AZ_WORKER_CONNECT_H
#define AZ_WORKER_CONNECT_H

#include "azure/api.h"
#include "base/vec.h"
#include "config/config.h"

struct connections {
	VEC(struct connection *) list;
	VEC(struct credential *) credentials; /* each once, however many use it */
	struct keyvault_reader *keyvault; /* of what they name; NULL: nobody reads it */
	struct credential *vault_reader;  /* who does; in the list too */
};

/* `about` (taken; NULL: nothing) gets the name as a member. Address and credential are
 * the caller's to fill in; it is freed with the list it is pushed to. */
struct connection *connection_new(enum conn_kind kind, const char *name, cJSON *about);
/* The simulator's: one of every kind it serves. */
bool connections_to_sim(struct connections *c, const struct credential_host *host,
			const char *url, struct err *err) MUST_CHECK;
/* azdeck itself, for boards about it. */
bool connections_to_self(struct connections *c, const struct credential_host *host,
			 struct err *err) MUST_CHECK;
/* An error names the file, the line and the key. */
bool connections_from_config(struct connections *c, const struct credential_host *host,
			     const struct config *config, struct err *err) MUST_CHECK;
void connections_fini(struct connections *c);
/* The i-th one of the kind, in the order they were written, or NULL. */
const struct connection *connections_find(const struct connections *c,
					  enum conn_kind kind, size_t i);

#endif
