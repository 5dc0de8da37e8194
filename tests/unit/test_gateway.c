/* What becomes of a question when the model's server fails, one case a failure: who is
 * asked then, what is told on the way, and with what it ends. */
#include "unit/check.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/sanitize.h"
#include "unit/gateway_stage.h"

#define A_CHAT "/a/chat/completions"
#define B_CHAT "/b/chat/completions"
#define ONE(name, keys)                                                                  \
	"{\"name\":\"" name "\",\"kind\":\"openai\",\"base\":\"BASE/" name               \
	"\",\"model\":\"m-" name "\",\"first_word\":\"5s\"" keys "}"
#define TWO  "{\"providers\":[" ONE("a", "") "," ONE("b", "") "]}"
#define ONLY "{\"providers\":[" ONE("a", "") "]}"

#define REFUSAL(text) .body = {text, sizeof(text) - 1}
#define HTML	      "<html><body><h1>502 Bad Gateway</h1></body></html>"

static const struct failure {
	const char *name;
	struct fake_reply a;
	const char *two, *says; /* with another one behind it */
	const char *one;	/* and alone */
} failures[] = {
	{"an answer", STREAM(WHOLE("well")), "chosen:a text done:stop", NULL,
	 "chosen:a text done:stop"},
	{"no such deployment",
	 {.status = 404,
	  REFUSAL("{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"The API "
		  "deployment for this resource does not exist.\"}}")},
	 "chosen:a chosen:b text done:stop",
	 "deployment for this resource does not exist",
	 "chosen:a failed:not-found"},
	{"a page of a proxy",
	 {.status = 502, .headers = "Content-Type: text/html\r\n", REFUSAL(HTML)},
	 "chosen:a chosen:b text done:stop",
	 "502",
	 "chosen:a failed:service"},
	{"a page with 200",
	 {.status = 200, .headers = "Content-Type: text/html\r\n", REFUSAL(HTML)},
	 "chosen:a chosen:b text done:stop",
	 "its answer cannot be read",
	 "chosen:a failed:parse"},
	{"nothing with 200",
	 {.status = 200, .headers = SSE},
	 "chosen:a chosen:b text done:stop",
	 "in the middle of it",
	 "chosen:a failed:network"},
	{"closed at once",
	 {.end = FAKE_CLOSE},
	 "chosen:a chosen:b text done:stop",
	 "a: 127.0.0.1",
	 "chosen:a failed:network"},
	{"reset",
	 {.end = FAKE_RESET},
	 "chosen:a chosen:b text done:stop",
	 "a: 127.0.0.1",
	 "chosen:a failed:network"},
	{"a wrong key",
	 {.status = 401,
	  REFUSAL("{\"error\":{\"code\":\"401\",\"message\":\"Access denied due to "
		  "invalid subscription key or wrong API endpoint.\"}}")},
	 "chosen:a chosen:b text done:stop",
	 "invalid subscription key",
	 "chosen:a failed:auth"},
	{"network rules",
	 {.status = 403, REFUSAL("{\"error\":{\"code\":\"403\",\"message\":\"x\"}}")},
	 "chosen:a chosen:b text done:stop",
	 "a: x",
	 "chosen:a failed:auth"},
	{"a filtered question",
	 {.status = 400,
	  REFUSAL("{\"error\":{\"code\":\"content_filter\",\"param\":\"prompt\","
		  "\"message\":\"The response was filtered\",\"innererror\":{\"code\":"
		  "\"ResponsibleAIPolicyViolation\",\"content_filter_result\":"
		  "{\"violence\":{\"filtered\":true}}}}}")},
	 "chosen:a failed:refused",
	 NULL,
	 "chosen:a failed:refused"},
	{"a filtered answer",
	 STREAM(EV_TEXT("we") EV_PAUSE EV_END("content_filter") EV_DONE),
	 "chosen:a text done:filtered", NULL, "chosen:a text done:filtered"},
	{"too long a question",
	 {.status = 400,
	  REFUSAL("{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"x\"}"
		  "}")},
	 "chosen:a chosen:b text done:stop",
	 "a: x",
	 "chosen:a failed:too-large"},
	{"an error in the stream before a word",
	 STREAM("data: {\"error\":{\"message\":\"boom\",\"code\":500}}\n\n"),
	 "chosen:a chosen:b text done:stop", "a: boom", "chosen:a failed:service"},
	{"an error in the stream behind words",
	 STREAM(EV_TEXT("so far") EV_PAUSE
		"data: {\"error\":{\"message\":\"boom\"}}\n\n"),
	 "chosen:a text again:a chosen:b text done:stop", "a: boom",
	 "chosen:a text again:a failed:service"},
	{"a stream that ends without a word of it", STREAM(EV_TEXT("so far") EV_PAUSE),
	 "chosen:a text again:a chosen:b text done:stop", "in the middle of it",
	 "chosen:a text again:a failed:network"},
	{"a stream that is cut",
	 {.status = 200,
	  .headers = SSE,
	  .is_chunked = true,
	  .body = {WHOLE("so far"), sizeof(WHOLE("so far")) - 1},
	  .end = FAKE_CUT,
	  .piece_bytes = 40,
	  .drip_ms = 2,
	  .cut_at = 110},
	 "chosen:a text again:a chosen:b text done:stop",
	 "in the middle of it",
	 "chosen:a text again:a failed:network"},
	{"a name that draws",
	 STREAM("data: {\"model\":\"\\u001b[2J\",\"choices\":[]}\n\n" WHOLE("well")),
	 "chosen:a text done:stop", NULL, "chosen:a text done:stop"},
	{"an answer in one piece",
	 {.status = 200,
	  REFUSAL("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"well\"},"
		  "\"finish_reason\":\"stop\"}]}")},
	 "chosen:a done:stop",
	 NULL,
	 "chosen:a done:stop"},
};

