/* Where rows stand by their number: how many rows begin before each block of a log file,
 * 8 bytes for 64 KiB of it. It is built in steps, off the loop, while the file is
 * already shown by offsets. Thread: one owner at a time. */
#ifndef AZ_STREAM_LINE_INDEX_H
#define AZ_STREAM_LINE_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "stream/log_file.h"

/* Zeroed is empty. */
struct line_index {
	VEC(uint64_t) before; /* rows that begin before block i */
	uint64_t rows;	      /* that begin in what was indexed */
	int64_t done;	      /* bytes indexed; a multiple of the block's, or the end */
	/* of the whole blocks so far; what is behind them is counted again */
	uint64_t rows_whole;
	bool has_newline, ends_line; /* the block before */
};

void line_index_fini(struct line_index *index);
/* After the file was cut or replaced. */
void line_index_reset(struct line_index *index);
/* Indexes up to so many bytes more. True when all of the file is indexed. */
bool line_index_step(struct line_index *index, struct log_file *f, int64_t bytes);
/* Where row n, from 0, begins. False: there is none, or it is not indexed yet. */
bool line_index_find(const struct line_index *index, struct log_file *f, uint64_t n,
		     int64_t *at);
/* The number of the row that begins at `at`. False: it is not indexed yet. */
bool line_index_number(const struct line_index *index, struct log_file *f, int64_t at,
		       uint64_t *n);

#endif
