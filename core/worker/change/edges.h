/* Which edge of a schedule is to be done, read from a row of a board of schedules: the
 * action, what it is given, and why. Pure; nothing is planned here. What is easily got
 * wrong: a drift that somebody made after the edge is theirs, and no edge of it is left;
 * and what is undecidable never has one. Thread: any (no state). */
#ifndef AZ_WORKER_EDGES_H
#define AZ_WORKER_EDGES_H

#include "board/board.h"
#include "config/config_schedules.h"

/* Where the schedules are, and the boards that they and their actions are made of: the
 * i-th, NULL behind the last one. */
const char *edges_board(size_t i);
/* The board of schedules of that name; NULL: it is none. */
const char *edges_source(const char *board);

enum edge_kind {
	EDGE_NONE,   /* there is none that could be done, or nobody knows */
	EDGE_OVER,   /* it is as intended, on its way, or not to be touched */
	EDGE_DUE,    /* it has come, and nothing has happened yet */
	EDGE_MISSED, /* it went by: what can be done is to catch up */
};

enum { EDGE_ID_BYTES = 16 };

struct edge {
	/* The same edge of the same resource is the same in every azdeck: hex. */
	char id[EDGE_ID_BYTES + 1];
	int64_t at_ms;
	const char *action;
	const char *resource; /* the key of its row on the action's board; borrowed */
	const char *name;     /* borrowed, as all of the board is */
	/* What the action is given: "size", "S0". NULL: nothing. */
	const char *input;
	char value[40];
	bool is_number; /* the value */
	char text[60];	/* "size=S0": likewise; "": nothing */
	char why[240];
	bool is_wanted;	    /* the configuration wants it done: at least a proposal */
	bool is_unattended; /* and without anybody, unless it was missed */
};

/* What would make it what its schedule asks for now, whether an edge waits or not: the
 * action and what it is given. False: nothing that is known. */
bool edge_wish(const struct board *board, size_t row, struct edge *out);

/* `out` is whole when it is EDGE_DUE or EDGE_MISSED. */
enum edge_kind edge_look(const struct board *board, size_t row,
			 const struct config_schedules *config, struct edge *out);

#endif
