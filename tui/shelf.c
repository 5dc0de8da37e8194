/* The latest version of every board. Thread: ui. */
#include "tui/shelf.h"

#include "tui/widget/age.h"

/* Its place; -1: it never came. */
static ptrdiff_t find(const struct shelf *shelf, struct str name)
{
	for (size_t i = 0; i < shelf->given.n; i++) {
		if (str_eq(str_from(shelf->given.p[i]->def->name), name))
			return (ptrdiff_t)i;
	}
	return -1;
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
	ptrdiff_t at = find(shelf, str_from(board->def->name));
	enum shelf_change change = SHELF_ROWS;
	struct board *old;

	if (at < 0) {
		vec_push(&shelf->given, board);
		vec_push(&shelf->boards, shown(shelf, board));
		shelf->version++;
		return SHELF_ROWS;
	}
	old = shelf->given.p[at];
	if (old->def == board->def && old->version == board->version &&
	    old->n_rows == board->n_rows)
		change = has_same_marks(old, board, now_ms) ? SHELF_SAME : SHELF_MARKS;
	board_put(old);
	board_put(shelf->boards.p[at]);
	shelf->given.p[at] = board;
	shelf->boards.p[at] = shown(shelf, board);
	shelf->version += change != SHELF_SAME;
	return change;
}

struct board *shelf_find(const struct shelf *shelf, struct str name)
{
	ptrdiff_t at = find(shelf, name);

	return at < 0 ? NULL : shelf->boards.p[at];
}

void shelf_set_workload(struct shelf *shelf, const struct workload *workload)
{
	shelf->workload = workload;
	for (size_t i = 0; i < shelf->given.n; i++) {
		board_put(shelf->boards.p[i]);
		shelf->boards.p[i] = shown(shelf, shelf->given.p[i]);
	}
	shelf->version++;
}

void shelf_clear(struct shelf *shelf)
{
	for (size_t i = 0; i < shelf->given.n; i++) {
		board_put(shelf->given.p[i]);
		board_put(shelf->boards.p[i]);
	}
	shelf->given.n = shelf->boards.n = 0;
	shelf->version++;
}

void shelf_fini(struct shelf *shelf)
{
	shelf_clear(shelf);
	vec_fini(&shelf->given);
	vec_fini(&shelf->boards);
}
