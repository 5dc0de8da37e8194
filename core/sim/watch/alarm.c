/* See alarm.h. An alarm that comes again does so at the same minutes of each of its
 * rounds, so that any moment can be asked for. */
#include "sim/watch/alarm.h"

#include <stdio.h>

#include "base/count.h"
#include "base/rng.h"
#include "sim/rhythm.h"

#define SILENCE_DISK "7d2f1f0e-6c1c-4f57-9a55-2a1b53a3c801"
#define RATE_5XX     "job:http_requests:rate5m{code=~\"5..\"} / job:http_requests:rate5m"

const struct alarm alarms[] = {
	{"Watchdog", "none", "platform", "job", "prometheus",
	 "Always firing, so that one knows that alerting works.", "vector(1)", 1, 0, 0, 0,
	 0, 0, NULL, NULL, false},
	{"AtlasApiErrorRateHigh", "critical", "atlas", "service", "atlas-api",
	 "More than 5 % of the calls of atlas-api fail: %s", RATE_5XX " > 0.05", .083,
	 .02, 240, 62, 85, 5, NULL, NULL, false},
	{"QodexQueueBacklog", "warning", "qodex", "queue", "qodex-index",
	 "Messages wait in qodex-index: %s",
	 "sum by (queue) (servicebus_active_messages) > 5000", 8400, 1900, 0, 0, 0, 10,
	 NULL, NULL, false},
	{"KubePodCrashLooping", "warning", "qodex", "pod", "qodex-worker-7c9f6d5b8-x2lkp",
	 "Pod qodex/qodex-worker-7c9f6d5b8-x2lkp restarts again and again",
	 "increase(kube_pod_container_status_restarts_total[10m]) > 2", 4, 1, 0, 0, 0, 15,
	 NULL, NULL, false},
	{"NodeFilesystemFull", "warning", "platform", "instance",
	 "vm-qodex-relay-01:9100", "Less than 8 % is free on /var: %s",
	 "node_filesystem_avail_bytes / node_filesystem_size_bytes < 0.08", .064, .004, 0,
	 0, 0, 30, SILENCE_DISK, NULL, false},
	{"NodeDown", "critical", "platform", "instance", "vm-qodex-relay-02:9100",
	 "vm-qodex-relay-02 does not answer", "up{job=\"node\"} == 0", 0, 0, 0, 0, 0, 5,
	 NULL, NULL, false},
	{"RelayConnectionsLow", "warning", "qodex", "instance", "vm-qodex-relay-02:9101",
	 "Hardly anybody is connected to vm-qodex-relay-02", "relay_connections < 10", 0,
	 0, 0, 0, 0, 5, NULL, "NodeDown", false},
	{"SqlDtuHigh", "warning", "atlas", "database", "orders",
	 "orders uses more than 80 % of what it may: %s",
	 "azure_sql_cpu_percent_average > 80", 88, 6, 60, 15, 25, 10, NULL, NULL, false},
	{"IngressLatencyHigh", "page", "platform", "ingress", "nginx-public",
	 "The slowest 1 % of the calls take more than 2 s: %s",
	 "histogram_quantile(0.99, sum by (le) (rate(nginx_ingress_seconds_bucket[5m]))) "
	 "> 2",
	 2.6, .5, 180, 140, 30, 5, NULL, NULL, false},
	{"CheckoutSynthetic", "critical", "atlas", "probe", "checkout-weu",
	 "The checkout probe fails in West Europe", "probe_success == 0", 0, 0, 360, 200,
	 45, 2, NULL, NULL, true},
	{"LogVolume", "warning", "platform", "datasource", "Loki",
	 "Far more is logged than usual: %s", "rate(bytes[5m]) > 3e6", 3.4e6, 4e5, 120,
	 10, 70, 5, NULL, NULL, true},
};
const size_t n_alarms = COUNT(alarms);

/* What stays began some days ago, at another hour for each. */
static int64_t began_ms(const struct world *w, const struct alarm *alarm)
{
	int64_t day = rhythm_floor_div(w->now_ms, DAY_MS) - 2;
	size_t i = (size_t)(alarm - alarms);

	return day * DAY_MS + (int64_t)(rng_at(w->seed, i) * 20 * HOUR_MS);
}

enum alarm_state alarm_state_at(const struct world *w, const struct alarm *alarm,
				int64_t *since_ms)
{
	int64_t round_ms = alarm->every_min * MINUTE_MS;

	if (round_ms) {
		*since_ms = rhythm_floor_div(w->now_ms, round_ms) * round_ms +
			    alarm->from_min * MINUTE_MS + 23606;
		if (w->now_ms < *since_ms ||
		    w->now_ms >= *since_ms + alarm->for_min * MINUTE_MS)
			return ALARM_INACTIVE;
	} else {
		*since_ms = began_ms(w, alarm);
	}
	return w->now_ms - *since_ms < alarm->pending_min * MINUTE_MS ? ALARM_PENDING
								      : ALARM_FIRING;
}

double alarm_value(const struct world *w, const struct alarm *alarm)
{
	uint64_t seed = rng_mix(w->seed, (uint64_t)(alarm - alarms) + 900);

	return alarm->level + alarm->swing * rhythm_noise(seed, w->now_ms, 7 * MINUTE_MS);
}

void alarm_put_rule(struct strbuf *out, const struct alarm *alarm, enum alarm_state state)
{
	static const char *const states[] = {"inactive", "pending", "firing"};

	jw_text(out, "state", states[state]);
	jw_text(out, "name", alarm->name);
	jw_text(out, "query", alarm->expr);
	jw_int(out, "duration", alarm->pending_min * 60);
}

void alarm_put_labels(struct strbuf *out, const struct alarm *alarm)
{
	jw_object(out, "labels");
	jw_text(out, "alertname", alarm->name);
	jw_text(out, alarm->what, alarm->where);
	if (alarm->is_grafana)
		jw_text(out, "grafana_folder", "Service levels");
	if (alarm->severity)
		jw_text(out, "severity", alarm->severity);
	jw_text(out, "team", alarm->team);
	jw_object_end(out);
}

void alarm_put_annotations(struct strbuf *out, const struct world *w,
			   const struct alarm *alarm)
{
	struct str summary = str_from(alarm->summary);
	ptrdiff_t mark = str_find(summary, STR("%s"));

	jw_object(out, "annotations");
	if (mark < 0)
		jw_str(out, "summary", summary);
	else
		jw_format(out, "summary", "%.*s%.4g", (int)mark, alarm->summary,
			  alarm_value(w, alarm));
	jw_format(out, "runbook_url", "https://runbooks.contoso.example/%s", alarm->name);
	jw_object_end(out);
}
