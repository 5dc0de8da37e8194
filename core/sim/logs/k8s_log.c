/* What a container wrote, as an API server gives it: plain text, in chunks, to its end or
 * for as long as somebody listens. Refusals are a Status. Thread: core. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sim/k8s/k8s.h"
#include "sim/logs/podlog.h"
#include "sim/rhythm.h"

enum { CRASH_LIFE_MS = 14000, KEPT_HOURS = 6, TAIL_MOST = 100000 };

/* The pod asked for, with its own copies. */
struct found {
	struct str namespace, name;
	bool is_there;
	struct k8s_pod pod;
	char pod_name[128], node[64];
};

static void look(void *ctx, const struct k8s_pod *pod)
{
	struct found *f = ctx;

	if (!str_eq(f->namespace, str_from(pod->of->namespace)) ||
	    !str_eq(f->name, str_from(pod->name)))
		return;
	f->is_there = true;
	f->pod = *pod;
	snprintf(f->pod_name, sizeof(f->pod_name), "%s", pod->name);
	snprintf(f->node, sizeof(f->node), "%s", pod->node ? pod->node : "");
	f->pod.name = f->pod_name;
	f->pod.node = pod->node ? f->node : NULL;
}

/* An answer that goes on: one for each request, freed with it. */
struct flow {
	const struct world *w;
	struct found found;
	char container[64];
	struct podlog log;
	struct podlog_cursor cursor;
	struct strbuf rest; /* of a line that did not fit */
	bool is_followed, has_times;
	int64_t left; /* bytes; < 0: any number */
};

static void free_flow(void *ctx)
{
	struct flow *f = ctx;

	podlog_end(&f->cursor);
	strbuf_fini(&f->rest);
	free(f);
}

static void put_line(struct flow *f, const struct podlog_line *line)
{
	struct strbuf stamp;

	if (f->has_times) {
		strbuf_init(&stamp, 64);
		time_format_iso(&stamp, line->time_ns / 1000000, false);
		strbuf_cut(&stamp, stamp.n - 1);
		strbuf_printf(&f->rest, "%s.%09dZ ", stamp.p,
			      (int)(line->time_ns % 1000000000));
		strbuf_fini(&stamp);
	}
	strbuf_put(&f->rest, podlog_text(&f->cursor));
	strbuf_putc(&f->rest, '\n');
}

static size_t take(struct flow *f, char *out, size_t n)
{
	if (n > f->rest.n)
		n = f->rest.n;
	if (f->left >= 0 && (int64_t)n > f->left)
		n = (size_t)f->left;
	memcpy(out, f->rest.p, n);
	strbuf_consume(&f->rest, n);
	if (f->left >= 0)
		f->left -= (int64_t)n;
	return n;
}

static size_t read_flow(void *ctx, char *out, size_t n, bool *is_over)
{
	struct flow *f = ctx;
	int64_t now_ms = clock_wall_ms(f->w->clock);
	struct podlog_line line;

	while (f->rest.n < n && podlog_next(&f->cursor, now_ms * 1000000, &line))
		put_line(f, &line);
	n = take(f, out, n);
	*is_over =
		f->left == 0 || (n == 0 && (!f->is_followed || now_ms >= f->log.ends_ms));
	return n;
}

/* Where it begins: since a moment, or so many lines before the end. */
static int64_t begin_ns(const struct flow *f, const struct request *req)
{
	struct str since = request_query(req, "sinceTime");
	int64_t ms = f->w->now_ms - KEPT_HOURS * HOUR_MS, n, at;

	if (since.n && time_parse(since, &at) && at > ms)
		ms = at;
	if (str_to_i64(request_query(req, "sinceSeconds"), &n) && n > 0 &&
	    f->w->now_ms - n * 1000 > ms)
		ms = f->w->now_ms - n * 1000;
	return ms * 1000000;
}

static void skip_to_tail(struct flow *f, struct str tail)
{
	struct podlog_cursor scout;
	struct podlog_line line;
	int64_t n, all = 0, now_ns = f->w->now_ms * 1000000;

	if (!str_to_i64(tail, &n) || n < 0)
		return;
	podlog_begin(&scout, f->w, &f->log, f->cursor.second * 1000000000);
	while (all < TAIL_MOST && podlog_next(&scout, now_ns, &line))
		all++;
	podlog_end(&scout);
	while (all-- > n && podlog_next(&f->cursor, now_ns, &line))
		;
}

static void refuse(struct reply *rep, int status, const char *reason, const char *fmt,
		   ...) __attribute__((format(printf, 4, 5)));
static void refuse(struct reply *rep, int status, const char *reason, const char *fmt,
		   ...)
{
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	k8s_error(rep, status, reason, text);
}

static bool is_init(const struct k8s_pod *pod, struct str name)
{
	return pod->fault == FAULT_INIT &&
	       (str_eq(name, STR("wait-for-database")) || str_eq(name, STR("migrate")));
}

