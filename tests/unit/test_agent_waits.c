/* Why jobs wait, from answers as the services give them, through the boards that read
 * them: every reason, and every board that may be missing. Now is 04:05:06. */
#include "unit/check.h"

#include <stdio.h>

#include "agents/rules.h"
#include "agents/wait.h"
#include "base/count.h"
#include "unit/board_fixture.h"

enum { JOBS, AGENTS, POOLS, CAPABILITIES, LIMITS, ELASTIC, KEDA, APPROVALS, INPUTS };

static const char *const names[INPUTS] = {
	"agent-jobs",	 "agents",	  "agent-pools", "agent-capabilities",
	"parallel-jobs", "elastic-pools", "keda",	 "approvals",
};

#define AT(time) "2026-11-21T" time "Z"
#define POOL(id, name, hosted)                                                           \
	"{\"id\":" #id ",\"name\":\"" name "\",\"isHosted\":" #hosted "}"
#define LIST_OF(pools) "\"pools\":{\"value\":[" pools "]}"
#define OWN	       POOL(10, "linux", false)
#define HOSTED	       POOL(10, "Azure Pipelines", true)

/* A job as it waits, with more of it behind. */
#define JOB(queued, more)                                                                \
	"{\"requestId\":1,\"jobId\":\"j\",\"queueTime\":\"" AT(                          \
		queued) "\",\"definition\":{\"name\":\"ci\"},\"owner\":{\"name\":\"7\"}" \
			","                                                              \
			"\"data\":{\"ParallelismTag\":\"Private\"},\"poolId\":10" more   \
			"}"
#define JOBS_IN(pool, pool_id, list)                                                     \
	"{" LIST_OF(pool) ",\"jobs\":[{\"item\":" pool ",\"answer\":{\"value\":[" list   \
			  "]}}]}"
#define DEMANDS(list) ",\"demands\":[" list ",\"Agent.Version -gtVersion 2.182.1\"]"
#define MATCHED(list) ",\"matchedAgents\":[" list "]"
#define REF(id)	      "{\"id\":" #id "}"

#define AGENT(id, name, enabled, status, more)                                           \
	"{\"id\":" #id ",\"name\":\"" name "\",\"enabled\":" #enabled                    \
	",\"status\":\"" status "\",\"statusChangedOn\":\"" AT(                          \
		"01:05:06") "\",\"_links\":{\"self\":{\"href\":\"h/pools/10/agents/" #id \
			    "\"}}" more "}"
#define AGENTS_IN(pool, list)                                                            \
	"{" LIST_OF(pool) ",\"agents\":[{\"item\":" pool ",\"answer\":{\"value\":[" list \
			  "]}}],\"jobs\":[]}"
#define WORKS                                                                            \
	",\"assignedRequest\":{\"definition\":{\"name\":\"web\"},\"receiveTime\":\"" AT( \
		"03:55:06") "\"}"
#define CLEANS                                                                           \
	",\"assignedRequest\":{\"planType\":\"PoolMaintenance\",\"receiveTime\":\"" AT(  \
		"04:00:06") "\"}"

#define LIMIT(name, hosted, total, used)                                                 \
	"\"" name                                                                        \
	"\":{\"resourceLimit\":{\"parallelismTag\":\"Private\",\"isHosted\":" #hosted    \
	",\"totalCount\":" #total "},\"usedCount\":" #used "}"
#define FREE "{" LIMIT("own", false, 5, 2) "," LIMIT("hosted", true, 3, 1) "}"
#define FULL "{" LIMIT("own", false, 5, 5) "," LIMIT("hosted", true, 3, 3) "}"
#define MINUTES                                                                          \
	"{\"hosted\":{\"resourceLimit\":{\"parallelismTag\":\"Private\",\"isHosted\":"   \
	"true,\"totalCount\":1,\"totalMinutes\":1800},\"usedCount\":0,\"usedMinutes\":"  \
	"1800}}"

