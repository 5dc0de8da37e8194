/* The desk behind the chat, on a real loop, with no model and no board: what is asked is
 * answered by the guide, conversations with a name are kept sealed, and found again. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/keychain.h"
#include "base/json.h"
#include "unit/scratch.h"
#include "wire/client.h"
#include "worker/chat/chat_desk.h"

enum { MOST_NEWS = 64, TURNS_MOST = 20000 };

struct stage {
	struct client *client;
	struct library *library;
	struct config *config;
	struct keychain keychain;
	struct gateway *gateway;
	struct chat_desk *desk;
	struct chat_news *news[MOST_NEWS];
	size_t n;
	uint64_t last_id;
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
	struct stage *s = ctx;

	(void)id;
	assert_true(s->n < MOST_NEWS);
	s->news[s->n++] = news;
}

static void open_desk(struct stage *s, const char *dir)
{
	s->desk = chat_desk_new(&(struct chat_desk_options){
		.loop = s->client->loop,
		.clock = &s->client->clock,
		.library = s->library,
		.config = s->config,
		.gateway = s->gateway,
		.keychain = &s->keychain,
		.chats_dir = dir,
		.board = no_board,
		.can_be_had = cannot_be_had,
		.wants = wants,
		.tell = take,
		.ctx = s,
	});
}

static void forget(struct stage *s)
{
	for (size_t i = 0; i < s->n; i++)
		chat_news_free(s->news[i]);
	s->n = 0;
}

static void begin(struct stage *s, void **state, const char *dir)
{
	struct err err;

	*s = (struct stage){.client = *state};
	setenv("XDG_DATA_HOME", scratch_path("data"), 1);
	setenv("XDG_STATE_HOME", scratch_path("state"), 1);
	setenv("XDG_CONFIG_HOME", scratch_path("config"), 1);
	unsetenv("AZDECK_PASSPHRASE_FILE");
	s->library = library_new(NULL, NULL, NULL);
	s->config = config_parse(STR("{}"), "none", &err);
	assert_non_null(s->config);
	keychain_init(&s->keychain);
	s->gateway = gateway_new(&(struct gateway_options){.loop = s->client->loop,
							   .http = s->client->http,
							   .config = s->config},
				 &err);
	assert_non_null(s->gateway);
	open_desk(s, dir);
}

static void end(struct stage *s)
{
	forget(s);
	chat_desk_free(s->desk);
	gateway_free(s->gateway);
	keychain_fini(&s->keychain);
	config_free(s->config);
	library_free(s->library);
}

/* Until the desk has said this; what came before it is passed over. */
static struct chat_news *wait_for(struct stage *s, enum chat_step step)
{
	for (int i = 0; i < TURNS_MOST; i++) {
		for (size_t k = 0; k < s->n; k++)
			if (s->news[k]->step == step)
				return s->news[k];
		loop_turn(s->client->loop, 10);
	}
	fail_msg("step %d did not come", (int)step);
	return NULL;
}

static uint64_t ask(struct stage *s, const char *text)
{
	uint64_t id = ++s->last_id;

	forget(s);
	chat_desk_ask(s->desk, id, &(struct chat_question){.text = text});
	return id;
}

static void converse(struct stage *s, const char *name)
{
	forget(s);
	chat_desk_converse(s->desk, ++s->last_id, name);
}

static void test_the_guide_answers(void **state)
{
	const struct chat_news *news;
	struct stage s;
	uint64_t id;

	begin(&s, state, scratch_path("chats-a"));
	id = ask(&s, "how do i fail over a database?");
	news = wait_for(&s, CHAT_ANSWER);
	assert_true(news->question == id && news->is_over && news->answer.is_guide);
	assert_int_equal(news->answer.type, ANSWER_HOWTO);
	assert_true(answer_has_said(&news->answer, SAYS_NO_MODEL));
	ask(&s, "approve my own change");
	assert_int_equal(wait_for(&s, CHAT_ANSWER)->answer.type, ANSWER_REFUSE);
	/* Nothing was named, so nothing is kept. */
	assert_int_not_equal(access(scratch_path("chats-a"), F_OK), 0);
	end(&s);
}

static void test_stopped(void **state)
{
	const struct chat_news *news;
	struct stage s;
	uint64_t id;

	begin(&s, state, NULL);
	id = ask(&s, "which certificates expire?");
	chat_desk_stop(s.desk, id);
	news = wait_for(&s, CHAT_ANSWER);
	assert_int_equal(news->answer.n_unknowns, 1);
	/* The runbooks may still be on the pool. */
	end(&s);
}

/* Jobs are done one after the other: what was to be written is written then. */
static void wait_for_files(struct stage *s)
{
	forget(s);
	chat_desk_search(s->desk, ++s->last_id, "anything");
	wait_for(s, CHAT_TOLD);
	forget(s);
}

