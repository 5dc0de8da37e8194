/* A row of the board cost-outlook as one line: see widget/outlook_bar.h. Thread: ui. */
#ifndef AZ_TUI_PANE_OUTLOOK_SLOT_H
#define AZ_TUI_PANE_OUTLOOK_SLOT_H

#include "board/board.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

/* Nothing for a row without a budget. */
void outlook_slot_put(const struct look *look, struct surface *s, struct rect at,
		      const struct board_def *def, const struct row *row);

#endif
