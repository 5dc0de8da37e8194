/* The databases and pools that follow a schedule, read off their boards. Thread: core. */
#ifndef AZ_SQL_SCHEDULED_H
#define AZ_SQL_SCHEDULED_H

#include "base/strbuf.h"
#include "board/derive.h"
#include "sql/drift.h"

/* One row of the board sql or sql-pools. Texts are borrowed from the board, but for
 * the tag, which is borrowed from the strbuf. */
struct scheduled {
	const char *name, *server;
	bool has_tag; /* else the configuration's default, which `target` has */
	struct sql_target target;
	char size[SQL_SIZE_MAX + 1]; /* of a pool: "StandardPool_200" */
};

/* False: it has no schedule. `tag` is where the tag is put. */
bool scheduled_read(const struct derive *d, const struct board *board, size_t row,
		    struct strbuf *tag, struct scheduled *out);

#endif
