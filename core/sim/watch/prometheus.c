/* Prometheus: alerts, the rules behind them, targets, and the answers to some
 * queries. Figures are texts on the wire, moments have nine digits. Thread: core. */
#include <stdio.h>

#include "base/count.h"
#include "base/rng.h"
#include "base/timefmt.h"
#include "sim/watch/alarm.h"
#include "sim/rhythm.h"
#include "sim/service.h"

static void begin_data(struct strbuf *out)
{
	jw_object(out, NULL);
	jw_text(out, "status", "success");
	jw_object(out, "data");
}

static void end_data(struct strbuf *out)
{
	jw_object_end(out);
	jw_object_end(out);
}

/* 2026-06-18T10:00:00.123456789Z */
static void put_moment(struct strbuf *out, const char *key, int64_t utc_ms)
{
	struct utc u = utc_from_ms(utc_ms);

	jw_format(out, key, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%06dZ", u.year, u.month,
		  u.day, u.hour, u.minute, u.second, u.ms, (int)(utc_ms % 999983));
}

static void put_alert(struct strbuf *out, const struct world *w,
		      const struct alarm *alarm)
{
	int64_t since_ms;
	enum alarm_state state = alarm_state_at(w, alarm, &since_ms);

	jw_object(out, NULL);
	alarm_put_labels(out, alarm);
	alarm_put_annotations(out, w, alarm);
	jw_text(out, "state", state == ALARM_FIRING ? "firing" : "pending");
	put_moment(out, "activeAt", since_ms);
	jw_format(out, "value", "%e", alarm_value(w, alarm));
	jw_object_end(out);
}

static bool is_active(const struct world *w, const struct alarm *alarm)
{
	int64_t since_ms;

	return alarm_state_at(w, alarm, &since_ms) != ALARM_INACTIVE;
}

void prometheus_list_alerts(struct world *w, const struct request *req, struct reply *rep)
{
	(void)req;
	begin_data(&rep->body);
	jw_list(&rep->body, "alerts");
	for (size_t i = 0; i < n_alarms; i++)
		if (!alarms[i].is_grafana && is_active(w, &alarms[i]))
			put_alert(&rep->body, w, &alarms[i]);
	jw_list_end(&rep->body);
	end_data(&rep->body);
}

/* One rule joins what has two series since Tuesday's release, and fails. */
static void put_broken_rule(struct strbuf *out, const struct world *w)
{
	jw_object(out, NULL);
	jw_text(out, "state", "inactive");
	jw_text(out, "name", "QodexConsumerLag");
	jw_text(out, "query", "consumer_lag * on (topic) group_left topic_info > 1000");
	jw_int(out, "duration", 300);
	jw_object(out, "labels");
	jw_text(out, "severity", "warning");
	jw_object_end(out);
	jw_object(out, "annotations");
	jw_object_end(out);
	jw_list(out, "alerts");
	jw_list_end(out);
	jw_text(out, "health", "err");
	jw_text(out, "lastError",
		"found duplicate series for the match group {topic=\"index\"} on the "
		"right hand-side of the operation: [{instance=\"10.42.7.11:9308\", "
		"topic=\"index\"}, {instance=\"10.42.7.12:9308\", topic=\"index\"}]; "
		"many-to-many matching not allowed: matching labels must be unique on "
		"one side");
	jw_number(out, "evaluationTime", .000413, 6);
	put_moment(out, "lastEvaluation", w->now_ms - w->now_ms % 30000);
	jw_text(out, "type", "alerting");
	jw_object_end(out);
}

static void put_rule(struct strbuf *out, const struct world *w, const struct alarm *alarm)
{
	int64_t since_ms;
	enum alarm_state state = alarm_state_at(w, alarm, &since_ms);

	jw_object(out, NULL);
	alarm_put_rule(out, alarm, state);
	jw_object(out, "labels");
	jw_text(out, "severity", alarm->severity);
	jw_object_end(out);
	jw_object(out, "annotations");
	jw_object_end(out);
	jw_list(out, "alerts");
	if (state != ALARM_INACTIVE)
		put_alert(out, w, alarm);
	jw_list_end(out);
	jw_text(out, "health", "ok");
	jw_number(out, "evaluationTime", .0006, 6);
	put_moment(out, "lastEvaluation", w->now_ms - w->now_ms % 30000);
	jw_text(out, "type", "alerting");
	jw_object_end(out);
}

void prometheus_list_rules(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)req;
	begin_data(out);
	jw_list(out, "groups");
	jw_object(out, NULL);
	jw_text(out, "name", "contoso.rules");
	jw_text(out, "file", "/etc/prometheus/rules/contoso.yaml");
	jw_list(out, "rules");
	for (size_t i = 0; i < n_alarms; i++)
		if (!alarms[i].is_grafana)
			put_rule(out, w, &alarms[i]);
	put_broken_rule(out, w);
	jw_list_end(out);
	jw_int(out, "interval", 30);
	jw_int(out, "limit", 0);
	jw_object_end(out);
	jw_list_end(out);
	end_data(out);
}

