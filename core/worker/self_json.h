/* The rows of the boards about azdeck itself. Thread: core. */
#ifndef AZ_WORKER_SELF_JSON_H
#define AZ_WORKER_SELF_JSON_H

#include <cjson/cJSON.h>

#include "base/map.h"
#include "board/feed.h"
#include "worker/sights.h"

/* Adds those of the board's rows that have a sight. */
void self_json_attention(cJSON *rows, const struct board *board, const struct map *sights,
			 int64_t now_ms);
/* Adds a row for each request of the feed. */
void self_json_feed(cJSON *rows, const struct board_def *def,
		    const struct connection *connection, const struct feed *feed,
		    bool is_wanted);

#endif
