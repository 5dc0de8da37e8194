/* Kinds of connection: one row says how a kind's lists go on, what token it
 * wants, and what it sends along. Thread: any (const). */
#ifndef AZ_AZURE_KINDS_H
#define AZ_AZURE_KINDS_H

#include "azure/api.h"

enum paging_style {
	PAGING_NONE,
	/* value[] and nextLink; POSTs are sent again, to the link or, where the answer
	 * has a token instead, with the token in the body (paging_body.h). */
	PAGING_NEXT_LINK,
	PAGING_CONTINUATION /* value[] and the x-ms-continuationtoken header */
};

struct kind_row {
	const char *name;
	const char *scope; /* NULL: no token */
	enum paging_style paging;
	const char *default_base;
};

/* What a connection's tokens are asked for: its own scope, or the kind's. */
struct str connection_scope(const struct connection *connection);
const struct kind_row *kind_row(enum conn_kind kind);

/* Hosts of a cloud. */
struct cloud_row {
	const char *name;
	const char *arm; /* "https://management.azure.com" */
	const char *login;
};
/* NULL when there is no such cloud. */
const struct cloud_row *cloud_find(struct str name);
/* NULL behind the last one. */
const struct cloud_row *cloud_at(size_t i);

#endif
