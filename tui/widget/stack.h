/* Days as stacked bars, with what is expected of those to come: an axis at the left,
 * dates below, parts told apart by glyph as well as by role. Thread: any (no state).
 *
 * The newest days are at the right; those that have no room are left out at the left. */
#ifndef AZ_TUI_WIDGET_STACK_H
#define AZ_TUI_WIDGET_STACK_H

#include <stddef.h>
#include <stdint.h>

#include "tui/surface.h"
#include "tui/widget/look.h"

enum { STACK_PARTS = 5 };

struct stack_part {
	const char *name;
	const double *v; /* one a day, from the bottom up; NAN and below 0: nothing */
};

/* What is expected of one day. */
struct stack_ahead {
	double low, mid, high; /* NAN: not known */
};

struct stack {
	int64_t first_day; /* since 1970 */
	size_t n;	   /* days */
	const struct stack_part *parts;
	size_t n_parts;
	const bool *is_marked; /* days that stand out; NULL: none */
	double partial;	       /* so far, of the first day ahead; NAN: none */
	const struct stack_ahead *ahead;
	size_t n_ahead;
};

/* In all of the surface: at least 3 lines and 24 cells, or nothing. */
void stack_put(const struct look *look, struct surface *s, const struct stack *stack);
/* The glyph and role of a part. */
void stack_put_key(const struct look *look, struct surface *s, int x, int y, size_t part);

#endif
