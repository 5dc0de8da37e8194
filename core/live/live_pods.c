/* See pods.h: which pods there are, asked again and again, in one cluster or in several;
 * and their lines, merged by time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "live/pods.h"
#include "net/retry.h"

enum {
	LIST_MS = 10000,
	LIST_SOON_MS = 500,
	LIST_PAUSE_MOST_MS = 60000,
	LIVE_MS = 300,
	BEHIND_MS = 8000,
	WAITING_MOST_BYTES = 32 << 20,
	/* Lines at a time: the loop is not held for long. */
	SLICE_LINES = 4000,
	MERGE_LOOK_MS = 200,
	QUIET_MS = 1500, /* who says nothing for so long has caught up */
};

static void list(void *ctx);

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
		k->again = loop_timer_start(feeder_options(p->f)->loop, wait, list, k);
	}
	pods_run_merge(p);
	pods_tell(p);
}

static void list(void *ctx)
{
	struct cluster *k = ctx;
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
					    list, k);
	}
}

static void run_merge(void *ctx)
{
	struct pods *p = ctx;
	int64_t now_ms = feeder_mono_ms(p->f), wait;

	p->running = NULL;
	for (struct container_log *c = p->first; c && !p->f->is_once; c = c->next) {
		if (c->input && c->state == CONTAINER_ASKING &&
		    now_ms - c->heard_ms >= QUIET_MS)
			merge_set_live(c->input, true);
	}
	wait = merge_run(p->merge, now_ms, SLICE_LINES);
	if (wait > MERGE_LOOK_MS)
		wait = MERGE_LOOK_MS;
	if (wait >= 0)
		p->running =
			loop_timer_start(feeder_options(p->f)->loop, wait, run_merge, p);
	else
		pods_tell(p);
}

void pods_run_merge(struct pods *p)
{
	if (!p->running)
		p->running =
			loop_timer_start(feeder_options(p->f)->loop, 0, run_merge, p);
}

/* How it is, over all containers and clusters. */
struct tally {
	size_t n, open, done, failed;
	const struct container_log *bad; /* the first that cannot be read */
	const struct cluster *deaf;	 /* the first whose list cannot be had */
	bool is_asking;			 /* a list has not come yet */
};

/* A break that is over in a moment is nobody's concern. */
static bool is_trouble(const struct container_log *c)
{
	return c->err.code != ERR_NONE &&
	       (c->tries > 1 || c->state == CONTAINER_DONE ||
		c->state == CONTAINER_RESTING || c->err.code == ERR_AUTH ||
		c->err.code == ERR_FORBIDDEN);
}

static struct tally count_all(const struct pods *p)
{
	struct tally t = {0};

	for (const struct container_log *c = p->first; c; c = c->next) {
		t.n++;
		t.open += c->state == CONTAINER_ASKING;
		t.done += c->state == CONTAINER_DONE;
		if (!is_trouble(c))
			continue;
		t.failed++;
		if (!t.bad)
			t.bad = c;
	}
	for (size_t i = 0; i < p->n_clusters; i++) {
		const struct cluster *k = &p->clusters[i];

		t.is_asking |= !k->has_answered && k->err.code == ERR_NONE;
		if (!t.deaf && k->err.code != ERR_NONE)
			t.deaf = k;
	}
	return t;
}

static void put_note(const struct pods *p, const struct tally *t)
{
	struct strbuf note;

	strbuf_init(&note, 2048);
	if (t->deaf)
		strbuf_printf(&note, "%s: %s", t->deaf->connection->name,
			      t->deaf->err.text);
	if (t->bad)
		strbuf_printf(&note, "%s%zu of %zu cannot be read: %s: %s",
			      note.n ? "; " : "", t->failed, t->n, t->bad->now.pod,
			      t->bad->err.text);
	if (p->left_out)
		strbuf_printf(&note, "%s%zu containers are left out: %d are the most",
			      note.n ? "; " : "", p->left_out, PODS_STREAMS_MOST);
	feeder_set_note(p->f, note.p);
	strbuf_fini(&note);
}

