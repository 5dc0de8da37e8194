/* What the deck does: events and boards in; grid, wishes of the host and wake-ups
 * out. */
#include "unit/check.h"

#include <malloc.h>

#include "screen/stage.h"
#include "tui/app_part.h"

static void open_stage(struct stage *stage, int w, int h)
{
	stage_init(stage, &(struct stage_options){.w = w, .h = h});
	stage_give_all(stage, 0);
	stage_draw(stage);
}

static void test_wants_what_is_shown(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 120, 40);
	assert_non_null(strstr(stage.wanted.p, "cost-outlook "));
	assert_non_null(strstr(stage.wanted.p, "node-pools "));
	stage_keys(&stage, "2 z z");
	assert_non_null(strstr(stage.wanted.p, "sql "));
	assert_null(strstr(stage.wanted.p, "node-pools "));
	stage_keys(&stage, "esc");
	assert_non_null(strstr(stage.wanted.p, "node-pools "));
	stage_fini(&stage);
}

static void test_draws_only_changes(void **state)
{
	struct stage stage;
	struct board *board;

	(void)state;
	open_stage(&stage, 120, 40);
	assert_false(app_needs_draw(stage.app));
	board = stage_board(&stage, "sql");
	board->version = 1; /* what is on screen already */
	app_give_board(stage.app, board);
	assert_false(app_needs_draw(stage.app));
	app_give_board(stage.app, stage_board(&stage, "sql"));
	assert_true(app_needs_draw(stage.app));
	stage_draw(&stage);
	stage_keys(&stage, "2 z z");
	stage_draw(&stage);
	app_give_board(stage.app, stage_board(&stage, "node-pools")); /* not in sight */
	assert_false(app_needs_draw(stage.app));
	stage_fini(&stage);
}

static void test_sleeps_until_the_minute(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 80, 24);
	clock_advance(&stage.clock, 20 * 1000);
	app_tick(stage.app);
	assert_false(app_needs_draw(stage.app));
	assert_in_range(app_next_tick_ms(stage.app) - clock_mono_ms(&stage.clock), 39000,
			40100);
	clock_advance(&stage.clock, 41 * 1000);
	app_tick(stage.app);
	assert_true(app_needs_draw(stage.app));
	assert_true(stage_shows(&stage, "04:13Z"));
	stage_fini(&stage);
}

static void test_toast_goes(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 80, 24);
	stage_keys(&stage, "y");
	assert_true(stage_shows(&stage, "copied the row"));
	assert_true(app_next_tick_ms(stage.app) - clock_mono_ms(&stage.clock) <= 3000);
	clock_advance(&stage.clock, 3001);
	app_tick(stage.app);
	assert_true(app_needs_draw(stage.app));
	assert_false(stage_shows(&stage, "copied the row"));
	stage_fini(&stage);
}

/* Once it could be read, the next key takes it away. */
static void test_toast_goes_with_a_key(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 80, 24);
	stage_keys(&stage, "y j");
	assert_true(stage_shows(&stage, "copied the row"));
	clock_advance(&stage.clock, 1000);
	stage_keys(&stage, "k");
	assert_false(stage_shows(&stage, "copied the row"));
	stage_fini(&stage);
}

static void test_no_key_is_mute(void **state)
{
	static const struct {
		const char *name, *keys, *says;
	} cases[] = {
		{"no binding", "Z", "Z does nothing here; ? lists the keys"},
		{"no chord", "g x", "g x does nothing here; ? lists the keys"},
		{"nothing to do with it", ": 'boards' enter : 'sort' enter",
		 "that does nothing on this screen"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct stage stage;

		print_message("# %s\n", cases[i].name);
		open_stage(&stage, 80, 24);
		stage_keys(&stage, cases[i].keys);
		assert_true(stage_shows(&stage, cases[i].says));
		stage_fini(&stage);
	}
}

/* Wherever one is, a pane is one key away. */
static void test_panes_are_one_key_away(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 120, 40);
	stage_keys(&stage, "! v 2 enter");
	assert_true(stage_shows(&stage, "SQL databases"));
	stage_fini(&stage);
}

static void test_empty_prompts_say_what_they_take(void **state)
{
	static const struct {
		const char *keys, *says;
	} cases[] = {
		{":", "tab shows them"},
		{": 'board' space 'sql' enter /", "column:word"},
		{": 'boards' enter /", "part of a name"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct stage stage;

		open_stage(&stage, 80, 24);
		stage_keys(&stage, cases[i].keys);
		assert_true(stage_shows(&stage, cases[i].says));
		stage_fini(&stage);
	}
}

static void test_selection_follows_its_row(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 120, 30);
	stage_keys(&stage, ": 'board' space 'sql' enter / 'hr' enter c");
	assert_string_equal(stage.copied.p, "contoso-hr");
	stage_keys(&stage, "esc c");
	assert_string_equal(stage.copied.p, "contoso-hr");
	app_give_board(stage.app,
		       stage_rows(&stage, "sql",
				  "[{\"name\":\"contoso-hr\",\"status\":\"Paused\"},"
				  "{\"name\":\"aaa\"},{\"name\":\"bbb\"}]"));
	stage_draw(&stage);
	stage_keys(&stage, "c");
	assert_string_equal(stage.copied.p, "contoso-hr");
	clock_advance(&stage.clock, 3001); /* the toast goes */
	app_tick(stage.app);
	assert_true(stage_shows(&stage, "3/3"));
	stage_fini(&stage);
}

