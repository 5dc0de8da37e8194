/* Signals as bytes in a pipe, so that the loop sees them like anything else.
 * Thread: ui. */
#ifndef AZ_TUI_SIGNALS_H
#define AZ_TUI_SIGNALS_H

#include <stdbool.h>

/* What has come since the last look. */
struct signals {
	bool is_resized;
	bool is_stopped;   /* someone asks us to stop, as ctrl-z would */
	bool is_continued; /* stopped by others, and back */
	int end;	   /* SIGTERM, SIGHUP or SIGINT; 0: none */
};

/* The descriptor to poll, or -1. */
int signals_open(void);
struct signals signals_read(void);
/* Stops the process group as ctrl-z would and returns when it is continued; at
 * once when nobody is there who could continue it. */
void signals_stop(void);
/* Ends the program as the signal would have, for the caller's status. */
void signals_die(int signal_number);

#endif
