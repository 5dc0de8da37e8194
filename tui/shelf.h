/* The latest version of every board the deck was given. Thread: ui. */
#ifndef AZ_TUI_SHELF_H
#define AZ_TUI_SHELF_H

#include "base/vec.h"
#include "board/board.h"
#include "board/def.h"
#include "board/workload.h"

struct shelf_place {
	struct board *shown;
	struct board *given; /* private: with all its rows */
	uint64_t changed;    /* the shelf's version that brought what is shown */
};

struct shelf {
	VEC(struct shelf_place) places;
	const struct workload *workload; /* whose rows are shown; NULL: all */
	uint64_t version;		 /* grows with every change a person could see */
};

/* What giving a board changed on a screen that shows it. */
enum shelf_change {
	SHELF_SAME,  /* nothing a person could see */
	SHELF_MARKS, /* its age, state or reason */
	SHELF_ROWS,  /* its content */
};

/* Takes the board. now_ms is what ages on screen count from. */
enum shelf_change shelf_give(struct shelf *shelf, struct board *board, int64_t now_ms);
/* NULL when it never came. Valid until it is next given. */
struct board *shelf_find(const struct shelf *shelf, struct str name);
/* The version that brought its last change; 0 when it never came. */
uint64_t shelf_changed(const struct shelf *shelf, struct str name);
/* Borrowed; shows all boards anew. */
void shelf_set_workload(struct shelf *shelf, const struct workload *workload);
/* Nothing came yet. */
void shelf_clear(struct shelf *shelf);
void shelf_fini(struct shelf *shelf);

#endif
