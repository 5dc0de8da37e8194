/* How servers are asked: addresses and keys, parameters that one refuses, which route a
 * question takes, what it costs, models that have to be read into memory first. */
#include "unit/check.h"

#include <math.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/json.h"
#include "unit/gateway_stage.h"

#define A_CHAT "/a/chat/completions"
#define B_CHAT "/b/chat/completions"
#define P(name, keys)                                                                    \
	"{\"name\":\"" name "\",\"kind\":\"openai\",\"base\":\"BASE/" name               \
	"\",\"model\":\"m-" name "\",\"first_word\":\"5s\"" keys "}"
#define ONLY(keys) "{\"providers\":[" P("a", keys) "]}"
#define PRICES	   ",\"prices\":{\"in\":2,\"out\":10,\"cached\":1}"

static const struct gateway_ask anyhow = {.reach = REACH_CLOUD, .deadline_ms = 5000};

static void on(struct client *c, const char *path, struct fake_reply reply)
{
	fake_server_on(c->server, "POST", path, reply);
}

/* Asks, waits, and compares what was told. */
static void ask(struct stage *s, struct gateway_ask question, const char *trail)
{
	struct told t = {0};

	stage_ask(s, &t, question);
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail), trail);
	told_fini(&t);
}

static const struct {
	const char *name, *ai, *target, *header, *value;
} addresses[] = {
	{"azure with a key",
	 "{\"providers\":[{\"name\":\"a\",\"kind\":\"azure-openai\",\"base\":\"BASE\","
	 "\"model\":\"chat\",\"credential\":\"key\"}]}",
	 "/openai/v1/chat/completions", "api-key", "k-1"},
	{"azure with a token, at its older address",
	 "{\"providers\":[{\"name\":\"a\",\"kind\":\"azure-openai\",\"base\":\"BASE/\","
	 "\"model\":\"chat\",\"credential\":\"env:AZ_TEST_TOKEN\",\"api_version\":"
	 "\"2024-10-21\"}]}",
	 "/openai/deployments/chat/chat/completions?api-version=2024-10-21",
	 "Authorization", "Bearer t-1"},
	{"a compatible one", ONLY(",\"credential\":\"env:AZ_TEST_TOKEN\""), A_CHAT,
	 "Authorization", "Bearer t-1"},
	{"nobody in particular", ONLY(""), A_CHAT, "Authorization", ""},
	{"what is taken", ONLY(""), A_CHAT, "Accept",
	 "text/event-stream, application/x-ndjson, application/json"},
	{"what is brought", ONLY(""), A_CHAT, "Content-Type", "application/json"},
};

static void test_addresses_and_keys(void **state)
{
	(void)state;
	setenv("AZ_TEST_MODEL_KEY", "k-1", 1);
	setenv("AZ_TEST_TOKEN", "t-1", 1);
	for (size_t i = 0; i < COUNT(addresses); i++) {
		void *client = NULL;
		struct client *c;
		struct fake_request r;
		struct stage s;

		assert_int_equal(client_setup(&client), 0);
		c = client;
		stage_open(&s, c, addresses[i].ai);
		on(c, addresses[i].target, (struct fake_reply)STREAM(WHOLE("well")));
		ask(&s, anyhow, "chosen:a text done:stop");
		r = fake_server_request(c->server, 0);
		check_text(addresses[i].name, r.target, addresses[i].target);
		check_text(addresses[i].name,
			   fake_request_header(&r, addresses[i].header),
			   addresses[i].value);
		stage_close(&s);
		client_teardown(&client);
	}
}

/* A token that is not taken is fetched once more, and only once. */
static void test_a_fresh_token(void **state)
{
	struct client *c = *state;
	struct stage s;

	setenv("AZ_TEST_TOKEN", "t-1", 1);
	stage_open(&s, c, ONLY(",\"credential\":\"env:AZ_TEST_TOKEN\""));
	on(c, A_CHAT, (struct fake_reply){.status = 401});
	on(c, A_CHAT, (struct fake_reply)STREAM(WHOLE("well")));
	ask(&s, anyhow, "chosen:a text done:stop");
	assert_int_equal(fake_server_count(c->server), 2);
	stage_close(&s);
}

