/* One process at a time changes a file: a lock on PATH.lock beside it, which goes
 * with the process that held it. The file itself cannot carry the lock, because it
 * is replaced. Thread: any; it may wait, so never on the loop. */
#ifndef AZ_AUTH_FILE_LOCK_H
#define AZ_AUTH_FILE_LOCK_H

#include <stdbool.h>

#include "base/err.h"

struct file_lock {
	int fd;
};

/* Waits up to wait_ms; then ERR_CONFLICT. Missing folders are made. */
bool file_lock_take(struct file_lock *lock, const char *path, int wait_ms,
		    struct err *err) MUST_CHECK;
void file_lock_drop(struct file_lock *lock);

#endif
