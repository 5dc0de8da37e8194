/* See access.h. The ids of built-in roles are those every tenant has. Thread: core. */
#include "sim/access.h"

#include "base/count.h"

static const struct role {
	const char *id, *name, *about;
} roles[] = {
	{"8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner",
	 "Everything, and may give rights to others."},
	{"b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor",
	 "Everything, but may not give rights to others."},
	{"acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", "Sees everything."},
	{"18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator",
	 "May give rights to others."},
	{"9b7fa17d-e63e-47b0-bb0a-15c516ac86ec", "SQL DB Contributor",
	 "Manages databases, not their data."},
	{"43d0d8ad-25c7-4714-9337-8ba259a9fe05", "Monitoring Reader",
	 "Reads all monitoring data."},
	{"72fafb9e-0641-4937-9268-a91bfd8191a3", "Cost Management Reader",
	 "Reads costs and budgets."},
};

enum { OWNER, CONTRIBUTOR, READER, UAA, SQL, MONITORING, COST };

static const struct assignment {
	enum sub sub;
	int role;
	const char *type;
	const char *who; /* for the id of the principal */
	const char *why;
	int made; /* year and month, 202401 */
} assignments[] = {
	{SUB_PROD, OWNER, "Group", "sg-platform-owners", "platform team", 202301},
	{SUB_PROD, OWNER, "ServicePrincipal", "sp-terraform-prod",
	 "pipeline that applies Terraform", 202305},
	{SUB_PROD, UAA, "User", "break-glass", "break glass, sealed envelope", 202301},
	{SUB_PROD, CONTRIBUTOR, "User", "contractor", NULL, 202503},
	{SUB_PROD, READER, "Group", "sg-oncall", "people on call", 202302},
	{SUB_PROD, MONITORING, "ServicePrincipal", "sp-azdeck", "this deck", 202511},
	{SUB_PROD, COST, "Group", "sg-finops", NULL, 202404},
	{SUB_NONPROD, OWNER, "Group", "sg-platform-owners", "platform team", 202301},
	{SUB_NONPROD, CONTRIBUTOR, "Group", "sg-developers", NULL, 202301},
	{SUB_NONPROD, OWNER, "User", "left-last-year", NULL, 202309},
	{SUB_SHARED, OWNER, "Group", "sg-platform-owners", "platform team", 202301},
	{SUB_SHARED, CONTRIBUTOR, "ServicePrincipal", "sp-build-images",
	 "builds agent images", 202410},
	{SUB_SHARED, SQL, "Group", "sg-dba", NULL, 202306},
};

static void put_assignment(const struct world *w, struct strbuf *out,
			   const struct assignment *a)
{
	const char *sub = estate_subs[a->sub].id;
	struct guid name = guid_of(w->seed, "assignment", (uint64_t)(a - assignments));

	jw_object(out, NULL);
	jw_object(out, "properties");
	jw_format(
		out, "roleDefinitionId",
		"/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s",
		sub, roles[a->role].id);
	jw_text(out, "principalId", guid_of(0, a->who, 0).text);
	jw_text(out, "principalType", a->type);
	jw_format(out, "scope", "/subscriptions/%s", sub);
	if (a->why)
		jw_text(out, "description", a->why);
	jw_format(out, "createdOn", "%04d-%02d-11T08:31:09.4127719Z", a->made / 100,
		  a->made % 100);
	jw_format(out, "updatedOn", "%04d-%02d-11T08:31:09.4127719Z", a->made / 100,
		  a->made % 100);
	jw_object_end(out);
	jw_format(
		out, "id",
		"/subscriptions/%s/providers/Microsoft.Authorization/roleAssignments/%s",
		sub, name.text);
	jw_text(out, "type", "Microsoft.Authorization/roleAssignments");
	jw_text(out, "name", name.text);
	jw_object_end(out);
}

void access_list_assignments(struct world *w, const struct request *req,
			     struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);

	page_begin(rep);
	for (size_t i = 0; i < COUNT(assignments); i++)
		if (assignments[i].sub == sub)
			put_assignment(w, &rep->body, &assignments[i]);
	page_end(rep, &(struct page){0});
}

void access_list_roles(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)w;
	page_begin(rep);
	for (size_t i = 0; i < COUNT(roles); i++) {
		jw_object(out, NULL);
		jw_object(out, "properties");
		jw_text(out, "roleName", roles[i].name);
		jw_text(out, "type", "BuiltInRole");
		jw_text(out, "description", roles[i].about);
		jw_list(out, "assignableScopes");
		jw_text(out, NULL, "/");
		jw_list_end(out);
		jw_list(out, "permissions");
		jw_list_end(out);
		jw_text(out, "createdOn", "2015-02-02T21:55:09.8806423Z");
		jw_text(out, "updatedOn", "2024-11-04T16:03:12.5529417Z");
		jw_object_end(out);
		jw_format(out, "id",
			  "/subscriptions/%.*s/providers/Microsoft.Authorization/"
			  "roleDefinitions/%s",
			  STR_ARG(request_param(req, "sub")), roles[i].id);
		jw_text(out, "type", "Microsoft.Authorization/roleDefinitions");
		jw_text(out, "name", roles[i].id);
		jw_object_end(out);
	}
	page_end(rep, &(struct page){0});
}
