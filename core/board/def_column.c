/* The columns of a definition, with what is left out filled in by type.
 * Thread: any; one reader at a time. */
#include "base/json.h"
#include "base/utf8.h"
#include "board/def_part.h"

enum { MAX_COLUMNS = 64, MIN_STEP_MS = 1000 };

static bool is_right(enum cell_type type)
{
	return type != CELL_TEXT && type != CELL_STATE && type != CELL_TIME &&
	       type != CELL_SERIES;
}

static int min_of(int a, int b)
{
	return a < b ? a : b;
}

static void read_shape(struct def_reader *r, const cJSON *object, struct column *column)
{
	const char *align = def_text(r, object, "align", DEF_OPTIONAL);
	int title = column->title ? utf8_width(str_from(column->title)) : 0;

	column->align = is_right(column->type) ? ALIGN_RIGHT : ALIGN_LEFT;
	if (align && str_eq(str_from(align), STR("right")))
		column->align = ALIGN_RIGHT;
	else if (align && str_eq(str_from(align), STR("left")))
		column->align = ALIGN_LEFT;
	else if (align)
		def_fail(r, "align", "must be left or right");
	column->min_width =
		def_int(r, object, "min", 1, 200, min_of(title ? title : 1, 8));
	column->max_width = def_int(r, object, "max", 1, 200, 0);
	if (column->max_width && column->max_width < column->min_width)
		def_fail(r, "max", "must not be below \"min\" (%d)", column->min_width);
	column->decimals = def_int(r, object, "decimals", 0, 9, -1);
}

/* true: we keep what we see; an expression: the answer brings its own past. */
static void read_history(struct def_reader *r, const cJSON *object, struct column *column)
{
	if (cJSON_IsString(json_member(object, "history")))
		column->past = def_query(r, object, "history", DEF_REQUIRED);
	else
		column->has_history = def_bool(r, object, "history");
}

static void read_value(struct def_reader *r, const cJSON *object, struct column *column)
{
	bool is_series = column->type == CELL_SERIES;

	column->history_of = def_text(r, object, "series_of", DEF_OPTIONAL);
	column->value = def_query(r, object, "value",
				  column->history_of ? DEF_OPTIONAL : DEF_REQUIRED);
	column->currency = def_query(r, object, "currency", DEF_OPTIONAL);
	read_history(r, object, column);
	if (column->history_of && !is_series)
		def_fail(r, "series_of", "is for columns of type series");
	if (column->history_of && column->value)
		def_fail(r, "value", "a series has either \"value\" or \"series_of\"");
	if (column->currency && column->type != CELL_MONEY && !is_series)
		def_fail(r, "currency", "is for columns of type money or series");
	column->step_ms = def_span(r, object, "step", MIN_STEP_MS, 0);
	if (column->step_ms && !column->past && (!is_series || column->history_of))
		def_fail(r, "step", "is for a series that the answer brings");
	if ((column->has_history || column->past) &&
	    (column->type == CELL_TEXT || column->type == CELL_STATE || is_series))
		def_fail(r, "history", "is for columns of numbers");
}

static void read_column(struct def_reader *r, const cJSON *object, struct column *column,
			bool is_first)
{
	const char *type;

	def_only(r, object,
		 "name title about type value currency priority min max align unit "
		 "decimals "
		 "history step series_of hidden severity");
	column->name = def_text(r, object, "name", DEF_REQUIRED);
	if (column->name && !def_is_name(str_from(column->name)))
		def_fail(r, "name", "must be letters, digits and _");
	if (column->name && str_eq(str_from(column->name), STR("severity")))
		def_fail(r, "name", "every row has a severity of its own");
	column->title = def_text(r, object, "title", DEF_REQUIRED);
	column->about = def_text(r, object, "about", DEF_OPTIONAL);
	type = def_text(r, object, "type", DEF_OPTIONAL);
	if (type && !cell_type_find(str_from(type), &column->type))
		def_fail(r, "type",
			 "no such type: %s (text, number, bytes, money, percent, time, "
			 "age, "
			 "duration, state, series)",
			 type);
	column->priority = def_int(r, object, "priority", 1, 9, is_first ? 1 : 5);
	column->unit = def_text(r, object, "unit", DEF_OPTIONAL);
	column->is_hidden = def_bool(r, object, "hidden");
	read_shape(r, object, column);
	read_value(r, object, column);
	column->rules =
		def_read_rules(r, object,
			       column->type == CELL_TEXT || column->type == CELL_STATE,
			       &column->n_rules);
}

static bool is_numeric(const struct column *column)
{
	return column->type != CELL_TEXT && column->type != CELL_STATE &&
	       column->type != CELL_SERIES;
}

/* A series names a column of numbers, and that column keeps its history. */
static void tie_series(struct def_reader *r, struct board_def *def,
		       struct column *columns)
{
	for (size_t i = 0; i < def->n_columns && !r->failed; i++) {
		ptrdiff_t at;
		size_t mark;

		if (!columns[i].history_of)
			continue;
		at = board_def_column(def, str_from(columns[i].history_of));
		mark = def_enter_item(r, i);
		if (at < 0 || !is_numeric(&columns[at]))
			def_fail(r, "series_of", "no column of numbers is named %s",
				 columns[i].history_of);
		else
			columns[at].has_history = !columns[at].past;
		def_leave(r, mark);
	}
}

void def_read_columns(struct def_reader *r, const cJSON *root, struct board_def *def)
{
	const cJSON *list = def_array(r, root, "columns", DEF_REQUIRED), *at;
	struct column *columns;
	size_t mark;

	if (!list)
		return;
	mark = def_enter(r, "columns");
	if (cJSON_GetArraySize(list) > MAX_COLUMNS)
		def_fail(r, NULL, "more than %d columns", MAX_COLUMNS);
	columns = arena_calloc(r->arena, (size_t)cJSON_GetArraySize(list) + 1,
			       sizeof(*columns));
	def->columns = columns;
	cJSON_ArrayForEach (at, list) {
		struct column *column = &columns[def->n_columns];
		size_t inner = def_enter_item(r, def->n_columns);

		if (!cJSON_IsObject(at))
			def_fail(r, NULL, "must be an object {...}");
		if (!r->failed)
			read_column(r, at, column, def->n_columns == 0);
		if (!r->failed && board_def_column(def, str_from(column->name)) >= 0)
			def_fail(r, "name", "given twice: %s", column->name);
		def_leave(r, inner);
		if (r->failed)
			break;
		def->n_columns++;
	}
	if (!def->n_columns)
		def_fail(r, NULL, "needs one column at least");
	tie_series(r, def, columns);
	def_leave(r, mark);
}
