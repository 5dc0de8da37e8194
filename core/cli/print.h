/* A board as text for pipes and people: table, CSV, TSV, JSON. Thread: any (no
 * state). */
#ifndef AZ_CLI_PRINT_H
#define AZ_CLI_PRINT_H

#include "base/strbuf.h"
#include "board/board.h"

enum print_format { PRINT_TABLE, PRINT_JSON, PRINT_CSV, PRINT_TSV };
bool print_format_find(struct str name, enum print_format *out);

/* Aligned columns with a heading, worst rows first when the board says so. */
void print_table(struct strbuf *out, const struct board *board, int64_t now_ms,
		 bool has_colour);
/* RFC 4180, or tab-separated with blanks for tabs; raw values, a heading line. */
void print_separated(struct strbuf *out, const struct board *board, char separator);
/* {"schema": "azdeck.show/1", ..., "rows": [...]} */
void print_json(struct strbuf *out, const struct board *board);

#endif
