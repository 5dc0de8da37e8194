/* What a deployment may be asked for, one row each: whether a body can be answered, and who
 * answers it. Who is let in, how often, and under which addresses is the same for all of
 * them (openai_chat.c). Thread: core. */
#ifndef AZ_SIM_OPENAI_SURFACE_H
#define AZ_SIM_OPENAI_SURFACE_H

#include "sim/openai/openai.h"
#include "sim/openai/openai_model.h"
#include "sim/world.h"

struct openai_surface {
	const char *operation; /* in the words of a refusal */
	bool (*is_sound)(const struct ai_deployment *d, const cJSON *body,
			 struct reply *rep);
	/* Takes the body. */
	void (*begin)(const struct world *w, const struct ai_deployment *d, cJSON *body,
		      struct reply *rep);
};

extern const struct openai_surface openai_embed_surface, openai_responses_surface;

/* {"error":{...}} as the models themselves write it. */
void openai_refuse(struct reply *rep, const char *param, const char *code,
		   const char *message);

#endif
