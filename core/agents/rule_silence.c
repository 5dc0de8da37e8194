/* The board log-silence: pods that run and of which the workspaces have nothing. Where a
 * whole node is not heard of while others are, its agent brings nothing; where a workload
 * is not, it writes nothing or is left out. A namespace of which no line ever comes is not
 * collected, and nobody waits for it. Thread: core. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "agents/rules.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"

enum { LINES, PODS, YOUNG_MS = 35 * 60 * 1000, ALL_PODS_LEAST = 2 };

/* Pods that have something in common: their node, or what made them. */
struct group {
	const char *cluster, *namespace, *name; /* namespace "": a node */
	unsigned pods, silent;
	unsigned silent_elsewhere; /* on nodes that are heard of */
};

struct pod {
	struct group *node, *of;
	bool is_silent;
};

struct silence {
	struct arena arena;
	struct map lines;      /* "namespace/pod" */
	struct map namespaces; /* that are collected */
	struct map clusters;   /* that are heard of */
	struct map by_name;    /* groups */
	VEC(struct group *) groups;
	VEC(struct pod) pods;
};

static void silence_init(struct silence *s)
{
	*s = (struct silence){0};
	arena_init(&s->arena);
	map_init(&s->lines);
	map_init(&s->namespaces);
	map_init(&s->clusters);
	map_init(&s->by_name);
}

static void silence_fini(struct silence *s)
{
	vec_fini(&s->pods);
	vec_fini(&s->groups);
	map_fini(&s->by_name);
	map_fini(&s->clusters);
	map_fini(&s->namespaces);
	map_fini(&s->lines);
	arena_fini(&s->arena);
}

static struct str path(struct silence *s, const char *a, const char *b, const char *c)
{
	struct strbuf out;
	struct str text;

	strbuf_init(&out, 4096);
	strbuf_printf(&out, "%s/%s/%s", a, b, c);
	text = arena_str(&s->arena, strbuf_str(&out));
	strbuf_fini(&out);
	return text;
}

static void read_lines(struct silence *s, const struct board *lines)
{
	for (size_t i = 0; i < lines->n_rows; i++) {
		const char *namespace = read_text(lines, i, "namespace");

		if (!(read_number(lines, i, "lines") > 0))
			continue;
		map_put(&s->namespaces, str_from(namespace), s);
		map_put(&s->lines, path(s, "", namespace, read_text(lines, i, "pod")), s);
	}
}

static struct group *group_of(struct silence *s, const char *cluster,
			      const char *namespace, const char *name)
{
	struct str key = path(s, cluster, namespace, name);
	struct group *g = map_find(&s->by_name, key);

	if (!g) {
		g = arena_calloc(&s->arena, 1, sizeof(*g));
		*g = (struct group){.cluster = cluster,
				    .namespace = namespace,
				    .name = name};
		map_put(&s->by_name, key, g);
		vec_push(&s->groups, g);
	}
	return g;
}

/* Long enough there for its lines to have come. */
static bool is_waited_for(const struct silence *s, const struct derive *d, size_t i)
{
	const struct board *pods = d->boards[PODS];

	return strcmp(read_text(pods, i, "state"), "Running") == 0 &&
	       (double)d->now_ms - read_number(pods, i, "born") > YOUNG_MS &&
	       map_find(&s->namespaces, str_from(read_text(pods, i, "namespace")));
}

static void read_pods(struct silence *s, const struct derive *d)
{
	const struct board *pods = d->boards[PODS];

	for (size_t i = 0; i < pods->n_rows; i++) {
		const char *cluster = read_text(pods, i, "cluster");
		const char *namespace = read_text(pods, i, "namespace");
		struct pod pod;

		if (!is_waited_for(s, d, i))
			continue;
		pod.node = group_of(s, cluster, "", read_text(pods, i, "node"));
		pod.of = group_of(s, cluster, namespace, read_text(pods, i, "of"));
		pod.is_silent = !map_find(&s->lines, path(s, "", namespace,
							  read_text(pods, i, "pod")));
		pod.node->pods++;
		pod.of->pods++;
		pod.node->silent += pod.is_silent;
		pod.of->silent += pod.is_silent;
		if (!pod.is_silent)
			map_put(&s->clusters, str_from(cluster), s);
		vec_push(&s->pods, pod);
	}
}

static bool is_node(const struct group *g)
{
	return *g->namespace == '\0';
}

static bool is_cut_off(const struct silence *s, const struct group *node)
{
	return node->silent == node->pods && node->pods >= ALL_PODS_LEAST &&
	       map_find(&s->clusters, str_from(node->cluster));
}

/* "ReplicaSet/orders-api-4dc7b77875" is the workload orders-api. */
static struct str workload_of(const char *of)
{
	struct str name = str_from(of), kind;
	bool is_set = str_starts(name, STR("ReplicaSet/"));
	size_t n;

	if (!str_next(&name, '/', &kind) || !name.p)
		return str_from(of);
	for (n = name.n; is_set && n > 0 && name.p[n - 1] != '-'; n--)
		;
	return is_set && n > 1 ? str_sub(name, 0, n - 1) : name;
}

static void add_row(cJSON *rows, const struct silence *s, const struct group *g)
{
	bool is_cut = is_node(g) && is_cut_off(s, g);
	struct str name = is_node(g) ? str_from(g->name) : workload_of(g->name);
	char text[256], why[160];
	cJSON *row;

	if (!is_cut && (is_node(g) || g->silent < g->pods || !g->silent_elsewhere))
		return;
	row = cJSON_CreateObject();
	snprintf(text, sizeof(text), "%s/%s/%.*s", g->cluster, g->namespace,
		 STR_ARG(name));
	derive_put_text(row, "key", text);
	snprintf(text, sizeof(text), "%.*s", STR_ARG(name));
	derive_put_text(row, "subject", text);
	derive_put_text(row, "kind", is_node(g) ? "node" : "workload");
	derive_put_text(row, "state", is_cut ? "cut off" : "silent");
	derive_put_text(row, "cluster", g->cluster);
	derive_put_text(row, "namespace", g->namespace);
	derive_put_number(row, "pods", g->silent);
	snprintf(why, sizeof(why),
		 is_cut ? "no line of its %u pods has come; other nodes are heard of"
			: "its %u pods run, and no line of them has come",
		 g->silent);
	derive_put_text(row, "why", why);
	cJSON_AddItemToArray(rows, row);
}

/* An answer that is not whole says nothing of what is missing in it. */
static bool is_whole(const struct board *board)
{
	return !board->is_partial && !board->is_stale;
}

static cJSON *silence_rows(const struct derive *d)
{
	cJSON *rows = cJSON_CreateArray();
	const struct pod *pod;
	struct silence s;

	if (!is_whole(d->boards[LINES]))
		return rows;
	silence_init(&s);
	read_lines(&s, d->boards[LINES]);
	read_pods(&s, d);
	vec_each (pod, &s.pods)
		pod->of->silent_elsewhere += pod->is_silent && !is_cut_off(&s, pod->node);
	for (size_t i = 0; i < s.groups.n; i++)
		add_row(rows, &s, s.groups.p[i]);
	silence_fini(&s);
	return rows;
}

const struct derive_rule rule_log_silence = {
	.name = "log-silence",
	.from = {"log-pods", "k8s-pods"},
	.rows = silence_rows,
};
