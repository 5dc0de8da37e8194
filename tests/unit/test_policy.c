/* Who may do what, when and how far: read out of a configuration, and asked. */
#include "unit/check.h"

#include <stdlib.h>

#include "act/policy.h"
#include "base/count.h"
#include "base/json.h"
#include "base/timefmt.h"

/* Wednesday, 11 March 2026, 10:20 UTC: 11:20 in Amsterdam. */
static const char actions[] =
	"{\"actions\":{\"expires\":\"10m\",\"people\":{\"ann\":\"azk1a\",\"bob\":"
	"\"azk1b\"},"
	"\"freezes\":[{\"from\":\"2026-12-19\",\"to\":\"2027-01-03\",\"why\":\"year "
	"end\","
	"\"except\":[\"dr-*\"]}],"
	"\"rules\":["
	"{\"actions\":[\"vm-stop\"],\"targets\":[\"*-prod-*\"],\"deny\":true,\"why\":"
	"\"never "
	"in production\"},"
	"{\"actions\":[\"sql-*\"],\"targets\":[\"atlas-*\"],\"people\":[\"ann\"],"
	"\"window\":\"off=(m-f,19);on=(m-f,7);tz=Europe/Amsterdam\","
	"\"limits\":{\"size\":[\"S1\",\"S2\"],\"nodes\":{\"least\":1,\"most\":5}}},"
	"{\"actions\":[\"sql-*\"],\"second\":true},"
	"{\"actions\":[\"broken\"],\"window\":\"whenever\"}]}}";

static const struct {
	const char *name, *at, *action, *target, *by, *inputs;
	enum action_risk risk;
	const char *want;
} cases[] = {
	{"no rule", "2026-03-11T10:20:00Z", "tag", "x", "eve", "{}", RISK_LOW, "allowed"},
	{"no rule, but dangerous", "2026-03-11T10:20:00Z", "failover", "x", "eve", "{}",
	 RISK_HIGH, "allowed by two"},
	{"a rule that forbids", "2026-03-11T10:20:00Z", "vm-stop", "vm-prod-1", "ann",
	 "{}", RISK_LOW, "never in production"},
	{"the same elsewhere", "2026-03-11T10:20:00Z", "vm-stop", "vm-test-1", "ann",
	 "{}", RISK_LOW, "allowed"},
	{"the right one", "2026-03-11T10:20:00Z", "sql-scale", "atlas-orders", "ann",
	 "{\"size\":\"S2\"}", RISK_LOW, "allowed"},
	{"letters do not matter", "2026-03-11T10:20:00Z", "SQL-scale", "ATLAS-x", "ann",
	 "{}", RISK_LOW, "allowed"},
	{"somebody else", "2026-03-11T10:20:00Z", "sql-scale", "atlas-orders", "bob",
	 "{\"size\":\"S2\"}", RISK_LOW,
	 "bob is not among those who may do sql-scale to atlas-orders"},
	{"a size too many", "2026-03-11T10:20:00Z", "sql-scale", "atlas-orders", "ann",
	 "{\"size\":\"P1\"}", RISK_LOW, "size is not among the values that are allowed"},
	{"above the ceiling", "2026-03-11T10:20:00Z", "sql-scale", "atlas-orders", "ann",
	 "{\"nodes\":6}", RISK_LOW, "nodes 6 is above the ceiling of 5"},
	{"below the floor", "2026-03-11T10:20:00Z", "sql-scale", "atlas-orders", "ann",
	 "{\"nodes\":0}", RISK_LOW, "nodes 0 is below the floor of 1"},
	{"bounded, and no number", "2026-03-11T10:20:00Z", "sql-scale", "atlas-orders",
	 "ann", "{\"nodes\":\"many\"}", RISK_LOW, "nodes is bounded, and no number"},
	{"at night", "2026-03-11T18:00:00Z", "sql-scale", "atlas-orders", "ann", "{}",
	 RISK_LOW, "outside of its window; it opens 2026-03-12T06:00:00Z"},
	{"at the weekend", "2026-03-14T10:20:00Z", "sql-scale", "atlas-orders", "ann",
	 "{}", RISK_LOW, "outside of its window; it opens 2026-03-16T06:00:00Z"},
	{"the next rule", "2026-03-11T10:20:00Z", "sql-scale", "qodex-core", "eve",
	 "{\"size\":\"P9\"}", RISK_LOW, "allowed by two"},
	{"a window nobody understands", "2026-03-11T10:20:00Z", "broken", "x", "eve",
	 "{}", RISK_LOW, "its window cannot be understood"},
	{"frozen", "2026-12-24T10:00:00Z", "tag", "x", "eve", "{}", RISK_LOW,
	 "changes are frozen until 2027-01-04T00:00:00Z: year end"},
	{"to its last moment", "2027-01-03T23:59:59Z", "tag", "x", "eve", "{}", RISK_LOW,
	 "changes are frozen until"},
	{"and no longer", "2027-01-04T00:00:00Z", "tag", "x", "eve", "{}", RISK_LOW,
	 "allowed"},
	{"but for recovery", "2026-12-24T10:00:00Z", "dr-failover", "x", "eve", "{}",
	 RISK_HIGH, "allowed by two"},
};

