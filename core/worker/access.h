/* What a run reaches Azure through: HTTP, the tokens that are kept, the configuration or
 * the simulator, and the connections. The worker, `doctor` and `login` open the same.
 * Thread: core. */
#ifndef AZ_WORKER_ACCESS_H
#define AZ_WORKER_ACCESS_H

#include "sim/sim.h"
#include "worker/connect.h"

struct access {
	struct credential_host host; /* what its credentials share */
	struct connections connections;
	struct config *config; /* NULL until it is read */
	struct sim *sim;       /* of the demo */
};

/* `host` has the loop and whatever else is the caller's; HTTP and tokens are filled in
 * here. Zeroed before, finished also when it fails. */
bool access_init(struct access *a, const struct credential_host *host,
		 struct err *err) MUST_CHECK;
/* From here on there are secrets: no core is dumped. Tokens are kept, also over runs;
 * the key is opened where that asks nobody. */
void access_open_tokens(struct access *a, struct keychain *keychain);
/* Both take the configuration. NULL: it could not be read, and err says why. */
bool access_connect_demo(struct access *a, struct config *config,
			 const struct sim_options *options, struct err *err) MUST_CHECK;
bool access_connect(struct access *a, struct config *config, struct err *err) MUST_CHECK;
void access_fini(struct access *a);

#endif
