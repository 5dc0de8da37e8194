/* What comes out of the database is taken for outside bytes.
 * Thread: one at a time, with its database. */
#ifndef AZ_STORE_STORED_H
#define AZ_STORE_STORED_H

#include "base/arena.h"
#include "board/board.h"
#include "store/db.h"

/* The next column, clean and terminated. */
struct str stored_text(struct db_query *q, struct arena *arena);
enum severity stored_severity(struct db_query *q);

#endif
