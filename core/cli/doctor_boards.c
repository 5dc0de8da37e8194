/* What the boards ask, asked once: whether the credential may. A board is visited once
 * for each connection of its kind; a request over a list is asked for the list's first
 * item. What two boards ask alike is sent once, and so is what differs in its body
 * alone: it is about the same right. Thread: core. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "cli/doctor_check.h"

enum {
	PERMISSION_MS = 90000,
	CALL_MS = 30000,
	PATH_MAX_BYTES = 16 * 1024,
	BODY_MAX_BYTES = 256 * 1024,
	FEW_CALLS_LEFT = 50
};

enum visit_end { VISIT_ASKED, VISIT_NO_ITEM, VISIT_FAILED };

struct visit;
struct ask {
	struct tour *tour;
	char *key;
	const struct connection *connection;
	uint64_t api_id; /* 0: answered */
	cJSON *json;
	bool is_secret;
	struct err err;
	VEC(struct visit *) waiting;
};

/* One request of a visit. */
struct stop {
	enum visit_end end;
	struct err err;
};

struct visit {
	struct tour *tour;
	const struct board_def *def;
	const struct connection *lane;
	cJSON *root; /* the answers so far; those of asks by reference */
	cJSON *item; /* of the request that is asked */
	size_t at;   /* its number */
	struct stop *stops;
};

struct tour {
	struct doctor *d;
	VEC(struct ask *) asks;
	VEC(struct visit *) visits;
};

static void visit_go_on(struct visit *v);

/* The first item of a request's list, or NULL. */
static cJSON *first_item(const struct request_def *r, const cJSON *root, int64_t now_ms)
{
	struct query_env env = {.now_ms = now_ms};
	struct query_value value;
	struct query_error qe;
	struct arena arena;
	cJSON *all = NULL, *first = NULL;

	arena_init(&arena);
	env.arena = &arena;
	if (query_eval(r->for_each_query, root, &env, &value, &qe) &&
	    value.type == QUERY_ARRAY)
		all = query_to_json(&value);
	arena_fini(&arena);
	if (all)
		first = cJSON_DetachItemFromArray(all, 0);
	cJSON_Delete(all);
	return first;
}

/* As the poller has it: the answer, or the list of one {"item", "answer"}. */
static void keep_answer(struct visit *v, const cJSON *json)
{
	const struct request_def *r = &v->def->requests[v->at];
	cJSON *list, *pair;

	if (!r->for_each) {
		if (json)
			cJSON_AddItemReferenceToObject(v->root, r->name, (cJSON *)json);
		return;
	}
	list = cJSON_AddArrayToObject(v->root, r->name);
	if (!json || !v->item)
		return;
	pair = cJSON_CreateObject();
	cJSON_AddItemToObject(pair, "item", v->item);
	v->item = NULL;
	cJSON_AddItemReferenceToObject(pair, "answer", (cJSON *)json);
	cJSON_AddItemToArray(list, pair);
}

static void note_calls_left(struct doctor *d, const struct connection *conn, int left)
{
	for (size_t i = 0; i < d->access.connections.list.n; i++) {
		int *least = &d->calls_left.p[i];

		if (d->access.connections.list.p[i] == conn && left >= 0 &&
		    (*least < 0 || left < *least))
			*least = left;
	}
}

static void answered(struct api_answer *answer, void *ctx)
{
	struct ask *a = ctx;
	struct doctor *d = a->tour->d;
	struct visit **v;

	a->api_id = 0;
	a->json = answer->json;
	answer->json = NULL;
	/* One page is all that is asked for: what is cut is no failure. */
	if (answer->err.code != ERR_NONE && !answer->is_partial)
		a->err = answer->err;
	note_calls_left(d, a->connection, answer->throttle_left);
	d->n_waiting--;
	vec_each (v, &a->waiting)
		visit_go_on(*v);
}

static struct ask *find_ask(struct tour *t, const char *key)
{
	struct ask *const *a;

	vec_each (a, &t->asks) {
		if (strcmp((*a)->key, key) == 0)
			return *a;
	}
	return NULL;
}

static struct ask *ask_anew(struct tour *t, const struct connection *conn,
			    const struct request_def *r, const char *key, struct str path,
			    struct str body)
{
	struct api_call call = {.connection = conn,
				.method = r->method,
				.path = path,
				.body = body,
				.headers = r->headers,
				.n_headers = r->n_headers,
				.is_read = true,
				.is_interactive = true,
				.deadline_ms = CALL_MS,
				.patience_ms = CALL_MS,
				.max_pages = 1,
				.is_secret = r->is_secret,
				.paging = r->paging};
	struct ask *a = xcalloc(1, sizeof(*a));

