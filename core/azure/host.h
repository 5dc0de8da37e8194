/* Which addresses may get our token: only those of the place it was fetched for.
 * Azure answers with whole URLs (next pages, operations) that may name a regional
 * host of the same cloud, never another one. Thread: any (no state). */
#ifndef AZ_AZURE_HOST_H
#define AZ_AZURE_HOST_H

#include <stdbool.h>

#include "base/str.h"

/* Whether `url` may be asked on a connection to `base_url`: same scheme, host and
 * port, or a regional host of the cloud that `base_url` is in. */
bool host_is_ours(struct str url, struct str base_url);

#endif
