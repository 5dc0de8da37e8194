/* The text of gzip at any place, against the text itself: members one after another,
 * empty ones, files that end in the middle, are damaged, grow, or are made to be too
 * much; and that what is kept for it stays small. Thread: the test's. */
#include "stream/gunzip_at.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "base/rng.h"
#include "base/strbuf.h"
#include "stream/line_index.h"
#include "stream/log_file.h"
#include "stream/log_search.h"
#include "unit/check.h"
#include "unit/scratch.h"

enum { STEP = 1 << 20, READS = 9, PIECE_MOST = 100000 };

static int reopen(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	return fd;
}

static void put_member(const char *path, struct str text)
{
	gzFile out = gzopen(path, "ab1");

	assert_non_null(out);
	if (text.n)
		assert_int_equal(gzwrite(out, text.p, (unsigned)text.n), text.n);
	assert_int_equal(gzclose(out), Z_OK);
}

static void put_lines(struct strbuf *text, struct rng *rng, size_t bytes)
{
	for (size_t end = text->n + bytes; text->n < end;)
		strbuf_printf(text, "line %zu says %llx %s\n", text->n,
			      (unsigned long long)rng_next(rng),
			      rng_range(rng, 0, 9) ? "quietly" : "ERROR");
}

/* Through all of it, a step at a time, up to its end. */
static enum gunzip_survey_result survey_all(struct gunzip_survey *s, struct err *err)
{
	enum gunzip_survey_result result;

	do {
		result = gunzip_survey_step(s, STEP, err);
	} while (result == GUNZIP_MORE);
	return result;
}

static size_t kept_bytes(const struct gunzip_points *points)
{
	size_t n = sizeof(*points) + points->n * sizeof(*points->at);

	for (size_t i = 0; i < points->n; i++)
		n += sizeof(*points->at[i]) + points->at[i]->n_kept;
	return n;
}

/* Places in order, at random, and the last one. */
static void hold(int fd, struct gunzip_points *points, struct str text)
{
	struct gunzip_at *g = gunzip_at_new(fd, gunzip_points_get(points));
	char *piece = malloc(PIECE_MOST);
	struct rng rng;

	rng_init(&rng, 3);
	assert_non_null(piece);
	assert_int_equal(gunzip_at_size(g), text.n);
	for (int i = 0; i < READS && text.n; i++) {
		int64_t at = i < 5 ? i * 1000 % (int64_t)text.n
				   : rng_range(&rng, 0, (int64_t)text.n - 1);
		int64_t n = rng_range(&rng, 1, PIECE_MOST);
		int64_t there = (int64_t)text.n - at < n ? (int64_t)text.n - at : n;

		assert_int_equal(gunzip_at_read(g, piece, n, at), there);
		assert_memory_equal(piece, text.p + at, (size_t)there);
	}
	assert_int_equal(gunzip_at_read(g, piece, 10, (int64_t)text.n), 0);
	if (text.n) {
		assert_int_equal(gunzip_at_read(g, piece, 10, (int64_t)text.n - 1), 1);
		assert_int_equal(piece[0], text.p[text.n - 1]);
	}
	gunzip_at_free(g);
	free(piece);
}

struct file_case {
	const char *name;
	size_t members[6]; /* bytes of text; 1: none at all; 0: the end */
	struct str behind;
};

static const struct file_case files[] = {
	{"one member", {5 << 20}, STR("")},
	{"a short one", {100}, STR("")},
	{"nothing in it", {1}, STR("")},
	{"members", {3 << 20, 100, 5 << 20, 3000}, STR("")},
	{"empty members", {1, 3 << 20, 1, 1, 4 << 20, 1}, STR("")},
	{"padding behind it", {3 << 20}, STR("\0\0\0\0\0\0\0")},
	{"something else behind it", {3 << 20}, STR("what is this")},
};

