/* An answer in words on its way out, whichever surface it was asked for at: who is asked,
 * what was said, and which bytes of it are still to be sent. The surface writes them.
 * Thread: core. */
#ifndef AZ_SIM_OPENAI_SPEECH_H
#define AZ_SIM_OPENAI_SPEECH_H

#include "sim/openai/openai.h"
#include "sim/openai/openai_model.h"
#include "sim/world.h"

enum {
	OPENAI_PIECE_BYTES = 24, /* of what comes in pieces */
	OPENAI_BYTES_A_TOKEN = 4,
};

struct openai_speech {
	const struct sim_model *model;
	const struct ai_deployment *deployment;
	uint64_t question;
	cJSON *body; /* as chat completions have it */
	bool is_streamed, has_answer;
	struct sim_said said;
	int64_t created, asked; /* seconds since 1970; tokens */
	struct guid id;
	struct strbuf event, out; /* that is being written; not sent yet */
	bool has_sent;		  /* private: what comes next is a pause */
};

/* Takes the body; `salt` tells the ids of one surface from another's. What it was asked
 * with is the caller's to set: is_streamed, asked. */
void openai_speech_init(struct openai_speech *s, const struct world *w,
			const struct ai_deployment *d, cJSON *body, const char *salt);
void openai_speech_fini(struct openai_speech *s);
/* Becomes the body of the reply, which frees `ctx`: the struct that the speech is in. */
void openai_speech_begin(const struct openai_speech *s, struct reply *rep,
			 const struct reply_flow *flow);
/* Asks again where no answer is there yet: has_answer. */
bool openai_speech_ask(struct openai_speech *s);
/* Every other time, since words come with pauses between them. */
bool openai_speech_pauses(struct openai_speech *s);
/* Moves up to n bytes out of what is to be sent. */
size_t openai_speech_send(struct openai_speech *s, char *out, size_t n);
/* Tokens of what was said. */
int64_t openai_speech_tokens(const struct openai_speech *s);
/* `n`, or more: where no character is cut. */
size_t openai_whole(struct str text, size_t n);

#endif
