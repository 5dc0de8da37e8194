/* Service Health: what Azure itself has announced that touches a subscription.
 * Thread: core. Summaries are HTML; "$filter" is not known here. */
#include "sim/watch/event.h"

#include "base/count.h"
#include "base/timefmt.h"
#include "sim/watch/health.h"
#include "sim/rhythm.h"

#define PER_PAGE     4
#define DEFAULT_DAYS 3

static const struct event {
	const char *tracking, *type, *status, *level, *event_level;
	const char *title, *service, *region, *summary;
	unsigned subs;	     /* one bit each */
	int since_hours;     /* negative: to come */
	int lasts_hours;     /* 0: nobody knows */
	int updated_minutes; /* ago */
	int priority;
} events[] = {
	{"8KT2-4XC", "ServiceIssue", "Active", "Warning", "Warning",
	 "Storage latency - West Europe", "Virtual Machines", "West Europe",
	 "<p>Starting about seven hours ago, a part of the disks in <b>West Europe</b> "
	 "answers slowly. Machines may seem stuck, and replication from them may fall "
	 "behind.</p><p>We are taking a faulty storage scale unit out of service. "
	 "Next update in 60&nbsp;minutes.</p>",
	 1u << SUB_PROD, 7, 0, 26, 1},
	{"QV5M-1D8", "PlannedMaintenance", "Active", "Warning", "Informational",
	 "Planned maintenance of Azure SQL Database - West Europe", "SQL Database",
	 "West Europe",
	 "<p>Databases will be moved to updated hardware. Connections drop once, for up "
	 "to 30 seconds.</p>",
	 1u << SUB_PROD | 1u << SUB_NONPROD, -74, 8, 2900, 2},
	{"3N7R-9ZG", "HealthAdvisory", "Active", "Warning", "Informational",
	 "Retirement: TLS 1.0 and 1.1 for Azure Storage", "Storage", "Global",
	 "<p>Clients that still speak TLS&nbsp;1.0 or 1.1 will be refused. Set the "
	 "accounts' <i>minimumTlsVersion</i> to 1.2 and watch for errors.</p>",
	 1u << SUB_PROD | 1u << SUB_NONPROD | 1u << SUB_SHARED, 960, 0, 7200, 3},
	{"V0LD-P90", "SecurityAdvisory", "Active", "Critical", "Critical",
	 "Rotate container registry tokens made before last month", "Container Registry",
	 "West Europe",
	 "<p>Tokens may have been written to a diagnostic log. Make new ones, then "
	 "delete the old.</p>",
	 1u << SUB_SHARED, 52, 0, 300, 1},
	{"TM9B-W6S", "ServiceIssue", "Resolved", "Warning", "Informational",
	 "Azure Monitor - late log data in North Europe", "Azure Monitor", "North Europe",
	 "<p>Log data arrived late and alerts on it may not have fired.</p>",
	 1u << SUB_PROD | 1u << SUB_SHARED, 31, 4, 1500, 3},
};

static void put_impact(const struct world *w, struct strbuf *out, const struct event *e,
		       enum sub sub)
{
	jw_list(out, "impact");
	jw_object(out, NULL);
	jw_text(out, "impactedService", e->service);
	jw_text(out, "impactedServiceGuid", guid_of(w->seed, e->service, 0).text);
	jw_list(out, "impactedRegions");
	jw_object(out, NULL);
	jw_text(out, "impactedRegion", e->region);
	jw_text(out, "status", e->status);
	jw_list(out, "impactedSubscriptions");
	jw_text(out, NULL, estate_subs[sub].id);
	jw_list_end(out);
	jw_list(out, "impactedTenants");
	jw_list_end(out);
	jw_time(out, "lastUpdateTime",
		w->now_ms - w->now_ms % MINUTE_MS - e->updated_minutes * MINUTE_MS, 0);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
	jw_list_end(out);
}

static void put_event(const struct world *w, struct strbuf *out, const struct event *e,
		      enum sub sub)
{
	int64_t hour_ms = w->now_ms - w->now_ms % HOUR_MS;
	int64_t started_ms = hour_ms - e->since_hours * HOUR_MS;

	jw_object(out, NULL);
	jw_format(out, "id",
		  "/subscriptions/%s/providers/Microsoft.ResourceHealth/events/%s",
		  estate_subs[sub].id, e->tracking);
	jw_text(out, "name", e->tracking);
	jw_text(out, "type", "/providers/Microsoft.ResourceHealth/events");
	jw_object(out, "properties");
	jw_text(out, "eventType", e->type);
	jw_text(out, "eventSource", "ServiceHealth");
	jw_text(out, "status", e->status);
	jw_text(out, "title", e->title);
	jw_text(out, "summary", e->summary);
	jw_text(out, "header", "Your service might have been impacted by an Azure event");
	jw_text(out, "level", e->level);
	jw_text(out, "eventLevel", e->event_level);
	jw_time(out, "impactStartTime", started_ms, 0);
	if (e->lasts_hours)
		jw_time(out, "impactMitigationTime",
			started_ms + e->lasts_hours * HOUR_MS, 0);
	put_impact(w, out, e, sub);
	jw_bool(out, "isHIR", false);
	jw_bool(out, "enableMicrosoftSupport", true);
	jw_bool(out, "enableChatWithUs", false);
	jw_bool(out, "platformInitiated", true);
	jw_int(out, "priority", e->priority);
	jw_time(out, "lastUpdateTime",
		w->now_ms - w->now_ms % MINUTE_MS - e->updated_minutes * MINUTE_MS, 0);
	jw_object_end(out);
	jw_object_end(out);
}

/* Events are told from the last three days, or since when it was asked; those
 * that are active have been updated as often as it takes. */
void event_list(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);
	struct str since = request_query(req, "queryStartTime");
	int64_t from_ms = w->now_ms - DEFAULT_DAYS * DAY_MS;
	const struct event *own[COUNT(events)];
	struct page page;
	size_t n = 0;

	if (since.n && !time_parse(since, &from_ms)) {
		reply_error(rep, 400, "BadRequest",
			    "queryStartTime is not a valid date.");
		return;
	}
	for (size_t i = 0; i < COUNT(events); i++)
		if ((events[i].subs >> sub & 1) &&
		    w->now_ms - events[i].updated_minutes * MINUTE_MS >= from_ms)
			own[n++] = &events[i];
	if (!page_init(&page, req, rep, n, PER_PAGE, false))
		return;
	page_begin(rep);
	for (size_t i = page.from; i < page.to; i++)
		put_event(w, &rep->body, own[i], sub);
	page_end(rep, &page);
}
