/* The board schedules: nodes, machines and agents as their tags ask for them against what
 * Azure says, what became of the last edge by what its log tells, and which edge azdeck
 * would act on, with which action. */
#include "unit/check.h"

#include <math.h>

#include "agents/rules.h"
#include "base/count.h"
#include "base/timefmt.h"
#include "schedule/zones.h"
#include "unit/board_fixture.h"
#include "unit/zone_fixture.h"
#include "worker/change/edges.h"

#define HOURS "off=(m-f,19);on=(m-f,7);tz=utc"
#define NIGHT "2026-03-11T21:00:00Z" /* two hours after the edge */
#define DUE   "2026-03-11T19:10:00Z"
#define DAY   "2026-03-11T11:00:00Z" /* four hours after it */

static struct zones zones;
static struct library *library;

static int setup(void **state)
{
	if (zone_fixture_make(state) != 0)
		return -1;
	zones_init(&zones, zone_fixture_folder());
	library = library_new(NULL, NULL, NULL);
	return 0;
}

static int teardown(void **state)
{
	library_free(library);
	zones_fini(&zones);
	return zone_fixture_drop(state);
}

#define TEXT(name) "{\"name\":\"" name "\",\"title\":\"X\",\"value\":\"" name "\"},"
#define TYPED(name, type)                                                                \
	"{\"name\":\"" name "\",\"title\":\"X\",\"type\":\"" type "\",\"value\":\"" name \
	"\"},"
#define LAST "{\"name\":\"hours\",\"title\":\"X\",\"value\":\"hours\"}"

/* In the order of the rule's boards. */
static const char *const defs[] = {
	FIXTURE_DEF(TEXT("pool") TEXT("cluster") TEXT("state") TEXT("autoscale")
			    TEXT("size") TEXT("spot") TYPED("count", "number")
				    TYPED("min", "number") TYPED("max", "number") LAST),
	FIXTURE_DEF(TEXT("name") TEXT("group") TEXT("power") TEXT("size") TEXT("billing")
			    LAST),
	FIXTURE_DEF(TEXT("pool") TEXT("org") TEXT("set_id") TYPED("spare", "number")
			    TYPED("max", "number") TEXT("state") LAST),
	FIXTURE_DEF(TEXT("name") TEXT("size") LAST),
	FIXTURE_DEF(TYPED("when", "time") TEXT("state") TEXT("resource") TEXT("operation")
			    TEXT("why") LAST),
};
enum { BOARDS = sizeof(defs) / sizeof(defs[0]) };

static struct board *board_of(const char *columns, const char *rows, int64_t now_ms)
{
	struct board_def *def = fixture_def(columns);
	struct board *board;
	struct strbuf text;

	strbuf_init(&text, 8192);
	strbuf_printf(&text, "{\"a\":{\"value\":[%s]}}", rows);
	board = fixture_board(def, text.p);
	board->fetched_ms = now_ms;
	board->is_partial = false;
	strbuf_fini(&text);
	board_def_put(def);
	return board;
}

#define POOL(count, state, more)                                                         \
	"{\"id\":\"/p\",\"pool\":\"p\",\"cluster\":\"c\",\"state\":\"" state             \
	"\",\"size\":\"D4s_v5\",\"autoscale\":\"off\",\"count\":" count                  \
	",\"hours\":\"" HOURS ";count=4/1\"" more "}"
#define SCALED(count, low, top, counts)                                                  \
	"{\"id\":\"/p\",\"pool\":\"p\",\"cluster\":\"c\",\"state\":\"Succeeded\","       \
	"\"size\":\"D4s_v5\",\"autoscale\":\"on\",\"count\":" count ",\"min\":" low      \
	",\"max\":" top ",\"hours\":\"" HOURS ";count=" counts "\"}"
#define VM(power)                                                                        \
	"{\"id\":\"/m\",\"name\":\"m\",\"group\":\"g\",\"power\":\"" power               \
	"\",\"size\":\"D4s_v5\",\"billing\":\"regular\",\"hours\":\"" HOURS "\"}"
#define AGENTS                                                                           \
	"{\"id\":\"14\",\"pool\":\"a\",\"org\":\"o\",\"set_id\":\"/set\",\"state\":"     \
	"\"online\",\"spare\":2,\"max\":6}"
#define SET(tag)                                                                         \
	"{\"id\":\"/set\",\"name\":\"set\",\"size\":\"D4s_v5\",\"hours\":\"" tag "\"}"
