/* See rights.h. The ids of built-in roles are those every tenant has. */
#include "sim/tenant/rights.h"

#include <stdio.h>

#include "base/count.h"
#include "sim/k8s/k8s.h"
#include "sim/tenant/token.h"

const struct sim_role rights_roles[RIGHTS_ROLES] = {
	{"8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner",
	 "Everything, and may give rights to others.", "*", "", true},
	{"b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor",
	 "Everything, but may not give rights to others.", "*",
	 "Microsoft.Authorization/*/Delete Microsoft.Authorization/*/Write "
	 "Microsoft.Authorization/elevateAccess/Action",
	 true},
	{"acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", "Sees everything.", "*/read",
	 "", false},
	{"18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator",
	 "May give rights to others.", "*/read Microsoft.Authorization/*", "", false},
	{"9b7fa17d-e63e-47b0-bb0a-15c516ac86ec", "SQL DB Contributor",
	 "Manages databases, not their data.",
	 "Microsoft.Sql/servers/databases/* Microsoft.Sql/servers/read", "", false},
	{"43d0d8ad-25c7-4714-9337-8ba259a9fe05", "Monitoring Reader",
	 "Reads all monitoring data.", "*/read", "", false},
	{"72fafb9e-0641-4937-9268-a91bfd8191a3", "Cost Management Reader",
	 "Reads costs and budgets.", "Microsoft.Consumption/*/read", "", false},
	{"9980e02c-c2be-4d73-94e8-173b1dc7cf3c", "Virtual Machine Contributor",
	 "Manages machines, not who signs in to them.",
	 "Microsoft.Compute/virtualMachines/* */read", "", false},
};

enum { OWNER, CONTRIBUTOR, READER, UAA, SQL, MONITORING, COST, MACHINES };

const struct sim_assignment rights_assignments[] = {
	{SUB_PROD, NULL, OWNER, "Group", "sg-platform-owners", "platform team", 202301},
	{SUB_PROD, NULL, OWNER, "ServicePrincipal", "sp-terraform-prod",
	 "pipeline that applies Terraform", 202305},
	{SUB_PROD, NULL, UAA, "User", "break-glass", "break glass, sealed envelope",
	 202301},
	{SUB_PROD, NULL, CONTRIBUTOR, "User", "contractor", NULL, 202503},
	{SUB_PROD, NULL, READER, "Group", "sg-oncall", "people on call", 202302},
	{SUB_PROD, NULL, MONITORING, "ServicePrincipal", "sp-azdeck", "this deck",
	 202511},
	{SUB_PROD, NULL, COST, "Group", "sg-finops", NULL, 202404},
	{SUB_NONPROD, NULL, OWNER, "Group", "sg-platform-owners", "platform team",
	 202301},
	{SUB_NONPROD, NULL, CONTRIBUTOR, "Group", "sg-developers", NULL, 202301},
	{SUB_NONPROD, NULL, OWNER, "User", "left-last-year", NULL, 202309},
	{SUB_SHARED, NULL, OWNER, "Group", "sg-platform-owners", "platform team", 202301},
	{SUB_SHARED, NULL, CONTRIBUTOR, "ServicePrincipal", "sp-build-images",
	 "builds agent images", 202410},
	{SUB_SHARED, NULL, SQL, "Group", "sg-dba", NULL, 202306},
	{SUB_PROD, "rg-qodex-prod-weu", SQL, "Group", "sg-dba", NULL, 202306},
	{SUB_PROD, "rg-atlas-prod-weu", MACHINES, "Group", "sg-oncall",
	 "may restart what hangs", 202311},
};
const size_t rights_n_assignments = COUNT(rights_assignments);

/* An organization of Azure DevOps has its own members. */
static const char *const devops_members[] = {"sg-platform-owners", "sg-developers",
					     "sp-build-images"};

void rights_put_scope(struct strbuf *out, const struct sim_assignment *a)
{
	strbuf_printf(out, "/subscriptions/%s", estate_subs[a->sub].id);
	if (a->group)
		strbuf_printf(out, "/resourceGroups/%s", a->group);
}