static void test_files(void **state)
{
	struct rng rng;

	(void)state;
	rng_init(&rng, 1);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		const struct file_case *c = &files[i];
		const char *path = scratch_path("f.gz");
		struct gunzip_points *points;
		struct gunzip_survey *s;
		struct strbuf text;
		struct err err;
		int fd;

		unlink(path);
		strbuf_init(&text, 32 << 20);
		for (size_t k = 0; k < 6 && c->members[k]; k++) {
			size_t from = text.n;

			if (c->members[k] > 1)
				put_lines(&text, &rng, c->members[k]);
			put_member(path, str_sub(strbuf_str(&text), from, text.n));
		}
		fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
		assert_int_equal(write(fd, c->behind.p, c->behind.n), c->behind.n);
		close(fd);
		fd = reopen(path);
		s = gunzip_survey_new(dup(fd));
		check_case(c->name, survey_all(s, &err) == GUNZIP_END);
		check_text(c->name, str_from(err.code == ERR_NONE ? "" : err.text), "");
		points = gunzip_survey_points(s);
		check_case(c->name, points->n >= 1 + text.n / (3 << 20));
		check_case(c->name, kept_bytes(points) < points->n * GUNZIP_WINDOW_BYTES);
		hold(fd, points, strbuf_str(&text));
		/* What was found outlives who found it. */
		gunzip_survey_free(s);
		hold(fd, points, strbuf_str(&text));
		gunzip_points_put(points);
		strbuf_fini(&text);
		close(fd);
	}
}

static void cut_to(const char *path, double share)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);

	assert_int_equal(ftruncate(fd, (off_t)((double)lseek(fd, 0, SEEK_END) * share)),
			 0);
	close(fd);
}

static void test_cut(void **state)
{
	const char *path = scratch_path("cut.gz");
	struct gunzip_points *points;
	struct gunzip_survey *s;
	struct strbuf text;
	struct rng rng;
	struct err err;
	int fd;

	(void)state;
	rng_init(&rng, 2);
	strbuf_init(&text, 32 << 20);
	put_lines(&text, &rng, 6 << 20);
	put_member(path, strbuf_str(&text));
	cut_to(path, 0.7);
	fd = reopen(path);
	s = gunzip_survey_new(dup(fd));
	assert_int_equal(survey_all(s, &err), GUNZIP_END);
	assert_string_equal(
		err.text, "the gzip data ends in the middle; what came before was read");
	points = gunzip_survey_points(s);
	assert_in_range(points->text_bytes, 4 << 20, 5 << 20);
	hold(fd, points, str_sub(strbuf_str(&text), 0, (size_t)points->text_bytes));
	gunzip_points_put(points);
	gunzip_survey_free(s);
	strbuf_fini(&text);
	close(fd);
}

static void test_grows(void **state)
{
	const char *path = scratch_path("grows.gz");
	struct gunzip_points *before, *after;
	struct gunzip_survey *s;
	struct gunzip_at *g;
	struct strbuf text;
	struct rng rng;
	struct err err;
	char piece[16];
	size_t first;
	int fd;

	(void)state;
	rng_init(&rng, 4);
	strbuf_init(&text, 32 << 20);
	put_lines(&text, &rng, 3 << 20);
	put_member(path, strbuf_str(&text));
	fd = reopen(path);
	s = gunzip_survey_new(dup(fd));
	assert_int_equal(survey_all(s, &err), GUNZIP_END);
	before = gunzip_survey_points(s);
	g = gunzip_at_new(fd, gunzip_points_get(before));
	first = text.n;
	assert_int_equal(gunzip_at_read(g, piece, 16, (int64_t)first - 4), 4);
	put_lines(&text, &rng, 5 << 20);
	put_member(path, str_sub(strbuf_str(&text), first, text.n));
	assert_int_equal(gunzip_at_read(g, piece, 16, (int64_t)first), 0);
	assert_int_equal(survey_all(s, &err), GUNZIP_END);
	assert_int_equal(err.code, ERR_NONE);
	after = gunzip_survey_points(s);
	gunzip_at_give(g, gunzip_points_get(after));
	assert_int_equal(gunzip_at_read(g, piece, 16, (int64_t)first - 4), 16);
	assert_memory_equal(piece, text.p + first - 4, 16);
	hold(fd, before, str_sub(strbuf_str(&text), 0, first));
	hold(fd, after, strbuf_str(&text));
	gunzip_at_free(g);
	gunzip_points_put(before);
	gunzip_points_put(after);
	gunzip_survey_free(s);
	strbuf_fini(&text);
	close(fd);
}

