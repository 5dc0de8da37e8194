/* Fields as sentences and as programs have them, and the names of cells. */
#include <math.h>
#include <stdlib.h>

#include "answer/field.h"
#include "answer/field_path.h"
#include "answer/field_rows.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "board/cell_json.h"

enum { TEXT_SHOWN = 320 };

/* "14:32 UTC" today, "10 Mar 06:00 UTC" this week, "29 Jan 2026". */
static void put_moment(struct strbuf *out, int64_t at_ms, int64_t now_ms)
{
	struct utc at = utc_from_ms(at_ms), now = utc_from_ms(now_ms);
	bool is_day = at_ms % DAY_MS == 0;
	bool is_today = at.year == now.year && at.yday == now.yday;
	bool is_near = llabs(at_ms - now_ms) < 7 * DAY_MS;

	if (is_day || !is_today) {
		strbuf_printf(out, "%d %s", at.day, month_name(at.month));
		if (at.year != now.year || (!is_near && !is_day))
			strbuf_printf(out, " %d", at.year);
	}
	if (!is_day && (is_today || is_near))
		strbuf_printf(out, "%s%02d:%02d UTC", is_today ? "" : " ", at.hour,
			      at.minute);
}

static void put_age(struct strbuf *out, int64_t at_ms, int64_t now_ms)
{
	put_moment(out, at_ms, now_ms);
	if (llabs(now_ms - at_ms) < MINUTE_MS)
		return;
	strbuf_puts(out, now_ms > at_ms ? " (" : " (in ");
	duration_format(out, llabs(now_ms - at_ms));
	strbuf_puts(out, now_ms > at_ms ? " ago)" : ")");
}

static void put_cell(struct strbuf *out, const struct evidence *e,
		     const struct field *field)
{
	int64_t at_ms = (int64_t)field->cell->number;

	if (field->column->type == CELL_TIME)
		put_moment(out, at_ms, e->now_ms);
	else if (field->column->type == CELL_AGE)
		put_age(out, at_ms, e->now_ms);
	else
		cell_format(out, field->column, field->cell, e->now_ms, TEXT_SHOWN);
}

/* When it was read, or that nobody knows. */
static void put_stale(struct strbuf *out, const struct evidence *e,
		      const struct field *field)
{
	strbuf_puts(out, " (stale");
	if (field->board->fetched_ms > 0) {
		strbuf_puts(out, ": read ");
		put_moment(out, field->board->fetched_ms, e->now_ms);
	}
	strbuf_putc(out, ')');
}

void field_put(struct strbuf *out, const struct evidence *e, const struct field *field)
{
	switch (field->state) {
	case FIELD_KNOWN:
		put_cell(out, e, field);
		break;
	case FIELD_STALE:
		put_cell(out, e, field);
		put_stale(out, e, field);
		break;
	case FIELD_UNKNOWN:
		strbuf_puts(out, "not known");
		break;
	case FIELD_NO_ROW:
		strbuf_printf(out, "there is no \"%s\"", field->key);
		break;
	case FIELD_AMBIGUOUS:
		strbuf_printf(out, "which one: %s", field->choices);
		break;
	case FIELD_NO_BOARD:
		strbuf_puts(out, "not known: its board has not been read");
		break;
	case FIELD_NO_NAME:
	case FIELD_STATES:
		strbuf_puts(out, "not known: no field is called so");
		break;
	}
}

bool field_put_value(struct strbuf *out, const struct field *field)
{
	struct cell_scalar scalar;

	if (field->state != FIELD_KNOWN && field->state != FIELD_STALE)
		return false;
	cell_scalar(field->column, field->cell, &scalar);
	if (scalar.kind == SCALAR_NUMBER)
		json_print_number(out, scalar.number);
	else if (scalar.kind == SCALAR_TEXT)
		strbuf_puts(out, scalar.text);
	return scalar.kind == SCALAR_NUMBER;
}

void field_put_pattern(struct strbuf *out, const struct field_def *def)
{
	strbuf_puts(out, def->root);
	if (def->rows && def->rows->match)
		strbuf_puts(out, "[KEY]");
	if (def->name[0])
		strbuf_printf(out, ".%s", def->name);
}

/* The first of its name, of one row that any row of the board can be. */
static bool is_plain(size_t i)
{
	const struct field_def *def = field_at(i);

	if (!def->rows || def->rows->how != FIELD_ONE || def->rows->where ||
	    def->rows->newest || !def->rows->match)
		return false;
	for (size_t k = 0; k < i; k++)
		if (str_is(str_from(field_at(k)->root), def->root) &&
		    str_is(str_from(field_at(k)->name), def->name))
			return false;
	return true;
}

static const struct field_def *plain_def(const struct board *board,
					 const struct column *column)
{
	for (size_t i = 0; i < field_count(); i++) {
		const struct field_def *def = field_at(i);

		if (str_is(str_from(def->board), board->def->name) &&
		    str_is(str_from(def->column), column->name) && is_plain(i))
			return def;
	}
	return NULL;
}

bool field_name_cell(struct strbuf *out, const struct board *board, const struct row *row,
		     const struct column *column)
{
	static const struct field_rows any_row = {.match = NULL};
	const struct field_def *def = column ? plain_def(board, column) : NULL;
	const char *name = def ? def->name : column ? column->name : "";
	size_t start = out->n;

	strbuf_printf(out, "%s[", def ? def->root : board->def->name);
	field_rows_put_key(out, board, def ? def->rows : &any_row, row);
	strbuf_printf(out, "]%s%s", name[0] ? "." : "", name);
	if (!out->overflow && out->n - start < FIELD_PATH_MOST)
		return true;
	strbuf_cut(out, start);
	return false;
}
