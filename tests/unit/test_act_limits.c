/* How far and when things may be scaled, as a board: out of a configuration and rows. */
#include "unit/check.h"

#include "act/rules.h"
#include "base/count.h"
#include "base/json.h"
#include "schedule/zones.h"
#include "unit/answer_world.h"

static const char actions[] =
	"{\"actions\":{\"people\":{\"ann\":\"azk1a\"},"
	"\"freezes\":[{\"from\":\"2026-12-19\",\"to\":\"2027-01-03\",\"why\":\"year "
	"end\"}],"
	"\"rules\":["
	"{\"actions\":[\"sql-scale\"],\"targets\":[\"atlas-*\"],\"people\":[\"ann\"],"
	"\"window\":\"off=(m-f,19);on=(m-f,7);tz=Europe/Amsterdam\","
	"\"limits\":{\"size\":[\"GP_Gen5_4\",\"P1\",\"S1\",\"GP_Gen5_2\"]}},"
	"{\"targets\":[\"*-frozen\"],\"deny\":true,\"why\":\"it is to be deleted\"},"
	"{\"actions\":[\"node-pool-*\"],\"second\":true,"
	"\"limits\":{\"nodes\":{\"least\":1,\"most\":5}}}]}}";

/* 2026-03-11T10:20:30Z, 11:20 in Amsterdam; the evening of it; Christmas. */
#define EVENING_MS   (WORLD_NOW_MS + 12 * 3600000LL)
#define CHRISTMAS_MS (WORLD_NOW_MS + 289 * 86400000LL)

static const struct {
	const char *name, *what;
	int64_t at_ms;
	const char *column, *want; /* "": null */
} cases[] = {
	{"the cheapest", "atlas-orders", WORLD_NOW_MS, "floor", "S1"},
	{"the dearest", "atlas-orders", WORLD_NOW_MS, "ceiling", "GP_Gen5_4"},
	{"all of them", "atlas-orders", WORLD_NOW_MS, "allowed",
	 "GP_Gen5_4, P1, S1, GP_Gen5_2"},
	{"its hours", "atlas-orders", WORLD_NOW_MS, "window",
	 "off=(m-f,19);on=(m-f,7);tz=Europe/Amsterdam"},
	{"within them", "atlas-orders", WORLD_NOW_MS, "state", "open"},
	{"nobody is asked who looks", "atlas-orders", WORLD_NOW_MS, "people", "ann"},
	{"after them", "atlas-orders", EVENING_MS, "state", "shut"},
	{"in a freeze", "atlas-orders", CHRISTMAS_MS, "state", "frozen"},
	{"forbidden", "old-frozen", WORLD_NOW_MS, "state", "forbidden"},
	{"and why", "old-frozen", WORLD_NOW_MS, "why", "it is to be deleted"},
	{"without bounds", "old-frozen", WORLD_NOW_MS, "ceiling", ""},
	{"a range", "web", WORLD_NOW_MS, "floor", "1"},
	{"its other end", "web", WORLD_NOW_MS, "ceiling", "5"},
	{"by two", "web", WORLD_NOW_MS, "second", "yes"},
};

static const cJSON *row_of(const cJSON *rows, const char *what)
{
	const cJSON *row;

	cJSON_ArrayForEach (row, rows)
		if (strcmp(json_text(row, "what"), what) == 0)
			return row;
	return NULL;
}

static void rules_become_rows(void **state)
{
	struct err err = {0};
	struct config *config = config_parse(STR(actions), "test", &err);
	struct zones zones;
	struct world w;
	struct derive d = {.config = config, .zones = &zones};

	(void)state;
	assert_non_null(config);
	zones_init(&zones, NULL);
	world_init(&w);
	d.boards[0] = world_add(&w, "sql",
				"[{\"key\":\"1\",\"name\":\"atlas-orders\"},"
				"{\"key\":\"2\",\"name\":\"old-frozen\"},"
				"{\"key\":\"3\",\"name\":\"qodex-core\"}]");
	d.boards[2] = world_add(&w, "aks-pools", "[{\"key\":\"4\",\"pool\":\"web\"}]");
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *text;
		cJSON *rows;

		d.now_ms = cases[i].at_ms;
		rows = act_rule_limits.rows(&d);
		/* What no rule fits is not bounded. */
		assert_int_equal(cJSON_GetArraySize(rows), 3);
		text = json_text(row_of(rows, cases[i].what), cases[i].column);
		check_text(cases[i].name, str_from(text ? text : ""), cases[i].want);
		cJSON_Delete(rows);
	}
	world_fini(&w);
	zones_fini(&zones);
	config_free(config);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(rules_become_rows)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
