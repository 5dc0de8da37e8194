/* What `azdeck logs` was asked for, and doing it. Thread: the main thread. */
#ifndef AZ_CLI_LOGS_RUN_H
#define AZ_CLI_LOGS_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "stream/matcher.h"

struct logs_request {
	char **files; /* "-" is standard input */
	size_t n_files;
	const char *pattern; /* NULL: every line */
	struct matcher_options match;
	bool is_inverted;
	bool is_count;
	const struct clock *clock;
};

/* The exit code. A file that cannot be read is told, and the others are read. */
int logs_run(const struct logs_request *request);

#endif
