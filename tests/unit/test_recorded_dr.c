/* Boards of recovery, backup, health and entry points over answers that Azure
 * published. They lie beside the source, in "../shared/wire/arm", and are not part
 * of it: where they are not, each case says so and passes. */
#include "board_fixture.h"

#include <stdlib.h>

#include "base/file.h"
#include "cli/recorded.h"

enum { FILE_MAX = 8 << 20 };

static const struct recorded_case {
	const char *board, *request, *file;
	size_t n_rows;
	const char *has[6]; /* pieces of the rows as JSON */
} cases[] = {
	{"dr-plans",
	 "plans",
	 "dr/recovery-plans-list.json",
	 1,
	 {"\"name\":\"RPtest1\"", "\"state\":\"Never tried\"", "\"took\":null",
	  "\"machines\":0", "\"recovery\":\"Microsoft Azure\"", "\"severity\":\"crit\""}},
	{"dr-items",
	 "items",
	 "dr/replicated-items-list.json",
	 1,
	 {"\"name\":\"vm1\"", "\"health\":\"Normal\"", "\"rpo\":null", "\"plan\":null",
	  "\"test_state\":\"Clean\""}},
	{"dr-jobs",
	 "jobs",
	 "dr/replication-jobs-list.json",
	 3,
	 {"\"job\":\"Create replication policy\"", "\"state\":\"Succeeded\"",
	  "\"took\":1.722", "\"target\":\"protectionprofile1\"", "\"error\":null"}},
	{"backups",
	 "items",
	 "dr/backup-protected-items.json",
	 1,
	 {"\"item\":\"iaasvm-1\"", "\"state\":\"Protected\"", "\"result\":\"Completed\"",
	  "\"policy\":\"testPolicy1\"", "\"newest\":\"2017-11-22T12:25:32.048Z\""}},
	{"backup-jobs",
	 "jobs",
	 "dr/backup-jobs-list.json",
	 2,
	 {"\"state\":\"InProgress\"", "\"took\":12.427", "\"took\":31.307",
	  "\"operation\":\"ConfigureBackup\"", "\"severity\":\"info\""}},
	{"restore-points",
	 "windows",
	 "sql/restorepoints-by-database.json",
	 1,
	 {"\"state\":\"Any moment\"", "\"oldest\":\"2017-06-12T00:00:00Z\"",
	  "\"newest\":null", "\"points\":null"}},
	{"frontdoor",
	 "origins",
	 "dr/afd-origins-list.json",
	 1,
	 {"\"name\":\"origin1\"", "\"state\":\"No figures\"", "\"order\":null",
	  "\"host\":\"host1.blob.core.windows.net\"", "\"severity\":\"unknown\""}},
	{"traffic-manager",
	 "profiles",
	 "dr/trafficmanager-profiles-list.json",
	 3,
	 {"\"endpoint\":\"My external endpoint\"", "\"state\":\"Stopped\",\"left\":0",
	  "\"nested\":\"onesdk1792\"", "\"endpoint\":null", "\"ttl\":35"}},
	{"health",
	 "statuses",
	 "health/availability-statuses-list.json",
	 2,
	 {"\"state\":\"Available\"", "\"state\":\"Unavailable\"",
	  "\"since\":\"2016-03-29T09:12:00Z\"", "\"why\":\"Unplanned\"",
	  "\"severity\":\"crit\""}},
	{"service-health",
	 "events",
	 "health/service-health-events.json",
	 1,
	 {"\"state\":\"Outage\"", "\"service\":\"Virtual Machines\"",
	  "\"region\":\"West US\"", "\"subs\":1", "\"tracking\":\"BC_1-FXZ\""}},
	{"subscriptions",
	 "subs",
	 "inventory/subscriptions-list.json",
	 2,
	 {"\"name\":\"Example Subscription2\"", "\"quota\":null",
	  "\"offer\":\"Internal\"", "\"spending_limit\":\"Off\"", "\"managed\":2"}},
	/* What is asked on the way to the rows gives none, and breaks nothing. */
	{"dr-plans", "vaults", "dr/vaults-list.json", 0, {NULL}},
	{"backups", "vaults", "dr/vaults-list.json", 0, {NULL}},
	{"frontdoor", "profiles", "dr/afd-profiles-list.json", 0, {NULL}},
	{"restore-points", "kept", "sql/ltr-backups-by-database.json", 0, {NULL}},
	{"restore-points", "protected", "dr/backup-protected-items.json", 0, {NULL}},
	{"restore-points", "servers", "sql/servers-list.json", 0, {NULL}},
	{"restore-points", "dbs", "sql/rec-databases-list.json", 0, {NULL}},
	{"keyvault-secrets",
	 "vaults",
	 "inventory/rec-keyvault-vaults-empty-page.json",
	 0,
	 {NULL}},
	{"availability", "components", "inventory/rec-resources-list.json", 0, {NULL}},
};

static cJSON *read_body(const char *name)
{
	const char *source = getenv("AZ_SRCDIR");
	struct strbuf path, text;
	struct err err;
	cJSON *body = NULL;

	strbuf_init(&path, 4096);
	strbuf_init(&text, FILE_MAX);
	strbuf_printf(&path, "%s/../shared/wire/arm/%s", source ? source : ".", name);
	if (!file_read(path.p, &text, &err))
		print_message("# %s is not here: not looked at\n", name);
	else if (!(body = recorded_body(
			   json_parse(strbuf_str(&text), &json_wire, NULL, &err), &err)))
		fail_msg("%s: %s", name, err.text);
	strbuf_fini(&path);
	strbuf_fini(&text);
	return body;
}

static void check_rows(const struct recorded_case *c, const struct board *board)
{
	struct strbuf rows;

	strbuf_init(&rows, FILE_MAX);
	board_rows_json(board, &rows);
	if (board->n_rows != c->n_rows || board->surprises)
		fail_msg("%s: %zu rows, %zu surprises: %s", c->file, board->n_rows,
			 (size_t)board->surprises, rows.p);
	for (size_t i = 0; i < 6 && c->has[i]; i++)
		if (str_find(strbuf_str(&rows), str_from(c->has[i])) < 0)
			fail_msg("%s of %s: no %s in %s", c->board, c->file, c->has[i],
				 rows.p);
	strbuf_fini(&rows);
}

static void run_case(const struct library *library, const struct recorded_case *c)
{
	const struct board_def *def = library_find(library, str_from(c->board));
	const struct request_def *request = NULL;
	cJSON *answers = cJSON_CreateObject(), *body = read_body(c->file);
	struct board *board = NULL;
	struct err err = {0};

	check_case(c->board, def != NULL);
	for (size_t i = 0; i < def->n_requests; i++)
		if (strcmp(def->requests[i].name, c->request) == 0)
			request = &def->requests[i];
	check_case(c->request, request != NULL);
	if (body) {
		check_case(c->file, recorded_add(answers, request, body, NULL, &err));
		if (!board_decode(def, answers, FIXTURE_NOW_MS, &board, &err))
			fail_msg("%s of %s: %s", c->board, c->file, err.text);
		check_rows(c, board);
	}
	board_put(board);
	cJSON_Delete(answers);
}

static void test_published_answers(void **state)
{
	struct library *library = library_new(NULL, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		run_case(library, &cases[i]);
	library_free(library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published_answers),
	};

	return cmocka_run_group_tests_name("recorded_dr", tests, NULL, NULL);
}
