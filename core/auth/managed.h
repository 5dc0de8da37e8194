/* Where a managed identity's tokens come from: each host of Azure has an endpoint of
 * its own, told by the environment. Private to core/auth. Thread: core. */
#ifndef AZ_AUTH_MANAGED_H
#define AZ_AUTH_MANAGED_H

#include "auth/method.h"

enum managed_kind {
	MANAGED_IMDS,
	MANAGED_APP_SERVICE, /* and Container Apps */
	MANAGED_ARC,
	MANAGED_ML,
	MANAGED_CLOUD_SHELL,
	MANAGED_SERVICE_FABRIC,
};

/* How a kind is asked. */
struct managed_row {
	const char *name;
	const char *api_version; /* NULL: none is sent */
	/* What it calls our client_id, object_id and resource_id; NULL: it has no such
	 * choice. */
	const char *ids[3];
	const char *header;   /* that proves we are on the host; NULL: Metadata */
	const char *variable; /* that holds the header's value */
};

struct managed {
	enum managed_kind kind;
	const struct managed_row *row;
	char *endpoint;
	const char *id_name, *id; /* the identity asked for; NULL: the host's own */
	bool is_found;		  /* IMDS answered once */
};

bool managed_init(struct managed *m, const struct credential *c,
		  struct err *err) MUST_CHECK;
void managed_fini(struct managed *m);
/* The query, without the question mark, for a scope. */
void managed_put_query(struct strbuf *out, const struct managed *m, struct str scope);

#endif