/* One that has to be mended is left alone, unless a person asks for it by name. */
static void test_mended(void **state)
{
	struct client *c = *state;
	struct gateway_ask named = anyhow;
	struct stage s;

	stage_open(&s, c, ONLY(""));
	on(c, A_CHAT, (struct fake_reply){.status = 401});
	on(c, A_CHAT, (struct fake_reply){.status = 401});
	on(c, A_CHAT, (struct fake_reply)STREAM(WHOLE("well")));
	ask(&s, anyhow, "chosen:a failed:auth");
	ask(&s, anyhow, "failed:refused");
	assert_int_equal(fake_server_count(c->server), 2);
	named.only = "a";
	ask(&s, named, "chosen:a text done:stop");
	ask(&s, anyhow, "chosen:a text done:stop");
	stage_close(&s);
}

static struct fake_reply refused(const char *body)
{
	return (struct fake_reply){.status = 400, .body = str_from(body)};
}

static bool body_has(const struct client *c, size_t i, const char *word)
{
	return str_find(fake_server_request(c->server, i).body, str_from(word)) >= 0;
}

/* Asked again without it, at once, and from then on. */
static void test_refused_parameters(void **state)
{
	struct client *c = *state;
	struct stage s;

	stage_open(&s, c, ONLY(""));
	on(c, A_CHAT,
	   refused("{\"error\":{\"message\":\"Unsupported parameter\",\"param\":"
		   "\"max_completion_tokens\",\"code\":\"unsupported_parameter\"}}"));
	on(c, A_CHAT,
	   refused("{\"object\":\"error\",\"message\":\"stream_options is not known\","
		   "\"code\":400}"));
	on(c, A_CHAT,
	   refused("{\"error\":{\"message\":\"Unsupported value: 'temperature' does not "
		   "support 0 with this model.\",\"param\":\"temperature\",\"code\":"
		   "\"unsupported_value\"}}"));
	on(c, A_CHAT, (struct fake_reply)STREAM(WHOLE("well")));
	ask(&s, anyhow, "chosen:a text done:stop");
	assert_int_equal(fake_server_count(c->server), 4);
	assert_true(body_has(c, 0, "\"max_completion_tokens\":500"));
	assert_true(body_has(c, 1, "\"max_tokens\":500"));
	assert_true(body_has(c, 1, "stream_options"));
	assert_false(body_has(c, 2, "stream_options"));
	assert_true(body_has(c, 2, "temperature"));
	assert_false(body_has(c, 3, "temperature"));
	ask(&s, anyhow, "chosen:a text done:stop");
	assert_int_equal(fake_server_count(c->server), 5);
	assert_true(body_has(c, 4, "\"max_tokens\":500"));
	assert_false(body_has(c, 4, "temperature"));
	stage_close(&s);
}

/* It refuses what it was not sent: that is the end of it. */
static void test_refused_for_ever(void **state)
{
	struct client *c = *state;
	struct stage s;

	stage_open(&s, c, ONLY(""));
	on(c, A_CHAT,
	   refused("{\"error\":{\"message\":\"x\",\"param\":\"temperature\",\"code\":"
		   "\"unsupported_value\"}}"));
	ask(&s, anyhow, "chosen:a failed:refused");
	assert_int_equal(fake_server_count(c->server), 2);
	stage_close(&s);
}

