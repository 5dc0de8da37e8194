/* The deck as a program: terminal, app and worker put together, and the one loop
 * of the user's thread. Thread: ui. */
#ifndef AZ_TUI_DECK_H
#define AZ_TUI_DECK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "cli/world.h"
#include "tui/app.h"

struct deck_options {
	bool is_demo;
	struct cli_world world;
	const char *theme;  /* NULL: the configuration's, or "dark" */
	const char *keymap; /* NULL: the configuration's, or "default" */
	bool is_ascii;
	bool is_plain; /* no colour */
	bool is_read_only;
	bool has_no_mouse;
	const char *log_path;	 /* NULL: no log */
	const char *config_path; /* NULL: the usual place */
	const struct clock *clock;
	const struct app_pager *pager; /* NULL: the deck; else files and nothing else */
};

/* Runs until the user leaves; the exit code. */
int deck_run(const struct deck_options *options);

#endif
