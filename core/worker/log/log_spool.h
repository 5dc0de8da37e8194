/* A pipe as a file that can be read at any place: its text, out of gzip where it is that,
 * is kept in memory that has no name and goes with the process, never on a disk.
 * Thread: core; what waits is done on the pool. */
#ifndef AZ_WORKER_LOG_SPOOL_H
#define AZ_WORKER_LOG_SPOOL_H

#include "base/err.h"
#include "net/loop.h"

/* The text is kept up to here; what comes behind it is read and counted only. */
#define LOG_SPOOL_MOST ((int64_t)1 << 30)

struct log_spool;

/* Whether what has the name is such that it can only be read from front to end. */
bool log_spool_can_read(const char *path);

/* Reads `path`, or the descriptor when there is none, which it then owns. `fn` comes when
 * there is more, and at the end. */
struct log_spool *log_spool_new(struct loop *loop, const char *path, int fd, loop_fn fn,
				void *ctx);
/* Accepts NULL. `fn` does not come any more. */
void log_spool_free(struct log_spool *s);
/* Of the text so far, to be opened again and again by dup(); -1: there is none, see
 * log_spool_error. */
int log_spool_fd(const struct log_spool *s);
bool log_spool_is_done(const struct log_spool *s);
/* Bytes that were not kept. */
int64_t log_spool_dropped(const struct log_spool *s);
/* Why it ended early; ERR_NONE: it did not. */
const struct err *log_spool_error(const struct log_spool *s);

#endif
