/* kill -9 at every point of a change, from its plan to the end of its run: in front of,
 * within and behind each write to the disk, and around each request. Afterwards another
 * process goes on, as a person with a new azdeck would. The request was never sent twice;
 * the change came to its end, or says that nobody can tell and is right about it; the
 * audit log is sound and has what was sent. The service is memory that outlives whoever
 * is killed. */
#include "unit/check.h"

#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "act/audit_check.h"
#include "act/audit_files.h"
#include "base/secret.h"
#include "board/def.h"
#include "fake/fake_loop.h"
#include "fake/kill_points.h"
#include "unit/board_fixture.h"
#include "unit/scratch.h"
#include "worker/change/change_desk.h"
#include "worker/watch.h"

enum { MOST_TURNS = 400, TURN_MS = 1000, LEAST_POINTS = 50, MOST_POINTS = 2000 };

/* The database as the service has it. */
struct cloud {
	char size[8], asked[8];
	int patches;
	int turns;	   /* since it was asked for */
	bool loses_answer; /* of the request that changes it */
	bool is_slow;	   /* the request is accepted, and goes on */
	enum run_outcome outcome;
	int64_t now_ms; /* each life begins where the last one ended */
};

struct life {
	struct cloud *cloud;
	const char *dir;
	struct loop *loop;
	struct api *api;
	struct connections connections;
	struct connection connection;
	struct board_def *def;
	struct change_desk *desk;
	struct keychain keychain;
	struct changes *changes; /* the last that were told */
	bool is_ordered;	 /* and not answered */
	size_t seen;		 /* calls */
	uint64_t last_id;
	char plan[PLAN_ID_BYTES + 1];
};

/* In the process that may be killed: it must not come back as the test. */
static void give_up(const char *what)
{
	fprintf(stderr, "# %s\n", what);
	_exit(1);
}

/* The folder of the case is where everything of the user's is. */
static void take_home(const char *dir)
{
	setenv("XDG_DATA_HOME", dir, 1);
	setenv("XDG_STATE_HOME", dir, 1);
}

/* In place of the real one, which needs libuv: nobody else writes here. */
struct watch *watch_new(struct loop *loop, const char *dir, const char *name, loop_fn fn,
			void *ctx)
{
	(void)loop, (void)dir, (void)name, (void)fn, (void)ctx;
	return NULL;
}

void watch_free(struct watch *watch)
{
	(void)watch;
}

static void planned(void *ctx, uint64_t id, struct plan *plan, bool needs_second,
		    const struct err *err)
{
	struct life *l = ctx;

	(void)id;
	if (!plan || needs_second)
		give_up(err->text);
	snprintf(l->plan, sizeof(l->plan), "%s", plan->id);
	plan_free(plan);
	l->is_ordered = false;
}

static void done(void *ctx, uint64_t id, const struct err *err)
{
	struct life *l = ctx;

	(void)id;
	if (err->code != ERR_NONE)
		give_up(err->text);
	l->is_ordered = false;
}

static void told(void *ctx, struct changes *changes)
{
	struct life *l = ctx;

	changes_put(l->changes);
	l->changes = changes;
}

static void nothing(void *ctx)
{
	(void)ctx;
}

static void no_refresh(void *ctx, const char *board)
{
	(void)ctx, (void)board;
}

static void life_init(struct life *l, struct cloud *cloud, const char *dir)
{
	static const char def[] =
		FIXTURE_DEF("{\"name\":\"name\",\"title\":\"N\",\"value\":\"name\"},"
			    "{\"name\":\"status\",\"title\":\"S\",\"value\":\"status\"},"
			    "{\"name\":\"size\",\"title\":\"Z\",\"value\":\"size\"},"
			    "{\"name\":\"pool\",\"title\":\"P\",\"value\":\"pool\"},"
			    "{\"name\":\"storage\",\"title\":\"D\",\"type\":\"percent\","
			    "\"value\":\"storage\"}");
	static char name[] = "azure", base[] = "http://x";
	struct change_desk_options options = {.by = "ann", .takes_over = true, .ctx = l};
	struct err err;

	*l = (struct life){.cloud = cloud,
			   .dir = dir,
			   .loop = fake_loop_new(cloud->now_ms),
			   .api = fake_api_new()};
	l->connection =
		(struct connection){.name = name, .kind = CONN_ARM, .base_url = base};
	vec_push(&l->connections.list, &l->connection);
	l->def = board_def_parse(str_from(def), "sql", "sql.json", &err);
	if (!l->def)
		give_up(err.text);
	keychain_init(&l->keychain);
	options.loop = l->loop;
	options.api = l->api;
	options.connections = &l->connections;
	options.keychain = &l->keychain;
	options.dir = dir;
	options.planned = planned;
	options.done = done;
	options.told = told;
	options.want = nothing;
	options.refresh = no_refresh;
	l->desk = change_desk_new(&options);
}

