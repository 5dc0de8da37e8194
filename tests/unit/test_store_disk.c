/* The history on disks and files that are not as they should be: full, without memory to
 * share, read-only, somebody else's, made to do harm. It says so, and goes on. */
#include "store_bench.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fake/fake_disk.h"

enum { NOBODY = 65534 };

static void run_sql(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static int take_text(void *out, int n, char **values, char **names)
{
	(void)n;
	(void)names;
	snprintf(out, 64, "%s", values[0] ? values[0] : "null");
	return 0;
}

static const char *one_text(const char *path, const char *sql)
{
	static char text[64];
	sqlite3 *db;

	strcpy(text, "none");
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, take_text, text, NULL) != SQLITE_OK)
		snprintf(text, sizeof(text), "%s", sqlite3_errmsg(db));
	sqlite3_close(db);
	return text;
}

static void check_seen(const char *name, struct bench *b, const char *want)
{
	struct question q = {.def = b->def, .at_ms = clock_wall_ms(loop_clock(b->loop))};

	store_ask(b->store, look, answered, &q);
	settle(b, 0);
	check_text(name, str_from(q.err.code == ERR_NONE ? q.answer : q.err.text), want);
}

/* The n-th change of the disk and all after it fail: whatever it was, nothing is lost
 * that was there, it is told once, and goes on when there is room again. */
static void fails_at(long n, int rc, bool *reached)
{
	struct fake_disk *disk = fake_disk();
	char name[48];
	struct bench b;

	snprintf(name, sizeof(name), "%s at change %ld", sqlite3_errstr(rc), n);
	begin(&b);
	saw(&b, "x Online 1");
	settle(&b, 1000);
	disk->good = n;
	disk->rc = rc;
	disk->failures = 0;
	for (int i = 0; i < 3; i++) {
		saw(&b, i % 2 ? "x Online 2" : "x Paused 2");
		settle(&b, 1000);
	}
	*reached = disk->failures > 0;
	check_case(name, b.problems == (b.problems ? 1 : 0));
	if (b.problems) {
		check_case(name, strstr(b.problem.text, b.path) != NULL);
		check_case(name, strstr(b.problem.text, "not kept") != NULL);
		check_case(name, rc != SQLITE_FULL || disk->failures > 1 ||
					 strstr(b.problem.text, "make room") != NULL);
	}
	fake_disk_heal();
	settle(&b, 61000);
	saw(&b, "x Down 3");
	settle(&b, 1000);
	check_seen(name, &b, "x Down 3");
	reopen(&b);
	check_seen(name, &b, "x Down 3");
	check_case(name, count_broken(&b) == 0);
	store_free(b.store);
	b.store = NULL;
	check_text(name, str_from(one_text(b.path, "PRAGMA integrity_check")), "ok");
	end(&b);
}

static void test_full(void **state)
{
	static const int kinds[] = {SQLITE_FULL, SQLITE_IOERR_WRITE};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		bool reached = true;

		for (long n = 0; reached && n < 200; n++)
			fails_at(n, kinds[i], &reached);
		assert_false(reached);
	}
}

/* Full from the start: there is no file to speak of, and it is told with its path. */
static void test_full_at_first(void **state)
{
	struct bench b;

	(void)state;
	for (long n = 0; n < 12; n++) {
		begin(&b);
		fake_disk()->good = n;
		saw(&b, "x Online 1");
		settle(&b, 1000);
		assert_int_equal(b.problems, 1);
		assert_non_null(strstr(b.problem.text, "history.db"));
		fake_disk_heal();
		settle(&b, 61000);
		saw(&b, "x Online 2");
		settle(&b, 1000);
		check_seen("made when there is room", &b, "x Online 2");
		assert_int_equal(count_broken(&b), 0);
		end(&b);
	}
}

/* A file system without memory to share: nothing is told, all is kept. */
static void test_no_wal(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	fake_disk()->has_shm = false;
	saw(&b, "x Online 1");
	settle(&b, 1000);
	check_seen("a new file", &b, "x Online 1");
	store_free(b.store);
	assert_string_equal(one_text(b.path, "PRAGMA journal_mode"), "delete");
	fake_disk_heal();
	b.store = open_store(&b);
	saw(&b, "x Online 2");
	settle(&b, 1000);
	store_free(b.store);
	assert_string_equal(one_text(b.path, "PRAGMA journal_mode"), "wal");
	fake_disk()->has_shm = false;
	b.store = open_store(&b);
	saw(&b, "x Online 3");
	settle(&b, 1000);
	check_seen("one that came from another file system", &b, "x Online 3");
	assert_int_equal(b.problems, 0);
	fake_disk_heal();
	end(&b);
}