#define SET(state, desired, attempts)                                                    \
	"\"elastic\":{\"value\":[{\"poolId\":10,\"azureId\":\"/a/"                       \
	"virtualMachineScaleSets/"                                                       \
	"set\",\"state\":\"" state "\",\"desiredSize\":" #desired                        \
	",\"maxCapacity\":4,\"sizingAttempts\":" #attempts "}]}," LIST_OF(OWN)
#define NODES(list)                                                                      \
	",\"nodes\":[{\"item\":{\"poolId\":10},\"answer\":{\"value\":[" list "]}}]"
#define LOGS(list)                                                                       \
	",\"logs\":[{\"item\":{\"poolId\":10},\"answer\":{\"value\":[" list "]}}]"

#define SCALED(name, conditions, more)                                                   \
	"{\"objects\":{\"items\":[]},\"jobs\":{\"items\":[{\"metadata\":{\"name\":"      \
	"\"" name                                                                        \
	"\",\"namespace\":\"ci\"},\"spec\":{\"maxReplicaCount\":2,\"triggers\":[{"       \
	"\"type\":\"azure-pipelines\",\"metadata\":{\"poolName\":\"linux\"}}]},"         \
	"\"status\":{\"conditions\":[" conditions "]" more "}}]}}"
#define READY  "{\"type\":\"Ready\",\"status\":\"True\"}"
#define ACTIVE READY ",{\"type\":\"Active\",\"status\":\"True\"}"

static const char no_match[] = JOBS_IN(OWN, 10, JOB("03:05:06", DEMANDS("\"gpu\"")));
static const char one_match[] =
	JOBS_IN(OWN, 10, JOB("03:05:06", DEMANDS("\"docker\"") MATCHED(REF(1))));
static const char new_match[] =
	JOBS_IN(OWN, 10, JOB("04:04:36", DEMANDS("\"docker\"") MATCHED(REF(1))));
static const char idle[] = AGENTS_IN(OWN, AGENT(1, "one", true, "online", ""));
static const char pools[] = "{" LIST_OF(OWN) ",\"agents\":[{\"item\":" OWN
					     ",\"answer\":{\"value\":[]}}],\"jobs\":[]}";
static const char hosted_pools[] =
	"{" LIST_OF(HOSTED) ",\"agents\":[{\"item\":" HOSTED
			    ",\"answer\":{\"value\":[]}}],\"jobs\":[]}";
static const char template[] =
	AGENTS_IN(OWN, AGENT(1, "linux-template", true, "offline", ""));
static const char hosted_job[] =
	JOBS_IN(HOSTED, 9, JOB("04:00:06", ",\"matchesAllAgentsInPool\":true"));

