/* See stored.h. */
#include "store/stored.h"

#include "base/sanitize.h"

struct str stored_text(struct db_query *q, struct arena *arena)
{
	return sanitize_to_arena(arena, db_get_text(q));
}

enum severity stored_severity(struct db_query *q)
{
	int64_t value = db_get_i64(q);

	return value >= SEV_NONE && value <= SEV_CRIT ? (enum severity)value
						      : SEV_UNKNOWN;
}
