/* Those who are called at night: PagerDuty's incidents and Opsgenie's alerts, made of
 * what fires (alarm.h). Thread: core. */
#include <stdio.h>

#include "base/count.h"
#include "sim/watch/alarm.h"
#include "sim/desk/desk.h"
#include "sim/rhythm.h"

static const struct team {
	const char *name, *policy, *service, *person, *next;
} teams[] = {
	{"atlas", "PT20YPA", "PIJ90N1", "Atlas on call", "Atlas second line"},
	{"qodex", "PT20YPB", "PIJ90N2", "Qodex on call", "Qodex second line"},
	{"platform", "PT20YPC", "PIJ90N3", "Platform on call", "Platform second line"},
};
#define N_TEAMS (COUNT(teams))

static const struct team *team_of(const struct alarm *alarm)
{
	size_t i = 0;

	while (i + 1 < N_TEAMS && strcmp(teams[i].name, alarm->team) != 0)
		i++;
	return &teams[i];
}

static bool is_grave(const struct alarm *alarm)
{
	return strcmp(alarm->severity, "critical") == 0 ||
	       strcmp(alarm->severity, "page") == 0;
}

/* What fires and is not kept quiet becomes an incident. */
static bool is_called(const struct world *w, const struct alarm *alarm, int64_t *since_ms)
{
	return strcmp(alarm->severity, "none") != 0 && !alarm->silenced_by &&
	       !alarm->inhibited_by && alarm_state_at(w, alarm, since_ms) == ALARM_FIRING;
}

static void put_reference(struct strbuf *out, const char *key, const char *id,
			  const char *type, const char *summary)
{
	jw_object(out, key);
	jw_text(out, "id", id);
	jw_text(out, "type", type);
	jw_text(out, "summary", summary);
	jw_format(out, "self", "https://api.pagerduty.com/x/%s", id);
	jw_format(out, "html_url", "https://contoso.pagerduty.com/x/%s", id);
	jw_object_end(out);
}

static void put_assignment(struct strbuf *out, const struct team *team, int64_t at_ms)
{
	jw_list(out, "assignments");
	jw_object(out, NULL);
	jw_time(out, "at", at_ms, 0);
	put_reference(out, "assignee", "PXPGF42", "user_reference", team->person);
	jw_object_end(out);
	jw_list_end(out);
}

static void put_incident(struct strbuf *out, const struct world *w,
			 const struct alarm *alarm, int64_t since_ms)
{
	const struct team *team = team_of(alarm);
	int number = 4100 + (int)(alarm - alarms);
	char service[80];
	/* Somebody says after a while that it is known, unless it is new. */
	bool is_known = w->now_ms - since_ms > 90 * MINUTE_MS;
	int64_t at_ms = since_ms + 2 * MINUTE_MS;

	snprintf(service, sizeof(service), "%s", alarm->where);
	jw_object(out, NULL);
	jw_format(out, "id", "Q%05d", number);
	jw_text(out, "type", "incident");
	jw_format(out, "summary", "[#%d] %s", number, alarm->name);
	jw_format(out, "html_url", "https://contoso.pagerduty.com/incidents/Q%05d",
		  number);
	jw_int(out, "incident_number", number);
	jw_format(out, "title", "%s on %s", alarm->name, alarm->where);
	jw_time(out, "created_at", at_ms, 0);
	jw_text(out, "status", is_known ? "acknowledged" : "triggered");
	put_reference(out, "service", team->service, "service_reference", service);
	put_assignment(out, team, at_ms);
	jw_time(out, "last_status_change_at", is_known ? at_ms + 9 * MINUTE_MS : at_ms,
		0);
	jw_object(out, "alert_counts");
	jw_int(out, "all", 2);
	jw_int(out, "triggered", 1);
	jw_int(out, "resolved", 1);
	jw_object_end(out);
	put_reference(out, "escalation_policy", team->policy,
		      "escalation_policy_reference", team->name);
	if (is_grave(alarm))
		put_reference(out, "priority", "P53ZZH5", "priority_reference", "P1");
	else
		jw_null(out, "priority");
	jw_text(out, "urgency", is_grave(alarm) ? "high" : "low");
	jw_object_end(out);
}

