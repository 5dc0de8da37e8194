/* A folder of the user's own with small files that nobody else may read or change.
 * It is opened and checked once; all names are then of that folder, whatever takes
 * its place. Thread: any; it waits for the disk, so never on the loop. */
#ifndef AZ_BASE_FOLDER_H
#define AZ_BASE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

struct folder {
	int fd;
};

/* Makes what is missing of the path, mode 0700. */
bool folder_make(const char *path, struct err *err) MUST_CHECK;
/* Makes it too. Refuses a link, another owner, and
 * a folder that others may enter. */
bool folder_open(struct folder *f, const char *path, struct err *err) MUST_CHECK;
void folder_close(struct folder *f);

/* Appends the file. Refuses links, what is no plain file, another owner, a mode that
 * lets others in, and more than out->max takes. A missing file is ERR_NOT_FOUND. */
bool folder_read(const struct folder *f, const char *name, struct strbuf *out,
		 struct err *err) MUST_CHECK;
/* Replaces the file in one step, mode 0600. It may be gone after a power cut, but is
 * never half there. */
bool folder_write(const struct folder *f, const char *name, struct str bytes,
		  struct err *err) MUST_CHECK;
void folder_remove(const struct folder *f, const char *name);

struct folder_limits {
	int64_t max_age_ms; /* since a file was written, of the clock of the disk */
	size_t max_files;
	uint64_t max_bytes; /* of all together */
};
/* Removes plain files whose names end in `suffix`: those that are too old, then the
 * oldest, until the rest is within the limits. Returns how many went. */
size_t folder_prune(const struct folder *f, const char *suffix,
		    const struct folder_limits *limits, int64_t now_ms);

#endif
