/* Rows of a log file at any place of it, by offset and by number, against a reader that
 * has the whole text in memory: files of random lines, some far longer than a block,
 * that grow, are cut back and are replaced. Thread: the test's. */
#include "stream/log_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/rng.h"
#include "base/strbuf.h"
#include "stream/line_index.h"
#include "stream/log_search.h"
#include "unit/check.h"
#include "unit/scratch.h"

enum { MOST = 4 << 20 };

static int make(void **state)
{
	return scratch_make(state);
}

static int drop(void **state)
{
	return scratch_drop(state);
}

static bool is_row_begin(struct str text, size_t at)
{
	if (at == 0 || text.p[at - 1] == '\n')
		return true;
	return at % LOG_BLOCK_BYTES == 0 &&
	       !memchr(text.p + at - LOG_BLOCK_BYTES, '\n', (size_t)LOG_BLOCK_BYTES);
}

/* Every row, forwards and backwards, by number and by offset. */
static void hold(struct log_file *f, const struct line_index *index, struct str text)
{
	struct log_row row = {0}, other;
	uint64_t n = 0;
	int64_t at;

	assert_int_equal(log_file_size(f), text.n);
	for (size_t begin = 0, end; begin < text.n; begin = end, n++) {
		size_t shown;

		for (end = begin + 1; end < text.n && !is_row_begin(text, end);)
			end++;
		shown = end - begin - (text.p[end - 1] == '\n');
		assert_true(log_file_row(f, (int64_t)begin, &row));
		assert_int_equal(row.at, begin);
		assert_int_equal(row.next, end);
		assert_true(str_eq(row.text, str_sub(text, begin, shown)));
		assert_true(log_file_row_before(f, (int64_t)end, &row));
		assert_int_equal(row.at, begin);
		assert_int_equal(log_file_begin_of(f, (int64_t)(begin + end) / 2), begin);
		if (n % 17 != 0)
			continue;
		assert_true(line_index_find(index, f, n, &at));
		assert_int_equal(at, begin);
		uint64_t number;

		assert_true(line_index_number(index, f, (int64_t)begin, &number));
		assert_int_equal(number, n);
	}
	assert_int_equal(index->rows, n);
	assert_false(line_index_find(index, f, n, &at));
	assert_false(log_file_row(f, (int64_t)text.n, &other));
	assert_false(log_file_row_before(f, 0, &other));
}

static void put_random(struct rng *rng, struct strbuf *text, size_t bytes)
{
	size_t end = text->n + bytes;

	while (text->n < end) {
		int64_t kind = rng_range(rng, 0, 400), n = rng_range(rng, 0, 120);

		if (kind == 0)
			n = rng_range(rng, LOG_BLOCK_BYTES - 2, 4 * LOG_BLOCK_BYTES);
		else if (kind == 1)
			n = LOG_BLOCK_BYTES - (int64_t)(text->n % LOG_BLOCK_BYTES) - 1;
		strbuf_pad(text, (char)('a' + kind % 26), (size_t)n);
		if (kind % 5 == 0)
			strbuf_putc(text, '\r');
		if (kind != 2 || text->n < end)
			strbuf_putc(text, '\n');
	}
}

static void index_all(struct line_index *index, struct log_file *f, int64_t step)
{
	for (int i = 0; !line_index_step(index, f, step); i++)
		assert_true(i < 10000);
}

static void rows_are_those_of_a_plain_reader(void **state)
{
	struct strbuf text;
	struct err err;
	struct rng rng;

	(void)state;
	rng_init(&rng, 21);
	strbuf_init(&text, MOST);
	for (int round = 0; round < 12; round++) {
		struct line_index index = {0};
		struct log_file *f;
		const char *path;

		strbuf_reset(&text);
		put_random(&rng, &text, (size_t)rng_range(&rng, 0, 600000));
		if (round % 3 == 0 && text.n)
			strbuf_cut(&text, text.n - 1);
		path = scratch_write("rows", strbuf_str(&text), 0600);
		f = log_file_open(path, &err);
		assert_non_null(f);
		index_all(&index, f, rng_range(&rng, 1, 300000));
		hold(f, &index, strbuf_str(&text));
		/* It grows, in the middle of a line or not. */
		for (int grow = 0; grow < 3; grow++) {
			size_t before = text.n;
			FILE *out = fopen(path, "a");

			put_random(&rng, &text, (size_t)rng_range(&rng, 1, 90000));
			assert_non_null(out);
			fwrite(text.p + before, 1, text.n - before, out);
			fclose(out);
			assert_int_equal(log_file_look(f), LOG_FILE_GREW);
			assert_int_equal(log_file_look(f), LOG_FILE_SAME);
			index_all(&index, f, 100000);
			hold(f, &index, strbuf_str(&text));
		}
		log_file_free(f);
		line_index_fini(&index);
	}
	strbuf_fini(&text);
}

