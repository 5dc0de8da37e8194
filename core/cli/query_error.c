/* An error of an expression as a person reads it: what, and where in the expression.
 * Thread: the main thread. */
#include <stdio.h>

#include "base/err.h"
#include "cli/caret.h"
#include "cli/query.h"

int cli_fail_query(const char *where, const char *expression,
		   const struct query_error *qe)
{
	struct strbuf place;

	strbuf_init(&place, 4096);
	cli_put_caret(&place, str_from(expression), qe->offset);
	fprintf(stderr, "azdeck: %s: %s: %s\n%s", where, query_error_name(qe->class),
		qe->text, place.p);
	strbuf_fini(&place);
	return err_exit_code(ERR_USAGE);
}
