/* From the queue to the machines: which step is behind, what idle machines cost, and
 * pods that find no place. Now is 2026-11-21T04:05:06Z. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "agents/fleet.h"
#include "agents/idle.h"
#include "board/list_price.h"
#include "agents/rules.h"
#include "base/count.h"
#include "base/timefmt.h"
#include "unit/board_fixture.h"

#define HOUR (3600 * INT64_C(1000))

static const struct price_case {
	const char *size;
	double hourly; /* NAN: not listed */
} prices[] = {
	{"D4s_v5", 0.192},
	{"Standard_D4s_v5", 0.192},
	{"standard_d4S_V5", 0.192},
	{"E16s_v5", 1.008},
	{"D4s", NAN},
	{"", NAN},
	{"several", NAN},
};

static void test_prices(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(prices); i++) {
		double got = machine_price_hourly(prices[i].size);

		check_case(prices[i].size, isnan(prices[i].hourly)
						   ? isnan(got)
						   : fabs(got - prices[i].hourly) < 1e-9);
	}
}

/* Midnight of that day. */
#define DAY_START (FIXTURE_NOW_MS - FIXTURE_NOW_MS % (24 * HOUR))

static void test_idle(void **state)
{
	struct idle idle;
	int64_t noon = DAY_START + 12 * HOUR;

	(void)state;
	idle_init(&idle, noon - 4 * HOUR, noon);
	assert_true(fabs(idle.covered[8] - 60) < 1e-9);
	assert_true(idle.covered[12] < 1e-9 && idle.covered[7] < 1e-9);
	idle_add_agent(&idle, 0);
	idle_add_agent(&idle, noon - 2 * HOUR);
	assert_true(fabs(idle.minutes[9] - 60) < 1e-9);
	assert_true(fabs(idle.minutes[10] - 120) < 1e-9);
	/* Across an hour, out of what is known, and still running. */
	idle_add_job(&idle, noon - 2 * HOUR - HOUR / 2, noon - 2 * HOUR + HOUR / 4);
	idle_add_job(&idle, noon - 9 * HOUR, noon - 4 * HOUR + HOUR / 2);
	idle_add_job(&idle, noon - HOUR / 2, INT64_MAX);
	assert_true(fabs(idle.minutes[9] - 30) < 1e-9);
	assert_true(fabs(idle.minutes[10] - 105) < 1e-9);
	assert_true(fabs(idle.minutes[8] - 30) < 1e-9);
	assert_true(fabs(idle.minutes[11] - 90) < 1e-9);
	/* 30 + 30 + 105 + 90 minutes in 4 hours. */
	assert_true(fabs(idle_hours_a_day(&idle) - 255. / 60 * 6) < 1e-9);
}

static void test_idle_unknown(void **state)
{
	struct idle idle;

	(void)state;
	idle_init(&idle, DAY_START - HOUR / 2, DAY_START);
	idle_add_agent(&idle, 0);
	assert_true(isnan(idle_hours_a_day(&idle)));
	/* No more than a day is asked for. */
	idle_init(&idle, DAY_START - 90 * HOUR, DAY_START);
	idle_add_agent(&idle, 0);
	assert_true(fabs(idle_hours_a_day(&idle) - 24) < 1e-9);
	/* More jobs than machines: never below nothing. */
	for (int i = 0; i < 5; i++)
		idle_add_job(&idle, DAY_START - 24 * HOUR, DAY_START);
	assert_true(fabs(idle_hours_a_day(&idle)) < 1e-9);
}

/* Each board from plain rows: what the rule reads of it. */
struct input {
	const char *board;
	const char *columns; /* "name:type ..." */
	const char *rows;
};

static struct board *board_of(const char *columns, const char *rows)
{
	struct str rest = str_from(columns), one;
	struct strbuf def, answers;
	struct board_def *parsed;
	struct board *board;

