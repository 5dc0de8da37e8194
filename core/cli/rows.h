/* A board on standard output, as every command that prints one does it.
 * Thread: the main thread. */
#ifndef AZ_CLI_ROWS_H
#define AZ_CLI_ROWS_H

#include "base/clock.h"
#include "board/board.h"
#include "cli/cli.h"
#include "cli/print.h"
#include "query/query.h"

struct rows {
	const char *command; /* for errors */
	const struct clock *clock;
	enum print_format format;
	const char *expression; /* over the rows, as typed; NULL: all of them */
	struct query *query;	/* the same, compiled */
	bool is_check;		/* a critical row is exit code 1 */
	bool is_over;		/* nobody reads any more, or it makes no sense to go on */
};

/* Compiles the expression, if there is one; the exit code. The query is the caller's. */
int rows_compile(struct rows *r);
/* Rows of an option table; `type` has a member `rows`, and `to` is that one's format. */
bool rows_set_format(const char *value, struct err *err, void *to);
#define ROWS_OPTION_OUTPUT(type)                                                         \
	{                                                                                \
		"--output", "FORMAT", "table, json, csv or tsv (-o)",                    \
			.set = rows_set_format,                                          \
			.at = _Generic(((type *)0)->rows.format, enum print_format       \
				       : offsetof(type, rows.format)),                   \
			.refusal = "there is no format"                                  \
	}
#define ROWS_OPTION_QUERY(type)                                                          \
	{                                                                                \
		"--query", "JMESPATH", "apply it to the rows; prints JSON",              \
			CLI_INTO(type, rows.expression)                                  \
	}
/* Prints the board; the exit code. Marks go to stderr, so that a pipe has rows only and
 * a person still knows. */
int rows_print(struct rows *r, const struct board *board);

#endif
