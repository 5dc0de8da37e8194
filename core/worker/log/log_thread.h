/* A core thread for logs alone: no configuration, no network, nothing that is polled.
 * The log screen has it when azdeck was started to look at files. Thread: any for the
 * functions here. */
#ifndef AZ_WORKER_LOG_THREAD_H
#define AZ_WORKER_LOG_THREAD_H

#include "base/clock.h"
#include "worker/log/log_talk.h"

struct log_thread;

struct log_thread *log_thread_start(const struct clock *clock, mailbox_wake_fn wake,
				    void *wake_ctx, struct err *err) MUST_CHECK;
/* Asks it to stop, joins, frees. Accepts NULL. */
void log_thread_stop(struct log_thread *t);
/* Takes the order. */
void log_thread_order(struct log_thread *t, struct log_order *order);
/* struct log_news, oldest first; the caller frees each. */
struct mail *log_thread_news(struct log_thread *t);

#endif
