/* Figures over time: fine for a day, coarse after it, and given back to a board. */
#include "store_fixture.h"

#include <math.h>
#include <stdlib.h>

#include "board/history.h"
#include "store/frames.h"
#include "store/sample.h"
#include "store/samples.h"

/* On a boundary of all tiers. */
#define START (FIXTURE_NOW_MS - FIXTURE_NOW_MS % SAMPLES_HOURS_MS)

struct bench {
	struct db *db;
	struct board_def *def;
	struct names scopes, keys;
	int64_t board;
	struct board *last; /* NULL: not known */
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
	board_put(b->last);
	board_def_put(b->def);
}

static void add(struct bench *b, const char *rows, int64_t at_ms)
{
	struct board *board = store_board(b->def, rows, at_ms);
	struct pairs pairs;

	pairs_init(&pairs, b->last, NULL, board);
	samples_add(b->db, &(struct samples_look){.keys = &b->keys,
						  .board = board,
						  .before = b->last,
						  .pairs = &pairs,
						  .at_ms = at_ms});
	pairs_fini(&pairs);
	board_put(b->last);
	b->last = board;
}

/* x counts minutes, y is there in every other one. */
static void fill_from(struct bench *b, int from, int minutes)
{
	char rows[64];

	for (int i = from; i < minutes; i++) {
		snprintf(rows, sizeof(rows),
			 i % 2 ? "x Online %d" : "x Online %d, y Online 3", i);
		add(b, rows, START + i * MINUTE_MS);
	}
}

static void fill(struct bench *b, int minutes)
{
	fill_from(b, 0, minutes);
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
	fill_from(&b, 17, 60);
	samples_prune(b.db, &(struct samples_ends){.fine_ms = START + 42 * MINUTE_MS,
						   .coarse_ms = START + 32 * MINUTE_MS});
	span.from_ms = START + 25 * MINUTE_MS;
	assert_true(samples_read(b.db, b.board, "cpu", &span, ids, 2, got));
	assert_true(isnan(got[0]) && got[1] == 32 && got[2] == 37);
	span = (struct samples_span){.from_ms = START + 26 * MINUTE_MS,
				     .step_ms = MINUTE_MS,
				     .n = 4};
	assert_true(samples_read(b.db, b.board, "cpu", &span, ids, 2, got));
	assert_true(isnan(got[0]));
	/* What is left of them can be read: a step that a reader begins in is whole. */
	span.from_ms = START + 32 * MINUTE_MS;
	assert_true(samples_read(b.db, b.board, "cpu", &span, ids, 2, got));
	assert_true(got[0] == 32 && got[1] == 33 && got[4] == 3);
	end(&b);
}

static void test_hours(void **state)
{
	struct samples_span span = {.from_ms = START,
				    .step_ms = SAMPLES_HOURS_MS,
				    .n = 4};
	float got[4];
	int64_t id;
	struct bench b;

	(void)state;
	begin(&b);
	/* The third hour has no look in its second half. */
	fill(&b, 150);
	add(&b, "x Online 7", START + 190 * MINUTE_MS);
	add(&b, "x Online 7", START + 250 * MINUTE_MS);
	id = names_id(&b.keys, b.db, STR("x"));
	assert_true(samples_read(b.db, b.board, "cpu", &span, &id, 1, got));
	/* Means are kept with three digits: 29.5, 89.5, 134.5 as 135 or so, 7. */
	assert_true(got[0] == 29.5F && fabsf(got[1] - 89.5F) < 0.5F);
	assert_true(fabsf(got[2] - 134.5F) < 1 && got[3] == 7);
	samples_prune(b.db, &(struct samples_ends){.fine_ms = START + 250 * MINUTE_MS,
						   .coarse_ms = START + 250 * MINUTE_MS,
						   .hours_ms = START + 60 * MINUTE_MS});
	assert_true(samples_read(b.db, b.board, "cpu", &span, &id, 1, got));
	assert_true(isnan(got[0]) && !isnan(got[1]) && got[3] == 7);
	end(&b);
}

