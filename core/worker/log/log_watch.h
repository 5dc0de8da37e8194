/* Says when a file may have changed: the kernel does where it can, and a look now and
 * then finds what it does not say, as on network file systems. Thread: core. */
#ifndef AZ_WORKER_LOG_WATCH_H
#define AZ_WORKER_LOG_WATCH_H

#include "net/loop.h"

struct log_watch;

/* `fn` comes at once when something changed, and then not more often than a screen can
 * show. */
struct log_watch *log_watch_new(struct loop *loop, const char *path, loop_fn fn,
				void *ctx);
/* Accepts NULL. */
void log_watch_free(struct log_watch *w);

#endif