static void what_became_of_it(void **state)
{
	char path[512];
	struct line_index index = {0};
	struct log_file *f;
	struct log_row row;
	struct err err;
	FILE *out;

	(void)state;
	snprintf(path, sizeof(path), "%s",
		 scratch_write("became", STR("one\ntwo\n"), 0600));
	f = log_file_open(path, &err);
	assert_non_null(f);
	assert_int_equal(log_file_look(f), LOG_FILE_SAME);
	index_all(&index, f, 1000);
	assert_int_equal(truncate(path, 4), 0);
	/* Cut behind our back: what is not there any more is not shown. */
	assert_true(log_file_row(f, 0, &row));
	assert_false(log_file_row(f, 4, &row));
	assert_int_equal(log_file_look(f), LOG_FILE_CUT);
	line_index_reset(&index);
	index_all(&index, f, 1000);
	hold(f, &index, STR("one\n"));
	/* Cut and grown past its end: other bytes stand there. */
	out = fopen(path, "w");
	assert_non_null(out);
	fputs("three\nfour\n", out);
	fclose(out);
	assert_int_equal(log_file_look(f), LOG_FILE_CUT);
	scratch_write("other", STR("five\n"), 0600);
	assert_int_equal(rename(scratch_path("other"), path), 0);
	assert_int_equal(log_file_look(f), LOG_FILE_REPLACED);
	assert_true(log_file_row(f, 6, &row));
	check_text("the old one is still read", row.text, "four");
	unlink(path);
	assert_int_equal(log_file_look(f), LOG_FILE_GONE);
	log_file_free(f);
	line_index_fini(&index);
	assert_null(log_file_open(path, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_null(log_file_open("/", &err));
	assert_int_equal(err.code, ERR_IO);
}

/* From the end to the last line that matches, from there to the one before, and on. */
static void hold_backwards(struct matcher *m, struct log_file *f, struct str text,
			   uint64_t want)
{
	int64_t to = (int64_t)text.n;
	struct str line;

	for (uint64_t found = 0;; found++) {
		struct log_search s;
		int64_t nearest;

		log_search_init_back(&s, m, f, 0, to);
		while (!log_search_step(&s, 1) && s.nearest < 0)
			;
		nearest = s.nearest;
		log_search_fini(&s);
		if (nearest < 0) {
			assert_int_equal(found, want);
			return;
		}
		assert_true(matcher_next_line(m, str_sub(text, 0, (size_t)to),
					      (size_t)nearest, &line));
		assert_int_equal(line.p - text.p, nearest);
		assert_false(matcher_next_line(m, str_sub(text, 0, (size_t)to),
					       (size_t)nearest + line.n, &line));
		to = nearest;
	}
}

/* The parts of a file looked through one by one give what the whole gives. */
static void a_search_is_cut_into_steps(void **state)
{
	struct matcher_options plain = {0};
	struct strbuf text;
	struct err err;
	struct rng rng;

	(void)state;
	rng_init(&rng, 8);
	strbuf_init(&text, MOST);
	for (int round = 0; round < 8; round++) {
		struct matcher *m = matcher_new(STR("bb"), &plain, &err);
		uint64_t want, hits = 0;
		int64_t first = -1, at, middle;
		struct str line;
		struct log_file *f;

		strbuf_reset(&text);
		put_random(&rng, &text, 500000);
		f = log_file_open(scratch_write("search", strbuf_str(&text), 0600), &err);
		assert_non_null(f);
		want = matcher_count(m, strbuf_str(&text));
		assert_true(want > 0);
		assert_true(matcher_next_line(m, strbuf_str(&text), 0, &line));
		middle = (int64_t)text.n / 3;
		while (text.p[middle - 1] != '\n')
			middle++;
		for (at = 0; at < (int64_t)text.n; at = at ? (int64_t)text.n : middle) {
			struct log_search s;

			log_search_init(&s, m, f, at, at ? (int64_t)text.n : middle);
			for (int i = 0; !log_search_step(&s, 1 + i * 10000); i++)
				assert_true(i < 1000);
			hits += s.hits;
			if (first < 0)
				first = s.nearest;
			log_search_fini(&s);
		}
		assert_int_equal(hits, want);
		assert_int_equal(first, line.p - text.p);
		hold_backwards(m, f, strbuf_str(&text), want);
		log_file_free(f);
		matcher_free(m);
	}
	strbuf_fini(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_those_of_a_plain_reader),
		cmocka_unit_test(what_became_of_it),
		cmocka_unit_test(a_search_is_cut_into_steps),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
