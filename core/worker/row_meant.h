/* Which row of a board a person means: by its key, by its name, or by a filter that leaves
 * one. Where it leaves several, what to type for each of them. Thread: any. */
#ifndef AZ_WORKER_ROW_MEANT_H
#define AZ_WORKER_ROW_MEANT_H

#include "board/board.h"

/* `names` is the column rows are called by. */
bool row_meant(const struct board *board, const char *names, const char *words,
	       int64_t now_ms, size_t *row, struct err *err) MUST_CHECK;

#endif
