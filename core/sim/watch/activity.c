/* The activity log: what is done again and again, each at its own pace, newest first.
 * Thread: core. A change has two events, when it began and when it ended. */
#include "sim/watch/activity.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "sim/rhythm.h"

#define PER_PAGE    25
#define MOST_EVENTS 400
#define LONGEST_MS  (7 * DAY_MS)

static const struct act {
	const char *group;
	const char *type, *name; /* of the resource */
	const char *operation, *title;
	const char *caller;
	int every_min, at_min, takes_s;
	const char *failure; /* code; NULL: it works */
	const char *why;
} acts[] = {
	{"rg-shared-ci-weu", "Microsoft.Compute/virtualMachineScaleSets",
	 "vmss-build-agents", "Microsoft.Compute/virtualMachineScaleSets/write",
	 "Create or Update Virtual Machine Scale Set", "sp-build-images", 37, 11, 48,
	 NULL, NULL},
	{"rg-atlas-prod-weu", "Microsoft.Resources/deployments", "atlas-web",
	 "Microsoft.Resources/deployments/write", "Create Deployment",
	 "sp-terraform-prod", 290, 55, 210, NULL, NULL},
	{"rg-qodex-prod-weu", "Microsoft.Resources/deployments", "qodex-search",
	 "Microsoft.Resources/deployments/write", "Create Deployment",
	 "sp-terraform-prod", 410, 140, 95, "InvalidTemplateDeployment",
	 "The template deployment failed: quota for 'standardESv5Family' in westeurope "
	 "is "
	 "used up."},
	{"rg-atlas-prod-weu", "Microsoft.Sql/servers/firewallRules",
	 "sql-atlas-prod-weu/firewallRules/temp-oncall",
	 "Microsoft.Sql/servers/firewallRules/write", "Update SQL server firewall rules",
	 "oncall@contoso.com", 860, 500, 3, NULL, NULL},
	{"rg-atlas-prod-weu", "Microsoft.Network/networkSecurityGroups", "nsg-atlas-web",
	 "Microsoft.Network/networkSecurityGroups/securityRules/write",
	 "Create or Update Security Rule", "oncall@contoso.com", 1270, 300, 5, NULL,
	 NULL},
	{"rg-atlas-test-weu", "Microsoft.Compute/virtualMachines", "vm-atlas-test-01",
	 "Microsoft.Compute/virtualMachines/deallocate/action",
	 "Deallocate Virtual Machine", "sp-schedule", 1440, 1080, 70, NULL, NULL},
	{"rg-atlas-test-weu", "Microsoft.Authorization/roleAssignments",
	 "role-assignment", "Microsoft.Authorization/roleAssignments/write",
	 "Create role assignment", "lead@contoso.com", 2050, 700, 2,
	 "AuthorizationFailed",
	 "The client does not have authorization to perform action "
	 "'Microsoft.Authorization/roleAssignments/write'."},
	{"rg-shared-network-weu", "Microsoft.Network/azureFirewalls", "fw-hub-weu",
	 "Microsoft.Network/azureFirewalls/write", "Create or Update Azure Firewall",
	 "sp-terraform-shared", 1900, 260, 640, NULL, NULL},
	{"rg-qodex-prod-weu", "Microsoft.KeyVault/vaults", "kv-qodex-prod-weu",
	 "Microsoft.KeyVault/vaults/write", "Update Key Vault", "sp-terraform-prod", 960,
	 600, 4, NULL, NULL},
};

struct event {
	const struct act *act;
	int64_t began_ms, at_ms;
	bool is_end;
};

struct window {
	int64_t from_ms, to_ms;
};

/* "eventTimestamp ge 'x' and eventTimestamp le 'y'", in this order. */
static bool read_filter(struct str filter, struct window *out)
{
	struct str part, from = {0}, to = {0};

	if (str_next(&filter, '\'', &part) && str_next(&filter, '\'', &from) &&
	    str_next(&filter, '\'', &part))
		str_next(&filter, '\'', &to);
	return from.n && to.n && time_parse(from, &out->from_ms) &&
	       time_parse(to, &out->to_ms) && out->to_ms >= out->from_ms &&
	       out->to_ms - out->from_ms <= 90 * DAY_MS;
}

static size_t collect(const struct world *w, enum sub sub, struct window window,
		      struct event *out)
{
	size_t n = 0;

