/* A log file at any place of it, opened at once whatever its size: rows are found around
 * an offset by reading windows, and nothing is mapped, because a mapped file that is cut
 * back kills its reader. Of gzip the places are those of its text, as far as its points
 * are known.
 *
 * A row is a line, but a line longer than LOG_BLOCK_BYTES is cut, at multiples of that, so
 * that where rows begin can be told from what stands nearby. Thread: one owner at a
 * time; reads from the disk, so not on the loop. */
#ifndef AZ_STREAM_LOG_FILE_H
#define AZ_STREAM_LOG_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "stream/gunzip_points.h"

/* A line without a newline for so long is cut; no row is twice as long. */
#define LOG_BLOCK_BYTES (INT64_C(64) << 10)

struct log_file;

struct log_row {
	int64_t at;	 /* where it begins */
	int64_t next;	 /* where the next begins; the size of the file behind the last */
	struct str text; /* without its newline; valid until the next call */
};

/* NULL and err: there is none, it is a folder, or nothing to go back in (a pipe). */
struct log_file *log_file_open(const char *path, struct err *err) MUST_CHECK;
/* The same of a descriptor, which it owns; what `name` names does not matter. */
struct log_file *log_file_new(int fd, const char *name, struct err *err) MUST_CHECK;
/* Of gzip, whose points so far are its own too: log_file_give brings more of them, and the
 * next look says that it grew. */
struct log_file *log_file_new_packed(int fd, const char *name,
				     struct gunzip_points *points,
				     struct err *err) MUST_CHECK;
bool log_file_is_packed(const struct log_file *f);
void log_file_give(struct log_file *f, struct gunzip_points *points);
void log_file_free(struct log_file *f);
/* Its descriptor, the caller's from now on; the file is no more. */
int log_file_take_fd(struct log_file *f);
/* As of the last look. */
int64_t log_file_size(const struct log_file *f);
/* Bytes at a place, past the window: for who goes through all of it. Fewer at the end, or
 * when it was cut back. */
int64_t log_file_read(struct log_file *f, char *p, int64_t n, int64_t at);

enum log_file_change {
	LOG_FILE_SAME,
	LOG_FILE_GREW,
	LOG_FILE_CUT,	   /* shorter, or other bytes where it ended: begin anew */
	LOG_FILE_REPLACED, /* another file has the name: open it, when this is read */
	LOG_FILE_GONE,	   /* nothing has the name; what is open can still be read */
};
/* Looks at what became of it. */
enum log_file_change log_file_look(struct log_file *f);

/* The bytes from `from` up to `to`, as far as they are there and fit into four blocks;
 * valid until the next call. */
struct str log_file_bytes(struct log_file *f, int64_t from, int64_t to);
/* The row that begins at `at`, which must be such a place (0, a `next`). False: it is
 * the end, or cannot be read. */
bool log_file_row(struct log_file *f, int64_t at, struct log_row *row);
/* The row before the one that begins at `at`; from the size of the file: the last. */
bool log_file_row_before(struct log_file *f, int64_t at, struct log_row *row);
/* Where the row with this byte begins. */
int64_t log_file_begin_of(struct log_file *f, int64_t at);

#endif
