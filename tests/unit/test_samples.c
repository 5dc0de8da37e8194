/* Figures over time: fine for a day, coarse after it, and given back to a board. */
#include "store_fixture.h"

#include <math.h>

#include "board/history.h"
#include "store/frames.h"
#include "store/samples.h"

/* On a boundary of the coarse samples. */
#define START (FIXTURE_NOW_MS - FIXTURE_NOW_MS % SAMPLES_COARSE_MS)

struct bench {
	struct db *db;
	struct board_def *def;
	struct names scopes, keys;
	int64_t board;
};

static void begin(struct bench *b)
{
	*b = (struct bench){.db = store_db(), .def = store_def()};
	names_init(&b->scopes, 0);
	b->board = names_id(&b->scopes, b->db, str_from(b->def->name));
	names_init(&b->keys, b->board);
}

static void end(struct bench *b)
{
	struct err err;

	if (!db_is_fine(b->db, &err))
		fail_msg("%s", err.text);
	names_fini(&b->scopes);
	names_fini(&b->keys);
	db_close(b->db);
	board_def_put(b->def);
}

static void add(struct bench *b, const char *rows, int64_t at_ms)
{
	struct board *board = store_board(b->def, rows, at_ms);

	samples_add(&b->keys, b->db, board, at_ms);
	board_put(board);
}

/* x counts minutes, y is there in every other one. */
static void fill(struct bench *b, int minutes)
{
	char rows[64];

	for (int i = 0; i < minutes; i++) {
		snprintf(rows, sizeof(rows),
			 i % 2 ? "x Online %d" : "x Online %d, y Online 3", i);
		add(b, rows, START + i * MINUTE_MS);
	}
}

static void test_fine(void **state)
{
	struct samples_span span = {.from_ms = START, .step_ms = MINUTE_MS, .n = 10};
	int64_t ids[2];
	float got[20];
	struct bench b;

	(void)state;
	begin(&b);
	fill(&b, 8);
	ids[0] = names_id(&b.keys, b.db, STR("x"));
	ids[1] = names_id(&b.keys, b.db, STR("y"));
	assert_true(samples_read(b.db, b.board, "cpu", &span, ids, 2, got));
	for (int i = 0; i < 10; i++) {
		assert_true(i < 8 ? got[i] == (float)i : isnan(got[i]));
		assert_true(i < 8 && i % 2 == 0 ? got[10 + i] == 3 : isnan(got[10 + i]));
	}
	assert_false(samples_read(b.db, b.board, "cost", &span, ids, 2, got));
	assert_true(isnan(got[0]));
	end(&b);
}

static void test_coarse(void **state)
{
	struct samples_span span = {.from_ms = START,
				    .step_ms = SAMPLES_COARSE_MS,
				    .n = 4};
	int64_t ids[2];
	float got[8];
	struct bench b;

	(void)state;
	begin(&b);
	fill(&b, 17);
	ids[0] = names_id(&b.keys, b.db, STR("x"));
	ids[1] = names_id(&b.keys, b.db, STR("y"));
	assert_true(samples_read(b.db, b.board, "cpu", &span, ids, 2, got));
	/* Means of 0..4, 5..9, 10..14; the last five minutes are not over. */
	assert_true(got[0] == 2 && got[1] == 7 && got[2] == 12 && isnan(got[3]));
	assert_true(got[4] == 3 && got[5] == 3 && got[6] == 3 && isnan(got[7]));
	/* The fine ones go first. */
	samples_prune(b.db, START + 10 * MINUTE_MS, START + 5 * MINUTE_MS);
	assert_true(samples_read(b.db, b.board, "cpu", &span, ids, 2, got));
	assert_true(isnan(got[0]) && got[1] == 7 && got[2] == 12);
	span = (struct samples_span){.from_ms = START, .step_ms = MINUTE_MS, .n = 4};
	assert_true(samples_read(b.db, b.board, "cpu", &span, ids, 2, got));
	assert_true(isnan(got[0]));
	end(&b);
}

static void test_given(void **state)
{
	struct board *was;
	struct bench b;
	const struct cell *x;

	(void)state;
	begin(&b);
	fill(&b, 300);
	was = store_board(b.def, "y Online 3, x Online 9, new Online 1", START);
	samples_give(b.db, was, START + 250 * MINUTE_MS);
	x = &was->rows[1].cells[2];
	assert_int_equal(x->series_n, HISTORY_POINTS);
	assert_true(x->series[HISTORY_POINTS - 1] == 250);
	assert_true(x->series[0] == 250 - HISTORY_POINTS + 1);
	assert_int_equal(was->rows[2].cells[2].series_n, 0);
	board_put(was);
	end(&b);
}

/* Bytes that somebody else wrote end the reading, no more. */
static void test_rubbish(void **state)
{
	struct samples_span span = {.from_ms = START, .step_ms = MINUTE_MS, .n = 2};
	struct db_query q;
	int64_t id;
	float got[2];
	struct bench b;

	(void)state;
	begin(&b);
	fill(&b, 1);
	id = names_id(&b.keys, b.db, STR("x"));
	q = db_query(b.db, "UPDATE sample SET bytes = ?");
	db_put_bytes(&q, STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
	assert_int_equal(db_run(&q), 1);
	assert_true(samples_read(b.db, b.board, "cpu", &span, &id, 1, got));
	assert_true(isnan(got[0]));
	add(&b, "x Online 1", START + 6 * MINUTE_MS);
	end(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fine),
		cmocka_unit_test(test_coarse),
		cmocka_unit_test(test_given),
		cmocka_unit_test(test_rubbish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