	strbuf_init(&def, 16384);
	strbuf_init(&answers, 65536);
	strbuf_puts(&def,
		    "{\"title\":\"T\",\"category\":\"t\",\"about\":\"A.\",\"requests\":"
		    "{\"a\":{\"get\":\"/a\"}},\"rows\":\"a.value\",\"key\":\"k\","
		    "\"columns\":[");
	while (str_next(&rest, ' ', &one)) {
		ptrdiff_t colon = str_find_char(one, ':');
		struct str name = str_sub(one, 0, (size_t)colon);
		struct str type = str_sub(one, (size_t)colon + 1, one.n);

		strbuf_printf(&def,
			      "{\"name\":\"%.*s\",\"title\":\"X\",\"type\":\"%.*s\","
			      "\"value\":\"%.*s\"}%s",
			      STR_ARG(name), STR_ARG(type), STR_ARG(name),
			      rest.n ? "," : "]}");
	}
	strbuf_printf(&answers, "{\"a\":{\"value\":[%s]}}", rows);
	parsed = fixture_def(def.p);
	board = fixture_board(parsed, answers.p);
	board->is_loading = false;
	board_def_put(parsed);
	strbuf_fini(&def);
	strbuf_fini(&answers);
	return board;
}

enum {
	POOLS,
	AGENTS,
	JOBS,
	RUNS,
	LIMITS,
	ELASTIC,
	KEDA,
	CAPABILITIES,
	VMS,
	SETS,
	INPUTS
};

/* Where the rule has them. */
static const size_t places[INPUTS] = {
	[POOLS] = FLEET_POOLS,	  [AGENTS] = FLEET_AGENTS,
	[JOBS] = FLEET_JOBS,	  [RUNS] = FLEET_BOARDS,
	[LIMITS] = FLEET_LIMITS,  [ELASTIC] = FLEET_ELASTIC,
	[KEDA] = FLEET_KEDA,	  [CAPABILITIES] = FLEET_CAPABILITIES,
	[VMS] = FLEET_BOARDS + 1, [SETS] = FLEET_BOARDS + 2,
};

static const char *const columns[INPUTS] = {
	[POOLS] = "name:text id:number hosted:text",
	[AGENTS] = "name:text pool:text id:number state:text job:text job_since:age",
	[JOBS] = "pipeline:text pool:text pool_id:number state:text queued:time "
		 "matched:text matches_all:text asked:text tag:text",
	[RUNS] = "pool:text began:time ended:time",
	[LIMITS] = "tag:text where:text total:number used:number",
	[ELASTIC] = "pool:text state:text set:text desired:number max:number "
		    "attempts:number problem:text problem_at:age making:number "
		    "making_since:age spare:number",
	[KEDA] = "name:text state:text message:text agent_pool:text namespace:text "
		 "max:number min:number failures:number",
	[CAPABILITIES] = "id:number has:text",
	[VMS] = "name:text size:text",
	[SETS] = "name:text size:text",
};

#define POOL "{\"k\":\"p\",\"name\":\"linux\",\"id\":10,\"hosted\":\"by us\"}"
#define A(id, s)                                                                         \
	"{\"k\":\"" #id "\",\"id\":" #id ",\"name\":\"a" #id                             \
	"\",\"pool\":\"linux\",\"state\":\"" s "\"}"
#define J(k, at, more)                                                                   \
	"{\"k\":\"" #k "\",\"pipeline\":\"ci\",\"pool\":\"linux\",\"pool_id\":10,"       \
	"\"state\":\"waiting\",\"queued\":\"2026-11-21T" at "Z\"" more "}"
#define ANY ",\"matches_all\":\"true\""
#define SET(desired, making, more)                                                       \
	"{\"k\":\"e\",\"pool\":\"linux\",\"state\":\"online\",\"set\":\"set\","          \
	"\"desired\":" #desired ",\"making\":" #making ",\"max\":4,\"spare\":1" more "}"
#define KED(state)                                                                       \
	"{\"k\":\"s\",\"name\":\"s\",\"namespace\":\"ci\",\"agent_pool\":\"linux\","     \
	"\"max\":2,\"min\":0,\"state\":\"" state "\"}"
#define FREE                                                                             \
	"{\"k\":\"l\",\"tag\":\"Private\",\"where\":\"by us\",\"total\":9,\"used\":1}"
#define FULL                                                                             \
	"{\"k\":\"l\",\"tag\":\"Private\",\"where\":\"by us\",\"total\":9,\"used\":9}"
