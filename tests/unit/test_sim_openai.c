/* The simulator's Azure OpenAI through the gateway: what a model says comes out of it as
 * it went in, in the events that Azure sends, and its refusals are understood. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/json.h"
#include "sim/sim.h"
#include "unit/gateway_stage.h"
#include "worker/apart/apart_model.h"

#define BASE(keys)                                                                       \
	"{\"providers\":[{\"name\":\"a\",\"kind\":\"azure-openai\",\"base\":"            \
	"\"BASE/_openai/oai-atlas-prod-weu\"," keys "}]}"

/* Who speaks: as told, after being asked three times. */
struct speaker {
	struct sim_model model;
	const char *text, *call, *arguments;
	int asked, over;
	uint64_t question;
	char last[400]; /* its body */
};

static bool speak(void *ctx, uint64_t question, const cJSON *body, struct sim_said *out)
{
	struct speaker *s = ctx;
	struct strbuf text;

	strbuf_init(&text, 4096);
	json_print(&text, body);
	snprintf(s->last, sizeof(s->last), "%.399s", text.p);
	strbuf_fini(&text);
	s->question = question;
	if (++s->asked < 3)
		return false;
	strbuf_puts(&out->text, s->text);
	if (s->call) {
		snprintf(out->calls[0].name, sizeof(out->calls[0].name), "%s", s->call);
		strbuf_puts(&out->calls[0].arguments, s->arguments);
		out->n_calls = 1;
	}
	return true;
}

static void over(void *ctx, uint64_t question)
{
	struct speaker *s = ctx;

	assert_int_equal(question, s->question);
	s->over++;
}

struct scene {
	struct client *client;
	struct sim *sim;
	struct speaker speaker;
	struct apart_model apart; /* to it, from the simulator's thread */
	struct stage stage;
};

static void open_sim(struct scene *x, struct client *client, const char *fault,
		     bool is_mute)
{
	struct err err;

	*x = (struct scene){.client = client,
			    .speaker = {
				    .text = "The lag is [S:dr.group[atlas].lag_sec] – "
					    "within its target."}};
	x->speaker.model =
		(struct sim_model){.answer = speak, .over = over, .ctx = &x->speaker};
	x->sim = sim_new(client->loop,
			 &(struct sim_options){.seed = 1,
					       .clock = &client->clock,
					       .faults = &fault,
					       .n_faults = fault != NULL,
					       .model = is_mute ? NULL
								: &x->speaker.model},
			 &err);
	if (!x->sim)
		fail_msg("%s", err.text);
}

static void close_sim(struct scene *x)
{
	stage_close(&x->stage);
	sim_free(x->sim);
}

static void test_the_demo(void **state)
{
	struct scene x;
	struct told t = {0};

	open_sim(&x, *state, NULL, false);
	stage_open_sim(&x.stage, x.client, sim_url(x.sim));
	stage_ask(&x.stage, &t, (struct gateway_ask){.reach = REACH_CLOUD});
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail), "chosen:azure text done:stop");
	check_text("text", strbuf_str(&t.text), x.speaker.text);
	assert_int_equal(x.speaker.asked, 3);
	assert_int_equal(x.speaker.over, 1);
	assert_non_null(strstr(x.speaker.last, "is the lag all right?"));
	assert_true(t.asked > 0 && t.answered > 0 && t.money > 0);
	assert_false(t.is_guess);
	told_fini(&t);
	close_sim(&x);
}

static void check_rows(struct gateway *g)
{
	cJSON *rows = gateway_rows(g);
	double left = 0;

	check_text("model", str_from(json_text(rows->child, "model")), "chat");
	check_text("state", str_from(json_text(rows->child, "state")), "ready");
	assert_true(json_number(rows->child, "leftTokens", &left) && left > 1000);
	assert_true(json_number(rows->child, "firstWordMs", &left) && left > 0);
	cJSON_Delete(rows);
}

/* What came as a call, put together again. */
struct said {
	char call[64], arguments[200], id[96];
	enum reply_end end;
	bool is_over;
};

static void hear(const struct gateway_news *n, void *ctx)
{
	struct said *h = ctx;

	h->is_over = n->step == GATEWAY_DONE || n->step == GATEWAY_FAILED;
	if (n->step != GATEWAY_DONE || !n->reply->n_calls)
		return;
	h->end = n->reply->end;
	snprintf(h->call, sizeof(h->call), "%s", n->reply->calls[0].name);
	snprintf(h->id, sizeof(h->id), "%s", n->reply->calls[0].id);
	snprintf(h->arguments, sizeof(h->arguments), "%s",
		 n->reply->calls[0].arguments.p);
}