	if (window.to_ms > w->now_ms)
		window.to_ms = w->now_ms;
	if (window.to_ms - window.from_ms > LONGEST_MS)
		window.from_ms = window.to_ms - LONGEST_MS;
	for (size_t i = 0; i < COUNT(acts); i++) {
		const struct act *a = &acts[i];
		int64_t period = a->every_min * MINUTE_MS, offset = a->at_min * MINUTE_MS;
		int64_t round = rhythm_floor_div(window.from_ms - offset, period) - 1;

		if (estate_group(a->group)->sub != sub)
			continue;
		for (;; round++) {
			int64_t began = round * period + offset;
			struct event e = {.act = a, .began_ms = began, .at_ms = began};

			if (began > window.to_ms)
				break;
			for (int end = 0; end < 2; end++) {
				e.is_end = end;
				e.at_ms = began + end * a->takes_s * 1000LL;
				if (e.at_ms >= window.from_ms &&
				    e.at_ms <= window.to_ms && n < MOST_EVENTS)
					out[n++] = e;
			}
		}
	}
	return n;
}

static int newest_first(const void *a, const void *b)
{
	int64_t left = ((const struct event *)a)->at_ms;
	int64_t right = ((const struct event *)b)->at_ms;

	return (left < right) - (left > right);
}

static void put_pair(struct strbuf *out, const char *key, const char *value,
		     const char *title)
{
	jw_object(out, key);
	jw_text(out, "value", value);
	jw_text(out, "localizedValue", title);
	jw_object_end(out);
}

static void put_resource(struct strbuf *out, const struct act *a)
{
	const struct group *group = estate_group(a->group);
	const char *slash = strchr(a->name, '/');
	struct strbuf id;

	strbuf_init(&id, 512);
	estate_put_group_id(&id, group);
	if (slash)
		strbuf_printf(&id, "/providers/Microsoft.Sql/servers/%s", a->name);
	else
		strbuf_printf(&id, "/providers/%s/%s", a->type, a->name);
	jw_str(out, "resourceId", strbuf_str(&id));
	strbuf_fini(&id);
	jw_text(out, "resourceGroupName", group->name);
	put_pair(out, "resourceType", a->type, a->type);
}

/* The reason is JSON in a text, as providers hand it on. */
static void put_outcome(struct strbuf *out, const struct event *e)
{
	const struct act *a = e->act;
	bool has_failed = e->is_end && a->failure;
	const char *status = !e->is_end ? "Started" : has_failed ? "Failed" : "Succeeded";
	struct strbuf reason;

	put_pair(out, "status", status, status);
	put_pair(out, "subStatus",
		 has_failed  ? "BadRequest"
		 : e->is_end ? "OK"
			     : "",
		 has_failed  ? "Bad Request (HTTP Status Code: 400)"
		 : e->is_end ? "OK (HTTP Status Code: 200)"
			     : "");
	jw_text(out, "level", has_failed ? "Error" : "Informational");
	jw_object(out, "properties");
	if (has_failed) {
		strbuf_init(&reason, 1024);
		jw_object(&reason, NULL);
		jw_object(&reason, "error");
		jw_text(&reason, "code", a->failure);
		jw_text(&reason, "message", a->why);
		jw_object_end(&reason);
		jw_object_end(&reason);
		jw_text(out, "statusCode", "BadRequest");
		jw_str(out, "statusMessage", strbuf_str(&reason));
		strbuf_fini(&reason);
	}
	jw_object_end(out);
}

static void put_event(const struct world *w, struct strbuf *out, const struct event *e)
{
	const struct act *a = e->act;
	struct guid id = guid_of(w->seed, a->operation,
				 (uint64_t)(e->at_ms / 1000) * 2 + e->is_end);
	struct guid whole = guid_of(w->seed, a->operation, (uint64_t)e->began_ms);

	jw_object(out, NULL);
	jw_text(out, "eventDataId", id.text);
	jw_text(out, "correlationId", whole.text);
	jw_text(out, "operationId", whole.text);
	put_pair(out, "eventName", e->is_end ? "EndRequest" : "BeginRequest",
		 e->is_end ? "End request" : "Begin request");
	put_pair(out, "category", "Administrative", "Administrative");
	put_pair(out, "operationName", a->operation, a->title);
	jw_text(out, "caller", a->caller);
	put_resource(out, a);
	put_outcome(out, e);
	jw_time(out, "eventTimestamp", e->at_ms + 123, 7);
	jw_time(out, "submissionTimestamp", e->at_ms + 90 * 1000, 7);
	jw_text(out, "subscriptionId", estate_sub_id(estate_group(a->group)));
	jw_object_end(out);
}

void activity_list(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct event *events = arena_calloc(rep->arena, MOST_EVENTS, sizeof(*events));
	struct window window;
	struct page page;
	size_t n;

	if (!read_filter(request_query(req, "$filter"), &window)) {
		reply_error(rep, 400, "BadRequest",
			    "Query should have valid eventTimestamp bounds.");
		return;
	}
	n = collect(w, sub, window, events);
	qsort(events, n, sizeof(*events), newest_first);
	if (!page_init(&page, req, rep, n, PER_PAGE, false))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++)
		put_event(w, &rep->body, &events[i]);
	page_end(rep, &page);
}