#define DAY_OLD                                                                          \
	"{\"k\":\"1\",\"pool\":\"linux\",\"began\":\"2026-11-20T04:05:06Z\",\"ended\":"  \
	"\"2026-11-20T10:05:06Z\"}"

static const struct scaling_case {
	const char *name;
	const char *rows[INPUTS]; /* NULL: the board has not come */
	const char *want;  /* "maker queued asks wanted there online step | evidence" */
	const char *money; /* "idle_cost idle_a_day(h) saving"; NULL: not asked */
} cases[] = {
	{"at rest",
	 {POOL, A(1, "idle"), "", DAY_OLD, FREE, NULL, NULL, NULL,
	  "{\"k\":\"v\",\"name\":\"A1\",\"size\":\"D4s_v5\"}"},
	 "machines 0 0 - 1 1 rests | nothing waits",
	 "0.192 18 105.12"},
	{"no price without a machine",
	 {POOL, A(1, "idle"), "", DAY_OLD, FREE, NULL, NULL, NULL, ""},
	 "machines 0 0 - 1 1 rests | nothing waits",
	 "- 18 -"},
	{"no past without jobs",
	 {POOL, A(1, "busy"), ""},
	 "machines 0 1 - 1 1 keeps up | nothing waits",
	 "- - -"},
	{"a demand that nobody meets",
	 {POOL, A(1, "idle"), J(1, "03:05:06", "")},
	 "machines 1 0 - 1 1 demands | what waits asks for what no agent has",
	 NULL},
	{"a full licence",
	 {POOL, A(1, "idle"), J(1, "03:05:06", ANY), NULL, FULL},
	 "machines 1 1 - 1 1 licence | agents may not run more jobs at once",
	 NULL},
	{"all work",
	 {POOL, A(1, "busy"), J(1, "03:05:06", ANY), NULL, FREE},
	 "machines 1 2 - 1 1 maximum | all its machines work",
	 NULL},
	{"offline",
	 {POOL, A(1, "offline"), J(1, "03:05:06", ANY), NULL, FREE},
	 "machines 1 1 - 1 0 agents | 0 online, 1 offline",
	 NULL},
	{"KEDA keeps up",
	 {POOL, A(1, "template") "," A(2, "busy"), "", NULL, FREE, NULL, KED("Active")},
	 "KEDA 0 1 1 1 1 keeps up | nothing waits",
	 NULL},
	{"KEDA is paused",
	 {POOL, A(1, "template"), J(1, "03:05:06", ",\"matched\":\"1\""), NULL, FREE,
	  NULL, KED("Paused")},
	 "KEDA 1 1 0 0 0 scaler | KEDA s: Paused",
	 NULL},
	{"KEDA in no known state wants nothing known",
	 {POOL, A(1, "template"), J(1, "03:05:06", ",\"matched\":\"1\""), NULL, FREE,
	  NULL, KED("Unknown")},
	 "KEDA 1 1 - 0 0 scaler | KEDA s: Unknown",
	 NULL},
	{"KEDA at its maximum",
	 {POOL, A(1, "template") "," A(2, "busy") "," A(3, "busy"),
	  J(1, "03:05:06", ",\"matched\":\"1\""), NULL, FREE, NULL, KED("Active")},
	 "KEDA 1 3 2 2 2 maximum | the queue asks for 3 agents, at most 2 may be",
	 NULL},
	{"a template, and its scaler unseen",
	 {POOL, A(1, "template"), J(1, "03:05:06", ",\"matched\":\"1\""), NULL, FREE},
	 "a scaler 1 1 - - 0 unknown | its scaler is not seen",
	 NULL},
	{"a scale set behind its queue",
	 {POOL, A(1, "busy"), J(1, "03:05:06", ANY), NULL, FREE, SET(1, 0, "")},
	 "scale set 1 2 1 1 1 scaler | the queue asks for 2 agents, it wants 1",
	 NULL},
	{"a scale set that was just asked",
	 {POOL, A(1, "busy"), J(1, "04:04:40", ANY), NULL, FREE, SET(1, 0, "")},
	 "scale set 1 2 1 1 1 keeps up | what waits has just come",
	 NULL},
	{"a machine comes",
	 {POOL, A(1, "busy"), J(1, "04:00:06", ANY), NULL, FREE,
	  SET(2, 1, ",\"making_since\":\"2026-11-21T04:01:06Z\"")},
	 "scale set 1 2 2 2 1 machines | 2 wanted, 1 there",
	 NULL},
	{"a machine is refused",
	 {POOL, A(1, "busy"), J(1, "03:00:06", ANY), NULL, FREE,
	  SET(2, 0, ",\"attempts\":3,\"problem\":\"no quota\"")},
	 "scale set 1 2 2 1 1 machines | 2 wanted, 1 there: no quota",
	 NULL},
	{"a spare machine costs all day",
	 {POOL, A(1, "idle"), "", DAY_OLD, FREE, SET(1, 0, ""), NULL, NULL, NULL,
	  "{\"k\":\"v\",\"name\":\"set\",\"size\":\"D4s_v5\"}"},
	 "scale set 0 0 1 1 1 rests | nothing waits",
	 "0.192 24 140.16"},
};

