/* See cli_logs.h. Keys come from the terminal even when lines come by standard input:
 * that is moved out of the way. */
#include "tui/cli_logs.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/logs_run.h"
#include "stream/log_file.h"
#include "tui/deck.h"
#include "worker/log/log_spool.h"

static bool read_wanted(const struct logs_request *r, struct wanted *out, struct err *err)
{
	const struct wanted_term term = {
		.text = (char *)(uintptr_t)r->pattern,
		.is_regex = r->match.is_regex,
		.is_out = r->is_inverted,
		.which = r->match.ignore_case ? WANTED_FOLDED : WANTED_EXACT,
	};

	out->level = r->level;
	out->since_ms = r->since_ms;
	out->until_ms = r->until_ms;
	if (!r->pattern || wanted_add_term(out, &term, err))
		return true;
	return err_wrap(err, "logs");
}

static bool reads_input(const struct logs_request *r)
{
	for (size_t i = 0; i < r->n_files; i++) {
		if (strcmp(r->files[i], "-") == 0)
			return true;
	}
	return false;
}

/* One that cannot be had is told without a screen, as other pagers do. */
static bool can_be_read(const struct logs_request *r, struct err *err)
{
	struct log_file *file;
	bool is_there;

	if (r->n_files != 1 || strcmp(r->files[0], "-") == 0)
		return true;
	file = log_file_open(r->files[0], err);
	is_there = file || log_spool_can_read(r->files[0]);
	log_file_free(file);
	return is_there || err_wrap(err, "logs");
}

static bool move_input(int *input, struct err *err)
{
	int terminal;

	if (isatty(STDIN_FILENO))
		return err_set(err, ERR_USAGE,
			       "logs: name a file, or pipe into it what is to be shown");
	*input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
	if (*input < 0 || terminal < 0 || dup2(terminal, STDIN_FILENO) < 0)
		return err_errno(err, ERR_USAGE, errno, "logs: no terminal for keys");
	close(terminal);
	return true;
}

static int show(const struct logs_request *r)
{
	struct wanted wanted = {0};
	struct app_pager pager = {.files = r->files,
				  .n_files = r->n_files,
				  .input_fd = -1,
				  .wanted = &wanted};
	struct err err = {.code = ERR_NONE};
	int code;

	if (!read_wanted(r, &wanted, &err) || !can_be_read(r, &err) ||
	    (reads_input(r) && !move_input(&pager.input_fd, &err)))
		code = cli_fail(&err);
	else
		code = deck_run(&(struct deck_options){.clock = r->clock,
						       .pager = &pager,
						       .theme = r->theme,
						       .keymap = r->keymap});
	wanted_fini(&wanted);
	return code;
}

int cli_logs_main(int argc, char **argv, const struct clock *clock)
{
	struct logs_request r = {.clock = clock, .world = CLI_WORLD_DEFAULT};
	int code;

	if (!logs_read(argc, argv, &r, &code))
		return code;
	return logs_wants_screen(&r) ? show(&r) : logs_run(&r);
}
