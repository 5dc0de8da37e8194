/* The help overlay: what every key does on the screen below, from the keymap and
 * the command table themselves. Thread: ui. */
#ifndef AZ_TUI_PANE_HELP_H
#define AZ_TUI_PANE_HELP_H

#include "tui/screen.h"

/* `shown`: the commands that screen puts forward, NULL ended; they come first. */
struct screen *help_new(enum context context, const char *const *shown);

#endif
