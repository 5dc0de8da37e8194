/* Looks for bytes in this process's own writable memory: what a core, or somebody who
 * attaches, would see. What is looked for is held masked, so that it is not found
 * where it is named. Thread: the test's. */
#ifndef AZ_TESTS_UNIT_MEMORY_SCAN_H
#define AZ_TESTS_UNIT_MEMORY_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum { MEMORY_NEEDLE_BYTES = 24 };

struct memory_needle {
	unsigned char masked[MEMORY_NEEDLE_BYTES];
};

/* The bytes are the caller's to wipe. */
void memory_needle_set(struct memory_needle *needle, const void *bytes);
/* How often it is there, forwards or backwards: in locked memory, and elsewhere. */
struct memory_found {
	size_t locked, elsewhere;
};
struct memory_found memory_scan(const struct memory_needle *needle);
/* Sanitizers keep what is freed, and have terabytes to look through. */
bool memory_can_be_scanned(void);
/* Whether this user may lock any. */
bool memory_can_be_locked(void);

#endif
