/* Fields read: the dictionary first, then any cell of any board. Of several rows of the
 * dictionary that are called the same, the one that knows most answers. */
#include "answer/field.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "answer/field_made.h"
#include "answer/field_path.h"
#include "answer/field_rows.h"
#include "base/count.h"

const char *field_state_name(enum field_state state)
{
	static const char *const names[FIELD_STATES] = {
#define X(id, word, help) word,
		FIELD_STATE_LIST(X)
#undef X
	};

	return names[state];
}

const char *field_state_help(enum field_state state)
{
	static const char *const helps[FIELD_STATES] = {
#define X(id, word, help) help,
		FIELD_STATE_LIST(X)
#undef X
	};

	return helps[state];
}

/* A row by its key, of any board. */
static const struct field_rows any_row = {.match = NULL};

static bool has_been_read(const struct board *board)
{
	return board && !board->is_loading && (board->fetched_ms > 0 || board->n_rows);
}

static void put_path(struct field *out, struct str root, struct str key, struct str name)
{
	struct strbuf path;

	strbuf_init(&path, sizeof(out->path) - 1);
	strbuf_put(&path, root);
	if (key.n)
		strbuf_printf(&path, "[%.*s]", STR_ARG(key));
	if (name.n)
		strbuf_printf(&path, ".%.*s", STR_ARG(name));
	snprintf(out->path, sizeof(out->path), "%s", path.p);
	strbuf_fini(&path);
}

/* With the row's own name, or with the key as it was asked for. */
static void name_path(struct field *out, const struct field_rows *rows, struct str root,
		      struct str name)
{
	struct strbuf key;

	strbuf_init(&key, FIELD_KEY_MOST);
	if (out->row && rows && (out->key[0] || out->board->n_rows > 1))
		field_rows_put_key(&key, out->board, rows, out->row);
	else
		field_path_put_key(&key, str_from(out->key));
	put_path(out, root, strbuf_str(&key), name);
	strbuf_fini(&key);
}

static void set_unit(struct field *out)
{
	const char *unit = "";

	switch (out->column->type) {
	case CELL_PERCENT:
		unit = "%";
		break;
	case CELL_MONEY:
		unit = out->cell->text;
		break;
	case CELL_BYTES:
		unit = "B";
		break;
	case CELL_DURATION:
		unit = "s";
		break;
	case CELL_NUMBER:
		unit = out->column->unit ? out->column->unit : "";
		break;
	case CELL_TEXT:
	case CELL_TIME:
	case CELL_AGE:
	case CELL_STATE:
	case CELL_SERIES:
		break;
	}
	snprintf(out->unit, sizeof(out->unit), "%s", unit);
}

/* What was found is known, or stale, or null. */
static void set_state(const struct evidence *e, struct field *out)
{
	bool is_null = out->cell->is_null || out->column->type == CELL_SERIES;

	out->state = is_null				   ? FIELD_UNKNOWN
		     : board_is_old(out->board, e->now_ms) ? FIELD_STALE
							   : FIELD_KNOWN;
	if (!is_null)
		set_unit(out);
}

static void take_row(const struct field_rows *rows, const struct row *row, size_t column,
		     struct field *out)
{
	ptrdiff_t as_of =
		rows->as_of ? board_def_column(out->board->def, str_from(rows->as_of))
			    : -1;

	out->row = row;
	out->column = &out->board->def->columns[column];
	out->cell = &row->cells[column];
	if (as_of >= 0 && !row->cells[as_of].is_null)
		out->as_of_ms = (int64_t)row->cells[as_of].number;
}

static void choose(const struct field_rows *rows, const struct row_list *list,
		   struct field *out)
{
	struct strbuf choices;

	strbuf_init(&choices, sizeof(out->choices) - 1);
	field_rows_put_choices(&choices, out->board, rows, list);
	snprintf(out->choices, sizeof(out->choices), "%s", choices.p);
	strbuf_fini(&choices);
	out->state = FIELD_AMBIGUOUS;
}

/* What a board says of rows by a key, in one of its columns. */
static void read_cell(const struct evidence *e, const struct field_rows *rows,
		      size_t column, struct field *out)
{
	struct row_list list = {0};

	field_rows_find(out->board, rows, str_from(out->key), &list);
	if (!list.rows.n) {
		/* What could not be read may well be there. */
		out->state = out->board->is_partial || out->board->is_filling
				     ? FIELD_UNKNOWN
				     : FIELD_NO_ROW;
	} else if (!field_rows_agree(out->board, rows, &list)) {
		choose(rows, &list, out);
	} else if (rows->how == FIELD_SUM || rows->how == FIELD_LIST ||
		   rows->how == FIELD_LEAST) {
		field_make(rows->how, &list, column, out);
		set_state(e, out);
	} else if (list.rows.n > 1) {
		choose(rows, &list, out);
	} else {
		take_row(rows, list.rows.p[0], column, out);
		if (rows->how == FIELD_SINCE)
			field_make_since(e, out);
		else if (rows->how == FIELD_KEPT)
			field_make_kept(e, out);
		set_state(e, out);
	}
	vec_fini(&list.rows);
}

/* Where it would stand; false: its board has not been read. */
static bool set_board(const struct evidence *e, const char *name, struct field *out)
{
	const struct board *board = evidence_board(e, name);

	if (!has_been_read(board)) {
		out->state = FIELD_NO_BOARD;
		return false;
	}
	out->board = board;
	out->version = board->version;
	out->as_of_ms = board->fetched_ms;
	return true;
}

