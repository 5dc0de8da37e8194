/* "workloads" of the configuration file. Thread: any (no state). */
#ifndef AZ_CONFIG_CONFIG_WORKLOAD_H
#define AZ_CONFIG_CONFIG_WORKLOAD_H

#include "config/config.h"

/* Into the configuration's own arena. An error names the place in its text. */
bool config_read_workloads(struct config *config, const cJSON *list,
			   struct err *err) MUST_CHECK;

#endif
