/* A folder of a test's own for files, removed with what is in it. Thread: the
 * test's. */
#ifndef AZ_TESTS_UNIT_SCRATCH_H
#define AZ_TESTS_UNIT_SCRATCH_H

#include "base/str.h"

/* cmocka group set-up and tear-down. */
int scratch_make(void **state);
int scratch_drop(void **state);
/* The path of a name in it; valid until the eighth call after. */
const char *scratch_path(const char *name);
/* Writes a file there with that mode; its path. */
const char *scratch_write(const char *name, struct str bytes, unsigned mode);

#endif
