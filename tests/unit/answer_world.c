/* Boards made of JSON, cell by cell. */
#include "unit/answer_world.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "unit/check.h"

void world_init(struct world *w)
{
	*w = (struct world){.library = library_new(NULL, NULL, NULL),
			    .config = config_demo()};
	assert_non_null(w->library);
	assert_non_null(w->config);
	w->evidence = (struct evidence){.now_ms = WORLD_NOW_MS,
					.library = w->library,
					.config = w->config};
}

void world_read(struct world *w)
{
	struct err err;
	size_t n;

	w->evidence.knowledge = knowledge_new(NULL, 0, &err);
	assert_non_null(w->evidence.knowledge);
	assert_true(knowledge_refresh(w->evidence.knowledge, &n, &err));
}

void world_fini(struct world *w)
{
	knowledge_free(w->evidence.knowledge);
	evidence_fini(&w->evidence);
	config_free(w->config);
	library_free(w->library);
}

static const char *currency(const cJSON *row, const char *column)
{
	char name[80];
	const char *text;

	snprintf(name, sizeof(name), "%s_currency", column);
	text = json_text(row, name);
	return text ? text : "EUR";
}

static void set_number(struct cell *cell, enum cell_type type, const cJSON *value)
{
	int64_t at;

	cell->is_null = false;
	if ((type == CELL_TIME || type == CELL_AGE) && cJSON_IsString(value) &&
	    time_parse(str_from(value->valuestring), &at))
		cell->number = (double)at;
	else if (cJSON_IsNumber(value))
		cell->number = value->valuedouble * (type == CELL_DURATION ? 1000 : 1);
	else
		cell->is_null = true;
}

static void set_cell(struct board *board, const struct column *column, const cJSON *row,
		     struct cell *cell)
{
	const cJSON *value = json_member(row, column->name);

	*cell = (struct cell){.text = "", .is_null = true};
	if (!value || cJSON_IsNull(value))
		return;
	if (column->type != CELL_TEXT && column->type != CELL_STATE) {
		set_number(cell, column->type, value);
		if (column->type == CELL_MONEY)
			cell->text = arena_strdup(&board->arena,
						  str_from(currency(row, column->name)));
	} else if (cJSON_IsString(value)) {
		cell->text = arena_strdup(&board->arena, str_from(value->valuestring));
		cell->is_null = false;
	}
}

static void set_row(struct board *board, const cJSON *from, struct row *row)
{
	const struct board_def *def = board->def;
	const char *key = json_text(from, "key");
	const char *sev = json_text(from, "severity");

	row->cells = arena_calloc(&board->arena, def->n_columns, sizeof(*row->cells));
	for (size_t i = 0; i < def->n_columns; i++)
		set_cell(board, &def->columns[i], from, &row->cells[i]);
	row->key = arena_str(&board->arena, str_from(key ? key : row->cells[0].text));
	if (!sev || !severity_find(str_from(sev), &row->sev))
		row->sev = SEV_OK;
}

struct board *world_add(struct world *w, const char *name, const char *rows)
{
	const struct board_def *def = library_find(w->library, str_from(name));
	const struct board *old = evidence_board(&w->evidence, name);
	struct board *board;
	const cJSON *row;
	struct err err;
	cJSON *list;

	assert_non_null(def);
	board = board_new(def);
	list = json_parse(str_from(rows), &json_file, NULL, &err);
	if (!list)
		fail_msg("rows of %s: %s", name, err.text);
	board->rows = arena_calloc(&board->arena, (size_t)cJSON_GetArraySize(list) + 1,
				   sizeof(*board->rows));
	cJSON_ArrayForEach (row, list) {
		set_row(board, row, &board->rows[board->n_rows++]);
	}
	cJSON_Delete(list);
	board->is_loading = false;
	board->fetched_ms = WORLD_NOW_MS - MINUTE_MS;
	board->version = old ? old->version + 1 : 7;
	board_seal(board);
	assert_true(evidence_add(&w->evidence, board));
	board_put(board);
	return board;
}