	memcpy(call.also_status, r->also_status, sizeof(call.also_status));
	a->tour = t;
	a->key = xstrdup(key);
	a->connection = conn;
	a->is_secret = r->is_secret;
	err_clear(&a->err);
	vec_push(&t->asks, a);
	t->d->n_waiting++;
	a->api_id = api_start(t->d->api, &call, answered, a);
	return a;
}

/* The lane's connection, or for another kind the first one that is looked at. */
static const struct connection *connection_for(const struct visit *v,
					       const struct request_def *r)
{
	return r->kind == v->lane->kind
		       ? v->lane
		       : connections_find(&v->tour->d->access.connections, r->kind, 0);
}

/* Whether the answer to this very body matters: another request goes through it. For
 * the rest, one question to an address tells of the right to ask it any; Resource Graph
 * lets nobody ask it fifty things at once. */
static bool needs_its_own(const struct visit *v)
{
	for (size_t i = v->at + 1; i < v->def->n_requests; i++) {
		if (v->def->requests[i].needs & 1u << v->at)
			return !v->def->requests[v->at].is_kept;
	}
	return false;
}

static struct ask *ask(struct visit *v, const struct request_def *r, struct err *err)
{
	int64_t now_ms = clock_wall_ms(&v->tour->d->clock);
	const struct connection *conn = connection_for(v, r);
	struct strbuf path, body, key;
	struct ask *a = NULL;

	strbuf_init(&path, PATH_MAX_BYTES);
	strbuf_init(&body, BODY_MAX_BYTES);
	strbuf_init(&key, PATH_MAX_BYTES + BODY_MAX_BYTES + 200);
	if (request_path(r, v->root, v->item, now_ms, &path, err) &&
	    request_body(r, v->root, v->item, now_ms, &body, err)) {
		strbuf_printf(&key, "%s %d %s\n%s", conn->name, r->method, path.p,
			      needs_its_own(v) ? body.p : "");
		a = find_ask(v->tour, key.p);
		if (!a)
			a = ask_anew(v->tour, conn, r, key.p, strbuf_str(&path),
				     strbuf_str(&body));
	}
	strbuf_fini(&path);
	strbuf_fini(&body);
	strbuf_fini(&key);
	return a;
}

static bool has_needs(const struct visit *v, const struct request_def *r)
{
	for (size_t i = 0; i < v->at; i++) {
		if (r->needs & 1u << i && v->stops[i].end != VISIT_ASKED)
			return false;
	}
	return true;
}

/* False: it waits for an answer. */
static bool try_next(struct visit *v)
{
	const struct request_def *r = &v->def->requests[v->at];
	struct stop *stop = &v->stops[v->at];
	struct ask *a;

	if (r->for_each && !v->item)
		v->item = first_item(r, v->root, clock_wall_ms(&v->tour->d->clock));
	if ((r->for_each && !v->item) || !has_needs(v, r)) {
		stop->end = VISIT_NO_ITEM;
		return true;
	}
	a = ask(v, r, &stop->err);
	/* A path that cannot be filled in has nothing to be about. */
	if (!a) {
		stop->end = VISIT_NO_ITEM;
		return true;
	}
	if (a->api_id) {
		vec_push(&a->waiting, v);
		return false;
	}
	stop->err = a->err;
	stop->end = a->err.code == ERR_NONE ? VISIT_ASKED : VISIT_FAILED;
	keep_answer(v, a->json);
	return true;
}

/* A need is always one of the requests before it. */
static void visit_go_on(struct visit *v)
{
	while (v->at < v->def->n_requests && try_next(v)) {
		cJSON_Delete(v->item);
		v->item = NULL;
		v->at++;
	}
}

static void say_failure(const struct visit *v, size_t i, const char *subject)
{
	struct doctor *d = v->tour->d;
	const struct request_def *r = &v->def->requests[i];
	struct err err = v->stops[i].err;
	char name[200];

	snprintf(name, sizeof(name), "%s, request %s", subject, r->name);
	if (err.code == ERR_FORBIDDEN)
		doctor_fail(d, name, &err,
			    "have a role with this right assigned to the credential, on "
			    "this scope or above");
	else if (err.code == ERR_AUTH)
		doctor_fail(d, name, &err, "see what sign-in says of the connection");
	else
		doctor_say(d, DOCTOR_WARN, name,
			   r->is_optional ? "the board does without it"
					  : "`azdeck show` on this board says more",
			   "%s", err.text);
}

