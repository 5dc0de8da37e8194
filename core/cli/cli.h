/* The headless commands: one row each in a table from which dispatch, help,
 * completion and the manual's list derive. Thread: the main thread. */
#ifndef AZ_CLI_CLI_H
#define AZ_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/strbuf.h"

struct cli_option {
	const char *name; /* "--query" */
	const char *arg;  /* "JMESPATH"; NULL: a flag */
	const char *help;
};

struct cli_command {
	const char *name;
	const char *usage;		  /* after the name: "BOARD [-o FORMAT]" */
	const char *help;		  /* one line */
	const struct cli_option *options; /* ended by a NULL name */
	/* argv[0] is the command's name. Returns the exit code. */
	int (*run)(int argc, char **argv, const struct clock *clock);
};

/* Runs the command that argv[1] names, out of the table or out of `extra` (ended
 * by a NULL name). `deck_options` are the deck's own, for help. Returns the exit
 * code. */
int cli_main(int argc, char **argv, const struct cli_command *extra,
	     const struct cli_option *deck_options, const struct clock *clock);

/* "azdeck: WHAT" on stderr and the exit code for it. */
struct err;
int cli_fail(const struct err *err);

/* Puts the text on standard output at once. False when it cannot be written whole:
 * then it was told and *code is the exit code; a reader that has left gets silence
 * and leaves *code alone. */
bool cli_write(const struct strbuf *out, int *code);
/* The same for what was printed with stdio: the exit code. */
int cli_flush(int code);

/* The choice a mistyped word probably meant, or NULL. */
const char *cli_nearest(const char *word, const char *const *choices, size_t n);

/* Walks options: the value of a row's index, or what is left. */
enum { CLI_DONE = -1, CLI_WORD = -2, CLI_ERROR = -3 };
struct cli_args {
	int argc;
	char **argv;
	const struct cli_option *options;
	int at;		   /* begin with 1 */
	const char *value; /* of the option, or the word */
	bool is_after_dashes;
};
/* The option's index in the table, or one of the above. Takes "--name value",
 * "--name=value" and "-o" for a row "--output"; an error is told and its exit
 * code is 2. */
int cli_next(struct cli_args *args);
/* "COMMAND: WHAT "VALUE"; `azdeck help COMMAND` says more", and the exit code for it. */
int cli_usage(const char *command, const char *what, const char *value);
/* The same of an option: "--seed cannot be ...". */
int cli_wrong_value(const char *command, const char *option, const char *value);

#endif
