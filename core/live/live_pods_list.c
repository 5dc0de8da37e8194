/* See pods.h: which pods there are, asked again and again, in one cluster or in several. */
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "live/pods.h"
#include "net/retry.h"

enum {
	LIST_MS = 10000,
	LIST_SOON_MS = 500,
	LIST_PAUSE_MOST_MS = 60000,
};

/* Names become parts of an address. */
static bool copy_name(char *out, size_t size, const char *name)
{
	struct str s = str_from(name);

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' &&
		    c != '.')
			return false;
	}
	if (s.n == 0 || s.n >= size)
		return false;
	memcpy(out, s.p, s.n + 1);
	return true;
}

/* NAME-XXXXX of a workload NAME: what is behind its name has no '-'. */
static bool is_set_of(struct str set, struct str workload)
{
	return set.n > workload.n + 1 && str_starts(set, workload) &&
	       set.p[workload.n] == '-' &&
	       str_find_char(str_sub(set, workload.n + 1, set.n), '-') < 0;
}

/* Its own name, or that of the workload it is of. */
static bool is_meant(const struct log_source *source, const cJSON *meta)
{
	const cJSON *owners = json_member(meta, "ownerReferences"), *owner;

	if (!str_fits_nocase(str_from(json_text(meta, "namespace")), source->namespace))
		return false;
	if (str_fits_nocase(str_from(json_text(meta, "name")), source->name))
		return true;
	cJSON_ArrayForEach (owner, owners) {
		struct str name = str_from(json_text(owner, "name"));
		const char *kind = json_text(owner, "kind");
		bool is_set = kind && strcmp(kind, "ReplicaSet") == 0;

		if (str_eq(name, source->name) ||
		    (is_set && is_set_of(name, source->name)))
			return true;
	}
	return false;
}

static const cJSON *status_of(const cJSON *status, bool is_init, const char *name)
{
	const cJSON *each,
		*statuses = json_member(status, is_init ? "initContainerStatuses"
							: "containerStatuses");

	cJSON_ArrayForEach (each, statuses) {
		const char *own = json_text(each, "name");

		if (own && strcmp(own, name) == 0)
			return each;
	}
	return NULL;
}

static void read_status(struct container_now *now, const cJSON *status)
{
	const cJSON *last = json_member(json_member(status, "lastState"), "terminated");
	double restarts;

	now->is_running = json_member(json_member(status, "state"), "running") != NULL;
	if (json_number(status, "restartCount", &restarts) && restarts > 0 &&
	    restarts < 1e9)
		now->restarts = (int64_t)restarts;
	if (!time_parse(str_from(json_text(last, "finishedAt")), &now->ended_ms))
		now->ended_ms = 0;
}

/* A container for the start is of interest while it is not through. */
static bool is_through(const cJSON *status)
{
	const cJSON *end = json_member(json_member(status, "state"), "terminated");
	double code;

	return json_number(end, "exitCode", &code) && code == 0;
}

static struct container_log *find(const struct pods *p, const struct connection *conn,
				  const struct container_now *now)
{
	for (struct container_log *c = p->first; c; c = c->next) {
		if (c->connection == conn && strcmp(c->now.uid, now->uid) == 0 &&
		    strcmp(c->now.pod, now->pod) == 0 &&
		    strcmp(c->now.name, now->name) == 0)
			return c;
	}
	return NULL;
}

static size_t count_logs(const struct pods *p)
{
	size_t n = 0;

	for (const struct container_log *c = p->first; c; c = c->next)
		n += c->state != CONTAINER_DONE;
	return n;
}

static void take_container(struct cluster *k, const struct container_now *now)
{
	struct pods *p = k->pods;
	struct container_log *c = find(p, k->connection, now);

	if (c)
		container_log_update(c, now);
	else if (count_logs(p) >= PODS_STREAMS_MOST)
		p->left_out++;
	else
		container_log_start(p, k->connection, now);
}

static void take_containers(struct cluster *k, const cJSON *pod,
			    struct container_now *now, bool is_init)
{
	const struct log_source *source = &k->pods->f->source;
	const cJSON *each, *list = json_member(json_member(pod, "spec"),
					       is_init ? "initContainers" : "containers");

