/* Answers that Azure really gave: its errors, its operations, its throttling headers.
 * They lie beside the source, in "../shared/wire/arm", and are not part of it: where
 * they are not, each test says so and ends. */
#include "unit/check.h"

#include <stdlib.h>

#include "azure/arm_error.h"
#include "azure/lro.h"
#include "azure/throttle.h"
#include "base/file.h"
#include "base/json.h"
#include "net/retry.h"

enum { MOST_HEADERS = 40, FILE_MAX = 8 << 20 };

struct recorded {
	cJSON *file;
	struct str url; /* of the request */
	const cJSON *json;
	struct http_header headers[MOST_HEADERS];
	struct http_response response;
};

static bool recorded_init(struct recorded *r, const char *name)
{
	const char *source = getenv("AZ_SRCDIR");
	const cJSON *response, *h;
	struct strbuf path, text;
	struct err err;
	double status;

	*r = (struct recorded){0};
	strbuf_init(&path, 4096);
	strbuf_init(&text, FILE_MAX);
	strbuf_printf(&path, "%s/../shared/wire/arm/%s", source ? source : ".", name);
	if (!file_read(path.p, &text, &err)) {
		print_message("# %s is not here: not looked at\n", name);
		strbuf_fini(&path);
		return false;
	}
	r->file = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	check_case(name, r->file);
	response = json_member(r->file, "response");
	check_case(name, json_number(response, "status", &status));
	r->url = str_from(json_text(json_member(r->file, "request"), "url"));
	r->response =
		(struct http_response){.status = (int)status, .headers = r->headers};
	cJSON_ArrayForEach (h, json_member(response, "headers")) {
		check_case(name, r->response.n_headers < MOST_HEADERS);
		r->headers[r->response.n_headers++] =
			(struct http_header){str_from(h->string),
					     str_from(cJSON_GetStringValue(h))};
	}
	r->json = json_member(response, "body");
	strbuf_init(&r->response.body, FILE_MAX);
	if (r->json && !cJSON_IsNull(r->json))
		json_print(&r->response.body, r->json);
	strbuf_fini(&path);
	strbuf_fini(&text);
	return true;
}

static void recorded_fini(struct recorded *r)
{
	strbuf_fini(&r->response.body);
	cJSON_Delete(r->file);
}

