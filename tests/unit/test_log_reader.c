/* The thread that reads logs, as the screen talks to it: files that grow, are cut back and
 * replaced, gzip, pipes, rings; pages, hits, places, sums. Waiting is for an answer.
 * Thread: the test's, beside the one under test. */
#include "worker/log/log_thread.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "base/timefmt.h"
#include "base/xalloc.h"
#include "stream/recognise.h"
#include "unit/check.h"
#include "unit/scratch.h"

#define NOW_MS INT64_C(1773224430000) /* 2026-03-11T10:20:30Z */

enum { LOG = 7, PATIENCE_MS = 20000 };

struct bench {
	struct clock clock;
	struct wake_fd wake;
	struct log_thread *thread;
	struct mail *news; /* not looked at yet */
	uint64_t last_id;
	struct log_state state; /* the last that was told */
	uint64_t hits;		/* likewise */
};

static void set_up(struct bench *b)
{
	struct err err;

	*b = (struct bench){.last_id = 0};
	clock_init_scaled(&b->clock, NOW_MS, 1);
	assert_true(wake_fd_init(&b->wake));
	b->thread = log_thread_start(&b->clock, wake_fd_raise, &b->wake, &err);
	assert_non_null(b->thread);
}

static void tear_down(struct bench *b)
{
	while (b->news) {
		struct mail *next = b->news->next;

		b->news->free(b->news);
		b->news = next;
	}
	log_thread_stop(b->thread);
	wake_fd_fini(&b->wake);
}

static struct log_order *order(struct bench *b, enum log_order_kind kind)
{
	struct log_order *o = log_order_new(kind, LOG);

	o->id = ++b->last_id;
	return o;
}

static void open_path(struct bench *b, const char *path)
{
	struct log_order *o = order(b, LOG_OPEN);

	o->path = xstrdup(path);
	log_thread_order(b->thread, o);
}

static struct log_news *next(struct bench *b)
{
	struct pollfd fd = {.fd = b->wake.read_fd, .events = POLLIN};
	struct mail *mail;

	while (!b->news) {
		if (poll(&fd, 1, PATIENCE_MS) <= 0)
			fail_msg("no news");
		wake_fd_clear(&b->wake);
		b->news = log_thread_news(b->thread);
	}
	mail = b->news;
	b->news = mail->next;
	assert_true(((struct log_news *)mail)->done >= 0);
	assert_true(((struct log_news *)mail)->done <= ((struct log_news *)mail)->total);
	if (mail->kind == LOG_NEWS_STATE)
		b->state = ((struct log_news *)mail)->state;
	if (mail->kind == LOG_NEWS_HITS)
		b->hits = ((struct log_news *)mail)->hits;
	return (struct log_news *)mail;
}

/* The last of its kind; the others are passed. */
static struct log_news *await(struct bench *b, enum log_news_kind kind, bool is_whole)
{
	for (;;) {
		struct log_news *news = next(b);

		if (news->mail.kind == (int)kind && (news->is_done || !is_whole) &&
		    (kind == LOG_NEWS_STATE || news->id == 0 || news->id == b->last_id))
			return news;
		log_news_free(news);
	}
}

static void await_open(struct bench *b, bool is_counted)
{
	do
		log_news_free(await(b, LOG_NEWS_STATE, false));
	while (!b->state.is_open || (is_counted && !b->state.is_counted) ||
	       b->state.is_arriving);
}

static struct log_page *page(struct bench *b, int64_t at, uint64_t *number)
{
	struct log_order *o = order(b, LOG_PAGE);
	struct log_news *news;
	struct log_page *page;

	o->wish = (struct page_wish){.at = at,
				     .rows = 10,
				     .more = 10,
				     .lead = at == INT64_MAX ? 9 : 0};
	log_thread_order(b->thread, o);
	news = await(b, LOG_NEWS_PAGE, true);
	page = log_news_take_page(news);
	if (number)
		*number = news->number;
	log_news_free(news);
	return page;
}

static void check_last(struct bench *b, const char *text)
{
	struct log_page *p = page(b, INT64_MAX, NULL);

	check_text("the last line", page_text(p, p->rows.n - 1), text);
	page_free(p);
}

static int64_t ask_place(struct bench *b, struct log_order *o)
{
	struct log_news *news;
	int64_t at;

	log_thread_order(b->thread, o);
	news = await(b, LOG_NEWS_PLACE, false);
	at = news->at;
	log_news_free(news);
	return at;
}

