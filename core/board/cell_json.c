/* Cells as JSON values, and the object a rule sees. Thread: any; one object at
 * a time. */
#include "board/cell_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "base/xalloc.h"

static void put_iso(char out[CELL_ISO_MAX], double ms)
{
	struct utc u = utc_from_ms((int64_t)ms);

	if (u.ms)
		snprintf(out, CELL_ISO_MAX, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", u.year,
			 u.month, u.day, u.hour, u.minute, u.second, u.ms);
	else
		snprintf(out, CELL_ISO_MAX, "%04d-%02d-%02dT%02d:%02d:%02dZ", u.year,
			 u.month, u.day, u.hour, u.minute, u.second);
}

void cell_scalar(const struct column *column, const struct cell *cell,
		 struct cell_scalar *out)
{
	out->kind = SCALAR_NULL;
	if (cell->is_null)
		return;
	out->kind = SCALAR_NUMBER;
	out->number = cell->number;
	switch (column->type) {
	case CELL_TEXT:
	case CELL_STATE:
		out->kind = SCALAR_TEXT;
		out->text = cell->text;
		break;
	case CELL_TIME:
	case CELL_AGE:
		out->kind = SCALAR_TEXT;
		out->text = out->iso;
		put_iso(out->iso, cell->number);
		break;
	case CELL_DURATION:
		out->number /= 1000;
		break;
	case CELL_SERIES:
		out->kind = SCALAR_NULL;
		break;
	case CELL_NUMBER:
	case CELL_BYTES:
	case CELL_MONEY:
	case CELL_PERCENT:
		break;
	}
}

void row_object_init(struct row_object *o, const struct board_def *def, bool all)
{
	o->def = def;
	o->json = cJSON_CreateObject();
	o->members = xcalloc(def->n_columns + 1, sizeof(*o->members));
	o->scalars = xcalloc(def->n_columns + 1, sizeof(*o->scalars));
	for (size_t i = 0; i < def->n_columns; i++)
		if (all || def->columns[i].in_rules)
			o->members[i] =
				cJSON_AddNullToObject(o->json, def->columns[i].name);
}

static void set_member(cJSON *member, const struct cell_scalar *scalar)
{
	member->valuestring = NULL;
	if (!scalar || scalar->kind == SCALAR_NULL) {
		member->type = cJSON_NULL;
	} else if (scalar->kind == SCALAR_NUMBER) {
		member->type = cJSON_Number;
		member->valuedouble = scalar->number;
	} else {
		member->type = cJSON_String;
		member->valuestring = (char *)scalar->text;
	}
}

void row_object_set(struct row_object *o, const struct cell *cells)
{
	for (size_t i = 0; i < o->def->n_columns; i++) {
		if (!o->members[i])
			continue;
		cell_scalar(&o->def->columns[i], &cells[i], &o->scalars[i]);
		set_member(o->members[i], &o->scalars[i]);
	}
}

void row_object_fini(struct row_object *o)
{
	/* The texts are borrowed: cJSON must not free them. */
	for (size_t i = 0; i < o->def->n_columns; i++)
		if (o->members[i])
			set_member(o->members[i], NULL);
	cJSON_Delete(o->json);
	free(o->members);
	free(o->scalars);
}

static void put_series(const struct cell *cell, struct strbuf *out)
{
	strbuf_putc(out, '[');
	for (uint32_t i = 0; i < cell->series_n; i++) {
		if (i)
			strbuf_putc(out, ',');
		if (isnan(cell->series[i]))
			strbuf_puts(out, "null");
		else
			json_print_number(out, (double)cell->series[i]);
	}
	strbuf_putc(out, ']');
}

static void put_cell(const struct column *column, const struct cell *cell,
		     struct strbuf *out)
{
	struct cell_scalar scalar;

	json_print_text(out, str_from(column->name));
	strbuf_putc(out, ':');
	cell_scalar(column, cell, &scalar);
	if (column->type == CELL_SERIES && cell->series_n)
		put_series(cell, out);
	else if (scalar.kind == SCALAR_NUMBER)
		json_print_number(out, scalar.number);
	else if (scalar.kind == SCALAR_TEXT)
		json_print_text(out, str_from(scalar.text));
	else
		strbuf_puts(out, "null");
	strbuf_putc(out, ',');
	if (column->type == CELL_MONEY && column->currency) {
		strbuf_printf(out, "\"%s_currency\":", column->name);
		if (cell->text[0])
			json_print_text(out, str_from(cell->text));
		else
			strbuf_puts(out, "null");
		strbuf_putc(out, ',');
	}
}

void board_rows_json(const struct board *board, struct strbuf *out)
{
	const struct board_def *def = board->def;

	strbuf_putc(out, '[');
	for (size_t i = 0; i < board->n_rows && !out->overflow; i++) {
		strbuf_puts(out, i ? ",{" : "{");
		for (size_t k = 0; k < def->n_columns; k++)
			put_cell(&def->columns[k], &board->rows[i].cells[k], out);
		strbuf_printf(out, "\"severity\":\"%s\"}",
			      severity_name(board->rows[i].sev));
	}
	strbuf_putc(out, ']');
}
