/* Vectors of runbooks through the desk, the gateway and the simulator's embedding
 * deployment: made once, kept, made anew for another model, and used for questions in
 * prose alone; and a question through its responses. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "knowledge/knowledge_vectors.h"
#include "sim/sim.h"
#include "unit/gateway_stage.h"
#include "unit/scratch.h"
#include "worker/chat/chat_desk.h"

enum { TURNS_MOST = 4000, BATCH = 16 };

#define AI(dims)                                                                         \
	"{\"providers\":[{\"name\":\"a\",\"kind\":\"azure-openai\",\"base\":\"BASE"      \
	"/_openai/oai-atlas-prod-weu\",\"model\":\"chat\",\"credential\":\"sim\"}],"     \
	"\"embeddings\":{\"endpoint\":\"a\",\"model\":\"embed\",\"dimensions\":" dims    \
	"}}"

struct scene {
	struct client *client;
	struct sim *sim;
	struct chat_model model;
	struct stage stage;
	struct library *library;
	struct chat_desk *desk;
	struct chat_news *answer; /* of the last question */
	uint64_t last_id;
	/* What there is, read beside it. */
	struct knowledge *knowledge;
	char path[200];
};

static struct board *no_board(void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
	return NULL;
}

static bool cannot_be_had(void *ctx, const struct board_def *def)
{
	(void)ctx;
	(void)def;
	return false;
}

static void wants(void *ctx)
{
	(void)ctx;
}

static void take(void *ctx, uint64_t id, struct chat_news *news)
{
	struct scene *x = ctx;

	(void)id;
	if (news->step != CHAT_ANSWER) {
		chat_news_free(news);
		return;
	}
	chat_news_free(x->answer);
	x->answer = news;
}

static void open_desk(struct scene *x, const char *ai)
{
	stage_open_at(&x->stage, x->client, ai, sim_url(x->sim));
	x->desk = chat_desk_new(&(struct chat_desk_options){
		.loop = x->client->loop,
		.clock = &x->client->clock,
		.library = x->library,
		.config = x->stage.config,
		.gateway = x->stage.g,
		.vectors_path = x->path,
		.board = no_board,
		.can_be_had = cannot_be_had,
		.wants = wants,
		.tell = take,
		.ctx = x,
	});
}

static void close_desk(struct scene *x)
{
	chat_desk_free(x->desk);
	x->desk = NULL;
	stage_close(&x->stage);
}

static void begin(struct scene *x, void **state, const char *file)
{
	struct err err;
	size_t n;

	*x = (struct scene){.client = *state};
	setenv("XDG_CONFIG_HOME", scratch_path("config"), 1);
	snprintf(x->path, sizeof(x->path), "%s", scratch_path(file));
	chat_model_init(&x->model, &x->desk);
	x->sim = sim_new(x->client->loop,
			 &(struct sim_options){.seed = 1,
					       .clock = &x->client->clock,
					       .model = &x->model.model},
			 &err);
	assert_non_null(x->sim);
	x->library = library_new(NULL, NULL, NULL);
	x->knowledge = knowledge_new(NULL, 0, &err);
	assert_true(x->knowledge && knowledge_refresh(x->knowledge, &n, &err));
}

static void end(struct scene *x)
{
	close_desk(x);
	chat_news_free(x->answer);
	knowledge_free(x->knowledge);
	library_free(x->library);
	sim_free(x->sim);
	chat_model_fini(&x->model);
}

/* How many sections have one on disk. */
static size_t kept(struct scene *x)
{
	struct err err;
	struct vector_store *s = vector_store_look(x->path, &err);

	if (!s)
		return 0;
	knowledge_load_vectors(x->knowledge, s, str_from(gateway_embedder(x->stage.g)));
	vector_store_close(s);
	return knowledge_with_vectors(x->knowledge);
}

static void wait_for_kept(struct scene *x, size_t least)
{
	for (int i = 0; i < TURNS_MOST && kept(x) < least; i++)
		for (int turn = 0; turn < 5; turn++)
			loop_turn(x->client->loop, 5);
	assert_true(kept(x) >= least);
	/* What is on disk counts soon. */
	for (int turn = 0; turn < 10; turn++)
		loop_turn(x->client->loop, 1);
}

/* Times that vectors were asked for. */
static size_t asked(const struct scene *x)
{
	cJSON *rows = gateway_rows(x->stage.g);
	double n = -1;

	json_number(cJSON_GetArrayItem(rows, 1), "questions", &n);
	cJSON_Delete(rows);
	return (size_t)n;
}

static const struct chat_news *ask(struct scene *x, const char *text, const char *route)
{
	chat_news_free(x->answer);
	x->answer = NULL;
	chat_desk_ask(x->desk, ++x->last_id,
		      &(struct chat_question){.text = text, .route = route});
	for (int i = 0; i < TURNS_MOST && !x->answer; i++)
		loop_turn(x->client->loop, 5);
	assert_non_null(x->answer);
	assert_int_equal(x->answer->step, CHAT_ANSWER);
	return x->answer;
}

