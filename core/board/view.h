/* What a person sees of a board: the rows a filter leaves, in the order they asked
 * for, with the selection kept by key through every change. Pure; the table
 * widget and the headless commands share it. Thread: one owner. */
#ifndef AZ_BOARD_VIEW_H
#define AZ_BOARD_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "board/board.h"
#include "board/filter.h"

enum { VIEW_AS_GIVEN = -2, VIEW_BY_SEVERITY = -1 };

struct view_order {
	ptrdiff_t column; /* or one of the above */
	bool is_descending;
	bool severity_first; /* worst rows on top, sorted among themselves */
};

struct board_view {
	struct board *board; /* held; NULL: none yet */
	uint32_t *index;     /* row numbers, in order */
	size_t n;
	size_t selected; /* place in index; 0 when it is empty */
	struct view_order order;
	/* Private from here on. */
	struct filter *filter; /* NULL: all rows */
	struct haystack hay;   /* made by the first filter over this board */
	char *key;	       /* of the selected row */
	size_t capacity;
	int64_t now_ms;
};

void view_init(struct board_view *v);
void view_fini(struct board_view *v);

/* Holds the board itself. The first one, and one of another definition, brings
 * its own order and no filter. `now_ms` is for ages that a filter reads. */
void view_set_board(struct board_view *v, struct board *board, int64_t now_ms);
/* Empty text: no filter. On failure (a broken regex) nothing changes. */
bool view_set_filter(struct board_view *v, struct str text, struct err *err) MUST_CHECK;
void view_set_order(struct board_view *v, struct view_order order);
/* Clipped to the last row. */
void view_select(struct board_view *v, size_t place);
/* The selected row, or NULL when there is none. */
const struct row *view_row(const struct board_view *v);

/* The order a definition asks for. */
struct view_order view_order_of(const struct board_def *def);

/* Sorts row numbers; equal rows stay as they stand, unknown values come last. */
void view_sort(const struct board *board, struct view_order order, uint32_t *rows,
	       size_t n);

#endif
