/* See outside.h. The text goes through a file that only its user can read, and that goes
 * when the editor ends. */
#include "tui/outside.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/count.h"
#include "base/file.h"
#include "config/env.h"

#define SUFFIX ".md"

/* What a key sends to all in front of the terminal: the editor's alone, meanwhile. */
static const int keyed[] = {SIGINT, SIGQUIT, SIGTSTP};

static void run_program(const char *editor, const char *path)
{
	static const int back[] = {SIGINT, SIGQUIT, SIGTSTP, SIGPIPE, SIGXFSZ};
	char command[1024];

	for (size_t i = 0; i < COUNT(back); i++)
		signal(back[i], SIG_DFL);
	/* It may have options of its own, as "code -w" has. */
	snprintf(command, sizeof(command), "%s \"$1\"", editor);
	execl("/bin/sh", "sh", "-c", command, "sh", path, (char *)NULL);
	_exit(127);
}

/* One that stops itself would wait for a shell that does not know of it. */
static bool wait_for(pid_t pid)
{
	int status = 0;

	for (;;) {
		if (waitpid(pid, &status, WUNTRACED) < 0) {
			if (errno != EINTR)
				return false;
		} else if (WIFSTOPPED(status)) {
			kill(pid, SIGCONT);
		} else {
			return WIFEXITED(status) && WEXITSTATUS(status) == 0;
		}
	}
}

static bool run(const char *editor, const char *path)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, had[COUNT(keyed)];
	pid_t pid;
	bool ok;

	for (size_t i = 0; i < COUNT(keyed); i++)
		sigaction(keyed[i], &ignore, &had[i]);
	pid = fork();
	if (pid == 0)
		run_program(editor, path);
	ok = pid > 0 && wait_for(pid);
	for (size_t i = 0; i < COUNT(keyed); i++)
		sigaction(keyed[i], &had[i], NULL);
	return ok;
}

static bool write_all(int fd, const char *text)
{
	size_t n = strlen(text), done = 0;

	while (done < n) {
		ssize_t written = write(fd, text + done, n - done);

		if (written < 0 && errno != EINTR)
			return false;
		done += written > 0 ? (size_t)written : 0;
	}
	return true;
}

bool outside_edit(const char *text, struct strbuf *out, struct err *err)
{
	const char *editor = env_get("VISUAL"), *dir = env_get("XDG_RUNTIME_DIR");
	char path[512];
	bool ok;
	int fd;

	if (!editor)
		editor = env_get("EDITOR");
	if (!editor)
		return err_set(err, ERR_CONFIG, "EDITOR is not set: no editor is known");
	snprintf(path, sizeof(path), "%.400s/azdeck-XXXXXX" SUFFIX, dir ? dir : "/tmp");
	fd = mkstemps(path, (int)strlen(SUFFIX));
	if (fd < 0)
		return err_errno(err, ERR_INTERNAL, errno, "cannot make a file for it");
	ok = write_all(fd, text);
	close(fd);
	if (!ok || !run(editor, path))
		ok = err_set(err, ERR_REFUSED,
			     "the editor failed; the text is as it was");
	else
		ok = file_read(path, out, err);
	unlink(path);
	return ok;
}