bool rights_know(struct str who)
{
	for (size_t i = 0; i < rights_n_assignments; i++) {
		if (str_eq(who, str_from(rights_assignments[i].who)))
			return true;
	}
	return false;
}

/* At the scope, or above it. */
static bool is_at(const struct sim_assignment *a, struct str scope)
{
	struct strbuf own;
	bool is_above;

	strbuf_init(&own, 512);
	rights_put_scope(&own, a);
	is_above = str_starts_nocase(scope, strbuf_str(&own)) &&
		   (scope.n == own.n || scope.p[own.n] == '/');
	strbuf_fini(&own);
	return is_above;
}

static bool fits(struct str action, const char *patterns)
{
	struct str rest = str_from(patterns), one;

	while (rest.n && str_next(&rest, ' ', &one)) {
		if (str_fits_nocase(action, one))
			return true;
	}
	return false;
}

static bool may(struct str who, struct str action, struct str scope)
{
	for (size_t i = 0; i < rights_n_assignments; i++) {
		const struct sim_assignment *a = &rights_assignments[i];
		const struct sim_role *role = &rights_roles[a->role];

		if (str_eq(who, str_from(a->who)) && is_at(a, scope) &&
		    fits(action, role->actions) && !fits(action, role->not_actions))
			return true;
	}
	return false;
}

/* "Microsoft.Sql/servers/databases/write" and the resource, out of what is asked. */
static void put_needed(const struct request *req, struct strbuf *action,
		       struct strbuf *scope)
{
	static const char *const verbs[] = {
		[SIM_GET] = "read",    [SIM_POST] = "action",	[SIM_PUT] = "write",
		[SIM_PATCH] = "write", [SIM_DELETE] = "delete", [SIM_OTHER] = "action"};
	size_t at = req->n_segments, end = req->n_segments - (req->method == SIM_POST);

	while (at > 0 && !str_eq_nocase(req->segments[at - 1], STR("providers")))
		at--;
	for (size_t i = 0; i < end; i++)
		strbuf_printf(scope, "/%.*s", STR_ARG(req->segments[i]));
	strbuf_put(action, at < end ? req->segments[at] : STR("Microsoft.Resources"));
	for (size_t i = at + 1; i < end; i += 2)
		strbuf_printf(action, "/%.*s", STR_ARG(req->segments[i]));
	if (req->method == SIM_POST)
		strbuf_printf(action, "/%.*s", STR_ARG(req->segments[end]));
	strbuf_printf(action, "/%s", verbs[req->method]);
}

static bool let_arm(struct str who, const struct request *req, struct reply *rep)
{
	struct strbuf action, scope;
	char name[80];
	bool is_let;

	strbuf_init(&action, 512);
	strbuf_init(&scope, REQUEST_MAX_TARGET);
	put_needed(req, &action, &scope);
	is_let = may(who, strbuf_str(&action), strbuf_str(&scope));
	snprintf(name, sizeof(name), "%.*s", STR_ARG(who));
	if (!is_let)
		reply_error(rep, 403, "AuthorizationFailed",
			    "The client '%s' with object id '%s' does not have "
			    "authorization to perform action '%s' over scope '%s' or the "
			    "scope is invalid. If access was recently granted, please "
			    "refresh your credentials.",
			    name, guid_of(0, name, 0).text, action.p, scope.p);
	strbuf_fini(&action);
	strbuf_fini(&scope);
	return is_let;
}

/* Who administers the cluster's group is let into the cluster. */
static bool is_let_into(struct str who, struct str cluster)
{
	for (size_t i = 0; i < aks_n_clusters; i++) {
		const struct group *group = estate_group(aks_clusters[i].group);

		if (!str_eq(cluster, str_from(aks_clusters[i].name)))
			continue;
		for (size_t k = 0; k < rights_n_assignments; k++) {
			const struct sim_assignment *a = &rights_assignments[k];

			if (rights_roles[a->role].is_let_into_clusters &&
			    a->sub == group->sub && !a->group &&
			    str_eq(who, str_from(a->who)))
				return true;
		}
	}
	return false;
}