static void test_routes(void **state)
{
	struct client *c = *state;
	struct gateway_ask question = anyhow;
	struct stage s;

	stage_open(&s, c,
		   "{\"providers\":[" P("a", "") "," P(
			   "b", ",\"local\":true") "],\"routes\":[{\"name\":\"logs\","
						   "\"kinds\":[\"log-*\"],\"endpoints\":"
						   "[\"a\",\"b\"],\"reach\":\"local\"},"
						   "{\"name\":\"all\",\"endpoints\":"
						   "[\"a\"]}]}");
	on(c, A_CHAT, (struct fake_reply)STREAM(WHOLE("well")));
	on(c, B_CHAT, (struct fake_reply)STREAM(WHOLE("well")));
	ask(&s, question, "chosen:a text done:stop");
	question.kind = "log-first";
	ask(&s, question, "chosen:b text done:stop");
	question.kind = "cost-top";
	ask(&s, question, "chosen:a text done:stop");
	question.route = "logs";
	ask(&s, question, "chosen:b text done:stop");
	question.route = NULL;
	question.only = "b";
	ask(&s, question, "chosen:b text done:stop");
	/* One that is not there is not replaced. */
	question.only = "c";
	ask(&s, question, "failed:not-found");
	question.only = NULL;
	question.route = "log";
	ask(&s, question, "failed:not-found");
	question.route = NULL;
	assert_string_equal(gateway_route(s.g, 1), "all");
	assert_null(gateway_route(s.g, 2));
	/* What must not leave does not, whoever is named. */
	question.only = "a";
	question.reach = REACH_LOCAL;
	ask(&s, question, "failed:refused");
	stage_close(&s);
}

static void test_money(void **state)
{
	struct client *c = *state;
	struct gateway_spent today;
	struct told t = {0};
	struct stage s;

	/* A thousand tokens and twenty: 0.0022. */
	stage_open(&s, c,
		   "{\"providers\":[" P("a", PRICES) "],\"budget\":{\"currency\":\"EUR\","
						     "\"day\":{\"hard\":0.004}}}");
	on(c, A_CHAT, (struct fake_reply)STREAM(WHOLE("well")));
	stage_ask(&s, &t, anyhow);
	stage_wait(&t);
	assert_true(fabs(t.money - 0.0022) < 1e-9);
	assert_int_equal(t.asked, 1000);
	assert_int_equal(t.answered, 20);
	assert_false(t.is_guess);
	told_fini(&t);
	ask(&s, anyhow, "chosen:a text done:stop");
	today = gateway_today(s.g);
	assert_int_equal(today.questions, 2);
	assert_int_equal(today.asked, 2000);
	assert_true(fabs(today.money - 0.0044) < 1e-9);
	assert_true(fabs(gateway_conversation(s.g) - 0.0044) < 1e-9);
	/* That was all there is for today. */
	ask(&s, anyhow, "failed:refused");
	gateway_conversation_begin(s.g, 0);
	assert_true(gateway_conversation(s.g) == 0);
	stage_close(&s);
}

/* What was spent before a restart counts; yesterday's does not. */
static void test_money_of_before(void **state)
{
	struct client *c = *state;
	struct gateway_spent kept;
	struct stage s;

	stage_open(&s, c,
		   "{\"providers\":[" P("a", PRICES) "],\"budget\":{\"day\":{\"hard\":1}"
						     "}}");
	on(c, A_CHAT, (struct fake_reply)STREAM(WHOLE("well")));
	kept = gateway_today(s.g);
	kept.money = 5;
	kept.day--;
	gateway_today_begin(s.g, &kept);
	ask(&s, anyhow, "chosen:a text done:stop");
	kept.day++;
	gateway_today_begin(s.g, &kept);
	ask(&s, anyhow, "failed:refused");
	stage_close(&s);
}

