/* See roll.h. */
#include "tui/widget/roll.h"

#include "tui/list.h"

enum { WHEEL_LINES = 3 };

static void clip(struct roll *r)
{
	int most = r->n > r->page ? r->n - r->page : 0;

	r->top = r->top > most ? most : r->top;
	r->top = r->top < 0 ? 0 : r->top;
}

void roll_fit(struct roll *r, size_t n, int page)
{
	r->n = (int)n;
	r->page = page;
	clip(r);
}

void roll_by(struct roll *r, ptrdiff_t lines)
{
	r->top = (int)list_move((size_t)r->top, lines, (size_t)r->n);
	clip(r);
}

void roll_to(struct roll *r, int line)
{
	r->top = (int)list_top((size_t)r->top, (size_t)line, (size_t)r->page);
}

bool roll_act(struct roll *r, enum act act)
{
	ptrdiff_t by;

	if (!list_step(act, r->page, &by))
		return false;
	roll_by(r, by);
	return true;
}

bool roll_wheel(struct roll *r, enum mouse_button button)
{
	if (button != MOUSE_WHEEL_UP && button != MOUSE_WHEEL_DOWN)
		return false;
	roll_by(r, button == MOUSE_WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES);
	return true;
}

void roll_put_place(const struct roll *r, struct strbuf *out)
{
	int end = r->top + r->page;

	if (r->n > r->page)
		strbuf_printf(out, "%d-%d of %d", r->top + 1, end < r->n ? end : r->n,
			      r->n);
}
