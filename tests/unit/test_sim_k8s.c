/* The clusters of the simulator: lists in pages, refusals, custom resources that are
 * not everywhere, and one story told by all of them. */
#include "unit/check.h"

#include <stdio.h>
#include <string.h>

#include "sim/ask.h"
#include "sim/k8s/k8s.h"
#include "sim/rhythm.h"

#define ATLAS "/_k8s/aks-atlas-prod"
#define QODEX "/_k8s/aks-qodex-prod"

static size_t size_of(const cJSON *json)
{
	return (size_t)cJSON_GetArraySize(told_at(json, "items"));
}

static const cJSON *named(const cJSON *json, const char *part)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, told_at(json, "items")) {
		if (strstr(told_text(item, "metadata.name"), part))
			return item;
	}
	return NULL;
}

static const cJSON *condition(const cJSON *object, const char *type)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, told_at(object, "status.conditions")) {
		if (strcmp(told_text(item, "type"), type) == 0)
			return item;
	}
	return NULL;
}

/* As a client reads them: limit, then continue until there is none. */
static void test_pages(void **state)
{
	struct ask a;
	cJSON *whole, *page;
	char target[256], mark[64] = "";
	size_t n = 0, pages = 0;

	(void)state;
	ask_init(&a, 7, ASK_NOON_MS);
	whole = ask_json(&a, ATLAS "/api/v1/pods");
	assert_string_equal(told_text(whole, "kind"), "PodList");
	assert_string_equal(told_text(whole, "apiVersion"), "v1");
	assert_null(told_at(whole, "metadata.continue"));
	assert_null(told_at(told_at(whole, "items")->child, "kind"));
	do {
		const cJSON *item;

		snprintf(target, sizeof(target), ATLAS "/api/v1/pods?limit=7%s%s",
			 mark[0] ? "&continue=" : "", mark);
		page = ask_json(&a, target);
		cJSON_ArrayForEach (item, told_at(page, "items")) {
			const cJSON *same =
				cJSON_GetArrayItem(told_at(whole, "items"), (int)n++);

			assert_string_equal(told_text(item, "metadata.name"),
					    told_text(same, "metadata.name"));
		}
		snprintf(mark, sizeof(mark), "%s",
			 told_at(page, "metadata.continue")
				 ? told_text(page, "metadata.continue")
				 : "");
		if (mark[0])
			assert_int_equal(told_number(page, "metadata.remainingItemCount"),
					 size_of(whole) - n);
		pages++;
		cJSON_Delete(page);
	} while (mark[0]);
	assert_int_equal(n, size_of(whole));
	assert_int_equal(pages, (n + 6) / 7);
	cJSON_Delete(whole);
	ask_fini(&a);
}

static void check_status(struct ask *a, const char *target, int status,
			 const char *reason)
{
	struct told t;

	ask(a, SIM_GET, target, NULL, &t);
	if (t.rep.status != status)
		fail_msg("%s: %d", target, t.rep.status);
	if (reason) {
		assert_string_equal(told_text(t.json, "kind"), "Status");
		assert_string_equal(told_text(t.json, "status"), "Failure");
		assert_string_equal(told_text(t.json, "reason"), reason);
		assert_int_equal(told_number(t.json, "code"), status);
	} else {
		check_text(target, strbuf_str(&t.rep.body), "404 page not found\n");
	}
	told_fini(&t);
}

static void test_refusals(void **state)
{
	struct ask a;
	cJSON *page;
	char target[256];

	(void)state;
	ask_init(&a, 7, ASK_NOON_MS);
	page = ask_json(&a, ATLAS "/api/v1/pods?limit=5");
	snprintf(target, sizeof(target), ATLAS "/api/v1/pods?limit=5&continue=%s",
		 told_text(page, "metadata.continue"));
	cJSON_Delete(page);
	check_status(&a, ATLAS "/api/v1/pods?continue=x", 400, "BadRequest");
	check_status(&a, ATLAS "/api/v1/pods?limit=-1", 400, "BadRequest");
	check_status(&a, ATLAS "/apis/argoproj.io/v1alpha1/applications", 404, NULL);
	check_status(&a, QODEX "/apis/cert-manager.io/v1/certificates", 404, NULL);
	check_status(&a, ATLAS "/apis/nobody.test/v1/things", 404, NULL);
	check_status(&a, "/_k8s/aks-test/api/v1/pods", 404, NULL); /* it is stopped */
	ask_at(&a, ASK_NOON_MS + 301000);
	check_status(&a, target, 410, "Expired");
	strbuf_reset(&a.bearer);
	check_status(&a, ATLAS "/api/v1/pods", 401, "Unauthorized");
	ask_fini(&a);
}

