/* The board node-pools: what Azure aims at, what Kubernetes has, and which pods find no
 * place. Thread: core. */
#include <math.h>
#include <string.h>

#include "agents/node_hours.h"
#include "board/hours_row.h"
#include "board/list_price.h"
#include "agents/rules.h"
#include "base/vec.h"

enum { POOLS, NODES, PODS };

struct pool {
	const char *cluster, *name; /* "": any of the cluster */
	double there, ready;	    /* NAN: Kubernetes was not asked */
	unsigned pending;
	const char *why; /* of the pod that has waited for longest */
	double oldest_ms;
};

static bool is_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

struct node {
	const char *cluster, *pool;
	bool is_ready;
};

/* A pod without a place. */
struct pending {
	const char *cluster, *pool, *why;
	double born_ms;
};

/* What Kubernetes says, read once for all pools. */
struct seen {
	VEC(struct node) nodes;
	VEC(struct pending) pods;
};

static void seen_init(struct seen *seen, const struct board *nodes,
		      const struct board *pods)
{
	*seen = (struct seen){0};
	for (size_t i = 0; nodes && i < nodes->n_rows; i++)
		vec_push(&seen->nodes,
			 (struct node){
				 .cluster = read_text(nodes, i, "cluster"),
				 .pool = read_text(nodes, i, "pool"),
				 .is_ready =
					 is_same(read_text(nodes, i, "state"), "Ready"),
			 });
	for (size_t i = 0; pods && i < pods->n_rows; i++) {
		if (is_same(read_text(pods, i, "placed"), "False"))
			vec_push(&seen->pods,
				 (struct pending){
					 .cluster = read_text(pods, i, "cluster"),
					 .pool = read_text(pods, i, "wants_pool"),
					 .why = read_text(pods, i, "why"),
					 .born_ms = read_number(pods, i, "born"),
				 });
	}
}

static void seen_fini(struct seen *seen)
{
	vec_fini(&seen->nodes);
	vec_fini(&seen->pods);
}

/* A cluster whose nodes are on the board answers; without any it was not asked. */
static void count_nodes(struct pool *p, const struct seen *seen)
{
	const struct node *node;

	p->there = p->ready = NAN;
	vec_each (node, &seen->nodes) {
		if (!is_same(node->cluster, p->cluster))
			continue;
		if (isnan(p->there))
			p->there = p->ready = 0;
		if (!is_same(node->pool, p->name))
			continue;
		p->there++;
		p->ready += node->is_ready;
	}
}

static void count_pods(struct pool *p, const struct seen *seen)
{
	const struct pending *pod;

	vec_each (pod, &seen->pods) {
		if (!is_same(pod->cluster, p->cluster) || !is_same(pod->pool, p->name))
			continue;
		p->pending++;
		if (p->pending == 1 || pod->born_ms < p->oldest_ms) {
			p->oldest_ms = pod->born_ms;
			p->why = pod->why;
		}
	}
}

/* Whether a node more would help, by the scheduler's words. */
static bool is_about_room(const char *why)
{
	return str_find(str_from(why), STR("Insufficient")) >= 0 ||
	       str_find(str_from(why), STR("Too many pods")) >= 0;
}

static const char *state_of(const struct pool *p, const struct board *pools, size_t row)
{
	const char *change = read_text(pools, row, "state");
	double aim = read_number(pools, row, "count"),
	       max = read_number(pools, row, "max");
	bool is_scaled = is_same(read_text(pools, row, "autoscale"), "on");

	if (is_same(change, "Stopped"))
		return "off";
	if (p->pending && is_about_room(p->why) && is_scaled && aim >= max)
		return "no room";
	if (p->pending && is_about_room(p->why) && !is_scaled)
		return "no scaling";
	if (is_same(change, "Failed"))
		return "failed";
	if (p->pending)
		return "waiting pods";
	if (isnan(p->there))
		return "unknown";
	if (p->ready < p->there)
		return is_same(change, "Succeeded") ? "unready" : "changing";
	if (p->there < aim)
		return is_same(change, "Succeeded") ? "missing" : "changing";
	return is_same(change, "Succeeded") || is_same(change, "Running") ? "fine"
									  : "changing";
}

static cJSON *row_new(cJSON *rows, const struct pool *p, const char *key,
		      const char *state)
{
	cJSON *row = cJSON_CreateObject();

	derive_put_text(row, "key", key);
	derive_put_text(row, "pool", *p->name ? p->name : "any pool");
	derive_put_text(row, "cluster", p->cluster);
	derive_put_text(row, "state", state);
	derive_put_number(row, "there", p->there);
	derive_put_number(row, "ready", p->ready);
	derive_put_text(row, "why", p->why);
	derive_put_time(row, "oldest", p->pending ? (int64_t)p->oldest_ms : 0);
	cJSON_AddItemToArray(rows, row);
	return row;
}

