/* The rows of a board that the names in a question mean: as they are called, by a part of
 * their name, or but for a slip of the keys. Thread: one at a time. */
#ifndef AZ_GUIDE_MATCH_H
#define AZ_GUIDE_MATCH_H

#include "base/vec.h"
#include "board/board.h"
#include "guide/guide.h"

struct matched {
	VEC(const struct row *) rows;
};

enum match_result {
	MATCH_ALL,  /* the question names nothing: every row is meant */
	MATCH_SOME, /* those in the list */
	MATCH_NONE, /* it names something that is not on this board */
};

/* `names`: columns that call a row, "name,workload"; the first is its own name. `out` is
 * empty before, and the caller's to fini. */
enum match_result match_rows(const struct board *board, const char *names,
			     const struct guide_plan *plan, struct str question,
			     struct matched *out);
/* Whether the question has a name of this board that is made of words, which therefore is
 * no subject of the plan. */
bool match_is_spoken(const struct board *board, const char *names,
		     const struct guide_plan *plan, struct str question);
/* Whether any text of the board has the word in it, or nearly so. */
bool match_is_known(const struct board *board, struct str word);
/* The rows whose own names are nearest to the text, at most `most`. */
void match_nearest(const struct board *board, const char *names, struct str text,
		   size_t most, struct matched *out);

#endif