static void life_fini(struct life *l)
{
	change_desk_free(l->desk);
	fake_loop_work(l->loop);
	changes_put(l->changes);
	vec_fini(&l->connections.list);
	board_def_put(l->def);
	keychain_fini(&l->keychain);
	fake_api_free(l->api);
	fake_loop_free(l->loop);
}

/* It takes some turns until the new size is there. */
static void publish(struct life *l)
{
	struct cloud *c = l->cloud;
	char text[300];
	struct board *board;

	if (strcmp(c->size, c->asked) != 0 && ++c->turns >= 30)
		memcpy(c->size, c->asked, sizeof(c->size));

	snprintf(text, sizeof(text),
		 "{\"a\":{\"value\":[{\"id\":\"/"
		 "db\",\"name\":\"atlas\",\"status\":\"Online\","
		 "\"size\":\"%s\",\"storage\":10}]}}",
		 c->size);
	board = fixture_board(l->def, text);
	board->is_loading = false;
	board->fetched_ms = clock_wall_ms(loop_clock(l->loop));
	change_desk_saw(l->desk, board);
	board_put(board);
}

static void answer_read(struct life *l, const char *path)
{
	struct cloud *c = l->cloud;
	char text[400];

	if (strstr(path, "/replicationLinks")) {
		fake_api_answer(l->api, path, "{\"value\":[]}");
		return;
	}
	snprintf(text, sizeof(text),
		 "{\"id\":\"/db\",\"properties\":{\"currentServiceObjectiveName\":\"%s\","
		 "\"requestedServiceObjectiveName\":\"%s\",\"status\":\"Online\","
		 "\"provisioningState\":\"%s\",\"maxSizeBytes\":1}}",
		 c->size, c->asked,
		 strcmp(c->size, c->asked) == 0 ? "Succeeded" : "Updating");
	fake_api_answer(l->api, path, text);
}

static void answer_write(struct life *l, const char *path)
{
	struct cloud *c = l->cloud;

	kill_point(); /* it has not arrived */
	c->patches++;
	c->turns = 0;
	memcpy(c->asked, "S3", 3);
	if (!c->is_slow)
		memcpy(c->size, "S3", 3);
	kill_point(); /* it has, and the answer has not */
	if (c->loses_answer)
		fake_api_fail(l->api, path, ERR_NETWORK, "the connection broke");
	else
		answer_read(l, path);
}

static void answer_calls(struct life *l)
{
	while (l->seen < fake_api_count(l->api)) {
		struct str call = str_from(fake_api_call(l->api, l->seen++));
		struct str method, path;
		char text[200];

		str_next(&call, ' ', &method);
		str_next(&call, ' ', &path);
		snprintf(text, sizeof(text), "%.*s", STR_ARG(path));
		if (str_eq(method, STR("GET")))
			answer_read(l, text);
		else
			answer_write(l, text);
	}
}

/* What a person would do next, as it stands. False: there is nothing left to do. */
static bool order_next(struct life *l)
{
	const struct act_change *c =
		l->changes && changes_size(l->changes) ? changes_at(l->changes, 0) : NULL;
	struct acting_order plan = {.id = ++l->last_id,
				    .action = "sql-scale",
				    .target = "atlas",
				    .inputs = (const char *const[]){"size=S3"},
				    .n_inputs = 1};

	if (!l->changes || l->is_ordered)
		return true;
	l->is_ordered = true;
	if (!c && !l->plan[0])
		change_desk_plan(l->desk, &plan);
	else if (!c)
		change_desk_do(l->desk, VERB_PROPOSE, plan.id, l->plan, NULL);
	else if (c->state == CHANGE_PROPOSED)
		change_desk_do(l->desk, VERB_APPROVE, plan.id, c->plan->id, "atlas");
	else if (c->state == CHANGE_APPROVED)
		change_desk_do(l->desk, VERB_RUN, plan.id, c->plan->id, NULL);
	else
		l->is_ordered = false;
	if (!c || c->state != CHANGE_ENDED)
		return true;
	l->cloud->outcome = c->outcome;
	return false;
}

/* One process, to the end of the change or its own. */
static void live(struct cloud *cloud, const char *dir, int kill_at)
{
	struct life l;

	take_home(dir);
	kill_points_set(kill_at);
	life_init(&l, cloud, dir);
	for (int i = 0; order_next(&l); i++) {
		if (i == MOST_TURNS)
			give_up("it comes to no end");
		fake_loop_work(l.loop);
		answer_calls(&l);
		publish(&l);
		fake_loop_advance(l.loop, TURN_MS);
		cloud->now_ms = clock_wall_ms(loop_clock(l.loop));
	}
	kill_points_set(-1);
	life_fini(&l);
	_exit(0);
}

/* Whether it was killed. */
static bool run_life(struct cloud *cloud, const char *dir, int kill_at)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		live(cloud, dir, kill_at);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFSIGNALED(status) && status != 0)
		fail_msg("killed at %d: it failed (%x)", kill_at, (unsigned)status);
	assert_true(!WIFSIGNALED(status) || WTERMSIG(status) == SIGKILL);
	return WIFSIGNALED(status);
}

