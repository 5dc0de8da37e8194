/* See mailbox.h. The lock is held for two pointer writes; the wake is outside. */
#include "base/mailbox.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/xalloc.h"

struct mailbox {
	/* fixed after init */
	mailbox_wake_fn wake;
	void *wake_ctx;
	/* under lock */
	pthread_mutex_t lock;
	struct mail *first, *last;
};

struct mailbox *mailbox_new(mailbox_wake_fn wake, void *ctx)
{
	struct mailbox *box = xcalloc(1, sizeof(*box));

	box->wake = wake;
	box->wake_ctx = ctx;
	pthread_mutex_init(&box->lock, NULL);
	return box;
}

void mailbox_free(struct mailbox *box)
{
	struct mail *mail;

	if (!box)
		return;
	for (mail = mailbox_drain(box); mail;) {
		struct mail *next = mail->next;

		mail->free(mail);
		mail = next;
	}
	pthread_mutex_destroy(&box->lock);
	free(box);
}

void mailbox_post(struct mailbox *box, struct mail *mail)
{
	bool was_empty;

	mail->next = NULL;
	pthread_mutex_lock(&box->lock);
	was_empty = box->first == NULL;
	if (was_empty)
		box->first = mail;
	else
		box->last->next = mail;
	box->last = mail;
	pthread_mutex_unlock(&box->lock);
	if (was_empty && box->wake)
		box->wake(box->wake_ctx);
}

struct mail *mailbox_drain(struct mailbox *box)
{
	struct mail *all;

	pthread_mutex_lock(&box->lock);
	all = box->first;
	box->first = box->last = NULL;
	pthread_mutex_unlock(&box->lock);
	return all;
}

bool wake_fd_init(struct wake_fd *w)
{
	int fds[2];

	if (pipe(fds) < 0)
		return false;
	for (int i = 0; i < 2; i++) {
		fcntl(fds[i], F_SETFL, O_NONBLOCK);
		fcntl(fds[i], F_SETFD, FD_CLOEXEC);
	}
	*w = (struct wake_fd){.read_fd = fds[0], .write_fd = fds[1]};
	return true;
}

void wake_fd_fini(struct wake_fd *w)
{
	close(w->read_fd);
	close(w->write_fd);
}

void wake_fd_raise(void *wake_fd)
{
	struct wake_fd *w = wake_fd;
	ssize_t done = write(w->write_fd, "", 1);

	/* A full pipe already means "wake". */
	(void)done;
}

void wake_fd_clear(struct wake_fd *w)
{
	char sink[64];

	while (read(w->read_fd, sink, sizeof(sink)) == sizeof(sink))
		continue;
}
