/* Runs the azdeck that was built, the way a script would: arguments in, exit code
 * and both outputs back. Its home is an empty folder of its own. Thread: the
 * test's. */
#ifndef AZ_TESTS_CLI_RUN_H
#define AZ_TESTS_CLI_RUN_H

#include "base/strbuf.h"

enum run_stdout {
	RUN_CAPTURED,
	RUN_FULL,   /* /dev/full: every write fails */
	RUN_CLOSED, /* a pipe whose reader has left */
};

struct run {
	const char *const *args; /* ended by NULL, without the program's name */
	const char *input;	 /* on standard input; NULL: none */
	enum run_stdout to;
	/* results */
	int code;   /* -1: it died of a signal */
	int signal; /* 0: it ended by itself */
	struct strbuf out, err;
};

/* cmocka group set-up and tear-down: the home folder. */
int run_setup(void **state);
int run_teardown(void **state);
/* The path of a file in the home's azdeck configuration folder, written with this
 * text. Valid until the next call. */
const char *run_write_config(const char *name, const char *text);
/* Forgets what run_write_config wrote. */
void run_clear_config(void);

/* Runs and waits; run_fini is due. Fails the test when it does not end in time. */
void run_now(struct run *r);
void run_fini(struct run *r);
/* Runs, and fails the test unless it ends with this code; a success must leave
 * standard error empty, a failure must leave one line that begins with "azdeck: "
 * there and nothing on standard output. */
void run_expect(struct run *r, int code);

/* Starts it and reads its first line, without the line end; the pid, for
 * run_stop. */
int run_start(const char *const *args, struct strbuf *first_line);
/* Sends SIGTERM and waits; the exit code, -1 for a signal. */
int run_stop(int pid);

#define RUN_ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

#endif
