/* Microsoft.Compute beyond what Resource Graph tells: how the machines of a scale
 * set are, how far an image version has spread. Thread: core. */
#ifndef AZ_SIM_COMPUTE_H
#define AZ_SIM_COMPUTE_H

#include "sim/world.h"

#define COMPUTE_VERSIONS "2024-07-01 2024-03-01 2023-09-01"
#define GALLERY_VERSIONS "2023-07-03 2022-08-03"

void vmss_instance_view(struct world *w, const struct request *req, struct reply *rep);
void gallery_get_version(struct world *w, const struct request *req, struct reply *rep);

#endif
