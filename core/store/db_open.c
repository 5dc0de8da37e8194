/* See db.h: opening. What is in the file was written by somebody who could write it:
 * nothing of it is run, and nothing of it is believed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/count.h"
#include "base/percent.h"
#include "base/xalloc.h"
#include "store/db_part.h"
#include "store/schema.h"

enum { BUSY_MS = 2000, VALUE_MOST_BYTES = 64 << 20 };

static const struct {
	int option, value;
} guards[] = {
	{SQLITE_DBCONFIG_DEFENSIVE, 1},
	{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
	{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
	{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
	{SQLITE_DBCONFIG_DQS_DDL, 0},
	{SQLITE_DBCONFIG_DQS_DML, 0},
	{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
};

static const struct {
	int id, value;
} caps[] = {
	{SQLITE_LIMIT_LENGTH, VALUE_MOST_BYTES},
	{SQLITE_LIMIT_ATTACHED, 0},
	{SQLITE_LIMIT_TRIGGER_DEPTH, 1},
	{SQLITE_LIMIT_EXPR_DEPTH, 40},
	{SQLITE_LIMIT_COLUMN, 100},
};

static void guard(struct db *db)
{
	for (size_t i = 0; i < COUNT(guards); i++)
		sqlite3_db_config(db->sqlite, guards[i].option, guards[i].value, NULL);
	for (size_t i = 0; i < COUNT(caps); i++)
		sqlite3_limit(db->sqlite, caps[i].id, caps[i].value);
	sqlite3_busy_timeout(db->sqlite, BUSY_MS);
	db_run_text(db, "PRAGMA cell_size_check = ON");
	db_run_text(db, "PRAGMA mmap_size = 0");
	db_run_text(db, "PRAGMA temp_store = MEMORY");
}

/* `path` is the database's from now on; `name` is what SQLite opens. */
static struct db *open_at(const struct db_tables *tables, char *path, const char *name,
			  int flags)
{
	struct db *db = xcalloc(1, sizeof(*db));
	int rc;

	err_clear(&db->err);
	db->path = path;
	db->tables = tables;
	rc = sqlite3_open_v2(name, &db->sqlite,
			     flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, NULL);
	if (rc != SQLITE_OK)
		db_fail(db, rc);
	else
		guard(db);
	return db;
}

static struct db *finish(struct db *db, struct err *err)
{
	if (db_is_fine(db, err))
		return db;
	db_close(db);
	return NULL;
}

static bool is_wal(struct db *db)
{
	struct db_query q = db_query(db, "PRAGMA journal_mode = WAL");
	bool is = db_next(&q) && str_eq(db_get_text(&q), STR("wal"));

	while (db_next(&q))
		;
	return is;
}

/* Some file systems have no memory to share. There readers wait for the writer, and a
 * file that was in this mode is taken out of it, which one alone can do. */
static void choose_journal(struct db *db)
{
	struct err why;

	db_run_text(db, "PRAGMA synchronous = NORMAL");
	if (is_wal(db)) {
		db_run_text(db, "PRAGMA journal_size_limit = 4194304");
		return;
	}
	if (!db_is_fine(db, &why) && why.code == ERR_PARSE) {
		db->err = why;
		return;
	}
	db_run_text(db, "PRAGMA locking_mode = EXCLUSIVE");
	db_run_text(db, "PRAGMA journal_mode = TRUNCATE");
	db_run_text(db, "PRAGMA locking_mode = NORMAL");
	db_run_text(db, "PRAGMA synchronous = FULL");
	/* The mode holds until the next look at the file. */
	db_one_number(db, "SELECT count(*) FROM sqlite_schema");
}

static struct db *open_writer(const struct db_tables *tables, const char *path,
			      struct err *err)
{
	char *real = NULL;
	struct db *db;

	if (path) {
		real = db_file(path, true, err);
		if (!real)
			return NULL;
	}
	db = open_at(tables, real, real ? real : ":memory:",
		     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	db_run_text(db, "PRAGMA auto_vacuum = INCREMENTAL");
	if (path)
		choose_journal(db);
	db_run_text(db, "PRAGMA cache_size = -2048");
	db_migrate(db);
	if (path)
		db_check_schema(db);
	return finish(db, err);
}

struct db *db_open_of(const struct db_tables *tables, const char *path, struct err *aside,
		      struct err *err)
{
	struct db *db = open_writer(tables, path, err);
	struct err why = *err;

	err_clear(aside);
	if (!db && path && why.code == ERR_PARSE && db_put_aside(path, &why, aside, err))
		db = open_writer(tables, path, err);
	return db;
}

struct db *db_open(const char *path, struct err *aside, struct err *err)
{
	return db_open_of(&history_tables, path, aside, err);
}

struct db *db_open_scratch(const char *schema, struct err *err)
{
	struct db *db = open_at(NULL, NULL,
				":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);

	db_run_text(db, schema);
	return finish(db, err);
}

static bool has_log(const char *path)
{
	struct strbuf log;
	struct stat st;
	bool has;

	strbuf_init(&log, 4200);
	strbuf_printf(&log, "%s-wal", path);
	has = stat(log.p, &st) == 0 && st.st_size > 0;
	strbuf_fini(&log);
	return has;
}

static struct db *check_reader(struct db *db, struct err *err)
{
	db_run_text(db, "PRAGMA query_only = ON");
	db_check_steps(db);
	db_check_schema(db);
	return finish(db, err);
}

/* On a disk that may not be written to, nothing changes while it is read. */
static struct db *open_unchanging(const struct db_tables *tables, const char *path,
				  struct err *err)
{
	struct strbuf name;
	struct db *db;

	strbuf_init(&name, 13000);
	strbuf_puts(&name, "file:");
	percent_encode_path(&name, str_from(path));
	strbuf_puts(&name, "?immutable=1");
	db = open_at(tables, xstrdup(path), name.p,
		     SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
	strbuf_fini(&name);
	return check_reader(db, err);
}

struct db *db_open_reader_of(const struct db_tables *tables, const char *path,
			     struct err *err)
{
	struct err first;
	struct db *db;
	char *real;

	if (access(path, F_OK) != 0) {
		err_errno(err, ERR_NOT_FOUND, errno, "no %s is kept: %s", tables->of,
			  path);
		return NULL;
	}
	real = db_file(path, false, err);
	if (!real)
		return NULL;
	db = check_reader(open_at(tables, xstrdup(real), real, SQLITE_OPEN_READWRITE),
			  err);
	first = *err;
	if (!db && first.code == ERR_IO && access(path, W_OK) != 0 && !has_log(real))
		db = open_unchanging(tables, real, err);
	free(real);
	if (!db && err->code == ERR_PARSE)
		err_set(err, ERR_PARSE, "%s; the next azdeck that keeps one begins anew",
			first.text);
	return db;
}

struct db *db_open_reader(const char *path, struct err *err)
{
	return db_open_reader_of(&history_tables, path, err);
}
