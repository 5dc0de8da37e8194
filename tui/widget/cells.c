/* One cell of a board, drawn. Thread: any (no state).
 *
 * A unit is what follows the last digit of a formatted number; it is drawn dim so
 * that a column of figures reads as figures. */
#include "tui/widget/cells.h"

#include <math.h>

#include "base/timefmt.h"
#include "base/utf8.h"
#include "tui/widget/mark.h"
#include "tui/widget/spark.h"

#define CELL_MAX_BYTES 600

bool cells_is_right(const struct column *column)
{
	return column->align == ALIGN_RIGHT;
}

/* The deck's clock stands still for a minute: what happened since is no future. */
static int64_t now_for(const struct look *look, const struct column *column,
		       const struct cell *cell)
{
	int64_t at = (int64_t)cell->number;

	if (column->type != CELL_AGE || cell->is_null || at < look->now_ms ||
	    at - look->now_ms >= MINUTE_MS)
		return look->now_ms;
	return at;
}

void cells_text(struct strbuf *out, const struct look *look, const struct column *column,
		const struct cell *cell, int max_cells)
{
	int64_t now_ms = now_for(look, column, cell);

	if (look->is_ascii)
		cell_format_ascii(out, column, cell, now_ms, max_cells);
	else
		cell_format(out, column, cell, now_ms, max_cells);
}

int cells_width(const struct look *look, const struct column *column,
		const struct cell *cell, int limit)
{
	struct strbuf text;
	int w;

	if (column->type == CELL_SERIES)
		return limit < 12 ? limit : 12;
	strbuf_init(&text, CELL_MAX_BYTES);
	cells_text(&text, look, column, cell, limit);
	w = utf8_width(strbuf_str(&text));
	strbuf_fini(&text);
	return w < limit ? w : limit;
}

/* Spans of time are all units ("14m12s"), so none of it is dimmed. */
static bool has_unit(const struct column *column)
{
	return column->type == CELL_NUMBER || column->type == CELL_BYTES ||
	       column->type == CELL_MONEY || column->type == CELL_PERCENT;
}

static size_t unit_offset(struct str text)
{
	size_t at = text.n;

	while (at > 0 && !(text.p[at - 1] >= '0' && text.p[at - 1] <= '9'))
		at--;
	return at;
}

void cells_put_spark(const struct look *look, struct surface *s, struct rect at,
		     const struct column *column, const struct cell *cell)
{
	struct series series = {.p = cell->series,
				.n = cell->series_n,
				.low = NAN,
				.high = NAN};

	if (column->type == CELL_PERCENT) {
		series.low = 0;
		series.high = 100;
	}
	spark_put(look, s, at.x, at.y, at.w,
		  mark_value_role((enum severity)cell->sev, ROLE_SPARK), &series);
}

void cells_put(const struct look *look, struct surface *s, struct rect at,
	       const struct column *column, const struct cell *cell, enum role calm)
{
	enum role role = mark_value_role((enum severity)cell->sev, calm);
	struct strbuf text;
	struct str all;

	if (column->type == CELL_SERIES) {
		cells_put_spark(look, s, at, column, cell);
		return;
	}
	strbuf_init(&text, CELL_MAX_BYTES);
	cells_text(&text, look, column, cell, at.w);
	all = strbuf_str(&text);
	if (cell->is_null)
		role = ROLE_UNKNOWN;
	if (has_unit(column) && !cell->is_null && utf8_width(all) <= at.w) {
		size_t split = unit_offset(all);
		int x = cells_is_right(column) ? at.x + at.w - utf8_width(all) : at.x;

		x += surface_put(s, x, at.y, role, str_sub(all, 0, split));
		surface_put(s, x, at.y, cell->sev >= SEV_WARN ? role : ROLE_DIM,
			    str_sub(all, split, all.n - split));
	} else {
		surface_put_fit(s, at.x, at.y, at.w, role, all, cells_is_right(column));
	}
	strbuf_fini(&text);
}
