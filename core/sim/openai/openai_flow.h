/* What a deployment says, on the wire of chat completions: events as Azure sends them, or
 * one document. Thread: core. */
#ifndef AZ_SIM_OPENAI_FLOW_H
#define AZ_SIM_OPENAI_FLOW_H

#include "sim/openai/openai.h"
#include "sim/openai/openai_model.h"
#include "sim/world.h"

/* How it goes wrong in the middle, on purpose. */
enum openai_break { OPENAI_FINE, OPENAI_FILTERED, OPENAI_ERROR };

/* Becomes the body of the reply; the question's body is taken. */
void openai_flow_begin(const struct world *w, const struct ai_deployment *d, cJSON *body,
		       struct reply *rep);
/* The filter does not let the question through: the body of a 400. */
void openai_refuse_prompt(struct reply *rep);
/* Of such a reply; of others nothing. */
void openai_flow_break(struct reply *rep, enum openai_break how);

#endif