static void test_sorts(void **state)
{
	static const struct {
		const char *name, *keys, *first;
	} cases[] = {
		{"as the board asks", "", "atlas-audit"},
		{"by a column, highest first", ": 'sort' space '-cpu' enter",
		 "atlas-orders"},
		{"by a column, lowest first", ": 'sort' space 'cpu' enter",
		 "atlas-audit"},
		{"turned round", "S", "qodex-reports"},
		{"by severity", ": 'sort' space 'severity' enter", "atlas-orders"},
		{"the column after the next", "> >", "atlas-orders"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct stage stage;

		open_stage(&stage, 120, 30);
		stage_keys(&stage, ": 'board' space 'sql' enter");
		if (*cases[i].keys)
			stage_keys(&stage, cases[i].keys);
		stage_keys(&stage,
			   "g g home left left left left left left left left left c");
		check_text(cases[i].name, strbuf_str(&stage.copied), cases[i].first);
		stage_fini(&stage);
	}
}

static void test_matches(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 120, 30);
	stage_keys(&stage, ": 'board' space 'sql' enter / 'qodex-m'");
	assert_true(stage_shows(&stage, "1 of 12 rows"));
	stage_keys(&stage, "enter esc g g n c");
	assert_string_equal(stage.copied.p, "qodex-main");
	stage_keys(&stage, "/ '[' enter");
	assert_true(stage_shows(&stage, "no rows match"));
	stage_fini(&stage);
}

static void test_prompt(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 80, 24);
	stage_keys(&stage, ": 'theme' space 'nord' enter");
	assert_string_equal(stage.theme.p, "nord");
	stage_keys(&stage, ": 'theme' space 'none' enter");
	assert_true(stage_shows(&stage, "there is no theme 'none'"));
	stage_keys(&stage, ": up up enter");
	assert_string_equal(stage.theme.p, "nord");
	stage_keys(&stage, ": 'board' space 'nowhere' enter");
	assert_true(stage_shows(&stage, "there is no board 'nowhere'"));
	stage_keys(&stage, ": 'sort' enter");
	assert_true(stage_shows(&stage, "sort does not work on this screen"));
	stage_keys(&stage, ": 'pan' tab space 'ag' tab");
	assert_true(stage_shows(&stage, ":pane agents"));
	stage_keys(&stage, "esc : 'theem' left left backspace 'x' ctrl-k");
	assert_true(stage_shows(&stage, ":thx"));
	stage_keys(&stage, "esc q");
	assert_true(app_is_done(stage.app));
	stage_fini(&stage);
}

static void test_chord(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 120, 30);
	stage_keys(&stage, ": 'board' space 'sql' enter G");
	assert_true(stage_shows(&stage, "12/12"));
	stage_keys(&stage, "g");
	assert_true(stage_shows(&stage, "g -"));
	stage_keys(&stage, "g");
	assert_true(stage_shows(&stage, "1/12"));
	stage_keys(&stage, "G g");
	clock_advance(&stage.clock, 1600);
	app_tick(stage.app);
	stage_keys(&stage, "g");
	assert_true(stage_shows(&stage, "g -"));
	stage_fini(&stage);
}

static void test_mouse(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 120, 30);
	stage_keys(&stage, ": 'board' space 'sql' enter");
	stage_draw(&stage);
	stage_click(&stage, 10, 5, false);
	stage_draw(&stage);
	assert_true(stage_shows(&stage, "3/12"));
	stage_click(&stage, 28, 2, false); /* the heading CPU */
	stage_keys(&stage, "g g left c");
	assert_string_equal(stage.copied.p, "Online");
	clock_advance(&stage.clock, 3001); /* the toast goes */
	app_tick(stage.app);
	stage_draw(&stage);
	stage_wheel(&stage, 10, 6, false);
	assert_true(stage_shows(&stage, "4/12"));
	stage_click(&stage, 10, 3, true);
	assert_true(stage_shows(&stage, "what to do"));
	stage_click(&stage, 2, 29, false); /* the hint "esc back" */
	assert_true(stage_shows(&stage, "1/12"));
	stage_fini(&stage);
}