static const struct scraped {
	const char *pool, *address, *path;
	const char *error; /* NULL: it answers */
} scraped[] = {
	{"node", "vm-atlas-app-01:9100", "/metrics", NULL},
	{"node", "vm-atlas-app-02:9100", "/metrics", NULL},
	{"node", "vm-qodex-index-01:9100", "/metrics", NULL},
	{"node", "vm-qodex-relay-01:9100", "/metrics", NULL},
	{"node", "vm-qodex-relay-02:9100", "/metrics",
	 "Get \"http://vm-qodex-relay-02:9100/metrics\": dial tcp 10.42.3.12:9100: "
	 "connect: no route to host"},
	{"atlas-api", "10.42.1.21:8080", "/metrics", NULL},
	{"atlas-api", "10.42.1.22:8080", "/metrics", NULL},
	{"atlas-api", "10.42.1.23:8080", "/metrics", NULL},
	{"qodex-worker", "10.42.2.31:9102", "/metrics",
	 "server returned HTTP status 503 Service Unavailable"},
	{"qodex-worker", "10.42.2.32:9102", "/metrics", NULL},
	{"azure-exporter", "azure-exporter.monitoring.svc:9276", "/probe/metrics", NULL},
	{"prometheus", "localhost:9090", "/metrics", NULL},
};
static const size_t n_scraped = COUNT(scraped);

static void put_target(struct strbuf *out, const struct world *w, size_t i)
{
	const struct scraped *s = &scraped[i];
	double pace = .5 + rng_at(w->seed ^ 77, i + (uint64_t)(w->now_ms / 30000));

	jw_object(out, NULL);
	jw_object(out, "discoveredLabels");
	jw_text(out, "__address__", s->address);
	jw_text(out, "__metrics_path__", s->path);
	jw_text(out, "__scheme__", "http");
	jw_text(out, "job", s->pool);
	jw_object_end(out);
	jw_object(out, "labels");
	jw_text(out, "instance", s->address);
	jw_text(out, "job", s->pool);
	jw_object_end(out);
	jw_text(out, "scrapePool", s->pool);
	jw_format(out, "scrapeUrl", "http://%s%s", s->address, s->path);
	jw_format(out, "globalUrl", "http://%s%s", s->address, s->path);
	jw_text(out, "lastError", s->error ? s->error : "");
	put_moment(out, "lastScrape",
		   w->now_ms - (w->now_ms + (int64_t)i * 1931) % 30000);
	jw_number(out, "lastScrapeDuration", s->error ? 3.05 : .018 * pace, 9);
	jw_text(out, "health", s->error ? "down" : "up");
	jw_text(out, "scrapeInterval", "30s");
	jw_text(out, "scrapeTimeout", "10s");
	jw_object_end(out);
}

void prometheus_list_targets(struct world *w, const struct request *req,
			     struct reply *rep)
{
	(void)req;
	begin_data(&rep->body);
	jw_list(&rep->body, "activeTargets");
	for (size_t i = 0; i < n_scraped; i++)
		put_target(&rep->body, w, i);
	jw_list_end(&rep->body);
	jw_list(&rep->body, "droppedTargets");
	jw_list_end(&rep->body);
	end_data(&rep->body);
}

/* What can be asked here: the simulator is no Prometheus. Several rows of one query
 * are its series. */
static const struct series {
	const char *query;
	const char *label, *value; /* NULL: it has none */
	double level, swing;	   /* over the day, and noise */
	const char *odd;	   /* the figure as it stands; NULL: from the above */
} series[] = {
	{"sum by (service) (rate(http_requests_total{code=~\"5..\"}[5m]))", "service",
	 "atlas-api", 3.1, 1.4, NULL},
	{"sum by (service) (rate(http_requests_total{code=~\"5..\"}[5m]))", "service",
	 "qodex-api", .4, .3, NULL},
	{"sum by (service) (rate(http_requests_total{code=~\"5..\"}[5m]))", "service",
	 "identity", .02, .01, NULL},
	{"sum by (queue) (servicebus_active_messages)", "queue", "qodex-index", 8400,
	 1900, NULL},
	{"sum by (queue) (servicebus_active_messages)", "queue", "atlas-orders", 90, 60,
	 NULL},
	{"min(node_filesystem_avail_bytes / node_filesystem_size_bytes) * 100", NULL,
	 NULL, 6.4, .4, NULL},
	{"avg(cache_hits_total / cache_requests_total) * 100", NULL, NULL, 0, 0, "NaN"},
};

static bool is_balanced(struct str text)
{
	int depth = 0;

	for (size_t i = 0; i < text.n && depth >= 0; i++) {
		depth += text.p[i] == '(' || text.p[i] == '{' || text.p[i] == '[';
		depth -= text.p[i] == ')' || text.p[i] == '}' || text.p[i] == ']';
	}
	return depth == 0 && text.n;
}

static void put_sample(struct strbuf *out, const struct world *w, const struct series *s)
{
	uint64_t seed = rng_mix(w->seed, (uint64_t)(s - series) + 300);
	double value = s->level + s->swing * rhythm_noise(seed, w->now_ms, 5 * MINUTE_MS);
	char text[40];

	snprintf(text, sizeof(text), "%.6g", value < 0 ? 0 : value);
	jw_object(out, NULL);
	jw_object(out, "metric");
	if (s->label)
		jw_text(out, s->label, s->value);
	jw_object_end(out);
	jw_list(out, "value");
	jw_number(out, NULL, (double)w->now_ms / 1000, 3);
	jw_text(out, NULL, s->odd ? s->odd : text);
	jw_list_end(out);
	jw_object_end(out);
}

void prometheus_query(struct world *w, const struct request *req, struct reply *rep)
{
	struct str query = request_query(req, "query");
	struct strbuf *out = &rep->body;

	if (!is_balanced(query)) {
		service_error(req, rep, 400, "bad_data",
			      "invalid parameter \"query\": 1:%zu: parse error: %s",
			      query.n + 1,
			      query.n ? "unclosed left parenthesis"
				      : "no expression found in input");
		return;
	}
	begin_data(out);
	jw_text(out, "resultType", "vector");
	jw_list(out, "result");
	for (size_t i = 0; i < COUNT(series); i++)
		if (str_eq(query, str_from(series[i].query)))
			put_sample(out, w, &series[i]);
	jw_list_end(out);
	end_data(out);
}
