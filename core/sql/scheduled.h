/* The databases and pools that follow a schedule, read off their boards. Thread: core. */
#ifndef AZ_SQL_SCHEDULED_H
#define AZ_SQL_SCHEDULED_H

#include "board/hours.h"
#include "sql/drift.h"

/* One row of the board sql or sql-pools. Texts are borrowed from the board, but for
 * the tag, which the hours own until the next one is read. */
struct scheduled {
	const char *key, *name, *server;
	bool has_tag; /* else the configuration's default, which `target` has */
	struct sql_target target;
	char size[SQL_SIZE_MAX + 1]; /* of a pool: "StandardPool_200" */
};

/* False: it has no schedule. */
bool scheduled_read(struct hours *h, const struct board *board, size_t row,
		    struct scheduled *out);

#endif