/* Nothing comes any more, the connection is closed, and what it cost is a guess. */
static void test_stopped(void **state)
{
	struct client *c = *state;
	struct fake_reply slow = STREAM(WHOLE("well"));
	struct told t = {.stop_at = "text"};
	struct stage s;

	stage_open(&s, c, ONLY(PRICES));
	slow.end = FAKE_HANG;
	slow.cut_at = 110;
	on(c, A_CHAT, slow);
	stage_ask(&s, &t, anyhow);
	stage_wait(&t);
	for (int i = 0; i < 20; i++)
		loop_turn(c->loop, 5);
	check_text("trail", strbuf_str(&t.trail), "chosen:a text");
	assert_true(gateway_today(s.g).money > 0);
	assert_true(gateway_today(s.g).is_guess);
	assert_int_equal(gateway_router(s.g)->health[0].busy, 0);
	told_fini(&t);
	/* From outside, and before anything came. */
	t = (struct told){0};
	stage_ask(&s, &t, anyhow);
	gateway_stop(s.g, t.id);
	gateway_stop(s.g, t.id);
	loop_turn(c->loop, 5);
	check_text("trail", strbuf_str(&t.trail), "");
	told_fini(&t);
	/* And from within the first thing that is told. */
	t = (struct told){.stop_at = "chosen"};
	stage_ask(&s, &t, anyhow);
	stage_wait(&t);
	assert_int_equal(gateway_router(s.g)->health[0].busy, 0);
	told_fini(&t);
	stage_close(&s);
}

/* One at a time: the second question waits for the first. */
static void test_one_at_a_time(void **state)
{
	struct client *c = *state;
	struct told first = {0}, second = {0};
	struct stage s;

	stage_open(&s, c, ONLY(",\"max_concurrent\":1"));
	on(c, A_CHAT, (struct fake_reply)STREAM(WHOLE("well")));
	stage_ask(&s, &first, anyhow);
	stage_ask(&s, &second, anyhow);
	stage_wait(&first);
	stage_wait(&second);
	check_text("first", strbuf_str(&first.trail), "chosen:a text done:stop");
	check_text("second", strbuf_str(&second.trail), "waits chosen:a text done:stop");
	told_fini(&first);
	told_fini(&second);
	stage_close(&s);
}

#define OLLAMA                                                                           \
	"{\"providers\":[{\"name\":\"o\",\"kind\":\"ollama\",\"base\":\"BASE\","         \
	"\"model\":\"qwen3:8b\",\"context\":8192}]}"
#define NDJSON "Content-Type: application/x-ndjson\r\n"
#define OLLAMA_SAYS                                                                      \
	"{\"model\":\"qwen3:8b\",\"message\":{\"role\":\"assistant\",\"content\":"       \
	"\"well\"},\"done\":false}\n{\"model\":\"qwen3:8b\",\"message\":{\"role\":"      \
	"\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\","        \
	"\"prompt_eval_count\":12,\"eval_count\":3}\n"

static struct fake_reply ollama(void)
{
	return (struct fake_reply){.status = 200,
				   .headers = NDJSON,
				   .is_chunked = true,
				   .piece_bytes = 60,
				   .drip_ms = 2,
				   .body = STR(OLLAMA_SAYS)};
}

static void test_ollama(void **state)
{
	struct client *c = *state;
	struct stage s;

	stage_open(&s, c, OLLAMA);
	on(c, "/api/chat", ollama());
	ask(&s, (struct gateway_ask){.reach = REACH_LOCAL}, "chosen:o text done:stop");
	assert_true(body_has(c, 0, "\"num_ctx\":8192"));
	assert_int_equal(gateway_today(s.g).asked, 12);
	assert_true(gateway_today(s.g).money == 0);
	stage_close(&s);
}

/* It says nothing while it reads its model: then it is asked what it has in memory. */
static void test_a_model_is_loaded(void **state)
{
	struct client *c = *state;
	struct fake_reply slow = ollama();
	struct stage s;

	stage_open(&s, c, OLLAMA);
	slow.delay_ms = 1000;
	on(c, "/api/chat", slow);
	fake_server_on(c->server, "GET", "/api/ps",
		       (struct fake_reply){.status = 200,
					   .body = STR(
						   "{\"models\":[{\"name\":\"x\"}]}")});
	ask(&s, (struct gateway_ask){.reach = REACH_LOCAL},
	    "chosen:o loading:o text done:stop");
	stage_close(&s);
}

