/* Answers as a table: which rows of a board a question of a kind means, in which order,
 * and what is said of one. What this cannot say is a function beside it.
 * Thread: one at a time. */
#ifndef AZ_GUIDE_TELL_H
#define AZ_GUIDE_TELL_H

#include "guide/wording.h"
#include "guide/match.h"

struct tell {
	const char *board;
	const char *names;  /* columns that call a row, "name,workload"; NULL: names in
			     * the question do not choose rows here */
	const char *filter; /* rows it is about, see board/filter.h; NULL: all */
	enum severity least;
	const char *when;   /* moment that has to be in the span the question names */
	const char *order;  /* column, largest first; "-column": least first; NULL: as
			     * the board has them, worst first */
	const char *unless; /* rows in which this is known count only without others */
	size_t most;	    /* rows told */
	const char *head;   /* before the first row; may hold references */
	const char *phrase; /* of a row; see wording.h */
	const char *none;   /* where there is no such row: with the word "none" */
	bool is_extra;	    /* says nothing without a row */
	bool is_one;	    /* several: which one is meant is asked */
	bool only_named;    /* only when the question names a row of this board, and
			     * nothing was said yet */
	bool is_kind;	    /* rows that the filter leaves out are no such things */
};

enum tell_result { TELL_SAID, TELL_NONE, TELL_NOT_FOUND, TELL_UNREAD, TELL_ASKED };

/* TELL_NOT_FOUND says nothing yet: another board may have it. */
enum tell_result tell_rows(struct wording *d, const struct tell *tell);
/* Each in turn; what none of them has is said not to be there. */
void tell_all(struct wording *d, const struct tell *tells, size_t n);
/* Whether the question names a row of any of these. */
bool tell_is_named(struct wording *d, const struct tell *tells, size_t n);
/* A row that is meant, and no other: else says why there is none. */
const struct row *tell_one(struct wording *d, const struct tell *tell,
			   const struct board **board);
/* The rows it would tell, in order. */
enum match_result tell_pick(struct wording *d, const struct tell *tell,
			    struct board *board, struct matched *out);
/* That there is no such thing, and what is called nearly so. */
void tell_not_found(struct wording *d, const struct board *board, const char *names);
/* Which of these is meant. */
void tell_ask(struct wording *d, const struct board *board, const char *names,
	      const struct matched *list);

#endif