#define DID(what, on, at, state)                                                         \
	"{\"id\":\"e\",\"when\":\"" at "\",\"state\":\"" state "\",\"resource\":\"" on   \
	"\",\"operation\":\"" what "\",\"why\":\"no room\"}"
#define MACHINES "Microsoft.Compute/virtualMachines/"
#define POOLS	 "Microsoft.ContainerService/managedClusters/agentPools/write"
#define QUIET	 DID("x", "/other", "2026-03-11T05:00:00Z", "Succeeded")

enum at { NODES, VMS, ELASTIC, SETS, LOG };

/* What is made of it, as its board shows it: NULL where there is no row. */
static struct board *make(const char *const rows[BOARDS], int64_t now_ms)
{
	struct derive d = {.now_ms = now_ms, .zones = &zones};
	struct board *boards[BOARDS] = {NULL}, *out = NULL;
	cJSON *json = cJSON_CreateObject();
	struct err err = {0};
	struct config *config = config_parse(STR("{}"), "config.json", &err);

	assert_non_null(config);
	d.config = config;
	for (size_t i = 0; i < BOARDS; i++) {
		if (rows[i])
			d.boards[i] = boards[i] = board_of(defs[i], rows[i], now_ms);
	}
	cJSON_AddItemToObject(cJSON_AddObjectToObject(json, "schedules"), "rows",
			      rule_schedules.rows(&d));
	if (!board_decode(library_find(library, STR("schedules")), json, now_ms, &out,
			  &err))
		fail_msg("%s", err.text);
	assert_int_equal(out->surprises, 0);
	cJSON_Delete(json);
	config_free(config);
	for (size_t i = 0; i < BOARDS; i++)
		board_put(boards[i]);
	return out;
}

static void put_money(struct strbuf *out, const struct board *board, const char *column)
{
	double value = read_number(board, 0, column);

	if (isnan(value))
		strbuf_puts(out, " -");
	else
		strbuf_printf(out, " %.2f", value);
}

/* "drift is>want hourly spent; edge" */
static void put_row(struct strbuf *out, const struct board *board)
{
	static const char *const kinds[] = {"none", "over", "due", "missed"};
	static const char *const all[] = {"*"};
	const struct config_schedules config = {.unattended = all, .n_unattended = 1};
	struct edge edge;
	enum edge_kind kind;

	if (board->n_rows == 0)
		return;
	strbuf_printf(out, "%s %s>%s", read_text(board, 0, "drift"),
		      read_text(board, 0, "size"), read_text(board, 0, "want"));
	put_money(out, board, "hourly");
	put_money(out, board, "spent");
	kind = edge_look(board, 0, &config, &edge);
	strbuf_printf(out, "; %s", kinds[kind]);
	if (kind == EDGE_DUE || kind == EDGE_MISSED)
		strbuf_printf(out, " %s%s%s", edge.action, edge.text[0] ? " " : "",
			      edge.text);
}

