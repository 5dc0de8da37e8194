/* A library that is loaded when it is first needed. Whoever draws first, or does without
 * it, does not wait for it: libcurl alone brings thirty others. Thread: any. */
#ifndef AZ_BASE_LATE_H
#define AZ_BASE_LATE_H

#include <stddef.h>

#include "base/err.h"
#include "base/ref.h"

/* Where its address goes in the table of functions. */
struct late_function {
	const char *name;
	size_t at;
};

/* Zeroed but for what says which library it is. It stays loaded for good. */
struct late {
	const char *library; /* as the loader looks for it */
	const struct late_function *functions;
	size_t n_functions;
	size_t table_bytes;
	struct lazy table;
};

/* The table of functions; NULL, with err: it cannot be loaded, or is another one. */
const void *late_load(struct late *l, struct err *err) MUST_CHECK;
/* Where that was tried before, or it cannot be told: ends the program without it. */
const void *late_table(struct late *l);

#endif