static size_t batches(const struct scene *x)
{
	return (knowledge_sections(x->knowledge) + BATCH - 1) / BATCH;
}

static void made_once_and_used_for_prose(void **state)
{
	const struct chat_news *news;
	struct scene x;
	size_t n;

	begin(&x, state, "once.db");
	open_desk(&x, AI("256"));
	chat_desk_open(x.desk, ++x.last_id, true);
	wait_for_kept(&x, knowledge_sections(x.knowledge));
	n = asked(&x);
	assert_int_equal(n, batches(&x));
	news = ask(&x, "how do i make the database stronger?", NULL);
	assert_int_equal(news->answer.type, ANSWER_HOWTO);
	assert_int_equal(asked(&x), n + 1);
	/* Codes are for words; who wants the guide wants nobody else. */
	ask(&x, "how do i solve 40544?", NULL);
	ask(&x, "how do i renew a certificate?", "guide");
	assert_int_equal(asked(&x), n + 1);
	/* Another azdeck, later. */
	close_desk(&x);
	open_desk(&x, AI("256"));
	chat_desk_open(x.desk, ++x.last_id, true);
	ask(&x, "how do i renew a certificate?", NULL);
	assert_int_equal(asked(&x), 1);
	end(&x);
}

static void a_stop_in_the_middle_costs_a_batch(void **state)
{
	struct scene x;
	size_t had;

	begin(&x, state, "middle.db");
	open_desk(&x, AI("64"));
	chat_desk_open(x.desk, ++x.last_id, true);
	wait_for_kept(&x, 3 * BATCH);
	had = kept(&x);
	close_desk(&x);
	open_desk(&x, AI("64"));
	chat_desk_open(x.desk, ++x.last_id, true);
	wait_for_kept(&x, knowledge_sections(x.knowledge));
	assert_true(asked(&x) <= batches(&x) - had / BATCH + 1);
	/* Another model: all of them again. */
	close_desk(&x);
	open_desk(&x, AI("32"));
	chat_desk_open(x.desk, ++x.last_id, true);
	assert_int_equal(kept(&x), 0);
	wait_for_kept(&x, knowledge_sections(x.knowledge));
	assert_int_equal(asked(&x), batches(&x));
	end(&x);
}

/* An answer comes without them, and why there are none is kept. */
static void without_an_embedder_words_are_enough(void **state)
{
	struct vector_status status = {.newest_ms = 1};
	struct vector_store *s = NULL;
	struct scene x;
	struct err err;

	begin(&x, state, "refused.db");
	open_desk(&x,
		  "{\"providers\":[{\"name\":\"a\",\"kind\":\"azure-openai\",\"base\":"
		  "\"BASE/_openai/oai-atlas-prod-weu\",\"model\":\"chat\","
		  "\"credential\":\"sim\"}],\"embeddings\":{\"endpoint\":\"a\","
		  "\"model\":\"nobody\"}}");
	chat_desk_open(x.desk, ++x.last_id, true);
	ask(&x, "how do i renew a certificate?", NULL);
	assert_int_equal(x.answer->answer.type, ANSWER_HOWTO);
	for (int i = 0; i < TURNS_MOST && !status.error[0]; i++) {
		loop_turn(x.client->loop, 5);
		s = vector_store_look(x.path, &err);
		if (s)
			vector_store_status(s, STR("a/nobody"), &status);
		vector_store_close(s);
	}
	assert_non_null(strstr(status.error, "deployment"));
	assert_int_equal(status.newest_ms, 0);
	end(&x);
}

/* The other way in which Azure OpenAI speaks: with a look-up, and then the answer. */
static void asked_through_responses(void **state)
{
	const struct chat_news *news;
	struct scene x;

	begin(&x, state, "responses.db");
	open_desk(&x, "{\"providers\":[{\"name\":\"a\",\"kind\":\"azure-openai\","
		      "\"base\":\"BASE/_openai/oai-atlas-prod-weu\",\"model\":\"chat\","
		      "\"credential\":\"sim\",\"dialect\":\"responses\"}]}");
	news = ask(&x, "how does the budget of Atlas stand?", NULL);
	assert_false(news->answer.is_guide);
	assert_string_equal(news->answer.route, "a");
	assert_true(news->answer.tokens_in > 0 && news->answer.tokens_out > 0);
	assert_non_null(strstr(news->sent.p, "calls query_board"));
	assert_true(news->answer.prose.n > 0);
	end(&x);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, client_setup, client_teardown)
	const struct CMUnitTest tests[] = {
		TEST(made_once_and_used_for_prose),
		TEST(a_stop_in_the_middle_costs_a_batch),
		TEST(without_an_embedder_words_are_enough),
		TEST(asked_through_responses),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
