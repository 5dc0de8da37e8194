/* See log.h. O_APPEND and one write(2) make a line atomic between threads and
 * between processes that share the file. */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/ref.h"
#include "base/strbuf.h"
#include "base/timefmt.h"
#include "base/xalloc.h"

enum { LINE_MAX_BYTES = 4096 };

struct log {
	/* fixed after init */
	int fd; /* -1: drops everything */
	enum log_level level;
	struct clock clock;
	/* any */
	struct counter dropped;
};

static const char *const level_names[] = {"error", "warn", "info", "debug"};

struct log *log_new(const char *path, enum log_level level, struct err *err)
{
	struct log *log = xcalloc(1, sizeof(*log));

	log->fd = -1;
	log->level = level;
	clock_init_real(&log->clock);
	if (!path)
		return log;
	log->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
	if (log->fd < 0) {
		err_errno(err, ERR_IO, errno, "cannot open the log %s", path);
		free(log);
		return NULL;
	}
	return log;
}

void log_free(struct log *log)
{
	if (!log)
		return;
	if (log->fd >= 0)
		close(log->fd);
	free(log);
}

/* C0, DEL, and C1 in its two bytes: a log is read on terminals. */
static void escape_controls(struct strbuf *line, size_t from)
{
	for (size_t i = from; i < line->n; i++) {
		unsigned char c = (unsigned char)line->p[i];

		if (c < 0x20 || c == 0x7f)
			line->p[i] = '?';
		else if (c == 0xc2 && i + 1 < line->n &&
			 ((unsigned char)line->p[i + 1] & 0xe0) == 0x80)
			line->p[i] = line->p[i + 1] = '?';
	}
}

bool log_is_kept(const struct log *log, enum log_level level)
{
	return log && log->fd >= 0 && level <= log->level;
}

void log_line(struct log *log, enum log_level level, const char *area, const char *fmt,
	      ...)
{
	struct strbuf line;
	va_list ap;

	if (!log_is_kept(log, level))
		return;
	strbuf_init(&line, LINE_MAX_BYTES);
	time_format_iso(&line, clock_wall_ms(&log->clock), true);
	strbuf_printf(&line, " %-5s %s: ", level_names[level], area);
	va_start(ap, fmt);
	strbuf_vprintf(&line, fmt, ap);
	va_end(ap);
	escape_controls(&line, 0);
	line.overflow = false;
	strbuf_cut(&line, line.max - 1);
	strbuf_putc(&line, '\n');
	if (write(log->fd, line.p, line.n) != (ssize_t)line.n)
		counter_add(&log->dropped, 1);
	strbuf_fini(&line);
}

unsigned long log_dropped(const struct log *log)
{
	return log ? counter_get(&log->dropped) : 0;
}
