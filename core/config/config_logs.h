/* The configuration's "logs": sources of live lines that have a name. Whether a source can
 * be understood only core/stream can tell; here it is a text. Thread: any. */
#ifndef AZ_CONFIG_CONFIG_LOGS_H
#define AZ_CONFIG_CONFIG_LOGS_H

#include <stdbool.h>
#include <stddef.h>

struct config_log_source {
	const char *name;   /* "atlas-api": no ':' in it */
	const char *source; /* "pods:atlas/orders-api" */
};

#endif