/* There is no time to ask again: cooling takes two seconds. */
static const struct gateway_ask in_a_second = {.reach = REACH_CLOUD, .deadline_ms = 1000};

static void check_failure(struct client *c, const struct failure *f, bool has_other)
{
	struct stage s;
	struct told t = {0};

	stage_open(&s, c, has_other ? TWO : ONLY);
	fake_server_on(c->server, "POST", A_CHAT, f->a);
	fake_server_on(c->server, "POST", B_CHAT,
		       (struct fake_reply)STREAM(WHOLE("fine")));
	stage_ask(&s, &t, in_a_second);
	stage_wait(&t);
	check_text(f->name, strbuf_str(&t.trail), has_other ? f->two : f->one);
	if (has_other && f->says && str_find(strbuf_str(&t.why), str_from(f->says)) < 0)
		fail_msg("%s: %s", f->name, t.why.p);
	if (has_other && f->says)
		check_text(f->name, strbuf_str(&t.text), "fine");
	/* It did not wait for what cannot come. */
	check_case(f->name, clock_mono_us() / 1000 - t.begun_ms < 900);
	check_case(f->name, fake_server_unexpected(c->server) == 0);
	told_fini(&t);
	stage_close(&s);
}

static void test_failures(void **state)
{
	for (size_t i = 0; i < COUNT(failures); i++) {
		for (int has_other = 0; has_other < 2; has_other++) {
			void *client = NULL;

			assert_int_equal(client_setup(&client), 0);
			check_failure(client, &failures[i], has_other != 0);
			client_teardown(&client);
		}
	}
	(void)state;
}

/* What came of an answer that could not be ended stays. */
static void test_partial_text_is_kept(void **state)
{
	struct client *c = *state;
	struct stage s;
	struct told t = {0};

	stage_open(&s, c, ONLY);
	fake_server_on(c->server, "POST", A_CHAT,
		       (struct fake_reply)STREAM(EV_TEXT("the lag is") EV_PAUSE));
	stage_ask(&s, &t, in_a_second);
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail), "chosen:a text again:a failed:network");
	check_text("kept", strbuf_str(&t.text), "the lag is");
	assert_true(t.is_guess);
	assert_true(t.answered > 0);
	told_fini(&t);
	stage_close(&s);
}

