/* The configuration as the worker takes it: read, and checked for what only the layers
 * above the file's own can tell, such as whether a zone is one. Thread: core, or the main
 * thread before it. */
#ifndef AZ_WORKER_CONFIGURED_H
#define AZ_WORKER_CONFIGURED_H

#include "config/config.h"

/* As config_load. */
struct config *configured_load(const char *path, struct err *err) MUST_CHECK;

#endif
