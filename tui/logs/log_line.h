/* One line of a log by itself: when, how bad, from where, and all that it says, field by
 * field. Thread: ui. */
#ifndef AZ_TUI_LOGS_LOG_LINE_H
#define AZ_TUI_LOGS_LOG_LINE_H

#include "tui/logs/log_view.h"
#include "tui/screen.h"

/* Of the line under the view's cursor; there is one. */
struct screen *log_line_new(const struct log_view *v);

#endif
