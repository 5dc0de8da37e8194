/* Boards of Kubernetes over objects that clusters really gave. */
#include "recorded_boards.h"

#define K8S "../k8s/"

static const struct recorded_board lists[] = {
	{"k8s-pods",
	 "pods",
	 K8S "pods-list-mixed.json",
	 NULL,
	 6,
	 {"\"pod\":\"never-ready\",\"state\":\"Running\",\"why\":\"containers with "
	  "unready "
	  "status: [main]\",\"ready\":\"0/1\"",
	  "\"state\":\"CrashLoopBackOff\",\"why\":\"Error, exit 1\",\"ready\":\"0/1\","
	  "\"restarts\":3",
	  "\"state\":\"ImagePullBackOff\",\"why\":\"Back-off pulling image",
	  "\"pod\":\"image-pull-backoff\",\"state\":\"PodInitializing\"",
	  "\"pod\":\"my-pod\",\"state\":\"Completed\"",
	  "\"state\":\"Terminating\",\"why\":null"}},
	{"k8s-deployments",
	 "deployments",
	 K8S "deployments-list.json",
	 NULL,
	 2,
	 {"\"state\":\"ProgressDeadlineExceeded\",\"since\":\"2018-07-18T06:29:23Z\"",
	  "\"wanted\":1,\"ready\":1", "has timed out progressing.\"",
	  "\"severity\":\"crit\"",
	  "\"state\":\"Progressing\",\"since\":\"2018-07-18T06:19:22Z\"",
	  "\"severity\":\"info\""}},
	{"k8s-hpa",
	 "hpas",
	 K8S "hpa-v2-list.json",
	 NULL,
	 2,
	 {"\"state\":\"Steady\",\"replicas\":1,\"desired\":1,\"min\":1,\"max\":2",
	  "\"metric\":\"cpu\",\"now\":6,\"target\":80",
	  "\"target_of\":\"Deployment/argocd-server\""}},
	{"k8s-pvc",
	 "claims",
	 K8S "pvc-list.json",
	 NULL,
	 2,
	 {"\"claim\":\"testpvc\",\"state\":\"Bound\",\"size\":2147483648",
	  "\"claim\":\"testpvc-2\",\"state\":\"Pending\",\"size\":null"}},
	{"k8s-ingress",
	 "ingresses",
	 K8S "ingress-list.json",
	 NULL,
	 2,
	 {"\"state\":\"Served\",\"hosts\":\"example.argoproj.io\",\"address\":\"1.2.3."
	  "4\"",
	  "\"state\":\"No address\"", "\"services\":\"argocd-server\""}},
	{"k8s-certificates",
	 "certificates",
	 K8S "certmanager-certificates.json",
	 NULL,
	 3,
	 {"\"state\":\"Ready\",\"days\":null", "\"state\":\"ConfigError\"",
	  "\"severity\":\"crit\"", "\"state\":\"Issuing\"",
	  "\"reason\":\"Issuing certificate as Secret does not exist\""}},
	{"helm-releases",
	 "secrets",
	 K8S "helm-release-secrets.json",
	 NULL,
	 1,
	 {"\"release\":\"test-chart-2\",\"state\":\"deployed\",\"revision\":1",
	  "\"namespace\":\"helmns-2\""}},
	{"argocd",
	 "apps",
	 K8S "argocd-applications.json",
	 NULL,
	 1,
	 {"\"name\":\"velero-test\",\"sync\":\"Synced\",\"health\":\"Healthy\"",
	  "\"severity\":\"ok\""}},
	{"flux",
	 "kustomizations",
	 K8S "flux-kustomizations.json",
	 NULL,
	 2,
	 {"\"state\":\"Ready\"", "\"state\":\"Reconciling\"",
	  "\"message\":\"Running 'upgrade' action with timeout of 5m0s\""}},
	{"keda",
	 "objects",
	 K8S "keda-scaledobjects.json",
	 NULL,
	 3,
	 {"\"state\":\"Idle\"", "\"reason\":\"ScaledObjectReady\"",
	  "\"state\":\"Not ready\"", "\"reason\":\"ScaledObjectCheckFailed\"",
	  "\"state\":\"Paused\""}},
	{"keda",
	 "jobs",
	 K8S "keda-scaledjobs.json",
	 NULL,
	 2,
	 {"\"state\":\"Active\"", "\"state\":\"Partly\"",
	  "\"reason\":\"PartialTriggerError\""}},
};

