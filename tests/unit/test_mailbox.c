/* The mailbox between two threads: order, nothing lost, wakes that coalesce. */
#include "unit/check.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/mailbox.h"
#include "base/xalloc.h"

enum { LETTERS = 20000 };

static int freed;

static void free_mail(struct mail *mail)
{
	freed++;
	free(mail);
}

static struct mail *letter(int kind)
{
	struct mail *mail = xcalloc(1, sizeof(*mail));

	mail->kind = kind;
	mail->free = free_mail;
	return mail;
}

static void *post_all(void *box)
{
	for (int i = 0; i < LETTERS; i++)
		mailbox_post(box, letter(i));
	return NULL;
}

static void letters_arrive_in_order(void **state)
{
	struct mailbox *box;
	struct wake_fd wake;
	pthread_t writer;
	int next = 0;

	(void)state;
	assert_true(wake_fd_init(&wake));
	box = mailbox_new(wake_fd_raise, &wake);
	pthread_create(&writer, NULL, post_all, box);
	while (next < LETTERS) {
		struct pollfd fd = {.fd = wake.read_fd, .events = POLLIN};
		struct mail *mail;

		assert_int_equal(poll(&fd, 1, 10000), 1);
		wake_fd_clear(&wake);
		for (mail = mailbox_drain(box); mail;) {
			struct mail *after = mail->next;

			assert_int_equal(mail->kind, next++);
			mail->free(mail);
			mail = after;
		}
	}
	pthread_join(writer, NULL);
	assert_null(mailbox_drain(box));
	mailbox_free(box);
	wake_fd_fini(&wake);
}

static void count_wake(void *ctx)
{
	++*(int *)ctx;
}

static void wakes_coalesce_until_drained(void **state)
{
	int wakes = 0;
	struct mailbox *box = mailbox_new(count_wake, &wakes);

	(void)state;
	mailbox_post(box, letter(1));
	mailbox_post(box, letter(2));
	assert_int_equal(wakes, 1);
	freed = 0;
	mailbox_free(box);
	assert_int_equal(freed, 2);
	mailbox_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_arrive_in_order),
		cmocka_unit_test(wakes_coalesce_until_drained),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
