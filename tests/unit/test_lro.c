/* Long-running operations, answer by answer: what is asked next, after how long, and
 * how each of them ends. Time is a number here; test_lro_run has the loop. */
#include "unit/check.h"

#include "azure/lro.h"
#include "base/json.h"

enum { MOST_STEPS = 8 };

#define ARM	 "https://management.azure.com"
#define RESOURCE ARM "/subscriptions/s/databases/d?api-version=1"
#define OP	 ARM "/operations/1?t=2&s=secret"
#define WHERE	 ARM "/results/1"
#define REGION	 "https://westeurope.management.azure.com/operations/1"
#define FOREIGN	 "https://management.azure.com.evil.example/operations/1"

#define START_MS INT64_C(1795233600000)

struct step {
	int status; /* 0: no answer came, of err */
	const char *operation, *location;
	int told_s; /* 0: not said */
	const char *body;
	enum err_code err;
	int after_s; /* since the one before */
	/* what comes of it */
	enum lro_phase phase;
	const char *url; /* asked next; NULL: not looked at */
	int wait_ms;
};

static const struct lro_case {
	const char *name;
	enum http_method method;
	struct step steps[MOST_STEPS];
	enum lro_outcome outcome;
	enum err_code err;
	const char *says; /* in the error; NULL: not looked at */
} cases[] = {
	{.name = "done at once",
	 .method = HTTP_PUT,
	 .steps = {{.status = 200, .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "nothing to delete",
	 .method = HTTP_DELETE,
	 .steps = {{.status = 204, .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "refused at once",
	 .method = HTTP_PUT,
	 .steps = {{.status = 409, .err = ERR_CONFLICT, .phase = LRO_ENDED}},
	 .outcome = LRO_FAILED,
	 .err = ERR_CONFLICT},
	{.name = "a write whose answer never came",
	 .method = HTTP_PUT,
	 .steps = {{.err = ERR_NETWORK, .phase = LRO_ENDED}},
	 .outcome = LRO_UNKNOWN,
	 .err = ERR_NETWORK,
	 .says = "may have been made"},
	{.name = "a gateway that lost patience with a write",
	 .method = HTTP_POST,
	 .steps = {{.status = 504, .err = ERR_TIMEOUT, .phase = LRO_ENDED}},
	 .outcome = LRO_UNKNOWN,
	 .err = ERR_TIMEOUT},
	{.name = "no token, nothing sent",
	 .method = HTTP_POST,
	 .steps = {{.err = ERR_AUTH, .phase = LRO_ENDED}},
	 .outcome = LRO_FAILED,
	 .err = ERR_AUTH},
	{.name = "the operation first, then the resource",
	 .method = HTTP_PUT,
	 .steps = {{.status = 201,
		    .operation = OP,
		    .location = WHERE,
		    .told_s = 15,
		    .body = "{\"properties\":{\"provisioningState\":\"Creating\"}}",
		    .phase = LRO_OPERATION,
		    .url = OP,
		    .wait_ms = 15000},
		   {.status = 200,
		    .body = "{\"status\":\"Accepted\"}",
		    .phase = LRO_OPERATION,
		    .url = OP,
		    .wait_ms = 5000},
		   {.status = 200,
		    .body = "{\"status\":\"Scaling\",\"percentComplete\":40}",
		    .phase = LRO_OPERATION,
		    .wait_ms = 7500},
		   {.status = 200,
		    .body = "{\"status\":\"succeeded\"}",
		    .phase = LRO_RESULT,
		    .url = RESOURCE},
		   {.status = 200, .body = "{\"name\":\"d\"}", .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "own waits grow to thirty seconds",
	 .method = HTTP_DELETE,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 202, .wait_ms = 7500},
		   {.status = 202, .wait_ms = 11250},
		   {.status = 202, .wait_ms = 16875},
		   {.status = 202, .wait_ms = 25312},
		   {.status = 202, .wait_ms = 30000},
		   {.status = 202, .wait_ms = 30000},
		   {.status = 204, .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "a payload at the location, after the operation",
	 .method = HTTP_POST,
	 .steps = {{.status = 202,
		    .operation = OP,
		    .location = WHERE,
		    .phase = LRO_OPERATION,
		    .url = OP,
		    .wait_ms = 5000},
		   {.status = 200,
		    .body = "{\"status\":\"Succeeded\"}",
		    .phase = LRO_RESULT,
		    .url = WHERE},
		   {.status = 202, .told_s = 3, .phase = LRO_RESULT, .wait_ms = 3000},
		   {.status = 200, .body = "{}", .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "a POST without a payload",
	 .method = HTTP_POST,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 200,
		    .body = "{\"status\":\"Succeeded\"}",
		    .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "a payload that cannot be fetched",
	 .method = HTTP_POST,
	 .steps = {{.status = 202, .operation = OP, .location = WHERE, .wait_ms = 5000},
		   {.status = 200,
		    .body = "{\"status\":\"Succeeded\"}",
		    .phase = LRO_RESULT},
		   {.status = 503,
		    .err = ERR_SERVICE,
		    .phase = LRO_RESULT,
		    .wait_ms = 7500},
		   {.status = 503,
		    .err = ERR_SERVICE,
		    .phase = LRO_RESULT,
		    .wait_ms = 11250},
		   {.status = 503, .err = ERR_SERVICE, .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED,
	 .err = ERR_SERVICE},
	{.name = "failed, with its reason",
	 .method = HTTP_PATCH,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 200,
		    .body = "{\"status\":\"Failed\",\"error\":{\"code\":\"X\"}}",
		    .err = ERR_CONFLICT,
		    .phase = LRO_ENDED}},
	 .outcome = LRO_FAILED,
	 .err = ERR_CONFLICT},
	{.name = "failed, without a word",
	 .method = HTTP_PATCH,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 200,
		    .body = "{\"status\":\"Failed\"}",
		    .phase = LRO_ENDED}},
	 .outcome = LRO_FAILED,
	 .err = ERR_SERVICE,
	 .says = "says no more"},
	{.name = "canceled",
	 .method = HTTP_PATCH,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 200, .body = "{\"status\":\"Canceling\"}", .wait_ms = 7500},
		   {.status = 200,
		    .body = "{\"status\":\"Canceled\"}",
		    .phase = LRO_ENDED}},
	 .outcome = LRO_CANCELED,
	 .err = ERR_CANCELLED},
	{.name = "cancelled, the other spelling, with errors",
	 .method = HTTP_PATCH,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 200,
		    .body = "{\"status\":\"CancelledWithErrors\"}",
		    .phase = LRO_ENDED}},
	 .outcome = LRO_CANCELED,
	 .err = ERR_CANCELLED},
	{.name = "an error beside a running state is not its end",
	 .method = HTTP_PATCH,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 200,
		    .body = "{\"status\":\"InProgress\",\"error\":{\"code\":\"X\"}}",
		    .err = ERR_CONFLICT,
		    .wait_ms = 7500},
		   {.status = 200,
		    .body = "{\"status\":\"Succeeded\"}",
		    .phase = LRO_RESULT}},
	 .outcome = LRO_RUNNING},
	{.name = "a status that wears the resource's clothes",
	 .method = HTTP_DELETE,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 200,
		    .body = "{\"properties\":{\"provisioningState\":\"Deleting\"}}",
		    .wait_ms = 7500},
		   {.status = 200, .body = "{\"properties\":{}}", .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "the header on a poll is not about this operation",
	 .method = HTTP_DELETE,
	 .steps = {{.status = 202, .operation = REGION, .wait_ms = 5000},
		   {.status = 200,
		    .operation = OP,
		    .body = "{\"status\":\"Running\"}",
		    .url = REGION,
		    .wait_ms = 7500}},
	 .outcome = LRO_RUNNING},
	{.name = "a Location that moves, but not to another host",
	 .method = HTTP_DELETE,
	 .steps = {{.status = 202,
		    .location = WHERE,
		    .phase = LRO_LOCATION,
		    .wait_ms = 5000},
		   {.status = 202,
		    .location = REGION,
		    .phase = LRO_LOCATION,
		    .url = REGION,
		    .wait_ms = 7500},
		   {.status = 202,
		    .location = FOREIGN,
		    .phase = LRO_LOCATION,
		    .url = REGION,
		    .wait_ms = 11250}},
	 .outcome = LRO_RUNNING},
	{.name = "Location alone",
	 .method = HTTP_DELETE,
	 .steps = {{.status = 202,
		    .location = WHERE,
		    .phase = LRO_LOCATION,
		    .url = WHERE,
		    .wait_ms = 5000},
		   {.status = 202,
		    .location = WHERE "?again",
		    .told_s = 2,
		    .phase = LRO_LOCATION,
		    .url = WHERE "?again",
		    .wait_ms = 2000},
		   {.status = 204, .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "Location alone, of a PUT",
	 .method = HTTP_PUT,
	 .steps = {{.status = 202,
		    .location = WHERE,
		    .phase = LRO_LOCATION,
		    .wait_ms = 5000},
		   {.status = 200, .phase = LRO_RESULT, .url = RESOURCE},
		   {.status = 200, .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "a Location that fails as the operation did",
	 .method = HTTP_DELETE,
	 .steps = {{.status = 202,
		    .location = WHERE,
		    .phase = LRO_LOCATION,
		    .wait_ms = 5000},
		   {.status = 409, .err = ERR_CONFLICT, .phase = LRO_ENDED}},
	 .outcome = LRO_FAILED,
	 .err = ERR_CONFLICT},
	{.name = "a Location with a failed status",
	 .method = HTTP_DELETE,
	 .steps = {{.status = 202,
		    .location = WHERE,
		    .phase = LRO_LOCATION,
		    .wait_ms = 5000},
		   {.status = 200,
		    .body = "{\"status\":\"Failed\"}",
		    .err = ERR_CONFLICT,
		    .phase = LRO_ENDED}},
	 .outcome = LRO_FAILED,
	 .err = ERR_CONFLICT},
	{.name = "Location of a 200 is not followed",
	 .method = HTTP_PUT,
	 .steps = {{.status = 200, .location = WHERE, .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "the resource tells, when nothing else does",
	 .method = HTTP_PUT,
	 .steps = {{.status = 201,
		    .body = "{\"properties\":{\"provisioningState\":\"Creating\"}}",
		    .phase = LRO_RESOURCE,
		    .url = RESOURCE,
		    .wait_ms = 5000},
		   {.status = 404,
		    .err = ERR_NOT_FOUND,
		    .phase = LRO_RESOURCE,
		    .wait_ms = 7500},
		   {.status = 200,
		    .body = "{\"properties\":{\"provisioningState\":\"Updating\"}}",
		    .phase = LRO_RESOURCE,
		    .wait_ms = 11250},
		   {.status = 200,
		    .body = "{\"properties\":{\"provisioningState\":\"Succeeded\"}}",
		    .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "the resource tells that it failed",
	 .method = HTTP_PUT,
	 .steps = {{.status = 200,
		    .body = "{\"properties\":{\"provisioningState\":\"Updating\"}}",
		    .phase = LRO_RESOURCE,
		    .wait_ms = 5000},
		   {.status = 200,
		    .body = "{\"properties\":{\"provisioningState\":\"failed\"}}",
		    .phase = LRO_ENDED}},
	 .outcome = LRO_FAILED,
	 .err = ERR_SERVICE},
	{.name = "a deletion that only the resource shows",
	 .method = HTTP_DELETE,
	 .steps = {{.status = 202, .phase = LRO_RESOURCE, .wait_ms = 5000},
		   {.status = 200,
		    .body = "{\"properties\":{\"provisioningState\":\"Deleting\"}}",
		    .phase = LRO_RESOURCE,
		    .wait_ms = 7500},
		   {.status = 404, .err = ERR_NOT_FOUND, .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "a POST that cannot be followed",
	 .method = HTTP_POST,
	 .steps = {{.status = 202, .phase = LRO_ENDED}},
	 .outcome = LRO_UNKNOWN,
	 .err = ERR_REFUSED},
	{.name = "a POST that only says it is running",
	 .method = HTTP_POST,
	 .steps = {{.status = 200,
		    .body = "{\"properties\":{\"provisioningState\":\"Updating\"}}",
		    .phase = LRO_ENDED}},
	 .outcome = LRO_UNKNOWN,
	 .err = ERR_REFUSED},
	{.name = "another host gets no question",
	 .method = HTTP_PUT,
	 .steps = {{.status = 202,
		    .operation = FOREIGN,
		    .location = FOREIGN,
		    .phase = LRO_RESOURCE,
		    .url = RESOURCE,
		    .wait_ms = 5000}},
	 .outcome = LRO_RUNNING},
	{.name = "another host's operation, our location",
	 .method = HTTP_POST,
	 .steps = {{.status = 202,
		    .operation = FOREIGN,
		    .location = WHERE,
		    .phase = LRO_LOCATION,
		    .url = WHERE,
		    .wait_ms = 5000}},
	 .outcome = LRO_RUNNING},
	{.name = "not found just after the start",
	 .method = HTTP_PUT,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 404,
		    .err = ERR_NOT_FOUND,
		    .after_s = 5,
		    .url = OP,
		    .wait_ms = 7500},
		   {.status = 200,
		    .body = "{\"status\":\"InProgress\"}",
		    .after_s = 8,
		    .wait_ms = 11250}},
	 .outcome = LRO_RUNNING},
	{.name = "not found later: the resource tells",
	 .method = HTTP_PUT,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 404,
		    .err = ERR_NOT_FOUND,
		    .after_s = 61,
		    .phase = LRO_RESOURCE,
		    .url = RESOURCE,
		    .wait_ms = 7500},
		   {.status = 200, .body = "{}", .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "gone: a POST stays unknown",
	 .method = HTTP_POST,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 410, .err = ERR_NOT_FOUND, .phase = LRO_ENDED}},
	 .outcome = LRO_UNKNOWN,
	 .err = ERR_NOT_FOUND,
	 .says = "look at the resource"},
	{.name = "gone, and what was to be deleted is still there",
	 .method = HTTP_DELETE,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 410,
		    .err = ERR_NOT_FOUND,
		    .phase = LRO_RESOURCE,
		    .wait_ms = 7500},
		   {.status = 200, .body = "{}", .phase = LRO_ENDED}},
	 .outcome = LRO_UNKNOWN,
	 .err = ERR_CONFLICT},
	{.name = "throttled polls wait as told",
	 .method = HTTP_PUT,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 429, .err = ERR_THROTTLED, .told_s = 70, .wait_ms = 70000},
		   {.err = ERR_NETWORK, .wait_ms = 7500}},
	 .outcome = LRO_RUNNING,
	 .err = ERR_NETWORK},
	{.name = "signed out, it goes on outside",
	 .method = HTTP_POST,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 401, .err = ERR_AUTH, .wait_ms = 7500},
		   {.err = ERR_AUTH, .wait_ms = 11250}},
	 .outcome = LRO_RUNNING,
	 .err = ERR_AUTH},
	{.name = "and is told when somebody is there again",
	 .method = HTTP_DELETE,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 401, .err = ERR_AUTH, .wait_ms = 7500},
		   {.status = 200,
		    .body = "{\"status\":\"Succeeded\"}",
		    .phase = LRO_ENDED}},
	 .outcome = LRO_SUCCEEDED},
	{.name = "a poll that is forbidden",
	 .method = HTTP_PUT,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 403, .err = ERR_FORBIDDEN, .phase = LRO_ENDED}},
	 .outcome = LRO_UNKNOWN,
	 .err = ERR_FORBIDDEN},
	{.name = "a location that is forbidden",
	 .method = HTTP_PUT,
	 .steps = {{.status = 202,
		    .location = WHERE,
		    .phase = LRO_LOCATION,
		    .wait_ms = 5000},
		   {.status = 403, .err = ERR_FORBIDDEN, .phase = LRO_ENDED}},
	 .outcome = LRO_UNKNOWN,
	 .err = ERR_FORBIDDEN},
	{.name = "an answer that is no JSON is no end",
	 .method = HTTP_PUT,
	 .steps = {{.status = 202, .operation = OP, .wait_ms = 5000},
		   {.status = 200, .err = ERR_SERVICE, .wait_ms = 7500}},
	 .outcome = LRO_RUNNING,
	 .err = ERR_SERVICE},
	{.name = "waits have a floor and a ceiling",
	 .method = HTTP_PUT,
	 .steps = {{.status = 202, .operation = OP, .told_s = -1, .wait_ms = 1000},
		   {.status = 202, .told_s = 86400, .wait_ms = 600000}},
	 .outcome = LRO_RUNNING},
};

