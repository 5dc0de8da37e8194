/* A text into a file: where it goes, that nothing is written over, that each order is
 * answered once with its id. A real worker in a folder of its own. */
#include "check.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/xalloc.h"
#include "scratch.h"
#include "worker/keep.h"

enum { PATIENCE_MS = 30000 };

struct bench {
	struct clock clock;
	struct library *library;
	struct wake_fd wake;
	struct worker *worker;
	char *before;
};

static int setup(void **state)
{
	struct bench *b = xcalloc(1, sizeof(*b));
	struct worker_options options = {.is_demo = true, .speed = 1, .seed = 1};
	struct err err;

	clock_init_real(&b->clock);
	b->library = library_new(NULL, NULL, NULL);
	b->before = getcwd(NULL, 0);
	options.clock = &b->clock;
	options.library = b->library;
	*state = b;
	if (!wake_fd_init(&b->wake) || chdir(scratch_path(".")) != 0)
		return -1;
	b->worker = worker_start(&options, wake_fd_raise, &b->wake, &err);
	return b->worker ? 0 : -1;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	worker_stop(b->worker);
	wake_fd_fini(&b->wake);
	library_free(b->library);
	if (chdir(b->before) != 0)
		return -1;
	free(b->before);
	free(b);
	return 0;
}

/* What is said to the order. */
static struct err answer_to(struct bench *b, uint64_t id)
{
	struct pollfd fd = {.fd = b->wake.read_fd, .events = POLLIN};
	struct err err = {.code = ERR_INTERNAL};
	bool is_answered = false;

	while (!is_answered) {
		struct mail *mail, *next;

		if (poll(&fd, 1, PATIENCE_MS) <= 0)
			fail_msg("no answer came");
		wake_fd_clear(&b->wake);
		for (mail = worker_news(b->worker); mail; mail = next) {
			const struct news *news = (const struct news *)mail;

			next = mail->next;
			if (mail->kind == NEWS_KEPT && news->request_id == id) {
				assert_false(is_answered);
				is_answered = true;
				err = news->err;
			}
			mail->free(mail);
		}
	}
	return err;
}

static void check_file(const char *path, const char *text)
{
	struct strbuf found;
	struct err err;

	strbuf_init(&found, 1000);
	if (!file_read(path, &found, &err))
		fail_msg("%s", err.text);
	assert_string_equal(found.p, text);
	strbuf_fini(&found);
}

static void test_once(void **state)
{
	struct bench *b = *state;
	struct err err = answer_to(b, worker_keep(b->worker, "a.md", "# One\n"));

	assert_int_equal(err.code, ERR_NONE);
	assert_true(str_ends(str_from(err.text), STR("/a.md")));
	check_file(err.text, "# One\n");
	assert_int_equal(access("a.md", R_OK), 0);
}

static void test_never_over(void **state)
{
	struct bench *b = *state;
	struct err err;

	answer_to(b, worker_keep(b->worker, "b.md", "first"));
	err = answer_to(b, worker_keep(b->worker, "b.md", "second"));
	assert_int_equal(err.code, ERR_CONFLICT);
	check_file("b.md", "first");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_once, setup, teardown),
		cmocka_unit_test_setup_teardown(test_never_over, setup, teardown),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
