/* Alertmanager: what fires, who is told, and what is kept quiet: by a silence that
 * somebody wrote, or because a worse alert is the reason. Thread: core. */
#include <stdio.h>

#include "sim/watch/alarm.h"
#include "sim/rhythm.h"
#include "sim/service.h"

/* As Alertmanager: whatever does not say false is true. */
static bool is_wanted(const struct request *req, const char *name)
{
	return !str_eq_nocase(request_query(req, name), STR("false"));
}

static void put_ids(struct strbuf *out, const char *key, const char *id)
{
	jw_list(out, key);
	if (id)
		jw_text(out, NULL, id);
	jw_list_end(out);
}

struct print {
	char text[17];
};

/* What Alertmanager knows an alert by. */
static struct print print_of(const struct world *w, const char *alarm)
{
	struct guid id = guid_of(w->seed, alarm, 0);
	struct print print;

	snprintf(print.text, sizeof(print.text), "%.8s%.4s%.4s", id.text, id.text + 9,
		 id.text + 14);
	return print;
}

static void put_alert(struct strbuf *out, const struct world *w,
		      const struct alarm *alarm, int64_t since_ms)
{
	bool is_quiet = alarm->silenced_by || alarm->inhibited_by;

	jw_object(out, NULL);
	alarm_put_annotations(out, w, alarm);
	jw_time(out, "endsAt", w->now_ms - w->now_ms % 30000 + 4 * MINUTE_MS, 3);
	jw_text(out, "fingerprint", print_of(w, alarm->name).text);
	jw_list(out, "receivers");
	jw_object(out, NULL);
	jw_format(out, "name", "%s-oncall", alarm->team);
	jw_object_end(out);
	jw_list_end(out);
	jw_time(out, "startsAt", since_ms, 3);
	jw_object(out, "status");
	put_ids(out, "inhibitedBy",
		alarm->inhibited_by ? print_of(w, alarm->inhibited_by).text : NULL);
	put_ids(out, "silencedBy", alarm->silenced_by);
	jw_text(out, "state", is_quiet ? "suppressed" : "active");
	jw_object_end(out);
	jw_time(out, "updatedAt", w->now_ms - w->now_ms % 30000, 3);
	jw_format(out, "generatorURL",
		  "http://prometheus.contoso.example/graph?g0.tab=1&g0.expr=%s",
		  alarm->name);
	alarm_put_labels(out, alarm);
	jw_object_end(out);
}

void alertmanager_list_alerts(struct world *w, const struct request *req,
			      struct reply *rep)
{
	jw_list(&rep->body, NULL);
	for (size_t i = 0; i < n_alarms; i++) {
		const struct alarm *a = &alarms[i];
		int64_t since_ms;

		if (a->is_grafana || alarm_state_at(w, a, &since_ms) != ALARM_FIRING ||
		    (a->silenced_by && !is_wanted(req, "silenced")) ||
		    (a->inhibited_by && !is_wanted(req, "inhibited")) ||
		    (!a->silenced_by && !a->inhibited_by && !is_wanted(req, "active")))
			continue;
		put_alert(&rep->body, w, a, since_ms);
	}
	jw_list_end(&rep->body);
}

static void put_matcher(struct strbuf *out, const char *name, const char *value)
{
	jw_object(out, NULL);
	jw_bool(out, "isEqual", true);
	jw_bool(out, "isRegex", false);
	jw_text(out, "name", name);
	jw_text(out, "value", value);
	jw_object_end(out);
}

void alertmanager_list_silences(struct world *w, const struct request *req,
				struct reply *rep)
{
	struct strbuf *out = &rep->body;
	int64_t day_ms = w->now_ms - w->now_ms % DAY_MS;

	(void)req;
	jw_list(out, NULL);
	for (size_t i = 0; i < n_alarms; i++) {
		const struct alarm *a = &alarms[i];

		if (!a->silenced_by)
			continue;
		jw_object(out, NULL);
		jw_text(out, "id", a->silenced_by);
		jw_object(out, "status");
		jw_text(out, "state", "active");
		jw_object_end(out);
		jw_time(out, "updatedAt", day_ms - 3 * DAY_MS, 3);
		jw_text(out, "comment", "Disk is being enlarged, change CHG-2291");
		jw_text(out, "createdBy", "platform-oncall");
		jw_time(out, "endsAt", day_ms + DAY_MS + 16 * HOUR_MS, 3);
		jw_list(out, "matchers");
		put_matcher(out, "alertname", a->name);
		put_matcher(out, a->what, a->where);
		jw_list_end(out);
		jw_time(out, "startsAt", day_ms - 3 * DAY_MS, 3);
		jw_object_end(out);
	}
	jw_list_end(out);
}

void alertmanager_status(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)req;
	jw_object(out, NULL);
	jw_object(out, "cluster");
	jw_text(out, "name", "01J1WZ9F3R4E7M5T8Q2B6N0K1V");
	jw_list(out, "peers");
	jw_list_end(out);
	jw_text(out, "status", "ready");
	jw_object_end(out);
	jw_object(out, "config");
	jw_text(out, "original", "route:\n  receiver: platform-oncall\n");
	jw_object_end(out);
	jw_time(out, "uptime", w->now_ms - w->now_ms % DAY_MS - 19 * DAY_MS, 3);
	jw_object(out, "versionInfo");
	jw_text(out, "version", "0.27.0");
	jw_object_end(out);
	jw_object_end(out);
}
