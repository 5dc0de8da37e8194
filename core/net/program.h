/* Another program, run without a shell, and what it printed. It has no standard input
 * and no terminal, so it cannot ask anybody. Thread: core. */
#ifndef AZ_NET_PROGRAM_H
#define AZ_NET_PROGRAM_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "net/loop.h"

struct program;

/* Everything is copied. */
struct program_spec {
	const char *const *argv; /* ended by NULL; argv[0] is looked for on the PATH */
	const char *const *env;	 /* the whole environment, ended by NULL; NULL: ours */
	int64_t deadline_ms;
	size_t max_bytes; /* of what it prints, on each of both */
};

struct program_result {
	int exit_code;		 /* 128 and the signal, when one ended it */
	struct strbuf out, errs; /* sanitise before drawing; wiped afterwards */
	struct err err; /* it did not start, took too long, or printed too much */
};

/* The result is borrowed for the call. */
typedef void (*program_fn)(struct program_result *result, void *ctx);

/* Never fails here: failures come to `done`, later, not within the call. */
struct program *program_start(struct loop *loop, const struct program_spec *spec,
			      program_fn done, void *ctx);
/* Ends it, with what it has started; `done` does not come. Accepts NULL. */
void program_stop(struct program *p);

#endif
