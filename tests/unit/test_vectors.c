/* Vectors in memory against the sum as one learns it at school, and vectors on disk through
 * everything that happens to files. */
#include "unit/check.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/rng.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "knowledge/hashed_vector.h"
#include "knowledge/vector_store.h"
#include "knowledge/vectors.h"
#include "unit/scratch.h"

enum { ROWS = 300, MOST = 12, NOW_MS = 1000 };

#define MODEL STR("azure/embed/8")

static void fill(struct rng *rng, float *out, size_t dims)
{
	for (size_t i = 0; i < dims; i++)
		out[i] = (float)rng_range(rng, 0, 2000) / 1000 - 1;
}

static double cosine(const float *a, const float *b, size_t dims)
{
	double ab = 0, aa = 0, bb = 0;

	for (size_t i = 0; i < dims; i++) {
		ab += (double)a[i] * (double)b[i];
		aa += (double)a[i] * (double)a[i];
		bb += (double)b[i] * (double)b[i];
	}
	return ab / sqrt(aa * bb);
}

/* None that is nearer was left out, and each is as near as it says. */
static void check_exact(size_t dims, bool has_holes)
{
	static float rows[ROWS][40];
	struct vectors v = {.dims = 0};
	struct vector_hit hits[MOST];
	float query[40];
	struct rng rng;
	size_t n;

	rng_init(&rng, 5 + dims);
	fill(&rng, query, dims);
	for (size_t i = 0; i < ROWS; i++) {
		fill(&rng, rows[i], dims);
		assert_true(vectors_put(&v, i, rows[i], dims));
	}
	for (size_t i = 0; has_holes && i < ROWS; i += 3)
		vectors_drop(&v, i);
	n = vectors_nearest(&v, query, dims, hits, MOST);
	assert_int_equal(n, MOST);
	for (size_t i = 0; i < n; i++) {
		size_t nearer = 0;
		double mine = cosine(query, rows[hits[i].row], dims);

		assert_true(fabs(mine - (double)hits[i].cosine) < 1e-5);
		assert_true(vectors_has(&v, hits[i].row));
		for (size_t k = 0; k < ROWS; k++)
			nearer += vectors_has(&v, k) &&
				  cosine(query, rows[k], dims) > mine + 1e-6;
		assert_int_equal(nearer, i);
	}
	vectors_fini(&v);
}

static void the_nearest_are_the_nearest(void **state)
{
	(void)state;
	/* Whole lanes, less than a lane, and a lane with a rest. */
	check_exact(32, false);
	check_exact(9, false);
	check_exact(33, true);
}

/* Kinds of vectors: without any order; in few bundles, so that many are as near; with one
 * dimension that outweighs all others, as some models have it; the same one each time;
 * nearer and nearer to the question. */
enum kind { SCATTERED, BUNDLED, LOPSIDED, SAME, RISING, KINDS };

static void fill_as(struct rng *rng, enum kind kind, size_t row, float *out, size_t dims)
{
	struct rng other;

	rng_init(&other, kind == BUNDLED ? 100 + row % 7 : 99);
	if (kind == SCATTERED || kind == LOPSIDED)
		fill(rng, out, dims);
	else
		fill(&other, out, dims);
	for (size_t i = 0; i < dims && (kind == BUNDLED || kind == RISING); i++)
		out[i] += (float)rng_range(rng, -1000, 1000) / 1000 *
			  (kind == BUNDLED ? 0.001F : 2 - (float)row / ROWS * 2);
	if (kind == LOPSIDED)
		out[dims / 3] = 30 + out[0];
}

/* Of all rows none is left out, so the first of them are what fewer must be. */
static void check_same(const struct vectors *v, const float *query, size_t dims)
{
	static struct vector_hit all[ROWS], some[ROWS];
	size_t n = vectors_nearest(v, query, dims, all, ROWS);

	assert_int_equal(n, v->n);
	for (size_t most = 1; most <= ROWS; most += most) {
		size_t got = vectors_nearest(v, query, dims, some, most);

		assert_int_equal(got, most < n ? most : n);
		for (size_t i = 0; i < got; i++) {
			assert_int_equal(some[i].row, all[i].row);
			assert_true(some[i].cosine == all[i].cosine);
		}
	}
}

