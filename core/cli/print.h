/* A board as text for pipes and people: table, CSV, TSV, JSON. Thread: any (no
 * state). */
#ifndef AZ_CLI_PRINT_H
#define AZ_CLI_PRINT_H

#include "base/strbuf.h"
#include "board/board.h"

enum print_format { PRINT_TABLE, PRINT_JSON, PRINT_CSV, PRINT_TSV };
bool print_format_find(struct str name, enum print_format *out);

/* Only a table has ages (as of `now_ms`) and colours. */
void print_board(struct strbuf *out, const struct board *board, enum print_format format,
		 int64_t now_ms, bool has_colour);

#endif
