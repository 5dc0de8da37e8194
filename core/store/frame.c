/* See frame.h. An entry: what, number, length, then the row's severity and its cells,
 * in a part each behind its column's number; a cell: a byte of marks, then what its type
 * has. */
#include "store/frame.h"

#include <math.h>
#include <string.h>

#include "base/sanitize.h"
#include "store/bytes.h"

enum { MARK_NULL = 1, MARK_WHOLE = 2, MARK_SERIES = 4, SEV_SHIFT = 3, SEV_MASK = 7 };
enum { MARK_DECIMAL = 64, DECIMALS_MOST = 3, DECIMALS_BITS = 2, MARKS_ALL = 127 };
enum { COLUMNS_MOST = 256, SERIES_MOST = 1000, ROW_MOST_BYTES = 1 << 20 };

/* The head keeps it apart from the rows, which are names of the same scope. */
#define LAYOUT_HEAD "layout:"

void frame_layout(const struct board_def *def, struct strbuf *out)
{
	strbuf_puts(out, LAYOUT_HEAD "\n");
	for (size_t i = 0; i < def->n_columns; i++)
		strbuf_printf(out, "%s:%s\n", def->columns[i].name,
			      cell_type_name(def->columns[i].type));
}

static bool has_text(enum cell_type type)
{
	return type == CELL_TEXT || type == CELL_STATE || type == CELL_MONEY;
}

static bool has_number(enum cell_type type)
{
	return type != CELL_TEXT && type != CELL_STATE && type != CELL_SERIES;
}

/* What the answer brought; a past that azdeck kept itself is in the samples. */
static bool has_own_series(const struct column *column, const struct cell *cell)
{
	return cell->series_n > 0 &&
	       (column->past || (column->type == CELL_SERIES && !column->history_of));
}

static bool is_whole(double number)
{
	return number == floor(number) && fabs(number) < 9e15;
}

static const double powers[DECIMALS_MOST + 1] = {1, 10, 100, 1000};

/* 37.5 is 375 with one decimal: most figures are short that way. 0: this one is not. */
static unsigned decimals_of(double number)
{
	for (unsigned n = 1; n <= DECIMALS_MOST; n++) {
		double whole = nearbyint(number * powers[n]);

		if (fabs(whole) < 1e9 && whole / powers[n] == number)
			return n;
	}
	return 0;
}

static uint8_t put_number(struct strbuf *out, double number)
{
	unsigned decimals = is_whole(number) ? 0 : decimals_of(number);

	if (decimals) {
		bytes_put_i64(out, (int64_t)nearbyint(number * powers[decimals]) *
						   (1 << DECIMALS_BITS) |
					   decimals);
		return MARK_DECIMAL;
	}
	if (is_whole(number)) {
		bytes_put_i64(out, (int64_t)number);
		return MARK_WHOLE;
	}
	bytes_put_double(out, number);
	return 0;
}

static void put_series(struct strbuf *out, const struct cell *cell)
{
	uint32_t n = cell->series_n < SERIES_MOST ? cell->series_n : SERIES_MOST;

	bytes_put_size(out, n);
	for (uint32_t i = cell->series_n - n; i < cell->series_n; i++)
		bytes_put_float(out, cell->series[i]);
}

static void put_cell(struct strbuf *out, const struct column *column,
		     const struct cell *cell)
{
	bool series = has_own_series(column, cell);
	size_t at = out->n;
	uint8_t marks = (uint8_t)((cell->is_null ? MARK_NULL : 0) |
				  (series ? MARK_SERIES : 0) | cell->sev << SEV_SHIFT);

	strbuf_putc(out, 0);
	if (has_number(column->type) && !cell->is_null)
		marks |= put_number(out, cell->number);
	if (out->n > at)
		out->p[at] = (char)marks;
	if (has_text(column->type) && !cell->is_null)
		bytes_put_text(out, str_from(cell->text));
	if (series)
		put_series(out, cell);
}

/* A row of a megabyte is no row a person reads: left out, like a gone one. */
static void put_entry(struct strbuf *out, enum frame_kind kind, int64_t id,
		      struct strbuf *cells)
{
	strbuf_putc(out, (char)(cells->overflow ? FRAME_GONE : kind));
	bytes_put_i64(out, id);
	if (!cells->overflow)
		bytes_put_text(out, strbuf_str(cells));
	strbuf_fini(cells);
}

void frame_put_row(struct strbuf *out, int64_t id, const struct board_def *def,
		   const struct row *row)
{
	struct strbuf cells;

	strbuf_init(&cells, ROW_MOST_BYTES);
	strbuf_putc(&cells, (char)row->sev);
	for (size_t i = 0; i < def->n_columns; i++)
		put_cell(&cells, &def->columns[i], &row->cells[i]);
	put_entry(out, FRAME_ROW, id, &cells);
}

static bool same_series(const struct cell *a, const struct cell *b)
{
	return a->series_n == b->series_n &&
	       (a->series_n == 0 ||
		memcmp(a->series, b->series, a->series_n * sizeof(*a->series)) == 0);
}

static bool same_cell(const struct column *column, const struct cell *a,
		      const struct cell *b)
{
	if (a->is_null != b->is_null || a->sev != b->sev)
		return false;
	if (has_own_series(column, b) && !same_series(a, b))
		return false;
	if (has_number(column->type) && a->number != b->number)
		return false;
	return !has_text(column->type) || strcmp(a->text, b->text) == 0;
}

