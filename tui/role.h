/* Style roles: what a cell means. Themes give them colours; panes never name a
 * colour. One list: role, its letter in goldens, the role it falls back to, and
 * what it is for. Thread: any (const). */
#ifndef AZ_TUI_ROLE_H
#define AZ_TUI_ROLE_H

#include <stdbool.h>

#include "base/str.h"

#define ROLE_LIST(X)                                                                     \
	X(TEXT, "text", '.', TEXT, "ordinary text")                                      \
	X(DIM, "dim", 'd', TEXT, "secondary text: units, ages, hints")                   \
	X(STRONG, "strong", 's', TEXT, "names and figures that matter")                  \
	X(TITLE, "title", 'T', STRONG, "pane titles")                                    \
	X(TITLE_FOCUS, "title-focus", 'F', TITLE, "title of the pane with the keys")     \
	X(BORDER, "border", 'b', DIM, "frames and rules")                                \
	X(BORDER_FOCUS, "border-focus", 'B', BORDER, "frame of the pane with the keys")  \
	X(HEADING, "heading", 'h', DIM, "column headings")                               \
	X(HEADING_SORT, "heading-sort", 'H', HEADING, "heading of the sorted column")    \
	X(OK, "ok", 'o', TEXT, "good")                                                   \
	X(INFO, "info", 'i', TEXT, "worth knowing")                                      \
	X(UNKNOWN, "unknown", 'u', DIM, "not known")                                     \
	X(WARN, "warn", 'w', STRONG, "warning")                                          \
	X(CRIT, "crit", 'c', STRONG, "critical")                                         \
	X(STALE, "stale", 'a', DIM, "data that is too old")                              \
	X(SELECTED, "selected", 'S', TEXT, "overlay: the row under the cursor")          \
	X(MATCH, "match", 'M', STRONG, "overlay: text found by a search")                \
	X(STATUS, "status", 't', TEXT, "status line")                                    \
	X(STATUS_STRONG, "status-strong", 'r', STATUS, "status line, what stands out")   \
	X(KEY, "key", 'k', STRONG, "a key to press")                                     \
	X(LINK, "link", 'l', TEXT, "something Enter opens")                              \
	X(PROMPT, "prompt", 'p', TEXT, "what the user types")                            \
	X(GAUGE, "gauge", 'g', TEXT, "filled part of a gauge")                           \
	X(GAUGE_EMPTY, "gauge-empty", 'e', DIM, "empty part of a gauge")                 \
	X(SPARK, "spark", 'q', TEXT, "sparklines and charts")                            \
	X(SPARK_CRIT, "spark-crit", 'C', CRIT, "a chart where it is bad")                \
	X(SERIES_1, "series-1", '1', SPARK, "first series of a chart")                   \
	X(SERIES_2, "series-2", '2', SPARK, "second series")                             \
	X(SERIES_3, "series-3", '3', SPARK, "third series")                              \
	X(SERIES_4, "series-4", '4', SPARK, "fourth series")                             \
	X(TOAST, "toast", 'm', STATUS, "short messages")                                 \
	X(TOAST_ERROR, "toast-error", 'x', TOAST, "short messages about failures")       \
	X(PAST, "past", 'P', TOAST_ERROR, "the mark that another time is shown")         \
	X(OVERLAY, "overlay", 'v', TEXT, "help, palette and other windows on top")       \
	X(QUOTE, "quote", 'Q', DIM, "text from outside, shown as evidence")

enum role {
#define X(id, name, letter, fallback, help) ROLE_##id,
	ROLE_LIST(X)
#undef X
		ROLE_COUNT
};

const char *role_name(enum role role);
char role_letter(enum role role);
/* What it looks like when a theme does not say. */
enum role role_fallback(enum role role);
const char *role_help(enum role role);
bool role_find(struct str name, enum role *out);

#endif
