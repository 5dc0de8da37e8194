/* cmocka with what it wants included before it, and the two checks every table
 * of cases uses: they name the case that failed. */
#ifndef AZ_TESTS_UNIT_CHECK_H
#define AZ_TESTS_UNIT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

#define check_case(name, condition)                                                      \
	do {                                                                             \
		if (!(condition))                                                        \
			fail_msg("case \"%s\": %s", (name), #condition);                 \
	} while (0)

#define check_text(name, got, want)                                                      \
	do {                                                                             \
		struct str got_ = (got);                                                 \
		if (!str_eq(got_, str_from(want)))                                       \
			fail_msg("case \"%s\": got \"%.*s\", want \"%s\"", (name),       \
				 STR_ARG(got_), (want));                                 \
	} while (0)

/* A Wednesday at work, for --at: what the embedded Azure shows is the same whenever
 * the test runs. */
#define CHECK_AT "2026-03-11T10:20:30Z"

#endif
