/* Service Health's events on the wire. Thread: core. */
#ifndef AZ_SIM_EVENT_H
#define AZ_SIM_EVENT_H

#include "sim/world.h"

void event_list(struct world *w, const struct request *req, struct reply *rep);

#endif
