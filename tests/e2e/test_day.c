/* A day at high speed: what goes wrong in it is seen on its board, in what needs
 * attention, in the exit code of a script's check and on its pane, and is gone when it
 * is over. One worker lives through the day with a clock that leaps. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/timefmt.h"
#include "board/read.h"
#include "cli/run.h"
#include "e2e/program.h"
#include "fake/leap_loop.h"
#include "worker/worker.h"

#define DAY	   "2026-03-11T"
#define BOARDS_MAX 8
enum { SETTLE_MS = 32 * 1000 };

/* In order: the worker lives through them. */
static const char *const moments[] = {
	DAY "02:00:00Z", DAY "03:14:30Z", DAY "06:30:00Z",
	DAY "10:20:30Z", DAY "18:40:00Z",
};
enum { N_MOMENTS = sizeof(moments) / sizeof(moments[0]) };
enum { AT_2 = 1, AT_3 = 2, AT_6 = 4, AT_10 = 8, AT_18 = 16, ALL_DAY = 31 };

static const struct event {
	const char *name, *board, *column, *row;
	unsigned critical; /* the moments at which it is; at the others it is not */
	const char *shown; /* a moment at which to look at the pane */
	const char *keys;  /* that lead to the pane */
	bool is_gone_else; /* no other row of its board is critical at 10:20 */
} events[] = {
	{"business hours: a database is not scaled down", "sql-operations", "database",
	 "qodex-jobs", AT_2 | AT_3 | AT_18, DAY "18:40:00Z", "2z", false},
	{"a budget is breached", "budgets", "name", "budget-qodex", ALL_DAY,
	 DAY "10:20:30Z", "1z", false},
	{"replication stalls", "dr-groups", "name", "fog-qodex", ALL_DAY, DAY "10:20:30Z",
	 "3z", false},
	{"a job waits for a demand no agent has", "agent-waits", "job", "atlas-web-ci",
	 AT_2 | AT_10, DAY "10:20:30Z", "4z", false},
	{"a log storm", "log-storms", "container", "orders-api", AT_3, DAY "03:14:30Z",
	 ":board log-storms" ENTER, true},
};
enum { N_EVENTS = sizeof(events) / sizeof(events[0]) };

struct day {
	struct clock clock;
	struct library *library;
	struct worker *worker;
	struct board *boards[BOARDS_MAX]; /* of each event, then attention; held */
};

static void ignore_wake(void *ctx)
{
	(void)ctx;
}

static const char *board_at(size_t i)
{
	return i < N_EVENTS ? events[i].board : "attention";
}

static void hold(struct day *d, struct board *board)
{
	for (size_t i = 0; i <= N_EVENTS; i++) {
		if (strcmp(board->def->name, board_at(i)) != 0)
			continue;
		board_put(d->boards[i]);
		d->boards[i] = board;
		return;
	}
	board_put(board);
}

static void read_news(struct day *d)
{
	struct mail *mail = worker_news(d->worker);

	while (mail) {
		struct mail *next = mail->next;

		if (mail->kind == NEWS_BOARD)
			hold(d, news_take_board((struct news *)mail));
		mail->free(mail);
		mail = next;
	}
}

static int64_t moment_ms(const char *text)
{
	int64_t ms;

	assert_true(time_parse(str_from(text), &ms));
	return ms;
}

static void begin(struct day *d)
{
	const char *wanted[N_EVENTS + 1];
	struct worker_options options = {.clock = &d->clock,
					 .is_demo = true,
					 .seed = 1,
					 .speed = 1};
	struct err err;

	*d = (struct day){.library = library_new(NULL, NULL, NULL)};
	options.library = d->library;
	clock_init_manual(&d->clock, moment_ms(moments[0]) - SETTLE_MS);
	leap_begin(&d->clock);
	options.clock = &d->clock;
	d->worker = worker_start(&options, ignore_wake, NULL, &err);
	assert_non_null(d->worker);
	for (size_t i = 0; i <= N_EVENTS; i++)
		wanted[i] = board_at(i);
	worker_want(d->worker, wanted, N_EVENTS + 1);
}

static void end(struct day *d)
{
	worker_stop(d->worker);
	for (size_t i = 0; i <= N_EVENTS; i++)
		board_put(d->boards[i]);
	library_free(d->library);
}

/* Nobody looked in between, as on a machine that slept: then all is polled that is due. */
static void go_to(struct day *d, const char *moment)
{
	int64_t now_ms = clock_wall_ms(&d->clock), at_ms = moment_ms(moment);

	clock_advance(&d->clock, at_ms - SETTLE_MS - now_ms);
	leap(at_ms - now_ms);
	read_news(d);
}

