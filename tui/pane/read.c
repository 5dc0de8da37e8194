/* See read.h. Thread: ui. */
#include "tui/pane/read.h"

#include <math.h>
#include <stdio.h>

#include "tui/widget/cells.h"

size_t figure_add(struct figure *out, size_t n, size_t max, const struct look *look,
		  const struct board *board, const char *column, double value,
		  const char *label)
{
	ptrdiff_t index = board ? board_def_column(board->def, str_from(column)) : -1;
	struct cell cell = {.number = value, .text = "", .sev = SEV_NONE};
	struct strbuf text;

	if (index < 0 || !isfinite(value) || n >= max)
		return n;
	/* In the currency of the first that is known. */
	for (size_t i = 0; board->def->columns[index].type == CELL_MONEY &&
			   i < board->n_rows && !*cell.text;
	     i++)
		cell.text = read_text(board, i, column);
	strbuf_init(&text, sizeof(out[n].value) - 1);
	cells_text(&text, look, &board->def->columns[index], &cell, 16);
	out[n] = (struct figure){.label = label};
	snprintf(out[n].value, sizeof(out[n].value), "%s", text.p);
	strbuf_fini(&text);
	return n + 1;
}

size_t figure_count(struct figure *out, size_t n, size_t max, unsigned count,
		    const char *label, enum severity sev)
{
	if (count == 0 || n >= max)
		return n;
	out[n] = (struct figure){.label = label, .sev = sev};
	snprintf(out[n].value, sizeof(out[n].value), "%u", count);
	return n + 1;
}
