/* Thread: ui. */
#include "tui/pane/outlook_slot.h"

#include <math.h>
#include <stdlib.h>

#include "board/def.h"
#include "tui/widget/outlook_bar.h"

#define MOST_MARKS 12

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

/* "80,95,100" */
static size_t read_marks(const struct cell *cell, float out[MOST_MARKS])
{
	const char *text = cell && !cell->is_null ? cell->text : "";
	size_t n = 0;

	while (n < MOST_MARKS && *text) {
		char *end;

		out[n] = strtof(text, &end);
		if (end == text)
			break;
		n++;
		text = *end == ',' ? end + 1 : end;
	}
	return n;
}

void outlook_slot_put(const struct look *look, struct surface *s, struct rect at,
		      const struct board_def *def, const struct row *row)
{
	float marks[MOST_MARKS];
	double whole = number_of(def, row, "amount") / 100;

	if (!(whole > 0))
		return;
	outlook_bar_put(look, s, at,
			&(struct outlook_bar){
				.used = number_of(def, row, "spent") / whole,
				.low = number_of(def, row, "low") / whole,
				.mid = number_of(def, row, "mid") / whole,
				.high = number_of(def, row, "high") / whole,
				.marks = marks,
				.n_marks =
					read_marks(cell_of(def, row, "marks_pct"), marks),
				.sev = row->sev,
			});
}
