/* Thread: ui. */
#include "tui/pane/outlook_slot.h"

#include <math.h>

#include "board/def.h"
#include "tui/widget/outlook_bar.h"

static const struct cell *cell_of(const struct board_def *def, const struct row *row,
				  const char *column)
{
	ptrdiff_t index = board_def_column(def, str_from(column));

	return index < 0 ? NULL : &row->cells[index];
}

static double number_of(const struct board_def *def, const struct row *row,
			const char *column)
{
	const struct cell *cell = cell_of(def, row, column);

	return cell && !cell->is_null ? cell->number : NAN;
}

void outlook_slot_put(const struct look *look, struct surface *s, struct rect at,
		      const struct board_def *def, const struct row *row)
{
	const struct cell *marks = cell_of(def, row, "marks_pct");
	double whole = number_of(def, row, "amount") / 100;

	if (!(whole > 0))
		return;
	outlook_bar_put(look, s, at,
			&(struct outlook_bar){
				.used = number_of(def, row, "spent") / whole,
				.low = number_of(def, row, "low") / whole,
				.mid = number_of(def, row, "mid") / whole,
				.high = number_of(def, row, "high") / whole,
				.marks = marks ? marks->series : NULL,
				.n_marks = marks ? marks->series_n : 0,
				.sev = row->sev,
			});
}