static const struct wait_case {
	const char *name;
	const char *answers[INPUTS]; /* NULL: the board has not come */
	const char *want;	     /* "reason | evidence | todo", or its beginning */
} cases[] = {
	{"no agents' board", {no_match}, "unknown | the board agents has not come"},
	{"nobody has it, capabilities unknown",
	 {no_match, idle},
	 "unmet demand | no agent matches: gpu; what 1 of 1 have is not known"},
	{"nobody has it",
	 {no_match, idle, pools,
	  "{\"pools\":{\"value\":[" OWN "]},\"jobs\":[{\"item\":" OWN
	  ",\"answer\":{\"value\":[" JOB(
		  "03:05:06",
		  DEMANDS("\"gpu\"")) "]}}],"
				      "\"agents\":[{\"item\":" OWN
				      ",\"answer\":{\"value\":[{\"id\":1,\"name\":"
				      "\"one\","
				      "\"systemCapabilities\":{\"docker\":\"1\"}}]}}]}"},
	 "unmet demand | gpu: none of 1 agents has it | Install it on an agent: gpu; or "
	 "take the demand out"},
	{"an older version",
	 {JOBS_IN(OWN, 10, JOB("03:05:06", DEMANDS("\"docker\",\"npm -gtVersion 5\""))),
	  AGENTS_IN(OWN, AGENT(1, "one", true, "online", "") "," AGENT(2, "two", true,
								       "offline", "")),
	  pools,
	  "{\"pools\":{\"value\":[" OWN "]},\"jobs\":[{\"item\":" OWN
	  ",\"answer\":{\"value\":[" JOB(
		  "03:05:06",
		  DEMANDS("\"docker\",\"npm -gtVersion 5\"")) "]}}],"
							      "\"agents\":[{\"item\":" OWN
							      ",\"answer\":{\"value\":[{"
							      "\"id\":1,\"name\":\"one\","
							      "\"userCapabilities\":{"
							      "\"npm\":\"4.2.1\"}},{"
							      "\"id\":2,\"name\":\"two\","
							      "\"systemCapabilities\":{"
							      "\"docker\":\"1\",\"npm\":"
							      "\"4.0\"}}]}}]}"},
	 "unmet demand | npm -gtVersion 5: none of 2 agents has it; two has 4.0"},
	{"nobody has both",
	 {JOBS_IN(OWN, 10, JOB("03:05:06", DEMANDS("\"docker\",\"gpu\""))),
	  AGENTS_IN(OWN, AGENT(1, "one", true, "online", "") "," AGENT(2, "two", true,
								       "online", "")),
	  pools,
	  "{\"pools\":{\"value\":[" OWN "]},\"jobs\":[{\"item\":" OWN
	  ",\"answer\":{\"value\":[" JOB(
		  "03:05:06",
		  DEMANDS("\"docker\",\"gpu\"")) "]}}],"
						 "\"agents\":[{\"item\":" OWN
						 ",\"answer\":{\"value\":[{\"id\":1,"
						 "\"systemCapabilities\":{\"docker\":"
						 "\"\"}},"
						 "{\"id\":2,\"systemCapabilities\":{"
						 "\"gpu\":\"\"}}]}}]}"},
	 "unmet demand | no agent has all of: docker, gpu; one lacks the fewest"},
	{"demands unknown",
	 {JOBS_IN(OWN, 10, JOB("03:05:06", )), idle},
	 "unmet demand | no agent matches; its demands are not known"},
	{"an empty pool",
	 {no_match, AGENTS_IN(OWN, ""), pools},
	 "no agents | the pool linux has no agent"},
	{"all offline",
	 {one_match, AGENTS_IN(OWN, AGENT(1, "one", true, "offline", "")), pools, NULL,
	  FREE},
	 "agents offline | offline: one since 3h00m | Start the agent's service"},
	{"one offline, one disabled",
	 {JOBS_IN(OWN, 10, JOB("03:05:06", MATCHED(REF(1) "," REF(2)))),
	  AGENTS_IN(OWN, AGENT(1, "one", true, "offline", "") "," AGENT(2, "two", false,
									"online", "")),
	  pools, NULL, FREE},
	 "agents offline | offline: one since 3h00m; disabled: two since 3h00m"},
	{"all disabled",
	 {one_match, AGENTS_IN(OWN, AGENT(1, "one", false, "online", "")), pools},
	 "agents disabled | disabled: one since 3h00m | Ask who"},
	{"busy",
	 {one_match, AGENTS_IN(OWN, AGENT(1, "one", true, "online", WORKS)), pools, NULL,
	  FREE},
	 "agents busy | 1 agent could: one runs web for 10m | Wait, or add"},
	{"busy, of which some are offline",
	 {JOBS_IN(OWN, 10, JOB("03:05:06", ",\"matchesAllAgentsInPool\":true")),
	  AGENTS_IN(OWN, AGENT(1, "one", true, "online", WORKS) "," AGENT(2, "two", true,
									  "offline", "")),
	  pools, NULL, FREE},
	 "agents busy | 1 agent could: one runs web for 10m; 1 offline | Bring"},
	{"maintenance",
	 {one_match, AGENTS_IN(OWN, AGENT(1, "one", true, "online", CLEANS)), pools, NULL,
	  FREE},
	 "maintenance | 1 agent could: one cleans up for 5m"},
	{"full licence, and an idle agent",
	 {one_match, idle, pools, NULL, FULL},
	 "parallel jobs | 5 of 5 self-hosted parallel jobs run | Wait, cancel"},
	{"full licence, and busy agents: more agents would not help",
	 {one_match, AGENTS_IN(OWN, AGENT(1, "one", true, "online", WORKS)), pools, NULL,
	  FULL},
	 "parallel jobs | 5 of 5 self-hosted parallel jobs run; the longest is web for "
	 "10m"},
	{"full licence, and agents that are off: they are what is missing",
	 {one_match, AGENTS_IN(OWN, AGENT(1, "one", true, "offline", "")), pools, NULL,
	  FULL},
	 "agents offline"},
	{"a hosted job",
	 {hosted_job, AGENTS_IN(HOSTED, ""), hosted_pools, NULL, FULL},
	 "parallel jobs | 3 of 3 Microsoft-hosted parallel jobs run"},
	{"a hosted job, and nobody knows the licence",
	 {hosted_job, AGENTS_IN(HOSTED, ""), hosted_pools},
	 "unknown | no agent is listed, and the parallel jobs are not known"},
	{"a hosted job, and all is free",
	 {hosted_job, AGENTS_IN(HOSTED, ""), hosted_pools, NULL, FREE},
	 "unknown | no agent is listed, and parallel jobs are free"},
	{"free minutes gone",
	 {hosted_job, AGENTS_IN(HOSTED, ""), hosted_pools, NULL, MINUTES},
	 "minutes used up | 1800 of 1800 free minutes of this month | Buy"},
	{"just queued",
	 {new_match, idle, pools, NULL, FREE},
	 "just queued | idle: one since 3h00m"},
	{"free, and yet it waits",
	 {one_match, idle, pools, NULL, FREE},
	 "unknown | idle: one since 3h00m, and parallel jobs are free"},
	{"free, and the licence is not known",
	 {one_match, idle, pools},
	 "unknown | idle: one since 3h00m; the parallel jobs are not known | See par"},
	{"an agent nobody lists",
	 {JOBS_IN(OWN, 10, JOB("03:05:06", MATCHED(REF(77)))), idle, pools, NULL, FREE},
	 "unknown | it could run on agents that the board agents does not have"},
	{"promised",
	 {JOBS_IN(OWN, 10,
		  JOB("04:04:00",
		      ",\"assignTime\":\"" AT(
			      "04:05:00") "\",\"reservedAgent\":{\"name\":\"one\"}")),
	  idle, pools},
	 "starting | promised to one since 6s | Nothing"},
	{"promised, and not taken",
	 {JOBS_IN(OWN, 10,
		  JOB("03:04:00",
		      ",\"assignTime\":\"" AT(
			      "03:05:00") "\",\"reservedAgent\":{\"name\":\"one\"}")),
	  idle, pools},
	 "starting | promised to one since 1h00m | The agent does not take it"},
	{"what the service says",
	 {JOBS_IN(OWN, 10,
		  JOB("03:05:06",
		      MATCHED(REF(1)) ",\"statusMessage\":\"Queue position 3\"")),
	  AGENTS_IN(OWN, AGENT(1, "one", true, "online", WORKS)), pools, NULL, FREE},
	 "agents busy | 1 agent could: one runs web for 10m; Azure DevOps says: Queue "
	 "position 3"},

	{"scale set at its maximum",
	 {no_match, AGENTS_IN(OWN, ""), pools, NULL, FREE,
	  "{" SET("online", 4, 0) NODES("") "}"},
	 "scaler stuck | scale set set is at its maximum of 4 | Raise"},
	{"scale set that fails",
	 {one_match, AGENTS_IN(OWN, AGENT(1, "one", true, "online", WORKS)), pools, NULL,
	  FREE,
	  "{" SET("online", 3, 2) LOGS(
		  "{\"level\":\"error\",\"message\":\"no quota\",\"timestamp\":\"" AT(
			  "04:00:06") "\"},{\"level\":\"info\",\"message\":\"fine\","
				      "\"timestamp\":\"" AT("04:01:06") "\"}") "}"},
	 "scaler stuck | scale set set wants 3 machines, tried 2 times; 5m ago: no "
	 "quota"},
	{"an old error is no evidence",
	 {no_match, AGENTS_IN(OWN, ""), pools, NULL, FREE,
	  "{" SET("online", 3, 2) LOGS(
		  "{\"level\":\"error\",\"message\":\"no quota\",\"timestamp\":\"" AT(
			  "02:00:06") "\"}") "}"},
	 "unknown | its scale set has room and has not been sized for it"},
	{"scale set that cannot be reached",
	 {no_match, AGENTS_IN(OWN, ""), pools, NULL, FREE,
	  "{\"elastic\":{\"value\":[{\"poolId\":10,\"azureId\":\"/a/set\",\"state\":"
	  "\"offline\",\"offlineSince\":\"" AT(
		  "02:05:06") "\",\"desiredSize\":1,"
			      "\"maxCapacity\":4}]}," LIST_OF(OWN) "}"},
	 "scaler stuck | scale set set is offline since 2h00m"},
	{"a machine comes",
	 {no_match, AGENTS_IN(OWN, ""), pools, NULL, FREE,
	  "{" SET("online", 2, 0)
		  NODES("{\"state\":\"creatingCompute\",\"stateChangedOn\":\"" AT(
			  "04:02:06") "\"},{\"state\":\"startingAgent\","
				      "\"stateChangedOn\":"
				      "\"" AT("04:03:06") "\"}") "}"},
	 "agent coming | scale set set: 2 machines on the way, the first for 3m"},
	{"a machine does not come",
	 {no_match, AGENTS_IN(OWN, ""), pools, NULL, FREE,
	  "{" SET("online", 2, 0)
		  NODES("{\"state\":\"startingAgent\",\"stateChangedOn\":\"" AT(
			  "03:02:06") "\"}") "}"},
	 "scaler stuck | scale set set: 1 machine on the way, the first for 1h03m"},
	{"a scale set that was just asked",
	 {JOBS_IN(OWN, 10, JOB("04:04:06", DEMANDS("\"gpu\""))), AGENTS_IN(OWN, ""),
	  pools, NULL, FREE, "{" SET("online", 1, 0) "}"},
	 "just queued | its scale set has room"},

	{"KEDA is paused",
	 {one_match, template, pools, NULL, FREE, NULL,
	  SCALED("agent", READY ",{\"type\":\"Paused\",\"status\":\"True\"}", "")},
	 "scaler stuck | KEDA ci/agent is paused | Ask who paused it"},
	{"KEDA is not ready",
	 {one_match, template, pools, NULL, FREE, NULL,
	  SCALED("agent",
		 "{\"type\":\"Ready\",\"status\":\"False\",\"message\":\"no token\"}",
		 "")},
	 "scaler stuck | KEDA ci/agent is not ready: no token"},
	{"KEDA cannot read the queue",
	 {one_match, template, pools, NULL, FREE, NULL,
	  SCALED("agent", READY,
		 ",\"health\":{\"azure-pipelines\":{\"numberOfFailures\":2}}")},
	 "scaler stuck | KEDA ci/agent failed 2 times to read the queue"},
	{"KEDA is in fallback",
	 {one_match, template, pools, NULL, FREE, NULL,
	  SCALED("agent",
		 READY ",{\"type\":\"Fallback\",\"status\":\"True\",\"message\":"
		       "\"falling back\"}",
		 "")},
	 "scaler stuck | KEDA ci/agent is in fallback: it cannot read the queue: falling "
	 "back"},
	{"KEDA is at its maximum",
	 {one_match,
	  AGENTS_IN(OWN, AGENT(1, "linux-template", true, "offline", "") "," AGENT(
				 2, "a", true, "online",
				 WORKS) "," AGENT(3, "b", true, "online", WORKS)),
	  pools, NULL, FREE, NULL, SCALED("agent", ACTIVE, "")},
	 "scaler stuck | KEDA ci/agent is at its maximum of 2"},
	{"a pod comes",
	 {new_match, template, pools, NULL, FREE, NULL, SCALED("agent", ACTIVE, "")},
	 "agent coming | KEDA ci/agent makes a pod for it"},
	{"no pod comes, and nobody knows why",
	 {one_match, template, pools, NULL, FREE, NULL, SCALED("agent", ACTIVE, "")},
	 "unknown | KEDA ci/agent is Active, with 0 of at most 2 agents"},
	{"a template, and no cluster has its scaler",
	 {one_match, template, pools, NULL, FREE, NULL,
	  "{\"objects\":{\"items\":[]},\"jobs\":{\"items\":[]}}"},
	 "unknown | its agents are made by a scaler that no connected cluster has"},
	{"a template, and no KEDA to ask",
	 {one_match, template, pools, NULL, FREE},
	 "unknown | its agents are made by a scaler, and the board keda has not come"},
	{"nothing waits but a person",
	 {JOBS_IN(OWN, 10, ""), idle, pools, NULL, FREE, NULL, NULL,
	  "{\"approvals\":[{\"item\":\"P\",\"answer\":{\"value\":[{\"id\":\"x\","
	  "\"status\":"
	  "\"pending\",\"createdOn\":\"" AT(
		  "03:05:06") "\",\"steps\":[{\"status\":"
			      "\"pending\",\"assignedApprover\":{\"displayName\":"
			      "\"Owners\"}}],\"pipeline\":{"
			      "\"name\":\"release\"}},{\"id\":\"y\",\"status\":"
			      "\"approved\"}]}}]}"},
	 "approval | asked: Owners | Approve or reject"},
	{"a running job does not wait",
	 {JOBS_IN(OWN, 10, JOB("03:05:06", ",\"receiveTime\":\"" AT("03:05:16") "\"")),
	  idle},
	 ""},
};