/* The row of the event on its board; -1: it has none. */
static ptrdiff_t row_of(const struct event *e, const struct board *board,
			bool *is_critical)
{
	ptrdiff_t found = -1;

	*is_critical = false;
	for (size_t i = 0; i < board->n_rows; i++) {
		if (strcmp(read_text(board, i, e->column), e->row) != 0)
			continue;
		if (found < 0 || board->rows[i].sev == SEV_CRIT)
			found = (ptrdiff_t)i;
		*is_critical = *is_critical || board->rows[i].sev == SEV_CRIT;
	}
	return found;
}

static bool is_in_attention(const struct event *e, const struct board *attention)
{
	for (size_t i = 0; i < attention->n_rows; i++) {
		if (strcmp(read_text(attention, i, "board"), e->board) == 0 &&
		    strcmp(read_text(attention, i, "what"), e->row) == 0 &&
		    strcmp(read_text(attention, i, "state"), "critical") == 0)
			return true;
	}
	return false;
}

static void check_moment(const struct day *d, size_t at)
{
	const struct board *attention = d->boards[N_EVENTS];

	for (size_t i = 0; i < N_EVENTS; i++) {
		const struct event *e = &events[i];
		const struct board *board = d->boards[i];
		bool is_due = e->critical >> at & 1, is_critical;

		if (!board || !attention || board->is_stale || board->is_loading)
			fail_msg("%s: no board at %s", e->name, moments[at]);
		row_of(e, board, &is_critical);
		if (is_critical != is_due)
			fail_msg("%s: %s at %s", e->name,
				 is_critical ? "critical" : "not critical", moments[at]);
		if (is_in_attention(e, attention) != is_due)
			fail_msg("%s: %s attention at %s", e->name,
				 is_due ? "not in" : "still in", moments[at]);
	}
}

static void test_day(void **state)
{
	struct day d;

	(void)state;
	begin(&d);
	for (size_t i = 0; i < N_MOMENTS; i++) {
		go_to(&d, moments[i]);
		check_moment(&d, i);
	}
	end(&d);
}

static void check_code(const struct event *e, const char *moment, int code)
{
	const char *const args[] = {"show", e->board, "--check", "--demo",
				    "--at", moment,   NULL};
	struct run r = {.args = args};

	run_now(&r);
	if (r.code != code)
		fail_msg("%s: exit code %d at %s, not %d: %s", e->name, r.code, moment,
			 code, r.err.p);
	run_fini(&r);
}

static void test_exit_codes(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_EVENTS; i++) {
		check_code(&events[i], events[i].shown, 1);
		if (events[i].is_gone_else)
			check_code(&events[i], DAY "10:20:30Z", 0);
	}
}

/* Every reason for which a job may wait has its hour. */
static const struct hour {
	const char *moment, *reasons; /* all of them are there then */
} hours[] = {
	{DAY "01:10:00Z", "maintenance"},
	{DAY "06:10:00Z", "agent coming"},
	{DAY "10:20:30Z",
	 "unmet demand|agents offline|scaler stuck|parallel jobs|approval|"
	 "agents busy"},
	{DAY "13:30:00Z", "agents disabled"},
};

static void test_reasons(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(hours) / sizeof(hours[0]); i++) {
		const char *const args[] = {"show",	     "agent-waits", "-o",
					    "csv",	     "--demo",	    "--at",
					    hours[i].moment, NULL};
		struct run r = {.args = args};
		struct str rest = str_from(hours[i].reasons), reason;

		run_expect(&r, 0);
		while (str_next(&rest, '|', &reason)) {
			if (str_find(strbuf_str(&r.out), reason) < 0)
				fail_msg("no job waits for \"%.*s\" at %s",
					 STR_ARG(reason), hours[i].moment);
		}
		run_fini(&r);
	}
}

static void test_panes(void **state)
{
	struct pty *p = *state;

	for (size_t i = 0; i < N_EVENTS; i++) {
		const struct event *e = &events[i];
		const char *const more[] = {"--at", e->shown, NULL};

		program_begin(p, 50, 160, more, NULL);
		assert_true(pty_wait_text(p, "budget-qodex"));
		pty_send(p, e->keys);
		if (!pty_wait_text(p, e->row))
			fail_msg("%s: not on its pane", e->name);
		pty_send(p, "\003");
		pty_stop(p);
	}
}

static int set_up(void **state)
{
	return run_setup(state);
}

static int tear_down(void **state)
{
	return run_teardown(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_day),
		cmocka_unit_test(test_exit_codes),
		cmocka_unit_test(test_reasons),
		PROGRAM_TEST(test_panes),
	};

	return cmocka_run_group_tests_name("day", tests, set_up, tear_down);
}