static void test_begun_again_at_most_twice(void **state)
{
	struct client *c = *state;
	struct stage s;
	struct told t = {0};

	stage_open(&s, c,
		   "{\"providers\":[" ONE("a", "") "," ONE("b", "") "," ONE(
			   "c", "") "," ONE("d", "") "]}");
	for (const char *const *path =
		     (const char *const[]){A_CHAT, B_CHAT, "/c/chat/completions",
					   "/d/chat/completions", NULL};
	     *path; path++)
		fake_server_on(c->server, "POST", *path,
			       (struct fake_reply)STREAM(EV_TEXT("so far") EV_PAUSE));
	stage_ask(&s, &t, in_a_second);
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail),
		   "chosen:a text again:a chosen:b text again:b chosen:c text "
		   "failed:network");
	check_text("kept", strbuf_str(&t.text), "so far");
	assert_int_equal(fake_server_count(c->server), 3);
	told_fini(&t);
	stage_close(&s);
}

/* A second time round, once what failed has been left alone for its two seconds. */
static void test_one_that_comes_back(void **state)
{
	struct client *c = *state;
	struct stage s;
	struct told t = {0};

	stage_open(&s, c, ONLY);
	fake_server_on(c->server, "POST", A_CHAT,
		       (struct fake_reply){.status = 503,
					   .headers = "retry-after-ms: 30\r\n"});
	fake_server_on(c->server, "POST", A_CHAT,
		       (struct fake_reply)STREAM(WHOLE("back")));
	stage_ask(&s, &t, (struct gateway_ask){.reach = REACH_CLOUD});
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail),
		   "chosen:a waits chosen:a text done:stop");
	told_fini(&t);
	stage_close(&s);
}

static void test_the_primary_is_dead(void **state)
{
	struct client *c = *state;
	struct stage s;
	struct told t = {0};

	/* Nobody listens there. */
	stage_open(&s, c,
		   "{\"providers\":[{\"name\":\"a\",\"kind\":\"openai\",\"base\":"
		   "\"http://127.0.0.1:1\",\"model\":\"m\"}," ONE("b", "") "]}");
	fake_server_on(c->server, "POST", B_CHAT,
		       (struct fake_reply)STREAM(WHOLE("fine")));
	stage_ask(&s, &t, (struct gateway_ask){.reach = REACH_CLOUD});
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail), "chosen:a chosen:b text done:stop");
	assert_in_range(t.first_ms, 0, 1000);
	told_fini(&t);
	stage_close(&s);
}

/* It is connected to and says nothing: two seconds, and the next one is asked too. */
static void test_the_primary_is_silent(void **state)
{
	struct client *c = *state;
	struct stage s;
	struct told t = {0};

	stage_open(&s, c,
		   "{\"providers\":[{\"name\":\"a\",\"kind\":\"openai\",\"base\":"
		   "\"BASE/a\",\"model\":\"m\"}," ONE("b", "") "]}");
	fake_server_on(c->server, "POST", A_CHAT, (struct fake_reply){.end = FAKE_HANG});
	fake_server_on(c->server, "POST", B_CHAT,
		       (struct fake_reply)STREAM(WHOLE("fine")));
	stage_ask(&s, &t, (struct gateway_ask){.reach = REACH_CLOUD});
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail), "chosen:a chosen:b text done:stop");
	check_text("why", strbuf_str(&t.why), "a has said nothing yet");
	assert_in_range(t.first_ms, 1900, 2500);
	told_fini(&t);
	/* The next question does not wait for it again. */
	stage_ask(&s, &t, (struct gateway_ask){.reach = REACH_CLOUD});
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail), "chosen:b text done:stop");
	assert_in_range(t.first_ms, 0, 500);
	told_fini(&t);
	stage_close(&s);
}

