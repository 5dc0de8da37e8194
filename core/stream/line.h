/* One line of a log and what was recognised in it: when, how bad, from where, what. All
 * sources give lines in this form: files, pods, workspaces. Thread: any (plain data). */
#ifndef AZ_STREAM_LINE_H
#define AZ_STREAM_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"

/* level, its name */
#define LINE_LEVEL_LIST(X)                                                               \
	X(UNKNOWN, "unknown")                                                            \
	X(TRACE, "trace")                                                                \
	X(DEBUG, "debug")                                                                \
	X(INFO, "info")                                                                  \
	X(WARNING, "warning")                                                            \
	X(ERROR, "error")                                                                \
	X(CRITICAL, "critical")

enum line_level {
#define X(id, name) LINE_##id,
	LINE_LEVEL_LIST(X)
#undef X
		LINE_LEVELS
};

/* format, its name */
#define LINE_FORMAT_LIST(X)                                                              \
	X(PLAIN, "plain")                                                                \
	X(ISO, "iso")                                                                    \
	X(JSON, "json")                                                                  \
	X(LOGFMT, "logfmt")                                                              \
	X(KLOG, "klog")                                                                  \
	X(SYSLOG, "syslog")

enum line_format {
#define X(id, name) LINE_FORMAT_##id,
	LINE_FORMAT_LIST(X)
#undef X
		LINE_FORMATS
};

/* The texts are parts of `raw`. In JSON and logfmt they may have escapes in them:
 * line_put_message undoes these. */
struct line {
	struct str raw; /* without its newline and a carriage return before it */
	struct str source, message;
	int64_t time_ms; /* UTC; see has_time */
	enum line_level level;
	enum line_format format;
	bool has_time;
	bool is_escaped; /* the message stood in quotes, with backslashes */
};

const char *line_level_name(enum line_level level);
const char *line_format_name(enum line_format format);
/* What services write: "ERR", "Informational", "warning"; LINE_UNKNOWN for other words. */
enum line_level line_level_of(struct str word);

/* The message as its author meant it. Not cleaned for a terminal. */
void line_put_message(struct strbuf *out, const struct line *line);

#endif