static void test_a_loaded_model_is_slow(void **state)
{
	struct client *c = *state;
	struct fake_reply slow = ollama();
	struct stage s;

	stage_open(&s, c, OLLAMA);
	slow.delay_ms = 1000;
	on(c, "/api/chat", slow);
	fake_server_on(c->server, "GET", "/api/ps",
		       (struct fake_reply){
			       .status = 200,
			       .body = STR("{\"models\":[{\"name\":\"qwen3:8b\"}]}")});
	ask(&s, (struct gateway_ask){.reach = REACH_LOCAL}, "chosen:o text done:stop");
	stage_close(&s);
}

/* llama.cpp refuses until it is there. */
static void test_loading_is_waited_for(void **state)
{
	struct client *c = *state;
	struct fake_reply loading = {
		.status = 503,
		.headers = "retry-after-ms: 40\r\n",
		.body = STR("{\"error\":{\"code\":503,\"message\":\"Loading model\","
			    "\"type\":\"unavailable_error\"}}")};
	struct stage s;

	stage_open(&s, c, ONLY(",\"local\":true"));
	for (int i = 0; i < 8; i++)
		on(c, A_CHAT, loading);
	on(c, A_CHAT, (struct fake_reply)STREAM(WHOLE("well")));
	{
		struct told t = {0};

		stage_ask(&s, &t, (struct gateway_ask){.reach = REACH_LOCAL});
		stage_wait(&t);
		assert_true(str_starts(strbuf_str(&t.trail),
				       STR("chosen:a loading:a waits chosen:a ")));
		assert_true(str_ends(strbuf_str(&t.trail), STR("text done:stop")));
		told_fini(&t);
	}
	assert_int_equal(fake_server_count(c->server), 9);
	stage_close(&s);
}

static void test_warm(void **state)
{
	struct client *c = *state;
	struct stage s;

	stage_open(&s, c, OLLAMA);
	on(c, "/api/generate",
	   (struct fake_reply){.status = 200,
			       .body = STR("{\"done\":true,\"done_reason\":\"load\"}")});
	assert_string_equal(gateway_warm(s.g), "o");
	assert_null(gateway_warm(s.g));
	client_wait_for_requests(c, 1);
	check_text("body", fake_server_request(c->server, 0).body,
		   "{\"model\":\"qwen3:8b\",\"stream\":false}");
	for (int i = 0; i < 10; i++)
		loop_turn(c->loop, 5);
	assert_null(gateway_warm(s.g));
	assert_int_equal(fake_server_count(c->server), 1);
	stage_close(&s);
}

static void test_warm_given_up(void **state)
{
	struct client *c = *state;
	struct stage s;

	stage_open(&s, c, OLLAMA);
	on(c, "/api/generate", (struct fake_reply){.end = FAKE_HANG});
	gateway_warm(s.g);
	client_wait_for_requests(c, 1);
	gateway_warm_stop(s.g);
	assert_non_null(gateway_warm(s.g));
	/* Before its credential has answered, too. */
	gateway_warm_stop(s.g);
	assert_int_equal(fake_server_count(c->server), 1);
	stage_close(&s);
}

/* Closed while things are under way. */
static void test_closed_in_the_middle(void **state)
{
	struct client *c = *state;
	struct fake_reply hangs = ollama();
	struct told t = {0};
	struct stage s;

	stage_open(&s, c, OLLAMA);
	hangs.end = FAKE_HANG;
	hangs.cut_at = 100;
	on(c, "/api/chat", hangs);
	on(c, "/api/generate", hangs);
	gateway_warm(s.g);
	stage_ask(&s, &t, (struct gateway_ask){.reach = REACH_LOCAL});
	stage_wait_for(&t, "text");
	stage_close(&s);
	assert_false(t.is_over);
	told_fini(&t);
}

static void check_number(const cJSON *row, const char *name, double want)
{
	double got = NAN;

	check_case(name, json_number(row, name, &got) && fabs(got - want) < 1e-9);
}

