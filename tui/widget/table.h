/* A board as a table: headings, rows in sight, a cursor on a row and a column,
 * matches marked. Only what is in sight is drawn. Thread: ui. */
#ifndef AZ_TUI_WIDGET_TABLE_H
#define AZ_TUI_WIDGET_TABLE_H

#include "board/view.h"
#include "tui/surface.h"
#include "tui/widget/columns.h"
#include "tui/widget/look.h"

struct table {
	const struct board_def *def; /* held */
	struct board_view view;
	struct strbuf filter;	  /* what the view filters by */
	struct strbuf search;	  /* the last filter: n and N look for it */
	struct filter *highlight; /* of `search`; NULL: none */
	size_t column;		  /* under the cursor */
	size_t top;		  /* first row in sight */
	int page;		  /* rows in sight at the last draw */
	int wanted[COLUMNS_MAX];  /* widths */
	bool is_measured;
};

void table_init(struct table *table, const struct board_def *def);
void table_fini(struct table *table);
/* The cursor stays on its row; until somebody has moved it, on the first one. */
void table_follow(struct table *table, struct board *board, int64_t now_ms);
/* On failure nothing changes. */
bool table_filter(struct table *table, struct str text, struct err *err) MUST_CHECK;
void table_move(struct table *table, ptrdiff_t step);
void table_select_key(struct table *table, struct str key);
void table_move_column(struct table *table, int step);
/* By place in the definition; again: turned round. */
void table_sort(struct table *table, size_t column);
void table_sort_step(struct table *table, int step);
/* "cpu", "-cpu", "severity"; false when there is no such column. */
bool table_sort_named(struct table *table, struct str name);
/* To the next row that matches the last filter; false when none does. */
bool table_match(struct table *table, int step);

void table_draw(struct table *table, const struct look *look, struct surface *s);
/* Cell under the cursor; rows in sight order as tab separated text. */
void table_copy_cell(const struct table *table, const struct look *look,
		     struct strbuf *out);
void table_copy(const struct table *table, const struct look *look, struct strbuf *out);

#endif
