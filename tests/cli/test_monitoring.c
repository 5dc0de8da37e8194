/* Boards of monitoring, support, models and certificates: answers that were really
 * given, and the same boards alive on the simulator. Thread: the test's. */
#include "cli/looks.h"
#include "cli/run.h"
#include "unit/check.h"

static const struct recorded_look recorded[] = {
	{"prometheus-alerts", "alerts", "other/prometheus-alerts.json",
	 "[].[name, state, value, since, severity]",
	 "[[\"my-alert\",\"firing\",1,\"2018-07-04T18:27:12.606Z\",\"warn\"]]"},
	{"prometheus-alerts", "rules", "other/prometheus-rules.json", "@", "[]"},
	{"prometheus-targets", "targets", "other/prometheus-targets.json",
	 "[].[instance, state, pool_down, scraped, severity]",
	 "[[\"127.0.0.1:9090\",\"up\",\"0/1\",\"2017-01-17T14:07:44.723Z\",\"ok\"]]"},
	{"prometheus-query", "asked", "other/prometheus-query-vector.json",
	 "[].[value, raw, state, at]",
	 "[[1,\"1\",\"measured\",\"2015-07-01T20:10:52Z\"],"
	 "[0,\"0\",\"measured\",\"2015-07-01T20:10:52Z\"]]"},
	{"alertmanager", "alerts", "other/alertmanager-alerts.json",
	 "[].[name, state, receivers, because, severity]",
	 "[[\"LocalDown\",\"active\",\"default, logs\",null,\"crit\"],"
	 "[\"DiskFull\",\"silenced\",\"ntfy\",\"silence: silence-1\",\"info\"]]"},
	{"grafana", "health", "other/grafana-health.json", "[].[name, state, detail]",
	 "[[\"Grafana\",\"ok\",\"5.1.3\"]]"},
	/* One node: copies can lie nowhere, and that is how it stays. */
	{"elasticsearch", "health", "other/elasticsearch-cluster-health.json",
	 "[].[title, state, active, unassigned, nodes, severity]",
	 "[[\"testcluster\",\"yellow\",50,1,1,\"info\"]]"},
	{"kibana", "status", "other/kibana-status.json", "[].[title, what, state]",
	 "[[\"kibana\",\"overall\",\"available\"],"
	 "[\"elasticsearch\",\"core\",\"available\"],"
	 "[\"savedObjects\",\"core\",\"available\"]]"},
	{"zendesk", "tickets", "other/zendesk-tickets.json",
	 "[].[number, state, priority, subject, severity]",
	 "[[\"2\",\"solved\",null,\"Mail to create fixture ticket for testing\",\"ok\"],"
	 "[\"3\",\"solved\",null,\"にゃー\",\"ok\"]]"},
	{"zendesk", "tickets", "other/zendesk-tickets.json", "[0].link",
	 "\"https://d3v-terraform-provider.zendesk.com/agent/tickets/2\""},
	{"intercom", "open", "other/intercom-conversations.json",
	 "[].[id, state, waiting, created, subject]",
	 "[[\"335\",\"closed\",null,\"2024-06-27T12:53:15Z\","
	 "\"this is the message body\"]]"},
	{"pagerduty", "incidents", "other/pagerduty-incidents.json",
	 "[].[number, state, urgency, priority, assigned, severity]",
	 "[[\"1234\",\"resolved\",\"high\",\"P2\",null,\"ok\"]]"},
	/* An SDK wrote its dates as objects: not known, and no surprise. */
	{"aws-shield", "subscription", "other/aws-shield-describe-subscription.json",
	 "[].[state, began, term]", "[[\"subscribed\",null,31622400]]"},
	{"ollama", "tags", "ai/ollama-tags.json",
	 "[].[name, state, size, parameters, changed]",
	 "[[\"deepseek-r1:latest\",\"on disk\",4683075271,\"7.6B\","
	 "\"2025-05-10T15:06:48.639Z\"],"
	 "[\"llama3.2:latest\",\"on disk\",2019393189,\"3.2B\","
	 "\"2025-05-05T00:37:44.706Z\"]]"},
	{"openai-deployments", "accounts", "arm/inventory/cognitive-accounts-list.json",
	 "@", "[]"},
	{"openai-deployments", "deployments",
	 "arm/inventory/cognitive-deployments-list.json",
	 "[].[deployment, model, capacity, tokens, days]",
	 "[[\"deploymentName\",\"ada\",1,null,null]]"},
	{"openai-deployments", "deployments",
	 "arm/inventory/rec-cognitive-deployments.json",
	 "[].[deployment, state, model, version, tokens, requests]",
	 "[[\"cctest-gpt4o-mini\",\"Succeeded\",\"gpt-4o-mini\",\"2024-07-18\",1000,10]"
	 "]"},
	{"openai-usage", "quota", "arm/inventory/cognitive-location-usages.json",
	 "[].[name, used, limit, state]", "[[\"AccountCount\",1.5,200,\"ok\"]]"},
	{"azureml-endpoints", "endpoints", "arm/inventory/aml-online-endpoints.json",
	 "[].[state, traffic, auth]", "[[\"Creating\",\"string 1\",\"AMLToken\"]]"},
};

