/* Live streams against a server that breaks off, hangs, restarts and refuses: every line
 * once and in order, the exact questions, and what is told. Thread: the test's. */
#include "live/live.h"

#include <stdio.h>
#include <stdlib.h>

#include "azure/api_flow.h"
#include "auth/credential.h"
#include "base/file.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "unit/check.h"
#include "unit/scratch.h"
#include "wire/client.h"

enum { PATIENCE_TURNS = 300 };

#define POD(name, uid, state)                                                            \
	"{\"metadata\":{\"name\":\"" name "\",\"namespace\":\"shop\",\"uid\":\"" uid     \
	"\",\"ownerReferences\":[{\"kind\":\"ReplicaSet\",\"name\":\"web-7d4\"}]},"      \
	"\"spec\":{\"containers\":[{\"name\":\"app\"}]},\"status\":{"                    \
	"\"containerStatuses\":[{\"name\":\"app\"," state "}]}}"
#define RUNNING	    "\"restartCount\":0,\"state\":{\"running\":{}}"
#define LIST(items) "{\"kind\":\"PodList\",\"metadata\":{},\"items\":[" items "]}"
#define LISTED	    "/api/v1/namespaces/shop/pods?limit=500"
#define LOG(pod, since, more)                                                            \
	"/api/v1/namespaces/shop/pods/" pod                                              \
	"/log?container=app&timestamps=true&sinceTime=" since more
#define BEGAN "2026-03-11T10:00:00Z"
#define T     "2026-03-11T10:00:"
#define CHUNKS(text, last)                                                               \
	{                                                                                \
		.status = 200, .headers = "Content-Type: text/plain\r\n",                \
		.body = STR(text), .is_chunked = true, .end = last,                      \
		.cut_at = sizeof(text) - 1                                               \
	}

struct bench {
	struct client *client;
	struct api *api;
	struct credential *credential;
	struct connection connection;
	struct live *live;
	struct ring *ring;
	struct live_status status;
	size_t n_told;
};

static const struct connection *find(void *ctx, enum conn_kind kind, size_t i)
{
	struct bench *b = ctx;

	return kind == b->connection.kind && i == 0 ? &b->connection : NULL;
}

static void told(void *ctx, uint64_t id, const struct live_status *status,
		 struct ring *ring)
{
	struct bench *b = ctx;

	assert_int_equal(id, 7);
	/* Once, with the first. */
	assert_true((ring != NULL) == (b->n_told == 0));
	if (ring)
		b->ring = ring_share(ring);
	b->status = *status;
	b->n_told++;
}

static void begin(struct bench *b, struct client *c, enum conn_kind kind)
{
	const struct credential_host host = {.http = c->http, .loop = c->loop};
	struct err err;

	*b = (struct bench){.client = c};
	b->credential = credential_from_text(&host, STR("none"), NULL, &err);
	assert_non_null(b->credential);
	b->api = api_new(c->http, c->loop, NULL);
	b->connection =
		(struct connection){.name = xstrdup("aks"),
				    .kind = kind,
				    .base_url = xstrdup(fake_server_url(c->server)),
				    .credential = b->credential};
	b->live = live_new(&(struct live_options){.loop = c->loop,
						  .http = c->http,
						  .api = b->api,
						  .speed = 1,
						  .connection = find,
						  .tell = told,
						  .ctx = b});
}

static void end(struct bench *b)
{
	live_free(b->live);
	api_free(b->api);
	credential_free(b->credential);
	ring_free(b->ring);
	cJSON_Delete(b->connection.about);
	free(b->connection.base_url);
	free(b->connection.name);
}

static void follow(struct bench *b, const char *source, bool is_once)
{
	int64_t since_ms;

	assert_true(time_parse(STR(BEGAN), &since_ms));
	live_follow(b->live, 7,
		    &(struct live_request){.source = str_from(source),
					   .since_ms = since_ms,
					   .is_once = is_once});
}

static void on(struct bench *b, const char *target, struct fake_reply reply)
{
	fake_server_on(b->client->server, "GET", target, reply);
}

static void on_list(struct bench *b, const char *items)
{
	on(b, LISTED, (struct fake_reply){.status = 200, .body = str_from(items)});
}

/* "source:raw|" of every line there is. */
static void put_lines(const struct bench *b, struct strbuf *out)
{
	struct ring_view view;
	struct line line;

	strbuf_reset(out);
	if (!b->ring)
		return;
	ring_view_take(b->ring, &view);
	for (uint64_t i = view.first; i < view.end; i++) {
		assert_true(ring_view_line(&view, i, &line));
		strbuf_printf(out, "%.*s:%.*s|", STR_ARG(line.source), STR_ARG(line.raw));
	}
	ring_view_drop(&view);
}

