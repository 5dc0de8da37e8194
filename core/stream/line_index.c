/* See line_index.h. */
#include "stream/line_index.h"

#include <string.h>

#include "stream/needle.h"

void line_index_fini(struct line_index *index)
{
	vec_fini(&index->before);
	*index = (struct line_index){0};
}

void line_index_reset(struct line_index *index)
{
	line_index_fini(index);
}

/* Rows that begin in it: at its front, and behind each newline but the last byte. */
static uint64_t rows_in(const struct line_index *index, int64_t at, struct str block)
{
	bool begins = at == 0 || index->ends_line || !index->has_newline;

	return begins + bytes_count(str_sub(block, 0, block.n - 1), '\n');
}

bool line_index_step(struct line_index *index, struct log_file *f, int64_t bytes)
{
	int64_t size = log_file_size(f), at;
	char *buf = xmalloc((size_t)LOG_BLOCK_BYTES);

	/* The last block was perhaps not whole. */
	at = index->done / LOG_BLOCK_BYTES * LOG_BLOCK_BYTES;
	index->rows = index->rows_whole;
	for (; at < size && bytes > 0; bytes -= LOG_BLOCK_BYTES) {
		struct str block = {.p = buf};
		uint64_t rows;

		block.n = (size_t)log_file_read(f, buf,
						size - at < LOG_BLOCK_BYTES
							? size - at
							: LOG_BLOCK_BYTES,
						at);
		if (block.n == 0)
			break;
		rows = rows_in(index, at, block);
		if ((size_t)(at / LOG_BLOCK_BYTES) == index->before.n)
			vec_push(&index->before, index->rows_whole);
		index->rows = index->rows_whole + rows;
		index->done = at + (int64_t)block.n;
		at += (int64_t)block.n;
		if (block.n < (size_t)LOG_BLOCK_BYTES)
			break;
		index->rows_whole = index->rows;
		index->has_newline = memchr(buf, '\n', block.n) != NULL;
		index->ends_line = buf[block.n - 1] == '\n';
	}
	free(buf);
	return at >= size;
}

/* The last block that has no more than n rows before it. */
static size_t block_of(const struct line_index *index, uint64_t n)
{
	size_t low = 0, high = index->before.n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (index->before.p[middle] <= n)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The first row that begins at or behind the front of a block. */
static bool first_row(struct log_file *f, int64_t block, struct log_row *row)
{
	int64_t at = log_file_begin_of(f, block);

	if (!log_file_row(f, at, row))
		return false;
	return at == block || log_file_row(f, row->next, row);
}

bool line_index_find(const struct line_index *index, struct log_file *f, uint64_t n,
		     int64_t *at)
{
	struct log_row row;
	uint64_t number;
	size_t block;

	if (n >= index->rows)
		return false;
	block = block_of(index, n);
	number = index->before.p[block];
	if (!first_row(f, (int64_t)block * LOG_BLOCK_BYTES, &row))
		return false;
	for (; number < n; number++) {
		if (!log_file_row(f, row.next, &row))
			return false;
	}
	*at = row.at;
	return true;
}

bool line_index_number(const struct line_index *index, struct log_file *f, int64_t at,
		       uint64_t *n)
{
	size_t block = (size_t)(at / LOG_BLOCK_BYTES);
	struct log_row row;

	if (at < 0 || at >= index->done)
		return false;
	*n = index->before.p[block];
	if (!first_row(f, (int64_t)block * LOG_BLOCK_BYTES, &row))
		return false;
	for (; row.at < at; ++*n) {
		if (!log_file_row(f, row.next, &row))
			return false;
	}
	return true;
}
