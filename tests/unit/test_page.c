/* Pages of logs, of files and of rings, with and without filters, against a reader that
 * has all lines in memory. Thread: the test's. */
#include "stream/page.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "base/sanitize.h"
#include "base/timefmt.h"
#include "stream/recognise.h"
#include "stream/time_find.h"
#include "stream/wanted.h"
#include "unit/check.h"
#include "unit/scratch.h"

#define NOW_MS INT64_C(1773224430000) /* 2026-03-11T10:20:30Z */

enum { LINES_MOST = 4000 };

static uint32_t below(struct rng *rng, uint32_t n)
{
	return (uint32_t)rng_range(rng, 0, (int64_t)n - 1);
}

/* What a log holds, by the place of each line. */
struct model {
	size_t n;
	int64_t at[LINES_MOST + 1];
	char *text[LINES_MOST];
};

static void model_fini(struct model *m)
{
	for (size_t i = 0; i < m->n; i++)
		free(m->text[i]);
	m->n = 0;
}

static void model_add(struct model *m, const char *text)
{
	m->text[m->n] = strdup(text);
	m->at[m->n + 1] = m->at[m->n] + (int64_t)strlen(text) + 1;
	m->n++;
}

static void fill(struct model *m, struct rng *rng, size_t n)
{
	static const char *const levels[] = {"INFO", "INFO", "INFO",  "DEBUG",
					     "INFO", "WARN", "ERROR", "INFO"};
	char text[300];
	struct strbuf time;

	strbuf_init(&time, 64);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && below(rng, 5) == 0) {
			snprintf(text, sizeof(text), "    at atlas.orders.Step%u",
				 (unsigned)below(rng, 9));
			model_add(m, text);
			continue;
		}
		strbuf_reset(&time);
		time_format_iso(&time, NOW_MS - HOUR_MS + (int64_t)i * 1000, true);
		snprintf(text, sizeof(text), "%s %s atlas order %zu took %u ms", time.p,
			 levels[below(rng, 8)], i, (unsigned)below(rng, 900));
		model_add(m, text);
	}
	strbuf_fini(&time);
}

static void open_file(struct lines *l, const struct model *m)
{
	struct strbuf bytes;
	struct err err;

	strbuf_init(&bytes, (size_t)64 << 20);
	for (size_t i = 0; i < m->n; i++) {
		strbuf_puts(&bytes, m->text[i]);
		strbuf_putc(&bytes, '\n');
	}
	*l = (struct lines){.now_ms = NOW_MS};
	l->file = log_file_open(scratch_write("log", strbuf_str(&bytes), 0600), &err);
	assert_non_null(l->file);
	strbuf_fini(&bytes);
}

static struct ring *open_ring(struct lines *l, struct model *m)
{
	struct ring *ring = ring_new((size_t)64 << 20);

	*l = (struct lines){.now_ms = NOW_MS};
	for (size_t i = 0; i < m->n; i++) {
		struct line line;

		line_recognise(str_from(m->text[i]), NOW_MS, &line);
		ring_put(ring, &line);
		m->at[i] = (int64_t)i;
		m->at[i + 1] = (int64_t)i + 1;
	}
	ring_view_take(ring, &l->view);
	return ring;
}

/* Lines of the model that the filter takes, in order. */
static size_t taken_of(const struct model *m, const struct wanted *w, size_t *out)
{
	struct line_filter filter = {0};
	struct err err;
	size_t n = 0;

	assert_true(wanted_compile(w, &filter, &err));
	for (size_t i = 0; i < m->n; i++) {
		struct line line;

		line_recognise(str_from(m->text[i]), NOW_MS, &line);
		if (line_filter_takes(&filter, &line))
			out[n++] = i;
	}
	line_filter_fini(&filter);
	return n;
}

static struct log_page *make(struct lines *l, const struct wanted *w,
			     const struct page_wish *wish, int64_t work)
{
	struct line_filter filter = {0};
	struct page_maker maker;
	struct log_page *page;
	struct err err;

	assert_true(wanted_compile(w, &filter, &err));
	page_maker_init(&maker, wish, l, &filter);
	while (!page_maker_step(&maker, work))
		;
	page = page_maker_take(&maker);
	assert_false(page->is_unfinished);
	page_maker_fini(&maker);
	line_filter_fini(&filter);
	return page;
}

/* The page's rows are neighbours among what is taken, the right one is meant, there are
 * enough on both sides, and it is known whether there are more. */
