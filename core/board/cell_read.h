/* One value of an answer to one cell, by the column's type. What does not fit is
 * null. Thread: any; one reader at a time. */
#ifndef AZ_BOARD_CELL_READ_H
#define AZ_BOARD_CELL_READ_H

#include "board/board.h"
#include "board/def.h"

/* Longest text kept of one cell; the rest is in the source. */
enum { CELL_TEXT_MAX = 1024, CELL_SERIES_MAX = 768 };

/* Repeated words (states, regions, units) are kept once per board. */
enum { INTERN_SLOTS = 512 };
struct cell_reader {
	struct arena *arena; /* the board's */
	struct strbuf scratch;
	struct str interned[INTERN_SLOTS];
};

void cell_reader_init(struct cell_reader *r, struct arena *arena);
void cell_reader_fini(struct cell_reader *r);

/* A clean, terminated text in the board's arena; never NULL. */
struct str cell_reader_text(struct cell_reader *r, const struct query_value *value);

/* False when the value is of a type the column cannot show; null is none. */
bool cell_read(struct cell_reader *r, const struct column *column,
	       const struct query_value *value, struct cell *out);

/* The past of a cell: a list of numbers, oldest first; its value stays. */
bool cell_read_past(struct cell_reader *r, const struct query_value *value,
		    struct cell *out);

#endif
