/* What can be followed: names of the configuration, checked against its connections, and
 * the workloads that have pods. Thread: the test's. */
#include "board_fixture.h"

#include "worker/connect.h"
#include "worker/log/log_choices.h"

#define K8S                                                                              \
	"{\"connections\": [{\"name\": \"aks\", \"kind\": \"k8s\", \"base\": "           \
	"\"https://aks.example\", \"credential\": \"none\"}],\n\"logs\": {\"sources\": " \
	"{"

static struct config *config_of(const char *text)
{
	struct err err = {0};
	struct config *config = config_parse(str_from(text), "config.json", &err);

	if (!config)
		fail_msg("%s", err.text);
	return config;
}

static void sources_are_checked(void **state)
{
	static const struct {
		const char *name, *text, *error; /* NULL: fine */
	} rows[] = {
		{"a cluster's", K8S "\"a\": \"pods:atlas/*\", \"b\": \"pods:a/b@aks\"}}}",
		 NULL},
		{"a file", K8S "\"a\": \"file:app.log\"}}}", NULL},
		{"no source", K8S "\"a\": \"file:x\",\n\"b\": \"atlas\"}}}",
		 "config.json: line 3, column 6: logs.sources[1]: \"atlas\" is no source "
		 "of "
		 "lines"},
		{"no pod", K8S "\"a\": \"pods:atlas\"}}}",
		 "write pods:NAMESPACE/NAME[/CONTAINER][@CONNECTION]"},
		{"another cluster", K8S "\"a\": \"pods:a/b@aks2\"}}}",
		 "logs.sources[0]: no connection of its kind has the name behind its @"},
		{"no workspace", K8S "\"a\": \"kql:AppTraces\"}}}",
		 "logs.sources[0]: there is no connection of its kind"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct credential_host host = {0};
		struct connections connections = {0};
		struct config *config = config_of(rows[i].text);
		struct err err = {0};
		bool ok = connections_from_config(&connections, &host, config, &err);

		if (ok != !rows[i].error)
			fail_msg("case \"%s\": %s", rows[i].name, err.text);
		if (!ok && !strstr(err.text, rows[i].error))
			fail_msg("case \"%s\": %s", rows[i].name, err.text);
		connections_fini(&connections);
		config_free(config);
	}
}

static void names_are_resolved(void **state)
{
	struct config *config = config_of(K8S "\"shop\": \"pods:atlas/*\"}}}");
	struct err err = {0};

	(void)state;
	assert_string_equal(log_choices_resolve(config, "shop", &err), "pods:atlas/*");
	assert_string_equal(log_choices_resolve(config, "kql:T", &err), "kql:T");
	assert_null(log_choices_resolve(config, "shops", &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_null(log_choices_resolve(NULL, "shop", &err));
	config_free(config);
}

static const char pods_def[] =
	FIXTURE_DEF("{\"name\": \"pod\", \"title\": \"T\", \"value\": \"pod\"},"
		    "{\"name\": \"state\", \"title\": \"T\", \"type\": \"state\", "
		    "\"value\": \"state\", \"severity\": "
		    "{\"Running\": \"ok\", \"Error\": \"crit\"}},"
		    "{\"name\": \"namespace\", \"title\": \"T\", \"value\": \"ns\"},"
		    "{\"name\": \"cluster\", \"title\": \"T\", \"value\": \"k\"},"
		    "{\"name\": \"of\", \"title\": \"T\", \"value\": \"of\"}");

static void workloads_have_pods(void **state)
{
	static const char answer[] = "{\"a\": {\"value\": ["
				     "{\"id\": 1, \"pod\": \"web-7d4-x\", \"state\": "
				     "\"Running\", \"ns\": \"shop\", \"k\": "
				     "\"aks-2\", \"of\": \"ReplicaSet/web-7d4\"},"
				     "{\"id\": 2, \"pod\": \"web-7d4-y\", \"state\": "
				     "\"Error\", \"ns\": \"shop\", \"k\": "
				     "\"aks-2\", \"of\": \"ReplicaSet/web-7d4\"},"
				     "{\"id\": 3, \"pod\": \"db-0\", \"state\": "
				     "\"Running\", \"ns\": \"shop\", \"k\": "
				     "\"aks-1\", \"of\": \"StatefulSet/db\"},"
				     "{\"id\": 4, \"pod\": \"lone\", \"state\": "
				     "\"Running\", \"ns\": \"shop\", \"k\": "
				     "\"aks-2\", \"of\": null}]}}";
	static const struct {
		const char *name, *source;
		size_t pods;
		enum severity severity;
	} want[] = {
		{"logs", "file:app.log", 0, SEV_NONE},
		{NULL, "pods:shop/db@aks-1", 1, SEV_OK},
		{NULL, "pods:shop/lone@aks-2", 1, SEV_OK},
		{NULL, "pods:shop/web@aks-2", 2, SEV_CRIT},
	};
	struct config *config = config_of(K8S "\"logs\": \"file:app.log\"}}}");
	struct board_def *def = fixture_def(pods_def);
	struct board *pods = fixture_board(def, answer);
	struct log_choices c;

	(void)state;
	log_choices_init(&c, config, pods);
	assert_int_equal(c.list.n, sizeof(want) / sizeof(*want));
	for (size_t i = 0; i < c.list.n; i++) {
		check_text("source", str_from(c.list.p[i].source), want[i].source);
		check_case(want[i].source, !c.list.p[i].name == !want[i].name);
		check_case(want[i].source, c.list.p[i].pods == want[i].pods);
		check_case(want[i].source, c.list.p[i].severity == want[i].severity);
	}
	log_choices_fini(&c);
	log_choices_init(&c, NULL, NULL);
	assert_int_equal(c.list.n, 0);
	log_choices_fini(&c);
	board_put(pods);
	board_def_put(def);
	config_free(config);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sources_are_checked),
		cmocka_unit_test(names_are_resolved),
		cmocka_unit_test(workloads_have_pods),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