static void test_detail_walks(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 120, 40);
	stage_keys(&stage, "!");
	assert_true(stage_shows(&stage, "atlas-orders  SQL databases"));
	stage_keys(&stage, "esc 2 enter");
	assert_true(stage_shows(&stage, "atlas-orders  SQL databases"));
	stage_keys(&stage, "right");
	assert_true(stage_shows(&stage, "atlas-ledger  SQL databases"));
	stage_keys(&stage, "y");
	assert_non_null(strstr(stage.copied.p, "\"name\":\"atlas-ledger\""));
	stage_keys(&stage, "enter");
	assert_true(stage_shows(&stage, "SQL changes"));
	app_give_board(stage.app, stage_rows(&stage, "sql", "[]"));
	stage_keys(&stage, "esc"); /* from a link: back, filter and all */
	assert_true(stage_shows(&stage, "this row is gone"));
	stage_fini(&stage);
}

/* A link whose filter says nothing of this row is not offered. */
static void test_links_lead_somewhere(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 80, 24);
	stage_keys(&stage, "2 enter tab");
	assert_true(stage_shows(&stage, "Its pool"));
	stage_keys(&stage, "enter");
	assert_non_null(strstr(stage.wanted.p, "sql-pools"));
	stage_keys(&stage, "esc right");
	assert_true(stage_shows(&stage, "atlas-ledger"));
	assert_true(stage_shows(&stage, "Changes of this database"));
	assert_false(stage_shows(&stage, "Its pool"));
	stage_fini(&stage);
}

static void test_survives_every_size(void **state)
{
	static const char *const screens[] = {"tab",	   "2 z", "2 z z",     "2 enter",
					      "2 enter J", "?",	  ": 'co' tab"};

	(void)state;
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
		struct stage stage;

		open_stage(&stage, 120, 40);
		stage_keys(&stage, screens[i]);
		for (int w = 1; w < 130; w += 6) {
			for (int h = 1; h < 44; h += 3) {
				grid_resize(stage.grid, w, h);
				app_event(stage.app, &(struct event){.kind = EVENT_RESIZE,
								     .w = w,
								     .h = h});
				assert_true(app_needs_draw(stage.app));
				stage_draw(&stage);
			}
		}
		stage_fini(&stage);
	}
}

static void test_missing_columns(void **state)
{
	struct stage stage;
	struct err err = {0};
	struct board_def *def = board_def_parse(
		STR("{\"title\": \"Bare\", \"category\": \"x\", \"about\": \"x\","
		    " \"requests\": {\"r\": {\"get\": \"/x?api-version=1\"}}, \"rows\": "
		    "\"r.value\","
		    " \"key\": \"id\", \"columns\": [{\"name\": \"id\", \"title\": "
		    "\"ID\","
		    " \"value\": \"id\"}]}"),
		"sql", "sql", &err);
	struct board *board;

	(void)state;
	if (!def)
		fail_msg("%s", err.text);
	stage_init(&stage, &(struct stage_options){.w = 120, .h = 40});
	board = board_new(def);
	board->fetched_ms = clock_wall_ms(&stage.clock);
	board->is_loading = false;
	board_seal(board);
	app_give_board(stage.app, board);
	stage_draw(&stage);
	stage_keys(&stage, "2 z z");
	assert_true(stage_shows(&stage, "Bare"));
	stage_fini(&stage);
	board_def_put(def);
}

static void give_of(struct stage *stage, const struct library *library, const char *name)
{
	struct board *board = board_new(library_find(library, str_from(name)));

	board->fetched_ms = clock_wall_ms(&stage->clock);
	board->is_loading = false;
	board_seal(board);
	app_give_board(stage->app, board);
}

/* Bytes in use; 0 where the C library does not say. */
static size_t bytes_in_use(void)
{
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
	return mallinfo2().uordblks;
#else
	return 0;
#endif
}

/* With screens over the boards of the library before, which are drawn until newer
 * ones come; a definition of `sql` alone is 50 kB, so one kept each time is 9 MB. */
static void test_libraries_go_with_their_last_board(void **state)
{
	enum { RELOADS = 200, SETTLED = 20, SLACK_BYTES = 1 << 18 };
	struct library *library = library_new(NULL, NULL, NULL);
	struct stage stage;
	size_t settled = 0, last;

	(void)state;
	open_stage(&stage, 120, 40);
	app_set_library(stage.app, library);
	stage_keys(&stage, "B / 'sql' enter esc esc 2 enter enter");
	for (int i = 0; i < RELOADS; i++) {
		struct library *past = library;

		if (i == SETTLED)
			settled = bytes_in_use();
		library = library_new(NULL, NULL, NULL);
		app_set_library(stage.app, library);
		library_free(past);
		stage_keys(&stage, "J tab"); /* before newer boards came */
		stage_draw(&stage);
		give_of(&stage, library, "sql");
		stage_draw(&stage);
		give_of(&stage, library, "budgets");
		stage_keys(&stage, "B down up esc");
	}
	last = bytes_in_use();
	if (last > settled + SLACK_BYTES)
		fail_msg("%zu bytes more after %d reloads", last - settled,
			 RELOADS - SETTLED);
	stage_fini(&stage);
	library_free(library);
}

