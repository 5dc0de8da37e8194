/* The chat on screen: how it looks at three sizes and in each state, and what keys do. */
#include "unit/check.h"

#include "base/count.h"
#include "screen/chat_stage.h"
#include "tui/app_part.h"

static void open_asked(struct chat_stage *c, int w, int h, bool is_ascii)
{
	chat_stage_open(c, &(struct stage_options){.w = w, .h = h, .is_ascii = is_ascii});
	stage_keys(&c->stage, "C 'why-is-db-atlas-slow' enter");
}

static void open_answered(struct chat_stage *c, int w, int h, bool is_ascii)
{
	struct answer answer;

	open_asked(c, w, h, is_ascii);
	chat_stage_make(&answer);
	chat_stage_answer(c, &answer, "{\"messages\": [\"\033[31mred\"]}");
	stage_draw(&c->stage);
}

static void test_looks(void **state)
{
	static const struct {
		int w, h;
		bool is_ascii;
		const char *name;
	} cases[] = {{80, 24, false, "chat-80x24"},
		     {120, 40, false, "chat-120x40"},
		     {200, 60, false, "chat-200x60"},
		     {80, 24, true, "chat-ascii"},
		     {40, 12, false, "chat-40x12"}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct chat_stage c;

		open_answered(&c, cases[i].w, cases[i].h, cases[i].is_ascii);
		stage_golden(&c.stage, cases[i].name);
		chat_stage_close(&c);
	}
}

static void test_states(void **state)
{
	struct chat_stage c;

	(void)state;
	chat_stage_open(&c, &(struct stage_options){.w = 80, .h = 24});
	stage_keys(&c.stage, "C");
	stage_golden(&c.stage, "chat-empty");
	stage_keys(&c.stage, "'/'");
	stage_golden(&c.stage, "chat-commands");
	stage_keys(&c.stage, "ctrl-u 'could-atlas-fail-over?' enter");
	chat_stage_step(&c, CHAT_READS, "reads dr-groups, dr-items");
	stage_golden(&c.stage, "chat-reads");
	c.stage.clock.mono_ms += 12000;
	chat_stage_step(&c, CHAT_ROUTE,
			"loading llama3.2: it is asked because data of "
			"this kind stays here");
	stage_golden(&c.stage, "chat-waits");
	chat_stage_grow(&c, "Atlas could fail over.\n\n", "Its lag is [S:dr.group");
	stage_keys(&c.stage, "'and-what-then'");
	stage_golden(&c.stage, "chat-grows");
	chat_stage_step(&c, CHAT_AGAIN, "the stream broke off; gpt-4o begins again");
	stage_golden(&c.stage, "chat-again");
	chat_stage_fail(&c, "every model server is down: local (connection refused), "
			    "azure (429, again in 31 s)");
	stage_golden(&c.stage, "chat-failed");
	chat_stage_close(&c);
}

static void test_grows_by_what_is_new(void **state)
{
	struct chat_stage c;

	(void)state;
	open_asked(&c, 80, 24, false);
	chat_stage_grow(&c, "The first part.\n\n", "and the sec");
	chat_stage_grow_more(&c, "", "and the second");
	assert_true(stage_shows(&c.stage, "and the second"));
	chat_stage_grow_more(&c, "And the second.\n\n", "");
	assert_true(stage_shows(&c.stage, "The first part."));
	assert_true(stage_shows(&c.stage, "And the second."));
	assert_false(stage_shows(&c.stage, "and the second"));
	/* Begun anew, as after a look-up. */
	chat_stage_grow(&c, "Another one.\n\n", "");
	assert_true(stage_shows(&c.stage, "Another one."));
	assert_false(stage_shows(&c.stage, "The first part."));
	chat_stage_close(&c);
}