static void write_lines(struct strbuf *out, int from, int to)
{
	for (int i = from; i < to; i++) {
		time_format_iso(out, NOW_MS - HOUR_MS + i * 100, true);
		strbuf_printf(out, " %s order %d took %d ms\n",
			      i % 100 == 7 ? "ERROR" : "INFO", i, i % 13);
	}
}

static void test_file(void **state)
{
	struct strbuf text;
	struct log_order *o;
	struct log_news *news;
	struct bench b;
	uint64_t number;
	struct log_page *p;
	int64_t at;

	(void)state;
	strbuf_init(&text, (size_t)64 << 20);
	write_lines(&text, 0, 20000);
	set_up(&b);
	open_path(&b, scratch_write("a.log", strbuf_str(&text), 0600));
	await_open(&b, true);
	assert_int_equal(b.state.lines, 20000);
	p = page(&b, INT64_MAX, &number);
	assert_int_equal(number, 20000);
	assert_false(p->has_behind);
	assert_true(p->has_before);
	page_free(p);

	o = order(&b, LOG_FIND);
	o->text = xstrdup("order 1999");
	log_thread_order(b.thread, o);
	o = order(&b, LOG_SEEK);
	at = ask_place(&b, o);
	p = page(&b, at, &number);
	assert_int_equal(number, 2000);
	page_free(p);
	o = order(&b, LOG_SEEK);
	o->from = at;
	o->skips_first = true;
	p = page(&b, ask_place(&b, o), &number);
	assert_int_equal(number, 19991);
	page_free(p);
	o = order(&b, LOG_SEEK);
	o->from = at;
	o->is_back = true;
	assert_int_equal(ask_place(&b, o), -1);
	/* From the end, wherever that is. */
	o = order(&b, LOG_SEEK);
	o->from = INT64_MAX;
	o->is_back = true;
	p = page(&b, ask_place(&b, o), &number);
	assert_int_equal(number, 20000);
	page_free(p);
	o = order(&b, LOG_FIND);
	o->text = xstrdup("order 1999");
	log_thread_order(b.thread, o);
	news = await(&b, LOG_NEWS_HITS, true);
	assert_int_equal(news->hits, 11);
	log_news_free(news);

	o = order(&b, LOG_SEEK);
	o->from = at;
	o->level = LINE_ERROR;
	p = page(&b, ask_place(&b, o), &number);
	assert_int_equal(number, 2008);
	page_free(p);
	o = order(&b, LOG_TIME);
	o->ms = NOW_MS - HOUR_MS + 500 * 100;
	p = page(&b, ask_place(&b, o), &number);
	assert_int_equal(number, 501);
	page_free(p);
	o = order(&b, LOG_TIME);
	o->ms = (9 * 60 + 21) * MINUTE_MS; /* 09:21 by the clock */
	o->has_no_date = true;
	p = page(&b, ask_place(&b, o), &number);
	assert_int_equal(number, 301);
	page_free(p);
	o = order(&b, LOG_NUMBER);
	o->number = 12345;
	p = page(&b, ask_place(&b, o), &number);
	assert_int_equal(number, 12345);
	page_free(p);
	tear_down(&b);
	strbuf_fini(&text);
}

static void test_wanted_and_sums(void **state)
{
	struct strbuf text;
	struct log_order *o;
	struct log_news *news;
	struct bench b;
	uint64_t errors = 0;
	struct log_page *p;
	struct err err;

	(void)state;
	strbuf_init(&text, (size_t)64 << 20);
	write_lines(&text, 0, 5000);
	set_up(&b);
	open_path(&b, scratch_write("b.log", strbuf_str(&text), 0600));
	await_open(&b, true);
	o = order(&b, LOG_SUM);
	o->is_on = o->has_clusters = true;
	log_thread_order(b.thread, o);
	news = await(&b, LOG_NEWS_SUMS, true);
	for (size_t i = 0; i < news->histogram->n; i++)
		errors += news->histogram->bucket[i].lines[LINE_ERROR];
	assert_int_equal(errors, 50);
	assert_int_equal(news->clusters.n, 1);
	assert_int_equal(news->clusters.p[0].sum.count, 5000);
	check_text("pattern", str_from(news->clusters.p[0].text),
		   "/order\\s+\\S+\\s+took\\s+\\S+\\s+ms/");
	log_news_free(news);

	o = order(&b, LOG_WANTED);
	o->wanted.level = LINE_ERROR;
	assert_true(wanted_add(&o->wanted, STR("order 4"), false, &err));
	log_thread_order(b.thread, o);
	news = await(&b, LOG_NEWS_SUMS, true);
	assert_int_equal(histogram_sum(&news->histogram->bucket[0]), 1);
	log_news_free(news);
	p = page(&b, INT64_MAX, NULL);
	assert_int_equal(p->rows.n, 11);
	assert_false(p->has_before);
	page_free(p);

	o = order(&b, LOG_FIND);
	o->text = xstrdup("/order (/");
	log_thread_order(b.thread, o);
	news = await(&b, LOG_NEWS_ERROR, false);
	assert_int_equal(news->err.code, ERR_USAGE);
	log_news_free(news);
	tear_down(&b);
	strbuf_fini(&text);
}

