/* One cell of a board, drawn: right or left, unit dimmed, null as unknown, states
 * with their severity, series as sparklines. Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_CELLS_H
#define AZ_TUI_WIDGET_CELLS_H

#include "board/board.h"
#include "board/def.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

/* The cell as a person reads it, in what glyphs there are. */
void cells_text(struct strbuf *out, const struct look *look, const struct column *column,
		const struct cell *cell, int max_cells);
/* Cells a formatted value needs, at most `limit`. */
int cells_width(const struct look *look, const struct column *column,
		const struct cell *cell, int limit);
/* In exactly w cells. `calm` is the role of a value that is well. */
void cells_put(const struct look *look, struct surface *s, struct rect at,
	       const struct column *column, const struct cell *cell, enum role calm);
/* The history of a numeric cell, or a series cell, as a sparkline. */
void cells_put_spark(const struct look *look, struct surface *s, struct rect at,
		     const struct column *column, const struct cell *cell);
bool cells_is_right(const struct column *column);

#endif
