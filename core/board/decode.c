/* Answers to a board. Texts are copied clean into the board's arena, so the
 * answers can go at once; a value that does not fit is null, never a lost row.
 * Thread: any (no state). */
#include "board/decode.h"

#include <stdio.h>

#include "base/sanitize.h"
#include "board/cell_json.h"
#include "board/cell_read.h"
#include "board/tables.h"

enum { RAW_ROWS_MAX = 2000, RAW_BYTES_MAX = 64 * 1024 };

struct decoding {
	const struct board_def *def;
	struct board *board;
	struct cell_reader reader;
	struct row_object object; /* what rules see */
	bool has_rules;
	struct arena scratch; /* results for one row */
	struct query_env env;
	struct strbuf raw;
};

static bool eval(struct decoding *d, const struct query *query,
		 const struct query_value *row, struct query_value *out)
{
	struct query_error qe;

	*out = (struct query_value){.type = QUERY_NULL};
	if (!query || query_eval_value(query, row, &d->env, out, &qe))
		return true;
	*out = (struct query_value){.type = QUERY_NULL};
	d->board->surprises++;
	return false;
}

static enum severity word_severity(const struct column *column, const struct cell *cell)
{
	struct str word = cell->is_null ? STR("null") : str_from(cell->text);

	for (size_t i = 0; i < column->n_rules; i++) {
		const struct sev_rule *rule = &column->rules[i];
		bool is_other = !rule->equals.n && !rule->when;

		if (is_other ? !cell->is_null : str_eq_nocase(rule->equals, word))
			return rule->sev;
	}
	return column->type == CELL_STATE && column->n_rules && !cell->is_null
		       ? SEV_UNKNOWN
		       : SEV_NONE;
}

static enum severity rule_severity(struct decoding *d, const struct sev_rule *rules,
				   size_t n)
{
	struct query_value object = query_from_json(d->object.json), v;

	for (size_t i = 0; i < n; i++)
		if (eval(d, rules[i].when, &object, &v) && query_is_true(&v))
			return rules[i].sev;
	return SEV_NONE;
}

static void judge(struct decoding *d, struct row *row)
{
	const struct board_def *def = d->def;

	if (d->has_rules)
		row_object_set(&d->object, row->cells);
	row->sev = rule_severity(d, def->rules, def->n_rules);
	for (size_t i = 0; i < def->n_columns; i++) {
		const struct column *column = &def->columns[i];
		enum severity sev = SEV_NONE;

		if (column->n_rules && column->rules[0].when)
			sev = rule_severity(d, column->rules, column->n_rules);
		else if (column->n_rules)
			sev = word_severity(column, &row->cells[i]);
		row->cells[i].sev = (uint8_t)sev;
		if (sev > row->sev)
			row->sev = sev;
	}
}

static void read_cells(struct decoding *d, const struct query_value *source,
		       struct row *row)
{
	row->cells =
		arena_alloc(&d->board->arena, d->def->n_columns * sizeof(*row->cells));
	row->repeats = false;
	for (size_t i = 0; i < d->def->n_columns; i++) {
		const struct column *column = &d->def->columns[i];
		struct cell *cell = &row->cells[i];
		struct query_value v;

		eval(d, column->value, source, &v);
		if (!cell_read(&d->reader, column, &v, cell))
			d->board->surprises++;
		if (column->past) {
			eval(d, column->past, source, &v);
			if (!cell_read_past(&d->reader, &v, cell))
				d->board->surprises++;
		}
		if (column->currency && !cell->is_null) {
			eval(d, column->currency, source, &v);
			cell->text = cell_reader_text(&d->reader, &v).p;
		}
	}
}

static void read_key(struct decoding *d, const struct query_value *source,
		     struct row *row)
{
	struct query_value v;
	char number[24];

	eval(d, d->def->key, source, &v);
	row->key = cell_reader_text(&d->reader, &v);
	if (row->key.n)
		return;
	snprintf(number, sizeof(number), "%zu", d->board->n_rows + 1);
	row->key = arena_str(&d->board->arena, str_from(number));
}