/* Which container is meant, and whether it has written anything. */
static bool has_log(struct flow *f, struct str asked, struct reply *rep)
{
	const struct k8s_pod *pod = &f->found.pod;
	const char *own = pod->of->name, *why = NULL;

	if (asked.n && !str_eq(asked, str_from(own)) && !is_init(pod, asked)) {
		refuse(rep, 400, "BadRequest", "container %.*s is not valid for pod %s",
		       STR_ARG(asked), pod->name);
		return false;
	}
	if (is_init(pod, asked))
		own = str_eq(asked, STR("migrate")) ? "migrate" : "wait-for-database";
	else if (pod->fault == FAULT_INIT)
		why = "PodInitializing";
	else if (pod->fault == FAULT_IMAGE)
		why = "trying and failing to pull image";
	if (why)
		refuse(rep, 400, "BadRequest",
		       "container \"%s\" in pod \"%s\" is waiting to start: %s", own,
		       pod->name, why);
	snprintf(f->container, sizeof(f->container), "%s", own);
	return why == NULL;
}

/* Of which of its lives. A container that waits to be started again shows its last one,
 * as if it were its own and as the previous one. */
static bool find_life(struct flow *f, bool is_previous, struct reply *rep)
{
	const struct k8s_pod *pod = &f->found.pod;
	bool is_own = strcmp(f->container, pod->of->name) == 0;
	struct crashes c = {.is_running = true};

	f->log.begins_ms = pod->began_ms + 3000;
	f->log.ends_ms = INT64_MAX;
	if (is_own && (pod->fault == FAULT_CRASH || pod->fault == FAULT_MEMORY))
		c = k8s_crashes(f->w, pod->of);
	else if (!is_own && strcmp(f->container, "migrate") != 0)
		f->log.ends_ms = pod->began_ms + 5000;
	else if (pod->of->kind == WORKLOAD_JOB)
		f->log.ends_ms = pod->began_ms + 41000;
	if (is_previous && c.count == 0) {
		refuse(rep, 400, "BadRequest",
		       "previous terminated container \"%s\" in pod \"%s\" not found",
		       f->container, pod->name);
		return false;
	}
	if (c.count && (is_previous || !c.is_running)) {
		f->log.ends_ms = c.last_ms;
		f->log.begins_ms = pod->fault == FAULT_CRASH ? c.last_ms - CRASH_LIFE_MS
							     : c.last_ms - HOUR_MS;
	} else if (c.count) {
		f->log.begins_ms = c.last_ms + 2000;
	}
	return true;
}

static bool is_true(struct str s)
{
	return str_eq(s, STR("true")) || str_eq(s, STR("1"));
}

static bool find_pod(struct flow *f, const struct request *req, struct reply *rep)
{
	const struct cluster *cluster = k8s_cluster(req, rep);

	if (!cluster)
		return false;
	f->found.namespace = request_param(req, "namespace");
	f->found.name = request_param(req, "pod");
	k8s_each_pod(f->w, cluster, look, &f->found);
	if (f->found.is_there)
		return true;
	refuse(rep, 404, "NotFound", "pods \"%.*s\" not found", STR_ARG(f->found.name));
	return false;
}

static void begin_flow(struct flow *f, const struct request *req, struct reply *rep)
{
	int64_t limit;

	f->is_followed = is_true(request_query(req, "follow"));
	f->has_times = is_true(request_query(req, "timestamps"));
	f->left = str_to_i64(request_query(req, "limitBytes"), &limit) && limit > 0
			  ? limit
			  : -1;
	podlog_begin(&f->cursor, f->w, &f->log, begin_ns(f, req));
	skip_to_tail(f, request_query(req, "tailLines"));
	strbuf_init(&f->rest, 1 << 20);
	reply_header(rep, "Content-Type", "text/plain");
	rep->flow = (struct reply_flow){.read = read_flow, .free = free_flow, .ctx = f};
}

void k8s_get_log(struct world *w, const struct request *req, struct reply *rep)
{
	struct flow *f = xcalloc(1, sizeof(*f));
	const struct k8s_pod *pod = &f->found.pod;

	f->w = w;
	if (!find_pod(f, req, rep)) {
		free(f);
		return;
	}
	f->log = (struct podlog){.of = pod->of,
				 .pod = pod->name,
				 .container = f->container,
				 .node = pod->node,
				 .fault = pod->fault};
	if (pod->is_leaving)
		refuse(rep, 500, "InternalError",
		       "Get \"https://10.224.0.7:10250/containerLogs/%s/%s/%s\": dial "
		       "tcp "
		       "10.224.0.7:10250: i/o timeout",
		       pod->of->namespace, pod->name, pod->of->name);
	/* A pod without a node has written nothing, and that is what is said. */
	else if (!pod->node)
		reply_header(rep, "Content-Type", "text/plain");
	else if (has_log(f, request_query(req, "container"), rep) &&
		 find_life(f, is_true(request_query(req, "previous")), rep))
		begin_flow(f, req, rep);
	if (!rep->flow.read)
		free(f);
}