/* What was written to the new file is what was to be written to the damaged one. */
static void test_damaged_on_the_way(void **state)
{
	struct question done = {0};
	const struct alert alert = {.board = "sql",
				    .key = STR("x"),
				    .what = "orders",
				    .why = "Down",
				    .sev = SEV_CRIT,
				    .raised_ms = FIXTURE_NOW_MS};
	struct bench b;
	long page;

	(void)state;
	begin(&b);
	saw(&b, "x Online 1");
	settle(&b, 1000);
	store_free(b.store);
	page = strtol(one_text(b.path, "SELECT rootpage FROM sqlite_schema WHERE name ="
				       " 'alert_open'"),
		      NULL, 10);
	assert_true(page > 1);
	write_at(b.path, (page - 1) * 4096, 0xff, 4096);
	b.store = open_store(&b);
	saw(&b, "x Paused 2");
	settle(&b, 1000);
	check_seen("a page that nobody asked for", &b, "x Paused 2");
	assert_int_equal(b.problems, 0);
	saw(&b, "x Down 3");
	store_alert(b.store, &alert, answered, &done);
	settle(&b, 1000);
	assert_true(done.is_answered && done.err.code == ERR_NONE);
	assert_int_equal(count_broken(&b), 1);
	assert_int_equal(b.problems, 1);
	assert_non_null(strstr(b.problem.text, ".recover"));
	check_seen("the board is in the new one", &b, "x Down 3");
	store_free(b.store);
	b.store = NULL;
	assert_string_equal(one_text(b.path, "SELECT count(*) FROM alert"), "1");
	end(&b);
}

static void test_keeps_few(void **state)
{
	struct bench b;

	(void)state;
	begin(&b);
	saw(&b, "x Online 1");
	settle(&b, 1000);
	for (int i = 0; i < 6; i++) {
		store_free(b.store);
		write_at(b.path, 0, 'x', 16);
		b.store = open_store(&b);
		saw(&b, "x Online 1");
		settle(&b, 1000);
		assert_int_equal(count_broken(&b), i < 3 ? i + 1 : 3);
	}
	assert_int_equal(b.problems, 6);
	end(&b);
}

