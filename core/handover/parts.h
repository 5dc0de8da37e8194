/* What stands in a hand-over, as a table: its sections, and of each the boards, which of
 * their rows, and what is said of one. Thread: any (const). */
#ifndef AZ_HANDOVER_PARTS_H
#define AZ_HANDOVER_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "board/board.h"

/* The board of what the audit log says of changes. */
#define HANDOVER_LOG "audit"

/* id, heading, the one line of an empty one */
#define HANDOVER_SECTION_LIST(X)                                                         \
	X(UNANSWERED, "Nobody has answered", "nothing is open that nobody answered")     \
	X(HELD, "Open, and who has it", "nothing is open that somebody has")             \
	X(APPROVALS, "Waiting for approval", "nothing waits for approval")               \
	X(CHANGED, "What was changed", "no change is known of this time")                \
	X(DRIFT, "Off what is intended", "all is as intended")                           \
	X(BUDGETS, "Error budgets", "no workload has an error budget")                   \
	X(EDGES, "Next by schedule", "nothing is scheduled")                             \
	X(FEEDS, "Feeds not to be trusted", "every feed answers")

enum handover_section {
#define X(id, title, empty) HANDOVER_##id,
	HANDOVER_SECTION_LIST(X)
#undef X
		HANDOVER_SECTIONS
};

struct handover_part {
	enum handover_section section;
	const char *board;
	const char *label;	  /* "Alerts of Azure Monitor" */
	const char *filter;	  /* see board/filter.h; NULL: all rows */
	enum severity least;	  /* rows that are not so bad are left out */
	const char *when;	  /* rows without this moment are left out; NULL */
	bool is_since, is_coming; /* `when` is in the time told of, is still to come */
	size_t most;		  /* rows told; the others are counted */
	const char *phrase;	  /* see phrase.h */
};

extern const struct handover_part handover_parts[];
extern const size_t n_handover_parts;

#endif
