/* The past of a column: collected round by round, or brought by the answer. */
#include "board_fixture.h"

#include <math.h>
#include <stdio.h>

#include "board/history.h"

/* One poll: the answer as a board that has been through the history. */
static struct board *round_of(struct history *h, const char *answers)
{
	struct board *board = fixture_board(h->def, answers);

	history_add(h, board, 100);
	return board;
}

static void check_series(const char *name, const struct cell *cell, const float *want,
			 size_t n)
{
	check_case(name, cell->series_n == n);
	for (size_t i = 0; i < n; i++)
		check_case(name, isnan(want[i]) ? isnan(cell->series[i])
						: cell->series[i] == want[i]);
}

#define ROW(id, v) "{\"id\":\"" id "\",\"v\":" v "}"
#define ROWS(list) "{\"a\":{\"value\":[" list "]}}"

static void test_collected(void **state)
{
	struct board_def *def = fixture_def(FIXTURE_DEF(
		"{\"name\":\"v\",\"title\":\"V\",\"type\":\"number\",\"value\":\"v\","
		"\"history\":true},"
		"{\"name\":\"s\",\"title\":\"S\",\"type\":\"series\",\"series_of\":"
		"\"v\"}"));
	struct history h;
	struct board *b;

	(void)state;
	history_init(&h, def);
	board_put(round_of(&h, ROWS(ROW("x", "1") "," ROW("y", "7"))));
	board_put(round_of(&h, ROWS(ROW("y", "8"))));
	b = round_of(&h, ROWS(ROW("x", "null") "," ROW("y", "9")));
	check_series("a gap is none", &b->rows[0].cells[0], (const float[]){1, NAN}, 2);
	check_series("each row its own", &b->rows[1].cells[0], (const float[]){7, 8, 9},
		     3);
	check_series("borrowed", &b->rows[1].cells[1], (const float[]){7, 8, 9}, 3);
	assert_false(b->rows[1].cells[1].is_null);
	board_put(b);
	history_fini(&h);
	board_def_put(def);
}

static void test_bounded(void **state)
{
	struct board_def *def = fixture_def(FIXTURE_DEF(
		"{\"name\":\"v\",\"title\":\"V\",\"type\":\"number\",\"value\":\"v\","
		"\"history\":true}"));
	struct history h;

	(void)state;
	history_init(&h, def);
	for (int i = 0; i < 3 * HISTORY_POINTS; i++) {
		char answers[64];
		struct board *b;

		snprintf(answers, sizeof(answers), ROWS(ROW("x", "%d")), i);
		b = round_of(&h, answers);
		assert_int_equal(b->rows[0].cells[0].series_n,
				 i < HISTORY_POINTS ? i + 1 : HISTORY_POINTS);
		assert_true(
			b->rows[0].cells[0].series[b->rows[0].cells[0].series_n - 1] ==
			(float)i);
		board_put(b);
	}
	/* Who stays away that long is forgotten, and begins anew. */
	for (int i = 0; i < 3 * HISTORY_POINTS; i++)
		board_put(round_of(&h, ROWS(ROW("y", "1"))));
	assert_null(map_find(&h.tracks, STR("x")));
	assert_non_null(map_find(&h.tracks, STR("y")));
	history_fini(&h);
	board_def_put(def);
}

/* A huge board keeps the past of its first rows and costs no more. */
static void test_bounded_in_rows(void **state)
{
	struct board_def *def = fixture_def(FIXTURE_DEF(
		"{\"name\":\"v\",\"title\":\"V\",\"type\":\"number\",\"value\":\"v\","
		"\"history\":true}"));
	struct strbuf answers;
	struct history h;
	struct board *b;

	(void)state;
	strbuf_init(&answers, 8 << 20);
	strbuf_puts(&answers, "{\"a\":{\"value\":[{\"id\":0,\"v\":0}");
	for (int i = 1; i < HISTORY_MOST_ROWS + 10; i++)
		strbuf_printf(&answers, ",{\"id\":%d,\"v\":%d}", i, i);
	strbuf_puts(&answers, "]}}");
	history_init(&h, def);
	b = round_of(&h, answers.p);
	board_put(b);
	b = round_of(&h, answers.p);
	assert_int_equal(h.tracks.n, HISTORY_MOST_ROWS);
	assert_int_equal(b->rows[HISTORY_MOST_ROWS - 1].cells[0].series_n, 2);
	assert_int_equal(b->rows[HISTORY_MOST_ROWS].cells[0].series_n, 0);
	assert_int_equal((int)b->rows[HISTORY_MOST_ROWS].cells[0].number,
			 HISTORY_MOST_ROWS);
	board_put(b);
	/* Those that leave make room for others. */
	for (int i = 0; i < HISTORY_POINTS + 1; i++)
		board_put(round_of(&h, ROWS(ROW("new", "1"))));
	assert_int_equal(h.tracks.n, 0);
	b = round_of(&h, ROWS(ROW("new", "1")));
	assert_int_equal(b->rows[0].cells[0].series_n, 1);
	board_put(b);
	history_fini(&h);
	strbuf_fini(&answers);
	board_def_put(def);
}

