/* Bytes in order, from a file or standard input, and out of gzip where it is gzip. It
 * waits for what a pipe brings, so it is for the pool and for headless commands; what is
 * read at any place of a file is stream/log_file.h. Thread: one owner; never the loop. */
#ifndef AZ_STREAM_SOURCE_H
#define AZ_STREAM_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

struct source;

/* What a read needs at least, for the look at the first bytes. */
#define SOURCE_READ_LEAST 16

/* "-" is standard input. NULL and err when it cannot be opened; a folder cannot. */
struct source *source_open(const char *path, struct err *err) MUST_CHECK;
/* Reads what a descriptor brings, and closes it in the end; `name` is for errors. */
struct source *source_new(int fd, const char *name);
void source_free(struct source *s);

/* Up to n bytes, n >= SOURCE_READ_LEAST. 0: there is no more now (a file that grows has
 * more when asked again). -1: err says why; what came before it was good. */
ssize_t source_read(struct source *s, char *p, size_t n, struct err *err) MUST_CHECK;

bool source_is_gzip(const struct source *s);
/* -1 for a gzip file: its descriptor's place says nothing of the text. */
int source_fd(const struct source *s);

#endif
