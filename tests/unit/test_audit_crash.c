/* kill -9 at every point at which a log is written: in front of each call that reaches
 * the disk, in the middle of what it writes, and behind it. What was acknowledged is
 * there afterwards, and the log is sound. */
#include "unit/audit_fixture.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "act/audit_check.h"
#include "act/audit_files.h"
#include "act/audit_log.h"
#include "fake/kill_points.h"
#include "unit/scratch.h"

enum { APPENDS = 3, MOST_POINTS = 200, ROUNDS = 150 };

static bool open_log(struct audit_log *log, const char *path, const struct signer *signer,
		     const struct clock *clock, struct err *err)
{
	const struct audit_author author = {.signer = signer,
					    .clock = clock,
					    .by = STR("ana@contoso.com")};

	return audit_log_open(log, path, &author, err);
}

/* Opens the log and adds to it, telling of each entry that was acknowledged. */
static void child(const char *path, int told, int kill_at, int first)
{
	struct signer signer = fixture_signer(1);
	struct audit_log log;
	struct clock clock;
	struct err err;
	bool ok;

	clock_init_manual(&clock, FIXTURE_AT_MS);
	kill_points_set(kill_at);
	ok = open_log(&log, path, &signer, &clock, &err);
	for (int i = first; ok && i < first + APPENDS; i++) {
		cJSON *about = cJSON_CreateObject();

		cJSON_AddNumberToObject(about, "entry", i);
		ok = audit_log_append(&log, AUDIT_STEP, about, &err);
		cJSON_Delete(about);
		if (ok && write(told, &i, sizeof(i)) != sizeof(i))
			ok = false;
	}
	if (!ok)
		fprintf(stderr, "# %s\n", err.text);
	_exit(ok ? 0 : 1);
}

/* Which entries were acknowledged goes into *acked; whether it was killed. */
static bool run_child(const char *path, int kill_at, int first, bool *acked)
{
	int pipes[2], status, i;
	pid_t pid;

	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	if (pid == 0)
		child(path, pipes[1], kill_at, first);
	close(pipes[1]);
	while (read(pipes[0], &i, sizeof(i)) == sizeof(i))
		acked[i] = true;
	close(pipes[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : status == 0);
	return WIFSIGNALED(status);
}

/* Opened once more, the log is sound, and has each of these entries exactly once. */
static void check_after(const char *path, int at, const bool *acked, int most)
{
	struct signer signer = fixture_signer(1);
	const struct audit_how how = {.keys = {&signer.key, 1}, .is_each = true};
	struct audit_report r;
	struct audit_files f;
	struct audit_log log;
	struct clock clock;
	struct err err;

	clock_init_manual(&clock, FIXTURE_AT_MS);
	if (!open_log(&log, path, &signer, &clock, &err))
		fail_msg("killed at point %d: %s", at, err.text);
	audit_log_close(&log);
	if (!audit_files_read(&f, path, &err) && err.code != ERR_NOT_FOUND)
		fail_msg("killed at point %d: %s", at, err.text);
	audit_check(strbuf_str(&f.log), audit_files_head(&f), &how, &r);
	if (!audit_report_is_sound(&r))
		fail_msg("killed at point %d: line %zu: %s, head: %s", at, r.line,
			 audit_fault_name(r.entry), audit_fault_name(r.head));
	audit_report_fini(&r);
	for (int i = 0; i < most; i++) {
		char what[32];
		ptrdiff_t found;

		snprintf(what, sizeof(what), "{\"entry\":%d}", i);
		found = str_find(strbuf_str(&f.log), str_from(what));
		if (found < 0 && acked[i])
			fail_msg("killed at point %d: entry %d is lost", at, i);
		if (found >= 0 &&
		    str_find(str_sub(strbuf_str(&f.log), (size_t)found + 1, f.log.n),
			     str_from(what)) >= 0)
			fail_msg("killed at point %d: entry %d is there twice", at, i);
	}
	audit_files_fini(&f);
	signer_fini(&signer);
}

/* A new log for each point. */
static void every_point(void **state)
{
	int at = 0;
	bool was_killed = true;

	(void)state;
	for (; was_killed; at++) {
		bool acked[2 * APPENDS] = {false};
		char name[64];

		assert_true(at < MOST_POINTS);
		snprintf(name, sizeof(name), "point-%d/audit.log", at);
		was_killed = run_child(scratch_path(name), at, 0, acked);
		check_after(scratch_path(name), at, acked, APPENDS);
		/* And it goes on. */
		assert_false(run_child(scratch_path(name), -1, APPENDS, acked));
		for (int i = APPENDS; i < 2 * APPENDS; i++)
			assert_true(acked[i]);
		check_after(scratch_path(name), at, acked, 2 * APPENDS);
	}
	print_message("# %d points\n", at - 1);
	assert_true(at > 50);
}

/* One log that is killed again and again, also while it puts right what the last kill
 * left. */
static void again_and_again(void **state)
{
	static bool acked[ROUNDS * APPENDS];
	int kills = 0;

	(void)state;
	for (int round = 0; round < ROUNDS; round++)
		kills += run_child(scratch_path("again/audit.log"), round * 7 % 47,
				   round * APPENDS, acked);
	check_after(scratch_path("again/audit.log"), -1, acked, ROUNDS * APPENDS);
	assert_true(kills > ROUNDS / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_point),
		cmocka_unit_test(again_and_again),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
