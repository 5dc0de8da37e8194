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
		cmocka_unit_test(what_is_no_vector_is_refused),
		cmocka_unit_test(they_are_there_after_a_restart),
		cmocka_unit_test(what_nobody_uses_goes),
		cmocka_unit_test(a_kill_in_the_middle_loses_the_middle),
		cmocka_unit_test(two_write_at_once_and_damage_is_put_aside),
		cmocka_unit_test(texts_of_one_meaning_are_near),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
