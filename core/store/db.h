/* One SQLite database. The first failure stays: what follows it does nothing, and
 * whoever ends the transaction is told. Statements are prepared once.
 * Thread: one at a time. */
#ifndef AZ_STORE_DB_H
#define AZ_STORE_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct db;

/* Whose file it is: its tables, as steps from an empty file to today's. A step that was
 * released never changes; another one is added. */
struct db_tables {
	const char *of; /* what errors call it: "history" */
	const char *const *steps;
	int64_t n_steps;
};

/* A file of the user's own, mode 0600, made when missing with the folders above it;
 * NULL: in memory. What is no database any more, or has tables that azdeck did not
 * make, is put aside, and `aside` (ERR_NONE otherwise) says where. */
struct db *db_open(const char *path, struct err *aside, struct err *err) MUST_CHECK;
/* Likewise with other tables than the history's, which outlive it. */
struct db *db_open_of(const struct db_tables *tables, const char *path, struct err *aside,
		      struct err *err) MUST_CHECK;
/* One that is there, for reading beside whoever writes it. A missing one is
 * ERR_NOT_FOUND. */
struct db *db_open_reader(const char *path, struct err *err) MUST_CHECK;
struct db *db_open_reader_of(const struct db_tables *tables, const char *path,
			     struct err *err) MUST_CHECK;
/* One in memory that is gone with it, with the tables of `schema`. */
struct db *db_open_scratch(const char *schema, struct err *err) MUST_CHECK;
void db_close(struct db *db);
/* The file as it is, under a name with a date, of which a few are kept; `why` begins
 * what `aside` says. Nobody may have it open here. Refused while another process writes
 * it. */
bool db_put_aside(const char *path, const struct err *why, struct err *aside,
		  struct err *err) MUST_CHECK;
/* The path leads to another file now, or to none: what is written here is lost. */
bool db_is_moved(const struct db *db);

void db_begin(struct db *db);
/* Writes what came since db_begin, or nothing of it, and clears the failure. */
bool db_end(struct db *db, struct err *err) MUST_CHECK;
/* The first failure so far, cleared: for what only reads. */
bool db_is_fine(struct db *db, struct err *err) MUST_CHECK;
/* Lets go of what was read: until then the file's log cannot begin anew. */
void db_rest(struct db *db);

/* A statement with its `?` to be filled in order. `sql` is a literal: its address
 * is its name. */
struct db_query {
	struct db *db;
	void *stmt;
	int put, got;
};
struct db_query db_query(struct db *db, const char *sql);
void db_put_i64(struct db_query *q, int64_t value);
void db_put_text(struct db_query *q, struct str text);	 /* not copied */
void db_put_bytes(struct db_query *q, struct str bytes); /* not copied */
/* A row is there; its columns come in order, and are gone with the next one. */
bool db_next(struct db_query *q);
int64_t db_get_i64(struct db_query *q);
struct str db_get_text(struct db_query *q);
struct str db_get_bytes(struct db_query *q);
/* For one that gives no rows; the number of rows it changed. */
int db_run(struct db_query *q);
int64_t db_last_id(const struct db *db);
/* Bytes in use, without what is free for reuse. */
int64_t db_size(struct db *db);
/* Gives the system back some of what is free, where that is much or the file is larger
 * than `max_bytes`: a slice, so that nobody waits for it. */
void db_shrink(struct db *db, int64_t max_bytes);

#endif