static void put(struct strbuf *out, const cJSON *row, const char *name, double unit)
{
	const cJSON *value = json_member(row, name);

	if (out->n)
		strbuf_putc(out, ' ');
	if (cJSON_IsNumber(value))
		strbuf_printf(out, "%.6g", value->valuedouble / unit);
	else
		strbuf_putc(out, '-');
}

static void check_scaling(const struct scaling_case *c)
{
	struct derive in = {.now_ms = FIXTURE_NOW_MS};
	struct board *boards[INPUTS] = {0};
	struct strbuf got, money;
	const cJSON *row;
	cJSON *rows;

	for (size_t i = 0; i < INPUTS; i++) {
		if (c->rows[i])
			in.boards[places[i]] = boards[i] =
				board_of(columns[i], c->rows[i]);
	}
	rows = rule_agent_scaling.rows(&in);
	assert_int_equal(cJSON_GetArraySize(rows), 1);
	row = cJSON_GetArrayItem(rows, 0);
	strbuf_init(&got, 1024);
	strbuf_init(&money, 1024);
	strbuf_puts(&got, json_text(row, "maker"));
	put(&got, row, "queued", 1);
	put(&got, row, "asks", 1);
	put(&got, row, "wanted", 1);
	put(&got, row, "there", 1);
	put(&got, row, "online", 1);
	strbuf_printf(&got, " %s | %s", json_text(row, "step"),
		      json_text(row, "evidence"));
	check_text(c->name, strbuf_str(&got), c->want);
	put(&money, row, "idle_cost", 1);
	put(&money, row, "idle_a_day", 3600);
	put(&money, row, "saving", 1);
	if (c->money)
		check_text(c->name, strbuf_str(&money), c->money);
	strbuf_fini(&got);
	strbuf_fini(&money);
	cJSON_Delete(rows);
	for (size_t i = 0; i < INPUTS; i++)
		board_put(boards[i]);
}

static void test_scaling(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_scaling(&cases[i]);
}

static const char aks_columns[] =
	"pool:text cluster:text state:text count:number "
	"min:number max:number autoscale:text size:text spot:text";
static const char node_columns[] = "pool:text cluster:text state:text";
static const char pod_columns[] =
	"placed:text cluster:text wants_pool:text why:text born:age";

#define AKS(state, count, scale)                                                         \
	"{\"k\":\"p\",\"pool\":\"web\",\"cluster\":\"c\",\"state\":\"" state             \
	"\",\"count\":" #count ",\"min\":1,\"max\":3,\"autoscale\":\"" scale             \
	"\",\"size\":\"D4s_v5\"}"
#define NODE(k, state)                                                                   \
	"{\"k\":\"" #k "\",\"pool\":\"web\",\"cluster\":\"c\",\"state\":\"" state "\"}"
#define POD(k, pool, why)                                                                \
	"{\"k\":\"" #k "\",\"placed\":\"False\",\"cluster\":\"c\",\"wants_pool\":" pool  \
	",\"why\":\"" why "\",\"born\":\"2026-11-21T04:00:00Z\"}"
#define ROOM "0/3 nodes are available: 3 Insufficient cpu."

