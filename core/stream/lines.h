/* Rows of a log file or of a ring, the one like the other: places are bytes of a file or
 * numbers of a ring, and only grow. Thread: one owner at a time; reads from the disk, so
 * not on the loop. */
#ifndef AZ_STREAM_LINES_H
#define AZ_STREAM_LINES_H

#include "stream/line.h"
#include "stream/log_file.h"
#include "stream/ring.h"

struct lines {
	struct log_file *file; /* NULL: what is in the view; else owned */
	struct ring_view view; /* owned */
	int64_t now_ms;	       /* see line_recognise */
};

struct lines_row {
	int64_t at, next;
	struct str raw;
};

void lines_fini(struct lines *l);
static inline bool lines_is_file(const struct lines *l)
{
	return l->file != NULL;
}
/* Rows begin in [begin, end). */
int64_t lines_begin(const struct lines *l);
int64_t lines_end(const struct lines *l);
/* The row that begins at `at`; false: there is none. Its text is valid until the next
 * call. */
bool lines_row(struct lines *l, int64_t at, struct lines_row *row);
bool lines_row_before(struct lines *l, int64_t at, struct lines_row *row);
/* Where the row with this place begins, for any place; kept within what there is. */
int64_t lines_begin_of(struct lines *l, int64_t at);
/* What the row says of itself. */
void lines_recognise(struct lines *l, const struct lines_row *row, struct line *line);

#endif
