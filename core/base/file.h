/* Whole small files: definitions, themes, configuration. Thread: any; the
 * worker uses it before the loop runs, from the pool, or for one file that a person
 * just saved. */
#ifndef AZ_BASE_FILE_H
#define AZ_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

/* "-" reads standard input. Larger than out->max is an error. */
bool file_read(const char *path, struct strbuf *out, struct err *err) MUST_CHECK;
/* Through a temporary file and rename, mode 0600. */
bool file_write(const char *path, struct str text, struct err *err) MUST_CHECK;

/* The same for one that is not there yet: ERR_CONFLICT when it is, whoever made it. On
 * the disk, name and all, before it returns. */
bool file_create(const char *path, struct str text, struct err *err) MUST_CHECK;

/* Another value when the file is another; of a folder, when any file in it is whose
 * name ends in `suffix`. For a file the suffix is NULL. */
uint64_t file_stamp(const char *path, const char *suffix);

/* Sorted names in `dir` that end in `suffix`; a missing directory is empty. */
struct file_list {
	char **names;
	size_t n;
};
bool file_list(const char *dir, const char *suffix, struct file_list *out,
	       struct err *err) MUST_CHECK;
void file_list_fini(struct file_list *list);

#endif
