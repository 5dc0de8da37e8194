/* Who speaks behind the simulator's Azure OpenAI. The simulator has the wire; what is
 * said comes from outside of it. Thread: core. */
#ifndef AZ_SIM_OPENAI_MODEL_H
#define AZ_SIM_OPENAI_MODEL_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"

/* A key that is taken in place of a token. */
#define OPENAI_SIM_KEY "0a1b2c3d4e5f60718293a4b5c6d7e8f9"

enum { SIM_SAID_CALLS = 4, SIM_SAID_BYTES = 256 << 10 };

/* Text, or calls of tools, or both. */
struct sim_said {
	struct strbuf text;
	struct {
		char name[64];
		struct strbuf arguments; /* JSON text */
	} calls[SIM_SAID_CALLS];
	size_t n_calls;
};

/* Fixed while the simulator lives. */
struct sim_model {
	/* Asked again, every few hundredths of a second, until it is true. `question`
	 * tells one from another; `body` is that of chat completions, whole, as it came
	 * in. What is in `out` before that is kept. */
	bool (*answer)(void *ctx, uint64_t question, const cJSON *body,
		       struct sim_said *out);
	/* All was said, or nobody listens any more. May be NULL. */
	void (*over)(void *ctx, uint64_t question);
	/* The vector of a text, the same one for the same text. */
	void (*embed)(void *ctx, struct str text, float *out, size_t dims);
	void *ctx;
};

#endif
