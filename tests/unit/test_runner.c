/* Plans run on the loop: nothing leaves before the journal has it, whatever fails on the
 * way. Time and the service are the test's. */
#include "unit/check.h"

#include <sodium.h>
#include <stdlib.h>

#include "act/runner.h"
#include "act/scope.h"
#include "base/count.h"
#include "base/json.h"
#include "fake/fake_loop.h"

#define NOW_MS 1773224430000LL

static const char text[] =
	"{\"title\":\"Scale it\",\"about\":\"A.\",\"board\":\"sql\",\"target\":\"name\","
	"\"risk\":\"low\",\"permission\":\"p\","
	"\"inputs\":{\"size\":{\"title\":\"new size\"}},"
	"\"reads\":{\"db\":{\"get\":\"/db\"}},"
	"\"bound_to\":[{\"name\":\"size\",\"title\":\"size\",\"value\":\"db.size\"}],"
	"\"shows\":[{\"title\":\"size\",\"before\":\"db.size\",\"after\":\"input.size\"}]"
	","
	"\"steps\":[{\"name\":\"one\",\"title\":\"ask\",\"post\":\"/"
	"scale\",\"body\":{\"s\":"
	"\"{input.size}\"},\"if_match\":\"db.etag\",\"done\":\"db.size == input.size\"}],"
	"\"verify\":{\"text\":\"t\",\"holds\":\"row\",\"within\":\"10m\"},"
	"\"undo\":{\"why\":\"w\"}}";

struct bench {
	struct loop *loop;
	struct api *api;
	struct credential *credential;
	struct connection connection;
	struct action *action;
	struct runner *runner;
	struct strbuf told; /* what happened, in order */
	struct strbuf saved;
	size_t seen; /* calls that are in `told` */
	int save_fails;
	bool holds;
	/* of a save */
	runner_saved_fn done;
	void *done_ctx;
	struct err save_err;
};

static const struct connection *connection_of(void *ctx, enum conn_kind kind)
{
	struct bench *b = ctx;

	assert_int_equal(kind, CONN_ARM);
	return &b->connection;
}

static void note_calls(struct bench *b)
{
	while (b->seen < fake_api_count(b->api))
		strbuf_printf(&b->told, "%s; ", fake_api_call(b->api, b->seen++));
}

static void save_done(void *ctx)
{
	struct bench *b = ctx;
	runner_saved_fn done = b->done;
	struct err err = b->save_err;

	done(&err, b->done_ctx);
}

static void save(void *ctx, const struct run *run, runner_saved_fn done, void *done_ctx)
{
	struct bench *b = ctx;

	note_calls(b);
	b->done = done;
	b->done_ctx = done_ctx;
	err_clear(&b->save_err);
	if (b->save_fails > 0) {
		b->save_fails--;
		err_set(&b->save_err, ERR_IO, "the disk is full");
		strbuf_puts(&b->told, "cannot save; ");
	} else {
		strbuf_printf(&b->told, "save %s; ", run_state_name(run->state));
		strbuf_reset(&b->saved);
		run_save(run, &b->saved);
	}
	loop_timer_start(b->loop, 0, save_done, b);
}

static bool check_holds(void *ctx, const struct run *run, const cJSON *scope)
{
	(void)run;
	(void)scope;
	return ((struct bench *)ctx)->holds;
}

static void told(void *ctx, const struct run *run)
{
	struct bench *b = ctx;

	if (run->state == RUN_ENDED)
		strbuf_printf(&b->told, "%s; ", run_outcome_name(run->outcome));
}

static cJSON *scope_of(void)
{
	struct err err;

	return json_parse(
		STR("{\"row\":{},\"input\":{\"size\":\"L\"},\"db\":{\"size\":\"S\","
		    "\"etag\":\"7\"}}"),
		&json_wire, NULL, &err);
}