/* What its business hours ask for; without a tag there are none. */
static void put_hours(cJSON *out, struct hours *hours, const struct board *pools,
		      size_t row, double hourly)
{
	const struct node_aim aim = node_aim_read(pools, row);
	const char *tag = hours_tag(hours, pools, row);
	struct wanted wanted;
	struct node_hours now;
	struct strbuf text;

	if (!tag)
		return;
	hours_look(hours, tag, &wanted);
	node_hours_look(&wanted, &aim, hours->d->now_ms, &now);
	derive_put_text(out, "drift", node_drift_word(now.drift));
	derive_put_number(out, "want", now.want);
	derive_put_time(out, "edge", now.edge_ms);
	if (now.drift == NODE_DRIFT_MORE || now.drift == NODE_DRIFT_FEWER)
		derive_put_number(out, "drift_cost", now.extra * hourly);
	strbuf_init(&text, 64);
	if (wanted.has_next) {
		hours_put_edge(&text, &wanted.next);
		derive_put_time(out, "next", wanted.next.at_ms);
		derive_put_text(out, "then", text.p);
	}
	strbuf_fini(&text);
	derive_put_text(out, "tag", tag);
	derive_put_text(out, "error", now.error);
}

static void put_pool(cJSON *rows, struct hours *hours, const struct seen *seen,
		     size_t row)
{
	const struct derive *d = hours->d;
	const struct board *pools = d->boards[POOLS];
	double factor = d->config ? d->config->schedules.price_factor : 1;
	double aim = read_number(pools, row, "count");
	struct pool p = {.cluster = read_text(pools, row, "cluster"),
			 .name = read_text(pools, row, "pool"),
			 .why = ""};
	const char *size = read_text(pools, row, "size"), *state;
	double hourly = *read_text(pools, row, "spot") ? NAN : machine_price_hourly(size);
	cJSON *out;

	count_nodes(&p, seen);
	count_pods(&p, seen);
	state = state_of(&p, pools, row);
	out = row_new(rows, &p, pools->rows[row].key.p, state);
	derive_put_number(out, "aim", aim);
	derive_put_number(out, "pending", d->boards[PODS] ? p.pending : NAN);
	derive_put_number(out, "min", read_number(pools, row, "min"));
	derive_put_number(out, "max", read_number(pools, row, "max"));
	derive_put_text(out, "autoscale", read_text(pools, row, "autoscale"));
	derive_put_text(out, "provisioning", read_text(pools, row, "state"));
	derive_put_text(out, "version", read_text(pools, row, "version"));
	derive_put_text(out, "mode", read_text(pools, row, "mode"));
	derive_put_text(out, "size", size);
	derive_put_number(out, "cost", is_same(state, "off") ? 0 : aim * hourly * factor);
	derive_put_text(out, "currency",
			d->config ? d->config->schedules.currency : "USD");
	put_hours(out, hours, pools, row, hourly * factor);
}

/* Pods that name no pool: any of the cluster would do, and none does. */
static void put_others(cJSON *rows, const struct seen *seen, const char *cluster)
{
	struct pool p = {
		.cluster = cluster, .name = "", .why = "", .there = NAN, .ready = NAN};
	cJSON *row;

	count_pods(&p, seen);
	if (!p.pending)
		return;
	row = row_new(rows, &p, cluster, "waiting pods");
	derive_put_number(row, "pending", p.pending);
}

static cJSON *make_rows(const struct derive *d)
{
	const struct board *pools = d->boards[POOLS];
	cJSON *rows = cJSON_CreateArray();
	struct hours hours;
	struct seen seen;

	hours_init(&hours, d);
	seen_init(&seen, d->boards[NODES], d->boards[PODS]);
	for (size_t i = 0; i < pools->n_rows; i++) {
		const char *cluster = read_text(pools, i, "cluster");
		bool is_first = true;

		put_pool(rows, &hours, &seen, i);
		for (size_t k = 0; k < i; k++)
			is_first = is_first &&
				   !is_same(read_text(pools, k, "cluster"), cluster);
		if (is_first)
			put_others(rows, &seen, cluster);
	}
	seen_fini(&seen);
	hours_fini(&hours);
	return rows;
}

const struct derive_rule rule_node_pools = {
	.name = "node-pools",
	.from = {"aks-pools", "?k8s-nodes", "?k8s-pods"},
	.rows = make_rows,
};
