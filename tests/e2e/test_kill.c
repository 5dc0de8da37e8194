/* kill -9 at any moment: a process writes a history as fast as it can, days in seconds,
 * and is killed again and again. What it said was kept is there each time, the file is
 * whole, and what happened is one story without a gap. */
#include "unit/store_fixture.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/alert_log.h"
#include "store/change_log.h"
#include "store/frames.h"
#include "store/recorder.h"

enum { RUNS = 30, LONGEST_MS = 250, STILL = 20 };

#define STEP_MS (20 * MINUTE_MS)

/* Small, so that cutting it and giving back what is free is killed as well. */
static const struct recorder_limits limits = {.keep_ms = INT64_C(20) * 86400000,
					      .max_bytes = 160 * 1024};

struct story {
	char dir[32], path[64];
	struct board_def *def;
	unsigned seed;
	int64_t kept; /* the last turn that a child said it had kept */
};

static int64_t time_of(int64_t turn)
{
	return FIXTURE_NOW_MS + turn * STEP_MS;
}

/* "S12" is the state in the twelfth turn; 0: nothing is known. */
static int64_t last_turn(struct db *db, const struct board_def *def)
{
	struct board *board = frames_at(db, def, INT64_MAX / 2);
	ptrdiff_t x = board ? board_find(board, STR("x")) : -1;
	int64_t turn = 0;

	if (x >= 0)
		turn = strtol(board->rows[x].cells[1].text + 1, NULL, 10);
	board_put(board);
	return turn;
}

static struct board *board_of(const struct board_def *def, int64_t turn)
{
	char rows[2000];
	int n = snprintf(rows, sizeof(rows), "x S%d %d", (int)turn, (int)(turn % 100));

	for (int i = 0; i < STILL; i++)
		n += snprintf(rows + n, sizeof(rows) - (size_t)n, ", r%d Online %d", i,
			      (int)((turn * (i + 3)) % 90));
	return store_board(def, rows, time_of(turn));
}

static bool keep(struct recorder *r, const struct board_def *def, int64_t turn)
{
	struct board *board = board_of(def, turn);
	const struct alert alert = {.board = "test",
				    .key = STR("x"),
				    .what = "x",
				    .why = "turn",
				    .sev = SEV_CRIT,
				    .state = (uint64_t)turn,
				    .raised_ms = time_of(turn),
				    .since_ms = time_of(turn)};
	struct err err;
	bool ok;

	recorder_begin(r);
	recorder_add(r, board, time_of(turn));
	recorder_alert(r, &alert);
	recorder_prune(r, time_of(turn));
	ok = recorder_end(r, &err);
	board_put(board);
	return ok;
}

/* The child: never comes back but to say that something failed. */
static void write_on(const struct story *s, int told)
{
	struct err err, aside;
	struct db *db = db_open(s->path, &aside, &err);
	int64_t turn = db ? last_turn(db, s->def) : -1;
	struct recorder *r = db ? recorder_new(db, &limits) : NULL;

	if (!db || aside.code != ERR_NONE)
		_exit(2);
	for (;;) {
		if (!keep(r, s->def, ++turn))
			_exit(3);
		if (write(told, &turn, sizeof(turn)) != sizeof(turn))
			_exit(4);
	}
}

static int64_t run_until_killed(struct story *s)
{
	int told[2], status;
	int64_t until_us, turn;
	pid_t child;

	assert_int_equal(pipe(told), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(told[0]);
		write_on(s, told[1]);
	}
	close(told[1]);
	s->seed = s->seed * 1103515245u + 12345u;
	until_us = clock_mono_us() + (s->seed >> 16) % (LONGEST_MS * 1000);
	/* Reading is waiting; what comes after the last moment counts too. */
	do {
		if (read(told[0], &turn, sizeof(turn)) != sizeof(turn))
			break;
		s->kept = turn;
	} while (clock_mono_us() < until_us);
	kill(child, SIGKILL);
	while (read(told[0], &turn, sizeof(turn)) == sizeof(turn))
		s->kept = turn;
	close(told[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (!WIFSIGNALED(status))
		fail_msg("the writer ended by itself with %d", WEXITSTATUS(status));
	return s->kept;
}

static int take_text(void *out, int n, char **values, char **names)
{
	(void)n;
	(void)names;
	snprintf(out, 64, "%s", values[0] ? values[0] : "");
	return 0;
}

static void check_whole(const struct story *s)
{
	char text[64] = "";
	sqlite3 *db;

	assert_int_equal(sqlite3_open(s->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA integrity_check", take_text, text,
				      NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	assert_string_equal(text, "ok");
}

struct reading {
	int64_t at_ms;
	int64_t next; /* newest first: the turn that the change before ended with */
	size_t n;
};

static bool check_change(const struct change_entry *entry, void *ctx)
{
	struct reading *r = ctx;
	int64_t before, after;

	if (!str_eq(entry->change.key, STR("x")))
		return true;
	before = strtol(entry->change.before + 1, NULL, 10);
	after = strtol(entry->change.after + 1, NULL, 10);
	assert_true(entry->at_ms < r->at_ms && entry->at_ms == time_of(after));
	assert_true(after == before + 1);
	assert_true(r->next == 0 || after == r->next);
	*r = (struct reading){.at_ms = entry->at_ms, .next = before, .n = r->n + 1};
	return true;
}

static bool check_alert(const struct alert *alert, void *ctx)
{
	*(int64_t *)ctx = (int64_t)alert->state;
	return true;
}

static void check_story(const struct story *s)
{
	struct reading reading = {.at_ms = INT64_MAX};
	struct err err;
	struct db *db = db_open_reader(s->path, &err);
	int64_t turn, alerted = 0;

	if (!db)
		fail_msg("%s", err.text);
	turn = last_turn(db, s->def);
	/* One more may have been written than could be told. */
	if (turn != s->kept && turn != s->kept + 1)
		fail_msg("turn %d is there, %d was kept", (int)turn, (int)s->kept);
	change_log_read(db, 0, INT64_MAX, "", check_change, &reading);
	assert_true(turn < 3 || reading.n > 0);
	alert_log_open(db, check_alert, &alerted);
	assert_true(alerted == turn);
	if (!db_is_fine(db, &err))
		fail_msg("%s", err.text);
	db_close(db);
}

static void test_killed(void **state)
{
	struct story s = {.def = store_def(), .seed = 20261121};
	int64_t before = 0, turns;
	char command[64];

	(void)state;
	strcpy(s.dir, "/tmp/azdeck-unit-XXXXXX");
	assert_non_null(mkdtemp(s.dir));
	snprintf(s.path, sizeof(s.path), "%s/state/history.db", s.dir);
	for (int run = 0; run < RUNS; run++) {
		turns = run_until_killed(&s);
		assert_true(turns >= before);
		before = turns;
		check_story(&s);
		check_whole(&s);
	}
	printf("# %d turns kept in %d runs\n", (int)before, RUNS);
	assert_true(before > RUNS);
	snprintf(command, sizeof(command), "rm -rf %s", s.dir);
	assert_int_equal(system(command), 0);
	board_def_put(s.def);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(test_killed)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
