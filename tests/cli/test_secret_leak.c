/* A planted secret is used to sign in, against a server that refuses, fails and
 * repeats it; then it is looked for everywhere that others may look: command line,
 * environment, log, screen, error texts and the files left behind. Thread: the
 * test's; the server is a process of its own. */
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auth/vault.h"
#include "base/file.h"
#include "e2e/program.h"
#include "unit/scratch.h"
#include "wire/fake_server.h"

#define VALUE "Tr0ub4dor-plantedsecretvalue"
#define BOARD "subscriptions"
#define ASKED "/subscriptions?api-version=2022-12-01"

/* What the service says to it, in turn; the last one again and again. */
static const struct fake_reply replies[] = {
	{.status = 401,
	 .body = STR("{\"error\":{\"code\":\"InvalidAuthenticationToken\","
		     "\"message\":\"not this one: Bearer " VALUE "\"}}")},
	{.status = 401,
	 .headers = "WWW-Authenticate: Bearer error=\"invalid_token\"\r\n",
	 .body = STR("{\"error\":{\"code\":\"ExpiredAuthenticationToken\","
		     "\"message\":\"Bearer " VALUE " is over\"}}")},
	{.status = 403,
	 .body = STR("{\"error\":{\"code\":\"AuthorizationFailed\","
		     "\"message\":\"you may not: Authorization: Bearer " VALUE "\"}}")},
};

struct server {
	pid_t pid;
	int end; /* closing it ends the process */
	char url[64];
};

static bool is_asked_with_token(const struct fake_server *fs)
{
	for (size_t i = 0; i < fake_server_count(fs); i++) {
		struct fake_request r = fake_server_request(fs, i);

		if (str_eq(fake_request_header(&r, "Authorization"),
			   STR("Bearer " VALUE)))
			return true;
	}
	return false;
}

/* In the child; its exit code is 0 when the secret came. */
static void serve(int told, int end)
{
	struct pollfd fd = {.fd = end, .events = POLLIN};
	struct fake_server *fs;
	struct clock clock;
	struct loop *loop;
	struct err err;
	char url[64] = "";

	clock_init_real(&clock);
	loop = loop_new(&clock, &err);
	fs = fake_server_new(loop);
	for (size_t i = 0; i < sizeof(replies) / sizeof(*replies); i++)
		fake_server_on(fs, "GET", ASKED, replies[i]);
	snprintf(url, sizeof(url), "%s", fake_server_url(fs));
	if (write(told, url, sizeof(url)) != sizeof(url))
		_exit(2);
	while (poll(&fd, 1, 0) == 0)
		loop_turn(loop, 20);
	_exit(is_asked_with_token(fs) ? 0 : 1);
}

static void server_start(struct server *s)
{
	int told[2], end[2];

	assert_int_equal(pipe2(told, O_CLOEXEC), 0);
	assert_int_equal(pipe2(end, O_CLOEXEC), 0);
	s->pid = fork();
	assert_true(s->pid >= 0);
	if (s->pid == 0) {
		close(end[1]);
		serve(told[1], end[0]);
	}
	close(told[1]);
	close(end[0]);
	s->end = end[1];
	assert_int_equal(read(told[0], s->url, sizeof(s->url)), sizeof(s->url));
	close(told[0]);
}

/* The secret was really sent. */
static void server_stop(struct server *s)
{
	int status;

	close(s->end);
	assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
	assert_int_equal(status, 0);
}

static void check_clean(const char *where, struct str text)
{
	if (str_find(text, STR("Tr0ub4dor")) >= 0 || str_find(text, STR(VALUE)) >= 0)
		fail_msg("the secret is in %s", where);
}

static void check_command_line(pid_t pid)
{
	struct strbuf text;
	struct err err;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)pid);
	strbuf_init(&text, 1 << 20);
	assert_true(file_read(path, &text, &err));
	assert_true(text.n > 0);
	check_clean(path, strbuf_str(&text));
	strbuf_fini(&text);
}