#define PAST(expression)                                                                 \
	FIXTURE_DEF("{\"name\":\"v\",\"title\":\"V\",\"type\":\"number\",\"value\":"     \
		    "\"v\",\"history\":\"" expression "\"},"                             \
		    "{\"name\":\"s\",\"title\":\"S\",\"type\":\"series\",\"series_of\":" \
		    "\"v\"}")

/* It is there at the first answer, and only what the answer says. */
static void test_brought(void **state)
{
	struct board_def *def = fixture_def(PAST("past"));
	struct history h;
	struct board *b;

	(void)state;
	history_init(&h, def);
	assert_int_equal(h.n_tracked, 0);
	board_put(round_of(&h, ROWS("{\"id\":\"x\",\"v\":9,\"past\":[5]}")));
	b = round_of(&h, ROWS("{\"id\":\"x\",\"v\":3,\"past\":[1,null,\"2\",3]},"
			      "{\"id\":\"y\",\"v\":4},"
			      "{\"id\":\"z\",\"v\":null,\"past\":[1,2]},"
			      "{\"id\":\"q\",\"v\":4,\"past\":\"high\"}"));
	check_series("as answered", &b->rows[0].cells[0], (const float[]){1, NAN, 2, 3},
		     4);
	check_series("borrowed", &b->rows[0].cells[1], (const float[]){1, NAN, 2, 3}, 4);
	assert_true(b->rows[0].cells[0].number == 3);
	check_series("none", &b->rows[1].cells[0], NULL, 0);
	assert_true(b->rows[1].cells[1].is_null);
	check_series("unknown now", &b->rows[2].cells[0], (const float[]){1, 2}, 2);
	assert_true(b->rows[2].cells[0].is_null);
	check_series("not a list", &b->rows[3].cells[0], NULL, 0);
	assert_true(b->rows[3].cells[0].number == 4);
	assert_int_equal(b->surprises, 1);
	board_put(b);
	history_fini(&h);
	board_def_put(def);
}

