/* Reads one log for a screen: files, gzip, pipes, rings of live sources. All that waits
 * or takes long is done on the pool, in steps of a few milliseconds: pages and numbers of
 * lines in one queue, searches and sums in another, so that a search holds up no page.
 * Thread: core. */
#ifndef AZ_WORKER_LOG_READER_H
#define AZ_WORKER_LOG_READER_H

#include "net/loop.h"
#include "worker/log/log_talk.h"

struct log_reader;

/* Takes the news. */
typedef void (*log_tell_fn)(void *ctx, struct log_news *news);

/* As the LOG_OPEN says, which is taken. */
struct log_reader *log_reader_new(struct loop *loop, struct log_order *open,
				  log_tell_fn tell, void *ctx);
/* Nothing is told any more; memory goes when the pool has let go of it. */
void log_reader_close(struct log_reader *r);
uint32_t log_reader_log(const struct log_reader *r);
/* Takes the order. */
void log_reader_obey(struct log_reader *r, struct log_order *order);

#endif
