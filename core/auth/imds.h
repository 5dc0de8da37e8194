/* How patient to be with the identity endpoint of a machine: it is slow to know a new
 * identity, and away while the machine is serviced. Thread: any (no state). */
#ifndef AZ_AUTH_IMDS_H
#define AZ_AUTH_IMDS_H

#include <stdint.h>

#include "net/http.h"

/* How long to wait before the next try; -1: it will not help. `tries` were made in
 * `elapsed_ms`. */
int64_t imds_wait_ms(const struct http_response *response, int tries, int64_t elapsed_ms);

#endif
