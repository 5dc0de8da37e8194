/* Resource health: one line per resource whose type is measured. Thread: core.
 * "occuredTime" is misspelt on the wire. */
#include "sim/health.h"

#include "base/count.h"
#include "sim/inventory.h"
#include "sim/rhythm.h"

#define PER_PAGE 20

/* What is not simply available. */
static const struct trouble {
	const char *name; /* of the resource; with its type it is unique */
	const char *type;
	const char *state, *summary, *reason, *detail;
	int since_hours;
} troubles[] = {
	{"telemetry-archive", "Microsoft.Sql/servers/databases", "Unavailable",
	 "The database cannot be reached: its encryption key is not available.",
	 "Customer Initiated", "KeyVaultKeyUnavailable", 29},
	{"vm-qodex-index-01", "Microsoft.Compute/virtualMachines", "Degraded",
	 "The machine's disk is slower than expected.", "Unplanned", "DiskIoLatency", 7},
	{"aks-test", "Microsoft.ContainerService/managedClusters", "Unavailable",
	 "The cluster was stopped by an authorised user.", "UserInitiated", "Stopped",
	 61},
	{"vm-qodex-relay-01", "Microsoft.Compute/virtualMachines", "Unknown",
	 "There is no signal from this resource yet.", "Unknown", "NoSignal", 1},
};

static const struct trouble *trouble_of(const struct resource *r)
{
	for (size_t i = 0; i < COUNT(troubles); i++)
		if (strcmp(troubles[i].name, r->name) == 0 &&
		    strcmp(troubles[i].type, r->type) == 0)
			return &troubles[i];
	return NULL;
}

static void put_status(const struct world *w, struct strbuf *out,
		       const struct resource *r)
{
	const struct trouble *t = trouble_of(r);
	int64_t hour_ms = w->now_ms - w->now_ms % HOUR_MS;

	jw_object(out, NULL);
	jw_format(out, "id",
		  "%.*s/providers/Microsoft.ResourceHealth/availabilityStatuses/current",
		  STR_ARG(r->id));
	jw_text(out, "name", "current");
	jw_text(out, "type", "Microsoft.ResourceHealth/AvailabilityStatuses");
	jw_text(out, "location", r->location);
	jw_object(out, "properties");
	jw_text(out, "availabilityState", t ? t->state : "Available");
	jw_text(out, "title", t ? t->state : "Available");
	jw_text(out, "summary",
		t ? t->summary : "There are no known problems with this resource.");
	jw_text(out, "reasonType", t ? t->reason : "");
	if (t)
		jw_text(out, "detailedStatus", t->detail);
	jw_time(out, "occuredTime", hour_ms - (t ? t->since_hours : 400) * HOUR_MS, 0);
	jw_text(out, "reasonChronicity", "Persistent");
	jw_time(out, "reportedTime", w->now_ms - w->now_ms % MINUTE_MS, 7);
	jw_object_end(out);
	jw_object_end(out);
}

void health_list(struct world *w, const struct request *req, struct reply *rep)
{
	struct inventory *inv = arena_alloc(rep->arena, sizeof(*inv));
	const struct resource *own[INVENTORY_MAX];
	struct page page;
	size_t n = 0;

	inventory_init(inv, rep->arena, estate_asked_sub(req), NULL);
	for (size_t i = 0; i < inv->n; i++)
		if (inv->items[i].is_measured)
			own[n++] = &inv->items[i];
	if (!page_init(&page, req, rep, n, PER_PAGE, false))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++)
		put_status(w, &rep->body, own[i]);
	page_end(rep, &page);
}
