/* Grafana: itself, its data sources and whether they answer, and its own alert
 * rules, in the shape it borrowed from Prometheus. Thread: core. */
#include "base/count.h"
#include "sim/watch/alarm.h"
#include "sim/rhythm.h"
#include "sim/service.h"

static const struct source {
	const char *uid, *name, *type;
	const char *trouble; /* NULL: it answers */
} sources[] = {
	{"prom-weu", "Prometheus", "prometheus", NULL},
	{"azmon", "Azure Monitor", "grafana-azure-monitor-datasource", NULL},
	{"loki", "Loki", "loki", NULL},
	{"es-logs", "Elasticsearch logs", "elasticsearch", NULL},
	{"tempo", "Tempo", "tempo",
	 "Get \"http://tempo.monitoring.svc:3200/api/echo\": context deadline exceeded"},
};
static const size_t n_sources = COUNT(sources);

void grafana_health(struct world *w, const struct request *req, struct reply *rep)
{
	(void)w;
	(void)req;
	jw_object(&rep->body, NULL);
	jw_text(&rep->body, "commit", "f5a87b5c3a");
	jw_text(&rep->body, "database", "ok");
	jw_text(&rep->body, "version", "11.2.0");
	jw_object_end(&rep->body);
}

void grafana_list_sources(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)w;
	(void)req;
	jw_list(out, NULL);
	for (size_t i = 0; i < n_sources; i++) {
		jw_object(out, NULL);
		jw_int(out, "id", (int64_t)i + 1);
		jw_text(out, "uid", sources[i].uid);
		jw_int(out, "orgId", 1);
		jw_text(out, "name", sources[i].name);
		jw_text(out, "type", sources[i].type);
		jw_text(out, "access", "proxy");
		jw_bool(out, "isDefault", i == 0);
		jw_bool(out, "readOnly", false);
		jw_object_end(out);
	}
	jw_list_end(out);
}

void grafana_source_health(struct world *w, const struct request *req, struct reply *rep)
{
	struct str uid = request_param(req, "uid");
	struct strbuf *out = &rep->body;

	(void)w;
	for (size_t i = 0; i < n_sources; i++) {
		if (!str_eq(uid, str_from(sources[i].uid)))
			continue;
		jw_object(out, NULL);
		jw_text(out, "message",
			sources[i].trouble ? sources[i].trouble
					   : "Data source is working");
		jw_text(out, "status", sources[i].trouble ? "ERROR" : "OK");
		jw_object_end(out);
		if (sources[i].trouble)
			rep->status = 400;
		return;
	}
	service_error(req, rep, 404, "datasource.notFound", "Data source not found");
}

static void put_rule(struct strbuf *out, const struct world *w, const struct alarm *alarm)
{
	int64_t since_ms;
	enum alarm_state state = alarm_state_at(w, alarm, &since_ms);

	jw_object(out, NULL);
	alarm_put_rule(out, alarm, state);
	alarm_put_labels(out, alarm);
	alarm_put_annotations(out, w, alarm);
	if (state != ALARM_INACTIVE)
		jw_time(out, "activeAt", since_ms, 0);
	jw_text(out, "health", state == ALARM_FIRING && !alarm->level ? "nodata" : "ok");
	jw_text(out, "type", "alerting");
	jw_time(out, "lastEvaluation", w->now_ms - w->now_ms % MINUTE_MS, 0);
	jw_number(out, "evaluationTime", .0121, 4);
	jw_object_end(out);
}

void grafana_list_rules(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)req;
	jw_object(out, NULL);
	jw_text(out, "status", "success");
	jw_object(out, "data");
	jw_list(out, "groups");
	jw_object(out, NULL);
	jw_text(out, "name", "one minute");
	jw_text(out, "file", "Service levels");
	jw_list(out, "rules");
	for (size_t i = 0; i < n_alarms; i++)
		if (alarms[i].is_grafana)
			put_rule(out, w, &alarms[i]);
	jw_list_end(out);
	jw_int(out, "interval", 60);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
	jw_object_end(out);
}
