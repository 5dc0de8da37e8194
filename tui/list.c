/* See list.h. */
#include "tui/list.h"

#include <stdint.h>

bool list_step(enum act act, int page, ptrdiff_t *by)
{
	switch ((int)act) { /* most acts move nothing */
	case ACT_UP:
		*by = -1;
		return true;
	case ACT_DOWN:
		*by = 1;
		return true;
	case ACT_PAGE_UP:
		*by = -page;
		return true;
	case ACT_PAGE_DOWN:
		*by = page;
		return true;
	case ACT_TOP:
		*by = -PTRDIFF_MAX;
		return true;
	case ACT_BOTTOM:
		*by = PTRDIFF_MAX;
		return true;
	default:
		return false;
	}
}

size_t list_move(size_t at, ptrdiff_t by, size_t n)
{
	if (n == 0)
		return 0;
	if (by < 0)
		return (size_t)-by < at ? at - (size_t)-by : 0;
	return at < n && (size_t)by < n - at ? at + (size_t)by : n - 1;
}

size_t list_top(size_t top, size_t at, size_t page)
{
	if (at < top)
		return at;
	return page > 0 && at >= top + page ? at - page + 1 : top;
}
