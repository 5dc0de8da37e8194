/* Boards of Azure DevOps and of systems beside Azure: answers they really gave, where
 * those lie beside the source in "../shared/wire", and the same boards alive on the
 * simulator. A row of a table is one look at a board. Thread: the test's. */
#include "base/json.h"
#include "cli/looks.h"
#include "cli/run.h"
#include "unit/check.h"

static const struct recorded_look recorded[] = {
	{"builds", "ended", "ado/builds-list.json", "[].[id, state]",
	 "[[\"637\",\"inProgress\"],[\"638\",\"notStarted\"],[\"636\",\"succeeded\"],"
	 "[\"635\",\"succeeded\"]]"},
	{"builds", "active", "ado/build-cancelling.json", "[].[id, state, severity]",
	 "[[\"123\",\"cancelling\",\"info\"]]"},
	{"pull-requests", "pulls", "ado/pullrequest-voted.json",
	 "[].[id, votes, state, merge]", "[[\"57\",\"+1 -0\",\"open\",\"succeeded\"]]"},
	{"pull-requests", "pulls", "ado/pullrequests-list.json", "[].id",
	 "[\"46\",\"45\"]"},
	{"pull-requests", "pulls", "ado/pullrequests-project.json", "[].[id, source]",
	 "[[\"22\",\"npaulk/my_work\"],[\"21\",\"npaulk/known_issues\"],"
	 "[\"1\",\"some_branch\"]]"},
	{"approvals", "approvals", "ado/approvals-pending.json",
	 "[].[state, approvers, needed]", "[[\"pending\",null,1],[\"pending\",null,1]]"},
	{"approvals", "approvals", "ado/approval-approved.json", "[].[state, severity]",
	 "[[\"approved\",\"ok\"]]"},
	/* A machine that was given back is no agent that fell over. */
	{"agents", "agents", "ado/agents-list.json",
	 "[].[name, state, severity, version]",
	 "[[\"Hosted Agent\",\"away\",\"info\",\"3.220.5\"]]"},
	{"agent-pools", "agents", "ado/agents-list.json", "[].[online, offline, queued]",
	 "[[0,1,null]]"},
	/* What has ended is no job; the longest wait first. */
	{"agent-jobs", "jobs", "ado/jobrequests-mixed.json",
	 "[].[pipeline, state, demands, agent]",
	 "[[\"base - main\",\"waiting\",\"kubectl\",null],"
	 "[\"base - main\",\"running\",\"dotnet60, java, "
	 "cmake\",\"dotnet60-scaledjob-5nlph-kzpgf\"]]"},
	{"agent-jobs", "jobs", "ado/jobrequests-queued.json",
	 "[].[pipeline, queued, matched]",
	 "[[\"base - main\",\"2022-09-28T11:19:49.890Z\",null],"
	 "[\"Other Build CI\",\"2022-09-28T11:20:22.463Z\","
	 "\"1755 11732 11733 11734\"]]"},
	{"github-runs", "runs", "other/github-workflow-runs.json",
	 "[].[workflow, state, branch, is_newest]",
	 "[[\"test.yml\",\"success\",\"master\",\"yes\"]]"},
	{"github-jobs", "jobs", "other/github-workflow-jobs-failure.json",
	 "[].[job, state, step, repository]",
	 "[[\"linters\",\"failure\",\"Run yarn run format-check\","
	 "\"octo-org/octo-repo\"]]"},
	{"gitlab-pipelines", "pipelines", "other/gitlab-pipelines.json",
	 "[].[id, state, severity]", "[[\"46\",\"pending\",\"warn\"]]"},
	{"gitlab-jobs", "jobs", "other/gitlab-jobs.json", "[].[job, state, ran, runner]",
	 "[[\"rubocop\",\"failed\",0.465,null]]"},
	{"terraform-runs", "runs", "other/terraform-cloud-runs.json",
	 "[].[id, state, message]",
	 "[[\"run-CZcmD7eagjhyX0vN\",\"pending\",\"Custom message\"]]"},
	{"adf-runs", "runs", "arm/inventory/adf-pipeline-runs.json",
	 "[].[state, took, ended]",
	 "[[\"Cancelled\",null,null],"
	 "[\"Succeeded\",28.105,\"2018-06-16T00:38:12.731Z\"]]"},
	/* A capacity nobody may see is unknown, not off. */
	{"fabric-workspaces", "workspaces", "other/fabric-workspaces-continuation.json",
	 "[].[name, type, state, severity]",
	 "[[\"My workspace\",\"Personal\",\"shared\",\"info\"],"
	 "[\"Marketing\",\"Workspace\",\"shared\",\"info\"],"
	 "[\"Finance\",\"Workspace\",\"unseen\",\"unknown\"]]"},
	{"fabric-workspaces", "items", "other/fabric-items.json", "[].[items, types]",
	 "[[2,\"Lakehouse, KustoDashboard\"]]"},
	/* No zone is UTC. */
	{"fabric-jobs", "jobs", "other/fabric-job-instances.json",
	 "[].[state, started, ended]",
	 "[[\"Completed\",\"2024-06-22T06:35:00.781Z\",\"2024-06-22T06:35:00.803Z\"],"
	 "[\"Completed\",\"2024-06-22T06:35:00.781Z\",\"2024-06-22T07:35:00.803Z\"]]"},
	{"purview", "runs", "other/purview-scan-history.json",
	 "[].[state, ended, found, classified, good]",
	 "[[\"Running\",null,950,345,\"2018-11-14T05:17:52.961Z\"]]"},
	/* The older shape: sizes beside replicationSpecs. */
	{"atlas-clusters", "clusters", "other/mongodb-atlas-clusters.json",
	 "[].[name, state, size, most, nodes, disk, version]",
	 "[[\"AppData\",\"IDLE\",\"M40\",\"M60\",3,171798691840,\"3.4.9\"]]"},
	{"terraform", "states", "other/terraform-state-v4-modules.json",
	 "[].[resource, state]",
	 "[[\"null_resource.bar\",\"elsewhere\"],"
	 "[\"module.modB.null_resource.bar[\\\"a\\\"]\",\"elsewhere\"],"
	 "[\"module.modB.null_resource.bar[\\\"b\\\"]\",\"elsewhere\"],"
	 "[\"module.modA.null_resource.resource\",\"elsewhere\"]]"},
	{"terraform", "states", "other/terraform-state-v4-cbd.json",
	 "[].[resource, version]",
	 "[[\"module.modA.null_resource.resource\",\"0.12.0\"]]"},
};