static void turn_until(struct bench *b, enum live_state state, const char *lines)
{
	struct strbuf got;

	strbuf_init(&got, 1 << 16);
	for (int i = 0; i < PATIENCE_TURNS; i++) {
		put_lines(b, &got);
		if (b->n_told && b->status.state == state &&
		    str_eq(strbuf_str(&got), str_from(lines))) {
			strbuf_fini(&got);
			return;
		}
		loop_turn(b->client->loop, 20);
	}
	fail_msg("%s: \"%s\", lines %s, want %s, %s", live_state_name(b->status.state),
		 b->status.err.text, got.p, live_state_name(state), lines);
}

static void merged_by_time(void **state)
{
	struct bench b;

	begin(&b, *state, CONN_K8S);
	on_list(&b, LIST(POD("web-7d4-a", "1",
			     RUNNING) "," POD("web-7d4-b", "2",
					      RUNNING) "," POD("db-0", "3", RUNNING)));
	on(&b, LOG("web-7d4-a", BEGAN, ""),
	   (struct fake_reply)CHUNKS(T "01Z one\n" T "03.5Z three\n", FAKE_KEEP));
	on(&b, LOG("web-7d4-b", BEGAN, ""),
	   (struct fake_reply)CHUNKS(T "02Z two\n" T "03.6Z four\n", FAKE_KEEP));
	follow(&b, "pods:shop/web-7d4-*", true);
	turn_until(&b, LIVE_ENDED,
		   "web-7d4-a:one|web-7d4-b:two|web-7d4-a:three|web-7d4-b:four|");
	assert_int_equal(fake_server_unexpected(b.client->server), 0);
	end(&b);
}

/* By the name of what made them. */
static void of_a_workload(void **state)
{
	struct bench b;

	begin(&b, *state, CONN_K8S);
	on_list(&b, LIST(POD("web-7d4-a", "1", RUNNING)));
	on(&b, LOG("web-7d4-a", BEGAN, ""),
	   (struct fake_reply)CHUNKS(T "01Z one\nthe server's words\n", FAKE_KEEP));
	follow(&b, "pods:shop/web", true);
	turn_until(&b, LIVE_ENDED, "web-7d4-a:one|web-7d4-a:the server's words|");
	end(&b);
}

/* Cut in the middle of a line: it is asked for from its second on, and nothing is missed
 * nor comes twice. */
static void breaks_within_a_line(void **state)
{
	struct bench b;

	begin(&b, *state, CONN_K8S);
	on_list(&b, LIST(POD("web-7d4-a", "1", RUNNING)));
	on(&b, LOG("web-7d4-a", BEGAN, "&follow=true"),
	   (struct fake_reply){.status = 200,
			       .headers = "Content-Type: text/plain\r\n",
			       .body = STR(T "01.1Z one\n" T "01.2Z two\n" T "01.3Z thr"),
			       .cut_at = 3 * sizeof(T "01.1Z one"),
			       .end = FAKE_CUT});
	on(&b, LOG("web-7d4-a", T "01Z", "&follow=true"),
	   (struct fake_reply)CHUNKS(T "01.1Z one\n" T "01.2Z two\n" T "01.3Z three\n" T
				       "02Z four\n",
				     FAKE_HANG));
	follow(&b, "pods:shop/web-*", false);
	turn_until(&b, LIVE_FOLLOWING,
		   "web-7d4-a:one|web-7d4-a:two|web-7d4-a:three|web-7d4-a:four|");
	assert_int_equal(b.status.gaps, 0);
	assert_int_equal(b.status.origins, 1);
	end(&b);
}

/* A chunk that is no chunk. */
static void breaks_within_a_chunk(void **state)
{
	struct bench b;

	begin(&b, *state, CONN_K8S);
	on_list(&b, LIST(POD("web-7d4-a", "1", RUNNING)));
	on(&b, LOG("web-7d4-a", BEGAN, ""),
	   (struct fake_reply){.status = 200,
			       .headers = "Content-Type: text/plain\r\n",
			       .body = STR(T "01Z one\n" T "02Z two\n"),
			       .is_chunked = true,
			       .cut_at = sizeof(T "01Z one\n") + 3,
			       .end = FAKE_CUT});
	on(&b, LOG("web-7d4-a", T "01Z", ""),
	   (struct fake_reply)CHUNKS(T "01Z one\n" T "02Z two\n", FAKE_KEEP));
	follow(&b, "pods:shop/web-*", true);
	turn_until(&b, LIVE_ENDED, "web-7d4-a:one|web-7d4-a:two|");
	end(&b);
}

