/* See db.h. Thread: one at a time. */
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/xalloc.h"
#include "store/lock.h"
#include "store/schema.h"

enum { STATEMENTS = 48, BUSY_MS = 2000 };

struct statement {
	const char *sql;
	sqlite3_stmt *stmt;
};

struct db {
	sqlite3 *sqlite;
	struct err err; /* the first failure */
	size_t n;
	struct statement statements[STATEMENTS];
};

static enum err_code code_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_CANTOPEN:
		return ERR_IO;
	case SQLITE_FULL:
		return ERR_IO;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_PARSE;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_CONFLICT;
	default:
		return ERR_IO;
	}
}

static void fail(struct db *db, int rc)
{
	if (db->err.code == ERR_NONE)
		err_set(&db->err, code_of(rc), "the history: %s",
			rc == SQLITE_NOMEM ? "no memory" : sqlite3_errmsg(db->sqlite));
}

static void run_text(struct db *db, const char *sql)
{
	int rc;

	if (db->err.code != ERR_NONE)
		return;
	rc = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		fail(db, rc);
}

static int64_t one_number(struct db *db, const char *sql)
{
	struct db_query q = db_query(db, sql);
	int64_t value = db_next(&q) ? db_get_i64(&q) : 0;

	while (db_next(&q))
		;
	return value;
}

static int64_t steps_done(struct db *db)
{
	return one_number(db, "PRAGMA user_version");
}

/* Each step once, in order; the file says how many it has had. */
static void migrate(struct db *db)
{
	char sql[64];
	int64_t have;

	while ((have = steps_done(db)) < schema_steps && db->err.code == ERR_NONE) {
		if (have < 0) {
			err_set(&db->err, ERR_PARSE, "the history: no version of it");
			return;
		}
		run_text(db, "BEGIN IMMEDIATE");
		/* A deck that started at the same time may have come first. */
		if (steps_done(db) == have) {
			run_text(db, schema_step[have]);
			snprintf(sql, sizeof(sql), "PRAGMA user_version = %d",
				 (int)have + 1);
			run_text(db, sql);
		}
		run_text(db, "COMMIT");
	}
	if (have > schema_steps)
		err_set(&db->err, ERR_CONFIG,
			"the history was written by a newer azdeck; this one leaves it "
			"alone");
}

static struct db *open_at(const char *name, int flags, struct err *err)
{
	struct db *db = xcalloc(1, sizeof(*db));
	int rc;

	err_clear(&db->err);
	rc = sqlite3_open_v2(name, &db->sqlite, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc != SQLITE_OK)
		fail(db, rc);
	else
		sqlite3_busy_timeout(db->sqlite, BUSY_MS);
	if (db_is_fine(db, err))
		return db;
	err_wrap(err, "%s", name);
	db_close(db);
	return NULL;
}

/* The user's alone before SQLite sees it: its companions take its mode. */
static bool make_file(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup(".");
	struct folder folder;
	bool ok = folder_open(&folder, dir, err);
	int fd = -1;

	free(dir);
	if (!ok)
		return false;
	fd = openat(folder.fd, slash ? slash + 1 : path,
		    O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		err_errno(err, ERR_IO, errno, "cannot open %s", path);
	else
		close(fd);
	folder_close(&folder);
	return fd >= 0;
}

static struct db *open_writer(const char *path, struct err *err)
{
	struct db *db;

	if (path && !make_file(path, err))
		return NULL;
	db = open_at(path ? path : ":memory:", SQLITE_OPEN_READWRITE, err);
	if (!db)
		return NULL;
	run_text(db, "PRAGMA auto_vacuum = INCREMENTAL");
	run_text(db, "PRAGMA journal_mode = WAL");
	run_text(db, "PRAGMA synchronous = NORMAL");
	run_text(db, "PRAGMA cache_size = -512");
	run_text(db, "PRAGMA temp_store = MEMORY");
	migrate(db);
	if (db_is_fine(db, err))
		return db;
	db_close(db);
	return NULL;
}

/* The newest rows may be in the companion: it goes along. */
static bool move_aside(const char *path, const char *to, struct err *err)
{
	char from[4200], beside[4200];

	if (rename(path, to) != 0)
		return err_errno(err, ERR_IO, errno, "cannot put %s aside", path);
	snprintf(from, sizeof(from), "%s-wal", path);
	snprintf(beside, sizeof(beside), "%s-wal", to);
	if (rename(from, beside) != 0)
		unlink(beside);
	snprintf(from, sizeof(from), "%s-shm", path);
	unlink(from);
	return true;
}

bool db_put_aside(const char *path, struct err *aside, struct err *err)
{
	int lock = lock_take(path);
	char to[4100];
	bool ok;

	if (lock < 0)
		return err_set(err, ERR_CONFLICT,
			       "%s cannot be read, and another azdeck writes it", path);
	snprintf(to, sizeof(to), "%s.broken", path);
	ok = move_aside(path, to, err);
	lock_drop(lock);
	if (!ok)
		return false;
	err_set(aside, ERR_PARSE,
		"%s could not be read; a new history begins, the old "
		"one is %s",
		path, to);
	return true;
}

struct db *db_open(const char *path, struct err *aside, struct err *err)
{
	struct db *db = open_writer(path, err);

	err_clear(aside);
	if (!db && path && err->code == ERR_PARSE && db_put_aside(path, aside, err))
		db = open_writer(path, err);
	return db;
}

/* Nothing was written yet when the disk was full as it was made. */
static void check_steps(struct db *db, const char *path)
{
	int64_t have = steps_done(db);

	if (db->err.code != ERR_NONE || have == schema_steps)
		return;
	if (have == 0)
		err_set(&db->err, ERR_NOT_FOUND, "no history is kept: %s", path);
	else if (have > 0 && have < schema_steps)
		err_set(&db->err, ERR_CONFIG,
			"%s is of an older azdeck; the deck brings it up to date", path);
	else
		err_set(&db->err, ERR_CONFIG, "%s is of another azdeck", path);
}

struct db *db_open_reader(const char *path, struct err *err)
{
	struct db *db;

	if (access(path, F_OK) != 0) {
		err_errno(err, ERR_NOT_FOUND, errno, "no history is kept: %s", path);
		return NULL;
	}
	db = open_at(path, SQLITE_OPEN_READWRITE, err);
	if (!db)
		return NULL;
	run_text(db, "PRAGMA query_only = ON");
	check_steps(db, path);
	if (db_is_fine(db, err))
		return db;
	if (err->code == ERR_PARSE)
		err_wrap(err, "%s is damaged; who keeps one begins anew", path);
	db_close(db);
	return NULL;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->n; i++)
		sqlite3_finalize(db->statements[i].stmt);
	sqlite3_close(db->sqlite);
	free(db);
}

