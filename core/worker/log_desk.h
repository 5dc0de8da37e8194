/* The logs that are open: takes orders, has a reader for each. Thread: core. */
#ifndef AZ_WORKER_LOG_DESK_H
#define AZ_WORKER_LOG_DESK_H

#include "worker/log_reader.h"

struct log_desk;

struct log_desk *log_desk_new(struct loop *loop, log_tell_fn tell, void *ctx);
/* Accepts NULL. */
void log_desk_free(struct log_desk *desk);
/* Takes the order. */
void log_desk_obey(struct log_desk *desk, struct log_order *order);
/* The ring has more; what reads it tells so. */
void log_desk_poke(struct log_desk *desk, const struct ring *ring);
/* The ring is about to go: nothing reads it any more. */
void log_desk_drop(struct log_desk *desk, const struct ring *ring);

#endif
