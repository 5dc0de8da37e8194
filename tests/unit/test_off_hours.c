/* What runs outside its business hours, out of the boards that know: databases, nodes and
 * machines, with what an hour and a month of it cost. */
#include "unit/check.h"

#include <math.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "cost/rules.h"
#include "schedule/zones.h"
#include "unit/board_fixture.h"
#include "unit/zone_fixture.h"

/* Off for 108 of a week's 168 hours. */
#define HOURS "off=(m-f,19);on=(m-f,7);tz=utc"
#define NIGHT "2026-03-11T23:00:00Z"
#define DAY   "2026-03-11T11:00:00Z"

static struct zones zones;

static int setup(void **state)
{
	if (zone_fixture_make(state) != 0)
		return -1;
	zones_init(&zones, zone_fixture_folder());
	return 0;
}

static int teardown(void **state)
{
	zones_fini(&zones);
	return zone_fixture_drop(state);
}

#define TEXT(name) "{\"name\":\"" name "\",\"title\":\"X\",\"value\":\"" name "\"},"
#define NUMBER(name)                                                                     \
	"{\"name\":\"" name "\",\"title\":\"X\",\"type\":\"number\",\"value\":\"" name   \
	"\"},"
#define MONEY(name)                                                                      \
	"{\"name\":\"" name "\",\"title\":\"X\",\"type\":\"money\",\"value\":\"" name    \
	"\",\"currency\":\"currency\"}"

static const char sql[] = FIXTURE_DEF(TEXT("name") TEXT("kind") TEXT("server") TEXT(
	"size") TEXT("want") TEXT("tag") TEXT("missed") NUMBER("spent") MONEY("hourly"));
static const char pools[] = FIXTURE_DEF(TEXT("pool") TEXT("cluster") TEXT("drift") TEXT(
	"tag") NUMBER("aim") NUMBER("want") MONEY("drift_cost"));
static const char machines[] = FIXTURE_DEF(
	TEXT("name") TEXT("power") TEXT("billing") TEXT("size")
		TEXT("group") "{\"name\":\"hours\",\"title\":\"X\",\"value\":\"hours\"}");

static struct board *board_of(const char *columns, const char *rows)
{
	struct board_def *def = fixture_def(columns);
	struct board *board;
	struct strbuf text;

	strbuf_init(&text, 8192);
	strbuf_printf(&text, "{\"a\":{\"value\":[%s]}}", rows ? rows : "");
	board = fixture_board(def, text.p);
	strbuf_fini(&text);
	board_def_put(def);
	return board;
}

static void put_number(struct strbuf *out, const cJSON *row, const char *name)
{
	const cJSON *value = json_member(row, name);

	if (cJSON_IsNumber(value))
		strbuf_printf(out, " %.2f", value->valuedouble);
	else
		strbuf_puts(out, " -");
}

/* "what kind is>want hourly monthly currency board|..." */
static void put_rows(struct strbuf *out, const cJSON *rows)
{
	const cJSON *row;

	cJSON_ArrayForEach (row, rows) {
		strbuf_printf(out, "%s%s %s %s>%s", out->n ? "|" : "",
			      json_text(row, "what"), json_text(row, "kind"),
			      json_text(row, "is"), json_text(row, "want"));
		put_number(out, row, "hourly");
		put_number(out, row, "monthly");
		strbuf_printf(out, " %s %s",
			      json_text(row, "currency") ? json_text(row, "currency")
							 : "-",
			      json_text(row, "board"));
	}
}

#define DB(size, want, hourly, tag)                                                      \
	"{\"id\":\"d\",\"name\":\"d\",\"kind\":\"database\",\"size\":\"" size            \
	"\",\"want\":\"" want "\",\"hourly\":" hourly                                    \
	",\"currency\":\"EUR\",\"tag\":\"" tag "\"}"
#define NODES(drift, cost)                                                               \
	"{\"id\":\"p\",\"pool\":\"p\",\"drift\":\"" drift                                \
	"\",\"aim\":4,\"want\":1,\"drift_cost\":" cost                                   \
	",\"currency\":\"EUR\",\"tag\":\"" HOURS ";count=4/1\"}"
#define VM(power, billing, size, tag)                                                    \
	"{\"id\":\"m\",\"name\":\"m\",\"power\":\"" power "\",\"billing\":\"" billing    \
	"\",\"size\":\"" size "\",\"hours\":" tag "}"
