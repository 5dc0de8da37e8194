/* See sql_hours.h. The board's day is the UTC day of the moment it was made; what is known
 * of the past reaches back to the newest change. */
#include "tui/pane/sql_hours.h"

#include <math.h>

#include "base/timefmt.h"
#include "board/read.h"
#include "tui/app_part.h"
#include "tui/widget/hours.h"
#include "tui/widget/mark.h"

enum { NAME_W = 24, WORD_W = 14, PARTS_MOST = 96 };

static const struct board *schedules(struct app *app)
{
	return app_board(app, "sql-schedules");
}

int sql_hours_lines(struct app *app, const struct section_how *how)
{
	const struct board *board = schedules(app);

	(void)how;
	return board && board->n_rows ? (int)board->n_rows + 1 : 0;
}

static int64_t day_start(int64_t now_ms)
{
	return now_ms - (now_ms % DAY_MS + DAY_MS) % DAY_MS;
}

/* What it has been since it last changed, until now. */
static void fill_actual(const struct board *board, size_t row, int64_t now_ms, float *out,
			size_t n)
{
	double level = read_number(board, row, "level");
	double since = read_number(board, row, "unchanged");

	for (size_t i = 0; i < n; i++) {
		double at = (double)day_start(now_ms) +
			    ((double)i + 0.5) * DAY_MS / (double)n;

		out[i] = !isnan(since) && at >= since && at <= (double)now_ms
				 ? (float)level
				 : NAN;
	}
}

static void draw_row(const struct look *look, struct surface *s, int y,
		     const struct board *board, size_t row)
{
	const struct cell *day = read_cell(board, row, "day");
	int w = surface_w(s) - NAME_W - WORD_W - 4;
	float actual[PARTS_MOST];

	surface_put_fit(s, 1, y, NAME_W, ROLE_STRONG,
			str_from(read_text(board, row, "name")), false);
	surface_put_fit(s, surface_w(s) - WORD_W, y, WORD_W,
			mark_value_role(board->rows[row].sev, ROLE_DIM),
			str_from(read_text(board, row, "drift")), false);
	if (!day || !day->series_n || day->series_n > PARTS_MOST) {
		surface_puts(s, NAME_W + 2, y, ROLE_UNKNOWN,
			     read_text(board, row, "tag"));
		return;
	}
	fill_actual(board, row, look->now_ms, actual, day->series_n);
	hours_put(look, s, NAME_W + 2, y, w,
		  &(struct hours){
			  .intended = day->series,
			  .actual = actual,
			  .n = day->series_n,
			  .now = (double)(look->now_ms - day_start(look->now_ms)) /
				 DAY_MS,
		  });
}

/* Worst first, as the table of the same board. */
void sql_hours_draw(struct app *app, const struct look *look, struct surface *s,
		    const struct section_how *how)
{
	const struct board *board = schedules(app);
	int y = 1;

	(void)how;
	if (!board)
		return;
	surface_puts(s, 1, 0, ROLE_HEADING, "TODAY, UTC");
	hours_put_scale(s, NAME_W + 2, 0, surface_w(s) - NAME_W - WORD_W - 4);
	surface_puts(s, surface_w(s) - WORD_W, 0, ROLE_HEADING, "DRIFT");
	for (int sev = SEV_CRIT; sev >= SEV_NONE; sev--) {
		for (size_t i = 0; i < board->n_rows && y < surface_h(s); i++) {
			if ((int)board->rows[i].sev == sev)
				draw_row(look, s, y++, board, i);
		}
	}
}
