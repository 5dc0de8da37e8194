/* Reading a board by column names: sums, counts, single values. A column or board
 * that is not there reads as unknown, never as 0. Thread: any. */
#ifndef AZ_BOARD_READ_H
#define AZ_BOARD_READ_H

#include "board/board.h"

/* NULL when there is no such column. */
const struct cell *read_cell(const struct board *board, size_t row, const char *column);
/* "" when unknown. */
const char *read_text(const struct board *board, size_t row, const char *column);
/* NAN when unknown. */
double read_number(const struct board *board, size_t row, const char *column);
/* Of a column of time; 0: unknown. */
int64_t read_moment(const struct board *board, size_t row, const char *column);
/* Sum, largest, of the known values; NAN when none is. */
double read_sum(const struct board *board, const char *column);
double read_max(const struct board *board, const char *column);
/* Rows whose text in the column is the word (no case). */
unsigned read_count(const struct board *board, const char *column, const char *word);

#endif
