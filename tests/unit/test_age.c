/* What the head of a board says about how old it is. */
#include "board_fixture.h"

#include "tui/widget/age.h"

#define NOW FIXTURE_NOW_MS

struct age_case {
	const char *name;
	int64_t fetched_ms;
	bool is_loading, is_stale, is_partial;
	enum err_code err;
	const char *note;
	const char *age, *why; /* why: of a board without rows */
	enum role role;
};

static const struct age_case cases[] = {
	{"on its way", .is_loading = true, .age = "loading", .why = "loading",
	 .role = ROLE_DIM},
	{"just now", .fetched_ms = NOW - 1000, .age = "now", .why = "no rows",
	 .role = ROLE_DIM},
	{"minutes", .fetched_ms = NOW - 70000, .age = "1m ago", .why = "no rows",
	 .role = ROLE_DIM},
	{"a part", .fetched_ms = NOW - 70000, .is_partial = true, .err = ERR_THROTTLED,
	 .age = "partial 1m ago", .why = "not all was answered: because",
	 .role = ROLE_WARN},
	{"stale", .fetched_ms = NOW - 840000, .is_stale = true, .err = ERR_THROTTLED,
	 .age = "stale 14m: throttled", .why = "no rows", .role = ROLE_STALE},
	{"never answered", .err = ERR_FORBIDDEN, .age = "failed: forbidden",
	 .why = "failed: because", .role = ROLE_CRIT},
	{"not there", .fetched_ms = NOW - 1000, .note = "there is none", .age = "now",
	 .why = "there is none", .role = ROLE_DIM},
	{"a moment of which nothing is known", .note = "nothing was recorded of it",
	 .age = "nothing was recorded", .why = "nothing was recorded of it",
	 .role = ROLE_DIM},
};

static void test_age(void **state)
{
	struct board_def *def = fixture_def(
		FIXTURE_DEF("{\"name\":\"id\",\"title\":\"ID\",\"value\":\"id\"}"));

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct age_case *c = &cases[i];
		struct board *board = board_new(def);
		struct strbuf text;

		board->fetched_ms = c->fetched_ms;
		board->is_loading = c->is_loading;
		board->is_stale = c->is_stale;
		board->is_partial = c->is_partial;
		board->note = c->note;
		if (c->err != ERR_NONE)
			err_set(&board->err, c->err, "because");
		strbuf_init(&text, 200);
		check_case(c->name, age_text(&text, board, NOW) == c->role);
		check_text(c->name, strbuf_str(&text), c->age);
		strbuf_reset(&text);
		age_explain(&text, board, "no rows");
		check_text(c->name, strbuf_str(&text), c->why);
		strbuf_fini(&text);
		board_put(board);
	}
	board_def_put(def);
}

static const struct note_case {
	const char *name, *of;
	bool is_stale, is_partial;
	int64_t fetched_ms;
	int cells;
	const char *note;
} notes[] = {
	{"no room for a reason", "SQL", .is_stale = true, .fetched_ms = NOW - 840000,
	 .cells = 35, .note = "stale 14m: throttled"},
	{"what failed", NULL, .is_stale = true, .fetched_ms = NOW - 840000, .cells = 60,
	 .note = "stale 14m: Azure asks to wait 60 s"},
	{"on what", "SQL", .is_partial = true, .fetched_ms = NOW - 70000, .cells = 60,
	 .note = "partial 1m ago: SQL: Azure asks to wait 60 s"},
	{"cut", "SQL", .is_partial = true, .fetched_ms = NOW - 70000, .cells = 36,
	 .note = "partial 1m ago: SQL: Azure asks to …"},
	{"an error that is over", "SQL", .fetched_ms = NOW - 70000, .cells = 60,
	 .note = "1m ago"},
	{"nothing came", "SQL", .is_stale = true, .cells = 60,
	 .note = "failed: throttled"},
};

/* With room, the head says what failed, on what, and how old the rest is. */
static void test_note(void **state)
{
	struct board_def *def = fixture_def(
		FIXTURE_DEF("{\"name\":\"id\",\"title\":\"ID\",\"value\":\"id\"}"));

	(void)state;
	for (size_t i = 0; i < sizeof(notes) / sizeof(*notes); i++) {
		const struct note_case *c = &notes[i];
		struct board *board = board_new(def);
		struct strbuf text;

		board->fetched_ms = c->fetched_ms;
		board->is_loading = false;
		board->is_stale = c->is_stale;
		board->is_partial = c->is_partial;
		err_set(&board->err, ERR_THROTTLED, "Azure asks to wait 60 s");
		strbuf_init(&text, 200);
		age_note(&text, board, c->of, NOW, c->cells);
		check_text(c->name, strbuf_str(&text), c->note);
		strbuf_fini(&text);
		board_put(board);
	}
	board_def_put(def);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_age),
		cmocka_unit_test(test_note),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