void frame_put_part(struct strbuf *out, int64_t id, const struct board_def *def,
		    const struct row *before, const struct row *row, bool all_figures)
{
	struct strbuf cells;

	strbuf_init(&cells, ROW_MOST_BYTES);
	strbuf_putc(&cells, (char)row->sev);
	for (size_t i = 0; i < def->n_columns; i++) {
		const struct column *column = &def->columns[i];

		if (!(all_figures && has_number(column->type)) &&
		    same_cell(column, &before->cells[i], &row->cells[i]))
			continue;
		bytes_put_size(&cells, i);
		put_cell(&cells, column, &row->cells[i]);
	}
	put_entry(out, FRAME_PART, id, &cells);
}

void frame_put_gone(struct strbuf *out, int64_t id)
{
	strbuf_putc(out, FRAME_GONE);
	bytes_put_i64(out, id);
}

bool frame_next(struct str *rest, struct frame_entry *entry)
{
	uint8_t what;

	*entry = (struct frame_entry){0};
	if (!bytes_get_byte(rest, &what) || !bytes_get_i64(rest, &entry->id))
		return false;
	if (what < FRAME_ROW || what > FRAME_PART) {
		rest->n = 0;
		return false;
	}
	entry->kind = (enum frame_kind)what;
	return entry->kind == FRAME_GONE || bytes_get_text(rest, &entry->bytes);
}

bool frame_map_make(struct frame_map *map, struct str layout, const struct board_def *def,
		    struct arena *arena)
{
	struct str line, name, type;

	*map = (struct frame_map){
		.places = arena_calloc(arena, COLUMNS_MOST, sizeof(*map->places))};
	while (str_next(&layout, '\n', &line)) {
		struct frame_place *place = &map->places[map->n];

		if (line.n == 0 || str_eq(line, STR(LAYOUT_HEAD)))
			continue;
		if (map->n == COLUMNS_MOST || !str_next(&line, ':', &name) ||
		    !str_next(&line, ':', &type) || !cell_type_find(type, &place->type))
			return false;
		place->to = board_def_column(def, name);
		if (place->to >= 0 && def->columns[place->to].type != place->type)
			place->to = -1;
		map->n++;
	}
	return map->n > 0;
}

static bool read_series(struct str *from, struct arena *arena, struct cell *cell)
{
	uint64_t n;
	float *series;

	if (!bytes_get_size(from, &n) || n > SERIES_MOST)
		return false;
	series = arena_alloc(arena, (size_t)n * sizeof(*series));
	for (uint64_t i = 0; i < n; i++) {
		if (!bytes_get_float(from, &series[i]))
			return false;
	}
	cell->series = series;
	cell->series_n = (uint32_t)n;
	return true;
}

static bool read_number(struct str *from, uint8_t marks, struct cell *cell)
{
	int64_t whole = 0;

	if (!(marks & (MARK_WHOLE | MARK_DECIMAL)))
		return bytes_get_double(from, &cell->number);
	if (!bytes_get_i64(from, &whole))
		return false;
	cell->number = (double)whole;
	if (marks & MARK_DECIMAL)
		cell->number =
			(double)(whole >> DECIMALS_BITS) / powers[whole & DECIMALS_MOST];
	return true;
}

static bool read_cell(struct str *from, enum cell_type type, struct arena *arena,
		      struct cell *cell)
{
	struct str text = {0};
	uint8_t marks;

	*cell = (struct cell){.text = ""};
	if (!bytes_get_byte(from, &marks) || marks > MARKS_ALL ||
	    (marks >> SEV_SHIFT & SEV_MASK) > SEV_CRIT)
		return false;
	cell->sev = marks >> SEV_SHIFT & SEV_MASK;
	cell->is_null = marks & MARK_NULL;
	if (!cell->is_null && has_number(type) && !read_number(from, marks, cell))
		return false;
	if (!cell->is_null && has_text(type)) {
		if (!bytes_get_text(from, &text))
			return false;
		cell->text = sanitize_to_arena(arena, text).p;
	}
	return !(marks & MARK_SERIES) || read_series(from, arena, cell);
}

bool frame_read_row(struct str bytes, const struct frame_map *map,
		    const struct board_def *def, struct arena *arena, struct row *row)
{
	uint8_t sev;

	if (!bytes_get_byte(&bytes, &sev) || sev > SEV_CRIT)
		return false;
	*row = (struct row){.sev = (enum severity)sev};
	row->cells = arena_calloc(arena, def->n_columns, sizeof(*row->cells));
	for (size_t i = 0; i < def->n_columns; i++)
		row->cells[i] = (struct cell){.text = "", .is_null = true};
	for (size_t i = 0; i < map->n; i++) {
		const struct frame_place *place = &map->places[i];
		struct cell cell;

		if (!read_cell(&bytes, place->type, arena, &cell))
			return false;
		if (place->to >= 0)
			row->cells[place->to] = cell;
	}
	return true;
}

bool frame_read_part(struct str bytes, const struct frame_map *map, struct arena *arena,
		     struct row *row)
{
	uint8_t sev;

	if (!bytes_get_byte(&bytes, &sev) || sev > SEV_CRIT)
		return false;
	row->sev = (enum severity)sev;
	while (bytes.n) {
		struct cell cell;
		uint64_t column;

		if (!bytes_get_size(&bytes, &column) || column >= map->n ||
		    !read_cell(&bytes, map->places[column].type, arena, &cell))
			return false;
		if (map->places[column].to >= 0)
			row->cells[map->places[column].to] = cell;
	}
	return true;
}
