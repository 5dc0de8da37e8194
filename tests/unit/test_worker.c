/* The core thread: starts, publishes, obeys and stops at any moment, with whatever
 * on the way. Real threads and a real loopback; nothing waits for a clock. Under
 * the sanitizers this is where races and leaks between the threads show. */
#include "board_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "base/xalloc.h"
#include "unit/scratch.h"
#include "worker/chat/chat.h"
#include "worker/worker.h"

enum { PATIENCE_MS = 30000 };

struct bench {
	struct clock clock;
	struct library *library;
	struct wake_fd wake;
	struct worker *worker;
	char config[32]; /* "": none was written */
	/* news */
	size_t n_ready, n_edits, n_boards, n_line_boards, n_answered;
	struct err problem;
	uint64_t problem_id;
	struct board *board; /* the last one, held */
};

static int setup(void **state)
{
	struct bench *b = xcalloc(1, sizeof(*b));

	clock_init_real(&b->clock);
	b->library = library_new(NULL, NULL, NULL);
	*state = b;
	return wake_fd_init(&b->wake) ? 0 : -1;
}

static void stop(struct bench *b)
{
	worker_stop(b->worker);
	b->worker = NULL;
}

static int teardown(void **state)
{
	struct bench *b = *state;

	stop(b);
	board_put(b->board);
	wake_fd_fini(&b->wake);
	library_free(b->library);
	if (b->config[0])
		unlink(b->config);
	free(b);
	return 0;
}

static void start(struct bench *b)
{
	const struct worker_options options = {
		.clock = &b->clock,
		.library = b->library,
		.config_path = b->config[0] ? b->config : NULL,
		.is_demo = !b->config[0],
		.seed = 1,
		.speed = 1.0,
	};
	struct err err;

	b->worker = worker_start(&options, wake_fd_raise, &b->wake, &err);
	assert_non_null(b->worker);
	b->n_ready = b->n_boards = b->n_edits = 0;
	err_clear(&b->problem);
}

static void want(struct bench *b, const char *name)
{
	worker_want(b->worker, &name, 1);
}

static void want_all(struct bench *b)
{
	const char *names[64];
	size_t n = 0;

	for (; n < library_size(b->library) && n < 64; n++)
		names[n] = library_at(b->library, n)->name;
	worker_want(b->worker, names, n);
}

static void read_news(struct bench *b)
{
	struct mail *mail = worker_news(b->worker);

	while (mail) {
		struct mail *next = mail->next;
		struct news *news = (struct news *)mail;

		if (mail->kind == NEWS_READY)
			b->n_ready++;
		if (mail->kind == NEWS_CONFIG)
			b->n_edits++;
		if (mail->kind == NEWS_PROBLEM) {
			b->problem = news->err;
			b->problem_id = news->request_id;
		}
		if (mail->kind == NEWS_CHAT)
			b->n_answered += news->chat->is_over;
		if (mail->kind == NEWS_BOARD) {
			b->n_boards++;
			b->n_line_boards +=
				strcmp(news->board->def->name, "log-lines") == 0;
			board_put(b->board);
			b->board = news_take_board(news);
		}
		mail->free(mail);
		mail = next;
	}
}

static bool has_board(const struct bench *b)
{
	return b->n_boards > 0 && !b->board->is_loading;
}
static bool has_lines(const struct bench *b)
{
	return b->n_line_boards > 0;
}
static bool is_answered(const struct bench *b)
{
	return b->n_answered > 0;
}
static bool is_ready(const struct bench *b)
{
	return b->n_ready > 0;
}
static bool has_problem(const struct bench *b)
{
	return b->problem.code != ERR_NONE;
}

static void wait_until(struct bench *b, bool (*holds)(const struct bench *))
{
	struct pollfd fd = {.fd = b->wake.read_fd, .events = POLLIN};

	for (;;) {
		read_news(b);
		if (holds(b))
			return;
		assert_int_equal(poll(&fd, 1, PATIENCE_MS), 1);
		wake_fd_clear(&b->wake);
	}
}

static void test_publishes(void **state)
{
	struct bench *b = *state;

	start(b);
	want(b, "subscriptions");
	wait_until(b, has_board);
	assert_int_equal(b->n_ready, 1);
	assert_int_equal(b->problem.code, ERR_NONE);
	assert_string_equal(b->board->def->name, "subscriptions");
	assert_int_equal(b->board->n_rows, 3);
	assert_false(b->board->is_stale || b->board->is_partial);
	stop(b);
	/* What was handed over outlives the thread that made it. */
	assert_int_equal(b->board->n_rows, 3);
	assert_true(b->board->rows[0].cells[0].text[0] != '\0');
}

