/* See kinds.h. */
#include "azure/kinds.h"

static const struct kind_row rows[] = {
	[CONN_ARM] = {"arm", "https://management.azure.com/.default", PAGING_NEXT_LINK,
		      "https://management.azure.com"},
	[CONN_DEVOPS] = {"devops", "499b84ac-1321-427f-aa17-267ca6975798/.default",
			 PAGING_CONTINUATION, "https://dev.azure.com"},
	[CONN_HTTP] = {"http", NULL, PAGING_NONE, NULL},
};

static const struct cloud_row clouds[] = {
	{"public", "https://management.azure.com", "https://login.microsoftonline.com"},
	{"usgovernment", "https://management.usgovcloudapi.net",
	 "https://login.microsoftonline.us"},
	{"china", "https://management.chinacloudapi.cn",
	 "https://login.chinacloudapi.cn"},
};

const struct kind_row *kind_row(enum conn_kind kind)
{
	return &rows[kind];
}

struct str connection_scope(const struct connection *connection)
{
	return str_from(connection->scope ? connection->scope
					  : kind_row(connection->kind)->scope);
}

const char *conn_kind_name(enum conn_kind kind)
{
	return rows[kind].name;
}

bool conn_kind_find(struct str name, enum conn_kind *out)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (str_eq(name, str_from(rows[i].name))) {
			*out = (enum conn_kind)i;
			return true;
		}
	}
	return false;
}

const struct cloud_row *cloud_find(struct str name)
{
	for (size_t i = 0; i < sizeof(clouds) / sizeof(*clouds); i++) {
		if (str_eq(name, str_from(clouds[i].name)))
			return &clouds[i];
	}
	return NULL;
}

const struct cloud_row *cloud_at(size_t i)
{
	return i < sizeof(clouds) / sizeof(*clouds) ? &clouds[i] : NULL;
}