static void test_ask(void **state)
{
	struct err err = {0};
	struct config *config = config_parse(STR(actions), "test", &err);
	struct zones zones;

	(void)state;
	if (!config)
		fail_msg("%s", err.text);
	assert_int_equal(config->actions.lifetime_ms, 600000);
	assert_string_equal(config->actions.people[1].key, "azk1b");
	zones_init(&zones, NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		cJSON *inputs =
			json_parse(str_from(cases[i].inputs), &json_wire, NULL, &err);
		struct policy_question q = {.action = cases[i].action,
					    .target = cases[i].target,
					    .risk = cases[i].risk,
					    .inputs = inputs,
					    .by = cases[i].by};
		struct policy_answer a;
		const char *got;

		assert_true(time_parse(str_from(cases[i].at), &q.now_ms));
		policy_ask(&config->actions, &q, &zones, &a);
		got = !a.is_allowed    ? a.why
		      : a.needs_second ? "allowed by two"
				       : "allowed";
		if (strncmp(got, cases[i].want, strlen(cases[i].want)) != 0)
			fail_msg("%s: %s", cases[i].name, got);
		cJSON_Delete(inputs);
	}
	zones_fini(&zones);
	config_free(config);
}

static void test_off(void **state)
{
	struct config_actions off = {.is_off = true};
	struct policy_question q = {.action = "tag", .target = "x", .by = "ann"};
	struct policy_answer a;
	struct zones zones;

	(void)state;
	zones_init(&zones, NULL);
	policy_ask(&off, &q, &zones, &a);
	assert_false(a.is_allowed);
	zones_fini(&zones);
}

/* What is wrong in the file is said with its place. */
static void test_config(void **state)
{
	static const struct {
		const char *text, *want;
	} wrong[] = {
		{"{\"actions\":[]}", "actions: must be an object"},
		{"{\"actions\":{\"x\":1}}", "actions.x: there is no such key"},
		{"{\"actions\":{\"off\":1}}", "actions.off: must be true or false"},
		{"{\"actions\":{\"expires\":\"1s\"}}", "actions.expires: must be a time"},
		{"{\"actions\":{\"people\":[]}}", "actions.people: must be an object"},
		{"{\"actions\":{\"rules\":[{\"action\":\"x\"}]}}",
		 "actions.rules[0].action: there is no such key"},
		{"{\"actions\":{\"rules\":[{},{\"actions\":\"x\"}]}}",
		 "actions.rules[1].actions: must be a list"},
		{"{\"actions\":{\"rules\":[{\"limits\":{\"n\":3}}]}}",
		 "actions.rules[0].limits.n: must be an object"},
		{"{\"actions\":{\"rules\":[{\"limits\":{\"n\":{\"most\":\"x\"}}}]}}",
		 "actions.rules[0].limits.n: must hold numbers"},
		{"{\"actions\":{\"freezes\":[{\"from\":\"2026-01-02\"}]}}",
		 "actions.freezes[0].to: must be a day"},
		{"{\"actions\":{\"freezes\":[{\"from\":\"2026-01-02\",\"to\":\"2026-01-"
		 "01\","
		 "\"why\":\"w\"}]}}",
		 "actions.freezes[0].to: is before it begins"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct err err = {0};
		struct config *config =
			config_parse(str_from(wrong[i].text), "test", &err);

		if (config || !strstr(err.text, wrong[i].want))
			fail_msg("%s: %s", wrong[i].want, err.text);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ask),
		cmocka_unit_test(test_off),
		cmocka_unit_test(test_config),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