/* Somebody had the file for a while: none of it runs, none of it stays. */
static void test_hostile(void **state)
{
	static const struct {
		const char *name, *sql;
	} cases[] = {
		{"a trigger", "CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM"
			      " frame; INSERT INTO name(scope, text) VALUES(99, 'ran');"
			      " END"},
		{"a view in place of a table",
		 "DROP TABLE change; CREATE VIEW change AS SELECT 1 AS id, randomblob(9)"
		 " AS at, 0 AS board, 0 AS kind, '' AS key, '' AS what, '' AS title,"
		 " '' AS before, '' AS after, 0 AS sev_before, 0 AS sev_after"},
		{"an index over an expression",
		 "CREATE INDEX i ON frame(abs(at) + length(bytes))"},
		{"a column that is computed",
		 "ALTER TABLE change ADD COLUMN c AS (upper(what) || hex(key))"},
		{"a check", "DROP TABLE alert; CREATE TABLE alert(id INTEGER PRIMARY KEY,"
			    " board INTEGER CHECK(length(printf('%*d', 1000, 1)) > 0))"},
		{"a default", "ALTER TABLE name ADD COLUMN d TEXT DEFAULT 'x'"},
		{"a table of its own", "CREATE TABLE mine(a)"},
		{"a virtual table", "CREATE VIRTUAL TABLE v USING fts5(a)"},
		{"a table is gone", "DROP TABLE sample"},
		{"an index is gone", "DROP INDEX frame_at"},
		{"no step at all", "PRAGMA user_version = 0"},
		{"a schema that lies",
		 "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql ="
		 " 'CREATE TABLE frame(id INTEGER PRIMARY KEY, x)' WHERE name = 'frame'"},
		{"a root that lies",
		 "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 2"
		 " WHERE name = 'frame'"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err = {0};
		struct bench b;
		struct db *db;

		begin(&b);
		saw(&b, "x Online 1");
		settle(&b, 1000);
		store_free(b.store);
		run_sql(b.path, cases[i].sql);
		db = db_open_reader(b.path, &err);
		if (i + 1 < sizeof(cases) / sizeof(*cases)) {
			check_case(cases[i].name, !db);
			check_case(cases[i].name,
				   err.code == ERR_PARSE || err.code == ERR_NOT_FOUND);
			check_case(cases[i].name, strstr(err.text, b.path) != NULL);
		}
		db_close(db);
		b.store = open_store(&b);
		saw(&b, "x Paused 2");
		settle(&b, 1000);
		check_seen(cases[i].name, &b, "x Paused 2");
		check_case(cases[i].name, count_broken(&b) == 1 && b.problems == 1);
		store_free(b.store);
		b.store = NULL;
		check_text(cases[i].name,
			   str_from(one_text(b.path, "SELECT count(*) FROM name WHERE"
						     " scope = 99")),
			   "0");
		check_text(cases[i].name,
			   str_from(one_text(b.path, "PRAGMA integrity_check")), "ok");
		end(&b);
	}
}

/* The file of the deck that writes is taken from under one that reads. */
static void test_moved(void **state)
{
	struct store *second;
	struct bench b;

	(void)state;
	begin(&b);
	saw(&b, "x Online 1");
	settle(&b, 1000);
	second = open_store(&b);
	check_seen("two decks", &b, "x Online 1");
	store_free(b.store);
	b.store = second;
	assert_int_equal(unlink(b.path), 0);
	saw(&b, "x Down 2");
	settle(&b, 1000);
	check_seen("a new file under the old name", &b, "x Down 2");
	reopen(&b);
	check_seen("which the next one finds", &b, "x Down 2");
	end(&b);
}

static void check_refused(const char *name, struct bench *b, const char *why)
{
	struct err err = {0};
	struct db *db;

	saw(b, "x Online 1");
	settle(b, 1000);
	check_case(name, b->problems == 1);
	check_case(name, strstr(b->problem.text, why) != NULL);
	db = db_open_reader(b->path, &err);
	check_case(name, !db && strstr(err.text, why) != NULL);
	db_close(db);
}

static void test_links(void **state)
{
	char dir[64], other[64];
	struct bench b;

	(void)state;
	begin(&b);
	snprintf(dir, sizeof(dir), "%s/state", b.dir);
	snprintf(other, sizeof(other), "%s/other", b.dir);
	assert_int_equal(mkdir(other, 0700), 0);
	assert_int_equal(symlink(other, dir), 0);
	snprintf(other, sizeof(other), "%s/other/history.db", b.dir);
	write_file(other, "");
	check_refused("a folder that is a link", &b, "is a link");
	assert_int_equal(unlink(dir), 0);
	assert_int_equal(mkdir(dir, 0700), 0);
	assert_int_equal(symlink(other, b.path), 0);
	b.problems = 0;
	reopen(&b);
	check_refused("a file that is a link", &b, b.path);
	assert_int_equal(unlink(b.path), 0);
	assert_int_equal(mkfifo(b.path, 0600), 0);
	b.problems = 0;
	reopen(&b);
	check_refused("a pipe", &b, "is no plain file");
	end(&b);
}

static void test_wrong_owner(void **state)
{
	struct bench b;

	(void)state;
	if (geteuid() != 0) {
		printf("# only root can give a file away\n");
		return;
	}
	begin(&b);
	saw(&b, "x Online 1");
	settle(&b, 1000);
	store_free(b.store);
	assert_int_equal(chown(b.path, NOBODY, NOBODY), 0);
	b.store = open_store(&b);
	check_refused("a file of somebody else", &b, "belongs to another user");
	end(&b);
}

static void test_open_to_others(void **state)
{
	struct stat st;
	struct bench b;

	(void)state;
	begin(&b);
	saw(&b, "x Online 1");
	settle(&b, 1000);
	store_free(b.store);
	assert_int_equal(chmod(b.path, 0644), 0);
	b.store = open_store(&b);
	saw(&b, "x Online 2");
	settle(&b, 1000);
	assert_int_equal(stat(b.path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(b.problems, 0);
	end(&b);
}

/* As somebody who may not write: what the child thinks of it is its exit code. */
static int read_only(const struct bench *b)
{
	struct err err = {0}, aside;
	struct board *board;
	struct db *db;
	int code = 0;

	if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
		return 9;
	db = db_open_reader(b->path, &err);
	if (!db)
		return 1;
	board = frames_at(db, b->def, FIXTURE_NOW_MS);
	if (strcmp(store_text(board), "x Online 1") != 0)
		code = 2;
	board_put(board);
	if (!db_is_fine(db, &err))
		code = 3;
	db_close(db);
	/* And who wants to write is told where and why. */
	db = db_open(b->path, &aside, &err);
	if (db || !strstr(err.text, b->path))
		code = 4;
	db_close(db);
	return code;
}

static void test_read_only(void **state)
{
	char dir[64];
	struct bench b;
	int status;
	pid_t child;

	(void)state;
	begin(&b);
	saw(&b, "x Online 1");
	settle(&b, 1000);
	store_free(b.store);
	b.store = NULL;
	snprintf(dir, sizeof(dir), "%s/state", b.dir);
	assert_int_equal(chmod(b.path, 0400), 0);
	assert_int_equal(chmod(dir, 0500), 0);
	if (geteuid() == 0) {
		assert_int_equal(chown(b.path, NOBODY, NOBODY), 0);
		assert_int_equal(chown(dir, NOBODY, NOBODY), 0);
		assert_int_equal(chmod(b.dir, 0755), 0);
	}
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(read_only(&b));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(chmod(dir, 0700), 0);
	end(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_full_at_first),
		cmocka_unit_test(test_no_wal),
		cmocka_unit_test(test_damaged_on_the_way),
		cmocka_unit_test(test_keeps_few),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_moved),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_wrong_owner),
		cmocka_unit_test(test_open_to_others),
		cmocka_unit_test(test_read_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
