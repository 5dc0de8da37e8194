/* See run.h. */
#include "cli/run.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/check.h"

enum { MOST_BYTES = 64 << 20, PATIENCE_MS = 60000 };

static char home[] = "/tmp/azdeck-cli-XXXXXX";
static struct strbuf program, config_path;

int run_setup(void **state)
{
	const char *build = getenv("AZ_BUILDDIR");

	(void)state;
	strbuf_init(&program, 4096);
	strbuf_init(&config_path, 4096);
	strbuf_printf(&program, "%s/azdeck", build ? build : ".");
	return mkdtemp(home) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

int run_teardown(void **state)
{
	(void)state;
	strbuf_fini(&program);
	strbuf_fini(&config_path);
	return nftw(home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void make_folders(void)
{
	for (size_t i = sizeof(home); i < config_path.n; i++) {
		if (config_path.p[i] != '/')
			continue;
		config_path.p[i] = '\0';
		assert_true(mkdir(config_path.p, 0700) == 0 || errno == EEXIST);
		config_path.p[i] = '/';
	}
}

const char *run_write_config(const char *name, const char *text)
{
	FILE *file;

	strbuf_reset(&config_path);
	strbuf_printf(&config_path, "%s/azdeck/%s", home, name);
	make_folders();
	file = fopen(config_path.p, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	return config_path.p;
}

void run_clear_config(void)
{
	strbuf_reset(&config_path);
	strbuf_printf(&config_path, "%s/azdeck", home);
	nftw(config_path.p, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* In the child. */
static void become(const char *const *args, int in, int out, int err)
{
	const char *argv[64] = {program.p};

	for (size_t i = 0; args[i] && i < 62; i++)
		argv[i + 1] = args[i];
	/* A test that fails leaves nothing behind. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	setenv("HOME", home, 1);
	setenv("XDG_CONFIG_HOME", home, 1);
	setenv("XDG_STATE_HOME", home, 1);
	setenv("XDG_DATA_HOME", home, 1);
	signal(SIGPIPE, SIG_DFL);
	execv(program.p, (char *const *)(uintptr_t)argv);
	_exit(127);
}

static pid_t spawn(const char *const *args, int in, int out, int err)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		become(args, in, out, err);
	close(in);
	close(out);
	close(err);
	return pid;
}

static void make_pipe(int ends[2])
{
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
}

/* The end that the program writes to; *ours is the end to read, or -1. */
static int open_stdout(enum run_stdout to, int *ours)
{
	int ends[2];

	*ours = -1;
	if (to == RUN_FULL) {
		int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

		assert_true(fd >= 0);
		return fd;
	}
	make_pipe(ends);
	if (to == RUN_CLOSED)
		close(ends[0]);
	else
		*ours = ends[0];
	return ends[1];
}

static int open_stdin(const char *text)
{
	FILE *file = tmpfile();
	int fd;

	assert_non_null(file);
	if (text)
		assert_true(fputs(text, file) >= 0);
	assert_int_equal(fflush(file), 0);
	fd = dup(fileno(file));
	assert_int_equal(fclose(file), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

/* False at its end. */
static bool read_some(int fd, struct strbuf *into)
{
	char bytes[65536];
	ssize_t n = read(fd, bytes, sizeof(bytes));

	if (n > 0)
		strbuf_put(into, (struct str){.p = bytes, .n = (size_t)n});
	return n > 0;
}

static void read_both(struct run *r, int out, int err)
{
	struct pollfd fds[2] = {{.fd = out, .events = POLLIN},
				{.fd = err, .events = POLLIN}};

	while (fds[0].fd >= 0 || fds[1].fd >= 0) {
		assert_true(poll(fds, 2, PATIENCE_MS) > 0);
		if (fds[0].revents && !read_some(out, &r->out))
			fds[0].fd = -1;
		if (fds[1].revents && !read_some(err, &r->err))
			fds[1].fd = -1;
	}
}

static int wait_for(pid_t pid, int *died_of)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	*died_of = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void run_now(struct run *r)
{
	int out, err[2];
	pid_t pid;

	strbuf_init(&r->out, MOST_BYTES);
	strbuf_init(&r->err, MOST_BYTES);
	make_pipe(err);
	pid = spawn(r->args, open_stdin(r->input), open_stdout(r->to, &out), err[1]);
	read_both(r, out, err[0]);
	if (out >= 0)
		close(out);
	close(err[0]);
	r->code = wait_for(pid, &r->signal);
}

void run_fini(struct run *r)
{
	strbuf_fini(&r->out);
	strbuf_fini(&r->err);
}

static void explain(const struct run *r, int code, const char *why)
{
	print_message("# azdeck");
	for (size_t i = 0; r->args[i]; i++)
		print_message(" %s", r->args[i]);
	print_message("\n# %s: ended with %d (signal %d), not %d\n# out: %.2000s\n"
		      "# err: %.2000s\n",
		      why, r->code, r->signal, code, r->out.p, r->err.p);
	fail();
}

void run_expect(struct run *r, int code)
{
	struct str err;

	run_now(r);
	err = strbuf_str(&r->err);
	if (r->code != code)
		explain(r, code, "wrong exit code");
	if (code == 0 && err.n)
		explain(r, code, "a success says something on standard error");
	if (code > 1 &&
	    (!str_starts(err, STR("azdeck: ")) || err.p[err.n - 1] != '\n' || r->out.n))
		explain(r, code, "a failure is not told as it should be");
}

int run_start(const char *const *args, struct strbuf *first_line)
{
	int out[2], err = open("/dev/null", O_WRONLY | O_CLOEXEC);
	struct pollfd fd;
	pid_t pid;
	char c;

	make_pipe(out);
	pid = spawn(args, open_stdin(NULL), out[1], err);
	fd = (struct pollfd){.fd = out[0], .events = POLLIN};
	for (;;) {
		assert_true(poll(&fd, 1, PATIENCE_MS) > 0);
		assert_int_equal(read(out[0], &c, 1), 1);
		if (c == '\n')
			break;
		strbuf_putc(first_line, c);
	}
	close(out[0]);
	return pid;
}

int run_stop(int pid)
{
	int died_of;

	assert_int_equal(kill(pid, SIGTERM), 0);
	return wait_for(pid, &died_of);
}