static bool is_second_version(const struct bench *b)
{
	return b->board && b->board->version >= 2;
}

static void test_commands(void **state)
{
	struct bench *b = *state;
	uint64_t first, second;

	start(b);
	want(b, "subscriptions");
	wait_until(b, has_board);
	assert_int_equal(b->board->version, 1);
	first = worker_refresh(b->worker, "subscriptions");
	second = worker_refresh(b->worker, "no-such-board");
	assert_true(second > first);
	wait_until(b, has_problem);
	assert_int_equal(b->problem_id, second);
	assert_int_equal(b->problem.code, ERR_NOT_FOUND);
	wait_until(b, is_second_version);
	assert_int_equal(b->board->n_rows, 3);
}

/* A name is copied: the caller may reuse its memory at once. */
static void test_names_are_copied(void **state)
{
	struct bench *b = *state;
	char name[] = "subscriptions";

	start(b);
	want(b, name);
	memset(name, 'x', sizeof(name) - 1);
	wait_until(b, has_board);
	assert_string_equal(b->board->def->name, "subscriptions");
}

/* Nobody looks at what a question reads; who begins to gets it at once, though it is
 * asked every two minutes only. */
static void test_a_question_shows_no_boards(void **state)
{
	struct bench *b = *state;

	start(b);
	want(b, "subscriptions");
	wait_until(b, has_board);
	worker_ask(b->worker, &(struct chat_question){.text = "the logs of gateway",
						      .route = "guide"});
	wait_until(b, is_answered);
	assert_int_equal(b->n_line_boards, 0);
	want(b, "log-lines");
	wait_until(b, has_lines);
	assert_string_equal(b->board->def->name, "log-lines");
	assert_true(b->board->n_rows > 0);
}

/* Stopped before it has begun, while it begins, with requests on the way, and with
 * news nobody has read. */
static void test_stops_at_any_moment(void **state)
{
	struct bench *b = *state;

	for (int i = 0; i < 50; i++) {
		start(b);
		if (i % 5 >= 1)
			want_all(b);
		if (i % 5 >= 2)
			wait_until(b, is_ready);
		if (i % 5 >= 3)
			wait_until(b, has_board);
		if (i % 5 == 4)
			worker_refresh(b->worker, "sql");
		stop(b);
		wake_fd_clear(&b->wake);
	}
}

/* Boards are read here while they are replaced, remarked and let go there. */
static void test_shared_while_it_is_replaced(void **state)
{
	struct bench *b = *state;
	struct board *held[40] = {0};
	size_t n = 0, rows = 0;

	start(b);
	want_all(b);
	while (n < 40) {
		b->n_boards = 0;
		wait_until(b, has_board);
		for (size_t i = 0; i < b->board->n_rows; i++)
			rows += b->board->rows[i].key.n > 0;
		held[n++] = board_get(b->board);
		worker_refresh(b->worker, b->board->def->name);
	}
	assert_true(rows > 40);
	stop(b);
	for (size_t i = 0; i < n; i++)
		board_put(held[i]);
}