static void test_recorded(void **state)
{
	(void)state;
	looks_recorded(recorded, sizeof(recorded) / sizeof(recorded[0]));
}

static const struct alive_look alive[] = {
	/* A failure counts until a later run of its branch has ended. */
	{"builds", "length([?severity == 'crit' && state != 'failed'])", "0"},
	{"builds", "length([?severity == 'crit' && is_main != 'yes'])", "0"},
	{"builds",
	 "[?pipeline == 'qodex-e2e' && is_main == 'yes' && is_newest == 'yes']."
	 "severity | sort(@) | [0]",
	 "\"crit\""},
	/* The jobs nobody can take are builds nobody has started. */
	{"builds", "[?state == 'notStarted' && waited > `3600`].pipeline | sort(@)",
	 "[\"atlas-installer-ci\",\"atlas-model-train\",\"atlas-web-ci\","
	 "\"qodex-model-eval\"]"},
	{"pipelines", "[?state == 'paused'].[pipeline, severity]",
	 "[[\"atlas-installer-ci\",\"warn\"]]"},
	{"pipelines", "[?pipeline == 'qodex-e2e'].[state, success, severity]",
	 "[[\"failed\",0,\"warn\"]]"},
	{"pull-requests", "[?state == 'conflicts'].[id, severity]",
	 "[[\"4698\",\"warn\"]]"},
	{"pull-requests", "[?id == '4711'].[review, other]",
	 "[[\"approved\",\"approved\"]]"},
	{"pull-requests", "[?id == '4702'].[state, other]",
	 "[[\"rejected\",\"rejected\"]]"},
	{"approvals", "[?severity == 'crit'].pipeline", "[\"atlas-infra-plan\"]"},
	{"approvals", "[?pipeline == 'atlas-release'].approvers",
	 "[\"Atlas release managers\"]"},
	{"github-runs", "[?severity == 'crit'].[workflow, repository]",
	 "[[\"Release\",\"contoso/atlas-mobile\"]]"},
	{"github-runs", "[?state == 'queued'].[workflow, severity]",
	 "[[\"GPU tests\",\"warn\"]]"},
	{"github-jobs", "[?job == 'sign'].[state, step]",
	 "[[\"failure\",\"Fetch the signing certificate\"]]"},
	{"gitlab-pipelines", "[?state == 'pending'].[project, severity]",
	 "[[\"contoso/qodex/evals\",\"warn\"]]"},
	{"gitlab-jobs", "[?state == 'failed'].reason | [0]", "\"runner_system_failure\""},
	/* Jobs in folders and beside them; one is off, one has no build. */
	{"jenkins-jobs", "length(@)", "8"},
	{"jenkins-jobs", "[?severity == 'crit'].name", "[\"Atlas/legacy-billing\"]"},
	{"jenkins-jobs", "[?now == 'stuck'].[name, severity]",
	 "[[\"macos-build\",\"warn\"]]"},
	{"jenkins-jobs", "[?state == 'never built'].ended", "[]"},
	/* Two pages of workspaces, one row each. */
	{"terraform-runs", "[].workspace | sort(@)",
	 "[\"atlas-data-prod\",\"atlas-edge\",\"atlas-network-prod\","
	 "\"qodex-cluster-prod\",\"qodex-sandbox\"]"},
	{"terraform-runs", "[?severity == 'crit'].[workspace, state, locked]",
	 "[[\"atlas-data-prod\",\"errored\",\"locked\"]]"},
	{"terraform-runs", "[?person].workspace | sort(@)",
	 "[\"atlas-network-prod\",\"qodex-cluster-prod\"]"},
	/* Three pages by a token in the body. */
	{"adf-runs", "length(@) > `40`", "true"},
	{"adf-runs", "[?severity == 'crit'].pipeline | sort(@)",
	 "[\"crawl-repositories\",\"load-stock\"]"},
	{"adf-runs", "[?state == 'Queued'].[pipeline, severity]",
	 "[[\"build-embeddings\",\"warn\"]]"},
	{"fabric-workspaces", "[?severity == 'warn'].[name, state, sku]",
	 "[[\"Qodex Usage\",\"Inactive\",\"F16\"]]"},
	{"fabric-workspaces", "length(@)", "5"},
	{"fabric-jobs", "[?severity == 'crit'].[item, workspace]",
	 "[[\"Clean returns\",\"Atlas Sales\"]]"},
	{"fabric-jobs", "[?state == 'NotStarted'].severity", "[\"warn\"]"},
	{"purview", "[?state == 'Failed'].[source, severity, good]",
	 "[[\"atlas-lake\",\"warn\",null]]"},
	{"purview", "[?state == 'Queued'].[source, severity]",
	 "[[\"contoso-fabric\",\"warn\"]]"},
	{"postgres", "[?severity == 'crit'].[name, standby]",
	 "[[\"psql-qodex-vectors\",\"FailingOver\"]]"},
	/* One that is off measures nothing, and that is not 0. */
	{"postgres", "[?state == 'Stopped'].[cpu, storage, version]",
	 "[[null,null,\"12.20\"]]"},
	{"postgres", "[?state == 'Ready' && cpu > `0` && storage > `0`].name | length(@)",
	 "2"},
	{"supabase", "[?severity == 'crit'].[name, healthy]",
	 "[[\"qodex-accounts\",\"5 of 6\"]]"},
	{"supabase", "[?state == 'INACTIVE'].[why, healthy, severity]",
	 "[[null,null,\"warn\"]]"},
	{"atlas-clusters", "[?state == 'REPAIRING'].[name, project, severity]",
	 "[[\"atlas-catalog\",\"Atlas\",\"warn\"]]"},
	{"atlas-clusters", "[?name == 'qodex-events'].[backup, severity]",
	 "[[\"no\",\"warn\"]]"},
	{"atlas-invoices", "[?state == 'PENDING'].[month, paid]", "[[\"2026-03-01\",0]]"},
	{"atlas-invoices", "[?severity == 'crit'].[month, state]",
	 "[[\"2026-02-01\",\"FAILED\"]]"},
	{"terraform", "[?state == 'missing'].[name, severity] | sort_by(@, &[0])",
	 "[[\"pip-atlas-failover\",\"crit\"],[\"redis-qodex-feedback\",\"crit\"]]"},
	{"terraform", "[?state == 'drifted'].[name, differs] | sort_by(@, &[0])",
	 "[[\"plan-atlas-prod-weu\",\"size\"],[\"redis-atlas-prod-weu\",\"tags\"]]"},
	{"terraform", "[?state == 'tainted'].resource",
	 "[\"module.apps.azurerm_linux_web_app.app[\\\"func-atlas-orders\\\"]\"]"},
	/* Disks that a machine of the state made are managed by it. */
	{"terraform", "[?state == 'unmanaged' && contains(name, 'app-0')]", "[]"},
	{"terraform",
	 "[?state == 'unmanaged' && cost > `100`].[name, cost_currency, file]",
	 "[[\"vm-qodex-index-01\",\"EUR\",null]]"},
};

