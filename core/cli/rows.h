/* A board on standard output, as every command that prints one does it.
 * Thread: the main thread. */
#ifndef AZ_CLI_ROWS_H
#define AZ_CLI_ROWS_H

#include "base/clock.h"
#include "board/board.h"
#include "cli/print.h"
#include "query/query.h"

struct rows {
	const char *command; /* for errors */
	const struct clock *clock;
	enum print_format format;
	struct query *query;	/* over the rows; NULL: all of them */
	const char *expression; /* the same, as typed */
	bool is_check;		/* a critical row is exit code 1 */
	bool is_over;		/* nobody reads any more, or it makes no sense to go on */
};

/* Compiles it; the exit code. The query is the caller's. */
int rows_set_query(struct rows *r, const char *text);
/* Prints the board; the exit code. Marks go to stderr, so that a pipe has rows only and
 * a person still knows. */
int rows_print(struct rows *r, const struct board *board);

#endif