static struct api_answer answer_of(const struct step *s)
{
	struct api_answer a = {
		.status = s->status,
		.json = s->body ? cJSON_Parse(s->body) : NULL,
		.async_operation = str_from(s->operation),
		.location = str_from(s->location),
		/* -1 says zero: 0 is what a row leaves out */
		.retry_after_ms = s->told_s > 0	  ? s->told_s * INT64_C(1000)
				  : s->told_s < 0 ? 0
						  : -1,
	};

	err_clear(&a.err);
	if (s->err != ERR_NONE)
		err_set(&a.err, s->err, "said so");
	return a;
}

/* To text and back: at any moment another process can go on. */
static void save_and_load(const char *name, struct lro *l)
{
	struct strbuf text;
	struct lro loaded;
	struct err err;

	strbuf_init(&text, 1 << 16);
	lro_save(l, &text);
	check_case(name, lro_load(&loaded, strbuf_str(&text), &err));
	check_case(name, loaded.method == l->method && loaded.phase == l->phase);
	check_text(name, str_from(loaded.poll_url), l->poll_url);
	check_case(name, (loaded.result_url != NULL) == (l->result_url != NULL));
	check_case(name, loaded.started_utc_ms == l->started_utc_ms);
	loaded.own_wait_ms = l->own_wait_ms;
	loaded.troubles = l->troubles;
	lro_fini(l);
	*l = loaded;
	strbuf_fini(&text);
}