static void test_bad_definitions(void **state)
{
	static const struct {
		const char *name, *text, *what;
	} cases[] = {
		{"a broken expression", PAST("past["), "history"},
		{"a number",
		 FIXTURE_DEF("{\"name\":\"v\",\"title\":\"V\",\"type\":"
			     "\"number\",\"value\":\"v\",\"history\":3}"),
		 "history"},
		{"of a text",
		 FIXTURE_DEF("{\"name\":\"v\",\"title\":\"V\",\"value\":"
			     "\"v\",\"history\":\"past\"}"),
		 "columns of numbers"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err = {0};

		check_case(cases[i].name, !board_def_parse(str_from(cases[i].text), "t",
							   "t.json", &err));
		check_case(cases[i].name, strstr(err.text, cases[i].what));
		check_case(cases[i].name, strstr(err.text, "columns[0]"));
	}
}

/* An earlier run knew three points of x, the last one of `newest_ms`, and then a hole. */
static struct history_seed *make_seed(const struct board_def *def, const char *key,
				      int64_t newest_ms, size_t hole)
{
	struct history_seed *seed = history_seed_new(def);
	float *points = arena_alloc(&seed->arena, HISTORY_POINTS * sizeof(*points));

	for (size_t i = 0; i < HISTORY_POINTS; i++)
		points[i] = NAN;
	for (size_t i = 0; i < 3; i++)
		points[HISTORY_POINTS - hole - 3 + i] = (float)(10 + i);
	seed->rows = arena_calloc(&seed->arena, 1, sizeof(*seed->rows));
	seed->rows[0] =
		(struct history_seed_row){.key = arena_str(&seed->arena, str_from(key)),
					  .points = points};
	seed->n_rows = 1;
	seed->newest_ms = newest_ms;
	seed->newest_at = HISTORY_POINTS - hole - 1;
	return seed;
}

static void test_seeded(void **state)
{
	static const struct {
		const char *name, *key, *prefix;
		int64_t newest_ms;
		size_t hole;
		int before, after; /* looks that came before the seed, and after it */
		float want[8];
		size_t n;
	} cases[] = {
		{"first the seed", "x", "", 50, 0, 0, 2, {10, 11, 12, 0, 1}, 5},
		{"first a look", "x", "", 50, 0, 1, 1, {10, 11, 12, 0, 1}, 5},
		{"a hole", "x", "", 50, 2, 0, 1, {10, 11, 12, NAN, NAN, 0}, 6},
		{"the first look is the seed's last",
		 "x",
		 "",
		 100,
		 0,
		 0,
		 2,
		 {10, 11, 0, 1},
		 4},
		{"so it is behind a hole", "x", "", 100, 2, 0, 2, {10, 11, 0, 1}, 4},
		{"and when the look came first",
		 "x",
		 "",
		 100,
		 2,
		 1,
		 1,
		 {10, 11, 0, 1},
		 4},
		{"a connection of many",
		 "west/x",
		 "west/",
		 50,
		 0,
		 0,
		 1,
		 {10, 11, 12, 0},
		 4},
		{"another connection", "east/x", "west/", 50, 0, 0, 1, {0}, 1},
		{"another row", "y", "", 50, 0, 0, 1, {0}, 1},
	};
	struct board_def *def = fixture_def(
		FIXTURE_DEF("{\"name\":\"v\",\"title\":\"V\",\"type\":\"number\","
			    "\"value\":\"v\",\"history\":true}"));

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct history_seed *seed =
			make_seed(def, cases[i].key, cases[i].newest_ms, cases[i].hole);
		struct board *b = NULL;
		struct history h;

		history_init(&h, def);
		for (int look = 0; look < cases[i].before + cases[i].after; look++) {
			char answers[64];

			if (look == cases[i].before)
				history_take_seed(&h, seed, str_from(cases[i].prefix));
			snprintf(answers, sizeof(answers),
				 "{\"a\":{\"value\":[{\"id\":\"x\",\"v\":%d}]}}", look);
			board_put(b);
			b = fixture_board(def, answers);
			history_add(&h, b, 100 + look);
		}
		check_series(cases[i].name, &b->rows[0].cells[0], cases[i].want,
			     cases[i].n);
		board_put(b);
		history_fini(&h);
		history_seed_free(seed);
	}
	board_def_put(def);
}

/* More than the ring takes: the newest stay. */
static void test_seeded_full(void **state)
{
	struct board_def *def = fixture_def(
		FIXTURE_DEF("{\"name\":\"v\",\"title\":\"V\",\"type\":\"number\","
			    "\"value\":\"v\",\"history\":true}"));
	struct history_seed *seed = make_seed(def, "x", 50, 0);
	struct history h;
	struct board *b;

	(void)state;
	history_init(&h, def);
	for (int i = 0; i < HISTORY_POINTS - 2; i++)
		board_put(round_of(&h, ROWS(ROW("x", "7"))));
	history_take_seed(&h, seed, STR(""));
	b = round_of(&h, ROWS(ROW("x", "8")));
	assert_int_equal(b->rows[0].cells[0].series_n, HISTORY_POINTS);
	assert_true(b->rows[0].cells[0].series[0] == 12);
	assert_true(b->rows[0].cells[0].series[1] == 7);
	assert_true(b->rows[0].cells[0].series[HISTORY_POINTS - 1] == 8);
	board_put(b);
	history_fini(&h);
	history_seed_free(seed);
	board_def_put(def);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_collected),	cmocka_unit_test(test_bounded),
		cmocka_unit_test(test_bounded_in_rows), cmocka_unit_test(test_brought),
		cmocka_unit_test(test_bad_definitions), cmocka_unit_test(test_seeded),
		cmocka_unit_test(test_seeded_full),
	};

	return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
