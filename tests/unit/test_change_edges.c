/* Edges of schedules at the change desk, over a fake loop and a service in memory: which
 * become proposals, which are run without anybody, and which nothing is made of; that an
 * edge is planned once, and withdrawn when its schedule asks for something else. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/timefmt.h"
#include "base/secret.h"
#include "board/def.h"
#include "fake/fake_loop.h"
#include "unit/board_fixture.h"
#include "unit/scratch.h"
#include "worker/change/change_desk.h"
#include "worker/watch.h"

#define NOW_MS	 INT64_C(1773224430000) /* 2026-03-11T10:20:30Z */
#define DAY_OF_S 86400
enum { TURNS = 60, TURN_MS = 1000 };

static const char edge_at[] = "2026-03-11T10:15:00Z";
static const char *const ours[] = {"srv-1/at*"};

struct situation {
	const char *name;
	const char *drift;
	const char *is, *links; /* as the service says it */
	bool is_unattended, is_proposed;
	bool is_frozen, needs_second, only_looks, asks_once;
	int n_changes; /* 0 or 1 */
	enum change_state state;
};

struct stage {
	const struct situation *s;
	struct config config;
	struct config_freeze freeze;
	struct config_action_rule rule;
	struct loop *loop;
	struct api *api;
	struct connections connections;
	struct connection connection;
	struct board_def *schedules, *databases;
	struct change_desk *desk;
	struct keychain keychain;
	struct changes *changes;
	const char *drift, *due, *want;
	char size[8];
	size_t seen;
	int patches;
};

/* Nobody else writes here. */
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

static void never_planned(void *ctx, uint64_t id, struct plan *plan, bool needs_second,
			  const struct err *err)
{
	(void)ctx, (void)id, (void)plan, (void)needs_second, (void)err;
	fail_msg("nobody ordered a plan");
}

/* Orders of the test itself: 1 is done, 2 is refused, as there is nothing to stop. */
static void done(void *ctx, uint64_t id, const struct err *err)
{
	(void)ctx;
	assert_int_equal(err->code, id == 1 ? ERR_NONE : ERR_REFUSED);
}

/* In place of the real one (--wrap), which it calls. */
bool __real_sign_key_verify(const struct sign_key *key, enum sign_domain domain,
			    struct str bytes, const struct signature *signature);
bool __wrap_sign_key_verify(const struct sign_key *key, enum sign_domain domain,
			    struct str bytes, const struct signature *signature);

static int n_verified; /* approvals */

bool __wrap_sign_key_verify(const struct sign_key *key, enum sign_domain domain,
			    struct str bytes, const struct signature *signature)
{
	n_verified += domain == SIGN_APPROVAL;
	return __real_sign_key_verify(key, domain, bytes, signature);
}

static void told(void *ctx, struct changes *changes)
{
	struct stage *t = ctx;

	changes_put(t->changes);
	t->changes = changes;
}

static void ignore(void *ctx)
{
	(void)ctx;
}

static void ignore_board(void *ctx, const char *board)
{
	(void)ctx, (void)board;
}

static struct board_def *def_of(const char *name, const char *text)
{
	struct err err;
	struct board_def *def = board_def_parse(str_from(text), name, "x.json", &err);

	if (!def)
		fail_msg("%s", err.text);
	return def;
}

#define COLUMN(name) "{\"name\":\"" name "\",\"title\":\"T\",\"value\":\"" name "\"}"

#define WHO  COLUMN("name") "," COLUMN("kind") "," COLUMN("server")
#define WHAT COLUMN("drift") "," COLUMN("want") "," COLUMN("missed")
#define IS   COLUMN("size") "," COLUMN("status") "," COLUMN("resource")
#define DUE  "{\"name\":\"due\",\"title\":\"D\",\"type\":\"time\",\"value\":\"due\"}"

static const char schedules_def[] = FIXTURE_DEF(WHO "," WHAT "," IS "," DUE);
static const char databases_def[] = FIXTURE_DEF(
	COLUMN("name") "," COLUMN("status") "," COLUMN("size") "," COLUMN("pool"));

static void make_defs(struct stage *t)
{
	t->schedules = def_of("sql-schedules", schedules_def);
	t->databases = def_of("sql", databases_def);
}

static void set_rules(struct stage *t)
{
	const struct situation *s = t->s;
	struct config_schedules *schedules = &t->config.schedules;
	struct config_actions *actions = &t->config.actions;

	*schedules = config_schedules_default;
	*actions = config_actions_default;
	schedules->propose = schedules->unattended = ours;
	schedules->n_propose = s->is_proposed;
	schedules->n_unattended = s->is_unattended;
	t->freeze = (struct config_freeze){.from_ms = NOW_MS - 1,
					   .to_ms = NOW_MS + 1000 * DAY_OF_S,
					   .why = "sale"};
	t->rule = (struct config_action_rule){.needs_second = true};
	actions->freezes = &t->freeze;
	actions->n_freezes = s->is_frozen;
	actions->rules = &t->rule;
	actions->n_rules = s->needs_second;
}