static void test_errors(void **state)
{
	static const struct {
		const char *name;
		enum err_code code;
		const char *starts;
	} errors[] = {
		{"arm/rec-403-authorization-failed.json", ERR_FORBIDDEN,
		 "AuthorizationFailed: no right to microsoft.insights/"},
		{"arm/rec-404-resource-not-found.json", ERR_NOT_FOUND,
		 "ResourceNotFound: The Resource 'Microsoft.Sql/servers/"},
		{"arm/rec-409-capitalised-error.json", ERR_CONFLICT,
		 "ResourceGroupDeletionTimeout: Deletion of resource group"},
		{"arm/rec-409-unenveloped-error-aks.json", ERR_CONFLICT,
		 "QuotaExceeded: Public preview limit"},
		{"arm/rec-412-precondition-failed.json", ERR_CONFLICT,
		 "PreconditionFailed: The Record set www has been modified"},
		{"arm/rec-429-appservice-capitalised.json", ERR_CONFLICT,
		 "429: Cannot acquire exclusive lock"},
		{"arm/rec-504-gateway-timeout.json", ERR_TIMEOUT,
		 "GatewayTimeout: The gateway did not receive"},
		{"inventory/rec-keyvault-secrets-401-challenge.json", ERR_AUTH,
		 "Unauthorized: AKV10000"},
		{"monitor/rec-metrics-invalid-metric-400.json", ERR_REFUSED,
		 "BadRequest: Failed to find metric configuration"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		struct err err = {0};
		struct recorded r;

		if (!recorded_init(&r, errors[i].name))
			return;
		arm_error_decode(r.response.status, strbuf_str(&r.response.body),
				 http_header_find(&r.response, "x-ms-error-code"), &err);
		if (err.code != errors[i].code ||
		    !str_starts(str_from(err.text), str_from(errors[i].starts)))
			fail_msg("%s: %s: %s", errors[i].name, err_name(err.code),
				 err.text);
		recorded_fini(&r);
	}
}

enum { MOST_STEPS = 3 };

static const struct sequence {
	const char *name;
	enum http_method method;
	struct {
		const char *file;
		enum lro_phase phase;
		int wait_ms;
	} steps[MOST_STEPS];
	enum lro_outcome outcome;
} sequences[] = {
	{.name = "a failover group is made",
	 .method = HTTP_PUT,
	 .steps = {{"sql/rec-lro-failovergroup-put-202.json", LRO_OPERATION, 10000},
		   {"sql/rec-lro-failovergroup-inprogress.json", LRO_OPERATION, 10000},
		   {"sql/rec-lro-failovergroup-succeeded.json", LRO_RESULT, 0}},
	 .outcome = LRO_RUNNING},
	{.name = "a replication link fails over",
	 .method = HTTP_POST,
	 .steps = {{"sql/rec-lro-replicationlink-location-202.json", LRO_LOCATION, 5000},
		   {"sql/rec-lro-replicationlink-location-202.json", LRO_LOCATION, 5000},
		   {"sql/rec-lro-replicationlink-location-204.json", LRO_ENDED, 0}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "a resource group goes",
	 .method = HTTP_DELETE,
	 .steps = {{"arm/rec-resourcegroup-delete-202-location.json", LRO_LOCATION,
		    1000}},
	 .outcome = LRO_RUNNING},
	{.name = "a deployment",
	 .method = HTTP_PUT,
	 .steps = {{"arm/rec-deployment-put-201-async.json", LRO_OPERATION, 5000},
		   {"arm/rec-deployment-operation-status.json", LRO_RESULT, 0}},
	 .outcome = LRO_RUNNING},
	{.name = "a cluster's operation",
	 .method = HTTP_DELETE,
	 .steps = {{"arm/rec-deployment-put-201-async.json", LRO_OPERATION, 5000},
		   {"aks/rec-lro-succeeded.json", LRO_ENDED, 0}},
	 .outcome = LRO_SUCCEEDED},
};

/* As the client hands it on. */
static struct api_answer answer_of(const struct recorded *r)
{
	struct http_pace pace = {.retry_ms = -1, .left = -1};
	struct api_answer a = {
		.status = r->response.status,
		.json = cJSON_IsObject(r->json) ? cJSON_Duplicate(r->json, true) : NULL,
		.async_operation = http_header_find(&r->response, "azure-asyncoperation"),
		.location = http_header_find(&r->response, "location"),
		.retry_after_ms = retry_after_ms(&r->response, 0),
	};

	err_clear(&a.err);
	throttle_read(&r->response, &pace);
	assert_int_equal(pace.space_ms, 0);
	return a;
}

static bool play(const struct sequence *s)
{
	struct lro l = {0};

	for (size_t i = 0; i < MOST_STEPS && s->steps[i].file; i++) {
		struct api_answer a;
		struct recorded r;

		if (!recorded_init(&r, s->steps[i].file))
			return false;
		a = answer_of(&r);
		if (i == 0) {
			lro_init(&l, s->method, r.url, 0);
			lro_begin(&l, &a, 0);
		} else {
			lro_take(&l, &a, 0);
		}
		check_case(s->name, l.phase == s->steps[i].phase);
		check_case(s->name, l.wait_ms == s->steps[i].wait_ms);
		cJSON_Delete(a.json);
		recorded_fini(&r);
	}
	check_case(s->name, l.outcome == s->outcome);
	lro_fini(&l);
	return true;
}

static void test_operations(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(sequences) / sizeof(*sequences); i++) {
		if (!play(&sequences[i]))
			return;
	}
}

/* Real headers of a calm moment: nothing is slowed down. */
static void test_throttling_headers(void **state)
{
	static const struct {
		const char *name;
		int64_t left;
	} answers[] = {
		{"arm/rec-deployments-list.json", 1099},
		{"arm/rec-deployment-put-201-async.json", 799},
		{"dr/rec-backup-status-protected.json", 199},
		{"inventory/rec-advisor-cost.json", 599},
		{"inventory/rec-dns-recordsets.json", 499},
		{"inventory/rec-resourcegraph-vm.json", -1},
		{"inventory/rec-vm-instance-view.json", -1},
		{"monitor/rec-activity-log-events.json", 11996},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		struct http_pace pace = {.retry_ms = -1, .left = -1};
		struct recorded r;

		if (!recorded_init(&r, answers[i].name))
			return;
		throttle_read(&r.response, &pace);
		check_case(answers[i].name, pace.left == answers[i].left);
		check_case(answers[i].name, pace.space_ms == 0 && pace.pause_ms == 0 &&
						    pace.retry_ms == -1 &&
						    !pace.is_one_resource);
		recorded_fini(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_operations),
		cmocka_unit_test(test_throttling_headers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
