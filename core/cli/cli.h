/* The headless commands: one row each in a table from which dispatch, help,
 * completion and the manual's list derive, and by which the command line is read.
 * Thread: the main thread. */
#ifndef AZ_CLI_CLI_H
#define AZ_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/strbuf.h"

struct err;

/* Takes a value, or a word, into the struct that the command line is read into, or into
 * the member of it that the row names. False: it cannot be that; err says why, or
 * nothing, and then the row's own words are used. */
typedef bool (*cli_set_fn)(const char *value, struct err *err, void *to);

struct cli_option {
	const char *name; /* "--query" */
	const char *arg;  /* "JMESPATH", or all it can be: "text|json"; NULL: a flag */
	const char *help;
	cli_set_fn set;	     /* the value is NULL for a flag */
	size_t at;	     /* what is set, from the start of the struct */
	const char *refusal; /* "there is no format"; NULL: "--query cannot be" */
};

/* Rows that only keep what was said: a flag in a bool, a value in a const char *. */
#define CLI_INTO(type, member)                                                           \
	.set = _Generic(((type *)0)->member, bool                                        \
			: cli_set_flag, const char *                                     \
			: cli_set_text),                                                 \
	.at = offsetof(type, member)
/* A bool: whether it is "json". */
#define CLI_INTO_JSON(type, member)                                                      \
	.set = cli_set_json, .at = _Generic(((type *)0)->member, bool                    \
					    : offsetof(type, member))
bool cli_set_flag(const char *value, struct err *err, void *to);
bool cli_set_text(const char *value, struct err *err, void *to);
bool cli_set_json(const char *value, struct err *err, void *to);

#define CLI_OPTION_CONFIG(type, member)                                                  \
	{                                                                                \
		"--config", "FILE", "use this configuration", CLI_INTO(type, member)     \
	}

/* What becomes of the words that are no options. */
enum { CLI_SLOTS = 2 };
struct cli_words {
	size_t slots[CLI_SLOTS]; /* the first of them go there: CLI_SLOT */
	size_t n_slots;
	cli_set_fn take;   /* each of the others; NULL: there are none */
	const char *extra; /* of one that is not taken: "one board at a time, not also" */
};
#define CLI_SLOT(type, member)                                                           \
	_Generic(((type *)0)->member, const char * : offsetof(type, member))

struct cli_command {
	const char *name;
	const char *usage;		  /* after the name: "BOARD [OPTION...]" */
	const char *help;		  /* one line */
	const struct cli_option *options; /* ended by a NULL name */
	struct cli_words words;
	/* argv[0] is the command's name. Returns the exit code. */
	int (*run)(int argc, char **argv, const struct clock *clock);
};

/* Reads a command line by the tables of its command, in order: "--name value",
 * "--name=value", "-o" for a row "--output", and what follows "--" is words. 0, or the
 * exit code of what was told to be wrong. */
int cli_walk(const struct cli_command *command, int argc, char **argv, void *into);
/* One option, for who reads the command line alone. False without err: it cannot be. */
bool cli_option_set(const struct cli_option *option, const char *value, struct err *err,
		    void *into);

/* Runs the command that argv[1] names, out of the table or out of `extra` (ended
 * by NULL). `deck_options` are the deck's own, for help. Returns the exit
 * code. */
int cli_main(int argc, char **argv, const struct cli_command *const *extra,
	     const struct cli_option *deck_options, const struct clock *clock);

/* "azdeck: WHAT" on stderr and the exit code for it. */
int cli_fail(const struct err *err);

/* Puts the text on standard output at once. False when it cannot be written whole:
 * then it was told and *code is the exit code; a reader that has left gets silence
 * and leaves *code alone. */
bool cli_write(const struct strbuf *out, int *code);
/* The same for what was printed with stdio: the exit code. */
int cli_flush(int code);

/* The choice a mistyped word probably meant, or NULL. */
const char *cli_nearest(const char *word, const char *const *choices, size_t n);

/* "COMMAND: WHAT "VALUE"; `azdeck help COMMAND` says more", and the exit code for it. */
int cli_usage(const char *command, const char *what, const char *value);
/* The same of an option: "--seed cannot be ...". */
int cli_wrong_value(const char *command, const char *option, const char *value);

#endif
