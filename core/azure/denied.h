/* Which right is missing, out of the message of a refusal. Azure tells it last,
 * behind the names of who asked: what a person needs must be found before anything
 * is cut. Thread: any (no state). */
#ifndef AZ_AZURE_DENIED_H
#define AZ_AZURE_DENIED_H

#include <stdbool.h>

#include "base/str.h"

struct denied {
	struct str action; /* "Microsoft.Sql/servers/read" */
	struct str scope;  /* may be empty */
};

/* Borrowed from the message; false when it names no action that was refused. */
bool denied_find(struct str message, struct denied *out);

#endif