/* The exit code of a process of the same user: 0 when it cannot read the file. */
static int look_as_the_same_user(pid_t pid, const char *what)
{
	char path[64];
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, what);
		_exit(open(path, O_RDONLY) < 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static int check_file(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	struct strbuf text;
	struct err err;

	(void)st;
	(void)ftw;
	if (kind != FTW_F || str_ends(str_from(path), STR("/planted")))
		return 0;
	strbuf_init(&text, 64 << 20);
	assert_true(file_read(path, &text, &err));
	check_clean(path, strbuf_str(&text));
	strbuf_fini(&text);
	return 0;
}

static const char *write_config(const char *url, const char *ref)
{
	struct strbuf text;
	const char *path;

	strbuf_init(&text, 4096);
	strbuf_printf(&text,
		      "{\"connections\": [{\"name\": \"azure\", \"kind\": \"arm\",\n"
		      "  \"base\": \"%s\", \"credential\": \"mine\"}],\n"
		      " \"credentials\": {\"mine\": {\"method\": \"bearer\", \"token\": "
		      "\"%s\"}}}",
		      url, ref);
	path = scratch_write("config.json", strbuf_str(&text), 0644);
	strbuf_fini(&text);
	return path;
}

#define PASSPHRASE "Tr0ub4dor, the passphrase"

/* It is refused, asked for again, refused again: each shown with its reason. */
static void be_refused(struct pty *p, const char *config, bool is_locked)
{
	char *program = program_path("azdeck");
	char data[600], state[600];
	const char *const env[] = {data, state, "AZ_PLANTED=" VALUE, NULL};
	const char *const argv[] = {program, "--log", PTY_LOG, "--config", config, NULL};

	snprintf(data, sizeof(data), "XDG_DATA_HOME=%s", scratch_path("data"));
	snprintf(state, sizeof(state), "XDG_STATE_HOME=%s", scratch_path("state"));
	assert_true(pty_start(p, 40, 120, argv, env));
	p->takes_frames = true;
	if (is_locked) {
		assert_true(pty_wait_raw(p, "Passphrase of azdeck's key: "));
		pty_send(p, "not it" ENTER);
		assert_true(pty_wait_raw(p, "Not this one."));
		pty_send(p, PASSPHRASE ENTER);
	}
	pty_send(p, ":board " BOARD ENTER);
	assert_true(pty_wait_text(p, "ExpiredAuthenticationToken"));
	pty_send(p, "R");
	assert_true(pty_wait_text(p, "AuthorizationFailed"));
	free(program);
}

static void check_log(struct pty *p)
{
	struct strbuf log;
	char part[65536];
	ssize_t n;

	strbuf_init(&log, 64 << 20);
	while ((n = pread(p->log, part, sizeof(part), (off_t)log.n)) > 0)
		strbuf_put(&log, (struct str){part, (size_t)n});
	/* It says much, and of these requests too. */
	assert_true(str_find(strbuf_str(&log), STR(" debug ")) >= 0);
	assert_true(str_find(strbuf_str(&log), STR("Bearer ***")) >= 0);
	check_clean("the log", strbuf_str(&log));
	strbuf_fini(&log);
}

static void watch_deck(struct pty *p, const char *ref, bool is_locked)
{
	struct server server;

	server_start(&server);
	be_refused(p, write_config(server.url, ref), is_locked);
	check_command_line(p->pid);
	/* Root reads everything, and the deck is root's when the test is. */
	if (geteuid() != 0) {
		assert_int_equal(look_as_the_same_user(p->pid, "environ"), 0);
		assert_int_equal(look_as_the_same_user(p->pid, "mem"), 0);
	}
	pty_send(p, "q");
	program_ends(p, 0);
	server_stop(&server);
	check_log(p);
	check_clean("what was drawn", strbuf_str(&p->raw));
	assert_int_equal(nftw(scratch_path(""), check_file, 8, FTW_PHYS), 0);
}

static void a_secret_in_a_file(void **state)
{
	char ref[600];

	snprintf(ref, sizeof(ref), "file:%s",
		 scratch_write("planted", STR(VALUE "\n"), 0600));
	watch_deck(*state, ref, false);
}

static void a_secret_in_the_environment(void **state)
{
	watch_deck(*state, "env:AZ_PLANTED", false);
}

static void a_secret_of_the_vault(void **state)
{
	struct keychain k;
	struct err err;

	setenv("XDG_DATA_HOME", scratch_path("data"), 1);
	unsetenv("AZDECK_PASSPHRASE_FILE");
	keychain_init(&k);
	assert_true(secret_setup() && vault_set(&k, STR("planted"), STR(VALUE), 0, &err));
	keychain_fini(&k);
	watch_deck(*state, "secret:planted", false);
}

/* The passphrase of the key is asked for before the deck takes the screen. */
static void a_secret_behind_a_passphrase(void **state)
{
	static const struct seal_key_cost cheap = {.passes = 1, .memory_kib = 8};
	struct secret passphrase = {0};
	struct keychain k;
	struct err err;

	setenv("XDG_DATA_HOME", scratch_path("data"), 1);
	unsetenv("AZDECK_PASSPHRASE_FILE");
	keychain_init(&k);
	k.cost = &cheap;
	assert_true(secret_setup());
	secret_set(&passphrase, STR(PASSPHRASE));
	assert_true(vault_set(&k, STR("planted"), STR(VALUE), 0, &err));
	assert_true(keychain_wrap(&k, &passphrase, &err));
	secret_fini(&passphrase);
	keychain_fini(&k);
	watch_deck(*state, "secret:planted", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(a_secret_in_a_file),
		PROGRAM_TEST(a_secret_in_the_environment),
		PROGRAM_TEST(a_secret_of_the_vault),
		PROGRAM_TEST(a_secret_behind_a_passphrase),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