/* One bit of it is another, wherever: what is said to be there can be read, or is not
 * given; nothing is said to be whole. */
static void test_damaged(void **state)
{
	const char *path = scratch_path("bad.gz");
	struct strbuf text;
	struct rng rng;
	int fd;

	(void)state;
	rng_init(&rng, 5);
	strbuf_init(&text, 32 << 20);
	put_lines(&text, &rng, 3 << 20);
	put_member(path, strbuf_str(&text));
	fd = open(path, O_RDWR | O_CLOEXEC);
	for (int i = 0; i < 8; i++) {
		off_t at = (off_t)rng_range(&rng, 10, lseek(fd, 0, SEEK_END) - 1);
		struct gunzip_survey *s = gunzip_survey_new(dup(fd));
		struct gunzip_points *points;
		struct gunzip_at *g;
		char byte, bad, piece[64];
		struct err err;

		assert_int_equal(pread(fd, &byte, 1, at), 1);
		bad = (char)(byte ^ (1 << rng_range(&rng, 0, 7)));
		assert_int_equal(pwrite(fd, &bad, 1, at), 1);
		if (survey_all(s, &err) == GUNZIP_FAILED)
			assert_string_equal(
				err.text,
				"the gzip data is damaged; what came before it was read");
		assert_int_not_equal(err.code, ERR_NONE);
		points = gunzip_survey_points(s);
		g = gunzip_at_new(fd, points);
		for (int k = 0; k < 3 && points->text_bytes; k++) {
			int64_t place = rng_range(&rng, 0, points->text_bytes - 1);

			assert_true(gunzip_at_read(g, piece, sizeof(piece), place) > 0);
		}
		gunzip_at_free(g);
		gunzip_survey_free(s);
		assert_int_equal(pwrite(fd, &byte, 1, at), 1);
	}
	strbuf_fini(&text);
	close(fd);
}

/* A small file that is 100 MiB of nothing. */
static void test_bomb(void **state)
{
	const char *path = scratch_path("bomb.gz");
	static const char nothing[1 << 20];
	gzFile out = gzopen(path, "wb9");
	struct gunzip_points *points;
	struct gunzip_survey *s;
	struct gunzip_at *g;
	struct err err;
	char piece[16];
	int fd;

	(void)state;
	for (int i = 0; i < 100; i++)
		assert_int_equal(gzwrite(out, nothing, sizeof(nothing)), sizeof(nothing));
	assert_int_equal(gzclose(out), Z_OK);
	fd = reopen(path);
	s = gunzip_survey_new(dup(fd));
	assert_int_equal(survey_all(s, &err), GUNZIP_END);
	points = gunzip_survey_points(s);
	assert_int_equal(points->text_bytes, 100 << 20);
	assert_true(kept_bytes(points) < 64 << 10);
	g = gunzip_at_new(fd, points);
	assert_int_equal(gunzip_at_read(g, piece, 16, 99 << 20), 16);
	assert_memory_equal(piece, nothing, 16);
	gunzip_at_free(g);
	gunzip_survey_free(s);
	close(fd);
}

/* Bits as deflate has them, lowest first. */
struct bits {
	struct strbuf *out;
	unsigned held, n;
};

static void put_bits(struct bits *b, unsigned value, unsigned n)
{
	b->held |= value << b->n;
	for (b->n += n; b->n >= 8; b->n -= 8, b->held >>= 8)
		strbuf_putc(b->out, (char)(b->held & 255));
}