/* Of the demo, or of a configuration; each with the way it speaks. */
static void check_calls(void **state, const char *ai)
{
	static const struct turn_message message = {.role = TURN_USER,
						    .text = {"lag?", 4}};
	struct turn turn = {.messages = &message, .n_messages = 1, .temperature = -1};
	struct turn_tool tool = {.name = "board_rows", .about = "rows"};
	struct said h = {0};
	struct scene x;

	open_sim(&x, *state, NULL, false);
	x.speaker.text = "";
	x.speaker.call = "board_rows";
	x.speaker.arguments = "{\"board\":\"dr\",\"query\":\"[?lag > `60`].name\"}";
	if (ai)
		stage_open_at(&x.stage, x.client, ai, sim_url(x.sim));
	else
		stage_open_sim(&x.stage, x.client, sim_url(x.sim));
	tool.parameters = cJSON_Parse("{\"type\":\"object\"}");
	turn.tools = &tool;
	turn.n_tools = 1;
	gateway_ask(x.stage.g, &(struct gateway_ask){.turn = &turn, .reach = REACH_CLOUD},
		    hear, &h);
	cJSON_Delete((cJSON *)tool.parameters);
	for (int i = 0; !h.is_over && i < 400; i++)
		loop_turn(x.client->loop, 50);
	assert_int_equal(h.end, REPLY_CALLS);
	assert_string_equal(h.call, "board_rows");
	assert_string_equal(h.arguments, x.speaker.arguments);
	assert_int_equal(strncmp(h.id, "call_", 5), 0);
	assert_non_null(strstr(x.speaker.last, "board_rows"));
	check_rows(x.stage.g);
	close_sim(&x);
}

#define RESPONSES(key)                                                                   \
	BASE("\"model\":\"chat\",\"dialect\":\"responses\",\"credential\":\"" key "\"")

static void test_calls_come_in_pieces(void **state)
{
	check_calls(state, NULL);
}

static void test_calls_of_responses(void **state)
{
	check_calls(state, RESPONSES("sim"));
}

static const struct {
	const char *name, *ai;
	bool is_mute;
	const char *fault, *trail, *says;
} cases[] = {
	{"a key", BASE("\"model\":\"chat\",\"credential\":\"key\""), false, NULL,
	 "chosen:a text done:stop", NULL},
	{"responses", RESPONSES("key"), false, NULL, "chosen:a text done:stop", NULL},
	{"responses of one that embeds",
	 BASE("\"model\":\"embed\",\"credential\":\"key\",\"dialect\":\"responses\""),
	 false, NULL, "chosen:a failed:refused",
	 "does not work with the specified model"},
	{"the older addresses",
	 BASE("\"model\":\"chat\",\"credential\":\"key\",\"api_version\":\"2024-10-21\""),
	 false, NULL, "chosen:a text done:stop", NULL},
	{"a version that never was",
	 BASE("\"model\":\"chat\",\"credential\":\"key\",\"api_version\":\"2024-13-01\""),
	 false, NULL, "chosen:a failed:not-found", "Resource not found"},
	{"nobody speaks", BASE("\"model\":\"chat\",\"credential\":\"key\""), true, NULL,
	 "chosen:a failed:not-found", "deployment for this resource does not exist"},
	{"another deployment", BASE("\"model\":\"chad\",\"credential\":\"key\""), false,
	 NULL, "chosen:a failed:not-found",
	 "deployment for this resource does not exist"},
	{"one that embeds", BASE("\"model\":\"embed\",\"credential\":\"key\""), false,
	 NULL, "chosen:a failed:refused", "does not work with the specified model"},
	{"nobody", BASE("\"model\":\"chat\""), false, NULL, "chosen:a failed:auth",
	 "Access token is missing"},
	{"another token", BASE("\"model\":\"chat\",\"credential\":\"env:AZ_TEST_TOKEN\""),
	 false, NULL, "chosen:a failed:auth", "Access token is missing"},
	{"throttled", BASE("\"model\":\"chat\",\"credential\":\"key\""), false,
	 "429:/_openai/*", "chosen:a failed:throttled", "being throttled"},
	{"a page", BASE("\"model\":\"chat\",\"credential\":\"key\""), false,
	 "502:/_openai/*", "chosen:a failed:service", NULL},
	{"a filtered question", BASE("\"model\":\"chat\",\"credential\":\"key\""), false,
	 "filter:/_openai/*", "chosen:a failed:refused", "violence"},
	{"a filtered answer", BASE("\"model\":\"chat\",\"credential\":\"key\""), false,
	 "filtered:/_openai/*", "chosen:a text done:filtered", NULL},
	{"an error in the stream", BASE("\"model\":\"chat\",\"credential\":\"key\""),
	 false, "stream-error:/_openai/*", "chosen:a text again:a failed:service",
	 "had an error"},
	{"cut", BASE("\"model\":\"chat\",\"credential\":\"key\""), false,
	 "cut:/_openai/*", "chosen:a text again:a failed:network", NULL},
};