/* Single objects, as a list has them. */
static const struct recorded_board singles[] = {
	{"k8s-nodes",
	 "nodes",
	 K8S "node.json",
	 NULL,
	 1,
	 {"\"node\":\"minikube\",\"state\":\"Ready\",\"pressure\":null",
	  "\"version\":\"v1.15.2\"", "\"cores\":4,\"room\":8256671744"}},
	{"k8s-pods",
	 "pods",
	 K8S "pod-init-containers.json",
	 NULL,
	 1,
	 {"\"pod\":\"nginx\",\"state\":\"Init:0/1\""}},
	{"k8s-events",
	 "events",
	 K8S "event.json",
	 NULL,
	 1,
	 {"\"object\":\"Pod/hello-1567197780-mn4mv\",\"last\":\"2019-08-30T20:43:05Z\"",
	  "\"type\":\"Normal\",\"reason\":\"Pulled\"", "\"count\":1"}},
};

static void test_lists(void **state)
{
	struct library *library = library_new(NULL, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		recorded_run(library, &lists[i]);
	library_free(library);
}

static void test_singles(void **state)
{
	struct library *library = library_new(NULL, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(singles) / sizeof(*singles); i++) {
		const struct recorded_board *c = &singles[i];
		const struct board_def *def = library_find(library, str_from(c->board));
		cJSON *body = recorded_read(c->file), *answers = cJSON_CreateObject();
		cJSON *list = cJSON_AddObjectToObject(answers, c->request);
		struct board *board = NULL;
		struct err err;

		cJSON_AddItemToArray(cJSON_AddArrayToObject(list, "items"),
				     body ? body : cJSON_CreateNull());
		if (!body) {
			cJSON_Delete(answers);
			continue;
		}
		if (!board_decode(def, answers, FIXTURE_NOW_MS, &board, &err))
			fail_msg("%s of %s: %s", c->board, c->file, err.text);
		recorded_check(c, board);
		board_put(board);
		cJSON_Delete(answers);
	}
	library_free(library);
}

/* A pod and the word for it, where no recording has the case. */
static void test_words_for_pods(void **state)
{
	static const struct {
		const char *name, *pod, *want;
	} cases[] = {
		{"init container crashes",
		 "\"status\":{\"phase\":\"Pending\",\"initContainerStatuses\":[{\"name\":"
		 "\"a\",\"state\":{\"terminated\":{\"exitCode\":0}}},{\"name\":\"b\","
		 "\"state\":{\"waiting\":{\"reason\":\"CrashLoopBackOff\"}}}]}",
		 "\"state\":\"Init:CrashLoopBackOff\""},
		{"init container ended badly, without a reason",
		 "\"status\":{\"initContainerStatuses\":[{\"name\":\"a\",\"state\":{"
		 "\"terminated\":{\"exitCode\":3}}}]}",
		 "\"state\":\"Init:ExitCode:3\""},
		{"the second of three",
		 "\"status\":{\"initContainerStatuses\":[{\"state\":{\"terminated\":{"
		 "\"exitCode\":0}}},{\"state\":{\"running\":{}}},{\"state\":{\"waiting\":"
		 "{"
		 "\"reason\":\"PodInitializing\"}}}]}",
		 "\"state\":\"Init:1/3\""},
		{"a sidecar does not hold it up",
		 "\"spec\":{\"initContainers\":[{\"name\":\"proxy\",\"restartPolicy\":"
		 "\"Always\"}]},\"status\":{\"phase\":\"Running\","
		 "\"initContainerStatuses\":[{\"name\":\"proxy\",\"started\":true,"
		 "\"state\":{\"running\":{}}}],\"containerStatuses\":[{\"ready\":true,"
		 "\"state\":{\"running\":{}}}]}",
		 "\"state\":\"Running\""},
		{"killed a minute ago, runs again",
		 "\"status\":{\"phase\":\"Running\",\"containerStatuses\":[{\"ready\":"
		 "true,"
		 "\"restartCount\":4,\"state\":{\"running\":{}},\"lastState\":{"
		 "\"terminated\":{\"reason\":\"OOMKilled\",\"exitCode\":137,"
		 "\"finishedAt\":\"2026-11-21T04:04:06Z\"}}}]}",
		 "\"state\":\"OOMKilled\",\"why\":\"OOMKilled, exit 137\""},
		{"killed an hour ago",
		 "\"status\":{\"phase\":\"Running\",\"containerStatuses\":[{\"ready\":"
		 "true,"
		 "\"restartCount\":4,\"state\":{\"running\":{}},\"lastState\":{"
		 "\"terminated\":{\"reason\":\"OOMKilled\",\"exitCode\":137,"
		 "\"finishedAt\":\"2026-11-21T03:04:06Z\"}}}]}",
		 "\"state\":\"Running\",\"why\":null"},
		{"the first of two that wait",
		 "\"status\":{\"containerStatuses\":[{\"state\":{\"waiting\":{\"reason\":"
		 "\"ErrImagePull\"}}},{\"state\":{\"waiting\":{\"reason\":"
		 "\"ContainerCreating\"}}}]}",
		 "\"state\":\"ErrImagePull\""},
		{"by a signal",
		 "\"status\":{\"containerStatuses\":[{\"state\":{\"terminated\":{"
		 "\"signal\":9,\"exitCode\":137}}}]}",
		 "\"state\":\"Signal:9\""},
		{"one ended well, one runs, not ready",
		 "\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"}],"
		 "\"containerStatuses\":[{\"state\":{\"terminated\":{\"reason\":"
		 "\"Completed\",\"exitCode\":0}}},{\"ready\":true,\"state\":{\"running\":"
		 "{}}}]}",
		 "\"state\":\"NotReady\""},
		{"evicted",
		 "\"status\":{\"phase\":\"Failed\",\"reason\":\"Evicted\",\"message\":"
		 "\"The "
		 "node was low on memory.\"}",
		 "\"state\":\"Evicted\",\"why\":\"The node was low on memory.\""},
		{"no place for ten minutes",
		 "\"status\":{\"phase\":\"Pending\",\"conditions\":[{\"type\":"
		 "\"PodScheduled\",\"status\":\"False\",\"reason\":\"Unschedulable\","
		 "\"message\":\"0/3 nodes are available\"}]}",
		 "\"state\":\"Pending\",\"why\":\"0/3 nodes are available\""},
		{"lost with its node", "\"status\":{\"reason\":\"NodeLost\"}",
		 "\"state\":\"Unknown\""},
		{"a word nobody knows", "\"status\":{\"phase\":\"Sleeping\"}",
		 "\"severity\":\"unknown\""},
		{"nothing at all", "\"status\":{}", "\"state\":null"},
	};
	struct library *library = library_new(NULL, NULL, NULL);
	const struct board_def *def = library_find(library, STR("k8s-pods"));

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct strbuf text, rows;
		struct board *board;

		strbuf_init(&text, 8192);
		strbuf_init(&rows, 8192);
		strbuf_printf(&text,
			      "{\"pods\":{\"items\":[{\"metadata\":{\"name\":\"p\","
			      "\"creationTimestamp\":\"2026-11-21T03:55:06Z\"%s},%s}]}}",
			      strstr(cases[i].pod, "NodeLost")
				      ? ",\"deletionTimestamp\":\"2026-11-21T04:05:00Z\""
				      : "",
			      cases[i].pod);
		board = fixture_board(def, text.p);
		board_rows_json(board, &rows);
		if (board->surprises || !strstr(rows.p, cases[i].want))
			fail_msg("case \"%s\": no %s in %s", cases[i].name, cases[i].want,
				 rows.p);
		board_put(board);
		strbuf_fini(&rows);
		strbuf_fini(&text);
	}
	library_free(library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_singles),
		cmocka_unit_test(test_words_for_pods),
	};

	return cmocka_run_group_tests_name("recorded_k8s", tests, NULL, NULL);
}