static void test_rows(void **state)
{
	static const struct {
		const char *name, *at;
		const char *rows[BOARDS]; /* NULL: it has not come */
		const char *want;
	} cases[] = {
		{"nothing came", NIGHT, {NULL}, ""},
		{"without a tag",
		 NIGHT,
		 {[VMS] = "{\"id\":\"/m\",\"name\":\"m\",\"power\":\"running\"}"},
		 ""},
		{"nodes, as intended",
		 DAY,
		 {[NODES] = POOL("4", "Succeeded", "")},
		 "as intended 4 nodes>4 nodes - -; over"},
		{"nodes, due",
		 DUE,
		 {[NODES] = POOL("4", "Succeeded", "")},
		 "due 4 nodes>1 node 0.58 -; due node-pool-scale nodes=1"},
		{"nodes, missed",
		 NIGHT,
		 {[NODES] = POOL("4", "Succeeded", ""), [LOG] = QUIET},
		 "more 4 nodes>1 node 0.58 1.15; missed node-pool-scale nodes=1"},
		{"nodes, and nobody knows who did what",
		 NIGHT,
		 {[NODES] = POOL("4", "Succeeded", "")},
		 "more 4 nodes>1 node 0.58 -; none"},
		{"nodes, changed since by somebody",
		 NIGHT,
		 {[NODES] = POOL("4", "Succeeded", ""),
		  [LOG] = DID(POOLS, "/p", "2026-03-11T20:00:00Z", "Succeeded")},
		 "more 4 nodes>1 node 0.58 -; none"},
		{"nodes, something else was done to them",
		 NIGHT,
		 {[NODES] = POOL("4", "Succeeded", ""),
		  [LOG] = DID("Microsoft.Network/x", "/p", "2026-03-11T20:00:00Z",
			      "Succeeded")},
		 "more 4 nodes>1 node 0.58 1.15; missed node-pool-scale nodes=1"},
		{"nodes, tried in vain",
		 NIGHT,
		 {[NODES] = POOL("4", "Succeeded", ""),
		  [LOG] = DID(POOLS, "/p", "2026-03-11T19:02:00Z", "Failed")},
		 "more 4 nodes>1 node 0.58 1.15; missed node-pool-scale nodes=1"},
		{"nodes on their way",
		 NIGHT,
		 {[NODES] = POOL("4", "Scaling", "")},
		 "moving 4 nodes>1 node 0.58 -; over"},
		{"nodes of a pool that failed",
		 DUE,
		 {[NODES] = POOL("4", "Failed", "")},
		 "due 4 nodes>1 node 0.58 -; none"},
		{"spot nodes",
		 DUE,
		 {[NODES] = POOL("4", "Succeeded", ",\"spot\":\"spot\"")},
		 "due 4 nodes>1 node - -; due node-pool-scale nodes=1"},
		{"an autoscaler that cannot go so low",
		 DUE,
		 {[NODES] = SCALED("4", "2", "6", "4/1")},
		 "due 4 nodes>1 node 0.19 -; due node-pool-bounds least=1"},
		{"an autoscaler that cannot go so high",
		 "2026-03-11T07:10:00Z",
		 {[NODES] = SCALED("4", "2", "6", "9/1")},
		 "due 4 nodes>9 nodes -0.58 -; due node-pool-bounds most=9"},
		{"a tag that is none",
		 NIGHT,
		 {[NODES] = "{\"id\":\"/p\",\"pool\":\"p\",\"hours\":\"Mon-Fri\"}"},
		 "undecidable > - -; over"},
		{"a machine that runs by day",
		 DAY,
		 {[VMS] = VM("running")},
		 "as intended running>running - -; over"},
		{"a machine, due to be off",
		 DUE,
		 {[VMS] = VM("running")},
		 "due running>deallocated 0.19 -; due vm-deallocate"},
		{"a machine that was stopped is paid for",
		 NIGHT,
		 {[VMS] = VM("stopped"), [LOG] = QUIET},
		 "on stopped>deallocated 0.19 0.38; missed vm-deallocate"},
		{"a machine, started by somebody since",
		 NIGHT,
		 {[VMS] = VM("running"),
		  [LOG] = DID(MACHINES "start/action", "/m", "2026-03-11T20:00:00Z",
			      "Succeeded")},
		 "on running>deallocated 0.19 -; none"},
		{"a machine that stays off",
		 DAY,
		 {[VMS] = VM("deallocated"), [LOG] = QUIET},
		 "off deallocated>running -0.19 -0.77; missed vm-start"},
		{"a machine on its way down",
		 DUE,
		 {[VMS] = VM("deallocating")},
		 "moving deallocating>deallocated - -; over"},
		{"a machine whose power nobody knows",
		 DUE,
		 {[VMS] = VM("")},
		 "unknown >deallocated - -; none"},
		{"a machine that is opted out",
		 DUE,
		 {[VMS] = "{\"id\":\"/m\",\"name\":\"m\",\"power\":\"running\","
			  "\"hours\":\"off\"}"},
		 "opted out running> - -; over"},
		{"agents, whose scale set has the tag",
		 DUE,
		 {[ELASTIC] = AGENTS, [SETS] = SET(HOURS ";count=2/1")},
		 "due 2 idle machines>1 idle machine 0.19 -; due elastic-pool-size "
		 "spare=1"},
		{"agents, missed: nobody says who changed what",
		 NIGHT,
		 {[ELASTIC] = AGENTS, [SETS] = SET(HOURS)},
		 "more 2 idle machines>0 idle machines 0.38 0.77; missed "
		 "elastic-pool-size spare=0"},
		{"agents of another scale set",
		 NIGHT,
		 {[ELASTIC] = AGENTS,
		  [SETS] = "{\"id\":\"/x\",\"name\":\"x\",\"hours\":\"" HOURS "\"}"},
		 ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct board *board;
		struct strbuf got;
		int64_t now_ms;

		assert_true(time_parse(str_from(cases[i].at), &now_ms));
		board = make(cases[i].rows, now_ms);
		strbuf_init(&got, 1000);
		put_row(&got, board);
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
		board_put(board);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests_name("schedules", tests, setup, teardown);
}
