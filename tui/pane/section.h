/* A section of a pane: some columns of one board, worst rows first, in as many lines
 * as it is given. What it shows is a table of slots, so panes stay data. One that a
 * table cannot be (a chart, a time line) draws itself, and has no rows. Thread: ui. */
#ifndef AZ_TUI_PANE_SECTION_H
#define AZ_TUI_PANE_SECTION_H

#include "base/count.h"
#include "board/view.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

enum slot_kind {
	SLOT_VALUE,
	SLOT_GAUGE,   /* a percent column as a line */
	SLOT_BUDGET,  /* the same, with the ticks at which budgets warn */
	SLOT_OUTLOOK, /* a row of cost-outlook as a line, whatever the column */
	SLOT_SPARK,   /* the history of a numeric column, or a series */
};

struct slot {
	const char *column; /* of the board; left out when it has none */
	const char *title;  /* NULL: the column's own */
	enum slot_kind kind;
	int w;		 /* cells; 0: as the rows need, up to max */
	int max;	 /* 0: 24 */
	int from_w;	 /* pane width from which it is shown */
	bool takes_rest; /* grows with the pane */
};

struct app;

/* How a pane is shown just now. */
struct section_how {
	bool is_zoomed; /* it has the screen for itself */
	size_t view;	/* of the pane's views */
};

struct section {
	const char *board; /* NULL: it draws itself */
	const char *rows;  /* a filter for those it shows; NULL: all */
	const char *title; /* over the columns */
	const char *empty; /* said when there are no rows */
	const struct slot *slots;
	size_t n_slots;
	int share;     /* of the lines, against its neighbours */
	int min_h;     /* pane height from which it is shown */
	int min_w;     /* pane width likewise */
	bool is_aside; /* in the right half where the pane is wide */
	bool is_rich;  /* only where the pane has the screen for itself */
	/* Of one that draws itself. Lines it likes to have; 0: it has nothing to show. */
	int (*lines)(struct app *app, const struct section_how *how);
	int least; /* lines below which it is left out */
	void (*draw)(struct app *app, const struct look *look, struct surface *s,
		     const struct section_how *how);
};

#define SECTION_SLOTS 18

/* Of a section: its table of slots. */
#define SLOTS(table) .slots = (table), .n_slots = COUNT(table)

/* A slot that has a column and a place. */
struct placed {
	const struct slot *slot;
	const struct column *column;
	size_t index; /* of the column */
	int x, w;
};

/* Where the slots are, and for what picture that was worked out. */
struct section_layout {
	const struct board *board;
	size_t top, rows;
	int w;
	int64_t second;
	bool is_ascii;
	struct placed slots[SECTION_SLOTS];
	size_t n;
};

struct section_state {
	struct board_view view;
	int own_lines; /* of one that draws itself */
	size_t top;
	int x;	      /* of the section */
	int y, lines; /* of its rows at the last draw; 0 lines: none were drawn */
	struct section_layout layout;
};

void section_init(struct section_state *state);
void section_fini(struct section_state *state);
/* Follows the section's board; NULL: nothing came yet. */
void section_follow(struct section_state *state, const struct section *section,
		    struct board *board, int64_t now_ms);

struct section_draw {
	const struct section *section;
	struct section_state *state;
	bool has_heading;
	const char *empty; /* said when there are no rows */
	int pane;	   /* for hits: pane and first row number */
	int first_index;
};
void section_draw(const struct look *look, struct surface *s,
		  const struct section_draw *what);
/* Brings the selected row among the lines of the last draw; `top` says whether
 * that takes another one. */
void section_scroll(struct section_state *state);
/* Marks the selected row over what was drawn on a surface of the same shape: the
 * cursor moves without anything being drawn again. */
void section_draw_cursor(const struct look *look, struct surface *s,
			 const struct section_state *state);
/* Lines it could use in so many cells, heading included. */
int section_lines(const struct section *section, const struct section_state *state, int w,
		  bool has_heading);

#endif