static void test_cases(void **state)
{
	(void)state;
	setenv("AZ_TEST_MODEL_KEY", OPENAI_SIM_KEY, 1);
	setenv("AZ_TEST_TOKEN", "eyJhbGciOiJIUzI1NiJ9.e30.c2ln", 1);
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *client = NULL;
		struct scene x;
		struct told t = {0};

		assert_int_equal(client_setup(&client), 0);
		open_sim(&x, client, cases[i].fault, cases[i].is_mute);
		x.speaker.text = "One, two, three, four, five, six, seven, eight, nine, "
				 "ten, eleven, twelve, thirteen, fourteen, fifteen and "
				 "sixteen, seventeen, eighteen, nineteen, twenty.";
		stage_open_at(&x.stage, client, cases[i].ai, sim_url(x.sim));
		stage_ask(&x.stage, &t,
			  (struct gateway_ask){.reach = REACH_CLOUD,
					       .deadline_ms = 1500});
		stage_wait(&t);
		check_text(cases[i].name, strbuf_str(&t.trail), cases[i].trail);
		if (cases[i].says && !strstr(t.err.text, cases[i].says))
			fail_msg("%s: %s", cases[i].name, t.err.text);
		told_fini(&t);
		close_sim(&x);
		client_teardown(&client);
	}
}

/* Nobody listens any more: who speaks is told. */
static void test_stopped(void **state)
{
	struct scene x;
	struct told t = {.stop_at = "text"};

	open_sim(&x, *state, NULL, false);
	stage_open_sim(&x.stage, x.client, sim_url(x.sim));
	stage_ask(&x.stage, &t, (struct gateway_ask){.reach = REACH_CLOUD});
	stage_wait(&t);
	for (int i = 0; !x.speaker.over && i < 200; i++)
		loop_turn(x.client->loop, 50);
	assert_int_equal(x.speaker.over, 1);
	assert_true(gateway_today(x.stage.g).money > 0);
	assert_true(gateway_today(x.stage.g).is_guess);
	told_fini(&t);
	close_sim(&x);
}

static void read_asked(void *apart)
{
	apart_model_read(apart);
}

static void open_apart(struct scene *x, struct client *client)
{
	struct err err;

	*x = (struct scene){.client = client, .speaker = {.text = "All is well."}};
	x->speaker.model =
		(struct sim_model){.answer = speak, .over = over, .ctx = &x->speaker};
	apart_model_init(&x->apart, &x->speaker.model, loop_wake, client->loop);
	loop_on_wake(client->loop, read_asked, &x->apart);
	x->sim = sim_new(client->loop,
			 &(struct sim_options){.seed = 1,
					       .clock = &client->clock,
					       .is_apart = true,
					       .model = &x->apart.model},
			 &err);
	assert_non_null(x->sim);
	stage_open_sim(&x->stage, client, sim_url(x->sim));
}

static void close_apart(struct scene *x)
{
	stage_close(&x->stage);
	sim_free(x->sim);
	loop_on_wake(x->client->loop, NULL, NULL);
	apart_model_fini(&x->apart);
}

/* The simulator on a thread of its own: who speaks is asked on this one, until it is
 * said, and told that it is over. */
static void test_apart(void **state)
{
	struct scene x;
	struct told t = {0};

	open_apart(&x, *state);
	stage_ask(&x.stage, &t, (struct gateway_ask){.reach = REACH_CLOUD});
	stage_wait(&t);
	check_text("trail", strbuf_str(&t.trail), "chosen:azure text done:stop");
	check_text("text", strbuf_str(&t.text), x.speaker.text);
	assert_int_equal(x.speaker.asked, 3);
	while (!x.speaker.over)
		loop_turn(x.client->loop, 50);
	assert_int_equal(x.speaker.over, 1);
	told_fini(&t);
	close_apart(&x);
}

/* It ends in the middle of a question. */
static void test_apart_ends(void **state)
{
	struct scene x;
	struct told t = {0};

	open_apart(&x, *state);
	x.speaker.asked = -1000000;
	stage_ask(&x.stage, &t, (struct gateway_ask){.reach = REACH_CLOUD});
	while (x.speaker.asked == -1000000)
		loop_turn(x.client->loop, 50);
	close_apart(&x);
	told_fini(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_the_demo, client_setup,
						client_teardown),
		cmocka_unit_test_setup_teardown(test_calls_come_in_pieces, client_setup,
						client_teardown),
		cmocka_unit_test_setup_teardown(test_calls_of_responses, client_setup,
						client_teardown),
		cmocka_unit_test_setup_teardown(test_apart, client_setup,
						client_teardown),
		cmocka_unit_test_setup_teardown(test_apart_ends, client_setup,
						client_teardown),
		cmocka_unit_test(test_cases),
		cmocka_unit_test_setup_teardown(test_stopped, client_setup,
						client_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