	cJSON_ArrayForEach (each, list) {
		const cJSON *status;

		if (!copy_name(now->name, sizeof(now->name), json_text(each, "name")) ||
		    (source->container.n &&
		     !str_fits_nocase(str_from(now->name), source->container)))
			continue;
		status = status_of(json_member(pod, "status"), is_init, now->name);
		if (!source->container.n && is_init && is_through(status))
			continue;
		now->is_init = is_init;
		now->is_alone = !is_init && (source->container.n || !list->child->next);
		now->restarts = now->ended_ms = 0;
		read_status(now, status);
		take_container(k, now);
	}
}

static void take_pod(struct cluster *k, const cJSON *pod)
{
	const cJSON *meta = json_member(pod, "metadata");
	struct container_now now = {0};

	if (!is_meant(&k->pods->f->source, meta) ||
	    !copy_name(now.namespace, sizeof(now.namespace),
		       json_text(meta, "namespace")) ||
	    !copy_name(now.pod, sizeof(now.pod), json_text(meta, "name")))
		return;
	snprintf(now.uid, sizeof(now.uid), "%s",
		 json_text(meta, "uid") ? json_text(meta, "uid") : "");
	take_containers(k, pod, &now, true);
	take_containers(k, pod, &now, false);
}

static void take_list(struct cluster *k, const cJSON *answer)
{
	struct pods *p = k->pods;
	const cJSON *pod, *items = json_member(answer, "items");
	struct container_log *c;

	for (c = p->first; c; c = c->next) {
		if (c->connection == k->connection)
			c->is_listed = false;
	}
	p->left_out = 0;
	cJSON_ArrayForEach (pod, items)
		take_pod(k, pod);
	for (c = p->first; c; c = c->next) {
		if (c->connection == k->connection && !c->is_listed &&
		    c->state != CONTAINER_DONE)
			container_log_gone(c);
	}
}

static void drop_done(struct pods *p)
{
	struct container_log **at = &p->first;

	while (*at) {
		struct container_log *c = *at;

		/* What is still listed is remembered, or it would begin anew. */
		if (c->state != CONTAINER_DONE || c->is_listed) {
			at = &c->next;
			continue;
		}
		*at = c->next;
		container_log_free(c);
	}
}

static void list_done(struct api_answer *answer, void *ctx)
{
	struct cluster *k = ctx;
	struct pods *p = k->pods;
	bool is_once = p->f->is_once;
	int64_t wait = feeder_pace(p->f, LIST_MS);

	k->call = 0;
	k->err = answer->err;
	k->has_answered |= answer->json != NULL;
	k->tries = answer->json ? 0 : k->tries + 1;
	if (answer->json)
		take_list(k, answer->json);
	else
		wait = answer->err.retry_after_ms > 0
			       ? answer->err.retry_after_ms
			       : retry_pause_ms(k->tries + 2, LIST_PAUSE_MOST_MS, 0.5);
	drop_done(p);
	k->is_over = is_once;
	if (!is_once) {
		loop_timer_stop(k->again);
		k->again =
			loop_timer_start(feeder_options(p->f)->loop, wait, pods_list, k);
	}
	pods_run_merge(p);
	pods_tell(p);
}

void pods_list(void *cluster)
{
	struct cluster *k = cluster;
	struct str namespace = k->pods->f->source.namespace;
	struct api_call call = {.connection = k->connection, .method = HTTP_GET};
	struct strbuf path;

	k->again = NULL;
	strbuf_init(&path, 1024);
	if (str_find_char(namespace, '*') >= 0)
		strbuf_puts(&path, "/api/v1/pods?limit=500");
	else
		strbuf_printf(&path, "/api/v1/namespaces/%.*s/pods?limit=500",
			      STR_ARG(namespace));
	call.path = strbuf_str(&path);
	k->call = api_start(feeder_options(k->pods->f)->api, &call, list_done, k);
	strbuf_fini(&path);
}

void pods_look_again(struct pods *p, const struct connection *connection)
{
	for (size_t i = 0; i < p->n_clusters; i++) {
		struct cluster *k = &p->clusters[i];

		if (k->connection != connection || k->call || p->f->is_once)
			continue;
		loop_timer_stop(k->again);
		k->again = loop_timer_start(feeder_options(p->f)->loop, LIST_SOON_MS,
					    pods_list, k);
	}
}
