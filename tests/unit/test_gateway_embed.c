/* Vectors through the gateway: what may leave, what it costs, and how long an embedder that
 * refuses is left alone. */
#include "unit/check.h"

#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "unit/gateway_stage.h"

#define PROVIDER "{\"name\":\"a\",\"kind\":\"openai\",\"base\":\"BASE\",\"model\":\"m\"}"
#define EMBEDDINGS                                                                       \
	"\"embeddings\":{\"endpoint\":\"a\",\"model\":\"e\",\"dimensions\":8,"           \
	"\"price\":2}"
#define PATH "/embeddings"
#define ANSWER                                                                           \
	"{\"data\":[{\"index\":0,\"embedding\":[1,0,0,0,0,0,0,2]}],"                     \
	"\"usage\":{\"prompt_tokens\":500000,\"total_tokens\":500000}}"

struct got {
	bool is_over;
	struct err err;
	enum model_trouble trouble;
	int64_t retry_ms;
	size_t n, dims;
	float last;
};

static void take(const struct gateway_embedded *from, void *ctx)
{
	struct got *got = ctx;

	assert_false(got->is_over);
	*got = (struct got){.is_over = true,
			    .err = *from->err,
			    .trouble = from->trouble,
			    .retry_ms = from->retry_ms,
			    .n = from->n,
			    .dims = from->dims};
	assert_true((from->err->code == ERR_NONE) == (from->floats != NULL));
	if (from->floats)
		got->last = from->floats[from->n * from->dims - 1];
}

static uint64_t embed(struct stage *s, struct got *got, const char *kind)
{
	static const struct str text = {"how do I renew a certificate", 28};

	*got = (struct got){.is_over = false};
	return gateway_embed(s->g,
			     &(struct gateway_embed){.texts = &text,
						     .n = 1,
						     .kind = kind,
						     .deadline_ms = 5000},
			     take, got);
}

static void wait_for(struct stage *s, struct got *got)
{
	for (int i = 0; i < 500 && !got->is_over; i++)
		loop_turn(s->client->loop, 20);
	assert_true(got->is_over);
}

static void answers_with(struct stage *s, int status, const char *headers,
			 const char *body)
{
	fake_server_on(s->client->server, "POST", PATH,
		       (struct fake_reply){.status = status,
					   .headers = headers,
					   .body = str_from(body)});
}

static void it_comes_and_costs(void **state)
{
	struct stage s;
	struct got got;
	cJSON *rows;
	struct fake_request request;

	stage_open(&s, *state, "{\"providers\":[" PROVIDER "]," EMBEDDINGS "}");
	assert_string_equal(gateway_embedder(s.g), "a/e/8");
	assert_null(gateway_endpoint(s.g, 1));
	answers_with(&s, 200, NULL, ANSWER);
	embed(&s, &got, NULL);
	assert_false(got.is_over); /* never within the call */
	wait_for(&s, &got);
	assert_int_equal(got.err.code, ERR_NONE);
	assert_int_equal(got.dims, 8);
	assert_true(got.last == 2);
	assert_true(fabs(gateway_today(s.g).money - 1) < 1e-9);
	assert_int_equal(gateway_today(s.g).asked, 500000);
	assert_true(gateway_conversation(s.g) == 0);
	request = fake_server_request(s.client->server, 0);
	assert_true(str_find(request.body, STR("\"model\":\"e\"")) >= 0);
	assert_true(str_find(request.body, STR("\"dimensions\":8")) >= 0);
	rows = gateway_rows(s.g);
	assert_int_equal(cJSON_GetArraySize(rows), 2);
	assert_string_equal(json_text(cJSON_GetArrayItem(rows, 1), "name"),
			    "a (embeddings)");
	assert_string_equal(json_text(cJSON_GetArrayItem(rows, 1), "state"), "ready");
	cJSON_Delete(rows);
	stage_close(&s);
}

/* Where questions of a kind stay at home, their vectors do. */
static void what_may_not_leave_does_not(void **state)
{
	struct stage s;
	struct got got;

	stage_open(&s, *state,
		   "{\"providers\":[" PROVIDER "]," EMBEDDINGS ","
		   "\"routes\":[{\"name\":\"logs\",\"kinds\":[\"log-*\"],\"endpoints\":"
		   "[\"a\"],\"reach\":\"local\"},{\"name\":\"all\",\"endpoints\":[\"a\"]}"
		   "]}");
	answers_with(&s, 200, NULL, ANSWER);
	embed(&s, &got, "log-errors");
	wait_for(&s, &got);
	assert_int_equal(got.err.code, ERR_REFUSED);
	assert_non_null(strstr(got.err.text, "may not leave"));
	assert_int_equal(fake_server_count(s.client->server), 0);
	embed(&s, &got, "runbook-how");
	wait_for(&s, &got);
	assert_int_equal(got.err.code, ERR_NONE);
	stage_close(&s);
}

