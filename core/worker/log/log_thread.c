/* See log_thread.h. */
#include "worker/log/log_thread.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/thread.h"
#include "base/xalloc.h"
#include "worker/log/log_desk.h"

struct log_thread {
	/* fixed after init */
	pthread_t thread;
	struct loop *loop;
	struct mailbox *orders, *news;
	/* core only */
	struct log_desk *desk;
};

static void tell(void *ctx, struct log_news *news)
{
	mailbox_post(((struct log_thread *)ctx)->news, &news->mail);
}

/* The order to stop is one to no log. */
static void read_orders(void *ctx)
{
	struct log_thread *t = ctx;
	struct mail *mail = mailbox_drain(t->orders);

	while (mail) {
		struct mail *next = mail->next;

		if (((struct log_order *)mail)->log == 0) {
			mail->free(mail);
			loop_stop(t->loop);
		} else {
			log_desk_obey(t->desk, (struct log_order *)mail);
		}
		mail = next;
	}
}

static void *run(void *ctx)
{
	struct log_thread *t = ctx;

	thread_claim(THREAD_CORE);
	t->desk = log_desk_new(t->loop, tell, t);
	read_orders(t);
	loop_run(t->loop);
	log_desk_free(t->desk);
	loop_free(t->loop);
	return NULL;
}

static bool start(struct log_thread *t, struct err *err)
{
	static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
	sigset_t all, before;
	int rc;

	/* Signals are the deck's, but for those that end us where we stand. */
	sigfillset(&all);
	for (size_t i = 0; i < COUNT(crashes); i++)
		sigdelset(&all, crashes[i]);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&t->thread, NULL, run, t);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc == 0 || err_errno(err, ERR_INTERNAL, rc, "cannot start a thread");
}

static void release(struct log_thread *t)
{
	mailbox_free(t->orders);
	mailbox_free(t->news);
	free(t);
}

struct log_thread *log_thread_start(const struct clock *clock, mailbox_wake_fn wake,
				    void *wake_ctx, struct err *err)
{
	struct log_thread *t = xcalloc(1, sizeof(*t));

	t->loop = loop_new(clock, err);
	if (!t->loop) {
		free(t);
		return NULL;
	}
	t->orders = mailbox_new(loop_wake, t->loop);
	t->news = mailbox_new(wake, wake_ctx);
	loop_on_wake(t->loop, read_orders, t);
	if (start(t, err))
		return t;
	loop_free(t->loop);
	release(t);
	return NULL;
}

void log_thread_stop(struct log_thread *t)
{
	if (!t)
		return;
	log_thread_order(t, log_order_new(LOG_CLOSE, 0));
	pthread_join(t->thread, NULL);
	release(t);
}

void log_thread_order(struct log_thread *t, struct log_order *order)
{
	mailbox_post(t->orders, &order->mail);
}

struct mail *log_thread_news(struct log_thread *t)
{
	return mailbox_drain(t->news);
}
