/* The headless commands: one row each in a table from which dispatch, help,
 * completion and the manual's list derive. Thread: the main thread. */
#ifndef AZ_CLI_CLI_H
#define AZ_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"

struct cli_option {
	const char *name;   /* "--query" */
	const char *arg;    /* "JMESPATH"; NULL: a flag */
	const char *help;
};

struct cli_command {
	const char *name;
	const char *usage;  /* after the name: "BOARD [-o FORMAT]" */
	const char *help;   /* one line */
	const struct cli_option *options; /* ended by a NULL name */
	/* argv[0] is the command's name. Returns the exit code. */
	int (*run)(int argc, char **argv, const struct clock *clock);
};

/* Ended by a NULL name. */
extern const struct cli_command cli_commands[];
const struct cli_command *cli_find(const char *name);

/* Runs the command that argv[1] names, out of the table or out of `extra` (also
 * ended by a NULL name). Returns the exit code. */
int cli_main(int argc, char **argv, const struct cli_command *extra,
	     const struct clock *clock);

/* "azdeck: WHAT" on stderr and the exit code for it. */
struct err;
int cli_fail(const struct err *err);

#endif
