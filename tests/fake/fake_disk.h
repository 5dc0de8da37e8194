/* A disk under SQLite that fails when told: the default VFS of the process from then on,
 * over the real one. Thread: the test's. */
#ifndef AZ_TESTS_FAKE_FAKE_DISK_H
#define AZ_TESTS_FAKE_FAKE_DISK_H

#include <stdbool.h>

struct fake_disk {
	long good;     /* changes that still succeed; -1: all */
	int rc;	       /* what the others give: SQLITE_FULL, SQLITE_IOERR_WRITE */
	bool has_shm;  /* memory to share, which WAL needs */
	long changes;  /* writes, syncs and truncations so far */
	long failures; /* those that were refused */
};

/* There is one. */
struct fake_disk *fake_disk(void);
/* As it was at first: nothing fails. */
void fake_disk_heal(void);

#endif
