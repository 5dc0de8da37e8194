/* A pane of the overview: a rule with its title, a line of figures, sections. A
 * row here and a file beside it make a new one. Thread: ui. */
#ifndef AZ_TUI_PANE_PANE_H
#define AZ_TUI_PANE_PANE_H

#include "tui/pane/section.h"
#include "tui/screen.h"
#include "tui/widget/figures.h"
#include "tui/widget/picture.h"

#define PANE_MAX_SECTIONS 10
#define PANE_MAX_FIGURES  8

struct pane_ops {
	const char *name;
	const char *title;
	const char *tab;		/* the title where there is no room */
	const struct section *sections; /* the first with a board leads: title, age */
	size_t n_sections;
	const char *const *boards; /* that its figures need beside; NULL ended */
	/* Boards of what is shown where it has the screen for itself; NULL ended. */
	const char *const *rich_boards;
	/* What its drawn sections can show, by name; NULL ended. The first is shown. */
	const char *const *views;
	/* The lines of figures over the sections. */
	size_t (*figures)(struct app *app, struct figure *out, size_t max);
	/* One line more under the figures (a bar, a sparkline); NULL: none.
	 * Returns false when it has nothing to show. */
	bool (*strip)(struct app *app, const struct look *look, struct surface *s);
	int flat_from_w; /* cells from which asides stand aside when it has few lines;
			  * 0: 150, as with many */
	int left_most; /* cells for what does not stand aside, where it needs no more; 0: any */
	/* What Enter opens; false, or NULL: the row's own. */
	bool (*open)(struct app *app, const struct board *board, const struct row *row);
};

extern const struct pane_ops *const panes[];
extern const size_t n_panes;

struct pane_draw {
	int number;
	bool has_focus;
	bool has_rule;		     /* the title; tabs have their own */
	bool is_part;		     /* of one workload */
	const struct keymap *keymap; /* the title says which key goes there */
};

/* What its sections follow. */
struct pane_news {
	uint64_t boards; /* the newest change of those it is made of */
	int64_t now_ms;
	struct section_how how;
};

/* Everything a pane's picture depends on; the cursor is put over it. */
struct pane_key {
	uint64_t news; /* how often there was some */
	int w, h;
	struct pane_draw how;
	bool is_ascii;
	size_t tops[PANE_MAX_SECTIONS];
};

/* Lines it would like to have, and for what that was worked out. */
struct pane_need {
	uint64_t news;
	int w, h, lines;
};

struct pane {
	const struct pane_ops *ops;
	struct section_state sections[PANE_MAX_SECTIONS];
	size_t current; /* section with the cursor */
	bool is_moved;	/* somebody chose where it is */
	struct section_how how;
	int page;		   /* rows in sight at the last draw */
	uint64_t shelf;		   /* its version that was looked at last */
	struct pane_news followed; /* what the sections know of */
	uint64_t n_news;
	struct pane_need need;
	struct picture picture;
	struct pane_key drawn; /* what the picture was drawn for */
};

void pane_init(struct pane *pane, const struct pane_ops *ops);
void pane_fini(struct pane *pane);
/* Boards of sections that a pane of so many lines has place for. */
void pane_want_first(const struct pane *pane, struct want_set *set, int h);
void pane_want(const struct pane *pane, struct want_set *set);
void pane_follow(struct pane *pane, struct app *app);

/* To the next of its views (-1: the one before); false when it has none. */
bool pane_turn(struct pane *pane, int by);

/* Lines in which all its rows would stand, rule included, at about this size;
 * -1: not known, a part is still to come. */
int pane_need(struct pane *pane, int w, int h);
void pane_draw(struct pane *pane, struct app *app, const struct look *look,
	       struct surface *s, const struct pane_draw *how);
/* Moves the cursor over all sections. */
void pane_move(struct pane *pane, int step);
void pane_select(struct pane *pane, int index);
/* The row under the cursor and its board; false when there is none. */
bool pane_selected(const struct pane *pane, const struct board **board,
		   const struct row **row);
/* The first section with a board: it speaks for the pane. */
size_t pane_lead(const struct pane *pane);
/* The board that zooming opens. */
const char *pane_board(const struct pane *pane);
enum severity pane_worst(const struct pane *pane);

extern const struct pane_ops pane_cost, pane_sql, pane_dr, pane_agents, pane_logs;

#endif