static void run_case(const struct lro_case *c, bool is_saved)
{
	int64_t now = START_MS;
	struct lro l;

	lro_init(&l, c->method, STR(RESOURCE), now);
	for (size_t i = 0; i < MOST_STEPS; i++) {
		const struct step *s = &c->steps[i];
		struct api_answer a = answer_of(s);

		if (!s->status && !s->err)
			break;
		check_case(c->name, l.phase != LRO_ENDED);
		now += s->after_s * INT64_C(1000);
		(i ? lro_take : lro_begin)(&l, &a, now);
		cJSON_Delete(a.json);
		if (l.phase != s->phase || l.wait_ms != s->wait_ms)
			fail_msg("%s, answer %zu: phase %d, wait %lld", c->name, i + 1,
				 (int)l.phase, (long long)l.wait_ms);
		if (s->url)
			check_text(c->name, str_from(l.poll_url), s->url);
		if (is_saved && l.phase != LRO_ENDED)
			save_and_load(c->name, &l);
	}
	check_case(c->name, l.outcome == c->outcome);
	/* Of one that runs it is what was last told, and not kept. */
	check_case(c->name,
		   l.err.code == c->err || (is_saved && l.outcome == LRO_RUNNING));
	check_case(c->name, !c->says || strstr(l.err.text, c->says));
	lro_fini(&l);
}

