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

int64_t name_find(struct db *db, int64_t scope, struct str text)
{
	struct db_query q =
		db_query(db, "SELECT id FROM name WHERE scope = ? AND text = ?");
	int64_t id = 0;

	db_put_i64(&q, scope);
	db_put_text(&q, text);
	while (db_next(&q))
		id = db_get_i64(&q);
	return id;
}

/* One that was gone is back by being asked for. */
static int64_t make(struct db *db, int64_t scope, struct str text)
{
	struct db_query q =
		db_query(db, "INSERT INTO name(scope, text) VALUES(?, ?)"
			     " ON CONFLICT DO UPDATE SET gone = 0 RETURNING id");
	int64_t id = 0;

	db_put_i64(&q, scope);
	db_put_text(&q, text);
	while (db_next(&q))
		id = db_get_i64(&q);
	return id;
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
		db_query(db, "UPDATE name SET gone = ? WHERE scope = ? AND text = ?");

	map_take(&names->ids, text);
	db_put_i64(&q, at_ms);
	db_put_i64(&q, names->scope);
	db_put_text(&q, text);
	db_run(&q);
}

void names_prune(struct db *db, int64_t before_ms)
{
	struct db_query q = db_query(db, "DELETE FROM name WHERE gone > 0 AND gone < ?");

	db_put_i64(&q, before_ms);
	db_run(&q);
}