/* What it wrote before its last start comes first. */
static void restarts(void **state)
{
	struct bench b;

	begin(&b, *state, CONN_K8S);
	on_list(&b,
		LIST(POD("web-7d4-a", "1",
			 "\"restartCount\":2,\"state\":{\"running\":{}},\"lastState\":{"
			 "\"terminated\":{\"finishedAt\":\"" T "05Z\"}}")));
	on(&b, LOG("web-7d4-a", BEGAN, "&previous=true"),
	   (struct fake_reply)CHUNKS(T "03Z dying\n", FAKE_KEEP));
	on(&b, LOG("web-7d4-a", T "03Z", "&follow=true"),
	   (struct fake_reply)CHUNKS(T "06Z born\n", FAKE_HANG));
	follow(&b, "pods:shop/web", false);
	turn_until(&b, LIVE_FOLLOWING, "web-7d4-a:dying|web-7d4-a:born|");
	end(&b);
}

/* A break in what it wrote before is no reason to leave the rest of it out. */
static void breaks_before(void **state)
{
	struct bench b;

	begin(&b, *state, CONN_K8S);
	on_list(&b,
		LIST(POD("web-7d4-a", "1",
			 "\"restartCount\":1,\"state\":{\"running\":{}},\"lastState\":{"
			 "\"terminated\":{\"finishedAt\":\"" T "05Z\"}}")));
	on(&b, LOG("web-7d4-a", BEGAN, "&previous=true"),
	   (struct fake_reply){.status = 200,
			       .headers = "Content-Type: text/plain\r\n",
			       .body = STR(T "03Z ill\n" T "04Z dying\n"),
			       .cut_at = sizeof(T "03Z ill\n") + 4,
			       .end = FAKE_CUT});
	on(&b, LOG("web-7d4-a", T "03Z", "&previous=true"),
	   (struct fake_reply)CHUNKS(T "03Z ill\n" T "04Z dying\n", FAKE_KEEP));
	on(&b, LOG("web-7d4-a", T "04Z", ""),
	   (struct fake_reply)CHUNKS(T "06Z born\n", FAKE_KEEP));
	follow(&b, "pods:shop/web", true);
	turn_until(&b, LIVE_ENDED, "web-7d4-a:ill|web-7d4-a:dying|web-7d4-a:born|");
	end(&b);
}

/* Of a life before there may be nothing left. */
static void nothing_before(void **state)
{
	struct bench b;

	begin(&b, *state, CONN_K8S);
	on_list(&b,
		LIST(POD("web-7d4-a", "1",
			 "\"restartCount\":2,\"state\":{\"running\":{}},\"lastState\":{"
			 "\"terminated\":{\"finishedAt\":\"" T "05Z\"}}")));
	on(&b, LOG("web-7d4-a", BEGAN, "&previous=true"),
	   (struct fake_reply){.status = 400,
			       .body = STR("{\"kind\":\"Status\",\"message\":\"previous "
					   "terminated container not found\",\"reason\":"
					   "\"BadRequest\",\"code\":400}")});
	on(&b, LOG("web-7d4-a", BEGAN, ""),
	   (struct fake_reply)CHUNKS(T "06Z born\n", FAKE_KEEP));
	follow(&b, "pods:shop/web", true);
	turn_until(&b, LIVE_ENDED, "web-7d4-a:born|");
	end(&b);
}

#define STATUS(code, reason, message)                                                    \
	{                                                                                \
		.status = code,                                                          \
		.body = STR("{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":"   \
			    "\"" message "\",\"reason\":\"" reason "\",\"code\":" #code  \
			    "}")                                                         \
	}

