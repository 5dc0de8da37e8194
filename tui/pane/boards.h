/* The list of all boards. Thread: ui. */
#ifndef AZ_TUI_PANE_BOARDS_H
#define AZ_TUI_PANE_BOARDS_H

#include "tui/screen.h"

struct screen *boards_new(void);

#endif
