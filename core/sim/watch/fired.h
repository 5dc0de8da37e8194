/* Azure Monitor's fired alerts and autoscale settings. Thread: core. */
#ifndef AZ_SIM_FIRED_H
#define AZ_SIM_FIRED_H

#include "sim/world.h"

#define FIRED_VERSIONS	   "2019-03-01"
#define AUTOSCALE_VERSIONS "2022-10-01"

void fired_list(struct world *w, const struct request *req, struct reply *rep);
void autoscale_list(struct world *w, const struct request *req, struct reply *rep);

#endif