static void write_config(struct bench *b, const char *text)
{
	int fd;

	snprintf(b->config, sizeof(b->config), "/tmp/azdeck-worker-XXXXXX");
	fd = mkstemp(b->config);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void write_connection(struct bench *b, unsigned port)
{
	char text[256];

	snprintf(text, sizeof(text),
		 "{\"connections\": [{\"name\": \"azure\", \"kind\": \"arm\",\n"
		 " \"base\": \"http://127.0.0.1:%u\", \"credential\": \"none\"}]}",
		 port);
	write_config(b, text);
}

/* A loopback port of our own; it listens, but nobody ever answers. */
static int silent_port(bool listens, unsigned *port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	if (listens)
		assert_int_equal(listen(fd, 8), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	*port = ntohs(at.sin_port);
	return fd;
}

static void test_nobody_listens(void **state)
{
	struct bench *b = *state;
	unsigned port;
	int fd = silent_port(false, &port);

	write_connection(b, port);
	start(b);
	want(b, "subscriptions");
	wait_until(b, has_board);
	assert_true(b->board->is_stale);
	assert_int_equal(b->board->n_rows, 0);
	assert_int_equal(b->board->err.code, ERR_NETWORK);
	assert_non_null(strstr(b->board->err.text, "127.0.0.1"));
	close(fd);
}

/* A server that accepts and keeps silent holds nothing up. */
static void test_stops_while_a_request_hangs(void **state)
{
	struct bench *b = *state;
	unsigned port;
	int fd = silent_port(true, &port), client;

	write_connection(b, port);
	start(b);
	want_all(b);
	client = accept(fd, NULL, NULL);
	assert_true(client >= 0);
	stop(b);
	close(client);
	close(fd);
}

#define CONNECTION(kind)                                                                 \
	"{\"name\": \"a\", \"kind\": \"" kind "\", \"credential\": \"none\""

static void test_problems(void **state)
{
	static const struct {
		const char *name, *config, *says;
		enum err_code code;
	} cases[] = {
		{"broken", "{\"connections\": [}", "line 1", ERR_CONFIG},
		{"unknown kind", "{\"connections\": [" CONNECTION("post") "}]}",
		 "connections[0].kind", ERR_CONFIG},
		{"a key of another kind",
		 "{\"connections\": [" CONNECTION("arm") ",\"organization\":\"o\"}]}",
		 "arm connections have no such key", ERR_CONFIG},
		{"what its kind needs", "{\"connections\": [" CONNECTION("devops") "}]}",
		 "devops connections need \"organization\"", ERR_CONFIG},
		{"a list that is none",
		 "{\"connections\": [" CONNECTION("github") ",\"repositories\":\"r\"}]}",
		 "connections[0].repositories: must be a list", ERR_CONFIG},
		{"nowhere to be found", "{\"connections\": [" CONNECTION("http") "}]}",
		 "\"base\"", ERR_CONFIG},
		{"no way to sign in",
		 "{\"connections\": [{\"name\": \"a\", \"kind\": \"arm\", "
		 "\"credential\": \"magic\"}]}",
		 "connections[0].credential: this is no credential", ERR_CONFIG},
		{"a credential of no method",
		 "{\"credentials\": {\"c\": {\"method\": \"magic\"}}, \"connections\": "
		 "[{\"name\": \"a\", \"kind\": \"arm\", \"credential\": \"c\"}]}",
		 "credentials.c: \"magic\" is no way to sign in", ERR_CONFIG},
		{"a setting the method has not",
		 "{\"credentials\": {\"c\": {\"method\": \"env\", \"variable\": \"V\", "
		 "\"tenant\": \"t\"}}, \"connections\": [{\"name\": \"a\", "
		 "\"kind\": \"arm\", \"credential\": \"c\"}]}",
		 "credentials.c: tenant: ", ERR_CONFIG},
		{"nobody to vouch",
		 "{\"connections\": [" CONNECTION("arm") ",\"ca\":\"/nowhere/ca\"}]}",
		 "connections[0].ca: ", ERR_CONFIG},
		{"no such file", NULL, "/nowhere/", ERR_NOT_FOUND},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct bench *b;

		setup(state);
		b = *state;
		if (cases[i].config)
			write_config(b, cases[i].config);
		else
			snprintf(b->config, sizeof(b->config), "/nowhere/config.json");
		start(b);
		/* Orders to a worker that could not begin are taken and dropped. */
		want_all(b);
		worker_refresh(b->worker, "sql");
		wait_until(b, has_problem);
		check_case(cases[i].name, b->problem.code == cases[i].code);
		check_case(cases[i].name, strstr(b->problem.text, cases[i].says));
		check_case(cases[i].name, b->n_ready == 0 && b->n_boards == 0);
		teardown(state);
	}
}

/* As editors do: beside it, then in its place. */
static void edit_config(const struct bench *b, const char *text)
{
	struct err err;

	assert_true(file_write(b->config, str_from(text), &err));
}

static bool is_edited(const struct bench *b)
{
	return b->n_edits > 0;
}

/* A good edit is told; a bad one says what is wrong, and what is there goes on. */
static void test_edits(void **state)
{
	struct bench *b = *state;

	write_config(b, "{\"connections\": []}");
	start(b);
	wait_until(b, is_ready);
	edit_config(b, "{\"connections\": [" CONNECTION("post") "}]}");
	wait_until(b, has_problem);
	assert_non_null(strstr(b->problem.text, "the edit is left out: "));
	assert_non_null(strstr(b->problem.text, "connections[0].kind"));
	assert_int_equal(b->n_edits, 0);
	edit_config(b, "{\"connections\": [" CONNECTION("arm") "}]}");
	wait_until(b, is_edited);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* What a worker keeps goes here, not where the user's own is. */
static int setup_state(void **state)
{
	if (scratch_make(state) != 0)
		return -1;
	return setenv("XDG_STATE_HOME", scratch_path("state"), 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		CASE(test_publishes),
		CASE(test_commands),
		CASE(test_names_are_copied),
		CASE(test_a_question_shows_no_boards),
		CASE(test_stops_at_any_moment),
		CASE(test_shared_while_it_is_replaced),
		CASE(test_nobody_listens),
		CASE(test_stops_while_a_request_hangs),
		CASE(test_edits),
		cmocka_unit_test(test_problems),
	};

	return cmocka_run_group_tests_name("worker", tests, setup_state, scratch_drop);
}
