/* A board full screen. Thread: ui. */
#ifndef AZ_TUI_PANE_TABLE_SCREEN_H
#define AZ_TUI_PANE_TABLE_SCREEN_H

#include "board/def.h"
#include "tui/screen.h"

/* `filter` and `key` (the row to begin at) may be empty. */
struct screen *table_screen_new(struct app *app, const struct board_def *def,
				struct str filter, struct str key);

#endif
