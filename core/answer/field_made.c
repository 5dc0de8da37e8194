/* Sums, lists and counts. A sum of what is not all known is not known. */
#include "answer/field_made.h"

#include <stdio.h>
#include <string.h>

#include "base/timefmt.h"

static const struct column number_column = {.name = "number",
					    .title = "",
					    .type = CELL_NUMBER,
					    .decimals = -1};
static const struct column moment_column = {.name = "moment",
					    .title = "",
					    .type = CELL_TIME,
					    .decimals = -1};
static const struct column list_column = {.name = "list",
					  .title = "",
					  .type = CELL_TEXT,
					  .decimals = -1};

static const struct column minutes_column = {.name = "minutes",
					     .title = "",
					     .type = CELL_NUMBER,
					     .unit = "min"};

static void made(struct field *out, const struct column *column)
{
	out->made.text = "";
	out->column = column;
	out->cell = &out->made;
}

static void make_sum(const struct row_list *list, size_t column, struct field *out)
{
	made(out, &out->board->def->columns[column]);
	out->made.text = list->rows.p[0]->cells[column].text;
	for (size_t i = 0; i < list->rows.n; i++) {
		const struct cell *cell = &list->rows.p[i]->cells[column];

		out->made.number += cell->number;
		out->made.is_null |=
			cell->is_null || strcmp(cell->text, out->made.text) != 0;
	}
}

static void make_least(const struct row_list *list, size_t column, struct field *out)
{
	made(out, &out->board->def->columns[column]);
	out->made.text = list->rows.p[0]->cells[column].text;
	out->made.is_null = true;
	for (size_t i = 0; i < list->rows.n; i++) {
		const struct cell *cell = &list->rows.p[i]->cells[column];

		if (cell->is_null)
			continue;
		if (out->made.is_null || cell->number < out->made.number)
			out->made.number = cell->number;
		out->made.is_null = false;
	}
}

static bool is_before(const struct row_list *list, size_t i, size_t column)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(list->rows.p[k]->cells[column].text,
			   list->rows.p[i]->cells[column].text) == 0)
			return true;
	return false;
}

static void make_list(const struct row_list *list, size_t column, struct field *out)
{
	struct strbuf text;
	size_t more = 0;

	made(out, &list_column);
	strbuf_init(&text, sizeof(out->text) - sizeof(" and 1000000 more"));
	for (size_t i = 0; i < list->rows.n; i++) {
		const char *word = list->rows.p[i]->cells[column].text;

		if (!word[0] || is_before(list, i, column))
			continue;
		if (text.n + strlen(word) + 2 > text.max) {
			more++;
			continue;
		}
		strbuf_puts(&text, text.n ? ", " : "");
		strbuf_puts(&text, word);
	}
	out->made.is_null = text.n == 0;
	if (more)
		snprintf(out->text, sizeof(out->text), "%s and %zu more", text.p, more);
	else
		snprintf(out->text, sizeof(out->text), "%s", text.p);
	out->made.text = out->text;
	strbuf_fini(&text);
}

void field_make(enum field_how how, const struct row_list *list, size_t column,
		struct field *out)
{
	if (how == FIELD_LIST)
		make_list(list, column, out);
	else if (how == FIELD_LEAST)
		make_least(list, column, out);
	else
		make_sum(list, column, out);
}

static bool has_state(const struct board *board, const struct row *row, struct str word)
{
	if (str_eq_nocase(str_from(severity_name(row->sev)), word))
		return true;
	for (size_t i = 0; i < board->def->n_columns; i++)
		if (board->def->columns[i].type == CELL_STATE && word.n &&
		    field_cell_is(board, row, i, word))
			return true;
	return false;
}

void field_make_count(const char *which, struct field *out)
{
	struct str word = str_from(which);
	ptrdiff_t sign = str_find_char(word, '='), column = -1;

	if (sign > 0)
		column =
			board_def_column(out->board->def, str_sub(word, 0, (size_t)sign));
	made(out, &number_column);
	/* Of rows that were not read nobody knows how many they are. */
	out->made.is_null = out->board->is_partial || out->board->is_filling;
	for (size_t i = 0; i < out->board->n_rows; i++) {
		const struct row *row = &out->board->rows[i];

		out->made.number +=
			!word.n ? 1
			: column >= 0
				? field_cell_is(out->board, row, (size_t)column,
						str_sub(word, (size_t)sign + 1, word.n))
				: has_state(out->board, row, word);
	}
}

void field_make_kept(const struct evidence *e, struct field *out)
{
	const struct cell *days = out->cell;

	made(out, &moment_column);
	out->made.is_null = days->is_null;
	if (!days->is_null)
		out->made.number = (double)e->now_ms - days->number * DAY_MS;
}

void field_make_since(const struct evidence *e, struct field *out)
{
	const struct cell *moment = out->cell;

	made(out, &minutes_column);
	out->made.is_null = moment->is_null;
	if (!moment->is_null)
		out->made.number = ((double)e->now_ms - moment->number) / MINUTE_MS;
}

void field_make_own(const struct evidence *e, const char *what, struct field *out)
{
	made(out, strcmp(what, "now") == 0 ? &moment_column : &number_column);
	out->state = FIELD_KNOWN;
	out->as_of_ms = e->now_ms;
	if (out->column == &moment_column)
		out->made.number = (double)e->now_ms;
	for (size_t i = 0; out->column == &number_column && i < e->n; i++) {
		if (e->boards[i]->version > out->version)
			out->version = e->boards[i]->version;
		out->made.number = (double)out->version;
	}
}