static void start(struct bench *b, struct run *run)
{
	const struct runner_options options = {
		.look = {.api = b->api,
			 .loop = b->loop,
			 .connection = connection_of,
			 .ctx = b},
		.connection = connection_of,
		.save = save,
		.check = check_holds,
		.told = told,
		.ctx = b,
	};

	b->runner = runner_start(&options, b->action, run, scope_of());
}

static void bench_init(struct bench *b)
{
	struct plan_about about = {.board = "sql",
				   .key = "k",
				   .target = "atlas",
				   .connection = "azure",
				   .by = "ann",
				   .now_ms = NOW_MS,
				   .expires_ms = NOW_MS + 3600000};
	struct err err = {0};
	struct plan *plan;
	struct run run;
	cJSON *scope = scope_of();

	*b = (struct bench){.loop = fake_loop_new(NOW_MS), .api = fake_api_new()};
	b->credential = fake_credential_new(b->loop, "t");
	b->connection = (struct connection){.name = (char[]){"azure"},
					    .kind = CONN_ARM,
					    .base_url = (char[]){"http://x"},
					    .credential = b->credential};
	strbuf_init(&b->told, 8000);
	strbuf_init(&b->saved, 1 << 20);
	b->action = action_parse(STR(text), "scale", "test", &err);
	plan = b->action ? plan_make(b->action, scope, &about, &err) : NULL;
	if (!plan)
		fail_msg("%s", err.text);
	cJSON_Delete(scope);
	run_init(&run, plan, b->action->check.within_ms, NOW_MS);
	start(b, &run);
}

static void bench_fini(struct bench *b)
{
	runner_free(b->runner);
	fake_loop_advance(b->loop, 0);
	action_free(b->action);
	strbuf_fini(&b->told);
	strbuf_fini(&b->saved);
	fake_api_free(b->api);
	fake_credential_free(b->credential);
	fake_loop_free(b->loop);
}

static void pass(struct bench *b, int64_t ms)
{
	fake_loop_advance(b->loop, ms);
	note_calls(b);
}

static void check(struct bench *b, const char *name, const char *want)
{
	note_calls(b);
	check_text(name, strbuf_str(&b->told), want);
}

#define LOOKED "save reading; GET /db ; "
#define SENT   LOOKED "save sending; save sending; POST /scale {\"s\":\"L\"}; "

static void test_whole(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	pass(&b, 0);
	check(&b, "it looks first", LOOKED);
	fake_api_answer(b.api, "/db", "{\"size\":\"S\",\"etag\":\"7\"}");
	pass(&b, 0);
	check(&b, "written down, then sent", SENT);
	fake_api_answer(b.api, "/scale", "{}");
	pass(&b, 0);
	check(&b, "watched", SENT "save checking; ");
	pass(&b, 60000);
	check(&b, "not yet", SENT "save checking; ");
	b.holds = true;
	pass(&b, 15000);
	check(&b, "it helped", SENT "save checking; save ended; helped; ");
	bench_fini(&b);
}

static void test_no_journal(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	pass(&b, 0);
	b.save_fails = 3;
	fake_api_answer(b.api, "/db", "{\"size\":\"S\"}");
	pass(&b, 4000);
	check(&b, "nothing leaves", LOOKED "cannot save; ");
	pass(&b, 5000);
	check(&b, "still nothing", LOOKED "cannot save; cannot save; ");
	pass(&b, 6000);
	pass(&b, 6000);
	note_calls(&b);
	if (!strstr(b.told.p, "save sending; POST /scale"))
		fail_msg("%s", b.told.p);
	fake_api_answer(b.api, "/scale", "{}");
	pass(&b, 0);
	bench_fini(&b);
}

static void test_moved(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	pass(&b, 0);
	fake_api_answer(b.api, "/db", "{\"size\":\"M\"}");
	pass(&b, 0);
	check(&b, "dead", LOOKED "save ended; dead; ");
	assert_string_equal(runner_run(b.runner)->moved,
			    "size was \"S\", is now \"M\"\n");
	bench_fini(&b);
}

