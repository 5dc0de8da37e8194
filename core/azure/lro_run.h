/* Sends a write and follows its operation to the end, on the loop: lro.h with the
 * asking and the waiting. Thread: core. */
#ifndef AZ_AZURE_LRO_RUN_H
#define AZ_AZURE_LRO_RUN_H

#include "azure/lro.h"

struct lro_run;

/* After the write and after every poll; the last call has lro->phase LRO_ENDED, and
 * the run is gone when it returns. `answer` is the answer just judged, its json is
 * the result in the last call. Both are borrowed; lro_save(lro) here is what a later
 * process resumes from. */
typedef void (*lro_fn)(const struct lro *lro, struct api_answer *answer, void *ctx);

/* The call is copied; it names a path. */
struct lro_run *lro_start(struct api *api, struct loop *loop, const struct api_call *call,
			  lro_fn fn, void *ctx);
/* Goes on with a loaded one, which it takes: *saved is empty afterwards. */
struct lro_run *lro_resume(struct api *api, struct loop *loop,
			   const struct connection *connection, struct lro *saved,
			   lro_fn fn, void *ctx);
/* Stops following, also from within `fn`; `fn` does not come again. Azure goes on
 * with the operation all the same. */
void lro_stop(struct lro_run *run);

#endif
