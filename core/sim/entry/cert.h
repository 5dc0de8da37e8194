/* TLS endpoints of the estate, as a probe sees them (azure/probe.h has the form).
 * Thread: core. */
#ifndef AZ_SIM_CERT_H
#define AZ_SIM_CERT_H

#include "sim/world.h"

void cert_probe(struct world *w, const struct request *req, struct reply *rep);

#endif
