/* The overview: all panes at once, as far as the terminal has room. Thread: ui. */
#ifndef AZ_TUI_PANE_OVERVIEW_H
#define AZ_TUI_PANE_OVERVIEW_H

#include "tui/screen.h"

struct screen *overview_new(void);

#endif
