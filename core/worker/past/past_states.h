/* What azdeck itself saw of probes and of the platform's word on resources, out of the
 * history: rows of the board "seen-states", each state of each thing once, and beside
 * them when anybody looked. Thread: core, but for past_states_read. */
#ifndef AZ_WORKER_PAST_STATES_H
#define AZ_WORKER_PAST_STATES_H

#include <cjson/cJSON.h>

#include "board/def.h"
#include "store/db.h"

enum { PAST_STATES_BOARDS = 4 };

/* The boards that say of something whether it is up, held. */
struct past_states {
	const struct board_def
		*defs[PAST_STATES_BOARDS]; /* NULL: there is no such board */
};

void past_states_init(struct past_states *states, const struct library *library);
void past_states_fini(struct past_states *states);
/* Whether the board is one of them. */
bool past_states_tell(const char *board);
/* Of the 30 days before; on the thread that has the database. */
cJSON *past_states_read(const struct past_states *states, struct db *db, int64_t to_ms);

#endif