static void check_kind(enum kind kind, size_t dims, bool has_holes)
{
	float *vector = xcalloc(dims, sizeof(*vector));
	struct vectors v = {.dims = 0};
	struct rng rng;

	rng_init(&rng, 17 + dims);
	for (size_t i = 0; i < ROWS; i++) {
		fill_as(&rng, kind, i, vector, dims);
		assert_true(vectors_put(&v, i, vector, dims));
	}
	for (size_t i = 0; has_holes && i < ROWS; i += 4)
		vectors_drop(&v, i);
	for (size_t i = 0; i < 4; i++) {
		fill_as(&rng, i % 2 ? SCATTERED : kind, ROWS, vector, dims);
		check_same(&v, vector, dims);
	}
	vectors_fini(&v);
	free(vector);
}

static void what_is_not_compared_in_full_is_not_near(void **state)
{
	static const size_t dims[] = {8, 64, 100, 768, 1536};

	(void)state;
	for (int kind = 0; kind < KINDS; kind++) {
		for (size_t i = 0; i < sizeof(dims) / sizeof(*dims); i++)
			check_kind((enum kind)kind, dims[i], i % 2);
	}
}

static void make_unit(float *vector, size_t dims)
{
	double length = 0;

	for (size_t i = 0; i < dims; i++)
		length += (double)vector[i] * (double)vector[i];
	for (size_t i = 0; i < dims; i++)
		vector[i] = (float)((double)vector[i] / sqrt(length));
}

/* It may say that it is off by more than it is, but not by so much that nothing is told. */
static void check_sketch(enum kind kind, size_t blocks)
{
	static float x[VECTOR_MOST_DIMS], y[VECTOR_MOST_DIMS];
	static int8_t codes[VECTOR_MOST_DIMS];
	float steps[SKETCH_MOST_BLOCKS], error, off, product;
	const struct sketch sketch = {.codes = codes, .steps = steps, .error = &error};
	static struct sketch_query query;
	size_t dims = blocks * SKETCH_BLOCK;
	struct rng rng;

	rng_init(&rng, blocks);
	for (size_t row = 0; row < 50; row++) {
		fill_as(&rng, kind, row, x, dims);
		fill_as(&rng, row % 2 ? kind : SCATTERED, row + 1, y, dims);
		make_unit(x, dims);
		make_unit(y, dims);
		sketch_make(&sketch, x, blocks);
		sketch_ask(&query, y, blocks);
		product = sketch_product(&query, &sketch, &off);
		assert_true(fabs(cosine(x, y, dims) - (double)product) <= (double)off);
		assert_true(off < 0.03F);
	}
}

static void a_sketch_is_off_by_no_more_than_it_says(void **state)
{
	(void)state;
	for (int kind = 0; kind < KINDS; kind++) {
		check_sketch((enum kind)kind, 1);
		check_sketch((enum kind)kind, 24);
		check_sketch((enum kind)kind, SKETCH_MOST_BLOCKS);
	}
}

static void numbers_of_any_size_have_a_sketch(void **state)
{
	/* The least float there is, and one whose square is none. */
	float tiny[64] = {[3] = 1e-45F, [9] = 1}, large[64] = {[3] = 3e38F, [9] = 1e38F};
	struct vectors v = {.dims = 0};
	struct vector_hit hits[2];

	(void)state;
	assert_true(vectors_put(&v, 0, tiny, 64));
	assert_true(vectors_put(&v, 1, large, 64));
	assert_int_equal(vectors_nearest(&v, large, 64, hits, 2), 2);
	assert_int_equal(hits[0].row, 1);
	assert_true(fabsf(hits[0].cosine - 1) < 1e-5F);
	assert_true(fabs((double)hits[1].cosine - cosine(tiny, large, 64)) < 1e-5);
	vectors_fini(&v);
}

