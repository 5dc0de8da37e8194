/* Files a person edits while the deck runs: boards of their own, the configuration. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "e2e/program.h"

struct home {
	struct pty *pty;
	char dir[64];
	char env[96];
};

static int set_up(void **state)
{
	struct home *h = calloc(1, sizeof(*h));
	char path[128];

	program_set_up((void **)&h->pty);
	strcpy(h->dir, "/tmp/azdeck-edit-XXXXXX");
	if (!mkdtemp(h->dir))
		return -1;
	snprintf(h->env, sizeof(h->env), "XDG_CONFIG_HOME=%s", h->dir);
	snprintf(path, sizeof(path), "%s/azdeck", h->dir);
	mkdir(path, 0700);
	*state = h;
	return 0;
}

static int tear_down(void **state)
{
	struct home *h = *state;
	char command[128];

	program_tear_down((void **)&h->pty);
	snprintf(command, sizeof(command), "rm -r %s", h->dir);
	if (system(command) != 0)
		return -1;
	free(h);
	return 0;
}

static void save(const struct home *h, const char *name, const char *text)
{
	char path[160];
	struct err err;

	snprintf(path, sizeof(path), "%s/azdeck/%s", h->dir, name);
	if (!file_write(path, str_from(text), &err))
		fail_msg("%s", err.text);
}

static void start(struct home *h)
{
	const char *const env[] = {h->env, NULL};

	program_begin(h->pty, 30, 110, NULL, env);
	program_wait_live(h->pty);
}

static bool is_read(struct pty *p, const void *times)
{
	return pty_count_logged(p, " were read again\n") >= *(const size_t *)times;
}

static void wait_read(struct home *h, size_t times)
{
	assert_true(pty_wait(h->pty, is_read, &times, "not read again"));
}

#define BOARD(title)                                                                     \
	"{\"title\": \"Mine\", \"category\": \"mine\", \"about\": \"Mine.\", "           \
	"\"requests\": {"                                                                \
	"\"subs\": {\"get\": \"/subscriptions?api-version=2022-12-01\"}}, "              \
	"\"rows\": \"subs.value\", \"key\": \"id\", \"columns\": [{\"name\": \"name\", " \
	"\"title\": \"" title "\", \"value\": \"displayName\"}]}"

static void test_a_board(void **state)
{
	struct home *h = *state;
	char path[160];

	snprintf(path, sizeof(path), "%s/azdeck/boards", h->dir);
	mkdir(path, 0700);
	start(h);
	save(h, "boards/mine.json", BOARD("FIRST"));
	wait_read(h, 1);
	program_press(h->pty, ":board mine" ENTER, "FIRST");
	assert_true(pty_wait_text(h->pty, "Contoso Production"));
	save(h, "boards/mine.json", BOARD("SECOND"));
	assert_true(pty_wait_text(h->pty, "SECOND"));
	assert_true(pty_wait_text(h->pty, "Contoso Production"));
	save(h, "boards/mine.json", "{\"title\": 7}");
	assert_true(pty_wait_text(h->pty, "must be"));
	pty_send(h->pty, "q");
	program_ends(h->pty, 0);
}

/* The folder is not there when the deck starts. */
static void test_the_first_board(void **state)
{
	struct home *h = *state;
	char path[160];

	start(h);
	snprintf(path, sizeof(path), "%s/azdeck/boards", h->dir);
	mkdir(path, 0700);
	wait_read(h, 1);
	save(h, "boards/mine.json", BOARD("FIRST"));
	wait_read(h, 2);
	program_press(h->pty, ":board mine" ENTER, "FIRST");
	pty_send(h->pty, "q");
	program_ends(h->pty, 0);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_a_board),
		TEST(test_the_first_board),
	};

	return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