static void test_rows(void **state)
{
	struct client *c = *state;
	struct stage s;
	const cJSON *a, *b;
	cJSON *rows;

	stage_open(&s, c,
		   "{\"providers\":[" P("a", PRICES) "," P("b", ",\"local\":true") "]}");
	on(c, A_CHAT, (struct fake_reply)STREAM(WHOLE("well")));
	on(c, A_CHAT,
	   (struct fake_reply){.status = 429, .headers = "Retry-After: 50\r\n"});
	on(c, B_CHAT, (struct fake_reply)STREAM(WHOLE("well")));
	ask(&s, anyhow, "chosen:a text done:stop");
	rows = gateway_rows(s.g);
	check_text("unused", str_from(json_text(rows->child->next, "state")), "unused");
	cJSON_Delete(rows);
	ask(&s, anyhow, "chosen:a chosen:b text done:stop");
	rows = gateway_rows(s.g);
	assert_int_equal(cJSON_GetArraySize(rows), 2);
	a = rows->child;
	b = a->next;
	check_text("state", str_from(json_text(a, "state")), "cooling");
	check_text("trouble", str_from(json_text(a, "trouble")), "busy");
	check_number(a, "cooldownSeconds", 50);
	check_number(a, "questions", 2);
	check_number(a, "answers", 1);
	check_number(a, "failures", 1);
	check_number(a, "tokensAsked", 1000);
	check_number(a, "money", 0.0022);
	assert_non_null(json_text(a, "said"));
	check_text("reach", str_from(json_text(b, "reach")), "local");
	check_text("state", str_from(json_text(b, "state")), "ready");
	assert_true(cJSON_IsNull(json_member(b, "said")));
	cJSON_Delete(rows);
	stage_close(&s);
}

static const struct {
	const char *name, *ai, *says;
} mistakes[] = {
	{"a kind", "{\"providers\":[{\"name\":\"a\",\"kind\":\"x\",\"model\":\"m\"}]}",
	 "ai.providers[0].kind: must be one of: azure-openai openai ollama"},
	{"a dialect",
	 "{\"providers\":[{\"name\":\"a\",\"kind\":\"ollama\",\"model\":\"m\","
	 "\"dialect\":\"latin\"}]}",
	 "ai.providers[0].dialect: must be one of: chat responses ollama"},
	{"no base",
	 "{\"providers\":[{\"name\":\"a\",\"kind\":\"azure-openai\",\"model\":\"m\"}]}",
	 "ai.providers[0]: needs its \"base\""},
};

static void test_mistakes(void **state)
{
	struct client *c = *state;

	for (size_t i = 0; i < COUNT(mistakes); i++) {
		struct strbuf text;
		struct config *config;
		struct err err;

		strbuf_init(&text, 4096);
		strbuf_printf(&text, "{\"ai\":%s}", mistakes[i].ai);
		config = config_parse(strbuf_str(&text), "config.json", &err);
		assert_non_null(config);
		assert_null(gateway_new(&(struct gateway_options){.loop = c->loop,
								  .http = c->http,
								  .config = config},
					&err));
		if (err.code != ERR_CONFIG || !strstr(err.text, mistakes[i].says))
			fail_msg("%s: %s", mistakes[i].name, err.text);
		config_free(config);
		strbuf_fini(&text);
	}
}

#define WITH_CLIENT(test)                                                                \
	cmocka_unit_test_setup_teardown(test, client_setup, client_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses_and_keys),
		WITH_CLIENT(test_a_fresh_token),
		WITH_CLIENT(test_mended),
		WITH_CLIENT(test_refused_parameters),
		WITH_CLIENT(test_refused_for_ever),
		WITH_CLIENT(test_routes),
		WITH_CLIENT(test_money),
		WITH_CLIENT(test_money_of_before),
		WITH_CLIENT(test_stopped),
		WITH_CLIENT(test_one_at_a_time),
		WITH_CLIENT(test_ollama),
		WITH_CLIENT(test_a_model_is_loaded),
		WITH_CLIENT(test_a_loaded_model_is_slow),
		WITH_CLIENT(test_loading_is_waited_for),
		WITH_CLIENT(test_warm),
		WITH_CLIENT(test_warm_given_up),
		WITH_CLIENT(test_closed_in_the_middle),
		WITH_CLIENT(test_rows),
		WITH_CLIENT(test_mistakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
