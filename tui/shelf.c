/* The latest version of every board. Thread: ui. */
#include "tui/shelf.h"

#include "tui/widget/age.h"

/* NULL: it never came. */
static struct shelf_place *find(const struct shelf *shelf, struct str name)
{
	struct shelf_place *place;

	vec_each (place, &shelf->places) {
		if (str_is(name, place->given->def->name))
			return place;
	}
	return NULL;
}

/* A board about azdeck is about all of it, unless its rows stand for others'. */
static struct board *shown(const struct shelf *shelf, struct board *board)
{
	if (!shelf->workload || (board->def->is_own && board->def->opens_board < 0))
		return board_get(board);
	return workload_board(shelf->workload, board);
}

static bool has_same_marks(const struct board *a, const struct board *b, int64_t now_ms)
{
	struct strbuf old, new;
	bool is_same;

	strbuf_init(&old, 100);
	strbuf_init(&new, 100);
	is_same = age_text(&old, a, now_ms) == age_text(&new, b, now_ms) &&
		  str_eq(strbuf_str(&old), strbuf_str(&new)) &&
		  strcmp(a->err.text, b->err.text) == 0;
	strbuf_fini(&old);
	strbuf_fini(&new);
	return is_same;
}

enum shelf_change shelf_give(struct shelf *shelf, struct board *board, int64_t now_ms)
{
	struct shelf_place *place = find(shelf, str_from(board->def->name));
	enum shelf_change change = SHELF_ROWS;
	struct board *old;

	if (!place) {
		vec_push(&shelf->places,
			 (struct shelf_place){.given = board,
					      .shown = shown(shelf, board),
					      .changed = ++shelf->version});
		return SHELF_ROWS;
	}
	old = place->given;
	if (old->def == board->def && old->version == board->version &&
	    old->n_rows == board->n_rows)
		change = has_same_marks(old, board, now_ms) ? SHELF_SAME : SHELF_MARKS;
	board_put(old);
	board_put(place->shown);
	place->given = board;
	place->shown = shown(shelf, board);
	if (change != SHELF_SAME)
		place->changed = ++shelf->version;
	return change;
}

struct board *shelf_find(const struct shelf *shelf, struct str name)
{
	const struct shelf_place *place = find(shelf, name);

	return place ? place->shown : NULL;
}

uint64_t shelf_changed(const struct shelf *shelf, struct str name)
{
	const struct shelf_place *place = find(shelf, name);

	return place ? place->changed : 0;
}

void shelf_set_workload(struct shelf *shelf, const struct workload *workload)
{
	struct shelf_place *place;

	shelf->workload = workload;
	shelf->version++;
	vec_each (place, &shelf->places) {
		board_put(place->shown);
		place->shown = shown(shelf, place->given);
		place->changed = shelf->version;
	}
}

void shelf_clear(struct shelf *shelf)
{
	struct shelf_place *place;

	vec_each (place, &shelf->places) {
		board_put(place->given);
		board_put(place->shown);
	}
	shelf->places.n = 0;
	shelf->version++;
}

void shelf_fini(struct shelf *shelf)
{
	shelf_clear(shelf);
	vec_fini(&shelf->places);
}
