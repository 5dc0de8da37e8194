/* The lines of a row's detail. Thread: ui. */
#include "tui/pane/detail_text.h"

#include <math.h>

#include "base/json.h"
#include "base/sanitize.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "board/cell_json.h"
#include "board/link.h"
#include "tui/widget/cells.h"
#include "tui/widget/mark.h"
#include "tui/widget/wrap.h"

#define CHART_ROWS    4
#define LEAST_LABEL   10 /* "what to do" */
#define MOST_LABEL    18
#define LABEL_GAPS    4 /* two blanks before it, one behind, one at the right edge */
#define MAX_RAW_BYTES ((size_t)1 << 20)

void detail_text_reset(struct detail_text *text)
{
	text->lines.n = 0;
	text->n_links = 0;
	arena_reset(&text->arena);
}

static void add(struct detail_text *text, struct detail_line line)
{
	vec_push(&text->lines, line);
}

static const char *keep(struct detail_text *text, struct str s)
{
	return arena_strdup(&text->arena, s);
}

static void add_wrapped(struct detail_text *text, struct detail_line line, struct str all,
			int w)
{
	do {
		struct str part = wrap_next(&all, w < 8 ? 8 : w);

		line.text = keep(text, str_trim(part));
		add(text, line);
		line.label = "";
	} while (all.n > 0);
}

static void add_head(struct detail_text *text, const char *title, const char *remark)
{
	if (text->lines.n > 0)
		add(text, (struct detail_line){.kind = DETAIL_TEXT, .text = ""});
	add(text,
	    (struct detail_line){.kind = DETAIL_HEAD, .text = title, .label = remark});
}

static void add_field(struct detail_text *text, const struct look *look,
		      const struct column *column, const struct cell *cell, int w)
{
	struct detail_line line = {.kind = DETAIL_FIELD, .label = column->title};
	struct strbuf value;

	line.role = cell->is_null ? ROLE_UNKNOWN
				  : mark_value_role((enum severity)cell->sev, ROLE_TEXT);
	strbuf_init(&value, 4096);
	cells_text(&value, look, column, cell, 0);
	if (cell->sev >= SEV_UNKNOWN && !cell->is_null)
		strbuf_printf(&value, "  %s %s",
			      mark_text(look, (enum severity)cell->sev),
			      severity_name((enum severity)cell->sev));
	add_wrapped(text, line, strbuf_str(&value), w - text->label_w - LABEL_GAPS);
	strbuf_fini(&value);
}

static void add_state(struct detail_text *text, const struct board_def *def,
		      const struct column *column, const struct cell *cell, int w)
{
	const struct state_about *state;

	if (column->type != CELL_STATE || cell->is_null)
		return;
	state = board_def_state(def, str_from(cell->text));
	if (!state)
		return;
	add_head(text, keep(text, str_from(cell->text)), NULL);
	if (state->means && *state->means)
		add_wrapped(text,
			    (struct detail_line){.kind = DETAIL_FIELD, .label = "means"},
			    str_from(state->means), w - text->label_w - LABEL_GAPS);
	if (state->todo && *state->todo)
		add_wrapped(text,
			    (struct detail_line){.kind = DETAIL_FIELD,
						 .label = "what to do",
						 .role = ROLE_STRONG},
			    str_from(state->todo), w - text->label_w - LABEL_GAPS);
}

void detail_put_figure(struct strbuf *out, const struct look *look,
		       const struct detail_line *line, double value, int max_cells)
{
	struct cell cell = {.text = line->cell->text, .number = value};
	struct column column = *line->column;

	if (column.type == CELL_SERIES && !column.currency) {
		strbuf_printf(out, "%.4g", value);
		return;
	}
	if (column.type == CELL_SERIES)
		column.type = CELL_MONEY;
	cells_text(out, look, &column, &cell, max_cells);
}

/* "2% to 42%, 12% on average": what a line cannot say in figures. */
static const char *range_of(struct detail_text *text, const struct look *look,
			    const struct detail_line *line)
{
	const struct cell *cell = line->cell;
	double low = INFINITY, high = -INFINITY, sum = 0;
	const char *kept;
	struct strbuf out;
	size_t n = 0;

	for (size_t i = 0; i < cell->series_n; i++) {
		if (!isfinite(cell->series[i]))
			continue;
		low = fmin(low, cell->series[i]);
		high = fmax(high, cell->series[i]);
		sum += cell->series[i];
		n++;
	}
	if (n == 0)
		return NULL;
	strbuf_init(&out, 200);
	detail_put_figure(&out, look, line, low, 12);
	strbuf_puts(&out, " to ");
	detail_put_figure(&out, look, line, high, 12);
	strbuf_puts(&out, ", ");
	detail_put_figure(&out, look, line, sum / (double)n, 12);
	strbuf_puts(&out, " on average");
	kept = keep(text, strbuf_str(&out));
	strbuf_fini(&out);
	return kept;
}

/* "-55m", or by counting where the times of the values are not known. */
static const char *reach_of(struct detail_text *text, const struct detail_line *line)
{
	size_t steps = line->cell->series_n - 1;
	const char *kept;
	struct strbuf out;

	strbuf_init(&out, 64);
	if (line->column->step_ms > 0) {
		strbuf_putc(&out, '-');
		duration_format(&out, (int64_t)steps * line->column->step_ms);
	} else {
		strbuf_printf(&out, "%zu fetch%s back", steps, steps == 1 ? "" : "es");
	}
	kept = keep(text, strbuf_str(&out));
	strbuf_fini(&out);
	return kept;
}