/* What lists and logs may say, asked once: the others are read, and it is told. */
static const struct {
	const char *name;
	struct fake_reply list, log; /* status 0: not asked for */
	enum live_state state;
	enum err_code code;
	const char *says; /* of the error, or the note */
} refusals[] = {
	{"no right to list",
	 STATUS(403, "Forbidden", "pods is forbidden"),
	 {0},
	 LIVE_FAILED,
	 ERR_FORBIDDEN,
	 "pods is forbidden"},
	{"no sign-in",
	 STATUS(401, "Unauthorized", "Unauthorized"),
	 {0},
	 LIVE_FAILED,
	 ERR_AUTH,
	 "401"},
	{"no pod",
	 {.status = 200, .body = STR(LIST(""))},
	 {0},
	 LIVE_FAILED,
	 ERR_NOT_FOUND,
	 "there is no pod shop/web in aks"},
	{"no right to read",
	 {.status = 0},
	 STATUS(403, "Forbidden", "no pods/log"),
	 LIVE_FAILED,
	 ERR_FORBIDDEN,
	 "web-7d4-a: Forbidden: no pods/log"},
	{"waits to start",
	 {.status = 0},
	 STATUS(400, "BadRequest", "container app is waiting to start: PodInitializing"),
	 LIVE_FAILED,
	 ERR_REFUSED,
	 "waiting to start"},
};

static void refused(void **state)
{
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		struct client *c;
		void *own = NULL;
		struct bench b;

		(void)state;
		assert_int_equal(client_setup(&own), 0);
		c = own;
		begin(&b, c, CONN_K8S);
		if (refusals[i].list.status)
			on(&b, LISTED, refusals[i].list);
		else
			on_list(&b, LIST(POD("web-7d4-a", "1", RUNNING)));
		if (refusals[i].log.status)
			on(&b, LOG("web-7d4-a", BEGAN, ""), refusals[i].log);
		follow(&b, "pods:shop/web", true);
		turn_until(&b, refusals[i].state, "");
		check_case(refusals[i].name, b.status.err.code == refusals[i].code);
		if (!strstr(b.status.err.text, refusals[i].says))
			fail_msg("case \"%s\": %s", refusals[i].name, b.status.err.text);
		end(&b);
		client_teardown(&own);
	}
}

/* A pod that went between the list and the log is nobody's trouble but its own. */
static void one_of_two_is_gone(void **state)
{
	struct bench b;

	begin(&b, *state, CONN_K8S);
	on_list(&b,
		LIST(POD("web-7d4-a", "1", RUNNING) "," POD("web-7d4-b", "2", RUNNING)));
	on(&b, LOG("web-7d4-a", BEGAN, ""),
	   (struct fake_reply)STATUS(404, "NotFound", "pods web-7d4-a not found"));
	on(&b, LOG("web-7d4-b", BEGAN, ""),
	   (struct fake_reply)CHUNKS(T "01Z here\n", FAKE_KEEP));
	follow(&b, "pods:shop/web", true);
	turn_until(&b, LIVE_ENDED, "web-7d4-b:here|");
	end(&b);
}

/* A list whose mark has expired, or a server that is busy, is asked again. */
static void lists_are_asked_again(void **state)
{
	struct bench b;

	begin(&b, *state, CONN_K8S);
	on(&b, LISTED, (struct fake_reply)STATUS(410, "Expired", "too old"));
	on_list(&b, LIST(POD("web-7d4-a", "1", RUNNING)));
	on(&b, LOG("web-7d4-a", BEGAN, "&follow=true"),
	   (struct fake_reply)CHUNKS(T "01Z here\n", FAKE_HANG));
	follow(&b, "pods:shop/web", false);
	turn_until(&b, LIVE_FOLLOWING, "web-7d4-a:here|");
	end(&b);
}

/* After it nothing is told, whatever was on its way. */
static void unfollowed(void **state)
{
	struct bench b;
	size_t n;

	begin(&b, *state, CONN_K8S);
	on_list(&b, LIST(POD("web-7d4-a", "1", RUNNING)));
	on(&b, LOG("web-7d4-a", BEGAN, "&follow=true"),
	   (struct fake_reply)CHUNKS(T "01Z here\n", FAKE_HANG));
	follow(&b, "pods:shop/web", false);
	turn_until(&b, LIVE_FOLLOWING, "web-7d4-a:here|");
	n = b.n_told;
	live_unfollow(b.live, 7);
	live_unfollow(b.live, 7);
	for (int i = 0; i < 10; i++)
		loop_turn(b.client->loop, 5);
	assert_int_equal(b.n_told, n);
	end(&b);
}

