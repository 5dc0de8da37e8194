/* The demo's past, through a whole worker: what is in the history of the day before it
 * began is what a deck had shown then. The clock leaps. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "board/def.h"
#include "board/read.h"
#include "fake/leap_loop.h"
#include "worker/worker.h"

#define START_MS INT64_C(1773224430000) /* 2026-03-11T10:20:30Z */
#define THEN_MS	 INT64_C(1773212400000) /* 07:00, before the working day */

/* Filled, and boards that are asked for every five minutes have been asked again. */
enum { FILLED_S = 500 };

static const char *const wanted[] = {
	"sql",	    "sql-schedules", "health",	"prometheus-targets",
	"k8s-pods", "k8s-nodes",     "changes", "seen-states",
};

struct run {
	struct clock clock;
	struct library *library;
	struct worker *worker;
	struct board *boards[COUNT(wanted)]; /* as last published, held */
};

static void ignore_wake(void *ctx)
{
	(void)ctx;
}

static void keep(struct run *r, struct board *board)
{
	for (size_t i = 0; i < COUNT(wanted); i++) {
		if (strcmp(board->def->name, wanted[i]) == 0) {
			board_put(r->boards[i]);
			r->boards[i] = board_get(board);
		}
	}
}

static void read_news(struct run *r)
{
	struct mail *mail = worker_news(r->worker);

	while (mail) {
		struct mail *next = mail->next;
		struct news *news = (struct news *)mail;

		if (mail->kind == NEWS_PROBLEM)
			fail_msg("a problem: %s", news->err.text);
		if (mail->kind == NEWS_BOARD)
			keep(r, news->board);
		mail->free(mail);
		mail = next;
	}
}

static void wait_s(struct run *r, int64_t seconds)
{
	leap(seconds * 1000);
	read_news(r);
}

static void start(struct run *r, int64_t at_ms, bool has_past)
{
	struct worker_options options = {.clock = &r->clock,
					 .is_demo = true,
					 .has_past = has_past,
					 .seed = 1,
					 .speed = 1};
	struct err err;

	*r = (struct run){.library = library_new(NULL, NULL, NULL)};
	options.library = r->library;
	clock_init_manual(&r->clock, at_ms);
	leap_begin(&r->clock);
	r->worker = worker_start(&options, ignore_wake, NULL, &err);
	assert_non_null(r->worker);
	worker_want(r->worker, wanted, COUNT(wanted));
}

static void stop(struct run *r)
{
	worker_stop(r->worker);
	for (size_t i = 0; i < COUNT(wanted); i++)
		board_put(r->boards[i]);
	library_free(r->library);
}

static const struct board *board_of(const struct run *r, const char *name)
{
	for (size_t i = 0; i < COUNT(wanted); i++) {
		if (strcmp(wanted[i], name) == 0 && r->boards[i])
			return r->boards[i];
	}
	fail_msg("%s has not come", name);
	return NULL;
}

/* All that a person can read of a row. */
static void put_row(struct strbuf *out, const struct board *board, size_t row)
{
	strbuf_reset(out);
	for (size_t i = 0; i < board->def->n_columns; i++) {
		const struct cell *cell = &board->rows[row].cells[i];

		if (board->def->columns[i].type == CELL_SERIES)
			continue;
		strbuf_printf(out, "%d ", cell->sev);
		cell_format(out, &board->def->columns[i], cell, THEN_MS, 200);
		strbuf_puts(out, "|");
	}
}

/* Another deck, started at that moment, is asked. The history has rows in the order they
 * came. */
static void check_same(const struct run *past, const struct run *then, const char *name)
{
	const struct board *a = board_of(past, name), *b = board_of(then, name);
	struct strbuf x, y;

	strbuf_init(&x, 1 << 16);
	strbuf_init(&y, 1 << 16);
	check_case(name, a->fetched_ms == THEN_MS && b->fetched_ms == THEN_MS);
	check_case(name, b->n_rows > 0 && a->n_rows == b->n_rows);
	for (size_t i = 0; i < b->n_rows; i++) {
		ptrdiff_t row = board_find(a, b->rows[i].key);

		check_case(b->rows[i].key.p, row >= 0);
		put_row(&x, a, (size_t)row);
		put_row(&y, b, i);
		check_text(name, strbuf_str(&x), y.p);
	}
	strbuf_fini(&x);
	strbuf_fini(&y);
}

static size_t longest_series(const struct board *board, const char *column)
{
	size_t most = 0;

	for (size_t i = 0; i < board->n_rows; i++) {
		const struct cell *cell = read_cell(board, i, column);

		if (cell && cell->series_n > most)
			most = cell->series_n;
	}
	return most;
}

static int64_t earliest(const struct board *board, const char *column)
{
	int64_t first_ms = INT64_MAX;

	for (size_t i = 0; i < board->n_rows; i++) {
		int64_t at_ms = read_moment(board, i, column);

		if (at_ms && at_ms < first_ms)
			first_ms = at_ms;
	}
	return first_ms;
}

/* Of one board, how long anybody looked at it. */
static int64_t watched_ms(const struct board *board, const char *on)
{
	int64_t ms = 0;

	for (size_t i = 0; i < board->n_rows; i++) {
		if (strcmp(read_text(board, i, "on"), on) == 0 &&
		    strcmp(read_text(board, i, "kind"), "watch") == 0)
			ms += (int64_t)read_number(board, i, "seen");
	}
	return ms;
}

/* What only the history knows reaches back over the day. */
static void check_reach(struct run *r)
{
	/* It was asked a few times since the start. */
	assert_true(longest_series(board_of(r, "k8s-nodes"), "cpu") > 24);
	assert_true(earliest(board_of(r, "changes"), "at") < START_MS - 18 * HOUR_MS);
	assert_true(watched_ms(board_of(r, "seen-states"), "health") >= 23 * HOUR_MS);
}

static void check_then(struct run *past, struct run *then)
{
	static const char *const compared[] = {"sql", "health", "prometheus-targets",
					       "k8s-pods"};

	worker_go(past->worker, THEN_MS);
	wait_s(past, 0);
	assert_true(board_of(past, "sql-schedules")->n_rows > 0);
	for (size_t i = 0; i < COUNT(compared); i++)
		check_same(past, then, compared[i]);
}

/* What it saw itself stands as it was. */
static void check_seen(struct run *r, size_t n_sql)
{
	worker_go(r->worker, START_MS + 60 * 1000);
	wait_s(r, 0);
	assert_true(board_of(r, "sql")->fetched_ms >= START_MS);
	assert_int_equal(board_of(r, "sql")->n_rows, n_sql);
}

static void test_past(void **state)
{
	struct run past, then;
	size_t n_sql;

	(void)state;
	start(&then, THEN_MS, false);
	wait_s(&then, 0);
	worker_finish(then.worker);
	read_news(&then);
	start(&past, START_MS, true);
	wait_s(&past, FILLED_S);
	n_sql = board_of(&past, "sql")->n_rows;
	check_reach(&past);
	check_then(&past, &then);
	check_seen(&past, n_sql);
	stop(&past);
	stop(&then);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_past),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
