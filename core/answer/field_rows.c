/* Keys to rows. A row's own key comes first, then its name, then the last part of an id,
 * then a name with a word in front that tells it from others of that name. */
#include "answer/field_rows.h"

#include "answer/field_path.h"
#include "base/count.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "board/def.h"

enum { CHOICES_SHOWN = 6, WORD_MAX = 64 };

static bool is_text(const struct column *column)
{
	return column->type == CELL_TEXT || column->type == CELL_STATE;
}

/* A day is meant where no clock is said. */
static bool is_moment(double ms, struct str word)
{
	int64_t at, is = (int64_t)ms;

	if (!time_parse(word, &at))
		return false;
	return word.n <= sizeof("2026-03-11") - 1 ? at / DAY_MS == is / DAY_MS
						  : at / 1000 == is / 1000;
}

bool field_cell_is(const struct board *board, const struct row *row, size_t column,
		   struct str word)
{
	const struct column *c = &board->def->columns[column];
	const struct cell *cell = &row->cells[column];
	struct strbuf text;
	bool is_it;

	if (cell->is_null)
		return word.n == 0;
	if (is_text(c))
		return str_eq_nocase(str_from(cell->text), word);
	if (c->type == CELL_TIME || c->type == CELL_AGE)
		return is_moment(cell->number, word);
	if (c->type == CELL_SERIES)
		return false;
	strbuf_init(&text, WORD_MAX);
	json_print_number(&text, cell->number);
	is_it = str_eq(strbuf_str(&text), word);
	strbuf_fini(&text);
	return is_it;
}

/* "kind=budget,state!=over" */
static bool holds(const struct board *board, const struct row *row, const char *terms)
{
	struct str rest = str_from(terms), term;

	while (str_next(&rest, ',', &term)) {
		ptrdiff_t sign = str_find_char(term, '='), column;
		bool is_not = sign > 0 && term.p[sign - 1] == '!';

		if (sign <= 0)
			return false;
		column = board_def_column(board->def,
					  str_sub(term, 0, (size_t)sign - is_not));
		if (column < 0 ||
		    field_cell_is(board, row, (size_t)column,
				  str_sub(term, (size_t)sign + 1, term.n)) == is_not)
			return false;
	}
	return true;
}

static bool has_name(const struct board *board, const struct field_rows *rows,
		     const struct row *row, struct str name)
{
	struct str rest = str_from(rows->match), part;

	if (!rows->match)
		return board->def->n_columns && field_cell_is(board, row, 0, name);
	while (str_next(&rest, ',', &part)) {
		ptrdiff_t column = board_def_column(board->def, part);

		if (column >= 0 && field_cell_is(board, row, (size_t)column, name))
			return true;
	}
	return false;
}

static bool ends_id(const struct row *row, struct str name)
{
	size_t n = row->key.n;

	return n > name.n && row->key.p[n - name.n - 1] == '/' &&
	       str_ends_nocase(row->key, name);
}

/* Whether a part of its key, or one of its words, is this. */
static bool has_word(const struct board *board, const struct row *row, struct str word)
{
	struct str rest = row->key, part;

	while (str_next(&rest, '/', &part))
		if (str_eq_nocase(part, word))
			return true;
	for (size_t i = 0; i < board->def->n_columns; i++)
		if (is_text(&board->def->columns[i]) && word.n &&
		    field_cell_is(board, row, i, word))
			return true;
	return false;
}

/* "QUALIFIER/NAME", wherever the stroke between them is: names have strokes too. */
static bool is_qualified(const struct board *board, const struct field_rows *rows,
			 const struct row *row, struct str key)
{
	for (size_t i = 1; i + 1 < key.n; i++) {
		struct str name = str_sub(key, i + 1, key.n);

		if (key.p[i] == '/' &&
		    (has_name(board, rows, row, name) || ends_id(row, name)) &&
		    has_word(board, row, str_sub(key, 0, i)))
			return true;
	}
	return false;
}

static bool is_meant(const struct board *board, const struct field_rows *rows,
		     const struct row *row, struct str key, int pass)
{
	switch (pass) {
	case 0:
		return str_eq_nocase(row->key, key);
	case 1:
		return has_name(board, rows, row, key);
	case 2:
		return ends_id(row, key);
	default:
		return is_qualified(board, rows, row, key);
	}
}

/* Keeps those that are preferred, where there are any. */
static void keep_preferred(const struct board *board, const char *prefer,
			   struct row_list *list)
{
	size_t n = 0;

	for (size_t i = 0; i < list->rows.n; i++)
		if (holds(board, list->rows.p[i], prefer))
			list->rows.p[n++] = list->rows.p[i];
	if (n)
		list->rows.n = n;
}

static void keep_newest(const struct board *board, const char *name,
			struct row_list *list)
{
	ptrdiff_t column = board_def_column(board->def, str_from(name));
	const struct row *newest = NULL;

