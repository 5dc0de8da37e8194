/* What the database's files share. Private to core/store/db*.c.
 * Thread: one at a time. */
#ifndef AZ_STORE_DB_PART_H
#define AZ_STORE_DB_PART_H

#include <sqlite3.h>
#include <stddef.h>

#include "store/db.h"

enum { DB_STATEMENTS = 64 };

struct db {
	sqlite3 *sqlite;
	const struct db_tables *tables; /* NULL: the caller's own */
	char *path;			/* NULL: in memory */
	struct err err;			/* the first failure */
	size_t n;
	struct statement {
		const char *sql;
		sqlite3_stmt *stmt;
	} statements[DB_STATEMENTS];
};

/* The first failure stays: what SQLite says, where, and what to do about it. */
void db_fail(struct db *db, int rc);
/* What is no row and no parameter: settings, tables, transactions. */
void db_run_text(struct db *db, const char *sql);
int64_t db_one_number(struct db *db, const char *sql);

#define DB_BROKEN ".broken-"

/* The file without links on its way, the caller's; a writer's is made when missing. */
char *db_file(const char *path, bool is_writer, struct err *err) MUST_CHECK;

/* Brings an empty or older file up to today's tables. */
void db_migrate(struct db *db);
/* Fails for what azdeck did not make: a table, an index or a trigger that runs SQL of
 * somebody else's. */
void db_check_schema(struct db *db);
/* Fails for a file without tables, or with those of another azdeck. */
void db_check_steps(struct db *db);

#endif
