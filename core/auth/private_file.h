/* Files that nobody but the user may read or change: keys, sealed files, and what
 * "file:" names. They are checked once they are open, so that nothing can be put in
 * their place between the look and the read. Thread: any; never on the loop. */
#ifndef AZ_AUTH_PRIVATE_FILE_H
#define AZ_AUTH_PRIVATE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"

/* Refuses links, anything but a regular file, an owner other than the user, a mode
 * that lets others in, a folder in which others could exchange it, and more than
 * `max` bytes; each error says what to do. A missing file is ERR_NOT_FOUND. */
bool private_file_read(const char *path, size_t max, struct secret *out,
		       struct err *err) MUST_CHECK;
/* Replaces it in one step, mode 0600, and on the disk before it returns. Missing
 * folders are made with mode 0700. */
bool private_file_write(const char *path, struct str bytes, struct err *err) MUST_CHECK;
/* Makes the folders that the path of a file needs, mode 0700. */
bool private_file_make_folder(const char *path, struct err *err) MUST_CHECK;

#endif