static void test_operations(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		run_case(&cases[i], false);
}

static void test_operations_saved_after_every_answer(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		run_case(&cases[i], true);
}

static void test_troubles_end(void **state)
{
	const struct step begin = {.status = 202, .operation = OP};
	const struct step broken = {.status = 503, .err = ERR_SERVICE};
	struct api_answer a = answer_of(&begin);
	int polls = 0;
	struct lro l;

	(void)state;
	lro_init(&l, HTTP_PUT, STR(RESOURCE), START_MS);
	lro_begin(&l, &a, START_MS);
	a = answer_of(&broken);
	while (l.phase != LRO_ENDED && polls < 100) {
		lro_take(&l, &a, START_MS);
		polls++;
	}
	assert_int_equal(polls, 20);
	assert_int_equal(l.outcome, LRO_UNKNOWN);
	assert_int_equal(l.err.code, ERR_SERVICE);
	/* What has ended stays so. */
	lro_take(&l, &a, START_MS);
	assert_int_equal(l.polls, 20);
	lro_fini(&l);
}

static void test_what_it_shows(void **state)
{
	const struct step begin = {.status = 202, .operation = OP};
	const struct step half = {
		.status = 200,
		.body = "{\"status\":\"Sca\\u001b[31mling\",\"percentComplete\":\"50\"}"};
	const struct step odd = {
		.status = 200,
		.body = "{\"status\":\"0123456789012345678901234567890123456789"
			"0123456789\",\"percentComplete\":150}"};
	struct api_answer a = answer_of(&begin);
	struct lro l;

	(void)state;
	lro_init(&l, HTTP_PUT, STR(RESOURCE), START_MS);
	lro_begin(&l, &a, START_MS);
	assert_true(l.percent < 0);
	assert_string_equal(l.state, "");
	a = answer_of(&half);
	lro_take(&l, &a, START_MS);
	cJSON_Delete(a.json);
	assert_true(l.percent == 50);
	assert_null(strchr(l.state, '\033'));
	assert_ptr_equal(strstr(l.state, "Sca"), l.state);
	a = answer_of(&odd);
	lro_take(&l, &a, START_MS);
	cJSON_Delete(a.json);
	assert_true(l.percent == 50);
	assert_int_equal(strlen(l.state), sizeof(l.state) - 1);
	assert_string_equal(lro_outcome_name(l.outcome), "running");
	lro_fini(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_operations),
		cmocka_unit_test(test_operations_saved_after_every_answer),
		cmocka_unit_test(test_troubles_end),
		cmocka_unit_test(test_what_it_shows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
