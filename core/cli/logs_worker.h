/* The worker behind `azdeck logs --source`: of the demo, or of the configuration, whose
 * key is opened first. Thread: the main thread. */
#ifndef AZ_CLI_LOGS_WORKER_H
#define AZ_CLI_LOGS_WORKER_H

#include "auth/keychain.h"
#include "board/def.h"
#include "cli/logs_run.h"
#include "config/config.h"
#include "worker/worker.h"

struct logs_worker {
	struct clock clock;
	struct keychain keychain;
	struct library *library;
	struct config *config;
	struct strbuf config_path;
	struct wake_fd wake;
	struct worker *worker;
};

/* False: err says why, and there is nothing to stop. */
bool logs_worker_start(struct logs_worker *w, const struct logs_request *r,
		       struct err *err) MUST_CHECK;
void logs_worker_stop(struct logs_worker *w);
/* Until there are news. False: who reads our output has left. */
bool logs_worker_wait(struct logs_worker *w);

#endif
