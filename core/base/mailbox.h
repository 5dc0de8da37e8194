/* Moves ownership of messages from one thread to another, in order. Posting
 * wakes the reader; wake-ups coalesce, so a wake means "drain". Thread: any
 * may post, one drains. */
#ifndef AZ_BASE_MAILBOX_H
#define AZ_BASE_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

/* First member of every message; the reader knows the kinds. */
struct mail {
	struct mail *next;
	int kind;
	void (*free)(struct mail *mail);
};

typedef void (*mailbox_wake_fn)(void *ctx);

struct mailbox;

/* `wake` is called outside the lock, once per post into an empty box. */
struct mailbox *mailbox_new(mailbox_wake_fn wake, void *ctx);
/* Frees what was never read. */
void mailbox_free(struct mailbox *box);
/* The box owns the mail afterwards. */
void mailbox_post(struct mailbox *box, struct mail *mail);
/* Everything posted so far, oldest first; NULL when empty. The caller owns it. */
struct mail *mailbox_drain(struct mailbox *box);

/* A pipe-like descriptor for readers that sleep in poll(). */
struct wake_fd {
	int read_fd, write_fd;
};
bool wake_fd_init(struct wake_fd *w);
void wake_fd_fini(struct wake_fd *w);
void wake_fd_raise(void *wake_fd);
void wake_fd_clear(struct wake_fd *w);

#endif
