/* See access.h. Thread: core. */
#include "sim/tenant/access.h"

#include "sim/tenant/rights.h"

static void put_assignment(const struct world *w, struct strbuf *out,
			   const struct sim_assignment *a)
{
	struct guid name =
		guid_of(w->seed, "assignment", (uint64_t)(a - rights_assignments));
	struct strbuf scope;

	strbuf_init(&scope, 512);
	rights_put_scope(&scope, a);
	jw_object(out, NULL);
	jw_object(out, "properties");
	jw_format(
		out, "roleDefinitionId",
		"/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s",
		estate_subs[a->sub].id, rights_roles[a->role].id);
	jw_text(out, "principalId", guid_of(0, a->who, 0).text);
	jw_text(out, "principalType", a->type);
	jw_text(out, "scope", scope.p);
	if (a->why)
		jw_text(out, "description", a->why);
	jw_format(out, "createdOn", "%04d-%02d-11T08:31:09.4127719Z", a->made / 100,
		  a->made % 100);
	jw_format(out, "updatedOn", "%04d-%02d-11T08:31:09.4127719Z", a->made / 100,
		  a->made % 100);
	jw_object_end(out);
	jw_format(out, "id", "%s/providers/Microsoft.Authorization/roleAssignments/%s",
		  scope.p, name.text);
	jw_text(out, "type", "Microsoft.Authorization/roleAssignments");
	jw_text(out, "name", name.text);
	jw_object_end(out);
	strbuf_fini(&scope);
}

void access_list_assignments(struct world *w, const struct request *req,
			     struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);

	page_begin(rep);
	for (size_t i = 0; i < rights_n_assignments; i++)
		if (rights_assignments[i].sub == sub)
			put_assignment(w, &rep->body, &rights_assignments[i]);
	page_end(rep, &(struct page){0});
}

void access_list_roles(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)w;
	page_begin(rep);
	for (size_t i = 0; i < RIGHTS_ROLES; i++) {
		jw_object(out, NULL);
		jw_object(out, "properties");
		jw_text(out, "roleName", rights_roles[i].name);
		jw_text(out, "type", "BuiltInRole");
		jw_text(out, "description", rights_roles[i].about);
		jw_list(out, "assignableScopes");
		jw_text(out, NULL, "/");
		jw_list_end(out);
		jw_list(out, "permissions");
		rights_put_role(out, &rights_roles[i]);
		jw_list_end(out);
		jw_text(out, "createdOn", "2015-02-02T21:55:09.8806423Z");
		jw_text(out, "updatedOn", "2024-11-04T16:03:12.5529417Z");
		jw_object_end(out);
		jw_format(out, "id",
			  "/subscriptions/%.*s/providers/Microsoft.Authorization/"
			  "roleDefinitions/%s",
			  STR_ARG(request_param(req, "sub")), rights_roles[i].id);
		jw_text(out, "type", "Microsoft.Authorization/roleDefinitions");
		jw_text(out, "name", rights_roles[i].id);
		jw_object_end(out);
	}
	page_end(rep, &(struct page){0});
}