static const struct node_case {
	const char *name, *pools, *nodes, *pods; /* NULL: the board has not come */
	const char *want; /* "pool state there ready pending|..." */
} nodes[] = {
	{"fine", AKS("Succeeded", 1, "on"), NODE(1, "Ready"), "", "web fine 1 1 0"},
	{"nobody asked Kubernetes", AKS("Succeeded", 1, "on"), NULL, NULL,
	 "web unknown - - -"},
	{"another cluster answers", AKS("Succeeded", 1, "on"),
	 "{\"k\":\"1\",\"pool\":\"web\",\"cluster\":\"d\",\"state\":\"Ready\"}", "",
	 "web unknown - - 0"},
	{"off", AKS("Stopped", 1, "on"), NULL, NULL, "web off - - -"},
	{"a node is lost", AKS("Succeeded", 2, "on"),
	 NODE(1, "Ready") "," NODE(2, "Unreachable"), "", "web unready 2 1 0"},
	{"an upgrade empties one", AKS("Upgrading", 2, "on"),
	 NODE(1, "Ready") "," NODE(2, "Cordoned"), "", "web changing 2 1 0"},
	{"one did not join", AKS("Succeeded", 2, "on"), NODE(1, "Ready"), "",
	 "web missing 1 1 0"},
	{"one is being made", AKS("Scaling", 2, "on"), NODE(1, "Ready"), "",
	 "web changing 1 1 0"},
	{"a change failed", AKS("Failed", 1, "on"), NODE(1, "Ready"), "",
	 "web failed 1 1 0"},
	{"no room at the maximum", AKS("Succeeded", 3, "on"),
	 NODE(1, "Ready") "," NODE(2, "Ready") "," NODE(3, "Ready"),
	 POD(1, "\"web\"", ROOM), "web no room 3 3 1"},
	{"nothing adds nodes", AKS("Succeeded", 1, "off"), NODE(1, "Ready"),
	 POD(1, "\"web\"", ROOM), "web no scaling 1 1 1"},
	{"room is coming", AKS("Succeeded", 1, "on"), NODE(1, "Ready"),
	 POD(1, "\"web\"", ROOM), "web waiting pods 1 1 1"},
	{"nodes do not solve it", AKS("Succeeded", 3, "on"),
	 NODE(1, "Ready") "," NODE(2, "Ready") "," NODE(3, "Ready"),
	 POD(1, "\"web\"", "pod has unbound immediate PersistentVolumeClaims."),
	 "web waiting pods 3 3 1"},
	{"a pod that names no pool", AKS("Succeeded", 1, "on"), NODE(1, "Ready"),
	 POD(1, "null", ROOM), "web fine 1 1 0|any pool waiting pods - - 1"},
	{"a pod of a pool that is not there", AKS("Succeeded", 1, "on"), NODE(1, "Ready"),
	 POD(1, "\"gpu\"", ROOM), "web fine 1 1 0"},
};

static void test_nodes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(nodes); i++) {
		const struct node_case *c = &nodes[i];
		struct derive in = {.now_ms = FIXTURE_NOW_MS};
		struct board *boards[] = {
			board_of(aks_columns, c->pools),
			c->nodes ? board_of(node_columns, c->nodes) : NULL,
			c->pods ? board_of(pod_columns, c->pods) : NULL,
		};
		struct strbuf got;
		const cJSON *row;
		cJSON *rows;

		for (size_t k = 0; k < COUNT(boards); k++)
			in.boards[k] = boards[k];
		rows = rule_node_pools.rows(&in);
		strbuf_init(&got, 1024);
		cJSON_ArrayForEach (row, rows) {
			strbuf_printf(&got, "%s%s %s", got.n ? "|" : "",
				      json_text(row, "pool"), json_text(row, "state"));
			put(&got, row, "there", 1);
			put(&got, row, "ready", 1);
			put(&got, row, "pending", 1);
		}
		check_text(c->name, strbuf_str(&got), c->want);
		strbuf_fini(&got);
		cJSON_Delete(rows);
		for (size_t k = 0; k < COUNT(boards); k++)
			board_put(boards[k]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prices),	     cmocka_unit_test(test_idle),
		cmocka_unit_test(test_idle_unknown), cmocka_unit_test(test_scaling),
		cmocka_unit_test(test_nodes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
