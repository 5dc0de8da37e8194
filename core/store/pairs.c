/* See pairs.h. */
#include "store/pairs.h"

#include <stdlib.h>

#include "base/xalloc.h"

/* Versions mostly have their rows in one order. */
static ptrdiff_t find(const struct board *before, struct str key, size_t guess)
{
	if (guess < before->n_rows && str_eq(before->rows[guess].key, key))
		return (ptrdiff_t)guess;
	return board_find(before, key);
}

void pairs_init(struct pairs *p, const struct board *before, const int64_t *ids_before,
		const struct board *after)
{
	size_t guess = 0;

	p->was = xcalloc(after->n_rows + 1, sizeof(*p->was));
	p->ids = xcalloc(after->n_rows + 1, sizeof(*p->ids));
	p->stays = xcalloc(before ? before->n_rows + 1 : 1, sizeof(*p->stays));
	for (size_t i = 0; i < after->n_rows; i++) {
		p->was[i] = before ? find(before, after->rows[i].key, guess) : -1;
		if (p->was[i] < 0)
			continue;
		guess = (size_t)p->was[i] + 1;
		p->stays[p->was[i]] = true;
		p->ids[i] = ids_before ? ids_before[p->was[i]] : 0;
	}
}

void pairs_fini(struct pairs *p)
{
	free(p->was);
	free(p->stays);
	free(p->ids);
	*p = (struct pairs){0};
}

int64_t pairs_id(struct pairs *p, struct names *keys, struct db *db,
		 const struct board *after, size_t row)
{
	if (!p->ids[row])
		p->ids[row] = names_id(keys, db, after->rows[row].key);
	return p->ids[row];
}
