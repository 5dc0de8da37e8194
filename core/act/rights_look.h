/* Asks Azure beforehand whether who plans may do what the plan would: a sentence for each
 * right that is missing, or that nobody could tell of. It never keeps a plan from being
 * made: only the run's own answer decides. Thread: core. */
#ifndef AZ_ACT_RIGHTS_LOOK_H
#define AZ_ACT_RIGHTS_LOOK_H

#include "act/rights.h"
#include "act/state_look.h"

struct rights_look;

/* What is missing, borrowed for the call. Later, once. */
typedef void (*rights_look_fn)(const char *const *missing, size_t n, void *ctx);

/* The plan is held. */
struct rights_look *rights_look_start(const struct state_look_options *options,
				      const struct plan *plan, rights_look_fn done,
				      void *ctx);
/* Accepts NULL; `done` does not come. */
void rights_look_stop(struct rights_look *look);

#endif
