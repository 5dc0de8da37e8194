/* See pick.h. */
#include "handover/pick.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "board/read.h"
#include "board/view.h"
#include "handover/phrase.h"

enum { MOST_LINES = 200, LINE_BYTES = 4096 };

static bool is_told(const struct handover_part *part, const struct handover *h,
		    const struct board *board, size_t i)
{
	const struct row *row = &board->rows[i];
	const struct cell *when = part->when ? read_cell(board, i, part->when) : NULL;

	if (row->sev < part->least || row->repeats)
		return false;
	if (!part->when)
		return true;
	if (!when || when->is_null)
		return false;
	return (!part->is_since || (int64_t)when->number >= h->since_ms) &&
	       (!part->is_coming || (int64_t)when->number > h->now_ms);
}

/* The one that says the same, or a new one. */
static struct picked *find(struct pick *p, const char *text)
{
	for (size_t i = 0; i < p->items.n; i++) {
		if (strcmp(p->items.p[i].text, text) == 0)
			return &p->items.p[i];
	}
	vec_push(&p->items, ((struct picked){.text = xstrdup(text)}));
	return &p->items.p[p->items.n - 1];
}

static void take(struct pick *p, const struct handover_part *part,
		 const struct handover *h, const struct board *board, size_t i)
{
	const struct cell *when = part->when ? read_cell(board, i, part->when) : NULL;
	int64_t at_ms = when ? (int64_t)when->number : 0;
	struct strbuf text;
	struct picked *item;

	p->n_rows++;
	if (p->items.n == MOST_LINES)
		return;
	strbuf_init(&text, LINE_BYTES);
	phrase_put(&text, part->phrase, board, &board->rows[i], h->now_ms);
	item = find(p, text.p);
	strbuf_fini(&text);
	item->first_ms = item->n == 0 || at_ms < item->first_ms ? at_ms : item->first_ms;
	item->last_ms = item->n == 0 || at_ms > item->last_ms ? at_ms : item->last_ms;
	item->n++;
}

static int by_coming(const void *a, const void *b)
{
	const struct picked *x = a, *y = b;

	return (x->first_ms > y->first_ms) - (x->first_ms < y->first_ms);
}

static int by_latest(const void *a, const void *b)
{
	const struct picked *x = a, *y = b;

	return (x->last_ms < y->last_ms) - (x->last_ms > y->last_ms);
}

void pick_rows(struct pick *p, const struct handover_part *part, const struct handover *h,
	       struct board *board)
{
	struct board_view view;

	*p = (struct pick){.n_rows = 0};
	view_init(&view);
	view_set_board(&view, board, h->now_ms);
	if (!part->filter || view_set_filter(&view, str_from(part->filter), &p->err)) {
		for (size_t i = 0; i < view.n; i++) {
			if (is_told(part, h, board, view.index[i]))
				take(p, part, h, board, view.index[i]);
		}
	}
	view_fini(&view);
	if (p->items.n > 1 && part->when)
		qsort(p->items.p, p->items.n, sizeof(*p->items.p),
		      part->is_coming ? by_coming : by_latest);
}

void pick_fini(struct pick *p)
{
	struct picked *item;

	vec_each (item, &p->items)
		free(item->text);
	vec_fini(&p->items);
}
