/* See db_part.h: the tables of a file are those of its kind (db_tables), to the letter. A file from
 * elsewhere may hold triggers, views and expressions that run when it is used. */
#include <stdio.h>

#include "base/strbuf.h"
#include "store/db_part.h"

enum { SCHEMA_MOST_BYTES = 64 << 10 };

static int64_t steps_done(struct db *db)
{
	return db_one_number(db, "PRAGMA user_version");
}

/* Each step once, in order; the file says how many it has had. */
void db_migrate(struct db *db)
{
	char sql[64];
	int64_t have;

	while ((have = steps_done(db)) < db->tables->n_steps &&
	       db->err.code == ERR_NONE) {
		if (have < 0) {
			err_set(&db->err, ERR_PARSE, "%s is damaged: it has no version",
				db->path ? db->path : "in memory");
			return;
		}
		db_run_text(db, "BEGIN IMMEDIATE");
		/* A deck that started at the same time may have come first. */
		if (steps_done(db) == have) {
			db_run_text(db, db->tables->steps[have]);
			snprintf(sql, sizeof(sql), "PRAGMA user_version = %d",
				 (int)have + 1);
			db_run_text(db, sql);
		}
		db_run_text(db, "COMMIT");
	}
	if (have > db->tables->n_steps && db->err.code == ERR_NONE)
		err_set(&db->err, ERR_CONFIG,
			"%s was written by a newer azdeck; this one leaves it alone",
			db->path);
}

/* What the statistics of ANALYZE need is nobody's harm. */
static void list_schema(struct db *db, struct strbuf *out)
{
	struct db_query q =
		db_query(db, "SELECT type, name, tbl_name, coalesce(sql, '') FROM"
			     " sqlite_schema WHERE substr(name, 1, 11) <> 'sqlite_stat'"
			     " ORDER BY type, name");

	while (db_next(&q)) {
		for (int i = 0; i < 4; i++) {
			strbuf_put(out, db_get_text(&q));
			strbuf_putc(out, '\n');
		}
	}
}

void db_check_schema(struct db *db)
{
	struct strbuf is, should;
	struct err ignored;
	struct db *ours;

	if (db->err.code != ERR_NONE)
		return;
	ours = db_open_of(db->tables, NULL, &ignored, &db->err);
	if (!ours)
		return;
	strbuf_init(&is, SCHEMA_MOST_BYTES);
	strbuf_init(&should, SCHEMA_MOST_BYTES);
	list_schema(db, &is);
	list_schema(ours, &should);
	if (db->err.code == ERR_NONE &&
	    (is.overflow || !str_eq(strbuf_str(&is), strbuf_str(&should))))
		err_set(&db->err, ERR_PARSE,
			"%s is damaged: its tables are not those of a %s",
			db->path ? db->path : "in memory", db->tables->of);
	strbuf_fini(&is);
	strbuf_fini(&should);
	db_close(ours);
}

void db_check_steps(struct db *db)
{
	int64_t have = steps_done(db);

	if (db->err.code != ERR_NONE || have == db->tables->n_steps)
		return;
	/* Nothing was written yet when the disk was full as it was made. */
	if (have == 0)
		err_set(&db->err, ERR_NOT_FOUND, "no %s is kept: %s", db->tables->of,
			db->path);
	else if (have > 0 && have < db->tables->n_steps)
		err_set(&db->err, ERR_CONFIG,
			"%s is of an older azdeck; the deck brings it up to date",
			db->path);
	else
		err_set(&db->err, ERR_CONFIG, "%s is of another azdeck", db->path);
}