static void hold(const struct model *m, const size_t *taken, size_t n,
		 const struct page_wish *wish, const struct log_page *page)
{
	size_t meant = 0, first, before, behind;
	int64_t to;

	if (n == 0) {
		assert_int_equal(page->rows.n, 0);
		return;
	}
	while (meant < n && m->at[taken[meant]] < wish->at)
		meant++;
	/* From between two rows, or from the end, a step back is to the one before. */
	to = (int64_t)meant + wish->by;
	if (wish->by > 0 && meant == n)
		to = (int64_t)n - 1;
	to = to < 0 ? 0 : to >= (int64_t)n ? (int64_t)n - 1 : to;
	assert_in_range(page->meant, 0, page->rows.n - 1);
	assert_int_equal(page->rows.p[page->meant].at, m->at[taken[to]]);
	first = (size_t)to - page->meant;
	for (size_t i = 0; i < page->rows.n; i++) {
		struct strbuf clean;

		assert_int_equal(page->rows.p[i].at, m->at[taken[first + i]]);
		strbuf_init(&clean, 1 << 16);
		sanitize_line(&clean, str_from(m->text[taken[first + i]]));
		assert_true(str_eq(page_text(page, i), strbuf_str(&clean)));
		strbuf_fini(&clean);
	}
	assert_int_equal(page->has_before, first > 0);
	assert_int_equal(page->has_behind, first + page->rows.n < n);
	before = page->meant;
	behind = page->rows.n - page->meant;
	assert_true(before >= wish->more || !page->has_before);
	assert_true(behind >= wish->more || !page->has_behind);
	assert_true(page->rows.n >= wish->rows || page->rows.n == n);
}

static void try_all(struct lines *l, const struct model *m, struct rng *rng)
{
	static const struct {
		const char *in, *out;
		enum line_level level;
	} filters[] = {
		{NULL, NULL, LINE_UNKNOWN},
		{"order 1", NULL, LINE_UNKNOWN},
		{NULL, "/took \\d\\d? ms/", 0},
		{NULL, NULL, LINE_WARNING},
		{"took", "Step", LINE_ERROR},
		{"zebra", NULL, LINE_UNKNOWN},
		{"/order \\d*7 /", "INFO", LINE_UNKNOWN},
	};
	size_t *taken = calloc(LINES_MOST, sizeof(*taken));

	for (size_t f = 0; f < sizeof(filters) / sizeof(*filters); f++) {
		struct wanted w = {.level = filters[f].level};
		struct err err;
		size_t n;

		if (filters[f].in)
			assert_true(wanted_add(&w, str_from(filters[f].in), false, &err));
		if (filters[f].out)
			assert_true(wanted_add(&w, str_from(filters[f].out), true, &err));
		n = taken_of(m, &w, taken);
		for (int i = 0; i < 12; i++) {
			struct page_wish wish = {
				.at = m->at[below(rng, (uint32_t)m->n + 1)],
				.by = (int64_t)below(rng, 200) - 100,
				.rows = 1 + below(rng, 60),
				.more = below(rng, 100),
			};
			struct log_page *page;

			if (i == 0)
				wish = (struct page_wish){.at = INT64_MAX,
							  .rows = 24,
							  .more = 48,
							  .lead = 23};
			if (i % 3 == 0)
				wish.by = 0;
			wish.lead = below(rng, (uint32_t)wish.rows);
			page = make(l, &w, &wish, i % 2 ? 1 : 1 << 20);
			hold(m, taken, n, &wish, page);
			page_free(page);
		}
		wanted_fini(&w);
	}
	free(taken);
}

static void test_file(void **state)
{
	struct rng rng = {.state = 7};

	(void)state;
	for (size_t n = 1; n <= 2001; n += 400) {
		struct model m = {.n = 0};
		struct lines l;

		fill(&m, &rng, n);
		open_file(&l, &m);
		try_all(&l, &m, &rng);
		lines_fini(&l);
		model_fini(&m);
	}
}

static void test_ring(void **state)
{
	struct rng rng = {.state = 8};

	(void)state;
	for (size_t n = 1; n <= 2001; n += 1000) {
		struct model m = {.n = 0};
		struct lines l;
		struct ring *ring;

		fill(&m, &rng, n);
		ring = open_ring(&l, &m);
		try_all(&l, &m, &rng);
		lines_fini(&l);
		ring_free(ring);
		model_fini(&m);
	}
}

/* Rows with more than a page may hold of each: cut, said so, and the rest can be had by
 * going sideways. */
