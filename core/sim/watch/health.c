/* Resource health: one line per resource whose type is measured. Thread: core.
 * "occuredTime" is misspelt on the wire. */
#include "sim/watch/health.h"

#include "base/count.h"
#include "sim/inventory.h"
#include "sim/rhythm.h"

#define PER_PAGE   20
#define SAID_MOST  4
#define WELL_HOURS 1000 /* longer than anybody looks back */
#define STATUSES   "/providers/Microsoft.ResourceHealth/availabilityStatuses"

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

/* What was once, and is over. */
static const struct outage {
	const char *name;
	const char *type;
	const char *state, *summary, *reason, *detail;
	int days_ago, at_minute, lasted_minutes; /* of the day, UTC */
} outages[] = {
	{"vm-qodex-web-02", "Microsoft.Compute/virtualMachines", "Unavailable",
	 "The machine was restarted because its host had failed.", "Unplanned",
	 "HostFailure", 9, 22 * 60 + 41, 17},
	{"vm-atlas-batch-01", "Microsoft.Compute/virtualMachines", "Unavailable",
	 "The machine was stopped by an authorised user.", "Customer Initiated",
	 "Stopped", 4, 20 * 60, 35},
	{"atlas-orders", "Microsoft.Sql/servers/databases", "Degraded",
	 "Sign-ins took longer than they should.", "Unplanned", "LoginLatency", 16,
	 11 * 60 + 5, 48},
};

static const struct trouble *trouble_of(const struct resource *r)
{
	for (size_t i = 0; i < COUNT(troubles); i++)
		if (strcmp(troubles[i].name, r->name) == 0 &&
		    strcmp(troubles[i].type, r->type) == 0)
			return &troubles[i];
	return NULL;
}

static const struct outage *outage_of(const struct resource *r)
{
	for (size_t i = 0; i < COUNT(outages); i++)
		if (strcmp(outages[i].name, r->name) == 0 &&
		    strcmp(outages[i].type, r->type) == 0)
			return &outages[i];
	return NULL;
}

/* One thing that was said of a resource. */
struct said {
	const char *state, *summary, *reason, *detail;
	int64_t from_ms;
	bool is_now;
};

static const struct said well = {
	.state = "Available",
	.summary = "There are no known problems with this resource.",
	.reason = "",
};

static int64_t outage_ms(const struct world *w, const struct outage *o)
{
	return (rhythm_floor_div(w->now_ms, DAY_MS) - o->days_ago) * DAY_MS +
	       o->at_minute * MINUTE_MS;
}

/* Newest first. */
static size_t said_of(const struct world *w, const struct resource *r,
		      struct said out[SAID_MOST])
{
	int64_t hour_ms = w->now_ms - w->now_ms % HOUR_MS;
	const struct trouble *t = trouble_of(r);
	const struct outage *o = outage_of(r);
	size_t n = 0;

	if (t)
		out[n++] = (struct said){t->state,
					 t->summary,
					 t->reason,
					 t->detail,
					 hour_ms - t->since_hours * HOUR_MS,
					 true};
	if (o) {
		out[n] = well;
		out[n++].from_ms = outage_ms(w, o) + o->lasted_minutes * MINUTE_MS;
		out[n++] = (struct said){o->state,  o->summary,	     o->reason,
					 o->detail, outage_ms(w, o), false};
	}
	out[n] = well;
	out[n++].from_ms = hour_ms - WELL_HOURS * HOUR_MS;
	out[0].is_now = true;
	return n;
}

static void put_status(const struct world *w, struct strbuf *out,
		       const struct resource *r, const struct said *said)
{
	struct utc at = utc_from_ms(said->from_ms);

	jw_object(out, NULL);
	if (said->is_now) {
		jw_format(out, "id", "%.*s" STATUSES "/current", STR_ARG(r->id));
		jw_text(out, "name", "current");
	} else {
		jw_format(out, "id", "%.*s" STATUSES "/%04d-%02d-%02d+%02d:%02d:%02dZ",
			  STR_ARG(r->id), at.year, at.month, at.day, at.hour, at.minute,
			  at.second);
		jw_format(out, "name", "%04d-%02d-%02d+%02d:%02d:%02dZ", at.year,
			  at.month, at.day, at.hour, at.minute, at.second);
	}
	jw_text(out, "type", "Microsoft.ResourceHealth/AvailabilityStatuses");
	jw_text(out, "location", r->location);
	jw_object(out, "properties");
	jw_text(out, "availabilityState", said->state);
	jw_text(out, "title", said->state);
	jw_text(out, "summary", said->summary);
	jw_text(out, "reasonType", said->reason);
	if (said->detail)
		jw_text(out, "detailedStatus", said->detail);
	jw_time(out, "occuredTime", said->from_ms, 0);
	jw_text(out, "reasonChronicity", "Persistent");
	jw_time(out, "reportedTime",
		said->is_now ? w->now_ms - w->now_ms % MINUTE_MS : said->from_ms, 7);
	jw_object_end(out);
	jw_object_end(out);
}

static void put_now(const struct world *w, struct strbuf *out, const struct resource *r)
{
	struct said said[SAID_MOST];

	said_of(w, r, said);
	put_status(w, out, r, &said[0]);
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
		put_now(w, &rep->body, own[i]);
	page_end(rep, &page);
}

/* The resource whose id the path begins with. */
static const struct resource *asked(const struct inventory *inv, struct str path)
{
	for (size_t i = 0; i < inv->n; i++) {
		const struct resource *r = &inv->items[i];

		if (r->is_measured && path.n > r->id.n && path.p[r->id.n] == '/' &&
		    str_eq_nocase(str_sub(path, 0, r->id.n), r->id) &&
		    str_eq_nocase(str_sub(path, r->id.n, path.n), STR(STATUSES)))
			return r;
	}
	return NULL;
}

void health_history(struct world *w, const struct request *req, struct reply *rep)
{
	struct inventory *inv = arena_alloc(rep->arena, sizeof(*inv));
	const struct resource *r;
	struct said said[SAID_MOST];
	size_t n;

	inventory_init(inv, rep->arena, estate_asked_sub(req), estate_asked_group(req));
	r = asked(inv, req->path);
	if (!r) {
		reply_error(rep, 404, "ResourceNotFound",
			    "Resource health knows no resource of this id.%s", "");
		return;
	}
	n = said_of(w, r, said);
	page_begin(rep);
	for (size_t i = 0; i < n; i++)
		put_status(w, &rep->body, r, &said[i]);
	page_end(rep, &(struct page){0});
}
