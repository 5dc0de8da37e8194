/* The text of a gzip file at any place: undone from the last point before it, or on from
 * where the reader stands. What is behind the points is not there. Thread: one owner;
 * reads from the disk, so not on the loop. */
#ifndef AZ_STREAM_GUNZIP_AT_H
#define AZ_STREAM_GUNZIP_AT_H

#include "stream/gunzip_points.h"

struct gunzip_at;

/* The descriptor stays the caller's, who closes it later; the hold is the reader's. */
struct gunzip_at *gunzip_at_new(int fd, struct gunzip_points *points);
/* Accepts NULL. */
void gunzip_at_free(struct gunzip_at *g);
/* Newer ones, or the same: the hold is the reader's. */
void gunzip_at_give(struct gunzip_at *g, struct gunzip_points *points);
int64_t gunzip_at_size(const struct gunzip_at *g);
/* The bytes from `at` on; fewer at the end, or where the file is not what it was. */
int64_t gunzip_at_read(struct gunzip_at *g, char *p, int64_t n, int64_t at);

#endif
