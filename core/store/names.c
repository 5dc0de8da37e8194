/* See names.h. */
#include "store/names.h"

enum { REMEMBERED_MOST = 50000 };

void names_init(struct names *names, int64_t scope)
{
	names->scope = scope;
	map_init(&names->ids);
}

void names_fini(struct names *names)
{
	map_fini(&names->ids);
}

/* The index has that instead of the text, which is long. A file remembers it. */
static int64_t hash_of(struct str text)
{
	return (int64_t)(str_hash(text) >> 16);
}

int64_t name_find(struct db *db, int64_t scope, struct str text)
{
	struct db_query q =
		db_query(db, "SELECT id FROM name WHERE scope = ? AND hash = ? AND"
			     " text = ? ORDER BY id LIMIT 1");
	int64_t id = 0;

	db_put_i64(&q, scope);
	db_put_i64(&q, hash_of(text));
	db_put_text(&q, text);
	while (db_next(&q))
		id = db_get_i64(&q);
	return id;
}

/* One that was gone is back by being asked for. */
static void come_back(struct db *db, int64_t id)
{
	struct db_query q =
		db_query(db, "UPDATE name SET gone = 0 WHERE id = ? AND gone > 0");

	db_put_i64(&q, id);
	db_run(&q);
}

static int64_t make(struct db *db, int64_t scope, struct str text)
{
	int64_t id = name_find(db, scope, text);
	struct db_query q;

	if (id) {
		come_back(db, id);
		return id;
	}
	q = db_query(db, "INSERT INTO name(scope, hash, text) VALUES(?, ?, ?)");
	db_put_i64(&q, scope);
	db_put_i64(&q, hash_of(text));
	db_put_text(&q, text);
	return db_run(&q) ? db_last_id(db) : 0;
}

int64_t names_id(struct names *names, struct db *db, struct str text)
{
	int64_t id = (int64_t)(intptr_t)map_find(&names->ids, text);

	if (id)
		return id;
	id = make(db, names->scope, text);
	if (names->ids.n >= REMEMBERED_MOST)
		map_reset(&names->ids);
	if (id)
		map_put(&names->ids, text, (void *)(intptr_t)id);
	return id;
}

bool name_text(struct db *db, int64_t id, struct str *text)
{
	struct db_query q = db_query(db, "SELECT text FROM name WHERE id = ?");

	db_put_i64(&q, id);
	if (!db_next(&q))
		return false;
	*text = db_get_text(&q);
	return true;
}

void name_gone(struct names *names, struct db *db, struct str text, int64_t at_ms)
{
	struct db_query q =
		db_query(db, "UPDATE name SET gone = ? WHERE scope = ? AND hash = ? AND"
			     " text = ?");

	map_take(&names->ids, text);
	db_put_i64(&q, at_ms);
	db_put_i64(&q, names->scope);
	db_put_i64(&q, hash_of(text));
	db_put_text(&q, text);
	db_run(&q);
}

void names_prune(struct db *db, int64_t before_ms)
{
	struct db_query q = db_query(db, "DELETE FROM name WHERE gone > 0 AND gone < ?");

	db_put_i64(&q, before_ms);
	db_run(&q);
}