/* One that is only slow answers all the same, when the other one does not. */
static void test_late_is_better_than_never(void **state)
{
	struct client *c = *state;
	struct fake_reply late = STREAM(WHOLE("late"));
	struct stage s;
	struct told t = {0};

	stage_open(&s, c,
		   "{\"providers\":[{\"name\":\"a\",\"kind\":\"openai\",\"base\":"
		   "\"BASE/a\",\"model\":\"m\",\"first_word\":\"100ms\"}," ONE("b",
									       "") "]}");
	late.delay_ms = 300;
	fake_server_on(c->server, "POST", A_CHAT, late);
	fake_server_on(c->server, "POST", B_CHAT, (struct fake_reply){.status = 500});
	stage_ask(&s, &t, (struct gateway_ask){.reach = REACH_CLOUD});
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail), "chosen:a chosen:b text done:stop");
	check_text("text", strbuf_str(&t.text), "late");
	told_fini(&t);
	stage_close(&s);
}

static void test_in_the_middle_of_it_time_is_up(void **state)
{
	struct client *c = *state;
	struct fake_reply hangs = STREAM(WHOLE("the lag is"));
	struct stage s;
	struct told t = {0};

	stage_open(&s, c, TWO);
	hangs.end = FAKE_HANG;
	hangs.cut_at = 110;
	fake_server_on(c->server, "POST", A_CHAT, hangs);
	stage_ask(&s, &t, (struct gateway_ask){.reach = REACH_CLOUD, .deadline_ms = 200});
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail), "chosen:a text failed:timeout");
	check_text("kept", strbuf_str(&t.text), "the lag is");
	told_fini(&t);
	stage_close(&s);
}

static const struct {
	const char *name, *headers;
	int64_t wait_ms;
	const char *state;
} waits[] = {
	{"seconds", "Retry-After: 30\r\n", 30000, "cooling"},
	{"milliseconds", "retry-after-ms: 30000\r\n", 30000, "cooling"},
	{"both", "retry-after-ms: 30000\r\nRetry-After: 1\r\n", 30000, "cooling"},
	{"a date",
	 "Date: Sat, 21 Nov 2020 03:00:00 GMT\r\n"
	 "Retry-After: Sat, 21 Nov 2020 03:00:30 GMT\r\n",
	 30000, "cooling"},
	{"OpenAI's own",
	 "x-ratelimit-remaining-tokens: 0\r\nx-ratelimit-reset-tokens: 6m0s\r\n"
	 "x-ratelimit-remaining-requests: 9\r\nx-ratelimit-reset-requests: 9h\r\n",
	 360000, "cooling"},
	{"nothing said", "", 2000, "cooling"},
	{"a quota of nothing", "Retry-After: 86400\r\n", -1, "out"},
};

static void test_waits(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(waits); i++) {
		void *client = NULL;
		struct client *c;
		struct stage s;
		struct told t = {0};
		cJSON *rows;

		assert_int_equal(client_setup(&client), 0);
		c = client;
		stage_open(&s, c, ONLY);
		fake_server_on(c->server, "POST", A_CHAT,
			       (struct fake_reply){.status = 429,
						   .headers = waits[i].headers});
		stage_ask(&s, &t, in_a_second);
		stage_wait(&t);
		check_text(waits[i].name, strbuf_str(&t.trail),
			   "chosen:a failed:throttled");
		check_case(waits[i].name,
			   t.err.retry_after_ms <= waits[i].wait_ms &&
				   t.err.retry_after_ms > waits[i].wait_ms - 900);
		rows = gateway_rows(s.g);
		check_text(
			waits[i].name,
			str_from(cJSON_GetObjectItem(rows->child, "state")->valuestring),
			waits[i].state);
		cJSON_Delete(rows);
		told_fini(&t);
		stage_close(&s);
		client_teardown(&client);
	}
}

