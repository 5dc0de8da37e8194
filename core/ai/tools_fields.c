/* Tools over single figures: their values, and how they went. */
#include <math.h>

#include "ai/tools_part.h"
#include "answer/field.h"
#include "base/json.h"
#include "base/timefmt.h"

enum { POINTS_SHOWN = 24, VALUE_MOST = 400 };

static void put_field(struct tool_call *call, const char *path)
{
	struct strbuf *out = &call->body, text;
	struct field field;

	field_read(call->e, str_from(path), &field);
	strbuf_init(&text, VALUE_MOST);
	field_put(&text, call->e, &field);
	strbuf_puts(out, "{\"cite\":");
	json_print_text(out, str_from(field.path[0] ? field.path : path));
	strbuf_puts(out, ",\"value\":");
	if (field.state == FIELD_KNOWN || field.state == FIELD_STALE)
		json_print_text(out, strbuf_str(&text));
	else
		strbuf_puts(out, "null");
	strbuf_printf(out, ",\"state\":\"%s\"", field_state_name(field.state));
	if (field.choices[0]) {
		strbuf_puts(out, ",\"rows\":");
		json_print_text(out, str_from(field.choices));
	}
	if (field.version)
		strbuf_printf(out, ",\"version\":%llu",
			      (unsigned long long)field.version);
	if (field.as_of_ms) {
		strbuf_puts(out, ",\"age\":\"");
		duration_format(out, call->e->now_ms - field.as_of_ms);
		strbuf_putc(out, '"');
	}
	strbuf_puts(out, "}\n");
	strbuf_fini(&text);
}

void tool_fields(struct tool_call *call)
{
	const cJSON *item;
	size_t left = 0;

	cJSON_ArrayForEach (item, json_member(call->args, "fields")) {
		size_t mark = call->body.n;

		put_field(call, item->valuestring);
		if (!call->body.overflow)
			continue;
		strbuf_cut(&call->body, mark);
		call->body.overflow = false;
		left++;
	}
	strbuf_puts(&call->head, "Cite each as [S:CITE]. What is unknown, stale or not "
				 "there has to be said so.\n");
	if (left)
		strbuf_printf(&call->head, "%zu did not fit: ask for fewer.\n", left);
}

static void put_number(struct strbuf *out, double value)
{
	if (isnan(value))
		strbuf_puts(out, "null");
	else
		strbuf_printf(out, "%.6g", value);
}

/* The least and the most of it, and it in so many even steps. */
static void put_series(struct tool_call *call, const struct field *field)
{
	const struct cell *cell = field->cell;
	size_t n = cell->series_n, shown = n < POINTS_SHOWN ? n : POINTS_SHOWN, known = 0;
	double least = NAN, most = NAN;

	for (size_t i = 0; i < n; i++) {
		double value = (double)cell->series[i];

		known += !isnan(value);
		least = fmin(least, value);
		most = fmax(most, value);
	}
	strbuf_printf(&call->body, "{\"cite\":");
	json_print_text(&call->body, str_from(field->path));
	strbuf_printf(&call->body, ",\"points\":%zu,\"known\":%zu,\"least\":", n, known);
	put_number(&call->body, least);
	strbuf_puts(&call->body, ",\"most\":");
	put_number(&call->body, most);
	strbuf_puts(&call->body, ",\"oldest_first\":[");
	for (size_t i = 0; i < shown; i++) {
		if (i)
			strbuf_putc(&call->body, ',');
		put_number(
			&call->body,
			(double)cell->series[shown > 1 ? i * (n - 1) / (shown - 1) : 0]);
	}
	strbuf_puts(&call->body, "]}\n");
}

void tool_history(struct tool_call *call)
{
	const char *path = json_text(call->args, "field");
	struct field field;

	field_read(call->e, str_from(path), &field);
	if (!field.cell || !field.cell->series_n) {
		strbuf_puts(&call->head,
			    "Of that field no past is kept. As it stands:\n");
		put_field(call, path);
		return;
	}
	strbuf_puts(&call->head,
		    "Say how it went in words, and cite only what it is now, "
		    "as [S:CITE].");
	if (field.column && field.column->step_ms) {
		strbuf_puts(&call->head, " A point is ");
		duration_format(&call->head, field.column->step_ms);
		strbuf_puts(&call->head, " long.");
	} else {
		strbuf_puts(&call->head, " A point is a look at it.");
	}
	strbuf_putc(&call->head, '\n');
	put_series(call, &field);
}