static size_t asked(const struct request *req, const char *name, size_t otherwise)
{
	int64_t value;

	return str_to_i64(request_query(req, name), &value) && value >= 0 && value < 10000
		       ? (size_t)value
		       : otherwise;
}

void pagerduty_list_incidents(struct world *w, const struct request *req,
			      struct reply *rep)
{
	size_t offset = asked(req, "offset", 0), limit = asked(req, "limit", 25), n = 0;
	struct strbuf *out = &rep->body;
	int64_t since_ms;

	if (limit > 3)
		limit = 3; /* small pages, so that more than one comes */
	jw_object(out, NULL);
	jw_list(out, "incidents");
	for (size_t i = 0; i < n_alarms; i++)
		if (is_called(w, &alarms[i], &since_ms) && n++ >= offset &&
		    n <= offset + limit)
			put_incident(out, w, &alarms[i], since_ms);
	jw_list_end(out);
	jw_int(out, "limit", (int64_t)limit);
	jw_int(out, "offset", (int64_t)offset);
	jw_null(out, "total");
	jw_bool(out, "more", n > offset + limit);
	jw_object_end(out);
}

void pagerduty_list_oncalls(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)req;
	jw_object(out, NULL);
	jw_list(out, "oncalls");
	for (size_t i = 0; i < 2 * N_TEAMS; i++) {
		const struct team *t = &teams[i / 2];
		bool is_second = i % 2;

		jw_object(out, NULL);
		put_reference(out, "escalation_policy", t->policy,
			      "escalation_policy_reference", t->name);
		jw_int(out, "escalation_level", is_second ? 2 : 1);
		if (is_second)
			jw_null(out, "schedule");
		else
			put_reference(out, "schedule", "PI7DH85", "schedule_reference",
				      t->name);
		put_reference(out, "user", is_second ? "PXPGF43" : "PXPGF42",
			      "user_reference", is_second ? t->next : t->person);
		if (is_second) {
			jw_null(out, "start");
			jw_null(out, "end");
		} else {
			jw_time(out, "start", rhythm_day_start(rhythm_day(w->now_ms)), 0);
			jw_time(out, "end", rhythm_day_start(rhythm_day(w->now_ms) + 1),
				0);
		}
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_int(out, "limit", 100);
	jw_int(out, "offset", 0);
	jw_bool(out, "more", false);
	jw_null(out, "total");
	jw_object_end(out);
}

void opsgenie_list_alerts(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;
	int64_t since_ms;

	(void)req;
	jw_object(out, NULL);
	jw_list(out, "data");
	for (size_t i = 0; i < n_alarms; i++) {
		const struct alarm *a = &alarms[i];
		bool is_known;

		if (!is_called(w, a, &since_ms))
			continue;
		is_known = w->now_ms - since_ms > 40 * MINUTE_MS;
		jw_object(out, NULL);
		jw_format(out, "id", "%s-%lld", guid_of(w->seed, a->name, 4).text,
			  (long long)since_ms);
		jw_format(out, "tinyId", "%d", 1200 + (int)i);
		jw_format(out, "message", "%s: %s", a->name, a->where);
		jw_text(out, "status", "open");
		jw_bool(out, "acknowledged", is_known);
		jw_bool(out, "isSeen", is_known);
		jw_bool(out, "snoozed", false);
		jw_text(out, "priority", is_grave(a) ? "P1" : "P3");
		jw_int(out, "count", 1 + (w->now_ms - since_ms) / (5 * MINUTE_MS));
		jw_time(out, "createdAt", since_ms + 90000, 3);
		jw_time(out, "lastOccurredAt", w->now_ms - w->now_ms % (5 * MINUTE_MS),
			3);
		jw_text(out, "owner", is_known ? team_of(a)->person : "");
		jw_text(out, "source", "Alertmanager");
		jw_list(out, "tags");
		jw_text(out, NULL, a->team);
		jw_list_end(out);
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object(out, "paging");
	jw_object_end(out);
	jw_number(out, "took", .031, 3);
	jw_text(out, "requestId", guid_of(w->seed, "opsgenie", w->n_requests).text);
	jw_object_end(out);
}
