/* The named tables of one decode: rows of any answer by a key, so that a column
 * can bring two answers together without a nested search.
 * Thread: any; one decode at a time. */
#include "board/tables.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/xalloc.h"

static void put(struct map *map, struct str key, const struct query_value *row,
		struct arena *arena)
{
	struct query_value *kept;

	if (map_find(map, key))
		return;
	kept = arena_alloc(arena, sizeof(*kept));
	*kept = *row;
	map_put(map, key, kept);
}

static bool fill(struct map *map, const struct table_def *table, const cJSON *answers,
		 const struct query_env *env)
{
	struct query_error qe;
	struct query_value rows, row, key;
	struct query_iter it;
	bool ok = true;

	if (!query_eval(table->rows, answers, env, &rows, &qe))
		return false;
	if (rows.type != QUERY_ARRAY)
		return rows.type == QUERY_NULL;
	it = query_iter(&rows);
	while (query_iter_next(&it, &row)) {
		if (!query_eval_value(table->key, &row, env, &key, &qe))
			ok = false;
		else if (key.type == QUERY_STRING)
			put(map, key.text, &row, env->arena);
	}
	return ok;
}

void tables_init(struct tables *t, const struct board_def *def, const cJSON *answers,
		 const struct query_env *env)
{
	*t = (struct tables){.def = def};
	t->connection = query_from_json(json_member(answers, "connection"));
	t->maps = xcalloc(def->n_tables + 1, sizeof(*t->maps));
	for (size_t i = 0; i < def->n_tables; i++) {
		map_init(&t->maps[i]);
		if (!fill(&t->maps[i], &def->tables[i], answers, env))
			t->surprises++;
	}
}

void tables_fini(struct tables *t)
{
	for (size_t i = 0; i < t->def->n_tables; i++)
		map_fini(&t->maps[i]);
	free(t->maps);
}

bool tables_lookup(void *ctx, struct str table, struct str key, struct query_value *out)
{
	const struct tables *t = ctx;

	/* What the configuration says of the connection the rows came over. */
	if (str_eq(table, STR("connection"))) {
		*out = query_member(&t->connection, key);
		return out->type != QUERY_NULL;
	}
	for (size_t i = 0; i < t->def->n_tables; i++) {
		const struct query_value *row;

		if (!str_is(table, t->def->tables[i].name))
			continue;
		row = map_find(&t->maps[i], key);
		if (row)
			*out = *row;
		return row != NULL;
	}
	return false;
}