static void what_is_no_vector_is_refused(void **state)
{
	float good[16] = {1}, other[24] = {1}, none[16] = {0}, nan[16] = {1, NAN},
	      endless[16] = {INFINITY};
	struct vectors v = {.dims = 0};
	struct vector_hit hit;

	(void)state;
	assert_false(vectors_put(&v, 0, good, VECTOR_LEAST_DIMS - 1));
	assert_false(vectors_put(&v, 0, none, 16));
	assert_true(vectors_put(&v, 3, good, 16));
	assert_false(vectors_put(&v, 0, other, 24));
	assert_false(vectors_put(&v, 0, nan, 16));
	assert_false(vectors_put(&v, 0, endless, 16));
	assert_int_equal(v.n, 1);
	assert_int_equal(vectors_nearest(&v, other, 24, &hit, 1), 0);
	assert_int_equal(vectors_nearest(&v, none, 16, &hit, 1), 0);
	assert_int_equal(vectors_nearest(&v, good, 16, &hit, 1), 1);
	assert_int_equal(hit.row, 3);
	/* When the last one goes, another length may come. */
	vectors_drop(&v, 3);
	assert_true(vectors_put(&v, 0, other, 24));
	vectors_fini(&v);
}

static struct vector_store *open_at(const char *name)
{
	struct err err;
	struct vector_store *s =
		vector_store_open(name ? scratch_path(name) : NULL, &err);

	if (!s)
		fail_msg("%s", err.text);
	return s;
}

static void write_one(struct vector_store *s, const char *text, float first,
		      int64_t now_ms)
{
	const float vector[8] = {first, 2, 3, 4, 5, 6, 7, 8};
	struct vector_key key = vector_key_of(str_from(text));
	struct err err;

	vector_store_begin(s);
	vector_store_write(s, MODEL, &key, vector, 8, now_ms);
	assert_true(vector_store_end(s, &err));
}

static size_t read_one(struct vector_store *s, struct str model, const char *text,
		       float *first)
{
	struct vector_key key = vector_key_of(str_from(text));
	float vector[8] = {0};
	size_t n = vector_store_read(s, model, &key, vector, 8);

	*first = vector[0];
	return n;
}