static void append(const char *path, const char *text)
{
	FILE *file = fopen(path, "a");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void await_hits(struct bench *b, uint64_t hits)
{
	while (b->hits != hits) {
		assert_true(b->hits < hits);
		log_news_free(next(b));
	}
}

static void test_changes(void **state)
{
	const char *path = scratch_write("c.log", STR("one\ntwo\n"), 0600), *other;
	struct log_order *o;
	struct bench b;

	(void)state;
	set_up(&b);
	open_path(&b, path);
	await_open(&b, true);
	check_last(&b, "two");
	o = order(&b, LOG_FIND);
	o->text = xstrdup("t");
	log_thread_order(b.thread, o);
	await_hits(&b, 1);

	/* A line that comes in two parts is one hit. */
	append(path, "thr");
	await_hits(&b, 2);
	append(path, "ee\nthe\n");
	await_hits(&b, 3);
	check_last(&b, "the");

	/* Cut back, then another file under its name, then none. */
	scratch_write("c.log", STR("anew\n"), 0600);
	while (b.state.n_new_files != 1)
		log_news_free(next(&b));
	check_last(&b, "anew");
	other = scratch_write("d.log", STR("other\n"), 0600);
	assert_int_equal(rename(other, path), 0);
	while (b.state.n_new_files != 2)
		log_news_free(next(&b));
	check_last(&b, "other");
	assert_int_equal(unlink(path), 0);
	while (!b.state.is_gone)
		log_news_free(next(&b));
	check_last(&b, "other");
	scratch_write("c.log", STR("back\n"), 0600);
	while (b.state.n_new_files != 3 || b.state.is_gone)
		log_news_free(next(&b));
	check_last(&b, "back");
	tear_down(&b);
}

static void test_not_to_be_had(void **state)
{
	static const struct {
		const char *path;
		enum err_code code;
	} cases[] = {{"/nonexistent/x.log", ERR_NOT_FOUND}, {"/", ERR_IO}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct bench b;

		set_up(&b);
		open_path(&b, cases[i].path);
		while (b.state.err.code == ERR_NONE)
			log_news_free(next(&b));
		check_case(cases[i].path, b.state.err.code == cases[i].code);
		check_case(cases[i].path, !b.state.is_open);
		tear_down(&b);
	}
}

/* At once, for it is looked at as soon as it is there. */
static void put_half_member(const char *path)
{
	const char *whole = scratch_path("half.gz");
	gzFile file = gzopen(whole, "wb");
	char bytes[256];
	ssize_t n;
	int fd;

	gzprintf(file, "line 10005\n");
	gzclose(file);
	fd = open(whole, O_RDONLY);
	n = read(fd, bytes, sizeof(bytes));
	close(fd);
	fd = open(path, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, bytes, (size_t)n - 9), n - 9);
	close(fd);
}

static void test_packed(void **state)
{
	const char *path = scratch_path("e.log.gz");
	gzFile file = gzopen(path, "wb");
	struct bench b;

	(void)state;
	for (int i = 0; i < 10000; i++)
		gzprintf(file, "line %d\n", i);
	gzclose(file);
	set_up(&b);
	open_path(&b, path);
	await_open(&b, true);
	while (b.state.lines != 10000 || !b.state.is_counted)
		log_news_free(next(&b));
	check_last(&b, "line 9999");
	/* Another member. */
	file = gzopen(path, "ab");
	for (int i = 10000; i < 10005; i++)
		gzprintf(file, "line %d\n", i);
	gzclose(file);
	while (b.state.lines != 10005 || !b.state.is_counted)
		log_news_free(next(&b));
	assert_int_equal(b.state.err.code, ERR_NONE);
	check_last(&b, "line 10004");
	/* One that ends in the middle. */
	put_half_member(path);
	while (b.state.err.code == ERR_NONE)
		log_news_free(next(&b));
	assert_non_null(strstr(b.state.err.text, "ends in the middle"));
	tear_down(&b);
}