static void test_long_lines(void **state)
{
	struct model m = {.n = 0};
	struct wanted all = {0};
	struct page_wish wish = {.at = INT64_MAX, .rows = 3, .more = 3, .lead = 2};
	char *line = malloc(60001);
	struct log_page *page;
	struct lines l;

	(void)state;
	for (int i = 0; i < 60000; i++)
		line[i] = (char)('a' + i / 1000 % 26);
	line[60000] = '\0';
	for (int i = 0; i < 40; i++)
		model_add(&m, line);
	open_file(&l, &m);
	page = make(&l, &all, &wish, 1 << 20);
	assert_true(page->rows.n >= 3);
	assert_true(page->rows.p[page->meant].is_cut);
	assert_int_equal(page->rows.p[page->meant].n, PAGE_ROW_BYTES);
	page_free(page);
	wish.skip = 59990;
	page = make(&l, &all, &wish, 1 << 20);
	check_text("the end of it", page_text(page, page->meant), "hhhhhhhhhh");
	page_free(page);
	lines_fini(&l);
	model_fini(&m);
	free(line);
}

/* What is in a file does not get to the terminal: sequences go, the rest is shown. */
static void test_clean(void **state)
{
	struct page_wish wish = {.rows = 2, .more = 2};
	struct wanted all = {0};
	struct model m = {.n = 0};
	struct log_page *page;
	struct lines l;

	(void)state;
	model_add(&m, "a \033[31mred\033[0m \033]52;c;aGk=\007 b\x01\xff");
	model_add(&m, "{\"time\":\"2026-03-11T10:20:30.5Z\",\"level\":\"error\","
		      "\"logger\":\"pay\",\"msg\":\"no \\u001b[31mmoney\\nleft\"}");
	open_file(&l, &m);
	page = make(&l, &all, &wish, 1 << 20);
	check_text("sequences", page_text(page, 0), "a red  b\xef\xbf\xbd\xef\xbf\xbd");
	assert_int_equal(page->rows.p[1].level, LINE_ERROR);
	page_free(page);
	wish.text = PAGE_NEAT;
	page = make(&l, &all, &wish, 1 << 20);
	check_text("neat", page_text(page, 1), "10:20:30.500 pay  no money left");
	page_free(page);
	lines_fini(&l);
	model_fini(&m);
}

static void test_time(void **state)
{
	struct rng rng = {.state = 3};
	struct model m = {.n = 0};
	struct lines l;
	int64_t at, last;

	(void)state;
	fill(&m, &rng, 3000);
	open_file(&l, &m);
	for (int i = 0; i < 200; i++) {
		int64_t ms = NOW_MS - HOUR_MS + (int64_t)below(&rng, 3100) * 1000 - 500;
		int64_t want = m.at[m.n];

		for (size_t k = m.n; k-- > 0;) {
			struct line line;

			line_recognise(str_from(m.text[k]), NOW_MS, &line);
			if (line.has_time && line.time_ms < ms)
				break;
			if (line.has_time)
				want = m.at[k];
		}
		assert_int_equal(time_find(&l, ms, &at), want < m.at[m.n]);
		assert_int_equal(at, want);
	}
	assert_true(time_of_last(&l, &last));
	assert_in_range(last, NOW_MS - HOUR_MS + 2900000, NOW_MS - HOUR_MS + 3000000);
	lines_fini(&l);
	model_fini(&m);
}

static void test_wanted(void **state)
{
	static const struct {
		const char *text, *says;
		bool is_out, is_good;
	} cases[] = {
		{"atlas", "&atlas", false, true},
		{"/5\\d\\d/", "!/5\\d\\d/", true, true},
		{"/(/", "", false, false},
		{"/", "&/", false, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct wanted w = {0}, copy = {0};
		struct strbuf out;
		struct err err;

		strbuf_init(&out, 1000);
		check_case(cases[i].text,
			   wanted_add(&w, str_from(cases[i].text), cases[i].is_out,
				      &err) == cases[i].is_good);
		wanted_copy(&copy, &w);
		wanted_format(&out, &copy);
		check_text(cases[i].text, strbuf_str(&out), cases[i].says);
		assert_int_equal(wanted_drop(&w), cases[i].is_good);
		assert_true(wanted_is_all(&w));
		assert_false(wanted_drop(&w));
		wanted_fini(&w);
		wanted_fini(&copy);
		strbuf_fini(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file),	   cmocka_unit_test(test_ring),
		cmocka_unit_test(test_long_lines), cmocka_unit_test(test_clean),
		cmocka_unit_test(test_time),	   cmocka_unit_test(test_wanted),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
