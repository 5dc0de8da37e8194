/* See repeats.h. */
#include "board/repeats.h"

#include "board/cell_json.h"
#include "board/def.h"

void repeats_mark(struct board *board)
{
	struct query_env env = {.now_ms = board->fetched_ms};
	struct row_object o;
	struct arena arena;

	arena_init(&arena);
	env.arena = &arena;
	row_object_init(&o, board->def, true);
	for (size_t i = 0; i < board->n_rows; i++) {
		struct query_value value;
		struct query_error qe;

		row_object_set(&o, board->rows[i].cells);
		board->rows[i].repeats =
			query_eval(board->def->repeats, o.json, &env, &value, &qe) &&
			query_is_true(&value);
		arena_reset(&arena);
	}
	row_object_fini(&o);
	arena_fini(&arena);
}
