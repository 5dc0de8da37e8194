/* What the configuration's sources of logs are saying: how many lines of each level of
 * late, when, and the last lines of the one under the cursor. Thread: ui. */
#ifndef AZ_TUI_LOGS_LOG_SOURCES_H
#define AZ_TUI_LOGS_LOG_SOURCES_H

#include "tui/screen.h"

struct screen *log_sources_new(struct app *app);

#endif
