/* See db.h. Thread: one at a time. */
#include "store/db.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "store/db_part.h"

/* What SQLite calls it, what that is to us, and what a person can do. Every statement
 * is ours and right: one that cannot be run met tables that are not. */
static const struct {
	int rc;
	enum err_code code;
	const char *advice; /* NULL: the words of SQLite */
} failures[] = {
	{SQLITE_FULL, ERR_IO, "the disk is full; make room, and it goes on"},
	{SQLITE_READONLY, ERR_IO, "it may not be written to; see who owns it"},
	{SQLITE_BUSY, ERR_CONFLICT, "another program holds it"},
	{SQLITE_LOCKED, ERR_CONFLICT, "another program holds it"},
	{SQLITE_CORRUPT, ERR_PARSE, NULL},
	{SQLITE_NOTADB, ERR_PARSE, NULL},
	{SQLITE_ERROR, ERR_PARSE, NULL},
	{SQLITE_CONSTRAINT, ERR_PARSE, NULL},
	{SQLITE_MISMATCH, ERR_PARSE, NULL},
	{SQLITE_AUTH, ERR_PARSE, NULL},
};

static const char *place_of(const struct db *db)
{
	return db->path ? db->path : "in memory";
}

void db_fail(struct db *db, int rc)
{
	int errnum = db->sqlite ? sqlite3_system_errno(db->sqlite) : 0;
	const char *words = rc == SQLITE_NOMEM ? "no memory"
			    : db->sqlite       ? sqlite3_errmsg(db->sqlite)
					       : sqlite3_errstr(rc);

	if (db->err.code != ERR_NONE)
		return;
	for (size_t i = 0; i < COUNT(failures); i++) {
		if (failures[i].rc != (rc & 0xff))
			continue;
		if (failures[i].advice)
			err_set(&db->err, failures[i].code, "%s: %s", place_of(db),
				failures[i].advice);
		else
			err_set(&db->err, failures[i].code, "%s is damaged: %s",
				place_of(db), words);
		return;
	}
	err_set(&db->err, ERR_IO, "%s: %s%s%s", place_of(db), words, errnum ? ": " : "",
		errnum ? strerror(errnum) : "");
}

void db_run_text(struct db *db, const char *sql)
{
	int rc;

	if (db->err.code != ERR_NONE)
		return;
	rc = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		db_fail(db, rc);
}

int64_t db_one_number(struct db *db, const char *sql)
{
	struct db_query q = db_query(db, sql);
	int64_t value = db_next(&q) ? db_get_i64(&q) : 0;

	while (db_next(&q))
		;
	return value;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->n; i++)
		sqlite3_finalize(db->statements[i].stmt);
	sqlite3_close(db->sqlite);
	free(db->path);
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
	db_run_text(db, "BEGIN IMMEDIATE");
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
	db_run_text(db, "COMMIT");
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
	if (db->n == DB_STATEMENTS) {
		err_set(&db->err, ERR_INTERNAL, "the history: too many statements");
		return NULL;
	}
	s = &db->statements[db->n];
	rc = sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt,
				NULL);
	if (rc != SQLITE_OK) {
		db_fail(db, rc);
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
		db_fail(q->db, rc);
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

/* Some pages that are free are soon used again: giving them back first is work for
 * nothing. */
enum { SPARE_PAGES = 64, SPARE_PART = 8 };

int64_t db_size(struct db *db)
{
	return (db_one_number(db, "PRAGMA page_count") -
		db_one_number(db, "PRAGMA freelist_count")) *
	       db_one_number(db, "PRAGMA page_size");
}

void db_shrink(struct db *db, int64_t max_bytes)
{
	int64_t free_pages = db_one_number(db, "PRAGMA freelist_count");
	int64_t pages = db_one_number(db, "PRAGMA page_count");
	int64_t page_bytes = db_one_number(db, "PRAGMA page_size");
	bool is_much = free_pages > SPARE_PAGES && free_pages > pages / SPARE_PART;

	if (free_pages && (is_much || pages * page_bytes > max_bytes))
		db_run_text(db, "PRAGMA incremental_vacuum(1024)");
}

bool db_is_moved(const struct db *db)
{
	int moved = 0;

	return db->path &&
	       sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_HAS_MOVED, &moved) ==
		       SQLITE_OK &&
	       moved;
}
