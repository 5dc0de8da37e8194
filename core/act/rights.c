/* See rights.h. */
#include "act/rights.h"

#include <stdio.h>

#include "base/count.h"
#include "base/json.h"

static const char *const verbs[] = {[HTTP_GET] = "read",
				    [HTTP_POST] = "action",
				    [HTTP_PUT] = "write",
				    [HTTP_PATCH] = "write",
				    [HTTP_DELETE] = "delete"};

/* Cuts the last part off; false when there is none. */
static bool cut_last(struct str *path, struct str *last)
{
	size_t at = path->n;

	while (at > 0 && path->p[at - 1] != '/')
		at--;
	*last = str_sub(*path, at, path->n);
	*path = str_sub(*path, 0, at ? at - 1 : 0);
	return at > 0 && last->n > 0;
}

/* Where what it is done to is named: behind the last "/providers/". */
static ptrdiff_t find_type(struct str path)
{
	static const char mark[] = "/providers/";
	ptrdiff_t found = -1;

	for (size_t i = 0; i < path.n; i++) {
		if (str_starts_nocase(str_sub(path, i, path.n), STR(mark)))
			found = (ptrdiff_t)(i + sizeof(mark) - 1);
	}
	return found;
}

/* What tags are put on is one's own, and asked for in their place. */
static struct str scope_of(struct str path)
{
	static const char tags[] = "/providers/Microsoft.Resources/tags/default";

	return str_ends(path, STR(tags)) ? str_sub(path, 0, path.n - (sizeof(tags) - 1))
					 : path;
}

bool right_of(const struct plan_request *request, struct right *out)
{
	struct str path = str_from(request->path), verb = {0}, rest, part;
	ptrdiff_t at = str_find_char(path, '?');
	struct strbuf action;

	*out = (struct right){0};
	if (request->kind != CONN_ARM)
		return false;
	if (at >= 0)
		path = str_sub(path, 0, (size_t)at);
	if (request->method == HTTP_POST && !cut_last(&path, &verb))
		return false;
	at = find_type(path);
	if (at < 0)
		return false;
	strbuf_init(&action, sizeof(out->action) - 1);
	rest = str_sub(path, (size_t)at, path.n);
	for (size_t i = 0; rest.n && str_next(&rest, '/', &part); i++) {
		if (i == 0 || i % 2 == 1)
			strbuf_printf(&action, "%.*s/", STR_ARG(part));
	}
	if (verb.n)
		strbuf_printf(&action, "%.*s/", STR_ARG(verb));
	strbuf_puts(&action, verbs[request->method]);
	snprintf(out->action, sizeof(out->action), "%s", action.p);
	out->scope = scope_of(path);
	out->is_askable = !action.overflow &&
			  str_starts_nocase(path, STR("/subscriptions/")) &&
			  str_find_nocase(path, STR("/resourceGroups/")) >= 0;
	strbuf_fini(&action);
	return true;
}

static bool has(const cJSON *patterns, struct str action)
{
	const cJSON *at;

	cJSON_ArrayForEach (at, patterns) {
		if (cJSON_IsString(at) &&
		    str_fits_nocase(action, str_from(at->valuestring)))
			return true;
	}
	return false;
}

bool right_is_given(const struct right *right, const cJSON *permissions)
{
	struct str action = str_from(right->action);
	const cJSON *at;

	cJSON_ArrayForEach (at, permissions) {
		if (has(json_member(at, "actions"), action) &&
		    !has(json_member(at, "notActions"), action))
			return true;
	}
	return false;
}

/* The first that fits. */
static const struct {
	const char *action, *role;
} roles[] = {
	{"Microsoft.Sql/servers/databases/*", "SQL DB Contributor"},
	{"Microsoft.Sql/*", "SQL Server Contributor"},
	{"Microsoft.Compute/virtualMachines/*", "Virtual Machine Contributor"},
	{"Microsoft.RecoveryServices/*/testFailover*", "Site Recovery Operator"},
	{"Microsoft.RecoveryServices/*Failover/action", "Site Recovery Operator"},
	{"Microsoft.RecoveryServices/*", "Site Recovery Contributor"},
	{"Microsoft.ContainerService/*", "Azure Kubernetes Service Contributor Role"},
	{"Microsoft.OperationalInsights/*", "Log Analytics Contributor"},
	{"Microsoft.AlertsManagement/*", "Monitoring Contributor"},
	{"Microsoft.Resources/tags/*", "Tag Contributor"},
	{"Microsoft.Network/*", "Network Contributor"},
	{"Microsoft.Web/*", "Website Contributor"},
};

const char *right_role(const char *action)
{
	for (size_t i = 0; i < COUNT(roles); i++) {
		if (str_fits_nocase(str_from(action), str_from(roles[i].action)))
			return roles[i].role;
	}
	return "Contributor";
}
