/* Boards of recovery, backup, health and entry points over answers that Azure
 * published. */
#include "recorded_boards.h"

static const struct recorded_board cases[] = {
	{"dr-plans",
	 "plans",
	 "dr/recovery-plans-list.json",
	 NULL,
	 1,
	 {"\"name\":\"RPtest1\"", "\"state\":\"Never tried\"", "\"took\":null",
	  "\"machines\":0", "\"recovery\":\"Microsoft Azure\"", "\"severity\":\"crit\""}},
	{"dr-items",
	 "items",
	 "dr/replicated-items-list.json",
	 NULL,
	 1,
	 {"\"name\":\"vm1\"", "\"health\":\"Normal\"", "\"rpo\":null", "\"plan\":null",
	  "\"test_state\":\"Clean\""}},
	{"dr-jobs",
	 "jobs",
	 "dr/replication-jobs-list.json",
	 NULL,
	 3,
	 {"\"job\":\"Create replication policy\"", "\"state\":\"Succeeded\"",
	  "\"took\":1.722", "\"target\":\"protectionprofile1\"", "\"error\":null"}},
	{"backups",
	 "items",
	 "dr/backup-protected-items.json",
	 NULL,
	 1,
	 {"\"item\":\"iaasvm-1\"", "\"state\":\"Protected\"", "\"result\":\"Completed\"",
	  "\"policy\":\"testPolicy1\"", "\"newest\":\"2017-11-22T12:25:32.048Z\""}},
	{"backup-jobs",
	 "jobs",
	 "dr/backup-jobs-list.json",
	 NULL,
	 2,
	 {"\"state\":\"InProgress\"", "\"took\":12.427", "\"took\":31.307",
	  "\"operation\":\"ConfigureBackup\"", "\"severity\":\"info\""}},
	{"restore-points",
	 "windows",
	 "sql/restorepoints-by-database.json",
	 NULL,
	 1,
	 {"\"state\":\"Any moment\"", "\"oldest\":\"2017-06-12T00:00:00Z\"",
	  "\"newest\":null", "\"points\":null"}},
	{"frontdoor",
	 "origins",
	 "dr/afd-origins-list.json",
	 NULL,
	 1,
	 {"\"name\":\"origin1\"", "\"state\":\"No figures\"", "\"order\":null",
	  "\"host\":\"host1.blob.core.windows.net\"", "\"severity\":\"unknown\""}},
	{"traffic-manager",
	 "profiles",
	 "dr/trafficmanager-profiles-list.json",
	 NULL,
	 3,
	 {"\"endpoint\":\"My external endpoint\"", "\"state\":\"Stopped\",\"left\":0",
	  "\"nested\":\"onesdk1792\"", "\"endpoint\":null", "\"ttl\":35"}},
	{"health",
	 "statuses",
	 "health/availability-statuses-list.json",
	 NULL,
	 2,
	 {"\"state\":\"Available\"", "\"state\":\"Unavailable\"",
	  "\"since\":\"2016-03-29T09:12:00Z\"", "\"why\":\"Unplanned\"",
	  "\"severity\":\"crit\""}},
	{"service-health",
	 "events",
	 "health/service-health-events.json",
	 NULL,
	 1,
	 {"\"state\":\"Outage\"", "\"service\":\"Virtual Machines\"",
	  "\"region\":\"West US\"", "\"subs\":1", "\"tracking\":\"BC_1-FXZ\""}},
	{"subscriptions",
	 "subs",
	 "inventory/subscriptions-list.json",
	 NULL,
	 2,
	 {"\"name\":\"Example Subscription2\"", "\"quota\":null",
	  "\"offer\":\"Internal\"", "\"spending_limit\":\"Off\"", "\"managed\":2"}},
	/* What is asked on the way to the rows gives none, and breaks nothing. */
	{"dr-plans", "vaults", "dr/vaults-list.json", NULL, 0, {NULL}},
	{"backups", "vaults", "dr/vaults-list.json", NULL, 0, {NULL}},
	{"frontdoor", "profiles", "dr/afd-profiles-list.json", NULL, 0, {NULL}},
	{"restore-points", "kept", "sql/ltr-backups-by-database.json", NULL, 0, {NULL}},
	{"restore-points",
	 "protected",
	 "dr/backup-protected-items.json",
	 NULL,
	 0,
	 {NULL}},
	{"restore-points", "servers", "sql/servers-list.json", NULL, 0, {NULL}},
	{"restore-points", "dbs", "sql/rec-databases-list.json", NULL, 0, {NULL}},
	{"keyvault-secrets",
	 "vaults",
	 "inventory/rec-keyvault-vaults-empty-page.json",
	 NULL,
	 0,
	 {NULL}},
	{"availability",
	 "components",
	 "inventory/rec-resources-list.json",
	 NULL,
	 0,
	 {NULL}},
};

static void test_published_answers(void **state)
{
	struct library *library = library_new(NULL, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		recorded_run(library, &cases[i]);
	library_free(library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published_answers),
	};

	return cmocka_run_group_tests_name("recorded_dr", tests, NULL, NULL);
}
