/* See phrase.h. Cells hold what services and people wrote: none of it may become a link,
 * a heading or an emphasis in somebody's channel. */
#include "handover/phrase.h"

#include "base/markdown_text.h"
#include "base/timefmt.h"
#include "board/def.h"

enum { CELL_CELLS = 120, PART_BYTES = 4096 };

void phrase_put_time(struct strbuf *out, int64_t at_ms, int64_t now_ms)
{
	struct utc at = utc_from_ms(at_ms), now = utc_from_ms(now_ms);

	if (at.year != now.year || at.yday != now.yday)
		strbuf_printf(out, "%04d-%02d-%02d ", at.year, at.month, at.day);
	strbuf_printf(out, "%02d:%02d (%s", at.hour, at.minute,
		      at_ms > now_ms ? "in " : "");
	duration_format(out, at_ms > now_ms ? at_ms - now_ms : now_ms - at_ms);
	strbuf_puts(out, at_ms > now_ms ? ")" : " ago)");
}

/* False when it is unknown. */
static bool put_cell(struct strbuf *out, const struct board *board, const struct row *row,
		     struct str name, int64_t now_ms)
{
	ptrdiff_t c = board_def_column(board->def, name);
	const struct cell *cell = c >= 0 ? &row->cells[c] : NULL;
	struct strbuf text;

	if (!cell || cell->is_null)
		return false;
	if (board->def->columns[c].type == CELL_AGE ||
	    board->def->columns[c].type == CELL_TIME) {
		phrase_put_time(out, (int64_t)cell->number, now_ms);
		return true;
	}
	strbuf_init(&text, PART_BYTES);
	cell_format(&text, &board->def->columns[c], cell, now_ms, CELL_CELLS);
	markdown_put_text(out, strbuf_str(&text));
	strbuf_fini(&text);
	return true;
}

/* False when a cell of it is unknown; it stands as a dash. */
static bool put_part(struct strbuf *out, struct str part, const struct board *board,
		     const struct row *row, int64_t now_ms)
{
	bool is_known = true;
	ptrdiff_t open, close;

	while ((open = str_find_char(part, '{')) >= 0 &&
	       (close = str_find_char(part, '}')) > open) {
		strbuf_put(out, str_sub(part, 0, (size_t)open));
		if (!put_cell(out, board, row,
			      str_sub(part, (size_t)open + 1, (size_t)(close - open - 1)),
			      now_ms)) {
			strbuf_puts(out, "–");
			is_known = false;
		}
		part = str_sub(part, (size_t)close + 1, part.n);
	}
	strbuf_put(out, part);
	return is_known;
}

void phrase_put(struct strbuf *out, const char *phrase, const struct board *board,
		const struct row *row, int64_t now_ms)
{
	struct str rest = str_from(phrase);
	ptrdiff_t open, close;
	struct strbuf part;

	strbuf_init(&part, PART_BYTES);
	while ((open = str_find_char(rest, '[')) >= 0 &&
	       (close = str_find_char(rest, ']')) > open) {
		struct str inside =
			str_sub(rest, (size_t)open + 1, (size_t)(close - open - 1));

		put_part(out, str_sub(rest, 0, (size_t)open), board, row, now_ms);
		strbuf_reset(&part);
		if (put_part(&part, inside, board, row, now_ms))
			strbuf_put(out, strbuf_str(&part));
		rest = str_sub(rest, (size_t)close + 1, rest.n);
	}
	put_part(out, rest, board, row, now_ms);
	strbuf_fini(&part);
}

struct str phrase_cell(const char *phrase, size_t i)
{
	struct str rest = str_from(phrase);
	ptrdiff_t open, close;

	while ((open = str_find_char(rest, '{')) >= 0 &&
	       (close = str_find_char(rest, '}')) > open) {
		if (i-- == 0)
			return str_sub(rest, (size_t)open + 1,
				       (size_t)(close - open - 1));
		rest = str_sub(rest, (size_t)close + 1, rest.n);
	}
	return STR("");
}