static void add_chart(struct detail_text *text, const struct look *look,
		      const struct column *column, const struct cell *cell)
{
	struct detail_line line = {.kind = DETAIL_CHART,
				   .cell = cell,
				   .column = column,
				   .chart_rows = CHART_ROWS};
	const char *range;

	if (cell->series_n < 2 || !cell->series)
		return;
	range = range_of(text, look, &line);
	if (!range)
		return; /* a line of gaps says less than its field's dash */
	add_head(text, column->title, range);
	for (; line.chart_row < CHART_ROWS; line.chart_row++)
		add(text, line);
	line.kind = DETAIL_AXIS;
	line.text = reach_of(text, &line);
	add(text, line);
}

/* What the widest heading takes, so that a narrow screen is left to the values. */
static int label_width(const struct board_def *def)
{
	int widest = LEAST_LABEL;

	for (size_t i = 0; i < def->n_columns; i++) {
		int w = utf8_width(str_from(def->columns[i].title));

		if (def->columns[i].type != CELL_SERIES && w > widest)
			widest = w;
	}
	return widest < MOST_LABEL ? widest : MOST_LABEL;
}

void detail_fields(struct detail_text *text, const struct look *look,
		   const struct board *board, const struct row *row, int w)
{
	const struct board_def *def = board->def;

	text->label_w = label_width(def);
	for (size_t i = 0; i < def->n_columns; i++) {
		if (def->columns[i].type != CELL_SERIES)
			add_field(text, look, &def->columns[i], &row->cells[i], w);
	}
}

void detail_history(struct detail_text *text, const struct look *look,
		    const struct board *board, const struct row *row)
{
	const struct board_def *def = board->def;

	for (size_t i = 0; i < def->n_columns; i++)
		add_chart(text, look, &def->columns[i], &row->cells[i]);
}

static void add_links(struct detail_text *text, const struct look *look,
		      const struct board *board, const struct row *row)
{
	const struct board_def *def = board->def;
	struct row_object object;
	struct strbuf filter;

	row_object_init(&object, def, true);
	row_object_set(&object, row->cells);
	strbuf_init(&filter, 400);
	for (size_t i = 0; i < def->n_links; i++) {
		const struct link_def *link = &def->links[i];

		if (!link_filter(link, &object, look->now_ms, &filter))
			continue;
		if (text->n_links == 0)
			add_head(text, "Related", NULL);
		add(text,
		    (struct detail_line){.kind = DETAIL_LINK,
					 .text = link->title ? link->title : link->board,
					 .link = text->n_links++,
					 .target = link,
					 .filter = keep(text, strbuf_str(&filter))});
	}
	strbuf_fini(&filter);
	row_object_fini(&object);
}

int detail_link_line(const struct detail_text *text, size_t link)
{
	for (size_t i = 0; i < text->lines.n; i++) {
		if (text->lines.p[i].kind == DETAIL_LINK && text->lines.p[i].link == link)
			return (int)i;
	}
	return -1;
}

void detail_meaning(struct detail_text *text, const struct look *look,
		    const struct board *board, const struct row *row, int w)
{
	const struct board_def *def = board->def;

	for (size_t i = 0; i < def->n_columns; i++)
		add_state(text, def, &def->columns[i], &row->cells[i], w);
	add_links(text, look, board, row);
	if (def->about && *def->about) {
		add_head(text, "About this board", NULL);
		add_wrapped(text,
			    (struct detail_line){.kind = DETAIL_TEXT, .role = ROLE_DIM},
			    str_from(def->about), w - 3);
	}
}

/* Bytes of `  "name": `, the member a line of JSON begins with; 0: none. */
static size_t name_bytes(struct str line)
{
	size_t i = 0;

	while (i < line.n && line.p[i] == ' ')
		i++;
	if (i == line.n || line.p[i] != '"')
		return 0;
	for (i++; i < line.n && line.p[i] != '"'; i++) {
		if (line.p[i] == '\\')
			i++;
	}
	return i + 2 < line.n && line.p[i + 1] == ':' ? i + 2 : 0;
}

void detail_raw(struct detail_text *text, const struct row *row, int w)
{
	struct err err = {0};
	cJSON *json =
		row->raw.n > 0 ? json_parse(row->raw, &json_wire, NULL, &err) : NULL;
	struct strbuf pretty, line;
	struct str rest, part;
	size_t name;

	if (!json) {
		add(text,
		    (struct detail_line){.kind = DETAIL_TEXT,
					 .text = "the source of this row was not kept",
					 .role = ROLE_DIM});
		return;
	}
	strbuf_init(&pretty, MAX_RAW_BYTES);
	strbuf_init(&line, MAX_RAW_BYTES);
	json_print_pretty(&pretty, json);
	rest = strbuf_str(&pretty);
	while (str_next(&rest, '\n', &part)) {
		size_t indent = 0;

		while (indent < part.n && part.p[indent] == '\t')
			indent++;
		strbuf_reset(&line);
		strbuf_pad(&line, ' ', indent * 2);
		sanitize_line(&line, str_sub(part, indent, part.n - indent));
		part = strbuf_str(&line);
		name = name_bytes(part);
		do {
			int used;
			struct str piece = utf8_prefix(part, w - 3, &used);

			if (piece.n == 0)
				piece = part;
			add(text, (struct detail_line){.kind = DETAIL_JSON,
						       .text = keep(text, piece),
						       .name_n = name});
			name -= name < piece.n ? name : piece.n;
			part = str_sub(part, piece.n, part.n - piece.n);
		} while (part.n > 0);
	}
	strbuf_fini(&pretty);
	strbuf_fini(&line);
	cJSON_Delete(json);
}