static void open_desk(struct stage *t)
{
	t->desk = change_desk_new(&(struct change_desk_options){
		.loop = t->loop,
		.api = t->api,
		.connections = &t->connections,
		.config = &t->config,
		.keychain = &t->keychain,
		.by = "ann",
		.dir = getenv("XDG_STATE_HOME"),
		.only_looks = t->s->only_looks,
		.takes_over = !t->s->asks_once,
		.planned = never_planned,
		.done = done,
		.told = told,
		.want = ignore,
		.refresh = ignore_board,
		.ctx = t,
	});
}

static void begin(struct stage *t, const struct situation *s)
{
	static char name[] = "azure", base[] = "http://x";
	static int n;
	char folder[40];

	*t = (struct stage){.s = s,
			    .drift = s->drift,
			    .due = edge_at,
			    .want = "S3",
			    .loop = fake_loop_new(NOW_MS),
			    .api = fake_api_new()};
	snprintf(t->size, sizeof(t->size), "%s", s->is ? s->is : "S2");
	snprintf(folder, sizeof(folder), "edges-%d", n++);
	setenv("XDG_STATE_HOME", scratch_path(folder), 1);
	setenv("XDG_DATA_HOME", getenv("XDG_STATE_HOME"), 1);
	t->connection =
		(struct connection){.name = name, .kind = CONN_ARM, .base_url = base};
	vec_push(&t->connections.list, &t->connection);
	keychain_init(&t->keychain);
	make_defs(t);
	set_rules(t);
	open_desk(t);
}

static void end(struct stage *t)
{
	change_desk_free(t->desk);
	fake_loop_work(t->loop);
	changes_put(t->changes);
	vec_fini(&t->connections.list);
	board_def_put(t->schedules);
	board_def_put(t->databases);
	keychain_fini(&t->keychain);
	fake_api_free(t->api);
	fake_loop_free(t->loop);
}

static void publish(struct stage *t, const struct board_def *def, const char *row)
{
	struct board *board;
	struct strbuf text;

	strbuf_init(&text, 2000);
	strbuf_printf(&text,
		      "{\"a\":{\"value\":[{\"id\":\"/db\",\"name\":\"atlas\",%s}]}}",
		      row);
	board = fixture_board(def, text.p);
	board->is_loading = false;
	board->fetched_ms = clock_wall_ms(loop_clock(t->loop));
	change_desk_saw(t->desk, board);
	board_put(board);
	strbuf_fini(&text);
}

static void publish_both(struct stage *t)
{
	struct strbuf row;

	strbuf_init(&row, 1000);
	strbuf_printf(&row, "\"status\":\"Online\",\"size\":\"%s\"", t->size);
	publish(t, t->databases, row.p);
	strbuf_reset(&row);
	strbuf_printf(&row,
		      "\"kind\":\"database\",\"server\":\"srv-1\",\"drift\":\"%s\","
		      "\"want\":\"%s\",\"status\":\"Online\",\"resource\":\"/db\","
		      "\"due\":\"%s\"",
		      t->drift, t->want, t->due);
	publish(t, t->schedules, row.p);
	strbuf_fini(&row);
}

static void answer(struct stage *t, struct str method, const char *path)
{
	struct strbuf text;

	strbuf_init(&text, 1000);
	if (!str_eq(method, STR("GET"))) {
		t->patches++;
		snprintf(t->size, sizeof(t->size), "%s", t->want);
		t->drift = "as intended";
	}
	if (strstr(path, "/replicationLinks"))
		strbuf_printf(&text, "{\"value\":[%s]}", t->s->links ? t->s->links : "");
	else
		strbuf_printf(&text,
			      "{\"id\":\"/db\",\"properties\":{"
			      "\"currentServiceObjectiveName\":\"%s\","
			      "\"requestedServiceObjectiveName\":\"%s\","
			      "\"status\":\"Online\",\"maxSizeBytes\":1}}",
			      t->size, t->size);
	fake_api_answer(t->api, path, text.p);
	strbuf_fini(&text);
}

static void live(struct stage *t)
{
	for (int i = 0; i < TURNS; i++) {
		fake_loop_work(t->loop);
		while (t->seen < fake_api_count(t->api)) {
			struct str call = str_from(fake_api_call(t->api, t->seen++));
			struct str method, path;
			char text[200];

			str_next(&call, ' ', &method);
			str_next(&call, ' ', &path);
			snprintf(text, sizeof(text), "%.*s", STR_ARG(path));
			answer(t, method, text);
		}
		publish_both(t);
		fake_loop_advance(t->loop, TURN_MS);
	}
}

