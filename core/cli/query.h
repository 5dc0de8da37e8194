/* `azdeck query`: JMESPath over a file or standard input.
 * Thread: the main thread. */
#ifndef AZ_CLI_QUERY_H
#define AZ_CLI_QUERY_H

#include "cli/cli.h"
#include "query/query.h"

extern const struct cli_command cli_query_command;

/* "azdeck: WHERE: CLASS: text", the line of the expression that has the place, and
 * a caret under it. Returns the exit code. */
int cli_fail_query(const char *where, const char *expression,
		   const struct query_error *qe);

#endif