static void read_def(const struct evidence *e, const struct field_path *path,
		     const struct field_def *def, struct field *out)
{
	ptrdiff_t column;

	*out = (struct field){.def = def};
	snprintf(out->key, sizeof(out->key), "%s", path->key);
	if (!def->board[0] && def->rows) {
		field_make_runbook(e, def->column, out);
	} else if (!def->board[0]) {
		field_make_own(e, def->column, out);
	} else if (set_board(e, def->board, out)) {
		column = board_def_column(out->board->def, str_from(def->column));
		if (column < 0)
			out->state = FIELD_UNKNOWN;
		else
			read_cell(e, def->rows, (size_t)column, out);
	}
	name_path(out, def->rows, str_from(def->root), str_from(def->name));
}

/* How much a state tells; a board that was not read may have what another has not. */
static int worth(enum field_state state)
{
	static const enum field_state order[] = {FIELD_NO_NAME,	  FIELD_NO_ROW,
						 FIELD_NO_BOARD,  FIELD_UNKNOWN,
						 FIELD_AMBIGUOUS, FIELD_STALE,
						 FIELD_KNOWN};

	for (size_t i = 0; i < COUNT(order); i++)
		if (order[i] == state)
			return (int)i;
	return 0;
}

/* Copies what was read; a cell that was made moves along. */
static void take(struct field *out, const struct field *from)
{
	bool is_made = from->cell == &from->made;

	*out = *from;
	if (is_made)
		out->cell = &out->made;
	if (is_made && out->made.text == from->text)
		out->made.text = out->text;
}

/* A key means nothing to a field that is of a whole board. */
static bool is_of(const struct field_path *path, const struct field_def *def)
{
	return field_path_is(path, def->root, def->name) &&
	       (!path->has_key || (def->rows && def->rows->match));
}

static bool read_dictionary(const struct evidence *e, const struct field_path *path,
			    struct field *out)
{
	bool is_in = false;

	for (size_t i = 0; i < field_count(); i++) {
		const struct field_def *def = field_at(i);
		struct field one;

		if (!is_of(path, def))
			continue;
		read_def(e, path, def, &one);
		if (!is_in || worth(one.state) > worth(out->state))
			take(out, &one);
		is_in = true;
	}
	return is_in;
}

/* "agents.count": the board before the last dot, and whether this is behind it. */
static bool is_whole(const struct field_path *path, const char *what, struct str *board)
{
	struct str word = str_from(what), root = path->root;

	if (path->name.n || root.n <= word.n + 1 || !str_ends_nocase(root, word) ||
	    root.p[root.n - word.n - 1] != '.')
		return false;
	*board = str_sub(root, 0, root.n - word.n - 1);
	return true;
}

/* The name of a board that a path of none of the dictionary's fields is of. */
static struct str board_of(const struct field_path *path)
{
	struct str board;

	if (is_whole(path, "count", &board) || is_whole(path, "sum", &board))
		return board;
	return path->root;
}

static void read_whole(const struct evidence *e, const struct field_path *path,
		       struct field *out)
{
	struct row_list list = {0};
	struct str board;
	ptrdiff_t column = board_def_column(out->board->def, str_from(path->key));

	if (is_whole(path, "count", &board)) {
		field_make_count(path->has_key ? path->key : "", out);
		set_state(e, out);
	} else if (column < 0) {
		out->state = FIELD_NO_NAME;
	} else {
		field_rows_find(out->board, &any_row, (struct str){0}, &list);
		field_make(FIELD_SUM, &list, (size_t)column, out);
		set_state(e, out);
		vec_fini(&list.rows);
	}
	put_path(out, path->root, str_from(path->key), (struct str){0});
}

static void read_board(const struct evidence *e, const struct field_path *path,
		       struct field *out)
{
	struct str name = board_of(path);
	char board[64];
	ptrdiff_t column;

	*out = (struct field){.state = FIELD_NO_NAME};
	snprintf(out->key, sizeof(out->key), "%s", path->key);
	snprintf(board, sizeof(board), "%.*s", STR_ARG(name));
	if (name.n >= sizeof(board) ||
	    (name.p == path->root.p && name.n == path->root.n && !path->has_key))
		return;
	if (!set_board(e, board, out)) {
		if (!evidence_board(e, board) &&
		    (!e->library || !library_find(e->library, name)))
			out->state = FIELD_NO_NAME;
		put_path(out, path->root, str_from(path->key), path->name);
		return;
	}
	if (name.n != path->root.n) {
		read_whole(e, path, out);
		return;
	}
	column = path->name.n ? board_def_column(out->board->def, path->name) : 0;
	if (column < 0 || !out->board->def->n_columns)
		out->state = FIELD_NO_NAME;
	else
		read_cell(e, &any_row, (size_t)column, out);
	name_path(out, &any_row, path->root, path->name);
}

void field_read(const struct evidence *e, struct str text, struct field *out)
{
	struct field_path path;

	*out = (struct field){.state = FIELD_NO_NAME};
	if (field_path_parse(text, &path) && !read_dictionary(e, &path, out))
		read_board(e, &path, out);
}

static void add_board(const char *out[FIELD_BOARDS_MOST], size_t *n, const char *board)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp(out[i], board) == 0)
			return;
	if (*n < FIELD_BOARDS_MOST && board[0])
		out[(*n)++] = board;
}

size_t field_boards(const struct library *library, struct str text,
		    const char *out[FIELD_BOARDS_MOST])
{
	const struct board_def *def;
	struct field_path path;
	bool is_in = false;
	size_t n = 0;

	if (!field_path_parse(text, &path))
		return 0;
	for (size_t i = 0; i < field_count(); i++) {
		const struct field_def *row = field_at(i);

		if (is_of(&path, row)) {
			add_board(out, &n, row->board);
			is_in = true;
		}
	}
	def = is_in || !library ? NULL : library_find(library, board_of(&path));
	if (def)
		add_board(out, &n, def->name);
	return n;
}
