/* What was done to each database, of the board sql-operations: read once, asked for by
 * every database. Thread: one owner. */
#ifndef AZ_SQL_CHANGE_INDEX_H
#define AZ_SQL_CHANGE_INDEX_H

#include "base/map.h"
#include "board/read.h"
#include "sql/drift.h"

struct change_index {
	struct map by_target; /* "server/database" to one of those: */
	struct wanted_changes *seen;
	size_t n;
	int64_t known_from_ms;
};

/* The board outlives it; NULL: nothing is known. */
void change_index_init(struct change_index *index, const struct board *operations);
void change_index_fini(struct change_index *index);
struct wanted_changes change_index_find(const struct change_index *index,
					const char *server, const char *database);

#endif