void db_rest(struct db *db)
{
	for (size_t i = 0; i < db->n; i++)
		sqlite3_reset(db->statements[i].stmt);
}

void db_begin(struct db *db)
{
	/* One that stands still sees an old state, and that cannot be written to. */
	db_rest(db);
	run_text(db, "BEGIN IMMEDIATE");
}

bool db_is_fine(struct db *db, struct err *err)
{
	bool ok = db->err.code == ERR_NONE;

	*err = db->err;
	err_clear(&db->err);
	return ok;
}

bool db_end(struct db *db, struct err *err)
{
	run_text(db, "COMMIT");
	if (db_is_fine(db, err))
		return true;
	/* Nothing to undo when BEGIN was what failed. */
	if (!sqlite3_get_autocommit(db->sqlite))
		sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

static sqlite3_stmt *prepare(struct db *db, const char *sql)
{
	struct statement *s;
	int rc;

	for (size_t i = 0; i < db->n; i++) {
		if (db->statements[i].sql == sql)
			return db->statements[i].stmt;
	}
	if (db->n == STATEMENTS) {
		err_set(&db->err, ERR_INTERNAL, "the history: too many statements");
		return NULL;
	}
	s = &db->statements[db->n];
	rc = sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt,
				NULL);
	if (rc != SQLITE_OK) {
		fail(db, rc);
		return NULL;
	}
	s->sql = sql;
	db->n++;
	return s->stmt;
}

struct db_query db_query(struct db *db, const char *sql)
{
	struct db_query q = {.db = db};

	q.stmt = db->err.code == ERR_NONE ? prepare(db, sql) : NULL;
	if (q.stmt) {
		sqlite3_reset(q.stmt);
		sqlite3_clear_bindings(q.stmt);
	}
	return q;
}

void db_put_i64(struct db_query *q, int64_t value)
{
	if (q->stmt)
		sqlite3_bind_int64(q->stmt, ++q->put, value);
}

void db_put_text(struct db_query *q, struct str text)
{
	if (q->stmt)
		sqlite3_bind_text(q->stmt, ++q->put, text.n ? text.p : "", (int)text.n,
				  SQLITE_STATIC);
}

void db_put_bytes(struct db_query *q, struct str bytes)
{
	if (q->stmt)
		sqlite3_bind_blob(q->stmt, ++q->put, bytes.n ? bytes.p : "", (int)bytes.n,
				  SQLITE_STATIC);
}

bool db_next(struct db_query *q)
{
	int rc = q->stmt ? sqlite3_step(q->stmt) : SQLITE_DONE;

	q->got = 0;
	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		fail(q->db, rc);
	if (q->stmt)
		sqlite3_reset(q->stmt);
	q->stmt = NULL;
	return false;
}

int64_t db_get_i64(struct db_query *q)
{
	return sqlite3_column_int64(q->stmt, q->got++);
}

struct str db_get_text(struct db_query *q)
{
	const char *p = (const char *)sqlite3_column_text(q->stmt, q->got);

	return (struct str){.p = p, .n = (size_t)sqlite3_column_bytes(q->stmt, q->got++)};
}

struct str db_get_bytes(struct db_query *q)
{
	const char *p = sqlite3_column_blob(q->stmt, q->got);

	return (struct str){.p = p, .n = (size_t)sqlite3_column_bytes(q->stmt, q->got++)};
}

int db_run(struct db_query *q)
{
	while (db_next(q))
		;
	return sqlite3_changes(q->db->sqlite);
}

int64_t db_last_id(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->sqlite);
}

int64_t db_size(struct db *db)
{
	return (one_number(db, "PRAGMA page_count") -
		one_number(db, "PRAGMA freelist_count")) *
	       one_number(db, "PRAGMA page_size");
}