static void check_kept(void **state, const char *dir)
{
	struct chat_news *news;
	struct stage s;

	begin(&s, state, dir);
	converse(&s, "night of the \xe2\x82\xac/budget");
	assert_non_null(strstr(wait_for(&s, CHAT_TOLD)->text.p, "begins"));
	gateway_conversation_begin(s.gateway, 1.5);
	ask(&s, "how do i fail over a database?");
	wait_for(&s, CHAT_ANSWER);
	converse(&s, NULL);
	assert_true(gateway_conversation(s.gateway) == 0);
	wait_for_files(&s);
	if (dir) {
		chat_desk_free(s.desk);
		open_desk(&s, dir);
	}
	forget(&s);
	chat_desk_search(s.desk, ++s.last_id, "FAIL OVER");
	assert_non_null(strstr(wait_for(&s, CHAT_TOLD)->text.p, "/budget**"));
	forget(&s);
	chat_desk_search(s.desk, ++s.last_id, "no such words");
	assert_non_null(strstr(wait_for(&s, CHAT_TOLD)->text.p, "No conversation"));
	converse(&s, "night of the \xe2\x82\xac/budget");
	news = wait_for(&s, CHAT_WAS);
	assert_string_equal(news->text.p, "how do i fail over a database?");
	assert_int_equal(news->answer.type, ANSWER_HOWTO);
	assert_true(news->question & CHAT_OLD);
	assert_non_null(strstr(wait_for(&s, CHAT_TOLD)->text.p, "1 questions"));
	/* Its cap is not walked around. */
	assert_true(gateway_conversation(s.gateway) == 1.5);
	end(&s);
}

/* What completes: nobody is configured here, and what was kept is named. */
static void test_names(void **state)
{
	struct stage s;

	begin(&s, state, scratch_path("chats-n"));
	chat_desk_open(s.desk, ++s.last_id, true);
	assert_string_equal(wait_for(&s, CHAT_NAMES)->text.p, "/route guide\n");
	converse(&s, ".a night/of");
	wait_for(&s, CHAT_TOLD);
	ask(&s, "how do i fail over a database?");
	wait_for(&s, CHAT_ANSWER);
	wait_for_files(&s);
	chat_desk_open(s.desk, ++s.last_id, true);
	assert_string_equal(wait_for(&s, CHAT_NAMES)->text.p,
			    "/route guide\n/open .a night/of\n");
	chat_desk_open(s.desk, ++s.last_id, false);
	end(&s);
}

static void test_kept_sealed(void **state)
{
	struct strbuf found;

	check_kept(state, scratch_path("chats-b"));
	/* Nobody reads it without the key. */
	strbuf_init(&found, 4096);
	strbuf_printf(&found, "! grep -rqa 'fail over' '%s'", scratch_path("chats-b"));
	assert_int_equal(system(found.p), 0);
	strbuf_fini(&found);
}

static void test_kept_in_memory(void **state)
{
	check_kept(state, NULL);
}

static void test_damaged(void **state)
{
	struct stage s;
	char *dir = strdup(scratch_path("chats-c"));
	struct strbuf path;

	begin(&s, state, dir);
	converse(&s, "one");
	wait_for(&s, CHAT_TOLD);
	ask(&s, "how do i fail over a database?");
	wait_for(&s, CHAT_ANSWER);
	converse(&s, NULL);
	wait_for_files(&s);
	strbuf_init(&path, 4096);
	strbuf_printf(
		&path,
		"printf x | dd of='%s/one.chat' bs=1 seek=60 conv=notrunc 2>/dev/null",
		dir);
	assert_int_equal(system(path.p), 0);
	strbuf_fini(&path);
	forget(&s);
	chat_desk_search(s.desk, ++s.last_id, "fail over");
	assert_non_null(strstr(wait_for(&s, CHAT_TOLD)->text.p, "1 could not be opened"));
	converse(&s, "one");
	assert_int_not_equal(wait_for(&s, CHAT_FAILED)->err.code, ERR_NONE);
	end(&s);
	free(dir);
}

static double figure(const struct stage *s, const char *route, const char *name)
{
	cJSON *rows = cJSON_CreateArray(), *row;
	double value = -1;

	chat_desk_put_scores(s->desk, rows);
	cJSON_ArrayForEach (row, rows)
		if (strcmp(json_text(row, "name"), route) == 0)
			json_number(row, name, &value);
	cJSON_Delete(rows);
	return value;
}

static void test_judged(void **state)
{
	struct stage s;
	uint64_t id;

	begin(&s, state, scratch_path("chats-d"));
	id = ask(&s, "how do i fail over a database?");
	wait_for(&s, CHAT_ANSWER);
	assert_true(figure(&s, "guide", "answers") == 1);
	forget(&s);
	chat_desk_rate(s.desk, ++s.last_id, id, true, "");
	assert_non_null(strstr(wait_for(&s, CHAT_TOLD)->text.p, "kept"));
	assert_true(figure(&s, "guide", "helped") == 1);
	forget(&s);
	chat_desk_rate(s.desk, ++s.last_id, id, false, "the wrong group");
	wait_for(&s, CHAT_TOLD);
	assert_true(figure(&s, "guide", "helped") == 0);
	assert_true(figure(&s, "guide", "notHelped") == 1);
	forget(&s);
	chat_desk_rate(s.desk, ++s.last_id, 4711, true, "");
	assert_non_null(strstr(wait_for(&s, CHAT_TOLD)->text.p, "no such answer"));
	end(&s);
}

static int set_up(void **state)
{
	void *client = NULL;
	int rc = client_setup(&client);

	*state = client;
	return rc;
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, client_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_the_guide_answers),
		TEST(test_names),
		TEST(test_stopped),
		TEST(test_kept_sealed),
		TEST(test_kept_in_memory),
		TEST(test_damaged),
		TEST(test_judged),
	};

	return cmocka_run_group_tests_name("chat-desk", tests, scratch_make,
					   scratch_drop);
}