static void test_stop_keeps_what_came(void **state)
{
	struct chat_stage c;
	struct answer answer;

	(void)state;
	open_asked(&c, 80, 24, false);
	chat_stage_grow(&c, "The first part.\n\n", "and the sec");
	stage_keys(&c.stage, "esc");
	assert_string_equal(c.told.p, "stop 1\n");
	assert_true(stage_shows(&c.stage, "stops"));
	answer_init(&answer);
	strbuf_puts(&answer.prose, "The first part.\n\n");
	chat_stage_answer(&c, &answer, "");
	assert_true(stage_shows(&c.stage, "The first part."));
	assert_true(stage_shows(&c.stage, "stopped: what came of it is above"));
	assert_false(stage_shows(&c.stage, "and the sec"));
	chat_stage_close(&c);
}

/* Letters that are keys elsewhere are text, a paste never sends, and what is typed stays
 * while an answer comes in. */
static void test_writes(void **state)
{
	struct chat_stage c;

	(void)state;
	chat_stage_open(&c, &(struct stage_options){.w = 80, .h = 24});
	stage_keys(&c.stage, "C 'q?:/x' alt-enter 'two' ctrl-j 'three'");
	assert_int_equal(c.asked.n, 0);
	stage_draw(&c.stage);
	assert_string_equal(stage_line(&c.stage, 20), "› q?:/x");
	assert_string_equal(stage_line(&c.stage, 22), "  three");
	app_event(c.stage.app,
		  &(struct event){.kind = EVENT_PASTE, .text = STR("\npasted\nlines\n")});
	assert_int_equal(c.asked.n, 0);
	stage_keys(&c.stage, "enter");
	assert_string_equal(c.asked.p, "q?:/x\ntwo\nthree\npasted\nlines|-|-|-|-\n");
	stage_keys(&c.stage, "'next'");
	chat_stage_grow(&c, "Some.\n\n", "");
	assert_true(stage_shows(&c.stage, "› next"));
	stage_keys(&c.stage, "up");
	assert_true(stage_shows(&c.stage, "› q?:/x"));
	stage_keys(&c.stage, "down down down down down");
	assert_true(stage_shows(&c.stage, "› next"));
	chat_stage_close(&c);
}

/* Elsewhere a line feed is Enter, as some programs send it. */
static void test_line_feed(void **state)
{
	struct chat_stage c;

	(void)state;
	chat_stage_open(&c, &(struct stage_options){.w = 80, .h = 24});
	stage_keys(&c.stage, ": 'chat' ctrl-j");
	assert_true(stage_shows(&c.stage, "a question, or / for commands"));
	chat_stage_close(&c);
}

static void test_subject(void **state)
{
	struct chat_stage c;

	(void)state;
	chat_stage_open(&c, &(struct stage_options){.w = 120, .h = 40});
	stage_keys(&c.stage, ": 'board' space 'sql' enter down @");
	stage_golden(&c.stage, "chat-subject");
	stage_keys(&c.stage, "'/explain' enter");
	assert_non_null(strstr(c.asked.p, "Explain this row"));
	assert_non_null(strstr(c.asked.p, "|sql|"));
	stage_keys(&c.stage, "backspace 'hello' enter");
	assert_non_null(strstr(c.asked.p, "hello|-|-|-|-\n"));
	/* From a row's detail as well. */
	app_pop(c.stage.app);
	strbuf_reset(&c.asked);
	stage_keys(&c.stage, "enter @ 'why' enter");
	assert_non_null(strstr(c.asked.p, "why|sql|"));
	chat_stage_close(&c);
}

static void test_opens_citations(void **state)
{
	struct chat_stage c;

	(void)state;
	open_answered(&c, 120, 40, false);
	/* From the end: follow-up, then up through the sources. */
	stage_keys(&c.stage, "shift-tab shift-tab");
	stage_golden(&c.stage, "chat-source");
	stage_keys(&c.stage, "enter");
	assert_true(stage_shows(&c.stage, "runbooks/sql-slow.md"));
	stage_keys(&c.stage, "esc shift-tab enter");
	assert_true(stage_shows(&c.stage, "nothing more is known of dr.group[atlas]"));
	stage_keys(&c.stage, "shift-tab t");
	assert_int_equal(c.stage.went_ms, 1795234260000);
	chat_stage_close(&c);
}

