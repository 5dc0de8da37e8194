/* Settings and connection strings of web apps. Thread: core. */
#ifndef AZ_SIM_WEBAPP_H
#define AZ_SIM_WEBAPP_H

#include "sim/world.h"

#define WEB_VERSIONS "2024-04-01 2023-12-01 2022-03-01"

void webapp_list_settings(struct world *w, const struct request *req, struct reply *rep);
void webapp_list_connections(struct world *w, const struct request *req,
			     struct reply *rep);

#endif