static void test_alive(void **state)
{
	(void)state;
	looks_alive(alive, sizeof(alive) / sizeof(alive[0]));
}

static bool has_row(const cJSON *rows, const char *column, const char *value)
{
	const cJSON *row;

	cJSON_ArrayForEach (row, rows) {
		const char *text = json_text(row, column);

		if (text && strcmp(text, value) == 0)
			return true;
	}
	return false;
}

/* What a row names on another board is there. */
static void test_boards_agree(void **state)
{
	static const struct {
		const char *board, *column, *other, *there;
	} ties[] = {
		{"approvals", "id", "builds", "id"},
		{"approvals", "pipeline", "pipelines", "pipeline"},
		{"pull-requests", "build", "builds", "id"},
		{"builds", "pr", "pull-requests", "id"},
		{"builds", "pipeline", "pipelines", "pipeline"},
		{"agent-jobs", "build", "builds", "build"},
		{"agent-jobs", "pipeline", "pipelines", "pipeline"},
		{"github-jobs", "run", "github-runs", "id"},
		{"fabric-jobs", "workspace", "fabric-workspaces", "name"},
		{"gitlab-jobs", "pipeline", "gitlab-pipelines", "id"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(ties) / sizeof(ties[0]); i++) {
		cJSON *from = looks_rows(ties[i].board), *to = looks_rows(ties[i].other),
		      *row;
		size_t n = 0;

		cJSON_ArrayForEach (row, from) {
			const char *value = json_text(row, ties[i].column);

			if (!value)
				continue;
			n++;
			if (!has_row(to, ties[i].there, value))
				fail_msg("%s.%s: %s is not on %s", ties[i].board,
					 ties[i].column, value, ties[i].other);
		}
		check_case(ties[i].board, n > 0);
		cJSON_Delete(from);
		cJSON_Delete(to);
	}
}

/* What a state holds of secrets stays in it: of attributes only names are shown. */
static void test_states_stay_secret(void **state)
{
	struct run r = {.args = RUN_ARGS("show", "terraform", "--demo", "--at", CHECK_AT,
					 "--speed", "0.0001", "-o", "json")};

	(void)state;
	run_expect(&r, 0);
	assert_non_null(strstr(r.out.p, "random_password.admin[0]"));
	assert_non_null(strstr(r.out.p, "azurerm_storage_account"));
	assert_null(strstr(r.out.p, "not-a-key"));
	assert_null(strstr(r.out.p, "P1v3"));
	run_fini(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recorded),
		cmocka_unit_test(test_alive),
		cmocka_unit_test(test_boards_agree),
		cmocka_unit_test(test_states_stay_secret),
	};

	return cmocka_run_group_tests_name("services", tests, run_setup, run_teardown);
}