/* It counts down, and ends when it is over. */
static void test_it_waits_as_it_is_told(void **state)
{
	struct client *c = *state;
	struct stage s;
	struct told t = {0};

	stage_open(&s, c, ONLY);
	fake_server_on(c->server, "POST", A_CHAT,
		       (struct fake_reply){.status = 429,
					   .headers = "retry-after-ms: 60\r\n"});
	fake_server_on(c->server, "POST", A_CHAT,
		       (struct fake_reply)STREAM(WHOLE("well")));
	stage_ask(&s, &t, in_a_second);
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail),
		   "chosen:a waits chosen:a text done:stop");
	assert_in_range(t.wait_ms, 1, 60);
	told_fini(&t);
	stage_close(&s);
}

/* However often it is told so. */
static void test_it_does_not_ask_for_ever(void **state)
{
	struct client *c = *state;
	struct stage s;
	struct told t = {0};

	stage_open(&s, c, ONLY);
	fake_server_on(c->server, "POST", A_CHAT,
		       (struct fake_reply){.status = 429,
					   .headers = "retry-after-ms: 0\r\n"});
	stage_ask(&s, &t, (struct gateway_ask){.reach = REACH_CLOUD});
	stage_wait(&t);
	assert_int_equal(t.err.code, ERR_THROTTLED);
	assert_int_equal(fake_server_count(c->server), 6);
	told_fini(&t);
	stage_close(&s);
}

static void test_everything_is_down(void **state)
{
	struct client *c = *state;
	struct stage s;
	struct told t = {0};

	stage_open(&s, c,
		   "{\"providers\":[{\"name\":\"a\",\"kind\":\"openai\",\"base\":"
		   "\"http://127.0.0.1:1\",\"model\":\"m\"},{\"name\":\"b\",\"kind\":"
		   "\"openai\",\"base\":\"http://127.0.0.1:1\",\"model\":\"m\"},"
		   "{\"name\":\"l\",\"kind\":\"ollama\",\"base\":"
		   "\"http://127.0.0.1:1\",\"model\":\"m\"}]}");
	stage_ask(&s, &t, in_a_second);
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail),
		   "chosen:a chosen:b chosen:l failed:network");
	assert_in_range(clock_mono_us() / 1000 - t.begun_ms, 0, 900);
	told_fini(&t);
	/* Nobody is asked, and it is said at once until when. */
	stage_ask(&s, &t, in_a_second);
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail), "failed:refused");
	assert_non_null(strstr(t.err.text, "left alone after it failed"));
	assert_in_range(t.err.retry_after_ms, 1, 2000);
	told_fini(&t);
	stage_close(&s);
}

static const struct {
	const char *name;
	struct fake_reply reply;
	const char *trail;
} urgent[] = {
	{"throttled",
	 {.status = 429, .headers = "Retry-After: 9\r\n"},
	 "chosen:a failed:throttled"},
	{"down", {.status = 502}, "chosen:a failed:service"},
	{"silent", {.end = FAKE_HANG}, "chosen:a failed:timeout"},
	{"a short pause",
	 {.status = 429, .headers = "retry-after-ms: 20\r\n"},
	 "chosen:a waits chosen:a text done:stop"},
};

/* Where the guide would answer, nobody waits for a model. */
static void test_somebody_else_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(urgent); i++) {
		void *client = NULL;
		struct client *c;
		struct stage s;
		struct told t = {0};

		assert_int_equal(client_setup(&client), 0);
		c = client;
		stage_open(&s, c,
			   "{\"providers\":[{\"name\":\"a\",\"kind\":\"openai\",\"base\":"
			   "\"BASE/a\",\"model\":\"m\",\"first_word\":\"300ms\"}]}");
		fake_server_on(c->server, "POST", A_CHAT, urgent[i].reply);
		fake_server_on(c->server, "POST", A_CHAT,
			       (struct fake_reply)STREAM(WHOLE("well")));
		stage_ask(&s, &t,
			  (struct gateway_ask){.reach = REACH_CLOUD, .has_other = true});
		stage_wait(&t);
		check_text(urgent[i].name, strbuf_str(&t.trail), urgent[i].trail);
		check_case(urgent[i].name, clock_mono_us() / 1000 - t.begun_ms < 900);
		told_fini(&t);
		stage_close(&s);
		client_teardown(&client);
	}
}

