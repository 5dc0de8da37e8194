/* See vector_store.h. Floats lie in the file as the machine has them. */
#include "knowledge/vector_store.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "store/db.h"

enum { UNUSED_DAYS = 30 };

static const char *const steps[] = {
	"CREATE TABLE vector(id INTEGER PRIMARY KEY, model TEXT NOT NULL,"
	" key BLOB NOT NULL, at INTEGER NOT NULL, used INTEGER NOT NULL,"
	" floats BLOB NOT NULL);" /* used: a day */
	"CREATE UNIQUE INDEX vector_key ON vector(model, key);"
	"CREATE TABLE tried(model TEXT PRIMARY KEY, at INTEGER NOT NULL,"
	" error TEXT NOT NULL) WITHOUT ROWID;",
};

static const struct db_tables tables = {
	.of = "index of vectors",
	.steps = steps,
	.n_steps = COUNT(steps),
};

struct vector_store {
	struct db *db;
};

struct vector_key vector_key_of(struct str text)
{
	struct vector_key key;

	crypto_generichash(key.bytes, sizeof(key.bytes), (const unsigned char *)text.p,
			   text.n, NULL, 0);
	return key;
}

static struct vector_store *of_db(struct db *db)
{
	struct vector_store *s;

	if (!db)
		return NULL;
	s = xcalloc(1, sizeof(*s));
	s->db = db;
	return s;
}

struct vector_store *vector_store_open(const char *path, struct err *err)
{
	struct err aside;

	return of_db(db_open_of(&tables, path, &aside, err));
}

struct vector_store *vector_store_look(const char *path, struct err *err)
{
	return of_db(db_open_reader_of(&tables, path, err));
}

void vector_store_close(struct vector_store *s)
{
	if (!s)
		return;
	db_close(s->db);
	free(s);
}

void vector_store_begin(struct vector_store *s)
{
	db_begin(s->db);
}

bool vector_store_end(struct vector_store *s, struct err *err)
{
	return db_end(s->db, err);
}

bool vector_store_is_fine(struct vector_store *s, struct err *err)
{
	return db_is_fine(s->db, err);
}

static void put_key(struct db_query *q, struct str model, const struct vector_key *key)
{
	db_put_text(q, model);
	db_put_bytes(q, (struct str){(const char *)key->bytes, sizeof(key->bytes)});
}

size_t vector_store_read(struct vector_store *s, struct str model,
			 const struct vector_key *key, float *out, size_t most)
{
	struct db_query q =
		db_query(s->db, "SELECT floats FROM vector WHERE model = ? AND key = ?");
	size_t n = 0;

	put_key(&q, model, key);
	while (db_next(&q)) {
		struct str bytes = db_get_bytes(&q);

		if (bytes.n % sizeof(*out) || bytes.n / sizeof(*out) > most)
			continue;
		n = bytes.n / sizeof(*out);
		if (n)
			memcpy(out, bytes.p, bytes.n);
	}
	return n;
}

void vector_store_write(struct vector_store *s, struct str model,
			const struct vector_key *key, const float *vector, size_t dims,
			int64_t now_ms)
{
	struct db_query q =
		db_query(s->db, "INSERT INTO vector(model, key, at, used, floats)"
				" VALUES(?, ?, ?, ?, ?) ON CONFLICT(model, key)"
				" DO UPDATE SET at = excluded.at, used = excluded.used,"
				" floats = excluded.floats");

	put_key(&q, model, key);
	db_put_i64(&q, now_ms);
	db_put_i64(&q, now_ms / DAY_MS);
	db_put_bytes(&q, (struct str){(const char *)vector, dims * sizeof(*vector)});
	db_run(&q);
}

void vector_store_use(struct vector_store *s, struct str model,
		      const struct vector_key *key, int64_t now_ms)
{
	struct db_query q = db_query(s->db, "UPDATE vector SET used = ?3 WHERE model = ?1"
					    " AND key = ?2 AND used < ?3");

	put_key(&q, model, key);
	db_put_i64(&q, now_ms / DAY_MS);
	db_run(&q);
}

void vector_store_prune(struct vector_store *s, int64_t now_ms)
{
	struct db_query q = db_query(s->db, "DELETE FROM vector WHERE used < ?");

	db_put_i64(&q, now_ms / DAY_MS - UNUSED_DAYS);
	db_run(&q);
}

void vector_store_say(struct vector_store *s, struct str model, const struct err *err,
		      int64_t now_ms)
{
	struct db_query q =
		db_query(s->db, "INSERT INTO tried(model, at, error) VALUES(?, ?, ?)"
				" ON CONFLICT(model) DO UPDATE SET at = excluded.at,"
				" error = excluded.error");

	db_put_text(&q, model);
	db_put_i64(&q, now_ms);
	db_put_text(&q, str_from(err ? err->text : ""));
	db_run(&q);
}

void vector_store_status(struct vector_store *s, struct str model,
			 struct vector_status *out)
{
	struct db_query newest =
		db_query(s->db,
			 "SELECT coalesce(max(at), 0) FROM vector WHERE model = ?");
	struct db_query tried =
		db_query(s->db, "SELECT at, error FROM tried WHERE model = ?");

	*out = (struct vector_status){.newest_ms = 0};
	db_put_text(&newest, model);
	while (db_next(&newest))
		out->newest_ms = db_get_i64(&newest);
	db_put_text(&tried, model);
	while (db_next(&tried)) {
		struct str error;

		out->tried_ms = db_get_i64(&tried);
		error = db_get_text(&tried);
		snprintf(out->error, sizeof(out->error), "%.*s", STR_ARG(error));
	}
}
