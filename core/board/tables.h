/* The named tables of one decode, for lookup('name', key).
 * Thread: any; one decode at a time. */
#ifndef AZ_BOARD_TABLES_H
#define AZ_BOARD_TABLES_H

#include "base/map.h"
#include "board/def.h"

struct tables {
	const struct board_def *def;
	struct map *maps; /* per table: key to struct query_value, in env's arena */
	uint32_t surprises;
	struct query_value connection; /* what boards may read of it, or null */
};

/* What the env's arena holds must outlive the tables. */
void tables_init(struct tables *t, const struct board_def *def, const cJSON *answers,
		 const struct query_env *env);
void tables_fini(struct tables *t);
/* For query_env. */
bool tables_lookup(void *ctx, struct str table, struct str key, struct query_value *out);

#endif