#define TAG(text) "\"" text "\""

static void what_runs_outside(void **state)
{
	static const struct {
		const char *name, *at, *sql, *pools,
			*machines; /* NULL: it has not come */
		const char *want;
	} cases[] = {
		{"nothing came", NIGHT, NULL, NULL, NULL, ""},
		{"a database", NIGHT, DB("S3", "S0", "0.2", HOURS), NULL, NULL,
		 "d database S3>S0 0.20 93.86 EUR sql-schedules"},
		{"as intended", NIGHT, DB("S0", "S0", "0", HOURS), NULL, NULL, ""},
		{"too small costs nothing", DAY, DB("S0", "S3", "-0.2", HOURS), NULL,
		 NULL, ""},
		{"what it costs is not known", NIGHT, DB("S3", "S0", "null", HOURS), NULL,
		 NULL, ""},
		/* Larger than by day: for the hours it is on. */
		{"by day", DAY, DB("S3", "S2", "0.1", HOURS), NULL, NULL,
		 "d database S3>S2 0.10 26.07 EUR sql-schedules"},
		{"nodes", NIGHT, NULL, NODES("more", "0.6"), NULL,
		 "p nodes 4 nodes>1 node 0.60 281.57 EUR node-pools"},
		{"nodes of no known price", NIGHT, NULL, NODES("more", "null"), NULL,
		 "p nodes 4 nodes>1 node - - - node-pools"},
		{"fewer nodes", NIGHT, NULL, NODES("fewer", "null"), NULL, ""},
		{"a machine", NIGHT, NULL, NULL,
		 VM("running", "regular", "D4s_v5", TAG(HOURS)),
		 "m machine running>off 0.38 180.21 USD vms"},
		{"stopped from within", NIGHT, NULL, NULL,
		 VM("stopped", "regular", "D4s_v5", TAG(HOURS)),
		 "m machine stopped>off 0.38 180.21 USD vms"},
		{"deallocated", NIGHT, NULL, NULL,
		 VM("deallocated", "regular", "D4s_v5", TAG(HOURS)), ""},
		{"by day it may", DAY, NULL, NULL,
		 VM("running", "regular", "D4s_v5", TAG(HOURS)), ""},
		{"a quarter of an hour", "2026-03-11T19:14:59Z", NULL, NULL,
		 VM("running", "regular", "D4s_v5", TAG(HOURS)), ""},
		{"without a tag", NIGHT, NULL, NULL,
		 VM("running", "regular", "D4s_v5", "null"), ""},
		{"opted out", NIGHT, NULL, NULL,
		 VM("running", "regular", "D4s_v5", TAG("off")), ""},
		{"a tag that is no tag", NIGHT, NULL, NULL,
		 VM("running", "regular", "D4s_v5", TAG("Mon-Fri")), ""},
		{"spot has no list price", NIGHT, NULL, NULL,
		 VM("running", "spot", "D4s_v5", TAG(HOURS)),
		 "m machine running>off - - USD vms"},
		{"not on the list", NIGHT, NULL, NULL,
		 VM("running", "regular", "M128", TAG(HOURS)),
		 "m machine running>off - - USD vms"},
	};
	struct err err = {0};
	struct config *config = config_parse(STR("{\"schedules\":{\"price_factor\":2}}"),
					     "config.json", &err);

	(void)state;
	assert_non_null(config);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct board *boards[] = {board_of(sql, cases[i].sql),
					  board_of(pools, cases[i].pools),
					  board_of(machines, cases[i].machines)};
		struct derive in = {.config = config, .zones = &zones};
		struct strbuf got;
		cJSON *rows;

		assert_true(time_parse(str_from(cases[i].at), &in.now_ms));
		in.boards[0] = cases[i].sql ? boards[0] : NULL;
		in.boards[1] = cases[i].pools ? boards[1] : NULL;
		in.boards[2] = cases[i].machines ? boards[2] : NULL;
		rows = cost_off_hours_rule.rows(&in);
		strbuf_init(&got, 1000);
		put_rows(&got, rows);
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
		cJSON_Delete(rows);
		for (size_t k = 0; k < COUNT(boards); k++)
			board_put(boards[k]);
	}
	config_free(config);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_runs_outside, setup, teardown),
	};

	return cmocka_run_group_tests_name("off_hours", tests, NULL, NULL);
}
