/* Elasticsearch's cluster, and Kibana in front of it. The cat interface writes every
 * figure as a text; a shard that lies nowhere has a row without a node. Thread: core. */
#include "sim/desk/desk.h"

#include "base/count.h"
#include "sim/rhythm.h"
#include "sim/service.h"

enum { UNASSIGNED = 4, SHARDS = 187 };

static const struct es_node {
	const char *name, *ip;
	int shards;
	double used, swing; /* percent */
	int64_t size;
} nodes[] = {
	{"es-data-weu-01", "10.42.5.11", 62, 71, 1.2, 512LL << 30},
	{"es-data-weu-02", "10.42.5.12", 63, 74, 1.3, 512LL << 30},
	{"es-data-weu-03", "10.42.5.13", 62, 91.4, .4, 512LL << 30},
};
#define N_NODES (COUNT(nodes))

static const struct es_index {
	const char *name, *health;
	int primaries, replicas;
	int64_t docs, bytes;
} indices[] = {
	{"logs-atlas-2026.03", "green", 6, 1, 412800331, 188LL << 30},
	{"logs-qodex-2026.03", "yellow", 6, 1, 901244120, 410LL << 30},
	{"audit-2026", "green", 2, 1, 18220915, 22LL << 30},
	{"apm-traces-000042", "yellow", 4, 1, 288114093, 133LL << 30},
	{".kibana_8.15.1_001", "green", 1, 1, 2311, 7LL << 20},
};
#define N_INDICES (COUNT(indices))

void elastic_health(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;
	int waiting = (int)(3 + 3 * rhythm_noise(w->seed ^ 71, w->now_ms, 3 * MINUTE_MS));

	(void)req;
	jw_object(out, NULL);
	jw_text(out, "cluster_name", "logs-weu");
	jw_text(out, "status", "yellow");
	jw_bool(out, "timed_out", false);
	jw_int(out, "number_of_nodes", N_NODES + 3);
	jw_int(out, "number_of_data_nodes", N_NODES);
	jw_int(out, "active_primary_shards", 96);
	jw_int(out, "active_shards", SHARDS);
	jw_int(out, "relocating_shards", waiting > 3);
	jw_int(out, "initializing_shards", 0);
	jw_int(out, "unassigned_shards", UNASSIGNED);
	jw_int(out, "delayed_unassigned_shards", 0);
	jw_int(out, "number_of_pending_tasks", waiting);
	jw_int(out, "number_of_in_flight_fetch", 0);
	jw_int(out, "task_max_waiting_in_queue_millis", waiting * 41);
	jw_number(out, "active_shards_percent_as_number",
		  100. * SHARDS / (SHARDS + UNASSIGNED), 10);
	jw_object_end(out);
}

static void put_count(struct strbuf *out, const char *key, int64_t value)
{
	jw_format(out, key, "%lld", (long long)value);
}

void elastic_allocation(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)req;
	jw_list(out, NULL);
	for (size_t i = 0; i < N_NODES; i++) {
		const struct es_node *n = &nodes[i];
		double percent = n->used + n->swing * rhythm_noise(w->seed + i, w->now_ms,
								   20 * MINUTE_MS);
		int64_t used = (int64_t)((double)n->size * percent / 100);

		jw_object(out, NULL);
		put_count(out, "shards", n->shards);
		put_count(out, "disk.indices", used - (9LL << 30));
		put_count(out, "disk.used", used);
		put_count(out, "disk.avail", n->size - used);
		put_count(out, "disk.total", n->size);
		put_count(out, "disk.percent", (int64_t)percent);
		jw_text(out, "host", n->ip);
		jw_text(out, "ip", n->ip);
		jw_text(out, "node", n->name);
		jw_object_end(out);
	}
	jw_object(out, NULL);
	put_count(out, "shards", UNASSIGNED);
	jw_null(out, "disk.indices");
	jw_null(out, "disk.used");
	jw_null(out, "disk.avail");
	jw_null(out, "disk.total");
	jw_null(out, "disk.percent");
	jw_null(out, "host");
	jw_null(out, "ip");
	jw_text(out, "node", "UNASSIGNED");
	jw_object_end(out);
	jw_list_end(out);
}

void elastic_indices(struct world *w, const struct request *req, struct reply *rep)
{
	struct str health = request_query(req, "health");
	struct strbuf *out = &rep->body;

	jw_list(out, NULL);
	for (size_t i = 0; i < N_INDICES; i++) {
		const struct es_index *x = &indices[i];

		if (health.n && !str_eq(health, str_from(x->health)))
			continue;
		jw_object(out, NULL);
		jw_text(out, "health", x->health);
		jw_text(out, "status", "open");
		jw_text(out, "index", x->name);
		jw_text(out, "uuid", guid_of(w->seed, x->name, 0).text);
		put_count(out, "pri", x->primaries);
		put_count(out, "rep", x->replicas);
		put_count(out, "docs.count", x->docs + w->now_ms % DAY_MS / 50);
		put_count(out, "docs.deleted", 0);
		put_count(out, "store.size", x->bytes * 2);
		put_count(out, "pri.store.size", x->bytes);
		jw_object_end(out);
	}
	jw_list_end(out);
}

static void put_level(struct strbuf *out, const char *name, const char *level,
		      const char *summary)
{
	jw_object(out, name);
	jw_text(out, "level", level);
	jw_text(out, "summary", summary);
	jw_object_end(out);
}

void kibana_status(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)req;
	jw_object(out, NULL);
	jw_text(out, "name", "kibana-weu");
	jw_text(out, "uuid", guid_of(w->seed, "kibana", 0).text);
	jw_object(out, "version");
	jw_text(out, "number", "8.15.1");
	jw_int(out, "build_number", 76596);
	jw_bool(out, "build_snapshot", false);
	jw_object_end(out);
	jw_object(out, "status");
	put_level(out, "overall", "degraded",
		  "1 service(s) and 1 plugin(s) are degraded");
	jw_object(out, "core");
	put_level(out, "elasticsearch", "available", "Elasticsearch is available");
	put_level(out, "savedObjects", "degraded",
		  "SavedObjects service is retrying to reach Elasticsearch");
	jw_object_end(out);
	jw_object(out, "plugins");
	put_level(out, "alerting", "available", "Alerting is (probably) ready");
	put_level(out, "fleet", "available", "Fleet is available");
	put_level(out, "reporting", "degraded", "Browser could not be started");
	put_level(out, "security", "available", "All services are available");
	jw_object_end(out);
	jw_object_end(out);
	jw_object(out, "metrics");
	jw_object(out, "response_times");
	jw_number(out, "avg_in_millis",
		  84 + 40 * rhythm_noise(w->seed ^ 5, w->now_ms, MINUTE_MS), 1);
	jw_int(out, "max_in_millis", 911);
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
}