static size_t count(struct str log, const char *what)
{
	size_t n = 0;

	for (ptrdiff_t at; (at = str_find(log, str_from(what))) >= 0; n++)
		log = str_sub(log, (size_t)at + 1, log.n);
	return n;
}

static void check_log(const struct cloud *cloud, const char *dir, int at)
{
	struct audit_report r;
	struct audit_files f;
	struct keychain k;
	struct signer signer;
	struct strbuf path;
	struct err err;

	take_home(dir);
	keychain_init(&k);
	strbuf_init(&path, 4096);
	strbuf_printf(&path, "%s/azdeck/audit.log", dir);
	if (!signer_open(&signer, &k, &err) || !audit_files_read(&f, path.p, &err))
		fail_msg("killed at %d: %s", at, err.text);
	audit_check(strbuf_str(&f.log), audit_files_head(&f),
		    &(struct audit_how){.keys = {&signer.key, 1}, .is_each = true}, &r);
	if (!audit_report_is_sound(&r))
		fail_msg("killed at %d: line %zu: %s", at, r.line,
			 audit_fault_name(r.entry));
	if (cloud->patches && !count(strbuf_str(&f.log), "\"kind\":\"request\""))
		fail_msg("killed at %d: it was sent and is not in the log", at);
	/* Twice where it was killed between the log and the journal. */
	if (count(strbuf_str(&f.log), "\"outcome\":") == 0)
		fail_msg("killed at %d: its end is not in the log", at);
	audit_report_fini(&r);
	audit_files_fini(&f);
	signer_fini(&signer);
	keychain_fini(&k);
	strbuf_fini(&path);
}

static void check_after(const struct cloud *cloud, const char *dir, int at, int *unknown)
{
	if (cloud->patches > 1)
		fail_msg("killed at %d: it was sent %d times", at, cloud->patches);
	if (cloud->outcome == RUN_UNKNOWN)
		++*unknown;
	if (cloud->outcome == RUN_UNKNOWN
		    ? cloud->patches != 0
		    : cloud->outcome != RUN_HELPED || strcmp(cloud->size, "S3") != 0)
		fail_msg("killed at %d: %s, sent %d times, %s", at,
			 run_outcome_name(cloud->outcome), cloud->patches, cloud->size);
	check_log(cloud, dir, at);
}

/* The sanitizers see at some of the points what they would at all. */
static int sparseness(void)
{
	return getenv("AZ_VARIANT") ? 5 : 1;
}

/* Kills at each point, or each so many, until there is none; returns how often. */
static int every_point(const char *name, const struct cloud *begin, int stride,
		       bool kills_twice)
{
	struct cloud *cloud = mmap(NULL, sizeof(*cloud), PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	bool was_killed = true;
	int at = 0, n = 0, unknown = 0;

	assert_true(cloud != MAP_FAILED);
	stride *= sparseness();
	for (; was_killed; at += stride, n++) {
		char dir[200], folder[64];

		assert_true(at < MOST_POINTS);
		*cloud = *begin;
		snprintf(folder, sizeof(folder), "%s-%d", name, at);
		snprintf(dir, sizeof(dir), "%s", scratch_path(folder));
		was_killed = run_life(cloud, dir, at);
		if (was_killed && kills_twice)
			run_life(cloud, dir, at % 17);
		if (was_killed)
			run_life(cloud, dir, -1);
		check_after(cloud, dir, at, &unknown);
	}
	munmap(cloud, sizeof(*cloud));
	print_message("# %s: killed at %d points, after %d of them nobody can tell\n",
		      name, n - 1, unknown);
	/* Written down, and not on the wire yet: some points, and all of them say so. */
	assert_in_range(unknown, stride == 1, 12);
	return n - 1;
}

static const struct cloud fresh = {.size = "S2",
				   .asked = "S2",
				   .now_ms = INT64_C(1773224430000)};

static void test_quick(void **state)
{
	(void)state;
	assert_true(every_point("quick", &fresh, 1, false) > LEAST_POINTS / sparseness());
}

static void test_slow(void **state)
{
	struct cloud begin = fresh;

	(void)state;
	begin.is_slow = true;
	assert_true(every_point("slow", &begin, 7, false) > LEAST_POINTS / sparseness());
}

static void test_lost_answer(void **state)
{
	struct cloud begin = fresh;

	(void)state;
	begin.loses_answer = true;
	assert_true(every_point("lost", &begin, 4, false) > LEAST_POINTS / sparseness());
}

static void test_killed_twice(void **state)
{
	struct cloud begin = fresh;

	(void)state;
	begin.is_slow = true;
	assert_true(every_point("twice", &begin, 9, true) > LEAST_POINTS / sparseness());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quick),
		cmocka_unit_test(test_slow),
		cmocka_unit_test(test_lost_answer),
		cmocka_unit_test(test_killed_twice),
	};

	if (!secret_setup())
		return 1;
	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