static void say_visit(const struct visit *v)
{
	size_t n_asked = 0, n_not = 0, n_failed = 0;
	char subject[160];

	snprintf(subject, sizeof(subject), "%s on %s", v->def->name, v->lane->name);
	for (size_t i = 0; i < v->def->n_requests; i++) {
		const struct request_def *r = &v->def->requests[i];
		const struct stop *stop = &v->stops[i];
		bool is_late = i >= v->at;
		bool is_absent = stop->err.code == ERR_NOT_FOUND && r->absent;

		if (is_late || stop->end == VISIT_NO_ITEM)
			n_not++;
		else if (stop->end == VISIT_ASKED || is_absent)
			n_asked++;
		else
			n_failed++;
		if (!is_late && stop->end == VISIT_FAILED && !is_absent)
			say_failure(v, i, subject);
	}
	if (n_failed)
		return;
	if (v->at < v->def->n_requests)
		doctor_say(v->tour->d, DOCTOR_WARN, subject,
			   "look at the host under dns and tls",
			   "request %s: no answer in time", v->def->requests[v->at].name);
	else if (n_asked)
		doctor_say(v->tour->d, DOCTOR_OK, subject, "", "%zu of %zu requests%s",
			   n_asked, n_asked + n_not,
			   n_not ? "; nothing to ask the others about" : "");
	else
		doctor_say(v->tour->d, DOCTOR_SKIP, subject,
			   "once there is something, run it again",
			   "there is nothing to ask about");
}

/* Whether each request has a connection that may be asked and answers. */
static bool can_be_visited(struct doctor *d, const struct board_def *def,
			   const struct connection *lane)
{
	for (size_t i = 0; i < def->n_requests; i++) {
		const struct connection *conn =
			def->requests[i].kind == lane->kind
				? lane
				: connections_find(&d->access.connections,
						   def->requests[i].kind, 0);
		const struct doctor_host *h;

		if (!conn)
			return false;
		h = doctor_host_of(d, conn);
		/* tls has said why. */
		if (h && h->err.code != ERR_NONE)
			return false;
	}
	return def->n_requests > 0;
}

static void visit(struct tour *t, const struct board_def *def,
		  const struct connection *lane)
{
	struct visit *v = xcalloc(1, sizeof(*v));

	v->tour = t;
	v->def = def;
	v->lane = lane;
	v->root = cJSON_CreateObject();
	v->stops = xcalloc(def->n_requests, sizeof(*v->stops));
	for (size_t i = 0; i < def->n_requests; i++)
		err_clear(&v->stops[i].err);
	if (lane->about)
		cJSON_AddItemReferenceToObject(v->root, "connection", lane->about);
	vec_push(&t->visits, v);
	visit_go_on(v);
}

static void begin(struct tour *t)
{
	struct doctor *d = t->d;
	struct connection *const *conn;

	for (size_t i = 0; i < library_size(d->library); i++) {
		const struct board_def *def = library_at(d->library, i);

		vec_each (conn, &d->access.connections.list) {
			if ((*conn)->kind == def->kind && doctor_wants(d, *conn) &&
			    can_be_visited(d, def, *conn))
				visit(t, def, *conn);
		}
	}
}

static void end(struct tour *t)
{
	struct visit *const *v;
	struct ask *const *a;

	vec_each (v, &t->visits) {
		cJSON_Delete((*v)->root);
		cJSON_Delete((*v)->item);
		free((*v)->stops);
		free(*v);
	}
	vec_each (a, &t->asks) {
		if ((*a)->api_id)
			api_cancel(t->d->api, (*a)->api_id);
		if ((*a)->is_secret)
			json_wipe((*a)->json);
		else
			cJSON_Delete((*a)->json);
		vec_fini(&(*a)->waiting);
		free((*a)->key);
		free(*a);
	}
	vec_fini(&t->visits);
	vec_fini(&t->asks);
	t->d->n_waiting = 0;
}

void doctor_permission(struct doctor *d)
{
	struct tour tour = {.d = d};
	struct visit *const *v;

	for (size_t i = 0; i < d->access.connections.list.n; i++)
		vec_push(&d->calls_left, -1);
	begin(&tour);
	doctor_wait(d, PERMISSION_MS);
	vec_each (v, &tour.visits)
		say_visit(*v);
	if (!tour.visits.n)
		doctor_say(d, DOCTOR_SKIP, "", "see what tls says of the hosts",
			   "no board can be asked for");
	end(&tour);
}

void doctor_throttle(struct doctor *d)
{
	size_t n_said = 0;

	for (size_t i = 0; i < d->calls_left.n; i++) {
		int left = d->calls_left.p[i];

		if (left < 0)
			continue;
		n_said++;
		doctor_say(
			d, left < FEW_CALLS_LEFT ? DOCTOR_WARN : DOCTOR_OK,
			d->access.connections.list.p[i]->name,
			left < FEW_CALLS_LEFT
				? "find out who else asks with this credential; boards "
				  "slow down by themselves"
				: "",
			"%d calls are left in its tightest bucket", left);
	}
	if (!n_said)
		doctor_say(d, DOCTOR_OK, "", "", "no service said what is left");
}