static size_t n_changes(const struct stage *t)
{
	return t->changes ? changes_size(t->changes) : 0;
}

static bool log_has(const char *what)
{
	struct strbuf path, text;
	struct err err;
	bool has;

	strbuf_init(&path, 4000);
	strbuf_init(&text, 1 << 20);
	strbuf_printf(&path, "%s/azdeck/audit.log", getenv("XDG_STATE_HOME"));
	has = file_read(path.p, &text, &err) &&
	      str_find(strbuf_str(&text), str_from(what)) >= 0;
	strbuf_fini(&path);
	strbuf_fini(&text);
	return has;
}

static const char copied[] = "{\"properties\":{\"replicationState\":\"CATCH_UP\"}}";

static const struct situation situations[] = {
	{"due, of what is proposed", "due", .is_proposed = true, .n_changes = 1,
	 .state = CHANGE_PROPOSED},
	{"due, and unattended", "due", .is_unattended = true, .n_changes = 1,
	 .state = CHANGE_ENDED},
	{"missed, and unattended", "smaller", .is_unattended = true, .n_changes = 1,
	 .state = CHANGE_PROPOSED},
	{"unattended, but of high concern", "due", .is_unattended = true,
	 .needs_second = true, .n_changes = 1, .state = CHANGE_PROPOSED},
	{"unattended, but its plan warns", "due", .links = copied, .is_unattended = true,
	 .n_changes = 1, .state = CHANGE_PROPOSED},
	{"the configuration says nothing of it", "due", .n_changes = 0},
	{"in a freeze", "due", .is_unattended = true, .is_frozen = true},
	{"as intended", "as intended", .is_unattended = true},
	{"being scaled", "moving", .is_unattended = true},
	{"undecidable", "undecidable", .is_unattended = true},
	{"opted out", "opted out", .is_unattended = true},
	{"it has it already", "due", .is = "S3", .is_unattended = true},
	{"read-only", "due", .is_unattended = true, .only_looks = true},
	{"an azdeck that asks once", "due", .is_unattended = true, .asks_once = true},
};

static void test_situations(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(situations) / sizeof(situations[0]); i++) {
		const struct situation *s = &situations[i];
		bool runs = s->n_changes && s->state == CHANGE_ENDED;
		const struct act_change *c;
		struct stage t;

		begin(&t, s);
		live(&t);
		if (n_changes(&t) != (size_t)s->n_changes || t.patches != runs)
			fail_msg("%s: %zu changes, %d requests", s->name, n_changes(&t),
				 t.patches);
		c = s->n_changes ? changes_at(t.changes, 0) : NULL;
		if (c && (c->state != s->state || strcmp(c->plan->by, "schedule") != 0 ||
			  !strstr(c->plan->warnings[0], edge_at)))
			fail_msg("%s: %s by %s: %s", s->name, change_state_name(c->state),
				 c->plan->by, c->plan->warnings[0]);
		if (runs)
			assert_int_equal(c->outcome, RUN_HELPED);
		if (log_has("\"by\":\"schedule\"") != (s->n_changes == 1 || s->is) ||
		    log_has("\"how\":\"schedule\"") != runs)
			fail_msg("%s: the audit log does not say so", s->name);
		end(&t);
	}
}

/* Another azdeck comes. */
static void reopen(struct stage *t)
{
	change_desk_free(t->desk);
	fake_loop_work(t->loop);
	open_desk(t);
	live(t);
}

static void test_once(void **state)
{
	struct stage t;

	(void)state;
	begin(&t, &situations[0]);
	live(&t);
	assert_int_equal(n_changes(&t), 1);
	change_desk_do(t.desk, VERB_REJECT, 1, changes_at(t.changes, 0)->plan->id, "no");
	live(&t);
	reopen(&t);
	assert_int_equal(n_changes(&t), 1);
	assert_int_equal(changes_at(t.changes, 0)->state, CHANGE_REJECTED);
	end(&t);
}

static void test_withdrawn(void **state)
{
	const struct act_change *c;
	struct stage t;

	(void)state;
	begin(&t, &situations[0]);
	live(&t);
	t.drift = "as intended";
	live(&t);
	c = changes_at(t.changes, 0);
	assert_int_equal(c->state, CHANGE_REJECTED);
	assert_string_equal(c->rejected_by, "schedule");
	assert_string_equal(c->why, "its schedule does not ask for it any more");
	end(&t);
}