/* Rows that come, go, stay and move at random: what is read is what was added. */
static void test_random(void **state)
{
	enum { ROWS = 12, LOOKS = 400 };
	static float want[ROWS][LOOKS], got[ROWS * LOOKS];
	static const char *const tails[] = {"",	     ".5", ".25", ".123",
					    ".0625", "e9", "e-7"};
	struct samples_span span = {.from_ms = START, .step_ms = MINUTE_MS, .n = LOOKS};
	int64_t ids[ROWS];
	unsigned seed = 11;
	struct bench b;

	(void)state;
	begin(&b);
	for (int r = 0; r < ROWS; r++) {
		char key[8];

		snprintf(key, sizeof(key), "r%d", r);
		ids[r] = names_id(&b.keys, b.db, str_from(key));
	}
	for (int i = 0; i < LOOKS; i++) {
		char rows[1000] = "", value[16];
		size_t n = 0;

		for (int r = 0; r < ROWS; r++) {
			seed = seed * 1103515245u + 12345u;
			want[r][i] = NAN;
			if ((seed >> 16) % 5 == 0)
				continue;
			snprintf(value, sizeof(value), "null");
			if ((seed >> 19) % 7 && i > 0 && (seed >> 24) % 2 &&
			    !isnan(want[r][i - 1]))
				snprintf(value, sizeof(value), "%.9g",
					 (double)want[r][i - 1]);
			else if ((seed >> 19) % 7)
				snprintf(value, sizeof(value), "%s%u%s",
					 seed >> 31 ? "-" : "", seed >> 26,
					 tails[(seed >> 21) % 7]);
			if (strcmp(value, "null") != 0)
				want[r][i] = strtof(value, NULL);
			n += (size_t)snprintf(rows + n, sizeof(rows) - n,
					      "%sr%d Online %s", n ? ", " : "", r, value);
		}
		/* Another run begins: nobody knows what came before. */
		if ((seed >> 16) % 50 == 0) {
			board_put(b.last);
			b.last = NULL;
		}
		add(&b, rows, START + i * MINUTE_MS);
	}
	assert_true(samples_read(b.db, b.board, "cpu", &span, ids, ROWS, got));
	for (int r = 0; r < ROWS; r++) {
		for (int i = 0; i < LOOKS; i++) {
			float is = got[r * LOOKS + i];

			if (!(is == want[r][i] || (isnan(is) && isnan(want[r][i]))))
				fail_msg("row %d, look %d: %.9g, not %.9g", r, i,
					 (double)is, (double)want[r][i]);
		}
	}
	end(&b);
}

/* Of forty rows that stay as they are, next to nothing is written. */
static void test_unchanged(void **state)
{
	char rows[2000];
	size_t n = 0;
	struct db_query q;
	int64_t bytes = 0;
	struct bench b;

	(void)state;
	begin(&b);
	for (int i = 0; i < 40; i++)
		n += (size_t)snprintf(rows + n, sizeof(rows) - n, "%sr%d Online %d.5",
				      n ? ", " : "", i, i);
	for (int i = 0; i < 5; i++)
		add(&b, rows, START + i * MINUTE_MS);
	q = db_query(b.db, "SELECT length(bytes) FROM sample ORDER BY at DESC LIMIT 4");
	while (db_next(&q))
		bytes += db_get_i64(&q);
	assert_int_equal(bytes, 4);
	end(&b);
}

static void test_rounds(void **state)
{
	static const double values[] = {0,	 0.05,	0.1234, 1.2345,	  9.999, 12.345,
					-45.678, 99.96, 123.45, 98765.43, 3e8,	 1.5e12};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		double off = fabs((double)sample_round(values[i]) - values[i]);

		if (off > fabs(values[i]) * 0.05)
			fail_msg("%g is rounded by %g", values[i], off);
	}
}

/* What the next run is told: looks as they came, holes as holes. */
static void check_recent(const char *name, struct bench *b, int minute, const char *key,
			 const char *want)
{
	struct history_seed *seed =
		samples_recent(b->db, b->def, START + minute * MINUTE_MS);
	struct strbuf got;

	strbuf_init(&got, 4096);
	for (size_t i = 0; seed && i < seed->n_rows; i++) {
		const float *points = seed->rows[i].points;
		int first = HISTORY_POINTS - 12;

		if (!str_eq(seed->rows[i].key, str_from(key)))
			continue;
		for (int at = first; at < HISTORY_POINTS; at++)
			strbuf_printf(&got, isnan(points[at]) ? "%s-" : "%s%g",
				      at > first ? " " : "", (double)points[at]);
	}
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
	history_seed_free(seed);
}

static void test_recent(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	check_recent("nothing", &b, 0, "x", "");
	fill(&b, 20);
	check_recent("up to now", &b, 20, "x", "8 9 10 11 12 13 14 15 16 17 18 19");
	check_recent("every other one", &b, 20, "y", "3 - 3 - 3 - 3 - 3 - 3 -");
	check_recent("what comes later does not count", &b, 5, "x",
		     "- - - - - - - 0 1 2 3 4");
	check_recent("since then nobody looked", &b, 24, "x",
		     "12 13 14 15 16 17 18 19 - - - -");
	add(&b, "x Online 50", START + 26 * MINUTE_MS);
	add(&b, "x Online 51", START + 27 * MINUTE_MS + 9000);
	check_recent("a hole, and a look that came late", &b, 28, "x",
		     "16 17 18 19 - - - - - - 50 51");
	check_recent("too long ago", &b, 400, "x", "");
	check_recent("a row that is not there", &b, 28, "z", "");
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
	samples_give(b.db, was, START + 250 * MINUTE_MS + 30000);
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
		cmocka_unit_test(test_fine),	  cmocka_unit_test(test_coarse),
		cmocka_unit_test(test_hours),	  cmocka_unit_test(test_random),
		cmocka_unit_test(test_unchanged), cmocka_unit_test(test_rounds),
		cmocka_unit_test(test_recent),	  cmocka_unit_test(test_given),
		cmocka_unit_test(test_rubbish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