/* /_k8s/CLUSTER/apis/GROUP/VERSION/namespaces/NAMESPACE/KIND/NAME[/PART] */
static bool let_k8s(struct str who, const struct request *req, struct reply *rep)
{
	struct strbuf text;

	if (is_let_into(who, request_param(req, "k8s")) || req->n_segments < 9)
		return true;
	strbuf_init(&text, 1024);
	strbuf_printf(&text,
		      "%.*s.%.*s \"%.*s\" is forbidden: User \"%.*s\" cannot patch "
		      "resource \"%.*s",
		      STR_ARG(req->segments[7]), STR_ARG(req->segments[3]),
		      STR_ARG(req->segments[8]), STR_ARG(who), STR_ARG(req->segments[7]));
	if (req->n_segments > 9)
		strbuf_printf(&text, "/%.*s", STR_ARG(req->segments[9]));
	strbuf_printf(&text,
		      "\" in API group \"%.*s\" in the namespace \"%.*s\": User does not "
		      "have access to the resource in Azure. Update role assignment to "
		      "allow access.",
		      STR_ARG(req->segments[3]), STR_ARG(req->segments[6]));
	k8s_error(rep, 403, "Forbidden", text.p);
	strbuf_fini(&text);
	return false;
}

static bool let_devops(struct str who, const struct request *req, struct reply *rep)
{
	const char *needs = "Edit build pipeline";

	if (str_is_among(who, devops_members, COUNT(devops_members)))
		return true;
	if (str_find(req->path, STR("/elasticpools/")) >= 0)
		needs = "Manage";
	else if (str_find(req->path, STR("/approvals")) >= 0)
		needs = "Approve";
	else if (str_find(req->path, STR("/stages/")) >= 0)
		needs = "Queue builds";
	reply_devops_error(rep, 403, "AccessDeniedException",
			   "TF215106: Access denied. %.*s needs %s permissions to "
			   "perform the action. For more information, contact the Azure "
			   "DevOps Server administrator.",
			   STR_ARG(who), needs);
	return false;
}

static void put_who(struct strbuf *out, const struct world *w, const struct request *req)
{
	strbuf_init(out, 200);
	if (w->as)
		strbuf_puts(out, w->as);
	else
		token_put_client(out, req->authorization);
}

bool rights_let(const struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf who;
	bool is_let = true;

	put_who(&who, w, req);
	if (rights_know(strbuf_str(&who))) {
		if (k8s_is_asked(req))
			is_let = let_k8s(strbuf_str(&who), req, rep);
		else if (str_eq_nocase(req->segments[0], STR("_devops")))
			is_let = let_devops(strbuf_str(&who), req, rep);
		else if (str_eq_nocase(req->segments[0], STR("subscriptions")))
			is_let = let_arm(strbuf_str(&who), req, rep);
	}
	strbuf_fini(&who);
	return is_let;
}

static void put_patterns(struct strbuf *out, const char *name, const char *patterns)
{
	struct str rest = str_from(patterns), one;

	jw_list(out, name);
	while (rest.n && str_next(&rest, ' ', &one))
		jw_str(out, NULL, one);
	jw_list_end(out);
}

void rights_put_role(struct strbuf *out, const struct sim_role *role)
{
	jw_object(out, NULL);
	put_patterns(out, "actions", role->actions);
	put_patterns(out, "notActions", role->not_actions);
	put_patterns(out, "dataActions", "");
	put_patterns(out, "notDataActions", "");
	jw_object_end(out);
}

void rights_list(struct world *w, const struct request *req, struct reply *rep)
{
	struct str scope = request_above(req, 3);
	struct strbuf who;
	bool is_anybody;

	put_who(&who, w, req);
	is_anybody = !rights_know(strbuf_str(&who));
	page_begin(rep);
	rights_put_role(&rep->body, &rights_roles[is_anybody ? OWNER : READER]);
	for (size_t i = 0; i < rights_n_assignments; i++) {
		const struct sim_assignment *a = &rights_assignments[i];

		if (str_eq(strbuf_str(&who), str_from(a->who)) && is_at(a, scope))
			rights_put_role(&rep->body, &rights_roles[a->role]);
	}
	page_end(rep, &(struct page){0});
	strbuf_fini(&who);
}
