/* What a job asks of its agent, and who has it. */
#include "unit/check.h"

#include "agents/demand.h"
#include "base/count.h"

static const struct parse_case {
	const char *text;
	bool is_one;
	enum demand_kind kind;
	const char *name, *value;
} parses[] = {
	{"docker", true, DEMAND_EXISTS, "docker", ""},
	{"  docker\t", true, DEMAND_EXISTS, "docker", ""},
	{"Agent.OS -equals Windows_NT", true, DEMAND_EQUALS, "Agent.OS", "Windows_NT"},
	{"name -EQUALS  two words ", true, DEMAND_EQUALS, "name", "two words"},
	{"npm -gtVersion 5", true, DEMAND_VERSION, "npm", "5"},
	{"npm  -gtversion  5.1.2", true, DEMAND_VERSION, "npm", "5.1.2"},
	{"npm -ltVersion 5", true, DEMAND_ODD, "npm", "5"},
	{"npm -equals", true, DEMAND_ODD, "npm", ""},
	{"npm version 5", true, DEMAND_ODD, "npm", "5"},
	{"", false, DEMAND_EXISTS, "", ""},
	{" \t ", false, DEMAND_EXISTS, "", ""},
};

static void test_parse(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(parses); i++) {
		const struct parse_case *c = &parses[i];
		struct demand d;

		check_case(c->text, demand_parse(str_from(c->text), &d) == c->is_one);
		if (!c->is_one)
			continue;
		check_case(c->text, d.kind == c->kind);
		check_text(c->text, d.name, c->name);
		check_text(c->text, d.value, c->value);
	}
}

static const struct capability agent[] = {
	{STR("Agent.OS"), STR("Linux")},
	{STR("Agent.Version"), STR("4.248.0")},
	{STR("docker"), STR("/usr/bin/docker")},
	{STR("node"), STR("18.19.1")},
	{STR("npm"), STR("10.2.4-beta.1")},
	{STR("java"), STR("17")},
	{STR("empty"), STR("")},
};

static const struct fit_case {
	const char *demand;
	enum demand_fit fit;
	const char *had;
} fits[] = {
	{"docker", DEMAND_MET, "/usr/bin/docker"},
	{"DOCKER", DEMAND_MET, "/usr/bin/docker"},
	{"dock", DEMAND_MISSING, ""},
	{"empty", DEMAND_MET, ""},
	{"agent.os -equals LINUX", DEMAND_MET, "Linux"},
	{"Agent.OS -equals Windows_NT", DEMAND_DIFFERENT, "Linux"},
	{"Agent.OS -equals Linux x", DEMAND_DIFFERENT, "Linux"},
	{"gpu -equals a100", DEMAND_MISSING, ""},
	{"node -gtVersion 18.19.1", DEMAND_MET, "18.19.1"},
	{"node -gtVersion 18.19.0", DEMAND_MET, "18.19.1"},
	{"node -gtVersion 18.9", DEMAND_MET, "18.19.1"},
	{"node -gtVersion 18.19", DEMAND_MET, "18.19.1"},
	{"node -gtVersion 18.19.1.0", DEMAND_OLDER, "18.19.1"},
	{"node -gtVersion 18.20", DEMAND_OLDER, "18.19.1"},
	{"node -gtVersion 20", DEMAND_OLDER, "18.19.1"},
	{"npm -gtVersion 5", DEMAND_MET, "10.2.4-beta.1"},
	{"npm -gtVersion 10.2.4", DEMAND_MET, "10.2.4-beta.1"},
	{"npm -gtVersion 10.2.5", DEMAND_OLDER, "10.2.4-beta.1"},
	{"java -gtVersion 11.0", DEMAND_MET, "17"},
	{"java -gtVersion 17", DEMAND_MET, "17"},
	{"java -gtVersion 21", DEMAND_OLDER, "17"},
	/* A path says nothing of a version. */
	{"docker -gtVersion 20.10", DEMAND_OLDER, "/usr/bin/docker"},
	/* What is asked is no version: anything will do, but there must be something. */
	{"docker -gtVersion latest", DEMAND_MET, "/usr/bin/docker"},
	{"podman -gtVersion latest", DEMAND_MISSING, ""},
	{"podman -gtVersion 4", DEMAND_MISSING, ""},
	{"node -ltVersion 20", DEMAND_UNKNOWN, "18.19.1"},
	{"gone -ltVersion 20", DEMAND_UNKNOWN, ""},
};

static void test_fit(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(fits); i++) {
		const struct fit_case *c = &fits[i];
		struct demand d;
		struct str had;

		assert_true(demand_parse(str_from(c->demand), &d));
		if (demand_check(&d, agent, COUNT(agent), &had) != c->fit)
			fail_msg("case \"%s\": %d", c->demand,
				 demand_check(&d, agent, COUNT(agent), NULL));
		check_text(c->demand, had, c->had);
	}
}

static const struct version_case {
	const char *a, *b;
	bool is_known;
	int order;
} versions[] = {
	{"1.2.3", "1.2.3", true, 0},
	{"1.10", "1.9", true, 1},
	{"1.9", "1.10", true, -1},
	{"2", "1.9.9.9", true, 1},
	{"1.2", "1.2.0", true, -1},
	{"1.2.3-rc", "1.2.3", true, 0},
	{" 1.2 ", "1.2", true, 0},
	{"1.2.3.4.5", "1", false, 0},
	{"1..2", "1", false, 0},
	{"v1.2", "1.2", false, 0},
	{"", "1", false, 0},
	{"1.-2", "1", false, 0},
	{"99999999999999999999", "1", false, 0},
};

static void test_version(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(versions); i++) {
		const struct version_case *c = &versions[i];
		int order = 0;

		check_case(c->a, version_compare(str_from(c->a), str_from(c->b),
						 &order) == c->is_known);
		if (c->is_known && order != c->order)
			fail_msg("\"%s\" against \"%s\": %d", c->a, c->b, order);
	}
}

static void test_agent_version(void **state)
{
	struct demand d;

	(void)state;
	assert_true(demand_parse(STR("Agent.Version -gtVersion 2.182.1"), &d));
	assert_true(demand_is_agent_version(&d));
	assert_true(demand_parse(STR("agent.version -gtversion 2"), &d));
	assert_true(demand_is_agent_version(&d));
	assert_true(demand_parse(STR("Agent.Version"), &d));
	assert_false(demand_is_agent_version(&d));
	assert_true(demand_parse(STR("npm -gtVersion 2"), &d));
	assert_false(demand_is_agent_version(&d));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_agent_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