/* No container is there: why. */
static bool say_none(const struct pods *p, const struct tally *t, struct err *err)
{
	if (t->deaf) {
		*err = t->deaf->err;
		return err_wrap(err, "pods of %s", t->deaf->connection->name);
	}
	return err_set(err, ERR_NOT_FOUND, "there is no pod %.*s/%.*s%s%.*s in %s",
		       STR_ARG(p->f->source.namespace), STR_ARG(p->f->source.name),
		       p->f->source.container.n ? " with a container " : "",
		       STR_ARG(p->f->source.container),
		       p->n_clusters == 1 ? p->clusters[0].connection->name
					  : "any cluster");
}

static void tell_once(struct pods *p, const struct tally *t)
{
	struct err err;

	if (t->is_asking || t->done < t->n || merge_waiting(p->merge))
		return;
	if (t->n && t->failed < t->n) {
		feeder_set_state(p->f, LIVE_ENDED, NULL);
		return;
	}
	if (t->bad) {
		err = t->bad->err;
		err_wrap(&err, "%s", t->bad->now.pod);
	} else {
		say_none(p, t, &err);
	}
	feeder_set_state(p->f, LIVE_FAILED, &err);
}

/* What will not get better by itself, and has never been there. */
static bool is_hopeless(const struct pods *p)
{
	for (size_t i = 0; i < p->n_clusters; i++) {
		const struct cluster *k = &p->clusters[i];

		if (k->has_answered || k->err.code == ERR_NONE ||
		    err_is_retryable(k->err.code))
			return false;
	}
	return true;
}

void pods_tell(struct pods *p)
{
	struct tally t = count_all(p);
	struct err err;

	feeder_set_origins(p->f, t.n - t.done);
	put_note(p, &t);
	if (p->f->is_once) {
		tell_once(p, &t);
	} else if (t.open) {
		feeder_set_state(p->f, LIVE_FOLLOWING, NULL);
	} else if (t.bad) {
		err = t.bad->err;
		err_wrap(&err, "%s", t.bad->now.pod);
		feeder_set_state(p->f, LIVE_WAITING, &err);
	} else if (t.n > t.done) {
		feeder_set_state(p->f, LIVE_WAITING, NULL);
	} else if (!t.is_asking) {
		say_none(p, &t, &err);
		feeder_set_state(p->f, is_hopeless(p) ? LIVE_FAILED : LIVE_WAITING, &err);
	}
}

static void put_line(void *ctx, const struct line *line)
{
	feeder_put(ctx, line);
}

/* The one that is named, or every cluster there is. */
static bool find_clusters(struct pods *p, struct err *err)
{
	const struct live_options *o = feeder_options(p->f);
	const struct connection *conn = feeder_connection(p->f, CONN_K8S, err);

	if (!conn)
		return false;
	for (size_t i = 0; conn && p->n_clusters < PODS_CLUSTERS_MOST; i++) {
		p->clusters[p->n_clusters++] =
			(struct cluster){.pods = p, .connection = conn};
		conn = p->f->source.connection.n ? NULL
						 : o->connection(o->ctx, CONN_K8S, i + 1);
	}
	return true;
}

static bool start(struct feeder *f, struct err *err)
{
	struct pods *p = xcalloc(1, sizeof(*p));

	p->f = f;
	if (!find_clusters(p, err)) {
		free(p);
		return false;
	}
	if (!f->since_ms)
		f->since_ms = feeder_now_ms(f) - LIVE_SINCE_MS;
	f->span.since_ms = f->since_ms;
	p->merge = merge_new(
		&(struct merge_options){.live_ms = LIVE_MS,
					.behind_ms = f->is_once ? -1 : BEHIND_MS,
					.max_bytes = WAITING_MOST_BYTES,
					.fn = put_line,
					.ctx = f});
	f->own = p;
	for (size_t i = 0; i < p->n_clusters; i++) {
		err_clear(&p->clusters[i].err);
		list(&p->clusters[i]);
	}
	return true;
}

static void stop(struct feeder *f)
{
	struct pods *p = f->own;

	for (size_t i = 0; i < p->n_clusters; i++) {
		if (p->clusters[i].call)
			api_cancel(feeder_options(f)->api, p->clusters[i].call);
		loop_timer_stop(p->clusters[i].again);
	}
	while (p->first) {
		struct container_log *c = p->first;

		p->first = c->next;
		container_log_free(c);
	}
	loop_timer_stop(p->running);
	merge_free(p->merge);
	free(p);
}

const struct feeder_ops feeder_pods = {.start = start, .stop = stop};
