/* Kinds of connection: one row says how a kind's lists go on, what token it wants,
 * what it sends along, and what the configuration must say of one. Thread: any
 * (const). */
#ifndef AZ_AZURE_KINDS_H
#define AZ_AZURE_KINDS_H

#include "azure/api.h"
#include "azure/paging_rule.h"

#define KIND_MAX_HEADERS 2

struct kind_row {
	const char *name;
	const char *title;	  /* "Azure Resource Manager" */
	const char *base;	  /* where it is for everyone; NULL: each has its own */
	const char *scope;	  /* of the token; NULL: none of Entra's */
	const char *paging;	  /* a rule; NULL: its lists come whole */
	const char *accept;	  /* NULL: application/json */
	const char *content_type; /* NULL: application/json */
	const char *patch_type;	  /* of a PATCH; NULL: the same */
	bool names_writer;	  /* "from" of the connection is said with every write */
	struct {
		const char *name, *value;
	} headers[KIND_MAX_HEADERS]; /* ended by a NULL name */
	/* What boards may read of a connection, beside its name: "organization!" must
	 * be given, "repositories*" is a list. Separated by blanks; NULL: nothing. */
	const char *settings;
	bool is_azure; /* x-ms-client-request-id is understood */
};

/* What a connection's tokens are asked for: its own scope, or the kind's. */
struct str connection_scope(const struct connection *connection);
const struct kind_row *kind_row(enum conn_kind kind);
/* How a kind's lists go on unless a board says otherwise. */
const struct paging_rule *kind_paging(enum conn_kind kind);

struct kind_setting {
	struct str name;
	bool is_required, is_list;
};
/* The next of row->settings; begin with *rest = str_from(row->settings). False
 * behind the last one. */
bool kind_setting_next(struct str *rest, struct kind_setting *out);

/* Hosts of a cloud. */
struct cloud_row {
	const char *name;
	const char *arm; /* "https://management.azure.com" */
	const char *login;
	const char *vault; /* what the names of key vaults end in */
};
/* NULL when there is no such cloud. */
const struct cloud_row *cloud_find(struct str name);
/* NULL behind the last one. */
const struct cloud_row *cloud_at(size_t i);

#endif
