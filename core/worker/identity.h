/* Which credential a place in the configuration means. Each is opened once, however
 * many places name it, so its tokens are asked for once; one that follows its
 * cloud's sign-in host is of one cloud. Thread: core. */
#ifndef AZ_WORKER_IDENTITY_H
#define AZ_WORKER_IDENTITY_H

#include "azure/kinds.h"
#include "worker/connect.h"

struct identity_want {
	const struct config *config;
	const char *text; /* a name in "credentials", a word, env:NAME */
	const char *path; /* of the key where it stands, for errors */
	const struct cloud_row *cloud;
	const struct config_connection *from; /* NULL: it is no connection's */
};

/* Into c->credentials. NULL: err says what is wrong, with its place in the file. */
struct credential *identity_open(struct connections *c,
				 const struct credential_host *host,
				 const struct identity_want *want,
				 struct err *err) MUST_CHECK;
/* Who reads key vaults, where the configuration names somebody: c->keyvault. */
bool identity_open_vaults(struct connections *c, const struct credential_host *host,
			  const struct config *config, struct err *err) MUST_CHECK;

#endif
