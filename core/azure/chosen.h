/* Which of the subscriptions that a sign-in sees are meant: those a connection's
 * "subscriptions" lists, or all. Boards do not know of it: their list of subscriptions
 * is cut down, and their queries of Resource Graph are asked about those alone.
 * Thread: any (no state). */
#ifndef AZ_AZURE_CHOSEN_H
#define AZ_AZURE_CHOSEN_H

#include <cjson/cJSON.h>

#include "azure/api.h"

/* Takes the others out of an answer that lists subscriptions. */
void chosen_keep(const struct connection *connection, struct str path, cJSON *answer);
/* The body to send in place of a query's: with the subscriptions it is about, unless
 * it names its own. False: as it was. */
bool chosen_put_body(const struct connection *connection, struct str path,
		     struct str body, struct strbuf *out);

#endif