static void test_pipe(void **state)
{
	struct log_order *o;
	struct bench b;
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	set_up(&b);
	o = order(&b, LOG_OPEN);
	o->fd = fds[0];
	log_thread_order(b.thread, o);
	assert_int_equal(write(fds[1], "one\ntwo\n", 8), 8);
	while (b.state.end != 8)
		log_news_free(next(&b));
	assert_true(b.state.is_arriving);
	check_last(&b, "two");
	assert_int_equal(write(fds[1], "three\n", 6), 6);
	while (b.state.end != 14)
		log_news_free(next(&b));
	check_last(&b, "three");
	close(fds[1]);
	while (b.state.is_arriving)
		log_news_free(next(&b));
	tear_down(&b);
}

/* A pipe that brings nothing does not keep anybody. */
static void test_quiet_pipe(void **state)
{
	struct log_order *o;
	struct bench b;
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	set_up(&b);
	o = order(&b, LOG_OPEN);
	o->fd = fds[0];
	log_thread_order(b.thread, o);
	tear_down(&b);
	close(fds[1]);
}

static void put(struct ring *ring, int n)
{
	struct line line;
	char text[100];

	snprintf(text, sizeof(text), "2026-03-11T10:20:30Z WARN pod line %d", n);
	line_recognise(str_from(text), NOW_MS, &line);
	ring_put(ring, &line);
}

static void test_ring(void **state)
{
	struct ring *ring = ring_new(1 << 20);
	struct log_order *o;
	struct log_news *news;
	struct bench b;
	uint64_t number;
	struct log_page *p;

	(void)state;
	for (int i = 0; i < 100; i++)
		put(ring, i);
	set_up(&b);
	o = order(&b, LOG_OPEN);
	o->ring = ring_share(ring);
	log_thread_order(b.thread, o);
	await_open(&b, true);
	assert_true(b.state.is_ring);
	p = page(&b, INT64_MAX, &number);
	assert_int_equal(number, 100);
	page_free(p);
	for (int i = 100; i < 20000; i++)
		put(ring, i);
	log_thread_order(b.thread, order(&b, LOG_MORE));
	while (b.state.end != 20000)
		log_news_free(next(&b));
	assert_true(b.state.begin > 0 && b.state.dropped_bytes > 0);
	p = page(&b, 0, &number);
	assert_int_equal(number, b.state.begin + 1);
	page_free(p);
	o = order(&b, LOG_FIND);
	o->text = xstrdup("line 19999");
	log_thread_order(b.thread, o);
	news = await(&b, LOG_NEWS_HITS, true);
	assert_int_equal(news->hits, 1);
	log_news_free(news);
	tear_down(&b);
	ring_free(ring);
}

static void test_line(void **state)
{
	const char *path =
		scratch_write("f.log",
			      STR("{\"ts\":\"2026-03-11T10:20:30Z\",\"level\":\"warn\","
				  "\"msg\":\"a\\nb\","
				  "\"http\":{\"code\":500,\"tags\":[1,2]}}\nplain\n"),
			      0600);
	static const char *const want[][2] = {{"ts", "2026-03-11T10:20:30Z"},
					      {"level", "warn"},
					      {"msg", "a\nb"},
					      {"http.code", "500"},
					      {"http.tags", "[1,2]"}};
	struct log_order *o;
	struct log_news *news;
	struct bench b;

	(void)state;
	set_up(&b);
	open_path(&b, path);
	await_open(&b, true);
	o = order(&b, LOG_LINE);
	log_thread_order(b.thread, o);
	news = await(&b, LOG_NEWS_LINE, false);
	assert_int_equal(news->line.fields.n, 5);
	for (size_t i = 0; i < 5; i++) {
		check_text(want[i][0], str_from(news->line.fields.p[i].name), want[i][0]);
		check_text(want[i][0], str_from(news->line.fields.p[i].value),
			   want[i][1]);
	}
	assert_int_equal(news->line.level, LINE_WARNING);
	log_news_free(news);
	tear_down(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file),	   cmocka_unit_test(test_wanted_and_sums),
		cmocka_unit_test(test_changes),	   cmocka_unit_test(test_not_to_be_had),
		cmocka_unit_test(test_packed),	   cmocka_unit_test(test_pipe),
		cmocka_unit_test(test_quiet_pipe), cmocka_unit_test(test_ring),
		cmocka_unit_test(test_line),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
