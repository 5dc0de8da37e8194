/* One line a call, written in one write(2), to a file; never to the terminal.
 * A full disk drops lines and counts them. Thread: any. */
#ifndef AZ_BASE_LOG_H
#define AZ_BASE_LOG_H

#include <stdbool.h>

#include "base/err.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

struct log;

/* Opens for append, mode 0600. NULL path: a log that drops everything. */
struct log *log_new(const char *path, enum log_level level, struct err *err);
void log_free(struct log *log);
/* `area` is a short word such as "net" or "board". Control bytes are escaped. */
void log_line(struct log *log, enum log_level level, const char *area, const char *fmt,
	      ...) __attribute__((format(printf, 4, 5)));
/* Whether such a line would be written: for what is dear to put together. */
bool log_is_kept(const struct log *log, enum log_level level);
/* Lines lost to a full disk or a vanished file. */
unsigned long log_dropped(const struct log *log);

#endif
