/* Lines of a log that are alike: patterns with how many, how bad, first and last seen.
 * Thread: ui. */
#ifndef AZ_TUI_LOGS_LOG_CLUSTERS_H
#define AZ_TUI_LOGS_LOG_CLUSTERS_H

#include "tui/logs/log_client.h"
#include "tui/screen.h"

struct screen *log_clusters_new(struct log_client *client);

#endif
