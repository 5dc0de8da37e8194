/* What the chart of the cost pane draws: days by service, group or whatever it is, added
 * up. It is made once for the boards it is made of and kept, because a large estate has
 * thousands of lines and a key must not wait for them. Thread: ui. */
#ifndef AZ_TUI_PANE_COST_SHEET_H
#define AZ_TUI_PANE_COST_SHEET_H

#include "cost/book.h"
#include "tui/widget/stack.h"

enum { COST_SHEET_AHEAD = 40 };

struct cost_sheet_from {
	struct board *lines; /* of days */
	struct board *days;  /* cost-days; NULL: it has not come */
	enum cost_by by;
	bool is_by_tag; /* of several tags one is kept */
	const struct workload *workloads;
	size_t n_workloads;
};

struct cost_sheet {
	struct book book;
	struct book_line *sums;
	size_t n_sums;
	const char *currency;
	bool is_mixed;	 /* there are others */
	const char *tag; /* whose values are drawn; NULL: it is not by tag */
	struct stack_part parts[STACK_PARTS];
	size_t n_parts;
	double month[STACK_PARTS], all; /* the last 30 days, of each part and in all */
	struct stack_ahead ahead[COST_SHEET_AHEAD];
	size_t n_ahead;
	double partial;
	const bool *is_marked;	     /* days that stand out */
	struct cost_sheet_from from; /* its boards are held */
};

/* The sheet of that, in *kept until the next one is asked for: the same one for as long as
 * nothing it is made of is another. */
const struct cost_sheet *cost_sheet_keep(struct cost_sheet **kept,
					 const struct cost_sheet_from *from);
/* Before workloads go that it may be made of; accepts NULL. */
void cost_sheet_free(struct cost_sheet *s);

#endif