static void test_says_when_there_are_no_boards(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 80, 24);
	stage_keys(&stage, "B");
	assert_true(stage_shows(&stage, "no board is known"));
	stage_keys(&stage, "/ 'x' enter");
	assert_true(stage_shows(&stage, "no board matches 'x'"));
	stage_keys(&stage, "esc esc");
	assert_true(stage_shows(&stage, "Disaster recovery"));
	stage_fini(&stage);
}

static void test_commands_are_cut_short(void **state)
{
	static const struct {
		const char *name, *keys, *shows;
	} cases[] = {
		{"enough of it", ": 'hel' enter", "the overview"},
		{"with an argument", ": 'them' space 'nord' enter", "theme nord"},
		{"a board's name wins", ": 'dr-items' enter", "Replicated items"},
		{"more than one", ": 'pa' enter", "3 commands begin with 'pa'"},
		{"not of this screen", ": 'prompt-c' enter", "no command 'prompt-c'"},
		{"nothing like it", ": 'xyz' enter", "no command 'xyz'"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct stage stage;

		open_stage(&stage, 120, 40);
		stage_keys(&stage, cases[i].keys);
		check_case(cases[i].name, stage_shows(&stage, cases[i].shows));
		stage_fini(&stage);
	}
}

static void test_asks_the_host(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage, 80, 24);
	stage_keys(&stage, "m");
	assert_false(stage.mouse);
	stage_keys(&stage, "m ctrl-z ctrl-z");
	assert_true(stage.mouse);
	assert_int_equal(stage.n_suspends, 2);
	stage_keys(&stage, ": 'redraw' enter");
	assert_int_equal(stage.n_redraws, 1);
	stage_keys(&stage, "2 z z r");
	assert_string_equal(stage.refreshed.p, "sql ");
	app_note(stage.app, &(struct err){.code = ERR_AUTH, .text = "sign in again"});
	assert_true(stage_shows(&stage, "sign in again"));
	stage_fini(&stage);
}

static void count_run(struct app *app, struct str arg)
{
	(void)arg;
	app_toast(app, false, "it ran");
}

static void test_asks_before_it_runs(void **state)
{
	static const struct command risky = {.name = "risky",
					     .help = "erase all",
					     .needs_confirm = true,
					     .run = count_run};
	struct stage stage;

	(void)state;
	open_stage(&stage, 80, 24);
	app_run(stage.app, &risky, STR(""));
	assert_true(stage_shows(&stage, "erase all? y: yes, any other key: no"));
	stage_keys(&stage, "q");
	assert_false(stage_shows(&stage, "it ran"));
	assert_false(app_is_done(stage.app));
	app_run(stage.app, &risky, STR(""));
	stage_keys(&stage, "y");
	assert_true(stage_shows(&stage, "it ran"));
	stage_fini(&stage);
}

static void test_commands_are_sorted(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_commands; i++) {
		if (i > 0)
			check_case(commands[i].name,
				   strcmp(commands[i - 1].name, commands[i].name) < 0);
		check_case(commands[i].name,
			   command_find(str_from(commands[i].name)) == &commands[i]);
	}
	assert_null(command_find(STR("frobnicate")));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wants_what_is_shown),
		cmocka_unit_test(test_draws_only_changes),
		cmocka_unit_test(test_sleeps_until_the_minute),
		cmocka_unit_test(test_toast_goes),
		cmocka_unit_test(test_toast_goes_with_a_key),
		cmocka_unit_test(test_no_key_is_mute),
		cmocka_unit_test(test_panes_are_one_key_away),
		cmocka_unit_test(test_empty_prompts_say_what_they_take),
		cmocka_unit_test(test_selection_follows_its_row),
		cmocka_unit_test(test_sorts),
		cmocka_unit_test(test_matches),
		cmocka_unit_test(test_prompt),
		cmocka_unit_test(test_chord),
		cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_detail_walks),
		cmocka_unit_test(test_links_lead_somewhere),
		cmocka_unit_test(test_survives_every_size),

		cmocka_unit_test(test_missing_columns),
		cmocka_unit_test(test_libraries_go_with_their_last_board),
		cmocka_unit_test(test_says_when_there_are_no_boards),
		cmocka_unit_test(test_commands_are_cut_short),
		cmocka_unit_test(test_asks_the_host),
		cmocka_unit_test(test_asks_before_it_runs),
		cmocka_unit_test(test_commands_are_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
