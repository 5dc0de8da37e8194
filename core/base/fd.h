/* A descriptor's bytes, all of them: a signal or a short count is no end. What is not
 * ready is an error, not waited for. Thread: any; never on the loop. */
#ifndef AZ_BASE_FD_H
#define AZ_BASE_FD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/strbuf.h"

/* Appends all there is; more than out->max is an error. `name` is for the error. */
bool fd_read(int fd, const char *name, struct strbuf *out, struct err *err) MUST_CHECK;
/* Fewer than `n` bytes when there are no more; -1: errno says why. For bytes that may
 * lie nowhere but in `p`. */
ssize_t fd_fill(int fd, char *p, size_t n) MUST_CHECK;
/* False: errno says why. */
bool fd_write(int fd, struct str bytes) MUST_CHECK;

#endif