static void test_newer(void **state)
{
	struct stage t;

	(void)state;
	begin(&t, &situations[0]);
	live(&t);
	t.due = "2026-03-11T10:21:00Z";
	t.want = "S1";
	live(&t);
	assert_int_equal(n_changes(&t), 2);
	assert_int_equal(changes_at(t.changes, 0)->state, CHANGE_PROPOSED);
	assert_int_equal(changes_at(t.changes, 1)->state, CHANGE_REJECTED);
	assert_string_equal(changes_at(t.changes, 1)->why,
			    "a newer edge of its schedule takes its place");
	end(&t);
}

static void set_clock(struct stage *t, int64_t by_ms)
{
	((struct clock *)(uintptr_t)loop_clock(t->loop))->wall_ms += by_ms;
}

/* An edge that comes again because the clock was set back has been; the next one is one. */
static void test_clock_set_back(void **state)
{
	struct stage t;

	(void)state;
	begin(&t, &situations[1]);
	live(&t);
	assert_int_equal(t.patches, 1);
	set_clock(&t, -HOUR_MS);
	t.drift = "due";
	t.want = "S1";
	live(&t);
	t.due = "2026-03-11T07:00:00Z";
	live(&t);
	assert_int_equal(n_changes(&t), 1);
	assert_int_equal(t.patches, 1);
	set_clock(&t, 2 * HOUR_MS);
	t.due = "2026-03-11T11:23:00Z";
	live(&t);
	assert_int_equal(n_changes(&t), 2);
	assert_int_equal(t.patches, 2);
	end(&t);
}

/* What was planned while the clock was wrong by far keeps no edge back afterwards, and is
 * approved by nobody. */
static void test_clock_was_wrong(void **state)
{
	struct stage t;

	(void)state;
	begin(&t, &situations[0]);
	set_clock(&t, 365LL * DAY_MS);
	t.due = "2027-03-11T10:15:00Z";
	live(&t);
	assert_int_equal(n_changes(&t), 1);
	set_clock(&t, -365LL * DAY_MS);
	t.due = "2026-03-11T10:21:00Z";
	live(&t);
	assert_int_equal(n_changes(&t), 2);
	for (size_t i = 0; i < 2; i++) {
		const struct act_change *c = changes_at(t.changes, i);
		bool is_wrong = c->plan->made_ms > clock_wall_ms(loop_clock(t.loop));

		assert_int_equal(c->state, is_wrong ? CHANGE_EXPIRED : CHANGE_PROPOSED);
	}
	end(&t);
}

/* However often the list is told, a signature is looked at once for it; who approves and
 * who runs look for themselves. */
static void test_looked_at_once(void **state)
{
	struct stage t;

	(void)state;
	begin(&t, &situations[0]);
	live(&t);
	n_verified = 0;
	change_desk_do(t.desk, VERB_APPROVE, 1, changes_at(t.changes, 0)->plan->id,
		       "atlas");
	for (int i = 0; i < 5; i++) {
		live(&t);
		change_desk_do(t.desk, VERB_STOP, 2, changes_at(t.changes, 0)->plan->id,
			       NULL);
	}
	assert_int_equal(changes_at(t.changes, 0)->state, CHANGE_APPROVED);
	assert_int_equal(changes_at(t.changes, 0)->n_approvers, 1);
	assert_int_equal(n_verified, 2);
	end(&t);
}

/* Over for longer than is kept, or more of them than are: they leave the list, and the
 * audit log has them. */
static void test_pruned(void **state)
{
	struct stage t;

	(void)state;
	begin(&t, &situations[1]);
	live(&t);
	assert_int_equal(changes_at(t.changes, 0)->state, CHANGE_ENDED);
	t.due = "2026-03-11T10:21:00Z";
	t.drift = "due";
	t.want = "S1";
	live(&t);
	assert_int_equal(n_changes(&t), 2);
	t.config.actions.keep_changes = 1;
	reopen(&t);
	assert_int_equal(n_changes(&t), 1);
	assert_int_equal(changes_at(t.changes, 0)->state, CHANGE_ENDED);
	t.config.actions.keep_days = 2;
	fake_loop_advance(t.loop, 3 * INT64_C(1000) * DAY_OF_S);
	reopen(&t);
	assert_int_equal(n_changes(&t), 0);
	assert_true(log_has("\"outcome\":\"helped\""));
	end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_situations),
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_withdrawn),
		cmocka_unit_test(test_clock_set_back),
		cmocka_unit_test(test_clock_was_wrong),
		cmocka_unit_test(test_newer),
		cmocka_unit_test(test_pruned),
		cmocka_unit_test(test_looked_at_once),
	};

	if (!secret_setup())
		return 1;
	return cmocka_run_group_tests_name("change_edges", tests, scratch_make,
					   scratch_drop);
}
