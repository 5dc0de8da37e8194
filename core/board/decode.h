/* Answers to a board: rows, cells, severities. Pure, so it may run on any thread
 * that owns the answers. Thread: any (no state). */
#ifndef AZ_BOARD_DECODE_H
#define AZ_BOARD_DECODE_H

#include <cjson/cJSON.h>

#include "base/err.h"
#include "board/board.h"
#include "board/def.h"

/* A board of more is partial: nobody reads so far, and every row is memory. */
#define DECODE_MOST_ROWS 500000

/* `answers`: an object of request name to answer, or to a list of
 * {"item":, "answer":} for a request with for_each. Nothing of it is kept. The
 * board is the caller's, with version and fetched_ms left to the caller; values
 * that do not fit become null and are counted. Fails only when `rows` does. */
bool board_decode(const struct board_def *def, const cJSON *answers, int64_t now_ms,
		  struct board **out, struct err *err) MUST_CHECK;

#endif
