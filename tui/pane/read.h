/* Figures of a pane, read out of boards. Thread: ui. */
#ifndef AZ_TUI_PANE_READ_H
#define AZ_TUI_PANE_READ_H

#include "board/def.h"
#include "board/read.h"
#include "tui/widget/figures.h"
#include "tui/widget/look.h"

/* Adds a figure formatted like the column; nothing when the value is unknown. */
size_t figure_add(struct figure *out, size_t n, size_t max, const struct look *look,
		  const struct board *board, const char *column, double value,
		  const char *label);
/* Adds a count; nothing when it is 0. */
size_t figure_count(struct figure *out, size_t n, size_t max, unsigned count,
		    const char *label, enum severity sev);

#endif
