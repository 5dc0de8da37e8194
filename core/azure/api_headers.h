/* What a call sends along: what it accepts and brings, what its kind of connection
 * wants, who asks. The token is not here. Thread: core. */
#ifndef AZ_AZURE_API_HEADERS_H
#define AZ_AZURE_API_HEADERS_H

#include "azure/api.h"
#include "base/arena.h"
#include "net/http.h"

/* In the arena; names and values borrow from the call too. `url` is of the page. */
const struct http_header *api_headers(const struct api_call *what, struct str url,
				      struct arena *arena, size_t *n_headers);

#endif
