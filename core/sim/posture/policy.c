/* Policy: what is assigned, and how much of the estate keeps to it. Thread: core.
 * Its ids are in small letters, and the words of its states as they come. */
#include "base/count.h"
#include "base/timefmt.h"
#include "sim/inventory.h"
#include "sim/posture/posture.h"
#include "sim/rhythm.h"

static const struct assignment {
	const char *name, *title;
	const char *effect;
	int bad[SUB_COUNT]; /* resources that do not keep to it; -1: not assigned */
} assignments[] = {
	{"securitycenterbuiltin",
	 "Microsoft cloud security benchmark",
	 "auditifnotexists",
	 {9, 7, 3}},
	{"allowed-locations", "Only regions in the EU", "deny", {0, 0, 0}},
	{"require-tag-workload",
	 "Every resource has a workload tag",
	 "modify",
	 {2, 4, 0}},
	{"sql-entra-only", "SQL servers sign in with Entra only", "audit", {2, 1, -1}},
	{"diagnostics-to-log",
	 "Diagnostics go to log-contoso",
	 "deployifnotexists",
	 {1, -1, 0}},
};

static void put_id(struct strbuf *out, enum sub sub, const struct assignment *a)
{
	strbuf_printf(out,
		      "/subscriptions/%s/providers/microsoft.authorization/"
		      "policyassignments/%s",
		      estate_subs[sub].id, a->name);
}

static void put_states(struct strbuf *out, const char *key, int good, int bad)
{
	jw_list(out, key);
	jw_object(out, NULL);
	jw_text(out, "complianceState", "compliant");
	jw_int(out, "count", good);
	jw_object_end(out);
	if (bad > 0) {
		jw_object(out, NULL);
		jw_text(out, "complianceState", "noncompliant");
		jw_int(out, "count", bad);
		jw_object_end(out);
	}
	jw_list_end(out);
}

static void put_results(struct strbuf *out, enum sub sub, int resources, int bad,
			int n_policies)
{
	jw_object(out, "results");
	jw_format(out, "queryResultsUri",
		  "https://management.azure.com/subscriptions/%s/providers/"
		  "Microsoft.PolicyInsights/policyStates/latest/queryResults"
		  "?api-version=2024-10-01",
		  estate_subs[sub].id);
	jw_int(out, "nonCompliantResources", bad);
	jw_int(out, "nonCompliantPolicies", n_policies);
	put_states(out, "resourceDetails", resources - bad, bad);
	put_states(out, "policyDetails", bad ? 0 : 1, n_policies);
	jw_list(out, "policyGroupDetails");
	jw_list_end(out);
	jw_object_end(out);
}

static void put_assignment(struct strbuf *out, enum sub sub, const struct assignment *a,
			   int resources)
{
	int bad = a->bad[sub];
	struct strbuf id;

	strbuf_init(&id, 512);
	put_id(&id, sub, a);
	jw_object(out, NULL);
	jw_str(out, "policyAssignmentId", strbuf_str(&id));
	jw_text(out, "policySetDefinitionId", "");
	put_results(out, sub, resources, bad, bad ? 1 : 0);
	jw_list(out, "policyDefinitions");
	jw_object(out, NULL);
	jw_format(out, "policyDefinitionId",
		  "/providers/microsoft.authorization/policydefinitions/%s",
		  guid_of(0, a->name, 0).text);
	jw_text(out, "policyDefinitionReferenceId", "");
	jw_list(out, "policyDefinitionGroupNames");
	jw_list_end(out);
	jw_text(out, "effect", a->effect);
	put_results(out, sub, resources, bad, bad ? 1 : 0);
	jw_object_end(out);
	jw_list_end(out);
	jw_list(out, "policyGroups");
	jw_list_end(out);
	jw_object_end(out);
	strbuf_fini(&id);
}

static void put_context(struct strbuf *out, enum sub sub, const char *tail)
{
	jw_format(out, "@odata.context",
		  "https://management.azure.com/subscriptions/%s/providers/"
		  "Microsoft.PolicyInsights/policyStates/$metadata#summary%s",
		  estate_subs[sub].id, tail);
}

void policy_summarize(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct inventory *inv = arena_alloc(rep->arena, sizeof(*inv));
	struct strbuf *out = &rep->body;
	int resources, bad = 0, policies = 0;

	(void)w;
	inventory_init(inv, rep->arena, sub, NULL);
	resources = (int)inv->n;
	for (size_t i = 0; i < COUNT(assignments); i++) {
		bad += assignments[i].bad[sub] > 0 ? assignments[i].bad[sub] : 0;
		policies += assignments[i].bad[sub] > 0;
	}
	jw_object(out, NULL);
	put_context(out, sub, "");
	jw_int(out, "@odata.count", 1);
	jw_list(out, "value");
	jw_object(out, NULL);
	jw_null(out, "@odata.id");
	put_context(out, sub, "/$entity");
	put_results(out, sub, resources, bad < resources ? bad : resources, policies);
	jw_list(out, "policyAssignments");
	for (size_t i = 0; i < COUNT(assignments); i++)
		if (assignments[i].bad[sub] >= 0)
			put_assignment(out, sub, &assignments[i], resources);
	jw_list_end(out);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
}

void policy_list_assignments(struct world *w, const struct request *req,
			     struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct strbuf *out = &rep->body;

	(void)w;
	page_begin(rep);
	for (size_t i = 0; i < COUNT(assignments); i++) {
		const struct assignment *a = &assignments[i];

		if (a->bad[sub] < 0)
			continue;
		jw_object(out, NULL);
		jw_object(out, "properties");
		jw_text(out, "displayName", a->title);
		jw_text(out, "enforcementMode", "Default");
		jw_format(out, "scope", "/subscriptions/%s", estate_subs[sub].id);
		jw_object_end(out);
		jw_format(out, "id",
			  "/subscriptions/%s/providers/Microsoft.Authorization/"
			  "policyAssignments/%s",
			  estate_subs[sub].id, a->name);
		jw_text(out, "name", a->name);
		jw_text(out, "type", "Microsoft.Authorization/policyAssignments");
		jw_object_end(out);
	}
	page_end(rep, &(struct page){0});
}