/* Enter on a record goes to where it stands: a line in its log, at its moment, and the
 * row of an alert, a change or a drill. */
static void test_opens_records(void **state)
{
	static const struct {
		enum claim_kind kind;
		const char *board, *shows;
	} records[] = {
		{CLAIM_LINE, "log-lines", "ContainerName == 'gateway'"},
		{CLAIM_ALERT, "alerts", "sql-storage-95"},
		{CLAIM_CHANGE, "activity", "Restart web app"},
		{CLAIM_DRILL, "drills", "rp-atlas"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(records); i++) {
		struct chat_stage c;
		struct answer answer;
		struct claim *claim;

		open_asked(&c, 120, 40, false);
		stage_add(&c.stage, "records.json");
		app_give_board(c.stage.app, stage_board(&c.stage, records[i].board));
		answer_init(&answer);
		strbuf_puts(&answer.prose, "It stands there [1].\n");
		claim = answer_claim(&answer, records[i].kind, STR("the-record"));
		claim_set(&claim->board, str_from(records[i].board));
		claim_set(&claim->key, STR("k1"));
		chat_stage_answer(&c, &answer, "");
		assert_false(stage_shows(&c.stage, records[i].shows));
		stage_keys(&c.stage, "tab enter");
		if (!stage_shows(&c.stage, records[i].shows) &&
		    !strstr(c.told.p, records[i].shows))
			fail_msg("%s is not opened", records[i].board);
		chat_stage_close(&c);
	}
}

static void test_follow_up_asks(void **state)
{
	struct chat_stage c;

	(void)state;
	open_answered(&c, 120, 40, false);
	strbuf_reset(&c.asked);
	stage_keys(&c.stage, "tab enter");
	assert_string_equal(c.asked.p, "Is the schedule of db-atlas kept?|-|-|-|-\n");
	chat_stage_close(&c);
}

static void test_copies(void **state)
{
	struct chat_stage c;

	(void)state;
	open_answered(&c, 60, 40, false);
	stage_keys(&c.stage, "esc c");
	assert_string_equal(c.stage.copied.p, "SELECT TOP 5 * FROM sys.dm_exec_requests\n"
					      "ORDER BY cpu_time DESC;");
	stage_keys(&c.stage, "Y");
	assert_true(str_starts(strbuf_str(&c.stage.copied), STR("## db-atlas is slow")));
	stage_keys(&c.stage, "home / 'nothing' space 'is' space 'said' enter b");
	assert_true(str_starts(strbuf_str(&c.stage.copied),
			       STR("The database runs at 97 %[2:stale]")) ||
		    str_starts(strbuf_str(&c.stage.copied),
			       STR("The database runs at 97 % [2:stale] of what "
				   "GP_S_Gen5_2 has, and its log at")));
	assert_null(strchr(c.stage.copied.p, '\n'));
	stage_keys(&c.stage, "y");
	assert_non_null(strstr(c.stage.copied.p, "nothing is said"));
	chat_stage_close(&c);
}

static void test_finds(void **state)
{
	struct chat_stage c;

	(void)state;
	open_answered(&c, 80, 24, false);
	stage_keys(&c.stage, "esc / 'hyperscale' enter");
	stage_golden(&c.stage, "chat-found");
	stage_keys(&c.stage, "esc / 'nowhere' enter");
	assert_true(stage_shows(&c.stage, "nothing matches"));
	chat_stage_close(&c);
}

static void test_what_was_sent(void **state)
{
	struct chat_stage c;

	(void)state;
	open_answered(&c, 80, 24, false);
	stage_keys(&c.stage, "esc i");
	assert_true(stage_shows(&c.stage, "{\"messages\": [\"red\"]}"));
	chat_stage_close(&c);
}

static void test_judges(void **state)
{
	struct chat_stage c;

	(void)state;
	open_answered(&c, 80, 40, false);
	stage_keys(&c.stage, "esc - 'wrong' enter");
	assert_string_equal(c.told.p, "rate 1 bad 'wrong'\n");
	assert_true(stage_shows(&c.stage, "you said that it did not help"));
	stage_keys(&c.stage, "+ enter");
	assert_string_equal(c.told.p, "rate 1 bad 'wrong'\nrate 1 good ''\n");
	chat_stage_close(&c);
}

static void give_names(struct chat_stage *c)
{
	chat_stage_step(c, CHAT_NAMES,
			"/model azure\n/model here\n/route guide\n/route all\n"
			"/open night of the 3rd\n");
}

static void test_names_complete(void **state)
{
	struct chat_stage c;

	(void)state;
	open_answered(&c, 100, 40, false);
	stage_keys(&c.stage, "'/model' space");
	assert_false(stage_shows(&c.stage, "/model azure"));
	give_names(&c);
	assert_true(stage_shows(&c.stage, "/model azure  /model here"));
	stage_keys(&c.stage, "tab tab enter '/route' space 'G' tab enter 'x' enter");
	assert_non_null(strstr(c.asked.p, "x|-|-|guide|here\n"));
	stage_keys(&c.stage, "'/open' space 'n' tab enter");
	assert_non_null(strstr(c.told.p, "conversation night of the 3rd\n"));
	/* The next list takes the place of this one. */
	chat_stage_step(&c, CHAT_NAMES, "/model other\n");
	stage_keys(&c.stage, "'/model' space 'a' tab");
	assert_false(stage_shows(&c.stage, "/model azure"));
	chat_stage_close(&c);
}

static void test_told_of_once(void **state)
{
	struct chat_stage c;

	(void)state;
	open_answered(&c, 100, 40, false);
	assert_int_equal(c.n_opened, 1);
	assert_int_equal(c.n_closed, 0);
	stage_keys(&c.stage, "esc esc");
	assert_int_equal(c.n_closed, 1);
	app_restate_wanted(c.stage.app);
	assert_int_equal(c.n_opened, 1);
	stage_keys(&c.stage, "C");
	assert_int_equal(c.n_opened, 2);
	/* Another worker knows nothing of it. */
	app_restate_wanted(c.stage.app);
	assert_int_equal(c.n_opened, 3);
	chat_stage_close(&c);
}

static void test_commands(void **state)
{
	struct chat_stage c;

	(void)state;
	open_answered(&c, 100, 40, false);
	stage_keys(&c.stage, "'/ro' tab");
	assert_true(stage_shows(&c.stage, "› /route"));
	stage_keys(&c.stage,
		   "space 'guide' enter '/model' space 'gpt-4o' enter 'x' enter");
	assert_non_null(strstr(c.asked.p, "x|-|-|guide|gpt-4o\n"));
	stage_keys(&c.stage, "'/cost' enter");
	assert_true(
		stage_shows(&c.stage, "1 answer, 2210 + 184 tokens, cost 0.0021 EUR"));
	stage_keys(&c.stage, "'/context' enter");
	assert_true(stage_shows(&c.stage, "the route: guide"));
	stage_keys(&c.stage, "'/help' enter");
	assert_true(stage_shows(&c.stage, "what goes out with the next question"));
	stage_keys(&c.stage, "'/export' enter");
	assert_true(
		str_starts(strbuf_str(&c.stage.kept), STR("chat-20261121-0412.md\n")));
	assert_non_null(
		strstr(c.stage.kept.p, "[2] sql[db-atlas].cpu_pct = 97 (v7, stale)"));
	stage_keys(&c.stage, "'/new' space 'night' enter");
	assert_non_null(strstr(c.told.p, "conversation night\n"));
	assert_true(stage_shows(&c.stage, "Chat: night"));
	stage_keys(&c.stage, "'/nothing' enter");
	assert_true(stage_shows(&c.stage, "there is no command '/nothing'"));
	chat_stage_close(&c);
}

static void test_editor_outside(void **state)
{
	struct chat_stage c;

	(void)state;
	chat_stage_open(&c, &(struct stage_options){.w = 80, .h = 24});
	stage_keys(&c.stage, "C 'draft' ctrl-o");
	assert_true(stage_shows(&c.stage, "EDITOR is not set"));
	c.edited = "first\nse\033]52;c;x\a"
		   "cond\n";
	stage_keys(&c.stage, "ctrl-o enter");
	assert_string_equal(c.asked.p, "first\nsecond|-|-|-|-\n");
	chat_stage_close(&c);
}

static void test_nothing_to_ask(void **state)
{
	struct chat_stage c;

	(void)state;
	chat_stage_open(&c, &(struct stage_options){.w = 80, .h = 24});
	c.refuses = true;
	stage_keys(&c.stage, "C 'x' enter");
	assert_true(stage_shows(&c.stage, "nothing can be asked yet"));
	chat_stage_close(&c);
}

/* It goes on while something else is looked at, and says when it is there. */
static void test_outlives_its_screen(void **state)
{
	struct chat_stage c;
	struct answer answer;

	(void)state;
	open_asked(&c, 80, 24, false);
	chat_stage_grow(&c, "A part.\n\n", "");
	stage_keys(&c.stage, "tab"); /* nothing to go to: it says so */
	stage_keys(&c.stage, "H");
	app_pop_to_bottom(c.stage.app);
	answer_init(&answer);
	strbuf_puts(&answer.prose, "A part.\n\nAnd the rest.");
	chat_stage_answer(&c, &answer, "");
	assert_true(stage_shows(&c.stage, "the chat has an answer"));
	stage_keys(&c.stage, "C");
	assert_true(stage_shows(&c.stage, "And the rest."));
	chat_stage_close(&c);
}

/* Another worker numbers its questions anew: nothing of it goes to what was asked before. */
static void test_restart(void **state)
{
	struct chat_stage c;

	(void)state;
	open_asked(&c, 80, 24, false);
	app_restate_wanted(c.stage.app);
	assert_true(stage_shows(&c.stage, "ask once more"));
	chat_stage_grow(&c, "Of somebody else.", "");
	assert_false(stage_shows(&c.stage, "Of somebody else."));
	stage_keys(&c.stage, "'again' enter");
	chat_stage_grow(&c, "Of this one.", "");
	assert_true(stage_shows(&c.stage, "Of this one."));
	chat_stage_close(&c);
}

/* Escape bytes of a question, an answer and its parts stay off the grid. */
static void test_is_clean(void **state)
{
	static const char bad[] = "a\033]0;t\a\xe2\x80\xae\x01z";
	struct chat_stage c;
	struct answer answer;
	struct strbuf all;

	(void)state;
	open_asked(&c, 80, 24, false);
	answer_init(&answer);
	strbuf_printf(&answer.prose, "%s &#27;[31m &#x202e; [1]\n\n[1]: javascript:%s\n",
		      bad, bad);
	answer_claim(&answer, CLAIM_FIELD, str_from(bad));
	answer_strike(&answer, str_from(bad), bad);
	answer_follow_up(&answer, bad);
	chat_stage_answer(&c, &answer, bad);
	strbuf_init(&all, 1 << 20);
	stage_dump(&c.stage, &all);
	for (size_t i = 0; i < all.n; i++)
		assert_true((unsigned char)all.p[i] >= 0x20 || all.p[i] == '\n');
	assert_null(strstr(all.p, "\xe2\x80\xae"));
	strbuf_fini(&all);
	chat_stage_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_looks),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_grows_by_what_is_new),
		cmocka_unit_test(test_stop_keeps_what_came),
		cmocka_unit_test(test_writes),
		cmocka_unit_test(test_line_feed),
		cmocka_unit_test(test_subject),
		cmocka_unit_test(test_opens_citations),
		cmocka_unit_test(test_opens_records),
		cmocka_unit_test(test_follow_up_asks),
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_finds),
		cmocka_unit_test(test_what_was_sent),
		cmocka_unit_test(test_judges),
		cmocka_unit_test(test_names_complete),
		cmocka_unit_test(test_told_of_once),
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_editor_outside),
		cmocka_unit_test(test_nothing_to_ask),
		cmocka_unit_test(test_outlives_its_screen),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_is_clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