static void test_answers(void **state)
{
	static const struct {
		const char *name;
		enum err_code code;
		int status;
		const char *db; /* what is seen afterwards; NULL: nothing is asked */
		const char *want;
	} cases[] = {
		{"refused", ERR_CONFLICT, 409, NULL, "save ended; failed; "},
		{"changed meanwhile", ERR_CONFLICT, 412, NULL, "save ended; failed; "},
		{"no right", ERR_FORBIDDEN, 403, NULL, "save ended; failed; "},
		{"the answer was lost, and it was done", ERR_NETWORK, 0,
		 "{\"size\":\"L\"}", "save sending; GET /db ; save checking; "},
		{"500, and it was done", ERR_SERVICE, 500, "{\"size\":\"L\"}",
		 "save sending; GET /db ; save checking; "},
		{"lost, and nothing shows", ERR_TIMEOUT, 0, "{\"size\":\"S\"}",
		 "save sending; GET /db ; save sending; GET /db ; save sending; GET /db "
		 "; "
		 "save sending; GET /db ; save sending; GET /db ; save sending; GET /db "
		 "; "
		 "save ended; unknown; "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct strbuf want;
		struct bench b;

		bench_init(&b);
		strbuf_init(&want, 4000);
		strbuf_printf(&want, SENT "%s", cases[i].want);
		pass(&b, 0);
		fake_api_answer(b.api, "/db", "{\"size\":\"S\"}");
		pass(&b, 0);
		fake_api_fail_status(b.api, "/scale", cases[i].code, cases[i].status,
				     "it went wrong");
		for (int k = 0; k < 8; k++) {
			pass(&b, 5000);
			if (cases[i].db && fake_api_open(b.api))
				fake_api_answer(b.api, "/db", cases[i].db);
		}
		pass(&b, 0);
		check(&b, cases[i].name, want.p);
		strbuf_fini(&want);
		bench_fini(&b);
	}
}

/* Azure names the right; what forbids it otherwise stays as it is said. */
static void test_no_right(void **state)
{
	static const struct {
		const char *said, *want;
	} cases[] = {
		{"AuthorizationFailed: no",
		 "no right to A.B/things/write on atlas: ask for "
		 "the role Contributor there, and plan it anew"},
		{"RequestDisallowedByPolicy: no", "RequestDisallowedByPolicy: no"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct plan_request *request;
		struct bench b;

		bench_init(&b);
		pass(&b, 0);
		request = (struct plan_request *)(uintptr_t)&runner_run(b.runner)
				  ->plan->requests[0];
		request->path = "/providers/A.B/things/t";
		request->method = HTTP_PUT;
		fake_api_answer(b.api, "/db", "{\"size\":\"S\"}");
		pass(&b, 0);
		fake_api_fail_status(b.api, "/providers/A.B/things/t", ERR_FORBIDDEN, 403,
				     cases[i].said);
		pass(&b, 0);
		assert_int_equal(runner_run(b.runner)->outcome, RUN_FAILED);
		assert_string_equal(runner_run(b.runner)->err.text, cases[i].want);
		bench_fini(&b);
	}
}

/* Signed out: as if it had not left. */
static void meet_the_door(struct bench *b)
{
	pass(b, 5000);
	fake_api_answer(b->api, "/db", "{\"size\":\"S\"}");
	pass(b, 0);
	fake_api_fail_status(b->api, "/scale", ERR_AUTH, 401, "signed out");
	pass(b, 0);
}

#define AGAIN                                                                            \
	"save reading; GET /db ; save sending; save sending; POST /scale "               \
	"{\"s\":\"L\"}; "

static void test_signed_out(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	pass(&b, 0);
	fake_api_answer(b.api, "/db", "{\"size\":\"S\"}");
	pass(&b, 0);
	fake_api_fail(b.api, "/scale", ERR_AUTH, "signed out");
	pass(&b, 0);
	check(&b, "it is not lost", SENT "save reading; ");
	assert_string_equal(runner_run(b.runner)->err.text, "signed out");
	assert_int_equal(runner_run(b.runner)->steps[0].sent, 0);
	pass(&b, 5000);
	fake_api_answer(b.api, "/db", "{\"size\":\"S\"}");
	pass(&b, 0);
	check(&b, "and leaves again", SENT AGAIN);
	fake_api_answer(b.api, "/scale", "{}");
	pass(&b, 0);
	assert_int_equal(runner_run(b.runner)->steps[0].sent, 1);
	bench_fini(&b);
}

/* What moves meanwhile is seen, and who never gets in gives up. */
static void test_signed_out_for_long(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	meet_the_door(&b);
	pass(&b, 5000);
	fake_api_answer(b.api, "/db", "{\"size\":\"M\"}");
	pass(&b, 0);
	assert_int_equal(runner_run(b.runner)->outcome, RUN_DEAD);
	bench_fini(&b);

	bench_init(&b);
	for (int i = 0; i < 6; i++)
		meet_the_door(&b);
	assert_int_equal(runner_run(b.runner)->outcome, RUN_FAILED);
	assert_string_equal(runner_run(b.runner)->err.text, "signed out");
	bench_fini(&b);
}

/* Put off by the service: sent again when it said. */
static void test_put_off(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	pass(&b, 0);
	fake_api_answer(b.api, "/db", "{\"size\":\"S\"}");
	pass(&b, 0);
	fake_api_retry_after(b.api, 30000);
	fake_api_fail_status(b.api, "/scale", ERR_THROTTLED, 429, "slow down");
	pass(&b, 29000);
	check(&b, "it waits", SENT "save sending; ");
	pass(&b, 1000);
	check(&b, "again",
	      SENT "save sending; save sending; POST /scale {\"s\":\"L\"}; ");
	fake_api_answer(b.api, "/scale", "{}");
	pass(&b, 0);
	bench_fini(&b);
}

/* Another process goes on: what may have left is not sent again. */
static void test_goes_on(void **state)
{
	struct strbuf saved;
	struct bench b;
	struct run run;
	struct err err;

	(void)state;
	bench_init(&b);
	pass(&b, 0);
	fake_api_answer(b.api, "/db", "{\"size\":\"S\"}");
	pass(&b, 0);
	strbuf_init(&saved, 1 << 20);
	strbuf_put(&saved, strbuf_str(&b.saved));
	runner_free(b.runner); /* killed with the request on its way */
	strbuf_reset(&b.told);
	if (!run_load(&run, strbuf_str(&saved), &err))
		fail_msg("%s", err.text);
	start(&b, &run);
	pass(&b, 0);
	check(&b, "it looks", "save sending; GET /db ; ");
	fake_api_answer(b.api, "/db", "{\"size\":\"L\"}");
	pass(&b, 0);
	check(&b, "and knows", "save sending; GET /db ; save checking; ");
	strbuf_fini(&saved);
	bench_fini(&b);
}

/* Somebody sets the machine's clock; time itself goes on. */
static void set_clock(struct bench *b, int64_t by_ms)
{
	((struct clock *)(uintptr_t)loop_clock(b->loop))->wall_ms += by_ms;
}

static const struct {
	const char *name;
	int64_t by_ms;
} sets[] = {
	{"as it is", 0},
	{"an hour on", 3600000},
	{"an hour back", -3600000},
	{"a year back", -365LL * 86400000},
	{"a little", 1500},
};

/* How long a thing took is how long it took, and it is watched for as long as it should
 * be, whenever the clock is set. */
static void test_clock_is_set(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sets); i++) {
		for (int helps = 0; helps <= 1; helps++) {
			const struct run *run;
			struct bench b;
			int64_t took_ms;

			bench_init(&b);
			pass(&b, 0);
			fake_api_answer(b.api, "/db", "{\"size\":\"S\"}");
			pass(&b, 4000);
			set_clock(&b, sets[i].by_ms);
			fake_api_answer(b.api, "/scale", "{}");
			pass(&b, 30000);
			run = runner_run(b.runner);
			check_case(sets[i].name, run->state == RUN_CHECKING);
			took_ms = run->steps[0].ended_ms - run->steps[0].sent_ms;
			check_case(sets[i].name, llabs(took_ms - 4000) < 2000);
			set_clock(&b, -sets[i].by_ms);
			b.holds = helps;
			pass(&b, helps ? 15000 : 9 * 60000);
			check_case(sets[i].name,
				   run->state == (helps ? RUN_ENDED : RUN_CHECKING));
			pass(&b, 60000);
			check_case(sets[i].name,
				   run->outcome ==
					   (helps ? RUN_HELPED : RUN_DID_NOT_HELP));
			took_ms = run->ended_ms - run->started_ms;
			check_case(sets[i].name,
				   helps ? took_ms >= 32000 && took_ms <= 51000
					 : took_ms >= 600000 && took_ms <= 640000);
			bench_fini(&b);
		}
	}
}

