/* The latest version of every board. Thread: ui. */
#include "tui/shelf.h"

#include "tui/widget/age.h"

static struct board **find(const struct shelf *shelf, struct str name)
{
	for (size_t i = 0; i < shelf->boards.n; i++) {
		if (str_eq(str_from(shelf->boards.p[i]->def->name), name))
			return &shelf->boards.p[i];
	}
	return NULL;
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
	struct board **slot = find(shelf, str_from(board->def->name));
	enum shelf_change change = SHELF_ROWS;

	if (!slot) {
		vec_push(&shelf->boards, board);
		shelf->version++;
		return SHELF_ROWS;
	}
	if ((*slot)->def == board->def && (*slot)->version == board->version &&
	    (*slot)->n_rows == board->n_rows)
		change = has_same_marks(*slot, board, now_ms) ? SHELF_SAME : SHELF_MARKS;
	board_put(*slot);
	*slot = board;
	shelf->version += change != SHELF_SAME;
	return change;
}

struct board *shelf_find(const struct shelf *shelf, struct str name)
{
	struct board **slot = find(shelf, name);

	return slot ? *slot : NULL;
}

void shelf_fini(struct shelf *shelf)
{
	for (size_t i = 0; i < shelf->boards.n; i++)
		board_put(shelf->boards.p[i]);
	vec_fini(&shelf->boards);
}