static void keep_raw(struct decoding *d, const struct query_value *source,
		     struct row *row)
{
	row->raw = (struct str){0};
	if (d->board->n_rows >= RAW_ROWS_MAX || d->def->is_secret || d->def->records >= 0)
		return;
	strbuf_reset(&d->raw);
	query_print(&d->raw, source);
	if (!d->raw.overflow)
		row->raw = sanitize_to_arena(&d->board->arena, strbuf_str(&d->raw));
}

static void read_row(struct decoding *d, const struct query_value *source)
{
	struct row *row = &d->board->rows[d->board->n_rows];
	struct query_value v;

	arena_reset(&d->scratch);
	if (d->def->where && (!eval(d, d->def->where, source, &v) || !query_is_true(&v)))
		return;
	row->repeats = false;
	read_key(d, source, row);
	read_cells(d, source, row);
	judge(d, row);
	keep_raw(d, source, row);
	d->board->n_rows++;
}

static void read_rows(struct decoding *d, const struct query_value *rows)
{
	struct query_iter it;
	struct query_value source;
	size_t most;

	if (rows->type == QUERY_NULL)
		return;
	if (rows->type != QUERY_ARRAY) {
		d->board->rows = arena_alloc(&d->board->arena, sizeof(*d->board->rows));
		read_row(d, rows);
		return;
	}
	most = query_array_size(rows);
	if (most > DECODE_MOST_ROWS) {
		most = DECODE_MOST_ROWS;
		d->board->is_partial = true;
		err_set(&d->board->err, ERR_TOO_LARGE,
			"more than %d rows; the rest is left out", DECODE_MOST_ROWS);
	}
	d->board->rows =
		arena_alloc(&d->board->arena, (most + 1) * sizeof(*d->board->rows));
	it = query_iter(rows);
	while (most-- > 0 && query_iter_next(&it, &source))
		read_row(d, &source);
}

static bool has_predicates(const struct board_def *def)
{
	for (size_t i = 0; i < def->n_columns; i++)
		if (def->columns[i].n_rules && def->columns[i].rules[0].when)
			return true;
	return def->n_rules > 0;
}

static void decoding_init(struct decoding *d, const struct board_def *def, int64_t now_ms,
			  struct tables *tables)
{
	*d = (struct decoding){.def = def, .has_rules = has_predicates(def)};
	d->board = board_new(def);
	d->board->is_loading = false;
	arena_init(&d->scratch);
	d->scratch.is_secret = def->is_secret;
	cell_reader_init(&d->reader, &d->board->arena);
	row_object_init(&d->object, def, false);
	strbuf_init(&d->raw, RAW_BYTES_MAX);
	d->env = (struct query_env){
		.now_ms = now_ms,
		.arena = &d->scratch,
		.lookup = tables_lookup,
		.lookup_ctx = tables,
	};
}

static void decoding_fini(struct decoding *d)
{
	row_object_fini(&d->object);
	cell_reader_fini(&d->reader);
	strbuf_fini(&d->raw);
	arena_fini(&d->scratch);
}

bool board_decode(const struct board_def *def, const cJSON *answers, int64_t now_ms,
		  struct board **out, struct err *err)
{
	struct arena keep; /* tables and the list of rows, until the end */
	struct query_env env = {.now_ms = now_ms, .arena = &keep};
	struct query_error qe;
	struct query_value rows;
	struct tables tables;
	struct decoding d;
	bool ok;

	arena_init(&keep);
	keep.is_secret = def->is_secret;
	tables_init(&tables, def, answers, &env);
	env.lookup = tables_lookup;
	env.lookup_ctx = &tables;
	ok = query_eval(def->rows, answers, &env, &rows, &qe);
	if (ok) {
		decoding_init(&d, def, now_ms, &tables);
		d.board->surprises += tables.surprises;
		read_rows(&d, &rows);
		decoding_fini(&d);
		board_seal(d.board);
		*out = d.board;
	} else {
		err_set(err, ERR_PARSE, "board %s: rows: %s", def->name, qe.text);
	}
	tables_fini(&tables);
	arena_fini(&keep);
	return ok;
}