static void check_case_of(struct library *library, const struct wait_case *c)
{
	struct derive in = {.now_ms = FIXTURE_NOW_MS};
	struct board *boards[INPUTS] = {0};
	struct strbuf got;
	const cJSON *row;
	cJSON *rows;

	for (size_t i = 0; i < INPUTS; i++) {
		const struct board_def *def = library_find(library, str_from(names[i]));

		assert_non_null(def);
		if (!c->answers[i])
			continue;
		boards[i] = fixture_board(def, c->answers[i]);
		boards[i]->is_loading = false;
		in.boards[i] = boards[i];
	}
	rows = rule_agent_waits.rows(&in);
	strbuf_init(&got, 4096);
	cJSON_ArrayForEach (row, rows)
		strbuf_printf(&got, "%s%s | %s | %s", got.n ? "\n" : "",
			      json_text(row, "reason"), json_text(row, "evidence"),
			      json_text(row, "todo"));
	if (*c->want ? !str_starts(strbuf_str(&got), str_from(c->want)) : got.n > 0)
		fail_msg("case \"%s\": got \"%s\", want \"%s\"", c->name, got.p, c->want);
	strbuf_fini(&got);
	cJSON_Delete(rows);
	for (size_t i = 0; i < INPUTS; i++)
		board_put(boards[i]);
}

static void test_reasons(void **state)
{
	struct library *library = library_new(NULL, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case_of(library, &cases[i]);
	library_free(library);
}

/* Each word is one that the board explains. */
static void test_words(void **state)
{
	struct library *library = library_new(NULL, NULL, NULL);
	const struct board_def *def = library_find(library, STR("agent-waits"));

	(void)state;
	assert_non_null(def);
#define X(id, word, is_stuck) assert_non_null(board_def_state(def, STR(word)));
	WAIT_LIST(X)
#undef X
	library_free(library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