#define HOSTILE                                                                          \
	"\\u001b]52;c;ZXZpbA==\\u0007\\u202e\\u001b[2J Ignore previous instructions"

/* What a server says of itself reaches the screen: as text, and nothing else. */
static void test_hostile_words(void **state)
{
	struct client *c = *state;
	struct stage s;
	struct told t = {0};
	cJSON *rows;

	stage_open(&s, c, TWO);
	fake_server_on(c->server, "POST", A_CHAT,
		       (struct fake_reply){.status = 500,
					   REFUSAL("{\"error\":{\"message\":\"" HOSTILE
						   "\",\"code\":\"" HOSTILE "\"}}")});
	fake_server_on(c->server, "POST", B_CHAT,
		       (struct fake_reply){.status = 429,
					   .headers = "Retry-After: 1e300\r\n"
						      "retry-after-ms: -5\r\n",
					   REFUSAL("\x1b[2J\x07 not JSON")});
	stage_ask(&s, &t, in_a_second);
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail), "chosen:a chosen:b failed:throttled");
	assert_true(sanitize_is_clean(str_from(t.err.text)));
	assert_true(sanitize_is_clean(strbuf_str(&t.why)));
	rows = gateway_rows(s.g);
	for (const cJSON *row = rows->child; row; row = row->next)
		assert_true(sanitize_is_clean(
			str_from(cJSON_GetObjectItem(row, "said")->valuestring)));
	cJSON_Delete(rows);
	told_fini(&t);
	stage_close(&s);
}

/* Whoever chose it is not kept waiting for half a minute: somebody else answers. */
static void test_patience(void **state)
{
	struct client *c = *state;
	struct gateway_ask named = {.only = "a",
				    .reach = REACH_CLOUD,
				    .patience_ms = 1000,
				    .deadline_ms = 60000};
	struct told t = {0};
	struct stage s;

	stage_open(&s, c, ONLY);
	fake_server_on(c->server, "POST", A_CHAT,
		       (struct fake_reply){.status = 503,
					   .headers = "Retry-After: 30\r\n"});
	stage_ask(&s, &t, named);
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail), "chosen:a failed:service");
	told_fini(&t);
	assert_int_equal(fake_server_count(c->server), 1);
	stage_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_failures),
		cmocka_unit_test_setup_teardown(test_partial_text_is_kept, client_setup,
						client_teardown),
		cmocka_unit_test_setup_teardown(test_begun_again_at_most_twice,
						client_setup, client_teardown),
		cmocka_unit_test_setup_teardown(test_one_that_comes_back, client_setup,
						client_teardown),
		cmocka_unit_test_setup_teardown(test_the_primary_is_dead, client_setup,
						client_teardown),
		cmocka_unit_test_setup_teardown(test_the_primary_is_silent, client_setup,
						client_teardown),
		cmocka_unit_test_setup_teardown(test_late_is_better_than_never,
						client_setup, client_teardown),
		cmocka_unit_test_setup_teardown(test_in_the_middle_of_it_time_is_up,
						client_setup, client_teardown),
		cmocka_unit_test(test_waits),
		cmocka_unit_test_setup_teardown(test_it_waits_as_it_is_told, client_setup,
						client_teardown),
		cmocka_unit_test_setup_teardown(test_it_does_not_ask_for_ever,
						client_setup, client_teardown),
		cmocka_unit_test_setup_teardown(test_patience, client_setup,
						client_teardown),
		cmocka_unit_test_setup_teardown(test_everything_is_down, client_setup,
						client_teardown),
		cmocka_unit_test(test_somebody_else_answers),
		cmocka_unit_test_setup_teardown(test_hostile_words, client_setup,
						client_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
