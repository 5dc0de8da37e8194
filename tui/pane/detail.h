/* One row: its fields, what its state means, its history, its source. Thread: ui. */
#ifndef AZ_TUI_PANE_DETAIL_H
#define AZ_TUI_PANE_DETAIL_H

#include "board/def.h"
#include "tui/screen.h"

struct screen *detail_new(const struct board_def *def, struct str key);

#endif