	for (size_t i = 0; column >= 0 && i < list->rows.n; i++) {
		const struct row *row = list->rows.p[i];

		if (!row->cells[column].is_null &&
		    (!newest || row->cells[column].number > newest->cells[column].number))
			newest = row;
	}
	if (newest) {
		list->rows.p[0] = newest;
		list->rows.n = 1;
	}
}

void field_rows_find(const struct board *board, const struct field_rows *rows,
		     struct str key, struct row_list *out)
{
	for (int pass = 0; pass < 4 && !out->rows.n; pass++)
		for (size_t i = 0; i < board->n_rows; i++) {
			const struct row *row = &board->rows[i];

			if (key.n && !is_meant(board, rows, row, key, pass))
				continue;
			if (!rows->where || holds(board, row, rows->where))
				vec_push(&out->rows, row);
		}
	if (out->rows.n > 1 && rows->prefer)
		keep_preferred(board, rows->prefer, out);
	if (out->rows.n > 1 && rows->newest)
		keep_newest(board, rows->newest, out);
}

bool field_rows_agree(const struct board *board, const struct field_rows *rows,
		      const struct row_list *list)
{
	ptrdiff_t i =
		rows->same ? board_def_column(board->def, str_from(rows->same)) : -1;

	for (size_t k = 1; i >= 0 && k < list->rows.n; k++)
		if (cell_compare(&board->def->columns[i], &list->rows.p[0]->cells[i],
				 &list->rows.p[k]->cells[i]) != 0)
			return false;
	return true;
}

static bool means_only(const struct board *board, const struct field_rows *rows,
		       struct str key, const struct row *row)
{
	struct row_list list = {0};
	bool is_only;

	field_rows_find(board, rows, key, &list);
	is_only = list.rows.n == 1 && list.rows.p[0] == row;
	vec_fini(&list.rows);
	return is_only;
}

/* The name that a person calls it; empty where it has none. */
static struct str own_name(const struct board *board, const struct field_rows *rows,
			   const struct row *row)
{
	struct str rest = str_from(rows->match), part = {0};
	ptrdiff_t column = 0;

	if (rows->match && str_next(&rest, ',', &part))
		column = board_def_column(board->def, part);
	if (column < 0 || (size_t)column >= board->def->n_columns ||
	    !is_text(&board->def->columns[column]))
		return (struct str){0};
	return str_from(row->cells[column].text);
}

/* Where a thing is tells it from others of its name, and stays so: of the words that do
 * that, those come first. */
static bool is_place(const struct column *column)
{
	static const char *const places[] = {
		"server",  "cluster",	 "namespace",	 "vault",      "workspace",
		"account", "container",	 "pool",	 "group",      "project",
		"org",	   "connection", "subscription", "repository", "profile",
	};

	return is_text(column) &&
	       str_is_among(str_from(column->name), places, COUNT(places));
}

static bool put_qualified(struct strbuf *out, const struct board *board,
			  const struct field_rows *rows, const struct row *row,
			  struct str name)
{
	size_t columns = board->def->n_columns;
	struct strbuf key;
	bool is_found = false;

	strbuf_init(&key, FIELD_KEY_MOST - 1);
	for (size_t i = 0; i < 2 * columns && !is_found; i++) {
		const struct column *column = &board->def->columns[i % columns];
		const struct cell *cell = &row->cells[i % columns];

		if (!is_text(column) || is_place(column) != (i < columns) ||
		    cell->is_null || !cell->text[0])
			continue;
		strbuf_reset(&key);
		strbuf_printf(&key, "%s/%.*s", cell->text, STR_ARG(name));
		is_found =
			!key.overflow && means_only(board, rows, strbuf_str(&key), row);
	}
	if (is_found)
		field_path_put_key(out, strbuf_str(&key));
	strbuf_fini(&key);
	return is_found;
}

void field_rows_put_key(struct strbuf *out, const struct board *board,
			const struct field_rows *rows, const struct row *row)
{
	struct str name = own_name(board, rows, row);

	if (name.n && name.n < FIELD_KEY_MOST && means_only(board, rows, name, row))
		field_path_put_key(out, name);
	else if (!name.n || !put_qualified(out, board, rows, row, name))
		field_path_put_key(out, row->key);
}

void field_rows_put_choices(struct strbuf *out, const struct board *board,
			    const struct field_rows *rows, const struct row_list *list)
{
	size_t n = list->rows.n < CHOICES_SHOWN ? list->rows.n : CHOICES_SHOWN;

	for (size_t i = 0; i < n; i++) {
		strbuf_puts(out, i ? ", " : "");
		field_rows_put_key(out, board, rows, list->rows.p[i]);
	}
	if (list->rows.n > n)
		strbuf_printf(out, " and %zu more", list->rows.n - n);
}
