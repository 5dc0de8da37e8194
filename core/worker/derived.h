/* Boards worked out of others: the rules there are, the boards they read, and what they
 * answer. Thread: core. */
#ifndef AZ_WORKER_DERIVED_H
#define AZ_WORKER_DERIVED_H

#include "azure/api.h"
#include "base/clock.h"
#include "board/derive.h"

/* Every rule there is, ended by NULL: core/worker/rules.c. */
extern const struct derive_rule *const derive_rules[];

struct derived;

/* All outlive it. */
struct derived *derived_new(const struct clock *clock, const struct config *config,
			    const struct derive_rule *const *rules);
void derived_free(struct derived *d);
/* A board was published: kept while some rule reads it. */
void derived_saw(struct derived *d, struct board *board);
/* NULL: there is none of this name. */
const struct derive_rule *derived_rule(const struct derived *d, struct str name);
/* NULL: the board, which may be NULL, is not derived from others. */
const struct derive_rule *derived_rule_of(const struct derived *d,
					  const struct board_def *def);
/* The name of the i-th board that the rule reads; NULL behind the last one. */
const char *derived_input(const struct derive_rule *rule, size_t i, bool *is_needed);
bool derived_reads(const struct derive_rule *rule, const char *board);

/* Whether a board that has not come is worth waiting for; a needed one, whenever it is
 * on its way. */
typedef bool (*derived_waits_fn)(void *ctx, const char *board, bool is_needed);
/* A needed board that is not waited for is an error. */
void derived_answer(struct derived *d, struct str rule, derived_waits_fn waits, void *ctx,
		    struct api_local *answer);

#endif