static void test_recorded(void **state)
{
	(void)state;
	looks_recorded(recorded, sizeof(recorded) / sizeof(*recorded));
}

static const struct alive_look alive[] = {
	{"prometheus-alerts", "[?severity == 'crit'].name | sort(@)",
	 "[\"AtlasApiErrorRateHigh\",\"NodeDown\"]"},
	{"prometheus-alerts", "[?state == 'broken rule'].[name, severity]",
	 "[[\"QodexConsumerLag\",\"warn\"]]"},
	{"prometheus-alerts", "[?name == 'Watchdog']", "[]"},
	{"prometheus-targets", "[?state == 'down'].[pool, pool_down, severity]",
	 "[[\"node\",\"1/5\",\"crit\"],[\"qodex-worker\",\"1/2\",\"crit\"]]"},
	/* Less is worse, nothing is not zero, and what is refused says why. */
	{"prometheus-query", "[?name == 'least disk free'].[state, warn, crit]",
	 "[[\"warning\",10,5]]"},
	{"prometheus-query", "[?name == 'batch runs'].[state, value]",
	 "[[\"no data\",null]]"},
	{"prometheus-query", "[?name == 'cache hits'].[state, value, raw]",
	 "[[\"no number\",null,\"NaN\"]]"},
	{"prometheus-query", "[?name == 'logins'].[state, contains(raw, 'parse error')]",
	 "[[\"refused\",true]]"},
	{"prometheus-query", "length([?name == 'failing calls'])", "3"},
	{"alertmanager", "[?state == 'silenced'].[name, because, severity]",
	 "[[\"NodeFilesystemFull\",\"platform-oncall: Disk is being enlarged, change "
	 "CHG-2291\",\"info\"]]"},
	{"alertmanager", "[?state == 'inhibited'].because",
	 "[\"inhibited by NodeDown\"]"},
	{"grafana", "[?state == 'not working'].[name, severity]",
	 "[[\"Tempo\",\"warn\"]]"},
	{"grafana", "length([?what == 'data source' && state == 'ok'])", "4"},
	{"elasticsearch", "[?severity == 'crit'].[title, state]",
	 "[[\"es-data-weu-03\",\"full\"]]"},
	{"elasticsearch", "[?what == 'index'].state", "[\"yellow\",\"yellow\"]"},
	{"elasticsearch", "[?what == 'cluster'].[state, unassigned, severity]",
	 "[[\"yellow\",4,\"warn\"]]"},
	{"kibana", "[?what == 'plugin'].[title, state]",
	 "[[\"reporting\",\"degraded\"]]"},
	/* Two pages. */
	{"zendesk", "length(@)", "9"},
	{"zendesk", "[?severity == 'crit'].[state, priority]",
	 "[[\"open\",\"urgent\"],[\"new\",\"urgent\"]]"},
	/* Two pages by a token in the body. */
	{"intercom", "[].id | sort(@)",
	 "[\"90211\",\"90214\",\"90217\",\"90220\",\"90223\"]"},
	{"intercom", "[?severity == 'warn'].state", "[\"missed\",\"waiting\"]"},
	/* Two pages by offset. */
	{"pagerduty", "length(@)", "5"},
	{"pagerduty", "[?severity == 'crit'].[title, oncall]",
	 "[[\"AtlasApiErrorRateHigh on atlas-api\",\"Atlas on call\"]]"},
	{"opsgenie", "[?state == 'open'].[priority, severity]", "[[\"P3\",\"warn\"]]"},
	{"aws-shield", "[?what == 'subscription'].[state, renews]",
	 "[[\"ends soon\",\"disabled\"]]"},
	{"aws-shield", "[?what == 'attack'].[title, state] | sort_by(@, &[0])",
	 "[[\"edge\",\"over\"],[\"site\",\"over\"]]"},
	{"sagemaker", "[?severity != 'ok' && severity != 'info'].[name, severity]",
	 "[[\"atlas-fraud-v3\",\"warn\"],[\"qodex-ocr-test\",\"crit\"]]"},
	{"sagemaker", "length(@)", "5"},
	{"vertex", "[?severity == 'warn'].state | sort(@)", "[\"empty\",\"no traffic\"]"},
	{"vertex", "length(@)", "4"},
	{"ollama", "[].[state, round(gpu)]",
	 "[[\"loaded\",100],[\"split\",62],[\"on disk\",null]]"},
	{"openai-deployments",
	 "[?state == 'model ends'].[deployment, severity, round(days)] | sort_by(@, "
	 "&[0])",
	 "[[\"answers\",\"warn\",52],[\"legacy\",\"crit\",11]]"},
	{"openai-usage", "[?severity == 'crit'].[name, state]",
	 "[[\"answers\",\"refusing much\"]]"},
	{"openai-usage", "[?name == 'answers-ptu'].[limit, cost]", "[[null,null]]"},
	{"openai-usage", "[?name == 'try'].[state, prompt]", "[[\"idle\",0]]"},
	{"openai-usage", "[?name == 'chat'] | [0].[cost > `0`, cost_currency]",
	 "[true,\"USD\"]"},
	{"azureml-endpoints",
	 "[?severity != 'ok' && severity != 'info'].[name, state] | sort_by(@, &[0])",
	 "[[\"forecast\",\"no traffic\"],[\"fraud-next\",\"Failed\"],"
	 "[\"ocr\",\"deployment failed\"]]"},
	{"certs", "[?severity != 'ok'].[endpoint, state] | sort_by(@, &[0])",
	 "[[\"api.qodex.example\",\"renewal overdue\"],"
	 "[\"files.contoso.example:990\",\"expired\"],"
	 "[\"login.contoso.example\",\"expires soon\"],"
	 "[\"old.atlas.example\",\"wrong name\"],"
	 "[\"sql-gw.atlas.example:8443\",\"untrusted\"],"
	 "[\"vm-qodex-relay-01:9443\",\"wrong name\"],"
	 "[\"vm-qodex-relay-02:9443\",\"unreachable\"]]"},
	/* Six days in all, and most of them left. */
	{"certs", "[?life == `6`].[state, letsencrypt]", "[[\"valid\",\"yes\"]]"},
};

static void test_alive(void **state)
{
	(void)state;
	looks_alive(alive, sizeof(alive) / sizeof(*alive));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recorded),
		cmocka_unit_test(test_alive),
	};

	return cmocka_run_group_tests_name("monitoring", tests, run_setup, run_teardown);
}