/* As many nodes as the pools have, and every pod on one of them. */
static void test_nodes_are_those_of_the_pools(void **state)
{
	struct ask a;
	cJSON *nodes, *pods;
	const cJSON *pod;

	(void)state;
	ask_init(&a, 7, ASK_NOON_MS);
	for (int64_t ms = ASK_NOON_MS; ms < ASK_NOON_MS + DAY_MS; ms += 5 * HOUR_MS) {
		size_t n = 0;

		ask_at(&a, ms);
		nodes = ask_json(&a, ATLAS "/api/v1/nodes");
		pods = ask_json(&a, ATLAS "/api/v1/pods");
		for (size_t i = 0; i < aks_n_pools; i++) {
			if (strcmp(aks_pools[i].cluster, "aks-atlas-prod") == 0)
				n += (size_t)aks_node_count(&a.world, &aks_pools[i]);
		}
		assert_int_equal(size_of(nodes), n);
		cJSON_ArrayForEach (pod, told_at(pods, "items")) {
			const char *node = told_at(pod, "spec.nodeName")
						   ? told_text(pod, "spec.nodeName")
						   : NULL;

			if (node && !named(nodes, node))
				fail_msg("%s is on %s, which is not there",
					 told_text(pod, "metadata.name"), node);
		}
		cJSON_Delete(nodes);
		cJSON_Delete(pods);
	}
	ask_fini(&a);
}

/* A deployment that hangs has the pod that makes it hang, and the event of that. */
static void test_one_story(void **state)
{
	struct ask a;
	cJSON *deployments, *pods, *events;
	const cJSON *item, *pod = NULL;

	(void)state;
	ask_init(&a, 7, ASK_NOON_MS);
	deployments = ask_json(&a, ATLAS "/apis/apps/v1/namespaces/atlas/deployments");
	item = named(deployments, "checkout");
	assert_string_equal(told_text(condition(item, "Progressing"), "reason"),
			    "ProgressDeadlineExceeded");
	assert_string_equal(told_text(condition(item, "Available"), "status"), "True");
	pods = ask_json(&a, ATLAS "/api/v1/namespaces/atlas/pods");
	cJSON_ArrayForEach (item, told_at(pods, "items")) {
		const cJSON *status = told_at(item, "status.containerStatuses");
		const cJSON *waiting =
			status ? told_at(status->child, "state.waiting") : NULL;

		assert_string_equal(told_text(item, "metadata.namespace"), "atlas");
		if (waiting &&
		    strcmp(told_text(waiting, "reason"), "ImagePullBackOff") == 0)
			pod = item;
	}
	assert_non_null(pod);
	assert_true(
		str_starts(str_from(told_text(pod, "metadata.name")), STR("checkout-")));
	events = ask_json(&a, ATLAS "/api/v1/events?fieldSelector=type%3DWarning");
	item = named(events, told_text(pod, "metadata.name"));
	assert_non_null(item);
	assert_string_equal(told_text(item, "involvedObject.name"),
			    told_text(pod, "metadata.name"));
	cJSON_ArrayForEach (item, told_at(events, "items"))
		assert_string_equal(told_text(item, "type"), "Warning");
	cJSON_Delete(events);
	cJSON_Delete(pods);
	cJSON_Delete(deployments);
	ask_fini(&a);
}

/* Helm's secrets by their labels, and nothing of what is in them. */
static void test_releases_by_labels(void **state)
{
	struct ask a;
	cJSON *all, *some;
	const cJSON *item;

	(void)state;
	ask_init(&a, 7, ASK_NOON_MS);
	all = ask_json(&a, ATLAS "/api/v1/secrets?labelSelector=owner%3Dhelm");
	some = ask_json(&a, ATLAS "/api/v1/secrets?labelSelector=owner%3Dhelm,"
				  "status%21%3Dsuperseded");
	assert_int_equal(size_of(all), size_of(some) + 1);
	cJSON_ArrayForEach (item, told_at(some, "items"))
		assert_string_not_equal(told_text(item, "metadata.labels.status"),
					"superseded");
	cJSON_Delete(all);
	cJSON_Delete(some);
	all = ask_json(&a, ATLAS "/api/v1/secrets?labelSelector=owner%3Dnobody");
	assert_int_equal(size_of(all), 0);
	cJSON_Delete(all);
	ask_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_nodes_are_those_of_the_pools),
		cmocka_unit_test(test_one_story),
		cmocka_unit_test(test_releases_by_labels),
	};

	return cmocka_run_group_tests_name("sim_k8s", tests, NULL, NULL);
}