static void they_are_there_after_a_restart(void **state)
{
	struct vector_store *s = open_at("again.db");
	struct vector_status status;
	struct err err, why;
	float first;

	(void)state;
	write_one(s, "a section", 1, NOW_MS);
	write_one(s, "a section", 9, NOW_MS + 5);
	err_set(&why, ERR_THROTTLED, "later");
	vector_store_begin(s);
	vector_store_say(s, MODEL, &why, NOW_MS + 7);
	assert_true(vector_store_end(s, &err));
	vector_store_close(s);
	s = vector_store_look(scratch_path("again.db"), &err);
	assert_non_null(s);
	assert_int_equal(read_one(s, MODEL, "a section", &first), 8);
	assert_true(first == 9);
	assert_int_equal(read_one(s, MODEL, "another one", &first), 0);
	/* Another model's are not its. */
	assert_int_equal(read_one(s, STR("azure/embed/16"), "a section", &first), 0);
	vector_store_status(s, MODEL, &status);
	assert_int_equal(status.newest_ms, NOW_MS + 5);
	assert_int_equal(status.tried_ms, NOW_MS + 7);
	assert_string_equal(status.error, "later");
	vector_store_status(s, STR("nobody's"), &status);
	assert_int_equal(status.newest_ms, 0);
	vector_store_close(s);
	assert_null(vector_store_look(scratch_path("none.db"), &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

static void what_nobody_uses_goes(void **state)
{
	struct vector_store *s = open_at(NULL);
	struct vector_key used = vector_key_of(STR("used"));
	float first;

	(void)state;
	write_one(s, "used", 1, 0);
	write_one(s, "left alone", 2, 0);
	vector_store_use(s, MODEL, &used, 20 * DAY_MS);
	vector_store_prune(s, 40 * DAY_MS);
	assert_int_equal(read_one(s, MODEL, "used", &first), 8);
	assert_int_equal(read_one(s, MODEL, "left alone", &first), 0);
	vector_store_close(s);
}

/* What was ended is there, what was not is not, and the next one can write. */
static void a_kill_in_the_middle_loses_the_middle(void **state)
{
	struct vector_store *s;
	float first;
	int status;
	pid_t pid;

	(void)state;
	pid = fork();
	if (pid == 0) {
		struct vector_key key = vector_key_of(STR("half"));
		const float vector[8] = {1};

		s = open_at("killed.db");
		write_one(s, "whole", 4, NOW_MS);
		vector_store_begin(s);
		vector_store_write(s, MODEL, &key, vector, 8, NOW_MS);
		raise(SIGKILL);
		_exit(1);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	s = open_at("killed.db");
	assert_int_equal(read_one(s, MODEL, "whole", &first), 8);
	assert_int_equal(read_one(s, MODEL, "half", &first), 0);
	write_one(s, "half", 5, NOW_MS);
	assert_int_equal(read_one(s, MODEL, "half", &first), 8);
	vector_store_close(s);
}

static void two_write_at_once_and_damage_is_put_aside(void **state)
{
	struct vector_store *one = open_at("two.db"), *two = open_at("two.db");
	struct err err;
	float first;

	(void)state;
	write_one(one, "first", 1, NOW_MS);
	write_one(two, "second", 2, NOW_MS);
	assert_int_equal(read_one(one, MODEL, "second", &first), 8);
	assert_int_equal(read_one(two, MODEL, "first", &first), 8);
	vector_store_close(one);
	vector_store_close(two);
	assert_true(file_write(scratch_path("bad.db"), STR("no database at all"), &err));
	one = open_at("bad.db");
	write_one(one, "first", 1, NOW_MS);
	assert_int_equal(read_one(one, MODEL, "first", &first), 8);
	vector_store_close(one);
}

static void texts_of_one_meaning_are_near(void **state)
{
	static const struct {
		const char *text, *near, *far;
	} cases[] = {
		{"the database is slow", "sluggish sql queries take ages",
		 "renew the certificate"},
		{"cert about to run out", "A certificate expires",
		 "the budget of the month"},
		{"OOMKilled", "exit code 137 OOMKilled", "exit code 1 of terraform"},
	};
	float text[256], near[256], far[256], nothing[256];
	struct hashed_words words;

	(void)state;
	hashed_words_init(&words);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		hashed_vector(&words, str_from(cases[i].text), text, 256);
		hashed_vector(&words, str_from(cases[i].near), near, 256);
		hashed_vector(&words, str_from(cases[i].far), far, 256);
		if (cosine(text, near, 256) < cosine(text, far, 256) + 0.15)
			fail_msg("%s: %.2f and %.2f", cases[i].text,
				 cosine(text, near, 256), cosine(text, far, 256));
	}
	hashed_vector(&words, STR("the of and"), nothing, 256);
	for (size_t i = 0; i < 256; i++)
		assert_true(nothing[i] == 0);
	hashed_words_fini(&words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearest_are_the_nearest),
		cmocka_unit_test(what_is_not_compared_in_full_is_not_near),
		cmocka_unit_test(a_sketch_is_off_by_no_more_than_it_says),
		cmocka_unit_test(numbers_of_any_size_have_a_sketch),
		cmocka_unit_test(what_is_no_vector_is_refused),
		cmocka_unit_test(they_are_there_after_a_restart),
		cmocka_unit_test(what_nobody_uses_goes),
		cmocka_unit_test(a_kill_in_the_middle_loses_the_middle),
		cmocka_unit_test(two_write_at_once_and_damage_is_put_aside),
		cmocka_unit_test(texts_of_one_meaning_are_near),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
