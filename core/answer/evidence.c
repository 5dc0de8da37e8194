/* Boards held for one answer. */
#include <string.h>

#include "answer/evidence.h"

static ptrdiff_t place(const struct evidence *e, const char *name)
{
	for (size_t i = 0; i < e->n; i++)
		if (strcmp(e->boards[i]->def->name, name) == 0)
			return (ptrdiff_t)i;
	return -1;
}

bool evidence_add(struct evidence *e, struct board *board)
{
	ptrdiff_t old = place(e, board->def->name);

	if (old < 0) {
		if (e->n == EVIDENCE_MOST)
			return false;
		e->boards[e->n++] = board_get(board);
	} else if (e->boards[old]->version <= board->version) {
		board_get(board);
		board_put(e->boards[old]);
		e->boards[old] = board;
	}
	return true;
}

const struct board *evidence_board(const struct evidence *e, const char *name)
{
	ptrdiff_t i = place(e, name);

	return i < 0 ? NULL : e->boards[i];
}

void evidence_fini(struct evidence *e)
{
	for (size_t i = 0; i < e->n; i++)
		board_put(e->boards[i]);
	e->n = 0;
}