/* A traceback is one record, and a pod's neighbour does not get between its lines. */
static void records(void **state)
{
	struct ring_view view;
	struct line line;
	struct bench b;

	begin(&b, *state, CONN_K8S);
	on_list(&b,
		LIST(POD("web-7d4-a", "1", RUNNING) "," POD("web-7d4-b", "2", RUNNING)));
	on(&b, LOG("web-7d4-a", BEGAN, ""),
	   (struct fake_reply)CHUNKS(T "01.000001Z ERROR no\n" T "01.000003Z \tat x\n",
				     FAKE_KEEP));
	on(&b, LOG("web-7d4-b", BEGAN, ""),
	   (struct fake_reply)CHUNKS(T "01.000002Z plain\n", FAKE_KEEP));
	follow(&b, "pods:shop/web", true);
	turn_until(&b, LIVE_ENDED,
		   "web-7d4-a:ERROR no|web-7d4-a:\tat x|web-7d4-b:plain|");
	ring_view_take(b.ring, &view);
	assert_true(ring_view_line(&view, 0, &line));
	assert_true(line.has_time && line.level == LINE_ERROR);
	assert_true(ring_view_line(&view, 1, &line));
	assert_false(line.has_time);
	assert_true(ring_view_line(&view, 2, &line));
	assert_true(line.has_time);
	ring_view_drop(&view);
	end(&b);
}

struct flow {
	int n_done;
	struct api_flow_end end;
	size_t n_bytes;
};

static void flow_bytes(void *ctx, struct str bytes)
{
	((struct flow *)ctx)->n_bytes += bytes.n;
}

static void flow_done(void *ctx, const struct api_flow_end *end)
{
	struct flow *f = ctx;

	f->n_done++;
	f->end = *end;
}

/* A flow that hangs is given up, before and after its first bytes; many of them take no
 * place from a call that waits for an answer. */
static void silence(void **state)
{
	enum { FLOWS = 20 };
	struct flow flows[FLOWS] = {{0}};
	struct heard a = {0};
	struct bench b;

	begin(&b, *state, CONN_K8S);
	on(&b, "/silent", (struct fake_reply){.end = FAKE_HANG});
	on(&b, "/some", (struct fake_reply)CHUNKS("bytes", FAKE_HANG));
	on(&b, "/call", (struct fake_reply){.status = 200});
	for (size_t i = 0; i < FLOWS; i++)
		api_flow_start(b.client->http, b.client->loop,
			       &(struct api_flow_call){.connection = &b.connection,
						       .path = i % 2 ? STR("/silent")
								     : STR("/some"),
						       .idle_ms = 400,
						       .on_bytes = flow_bytes,
						       .done = flow_done,
						       .ctx = &flows[i]});
	client_get(b.client, "/call", &a);
	assert_int_equal(a.status, 200);
	for (size_t i = 0; i < FLOWS; i++)
		assert_int_equal(flows[i].n_done, 0);
	for (int i = 0; i < PATIENCE_TURNS && !flows[FLOWS - 1].n_done; i++)
		loop_turn(b.client->loop, 20);
	for (int i = 0; i < 100; i++)
		loop_turn(b.client->loop, 2);
	for (size_t i = 0; i < FLOWS; i++) {
		assert_int_equal(flows[i].n_done, 1);
		assert_true(flows[i].end.is_silent);
		assert_int_equal(flows[i].end.err.code, ERR_TIMEOUT);
		assert_int_equal(flows[i].n_bytes, i % 2 ? 0 : 5);
	}
	heard_fini(&a);
	end(&b);
}

/* A file that grows, is rotated and is cut back. */
static void of_a_file(void **state)
{
	const char *path = scratch_path("app.log"), *old = scratch_path("app.log.1");
	char source[400];
	struct bench b;
	struct err err;

	begin(&b, *state, CONN_K8S);
	snprintf(source, sizeof(source), "file:%s", path);
	assert_true(file_write(path, STR(T "01Z one\n" T "02Z tw"), &err));
	follow(&b, source, false);
	turn_until(&b, LIVE_FOLLOWING, ":" T "01Z one|");
	assert_true(rename(path, old) == 0);
	assert_true(file_write(path, STR(T "03Z three\r\n"), &err));
	turn_until(&b, LIVE_FOLLOWING, ":" T "01Z one|:" T "02Z tw|:" T "03Z three|");
	end(&b);
}

int main(void)
{
#define CASE(fn) cmocka_unit_test_setup_teardown(fn, client_setup, client_teardown)
	const struct CMUnitTest tests[] = {
		CASE(merged_by_time),
		CASE(of_a_workload),
		CASE(breaks_within_a_line),
		CASE(breaks_within_a_chunk),
		CASE(restarts),
		CASE(breaks_before),
		CASE(nothing_before),
		cmocka_unit_test(refused),
		CASE(one_of_two_is_gone),
		CASE(lists_are_asked_again),
		CASE(unfollowed),
		CASE(records),
		CASE(silence),
		CASE(of_a_file),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
