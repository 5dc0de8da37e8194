/* What runs outside its business hours, out of the boards that know: databases and
 * whatever else has a schedule, with what an hour and a month of it cost. */
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
static const char others[] = FIXTURE_DEF(TEXT("name") TEXT("kind") TEXT("place") TEXT(
	"drift") TEXT("tag") TEXT("size") TEXT("want") TEXT("missed") MONEY("hourly"));

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
#define OTHER(kind, drift, is, want, cost)                                               \
	"{\"id\":\"p\",\"name\":\"p\",\"kind\":\"" kind "\",\"drift\":\"" drift          \
	"\",\"size\":\"" is "\",\"want\":\"" want "\",\"hourly\":" cost                  \
	",\"currency\":\"USD\",\"tag\":\"" HOURS ";count=4/1\"}"

static void what_runs_outside(void **state)
{
	static const struct {
		const char *name, *at, *sql, *others; /* NULL: it has not come */
		const char *want;
	} cases[] = {
		{"nothing came", NIGHT, NULL, NULL, ""},
		{"a database", NIGHT, DB("S3", "S0", "0.2", HOURS), NULL,
		 "d database S3>S0 0.20 93.86 EUR sql-schedules"},
		{"as intended", NIGHT, DB("S0", "S0", "0", HOURS), NULL, ""},
		{"too small costs nothing", DAY, DB("S0", "S3", "-0.2", HOURS), NULL, ""},
		{"what it costs is not known", NIGHT, DB("S3", "S0", "null", HOURS), NULL,
		 ""},
		/* Larger than by day: for the hours it is on. */
		{"by day", DAY, DB("S3", "S2", "0.1", HOURS), NULL,
		 "d database S3>S2 0.10 26.07 EUR sql-schedules"},
		{"nodes", NIGHT, NULL, OTHER("nodes", "more", "4 nodes", "1 node", "0.6"),
		 "p nodes 4 nodes>1 node 0.60 281.57 USD node-pools"},
		{"of no known price", NIGHT, NULL,
		 OTHER("nodes", "more", "4 nodes", "1 node", "null"),
		 "p nodes 4 nodes>1 node - - USD node-pools"},
		{"fewer nodes", NIGHT, NULL,
		 OTHER("nodes", "fewer", "4 nodes", "5 nodes", "-0.2"), ""},
		{"a machine", NIGHT, NULL,
		 OTHER("machine", "on", "running", "deallocated", "0.384"),
		 "p machine running>deallocated 0.38 180.21 USD vms"},
		{"agents", NIGHT, NULL,
		 OTHER("agents", "more", "2 idle machines", "0 idle machines", "0.2"),
		 "p agents 2 idle machines>0 idle machines 0.20 93.86 USD "
		 "elastic-pools"},
		{"by day it may", DAY, NULL,
		 OTHER("machine", "as intended", "running", "running", "null"), ""},
		{"a machine that is off", DAY, NULL,
		 OTHER("machine", "off", "deallocated", "running", "-0.2"), ""},
		{"a quarter of an hour", "2026-03-11T19:14:59Z", NULL,
		 OTHER("machine", "due", "running", "deallocated", "0.2"), ""},
	};
	struct err err = {0};
	struct config *config = config_parse(STR("{\"schedules\":{\"price_factor\":2}}"),
					     "config.json", &err);

	(void)state;
	assert_non_null(config);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct board *boards[] = {board_of(sql, cases[i].sql),
					  board_of(others, cases[i].others)};
		struct derive in = {.config = config, .zones = &zones};
		struct strbuf got;
		cJSON *rows;

		assert_true(time_parse(str_from(cases[i].at), &in.now_ms));
		in.boards[0] = cases[i].sql ? boards[0] : NULL;
		in.boards[1] = cases[i].others ? boards[1] : NULL;
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