static void who_refuses_is_left_alone(void **state)
{
	struct stage s;
	struct got got;

	stage_open(&s, *state, "{\"providers\":[" PROVIDER "]," EMBEDDINGS "}");
	answers_with(&s, 429, "Retry-After: 30\r\n",
		     "{\"error\":{\"code\":\"429\",\"message\":\"too many\"}}");
	embed(&s, &got, NULL);
	wait_for(&s, &got);
	assert_int_equal(got.trouble, TROUBLE_BUSY);
	assert_int_equal(got.retry_ms, 30000);
	embed(&s, &got, NULL);
	wait_for(&s, &got);
	assert_int_equal(got.err.code, ERR_REFUSED);
	assert_true(got.retry_ms > 20000);
	assert_int_equal(fake_server_count(s.client->server), 1);
	/* Who answers questions is somebody else. */
	assert_int_equal(gateway_router(s.g)->health[0].trouble, TROUBLE_NONE);
	stage_close(&s);
}

static void a_cap_is_a_cap(void **state)
{
	struct stage s;
	struct got got;

	stage_open(&s, *state,
		   "{\"providers\":[" PROVIDER "]," EMBEDDINGS
		   ",\"budget\":{\"day\":{\"hard\":0.9}}}");
	answers_with(&s, 200, NULL, ANSWER);
	embed(&s, &got, NULL);
	wait_for(&s, &got);
	assert_int_equal(got.err.code, ERR_NONE);
	embed(&s, &got, NULL);
	wait_for(&s, &got);
	assert_int_equal(got.err.code, ERR_REFUSED);
	assert_non_null(strstr(got.err.text, "used up"));
	stage_close(&s);
}

static void what_it_refuses_is_left_out(void **state)
{
	struct stage s;
	struct got got;

	stage_open(&s, *state, "{\"providers\":[" PROVIDER "]," EMBEDDINGS "}");
	answers_with(&s, 400, NULL,
		     "{\"error\":{\"code\":\"unsupported_parameter\",\"param\":"
		     "\"encoding_format\",\"message\":\"Unsupported parameter: "
		     "'encoding_format'\"}}");
	answers_with(&s, 200, NULL, ANSWER);
	embed(&s, &got, NULL);
	wait_for(&s, &got);
	assert_int_equal(got.err.code, ERR_NONE);
	assert_true(str_find(fake_server_request(s.client->server, 1).body,
			     STR("encoding_format")) < 0);
	stage_close(&s);
}

static void an_answer_of_no_use_is_an_error(void **state)
{
	struct stage s;
	struct got got;

	stage_open(&s, *state, "{\"providers\":[" PROVIDER "]," EMBEDDINGS "}");
	answers_with(&s, 200, NULL, "{\"data\":[]}");
	embed(&s, &got, NULL);
	wait_for(&s, &got);
	assert_int_equal(got.err.code, ERR_PARSE);
	assert_non_null(strstr(got.err.text, "a (embeddings): "));
	stage_close(&s);
}

/* While it is asked, and while the pool reads what came. */
static void it_can_be_given_up(void **state)
{
	struct stage s;
	struct got got;

	stage_open(&s, *state, "{\"providers\":[" PROVIDER "]," EMBEDDINGS "}");
	answers_with(&s, 200, NULL, ANSWER);
	for (int turns = 0; turns < 12; turns++) {
		uint64_t id = embed(&s, &got, NULL);

		for (int i = 0; i < turns && !got.is_over; i++)
			loop_turn(s.client->loop, 1);
		if (!got.is_over)
			gateway_embed_stop(s.g, id);
		assert_int_equal(gateway_router(s.g)->health[1].busy, 0);
	}
	embed(&s, &got, NULL);
	stage_close(&s); /* and with the gateway */
	assert_false(got.is_over);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, client_setup, client_teardown)
	const struct CMUnitTest tests[] = {
		TEST(it_comes_and_costs),	   TEST(what_may_not_leave_does_not),
		TEST(who_refuses_is_left_alone),   TEST(a_cap_is_a_cap),
		TEST(what_it_refuses_is_left_out), TEST(an_answer_of_no_use_is_an_error),
		TEST(it_can_be_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
