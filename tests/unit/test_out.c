/* Output reaches a reader that is slow, whatever kind of pipe it gave us. */
#include "unit/check.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"

enum { BYTES = 1 << 18 };

/* In a child, as its standard output; never returns. */
static void write_all(int fd)
{
	struct strbuf out;
	int code = 0;
	bool ok;

	dup2(fd, STDOUT_FILENO);
	strbuf_init(&out, BYTES);
	strbuf_pad(&out, 'x', BYTES);
	ok = cli_write(&out, &code);
	strbuf_fini(&out);
	_exit(ok && code == 0 ? 0 : 1);
}

static void a_pipe_that_does_not_block_is_waited_for(void **state)
{
	char bytes[64] = "x"; /* small, so that the pipe stays full for long */
	size_t filled = 0, total = 0;
	int fds[2], status;
	ssize_t n;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(fcntl(fds[1], F_SETFL, O_NONBLOCK), 0);
	while ((n = write(fds[1], bytes, sizeof(bytes))) > 0)
		filled += (size_t)n;
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		write_all(fds[1]);
	close(fds[1]);
	while ((n = read(fds[0], bytes, sizeof(bytes))) > 0)
		total += (size_t)n;
	close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(total, filled + BYTES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pipe_that_does_not_block_is_waited_for),
	};

	return cmocka_run_group_tests_name("out", tests, NULL, NULL);
}