/* What was not begun is not begun by a clock that makes it too late, or too early. */
static void test_clock_is_set_before(void **state)
{
	static const struct {
		const char *name;
		int64_t by_ms;
		const char *moved; /* NULL: it goes on */
	} cases[] = {
		{"an hour on", 3600000, "it expired"},
		{"an hour back", -3600000, "is from later than this machine's clock"},
		{"four minutes back", -4 * 60000, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct run *run;
		struct bench b;

		bench_init(&b);
		pass(&b, 0);
		set_clock(&b, cases[i].by_ms);
		fake_api_answer(b.api, "/db", "{\"size\":\"S\"}");
		pass(&b, 0);
		run = runner_run(b.runner);
		check_case(cases[i].name,
			   (run->outcome == RUN_DEAD) == (cases[i].moved != NULL));
		if (cases[i].moved && !strstr(run->moved, cases[i].moved))
			fail_msg("%s: %s", cases[i].name, run->moved);
		check_case(cases[i].name,
			   (strstr(b.told.p, "POST") != NULL) == !cases[i].moved);
		if (!cases[i].moved)
			fake_api_answer(b.api, "/scale", "{}");
		pass(&b, 0);
		bench_fini(&b);
	}
}

/* Killed, the clock set back, and found again: nothing of it lies in the future. */
static void test_clock_is_set_between(void **state)
{
	struct strbuf saved;
	struct bench b;
	struct run run;
	struct err err;

	(void)state;
	bench_init(&b);
	pass(&b, 0);
	fake_api_answer(b.api, "/db", "{\"size\":\"S\"}");
	pass(&b, 60000);
	strbuf_init(&saved, 1 << 20);
	strbuf_put(&saved, strbuf_str(&b.saved));
	runner_free(b.runner);
	set_clock(&b, -3600000);
	if (!run_load(&run, strbuf_str(&saved), &err))
		fail_msg("%s", err.text);
	start(&b, &run);
	pass(&b, 0);
	fake_api_answer(b.api, "/db", "{\"size\":\"L\"}");
	pass(&b, 9 * 60000);
	assert_int_equal(runner_run(b.runner)->state, RUN_CHECKING);
	pass(&b, 2 * 60000);
	assert_int_equal(runner_run(b.runner)->outcome, RUN_DID_NOT_HELP);
	assert_true(runner_run(b.runner)->started_ms <=
		    runner_run(b.runner)->steps[0].sent_ms);
	strbuf_fini(&saved);
	bench_fini(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_no_journal),
		cmocka_unit_test(test_moved),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_put_off),
		cmocka_unit_test(test_goes_on),
		cmocka_unit_test(test_clock_is_set),
		cmocka_unit_test(test_clock_is_set_before),
		cmocka_unit_test(test_clock_is_set_between),
		cmocka_unit_test(test_no_right),
		cmocka_unit_test(test_signed_out),
		cmocka_unit_test(test_signed_out_for_long),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
