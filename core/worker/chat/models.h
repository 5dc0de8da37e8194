/* The models of a run: the gateway over the configuration's providers, or over the
 * simulator's own deployment, signed for like connections are. Thread: core. */
#ifndef AZ_WORKER_MODELS_H
#define AZ_WORKER_MODELS_H

#include "ai/gateway.h"
#include "worker/access.h"
#include "worker/chat/spent.h"

/* After access_connect or access_connect_demo; freed before access_fini. An error names
 * the file, the line and the key. A configuration without providers gives a gateway
 * without models. `spent` NULL: sums are in memory. */
struct gateway *models_open(struct access *a, struct spent *spent,
			    struct err *err) MUST_CHECK;

/* For self_add_rows: `ctx` is the gateway; NULL: there is none. */
cJSON *models_rows(void *ctx);

#endif
