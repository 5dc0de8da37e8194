/* Long texts as numbers: boards, layouts, tracks, row keys. A name belongs to a scope,
 * which is 0 or a name itself. Thread: one at a time, with its database. */
#ifndef AZ_STORE_NAMES_H
#define AZ_STORE_NAMES_H

#include "base/map.h"
#include "store/db.h"

struct names {
	int64_t scope;
	struct map ids; /* what was asked lately */
};

void names_init(struct names *names, int64_t scope);
void names_fini(struct names *names);

/* Makes one where there is none. 0 when the database failed. */
int64_t names_id(struct names *names, struct db *db, struct str text);
/* 0: there is none. */
int64_t name_find(struct db *db, int64_t scope, struct str text);
/* The text lives until the next row of a query is asked for. False: there is none. */
bool name_text(struct db *db, int64_t id, struct str *text);
/* The name is not used from now on; names_prune takes it some day. */
void name_gone(struct names *names, struct db *db, struct str text, int64_t at_ms);
/* Names that have been gone since before. */
void names_prune(struct db *db, int64_t before_ms);

#endif
