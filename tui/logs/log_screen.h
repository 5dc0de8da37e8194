/* A log full screen, or several files beside one another. Thread: ui. */
#ifndef AZ_TUI_LOGS_LOG_SCREEN_H
#define AZ_TUI_LOGS_LOG_SCREEN_H

#include "tui/logs/log_client.h"
#include "tui/screen.h"

/* Takes a holder's part of each. */
struct screen *log_screen_new(struct log_client *const *clients, size_t n);

/* What it begins with, as `azdeck logs` was told. */
struct log_screen_start {
	struct str find;	     /* "": nothing */
	const struct wanted *wanted; /* NULL: every line */
	int64_t at_ms;		     /* goes there once lines have come; 0: to the end */
};
void log_screen_begin(struct screen *screen, struct app *app,
		      const struct log_screen_start *start);

#endif
