/* The logs that are open: takes orders, has a reader for each. Thread: core. */
#ifndef AZ_WORKER_LOG_DESK_H
#define AZ_WORKER_LOG_DESK_H

#include "worker/log/log_reader.h"

struct log_desk;

struct log_desk *log_desk_new(struct loop *loop, log_tell_fn tell, void *ctx);
/* Accepts NULL. */
void log_desk_free(struct log_desk *desk);
/* Takes the order. */
void log_desk_obey(struct log_desk *desk, struct log_order *order);

#endif
