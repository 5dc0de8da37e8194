/* A gzip file gone through in the background for the points from which its text can be
 * read at any place. What is found is shown while more is looked for. Thread: core; the
 * file is read on the pool. */
#ifndef AZ_WORKER_LOG_UNPACK_H
#define AZ_WORKER_LOG_UNPACK_H

#include "base/err.h"
#include "net/loop.h"
#include "stream/gunzip_points.h"

struct log_unpack;

/* `fn` comes when there is more, and at the end. The descriptor is its own. */
struct log_unpack *log_unpack_new(struct loop *loop, int fd, loop_fn fn, void *ctx);
/* Accepts NULL. `fn` does not come any more. */
void log_unpack_free(struct log_unpack *u);
/* Of its text so far; borrowed until `fn` comes again. */
struct gunzip_points *log_unpack_points(const struct log_unpack *u);
int log_unpack_fd(const struct log_unpack *u);
bool log_unpack_is_done(const struct log_unpack *u);
/* Why it ended early, or in the middle; ERR_NONE: it did not. */
const struct err *log_unpack_error(const struct log_unpack *u);
/* The file may have grown. */
void log_unpack_go_on(struct log_unpack *u);

#endif