/* One block of 100 MiB: there is no place in it to begin at. */
static void test_block_without_end(void **state)
{
	static const char header[10] = {0x1f, (char)0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
	const char *path = scratch_path("block.gz");
	struct gunzip_survey *s;
	struct strbuf packed;
	struct bits bits = {.out = &packed};
	struct err err;
	int fd;

	(void)state;
	strbuf_init(&packed, 4 << 20);
	strbuf_put(&packed, (struct str){.p = header, .n = sizeof(header)});
	put_bits(&bits, 3, 3);	  /* the last block, fixed codes */
	put_bits(&bits, 0x0c, 8); /* one zero */
	for (int i = 0; i < (100 << 20) / 258; i++)
		put_bits(&bits, 0xa3, 13); /* 258 more, as the one before */
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, packed.p, packed.n), packed.n);
	s = gunzip_survey_new(fd);
	assert_int_equal(survey_all(s, &err), GUNZIP_FAILED);
	assert_int_equal(err.code, ERR_TOO_LARGE);
	assert_int_equal(survey_all(s, &err), GUNZIP_FAILED);
	gunzip_survey_free(s);
	strbuf_fini(&packed);
}

/* As a log: the same rows, by offset, by number and by search, as of the text. */
static void test_log(void **state)
{
	const char *path = scratch_path("log.gz"), *plain = scratch_path("log");
	struct line_index index = {0};
	struct gunzip_points *points;
	struct gunzip_survey *s;
	struct log_file *f, *g;
	static const struct matcher_options as_text = {0};
	struct matcher *m;
	struct log_search search;
	struct log_row a = {0}, b = {0};
	struct strbuf text;
	struct rng rng;
	struct err err;
	int64_t at;
	int fd;

	(void)state;
	rng_init(&rng, 6);
	strbuf_init(&text, 32 << 20);
	put_lines(&text, &rng, 5 << 20);
	put_member(path, strbuf_str(&text));
	fd = open(plain, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, text.p, text.n), text.n);
	f = log_file_new(fd, "plain", &err);
	s = gunzip_survey_new(reopen(path));
	points = gunzip_survey_points(s);
	g = log_file_new_packed(reopen(path), "packed", points, &err);
	assert_int_equal(log_file_size(g), 0);
	gunzip_points_put(points);
	assert_int_equal(survey_all(s, &err), GUNZIP_END);
	points = gunzip_survey_points(s);
	log_file_give(g, points);
	assert_int_equal(log_file_look(g), LOG_FILE_GREW);
	assert_int_equal(log_file_look(g), LOG_FILE_SAME);
	a.at = b.at = log_file_size(f);
	while (log_file_row_before(f, a.at, &a)) {
		assert_true(log_file_row_before(g, b.at, &b));
		assert_true(a.at == b.at && str_eq(a.text, b.text));
	}
	assert_false(log_file_row_before(g, b.at, &b));
	while (!line_index_step(&index, g, STEP))
		continue;
	assert_true(line_index_find(&index, g, index.rows / 2, &at));
	assert_true(log_file_begin_of(f, at) == at);
	m = matcher_new(STR("ERROR"), &as_text, &err);
	log_search_init(&search, m, g, 0, log_file_size(g));
	while (!log_search_step(&search, STEP))
		continue;
	assert_int_equal(search.hits, matcher_count(m, strbuf_str(&text)));
	log_search_fini(&search);
	matcher_free(m);
	line_index_fini(&index);
	gunzip_points_put(points);
	gunzip_survey_free(s);
	log_file_free(f);
	log_file_free(g);
	strbuf_fini(&text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files), cmocka_unit_test(test_cut),
		cmocka_unit_test(test_grows), cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_bomb),  cmocka_unit_test(test_block_without_end),
		cmocka_unit_test(test_log),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
